"""How far one squeeze-and-excitation block opens each of its channels, the widest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from effnet_studio.gui.accessible import CHART, tell_current
from effnet_studio.gui.direction import draw_from_left
from effnet_studio.gui.text import count_text, percent_text
from effnet_studio.gui.widgets.focus_ring import FocusRing

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QPaintEvent

    from effnet_studio.gui.theme import ThemeManager

_HEIGHT: Final = 48
_APART: Final = 4.0
"""Pixels for each channel from which there is room between the bars."""
_STEPS: Final = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_PageUp: -10,
    Qt.Key.Key_PageDown: 10,
}


class GateBars(QWidget):
    """A bar for each channel, sorted; hovering or the arrow keys name one, a click chooses it.

    Args:
        theme: Colours.
        parent: Qt's owner.
    """

    accessible_role: ClassVar = CHART

    channel_chosen = Signal(int)
    """Its number in the block."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        draw_from_left(self)
        self.setObjectName("gate_bars")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        FocusRing(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._theme = theme
        self._values: NDArray[np.float32] = np.zeros(0, dtype=np.float32)
        self._order: NDArray[np.int64] = np.zeros(0, dtype=np.int64)
        self._current: int | None = None
        theme.changed.connect(self._on_theme_changed)

    @property
    def current(self) -> int | None:
        """The channel that is chosen."""
        return self._current

    def set_gates(self, values: NDArray[np.float32], current: int | None) -> None:
        """Show other gates.

        Args:
            values: float32, (channels,), in [0, 1].
            current: The channel that is chosen; None: none.
        """
        self._values = values
        self._order = np.argsort(-values, kind="stable")
        self._current = current if current is not None and current < len(values) else None
        self._name_current()
        self.update()

    def describe(self, channel: int) -> str:
        """One sentence on a channel."""
        return self.tr("Channel {number}: {share} open").format(
            number=count_text(channel), share=percent_text(float(self._values[channel]))
        )

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, _HEIGHT)

    @Slot()
    def _on_theme_changed(self) -> None:
        self.update()

    def _channel_at(self, point: QPointF) -> int | None:
        if not len(self._order) or not 0 <= point.x() < self.width():
            return None
        return int(self._order[int(point.x() / self.width() * len(self._order))])

    def _choose(self, channel: int | None) -> None:
        if channel is not None and channel != self._current:
            self._current = channel
            self._name_current()
            self.update()
            self.channel_chosen.emit(channel)

    def _name_current(self) -> None:
        tell_current(self, "" if self._current is None else self.describe(self._current))

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            channel = self._channel_at(QPointF(event.pos()))
            if channel is not None:
                QToolTip.showText(event.globalPos(), self.describe(channel), self)
            return True
        return super().event(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._choose(self._channel_at(event.position()))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, last = Qt.Key(event.key()), len(self._order) - 1
        if last < 0 or key not in {*_STEPS, Qt.Key.Key_Home, Qt.Key.Key_End}:
            super().keyPressEvent(event)
            return
        place = -1
        if self._current is not None:
            place = int(np.flatnonzero(self._order == self._current)[0])
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}
        place = ends.get(key, min(max(place + _STEPS.get(key, 0), 0), last))
        self._choose(int(self._order[place]))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, count = self._theme.theme, len(self._order)
        with QPainter(self) as painter:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("track"))
            painter.drawRect(self.rect())
            if not count:
                return
            painter.setBrush(theme.color("accent"))
            step = self.width() / count
            tall = np.maximum(self._values[self._order] * self.height(), 1)
            if step < _APART:  # one bar for each pixel: narrower ones would leave gaps
                columns = np.arange(self.width()) * count // self.width()
                tall, wide, pitch = tall[columns], 1.0, 1.0
            else:
                wide, pitch = 0.8 * step, step
            for place, height in enumerate(tall.tolist()):
                painter.drawRect(QRectF(place * pitch, self.height() - height, wide, height))
            if self._current is not None:
                place = int(np.flatnonzero(self._order == self._current)[0])
                painter.setBrush(theme.color("text"))
                painter.drawRect(QRectF(place * step, 0, max(step, 2), self.height()))
