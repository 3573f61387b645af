"""A list whose rows have a mark, a title, and a line below it; both may wrap."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from effnet_studio.gui.icons import pixmap
from effnet_studio.gui.models.marked_rows import BRIEF_ROLE, MARK_ROLE
from effnet_studio.gui.theme import FONT_BODY, FONT_CAPTION, SPACE_1, SPACE_2, set_role
from effnet_studio.gui.widgets.row_paint import paint_row

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel
    from PySide6.QtGui import QResizeEvent

    from effnet_studio.gui.theme import ThemeManager

_Index = QModelIndex | QPersistentModelIndex
_SHARE: Final = 0.36
_LEAST: Final = 170
_MOST: Final = 248
_ICON: Final = 18
_PAD: Final = 8
_RADIUS: Final = 6
_WRAPPED: Final = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft)


class _MarkedDelegate(QStyledItemDelegate):
    """Draws a row: its mark, its title, and the line below it.

    Args:
        theme: Gives the colours.
        parent: The list.
    """

    def __init__(self, theme: ThemeManager, parent: QListView) -> None:
        super().__init__(parent)
        self._theme = theme
        self._view = parent

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        width = self._view.viewport().width()
        title, brief = self._fonts(option.font)
        height = self._wrapped_height(title, str(index.data()), width)
        height += self._wrapped_height(brief, str(index.data(BRIEF_ROLE)), width) + SPACE_1 // 2
        return QSize(width, height + 2 * _PAD + 2)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        mark = index.data(MARK_ROLE)
        if not isinstance(mark, (tuple, list)):
            return
        theme = self._theme.theme
        area: QRect = option.rect.adjusted(1, 1, -1, -1)
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(area).adjusted(1, 1, -1, -1), _RADIUS, _RADIUS)
        paint_row(painter, area, state, theme)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(theme.focus), 2))
            painter.drawPath(shape)
        icon, tone = mark
        ratio = painter.device().devicePixelRatioF()
        drawn = pixmap(icon, getattr(theme, tone), _ICON, ratio)
        painter.drawPixmap(area.left() + _PAD, area.top() + _PAD - 1, drawn)
        title, brief = self._fonts(option.font)
        text = area.adjusted(_PAD + _ICON + SPACE_2, _PAD - 1, -_PAD, -_PAD + 1)
        painter.setFont(title)
        painter.setPen(QColor(theme.accent_text if selected else theme.text))
        painter.drawText(text, _WRAPPED, str(index.data()))
        painter.setFont(brief)
        painter.setPen(QColor(theme.muted))
        flags = _WRAPPED | int(Qt.AlignmentFlag.AlignBottom)
        painter.drawText(text, flags, str(index.data(BRIEF_ROLE)))
        painter.restore()

    def _fonts(self, font: QFont) -> tuple[QFont, QFont]:
        title, brief = QFont(font), QFont(font)
        title.setPixelSize(FONT_BODY)
        brief.setPixelSize(FONT_CAPTION)
        return title, brief

    def _wrapped_height(self, font: QFont, text: str, width: int) -> int:
        room = QRect(0, 0, width - 2 - 2 * _PAD - _ICON - SPACE_2, 1000)
        return QFontMetrics(font).boundingRect(room, _WRAPPED, text).height()


class MarkedList(QListView):
    """Rows one below the other.

    Args:
        model: Gives the roles of :mod:`~effnet_studio.gui.models.marked_rows`.
        name: Object name.
        theme: Gives colours and icons.
        parent: Qt's owner.
    """

    def __init__(
        self,
        model: QAbstractItemModel,
        name: str,
        theme: ThemeManager,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        set_role(self, "rows")
        self.setModel(model)
        self.setItemDelegate(_MarkedDelegate(theme, self))
        self.setMouseTracking(True)
        self.setMinimumWidth(_LEAST)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        theme.changed.connect(self._on_theme_changed)

    def fit(self, whole: int) -> None:
        """Take a share of the width there is for the list and what is beside it, pixels."""
        self.setMaximumWidth(min(max(round(_SHARE * whole), _LEAST), _MOST))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()  # titles are wrapped otherwise

    @Slot()
    def _on_theme_changed(self) -> None:
        self.viewport().update()
