"""Draws a row of the command palette: what is done, where it belongs, and its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from effnet_studio.gui.models.commands import COMMAND_ROLE, PLACES_ROLE, Command, keys_text
from effnet_studio.gui.theme import FONT_CAPTION, SPACE_1, SPACE_2, SPACE_3
from effnet_studio.gui.widgets.row_paint import paint_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.gui.theme import ThemeManager

_Index = QModelIndex | QPersistentModelIndex
_HEIGHT: Final = 36
_RADIUS: Final = 4


class CommandDelegate(QStyledItemDelegate):
    """Letters that were typed are bold; what is impossible is faint and says why.

    Args:
        theme: Gives the colours.
        parent: The list.
    """

    def __init__(self, theme: ThemeManager, parent: QListView) -> None:
        super().__init__(parent)
        self._theme = theme

    @property
    def height(self) -> int:
        """Of a row, pixels."""
        return _HEIGHT

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(0, _HEIGHT)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        command = index.data(COMMAND_ROLE)
        if not isinstance(command, Command):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_row(painter, option.rect, option.state, self._theme.theme)
        area = QRect(option.rect).adjusted(SPACE_3, 0, -SPACE_3, 0)
        small = QFont(option.font)
        small.setPixelSize(FONT_CAPTION)
        if command.shortcut:
            area.setRight(self._paint_keys(painter, area, small, keys_text(command.shortcut)))
        base = _base(area, option.font)
        area.setLeft(
            self._paint_title(painter, area, option.font, command, index.data(PLACES_ROLE))
        )
        self._paint_beside(painter, area, base, small, command)
        painter.restore()

    def _paint_keys(self, painter: QPainter, area: QRect, font: QFont, keys: str) -> int:
        """The keys in a frame at the right; returns where the room for the rest ends."""
        theme, metrics = self._theme.theme, QFontMetrics(font)
        width = metrics.horizontalAdvance(keys) + 2 * SPACE_2
        height = metrics.height() + SPACE_1
        box = QRectF(area.right() - width, area.center().y() - height / 2, width, height)
        painter.setPen(QPen(theme.color("border_strong"), 1))
        painter.setBrush(theme.color("surface"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        painter.setFont(font)
        painter.setPen(theme.color("muted"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), keys)
        return int(box.left()) - SPACE_2

    def _paint_title(
        self,
        painter: QPainter,
        area: QRect,
        font: QFont,
        command: Command,
        places: Sequence[int],
    ) -> int:
        """The title, cut where it has no room; returns where it ends."""
        theme = self._theme.theme
        bold = QFont(font)
        bold.setWeight(QFont.Weight.Bold)
        ink = theme.color("text" if command.enabled else "faint")
        typed = theme.color("accent_text" if command.enabled else "faint")
        marked, left = set(places or ()), float(area.left())
        base = _base(area, font)
        for text, is_typed in _pieces(command.title, marked):
            used = bold if is_typed else font
            metrics = QFontMetrics(used)
            shown = metrics.elidedText(
                text, Qt.TextElideMode.ElideRight, max(0, area.right() - int(left))
            )
            painter.setFont(used)
            painter.setPen(typed if is_typed else ink)
            painter.drawText(QPointF(left, base), shown)
            left += metrics.horizontalAdvance(shown)
        return int(left) + SPACE_3

    def _paint_beside(
        self, painter: QPainter, area: QRect, base: float, font: QFont, command: Command
    ) -> None:
        """Where it belongs, or why it is not possible."""
        theme, text = self._theme.theme, command.group
        if not command.enabled:
            text = command.reason or QCoreApplication.translate("Commands", "Not possible now")
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(theme.color("muted"))
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, area.width()))
        painter.drawText(QPointF(area.left(), base), shown)


def _base(area: QRect, font: QFont) -> float:
    """The line that letters stand on."""
    return area.center().y() + QFontMetrics(font).capHeight() / 2


def _pieces(text: str, marked: set[int]) -> list[tuple[str, bool]]:
    """Runs of letters that are marked or not, in order."""
    pieces: list[tuple[str, bool]] = []
    for place, letter in enumerate(text):
        is_marked = place in marked
        if pieces and pieces[-1][1] is is_marked:
            pieces[-1] = (pieces[-1][0] + letter, is_marked)
        else:
            pieces.append((letter, is_marked))
    return pieces
