"""Whether the model is as sure as it should be, and from where on it says "none of these"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.gui.models.confidence_facts import (
    ConfidenceFacts,
    ThresholdWish,
    find_error_before,
    find_facts,
)
from effnet_studio.gui.models.image_choice import ImageChoice
from effnet_studio.gui.names import named
from effnet_studio.gui.questions import Requests
from effnet_studio.gui.restyler import hold_parts, hold_parts_in_scroll
from effnet_studio.gui.text import percent_text, unbroken
from effnet_studio.gui.theme import SPACE_1, SPACE_2, SPACE_3, set_role
from effnet_studio.gui.widgets.evaluate.evaluation_tab import EvaluationTab
from effnet_studio.gui.widgets.evaluate.reliability_charts import ReliabilityCharts
from effnet_studio.gui.widgets.evaluate.threshold_card import ThresholdCard
from effnet_studio.gui.widgets.figure_card import FigureCard
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QResizeEvent, QShowEvent

    from effnet_studio.engine.errors import StudioError
    from effnet_studio.engine.evaluation.evaluate import Evaluation
    from effnet_studio.engine.predict.reject_option import RejectOption
    from effnet_studio.gui.jobs import JobRunner
    from effnet_studio.gui.theme import ThemeManager

_REJECTED: Final = -1
"""What is shown in the place of a bin's number: the images below the threshold."""
_FOLLOW_MS: Final = 120
"""How long the handle stands still before its images are shown: there may be thousands."""
_CLOSE: Final = 0.01
"""Confidence and accuracy that differ by less are called equal."""


