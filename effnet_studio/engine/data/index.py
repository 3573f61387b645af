"""The pictures of a project as columns: a million rows fit into memory and are filtered at once."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, overload

import numpy as np
from typing_extensions import override

from effnet_studio.engine.data.dataset import SPLITS, Dataset, Sample, Split

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Index:
    """Every picture that is there, those left out by the user too, ordered by source and path.

    Attributes:
        class_names: Number of a class to its name; also classes without pictures.
        roots: Number of a source to its folder.
        paths: Paths below the source's folder, with ``/``.
        ids: int64, (n,): numbers of the pictures, the same as long as the project lives.
        sources: int32, (n,): where each lies.
        classes: int64, (n,): class of each, a key of :attr:`class_names`.
        splits: uint8, (n,): position of its part in :data:`~.dataset.SPLITS`.
        excluded: bool, (n,): left out by the user.
        widths: int32, (n,): upright, pixels.
        heights: int32, (n,): upright, pixels.
        bytes: int64, (n,): sizes of the files.
        mtimes_ns: int64, (n,): times of their last change.
        brightness: float32, (n,): mean luma, 0 to 1; NaN where it was not measured.
        contrast: float32, (n,): standard deviation of luma, 0 to 1.
        sharpness: float32, (n,): variance of the Laplacian of the thumbnail.
        saturation: float32, (n,): 0 for grey pictures, up to 1.
        duplicates: int64, (n,): number of the group of near duplicates, or -1.
        bursts: int64, (n,): number of the group taken at one moment, or -1.
    """

    class_names: dict[int, str]
    roots: dict[int, Path]
    paths: list[str]
    ids: NDArray[np.int64]
    sources: NDArray[np.int32]
    classes: NDArray[np.int64]
    splits: NDArray[np.uint8]
    excluded: NDArray[np.bool_]
    widths: NDArray[np.int32]
    heights: NDArray[np.int32]
    bytes: NDArray[np.int64]
    mtimes_ns: NDArray[np.int64]
    brightness: NDArray[np.float32]
    contrast: NDArray[np.float32]
    sharpness: NDArray[np.float32]
    saturation: NDArray[np.float32]
    duplicates: NDArray[np.int64]
    bursts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.ids)

    def path(self, row: int) -> Path:
        """The file of a row, absolute."""
        return self.roots[int(self.sources[row])] / self.paths[row]

    def rows_of(self, ids: Iterable[int]) -> NDArray[np.int64]:
        """Rows of pictures by their numbers, in the order given; unknown numbers are passed over.

        Args:
            ids: Numbers of pictures.

        Returns:
            int64, (m,).
        """
        wanted = np.fromiter(ids, dtype=np.int64)
        if not len(self) or not len(wanted):
            return np.empty(0, dtype=np.int64)
        order = np.argsort(self.ids)
        places = np.searchsorted(self.ids, wanted, sorter=order)
        rows = order[np.minimum(places, len(self) - 1)]
        found: NDArray[np.int64] = rows[self.ids[rows] == wanted].astype(np.int64)
        return found

    def dataset(self) -> Dataset:
        """What is trained on: without the pictures that are left out, and without empty classes."""
        rows = np.flatnonzero(~self.excluded)
        used = np.unique(self.classes[rows])
        named = sorted((self.class_names[int(number)], int(number)) for number in used)
        names = tuple(name for name, _ in named)
        label_of = {number: label for label, (_, number) in enumerate(named)}
        lookup = np.array([label_of[int(number)] for number in used], dtype=np.int64)
        labels = lookup[np.searchsorted(used, self.classes[rows])] if len(rows) else rows
        return Dataset(names, Samples(self, rows, labels), self.version(names, rows, labels))

    def version(
        self, names: Sequence[str], rows: NDArray[np.int64], labels: NDArray[np.int64]
    ) -> str:
        """A hash that changes with any path, class, part or file.

        Args:
            names: Names of the classes.
            rows: int64, (m,): the pictures, in the index's order.
            labels: int64, (m,): the class of each, a position in ``names``.

        Returns:
            32 hexadecimal digits.
        """
        total = hashlib.blake2b(digest_size=16)
        for source in np.unique(self.sources[rows]):
            total.update(os.fsencode(self.roots[int(source)]) + b"\n")
        encoded = [name.encode() for name in names]
        columns = zip(
            rows.tolist(),
            labels.tolist(),
            self.splits[rows].tolist(),
            self.bytes[rows].tolist(),
            self.mtimes_ns[rows].tolist(),
            strict=True,
        )
        for row, label, split, size, mtime in columns:
            total.update(
                b"%s\0%s\0%d %d %d\n"
                % (os.fsencode(self.paths[row]), encoded[label], split, size, mtime)
            )
        return total.hexdigest()


class Samples(Sequence[Sample]):
    """Pictures of an index as samples, each made when it is asked for.

    Args:
        index: The columns.
        rows: int64, (n,): which of its rows, in order.
        labels: int64, (n,): label of each.
    """

    def __init__(self, index: Index, rows: NDArray[np.int64], labels: NDArray[np.int64]) -> None:
        self._index = index
        self._rows = rows
        self._labels = labels

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> Sample: ...

    @overload
    def __getitem__(self, place: slice) -> Samples: ...

    def __getitem__(self, place: int | slice) -> Sample | Samples:
        if isinstance(place, slice):
            return Samples(self._index, self._rows[place], self._labels[place])
        index, row = self._index, int(self._rows[place])
        return Sample(
            int(index.ids[row]),
            index.path(row),
            int(self._labels[place]),
            SPLITS[index.splits[row]],
            int(index.widths[row]),
            int(index.heights[row]),
        )

    def sizes(self) -> NDArray[np.int64]:
        """Height and width of each, pixels; int64, (n, 2)."""
        rows = self._rows
        return np.stack([self._index.heights[rows], self._index.widths[rows]], 1).astype(np.int64)

    def stamps(self) -> NDArray[np.int64]:
        """Number, size in bytes and time of the last change in ns of each; int64, (n, 3)."""
        index, rows = self._index, self._rows
        return np.stack([index.ids[rows], index.bytes[rows], index.mtimes_ns[rows]], axis=1)

    @override
    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(
            mine == its for mine, its in zip(self, other, strict=True)
        )

    __hash__ = None  # type: ignore[assignment] # compared by value

    def part(self, split: Split) -> Samples:
        """Those of one part, in order."""
        kept = self._index.splits[self._rows] == SPLITS.index(split)
        return Samples(self._index, self._rows[kept], self._labels[kept])

    def label_counts(self, classes: int) -> list[int]:
        """How many there are of each label below ``classes``."""
        counts: list[int] = np.bincount(self._labels, minlength=classes).tolist()
        return counts
