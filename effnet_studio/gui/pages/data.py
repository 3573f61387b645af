"""The images of the project: import them, look at them, see what could not be used."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.gui.errors import Banner
from effnet_studio.gui.models.thumbnails import SampleCells
from effnet_studio.gui.names import named
from effnet_studio.gui.pages.base import Page
from effnet_studio.gui.text import count_text
from effnet_studio.gui.theme import SPACE_2, SPACE_3, SPACE_4, set_role
from effnet_studio.gui.widgets.class_list import ClassList
from effnet_studio.gui.widgets.drop_area import DropArea
from effnet_studio.gui.widgets.import_progress import ImportProgress
from effnet_studio.gui.widgets.problem_list import ProblemList
from effnet_studio.gui.widgets.split_bar import SplitBar
from effnet_studio.gui.widgets.thumbnail_grid import ThumbnailGrid

if TYPE_CHECKING:
    from effnet_studio.engine.data.dataset import Dataset, Sample
    from effnet_studio.gui.jobs import Job


class DataPage(Page):
    """Empty with a drop area, reading with progress, or loaded with classes and pictures."""

    key: ClassVar[str] = "data"

    # -- construction --------------------------------------------------------------------------

    @override
    def _build_ui(self) -> None:
        self._waiting: Path | None = None
        self._import = named(QPushButton(self), "data_import")
        self._train = named(QPushButton(self), "data_train")
        set_role(self._train, "primary")
        self.theme.set_icon(self._import, "folder-plus")
        self._train.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.theme.set_icon(self._train, "arrow-right", tone="on_accent")
        self.header.add_action(self._import)
        self.header.add_action(self._train)
        self._replace = Banner(self.theme, "accent", self)
        self._replace.setObjectName("replace_banner")
        self._replace_yes = named(QPushButton(self._replace), "replace_yes")
        self._replace.add_button(self._replace_yes)
        self._empty = DropArea(self.theme, "images", self)
        self._choose = self._empty.add_button("data_choose", "folder", primary=True)
        self._progress = ImportProgress(self.theme, self)
        self._states = named(QStackedWidget(self), "data_states")
        for state in (self._empty, self._progress, self._make_loaded()):
            self._states.addWidget(state)
        self.body.addWidget(self._replace)
        self.body.addWidget(self._states, 1)

    def _make_loaded(self) -> QWidget:
        self._loaded = named(QWidget(self), "data_loaded")
        row = QHBoxLayout(self._loaded)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_4)
        row.addWidget(self._make_class_card())
        row.addWidget(self._make_picture_card(), 1)
        return self._loaded

    def _make_class_card(self) -> QFrame:
        card = QFrame(self)
        set_role(card, "card")
        card.setFixedWidth(280)
        self._split = SplitBar(self.theme, card)
        self._classes = ClassList(self.theme, card)
        rule = QFrame(card)
        set_role(rule, "rule")
        top = QVBoxLayout()
        top.setContentsMargins(SPACE_4, SPACE_4, SPACE_4, SPACE_3)
        top.addWidget(self._split)
        bottom = QVBoxLayout()
        bottom.setContentsMargins(SPACE_2, SPACE_2, SPACE_2, SPACE_2)
        bottom.addWidget(self._classes, 1)
        column = QVBoxLayout(card)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(rule)
        column.addLayout(bottom, 1)
        return card

    def _make_picture_card(self) -> QFrame:
        card = QFrame(self)
        set_role(card, "card")
        self._tabs = named(QTabBar(card), "data_tabs")
        self._tabs.setExpanding(False)
        self._tabs.addTab("")
        self._tabs.addTab("")
        self._shown = named(QLabel(card), "data_shown")
        set_role(self._shown, "caption")
        self._filter = named(QComboBox(card), "split_filter")
        for split in ("", "train", "val", "test"):
            self._filter.addItem("", split)
        self._grid = ThumbnailGrid(self.session.jobs, self.theme, parent=card)
        self._problems = ProblemList(self.theme, card)
        self._views = QStackedWidget(card)
        self._views.addWidget(self._grid)
        self._views.addWidget(self._problems)
        top = QHBoxLayout()
        top.setSpacing(SPACE_3)
        top.addWidget(self._tabs)
        top.addStretch(1)
        top.addWidget(self._shown)
        top.addWidget(self._filter)
        column = QVBoxLayout(card)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_3, SPACE_3)
        column.setSpacing(SPACE_3)
        column.addLayout(top)
        column.addWidget(self._views, 1)
        return card

    @override
    def _connect(self) -> None:
        session = self.session
        session.dataset_changed.connect(self._on_dataset_changed)
        session.project_changed.connect(self._on_project_changed)
        session.import_started.connect(self._on_import_started)
        session.runs_changed.connect(self._on_contents_changed)
        self._choose.clicked.connect(self.ask_folder)
        self._import.clicked.connect(self.ask_folder)
        self._train.clicked.connect(self._on_train)
        self._replace_yes.clicked.connect(self._on_replace)
        self._classes.class_chosen.connect(self._show_pictures)
        self._filter.currentIndexChanged.connect(self._show_pictures)
        self._tabs.currentChanged.connect(self._on_tab)
        self._on_dataset_changed(session.dataset)
        if session.import_job is not None:
            self._on_import_started(session.import_job)

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
                self.tr("Use the images of {name} in this project instead?").format(
                    name=self._waiting.name
                ),
                self.tr("Trained models stay. For a separate project use Project → New project."),
                str(self._waiting),
            )

    @Slot()
    def _on_replace(self) -> None:
        folder, self._waiting = self._waiting, None
        self._replace.hide()
        if folder is not None:
            self.session.import_folder(folder)

    @override
    def drop_files(self, paths: list[Path]) -> bool:
        folder = next((path for path in paths if path.is_dir()), None)
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
        self._grid.thumbnails.clear_cache()

    @Slot()
    def _on_contents_changed(self) -> None:
        self._retranslate()

    @Slot(object)
    def _on_dataset_changed(self, dataset: Dataset | None) -> None:
        self._grid.thumbnails.clear_cache()
        self._classes.set_dataset(dataset)
        total = self._classes.total
        self._split.set_parts(total.train, total.val, total.test)
        self._problems.set_problems(self.session.problems, self.session.folder)
        self._tabs.setTabVisible(1, bool(self.session.problems))
        if dataset is None:
            self._show_pictures()  # else the list of classes has asked for it
        self._show_state()

    @Slot()
    def _show_state(self) -> None:
        job, dataset = self.session.import_job, self.session.dataset
        if job is not None and job.running:
            state: QWidget = self._progress
        else:
            state = self._empty if dataset is None else self._loaded
        if self._states.currentWidget() is not state:
            self._states.setCurrentWidget(state)
            self.setFocus()
        writable = self.session.project is not None and not self.session.project.read_only
        self._import.setVisible(state is self._loaded)
        self._import.setEnabled(writable)
        self._choose.setEnabled(writable)
        self._train.setVisible(state is self._loaded)
        self._retranslate()

    def _samples(self) -> list[Sample]:
        dataset = self.session.dataset
        if dataset is None:
            return []
        name, split = self._classes.chosen, self._filter.currentData()
        label = dataset.classes.index(name) if name in dataset.classes else None
        return [
            sample
            for sample in dataset.samples
            if (label is None or sample.label == label) and (not split or sample.split == split)
        ]

    @Slot()
    def _show_pictures(self) -> None:
        project = self.session.project
        samples = self._samples()
        cells = [] if project is None else SampleCells(project, samples)
        self._grid.set_cells(cells, captions=False)
        self._shown.setText(self.tr("%n image(s)", "", len(cells)))

    @Slot(int)
    def _on_tab(self, tab: int) -> None:
        self._views.setCurrentIndex(tab)
        self._filter.setVisible(tab == 0)
        self._shown.setVisible(tab == 0)

    @Slot()
    def _on_train(self) -> None:
        self.navigation_asked.emit("train")

    @override
    def _retranslate(self) -> None:
        self.header.set_texts(self.tr("Data"), self._subtitle())
        self._import.setText(self.tr("Import another folder…"))
        self._train.setText(self.tr("Train"))
        self._choose.setText(self.tr("Choose a folder…"))
        self._replace_yes.setText(self.tr("Replace the images"))
        for button in (self._import, self._train, self._choose, self._replace_yes):
            button.setAccessibleName(button.text())
        self._empty.set_texts(
            self.tr("Drop a folder of images here"),
            self.tr(
                "One sub-folder for each kind; or the sub-folders train and val with those inside."
                "\nThe images stay where they are and are never changed."
            ),
        )
        self._tabs.setTabText(0, self.tr("Images"))
        self._tabs.setTabText(
            1, self.tr("Left out · {n}").format(n=count_text(len(self.session.problems)))
        )
        titles = (
            self.tr("All parts"),
            self.tr("Training"),
            self.tr("Validation"),
            self.tr("Test"),
        )
        for row, title in enumerate(titles):
            self._filter.setItemText(row, title)
        self._filter.setAccessibleName(self.tr("Part of the images"))
        self._grid.setAccessibleName(self.tr("Images"))
        self._classes.setAccessibleName(self.tr("Classes"))
        self._shown.setText(self.tr("%n image(s)", "", self._grid.thumbnails.rowCount()))
        self._show_question()

    def _subtitle(self) -> str:
        dataset, folder = self.session.dataset, self.session.folder
        if dataset is None:
            return self.tr("The images to learn from, sorted by kind.")
        images = self.tr("%n image(s)", "", len(dataset.samples))
        classes = self.tr("%n class(es)", "", len(dataset.classes))
        return " · ".join([images, classes, *([str(folder)] if folder else [])])
