"""A search for the learning rate: how far it is, the curve it drew, and the rate it proposes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.engine.errors import StudioError
from effnet_studio.engine.events import Event, Progress, Stage
from effnet_studio.gui import contents
from effnet_studio.gui.errors import describe_error
from effnet_studio.gui.explained import Explained
from effnet_studio.gui.focus import ReadingOrder
from effnet_studio.gui.models.rows_table import Column
from effnet_studio.gui.models.run_list import run_title
from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_5, set_role
from effnet_studio.gui.widgets.busy_bar import BusyBar
from effnet_studio.gui.widgets.help_mark import HelpMark
from effnet_studio.gui.widgets.job_bar import progress_share
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.plots.log_axis import plain_number
from effnet_studio.gui.widgets.plots.twin_card import TwinCard
from effnet_studio.gui.widgets.train.rate_curve import RateCurve, rate_rows

if TYPE_CHECKING:
    from effnet_studio.engine.training.config import TrainConfig
    from effnet_studio.engine.training.rate_finder import NoRateError, RateSweep
    from effnet_studio.gui.jobs import Job
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.theme import ThemeManager

_WIDTH: Final = 620
_PARTS: Final = 1000
"""Of the progress bar."""


class FindRateDialog(Explained, ReadingOrder, QDialog):
    """Stands beside the window, which stays usable; closing it stops its job.

    Args:
        session: The open project.
        theme: Colours and icons.
        config: The settings it is for.
        parent: Qt's owner.
    """

    rate_chosen = Signal(float)
    """The learning rate that is to be used."""

    def __init__(
        self,
        session: Session,
        theme: ThemeManager,
        config: TrainConfig,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        theme.add_window(self)
        self.setObjectName("find_rate")
        self._session = session
        self._config = config
        self._job: Job | None = None
        self._trying = False
        self._found: RateSweep | NoRateError | None = None
        self._error: StudioError | None = None
        self._build_ui(theme)
        self._connect()
        self._begin()
        self._retranslate()
        self.setMinimumWidth(_WIDTH)

    def _build_ui(self, theme: ThemeManager) -> None:
        self._title, self._about, self._verdict, self._ground = (
            named(Label(self), f"find_rate_{name}")
            for name in ("title", "about", "verdict", "ground")
        )
        roles = ("title", "muted", "strong", "muted")
        labels = (self._title, self._about, self._verdict, self._ground)
        for label, role in zip(labels, roles, strict=True):
            set_role(label, role)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._bar = named(BusyBar(self), "find_rate_bar")
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self._curve = RateCurve(theme, self)
        self._card = TwinCard(self._curve, theme, name="find_rate_curve", parent=self)
        self._card.add_to_head(HelpMark("concept-learning-rate", theme, self._card))
        self._again, self._close, self._use = (
            named(QPushButton(self), f"find_rate_{name}") for name in ("again", "close", "use")
        )
        theme.set_icon(self._again, "refresh", size=16)
        set_role(self._use, "primary")
        theme.set_icon(self._use, "check", tone="on_accent", size=16)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_2)
        buttons.addStretch(1)
        buttons.addWidget(self._again)
        buttons.addWidget(self._close)
        buttons.addWidget(self._use)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_5, SPACE_5, SPACE_5, SPACE_4)
        column.setSpacing(SPACE_1)
        column.addWidget(self._title)
        column.addWidget(self._about)
        column.addSpacing(SPACE_4)
        column.addWidget(self._verdict)
        column.addWidget(self._ground)
        column.addSpacing(SPACE_1)
        column.addWidget(self._bar)
        column.addSpacing(SPACE_3)
        column.addWidget(self._card)
        column.addStretch(1)
        column.addSpacing(SPACE_3)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self._close.clicked.connect(self.close)
        self.finished.connect(self.stop)  # Escape sends no close event
        self._use.clicked.connect(self._on_use)
        self._again.clicked.connect(self._on_again)
        self._card.button.toggled.connect(self._fit)
        self._card.twin.save_failed.connect(self._session.error_raised)
        self._session.project_changed.connect(self.close)
        # The two would only hold each other up.
        self._session.training_started.connect(self.stop)
        self._session.training_started.connect(self._say)

    # -- the job -------------------------------------------------------------------------------

    @property
    def running(self) -> bool:
        """Whether it is still searching."""
        return self._job is not None

    def _begin(self) -> None:
        project, dataset = self._session.project, self._session.dataset
        if project is None or dataset is None:
            return
        self._trying = False
        job = self._session.jobs.start(
            contents.find_rate,
            project,
            dataset,
            self._config,
            title=lambda: self.tr("Finding a learning rate"),
            kind="rate",
        )
        job.event_received.connect(self._on_event)
        job.succeeded.connect(self._on_found)
        job.failed.connect(self._on_failed)
        job.finished.connect(self._on_finished)
        self._job = job

    @Slot()
    def stop(self) -> None:
        """Break the search off."""
        if self._job is not None:
            self._job.cancel()

    @Slot(object)
    def _on_event(self, event: Event) -> None:
        share = progress_share(event)
        if share is not None:
            self._bar.setRange(0, _PARTS)
            self._bar.setValue(round(_PARTS * share))
        trying = isinstance(event, Progress) and event.stage is Stage.TRAIN
        if trying and not self._trying:
            self._trying = True
            self._say()

    @Slot(object)
    def _on_found(self, found: RateSweep | NoRateError) -> None:
        self._found = found

    @Slot(object)
    def _on_failed(self, error: StudioError) -> None:
        self._error = error

    @Slot()
    def _on_finished(self) -> None:
        self._job = None
        self._retranslate()
        if self._use.isVisible():
            self._use.setFocus()

    @Slot()
    def _on_again(self) -> None:
        self._begin()
        self._retranslate()
        self._close.setFocus()  # what was pressed is hidden

    @Slot()
    def _on_use(self) -> None:
        if self._rate is not None:
            self.rate_chosen.emit(self._rate)
        self.close()

    # -- what is shown -------------------------------------------------------------------------

    @property
    def _rate(self) -> float | None:
        """What is proposed."""
        found = self._found
        return None if found is None or isinstance(found, StudioError) else found.suggestion

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Find a learning rate"))
        self._title.setText(self.tr("Find a learning rate"))
        self._about.setText(
            self.tr(
                "{what}. A copy that is thrown away trains for a few steps while the rate rises; "
                "where its loss falls fastest is a good rate."
            ).format(what=run_title(self._config.model, self._config.preset))
        )
        self._bar.setAccessibleName(self.tr("Finding a learning rate"))
        self._card.set_title(self.tr("Loss at each learning rate, smoothed"))
        self._card.set_caption("")
        self._close.setText(self.tr("Stop") if self.running else self.tr("Close"))
        self._again.setText(self.tr("Search again"))
        self._use.setText(self.tr("Use this rate"))
        self._say()
        self._show_curve()

    @Slot()
    def _say(self) -> None:
        """Say where the search stands or how it ended."""
        if self.running and self._trying:
            texts = self.tr("Trying one rate after the other…"), ""
        elif self.running:
            texts = self.tr("Getting ready…"), ""
        elif self._rate is not None:
            verdict = self.tr("Proposed learning rate: {rate}")
            ground = self.tr("At this rate the loss fell fastest.")
            texts = verdict.format(rate=plain_number(self._rate)), ground
        elif isinstance(self._found, StudioError):
            texts = describe_error(self._found)[:2]
        elif self._error is not None:
            texts = describe_error(self._error)[:2]
        else:
            texts = self.tr("Stopped before all rates had been tried."), ""
        self._verdict.setText(texts[0])
        self._ground.setText(texts[1])
        self._ground.setVisible(bool(texts[1]))
        self._bar.setVisible(self.running)
        self._use.setVisible(self._rate is not None)
        stopped = not self.running and self._found is None and self._error is None
        self._again.setVisible(stopped and self._session.training_job is None)

    def _show_curve(self) -> None:
        found = self._found
        rates, losses = ((), ()) if found is None else (found.rates, found.losses)
        columns = [Column(self.tr("Learning rate")), Column(self.tr("Loss"))]
        self._card.set_table(columns, rate_rows(rates, losses))
        self._curve.set_sweep(rates, losses, self._rate)
        waiting = self.tr("The curve appears here once all rates have been tried.")
        self._card.set_waiting(waiting if self.running else "")
        self._card.setVisible(self.running or bool(rates))
        self._fit()

    @Slot()
    def _fit(self) -> None:
        """Be as high as what is shown needs; Qt stops at two thirds of the screen."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            height = layout.totalHeightForWidth(max(_WIDTH, self.width()))
            self.setMinimumHeight(height)
            self.resize(max(_WIDTH, self.width()), height)