class ConfidenceView(EvaluationTab):
    """Figures, a reliability diagram, a histogram, and the choice of a threshold.

    Args:
        jobs: Works the figures out in the background.
        theme: Colours.
        parent: Qt's owner.
    """

    threshold_wished = Signal(object)
    """A :class:`~effnet_studio.gui.models.confidence_facts.ThresholdWish` to be used from now on;
    None: every image is to be answered."""
    failed = Signal(object)
    """The :class:`~effnet_studio.engine.errors.StudioError` in the place of figures."""

    def __init__(self, jobs: JobRunner, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("confidence_view")
        self._evaluation: Evaluation | None = None
        self._facts: ConfidenceFacts | None = None
        self._temperature: float | None = None
        self._before: float | None = None
        self._shown: int | None = None
        self._follow = QTimer(self, singleShot=True, interval=_FOLLOW_MS)
        self._found = Requests(jobs, parent=self)
        self._compared = Requests(jobs, parent=self)
        self._said, self._unscaled = (
            named(Label(self), f"confidence_{name}") for name in ("said", "unscaled")
        )
        for label, role in ((self._said, "strong"), (self._unscaled, "muted")):
            label.setWordWrap(True)
            set_role(label, role)
        self._error, self._brier = (FigureCard(name, self, below=True) for name in ("ece", "brier"))
        self._charts = ReliabilityCharts(theme, self)
        self.choice = ThresholdCard(theme, self)
        self._build_ui()
        self._connect()
        self._retranslate()

    def _build_ui(self) -> None:
        content = named(QWidget(self), "scroll_body")
        figures = QHBoxLayout()
        for figure in (self._error, self._brier):
            figures.addWidget(figure, 1)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, SPACE_2, 0)
        for layout in (figures, column):
            layout.setSpacing(SPACE_3)
        said = QVBoxLayout()
        said.setSpacing(SPACE_1)
        said.addWidget(self._said)
        said.addWidget(self._unscaled)
        column.addLayout(said)
        column.addLayout(figures)
        column.addWidget(self._charts)
        column.addWidget(self.choice)
        column.addStretch(1)
        scroll = named(QScrollArea(self), "confidence_scroll")
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(content)
        hold_parts(self)
        hold_parts_in_scroll(scroll)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def _connect(self) -> None:
        self._found.answered.connect(self._on_found)
        self._found.refused.connect(self._on_refused)
        self._compared.answered.connect(self._on_compared)
        self._compared.refused.connect(self._on_refused)
        self._charts.bin_chosen.connect(self._on_bin_chosen)
        self.choice.images_asked.connect(self._on_images_asked)
        self.choice.moved.connect(self._on_moved)
        self._follow.timeout.connect(self._on_follow_due)
        self.choice.use_asked.connect(self._on_use_asked)
        self.choice.none_asked.connect(self._on_none_asked)

    # -- what is shown -----------------------------------------------------------------------

    @override
    def set_evaluation(self, evaluation: Evaluation | None) -> None:
        before, self._evaluation = self._evaluation, evaluation
        if (
            before is None
            or evaluation is None
            or (before.model, before.split) != (evaluation.model, evaluation.split)
        ):
            self.choice.forget()
        self._facts, self._before = None, None
        for requests in (self._found, self._compared):
            requests.forget()
        self.clear_choice()
        self._show_facts()
        if self.isVisible():
            self._ask()

    def _ask(self) -> None:
        """Have worked out what is not known yet; unseen it is not needed."""
        if self._evaluation is None:
            return
        if self._facts is None:
            self._found.ask("facts", find_facts, self._evaluation)
        if self._before is None and self._temperature not in (None, 1.0):
            self._compared.ask("before", find_error_before, self._evaluation, self._temperature)

    def set_run(self, temperature: float | None, kept: RejectOption | None) -> None:
        """Say what is known of the model that was evaluated.

        Args:
            temperature: By which its logits were divided; None: not known.
            kept: The threshold that is used at present; None: none.
        """
        if temperature != self._temperature:
            self._temperature, self._before = temperature, None
            self._compared.forget()
            if self.isVisible():
                self._ask()
        self.choice.set_kept(kept)
        self._say()

    @override
    def clear_choice(self) -> None:
        self._shown = None
        self._charts.clear_choice()

    @Slot(object, object)
    def _on_found(self, _key: object, facts: ConfidenceFacts) -> None:
        self._facts = facts
        self._show_facts()

    @Slot(object, object)
    def _on_compared(self, _key: object, error: float) -> None:
        self._before = error
        self._say()

    @Slot(object, object)
    def _on_refused(self, _key: object, error: StudioError) -> None:
        self.failed.emit(error)

    def _show_facts(self) -> None:
        split = self._evaluation.split if self._evaluation is not None else "val"
        self.choice.set_curves(self._facts.curves if self._facts is not None else {}, split)
        waiting = self.tr("Working it out …") if self._facts is None else ""
        self._charts.set_bins(self._facts.bins if self._facts is not None else (), waiting)
        self.choice.set_waiting(waiting)
        self._say()

    # -- the images ----------------------------------------------------------------------------

    @Slot(int)
    def _on_bin_chosen(self, number: int) -> None:
        self._shown = number
        self._tell()

    @Slot()
    def _on_images_asked(self) -> None:
        self.clear_choice()
        self._shown = _REJECTED
        self._tell()

    @Slot()
    def _on_moved(self) -> None:
        """What is shown of the threshold follows it, once it stands still."""
        if self._shown == _REJECTED:
            self._follow.start()

    @Slot()
    def _on_follow_due(self) -> None:
        if self._shown == _REJECTED:
            self._tell()

    def _tell(self) -> None:
        """Open the images behind what is chosen."""
        evaluation, facts, shown = self._evaluation, self._facts, self._shown
        if evaluation is None or facts is None or shown is None:
            return
        if shown == _REJECTED:
            title = self.tr("These would get “none of these”")
            hint = self.tr("The least certain first.")
            self.images_chosen.emit(ImageChoice(title, self.choice.rejected(), hint))
            return
        bin_ = facts.bins[shown]
        title = self.tr("Confidence {low} to {high}: {accuracy} right").format(
            low=percent_text(bin_.low, 0),
            high=percent_text(bin_.high, 0),
            accuracy=percent_text(bin_.accuracy, 0),
        )
        hint = self.tr("Errors first, the surest of them at the beginning.")
        self.images_chosen.emit(ImageChoice(title, _errors_first(facts, evaluation, shown), hint))

    @Slot()
    def _on_use_asked(self) -> None:
        threshold = self.choice.threshold
        if self._evaluation is not None and threshold is not None:
            self.threshold_wished.emit(
                ThresholdWish(self._evaluation, self.choice.score, threshold)
            )

    @Slot()
    def _on_none_asked(self) -> None:
        self.threshold_wished.emit(None)

    # -- words -------------------------------------------------------------------------------

    @override
    def tab_title(self) -> str:
        return self.tr("Confidence")

    @override
    def _retranslate(self) -> None:
        self._charts.retranslate()
        self._say()
        self._tell()

    def _say(self) -> None:
        facts = self._facts
        if facts is None:
            self._said.setText(self.tr("Working it out …") if self._evaluation is not None else "")
            for card in (self._error, self._brier):
                card.set_texts("", "–")
            self._unscaled.hide()
            return
        found = facts.calibration
        said = self.tr(
            "It says {confidence} on average, and is right in {accuracy} of cases: {judged}"
        ).format(
            confidence=percent_text(found.confidence),
            accuracy=percent_text(found.accuracy),
            judged=self._judged(found.confidence - found.accuracy, found.ece_low),
        )
        self._said.setText(unbroken(said))
        self._error.set_texts(
            self.tr("Calibration error (ECE)"),
            percent_text(found.ece),
            self.tr(
                "How far confidence and accuracy are apart on average. Its 95 % interval reaches"
                " down to 0 where a perfect model would show as much by chance."
            ),
            note=self.tr("{low} to {high}").format(
                low=percent_text(found.ece_low), high=percent_text(found.ece_high)
            ),
            note_tone="",
        )
        self._brier.set_texts(
            self.tr("Brier score"),
            self.locale().toString(found.brier, "f", 3),
            self.tr("Punishes being wrong and being sure of it; 0 is perfect, 2 the worst"),
            note=self.tr("0 is perfect"),
            note_tone="",
        )
        self._say_unscaled()

    def _say_unscaled(self) -> None:
        """What the temperature has done."""
        self._unscaled.setVisible(self._before is not None)
        if self._before is None or self._temperature is None:
            return
        text = self.tr(
            "Its probabilities were adjusted on the validation images (temperature {temperature});"
            " the calibration error was {error} before."
        )
        text = text.format(
            temperature=self.locale().toString(self._temperature, "f", 2),
            error=percent_text(self._before),
        )
        self._unscaled.setText(unbroken(text))

    def _judged(self, gap: float, low: float) -> str:
        if low == 0:
            return self.tr("the difference may be chance.")
        if abs(gap) < _CLOSE:
            return self.tr("on the whole as sure as it should be.")
        return self.tr("too sure.") if gap > 0 else self.tr("not sure enough.")

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._charts.set_room(self.width())
        self.choice.set_room(self.width())

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask()


def _errors_first(facts: ConfidenceFacts, evaluation: Evaluation, number: int) -> NDArray[np.int64]:
    """Positions of the images of a bin: errors first, in both parts the surest first."""
    found = np.flatnonzero(facts.members == number)
    order = np.lexsort((-evaluation.confidence[found], facts.right[found]))
    chosen: NDArray[np.int64] = found[order]
    return chosen
