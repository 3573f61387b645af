"""The right side of the Train page: state, curves and images of a run, live or from its folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from effnet_studio.engine.data.balance import is_uneven
from effnet_studio.engine.events import (
    BatchProgress,
    EpochFinished,
    ExamplesJudged,
    RunStarted,
)
from effnet_studio.gui.errors import Banner
from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.models.train_state import Phase, TrainState
from effnet_studio.gui.theme import SPACE_1, SPACE_4
from effnet_studio.gui.widgets.train.augment_preview import AugmentPreview
from effnet_studio.gui.widgets.train.example_strip import ExampleStrip
from effnet_studio.gui.widgets.train.live_plots import LivePlots
from effnet_studio.gui.widgets.train.train_status import StatusCard
from effnet_studio.gui.widgets.train.train_views import live_view, ready_view, run_view

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.data.dataset import Dataset
    from effnet_studio.engine.events import Event
    from effnet_studio.engine.training.runs import Run
    from effnet_studio.gui.jobs import JobRunner
    from effnet_studio.gui.theme import ThemeManager


class TrainBoard(QWidget):
    """Shows one run: the one being trained, from its events, or one on disk.

    Args:
        jobs: Gives the background threads.
        theme: Colours and icons.
        parent: Qt's owner.
    """

    def __init__(self, jobs: JobRunner, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("scroll_body")
        self.setMinimumWidth(1)
        self.warning = Banner(theme, "warning", self)
        self.warning.setObjectName("train_warning")
        self.status = StatusCard(theme, self)
        self.plots = LivePlots(theme, self)
        self.examples = ExampleStrip(jobs, theme, self)
        self.preview = AugmentPreview(jobs, theme, self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, SPACE_1, 0)
        self._column.setSpacing(SPACE_4)
        for widget in (self.warning, self.status, self.examples):
            self._column.addWidget(widget)
        self._column.addWidget(self.plots, 1)
        self._column.addWidget(self.preview)

    def add_banner(self, banner: QWidget) -> None:
        """Put a banner above everything."""
        self._column.insertWidget(0, banner)

    # -- what is drawn -------------------------------------------------------------------------

    def begin(self, epochs: int = 1) -> None:
        """Empty the curves for a run."""
        self.plots.begin(epochs=max(1, epochs), steps_per_epoch=1)
        self.examples.set_event(None)

    def draw(self, event: Event, past: Sequence[EpochFinished]) -> None:
        """Add what an event of the run tells.

        Args:
            event: What happened.
            past: Epochs of the run that are on disk, for one that is continued.
        """
        match event:
            case RunStarted():
                self.plots.begin(epochs=event.epochs, steps_per_epoch=event.steps_per_epoch)
                self.plots.add_past(each for each in past if each.epoch < event.start_epoch)
            case BatchProgress():
                self.plots.add_batch(event)
            case EpochFinished():
                self.plots.add_epoch(event)
            case ExamplesJudged():
                self.examples.set_event(event)
            case _:
                pass

    def show_run(self, run: Run) -> None:
        """Draw a run on disk."""
        self.plots.show_epochs(run.epochs)
        self.examples.set_event(None)

    # -- what is said --------------------------------------------------------------------------

    def refresh(
        self,
        state: TrainState,
        viewed: Run | None,
        dataset: Dataset | None,
        note: str,
        *,
        elsewhere: bool = False,
    ) -> None:
        """Say where the run stands.

        Args:
            state: Of the run being trained.
            viewed: The run on disk that is shown instead; None: none.
            dataset: What there is to train on.
            note: What happened just before, if nothing is shown.
            elsewhere: Whether another process is training the run on disk.
        """
        busy = state.phase.busy
        uneven = dataset is not None and is_uneven(list(dataset.counts("train").values()))
        if state.warning is not None and viewed is None:
            hint = translate_message(state.warning_hint) if state.warning_hint else ""
            self.warning.set_texts(translate_message(state.warning), hint)
        else:
            self.warning.hide()
        if viewed is not None:
            self.status.set_view(run_view(viewed, busy=busy, elsewhere=elsewhere, uneven=uneven))
        elif busy or state.phase is Phase.FAILED:
            self.status.set_view(live_view(state, uneven=uneven))
        elif dataset is not None:
            self.status.set_view(ready_view(dataset, note))
        self._place_preview(first=viewed is None and not busy)

    def _place_preview(self, *, first: bool) -> None:
        """Before the first training the images come first, afterwards its curves."""
        there = self._column.indexOf(self.preview)
        if first != (there < self._column.indexOf(self.plots)):
            self._column.removeWidget(self.preview)
            place = self._column.indexOf(self.plots) + (0 if first else 1)
            self._column.insertWidget(place, self.preview)
