"""Reliability diagram and histogram of confidence, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QWidget

from effnet_studio.gui.models.rows_table import Column
from effnet_studio.gui.text import count_text, percent_text
from effnet_studio.gui.theme import SPACE_3
from effnet_studio.gui.widgets.evaluate.bin_bars import Bar, BinBars, percent_ticks
from effnet_studio.gui.widgets.help_mark import HelpMark
from effnet_studio.gui.widgets.plots.twin_card import TwinCard

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.gui.models.confidence_facts import Bin
    from effnet_studio.gui.theme import ThemeManager

_STEPS: Final = 4
"""At most so many distances between the numbers of an axis."""
_ROOMY: Final = 520
"""Pixels from which on both charts have room side by side."""


class ReliabilityCharts(QWidget):
    """Two cards over the same bins; one bar of both is chosen.

    Args:
        theme: Colours.
        parent: Qt's owner.
    """

    bin_chosen = Signal(int)
    """Number of the bin whose images are wanted."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reliability_charts")
        self._bins: tuple[Bin, ...] = ()
        self._diagram = BinBars(theme, "reliability_bars", self, diagonal=True)
        self._histogram = BinBars(theme, "histogram_bars", self)
        self._reliability = TwinCard(self._diagram, theme, name="reliability", parent=self)
        self._reliability.add_to_head(HelpMark("concept-calibration", theme, self._reliability))
        self._counts = TwinCard(self._histogram, theme, name="histogram", parent=self)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(SPACE_3)
        for card in (self._reliability, self._counts):
            self._layout.addWidget(card, 1)
        self._diagram.bar_chosen.connect(self._on_diagram_chosen)
        self._histogram.bar_chosen.connect(self._on_histogram_chosen)

    def set_bins(self, bins: Sequence[Bin], waiting: str = "") -> None:
        """Show other answers.

        Args:
            bins: By confidence, rising.
            waiting: What is waited for; empty: nothing.
        """
        self._bins = tuple(bins)
        for card in (self._reliability, self._counts):
            card.set_waiting(waiting)
        self._fill()

    def clear_choice(self) -> None:
        """Choose no bar."""
        for bars in (self._diagram, self._histogram):
            bars.set_chosen(None)

    def set_room(self, width: int) -> None:
        """Stand side by side, or one below the other, and grow where there is much room.

        Args:
            width: Of the view they stand in, pixels; not their own, which depends on whether the
                view scrolls, and so on their height.
        """
        roomy = width >= _ROOMY
        self._layout.setDirection(
            QBoxLayout.Direction.LeftToRight if roomy else QBoxLayout.Direction.TopToBottom
        )
        share = width // 2 if roomy else width
        for bars, card in ((self._diagram, self._reliability), (self._histogram, self._counts)):
            bars.set_room(share)
            card.fit_drawing()

    @Slot(int)
    def _on_diagram_chosen(self, number: int) -> None:
        self._histogram.set_chosen(None)
        self.bin_chosen.emit(number)

    @Slot(int)
    def _on_histogram_chosen(self, number: int) -> None:
        self._diagram.set_chosen(None)
        self.bin_chosen.emit(number)

    def retranslate(self) -> None:
        """Write everything in the window's language."""
        self._reliability.set_title(self.tr("Is it right as often as it says?"))
        self._reliability.set_caption(
            self.tr(
                "Bars: how many were right (line: 95 % interval). Marks: how sure it was."
                " Dashed: where both are equal."
            )
        )
        self._counts.set_title(self.tr("How sure it was"))
        self._counts.set_caption(
            self.tr("Images, right answers blue and errors orange. Each bar opens its images.")
        )
        self._fill()

    def _fill(self) -> None:
        """Show bars and tables in the window's language."""
        bins = self._bins
        texts = [self._text_of(each) for each in bins]
        steps = _round_steps(max((each.count for each in bins), default=0))
        most = steps[-1]
        self._diagram.set_title(self.tr("Is it right as often as it says?"))
        self._diagram.set_bars(
            [_diagram_bar(*pair) for pair in zip(bins, texts, strict=True)], percent_ticks()
        )
        self._histogram.set_title(self.tr("How sure it was"))
        self._histogram.set_bars(
            [_histogram_bar(*pair, most) for pair in zip(bins, texts, strict=True)],
            [(step / most, count_text(step)) for step in steps],
        )
        sure = self.tr("Confidence")
        self._diagram.set_axis_names(sure, self.tr("Is right"))
        self._histogram.set_axis_names(sure, self.tr("Images"))
        columns = (
            Column(self.tr("Confidence"), number=False),
            Column(self.tr("Images")),
            Column(self.tr("Right")),
            Column(self.tr("Says")),
            Column(self.tr("Is right")),
        )
        rows = [_row(each) for each in bins]
        for card in (self._reliability, self._counts):
            card.set_table(columns, rows)

    def _text_of(self, bin_: Bin) -> str:
        if not bin_.count:
            return ""
        low, high = bin_.interval
        says = self.tr("When it says {confidence}, it is right in {accuracy} of cases").format(
            confidence=percent_text(bin_.confidence, 0), accuracy=percent_text(bin_.accuracy, 0)
        )
        between = self.tr("{low} to {high}").format(
            low=percent_text(low, 0), high=percent_text(high, 0)
        )
        counts = self.tr("%n image(s)", "", bin_.count)
        return f"{says} ({between})\n{counts}"


def _round_steps(most: int) -> tuple[int, ...]:
    """Numbers of an axis that begins at 0 and has room for a count, at round distances."""
    size = 1
    while most > _STEPS * size * 5:
        size *= 10
    step = next(size * factor for factor in (1, 2, 5) if most <= _STEPS * size * factor)
    return tuple(range(0, max(1, -(-most // step)) * step + 1, step))


def _diagram_bar(bin_: Bin, text: str) -> Bar:
    if not bin_.count:
        return Bar(bin_.low, bin_.high, (), "")
    parts = ((bin_.accuracy, "accent"),)
    return Bar(bin_.low, bin_.high, parts, text, says=bin_.confidence, whisker=bin_.interval)


def _histogram_bar(bin_: Bin, text: str, most: int) -> Bar:
    if not bin_.count:
        return Bar(bin_.low, bin_.high, (), "")
    parts = ((bin_.wrong / most, "validation"), (bin_.right / most, "train"))
    return Bar(bin_.low, bin_.high, parts, text)


def _row(bin_: Bin) -> tuple[str, ...]:
    filled = bin_.count > 0
    return (
        f"{percent_text(bin_.low, 0)} – {percent_text(bin_.high, 0)}",
        count_text(bin_.count),
        count_text(bin_.right),
        percent_text(bin_.confidence) if filled else "–",
        percent_text(bin_.accuracy) if filled else "–",
    )
