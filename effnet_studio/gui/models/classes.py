"""The classes of a dataset with their counts, for the list beside the pictures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from typing_extensions import override

from effnet_studio.gui.text import count_text

if TYPE_CHECKING:
    from effnet_studio.engine.data.dataset import Dataset

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

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[ClassCount] = []

    def set_dataset(self, dataset: Dataset | None) -> None:
        """Show another dataset, or none."""
        self.beginResetModel()
        self._rows = count_classes(dataset) if dataset is not None else []
        self.endResetModel()

    def row(self, number: int) -> ClassCount:
        """A row by its number; 0 is all classes together."""
        return self._rows[number]

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
        if role == self.CountRole:
            return row
        if role in {Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole}:
            text = QCoreApplication.translate(
                "ClassModel", "{name}: {train} for training, {val} for validation"
            )
            return text.format(name=name, train=count_text(row.train), val=count_text(row.val))
        return None


def count_classes(dataset: Dataset) -> list[ClassCount]:
    """Count the pictures of each class and part.

    Args:
        dataset: What to count.

    Returns:
        A row for all classes, then one for each in the dataset's order.
    """
    train, val, test = (dataset.counts(split) for split in ("train", "val", "test"))
    largest = max((train[name] + val[name] + test[name] for name in dataset.classes), default=0)
    rows = [
        ClassCount(name, train[name], val[name], test[name], largest) for name in dataset.classes
    ]
    total = ClassCount("", sum(train.values()), sum(val.values()), sum(test.values()), largest=0)
    return [total, *rows]
