"""How many pictures each class has and how much of the training it gets: for chart and table."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from effnet_studio.engine.data.balance import Imbalance, class_weights, seen_shares
from effnet_studio.gui.text import count_text, percent_text

if TYPE_CHECKING:
    from collections.abc import Sequence

Index = QModelIndex | QPersistentModelIndex

_MANY: Final = 200
"""From so many classes on, shares need a second decimal to differ."""


class Order(StrEnum):
    """How the classes are sorted."""

    LARGEST = "largest"
    SMALLEST = "smallest"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Balance:
    """One class.

    Attributes:
        name: Of the class.
        train: Pictures to learn from.
        val: Pictures to validate on.
        test: Pictures kept apart.
        seen: Share of the training that it gets, in [0, 1].
        like: The number of training pictures that would have that share by themselves.
        weight: How much a mistake on it counts; 1 on the average of all pictures.
    """

    name: str
    train: int
    val: int
    test: int
    seen: float
    like: float
    weight: float

    @property
    def total(self) -> int:
        """All its pictures."""
        return self.train + self.val + self.test


class ClassBalanceModel(QAbstractTableModel):
    """One row for each class: its pictures, part by part, and its share of the training."""

    BalanceRole = Qt.ItemDataRole.UserRole + 1

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._counts: tuple[tuple[str, int, int, int], ...] = ()
        self._remedy = Imbalance.NONE
        self._order = Order.LARGEST
        self._rows: list[Balance] = []
        self._full_scale = 1

    @property
    def remedy(self) -> Imbalance:
        """What is done about the imbalance."""
        return self._remedy

    @property
    def rows(self) -> Sequence[Balance]:
        """The classes, as sorted."""
        return self._rows

    def set_counts(
        self, classes: Sequence[str], train: Sequence[int], val: Sequence[int], test: Sequence[int]
    ) -> None:
        """Show other classes; the four are as long as each other."""
        self._counts = tuple(zip(classes, train, val, test, strict=True))
        self._rebuild()

    def set_remedy(self, remedy: Imbalance) -> None:
        """Show what another remedy does."""
        self._remedy = remedy
        self._rebuild()

    def set_order(self, order: Order) -> None:
        """Sort otherwise."""
        self._order = order
        self._rebuild()

    def retranslate(self) -> None:
        """Tell views that the headings have changed."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def share_text(self, row: Balance) -> str:
        """A class's share of the training, as exact as is needed to tell classes apart."""
        return percent_text(row.seen, 1 if len(self._rows) < _MANY else 2)

    @property
    def full_scale(self) -> int:
        """Pictures that fill a bar's room: no count and no mark goes beyond."""
        return self._full_scale

    def _rebuild(self) -> None:
        self.beginResetModel()
        train = [row[1] for row in self._counts]
        shares = seen_shares(train, self._remedy).tolist()
        weights = class_weights(train, self._remedy).tolist()
        whole = sum(train)
        self._rows = [
            Balance(*row, seen=share, like=share * whole, weight=weight)
            for row, share, weight in zip(self._counts, shares, weights, strict=True)
        ]
        most = max((max(row.total, row.like) for row in self._rows), default=1)
        self._full_scale = max(1, math.ceil(most))
        self._rows.sort(key=lambda row: row.name.casefold())
        if self._order is not Order.NAME:
            sign = -1 if self._order is Order.LARGEST else 1
            self._rows.sort(key=lambda row: sign * row.total)
        self.endResetModel()

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else 6

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            counts = (row.train, row.val, row.test, row.total)
            cells = (row.name, *map(count_text, counts), self.share_text(row))
            return cells[index.column()]
        if role == self.BalanceRole:
            return row
        if role in {Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self._sentence(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if index.column() else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def _sentence(self, row: Balance) -> str:
        text = self.tr(
            "{name}: {train} for training, {val} for validation, {test} for the test; {share} of "
            "the training"
        )
        return text.format(
            name=row.name,
            train=count_text(row.train),
            val=count_text(row.val),
            test=count_text(row.test),
            share=self.share_text(row),
        )

    @override
    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (
                self.tr("Class"),
                self.tr("Training"),
                self.tr("Validation"),
                self.tr("Test"),
                self.tr("Images"),
                self.tr("Seen in training"),
            )[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None
