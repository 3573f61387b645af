"""The judged images beside the one on view, with what can be done and is being done below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.gui.names import named
from effnet_studio.gui.restyler import hold_parts
from effnet_studio.gui.theme import SPACE_3, SPACE_4
from effnet_studio.gui.widgets.predict.comparison_panel import ComparisonPanel
from effnet_studio.gui.widgets.predict.explanation_panel import ExplanationPanel
from effnet_studio.gui.widgets.predict.predicted_list import PredictedList
from effnet_studio.gui.widgets.predict.results_foot import ResultsFoot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QResizeEvent

    from effnet_studio.gui.image_judge import ImageJudge
    from effnet_studio.gui.jobs import Job, JobRunner
    from effnet_studio.gui.theme import ThemeManager

_TABLE_SHARE = 0.64
"""Of the width, when table and image are first seen side by side."""
_ROOMY = 1300
"""Pixels from which on answers and choices have room beside a table and its image."""


class AnswersView(QWidget):
    """List at the left, image at the right; a table may have the whole width.

    It is made by :meth:`build`.

    Args:
        jobs: Gives the background threads.
        theme: Colours and icons.
        parent: Qt's owner.

    Attributes:
        items: The list of images.
        panel: The image on view.
        comparison: In its place while two models are compared.
        foot: Progress.
    """

    def __init__(self, jobs: JobRunner, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("predict_answers")
        self._jobs, self._theme = jobs, theme
        self._judge: ImageJudge | None = None
        self._comparing = False
        self._splitter = named(QSplitter(Qt.Orientation.Horizontal, self), "answers_splitter")
        self._splitter.setHandleWidth(SPACE_4)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setStyleSheet("QSplitter::handle { background: transparent; }")
        for holder in (self, self._splitter):
            hold_parts(holder)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE_3)
        self._column.addWidget(self._splitter, 1)

    def build(self) -> Iterator[None]:
        """Make what it holds, in steps."""
        self.items = PredictedList(self._jobs, self._theme, self._splitter)
        yield
        self.panel = ExplanationPanel(self._jobs, self._theme, self._splitter)
        yield
        self.comparison = ComparisonPanel(self._jobs, self._theme, self._splitter)
        yield
        self.foot = ResultsFoot(self._theme, self)
        for place, part in enumerate((self.items, self.panel, self.comparison)):
            self._splitter.addWidget(part)
            self._splitter.setStretchFactor(place, int(place > 0))
        self._column.addWidget(self.foot)
        self.items.view_changed.connect(self._on_view)
        self.items.details_changed.connect(self._on_view)

    def follow(self, judge: ImageJudge) -> None:
        """Show what a judge of images finds, as it finds it.

        Args:
            judge: Its images are shown.
        """
        self._judge = judge
        judge.started.connect(self._on_started)
        judge.cleared.connect(self._on_cleared)
        judge.judged.connect(self._on_judged)
        judge.finished.connect(self._on_finished)
        self.foot.go_on_asked.connect(judge.go_on)

    def insert_bar(self, bar: QWidget) -> None:
        """Put a bar between the images and the foot."""
        self._column.insertWidget(1, bar)

    @Slot(object)
    def _on_started(self, job: Job) -> None:
        self.foot.set_left(0)
        self.foot.follow(job)

    @Slot()
    def _on_cleared(self) -> None:
        if self._judge is not None:
            self.items.set_items(self._judge.items)
            self.foot.set_left(0)

    @Slot(int)
    def _on_judged(self, first: int) -> None:
        """Images have come; the first of a drop is looked at, those behind it wait their turn.

        What came by itself is looked at as long as the newest one was on view; whoever looks at
        another image is left in peace.
        """
        judge = self._judge
        if judge is None:
            return
        self.items.grow()
        newest = judge.items[first - 1] if first else None
        if judge.new_drop:
            judge.new_drop = False
            self.items.choose_item(judge.items[first])
        elif judge.by_itself and self.items.chosen in (None, newest):
            self.items.choose_item(judge.items[-1])

    @Slot()
    def _on_finished(self) -> None:
        if self._judge is not None:
            self.foot.set_left(len(self._judge.remaining))

    @Slot(bool)
    def _on_view(self, _changed: bool) -> None:  # noqa: FBT001 - a slot
        self._lay_out()

    def _lay_out(self) -> None:
        """Give pictures their columns, and a table what the image beside it can spare."""
        table, width = self.items.table, self._splitter.width()
        self.panel.setVisible(not self.items.wide and not self._comparing)
        self.comparison.setVisible(not self.items.wide and self._comparing)
        self.panel.set_compact(table and width < _ROOMY)
        left = round(width * _TABLE_SHARE) if table else self.items.maximumWidth()
        rest = max(0, width - left)
        self._splitter.setSizes([left, *((0, rest) if self._comparing else (rest, 0))])

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def set_comparing(self, comparing: bool) -> None:  # noqa: FBT001 - a setter
        """Show the comparison in the place of the explanation, or the other way round."""
        self._comparing = comparing
        self._lay_out()

    def set_narrow(self, narrow: bool) -> None:  # noqa: FBT001 - a setter
        """Lay small windows out tightly."""
        self.items.set_narrow(narrow)
        self.panel.set_narrow(narrow)
        self.comparison.set_narrow(narrow)
        self._lay_out()
