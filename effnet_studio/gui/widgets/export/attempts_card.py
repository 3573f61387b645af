"""Every way to round a model that was tried: a plot, and the same as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.gui.models.attempts import Cost, points
from effnet_studio.gui.models.export_words import (
    agreement_text,
    milliseconds_text,
    points_text,
    recipe_text,
)
from effnet_studio.gui.models.rows_table import Column
from effnet_studio.gui.names import named
from effnet_studio.gui.text import bytes_text, percent_text
from effnet_studio.gui.theme import SPACE_1, set_role
from effnet_studio.gui.widgets.export.attempts_plot import AttemptsPlot
from effnet_studio.gui.widgets.plots.twin_card import TwinCard

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.events import RecipeTried
    from effnet_studio.gui.theme import ThemeManager

_WIDE: Final = tuple(range(7))
_NARROW: Final = (0, 2, 6)
"""Columns that are shown: recipe, points lost, promise."""


class AttemptsCard(QWidget):
    """Grows while recipes are tried; the one that was kept has a check mark in the table.

    Args:
        theme: Colours.
        parent: Qt's owner.
        narrow: Whether there is only room for the most important columns of the table.
    """

    def __init__(
        self, theme: ThemeManager, parent: QWidget | None = None, *, narrow: bool = False
    ) -> None:
        super().__init__(parent)
        self._shown = _NARROW if narrow else _WIDE
        self.setObjectName("attempts")
        self._attempts: tuple[RecipeTried, ...] = ()
        self._kept = ""
        self._budget_points: float | None = None
        self.plot = AttemptsPlot(theme, self)
        self._card = TwinCard(self.plot, theme, name="attempts", parent=self)
        self._card.twin.table.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._card.add_to_head(self._make_switch())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._card)
        self._retranslate()

    def _make_switch(self) -> QWidget:
        switch = QWidget(self)
        row = QHBoxLayout(switch)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_1)
        self._costs = {cost: named(QPushButton(switch), f"attempts_{cost}") for cost in Cost}
        self._group = QButtonGroup(self)
        for cost, button in self._costs.items():
            button.setCheckable(True)
            button.setChecked(cost is Cost.TIME)
            set_role(button, "ghost")
            self._group.addButton(button)
            row.addWidget(button)
        self._group.buttonClicked.connect(self._show)
        return switch

    def set_attempts(
        self, attempts: Sequence[RecipeTried], *, kept: str = "", budget_points: float | None = None
    ) -> None:
        """Show what was tried.

        Args:
            attempts: In order.
            kept: Recipe of the file that was written; empty: not known yet.
            budget_points: Accuracy that the file may lose, percentage points.
        """
        self._attempts, self._kept = tuple(attempts), kept
        self._budget_points = budget_points
        self._show()

    @Slot()
    def _show(self) -> None:
        cost = next(cost for cost, button in self._costs.items() if button.isChecked())
        self.plot.set_points(points(self._attempts, cost, self._budget_points), cost)
        self._card.set_table(self._columns(), [self._row(*each) for each in self._numbered()])
        self._card.set_waiting("" if self._attempts else self.tr("None was measured yet."))

    def _numbered(self) -> list[tuple[int, RecipeTried]]:
        return list(enumerate(self._attempts, start=1))

    def _columns(self) -> tuple[Column, ...]:
        slowest = max((one.float_latency_ms for one in self._attempts), default=0.0)
        time = self.tr("Median time; the 32-bit file takes {time}").format(
            time=milliseconds_text(slowest)
        )
        columns = (
            Column(self.tr("Recipe"), self.tr("What is not in 32 bits is in 8 bits"), number=False),
            Column(self.tr("Accuracy")),
            Column(self.tr("Points lost"), self.tr("Percentage points less than the 32-bit file")),
            Column(self.tr("Same answers"), self.tr("As the 32-bit file")),
            Column(self.tr("One image"), time),
            Column(self.tr("Size")),
            Column(
                self.tr("Limit"), self.tr("Whether it loses no more than you allow"), number=False
            ),
        )
        return tuple(columns[place] for place in self._shown)

    def _row(self, number: int, one: RecipeTried) -> tuple[str, ...]:
        mark = " ✓" if one.recipe == self._kept else ""
        cells = (
            f"{number}  {recipe_text(one.recipe)}{mark}",
            percent_text(one.accuracy),
            points_text(one.loss),
            agreement_text(one.agreement),
            milliseconds_text(one.latency_ms),
            bytes_text(one.bytes),
            self.tr("kept") if one.kept_promise else self.tr("missed"),
        )
        return tuple(cells[place] for place in self._shown)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._card.set_title(self.tr("What was tried"))
        self._card.set_caption(
            self.tr("Accuracy on the validation images; numbers are the order of trying.")
        )
        self._costs[Cost.TIME].setText(self.tr("Time"))
        self._costs[Cost.SIZE].setText(self.tr("Size"))
        for button in self._costs.values():
            button.setAccessibleName(self.tr("Accuracy against {cost}").format(cost=button.text()))
        self._show()
