"""Files that behave like the app, each compared with it before it is called ready."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.gui.errors import ErrorPanel
from effnet_studio.gui.jobs import Requests
from effnet_studio.gui.names import named
from effnet_studio.gui.pages.base import Page
from effnet_studio.gui.theme import SPACE_2, SPACE_4, set_role
from effnet_studio.gui.widgets.empty_state import EmptyState
from effnet_studio.gui.widgets.export.export_card import ExportCard
from effnet_studio.gui.widgets.export.export_result_card import ExportResultCard
from effnet_studio.gui.widgets.run_combo import RunCombo
from effnet_studio.gui.widgets.work_card import WorkCard

if TYPE_CHECKING:
    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.errors import StudioError
    from effnet_studio.engine.events import OnEvent
    from effnet_studio.engine.export.certificate.record import ExportResult
    from effnet_studio.engine.project import Project
    from effnet_studio.engine.training.runs import Run
    from effnet_studio.gui.jobs import Job

_FORMATS = {"onnx": "file", "onnx-int8": "bolt"}
"""Formats offered, with their icons."""


class ExportPage(Page):
    """No model yet, or: choose a kind of file, watch it made and checked, see the verdicts."""

    key: ClassVar[str] = "export"

    @override
    def _build_ui(self) -> None:
        self._job: Job | None = None
        self._folder: Path | None = None
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
        self._ready = named(QWidget(self), "export_ready")
        self._cards = {
            name: ExportCard(name, icon, self.theme, self._ready) for name, icon in _FORMATS.items()
        }
        cards = QHBoxLayout()
        cards.setSpacing(SPACE_4)
        for card in self._cards.values():
            cards.addWidget(card, 1)
        self._choices = named(QWidget(self._ready), "export_choices")
        choices = QVBoxLayout(self._choices)
        choices.setContentsMargins(0, 0, 0, 0)
        choices.setSpacing(SPACE_4)
        choices.addLayout(cards)
        choices.addLayout(self._make_folder_row())
        self._work = WorkCard(self.theme, self._ready)
        self._top = QStackedWidget(self._ready)
        self._top.addWidget(self._choices)
        self._top.addWidget(self._work)
        column = QVBoxLayout(self._ready)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_4)
        column.addWidget(self._top)
        column.addWidget(self._make_history(), 1)
        return self._ready

    def _make_folder_row(self) -> QHBoxLayout:
        self._place = named(QLabel(self._ready), "export_place")
        set_role(self._place, "muted")
        self._place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._place.setWordWrap(True)
        self._inside = named(QPushButton(self._ready), "export_into_project")
        self._choose = named(QPushButton(self._ready), "export_choose_folder")
        self.theme.set_icon(self._choose, "folder", size=16)
        row = QHBoxLayout()
        row.setSpacing(SPACE_2)
        row.addWidget(self._place, 1)
        row.addWidget(self._inside)
        row.addWidget(self._choose)
        return row

    def _make_history(self) -> QWidget:
        box = QWidget(self._ready)
        self._history_title = QLabel(box)
        set_role(self._history_title, "strong")
        self._nothing = named(QLabel(box), "export_nothing")
        set_role(self._nothing, "muted")
        self._nothing.setWordWrap(True)
        self._history = named(QWidget(box), "export_history")
        self._rows = QVBoxLayout(self._history)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(SPACE_4)
        self._rows.addStretch(1)
        scroll = named(QScrollArea(box), "export_scroll")
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(self._history)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        column.addWidget(self._history_title)
        column.addWidget(self._nothing)
        column.addWidget(scroll, 1)
        return box

    @override
    def _connect(self) -> None:
        self._listing = Requests(self.session.jobs, parent=self)
        self._listing.answered.connect(self._on_listed)
        self._listing.refused.connect(self._on_refused)
        self.session.project_changed.connect(self._on_project_changed)
        self.session.run_selected.connect(self._on_changed)
        self.session.dataset_changed.connect(self._on_changed)
        self._no_run.action_clicked.connect(self._on_train)
        self._choose.clicked.connect(self._on_choose)
        self._inside.clicked.connect(self._on_inside)
        for card in self._cards.values():
            card.export_asked.connect(self.start)
        self._list()
        self._show_state()

    # -- exporting -----------------------------------------------------------------------------

    @Slot(str)
    def start(self, format_name: str) -> None:
        """Make a file from the chosen run and check it.

        Args:
            format_name: Value of the engine's ``ExportFormat``.
        """
        project, run = self.session.project, self.session.run
        if project is None or run is None or self._job is not None or self._needs_folder:
            return
        self._error.clear()
        self._job = self.session.jobs.start(
            _export,
            project,
            run,
            format_name,
            self._folder,
            title=self.tr("Exporting and checking"),
            kind="export",
        )
        self._work.follow(self._job)
        self._job.succeeded.connect(self._on_succeeded)
        self._job.failed.connect(self._on_failed)
        self._job.finished.connect(self._on_finished)
        self._show_state()

    @Slot(object)
    def _on_succeeded(self, result: ExportResult) -> None:
        self._insert(result, row=0)

    @Slot(object)
    def _on_failed(self, error: StudioError) -> None:
        self._error.show_error(error)

    @Slot()
    def _on_finished(self) -> None:
        self._job = None
        self._show_state()

    @Slot()
    def _on_choose(self) -> None:
        start = str(self._folder or Path.home())
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Folder for the files"), start)
        if chosen:
            self.set_folder(Path(chosen))

    @Slot()
    def _on_inside(self) -> None:
        self.set_folder(None)

    def set_folder(self, folder: Path | None) -> None:
        """Choose where files go.

        Args:
            folder: The folder; None: a new one inside the project for each file.
        """
        self._folder = folder
        self._retranslate()

    @property
    def _needs_folder(self) -> bool:
        """Whether the project cannot take files and no other folder was chosen."""
        project = self.session.project
        return project is not None and project.read_only and self._folder is None

    # -- showing -------------------------------------------------------------------------------

    @Slot(object)
    def _on_project_changed(self, _project: object) -> None:
        self._folder = None
        self._clear_history()
        self._list()
        self._retranslate()

    @Slot(object)
    def _on_changed(self, _what: object) -> None:
        self._error.clear()
        self._retranslate()

    def _list(self) -> None:
        if self.session.project is not None:
            self._listing.ask_only("exports", _list_exports, self.session.project)

    @Slot(object, object)
    def _on_listed(self, _key: object, exports: list[ExportResult]) -> None:
        self._clear_history()
        for row, export in enumerate(exports):
            self._insert(export, row=row)

    @Slot(object, object)
    def _on_refused(self, _key: object, error: StudioError) -> None:
        self._error.show_error(error)

    def _insert(self, result: ExportResult, *, row: int) -> None:
        card = ExportResultCard(result, self.theme, self._history)
        card.images_asked.connect(self._on_images_asked)
        self._rows.insertWidget(row, card)
        self._nothing.hide()

    @Slot(object)
    def _on_images_asked(self, numbers: list[int]) -> None:
        dataset = self.session.dataset
        if dataset is not None:
            wanted = set(numbers)
            paths = [sample.path for sample in dataset.samples if sample.id in wanted]
            self.files_sent.emit("predict", paths)

    def _clear_history(self) -> None:
        self._nothing.show()
        while self._rows.count() > 1:
            item = self._rows.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()

    def _show_state(self) -> None:
        usable = self.session.run is not None and self.session.dataset is not None
        self._states.setCurrentWidget(self._ready if usable else self._no_run)
        self._top.setCurrentWidget(self._choices if self._job is None else self._work)
        self._runs.setVisible(usable)
        self._runs.setEnabled(self._job is None)
        for card in self._cards.values():
            card.button.setEnabled(not self._needs_folder)
        project = self.session.project
        writable = project is not None and not project.read_only
        self._inside.setVisible(self._folder is not None and writable)

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
        self._cards["onnx"].set_texts(
            self.tr("ONNX, full precision"),
            self.tr(
                "For any program that reads ONNX: Python, C#, JavaScript, phones. Takes images as"
                " they are and gives exactly the app's answers; a short Python program lies beside"
                " it."
            ),
            self.tr("Export"),
        )
        self._cards["onnx-int8"].set_texts(
            self.tr("ONNX, 8-bit"),
            self.tr(
                "About a quarter of the size, for small devices. Rounded with the help of your"
                " training images, checked on your validation images; some answers may change, and"
                " you will see how many."
            ),
            self.tr("Export"),
        )
        if self._needs_folder:
            place = self.tr(
                "The project is open for reading only: choose a folder for the files first."
            )
        elif self._folder is None:
            place = self.tr("Files go into a new folder inside the project.")
        else:
            place = self.tr("Files go to {folder}").format(folder=self._folder)
        self._place.setText(place)
        self._choose.setText(
            self.tr("Choose a folder…") if self._needs_folder else self.tr("Another folder…")
        )
        self._inside.setText(self.tr("Back to the project"))
        for button in (self._choose, self._inside):
            button.setAccessibleName(button.text())
        self._history_title.setText(self.tr("Exported files"))
        self._nothing.setText(
            self.tr(
                "None yet. Each file is opened again and compared with the app on your validation"
                " images before it is called ready."
            )
        )
        self._show_state()


# -- what runs in the jobs' threads; the engine is imported there --------------------------------


def _export(
    project: Project,
    run: Run,
    format_name: str,
    folder: Path | None,
    *,
    on_event: OnEvent,
    cancel: CancelToken,
) -> ExportResult:
    from effnet_studio.engine.export.export import export_model

    out = None
    if folder is not None:
        out = free_file(folder, f"{run.model}-int8" if format_name == "onnx-int8" else run.model)
    return export_model(
        project, run.run_id, format=format_name, out=out, on_event=on_event, cancel=cancel
    )


def free_file(folder: Path, stem: str) -> Path:
    """A name for a model that no file in the folder has.

    Args:
        folder: Where it will be.
        stem: Its name if that is free; else a number is added.

    Returns:
        A path ending in ``.onnx``.
    """
    names = itertools.chain([stem], (f"{stem}-{number}" for number in itertools.count(2)))
    return next(file for name in names if not (file := folder / f"{name}.onnx").exists())


def _list_exports(project: Project) -> list[ExportResult]:
    from effnet_studio.engine.export.certificate.record import list_exports

    return list_exports(project)
