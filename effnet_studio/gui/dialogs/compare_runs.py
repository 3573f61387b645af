"""Two runs side by side: figures, what may be chance, images on which they disagree, settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.engine.events import Event, Progress
from effnet_studio.gui import contents
from effnet_studio.gui.errors import describe_error
from effnet_studio.gui.explained import Explained
from effnet_studio.gui.focus import ReadingOrder
from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.models.comparisons import (
    ground_text,
    range_text,
    verdict_tone,
)
from effnet_studio.gui.models.run_list import titles_of
from effnet_studio.gui.names import named
from effnet_studio.gui.text import count_text, percent_text
from effnet_studio.gui.theme import SPACE_2, SPACE_3, SPACE_4, SPACE_5
from effnet_studio.gui.widgets.evaluate.disagreements_view import DisagreementsView
from effnet_studio.gui.widgets.evaluate.gains_table import GainsTable
from effnet_studio.gui.widgets.evaluate.run_contrast import RunContrast
from effnet_studio.gui.widgets.evaluate.run_verdict import RunVerdict
from effnet_studio.gui.widgets.figure_card import FigureCard
from effnet_studio.gui.widgets.job_bar import progress_text
from effnet_studio.gui.widgets.tab_bar import TabBar

if TYPE_CHECKING:
    from effnet_studio.engine.data.dataset import Split
    from effnet_studio.engine.errors import StudioError
    from effnet_studio.engine.evaluation.comparing.comparison import Comparison
    from effnet_studio.engine.training.runs import Run
    from effnet_studio.gui.jobs import Job
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.theme import ThemeManager

_SIZE: Final = (1040, 780)
_SIDES: Final = ("first", "second")
_PARTS: Final[tuple[Split, ...]] = ("test", "val")


class CompareDialog(Explained, ReadingOrder, QDialog):
    """Stands beside the window, which stays usable; closing it stops its job.

    Args:
        session: The open project.
        theme: Colours and icons.
        first: A run.
        second: Another.
        parent: Qt's owner.
    """

    def __init__(
        self,
        session: Session,
        theme: ThemeManager,
        first: Run,
        second: Run,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        theme.add_window(self)
        self.setObjectName("compare_runs")
        self._session = session
        self._runs = (first, second)
        self._found: Comparison | None = None
        self._error: StudioError | None = None
        self._job: Job | None = None
        self._again = False
        self._build_ui(theme)
        self._connect()
        self._begin()
        self.resize(*_SIZE)

    def _build_ui(self, theme: ThemeManager) -> None:
        dataset = self._session.dataset
        counts = {part: len(dataset.subset(part)) if dataset is not None else 0 for part in _PARTS}
        self._figures = [
            FigureCard(f"compare_{side}", self, below=True, elided=True) for side in _SIDES
        ]
        self._verdict = RunVerdict(counts, self)
        self._gains = GainsTable(self)
        self._images = DisagreementsView(self._session.jobs, theme, self)
        self._contrast = RunContrast(theme, *self._runs, self._session.runs, self)
        self._tabs = named(TabBar(self), "compare_tabs")
        self._tabs.setExpanding(False)
        self._stack = QStackedWidget(self)
        for view in (self._images, self._contrast):
            self._tabs.addTab("")
            self._stack.addWidget(view)
        self._lay_out()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(SPACE_3)
        for card in self._figures:
            top.addWidget(card, 1)
        top.addWidget(self._verdict, 3)
        below = QVBoxLayout()
        below.setSpacing(SPACE_2)
        below.addWidget(self._tabs)
        below.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_5, SPACE_5, SPACE_5, SPACE_5)
        column.setSpacing(SPACE_4)
        column.addLayout(top)
        column.addWidget(self._gains)
        column.addLayout(below, 1)

    def _connect(self) -> None:
        self._tabs.currentChanged.connect(self._stack.setCurrentIndex)
        self._verdict.part_changed.connect(self._on_part_changed)
        self._contrast.save_failed.connect(self._session.error_raised)
        self._gains.twin.save_failed.connect(self._session.error_raised)
        self._session.project_changed.connect(self.close)
        self.finished.connect(self._stop)  # Escape sends no close event

    # -- the job -------------------------------------------------------------------------------

    def _begin(self) -> None:
        """Compare on the chosen part; a job for another part ends first."""
        project, part = self._session.project, self._verdict.part
        self._found = self._error = None
        self._again = self._job is not None
        if self._job is not None:
            self._job.cancel()
        elif project is not None:
            ids = (run.run_id for run in self._runs)
            job = self._session.jobs.start(
                contents.compare_runs,
                project,
                *ids,
                part,
                title=lambda: self.tr("Comparing runs"),
                kind="compare",
            )
            job.event_received.connect(self._on_event)
            job.succeeded.connect(self._on_compared)
            job.failed.connect(self._on_failed)
            job.finished.connect(self._on_finished)
            self._job = job
        self._verdict.set_progress()
        self._retranslate()

    @Slot(str)
    def _on_part_changed(self, _part: str) -> None:
        self._begin()

    @Slot(object)
    def _on_event(self, event: Event) -> None:
        if isinstance(event, Progress):
            self._verdict.set_progress(event.done, event.total, progress_text(event))

    @Slot(object)
    def _on_compared(self, found: Comparison) -> None:
        self._found = found

    @Slot(object)
    def _on_failed(self, error: StudioError) -> None:
        self._error = error

    @Slot()
    def _on_finished(self) -> None:
        self._job = None
        if self._again and self.isVisible():
            self._begin()
            return
        self._verdict.hide_progress()
        self._retranslate()

    @Slot()
    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    # -- what is shown -------------------------------------------------------------------------

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        found = self._found
        self.setWindowTitle(self.tr("Compare runs"))
        self._tabs.setAccessibleName(self.tr("Images and settings"))
        images = self.tr("Images on which they disagree")
        if found is not None:
            images = f"{images} · {count_text(len(found.disagreements))}"
        self._tabs.setTabText(0, images)
        self._tabs.setTabText(1, self.tr("Settings and curves"))
        self._gains.set_gains(() if found is None else found.gains)
        self._images.set_comparison(found, waiting=self._job is not None)
        self._say_shares()
        self._say_found()

    def _say_shares(self) -> None:
        found, titles = self._found, titles_of(*self._runs)
        names = (self.tr("First run"), self.tr("Second run"))
        for card, name, title, side in zip(self._figures, names, titles, _SIDES, strict=True):
            share = getattr(found, f"{side}_share") if found is not None else None
            card.set_texts(
                title,
                "–" if share is None else percent_text(share.value),
                self.tr("The true accuracy probably lies in this range (95 %, Wilson)"),
                note="" if share is None else range_text(share),
                note_tone="",
                head=name,
            )

    def _say_found(self) -> None:
        found, say = self._found, self._verdict.set_texts
        if found is not None:
            verdict = translate_message(found.message())
            between = self._verdict.changes_text(found.images)
            say(verdict, ground_text(found), between, verdict_tone(found))
        elif self._error is not None:
            message, hint, _ = describe_error(self._error)
            for run, title in zip(self._runs, titles_of(*self._runs), strict=True):
                message = message.replace(run.run_id, title)  # as the cards call it
            say(message, hint, tone="danger")
        elif self._job is None:
            say(self.tr("Stopped; open the comparison again to go on."), tone="warning")
        else:
            say(self.tr("Both runs judge the same images…"))
