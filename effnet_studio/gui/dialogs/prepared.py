"""Decoded pictures: what is kept of them, what a training would need, prepare and delete."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.engine.events import Event, Progress
from effnet_studio.engine.models.catalog import CATALOG
from effnet_studio.gui.focus import ReadingOrder
from effnet_studio.gui.jobs import Job
from effnet_studio.gui.names import named
from effnet_studio.gui.questions import Requests
from effnet_studio.gui.text import bytes_text, count_text
from effnet_studio.gui.theme import SPACE_2, SPACE_3, SPACE_4, SPACE_5, set_role
from effnet_studio.gui.widgets.busy_bar import BusyBar
from effnet_studio.gui.widgets.elided_combo import ElidedCombo
from effnet_studio.gui.widgets.job_bar import progress_text
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.model_choice import choose_model

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.data.dataset import Dataset
    from effnet_studio.engine.data.loading.cache_space import CacheUsage
    from effnet_studio.engine.events import OnEvent
    from effnet_studio.engine.project import Project
    from effnet_studio.engine.training.prepared import PreparedFacts
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.theme import ThemeManager

_WIDTH: Final = 560


class PreparedDialog(ReadingOrder, QDialog):
    """Stands beside the window, which stays usable; the job goes on when it is closed.

    Args:
        session: The open project and its pictures.
        theme: Tints the icons.
        parent: Qt's owner.
    """

    def __init__(
        self, session: Session, theme: ThemeManager, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        theme.add_window(self)
        self.setObjectName("prepared")
        self._session = session
        self._facts: PreparedFacts | None = None
        self._job: Job | None = None
        self._requests = Requests(session.jobs, parent=self)
        self._build_ui(theme)
        self._connect()
        self._retranslate()
        self.setMinimumWidth(_WIDTH)
        self._fit()
        self._measure()

    def _build_ui(self, theme: ThemeManager) -> None:
        self._title = named(Label(self), "prepared_title")
        set_role(self._title, "title")
        self._about, self._kept, self._needed = (
            named(Label(self), f"prepared_{name}") for name in ("about", "kept", "needed")
        )
        set_role(self._about, "muted")
        self._model_label = Label(self)
        self._model = ElidedCombo("prepared_model", self)
        for spec in CATALOG.values():
            self._model.addItem(spec.title, spec.name)
        choose_model(self._model, self._session.wanted_model or "")
        self._model_label.setBuddy(self._model)
        self._bar = named(BusyBar(self), "prepared_bar")
        self._bar.setTextVisible(False)
        self._progress = named(Label(self), "prepared_progress")
        for label in (self._about, self._kept, self._needed, self._progress):
            label.setWordWrap(True)
        self._prepare, self._stop, self._delete, self._close = (
            named(QPushButton(self), f"prepared_{name}")
            for name in ("start", "stop", "delete", "close")
        )
        set_role(self._prepare, "primary")
        theme.set_icon(self._delete, "trash", size=16)
        model = QHBoxLayout()
        model.addWidget(self._model_label)
        model.addWidget(self._model, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_2)
        buttons.addWidget(self._delete)
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        buttons.addWidget(self._stop)
        buttons.addWidget(self._prepare)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_5, SPACE_5, SPACE_5, SPACE_4)
        column.setSpacing(SPACE_3)
        column.addWidget(self._title)
        column.addWidget(self._about)
        column.addSpacing(SPACE_2)
        column.addWidget(self._kept)
        column.addLayout(model)
        column.addWidget(self._needed)
        column.addWidget(self._bar)
        column.addWidget(self._progress)
        column.addStretch(1)
        column.addSpacing(SPACE_4)
        column.addLayout(buttons)
        self._show_work(None)

    def _connect(self) -> None:
        session = self._session
        self._model.currentIndexChanged.connect(self._measure)
        self._prepare.clicked.connect(self._on_prepare)
        self._stop.clicked.connect(self._on_stop)
        self._delete.clicked.connect(self._on_delete)
        self._close.clicked.connect(self.close)
        self._requests.answered.connect(self._on_measured)
        self._requests.refused.connect(self._on_refused)
        session.dataset_changed.connect(self._measure)
        session.project_changed.connect(self.close)

    # -- what is shown -------------------------------------------------------------------------

    @Slot()
    def _measure(self) -> None:
        project, dataset = self._session.project, self._session.dataset
        if project is not None and dataset is not None:
            model = str(self._model.currentData())
            self._requests.ask_only("facts", _read_facts, project, dataset, model)

    @Slot(object, object)
    def _on_measured(self, _key: object, facts: PreparedFacts) -> None:
        self._facts = facts
        self._retranslate()

    @Slot(object, object)
    def _on_refused(self, _key: object, error: object) -> None:
        self._session.error_raised.emit(error)

    def _show_work(self, job: Job | None) -> None:
        self._job = job
        at_work = job is not None
        for widget in (self._bar, self._progress, self._stop):
            widget.setVisible(at_work)
        self._prepare.setVisible(not at_work)
        self._model.setEnabled(not at_work)
        self._enable()

    def _enable(self) -> None:
        project = self._session.project
        writable = project is not None and not project.read_only and self._job is None
        kept = self._facts.usage.bytes if self._facts is not None else 0
        self._prepare.setEnabled(writable and self._facts is not None)
        self._delete.setEnabled(writable and kept > 0)

    # -- what is done --------------------------------------------------------------------------

    @Slot()
    def _on_prepare(self) -> None:
        project, dataset = self._session.project, self._session.dataset
        if project is None or dataset is None:
            return
        self._bar.setRange(0, 0)
        self._progress.clear()
        model = str(self._model.currentData())
        job = self._session.jobs.start(
            _prepare,
            project,
            dataset,
            model,
            title=lambda: self.tr("Preparing images"),
            kind="prepare",
            heavy=False,
        )
        job.event_received.connect(self._on_event)
        job.failed.connect(self._session.error_raised)
        job.finished.connect(self._on_ended)
        self._show_work(job)

    @Slot(object)
    def _on_event(self, event: Event) -> None:
        if isinstance(event, Progress):
            self._bar.show_progress(event)
            self._progress.setText(progress_text(event))

    @Slot()
    def _on_ended(self) -> None:
        self._show_work(None)
        self._measure()

    @Slot()
    def _on_stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._stop.setEnabled(False)

    @Slot()
    def _on_delete(self) -> None:
        project = self._session.project
        if project is None:
            return
        job = self._session.jobs.start(
            _clear,
            project,
            title=lambda: self.tr("Deleting prepared images"),
            kind="prepare",
            with_events=False,
            heavy=False,
        )
        job.failed.connect(self._session.error_raised)
        job.finished.connect(self._measure)

    def _fit(self) -> None:
        """Be as high as the wrapped texts need; Qt does not see to that for a window."""
        layout = self.layout()
        if layout is not None:
            self.setMinimumHeight(layout.totalHeightForWidth(max(_WIDTH, self.width())))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Prepared images"))
        self._title.setText(self.tr("Prepared images"))
        self._about.setText(
            self.tr(
                "Training reads small copies that are made once. They are kept in the project and "
                "may be deleted at any time; your images are never touched."
            )
        )
        self._model_label.setText(self.tr("For a training of"))
        self._model.setAccessibleName(self.tr("Model that will be trained"))
        self._bar.setAccessibleName(self.tr("Preparing images"))
        self._prepare.setText(self.tr("Prepare now"))
        self._stop.setText(self.tr("Stop"))
        self._delete.setText(self.tr("Delete all"))
        self._close.setText(self.tr("Close"))
        facts = self._facts
        if facts is None:
            self._kept.setText(self.tr("Measuring…"))
            self._needed.clear()
        else:
            self._kept.setText(
                self.tr("Kept now: {n} images, {size} (at most {limit})").format(
                    n=count_text(facts.usage.pictures),
                    size=bytes_text(facts.usage.bytes),
                    limit=bytes_text(facts.limit),
                )
            )
            self._needed.setText(
                self.tr("Takes about {size} for {n} images").format(
                    size=bytes_text(facts.needed), n=count_text(facts.pictures)
                )
            )
        self._enable()
        self._fit()


def _read_facts(project: Project, dataset: Dataset, model: str) -> PreparedFacts:
    from effnet_studio.engine.training.config import make_config
    from effnet_studio.engine.training.prepared import prepared_facts

    return prepared_facts(project, dataset, make_config(model=model))


def _prepare(
    project: Project, dataset: Dataset, model: str, *, on_event: OnEvent, cancel: CancelToken
) -> CacheUsage:
    from effnet_studio.engine.training.config import make_config
    from effnet_studio.engine.training.prepared import prepare_pictures

    config = make_config(model=model)
    return prepare_pictures(project, dataset, config, on_event=on_event, cancel=cancel)


def _clear(project: Project) -> None:
    from effnet_studio.engine.data.loading.cache_space import clear

    clear(project.cache_dir)
