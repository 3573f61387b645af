"""The classes of a dataset with their counts, for the list beside the pictures."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from typing_extensions import override

from effnet_studio.gui.models.thumbnails import IDS_MIME
from effnet_studio.gui.text import count_text

if TYPE_CHECKING:
    from effnet_studio.engine.data.index import Index

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class ClassCount:
    """One row.

    Attributes:
        name: Of the class; empty for the row of all classes.
        train: Pictures to learn from.
        val: Pictures to validate on.
        test: Pictures kept apart.
        largest: Pictures of the largest class, the full width of the bar.
    """

    name: str
    train: int
    val: int
    test: int
    largest: int

    @property
    def total(self) -> int:
        """All pictures of the class."""
        return self.train + self.val + self.test


class ClassModel(QAbstractListModel):
    """All classes together, then each class.

    Args:
        parent: Qt's owner.
    """

    CountRole = Qt.ItemDataRole.UserRole + 1

    renamed = Signal(str, str)
    """The user wrote a new name for a class: the old one and the new one."""
    images_dropped = Signal(object, str)
    """Numbers of pictures that were dropped on a class, and its name."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[ClassCount] = []
        self._editable = False

    def set_index(self, index: Index | None) -> None:
        """Show the classes of other pictures, or none."""
        self.beginResetModel()
        self._rows = count_classes(index) if index is not None else []
        self.endResetModel()

    def set_editable(self, editable: bool) -> None:  # noqa: FBT001 - a setter
        """Allow or refuse new names and dropped pictures."""
        self._editable = editable

    def row(self, number: int) -> ClassCount:
        """A row by its number; 0 is all classes together."""
        return self._rows[number]

    @override
    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and self._editable and self._rows[index.row()].name:
            flags |= Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDropEnabled
        return flags

    @override
    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        old, new = self._rows[index.row()].name, str(value).strip()
        if role != Qt.ItemDataRole.EditRole or not new or new == old:
            return False
        self.renamed.emit(old, new)
        return True

    @override
    def mimeTypes(self) -> list[str]:
        return [IDS_MIME]

    @override
    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction

    @override
    def dropMimeData(
        self,
        data: QMimeData,
        action: Qt.DropAction,
        row: int,
        column: int,
        parent: _Index,
    ) -> bool:
        if not parent.isValid() or not data.hasFormat(IDS_MIME):
            return False
        ids = json.loads(bytes(data.data(IDS_MIME).data()))
        self.images_dropped.emit(ids, self._rows[parent.row()].name)
        return True

    @override
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        name = row.name or QCoreApplication.translate("ClassModel", "All classes")
        if role == Qt.ItemDataRole.DisplayRole:
            return name
        if role == Qt.ItemDataRole.EditRole:
            return row.name
        if role == self.CountRole:
            return row
        if role in {Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole}:
            text = QCoreApplication.translate(
                "ClassModel", "{name}: {train} for training, {val} for validation"
            )
            return text.format(name=name, train=count_text(row.train), val=count_text(row.val))
        return None


def count_classes(index: Index) -> list[ClassCount]:
    """Count the pictures in use of each class and part.

    Args:
        index: What to count; classes without pictures are rows too.

    Returns:
        A row for all classes, then one for each, by name.
    """
    rows = ~index.excluded
    numbers = np.array(sorted(index.class_names), dtype=np.int64)
    places = np.searchsorted(numbers, index.classes[rows])
    table = np.bincount(3 * places + index.splits[rows], minlength=3 * len(numbers)).reshape(-1, 3)
    counts = {
        number: (train, val, test)
        for number, (train, val, test) in zip(numbers.tolist(), table.tolist(), strict=True)
    }
    largest = max((sum(parts) for parts in counts.values()), default=0)
    named = sorted((name, number) for number, name in index.class_names.items())
    each = [ClassCount(name, *counts[number], largest) for name, number in named]
    whole = (
        sum(row.train for row in each),
        sum(row.val for row in each),
        sum(row.test for row in each),
    )
    return [ClassCount("", *whole, largest=0), *each]
