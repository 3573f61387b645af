"""How the pictures of a finding and what stands above their groups are drawn."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem
from typing_extensions import override

from effnet_studio.engine.data.checks.findings import FindingKind
from effnet_studio.gui.icons import pixmap
from effnet_studio.gui.models.finding_groups import GroupModel, Heading
from effnet_studio.gui.theme import (
    FONT_BODY,
    FONT_CAPTION,
    SPACE_1,
    SPACE_2,
    SPACE_3,
    SPACE_4,
    ThemeManager,
)
from effnet_studio.gui.widgets.thumbnail_grid import ThumbnailDelegate

_Index = QModelIndex | QPersistentModelIndex
_LINE: Final = 17
_BADGE: Final = 22
_LEFT: Final = 2
"""Room for the frame around a selected picture."""
_TELLING: Final = {FindingKind.CONFLICT: 0, FindingKind.LEAK: 1}
"""The line of a cell's caption that a finding is about."""


class FactsDelegate(ThumbnailDelegate):
    """Draws a picture with its name, class, part and size below.

    Args:
        theme: Gives the colours.
        side: Of the picture, pixels.
        parent: Qt's owner.
    """

    @override
    def cell_size(self) -> QSize:
        return QSize(self.cell_width, SPACE_1 + self.side + SPACE_1 + 4 * _LINE + SPACE_2)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        if not isinstance(model, GroupModel):
            return
        theme = self._theme.theme
        cell = model.cell(index)
        area: QRect = option.rect
        square = QRect(area.left() + _LEFT, area.top() + SPACE_1, self.side, self.side)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_picture(painter, square, model, index.row())
        self._paint_frame(painter, square, option)
        if index.data(GroupModel.StaysRole):
            self._paint_badge(painter, square)
        line = QRect(square.left(), square.bottom() + 1 + SPACE_1, area.width() - SPACE_3, _LINE)
        painter.setPen(QColor(theme.text))
        self._paint_fact(painter, line, cell.path.name)
        telling = _TELLING.get(model.found.finding.kind, -1) if model.found is not None else -1
        for number, fact in enumerate(cell.caption.split("\n")):
            line.translate(0, _LINE)
            painter.setPen(QColor(theme.text if number == telling else theme.muted))
            self._paint_fact(painter, line, fact)
        painter.restore()

    def _paint_fact(self, painter: QPainter, line: QRect, text: str) -> None:
        font = painter.font()
        font.setPixelSize(FONT_CAPTION)
        painter.setFont(font)
        short = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, short)

    def _paint_badge(self, painter: QPainter, square: QRect) -> None:
        theme = self._theme.theme
        badge = QRect(square.right() - _BADGE - 3, square.top() + 5, _BADGE, _BADGE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.surface))
        painter.drawEllipse(badge)
        mark = pixmap("check", theme.success, 16, painter.device().devicePixelRatioF())
        painter.drawPixmap(badge.left() + 3, badge.top() + 3, mark)


class HeadingPainter:
    """Draws what stands above a group, and knows where its links are.

    Args:
        theme: Gives the colours.
        font: The view's.
    """

    HEIGHT: Final = 32

    def __init__(self, theme: ThemeManager, font: QFont) -> None:
        self._theme = theme
        self._font = QFont(font)
        self._font.setPixelSize(FONT_BODY)
        self._strong = QFont(self._font)
        self._strong.setWeight(QFont.Weight.DemiBold)
        self._caption = QFont(self._font)
        self._caption.setPixelSize(FONT_CAPTION)

    def link_boxes(self, heading: Heading, area: QRect) -> list[QRect]:
        """Where the links of a heading are, the last one at the right."""
        metrics = QFontMetrics(self._font)
        widths = [metrics.horizontalAdvance(link.text) for link in heading.links]
        spare = area.width() - _LEFT - sum(widths)
        gap = SPACE_4 if spare >= SPACE_4 * (len(widths) - 1) else SPACE_2
        inset = max(0, min(SPACE_2, spare - gap * (len(widths) - 1)))
        right = area.right() + 1 - inset
        boxes = []
        for width in reversed(widths):
            boxes.append(QRect(right - width, area.top(), width, area.height()))
            right -= width + gap
        return boxes[::-1]

    def paint(self, painter: QPainter, heading: Heading, area: QRect, hovered: int) -> None:
        """Draw a heading.

        Args:
            painter: On the view.
            heading: What to write.
            area: Where, as wide as the view.
            hovered: The link under the pointer; -1 for none.
        """
        theme = self._theme.theme
        painter.setPen(QColor(theme.border))
        painter.drawLine(area.left(), area.top(), area.right(), area.top())
        middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        boxes = self.link_boxes(heading, area)
        room = area.adjusted(_LEFT, 0, 0, 0)
        if boxes:
            room.setRight(boxes[0].left() - SPACE_3)
        painter.setFont(self._strong)
        painter.setPen(QColor(theme.text))
        metrics = painter.fontMetrics()
        # Half a count says less than none: the links take the room.
        fits = not boxes or metrics.horizontalAdvance(heading.title) <= room.width()
        whole = heading.title if fits else ""
        title = metrics.elidedText(whole, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, middle, title)
        room.setLeft(room.left() + metrics.horizontalAdvance(title) + SPACE_2)
        painter.setFont(self._caption)
        painter.setPen(QColor(theme.muted))
        metrics = painter.fontMetrics()
        detail = metrics.elidedText(heading.detail, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, middle, detail)
        painter.setPen(QColor(theme.accent_text))
        for number, (box, link) in enumerate(zip(boxes, heading.links, strict=True)):
            font = QFont(self._font)
            font.setUnderline(number == hovered)
            painter.setFont(font)
            painter.drawText(box, middle, link.text)
