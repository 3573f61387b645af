"""Bars over an axis of percentages; each opens what it stands for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from effnet_studio.gui.accessible import CHART
from effnet_studio.gui.direction import draw_from_left
from effnet_studio.gui.text import percent_text
from effnet_studio.gui.widgets.evaluate.axes_paint import (
    Axes,
    chart_height,
    make_axes,
    paint_axes,
    paint_names,
)
from effnet_studio.gui.widgets.focus_ring import FocusRing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QFocusEvent, QPaintEvent

    from effnet_studio.gui.colors import Theme
    from effnet_studio.gui.theme import ThemeManager
    from effnet_studio.gui.widgets.evaluate.axes_paint import Tick

_SIZE: Final = (300, 186)
"""Preferred width and height, pixels."""
_GAP: Final = 1.5
_WHISKER: Final = 5.0
_HALO: Final = 2.0
"""Around lines that cross bars, pixels: without it the colours of both are close."""


@dataclass(frozen=True)
class Bar:
    """One bar; all numbers are in [0, 1] of their axis.

    Attributes:
        low: Where it begins on the horizontal axis.
        high: Where it ends.
        parts: Heights from below, each with the name of its colour in the theme.
        text: What it says, for the tool-tip and for those who cannot see it.
        says: Height of a line across it; None: none.
        whisker: Ends of an upright line through it; None: none.
    """

    low: float
    high: float
    parts: tuple[tuple[float, str], ...]
    text: str
    says: float | None = None
    whisker: tuple[float, float] | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing stands behind it."""
        return not self.parts


