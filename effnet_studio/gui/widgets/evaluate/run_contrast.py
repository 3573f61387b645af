"""How two runs were trained: the settings that differ, and the curves of both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QHeaderView, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.gui.models.comparisons import setting_rows
from effnet_studio.gui.models.rows_table import Column, RowsTableModel
from effnet_studio.gui.theme import SPACE_3, set_role
from effnet_studio.gui.widgets.plots.curve_style import CurveStyle
from effnet_studio.gui.widgets.plots.plot import PlotCard
from effnet_studio.gui.widgets.plots.table_twin import TableTwin

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from effnet_studio.engine.training.runs import Run
    from effnet_studio.gui.theme import ThemeManager

_SHARES: Final = (6, 5)
"""Of the width: the table, each plot."""
_PADDING: Final = 32
"""Of a cell, both sides, pixels."""
_STYLES: Final = (
    CurveStyle(color=0, symbol="o", broad=True),
    CurveStyle(color=1, symbol="s"),
)
"""The first is the broader one: where both have the same values it shows around the second."""
_SIDES: Final = ("first", "second")


class RunContrast(QWidget):
    """A table at the left, two plots at the right.

    Args:
        theme: Colours and icons.
        first: A run.
        second: Another.
        runs: All of the project, which have names.
        parent: Qt's owner.
    """

    save_failed = Signal(object)
    """The StorageError that says why a table was not written."""

    def __init__(
        self,
        theme: ThemeManager,
        first: Run,
        second: Run,
        runs: Sequence[Run],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("compare_contrast")
        self._pair, self._runs = (first, second), runs
        self._build_ui(theme)
        self._draw_curves()
        self._retranslate()
        for twin in (self._twin, *(plot.twin for plot in self.plots.values())):
            twin.save_failed.connect(self.save_failed)

    def _build_ui(self, theme: ThemeManager) -> None:
        self._settings = RowsTableModel(self)
        self._twin = TableTwin(self._settings, name="compare_settings", parent=self)
        self.plots = {
            name: PlotCard(
                theme,
                name=f"compare_{name}",
                percent=name == "accuracy",
                axis_below=True,
                parent=self,
            )
            for name in ("accuracy", "loss")
        }
        for plot in self.plots.values():
            # The columns decide on the width, not what is in them.
            plot.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
            for side, style in zip(_SIDES, _STYLES, strict=True):
                plot.add_series(side, style)
        card = QFrame(self)
        set_role(card, "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(SPACE_3, SPACE_3, SPACE_3, SPACE_3)
        inside.addWidget(self._twin)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_3)
        row.addWidget(card, _SHARES[0])
        for plot in self.plots.values():
            row.addWidget(plot, _SHARES[1])

    def _draw_curves(self) -> None:
        longest = max((run.config.epochs for run in self._pair), default=1)
        for side, run in zip(_SIDES, self._pair, strict=True):
            for name, plot in self.plots.items():
                plot.extend(side, ((e.epoch + 1, getattr(e, f"val_{name}")) for e in run.epochs))
        for plot in self.plots.values():
            plot.set_x_limits(1, max(2, longest))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        sides = (self.tr("First run"), self.tr("Second run"))
        columns = [Column(text, number=False) for text in (self.tr("Setting"), *sides)]
        rows = setting_rows(*self._pair, self._runs)
        self._settings.set_table(columns, rows)
        self._widen(row[0] for row in rows)
        self._twin.table.setAccessibleName(self.tr("Settings that differ"))
        self.plots["accuracy"].set_title(self.tr("Validation accuracy"))
        self.plots["loss"].set_title(self.tr("Validation loss"))
        for plot in self.plots.values():
            plot.set_names(self.tr("Epoch"), dict(zip(_SIDES, sides, strict=True)))
            plot.set_empty_text(self.tr("Neither run has finished an epoch."))

    def _widen(self, names: Iterable[str]) -> None:
        """Give the column of names the width they need; the values share the rest.

        None becomes narrower than its head: then the table scrolls.
        """
        header, metrics = self._twin.table.horizontalHeader(), self._twin.table.fontMetrics()
        header.setMinimumSectionSize(max(map(header.sectionSizeHint, range(header.count()))))
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(0, max(map(metrics.horizontalAdvance, names)) + _PADDING)
