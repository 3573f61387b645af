"""How a run is drawn in a list, and how its name is written there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import (
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from effnet_studio.engine.training.run_notes import LONGEST_NAME
from effnet_studio.gui.models.run_list import ACCURACY_ROLE, DETAIL_ROLE, LIVE_ROLE
from effnet_studio.gui.names import named
from effnet_studio.gui.theme import FONT_CAPTION, SPACE_1, SPACE_2, SPACE_3, SPACE_4
from effnet_studio.gui.widgets.row_paint import paint_row

if TYPE_CHECKING:
    from effnet_studio.gui.colors import Theme
    from effnet_studio.gui.theme import ThemeManager

Index = QModelIndex | QPersistentModelIndex

_DOT: Final = 8


class RunDelegate(QStyledItemDelegate):
    """Paints one run in the theme's colours.

    Args:
        theme: Colours.
        parent: Qt's owner.
    """

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = option.fontMetrics.height()
        return QSize(200, 2 * line + 2 * SPACE_2 + SPACE_1)

    @override
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = named(QLineEdit(parent), "run_name_editor")
        editor.setMaxLength(LONGEST_NAME)
        return editor

    @override
    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        area: QRect = option.rect
        editor.setGeometry(area.adjusted(SPACE_1, SPACE_1, -SPACE_1, -SPACE_1))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._theme.theme
        state = option.state
        area: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_row(painter, area.adjusted(0, 1, 0, -1), state, theme)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(theme.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(1, 2, -1, -2), 6, 6)
        self._paint_texts(
            painter, area.adjusted(SPACE_3, SPACE_2, -SPACE_3, -SPACE_2), index, theme
        )
        painter.restore()

    def _paint_texts(self, painter: QPainter, area: QRect, index: Index, theme: Theme) -> None:
        base = QFont(painter.font())
        bold = QFont(base)
        bold.setWeight(QFont.Weight.DemiBold)
        small = QFont(base)
        small.setPixelSize(FONT_CAPTION)
        accuracy = str(index.data(ACCURACY_ROLE) or "–")
        painter.setFont(bold)
        width = painter.fontMetrics().horizontalAdvance(accuracy)
        painter.setPen(QColor(theme.text))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
        painter.drawText(area, right, accuracy)
        left = area.adjusted(0, 0, -width - SPACE_4, 0)
        if index.data(LIVE_ROLE):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.accent))
            top = left.top() + painter.fontMetrics().height() // 2
            painter.drawEllipse(left.left(), top - _DOT // 2, _DOT, _DOT)
        title = left.adjusted(_DOT + SPACE_2 if index.data(LIVE_ROLE) else 0, 0, 0, 0)
        painter.setPen(QColor(theme.text))
        _draw_line(painter, title, str(index.data()), top=True)
        painter.setFont(small)
        painter.setPen(QColor(theme.muted))
        _draw_line(painter, area, str(index.data(DETAIL_ROLE) or ""), top=False)


def _draw_line(painter: QPainter, area: QRect, text: str, *, top: bool) -> None:
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    edge = Qt.AlignmentFlag.AlignTop if top else Qt.AlignmentFlag.AlignBottom
    painter.drawText(area, Qt.AlignmentFlag.AlignLeft | edge, shown)
