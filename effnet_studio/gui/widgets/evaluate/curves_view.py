"""How well each class is told from the rest, at any threshold: ROC and precision-recall."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.gui.curve_keeper import CurveKeeper
from effnet_studio.gui.errors import ErrorPanel
from effnet_studio.gui.models.curve_choice import (
    BINS,
    bin_numbers,
    images_in_bin,
    misplaced,
    mistakes_at,
)
from effnet_studio.gui.models.image_choice import ImageChoice
from effnet_studio.gui.models.rows_table import Column
from effnet_studio.gui.names import named
from effnet_studio.gui.restyler import hold_parts, hold_parts_in_scroll
from effnet_studio.gui.text import count_text, percent_text, threshold_text
from effnet_studio.gui.theme import SPACE_4, set_role
from effnet_studio.gui.widgets.evaluate.class_ranking import ClassRanking
from effnet_studio.gui.widgets.evaluate.curve_pair import MACRO, MICRO, MOST, ShownCurve
from effnet_studio.gui.widgets.evaluate.curve_plots import CurvePlots
from effnet_studio.gui.widgets.evaluate.evaluation_tab import EvaluationTab
from effnet_studio.gui.widgets.evaluate.score_histogram import OWN, ScoreHistogram
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.plots.twin_card import TwinCard

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QResizeEvent, QShowEvent

    from effnet_studio.engine.errors import StudioError
    from effnet_studio.engine.evaluation.curves.class_curves import ClassCurves
    from effnet_studio.engine.evaluation.curves.curve_intervals import CurveIntervals
    from effnet_studio.engine.evaluation.curves.curves import ThresholdCounts
    from effnet_studio.engine.evaluation.evaluate import Evaluation
    from effnet_studio.gui.jobs import JobRunner
    from effnet_studio.gui.theme import ThemeManager

_WIDE: Final = 860
"""Width from which the table stands beside the curves, pixels."""
_TABLE_WIDTH: Final = 450
_TABLE_ROWS: Final = (2, 4)
"""Rows of the table where it stands above the curves: at least, at most."""
_PLOTS_HEIGHT: Final = 370


class CurvesView(EvaluationTab):
    """A table of classes, the curves of those chosen in it, and how their probabilities are spread.

    Args:
        jobs: Work out curves and intervals in the background.
        theme: Colours.
        parent: Qt's owner.
    """

    def __init__(self, jobs: JobRunner, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("curves_view")
        self._theme = theme
        self._evaluation: Evaluation | None = None
        self._curves: ClassCurves | None = None
        self._labels: tuple[int, ...] = ()
        self._counts: dict[int, ThresholdCounts] = {}
        self._scores = np.empty(0)
        self._chosen: tuple[int, ...] | None = None
        self._keeper = CurveKeeper(jobs, self)
        self._build_ui()
        self._connect()
        self._retranslate()

    def _build_ui(self) -> None:
        self._ranking = ClassRanking(self._theme, self)
        self._plots = CurvePlots(self._theme, self)
        self._plots.setMinimumHeight(_PLOTS_HEIGHT)
        self._histogram = ScoreHistogram(self._theme, self)
        self._spread = TwinCard(self._histogram, self._theme, name="score_spread", parent=self)
        self._spread.set_waiting("")
        right = QVBoxLayout()
        right.setSpacing(SPACE_4)
        right.addWidget(self._plots, 1)
        right.addWidget(self._spread)
        body = named(QWidget(self), "scroll_body")
        self._halves = QBoxLayout(QBoxLayout.Direction.TopToBottom, body)
        self._halves.setContentsMargins(0, 0, 0, 0)
        self._halves.setSpacing(SPACE_4)
        self._halves.addWidget(self._ranking)
        self._halves.addLayout(right, 1)
        scroll = named(QScrollArea(self), "curves_scroll")
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(body)
        self._waiting = named(Label(self), "curves_waiting")
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_role(self._waiting, "muted")
        self._states = named(QStackedWidget(self), "curves_states")
        self._states.addWidget(self._waiting)
        self._states.addWidget(scroll)
        self._scroll = scroll
        for holder in (self, self._states):
            hold_parts(holder)
        hold_parts_in_scroll(scroll)
        self._error = ErrorPanel(self._theme, self)
        self._again = named(QPushButton(self._error), "curves_again")
        self._error.add_button(self._again)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._error)
        layout.addWidget(self._states, 1)
        self._arrange(wide=False)

    def _connect(self) -> None:
        self._keeper.judged.connect(self._on_judged)
        self._keeper.intervals_found.connect(self._on_intervals_found)
        self._keeper.failed.connect(self._on_failed)
        self._ranking.classes_chosen.connect(self._on_classes_chosen)
        self._plots.point_chosen.connect(self._on_point_chosen)
        self._histogram.bar_chosen.connect(self._on_bar_chosen)
        for twin in (self._plots.twin, self._spread.twin):
            twin.save_failed.connect(self._on_save_failed)
        self._again.clicked.connect(self._on_again)

    def _arrange(self, *, wide: bool) -> None:
        """Put the table beside the curves where there is room, else above them."""
        direction = QBoxLayout.Direction
        self._halves.setDirection(direction.LeftToRight if wide else direction.TopToBottom)
        if wide:
            self._ranking.setMinimumHeight(0)
            self._ranking.setMaximumHeight(16_777_215)
            self._ranking.setFixedWidth(_TABLE_WIDTH)
        else:
            least, most = _TABLE_ROWS
            rows = next(
                (
                    count
                    for count in range(most, least, -1)
                    if self._ranking.height_for(count) + SPACE_4 + _PLOTS_HEIGHT <= self.height()
                ),
                least,
            )
            self._ranking.setFixedHeight(self._ranking.height_for(rows))
            self._ranking.setMinimumWidth(0)
            self._ranking.setMaximumWidth(16_777_215)

    # -- what is shown -----------------------------------------------------------------------------

    @override
    def tab_title(self) -> str:
        return self.tr("Curves")

    @override
    def set_evaluation(self, evaluation: Evaluation | None) -> None:
        self._keeper.stop()
        before, self._evaluation = self._evaluation, evaluation
        if before is None or evaluation is None or before.classes != evaluation.classes:
            self._labels = ()
        self._curves, self._chosen = None, None
        self._error.clear()
        self._states.setCurrentWidget(self._waiting)
        self._tell_waiting()
        if self.isVisible():
            self._ask()

    @override
    def clear_choice(self) -> None:
        self._chosen = None
        self._plots.set_mark(None)
        self._histogram.set_threshold(None)
        self._histogram.clear_choice()

    def _ask(self) -> None:
        """Work out the curves, if they are not known; unseen they are not needed."""
        if self._evaluation is not None and self._curves is None and self._keeper.settled:
            self._keeper.ask(self._evaluation)

    @Slot(object)
    def _on_judged(self, curves: ClassCurves) -> None:
        if self._evaluation is None:
            return
        self._curves, self._counts = curves, {}
        self._ranking.set_curves(self._evaluation.classes, curves)
        worst = self._ranking.worst
        labels = self._labels or (() if worst is None else (worst,))
        self._ranking.choose(labels)
        self._show(labels)
        self._states.setCurrentWidget(self._scroll)
        self._arrange(wide=self.width() >= _WIDE)

    @Slot(object)
    def _on_intervals_found(self, intervals: CurveIntervals) -> None:
        self._ranking.set_intervals(intervals)

    @Slot(object)
    def _on_failed(self, error: StudioError) -> None:
        self._again.show()
        self._error.show_error(error)
        self._tell_waiting()

    @Slot(object)
    def _on_save_failed(self, error: StudioError) -> None:
        self._again.hide()
        self._error.show_error(error)

    @Slot()
    def _on_again(self) -> None:
        self._error.clear()
        self._tell_waiting()
        self._ask()

    def _show(self, labels: tuple[int, ...]) -> None:
        """Draw the curves of classes, and the histogram of the first."""
        evaluation, curves = self._evaluation, self._curves
        if evaluation is None or curves is None or not labels:
            return
        self._labels = labels
        shown = []
        for label in labels[:MOST]:
            if label not in self._counts:
                self._counts[label] = curves.scores.counts(label)
            counts = self._counts[label]
            if counts.positives and counts.negatives:
                shown.append(ShownCurve(label, evaluation.classes[label], counts))
        averages = {MACRO: curves.macro, MICRO: curves.micro} if curves.scores.classes > 2 else {}
        self._scores = curves.scores.of(labels[0])
        if shown:
            self._plots.set_curves(self._curves_title(), shown, averages)
        else:
            self._plots.set_nothing(self._curves_title(), self._why_nothing())
        self._show_spread()

    def _show_spread(self) -> None:
        numbers, own = bin_numbers(self._scores), self._own()
        counts = np.stack([np.bincount(numbers[group], minlength=BINS) for group in (own, ~own)])
        name = self._name()
        self._histogram.set_counts(counts, name, self.tr("others"))
        title = self.tr("Probability of {name}").format(name=name)
        self._spread.set_title(title)
        self._histogram.setAccessibleName(title)
        self._spread.set_caption(
            self.tr("Upwards its own images, downwards all others; each half has its own scale.")
        )
        rows = [
            (_range_text(number), *(count_text(int(counts[group, number])) for group in (0, 1)))
            for number in range(BINS)
        ]
        heads = (self.tr("Probability"), name, self.tr("others"))
        self._spread.set_table([Column(heads[0], number=False), *map(Column, heads[1:])], rows)

    # -- answers -----------------------------------------------------------------------------------

    @Slot(object)
    def _on_classes_chosen(self, labels: tuple[int, ...]) -> None:
        self._show(labels)
        self._histogram.set_threshold(None)
        self._chosen = ()
        self._emit_chosen()

    @Slot(int, int)
    def _on_point_chosen(self, label: int, place: int) -> None:
        if label != self._labels[0]:  # the histogram follows the curve
            self._turn_to(label)
        self._histogram.clear_choice()
        self._histogram.set_threshold(float(self._counts[label].thresholds[place]))
        self._chosen = (place,)
        self._emit_chosen()

    @Slot(int, int)
    def _on_bar_chosen(self, row: int, number: int) -> None:
        self._chosen = (row, number)
        self._emit_chosen()

    def _turn_to(self, label: int) -> None:
        """Make another of the curves the first, without drawing them anew."""
        curves = self._curves
        if curves is None:
            return
        self._labels = (label, *(each for each in self._labels if each != label))
        self._scores = curves.scores.of(label)
        self._show_spread()

    def _emit_chosen(self) -> None:
        """Tell which images are chosen, in the window's language."""
        match self._chosen:
            case ():
                choice = self._row_choice()
            case (place,):
                choice = self._point_choice(place)
            case (row, number):
                choice = self._bar_choice(row, number)
            case _:
                return
        self.images_chosen.emit(choice)

    def _row_choice(self) -> ImageChoice:
        return ImageChoice(
            self.tr("{name}: on the wrong side of others").format(name=self._name()),
            misplaced(self._own(), self._scores),
            self.tr(
                "What keeps AUC from 1, the worst first: images of the class less likely than "
                "others, and others more likely than they."
            ),
        )

    def _point_choice(self, place: int) -> ImageChoice:
        threshold = float(self._counts[self._labels[0]].thresholds[place])
        wrong = mistakes_at(self._own(), self._scores, threshold)
        title = self.tr("{name} from {threshold}: {false}, {missed}").format(
            name=self._name(),
            threshold=threshold_text(threshold),
            false=self.tr("%n false alarm(s)", "", len(wrong.false_alarms)),
            missed=self.tr("%n missed", "", len(wrong.missed)),
        )
        hint = self.tr("First the false alarms, the surest first; then the missed, the least sure.")
        return ImageChoice(title, np.concatenate([wrong.false_alarms, wrong.missed]), hint)

    def _bar_choice(self, row: int, number: int) -> ImageChoice:
        own = self._own()
        members = own if row == OWN else ~own
        title = (
            self.tr("{name}, its probability {range}")
            if row == OWN
            else self.tr("Other images, probability of {name} {range}")
        )
        return ImageChoice(
            title.format(name=self._name(), range=_range_text(number)),
            images_in_bin(members, self._scores, number, rising=row == OWN),
            self.tr("By the probability of {name}.").format(name=self._name()),
        )

    # -- words -------------------------------------------------------------------------------------

    def _own(self) -> NDArray[np.bool_]:
        """Which images are of the first of the classes shown."""
        return np.asarray(self._evaluation.true == self._labels[0] if self._evaluation else [])

    def _name(self) -> str:
        return self._evaluation.classes[self._labels[0]] if self._evaluation else ""

    def _curves_title(self) -> str:
        evaluation, labels = self._evaluation, self._labels
        if evaluation is None or not labels:
            return ""
        if len(labels) > MOST:
            return self.tr("The first {count} of the chosen classes").format(count=count_text(MOST))
        if len(labels) > 1:
            return self.tr("{count} classes, each against the rest").format(
                count=count_text(len(labels))
            )
        name = evaluation.classes[labels[0]]
        if len(evaluation.classes) == 2:
            other = evaluation.classes[1 - labels[0]]
            return self.tr("{name} (positive) against {other}").format(name=name, other=other)
        return self.tr("{name} against the rest").format(name=name)

    def _why_nothing(self) -> str:
        if len(self._labels) == 1 and self._own().any():
            return self.tr("All images are of this class: there is nothing to tell it from.")
        return self.tr("There are no images of it, so there is no curve.")

    def _tell_waiting(self) -> None:
        waits = self._evaluation is not None and self._error.error is None
        self._waiting.setText(self.tr("Working out the curves…") if waits else "")

    @override
    def _retranslate(self) -> None:
        self.setAccessibleName(self.tab_title())
        self._again.setText(self.tr("Try again"))
        self._again.setAccessibleName(self._again.text())
        self._tell_waiting()
        if self._curves is not None and self._labels:
            if self._plots.empty:
                self._plots.set_nothing(self._curves_title(), self._why_nothing())
            else:
                self._plots.set_title(self._curves_title())
            self._show_spread()
            self._emit_chosen()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(wide=self.width() >= _WIDE)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask()


def _range_text(number: int) -> str:
    """The probabilities that a bar stands for."""
    low, high = percent_text(number / BINS, 0), percent_text((number + 1) / BINS, 0)
    return f"{low} – {high}"
