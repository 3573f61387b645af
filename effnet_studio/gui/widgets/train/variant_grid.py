"""Pictures in rows: the original at the left, what training makes of it beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from effnet_studio.gui.accessible import PICTURE
from effnet_studio.gui.direction import draw_from_left
from effnet_studio.gui.theme import FONT_CAPTION, SPACE_1, SPACE_2, SPACE_3, SPACE_4

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from effnet_studio.gui.theme import ThemeManager

_LINE: Final = 17
_HEAD: Final = 22
_RADIUS: Final = 6
_MOST: Final = 224
"""Largest side of a picture, pixels."""
_LEAST: Final = 64


@dataclass(frozen=True, eq=False)
class Cell:
    """One picture.

    Attributes:
        picture: Fitted into the cell's square.
        lines: Up to two lines below it, each a text and a figure behind it (which may be empty).
        first_rules: Whether the first line stands out before the second.
        hint: Tool-tip; empty for none.
    """

    picture: QPixmap
    lines: tuple[tuple[str, str], ...] = ()
    first_rules: bool = True
    hint: str = ""


class VariantGrid(QWidget):
    """Squares as large as the width allows.

    Args:
        theme: Gives the colours.
        rows: How many; where there are fewer pictures, the rest is empty.
        columns: How many, the originals included.
        parent: Qt's owner.
    """

    accessible_role: ClassVar = PICTURE

    def __init__(
        self, theme: ThemeManager, *, rows: int, columns: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        draw_from_left(self)
        self.setObjectName("variant_grid")
        self._theme = theme
        self._shape = (rows, columns)
        self._cells: list[tuple[Cell, ...]] | None = None
        self._heads = ("", "")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._on_theme_changed)

    def set_cells(self, cells: Sequence[Sequence[Cell]] | None) -> None:
        """Show pictures, row by row, the original first; None: empty squares, for now."""
        self._cells = None if cells is None else [tuple(row) for row in cells]
        self.update()

    def set_heads(self, original: str, variants: str) -> None:
        """Name the first column and the others."""
        self._heads = (original, variants)
        self.update()

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return _HEAD + self._shape[0] * self._row_height(self._side(width)) - SPACE_3

    @override
    def sizeHint(self) -> QSize:
        return QSize(720, self.heightForWidth(720))

    @override
    def minimumSizeHint(self) -> QSize:
        width = self._shape[1] * (_LEAST + SPACE_2) + SPACE_2
        return QSize(width, self.heightForWidth(width))

    def _side(self, width: int) -> int:
        columns = self._shape[1]
        room = width - (columns - 2) * SPACE_2 - SPACE_4
        return max(1, min(_MOST, room // columns))

    def _row_height(self, side: int) -> int:
        return side + SPACE_1 + 2 * _LINE + SPACE_3

    def _squares(self) -> Iterator[tuple[int, int, QRect]]:
        """Row, column and square of each place."""
        side = self._side(self.width())
        for row in range(self._shape[0]):
            top = _HEAD + row * self._row_height(side)
            for column in range(self._shape[1]):
                # A wider gap sets the originals apart.
                left = column * (side + SPACE_2) + (SPACE_4 - SPACE_2 if column else 0)
                yield row, column, QRect(left, top, side, side)

    def cell_at(self, row: int, column: int) -> Cell | None:
        """What is shown in a place."""
        if self._cells is None or row >= len(self._cells) or column >= len(self._cells[row]):
            return None
        return self._cells[row][column]

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        font = painter.font()
        font.setPixelSize(FONT_CAPTION)
        painter.setFont(font)
        for row, column, square in self._squares():
            if row == 0 and column < 2:
                self._paint_head(painter, square, column)
            cell = self.cell_at(row, column)
            if cell is not None:
                self._paint_cell(painter, square, cell, self._caption_room(row, column, square))
            elif self._cells is None:
                shape = QPainterPath()
                shape.addRoundedRect(QRectF(square), _RADIUS, _RADIUS)
                painter.fillPath(shape, QColor(theme.sunken))
        painter.end()

    def _paint_head(self, painter: QPainter, square: QRect, column: int) -> None:
        room = square.width() if column == 0 else self.width() - square.left()
        painter.setPen(self._theme.theme.color("muted"))
        text = painter.fontMetrics().elidedText(
            self._heads[column], Qt.TextElideMode.ElideRight, room
        )
        place = QRect(square.left(), 0, room, _HEAD - SPACE_1)
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    def _caption_room(self, row: int, column: int, square: QRect) -> int:
        """Width of what is written below a square: where nothing stands beside it, all of it."""
        cells = () if self._cells is None else self._cells[row]
        alone = column == 0 and not any(cell.lines for cell in cells[1:])
        return self.width() - square.left() if alone else square.width()

    def _paint_cell(self, painter: QPainter, square: QRect, cell: Cell, room: int) -> None:
        theme = self._theme.theme
        size = cell.picture.deviceIndependentSize()
        size.scale(square.size().toSizeF(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(QPointF(square.topLeft()), size)
        place.moveCenter(QRectF(square).center())
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(square), _RADIUS, _RADIUS)
        painter.fillPath(shape, QColor(theme.sunken))
        painter.save()
        painter.setClipPath(shape)
        painter.drawPixmap(place, cell.picture, QRectF(cell.picture.rect()))
        painter.restore()
        for number, (text, figure) in enumerate(cell.lines):
            strong = cell.first_rules == (number == 0)
            painter.setPen(theme.color("text" if strong else "muted"))
            top = square.bottom() + SPACE_1 + number * _LINE
            below = QRect(square.left(), top, room, _LINE)
            _write(painter, below, text, figure)

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            for row, column, square in self._squares():
                cell = self.cell_at(row, column)
                if cell is not None and square.contains(event.pos()):
                    QToolTip.showText(event.globalPos(), cell.hint, self, square)
                    return True
            QToolTip.hideText()
            return True
        return super().event(event)

    @Slot()
    def _on_theme_changed(self) -> None:
        self.update()


def _write(painter: QPainter, place: QRect, text: str, figure: str) -> None:
    """Write a text, cut short where it must be, and a figure behind it, which never is."""
    metrics = painter.fontMetrics()
    behind = f" {figure}" if figure else ""
    room = place.width() - metrics.horizontalAdvance(behind)
    cut = Qt.TextElideMode.ElideRight if figure else Qt.TextElideMode.ElideMiddle  # file names
    painter.drawText(
        place, Qt.AlignmentFlag.AlignLeft, metrics.elidedText(text, cut, room) + behind
    )
