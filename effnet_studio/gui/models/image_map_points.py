"""What the map of the images shows: an embedding and an index joined, in groups with colours."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QColor
from typing_extensions import override

from effnet_studio.gui.text import count_text
from effnet_studio.gui.widgets.data.image_map_paint import category_colors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from effnet_studio.engine.data.index import Index
    from effnet_studio.engine.evaluation.likeness.embedding import Embedding
    from effnet_studio.gui.colors import Theme

_Index = QModelIndex | QPersistentModelIndex

_ORDER_SEED: Final = 5
ALL: Final = -1
"""Key of the row that stands for all groups."""


class ColorBy(StrEnum):
    """What the colours of the points say."""

    CLASS = "class"
    PART = "part"


@dataclass(frozen=True, eq=False)
class MapPoints:
    """Pictures of an index that have a place, in the order they are drawn.

    The order is mixed, always the same way, so that no class hides another.

    Attributes:
        rows: int64, (n,): rows of the index.
        ids: int64, (n,): numbers of the pictures.
        xy: float32, (n, 2): their places.
        classes: int64, (n,): class of each, a key of the index's ``class_names``.
        splits: uint8, (n,): part of each.
        missing: Pictures in use that have no place yet.
    """

    rows: NDArray[np.int64]
    ids: NDArray[np.int64]
    xy: NDArray[np.float32]
    classes: NDArray[np.int64]
    splits: NDArray[np.uint8]
    missing: int

    def groups(self, by: ColorBy) -> NDArray[np.int64]:
        """Group of each point, int64 (n,): its class, or its part."""
        return self.classes if by is ColorBy.CLASS else self.splits.astype(np.int64)


def join_points(embedding: Embedding, index: Index) -> MapPoints:
    """Find the pictures in use that have a place.

    Args:
        embedding: The places.
        index: The pictures as they are now.
    """
    used = np.flatnonzero(~index.excluded)
    found = np.isin(index.ids[used], embedding.ids)
    rows = np.random.default_rng(_ORDER_SEED).permutation(used[found])
    ids = index.ids[rows]
    return MapPoints(
        rows=rows,
        ids=ids,
        xy=embedding.xy[np.searchsorted(embedding.ids, ids)],
        classes=index.classes[rows],
        splits=index.splits[rows],
        missing=int(len(found) - found.sum()),
    )


@dataclass(frozen=True)
class Group:
    """Points of one colour.

    Attributes:
        key: Number of the class or part; :data:`ALL` for all points.
        name: Shown to people.
        count: Points.
        color: Of its points.
    """

    key: int
    name: str
    count: int
    color: QColor


def group_points(
    points: MapPoints, by: ColorBy, class_names: dict[int, str], theme: Theme
) -> list[Group]:
    """Count and colour the groups.

    Args:
        points: The points.
        by: What makes a group.
        class_names: Number of a class to its name.
        theme: Gives the colours.

    Returns:
        All points, then the groups: classes by name with those that have no points, or parts that
        have points.
    """
    found, counts = np.unique(points.groups(by), return_counts=True)
    count_of = dict(zip(found.tolist(), counts.tolist(), strict=True))
    whole = Group(ALL, "", len(points.ids), QColor(theme.faint))
    if by is ColorBy.PART:
        names = (
            QCoreApplication.translate("ImageMap", "Training"),
            QCoreApplication.translate("ImageMap", "Validation"),
            QCoreApplication.translate("ImageMap", "Test"),
        )
        colors = (theme.train, theme.validation, theme.test)
        parts = [
            Group(key, name, count_of[key], QColor(color))
            for key, (name, color) in enumerate(zip(names, colors, strict=True))
            if key in count_of
        ]
        return [whole, *parts]
    named = sorted((name, key) for key, name in class_names.items())
    hues = category_colors(theme.series, len(named), dark=theme.dark)
    classes = [
        Group(key, name, count_of.get(key, 0), hue)
        for (name, key), hue in zip(named, hues, strict=True)
    ]
    return [whole, *classes]


def color_points(points: MapPoints, by: ColorBy, groups: Sequence[Group]) -> NDArray[np.uint32]:
    """Colour of each point as 0xffRRGGBB, uint32 (n,)."""
    keyed = sorted((group.key, group.color.rgb()) for group in groups if group.key != ALL)
    keys = np.array([key for key, _ in keyed], dtype=np.int64)
    colors = np.array([color for _, color in keyed], dtype=np.uint32)
    if not len(keys):
        return np.zeros(len(points.ids), dtype=np.uint32)
    picked: NDArray[np.uint32] = colors[np.searchsorted(keys, points.groups(by))]
    return picked


class GroupModel(QAbstractListModel):
    """The groups as rows of a list.

    Args:
        parent: Qt's owner.
    """

    GroupRole = Qt.ItemDataRole.UserRole + 1

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._groups: Sequence[Group] = ()

    def set_groups(self, groups: Sequence[Group]) -> None:
        """Show other groups."""
        self.beginResetModel()
        self._groups = groups
        self.endResetModel()

    @property
    def groups(self) -> Sequence[Group]:
        """The rows."""
        return self._groups

    @override
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._groups)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        group = self._groups[index.row()]
        if role == self.GroupRole:
            return group
        name = group.name or QCoreApplication.translate("ImageMap", "All images")
        if role == Qt.ItemDataRole.DisplayRole:
            return name
        if role in {Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole}:
            return f"{name}: {count_text(group.count)}"
        return None
