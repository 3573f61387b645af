"""What the squeeze-and-excitation blocks let through for one image."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.engine.explain.gate_statistics import beyond_class, openers
from effnet_studio.gui.models.model_stages import block_text
from effnet_studio.gui.models.rows_table import Column
from effnet_studio.gui.names import named
from effnet_studio.gui.text import count_text, percent_text
from effnet_studio.gui.theme import SPACE_1, SPACE_2, set_role
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.plots.twin_card import TwinCard
from effnet_studio.gui.widgets.predict.gate_bars import GateBars
from effnet_studio.gui.widgets.predict.gate_strip import GateStrip
from effnet_studio.gui.widgets.predict.opened_bars import OpenedBars

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from effnet_studio.engine.explain.gate_statistics import ChannelStatistics, Opener
    from effnet_studio.engine.explain.squeeze_excitation import SEGate
    from effnet_studio.gui.theme import ThemeManager

_LISTED: Final = 5
"""Channels beyond the class's average that are listed."""
SHOWN: Final = 6
"""Images that open a channel most that are shown."""


class ChannelsView(QWidget):
    """All blocks, the channels of one, and those that are open wider than usual.

    Args:
        theme: Colours.
        parent: Qt's owner.
    """

    choice_changed = Signal()
    """Another block or channel is to be shown over the picture."""
    open_asked = Signal()
    """The user wants the many training images to be looked at."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("channels_view")
        self._gates: tuple[SEGate, ...] = ()
        self._label = ""
        self._statistics: ChannelStatistics | None = None
        self._opening = self._offered = False
        self._block: str | None = None
        self._channel: int | None = None
        self._title = Label(self)
        set_role(self._title, "muted")
        self._title.setWordWrap(True)
        self._strip = GateStrip(theme, self)
        self._bars = GateBars(theme, self)
        self._card = TwinCard(self._bars, theme, name="gates", parent=self)
        set_role(self._card, "plain")
        self._card.set_waiting("")  # the drawing decides on the height from the beginning
        self._all = named(QToolButton(self), "channels_all")  # narrow: beside it stands the title
        set_role(self._all, "ghost")
        self._beyond = named(Label(self), "channels_beyond")
        set_role(self._beyond, "muted")
        self._beyond.setWordWrap(True)
        self._ask = named(QPushButton(self), "channels_open")
        theme.set_icon(self._ask, "images", size=16)
        self._opened = OpenedBars(theme, self)
        self._build_ui()
        self._strip.block_chosen.connect(self._on_block)
        self._bars.channel_chosen.connect(self._on_channel)
        self._opened.chosen.connect(self._on_opened)
        self._all.clicked.connect(self._on_all)
        self._card.button.toggled.connect(self._on_table)
        self._ask.clicked.connect(self.open_asked)
        self._retranslate()

    def _build_ui(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        column.addWidget(self._title)
        column.addWidget(self._strip)
        layout = self._card.layout()
        if layout is not None:
            layout.setContentsMargins(0, 0, 0, 0)
        self._card.add_to_head(self._all)
        column.addWidget(self._card)
        head = QHBoxLayout()
        head.setContentsMargins(0, SPACE_1, 0, 0)
        head.addWidget(self._beyond, 1)
        head.addWidget(self._ask)
        column.addLayout(head)
        column.addWidget(self._opened)

    @property
    def block(self) -> str | None:
        """Dotted name of the block to show; None: the last."""
        return self._block

    @property
    def channel(self) -> int | None:
        """The channel to show; None: all together."""
        return self._channel

    def forget(self) -> None:
        """Another model: nothing is chosen, nothing is known."""
        self._gates, self._block, self._channel = (), None, None
        self._statistics = None
        self._show()

    def forget_image(self) -> None:
        """Another image, whose gates are not known yet; block and channel stay chosen."""
        self._gates = ()
        self._show()

    def set_gates(self, gates: Sequence[SEGate], block: str, label: str) -> None:
        """Show an image's gates.

        Args:
            gates: Of all blocks, in forward order.
            block: Dotted name of the one that is over the picture.
            label: Name of the likeliest class.
        """
        self._gates, self._label = tuple(gates), label
        self._block = block or None
        self._show()

    def set_statistics(self, statistics: ChannelStatistics | None) -> None:
        """Compare with what the gates usually do; None: not known (yet)."""
        self._statistics = statistics
        gate = self._gate
        if gate is not None:
            self._show_card(gate)
        self._show_opened()

    def set_state(self, *, opening: bool, offered: bool) -> None:
        """Show where the look at the training images stands.

        Args:
            opening: The model is looking at them.
            offered: The user is to say whether it shall.
        """
        self._opening, self._offered = opening, offered
        self._show_opened()

    @property
    def openers(self) -> tuple[Opener, ...]:
        """The images that open the chosen channel most; empty if none is chosen or known."""
        gate = self._gate
        if gate is None or self._channel is None or self._statistics is None:
            return ()
        return openers(self._statistics, gate.name, self._channel)[:SHOWN]

    @property
    def _gate(self) -> SEGate | None:
        return next((gate for gate in self._gates if gate.name == self._block), None)

    def _show(self) -> None:
        self._strip.set_gates(self._gates, self._block or "")
        gate = self._gate
        self._card.setVisible(gate is not None)
        if gate is not None:
            self._bars.set_gates(gate.values, self._channel)
            self._show_card(gate)
        self._show_opened()

    def _show_card(self, gate: SEGate) -> None:
        self._card.set_title(block_text(gate.title))
        self._all.setVisible(self._channel is not None)
        usual = None
        if self._statistics is not None:
            usual = self._statistics.usual(self._label)[self._statistics.part(gate.name)]
        if self._channel is None:
            text = self.tr("{count} channels, the most open first").format(
                count=count_text(len(gate.values))
            )
        elif usual is None:
            text = self._bars.describe(self._channel)
        else:
            text = self.tr("{channel}, usually {usual}").format(
                channel=self._bars.describe(self._channel),
                usual=percent_text(float(usual[self._channel])),
            )
        self._card.set_caption(text)
        if self._card.button.isChecked():
            self._fill_table(gate, usual)

    def _fill_table(self, gate: SEGate, usual: NDArray[np.float64] | None) -> None:
        """Done only for who looks at it: thousands of rows take longer than a window may wait."""
        columns = [Column(self.tr("Channel")), Column(self.tr("Open"))]
        shown: list[NDArray[np.float32] | NDArray[np.float64]] = [gate.values]
        if usual is not None:
            columns.append(Column(self.tr("Usual"), self.tr("Mean over the images of the class")))
            shown.append(usual)
        order = np.argsort(-gate.values, kind="stable").tolist()
        self._card.set_table(
            columns,
            [
                (str(channel), *(percent_text(float(values[channel])) for values in shown))
                for channel in order
            ],
        )

    def _show_opened(self) -> None:
        statistics = self._statistics
        known = statistics is not None and bool(self._gates)
        if statistics is not None and known:
            self._opened.set_channels(
                beyond_class(self._gates, statistics, self._label, count=_LISTED)
            )
            self._opened.set_current(self._block or "", self._channel)
        self._opened.setVisible(known)
        self._ask.setVisible(self._offered and not known)
        self._beyond.setVisible(known or self._opening or self._offered)
        self._show_words()

    def _show_words(self) -> None:
        if self._statistics is not None:
            text = self.tr("More open than is usual for {label}").format(label=self._label)
        elif self._opening:
            text = self.tr("Looking at the training images…")
        else:
            text = self.tr("What is open more than usual?")
        self._beyond.setText(text)

    @Slot(str)
    def _on_block(self, title: str) -> None:
        chosen = next((gate.name for gate in self._gates if gate.title == title), None)
        self._choose(chosen, None)

    @Slot(int)
    def _on_channel(self, channel: int) -> None:
        self._choose(self._block, channel)

    @Slot(str, int)
    def _on_opened(self, block: str, channel: int) -> None:
        self._choose(block, channel)

    @Slot()
    def _on_table(self) -> None:
        gate = self._gate
        if gate is not None:
            self._show_card(gate)

    @Slot()
    def _on_all(self) -> None:
        self._choose(self._block, None)

    def _choose(self, block: str | None, channel: int | None) -> None:
        if (block, channel) == (self._block, self._channel):
            return
        self._block, self._channel = block, channel
        gate = self._gate
        self._strip.set_current(block or "")
        if gate is not None:
            self._bars.set_gates(gate.values, channel)
            self._show_card(gate)
        self._opened.set_current(block or "", channel)
        self.choice_changed.emit()

    def _retranslate(self) -> None:
        self._title.setText(self.tr("How much each block lets through, from nothing to all"))
        self._strip.setAccessibleName(self._title.text())
        self._bars.setAccessibleName(self.tr("Channels of the block"))
        if not self._gates:  # with blocks the card has the title of the one on view
            self._card.set_title(self._bars.accessibleName())
        self._opened.setAccessibleName(self.tr("Channels more open than usual"))
        self._all.setText(self.tr("All"))
        self._all.setAccessibleName(self.tr("Show all channels of the block together"))
        self._all.setToolTip(self._all.accessibleName())
        self._ask.setText(self.tr("Compare"))
        self._ask.setAccessibleName(self.tr("Compare with the training images"))
        self._ask.setToolTip(
            self.tr("The model looks at up to 200 training images of each class once")
        )
        self._beyond.setToolTip(
            self.tr(
                "How open the channel usually is for this class, and how open it is now; the mark "
                "on each bar is what is usual. What stands out most comes first."
            )
        )
        if self._gate is not None:
            self._show_card(self._gate)
        self._show_words()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
