"""Measure models on this computer, and see what came out: a plot and a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.engine.benchmark.results import load_results, this_versions
from effnet_studio.engine.events import Noted, Progress, Warned
from effnet_studio.gui.errors import Banner, describe_error
from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.models.benchmark_table import MEASUREMENT_ROLE, WIDTHS, BenchmarkTable
from effnet_studio.gui.names import named
from effnet_studio.gui.questions import Requests
from effnet_studio.gui.text import remaining_text
from effnet_studio.gui.theme import SPACE_2, SPACE_4, set_role
from effnet_studio.gui.widgets.architectures.benchmark_setup import BenchmarkSetup
from effnet_studio.gui.widgets.architectures.latency_plot import LatencyPlot
from effnet_studio.gui.widgets.busy_bar import BusyBar
from effnet_studio.gui.widgets.empty_state import EmptyState
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.plots.table_twin import TableTwin

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex

    from effnet_studio.engine.benchmark.results import Measurement, Results
    from effnet_studio.engine.errors import StudioError
    from effnet_studio.engine.events import Event
    from effnet_studio.gui.jobs import Job
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.theme import ThemeManager

KIND = "benchmark"
"""Of the job."""


class BenchmarkView(QWidget):
    """The choice at the left, the results at the right.

    Args:
        session: Runs the job.
        theme: Colours and icons.
        parent: Qt's owner.
    """

    results_changed = Signal(object)
    """All :class:`~effnet_studio.engine.benchmark.results.Results` of this computer."""
    model_chosen = Signal(str)
    """Catalog name of the row that was activated or the point that was clicked."""

    def __init__(
        self, session: Session, theme: ThemeManager, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("benchmark_view")
        self._session = session
        self._job: Job | None = None
        self._results: Results | None = None
        self._said = ""
        self._remaining: float | None = None
        self._requests = Requests(session.jobs, parent=self)
        self._build_ui(theme)
        self._connect()
        self._retranslate()
        self.reload()

    def _build_ui(self, theme: ThemeManager) -> None:
        self.setup = BenchmarkSetup(theme, self)
        self.banner = Banner(theme, "warning", self)
        self._working = QWidget(self)
        self._working.hide()
        self._detail = named(Label(self), "benchmark_detail")
        set_role(self._detail, "caption")
        self._bar = named(BusyBar(self), "benchmark_progress")
        self._bar.setTextVisible(False)
        lines = QVBoxLayout(self._working)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(SPACE_2)
        lines.addWidget(self._detail)
        lines.addWidget(self._bar)
        self.plot = LatencyPlot(theme, self)
        self.model = BenchmarkTable(self)
        self.twin = TableTwin(self.model, name="benchmark", parent=self)
        self._arrange_table()
        self.empty = EmptyState(theme, "clock", self)
        set_role(self.empty.action, "plain")  # the column beside it has the main one
        split = named(QSplitter(Qt.Orientation.Vertical, self), "benchmark_splitter")
        split.addWidget(self.plot)
        split.addWidget(self.twin)
        split.setSizes([340, 260])
        split.setHandleWidth(SPACE_4)
        split.setChildrenCollapsible(False)
        self.plot.setMinimumHeight(220)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(split)
        right = QVBoxLayout()
        right.setSpacing(SPACE_4)
        right.addWidget(self.banner)
        right.addWidget(self._working)
        right.addWidget(self._stack, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_4)
        layout.addWidget(self.setup)
        layout.addLayout(right, 1)

    def _arrange_table(self) -> None:
        table = self.twin.table
        table.setSortingEnabled(True)
        table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        table.setWordWrap(False)
        table.setMinimumHeight(120)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, width in enumerate(WIDTHS):
            table.setColumnWidth(column, width)
        header.setStretchLastSection(True)

    def _connect(self) -> None:
        self.setup.start_clicked.connect(self.start)
        self.setup.stop_clicked.connect(self.stop)
        self.empty.action_clicked.connect(self.start)
        self.plot.model_chosen.connect(self.model_chosen)
        self.twin.table.activated.connect(self._on_activated)
        self.twin.save_failed.connect(self._on_failed)
        self._requests.answered.connect(self._on_loaded)

    # -- results ---------------------------------------------------------------------------------

    @Slot()
    def reload(self) -> None:
        """Read this computer's results in the background."""
        self._requests.ask_only("results", load_results)

    @property
    def results(self) -> Results | None:
        """What is shown; None until it has been read."""
        return self._results

    @Slot(object, object)
    def _on_loaded(self, _key: object, results: Results) -> None:
        self._results = results
        self.model.set_measurements(results.measurements, this_versions())
        self.plot.set_measurements(results.measurements)
        self._stack.setCurrentIndex(1 if results.measurements else 0)
        self.results_changed.emit(results)

    @Slot(object)
    def _on_activated(self, index: QModelIndex) -> None:
        measurement: Measurement = index.data(MEASUREMENT_ROLE)
        self.model_chosen.emit(measurement.model)

    # -- the job ---------------------------------------------------------------------------------

    @property
    def running(self) -> bool:
        """Whether something is being measured."""
        return self._job is not None

    @Slot()
    def start(self) -> None:
        """Measure what is chosen."""
        if self._job is not None or not self.setup.chosen:
            return
        from effnet_studio.engine.benchmark.measure import measure

        self.banner.set_texts("")
        job = self._session.jobs.start(
            measure,
            self.setup.plan(),
            title=lambda: self.tr("Measuring models"),
            kind=KIND,
            heavy=False,  # PyTorch is needed in the processes that are measured, not here
        )
        self._job = job
        job.event_received.connect(self._on_event)
        job.failed.connect(self._on_failed)
        job.finished.connect(self._on_finished)
        self._said, self._remaining = "", None
        self._bar.setRange(0, 0)
        self._show_state()

    @Slot()
    def stop(self) -> None:
        """Ask the job to stop; what was finished stays."""
        if self._job is not None:
            self._job.cancel()
            self.setup.stop.setEnabled(False)

    @Slot(object)
    def _on_event(self, event: Event) -> None:
        match event:
            case Progress():
                if event.total and event.done:
                    self._bar.setRange(0, event.total)
                    self._bar.setValue(event.done)
                self._remaining = event.eta_seconds
            case Noted():
                self._said = translate_message(event.message)
            case Warned():
                self.banner.set_tone("warning")
                hint = "" if event.hint is None else translate_message(event.hint)
                self.banner.set_texts(translate_message(event.message), hint)
        self._show_detail()

    @Slot(object)
    def _on_failed(self, error: StudioError) -> None:
        self.banner.set_tone("danger")
        self.banner.set_texts(*describe_error(error))

    @Slot()
    def _on_finished(self) -> None:
        self._job = None
        self._show_state()
        self.reload()

    def _show_state(self) -> None:
        self.setup.set_running(self.running)
        self._working.setVisible(self.running)
        self.empty.action.setEnabled(not self.running)
        self._show_detail()

    def _show_detail(self) -> None:
        said = self._said or self.tr("Making the files to measure …")
        left = remaining_text(self._remaining) if self._said else ""
        self._detail.setText(f"{said}  {left}".rstrip())

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.model.retranslate()
        self.twin.table.setAccessibleName(self.tr("What was measured on this computer"))
        self._bar.setAccessibleName(self.tr("Progress of measuring"))
        self.empty.set_texts(
            self.tr("Nothing was measured on this computer yet"),
            self.tr(
                "Check the models you have in mind. They take turns, so other work slows them all "
                "alike; best close other programs."
            ),
            action=self.tr("Measure"),
        )
        self._show_detail()
