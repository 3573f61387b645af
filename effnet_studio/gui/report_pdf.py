"""A report as a PDF file: A4 pages with vector charts, for mail and paper.

What it says comes from :mod:`effnet_studio.engine.report`; here it is only laid out. No widgets and
no pixmaps: it may run in a job's thread, and on a computer without a screen.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QImage, QPainter, QPen
from PySide6.QtSvg import QSvgRenderer

from effnet_studio.engine import atomic
from effnet_studio.engine.errors import StudioError
from effnet_studio.engine.messages import msg
from effnet_studio.engine.report.build import build_report
from effnet_studio.engine.report.charts import HEIGHT, PRINT_COLORS, WIDTH, chart_svg
from effnet_studio.engine.report.content import (
    Block,
    Bullets,
    Charts,
    KeyFigures,
    Matrix,
    Paragraph,
    Report,
    Sheet,
    Table,
    spoken,
)
from effnet_studio.gui.colors import LIGHT
from effnet_studio.gui.pdf_pages import Foot, Paper, Piece, Text, pt
from effnet_studio.gui.pdf_tables import matrix_piece, table_pieces
from effnet_studio.gui.theme import ui_font

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.messages import Message
    from effnet_studio.engine.report.content import Card, Tone
    from effnet_studio.engine.report.content import Text as Said
    from effnet_studio.engine.report.facts import Facts

_ACROSS: Final = 3
"""Cards beside each other."""

_GAP: Final = pt(10)


def write_pdf(
    path: Path,
    facts: Facts,
    *,
    words: Callable[[Message], str] = str,
    cancel: CancelToken | None = None,
) -> None:
    """Write a report as a PDF file, whole or not at all.

    Args:
        path: The file, ``.pdf`` by custom.
        facts: What it says.
        words: Says messages in the reader's language.
        cancel: Stops between two pages.

    Raises:
        Cancelled: If the job was asked to stop.
        StorageError: If it cannot be written.
        StudioError: If there is no font to write with, or Qt was not started.
    """
    atomic.write_bytes(path, report_pdf(build_report(facts), words=words, cancel=cancel))


def report_pdf(
    report: Report, *, words: Callable[[Message], str] = str, cancel: CancelToken | None = None
) -> bytes:
    """Lay a report out on A4 pages; otherwise as :func:`write_pdf`.

    Returns:
        The PDF file.
    """
    app = QGuiApplication.instance()
    if not isinstance(app, QGuiApplication) or not QFontDatabase.families():
        raise StudioError(
            msg("There is no font to write a PDF file with."),
            hint=msg("Install a font, such as Noto Sans, or write an .html file."),
        )
    layout = _Layout(ui_font(app), words, spoken(report.title, words))
    return layout.paper.print(list(layout.report(report)), layout.foot(report), cancel=cancel)


class Style:
    """Fonts and colours of the pages.

    Args:
        base: A font with the families wanted.

    Attributes:
        body: Of sentences.
        strong: The same, bold.
        small: Of tables and notes.
        head: Of the heads of tables.
        foot: Below the pages.
        title: Of the report.
        section: Of headings.
        figure: Of key figures.
    """

    def __init__(self, base: QFont) -> None:
        self.body = _font(base, 10)
        self.strong = _font(base, 10, bold=True)
        self.small = _font(base, 9)
        self.head = _font(base, 8, bold=True)
        self.foot = _font(base, 8)
        self.title = _font(base, 22, bold=True)
        self.section = _font(base, 14, bold=True)
        self.figure = _font(base, 17, bold=True)
        self.text, self.muted, self.line = (
            LIGHT.color(role) for role in ("text", "muted", "border")
        )


def _font(base: QFont, points: float, *, bold: bool = False) -> QFont:
    font = QFont(base)
    font.setPixelSize(round(pt(points)))
    font.setBold(bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    # Glyphs that stand for other letters than their own: who looks for "fl" or copies a number out
    # of the file would not find it (Noto Sans CJK has digits of its own for some languages).
    for feature in ("liga", "locl"):
        font.setFeature(QFont.Tag(feature), 0)
    return font


class _Layout:
    """Turns blocks into pieces."""

    def __init__(self, base: QFont, words: Callable[[Message], str], title: str) -> None:
        self.paper = Paper(title)
        self._words = words
        self._style = Style(base)
        self._colors = dataclasses.replace(PRINT_COLORS, font=base.families()[0])

    def _say(self, text: Said) -> str:
        return spoken(text, self._words)

    def foot(self, report: Report) -> Foot:
        """What stands below each page."""

        def number(page: int, pages: int) -> str:
            return self._words(msg("Page {page} of {pages}", page=page, pages=pages))

        left = f"{self._say(report.title)} · EffNet Studio"
        return Foot(self._style.foot, self._style.muted, left, number)

    def report(self, report: Report) -> Iterator[Piece]:
        """Everything, in order."""
        style = self._style
        yield self._text(self._say(report.title), style.title, style.text, keeps=True)
        yield self._text(self._say(report.subtitle), style.body, style.muted, space=pt(2))
        yield from self._blocks(report.opening)
        for section in report.sections:
            title = self._say(section.title)
            yield self._text(title, style.section, style.text, space=pt(22), keeps=True)
            yield from self._blocks(section.blocks)

    def _blocks(self, blocks: tuple[Block, ...]) -> Iterator[Piece]:
        for block, following in zip(blocks, (*blocks[1:], None), strict=True):
            if isinstance(block, Paragraph):
                # A sentence that leads to a table or picture stays with its beginning.
                keeps = following is not None and not isinstance(following, Paragraph)
                yield self._paragraph(self._say(block.text), block.tone, keeps=keeps)
            else:
                yield from self._block(block)

    def _block(self, block: Block) -> Iterator[Piece]:
        match block:
            case Bullets():
                yield from (self._bullet(self._say(item)) for item in block.items)
            case KeyFigures():
                yield self._key_figures(block)
            case Table():
                if block.titled:
                    yield self._text(
                        self._say(block.caption),
                        self._style.strong,
                        self._style.text,
                        space=pt(10),
                        keeps=True,
                    )
                yield from table_pieces(block, self._say, self._style, self.paper.width)
            case Matrix():
                caption = self._say(block.caption)
                style = self._style
                yield self._text(caption, style.strong, style.text, space=pt(8), keeps=True)
                yield matrix_piece(block, style, self.paper.width)
            case Charts():
                yield from self._charts(block)
            case Sheet():
                for start in range(0, len(block.cards), _ACROSS):
                    yield self._cards(block.cards[start : start + _ACROSS])

    def _text(
        self, text: str, font: QFont, color: QColor, *, space: float = 0.0, keeps: bool = False
    ) -> Piece:
        set_text = Text(text, font, self.paper.width, color)
        return Piece(
            set_text.height, lambda painter, y: set_text.draw(painter, 0, y), space, keeps=keeps
        )

    def _paragraph(self, text: str, tone: Tone, *, keeps: bool) -> Piece:
        style = self._style
        if tone != "warning":
            color = style.text if tone == "plain" else style.muted
            return self._text(text, style.body, color, space=pt(7), keeps=keeps)
        pad = pt(7)
        inside = Text(text, style.body, self.paper.width - 2 * pad, LIGHT.color("warning"))
        box = QRectF(0, 0, self.paper.width, inside.height + 2 * pad)

        def paint(painter: QPainter, y: float) -> None:
            _fill(painter, box.translated(0, y), LIGHT.color("warning_soft"), pt(3))
            inside.draw(painter, pad, y + pad)

        return Piece(box.height(), paint, pt(10), keeps=keeps)

    def _bullet(self, text: str) -> Piece:
        indent = pt(12)
        style = self._style
        inside = Text(text, style.body, self.paper.width - indent, style.text)

        def paint(painter: QPainter, y: float) -> None:
            middle = y + 0.65 * style.body.pixelSize()
            _fill(painter, QRectF(pt(3), middle - pt(1.5), pt(3), pt(3)), style.muted, pt(1.5))
            inside.draw(painter, indent, y)

        return Piece(inside.height, paint, pt(4))

    def _key_figures(self, block: KeyFigures) -> Piece:
        style, pad = self._style, pt(9)
        count = max(1, len(block.items))
        width = (self.paper.width - (count - 1) * _GAP) / count
        room = width - 2 * pad
        boxes = [
            (
                Text(self._say(item.title), style.small, room, style.muted),
                Text(item.value, style.figure, room, style.text),
                Text(self._say(item.note), style.small, room, style.muted),
            )
            for item in block.items
        ]
        height = max((sum(text.height for text in box) for box in boxes), default=0.0) + 2 * pad

        def paint(painter: QPainter, y: float) -> None:
            for place, box in enumerate(boxes):
                left, top = place * (width + _GAP), y + pad
                _fill(painter, QRectF(left, y, width, height), LIGHT.color("background"), pt(5))
                for text in box:
                    text.draw(painter, left + pad, top)
                    top += text.height

        return Piece(height, paint, pt(14))

    def _charts(self, block: Charts) -> Iterator[Piece]:
        width = (self.paper.width - 2 * _GAP) / 2
        height = width * HEIGHT / WIDTH
        for start in range(0, len(block.items), 2):
            drawn = [
                QSvgRenderer(QByteArray(chart_svg(chart, self._words, self._colors).encode()))
                for chart in block.items[start : start + 2]
            ]

            def paint(painter: QPainter, y: float, drawn: list[QSvgRenderer] = drawn) -> None:
                for place, renderer in enumerate(drawn):
                    renderer.render(painter, QRectF(place * (width + 2 * _GAP), y, width, height))

            yield Piece(height, paint, pt(12))

    def _cards(self, cards: tuple[Card, ...]) -> Piece:
        style, pad = self._style, pt(5)
        width = (self.paper.width - (_ACROSS - 1) * _GAP) / _ACROSS
        room = width - 2 * pad
        side = (room - pt(3)) / 2
        texts = [
            [
                Text(self._say(card.title), style.strong, room, style.text),
                *(Text(self._say(note), style.small, room, style.muted) for note in card.notes),
            ]
            for card in cards
        ]
        pictured = side + pt(3) if any(card.pictures for card in cards) else 0.0
        tallest = max(sum(text.height for text in lines) for lines in texts)
        height = pictured + tallest + 2 * pad

        def paint(painter: QPainter, y: float) -> None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            for place, (card, lines) in enumerate(zip(cards, texts, strict=True)):
                left, top = place * (width + _GAP), y + pad
                _fill(painter, QRectF(left, y, width, height), LIGHT.color("background"), pt(5))
                for number, picture in enumerate(card.pictures[:2]):
                    x = left + pad + number * (side + pt(3))
                    image = QImage.fromData(picture.file)
                    painter.drawImage(QRectF(x, top, side, side), image)
                top += pictured
                for text in lines:
                    text.draw(painter, left + pad, top)
                    top += text.height

        return Piece(height, paint, _GAP)


def _fill(painter: QPainter, box: QRectF, color: QColor, radius: float) -> None:
    painter.setPen(QPen(Qt.PenStyle.NoPen))
    painter.setBrush(color)
    painter.drawRoundedRect(box, radius, radius)
