"""The channels that an image opens wider than is usual for its class."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from effnet_studio.gui.models.model_stages import block_text
from effnet_studio.gui.text import count_text, decimal_text, percent_text
from effnet_studio.gui.theme import SPACE_1
from effnet_studio.gui.widgets.predict.picked_rows import PickedRows
from effnet_studio.gui.widgets.row_paint import paint_share_bar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from effnet_studio.engine.explain.gate_statistics import OpenedChannel
    from effnet_studio.gui.theme import ThemeManager

_ROW: Final = 28
_BAR: Final = 5
_PAD: Final = 6


class OpenedBars(PickedRows):
    """A row for each channel: its name, its gate, and a mark where the gate usually is.

    Args:
        theme: Colours.
        parent: Qt's owner.
    """

    chosen = Signal(str, int)
    """Dotted name of the block, and the channel's number in it."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setObjectName("opened_bars")
        self._rows: tuple[OpenedChannel, ...] = ()

    def set_channels(self, channels: Sequence[OpenedChannel]) -> None:
        """Show other channels, the most unusual first."""
        self._rows = tuple(channels)
        self._current = -1
        self.updateGeometry()
        self.update()

    def set_current(self, block: str, channel: int | None) -> None:
        """Mark the channel on view, if it has a row."""
        places = [(each.block, each.channel) for each in self._rows]
        wanted = (block, channel)
        self._current = places.index(wanted) if wanted in places else -1
        self.update()

    @override
    def describe(self, row: int) -> str:
        each = self._rows[row]
        return self.tr(
            "{block}, channel {number}: {share} open, usually {usual}; "
            "{score} standard deviations more than usual for the class"
        ).format(
            block=block_text(each.title),
            number=count_text(each.channel),
            share=percent_text(each.gate),
            usual=percent_text(each.usual),
            score=decimal_text(each.score),
        )

    @property
    @override
    def count(self) -> int:
        return len(self._rows)

    @property
    @override
    def pitch(self) -> int:
        return _ROW

    @override
    def choose(self, row: int) -> None:
        self.chosen.emit(self._rows[row].block, self._rows[row].channel)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            font = painter.font()
            font.setPixelSize(12)
            painter.setFont(font)
            for row, each in enumerate(self._rows):
                self._paint_row(painter, row, each)

    def _paint_row(self, painter: QPainter, row: int, each: OpenedChannel) -> None:
        theme = self._theme.theme
        area = QRectF(0, row * _ROW, self.width(), _ROW)
        if row == self._current:
            painter.setPen(theme.color("accent") if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent_soft"))
            painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        inner = area.adjusted(_PAD, 2, -_PAD, -3)
        text = inner.adjusted(0, 0, 0, -_BAR - 2)
        painter.setPen(theme.color("text"))
        name = self.tr("{block} · {number}").format(
            block=block_text(each.title), number=count_text(each.channel)
        )
        shares = f"{decimal_text(100 * each.usual)} → {percent_text(each.gate)}"
        metrics = painter.fontMetrics()
        room = int(text.width()) - metrics.horizontalAdvance(shares) - SPACE_1
        name = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
        painter.setPen(theme.color("muted"))
        painter.drawText(text, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, shares)
        track = QRectF(inner.left(), inner.bottom() - _BAR, inner.width(), _BAR)
        paint_share_bar(painter, track, each.gate, "accent", theme)
        usual = track.left() + track.width() * each.usual
        painter.setBrush(theme.color("text"))
        painter.drawRect(QRectF(usual - 1, track.top() - 2, 2, _BAR + 4))
