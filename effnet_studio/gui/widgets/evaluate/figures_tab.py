"""A finished check in figures: cards, confusion matrix, classes, mix-ups, all figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.engine.evaluation.measures.significance import wilson
from effnet_studio.gui.jobs import JobRunner
from effnet_studio.gui.models.class_report_table import LABEL_ROLE, ClassReportTable
from effnet_studio.gui.models.confusion_pairs import CELL_ROLE, ConfusionPairs
from effnet_studio.gui.models.figure_rows import FIGURE_ROLE, FigureRows
from effnet_studio.gui.models.image_choice import ImageChoice
from effnet_studio.gui.names import named
from effnet_studio.gui.questions import Requests
from effnet_studio.gui.text import count_text, percent_text
from effnet_studio.gui.theme import SPACE_3, SPACE_4, ThemeManager, set_role
from effnet_studio.gui.widgets.evaluate.confusion_matrix import ConfusionMatrix
from effnet_studio.gui.widgets.evaluate.evaluation_tab import EvaluationTab
from effnet_studio.gui.widgets.figure_card import FigureCard, break_captions
from effnet_studio.gui.widgets.help_mark import HelpMark, help_row
from effnet_studio.gui.widgets.report_table import ReportTable
from effnet_studio.gui.widgets.tab_bar import TabBar

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QResizeEvent

    from effnet_studio.engine.evaluation.evaluate import Evaluation
    from effnet_studio.engine.evaluation.measures.bootstrap import Interval
    from effnet_studio.engine.evaluation.measures.intervals import Intervals
    from effnet_studio.engine.evaluation.measures.significance import Share

_CLASS_WIDTHS = (0, 66, 76, 66, 58)
_PAIR_WIDTHS = (0, 0, 56, 72)
_FIGURE_WIDTHS = (0, 74, 140)
_HELP = (
    "concept-confusion-matrix",
    "concept-precision-recall",
    "concept-confusion-matrix",
    "concept-accuracy-intervals",
)
"""Page of the guide for each tab."""
_LISTED = 20
"""Unreadable files named in the tool-tip."""
_LARGEST = 200
"""Images shown for the log-loss."""
_BESIDE = 40
"""Images of the other class shown beside those that are taken for it."""


class FiguresTab(EvaluationTab):
    """Cards above, below them the matrix and its tables.

    Args:
        jobs: Resamples the images in the background.
        theme: Colours.
        parent: Qt's owner.
    """

    def __init__(self, jobs: JobRunner, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("figures_tab")
        self._theme = theme
        self._requests = Requests(jobs, parent=self)
        self._evaluation: Evaluation | None = None
        self._shown: tuple[int, int | None] | str | None = None
        self._missed: NDArray[np.bool_] | None = None
        self._intervals: Intervals | None = None
        self._figures = [
            FigureCard(name, self, below=True) for name in ("accuracy", "balanced", "images")
        ]
        self._build_tables()
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
        self._rows = FigureRows(self)
        self._figure_table = ReportTable(
            "figure_table", self._rows, _FIGURE_WIDTHS, self._theme, self
        )
        self._figure_table.setSortingEnabled(False)
        self._tables = (self._class_table, self._pair_table, self._figure_table)

    def _build_ui(self) -> None:
        figures = QHBoxLayout()
        figures.setSpacing(SPACE_3)
        for card in self._figures:
            figures.addWidget(card, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_3)
        layout.addLayout(figures)
        layout.addWidget(self._make_card(), 1)

    def _make_card(self) -> QFrame:
        card = QFrame(self)
        set_role(card, "card")
        self._tabs = named(TabBar(card), "evaluation_tabs")
        self._tabs.setExpanding(False)
        self._stack = QStackedWidget(card)
        self._views = (self._matrix, *self._tables)
        for view in self._views:
            self._tabs.addTab("")
            self._stack.addWidget(view)
        # Without a word: in a narrow window the tabs need the room, and the matrix the height.
        self._copy = named(QPushButton(card), "evaluation_copy")
        set_role(self._copy, "ghost")
        self._theme.set_icon(self._copy, "copy", size=16)
        head = QHBoxLayout()
        mark = named(HelpMark(_HELP[0], self._theme, card), "figures_help")
        mark.follow(self._tabs, _HELP)
        head.addLayout(help_row(self._tabs, mark), 1)
        head.addWidget(self._copy)
        column = QVBoxLayout(card)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_4)
        column.setSpacing(SPACE_3)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        return card

    def _connect(self) -> None:
        self._tabs.currentChanged.connect(self._stack.setCurrentIndex)
        self._matrix.cell_chosen.connect(self._on_cell_chosen)
        for table in self._tables:
            table.selectionModel().currentRowChanged.connect(self._on_row_chosen)
        self._copy.clicked.connect(self._on_copy)
        self._requests.answered.connect(self._on_found)

    @override
    def set_evaluation(self, evaluation: Evaluation | None) -> None:
        self._evaluation, self._shown = evaluation, None
        self._missed, self._intervals = None, None
        self._requests.forget()
        self._rows.set_evaluation(evaluation)
        if evaluation is not None:
            self._matrix.set_matrix(evaluation.confusion, evaluation.classes)
            self._classes.set_reports(evaluation.per_class)
            self._pairs.set_matrix(evaluation.confusion, evaluation.classes)
            self._requests.ask_only(id(evaluation), _find, evaluation)
        self._retranslate()

    @Slot(object, object)
    def _on_found(self, _key: object, found: tuple[Intervals, NDArray[np.bool_]]) -> None:
        self._intervals, self._missed = found
        self._rows.set_intervals(self._intervals)
        self._classes.set_intervals(self._intervals)
        self._say_figures()
        if self._shown == "top5":
            self._tell()

    @override
    def clear_choice(self) -> None:
        self._shown = None
        self._let_go(None)

    def _let_go(self, chosen: QWidget | None) -> None:
        """Leave nothing selected but in the view where something was chosen last."""
        if chosen is not self._matrix:
            self._matrix.clear_selection()
        for table in self._tables:
            if chosen is not table:
                table.setCurrentIndex(QModelIndex())

    @Slot(int, int)
    def _on_cell_chosen(self, row: int, column: int) -> None:
        self._shown = (row, column)
        self._let_go(self._matrix)
        self._tell()

    @Slot(QModelIndex)
    def _on_row_chosen(self, index: QModelIndex) -> None:
        label, cell = index.data(LABEL_ROLE), index.data(CELL_ROLE)
        figure = index.data(FIGURE_ROLE)
        if isinstance(figure, str):
            self._shown = figure
        elif cell is not None:
            self._shown = tuple(cell)
        elif isinstance(label, int):
            self._shown = (label, None)
        else:
            return
        self._let_go(next((each for each in self._tables if each.model() is index.model()), None))
        self._tell()

    @Slot()
    def _on_copy(self) -> None:
        """Put what the tab shows on the clipboard, as spreadsheets take it."""
        table = self._views[self._stack.currentIndex()]
        QGuiApplication.clipboard().setText(table.as_text())

    def _tell(self) -> None:
        """Open the images behind the cell or the row that is chosen."""
        evaluation, shown = self._evaluation, self._shown
        if evaluation is None or shown is None:
            return
        if isinstance(shown, str):
            self._tell_figure(evaluation, shown)
            return
        row, column = shown
        true, beside, said = evaluation.classes[row], None, ""
        if column is None:
            keep = (evaluation.true != evaluation.predicted) & (evaluation.true == row)
            title = self.tr("Errors in {true}").format(true=true)
        else:
            said = evaluation.classes[column]
            keep = (evaluation.true == row) & (evaluation.predicted == column)
            title = self.tr("{true}, recognised").format(true=true)
        if column is not None and row != column:
            title = self.tr("{true}, taken for {answer}").format(true=true, answer=said)
            beside = _typical(evaluation, column)
        hint = self.tr(
            "Worst first. Under each image: its true class, then the answer and how sure it was."
        )
        self.images_chosen.emit(
            ImageChoice(
                title,
                _worst_first(evaluation, keep),
                hint,
                beside,
                self.tr("{answer}, recognised: to compare").format(answer=said),
            )
        )

    def _tell_figure(self, evaluation: Evaluation, name: str) -> None:
        """Open the images that keep a figure from being better."""
        if name == "log_loss":
            title = self.tr("Images with the largest loss")
            keep = np.ones(evaluation.images, dtype=bool)
        elif name != "top5":
            self.nothing_to_open.emit()  # all errors keep it from being better
            return
        elif self._missed is None:
            return  # told when they are found
        else:
            title = self.tr("Images whose class is not among the five likeliest")
            keep = self._missed
        hint = self.tr(
            "Worst first. Under each image: its true class, then the answer and how sure it was."
        )
        positions = _worst_first(evaluation, keep)
        if name == "log_loss":
            positions = positions[:_LARGEST]
        self.images_chosen.emit(ImageChoice(title, positions, hint))

    @override
    def tab_title(self) -> str:
        return self.tr("Figures")

    @override
    def _retranslate(self) -> None:
        self._tabs.setTabText(0, self.tr("Matrix"))
        self._tabs.setTabToolTip(0, self.tr("Confusion matrix"))
        self._tabs.setTabText(1, self.tr("Classes"))
        self._tabs.setTabText(2, self.tr("Mix-ups"))
        self._tabs.setTabText(3, self.tr("Overall"))
        self._tabs.setAccessibleName(self.tr("Views of the result"))
        self._class_table.setAccessibleName(self._tabs.tabText(1))
        self._pair_table.setAccessibleName(self._tabs.tabText(2))
        self._figure_table.setAccessibleName(self._tabs.tabText(3))
        self._copy.setAccessibleName(self.tr("Copy"))
        self._copy.setToolTip(self.tr("Copy the table, to paste it into a spreadsheet"))
        self._classes.retranslate()
        self._pairs.retranslate()
        self._rows.retranslate()
        self._say_figures()
        self._tell()

    def _say_figures(self) -> None:
        evaluation = self._evaluation
        if evaluation is None:
            return
        accuracy, balanced, images = self._figures
        right = int((evaluation.true == evaluation.predicted).sum())
        share = wilson(right, evaluation.images)
        accuracy.set_texts(
            self.tr("Accuracy"),
            percent_text(evaluation.accuracy),
            self.tr("Share of the images that were recognised"),
            note=self._range(share),
            note_tone="",
        )
        found = self._intervals
        balanced.set_texts(
            self.tr("Balanced accuracy"),
            percent_text(evaluation.balanced_accuracy),
            self.tr("Mean over the classes, so that small classes count as much as large ones"),
            note="…" if found is None else self._range(found.balanced_accuracy),
            note_tone="",
        )
        failed = len(evaluation.failed)
        unread = self.tr("%n unreadable", "", failed).replace(" ", "\u00a0")
        wrong = self.tr("%n error(s)", "", evaluation.images - right)
        images.set_texts(
            self.tr("Images checked"),
            count_text(evaluation.images),
            "\n".join(str(each.path) for each in evaluation.failed[:_LISTED]),
            note=f"{wrong} · {unread}" if failed else wrong,
            note_tone="warning" if failed else "",
        )
        break_captions(self._figures, self.width(), SPACE_3)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        break_captions(self._figures, self.width(), SPACE_3)

    def _range(self, found: Interval | Share) -> str:
        low, high = percent_text(found.low), percent_text(found.high)
        return self.tr("{low} to {high}").format(low=low, high=high)


def _worst_first(evaluation: Evaluation, keep: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Positions of some images, those whose true class got the lowest probability first."""
    order = evaluation.true_probability.argsort(kind="stable")
    chosen: NDArray[np.int64] = order[keep[order]]
    return chosen


def _typical(evaluation: Evaluation, label: int) -> NDArray[np.int64]:
    """Positions of the images of a class that were recognised most surely."""
    keep = (evaluation.true == label) & (evaluation.predicted == label)
    return _worst_first(evaluation, keep)[::-1][:_BESIDE]


def _find(evaluation: Evaluation) -> tuple[Intervals, NDArray[np.bool_]]:
    """Intervals, and which images miss the five likeliest; runs in the requests' thread."""
    from effnet_studio.engine.evaluation.evaluate import TOP
    from effnet_studio.engine.evaluation.measures.intervals import confidence_intervals
    from effnet_studio.engine.evaluation.measures.metrics import true_ranks

    missed = true_ranks(evaluation.logits, evaluation.true) >= TOP
    return confidence_intervals(evaluation), missed
