"""The images of the project: import them, look at them, see what could not be used."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.engine.data.dataset import SPLITS
from effnet_studio.gui.camera import CameraSource, has_camera
from effnet_studio.gui.errors import Banner
from effnet_studio.gui.jobs import Requests
from effnet_studio.gui.models.run_list import run_title
from effnet_studio.gui.names import named
from effnet_studio.gui.pages.base import Page
from effnet_studio.gui.text import count_text, moment_text
from effnet_studio.gui.theme import SPACE_3, SPACE_4, set_role
from effnet_studio.gui.widgets.balance_chart import BalanceChart
from effnet_studio.gui.widgets.camera_panel import CameraPanel
from effnet_studio.gui.widgets.class_panel import ClassPanel
from effnet_studio.gui.widgets.drop_area import DropArea
from effnet_studio.gui.widgets.findings_view import FindingsView
from effnet_studio.gui.widgets.history_view import HistoryView
from effnet_studio.gui.widgets.image_browser import ImageBrowser
from effnet_studio.gui.widgets.image_viewer import ImageViewer
from effnet_studio.gui.widgets.import_progress import ImportProgress
from effnet_studio.gui.widgets.problem_list import ProblemList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.data.assemble import Mode
    from effnet_studio.engine.data.dataset import Dataset
    from effnet_studio.engine.data.versions import VersionDiff
    from effnet_studio.engine.errors import StudioError
    from effnet_studio.engine.project import Project
    from effnet_studio.engine.training.runs import Run
    from effnet_studio.gui.camera import FrameSource
    from effnet_studio.gui.jobs import Job
    from effnet_studio.gui.models.thumbnails import Thumbnail

IMAGES, FINDINGS, BALANCE, LEFT_OUT, HISTORY = range(5)
"""The tabs."""

ARCHIVES: Final = (".zip", ".tar", ".tgz", ".tbz2", ".txz", ".tar.gz", ".tar.bz2", ".tar.xz")


class DataPage(Page):
    """Empty with a drop area, reading with progress, or loaded with classes and pictures."""

    key: ClassVar[str] = "data"

    # -- construction --------------------------------------------------------------------------

    @override
    def _build_ui(self) -> None:
        self._waiting: Path | None = None
        self._requests = Requests(self.session.jobs, parent=self)
        self._shots = Requests(self.session.jobs, waiting=10_000, parent=self)
        self._unkept = 0
        self._import = named(QPushButton(self), "data_import")
        self._update = named(QPushButton(self), "data_update")
        self._camera = named(QPushButton(self), "data_camera")
        self._train = named(QPushButton(self), "data_train")
        set_role(self._train, "primary")
        self.theme.set_icon(self._import, "folder-plus")
        self.theme.set_icon(self._update, "refresh")
        self.theme.set_icon(self._camera, "image")
        self._train.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.theme.set_icon(self._train, "arrow-right", tone="on_accent")
        self.header.add_action(self._update)
        self.header.add_action(self._camera)
        self.header.add_action(self._import)
        self.header.add_action(self._train)
        self._replace = Banner(self.theme, "accent", self)
        self._replace.setObjectName("replace_banner")
        self._replace_yes = named(QPushButton(self._replace), "replace_yes")
        self._replace_add = named(QPushButton(self._replace), "replace_add")
        self._replace.add_button(self._replace_yes)
        self._replace.add_button(self._replace_add)
        self._empty = DropArea(self.theme, "images", self)
        self._choose = self._empty.add_button("data_choose", "folder", primary=True)
        self._progress = ImportProgress(self.theme, self)
        self._states = named(QStackedWidget(self), "data_states")
        self.viewer = ImageViewer(self.session, self.theme, self)
        self.camera = CameraPanel(self.theme, self)
        loaded = self._make_loaded()
        for state in (self._empty, self._progress, loaded, self.viewer, self.camera):
            self._states.addWidget(state)
        self.body.addWidget(self._replace)
        self.body.addWidget(self._states, 1)

    def _make_loaded(self) -> QWidget:
        self._loaded = named(QWidget(self), "data_loaded")
        self._panel = ClassPanel(self.theme, self._loaded)
        row = QHBoxLayout(self._loaded)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_4)
        row.addWidget(self._panel)
        row.addWidget(self._make_picture_card(), 1)
        return self._loaded

    def _make_picture_card(self) -> QFrame:
        card = QFrame(self)
        set_role(card, "card")
        self._tabs = named(QTabBar(card), "data_tabs")
        self._tabs.setExpanding(False)
        self.browser = ImageBrowser(self.session, self.theme, card)
        self.findings = FindingsView(self.session, self.theme, card)
        self.balance = BalanceChart(self.theme, card)
        self._problems = ProblemList(self.theme, card)
        self.history = HistoryView(self.theme, card)
        self._views = QStackedWidget(card)
        views = (self.browser, self.findings, self.balance, self._problems, self.history)
        for view in views:
            self._views.addWidget(view)
            self._tabs.addTab("")
        column = QVBoxLayout(card)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_3, SPACE_3)
        column.setSpacing(SPACE_3)
        column.addWidget(self._tabs)
        column.addWidget(self._views, 1)
        return card

    @override
    def _connect(self) -> None:
        session = self.session
        session.dataset_changed.connect(self._on_dataset_changed)
        session.project_changed.connect(self._on_project_changed)
        session.import_started.connect(self._on_import_started)
        session.runs_changed.connect(self._on_runs_changed)
        self._choose.clicked.connect(self.ask_folder)
        self._import.clicked.connect(self.ask_folder)
        self._update.clicked.connect(self._on_update)
        self._train.clicked.connect(self._on_train)
        self._replace_yes.clicked.connect(self._on_replace)
        self._replace_add.clicked.connect(self._on_add)
        self._tabs.currentChanged.connect(self._on_tab)
        self.viewer.closed.connect(self._on_viewer_closed)
        self._camera.clicked.connect(self._on_camera)
        self.camera.shot_taken.connect(self._on_shot)
        self.camera.closed.connect(self._on_camera_closed)
        self._connect_edits()
        self._on_dataset_changed(session.dataset)
        self._on_runs_changed(session.runs)
        if session.import_job is not None:
            self._on_import_started(session.import_job)

    def _connect_edits(self) -> None:
        editor = self.session.editor
        self.balance.remedy_changed.connect(self.session.want_remedy)
        self.balance.twin.save_failed.connect(self.session.error_raised)
        self.session.remedy_wanted.connect(self.balance.set_remedy)
        self._panel.list.class_chosen.connect(self.browser.set_class)
        self._panel.list.class_renamed.connect(editor.rename_class)
        self._panel.list.images_dropped.connect(editor.relabel)
        self._panel.class_added.connect(editor.add_class)
        self.browser.relabel_asked.connect(editor.relabel)
        self.browser.split_asked.connect(editor.set_split)
        self.browser.exclude_asked.connect(editor.exclude)
        self.browser.opened.connect(self._on_opened)
        self.findings.remedy_asked.connect(editor.mend)
        self.findings.exclude_asked.connect(editor.exclude)
        self.findings.show_asked.connect(self._on_show_asked)
        self.findings.grid.picture_opened.connect(self._on_finding_opened)
        self.history.undo_asked.connect(editor.undo)
        self.history.redo_asked.connect(editor.redo)
        self.history.compare_asked.connect(self._on_compare)
        self._requests.answered.connect(self._on_compared)
        self._requests.refused.connect(self._on_refused)
        self._shots.answered.connect(self._on_shot_done)
        self._shots.refused.connect(self._on_shot_done)
        self._shots.refused.connect(self._on_refused)

    # -- importing -----------------------------------------------------------------------------

    @Slot()
    def ask_folder(self) -> None:
        """Let the user choose a folder of images."""
        start = str(self.session.folder.parent if self.session.folder else Path.home())
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Choose a folder of images"), start)
        if chosen:
            self.take_folder(Path(chosen))

    def take_folder(self, folder: Path) -> None:
        """Read a folder; asks first where another folder's pictures would be replaced."""
        if self.session.dataset is None or folder == self.session.folder:
            self._replace.hide()
            self.session.import_folder(folder)
            return
        self._waiting = folder
        self._show_question()

    def _show_question(self) -> None:
        if self._waiting is not None:
            self._replace.set_texts(
                self.tr(
                    "Add the images of {name}, or use them instead of the present ones?"
                ).format(name=self._waiting.name),
                self.tr("Trained models stay. For a separate project use Project → New project."),
                str(self._waiting),
            )

    @Slot()
    def _on_replace(self) -> None:
        self._import_waiting("replace")

    @Slot()
    def _on_add(self) -> None:
        self._import_waiting("add")

    def _import_waiting(self, mode: Mode) -> None:
        from effnet_studio.engine.data.importer import ImportOptions

        folder, self._waiting = self._waiting, None
        self._replace.hide()
        if folder is not None:
            self.session.import_folder(folder, ImportOptions(mode=mode))

    @override
    def drop_files(self, paths: list[Path]) -> bool:
        folder = next((path for path in paths if path.is_dir() or is_packed(path)), None)
        if folder is None:
            return False
        self.take_folder(folder)
        return True

    @override
    def set_drop_active(self, active: bool) -> None:
        self._empty.set_active(active)

    @Slot(object)
    def _on_import_started(self, job: Job) -> None:
        self._progress.follow(job)
        job.finished.connect(self._show_state)
        self._show_state()

    # -- showing -------------------------------------------------------------------------------

    @Slot(object)
    def _on_project_changed(self, _project: object) -> None:
        self._waiting = None
        self._replace.hide()

    @Slot(object)
    def _on_runs_changed(self, runs: Sequence[Run]) -> None:
        rows = []
        for run in runs:
            title = run_title(run.model, run.config.preset)
            rows.append((run.dataset_version, f"{title} · {moment_text(run.created)}"))
        self.history.set_versions(rows)

    @Slot(object)
    def _on_dataset_changed(self, dataset: Dataset | None) -> None:
        images, project = self.session.images, self.session.project
        editable = project is not None and not project.read_only
        self._panel.set_index(images.index, editable=editable)
        self.browser.set_index(images.index, project)
        self.findings.set_findings(images.findings, images.index, images.problems)
        self._show_balance(dataset)
        self._problems.set_problems(images.problems, self.session.folder)
        self.history.set_history(images.edits, editable=editable)
        self._tabs.setTabVisible(LEFT_OUT, bool(images.problems))
        if dataset is None and self._states.currentWidget() is self.viewer:
            self._states.setCurrentWidget(self._loaded)
        self._show_state()

    def _show_balance(self, dataset: Dataset | None) -> None:
        if dataset is None:
            self.balance.set_counts((), (), (), ())
            return
        train, val, test = (list(dataset.counts(split).values()) for split in SPLITS)
        self.balance.set_counts(dataset.classes, train, val, test)
        if self.session.wanted_remedy is not None:
            self.balance.set_remedy(self.session.wanted_remedy)

    # -- single images, versions ---------------------------------------------------------------

    @Slot(object, int)
    def _on_opened(self, ids: Sequence[int], place: int) -> None:
        project, index = self.session.project, self.session.images.index
        if project is not None and index is not None and ids:
            self.viewer.show_images(project, index, ids, place)
            self._states.setCurrentWidget(self.viewer)
            self.viewer.setFocus()

    @Slot(object)
    def _on_finding_opened(self, cell: Thumbnail) -> None:
        ids = [each for group in self.findings.groups for each in group]
        if cell.value in ids:
            self._on_opened(ids, ids.index(cell.value))

    @Slot()
    def _on_viewer_closed(self) -> None:
        self._states.setCurrentWidget(self._loaded)
        self.browser.grid.setFocus()

    # -- the camera ----------------------------------------------------------------------------

    @Slot()
    def _on_camera(self) -> None:
        self.open_camera(CameraSource(self))

    def open_camera(self, source: FrameSource) -> None:
        """Let the user take pictures with a camera."""
        index = self.session.images.index
        names = sorted(index.class_names.values()) if index is not None else []
        self._states.setCurrentWidget(self.camera)
        self.camera.open_camera(source, names, self._panel.list.chosen)

    @Slot(str, bytes)
    def _on_shot(self, label: str, content: bytes) -> None:
        project = self.session.project
        if project is not None:
            self._unkept += 1
            self._shots.ask(time.monotonic(), _keep_shot, project, label, content)

    @Slot()
    def _on_shot_done(self) -> None:
        self._unkept -= 1
        self._import_shots()

    @Slot()
    def _on_camera_closed(self) -> None:
        self._states.setCurrentWidget(self._loaded)
        self._import_shots()

    def _import_shots(self) -> None:
        """Take the pictures in once the camera is closed and all of them are on the disk."""
        from effnet_studio.engine.data.importer import ImportOptions
        from effnet_studio.engine.data.shots import shots_folder

        project = self.session.project
        closed = self._states.currentWidget() is not self.camera
        if project is not None and closed and not self._unkept and self.camera.collect():
            self.session.import_folder(shots_folder(project), ImportOptions(mode="add"))

    # -- findings and versions -----------------------------------------------------------------

    @Slot(object, str)
    def _on_show_asked(self, ids: Sequence[int], title: str) -> None:
        self._tabs.setCurrentIndex(IMAGES)
        self.browser.show_ids(ids, title)

    @Slot(str)
    def _on_compare(self, version: str) -> None:
        project, dataset = self.session.project, self.session.dataset
        if project is not None and dataset is not None:
            self._requests.ask_only(version, _compare, project, version, dataset)

    @Slot(object, object)
    def _on_compared(self, _version: object, diff: VersionDiff) -> None:
        self.history.show_diff(diff)

    @Slot(object, object)
    def _on_refused(self, _version: object, error: StudioError) -> None:
        self.session.error_raised.emit(error)

    @Slot()
    def _show_state(self) -> None:
        job, dataset = self.session.import_job, self.session.dataset
        if job is not None and job.running:
            state: QWidget = self._progress
        else:
            state = self._empty if dataset is None else self._loaded
        aside = self._states.currentWidget() in {self.viewer, self.camera}
        viewing = state is self._loaded and aside
        if self._states.currentWidget() is not state and not viewing:
            self._states.setCurrentWidget(state)
            self.setFocus()
        writable = self.session.project is not None and not self.session.project.read_only
        self._camera.setVisible(state is self._loaded and has_camera())
        self._camera.setEnabled(writable)
        for button in (self._import, self._update):
            button.setVisible(state is self._loaded)
            button.setEnabled(writable)
        self._choose.setEnabled(writable)
        self._train.setVisible(state is self._loaded)
        self._retranslate()

    @Slot(int)
    def _on_tab(self, tab: int) -> None:
        self._views.setCurrentIndex(tab)

    @Slot()
    def _on_update(self) -> None:
        self.session.update_images()

    @Slot()
    def _on_train(self) -> None:
        self.navigation_asked.emit("train")

    @override
    def _retranslate(self) -> None:
        self.header.set_texts(self.tr("Data"), self._subtitle())
        self._import.setText(self.tr("Add images…"))
        self._camera.setText(self.tr("Camera…"))
        self._update.setText(self.tr("Look for changes"))
        self._update.setToolTip(
            self.tr("Reads the folder again: new, changed and deleted files. Your edits stay.")
        )
        self._train.setText(self.tr("Train"))
        self._choose.setText(self.tr("Choose a folder…"))
        self._replace_yes.setText(self.tr("Replace the images"))
        self._replace_add.setText(self.tr("Add them"))
        for button in (
            *(self._import, self._update, self._camera, self._train, self._choose),
            *(self._replace_yes, self._replace_add),
        ):
            button.setAccessibleName(button.text())
        self._empty.set_texts(
            self.tr("Drop a folder of images here"),
            self.tr(
                "One sub-folder for each kind is best; train and val folders, a CSV file with "
                "labels, or a ZIP file do too.\nThe images stay where they are and are never "
                "changed."
            ),
        )
        findings = self.session.images.findings
        self._tabs.setTabText(IMAGES, self.tr("Images"))
        self._tabs.setTabText(
            FINDINGS, self.tr("Findings · {n}").format(n=count_text(len(findings)))
        )
        self._tabs.setTabText(
            LEFT_OUT, self.tr("Left out · {n}").format(n=count_text(len(self.session.problems)))
        )
        self._tabs.setTabText(BALANCE, self.tr("Balance"))
        self._tabs.setTabText(HISTORY, self.tr("History"))
        self._show_question()

    def _subtitle(self) -> str:
        dataset, folder = self.session.dataset, self.session.folder
        if dataset is None:
            return self.tr("The images to learn from, sorted by kind.")
        images = self.tr("%n image(s)", "", len(dataset.samples))
        classes = self.tr("%n class(es)", "", len(dataset.classes))
        place = [str(folder)] if folder else []
        if len(self.session.images.folders) > 1:
            place = [self.tr("%n folder(s)", "", len(self.session.images.folders))]
        return " · ".join([images, classes, *place])


def is_packed(path: Path) -> bool:
    """Whether a file is called like an archive; its content is looked at when it is read."""
    return path.is_file() and path.name.lower().endswith(ARCHIVES)


def _keep_shot(project: Project, label: str, content: bytes) -> Path:
    """Keep a picture that was taken, in a background thread."""
    from effnet_studio.engine.data.shots import keep_shot

    return keep_shot(project, label, content)


def _compare(project: Project, version: str, dataset: Dataset) -> VersionDiff:
    """Tell how the dataset differs from a version, in a background thread."""
    from effnet_studio.engine.data.versions import compare, content_of, load_version

    return compare(load_version(project, version), content_of(dataset))
