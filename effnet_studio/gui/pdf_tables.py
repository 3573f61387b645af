"""Tables of a PDF report: rows that are never cut, and a head that comes again on every page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from effnet_studio.engine.report.content import Bar
from effnet_studio.gui.colors import LIGHT
from effnet_studio.gui.pdf_pages import LINE, Piece, Text, column_widths, elided, pt, text_width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from effnet_studio.engine.report.content import Column, Matrix, Table
    from effnet_studio.engine.report.content import Text as Said
    from effnet_studio.gui.report_pdf import Style

_PAD: Final = pt(5)
_ROW: Final = pt(3.5)
"""Above and below the text of a row."""
_BAR: Final = pt(80)
_FIRST_OF_TWO: Final = pt(150)
_NAMES: Final = pt(110)
"""Most room for the names of a matrix."""


def table_pieces(
    table: Table, say: Callable[[Said], str], style: Style, width: float
) -> Iterator[Piece]:
    """Lay a table out.

    Args:
        table: What it holds.
        say: Says its texts in the reader's language.
        style: Fonts and colours.
        width: Of the page, dots.

    Yields:
        Its head, where it is shown, and its rows.
    """
    rows = [
        tuple(cell if isinstance(cell, Bar) else say(cell) for cell in row) for row in table.rows
    ]
    heads = [say(column.title) for column in table.columns]
    widths = _widths(table, heads, rows, style, width)
    head = None
    if table.headed:
        head = _head(heads, table.columns, widths, style)
        yield head
    for number, row in enumerate(rows):
        space = pt(6) if number == 0 and head is None else 0.0
        keeps = number == 0 and len(rows) > 1  # no row alone below its head
        yield _row(row, table.columns, widths, style, head=head, space=space, keeps=keeps)


def _widths(
    table: Table,
    heads: list[str],
    rows: list[tuple[Bar | str, ...]],
    style: Style,
    width: float,
) -> list[float]:
    natural = [
        max(
            text_width(heads[column], style.head) if table.headed else 0.0,
            *(
                _BAR if isinstance(row[column], Bar) else text_width(str(row[column]), style.small)
                for row in rows
            ),
        )
        + 2 * _PAD
        for column in range(len(heads))
    ]
    if len(natural) == 2:
        first = min(max(natural[0], _FIRST_OF_TWO), width / 2)
        return [first, width - first]
    return column_widths(natural, width)


def _head(
    heads: list[str], columns: tuple[Column, ...], widths: list[float], style: Style
) -> Piece:
    texts = [
        Text(head, style.head, width - 2 * _PAD, style.muted, right=column.number)
        for head, column, width in zip(heads, columns, widths, strict=True)
    ]
    height = max(text.height for text in texts) + 2 * _ROW

    def paint(painter: QPainter, y: float) -> None:
        left = 0.0
        for text, width in zip(texts, widths, strict=True):
            text.draw(painter, left + _PAD, y + height - _ROW - text.height)
            left += width
        _rule(painter, y + height, left, LIGHT.color("border_strong"), pt(1))

    return Piece(height, paint, pt(6), keeps=True)


def _row(
    row: tuple[Bar | str, ...],
    columns: tuple[Column, ...],
    widths: list[float],
    style: Style,
    *,
    head: Piece | None,
    space: float,
    keeps: bool,
) -> Piece:
    cells = [
        cell
        if isinstance(cell, Bar)
        else Text(cell, style.small, width - 2 * _PAD, style.text, right=column.number)
        for cell, column, width in zip(row, columns, widths, strict=True)
    ]
    height = max(cell.height for cell in cells if isinstance(cell, Text)) + 2 * _ROW
    first = LINE * style.small.pixelSize() + 2 * _ROW  # bars stand beside the first line

    def paint(painter: QPainter, y: float) -> None:
        left = 0.0
        for cell, width in zip(cells, widths, strict=True):
            if isinstance(cell, Text):
                cell.draw(painter, left + _PAD, y + _ROW)
            else:
                _draw_bar(painter, cell, QRectF(left + _PAD, y, width - 2 * _PAD, first))
            left += width
        _rule(painter, y + height, left, style.line, pt(0.5))

    return Piece(height, paint, space, keeps=keeps, head=head)


def _draw_bar(painter: QPainter, bar: Bar, room: QRectF) -> None:
    high = pt(6)
    track = QRectF(room.left(), room.center().y() - high / 2, room.width(), high)
    painter.setPen(QPen(Qt.PenStyle.NoPen))
    painter.setBrush(LIGHT.color("border"))
    painter.drawRect(track)
    painter.setBrush(LIGHT.color("accent"))
    painter.drawRect(QRectF(track.left(), track.top(), bar.value * track.width(), high))
    if bar.low is not None and bar.high is not None:
        middle = track.center().y()
        ends = [track.left() + share * track.width() for share in (bar.low, bar.high)]
        painter.setPen(QPen(LIGHT.color("text"), pt(1.6)))
        painter.drawLine(QPointF(ends[0], middle), QPointF(ends[1], middle))


def _rule(painter: QPainter, y: float, width: float, color: QColor, thick: float) -> None:
    painter.setPen(QPen(color, thick))
    painter.drawLine(QPointF(0, y), QPointF(width, y))


def matrix_piece(matrix: Matrix, style: Style, width: float) -> Piece:
    """Draw a confusion matrix.

    Args:
        matrix: Its counts.
        style: Fonts and colours.
        width: Of the page, dots.

    Returns:
        All of it, in one piece.
    """
    classes = matrix.classes
    names = min(_NAMES, max(text_width(name, style.small) for name in classes) + _PAD)
    side = min(pt(30), (width - names) / len(classes))
    font = style.small if side > pt(16) else style.head
    height = names + side * len(classes)

    def paint(painter: QPainter, y: float) -> None:
        painter.setFont(font)
        for place, name in enumerate(classes):
            short = elided(name, font, names - _PAD)
            painter.setPen(QPen(style.text))
            row = QRectF(0, y + names + place * side, names - _PAD, side)
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(row, Qt.AlignmentFlag.AlignRight | middle, short)
            painter.save()
            painter.translate(names + place * side, y + names - _PAD)
            painter.rotate(-90)
            column = QRectF(0, 0, names - _PAD, side)
            painter.drawText(column, Qt.AlignmentFlag.AlignLeft | middle, short)
            painter.restore()
            _paint_counts(painter, matrix, place, names, y + names, side)

    return Piece(height, paint, pt(4))


def _paint_counts(  # noqa: PLR0917 - a row and where it is
    painter: QPainter, matrix: Matrix, row: int, left: float, top: float, side: float
) -> None:
    counts = matrix.counts[row]
    total = sum(counts) or 1
    gap = min(pt(1), side / 12)
    for column, count in enumerate(counts):
        cell = QRectF(left + column * side, top + row * side, side - gap, side - gap)
        color = LIGHT.color("sunken")
        if count:
            color = LIGHT.color("accent" if row == column else "validation")
            color.setAlphaF(0.15 + 0.5 * count / total)
        painter.fillRect(cell, color)
        if count:
            painter.setPen(QPen(LIGHT.color("text")))
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, str(count))
