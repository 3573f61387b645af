"""Folders of small pictures and projects to import them into."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from effnet_studio.engine.project import Project

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    PaintFolder = Callable[[dict[str, int]], Path]


def paint(path: Path, seed: int = 0, size: tuple[int, int] = (40, 30)) -> Path:
    """Write a small noisy picture, in the format of its suffix."""
    path.parent.mkdir(parents=True, exist_ok=True)
    noise = np.random.default_rng(seed).integers(0, 256, (size[1], size[0], 3), dtype=np.uint8)
    Image.fromarray(noise).save(path)
    return path


@pytest.fixture
def photos(tmp_path: Path) -> PaintFolder:
    """Paints ``count`` pictures into each of the given folders."""

    def paint_folder(counts: dict[str, int]) -> Path:
        root = tmp_path / "photos"
        root.mkdir(exist_ok=True)
        for folder, count in counts.items():
            (root / folder).mkdir(parents=True, exist_ok=True)
            for number in range(count):
                paint(root / folder / f"{number:03d}.png", number)
        return root

    return paint_folder


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "P.effnet") as made:
        yield made
