"""Indexes made from a few words for each picture, without files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from effnet_studio.engine.data.dataset import SPLITS
from effnet_studio.engine.data.index import Index

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path("/photos")
FIRST = 101
"""Number of the first picture: not its row."""


@dataclass
class Picture:
    """One picture, by default an ordinary photograph that is like no other."""

    name: str = ""
    label: str = "a"
    split: str = "train"
    excluded: bool = False
    size: tuple[int, int] = (400, 300)
    bytes: int = 1000
    contrast: float = 0.2
    sharpness: float = 500.0
    saturation: float = 0.3
    copy: int = -1
    series: int = -1


def make_index(pictures: Sequence[Picture], root: Path = ROOT) -> Index:
    """Put pictures into columns; the first has the number :data:`FIRST`, the next the next."""
    names = sorted({picture.label for picture in pictures})

    def column(kind: Any, values: Sequence[object]) -> Any:
        return np.array(values, dtype=kind)

    return Index(
        class_names=dict(enumerate(names, start=1)),
        roots={1: root},
        paths=[
            picture.name or f"{picture.label}/{place:05d}.jpg"
            for place, picture in enumerate(pictures)
        ],
        ids=np.arange(FIRST, FIRST + len(pictures), dtype=np.int64),
        sources=np.ones(len(pictures), dtype=np.int32),
        classes=column(np.int64, [names.index(each.label) + 1 for each in pictures]),
        splits=column(np.uint8, [[*SPLITS].index(each.split) for each in pictures]),
        excluded=column(np.bool_, [each.excluded for each in pictures]),
        widths=column(np.int32, [each.size[0] for each in pictures]),
        heights=column(np.int32, [each.size[1] for each in pictures]),
        bytes=column(np.int64, [each.bytes for each in pictures]),
        mtimes_ns=np.zeros(len(pictures), dtype=np.int64),
        brightness=np.full(len(pictures), 0.5, dtype=np.float32),
        contrast=column(np.float32, [each.contrast for each in pictures]),
        sharpness=column(np.float32, [each.sharpness for each in pictures]),
        saturation=column(np.float32, [each.saturation for each in pictures]),
        duplicates=column(np.int64, [each.copy for each in pictures]),
        bursts=column(np.int64, [each.series for each in pictures]),
    )
