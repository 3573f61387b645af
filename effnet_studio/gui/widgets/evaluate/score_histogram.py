"""How probabilities of a class are spread: its own images upwards, all others downwards."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, ClassVar, Final

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from effnet_studio.gui.accessible import CHART, tell_current
from effnet_studio.gui.direction import draw_from_left
from effnet_studio.gui.models.curve_choice import BINS
from effnet_studio.gui.text import count_text, percent_text
from effnet_studio.gui.widgets.focus_ring import FocusRing

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent

    from effnet_studio.gui.theme import ThemeManager

OWN, OTHERS = 0, 1
"""The two rows of bars."""
_SIZE: Final = (320, 164)
_LINE: Final = 16
"""Height of the words above and of the numbers below, pixels."""
_SIDE: Final = 18
"""Room at both sides for half a number, pixels."""
_LEAST: Final = 3.0
"""A bar with a single image can still be seen and hit, pixels."""
_FONT: Final = 11


class ScoreHistogram(QWidget):
    """Bars that open their images, and the threshold as a line.

    Each half has its own scale: a class is so much smaller than all others together that it would
    vanish beside them.

    Args:
        theme: Colours, now and when they change.
        parent: Qt's owner.
    """

    accessible_role: ClassVar = CHART

    bar_chosen = Signal(int, int)
    """``OWN`` or ``OTHERS``, and the number of the bar."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        draw_from_left(self)
        self.setObjectName("score_histogram")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        FocusRing(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._theme = theme
        self._counts = np.zeros((2, BINS), dtype=np.int64)
        self._names = ("", "")
        self._threshold: float | None = None
        self._current: tuple[int, int] | None = None
        theme.changed.connect(self._on_theme_changed)

    def set_counts(self, counts: NDArray[np.int64], own: str, others: str) -> None:
        """Show another class; a chosen bar that has the same counts stays chosen.

        Args:
            counts: Images in each bar, int64, shape (2, BINS): those of the class, then the others.
            own: What the first are called.
            others: What the second are called.
        """
        same = np.array_equal(self._counts, counts)
        self._counts, self._names = counts, (own, others)
        if self._current is not None and same:
            self._go(*self._current)
        else:
            self.clear_choice()

    def set_threshold(self, threshold: float | None) -> None:
        """Draw a line at a probability; None or infinite: none."""
        self._threshold = threshold
        self.update()

    def clear_choice(self) -> None:
        """Choose no bar."""
        self._current = None
        self.setAccessibleDescription("")
        self.update()

    def describe(self, row: int, number: int) -> str:
        """One sentence on a bar."""
        low, high = percent_text(number / BINS, 0), percent_text((number + 1) / BINS, 0)
        return self.tr("{low} to {high}: {count} of {all} images ({group})").format(
            low=low,
            high=high,
            count=count_text(int(self._counts[row, number])),
            all=count_text(int(self._counts[row].sum())),
            group=self._names[row],
        )

    # -- geometry ----------------------------------------------------------------------------------

    def _field(self) -> QRectF:
        """Where the bars are."""
        return QRectF(_SIDE, _LINE + 2, self.width() - 2 * _SIDE, self.height() - 2 * _LINE - 4)

    def bar_rect(self, row: int, number: int) -> QRectF:
        """Where a bar is drawn; without height where it has no images."""
        field = self._field()
        width = field.width() / BINS
        half = field.height() / 2 - 1
        height = half * float(self._counts[row, number]) / max(1, int(self._counts[row].max()))
        if self._counts[row, number]:
            height = max(_LEAST, height)
        middle = field.center().y()
        top = middle - 1 - height if row == OWN else middle + 1
        return QRectF(field.left() + number * width + 1, top, max(1.0, width - 2), height)

    def _bar_at(self, point: QPoint) -> tuple[int, int] | None:
        field = self._field()
        if not field.contains(QPointF(point)):
            return None
        number = int((point.x() - field.left()) / field.width() * BINS)
        row = OWN if point.y() < field.center().y() else OTHERS
        return row, min(max(number, 0), BINS - 1)

    # -- drawing -----------------------------------------------------------------------------------

    @override
    def sizeHint(self) -> QSize:
        return QSize(*_SIZE)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme.theme
        field = self._field()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            font = painter.font()
            font.setPixelSize(_FONT)
            painter.setFont(font)
            for row in (OWN, OTHERS):
                color = QColor(theme.series[0] if row == OWN else theme.series[7])
                for number in range(BINS):
                    self._paint_bar(painter, row, number, color)
            painter.setPen(QPen(theme.color("border_strong"), 1))
            middle = field.center().y()
            painter.drawLine(QPointF(field.left(), middle), QPointF(field.right(), middle))
            painter.setPen(theme.color("muted"))
            self._paint_scales(painter, field)
            for quarter in range(5):
                at = field.left() + field.width() * quarter / 4
                box = QRectF(at - 30, field.bottom() + 2, 60, _LINE)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, percent_text(quarter / 4, 0))
            if self._threshold is not None and math.isfinite(self._threshold):
                at = field.left() + field.width() * self._threshold
                painter.setPen(QPen(theme.color("text"), 1.5, Qt.PenStyle.DashLine))
                painter.drawLine(QPointF(at, field.top()), QPointF(at, field.bottom()))

    def _paint_scales(self, painter: QPainter, field: QRectF) -> None:
        """Say above the bars how many the highest one of each half stands for."""
        room = QRectF(field.left(), 0, field.width(), _LINE)
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        for row, side, arrow in ((OWN, left, "↑"), (OTHERS, right, "↓")):
            most = int(self._counts[row].max())
            text = self.tr("highest bar: {count}").format(count=count_text(most))
            if most:
                painter.drawText(room, side | Qt.AlignmentFlag.AlignTop, f"{arrow} {text}")

    def _paint_bar(self, painter: QPainter, row: int, number: int, color: QColor) -> None:
        bar = self.bar_rect(row, number)
        if bar.height():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color)
            painter.drawRoundedRect(bar, 1.5, 1.5)
        if (row, number) == self._current:
            theme = self._theme.theme
            painter.setPen(QPen(theme.color("accent" if self.hasFocus() else "text"), 2.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(bar.adjusted(-2, -2, 2, 2), 3, 3)

    @Slot()
    def _on_theme_changed(self) -> None:
        self.update()

    # -- mouse and keys ----------------------------------------------------------------------------

    def _go(self, row: int, number: int) -> None:
        self._current = (row, number)
        tell_current(self, self.describe(row, number))
        self.update()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            bar = self._bar_at(event.pos())
            if bar is not None and self._counts.any():
                QToolTip.showText(event.globalPos(), self.describe(*bar), self)
            return True
        return super().event(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        bar = self._bar_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and bar is not None and self._counts[bar]:
            self._go(*bar)
            self.bar_chosen.emit(*bar)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, number = self._current or (OWN, -1)
        match event.key():
            case Qt.Key.Key_Left:
                self._go(row, max(0, number - 1))
            case Qt.Key.Key_Right:
                self._go(row, min(BINS - 1, number + 1))
            case Qt.Key.Key_Up:
                self._go(OWN, max(0, number))
            case Qt.Key.Key_Down:
                self._go(OTHERS, max(0, number))
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space:
                if self._current is not None and self._counts[self._current]:
                    self.bar_chosen.emit(*self._current)
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
