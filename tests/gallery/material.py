"""What the pictures show: the built-in sample in a project, with models really trained on it.

It takes well under a minute and is kept in a cache folder; each scenario works on a copy.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from effnet_studio import __version__
from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.events import EpochFinished

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from effnet_studio.engine.events import Event
    from effnet_studio.engine.project import Project
    from effnet_studio.engine.training.config import TrainConfig

_RECIPE = f"8 {__version__}"
"""Changed when the material is made differently, so that an old cache is not used."""


class Material:
    """Folders the scenarios are made of, each made when it is first asked for; never written to.

    Args:
        cache: Where they are kept.
        project: Somebody's own trained project, to be shown instead of the sample's.
    """

    def __init__(self, cache: Path, project: Path | None = None) -> None:
        self._cache = cache
        self._project = project

    @property
    def sample(self) -> Path:
        """The sample's images, one folder per class."""
        return self._made("Sample", _draw)

    @property
    def imported(self) -> Path:
        """A project with the sample and no run."""
        return self._project or self._made("imported.effnet", self._import)

    @property
    def trained(self) -> Path:
        """The same with a finished, a stopped and an interrupted run."""
        return self._project or self._made("trained.effnet", self._train)

    def _made(self, name: str, make: Callable[[Path], None]) -> Path:
        """Make a folder, unless the cache has it whole and made by this recipe."""
        place, mark = self._cache / name, self._cache / f"{name}.recipe"
        if not mark.is_file() or mark.read_text(encoding="utf-8") != _RECIPE:
            mark.unlink(missing_ok=True)
            shutil.rmtree(place, ignore_errors=True)
            self._cache.mkdir(parents=True, exist_ok=True)
            make(place)
            mark.write_text(_RECIPE, encoding="utf-8")
        return place

    def _import(self, place: Path) -> None:
        from effnet_studio.engine.data.importer import import_folder
        from effnet_studio.engine.project import Project

        with Project.create(place, name="Garden") as project:
            import_folder(project, self.sample)

    def _train(self, place: Path) -> None:
        shutil.copytree(self.imported, place)
        _train(place)


def default_cache() -> Path:
    """Where the material is kept between two galleries."""
    chosen = os.environ.get("EFFNET_GALLERY_CACHE")
    return Path(chosen) if chosen else Path(tempfile.gettempdir()) / "effnet-studio-gallery"


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


def _draw(place: Path) -> None:
    from effnet_studio.engine.data.sample.samples import make_sample

    make_sample(place)


def _train(place: Path) -> None:
    """Train three runs: one cut short, one stopped, one to its end."""
    from effnet_studio.engine.project import Project
    from effnet_studio.engine.training.config import make_config
    from effnet_studio.engine.training.launch import train
    from effnet_studio.engine.training.runs import RESULT_FILE

    # Frozen and random: the network runs once over each image, then only the last layer learns,
    # which takes seconds on any computer.
    common = {"model": "resnet18", "weights": "none", "freeze": 20, "augmentation": "none"}
    quick = make_config("instant", image_size=64, epochs=8, seed=1, solve_head=False, **common)
    better = make_config("balanced", image_size=96, epochs=20, seed=2, **common)
    with Project.open(place) as project:
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
