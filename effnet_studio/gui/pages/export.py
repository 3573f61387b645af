"""Files that behave like the app, each compared with it before it is called ready."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.engine.export.formats import FORMATS
from effnet_studio.engine.export.trash import may_delete
from effnet_studio.gui.errors import ErrorPanel
from effnet_studio.gui.export_keeper import ExportKeeper, Exports, Wanted, export
from effnet_studio.gui.models.export_words import format_title, target_title
from effnet_studio.gui.names import named
from effnet_studio.gui.pages.base import Page
from effnet_studio.gui.restyler import hold_parts, hold_parts_in_scroll
from effnet_studio.gui.theme import MEASURE, SPACE_4
from effnet_studio.gui.widgets.empty_state import EmptyState
from effnet_studio.gui.widgets.export.export_history import ExportHistory
from effnet_studio.gui.widgets.export.export_options import ExportOptions
from effnet_studio.gui.widgets.export.export_result_card import ExportResultCard
from effnet_studio.gui.widgets.export.export_work import ExportWork
from effnet_studio.gui.widgets.export.target_cards import TargetCards
from effnet_studio.gui.widgets.run_combo import RunCombo

if TYPE_CHECKING:
    from effnet_studio.engine.export.certificate.record import ExportResult, Target
    from effnet_studio.gui.jobs import Job
    from effnet_studio.gui.widgets.export.certificate_view import CertificateView


class ExportPage(Page):
    """No model yet, or: choose what for, watch it made and checked, see the certificate."""

    key: ClassVar[str] = "export"
    command_buttons: ClassVar[tuple[str, ...]] = (
        "export_start",
        "work_stop",
        "export_again",
        "export_choose_folder",
        "export_into_project",
        "certificate_open_folder",
        "certificate_page",
        "certificate_show_images",
    )

    @override
    def _build_ui(self) -> None:
        self._job: Job | None = None
        self._folder: Path | None = None
        self._result: ExportResultCard | None = None
        self._outside: list[ExportResult] = []
        self._exports: list[ExportResult] = []
        self._runs = RunCombo(self.session, "export_run", self)
        self.header.add_action(self._runs)
        self._error = ErrorPanel(self.theme, self)
        self._no_run = EmptyState(self.theme, "export", self)
        self._states = named(QStackedWidget(self), "export_states")
        self._states.addWidget(self._no_run)
        self._states.addWidget(self._make_ready())
        self.body.addWidget(self._error)
        self.body.addWidget(self._states, 1)

    def _make_ready(self) -> QWidget:
        self._scroll = named(QScrollArea(self), "export_scroll")
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = named(QWidget(self._scroll), "scroll_body")
        body.setMaximumWidth(MEASURE)
        self._choices = named(QWidget(body), "export_choices")
        self._targets = TargetCards(self.theme, self._choices)
        self._options = ExportOptions(self.theme, self._choices)
        self._options.hide()
        self._work = ExportWork(self.theme, body)
        self._history = ExportHistory(self.theme, body)
        choices, self._column = QVBoxLayout(self._choices), QVBoxLayout(body)
        for column in (choices, self._column):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(SPACE_4)
        choices.addWidget(self._targets)
        choices.addWidget(self._options)
        for widget in (self._choices, self._work, self._history):
            self._column.addWidget(widget)
        self._column.addStretch(1)
        self._scroll.setWidget(body)
        for holder in (self._states, self._choices):
            hold_parts(holder)
        hold_parts_in_scroll(self._scroll)
        return self._scroll

    @override
    def _connect(self) -> None:
        self._keeper = ExportKeeper(self.session, self)
        self._keeper.listed.connect(self._on_listed)
        self._keeper.stale_found.connect(self._history.set_stale)
        self._keeper.formats_judged.connect(self._options.formats.set_facts)
        self._keeper.failed.connect(self._error.show_error)
        self.session.project_changed.connect(self._on_project_changed)
        session = self.session
        for changed in (session.run_selected, session.dataset_changed):
            changed.connect(self._on_changed)
        for changed in (session.dataset_changed, session.runs_changed, session.rejection_changed):
            changed.connect(self._on_source_changed)
        self._no_run.action_clicked.connect(self._on_train)
        self._targets.target_chosen.connect(self.choose)
        self._options.export_asked.connect(self.start)
        self._options.place.folder_chosen.connect(self.set_folder)
        self._history.unfolded.connect(self._on_unfolded)
        self._history.restore_asked.connect(self._keeper.restore)
        self._history.empty_asked.connect(self._keeper.empty_trash)
        self._keeper.look()
        self._on_finished()

    # -- exporting -----------------------------------------------------------------------------

    @Slot(object)
    def choose(self, target: Target) -> None:
        """Open the options of a target.

        Args:
            target: What the file is for.
        """
        self._targets.choose(target)
        self._options.set_target(target)
        self._options.show()

    @Slot()
    def start(self) -> None:
        """Make a file as the options say, from the chosen run, and check it."""
        project, run, options = self.session.project, self.session.run, self._options
        target, format_ = options.target, options.format
        if project is None or run is None or target is None or format_ is None:
            return
        if self._job or self._needs_folder:
            return
        self._error.clear()
        self._job = self.session.jobs.start(
            export,
            project,
            run.run_id,
            run.model,
            Wanted(target, format_, options.budget_points, self._folder),
            title=lambda: self.tr("Export: {target} · {format}").format(
                target=target_title(target), format=format_title(format_)
            ),
            kind="export",
        )
        rounds = FORMATS[format_].needs.calibrates
        self._work.follow(self._job, rounds=rounds, budget_points=options.budget_points)
        self._job.succeeded.connect(self._on_succeeded)
        self._job.failed.connect(self._error.show_error)
        self._job.finished.connect(self._on_finished)
        self._show_state()
        self._scroll.verticalScrollBar().setValue(0)

    @Slot(object)
    def _on_succeeded(self, result: ExportResult) -> None:
        if not self._inside(result):
            self._outside.insert(0, result)
        self.show_result(result)
        self._keeper.look()

    def show_result(self, result: ExportResult) -> None:
        """Show what came of an export in the place of the choice."""
        self._on_again()
        self._result = ExportResultCard(result, self.theme, self._choices.parentWidget())
        self._result.again_asked.connect(self._on_again)
        self._prepare(self._result.certificate, result)
        self._column.insertWidget(0, self._result)
        self._show_state()

    @Slot()
    def _on_again(self) -> None:
        if self._result is not None:
            self._result.hide()
            self._result.deleteLater()
            self._result = None
        self._show_state()

    @Slot()
    def _on_finished(self) -> None:
        self._job = None
        self._keeper.judge_formats()  # what an export needed may be installed now
        self._show_state()

    @Slot(object)
    def set_folder(self, folder: Path | None) -> None:
        """Choose where files go.

        Args:
            folder: A new folder is made in it for each file; None: inside the project.
        """
        self._folder = folder
        self._show_state()

    @property
    def _needs_folder(self) -> bool:
        """Whether the project cannot take files and no other folder was chosen."""
        return self._folder is None and not self._writable

    @property
    def _writable(self) -> bool:
        project = self.session.project
        return project is not None and not project.read_only

    # -- what was exported -----------------------------------------------------------------------

    @Slot(object)
    def _on_listed(self, found: Exports) -> None:
        both = (*found.present, *self._outside)
        self._exports = sorted(both, key=lambda one: one.created, reverse=True)
        self._history.set_exports(self._exports)
        self._keeper.find_stale(self._exports)
        self._history.set_deleted(found.deleted if self._writable else ())

    @Slot(object)
    def _on_unfolded(self, certificate: CertificateView) -> None:
        self._prepare(certificate, certificate.result)
        certificate.delete.setVisible(self._writable and self._inside(certificate.result))

    def _prepare(self, certificate: CertificateView, result: ExportResult) -> None:
        certificate.images_asked.connect(self._on_images_asked)
        certificate.smaller_asked.connect(self._on_smaller_asked)
        certificate.delete_asked.connect(self._on_delete_asked)
        certificate.set_smaller(possible=self._keeper.lesson(result) is not None)

    def _inside(self, result: ExportResult) -> bool:
        project = self.session.project
        return project is not None and may_delete(project, result.file)

    @Slot(object)
    def _on_smaller_asked(self, result: ExportResult) -> None:
        lesson = self._keeper.lesson(result)
        if lesson is not None:
            self.session.want_model(lesson.model)
            self.session.want_teacher(lesson.teacher)
            self.navigation_asked.emit("train")

    @Slot(object)
    def _on_delete_asked(self, result: ExportResult) -> None:
        if self._result is not None and self._result.certificate.result.file == result.file:
            self._on_again()
        self._keeper.delete(result)

    @Slot(object)
    def _on_images_asked(self, numbers: list[int]) -> None:
        dataset = self.session.dataset
        if dataset is not None:
            wanted = set(numbers)
            paths = [sample.path for sample in dataset.samples if sample.id in wanted]
            self.files_sent.emit("predict", paths)

    # -- showing -------------------------------------------------------------------------------

    @Slot(object)
    def _on_project_changed(self, _project: object) -> None:
        self._folder = None
        self._outside, self._exports = [], []
        self._on_again()
        self._history.set_exports(None)
        self._history.set_deleted(())
        self._keeper.look()

    @Slot(object)
    def _on_changed(self, _what: object) -> None:
        self._error.clear()
        self._retranslate()

    @Slot(object)
    def _on_source_changed(self, _what: object) -> None:
        """Runs, images or a threshold are others: earlier files may no longer be up to date."""
        self._keeper.find_stale(self._exports)

    def _show_state(self) -> None:
        usable = self.session.run is not None and self.session.dataset is not None
        self._states.setCurrentWidget(self._scroll if usable else self._no_run)
        working = self._job is not None
        self._work.setVisible(working)
        if self._result is not None:
            self._result.setVisible(not working)
        self._choices.setVisible(not working and self._result is None)
        self._runs.setVisible(usable)
        self._runs.setEnabled(not working)
        self._options.place.set_place(self._folder, writable=self._writable)
        self._options.set_startable(not self._needs_folder)

    @Slot()
    def _on_train(self) -> None:
        self.navigation_asked.emit("train" if self.session.dataset is not None else "data")

    @override
    def _retranslate(self) -> None:
        self.header.set_texts(
            self.tr("Export"), self.tr("A file for other programs that answers like the app.")
        )
        no_data = self.session.dataset is None
        self._no_run.set_texts(
            self.tr("No trained model yet"),
            self.tr("Train one first; here you will make a file of it for other programs."),
            action=self.tr("Go to Data") if no_data else self.tr("Go to Train"),
        )
        self._show_state()
