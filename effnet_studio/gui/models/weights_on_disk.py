"""Which pre-trained weights are on this computer, by file names only: no deep-learning library."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from effnet_studio import paths

if TYPE_CHECKING:
    from collections.abc import Iterable

    from effnet_studio.engine.models.spec import ModelSpec


def weights_folders() -> tuple[Path, ...]:
    """Where downloaded weights may lie: the app's cache and PyTorch's, as torch.hub names it."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    home = Path(os.environ.get("TORCH_HOME") or cache / "torch")
    return paths.weights_dir(), home.expanduser() / "hub" / "checkpoints"


@dataclass(frozen=True)
class WeightsOnDisk:
    """Catalog names of the architectures that can start without a network.

    Attributes:
        imagenet: Those whose ImageNet weights were downloaded before.
        starter: Those with a backbone shipped with the app.
    """

    imagenet: frozenset[str] = frozenset()
    starter: frozenset[str] = frozenset()


def weights_on_disk(specs: Iterable[ModelSpec]) -> WeightsOnDisk:
    """Look for weights by file name; the files' check sums are looked at when a run loads them.

    Args:
        specs: The architectures asked about.

    Returns:
        Those whose weights are here; for scaled networks those of their donor.
    """
    files = [
        path.name
        for folder in weights_folders()
        if folder.is_dir()
        for path in folder.iterdir()
        if path.suffix == ".pth"
    ]
    donors = {spec.name: spec.donor or spec.name for spec in specs}
    shipped = paths.resources_dir() / "backbones"
    return WeightsOnDisk(
        imagenet=frozenset(
            name
            for name, donor in donors.items()
            if any(re.fullmatch(rf"{donor}(_\w+)?-[0-9a-f]{{8,}}\.pth", file) for file in files)
        ),
        starter=frozenset(
            name for name, donor in donors.items() if (shipped / f"{donor}.safetensors").is_file()
        ),
    )
