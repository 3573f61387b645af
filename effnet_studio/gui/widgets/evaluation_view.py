"""A finished evaluation: figures, confusion matrix, classes, and the images behind each number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
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

from effnet_studio.gui.models.class_report_table import LABEL_ROLE, ClassReportTable
from effnet_studio.gui.models.confusion_pairs import CELL_ROLE, ConfusionPairs
from effnet_studio.gui.models.thumbnails import Thumbnail, sample_cell
from effnet_studio.gui.names import named
from effnet_studio.gui.text import count_text, percent_text
from effnet_studio.gui.theme import SPACE_2, SPACE_3, SPACE_4, ThemeManager, set_role
from effnet_studio.gui.widgets.confusion_matrix import ConfusionMatrix
from effnet_studio.gui.widgets.figure_card import FigureCard
from effnet_studio.gui.widgets.report_table import ReportTable
from effnet_studio.gui.widgets.thumbnail_grid import ThumbnailGrid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.data.dataset import Dataset
    from effnet_studio.engine.evaluation.evaluate import Evaluation
    from effnet_studio.engine.project import Project
    from effnet_studio.gui.jobs import JobRunner

_CLASS_WIDTHS = (0, 76, 84, 64, 68)
_PAIR_WIDTHS = (0, 0, 60, 80)
_LISTED = 20
"""Unreadable files named in the tool-tip."""


class EvaluationView(QWidget):
    """Every number opens its images.

    Args:
        jobs: Loads thumbnails in the background.
        theme: Colours.
        parent: Qt's owner.
    """

    picture_opened = Signal(object)
    """Path of the picture that the user wants to look at closely."""

    def __init__(self, jobs: JobRunner, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("evaluation_view")
        self._theme = theme
        self._evaluation: Evaluation | None = None
        self._project: Project | None = None
        self._dataset: Dataset | None = None
        self._shown: tuple[int, int | None] | None = None
        self._figures = [
            FigureCard(name, self) for name in ("accuracy", "balanced", "log_loss", "images")
        ]
        self._build_tables()
        self._grid = ThumbnailGrid(jobs, theme, parent=self)
        self._build_ui()
        self._connect()
        self._retranslate()

    def _build_tables(self) -> None:
        self._matrix = ConfusionMatrix(self._theme, self)
        self._classes = ClassReportTable(self)
        self._class_table = ReportTable(
            "class_table", self._classes, _CLASS_WIDTHS, self._theme, self
        )
        self._class_table.sort(1, Qt.SortOrder.AscendingOrder)
        self._pairs = ConfusionPairs(self)
        self._pair_table = ReportTable("pair_table", self._pairs, _PAIR_WIDTHS, self._theme, self)
        self._pair_table.sort(-1, Qt.SortOrder.AscendingOrder)

    def _build_ui(self) -> None:
        figures = QHBoxLayout()
        figures.setSpacing(SPACE_4)
        for card in self._figures:
            figures.addWidget(card, 1)
        lower = QHBoxLayout()
        lower.setSpacing(SPACE_4)
        lower.addWidget(self._make_left_card(), 4)
        lower.addWidget(self._make_right_card(), 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_4)
        layout.addLayout(figures)
        layout.addLayout(lower, 1)

    def _make_left_card(self) -> QFrame:
        card = QFrame(self)
        set_role(card, "card")
        self._tabs = named(QTabBar(card), "evaluation_tabs")
        self._tabs.setExpanding(False)
        self._stack = QStackedWidget(card)
        for view in (self._matrix, self._class_table, self._pair_table):
            self._tabs.addTab("")
            self._stack.addWidget(view)
        self._copy = named(QPushButton(card), "evaluation_copy")
        set_role(self._copy, "ghost")
        self._theme.set_icon(self._copy, "copy", size=16)
        head = QHBoxLayout()
        head.addWidget(self._tabs, 1)
        head.addWidget(self._copy)
        column = QVBoxLayout(card)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_4)
        column.setSpacing(SPACE_3)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        return card

    def _make_right_card(self) -> QFrame:
        card = QFrame(self)
        set_role(card, "card")
        self._title = named(QLabel(card), "images_title")
        self._title.setWordWrap(True)
        set_role(self._title, "strong")
        self._hint = named(QLabel(card), "images_hint")
        set_role(self._hint, "muted")
        self._hint.setWordWrap(True)
        self._all = named(QPushButton(card), "images_all_errors")
        set_role(self._all, "link")
        self._all.hide()
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._all, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(card)
        column.setContentsMargins(SPACE_4, SPACE_4, SPACE_3, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addLayout(head)
        column.addWidget(self._hint)
        column.addWidget(self._grid, 1)
        return card

    def _connect(self) -> None:
        self._tabs.currentChanged.connect(self._stack.setCurrentIndex)
        self._matrix.cell_chosen.connect(self._on_cell_chosen)
        for table in (self._class_table, self._pair_table):
            table.selectionModel().currentRowChanged.connect(self._on_row_chosen)
        self._grid.picture_opened.connect(self._on_picture_opened)
        self._all.clicked.connect(self._on_all_errors)
        self._copy.clicked.connect(self._on_copy)

    def set_evaluation(self, evaluation: Evaluation, project: Project, dataset: Dataset) -> None:
        """Show an evaluation; the errors of all classes are opened first.

        Args:
            evaluation: Figures and answers.
            project: Gives the thumbnails.
            dataset: Gives the images' places.
        """
        self._evaluation = evaluation
        self._project = project
        self._dataset = dataset
        self._shown = None
        self._matrix.set_matrix(evaluation.confusion, evaluation.classes)
        self._classes.set_reports(evaluation.per_class)
        self._pairs.set_matrix(evaluation.confusion, evaluation.classes)
        self._show_images()
        self._retranslate()

    @Slot(int, int)
    def _on_cell_chosen(self, row: int, column: int) -> None:
        self._shown = (row, column)
        self._show_images()

    @Slot(QModelIndex)
    def _on_row_chosen(self, index: QModelIndex) -> None:
        label, cell = index.data(LABEL_ROLE), index.data(CELL_ROLE)
        if cell is not None:
            self._shown = tuple(cell)
        elif isinstance(label, int):
            self._shown = (label, None)
        else:
            return
        self._matrix.clear_selection()
        self._show_images()

    @Slot()
    def _on_all_errors(self) -> None:
        self._shown = None
        self._matrix.clear_selection()
        for table in (self._class_table, self._pair_table):
            table.setCurrentIndex(QModelIndex())
        self._show_images()

    @Slot(object)
    def _on_picture_opened(self, cell: Thumbnail) -> None:
        self.picture_opened.emit(cell.path)

    @Slot()
    def _on_copy(self) -> None:
        """Put what the tab shows on the clipboard, as spreadsheets take it."""
        table = (self._matrix, self._class_table, self._pair_table)[self._stack.currentIndex()]
        QGuiApplication.clipboard().setText(table.as_text())

    def _chosen(self, evaluation: Evaluation) -> Sequence[int]:
        """Positions in the evaluation of the images to show, worst answers first."""
        wrong = evaluation.true != evaluation.predicted
        if self._shown is None:
            keep = wrong
        elif self._shown[1] is None:
            keep = wrong & (evaluation.true == self._shown[0])
        else:
            row, column = self._shown
            keep = (evaluation.true == row) & (evaluation.predicted == column)
        order = evaluation.true_probability.argsort(kind="stable")
        return [int(position) for position in order if keep[position]]

    def _show_images(self) -> None:
        evaluation, project, dataset = self._evaluation, self._project, self._dataset
        if evaluation is None or project is None or dataset is None:
            return
        samples = {sample.id: sample for sample in dataset.samples}
        cells = []
        for position in self._chosen(evaluation):
            sample = samples.get(evaluation.sample_ids[position])
            if sample is None:
                continue
            answer = evaluation.classes[int(evaluation.predicted[position])]
            right = evaluation.predicted[position] == evaluation.true[position]
            confidence = percent_text(float(evaluation.confidence[position]), 0)
            cells.append(
                sample_cell(
                    project,
                    sample,
                    caption=f"{answer} · {confidence}",
                    tone="success" if right else "danger",
                )
            )
        self._grid.set_cells(cells)
        self._set_images_title(len(cells))

    def _set_images_title(self, count: int) -> None:
        evaluation = self._evaluation
        if evaluation is None:
            return
        self._all.setVisible(self._shown is not None)
        if self._shown is None:
            title = self.tr("All errors")
        else:
            row, column = self._shown
            true = evaluation.classes[row]
            if column is None:
                title = self.tr("Errors in {true}").format(true=true)
            elif row == column:
                title = self.tr("{true}, recognised").format(true=true)
            else:
                title = self.tr("{true}, taken for {answer}").format(
                    true=true, answer=evaluation.classes[column]
                )
        self._title.setText(f"{title} · {count_text(count)}")
        if count > 0:
            hint = self.tr("Worst first, each with its answer and confidence.")
        elif self._shown is None:
            hint = self.tr("Every image was recognised.")
        else:
            hint = self.tr("No images here.")
        self._hint.setText(hint)

    def _retranslate(self) -> None:
        self._tabs.setTabText(0, self.tr("Confusion matrix"))
        self._tabs.setTabText(1, self.tr("Classes"))
        self._tabs.setTabText(2, self.tr("Mix-ups"))
        self._tabs.setAccessibleName(self.tr("Views of the result"))
        self._class_table.setAccessibleName(self._tabs.tabText(1))
        self._pair_table.setAccessibleName(self._tabs.tabText(2))
        self._copy.setText(self.tr("Copy"))
        self._copy.setAccessibleName(self._copy.text())
        self._copy.setToolTip(self.tr("Copy the table, to paste it into a spreadsheet"))
        self._all.setText(self.tr("All errors"))
        self._all.setAccessibleName(self._all.text())
        self._grid.setAccessibleName(self.tr("Images"))
        self._classes.retranslate()
        self._pairs.retranslate()
        evaluation = self._evaluation
        if evaluation is None:
            return
        accuracy, balanced, log_loss, images = self._figures
        accuracy.set_texts(
            self.tr("Accuracy"),
            percent_text(evaluation.accuracy),
            self.tr("Share of the images that were recognised"),
        )
        balanced.set_texts(
            self.tr("Balanced accuracy"),
            percent_text(evaluation.balanced_accuracy),
            self.tr("Mean over the classes, so that small classes count as much as large ones"),
        )
        log_loss.set_texts(
            self.tr("Log-loss"),
            self.locale().toString(evaluation.log_loss, "f", 3),
            self.tr("Punishes being sure and wrong; 0 is perfect"),
        )
        failed = len(evaluation.failed)
        unread = self.tr("%n image(s) could not be read", "", failed)
        images.set_texts(
            self.tr("Images checked"),
            count_text(evaluation.images),
            "\n".join(str(each.path) for each in evaluation.failed[:_LISTED]),
            note=unread if failed else "",
        )
        self._set_images_title(self._grid.thumbnails.rowCount())

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
