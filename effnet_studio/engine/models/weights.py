"""Starting weights: which can be had, where they come from, and how they enter a network."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from effnet_studio import paths
from effnet_studio.engine.errors import WeightsError
from effnet_studio.engine.events import OnEvent, Warned, ignore
from effnet_studio.engine.messages import Message, msg
from effnet_studio.engine.models.catalog import get_spec
from effnet_studio.engine.models.download import (
    download,
    file_matches,
    reachable,
)
from effnet_studio.engine.models.network import MIRROR_VARIABLE
from effnet_studio.engine.models.published import published_file
from effnet_studio.engine.models.scaled import inheritance
from effnet_studio.engine.models.scaling import VARIANTS, published
from effnet_studio.engine.models.state import LoadReport, load_weights

if TYPE_CHECKING:
    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.models.spec import ModelSpec

__all__ = [
    "CHOICES",
    "MIRROR_VARIABLE",
    "WEIGHTS_SUFFIXES",
    "LoadReport",
    "ResolvedWeights",
    "cached_imagenet",
    "imagenet_url",
    "load_weights",
    "resolve_weights",
    "starter_path",
    "starter_weights",
    "weights_folders",
]

WEIGHTS_SUFFIXES = (".safetensors", ".pth", ".pt")
"""Files that can be loaded as weights."""

CHOICES = ("auto", "imagenet", "starter", "none")
"""Words for starting weights; anything else is a file."""


@dataclass(frozen=True)
class ResolvedWeights:
    """Starting weights that can be had.

    Attributes:
        kind: Where they come from.
        path: File on disk; None for random weights.
        description: For people: which weights, and what that means.
    """

    kind: Literal["imagenet", "starter", "file", "none"]
    path: Path | None
    description: Message


def resolve_weights(
    spec: ModelSpec,
    choice: str = "auto",
    *,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
    base_url: str | None = None,
    proxy: str | None = None,
) -> ResolvedWeights:
    """Find, and if need be download, the weights to start from.

    ``auto`` takes the best that can be had: ImageNet weights if they are on disk or can be
    downloaded (the network is tried for three seconds at most), else the starter backbone shipped
    with the app, else none, with a warning that says what that means.

    Args:
        spec: The architecture.
        choice: ``auto``, ``imagenet``, ``starter``, ``none`` or the path of a weights file.
        on_event: Told the download's progress and the warning.
        cancel: Stops the download; what has come stays for the next time.
        base_url: Address of a folder with the library's files, instead of the library's own;
            None: the environment variable :data:`MIRROR_VARIABLE`, if set.
        proxy: As in :func:`~effnet_studio.engine.models.download.download`.

    Returns:
        What was found.

    Raises:
        WeightsError: If what was asked for cannot be had.
        Cancelled: If stopped.
    """
    word = choice.strip().lower()
    if word == "none":
        return _nothing()
    if word == "starter":
        return starter_weights(spec)
    if word == "imagenet":
        return _imagenet(spec, on_event, cancel, base_url, proxy)
    if word != "auto":
        return _from_file(Path(choice.strip()).expanduser())
    return _best(spec, on_event, cancel, base_url, proxy)


def imagenet_url(spec: ModelSpec, base_url: str | None = None) -> str:
    """Where an architecture's ImageNet weights can be downloaded.

    Args:
        spec: The architecture.
        base_url: As in :func:`resolve_weights`.

    Returns:
        The address that the library itself names, or the same file in the other folder.
    """
    file = published_file(spec)
    base = base_url or os.environ.get(MIRROR_VARIABLE, "").strip()
    return f"{base.rstrip('/')}/{file.name}" if base else file.source


def weights_folders() -> tuple[Path, ...]:
    """Where downloaded weights are looked for: the app's own cache, then PyTorch's."""
    import torch

    return paths.weights_dir(), Path(torch.hub.get_dir(), "checkpoints")


def cached_imagenet(spec: ModelSpec) -> Path | None:
    """Look for an architecture's ImageNet weights on this disk, and check them.

    Args:
        spec: The architecture.

    Returns:
        The file in the app's own cache or in PyTorch's; None if there is none or it is damaged.
    """
    file = published_file(spec)
    for folder in weights_folders():
        if file_matches(folder / file.name, file.sha256_prefix):
            return folder / file.name
    return None


def starter_path(spec: ModelSpec) -> Path:
    """Where the backbone shipped with the app is, if there is one for this architecture."""
    return paths.resources_dir() / "backbones" / f"{_donor(spec).name}.safetensors"


def starter_weights(spec: ModelSpec) -> ResolvedWeights:
    """The backbone shipped with the app.

    Args:
        spec: The architecture.

    Returns:
        The weights.

    Raises:
        WeightsError: If none is shipped for this architecture.
    """
    path = starter_path(spec)
    if not path.is_file():
        raise WeightsError(
            msg("There is no starter backbone for {model} yet.", model=spec.title),
            hint=msg("Choose imagenet, none or a weights file."),
        )
    return ResolvedWeights(
        "starter",
        path,
        msg(
            "Starter backbone shipped with the app: {model} knows simple shapes and textures from "
            "small images. ImageNet weights are better when there is a network.",
            model=_donor(spec).title,
        ),
    )


def _best(
    spec: ModelSpec,
    on_event: OnEvent,
    cancel: CancelToken | None,
    base_url: str | None,
    proxy: str | None,
) -> ResolvedWeights:
    """ImageNet, else starter, else none with a warning."""
    if spec.scaling is not None and not inheritance(spec.scaling).worthwhile:
        on_event(_nothing_fits(spec))
        return _nothing()
    reason = msg("no network")
    if cached_imagenet(spec) is not None or reachable(
        imagenet_url(spec, base_url), cancel=cancel, proxy=proxy
    ):
        try:
            return _imagenet(spec, on_event, cancel, base_url, proxy)
        except WeightsError as error:
            reason = error.message
    if starter_path(spec).is_file():
        return starter_weights(spec)
    on_event(
        Warned(
            msg(
                "No pre-trained weights are available ({reason}): {model} starts from nothing and "
                "will be far less accurate on a small set of images.",
                reason=str(reason).rstrip("."),
                model=spec.title,
            ),
            hint=msg("Connect to the network once, or choose a weights file (.pth, .safetensors)."),
        )
    )
    return _nothing()


def _imagenet(
    spec: ModelSpec,
    on_event: OnEvent,
    cancel: CancelToken | None,
    base_url: str | None,
    proxy: str | None,
) -> ResolvedWeights:
    path = cached_imagenet(spec)
    if path is None:
        file = published_file(spec)
        path = download(
            imagenet_url(spec, base_url),
            paths.weights_dir() / file.name,
            sha256_prefix=file.sha256_prefix,
            on_event=on_event,
            cancel=cancel,
            proxy=proxy,
        )
    return ResolvedWeights(
        "imagenet",
        path,
        msg(
            "ImageNet weights: {model} has learned from 1.28 million photographs of 1,000 kinds "
            "of things (top-1 {top1:.1f} %).",
            model=_donor(spec).title,
            top1=_donor(spec).top1,
        ),
    )


def _donor(spec: ModelSpec) -> ModelSpec:
    """The architecture whose weights these are: another one for scaled networks."""
    return get_spec(spec.donor) if spec.donor else spec


def _nothing_fits(spec: ModelSpec) -> Warned:
    widths = sorted({published(variant).width for variant in VARIANTS})
    return Warned(
        msg(
            "No published weights fit the channels of {model}: it starts from nothing and will be "
            "far less accurate on a small set of images.",
            model=spec.title,
        ),
        hint=msg(
            "A width of {widths} starts from ImageNet weights.",
            widths=", ".join(f"{width:g}" for width in widths),
        ),
    )


def _nothing() -> ResolvedWeights:
    return ResolvedWeights(
        "none",
        None,
        msg("No pre-trained weights: the model starts from random numbers and knows nothing yet."),
    )


def _from_file(path: Path) -> ResolvedWeights:
    if not path.is_file():
        raise WeightsError(
            msg("There is no weights file {path}.", path=str(path)),
            hint=msg("Give a .pth or .safetensors file, or auto, imagenet, starter or none."),
            path=path,
        )
    if path.suffix.lower() not in WEIGHTS_SUFFIXES:
        raise WeightsError(
            msg("{name} is not a weights file.", name=path.name),
            hint=msg("Weights are read from .safetensors, .pth and .pt files."),
            path=path,
        )
    return ResolvedWeights("file", path, msg("Weights from the file {path}.", path=str(path)))
