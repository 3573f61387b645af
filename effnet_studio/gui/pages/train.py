"""The Train page: choose how, start, watch, and look at what came of earlier runs."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QWidget
from typing_extensions import override

from effnet_studio.engine.events import (
    PauseChanged,
    RunStarted,
)
from effnet_studio.gui.models.train_state import Phase, TrainState, advance
from effnet_studio.gui.names import named
from effnet_studio.gui.pages.base import Page
from effnet_studio.gui.pages.train_elsewhere import TrainElsewhere
from effnet_studio.gui.pages.train_runs import RunActions
from effnet_studio.gui.pages.train_settings import TrainSettings
from effnet_studio.gui.restyler import hold_parts, hold_parts_in_scroll
from effnet_studio.gui.text import count_text
from effnet_studio.gui.theme import SPACE_3
from effnet_studio.gui.turns import Portions
from effnet_studio.gui.widgets.empty_state import EmptyState
from effnet_studio.gui.widgets.train.run_list import RunList
from effnet_studio.gui.widgets.train.train_board import TrainBoard
from effnet_studio.gui.widgets.train.train_setup import TrainSetup
from effnet_studio.gui.widgets.train.train_views import (
    AGAIN,
    EVALUATE,
    RESUME,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtGui import QHideEvent, QShowEvent

    from effnet_studio.engine.errors import StudioError
    from effnet_studio.engine.events import Event
    from effnet_studio.engine.training.config import TrainConfig
    from effnet_studio.engine.training.runs import Run
    from effnet_studio.gui.jobs import Job


class TrainPage(Page):
    """Settings at the left; state, curves and runs at the right.

    What is shown is either the run being trained (worked out from its events) or one on disk.
    """

    key: ClassVar[str] = "train"
    command_buttons: ClassVar[tuple[str, ...]] = (
        "train_start",
        "train_pause",
        "train_stop",
    )

    def _build_ui(self) -> Iterator[None]:
        self._state = TrainState()
        self._viewed: Run | None = None
        self._job: Job | None = None
        self._note = ""
        self._replay = Portions(self._draw, self)
        self.empty = EmptyState(self.theme, "images", self)
        yield
        self.setup = TrainSetup(self.theme, self)
        yield from self.setup.build()
        yield
        self.board = TrainBoard(self.session.jobs, self.theme, self)
        yield
        preview = self.board.preview
        self.choices = TrainSettings(self.session, self.theme, self.setup, preview, self)
        self.estimator = self.choices.estimator
        yield
        self.plots = self.board.plots
        self.run_list = RunList(self.theme, self)
        self.plots.add_tile(self.run_list)
        self.run_actions = RunActions(self.session, self.theme, self.run_list, self)
        self.elsewhere = TrainElsewhere(self.session, self.theme, self.run_list, self)
        for banner in (self.run_actions.banner, self.elsewhere.banner):
            self.board.add_banner(banner)
        yield
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._build_work())
        self.body.addWidget(self._stack, 1)
        hold_parts(self._stack)

    def _build_work(self) -> QWidget:
        scroll = named(QScrollArea(self), "train_scroll")
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self.board)
        hold_parts_in_scroll(scroll)
        work = QWidget(self)
        hold_parts(work)
        layout = QHBoxLayout(work)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_3)  # the column has room for its scroll bar
        layout.addWidget(self.setup)
        layout.addWidget(scroll, 1)
        return work

    def _connect(self) -> None:
        session = self.session
        session.project_changed.connect(self._on_project_changed)
        session.dataset_changed.connect(self._refresh)
        session.runs_changed.connect(self._on_runs_changed)
        session.training_started.connect(self._on_training_started)
        self.empty.action_clicked.connect(self._on_data_asked)
        self.setup.start_clicked.connect(self._on_start)
        self.setup.pause_clicked.connect(self._on_pause)
        self.setup.stop_clicked.connect(self._on_stop)
        self.board.status.action_clicked.connect(self._on_action)
        self.plots.save_failed.connect(session.error_raised)
        session.elsewhere_changed.connect(self._refresh_live)
        self.run_list.run_chosen.connect(self._on_run_chosen)
        self.elsewhere.watch_asked.connect(self._on_run_chosen)
        self.run_actions.again_asked.connect(self._on_again_asked)
        self.run_actions.continue_asked.connect(self._on_continue_asked)
        self._take_present_state()

    def _take_present_state(self) -> None:
        """Catch up with what happened before the page was made."""
        self.run_list.set_runs(self.session.runs)
        self.setup.set_runs(self.session.runs)
        job = self.session.training_job
        if job is not None:
            self._on_training_started(job)
            for event in self.session.training_events:
                self._advance(event)
            self._replay.start(self.session.training_events)
            self._refresh_live()
        elif self.session.runs:
            self._view_run(self.session.runs[0])

    # -- the run being trained ---------------------------------------------------------------------

    @Slot(object)
    def _on_training_started(self, job: Job) -> None:
        self._job = job
        self.estimator.stop()
        job.event_received.connect(self._on_event)
        job.pause_changed.connect(self._on_pause_changed)
        job.succeeded.connect(self._on_ended_well)
        job.cancelled.connect(self._on_cancelled)
        job.failed.connect(self._on_failed)
        job.finished.connect(self._on_finished)
        if self._state.phase is not Phase.PREPARING:
            self._begin(self._setup_state())
        self._refresh()

    def _setup_state(self) -> TrainState:
        return TrainState(
            Phase.PREPARING, model=self.setup.spec.name, preset=self.setup.presets.preset
        )

    def _begin(self, state: TrainState) -> None:
        self._replay.stop()
        self._state = state
        self._viewed = None
        self._note = ""
        self.board.begin(state.epochs)

    @Slot(object)
    def _on_event(self, event: Event) -> None:
        self._advance(event)
        if self._viewed is None and not self._replay.running:
            self._draw(event)
        self._refresh_live()

    def _advance(self, event: Event) -> None:
        run = self._continued(event)
        self._state = advance(self._state, event, run.best if run else None)

    def _draw(self, event: Event) -> None:
        run = self._continued(event)
        self.board.draw(event, run.epochs if run else ())

    def _continued(self, event: Event) -> Run | None:
        """The run that goes on with this event, whoever continued it."""
        if not isinstance(event, RunStarted):
            return None
        return next((run for run in self.session.runs if run.run_id == event.run_id), None)

    @Slot(bool)
    def _on_pause_changed(self, paused: bool) -> None:  # noqa: FBT001 - Qt's signature
        self._on_event(PauseChanged(paused=paused))

    @Slot()
    def _on_ended_well(self) -> None:
        self._state = replace(self._state, phase=Phase.DONE)

    @Slot()
    def _on_cancelled(self) -> None:
        self._state = TrainState()
        self._note = self.tr("Stopped before the first epoch was over; nothing was kept.")

    @Slot(object)
    def _on_failed(self, error: StudioError) -> None:
        self._state = replace(self._state, phase=Phase.FAILED, error=error)

    @Slot()
    def _on_finished(self) -> None:
        self._job = None
        self._refresh()  # the runs on disk follow by runs_changed

    # -- runs on disk ------------------------------------------------------------------------------

    @Slot(object)
    def _on_runs_changed(self, runs: tuple[Run, ...]) -> None:
        viewed = self._viewed.run_id if self._viewed else None
        self.setup.set_runs(runs)
        live = self._state.run_id if self._state.phase.busy else ""
        self.run_list.set_runs([run for run in runs if run.run_id != live])
        if self._state.phase is Phase.DONE or (viewed is None and self._state.phase is Phase.READY):
            self._state = TrainState()
            self._view_run(runs[0] if runs and not self._note else None)
        else:
            found = next((run for run in runs if run.run_id == viewed), None)
            if found is None and viewed is not None and runs and not self._state.phase.busy:
                found = runs[0]  # what was looked at has been deleted
            self._view_run(found)

    @Slot(object)
    def _on_run_chosen(self, run: Run | None) -> None:
        self._note = ""
        if self._state.phase is Phase.FAILED and run is not None:
            self._state = TrainState()
        self._view_run(run)

    def _view_run(self, run: Run | None) -> None:
        """Show a run on disk, or the one being trained."""
        changed = run is not self._viewed
        self._viewed = run
        if run is not None:
            self._replay.stop()
            self.board.show_run(run)
        elif self._state.phase.busy and changed:
            self._replay.start(self.session.training_events)
        elif not self._state.phase.busy and self._state.phase is not Phase.FAILED:
            self.board.begin()
        self._refresh()

    # -- what the user does ------------------------------------------------------------------------

    @Slot()
    def _on_start(self) -> None:
        config = self.choices.config()
        if config is not None:
            self._begin_run(_expected(config), partial(self.session.start_training, config))

    def _begin_run(
        self, state: TrainState, start: Callable[[], Job | None], shown: Run | None = None
    ) -> None:
        """Start a training; if that is impossible, show again what was shown.

        Args:
            state: What is known of it.
            start: Starts it.
            shown: The run it comes from.
        """
        self._begin(state)
        if start() is None:
            self._state = TrainState()
            self._view_run(shown)

    def _resume(self, run: Run) -> None:
        start = partial(self.session.resume_training, run.run_id)
        self._begin_run(_expected(run.config), start, run)

    @Slot(object)
    def _on_again_asked(self, run: Run) -> None:
        start = partial(self.session.reproduce_training, run.run_id)
        self._begin_run(_expected(run.config), start, run)

    @Slot(object)
    def _on_continue_asked(self, run: Run) -> None:
        start = partial(self.session.continue_training, run.run_id)
        self._begin_run(_expected(run.config), start, run)

    @Slot()
    def _on_pause(self) -> None:
        if self._job is not None:
            if self._job.paused:
                self._job.resume()
            else:
                self._job.pause()

    @Slot()
    def _on_stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._state = replace(self._state, phase=Phase.STOPPING)
            self._refresh()

    @Slot(str)
    def _on_action(self, key: str) -> None:
        run = self._viewed
        if run is None:
            return
        if key == RESUME:
            self._resume(run)
        elif key == AGAIN:
            self.setup.set_config(run.config)
        else:
            choose = self.session.want_check if key == EVALUATE else self.session.select_run
            choose(run.run_id)
            self.navigation_asked.emit(key)

    @Slot()
    def _on_data_asked(self) -> None:
        self.navigation_asked.emit("data")

    # -- the project -------------------------------------------------------------------------------

    @Slot()
    def _on_project_changed(self) -> None:
        self._state = TrainState()
        self._viewed = None
        self._note = ""

    # -- showing -----------------------------------------------------------------------------------

    @Slot()
    def _refresh(self) -> None:
        """Show everything anew after something other than an event."""
        self._retranslate_header()
        has_data = self.session.dataset is not None
        self._stack.setCurrentIndex(1 if has_data else 0)
        self._refresh_live()
        project = self.session.project
        locked = project is not None and project.read_only
        self.setup.set_startable(
            startable=has_data and not locked,
            reason=self.tr("The project is open elsewhere; here it can only be looked at.")
            if locked
            else "",
        )
        self.run_list.set_possible(
            editable=project is not None and not locked,
            free=has_data and not self._state.phase.busy,
        )
        viewed = self._viewed.run_id if self._viewed else None
        self.run_list.choose(viewed)
        self.elsewhere.set_viewed(viewed)

    @Slot()
    def _refresh_live(self) -> None:
        """Show what an event may have changed."""
        phase = self._state.phase
        self.setup.set_running(
            running=phase.busy, paused=phase is Phase.PAUSED, stopping=phase is Phase.STOPPING
        )
        self.run_list.set_live(self._state if phase.busy else None)
        viewed = self._viewed
        elsewhere = viewed is not None and viewed.run_id in self.session.elsewhere
        self.board.refresh(
            self._state, viewed, self.session.dataset, self._note, elsewhere=elsewhere
        )
        self.setup.set_start_primary(primary=not self.board.status.has_primary)

    @override
    def _retranslate(self) -> None:
        self.empty.set_texts(
            self.tr("There is nothing to learn from yet"),
            self.tr("Import a folder of images first: one sub-folder for each class."),
            action=self.tr("Go to Data"),
        )
        self.run_actions.retranslate()
        self.choices.retranslate()
        self.elsewhere.retranslate()
        self._refresh()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.estimator.set_active(active=True)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.estimator.set_active(active=False)

    def _retranslate_header(self) -> None:
        dataset = self.session.dataset
        subtitle = self.tr("Teach a model to tell your classes apart.")
        if dataset is not None:
            counts = [len(dataset.subset(split)) for split in ("train", "val")]
            text = self.tr("{train} images to learn from, {val} to check with, {classes} classes")
            subtitle = text.format(
                train=count_text(counts[0]),
                val=count_text(counts[1]),
                classes=len(dataset.classes),
            )
        self.header.set_texts(self.tr("Train"), subtitle)


def _expected(config: TrainConfig) -> TrainState:
    """What is known of a training before it tells anything."""
    return TrainState(
        Phase.PREPARING, model=config.model, preset=config.preset, epochs=config.epochs
    )
