"""The stages of a network from left to right, each a column whose height says what it costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from effnet_studio.gui.accessible import CHART, tell_current
from effnet_studio.gui.direction import draw_from_left
from effnet_studio.gui.theme import FONT_CAPTION, SPACE_1, SPACE_2
from effnet_studio.gui.widgets.focus_ring import FocusRing

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from effnet_studio.gui.colors import Theme
    from effnet_studio.gui.theme import ThemeManager

_BARS: Final = 108
"""Height of the tallest column, pixels."""
_LINE: Final = 17
_GUTTER: Final = 60
"""Room for the heads of the lines at the left, pixels."""
_BASE: Final = 1 + SPACE_1 + 2 * _LINE + _BARS
"""Where the columns stand, pixels from above."""
_LEAST: Final = 3
"""Height of a column that costs almost nothing."""


@dataclass(frozen=True)
class Stage:
    """What one column shows.

    Attributes:
        title: Name of the stage.
        lines: Texts below the column, one for each head of a line.
        share: Of the whole network, in [0, 1]; NaN while it is not known.
        value: The share in words, above the column.
        sentence: All of it in words.
    """

    title: str
    lines: tuple[str, ...]
    share: float
    value: str
    sentence: str


class StageStrip(QWidget):
    """Columns that can be chosen with the mouse or the arrow keys.

    Args:
        theme: Gives the colours.
        parent: Qt's owner.
    """

    accessible_role: ClassVar = CHART

    stage_chosen = Signal(int)
    """Number of the stage the user chose."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        draw_from_left(self)
        self.setObjectName("stage_strip")
        self._theme = theme
        self._stages: tuple[Stage, ...] = ()
        self._frozen = 0
        self._chosen = 0
        self._frozen_text = ""
        self._heads: tuple[str, ...] = ()
        self._lines: tuple[int, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        FocusRing(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.update)

    def set_stages(self, stages: tuple[Stage, ...], frozen: int, frozen_text: str) -> None:
        """Show a network.

        Args:
            stages: Its stages.
            frozen: How many, from the input on, do not learn.
            frozen_text: The word for that.
        """
        self._stages, self._frozen, self._frozen_text = stages, frozen, frozen_text
        count = max((len(stage.lines) for stage in stages), default=0)
        self._lines = tuple(line for line in range(count) if any(s.lines[line] for s in stages))
        self.updateGeometry()
        self._chosen = min(self._chosen, max(0, len(stages) - 1))
        self._describe()
        self.update()

    def set_heads(self, heads: tuple[str, ...]) -> None:
        """Say at the left what the lines below the columns are; one that is empty is left out."""
        self._heads = heads
        self.update()

    @property
    def chosen(self) -> int:
        """Number of the chosen stage."""
        return self._chosen

    @property
    def frozen(self) -> int:
        """How many stages are shown as frozen."""
        return self._frozen

    def choose(self, number: int) -> None:
        """Choose a stage; numbers beyond the ends mean the first or the last."""
        number = min(max(0, number), max(0, len(self._stages) - 1))
        if number != self._chosen:
            self._chosen = number
            self._describe()
            self.update()
            self.stage_chosen.emit(number)

    def _describe(self) -> None:
        sentence = self._stages[self._chosen].sentence if self._stages else ""
        tell_current(self, sentence)

    # -- events ----------------------------------------------------------------------------------

    @override
    def sizeHint(self) -> QSize:
        lines = len(self._lines) + 1  # the last for what is frozen
        return QSize(640, 2 * _LINE + _BARS + lines * _LINE + 2 * SPACE_2 + SPACE_1)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(360, self.sizeHint().height())

    def _number_at(self, x: float) -> int:
        number = int((x - _GUTTER) / max(1.0, self._column()))
        return min(max(0, number), len(self._stages) - 1)

    def _column(self) -> float:
        """Width of a column, pixels."""
        return (self.width() - _GUTTER) / max(1, len(self._stages))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._stages:
            self.choose(self._number_at(event.position().x()))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {
            Qt.Key.Key_Left: self._chosen - 1,
            Qt.Key.Key_Right: self._chosen + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(self._stages) - 1,
        }
        number = moves.get(Qt.Key(event.key()))
        if number is None:
            super().keyPressEvent(event)
        else:
            self.choose(number)

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._stages:
            number = self._number_at(event.pos().x())
            QToolTip.showText(event.globalPos(), self._stages[number].sentence, self)
            return True
        return super().event(event)

    # -- drawing ---------------------------------------------------------------------------------

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._stages:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            width = self._column()
            heads = QRectF(0, 0, _GUTTER, self.height())
            for row, line in enumerate(self._lines[: len(self._heads)]):
                y, color = _BASE + SPACE_1 + row * _LINE, self._theme.theme.muted
                text, side = self._heads[line], Qt.AlignmentFlag.AlignLeft
                self._write(painter, heads, y, text, color, side=side)
            known = [stage.share for stage in self._stages if stage.share == stage.share]
            full = max(known, default=1.0) or 1.0
            for number, stage in enumerate(self._stages):
                area = QRectF(_GUTTER + number * width, 0, width, self.height())
                self._paint_stage(painter, area, number, stage, full)

    def _paint_stage(
        self, painter: QPainter, area: QRectF, number: int, stage: Stage, full: float
    ) -> None:
        theme, frozen = self._theme.theme, number < self._frozen
        inner = area.adjusted(2, 1, -2, -1)
        if number == self._chosen:
            painter.setPen(QPen(QColor(theme.accent if self.hasFocus() else theme.border_strong)))
            painter.setBrush(QColor(theme.hover))
            painter.drawRoundedRect(inner, 6, 6)
        self._write(painter, inner, inner.top() + SPACE_1, stage.title, theme.text, bold=True)
        height = max(_LEAST, _BARS * stage.share / full) if stage.share == stage.share else 0.0
        base = _BASE
        self._write(painter, inner, base - height - _LINE, stage.value, theme.muted)
        bar = QRectF(inner.center().x() - _bar_width(inner) / 2, base - height, 0, height)
        bar.setWidth(_bar_width(inner))
        _paint_bar(painter, bar, theme, frozen=frozen)
        painter.setPen(QPen(QColor(theme.border_strong)))
        painter.drawLine(QPointF(area.left(), base), QPointF(area.right(), base))
        y = base + SPACE_1
        for line in self._lines:
            self._write(painter, inner, y, stage.lines[line], theme.text)
            y += _LINE
        if frozen:
            self._write(painter, inner, y, self._frozen_text, _cool(theme).name())

    def _write(
        self,
        painter: QPainter,
        area: QRectF,
        y: float,
        text: str,
        color: str,
        *,
        bold: bool = False,
        side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignHCenter,
    ) -> None:
        font = QFont(self.font())
        font.setPixelSize(FONT_CAPTION)
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        painter.setFont(font)
        place = QRectF(area.left() + 1, y, area.width() - 2, _LINE)
        width = int(place.width())
        if painter.fontMetrics().horizontalAdvance(text) > width:
            font.setPixelSize(FONT_CAPTION - 1)  # before anything is cut off
            painter.setFont(font)
        painter.setPen(QColor(color))
        short = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width)
        painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, short)


def _bar_width(area: QRectF) -> float:
    return min(56.0, 0.6 * area.width())


def _cool(theme: Theme) -> QColor:
    """The colour of what is frozen: a blue that text can have."""
    return QColor(theme.train)


def _paint_bar(painter: QPainter, bar: QRectF, theme: Theme, *, frozen: bool) -> None:
    """Full colour for what learns; a cool, hatched and outlined bar for what is frozen."""
    if bar.height() <= 0:
        return
    if not frozen:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.accent))
        painter.drawRect(bar)
        return
    soft = _cool(theme)
    soft.setAlphaF(0.18)
    painter.fillRect(bar, soft)
    painter.setPen(QPen(_cool(theme), 1))
    painter.setBrush(Qt.BrushStyle.BDiagPattern if bar.height() > 8 else Qt.BrushStyle.NoBrush)
    brush = painter.brush()
    line = _cool(theme)
    line.setAlphaF(0.45)
    brush.setColor(line)
    painter.setBrush(brush)
    painter.drawRect(bar.adjusted(0.5, 0.5, -0.5, -0.5))
