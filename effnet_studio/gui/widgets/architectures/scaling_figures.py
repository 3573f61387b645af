"""The figures of a scaled network as a row of cards, beside the nearest published model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from effnet_studio.gui.models.catalog_table import millions
from effnet_studio.gui.models.scaling_outlook import predicted_seconds
from effnet_studio.gui.models.scaling_words import (
    compared_text,
    nearest_name,
    time_text,
    work_text,
)
from effnet_studio.gui.text import bytes_text, unbroken
from effnet_studio.gui.theme import SPACE_3
from effnet_studio.gui.widgets.figure_card import FigureCard, break_captions

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from effnet_studio.engine.models.latency import LatencyFit
    from effnet_studio.gui.models.scaling_outlook import Outlook

BATCHES: Final = (16, 32)
"""Pictures in a training step for which the memory is told."""


class ScalingFigures(QWidget):
    """Five cards: parameters, work, input, memory, time.

    Args:
        parent: Qt's owner.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("scaling_figures")
        names = ("parameters", "work", "input", "memory", "time")
        self.cards = {name: FigureCard(f"scale_card_{name}", self, below=True) for name in names}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_3)
        for card in self.cards.values():
            row.addWidget(card, 1)
        # As wide as the page: captions break before it must be scrolled sideways.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def set_outlook(self, outlook: Outlook, fit: LatencyFit | None) -> None:
        """Show the figures of a network.

        Args:
            outlook: The network.
            fit: Times measured on this computer; None: too few were.
        """
        total, nearest, name = outlook.counts.total, outlook.nearest, nearest_name(outlook)
        side = outlook.scaling.resolution
        self._set(
            "parameters",
            self.tr("Parameters"),
            millions(total.parameters),
            self.tr("Numbers that are learned: size on disk, and how many images it takes"),
            compared_text(total.parameters, nearest.parameters, name),
        )
        self._set(
            "work",
            self.tr("Work for one image"),
            work_text(total.macs),
            self.tr("Multiply-accumulates (MACs; G: billions): how slow it is"),
            compared_text(total.macs, nearest.macs * 1e9, name),
        )
        self._set(
            "input",
            self.tr("Input image"),
            f"{side} px",
            self.tr("Side of the square that your images are brought to"),
            compared_text(side, nearest.input_size, name),
        )
        few, many = (outlook.needs.training_bytes(batch) for batch in BATCHES)
        self._set(
            "memory",
            self.tr("Memory for training"),
            bytes_text(few),
            self.tr(
                "For a step with {few} images, all stages learning in 32 bit; an estimate. Frozen "
                "stages and smaller batches need much less."
            ).format(few=BATCHES[0]),
            self.tr("{few} images at once; {many} at once: {memory}").format(
                few=BATCHES[0], many=BATCHES[1], memory=unbroken(bytes_text(many))
            ),
        )
        self._set_time(predicted_seconds(fit, outlook), fit)
        break_captions(self.cards.values(), self.width(), SPACE_3)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        break_captions(self.cards.values(), self.width(), SPACE_3)

    def _set_time(self, seconds: float | None, fit: LatencyFit | None) -> None:
        if seconds is None or fit is None:
            note = self.tr("measure first")
            hint = self.tr(
                "Measure the time of two models in the tab Inside; then that of any size can be "
                "predicted for this computer."
            )
        else:
            note = self.tr("predicted for this computer")
            hint = self.tr(
                "From the models measured here; half of them lie within {percent} % of the line."
            ).format(percent=round(100 * (fit.spread - 1)))
        figure = "–" if seconds is None else time_text(seconds)
        self._set("time", self.tr("Time for one image"), figure, hint, note)

    def _set(self, key: str, caption: str, figure: str, hint: str, note: str) -> None:
        self.cards[key].set_texts(caption, figure, hint, note=note, note_tone="")
