"""One block of a network drawn layer by layer, with the way past the layers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from effnet_studio.gui.accessible import CHART
from effnet_studio.gui.direction import draw_from_left
from effnet_studio.gui.models.anatomy_words import kernel_text, layer_title, shape_text
from effnet_studio.gui.text import count_text
from effnet_studio.gui.theme import FONT_BODY, FONT_CAPTION

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from effnet_studio.engine.models.anatomy import BlockAnatomy, Layer
    from effnet_studio.gui.theme import ThemeManager

_HEIGHT: Final = 208
_TALLEST: Final = 112
_LOWEST: Final = 56
"""Heights of the boxes with the most and with very few channels, pixels."""
_MIDDLE: Final = 118
"""Where the line through the boxes runs, from above."""
_ARC: Final = 34
"""Where the way past the layers runs, from above."""
_WIDEST: Final = 118
_PLAIN: Final = {"norm", "activation", "other"}
"""Layers that are not drawn: they belong to the one before them."""


class BlockDiagram(QWidget):
    """Boxes from left to right; the more channels, the taller.

    Args:
        theme: Gives the colours.
        parent: Qt's owner.
    """

    accessible_role: ClassVar = CHART

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        draw_from_left(self)
        self.setObjectName("block_diagram")
        self._theme = theme
        self._block: BlockAnatomy | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def set_block(self, block: BlockAnatomy | None) -> None:
        """Draw a block; None: nothing."""
        self._block = block
        self.setAccessibleDescription("" if block is None else self._sentence(block))
        self.setToolTip(self.accessibleDescription())
        self.update()

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The layers with a box: those that stand alone, or all where there are only others."""
        if self._block is None:
            return ()
        way = tuple(layer for layer in self._block.layers if not layer.aside)
        return tuple(layer for layer in way if layer.kind not in _PLAIN) or way

    def _sentence(self, block: BlockAnatomy) -> str:
        steps = [
            f"{layer_title(layer, block)} {kernel_text(layer)} ({count_text(layer.shape[0])})"
            for layer in self.layers
        ]
        words = [self.tr("{shape} in").format(shape=shape_text(block.layers[0].shape_in)), *steps]
        if block.shortcut:
            words.append(self._shortcut_text(block))
        return " → ".join(" ".join(word.split()) for word in words)

    def _shortcut_text(self, block: BlockAnatomy) -> str:
        match block.shortcut:
            case "add":
                return self.tr("the input is added")
            case "project":
                return self.tr("the input is resized by a 1 × 1 convolution and added")
            case "concatenate":
                return self.tr("the input is kept beside the result")
        return ""

    @override
    def sizeHint(self) -> QSize:
        return QSize(560, _HEIGHT)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(320, _HEIGHT)

    # -- drawing ---------------------------------------------------------------------------------

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        block, layers = self._block, self.layers
        if block is None or not layers:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            slots = len(layers) + 2
            slot = min(float(_WIDEST + 34), self.width() / slots)
            centers = [slot * (number + 0.5) for number in range(slots)]
            half = min(float(_WIDEST), slot - 18) / 2
            self._paint_line(painter, centers, half)
            if block.shortcut:
                self._paint_shortcut(painter, block, centers, half)
            main = [each for each in block.layers if not each.aside]
            self._paint_end(painter, centers[0], slot, self.tr("in"), layers[0].shape_in)
            self._paint_end(painter, centers[-1], slot, self.tr("out"), main[-1].shape)
            most = max(layer.shape[0] for layer in layers)
            for center, layer in zip(centers[1:-1], layers, strict=True):
                self._paint_layer(painter, center, half, layer, most)

    def _paint_line(self, painter: QPainter, centers: list[float], half: float) -> None:
        painter.setPen(QPen(self._theme.theme.color("border_strong"), 2))
        start, end = centers[0] + half * 0.6, centers[-1] - half * 0.6
        painter.drawLine(QPointF(start, _MIDDLE), QPointF(end, _MIDDLE))
        self._paint_head(painter, QPointF(end, _MIDDLE), down=False)

    def _paint_head(self, painter: QPainter, tip: QPointF, *, down: bool) -> None:
        """The point of an arrow."""
        path = QPainterPath(tip)
        back, side = QPointF(-7, -4.5), QPointF(-7, 4.5)
        if down:
            back, side = QPointF(-4.5, -7), QPointF(4.5, -7)
        path.lineTo(tip + back)
        path.lineTo(tip + side)
        path.closeSubpath()
        painter.fillPath(path, painter.pen().color())

    def _paint_shortcut(
        self, painter: QPainter, block: BlockAnatomy, centers: list[float], half: float
    ) -> None:
        theme = self._theme.theme
        left = centers[0] + half * 0.75
        right = (centers[-2] + half + centers[-1] - half * 0.6) / 2
        style = Qt.PenStyle.DashLine if block.shortcut == "project" else Qt.PenStyle.SolidLine
        painter.setPen(QPen(theme.color("success"), 2, style))
        path = QPainterPath(QPointF(left, _MIDDLE))
        path.lineTo(left, _ARC + 10)
        path.quadTo(left, _ARC, left + 10, _ARC)
        path.lineTo(right - 10, _ARC)
        path.quadTo(right, _ARC, right, _ARC + 10)
        path.lineTo(right, _MIDDLE - 10)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
        painter.setPen(QPen(theme.color("success"), 2))
        painter.setBrush(theme.color("surface"))
        painter.drawEllipse(QPointF(right, _MIDDLE), 10, 10)
        sign = "‖" if block.shortcut == "concatenate" else "+"
        self._write(painter, QRectF(right - 10, _MIDDLE - 11, 20, 21), sign, "success", bold=True)
        place = QRectF(left, _ARC - 22, right - left, 18)
        self._write(painter, place, self._shortcut_text(block), "success")

    def _paint_end(
        self, painter: QPainter, center: float, slot: float, word: str, shape: tuple[int, ...]
    ) -> None:
        place = QRectF(center - slot / 2, _MIDDLE + 12, slot, 18)
        self._write(painter, place, word, "text", bold=True)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.theme.color("muted"))
        painter.drawEllipse(QPointF(center, _MIDDLE), 5, 5)
        self._write(painter, place.translated(0, 17), shape_text(shape), "muted")

    def _paint_layer(
        self, painter: QPainter, center: float, half: float, layer: Layer, most: int
    ) -> None:
        theme = self._theme.theme
        growth = math.sqrt(layer.shape[0] / most)
        height = _LOWEST + (_TALLEST - _LOWEST) * growth
        box = QRectF(center - half, _MIDDLE - height / 2, 2 * half, height)
        roles = {"squeeze": ("warning_soft", "warning"), "depthwise": ("accent_soft", "accent")}
        fill, line = roles.get(layer.kind, ("sunken", "border_strong"))
        painter.setPen(QPen(theme.color(line), 1.2))
        painter.setBrush(theme.color(fill))
        painter.drawRoundedRect(box, 6, 6)
        channels = (
            f"{count_text(layer.squeezed)} → {count_text(layer.shape[0])}"
            if layer.squeezed
            else count_text(layer.shape[0])
        )
        lines = [text for text in (kernel_text(layer).split(",")[0], channels) if text]
        top = _MIDDLE - 9 * (1 + len(lines))
        first = QRectF(box.left() + 2, top, box.width() - 4, 18)
        block = self._block
        self._write(painter, first, layer_title(layer, block), "text", bold=True)
        for number, text in enumerate(lines, start=1):
            self._write(painter, first.translated(0, 18 * number), text, "muted")
        if layer.stride > 1:
            stride = self.tr("stride {n}").format(n=layer.stride)
            self._write(
                painter, QRectF(box.left(), box.bottom() + 2, 2 * half, 18), stride, "muted"
            )

    def _write(
        self, painter: QPainter, place: QRectF, text: str, role: str, *, bold: bool = False
    ) -> None:
        font = QFont(self.font())
        font.setPixelSize(FONT_BODY if bold else FONT_CAPTION)
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(QColor(self._theme.theme.color(role)))
        width = int(place.width())
        short = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, short)
