"""A finished evaluation: views of it at the left, the images behind each number at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget
from typing_extensions import override

from effnet_studio.gui.models.sheet_cells import rows_of
from effnet_studio.gui.restyler import hold_parts
from effnet_studio.gui.theme import SPACE_4
from effnet_studio.gui.widgets.evaluate.confidence_view import ConfidenceView
from effnet_studio.gui.widgets.evaluate.curves_view import CurvesView
from effnet_studio.gui.widgets.evaluate.evaluation_tab import EvaluationTab
from effnet_studio.gui.widgets.evaluate.figures_tab import FiguresTab
from effnet_studio.gui.widgets.evaluate.image_sheet import ImageSheet
from effnet_studio.gui.widgets.evaluate.slices_view import SlicesView
from effnet_studio.gui.widgets.evaluate.worst_view import WorstView

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from effnet_studio.engine.data.dataset import Dataset
    from effnet_studio.engine.evaluation.evaluate import Evaluation
    from effnet_studio.engine.project import Project
    from effnet_studio.gui.jobs import JobRunner
    from effnet_studio.gui.models.image_choice import ImageChoice
    from effnet_studio.gui.models.predict_items import ModelHolder
    from effnet_studio.gui.theme import ThemeManager


class EvaluationView(QWidget):
    """Every number opens its images. It is made by :meth:`build`.

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
        self._evaluation: Evaluation | None = None
        self._source: object = None
        self._everything = True
        self._jobs, self._theme = jobs, theme

    def build(self) -> Iterator[None]:
        """Lay it out, in steps."""
        jobs, theme = self._jobs, self._theme
        self.confidence = ConfidenceView(jobs, theme, self)
        yield
        self.worst = WorstView(theme, self)
        self.slices = SlicesView(theme, self)
        yield
        figures = FiguresTab(jobs, theme, self)
        yield
        curves = CurvesView(jobs, theme, self)
        yield
        self.tabs: tuple[EvaluationTab, ...] = (
            figures,
            self.worst,
            curves,
            self.confidence,
            self.slices,
        )
        self._stack = QStackedWidget(self)
        for tab in self.tabs:
            self._stack.addWidget(tab)
            tab.images_chosen.connect(self._on_images_chosen)
            tab.nothing_to_open.connect(self._on_nothing_to_open)
        self.sheet = ImageSheet(jobs, theme, self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_4)
        layout.addWidget(self._stack, 4)
        layout.addWidget(self.sheet, 3)
        for holder in (self, self._stack):
            hold_parts(holder)
        self.sheet.picture_opened.connect(self.picture_opened)
        self.sheet.cleared.connect(self._on_cleared)

    def show_tab(self, place: int) -> None:
        """Show one of the views.

        Args:
            place: Which of :attr:`tabs`.
        """
        self._stack.setCurrentIndex(place)

    def set_evaluation(
        self,
        evaluation: Evaluation,
        dataset: Dataset,
        project: Project | None,
        model: tuple[ModelHolder, Path] | None,
    ) -> None:
        """Show an evaluation, and the errors of all classes.

        Where only labels or images have changed, the sheet stays as it is: the user is at work.

        Args:
            evaluation: Figures and answers.
            dataset: The images, with today's labels.
            project: Has their thumbnails; None for a folder outside.
            model: Shows where it looked, with its holder; None if it cannot.
        """
        before, self._evaluation = self._evaluation, evaluation
        # Images of two folders have the same numbers, but are others.
        of_before, self._source = self._source, project or dataset
        self.worst.set_foreign(foreign=project is None)
        for tab in self.tabs:
            tab.set_evaluation(evaluation)
        same = (
            before is not None
            and of_before is self._source
            and (before.model, before.split) == (evaluation.model, evaluation.split)
        )
        if not same:
            self.sheet.forget()
        self.sheet.set_source(dataset, project, model)
        if self._everything or not same:
            self._show_errors()

    @Slot(object)
    def _on_images_chosen(self, choice: ImageChoice) -> None:
        evaluation = self._evaluation
        if evaluation is None:
            return
        self._everything = False
        self._let_others_go()
        rows = choice.rows or rows_of(evaluation, choice.positions)
        self.sheet.show_rows(choice.title, rows, choice.hint)
        if choice.beside is not None:
            self.sheet.show_beside(choice.beside_title, rows_of(evaluation, choice.beside))

    @Slot()
    def _on_nothing_to_open(self) -> None:
        self._let_others_go()
        self._show_errors()

    def _let_others_go(self) -> None:
        """Leave nothing chosen but in the tab that speaks now."""
        for tab in self.tabs:
            if tab is not self.sender():
                tab.clear_choice()

    @Slot()
    def _on_cleared(self) -> None:
        for tab in self.tabs:
            tab.clear_choice()
        self._show_errors()

    def _show_errors(self) -> None:
        evaluation = self._evaluation
        if evaluation is None:
            return
        self._everything = True
        order = evaluation.true_probability.argsort(kind="stable")
        wrong: np.ndarray = (evaluation.true != evaluation.predicted)[order]
        hint = self.tr(
            "Worst first. Under each image: its true class, then the answer and how sure it was."
        )
        if not wrong.any():
            hint = self.tr("Every image was recognised.")
        self.sheet.show_rows(
            self.tr("All errors"), rows_of(evaluation, order[wrong]), hint, everything=True
        )

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._everything:
            self._show_errors()
