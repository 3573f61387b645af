"""Who turns pictures into vectors: a run, weights on this computer, or colours and edges."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from effnet_studio.engine.data.files.thumbnails import thumbnail
from effnet_studio.engine.device import choose_device, cpu_cores
from effnet_studio.engine.errors import ImageError
from effnet_studio.engine.evaluation.likeness.appearance import VERSION, appearance
from effnet_studio.engine.messages import Message, msg
from effnet_studio.engine.models.catalog import CATALOG, get_spec, preprocess_for
from effnet_studio.engine.predict.pipeline import judge
from effnet_studio.engine.training.runs import BEST_FILE, load_run

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.data.dataset import Sample
    from effnet_studio.engine.models.spec import ModelSpec
    from effnet_studio.engine.models.weights import ResolvedWeights
    from effnet_studio.engine.predict.torch_predictor import TorchPredictor
    from effnet_studio.engine.project import Project

    OnPause = Callable[[bool], None]
    Describe = Callable[[Sequence[Sample], CancelToken, OnPause], Generator["Described"]]

_THUMBNAILS_AHEAD: Final = 64


class Basis(StrEnum):
    """What vectors come from, the best first."""

    RUN = "run"
    IMAGENET = "imagenet"
    STARTER = "starter"
    APPEARANCE = "appearance"


@dataclass(frozen=True, eq=False, slots=True)
class Described:
    """What became of one picture.

    Attributes:
        place: Which of the pictures given.
        vector: float32, (d,), of length 1 or near it unless the describer's are raw; None if it
            could not be read.
        error: Why not; None if it could.
    """

    place: int
    vector: NDArray[np.float32] | None
    error: ImageError | None = None


@dataclass(frozen=True)
class Describer:
    """A way to turn pictures into vectors.

    Attributes:
        key: The same as long as it gives the same vectors.
        basis: What it is.
        model: Title of the network's architecture; empty where there is none.
        source: For people: what a map made of them shows.
        describe: Called with pictures, a token and a listener to pauses; gives one
            :class:`Described` each, in any order. What it needs is loaded only then.
        raw: Whether its numbers are of different size and are to be standardised, each over all
            pictures, before they are compared.
    """

    key: str
    basis: Basis
    model: str
    source: Message
    describe: Describe
    raw: bool = False


def choose_describer(
    project: Project, run: str | None = None, *, device: str = "auto"
) -> Describer:
    """Find the best way there is, without downloading anything.

    The backbone of a run knows what matters in these pictures; one trained on ImageNet knows what
    matters in photographs; the starter backbone knows simple shapes. Of weights on this computer
    the quickest architecture's are taken.

    Args:
        project: An open project.
        run: Which run (the beginning of its id is enough); None: the newest that has a model.
        device: Where a network computes, as for :func:`~..predict.predictor.load_predictor`.

    Returns:
        The describer.

    Raises:
        ProjectError: If there is no such run, or it cannot be read.
    """
    if run is not None:
        return _of_run(project.find_run(run), device)
    for run_dir in project.run_dirs():
        if (run_dir / BEST_FILE).is_file():
            return _of_run(run_dir, device)
    return _of_weights_here(device) or of_appearance(project)


def _of_run(run_dir: Path, device: str) -> Describer:
    run = load_run(run_dir)
    title = get_spec(run.model).title

    def load() -> TorchPredictor:
        from effnet_studio.engine.predict.torch_predictor import TorchPredictor

        return TorchPredictor.from_run(run_dir, device=device)

    return Describer(
        # A run that is continued gets better weights under the same name.
        file_key(f"run {run.run_id}", run.best_file),
        Basis.RUN,
        title,
        msg("Arranged by what your model {model} sees in the images.", model=title),
        partial(_describe, load),
    )


def weights_here() -> tuple[ModelSpec, ResolvedWeights, Path] | None:
    """ImageNet weights that were downloaded before, of the quickest network; else the starter's.

    Returns:
        The network, where its weights come from, and their file; None if there are none.
    """
    from effnet_studio.engine.models.weights import ResolvedWeights, cached_imagenet, starter_path

    specs = sorted(CATALOG.values(), key=lambda spec: spec.macs)
    for spec in specs:
        path = cached_imagenet(spec)
        if path is not None:
            source = msg(
                "Arranged by what {model} has learned from the photographs of ImageNet.",
                model=spec.title,
            )
            return spec, ResolvedWeights("imagenet", path, source), path
    for spec in specs:
        path = starter_path(spec)
        if path.is_file():
            source = msg(
                "Arranged by the simple shapes and textures that {model} knows, which comes with "
                "the app.",
                model=spec.title,
            )
            return spec, ResolvedWeights("starter", path, source), path
    return None


def load_backbone(
    spec: ModelSpec, weights: ResolvedWeights, path: Path, device: str, size: int | None = None
) -> TorchPredictor:
    """Load a network that knows no classes yet.

    Args:
        spec: Its row of the catalog.
        weights: Its weights.
        path: Their file.
        device: Where it computes.
        size: Side of its input, pixels; None: as it was trained.

    Returns:
        The network; its outputs mean nothing.

    Raises:
        ModelError: If the weights are damaged or do not fit.
    """
    import torch

    from effnet_studio.engine.models.build import build_model
    from effnet_studio.engine.models.weights import load_weights
    from effnet_studio.engine.predict.torch_predictor import TorchPredictor

    with torch.random.fork_rng(devices=[]):  # the caller's random generator is not touched
        model = build_model(spec, 1)
    load_weights(model, spec, weights)
    return TorchPredictor(
        model.requires_grad_(requires_grad=False),
        spec,
        name=spec.title,
        path=path,
        classes=(),
        preprocess=preprocess_for(spec, size),
        device=torch.device(choose_device(device).name),
    )


def _of_weights_here(device: str) -> Describer | None:
    found = weights_here()
    if found is None:
        return None
    spec, weights, path = found
    return Describer(
        file_key(f"{weights.kind} {spec.name}", path),
        Basis(weights.kind),
        spec.title,
        weights.description,
        partial(_describe, partial(load_backbone, spec, weights, path, device)),
    )


def file_key(name: str, path: Path) -> str:
    """Another one for every other content of a file.

    Args:
        name: What the file is used for.
        path: The file.
    """
    status = path.stat()
    return f"{name} {status.st_size} {status.st_mtime_ns}"


def _describe(
    load: Callable[[], TorchPredictor],
    samples: Sequence[Sample],
    cancel: CancelToken,
    on_pause: OnPause,
) -> Generator[Described]:
    """What a network's classifier is given, with length 1.

    Directions alone are compared, as Babenko et al. 2014 do ("Neural codes for image retrieval",
    arXiv:1404.1777, section 4): lengths say how strong a picture's contrast is.
    """
    from torch import nn

    predictor = load()
    # It belongs to this call alone; without the last layer its answers are the features.
    predictor.model.set_submodule(predictor.spec.classifier, nn.Identity())
    paths = (sample.path for sample in samples)
    for verdict in judge(predictor, paths, cancel=cancel, on_pause=on_pause):
        features = verdict.logits
        if features is not None:
            features = features / max(float(np.linalg.norm(features)), 1e-12)
        yield Described(verdict.index, features, verdict.error)


def of_appearance(project: Project) -> Describer:
    """Colours and edges, where there is no network.

    Args:
        project: An open project.
    """

    def look(place: int, sample: Sample) -> Described:
        try:
            return Described(place, appearance(thumbnail(project, sample)))
        except ImageError as error:
            return Described(place, None, error)

    def describe(
        samples: Sequence[Sample], cancel: CancelToken, on_pause: OnPause
    ) -> Generator[Described]:
        with ThreadPoolExecutor(cpu_cores(), thread_name_prefix="thumbnails") as pool:
            for start in range(0, len(samples), _THUMBNAILS_AHEAD):
                cancel.check(on_pause)
                places = range(start, min(start + _THUMBNAILS_AHEAD, len(samples)))
                yield from pool.map(look, places, [samples[place] for place in places])

    return Describer(
        f"appearance {VERSION}",
        Basis.APPEARANCE,
        "",
        msg(
            "Arranged by colours and edges only. Once a model is trained, a new map shows what "
            "it sees."
        ),
        describe,
    )
