"""The images of the project: import them, look at them, see what could not be used."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QPushButton,
    QStackedWidget,
    QWidget,
)
from typing_extensions import override

from effnet_studio.gui import file_dialogs
from effnet_studio.gui.arrivals import is_packed
from effnet_studio.gui.camera import CameraSource, has_camera
from effnet_studio.gui.direction import put_icon_behind
from effnet_studio.gui.errors import Banner
from effnet_studio.gui.layout_parts import laid_out_once
from effnet_studio.gui.names import named
from effnet_studio.gui.pages.base import Page
from effnet_studio.gui.pages.data_camera import CameraIntake
from effnet_studio.gui.pages.data_images import DataImages
from effnet_studio.gui.restyler import hold_parts
from effnet_studio.gui.theme import set_role
from effnet_studio.gui.widgets.data.camera_panel import CameraPanel
from effnet_studio.gui.widgets.data.image_viewer import ImageViewer
from effnet_studio.gui.widgets.data.import_progress import ImportProgress
from effnet_studio.gui.widgets.drop_area import DropArea

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from effnet_studio.engine.data.assemble import Mode
    from effnet_studio.engine.data.dataset import Dataset
    from effnet_studio.engine.training.runs import Run
    from effnet_studio.gui.camera import FrameSource
    from effnet_studio.gui.jobs import Job


class DataPage(Page):
    """Empty with a drop area, reading with progress, or loaded with classes and pictures."""

    key: ClassVar[str] = "data"
    command_buttons: ClassVar[tuple[str, ...]] = (
        "data_choose",
        "data_import",
        "data_update",
        "data_camera",
        "import_stop",
    )

    # -- construction --------------------------------------------------------------------------

    @override
    def _build_ui(self) -> Iterator[None]:
        self._waiting: Path | None = None
        self._import = named(QPushButton(self), "data_import")
        self._update = named(QPushButton(self), "data_update")
        self._camera = named(QPushButton(self), "data_camera")
        self._train = named(QPushButton(self), "data_train")
        set_role(self._train, "primary")
        self.theme.set_icon(self._import, "folder-plus")
        self.theme.set_icon(self._update, "refresh")
        self.theme.set_icon(self._camera, "image")
        put_icon_behind(self._train)
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
        yield
        self._empty = DropArea(self.theme, "images", self)
        self._choose = self._empty.add_button("data_choose", "folder", primary=True)
        self._progress = ImportProgress(self.theme, self)
        self._states = named(QStackedWidget(self), "data_states")
        yield
        self.viewer = ImageViewer(self.session, self.theme, self)
        yield
        self.camera = CameraPanel(self.theme, self)
        self._intake = CameraIntake(self.session, self.camera)
        yield
        self.images = DataImages(self.session, self.theme, self)
        yield from self.images.build()
        for state in (self._empty, self._progress, self.images, self.viewer, self.camera):
            self._states.addWidget(state)
        self.body.addWidget(self._replace)
        self.body.addWidget(self._states, 1)
        for holder in (self._states, self.images):
            hold_parts(holder)

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
        self.images.opened.connect(self._on_opened)
        self.images.history.compare.train_asked.connect(self._on_train)
        self.viewer.closed.connect(self._on_aside_closed)
        self._camera.clicked.connect(self._on_camera)
        self.camera.closed.connect(self._on_aside_closed)
        self._on_dataset_changed(session.dataset)
        self._on_runs_changed(session.runs)
        if session.import_job is not None:
            self._on_import_started(session.import_job)

    # -- importing -----------------------------------------------------------------------------

    @Slot()
    def ask_folder(self) -> None:
        """Let the user choose a folder of images."""
        start = self.session.folder.parent if self.session.folder else Path.home()
        chosen = file_dialogs.choose_folder(self, self.tr("Choose a folder of images"), start)
        if chosen is not None:
            self.take_folder(chosen)

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
        self.images.set_runs(runs)

    @Slot(object)
    def _on_dataset_changed(self, dataset: Dataset | None) -> None:
        with laid_out_once(self):
            self.images.refresh()
            if dataset is None and self._states.currentWidget() is self.viewer:
                self._states.setCurrentWidget(self.images)
            self._show_state()

    # -- looking and taking pictures -------------------------------------------------------------

    @Slot(object, int)
    def _on_opened(self, ids: Sequence[int], place: int) -> None:
        project, index = self.session.project, self.session.images.index
        if project is not None and index is not None and ids:
            self.viewer.show_images(project, index, ids, place)
            self._states.setCurrentWidget(self.viewer)
            self.viewer.setFocus()

    @Slot()
    def _on_aside_closed(self) -> None:
        self._states.setCurrentWidget(self.images)
        self.images.browser.grid.setFocus()

    @Slot()
    def _on_camera(self) -> None:
        self.open_camera(CameraSource(self))

    def open_camera(self, source: FrameSource) -> None:
        """Let the user take pictures with a camera."""
        index = self.session.images.index
        names = sorted(index.class_names.values()) if index is not None else []
        self._states.setCurrentWidget(self.camera)
        self.camera.open_camera(source, names, self.images.panel.list.chosen)

    @Slot()
    def _show_state(self) -> None:
        job, dataset = self.session.import_job, self.session.dataset
        reading = job is not None and job.running
        if reading and dataset is None:
            state: QWidget = self._progress
        else:
            state = self._empty if dataset is None else self.images
        aside = self._states.currentWidget() in {self.viewer, self.camera}
        viewing = state is self.images and aside
        if self._states.currentWidget() is not state and not viewing:
            self._states.setCurrentWidget(state)
            self.setFocus()
        writable = self.session.project is not None and not self.session.project.read_only
        self._camera.setVisible(state is self.images and has_camera())
        self._camera.setEnabled(writable and not reading)
        for button in (self._import, self._update):
            button.setVisible(state is self.images)
            button.setEnabled(writable and not reading)
        self._choose.setEnabled(writable)
        self._train.setVisible(state is self.images)
        self._retranslate()

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
