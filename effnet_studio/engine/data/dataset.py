"""What is trained on: named classes and pictures that were decoded once, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

Split = Literal["train", "val", "test"]
"""Which part a picture belongs to: learned from, used to choose the best epoch, or kept apart."""

SPLITS: tuple[Split, ...] = get_args(Split)


@dataclass(frozen=True)
class Sample:
    """One picture.

    Attributes:
        id: Small number, unchanged when the same folder is imported again.
        path: The file, absolute.
        label: Index into the dataset's classes.
        split: The part it belongs to.
        width: Upright, pixels.
        height: Upright, pixels.
    """

    id: int
    path: Path
    label: int
    split: Split
    width: int
    height: int


@dataclass(frozen=True)
class Dataset:
    """Pictures and their classes.

    Attributes:
        classes: Names; a label is an index into these.
        samples: All pictures, ordered by their path.
        version: Changes whenever a path, label, split, or file changes, and only then.
    """

    classes: tuple[str, ...]
    samples: tuple[Sample, ...]
    version: str

    def subset(self, split: Split) -> tuple[Sample, ...]:
        """The pictures of one part, in order."""
        return tuple(sample for sample in self.samples if sample.split == split)

    def counts(self, split: Split | None = None) -> dict[str, int]:
        """Number of pictures of each class.

        Args:
            split: Count only this part; None for all.

        Returns:
            Class name to count, in the order of :attr:`classes`, zeros included.
        """
        numbers = [0] * len(self.classes)
        for sample in self.samples:
            if split is None or sample.split == split:
                numbers[sample.label] += 1
        return dict(zip(self.classes, numbers, strict=True))