class BinBars(QWidget):
    """The chart; arrow keys move from bar to bar.

    Args:
        theme: Colours.
        name: Object name.
        diagonal: Whether a line shows where height and place are equal.
        parent: Qt's owner.
    """

    accessible_role: ClassVar = CHART

    bar_chosen = Signal(int)
    """The number of the bar whose images are wanted."""

    def __init__(
        self,
        theme: ThemeManager,
        name: str,
        parent: QWidget | None = None,
        *,
        diagonal: bool = False,
    ) -> None:
        super().__init__(parent)
        draw_from_left(self)
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        FocusRing(self)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._theme, self._diagonal = theme, diagonal
        self._bars: tuple[Bar, ...] = ()
        self._beside: tuple[Tick, ...] = ()
        self._chosen: int | None = None
        self._hovered: int | None = None
        self._title = ""
        self._names = ("", "")
        self._height = _SIZE[1]
        theme.changed.connect(self._on_theme_changed)

    def set_bars(self, bars: Sequence[Bar], beside: Sequence[Tick]) -> None:
        """Show other bars; the choice stays if there are as many.

        Args:
            bars: From left to right.
            beside: Numbers of the vertical axis.
        """
        if len(bars) != len(self._bars):
            self._chosen = None
        self._bars, self._beside = tuple(bars), tuple(beside)
        self._hovered = None
        self._describe()
        self.update()

    def set_title(self, title: str) -> None:
        """Name the chart for those who cannot see it."""
        self._title = title
        self._describe()

    def set_axis_names(self, below: str, beside: str) -> None:
        """Write below and beside the axes what they show."""
        self._names = (below, beside)
        self.update()

    def set_room(self, width: int) -> None:
        """Be as high as becomes a width.

        Args:
            width: What there is for the chart, pixels.
        """
        self._height = chart_height(width, _SIZE[1])
        self.updateGeometry()

    @property
    def chosen(self) -> int | None:
        """The bar whose images are shown."""
        return self._chosen

    def set_chosen(self, number: int | None) -> None:
        """Mark a bar without a word; None: none."""
        self._chosen = number
        self._describe()
        self.update()

    def choose(self, number: int) -> None:
        """Choose a bar as a click does."""
        if not self._bars[number].empty:
            self.set_chosen(number)
            self.bar_chosen.emit(number)

    def _describe(self) -> None:
        chosen = "" if self._chosen is None else f": {self._bars[self._chosen].text}"
        self.setAccessibleName(f"{self._title}{chosen}".replace("\n", ", "))

    def _axes(self) -> Axes:
        return make_axes(QRectF(self.rect()), self.font(), self._beside, is_named=True)

    def bar_at(self, place: QPointF) -> int | None:
        """The bar above or below a point of the widget, if something stands behind it."""
        axes = self._axes()
        if not axes.area.adjusted(0, 0, 0, 20).contains(place):
            return None
        share = axes.share(place.x())
        for number, bar in enumerate(self._bars):
            if bar.low <= share <= bar.high and not bar.empty:
                return number
        return None

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        hovered = self.bar_at(event.position())
        if hovered != self._hovered:
            self._hovered = hovered
            self.setToolTip("" if hovered is None else self._bars[hovered].text)
            self.setCursor(
                Qt.CursorShape.ArrowCursor if hovered is None else Qt.CursorShape.PointingHandCursor
            )
            self.update()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = None
        self.update()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self.bar_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and number is not None:
            self.choose(number)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        filled = [number for number, bar in enumerate(self._bars) if not bar.empty]
        if not filled:
            super().keyPressEvent(event)
            return
        place = filled.index(self._chosen) if self._chosen in filled else None
        match event.key():
            case Qt.Key.Key_Left:
                self.choose(filled[max(0, (len(filled) if place is None else place) - 1)])
            case Qt.Key.Key_Right:
                last = len(filled) - 1
                self.choose(filled[min(last, (-1 if place is None else place) + 1)])
            case Qt.Key.Key_Home:
                self.choose(filled[0])
            case Qt.Key.Key_End:
                self.choose(filled[-1])
            case Qt.Key.Key_Space | Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.choose(filled[-1] if place is None else filled[place])
            case _:
                super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(_SIZE[0], self._height)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(200, self._height)

    @Slot()
    def _on_theme_changed(self) -> None:
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        axes = self._axes()
        paint_axes(painter, axes, percent_ticks(), self._beside, theme)
        paint_names(painter, axes, *self._names, theme)
        for number, bar in enumerate(self._bars):
            if not bar.empty:
                self._paint_bar(painter, axes, number, theme)
        if self._diagonal:
            ends = axes.point(0, 0), axes.point(1, 1)
            painter.setPen(QPen(theme.color("surface"), 1.2 + 2 * _HALO))
            painter.drawLine(*ends)
            painter.setPen(QPen(theme.color("muted"), 1.2, Qt.PenStyle.DashLine))
            painter.drawLine(*ends)
        for bar in self._bars:
            self._paint_marks(painter, axes, bar, theme)
        painter.end()

    def _paint_bar(self, painter: QPainter, axes: Axes, number: int, theme: Theme) -> None:
        bar = self._bars[number]
        left, right = axes.left(bar.low) + _GAP, axes.left(bar.high) - _GAP
        right = max(right, left + 2)
        if number in (self._chosen, self._hovered):
            column = QRectF(left - _GAP, axes.area.top(), right - left + 2 * _GAP, 0)
            column.setBottom(axes.area.bottom())
            soft = theme.accent_soft if number == self._chosen else theme.hover
            painter.fillRect(column, QColor(soft))
        base = 0.0
        painter.setPen(Qt.PenStyle.NoPen)
        for height, tone in bar.parts:
            if height <= 0:
                continue
            top, bottom = axes.point(0, base + height).y(), axes.point(0, base).y()
            painter.setBrush(theme.color(tone))
            painter.drawRect(QRectF(left, min(top, bottom - 1), right - left, max(1, bottom - top)))
            base += height

    def _paint_marks(self, painter: QPainter, axes: Axes, bar: Bar, theme: Theme) -> None:
        """What stands upon the bars and the diagonal."""
        left, right = axes.left(bar.low) + _GAP, axes.left(bar.high) - _GAP
        middle = (left + right) / 2
        painter.setPen(QPen(theme.color("text"), 1.2))
        if bar.whisker is not None:
            low, high = (axes.point(0, end).y() for end in bar.whisker)
            painter.drawLine(QPointF(middle, low), QPointF(middle, high))
            for y in (low, high):
                half = min(_WHISKER, (right - left) / 2)
                painter.drawLine(QPointF(middle - half / 2, y), QPointF(middle + half / 2, y))
        if bar.says is None:
            return
        y = axes.point(0, bar.says).y()
        for tone, width in (("surface", 3 + 2 * _HALO), ("warning", 3)):
            solid, flat = Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap
            painter.setPen(QPen(theme.color(tone), width, solid, flat))
            painter.drawLine(QPointF(left, y), QPointF(right, y))


def percent_ticks() -> tuple[Tick, ...]:
    """Numbers of an axis of shares."""
    return tuple((place / 5, percent_text(place / 5, 0)) for place in range(6))
