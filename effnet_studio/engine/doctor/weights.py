"""Pre-trained weights: whether the shipped ones are whole, and which were downloaded."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from effnet_studio import paths
from effnet_studio.engine.errors import WeightsError
from effnet_studio.engine.facts.fact import Fact, Level, Remedy
from effnet_studio.engine.facts.versions import set_up_advice
from effnet_studio.engine.messages import msg
from effnet_studio.engine.models.catalog import CATALOG
from effnet_studio.engine.models.download import file_matches, sha256_prefix_of

if TYPE_CHECKING:
    from collections.abc import Iterable

STARTERS: Final = {
    "efficientnet_b0": "3d486b122ad0c09f8c8ccb36b57b52a77f35b8f830f044c2858e5257331a31c2",
}
"""SHA-256 of the backbones shipped with the app, by the architecture's name."""

_SUFFIXES: Final = (".pth", ".safetensors")
_READ_AT_MOST: Final = 2_000_000_000
"""Bytes whose checksums are compared; with more the largest files are not read."""


def weights_facts() -> list[Fact]:
    """One fact on the shipped backbones, one on downloaded weights; no library is loaded."""
    return [_starters(), _downloaded()]


def _starters() -> Fact:
    title = msg("Starter weights shipped with the app")
    folder = paths.resources_dir() / "backbones"
    damaged = [
        name
        for name, checksum in STARTERS.items()
        if not file_matches(folder / f"{name}.safetensors", checksum)
    ]
    names = ", ".join(_title(name) for name in damaged or STARTERS)
    if not damaged:
        return Fact("starter", title, msg("{names}, complete", names=names))
    return Fact(
        "starter",
        title,
        msg("{names}: missing or damaged", names=names),
        level=Level.PROBLEM,
        hint=msg(
            "Without them a training without network begins from nothing. Install the app anew."
        ),
        command=set_up_advice()[1],
    )


def _downloaded() -> Fact:
    title, folder = msg("Downloaded weights"), paths.weights_dir()
    files = _files((folder, _torch_folder()))
    if not files:
        return Fact(
            "weights",
            title,
            msg("none yet: they come when a training first needs them"),
            hint=msg("To work without network later, download them ahead of time."),
            remedy=Remedy.WEIGHTS,
        )
    damaged = [file.name for file in _readable(files) if not _whole(file)]
    value = msg(
        "{names}; {size:.0f} MB in {folder}",
        names=", ".join(dict.fromkeys(_title(_model_of(file.name)) for file in files)),
        size=sum(file.stat().st_size for file in files) / 1e6,
        folder=str(folder),
    )
    if not damaged:
        return Fact("weights", title, value, remedy=Remedy.WEIGHTS, path=folder)
    return Fact(
        "weights",
        title,
        msg("{found}. Damaged: {names}", found=value, names=", ".join(damaged)),
        level=Level.WARNING,
        hint=msg("A damaged file is not used; download it again."),
        remedy=Remedy.WEIGHTS,
        path=folder,
    )


def _torch_folder() -> Path:
    """Where PyTorch itself keeps downloads, by its own rules, without loading it."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return Path(os.environ.get("TORCH_HOME") or cache / "torch").expanduser() / "hub/checkpoints"


def _files(folders: Iterable[Path]) -> list[Path]:
    """Files that belong to an architecture of the catalog."""
    found = {
        file.name: file
        for folder in reversed(tuple(folders))
        if folder.is_dir()
        for file in sorted(folder.iterdir())
        if file.suffix in _SUFFIXES and file.is_file() and _model_of(file.name)
    }
    return sorted(found.values(), key=lambda file: file.name)


def _readable(files: Iterable[Path]) -> list[Path]:
    """The files that can be read in a few seconds, small ones first."""
    chosen, total = [], 0
    for file in sorted(files, key=lambda each: each.stat().st_size):
        total += file.stat().st_size
        if total <= _READ_AT_MOST:
            chosen.append(file)
    return chosen


def _whole(file: Path) -> bool:
    try:
        checksum = sha256_prefix_of(file.name)
    except WeightsError:
        return True  # its maker tells none
    return file_matches(file, checksum)


def _model_of(name: str) -> str:
    """The architecture whose weights have such a file name; empty for none of the catalog."""
    ends = ("-", "_", ".")
    fitting = [model for model in CATALOG if name.startswith(tuple(model + end for end in ends))]
    return max(fitting, key=len, default="")


def _title(model: str) -> str:
    return CATALOG[model].title if model in CATALOG else model
