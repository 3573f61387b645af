"""What the pictures show: the built-in sample in a project, with models really trained on it.

It takes well under a minute and is kept in a cache folder; each scenario works on a copy.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from effnet_studio import __version__
from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.events import EpochFinished

if TYPE_CHECKING:
    from collections.abc import Iterator

    from effnet_studio.engine.events import Event
    from effnet_studio.engine.project import Project
    from effnet_studio.engine.training.config import TrainConfig

_READY = "ready.txt"
_RECIPE = f"6 {__version__}"
"""Changed when the material is made differently, so that an old cache is not used."""


@dataclass(frozen=True)
class Material:
    """Folders the scenarios are made of; never written to.

    Attributes:
        sample: The sample's images, one folder per class.
        imported: A project with the sample and no run.
        trained: The same with a finished, a stopped and an interrupted run.
    """

    sample: Path
    imported: Path
    trained: Path


def default_cache() -> Path:
    """Where the material is kept between two galleries."""
    chosen = os.environ.get("EFFNET_GALLERY_CACHE")
    return Path(chosen) if chosen else Path(tempfile.gettempdir()) / "effnet-studio-gallery"


def prepare(cache: Path) -> Material:
    """Make the material, unless it is there.

    Args:
        cache: Folder to keep it in.

    Returns:
        The folders.
    """
    material = Material(cache / "Sample", cache / "imported.effnet", cache / "trained.effnet")
    ready = cache / _READY
    if ready.is_file() and ready.read_text(encoding="utf-8") == _RECIPE:
        return material
    shutil.rmtree(cache, ignore_errors=True)
    cache.mkdir(parents=True)
    _import(material)
    _train(material)
    ready.write_text(_RECIPE, encoding="utf-8")
    return material


@contextmanager
def copy_of(project: Path, folder: Path, name: str = "Garden") -> Iterator[Path]:
    """Give a scenario a project of its own.

    Args:
        project: One of the material's.
        folder: Where to copy it to.
        name: Name shown in the window.

    Yields:
        The copy's folder; it is removed afterwards.
    """
    place = folder / f"{name}.effnet"
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(project, place, copy_function=_link_or_copy)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _link_or_copy(source: str, target: str) -> None:
    """Weights are large and only ever replaced as whole files, so a link will do."""
    if source.endswith(".safetensors"):
        try:
            os.link(source, target)
        except OSError:  # another drive
            shutil.copy2(source, target)
    else:
        shutil.copy2(source, target)


def _import(material: Material) -> None:
    from effnet_studio.engine.data.importer import import_folder
    from effnet_studio.engine.data.samples import make_sample
    from effnet_studio.engine.project import Project

    make_sample(material.sample)
    with Project.create(material.imported, name="Garden") as project:
        import_folder(project, material.sample)


def _train(material: Material) -> None:
    from effnet_studio.engine.project import Project
    from effnet_studio.engine.training.config import make_config
    from effnet_studio.engine.training.launch import train
    from effnet_studio.engine.training.runs import RESULT_FILE

    shutil.copytree(material.imported, material.trained)
    # Frozen and random: the network runs once over each image, then only the last layer learns,
    # which takes seconds on any computer.
    common = {"model": "resnet18", "weights": "none", "freeze": 20, "augmentation": "none"}
    quick = make_config("instant", image_size=64, epochs=8, seed=1, **common)
    better = make_config("balanced", image_size=96, epochs=20, seed=2, **common)
    with Project.open(material.trained) as project:
        cut = _train_for(project, quick, epochs=5)
        (cut / RESULT_FILE).unlink()  # as a crash leaves it
        _train_for(project, quick, epochs=6)
        train(project, better)


def _train_for(project: Project, config: TrainConfig, *, epochs: int) -> Path:
    """Train, and stop after some epochs as a user would; gives the run's folder."""
    from effnet_studio.engine.training.launch import train

    token = CancelToken()
    return train(project, config, on_event=_Stopper(token, after=epochs), cancel=token).run_dir


class _Stopper:
    """Stops a run after some epochs, as a user would."""

    def __init__(self, token: CancelToken, *, after: int) -> None:
        self._token = token
        self._after = after

    def __call__(self, event: Event) -> None:
        if isinstance(event, EpochFinished) and event.epoch + 1 >= self._after:
            self._token.cancel()


def with_project(material: Material, project: Path) -> Material:
    """Show somebody's own project where the sample's would be shown."""
    return Material(material.sample, project, project)
