"""What is trained on: named classes and pictures that were decoded once, as plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol, get_args, runtime_checkable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

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
        samples: All pictures, ordered by their path: any sequence, perhaps one that makes its
            samples when they are asked for, as :class:`~.index.Samples` does.
        version: Changes whenever a path, label, split, or file changes, and only then.
    """

    classes: tuple[str, ...]
    samples: Sequence[Sample]
    version: str

    def subset(self, split: Split) -> Sequence[Sample]:
        """The pictures of one part, in order."""
        if isinstance(self.samples, Countable):
            return self.samples.part(split)
        return tuple(sample for sample in self.samples if sample.split == split)

    def counts(self, split: Split | None = None) -> dict[str, int]:
        """Number of pictures of each class.

        Args:
            split: Count only this part; None for all.

        Returns:
            Class name to count, in the order of :attr:`classes`, zeros included.
        """
        samples = self.samples if split is None else self.subset(split)
        if isinstance(samples, Countable):
            numbers = samples.label_counts(len(self.classes))
        else:
            numbers = [0] * len(self.classes)
            for sample in samples:
                numbers[sample.label] += 1
        return dict(zip(self.classes, numbers, strict=True))


@runtime_checkable
class Countable(Protocol):
    """Samples that can be divided and counted without being made."""

    def part(self, split: Split) -> Sequence[Sample]:
        """Those of one part, in order."""

    def label_counts(self, classes: int) -> list[int]:
        """How many there are of each label below ``classes``."""

    def stamps(self) -> NDArray[np.int64]:
        """Number, size in bytes and time of the last change in ns of each; int64, (n, 3)."""
