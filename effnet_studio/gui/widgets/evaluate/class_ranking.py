"""The classes by how well they are told from the rest: a card with a table to choose from."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QItemSelectionModel, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.gui.models.class_curves_table import PRECISION, ClassCurvesTable
from effnet_studio.gui.models.class_report_table import LABEL_ROLE
from effnet_studio.gui.names import named
from effnet_studio.gui.text import area_text
from effnet_studio.gui.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, set_role
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.report_table import ReportTable
from effnet_studio.gui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtGui import QResizeEvent

    from effnet_studio.engine.evaluation.curves.class_curves import ClassCurves
    from effnet_studio.engine.evaluation.curves.curve_intervals import CurveIntervals
    from effnet_studio.gui.theme import ThemeManager

_WIDTHS: Final = (0, 126, 126, 58)
_BRIEF_WIDTHS: Final = (0, 64, 122, 58)
_BRIEF: Final = 430
"""Up to this width figures are shown without their intervals, pixels."""
_SEARCH_FROM: Final = 12
"""Classes from which on there is a field to search them."""


class ClassRanking(QFrame):
    """Sorted by a click on a heading, the worst class first; several can be chosen.

    Args:
        theme: Colours.
        parent: Qt's owner.
    """

    classes_chosen = Signal(object)
    """Numbers of the classes that the user chose, a tuple; the last one chosen comes first."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("class_ranking")
        set_role(self, "card")
        self._theme = theme
        self._chosen: tuple[int, ...] = ()
        self._quiet = False
        self._told = False
        self._curves: ClassCurves | None = None
        self._intervals: CurveIntervals | None = None
        self._build_ui()
        self._connect()
        self._retranslate()

    def _build_ui(self) -> None:
        self._title = named(Label(self), "ranking_title")
        set_role(self._title, "strong")
        self._title.setWordWrap(True)
        self._copy = named(QPushButton(self), "ranking_copy")
        set_role(self._copy, "ghost")
        self._theme.set_icon(self._copy, "copy", size=16)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._copy)
        self._mean = named(Label(self), "ranking_mean")
        self._mean.setWordWrap(True)
        set_role(self._mean, "caption")
        self._search = SearchField("ranking_search", self._theme, self)
        self._model = ClassCurvesTable(self)
        self.table = ReportTable("ranking_table", self._model, _WIDTHS, self._theme, self)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.sort(PRECISION, Qt.SortOrder.AscendingOrder)
        self._none = named(Label(self), "ranking_none")
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_role(self._none, "muted")
        self._none.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_4, SPACE_3, SPACE_3, SPACE_3)
        layout.setSpacing(SPACE_2)
        layout.addLayout(head)
        layout.addWidget(self._mean)
        layout.addSpacing(-SPACE_1)
        layout.addWidget(self._search)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._none, 1)

    def _connect(self) -> None:
        self._copy.clicked.connect(self._on_copy)
        self._search.textChanged.connect(self._on_searched)
        self.table.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.table.clicked.connect(self._on_clicked)

    def set_curves(self, classes: Sequence[str], curves: ClassCurves) -> None:
        """Show other classes, and choose none.

        Args:
            classes: Their names.
            curves: Their figures.
        """
        self._curves, self._intervals, self._chosen = curves, None, ()
        self._search.setVisible(len(classes) >= _SEARCH_FROM)
        self._quiet = True
        self._search.clear()
        self._model.set_curves(classes, curves)
        self._quiet = False
        self._tell_mean()

    def set_intervals(self, intervals: CurveIntervals) -> None:
        """Add how far the figures may be off."""
        self._intervals = intervals
        self._model.set_intervals(intervals)
        self._tell_mean()

    @property
    def worst(self) -> int | None:
        """Number of the class in the first row; None if there is none."""
        index = self._model.index(0, 0)
        return index.data(LABEL_ROLE) if index.isValid() else None

    def height_for(self, rows: int) -> int:
        """How high the card is to be, to show some rows at least if there are so many, pixels."""
        shown = min(rows, self._model.rowCount())
        table = self.table.horizontalHeader().sizeHint().height() + SPACE_1
        table += shown * self.table.verticalHeader().defaultSectionSize()
        heights = [self._copy.sizeHint().height(), self._mean.sizeHint().height()]
        if not self._search.isHidden():
            heights.append(self._search.sizeHint().height() + SPACE_2)
        return 2 * SPACE_3 + sum(heights) + 2 * SPACE_2 + table

    def choose(self, labels: Sequence[int]) -> None:
        """Choose classes; emits nothing."""
        self._chosen = tuple(labels)
        self._select()

    def _select(self) -> None:
        """Mark the rows of the chosen classes, as far as they are shown."""
        selection = self.table.selectionModel()
        flags = QItemSelectionModel.SelectionFlag
        self._quiet = True
        selection.clearSelection()
        # The first one last, so that the keys go on from it.
        for label in reversed(self._chosen):
            row = self._model.row_of(label)
            if row >= 0:
                selection.setCurrentIndex(self._model.index(row, 0), flags.Select | flags.Rows)
        self._quiet = False

    @Slot()
    def _on_selection_changed(self) -> None:
        if self._quiet:
            return
        selection = self.table.selectionModel()
        labels = [int(index.data(LABEL_ROLE)) for index in selection.selectedRows()]
        if not labels:
            return  # the curves stay; there is nothing else to show
        current = selection.currentIndex().data(LABEL_ROLE)
        if current in labels:
            labels.remove(current)
            labels.insert(0, current)
        self._chosen = tuple(labels)
        self._told = True
        self.classes_chosen.emit(self._chosen)

    @Slot()
    def _on_clicked(self) -> None:
        """A click on what is selected already opens its images too."""
        if not self._told:
            self._on_selection_changed()
        self._told = False

    @Slot(str)
    def _on_searched(self, pattern: str) -> None:
        self._quiet, before = True, self._quiet
        self._model.set_pattern(pattern)
        self._quiet = before
        found = self._model.rowCount() > 0
        self.table.setVisible(found)
        self._none.setVisible(not found)
        self._select()

    @Slot()
    def _on_copy(self) -> None:
        """Put the table on the clipboard, as spreadsheets take it; intervals are always in it."""
        self._model.set_brief(brief=False)
        QGuiApplication.clipboard().setText(self.table.as_text())
        self._model.set_brief(brief=self.width() <= _BRIEF)

    def _tell_mean(self) -> None:
        curves, found = self._curves, self._intervals
        if curves is None:
            return
        macro = curves.macro
        text = self.tr("Mean of all classes: AUC {area}, average precision {precision}.").format(
            area=_with_ends(macro.roc_auc, None if found is None else found.macro_roc_auc),
            precision=_with_ends(
                macro.average_precision, None if found is None else found.macro_average_precision
            ),
        )
        self._mean.setText(text)
        self._mean.setToolTip(
            self.tr(
                "Each class counts alike. All images together, so that each counts alike: AUC "
                "{area}, average precision {precision}."
            ).format(
                area=area_text(curves.micro.roc_auc),
                precision=area_text(curves.micro.average_precision),
            )
        )

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Each class against the rest"))
        self._title.setToolTip(
            self.tr(
                "By the probability of the class alone, whatever the threshold: the answers "
                "themselves do not count."
            )
        )
        self._copy.setText(self.tr("Copy"))
        self._copy.setAccessibleName(self._copy.text())
        self._copy.setToolTip(self.tr("Copy the table, to paste it into a spreadsheet"))
        self._search.setPlaceholderText(self.tr("Search a class"))
        self._search.setAccessibleName(self._search.placeholderText())
        self._none.setText(self.tr("No class has this in its name."))
        self.table.setAccessibleName(self.tr("Classes"))
        self._model.retranslate()
        self._tell_mean()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        brief = self.width() <= _BRIEF
        self._model.set_brief(brief=brief)
        for column, width in enumerate(_BRIEF_WIDTHS if brief else _WIDTHS):
            if width:
                self.table.setColumnWidth(column, width)
        self.table.scrollTo(self.table.currentIndex())

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()


def _with_ends(value: float, ends: NDArray[np.float64] | None) -> str:
    """A figure, and its interval where that is known."""
    if ends is None or math.isnan(ends[0]):
        return area_text(value)
    return f"{area_text(value)} ({area_text(float(ends[0]))}–{area_text(float(ends[1]))})"
