"""Pages of a PDF: text that wraps, pieces that are never cut, heads that come again.

Everything is measured in dots of the writer; :func:`pt` gives them for typographic points. Only
parts of Qt are used that may work outside the window's thread.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
    QTextLayout,
    QTextOption,
)

from effnet_studio.engine.errors import StorageError
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from effnet_studio.engine.cancel import CancelToken

RESOLUTION: Final = 600
"""Dots per inch: fine enough that rounding of letters is not seen."""

MARGIN_MM: Final = 18.0
LINE: Final = 1.3
"""Distance of two lines of text, in sizes of the font."""

Paint = Callable[[QPainter, float], None]
"""Draws a piece whose top is at this place."""


def pt(points: float) -> float:
    """Dots of the writer for points, 72 to an inch."""
    return points * RESOLUTION / 72


@dataclass(frozen=True, eq=False)
class Piece:
    """Something that stands on one page as a whole.

    Attributes:
        height: Dots.
        paint: Draws it.
        space: Dots above it, unless it is the first of its page.
        keeps: Whether it stays on the page of what follows it, as headings do.
        head: What is drawn again above it where it begins a page, as the head of its table.
    """

    height: float
    paint: Paint
    space: float = 0.0
    keeps: bool = False
    head: Piece | None = None


def paginate(pieces: Sequence[Piece], height: float) -> list[list[tuple[float, Piece]]]:
    """Put pieces on pages.

    Args:
        pieces: In order.
        height: Of a page, dots.

    Returns:
        For each page the pieces and where their tops are. A piece that is higher than a page has
        one for itself.
    """
    pages: list[list[tuple[float, Piece]]] = [[]]
    y = 0.0
    for place, piece in enumerate(pieces):
        top = y + piece.space if pages[-1] else 0.0
        if pages[-1] and top + _needed(pieces, place) > height:
            pages.append([])
            top = 0.0
            if piece.head is not None:
                pages[-1].append((0.0, piece.head))
                top = piece.head.height
        pages[-1].append((top, piece))
        y = top + piece.height
    return pages


def _needed(pieces: Sequence[Piece], place: int) -> float:
    """Height of a piece and of those that it must not be parted from."""
    total = pieces[place].height
    while pieces[place].keeps and place + 1 < len(pieces):
        place += 1
        total += pieces[place].space + pieces[place].height
    return total


class Text:
    """A text set in lines of a certain width.

    Args:
        text: What is set; breaks between words, or anywhere in words that are too long.
        font: Its letters.
        width: Of the lines, dots.
        color: Of the letters.
        right: Whether the lines end at the right.
    """

    def __init__(
        self, text: str, font: QFont, width: float, color: QColor, *, right: bool = False
    ) -> None:
        self._layout = QTextLayout(text, font)
        option = QTextOption(Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        self._color = color
        self.height = 0.0
        step = LINE * font.pixelSize()
        self._layout.beginLayout()
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(max(1.0, width))
            line.setPosition(QPointF(0, self.height + (step - line.height()) / 2))
            self.height += step
        self._layout.endLayout()

    def draw(self, painter: QPainter, x: float, y: float) -> None:
        """Write it with its upper left corner at a place."""
        painter.setPen(QPen(self._color))
        self._layout.draw(painter, QPointF(x, y))


def text_width(text: str, font: QFont) -> float:
    """Width of a text on one line, dots."""
    return QFontMetricsF(font).horizontalAdvance(text) + pt(1)


def elided(text: str, font: QFont, width: float) -> str:
    """A text shortened to one line of a certain width."""
    line = " ".join(text.split())
    return QFontMetricsF(font).elidedText(line, Qt.TextElideMode.ElideMiddle, width)


@dataclass(frozen=True, eq=False)
class Foot:
    """What stands below every page.

    Attributes:
        font: Its letters.
        color: Of the letters.
        left: A text at the left.
        right: Says at the right which page of how many it is, both counted from 1.
    """

    font: QFont
    color: QColor
    left: str
    right: Callable[[int, int], str]


@dataclass
class Paper:
    """An A4 page that is written to memory.

    Attributes:
        width: Of what may be written on, dots.
        height: The same; the foot stands below.
    """

    title: str
    _buffer: QBuffer = field(default_factory=QBuffer)

    def __post_init__(self) -> None:
        self._buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self._writer = QPdfWriter(self._buffer)
        self._writer.setResolution(RESOLUTION)
        self._writer.setTitle(self.title)
        self._writer.setCreator("EffNet Studio")
        margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
        layout = QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Portrait,
            margins,
            QPageLayout.Unit.Millimeter,
        )
        self._writer.setPageLayout(layout)
        self.width = float(self._writer.width())
        self.height = float(self._writer.height()) - pt(16)

    def print(
        self, pieces: Sequence[Piece], foot: Foot, *, cancel: CancelToken | None = None
    ) -> bytes:
        """Draw pieces page by page.

        Args:
            pieces: In order.
            foot: Below every page.
            cancel: Stops between two pages.

        Returns:
            The PDF file.

        Raises:
            Cancelled: If the job was asked to stop.
            StorageError: If no PDF can be made.
        """
        pages = paginate(pieces, self.height)
        painter = QPainter()
        if not painter.begin(self._writer):
            raise StorageError(msg("A PDF file cannot be made here."))
        try:
            for number, page in enumerate(pages, start=1):
                if cancel is not None:
                    cancel.check()
                if number > 1:
                    self._writer.newPage()
                for top, piece in page:
                    painter.save()
                    piece.paint(painter, top)
                    painter.restore()
                self._draw_foot(painter, foot, number, len(pages))
        finally:
            painter.end()
        return bytes(self._buffer.data().data())

    def _draw_foot(self, painter: QPainter, foot: Foot, number: int, pages: int) -> None:
        painter.setFont(foot.font)
        painter.setPen(QPen(foot.color))
        place = QRectF(0, self.height + pt(4), self.width, pt(12))
        middle = Qt.AlignmentFlag.AlignVCenter
        left = elided(foot.left, foot.font, 0.7 * self.width)
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | middle, left)
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | middle, foot.right(number, pages))


def column_widths(natural: Sequence[float], room: float) -> list[float]:
    """Divide a row among columns.

    Args:
        natural: What each column would like, dots.
        room: What there is for all.

    Returns:
        Their widths, which fill the room: what is left over is shared evenly; where there is too
        little, the widest columns give way.
    """
    total = sum(natural)
    if total <= room:
        extra = (room - total) / max(1, len(natural))
        return [width + extra for width in natural]
    cap = max(natural)
    for cap in _caps(natural, room):
        if sum(min(width, cap) for width in natural) <= room + 1e-6:
            break
    return [min(width, cap) for width in natural]


def _caps(natural: Sequence[float], room: float) -> Iterator[float]:
    """Widths to which the widest columns could be brought, from no column to all of them."""
    ordered = sorted(natural, reverse=True)
    for count in range(1, len(ordered) + 1):
        cap = (room - sum(ordered[count:])) / count
        if count == len(ordered) or cap >= ordered[count]:
            yield cap
