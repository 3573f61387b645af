"""Judged images as a table: picture, name, answer, confidence, second answer, margin, review."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QIcon
from typing_extensions import override

from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.text import answer_text, percent_text
from effnet_studio.gui.widgets.predict.predicted_cells import item_cell

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from effnet_studio.gui.models.predict_items import Item
    from effnet_studio.gui.models.thumbnails import ThumbnailModel

_Index = QModelIndex | QPersistentModelIndex

SHARE_ROLE: Final = Qt.ItemDataRole.UserRole + 1


class Column(IntEnum):
    """The columns, left to right."""

    NAME = 0
    ANSWER = 1
    CONFIDENCE = 2
    SECOND = 3
    MARGIN = 4
    REVIEW = 5


_NUMBERS: Final = frozenset({Column.MARGIN})


class ResultsTable(QAbstractTableModel):
    """The images of the list, one a row.

    Args:
        pictures: Loads and keeps the thumbnails; shared with the grid of the same images.
        parent: Qt's owner.
    """

    reviewed = Signal()
    """What people said of an image has changed."""

    def __init__(self, pictures: ThumbnailModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._items: Sequence[Item] = ()
        self._count = 0
        self._reviews: Mapping[Hashable, str] = {}
        pictures.dataChanged.connect(self._on_picture)

    def set_rows(self, items: Sequence[Item], reviews: Mapping[Hashable, str]) -> None:
        """Show other images.

        Args:
            items: In the order of the rows.
            reviews: What people said of images, by :attr:`Item.key`.
        """
        self.beginResetModel()
        self._items, self._count, self._reviews = items, len(items), reviews
        self.endResetModel()

    def grow(self, items: Sequence[Item]) -> None:
        """Show more images below those there are.

        Args:
            items: The old ones and the new ones.
        """
        if len(items) > self._count:
            self.beginInsertRows(QModelIndex(), self._count, len(items) - 1)
            self._items, self._count = items, len(items)
            self.endInsertRows()

    def tell_row(self, row: int) -> None:
        """What people said of a row's image has changed."""
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))
        self.reviewed.emit()

    @override
    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self._count

    @override
    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(Column)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        item, column = self._items[index.row()], Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(item, column)
        if role == Qt.ItemDataRole.DecorationRole:
            return self._icon(item, index.row()) if column is Column.NAME else None
        standing = item.standing
        answers: dict[int, object] = {
            Qt.ItemDataRole.ToolTipRole: self._hint(item, column),
            Qt.ItemDataRole.TextAlignmentRole: _alignment(column),
            SHARE_ROLE: standing.confidence
            if standing is not None and column is Column.CONFIDENCE
            else None,
        }
        return answers.get(role)

    def _icon(self, item: Item, row: int) -> QIcon | None:
        """The thumbnail, which the view draws as small as its icons."""
        picture = self._pictures.picture(item_cell(item), row)
        return QIcon(picture) if picture is not None else None

    def _hint(self, item: Item, column: Column) -> str | None:
        """What may be too long for the cell."""
        return str(item.path or item.name) if column is Column.NAME else self._text(item, column)

    def _text(self, item: Item, column: Column) -> str:
        standing = item.standing
        if standing is None:
            message = getattr(item.verdict, "message", None)
            answer = translate_message(message) if message is not None else ""
            return {Column.NAME: item.name, Column.ANSWER: answer}.get(column, "")
        texts = {
            Column.NAME: item.name,
            Column.ANSWER: answer_text(standing.label, rejected=standing.rejected),
            Column.CONFIDENCE: percent_text(standing.confidence),
            Column.SECOND: standing.second,
            Column.MARGIN: percent_text(standing.margin),
            Column.REVIEW: self._review(item),
        }
        return texts[column]

    def _review(self, item: Item) -> str:
        label = self._reviews.get(item.key)
        if label is None:
            return ""
        same = item.standing is not None and item.standing.label == label
        return self.tr("Confirmed") if same else self.tr("{label} instead").format(label=label)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(Column(section))
        titles = {
            Column.NAME: (self.tr("Image"), self.tr("Name of the file")),
            Column.ANSWER: (self.tr("Answer"), self.tr("The likeliest class")),
            Column.CONFIDENCE: (self.tr("Confidence"), self.tr("How likely the model finds it")),
            Column.SECOND: (self.tr("Second answer"), self.tr("The next likely class")),
            Column.MARGIN: (
                self.tr("Margin"),
                self.tr("How much likelier the answer is than the second one"),
            ),
            Column.REVIEW: (self.tr("Review"), self.tr("What you said of it")),
        }
        title, hint = titles[Column(section)]
        return {Qt.ItemDataRole.DisplayRole: title, Qt.ItemDataRole.ToolTipRole: hint}.get(
            Qt.ItemDataRole(role)
        )

    @Slot(QModelIndex, QModelIndex)
    def _on_picture(self, first: QModelIndex, last: QModelIndex) -> None:
        """A thumbnail has come; both models have the same rows."""
        if last.row() < self._count:
            top, bottom = self.index(first.row(), 0), self.index(last.row(), 0)
            self.dataChanged.emit(top, bottom, [Qt.ItemDataRole.DecorationRole])


def _alignment(column: Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in _NUMBERS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
