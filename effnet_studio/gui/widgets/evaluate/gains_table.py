"""Figures of two runs side by side, and how much of the difference may be chance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHeaderView, QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.gui.models.comparisons import gain_rows
from effnet_studio.gui.models.rows_table import Column, RowsTableModel
from effnet_studio.gui.theme import SPACE_3, set_role
from effnet_studio.gui.widgets.plots.table_twin import TableTwin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.evaluation.comparing.gains import Gain

_ROW: Final = 28
_INTERVAL: Final = 4
"""Column of the intervals, which need most room."""
_FIGURES: Final = 4
"""Rows that show without scrolling."""


class GainsTable(QFrame):
    """A card with one row for each figure.

    Args:
        parent: Qt's owner.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("compare_gains")
        set_role(self, "card")
        self._gains: Sequence[Gain] = ()
        self._model = RowsTableModel(self)
        self.twin = TableTwin(self._model, name="compare_gains", parent=self)
        table = self.twin.table
        table.verticalHeader().setDefaultSectionSize(_ROW)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(SPACE_3, SPACE_3, SPACE_3, SPACE_3)
        inside.addWidget(self.twin)
        self._retranslate()
        header = table.horizontalHeader()
        for column in (0, _INTERVAL):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        table.ensurePolished()  # the frame's width is the style's
        table.setFixedHeight(_ROW * _FIGURES + header.sizeHint().height() + 2 * table.frameWidth())

    def set_gains(self, gains: Sequence[Gain]) -> None:
        """Show other figures.

        Args:
            gains: One for each row; none, and the rows have dashes, while they are not known.
        """
        self._gains = gains
        self._retranslate()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        columns = [
            Column(self.tr("Figure"), number=False),
            Column(self.tr("First run")),
            Column(self.tr("Second run")),
            Column(self.tr("Difference"), self.tr("Second run less first run")),
            Column(
                self.tr("95 % interval"),
                self.tr(
                    "The true difference probably lies in this range; where it holds 0 there may "
                    "be none. Both runs are compared on the same resampled images."
                ),
            ),
            Column(
                self.tr("Verdict"),
                self.tr(
                    "Better only where the whole interval is on one side of 0; for accuracy the "
                    "exact test above must say so too (p below 0.05)"
                ),
            ),
        ]
        self._model.set_table(columns, gain_rows(self._gains))
        self.twin.table.setAccessibleName(self.tr("Figures of both runs"))
        self.twin.copy_button.setEnabled(bool(self._gains))
        self.twin.save_button.setEnabled(bool(self._gains))
