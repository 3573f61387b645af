"""How parameters and work grow with φ: two curves, B0 to B7 as points, and the present choice."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout
from typing_extensions import override

from effnet_studio.gui.models.rows_table import Column, RowsTableModel
from effnet_studio.gui.models.scaling_outlook import (
    PHI_RANGE,
    PhiPoint,
    curve,
    published_points,
)
from effnet_studio.gui.models.scaling_words import size_text, work_text
from effnet_studio.gui.names import named
from effnet_studio.gui.text import count_text, decimal_text, figure_text
from effnet_studio.gui.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, set_role
from effnet_studio.gui.turns import TurnTimer
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.plots.curve_style import CurveStyle, make_pen
from effnet_studio.gui.widgets.plots.legend import Legend
from effnet_studio.gui.widgets.plots.table_twin import TableTwin

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QWidget

    from effnet_studio.gui.theme import ThemeManager
    from effnet_studio.gui.widgets.plots.plot_canvas import PlotCanvas

MACS, PARAMETERS = "macs", "parameters"
_STYLES = {MACS: CurveStyle(color=1), PARAMETERS: CurveStyle(color=0, dashed=True)}
_POINT, _CHOSEN = 8.0, 15.0
_ABOVE = (0.5, 1.4)
_TICKS = (0.5, 1, 2, 5, 10, 20, 50, 100, 200)
"""Of the vertical axis, which is logarithmic: times B0."""
_BUTTON = 28


class ScalingChart(QFrame):
    """A card with the chart and its table.

    Args:
        theme: Colours, now and when they change.
        parent: Qt's owner.
    """

    variant_clicked = Signal(int)
    """The published model whose point was clicked."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("scaling_chart")
        set_role(self, "card")
        self._theme = theme
        self._chosen: PhiPoint | None = None
        self._curve = curve()
        self._canvas: PlotCanvas | None = None
        self._draw_timer = TurnTimer(self)
        self._model = RowsTableModel(self)
        self._build_ui()
        self._connect()
        self._retranslate()
        self._style_legend()

    def _build_ui(self) -> None:
        self._title = Label(self)
        set_role(self._title, "strong")
        self._table_button = named(QToolButton(self), "scaling_show_table")
        self._table_button.setCheckable(True)
        self._table_button.setFixedSize(_BUTTON, _BUTTON)
        self._table_button.setProperty("tight", True)
        set_role(self._table_button, "ghost")
        self._theme.set_icon(self._table_button, "table")
        self._legend = Legend(self)
        for key in _STYLES:
            self._legend.add(key)
        self.twin = TableTwin(self._model, name="scaling", parent=self)
        self._pages = QStackedWidget(self)
        self._empty = Label(self)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self.twin)
        header = QHBoxLayout()
        header.setSpacing(SPACE_2)
        header.addWidget(self._title, 1)
        header.addWidget(self._table_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_4, SPACE_3, SPACE_3, SPACE_2)
        layout.setSpacing(SPACE_1)
        layout.addLayout(header)
        layout.addWidget(self._legend)
        layout.addWidget(self._pages, 1)

    def _connect(self) -> None:
        self._draw_timer.timeout.connect(self.draw)
        self._table_button.toggled.connect(self._on_table_toggled)
        self._theme.changed.connect(self._on_theme_changed)

    def set_choice(self, chosen: PhiPoint, points: tuple[PhiPoint, ...]) -> None:
        """Show a network among the others.

        Args:
            chosen: The present choice.
            points: The networks that φ makes with the present bases, in rising order.
        """
        self._chosen, self._curve = chosen, points
        self._fill_table()
        if self.isVisible():
            self._draw_timer.start()

    @Slot()
    def draw(self) -> None:
        """Draw now."""
        canvas = self._ensure_canvas()
        base = published_points()[0]
        phis = [point.phi for point in self._curve]
        import numpy as np

        for key in _STYLES:
            ys = [_log_ratio(point, base, key) for point in self._curve]
            canvas.set_curve(key, np.array(phis), np.array(ys))
        marks = [(point, _POINT) for point in published_points()]
        if self._chosen is not None:
            marks.append((self._chosen, _CHOSEN))
        theme = self._theme.theme
        rows = [
            (point.phi, _log_ratio(point, base, key), theme.series[_STYLES[key].color], size)
            for key in _STYLES
            for point, size in marks
        ]
        xs, ys, colors, sizes = (list(each) for each in zip(*rows, strict=True))
        canvas.set_points(xs, ys, colors, sizes)
        canvas.set_labels(
            [
                (point.phi, _log_ratio(point, base, MACS), f"B{number}", _ABOVE)
                for number, point in enumerate(published_points())
            ]
        )
        ends = (math.log10(_TICKS[0]), math.log10(_TICKS[-1]))
        canvas.set_y_limits(min(*ys, ends[0]), max(*ys, ends[1]))

    def _ensure_canvas(self) -> PlotCanvas:
        if self._canvas is None:
            from effnet_studio.gui.widgets.plots.plot_canvas import PlotCanvas

            canvas = PlotCanvas(self._theme.theme, parent=self)
            for key, style in _STYLES.items():
                canvas.add_curve(key, style)
            canvas.set_x_limits(*PHI_RANGE)
            canvas.set_axis_names("φ")
            canvas.set_y_ticks([(math.log10(value), f"× {figure_text(value)}") for value in _TICKS])
            canvas.point_clicked.connect(self._on_point_clicked)
            self._canvas = canvas
            self._pages.addWidget(canvas)
            if not self._table_button.isChecked():
                self._pages.setCurrentWidget(canvas)
        return self._canvas

    @Slot(int)
    def _on_point_clicked(self, index: int) -> None:
        known = len(published_points())
        number = index % (known + (self._chosen is not None))
        if number < known:
            self.variant_clicked.emit(number)

    @Slot(bool)
    def _on_table_toggled(self, shown: bool) -> None:  # noqa: FBT001 - Qt's signature
        self._pages.setCurrentWidget(self.twin if shown else self._canvas or self._empty)
        self._name_button()

    @Slot()
    def _on_theme_changed(self) -> None:
        self._style_legend()
        if self._canvas is not None:
            self._canvas.set_theme(self._theme.theme)
            self._draw_timer.start()

    def _style_legend(self) -> None:
        for key, style in _STYLES.items():
            self._legend.set_pen(key, make_pen(self._theme.theme, style, 0), symbol="o")

    def _fill_table(self) -> None:
        columns = (
            Column(self.tr("Model"), number=False),
            Column("φ", self.tr("For B0 to B7: the φ that costs the same work")),
            Column(self.tr("Parameters")),
            Column(self.tr("Work")),
        )
        named_points = [(f"B{n}", point) for n, point in enumerate(published_points())]
        if self._chosen is not None:
            named_points.append((self.tr("Your choice"), self._chosen))
        rows = [
            (name, decimal_text(point.phi), size_text(point.parameters), work_text(point.macs))
            for name, point in named_points
        ]
        self._model.set_table(columns, rows)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._draw_timer.start()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        title = self.tr("Growth compared with B0")
        self._title.setText(title)
        self.setAccessibleName(title)
        self._title.setToolTip(
            self.tr("The vertical axis is logarithmic: equal steps multiply by equal factors.")
        )
        self._legend.set_name(MACS, self.tr("Work for one image"))
        self._legend.set_name(PARAMETERS, self.tr("Parameters"))
        self.twin.table.setAccessibleName(self.tr("{title} as a table").format(title=title))
        count = count_text(len(published_points()))
        self.setAccessibleDescription(
            self.tr("Two curves over φ, with {count} published models").format(count=count)
        )
        self._fill_table()
        self._name_button()

    def _name_button(self) -> None:
        text = (
            self.tr("Show the curves")
            if self._table_button.isChecked()
            else self.tr("Show the numbers as a table")
        )
        self._table_button.setToolTip(text)
        self._table_button.setAccessibleName(text)


def _log_ratio(point: PhiPoint, base: PhiPoint, key: str) -> float:
    """Times B0, as a logarithm to the base of 10."""
    if key == MACS:
        return math.log10(point.macs / base.macs)
    return math.log10(point.parameters / base.parameters)
