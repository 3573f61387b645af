"""A plot as a card: title, legend, curves, read-out, and the same numbers as a table."""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.gui.models.series import Series, SeriesTableModel
from effnet_studio.gui.text import figure_text, percent_text
from effnet_studio.gui.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, set_role
from effnet_studio.gui.turns import in_turn
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.plots.curve_style import CurveStyle, make_pen, seen_color
from effnet_studio.gui.widgets.plots.legend import Legend
from effnet_studio.gui.widgets.plots.table_twin import TableTwin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from PySide6.QtGui import QHideEvent, QShowEvent

    from effnet_studio.gui.theme import ThemeManager
    from effnet_studio.gui.widgets.plots.plot_canvas import PlotCanvas

REDRAW_MS = 66
"""Least time between two redraws: 15 a second look smooth and leave the processor to training."""
BUTTON = 28
"""Side of the table button, pixels."""
SIZE = (320, 236)
"""Preferred width and height, pixels."""
TABLE_MS = 500
"""Least time between two refreshes of the table while it is open."""


@dataclass
class _Line:
    """A series with what is needed to show it."""

    points: Series
    style: CurveStyle
    name: str = ""
    listed: bool = True


class PlotCard(QFrame):
    """Curves over a common axis.

    Appending costs constant time; drawing happens later, at most fifteen times a second, and only
    while the card can be seen. The drawing surface is made when there is something to draw.

    Args:
        theme: Colours, now and when they change.
        name: Prefix of the object names, such as ``"loss"``.
        percent: Whether values are shares, shown as percentages on a fixed 0–100 % axis.
        axis_below: Whether the axis is named below it, where the title needs the line above.
        value_format: Makes the read-out's text of a value.
        place_format: Makes the read-out's heading of a place on the horizontal axis; by default
            the axis's name and the number.
        parent: Qt parent.
    """

    def __init__(
        self,
        theme: ThemeManager,
        *,
        name: str,
        percent: bool = False,
        axis_below: bool = False,
        value_format: Callable[[float], str] | None = None,
        place_format: Callable[[float], str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}_plot")
        set_role(self, "card")
        self._theme = theme
        self._percent = percent
        self._format = value_format or (_percent if percent else _plain)
        self._place = place_format or self._plain_place
        self._axis_name = ""
        self._axis_below = axis_below
        self._y_limits = (0.0, 1.0)
        self._x_limits: tuple[float, float] | None = None
        self._moved = False
        self._lines: dict[str, _Line] = {}
        self._series: dict[str, Series] = {}
        self._dirty: set[str] = set()
        self._hovered: float | None = None
        self._canvas: PlotCanvas | None = None
        self._redraw_timer = QTimer(self, singleShot=True, interval=REDRAW_MS)
        self._table_timer = QTimer(self, singleShot=True, interval=TABLE_MS)
        self._build_ui(name)
        self._connect()
        self._retranslate()
        self._on_theme_changed()

    def _build_ui(self, name: str) -> None:
        self._title = Label(self)
        set_role(self._title, "strong")
        self._table_button = QToolButton(self)
        self._table_button.setObjectName(f"{name}_show_table")
        self._table_button.setCheckable(True)
        set_role(self._table_button, "ghost")
        self._theme.set_icon(self._table_button, "table")
        self._legend = Legend(self)
        self._table_button.setFixedSize(BUTTON, BUTTON)
        self._axis_label = Label(self)
        set_role(self._axis_label, "caption")
        header = QHBoxLayout()
        header.addWidget(self._title)
        header.addStretch(1)
        header.addWidget(self._axis_label)
        header.addWidget(self._table_button)

        self._empty = Label(self)
        set_role(self._empty, "muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._model = SeriesTableModel(self._series, percent=self._percent)
        self._model.setParent(self)
        self.twin = TableTwin(self._model, name=name, parent=self, fitted=True)
        self._stack = QStackedWidget(self)
        # The card decides on the height, not the tallest of what it can show.
        self._stack.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.twin)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_4, SPACE_3, SPACE_3, SPACE_2)
        layout.setSpacing(SPACE_1)
        layout.addLayout(header)
        layout.addWidget(self._legend)
        layout.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self._redraw_timer.timeout.connect(self._on_redraw_due)
        self._table_timer.timeout.connect(self._refresh_table)
        self._table_button.toggled.connect(self._on_table_toggled)
        self._theme.changed.connect(self._on_theme_changed)

    # -- what is shown -----------------------------------------------------------------------

    def add_series(self, key: str, style: CurveStyle) -> None:
        """Add an empty series; give it a name with :meth:`set_names`."""
        self._lines[key] = _Line(Series(), style)
        self._series[key] = self._lines[key].points
        self._legend.add(key)
        self._style_legend(key)

    def set_names(self, axis: str, series: Mapping[str, str]) -> None:
        """Name axis and series in legend, read-out and table, which lays itself out only once.

        Args:
            axis: What the horizontal axis counts.
            series: Names of series by their keys.
        """
        for key, name in series.items():
            self._lines[key].name = name
            self._legend.set_name(key, name)
        self._axis_name = axis
        self._axis_label.setText(axis)
        self._axis_label.setVisible(not self._axis_below)
        self._name_axis()
        self._update_headers()

    def set_legend(self, key: str, name: str) -> None:
        """Name a series otherwise in the legend than in the table; empty: it is not listed.

        Args:
            key: Of the series, which has its name already.
            name: In the window's language.
        """
        self._lines[key].listed = bool(name)
        self._legend.set_name(key, name)
        self._legend.set_shown(key, shown=bool(name))

    def set_title(self, title: str) -> None:
        """Name the plot."""
        self._title.setText(title)
        self.setAccessibleName(title)
        self.twin.table.setAccessibleName(self.tr("{title} as a table").format(title=title))

    def set_empty_text(self, text: str) -> None:
        """Say what will be here once there are points."""
        self._empty.setText(text)

    def set_x_limits(self, low: float, high: float) -> None:
        """Keep the horizontal axis at a range known beforehand; drawn with the points."""
        self._x_limits = (low, high)
        if self._canvas is not None:
            self._moved = True
            self._redraw_soon()

    def set_y_limits(self, low: float, high: float) -> None:
        """Show another part of the vertical axis than 0–100 %."""
        self._y_limits = (low, high)
        if self._canvas is not None:
            self._canvas.set_y_limits(low, high)

    def append(self, key: str, x: float, y: float) -> None:
        """Add one point; x must not be smaller than the series' last."""
        self.extend(key, [(x, y)])

    def extend(self, key: str, points: Iterable[tuple[float, float]]) -> None:
        """Add points in rising order of x; values that are no finite numbers leave a gap."""
        series = self._series[key]
        for x, y in points:
            series.append(x, y if math.isfinite(y) else math.nan)
        self._mark(key)

    def clear(self) -> None:
        """Remove all points; the series stay."""
        for key, series in self._series.items():
            series.clear()
            self._mark(key)
        self._on_left()

    def points(self, key: str) -> Series:
        """Give the points of a series, to be read only."""
        return self._series[key]

    @property
    def is_empty(self) -> bool:
        """Whether no series has a point."""
        return not any(len(series) for series in self._series.values())

    # -- drawing -------------------------------------------------------------------------------

    def _mark(self, key: str) -> None:
        self._dirty.add(key)
        self._redraw_soon()

    def _redraw_soon(self) -> None:
        if self.isVisible() and not self._redraw_timer.isActive():
            self._redraw_timer.start()

    def flush(self) -> None:
        """Draw now what waits to be drawn, for pictures and tests."""
        self._redraw()
        self._refresh_table()

    def _on_redraw_due(self) -> None:
        """Draw when it is this card's turn, and make what is drawn on in one of its own."""
        if self._canvas is None and not self.is_empty and not self._table_button.isChecked():
            in_turn(self, self._make_canvas)
        else:
            in_turn(self, self._redraw)

    def _make_canvas(self) -> None:
        self._ensure_canvas()
        in_turn(self, self._redraw)

    def _redraw(self) -> None:
        if self._table_button.isChecked():
            if not self._table_timer.isActive():
                self._table_timer.start()
            return
        for key, series in self._series.items():
            drawn = self.is_empty or len(series) > 0
            self._legend.set_shown(key, shown=drawn and self._lines[key].listed)
        if self.is_empty:
            self._stack.setCurrentWidget(self._empty)
        else:
            self._stack.setCurrentWidget(self._ensure_canvas())
        if self._canvas is not None:
            if self._moved and self._x_limits is not None:
                self._moved = False
                self._canvas.set_x_limits(*self._x_limits)
            for key in self._dirty:
                self._canvas.set_curve(key, self._series[key].x, self._series[key].y)
            self._dirty.clear()

    def _ensure_canvas(self) -> PlotCanvas:
        if self._canvas is None:
            from effnet_studio.gui.widgets.plots.plot_canvas import PlotCanvas

            canvas = PlotCanvas(self._theme.theme, percent=self._percent, counts=True, parent=self)
            for key, line in self._lines.items():
                canvas.add_curve(key, line.style)
            if self._x_limits is not None:
                canvas.set_x_limits(*self._x_limits)
            if self._percent:
                canvas.set_y_limits(*self._y_limits)
            canvas.hovered.connect(self._on_hovered)
            canvas.left.connect(self._on_left)
            self._canvas = canvas
            self._name_axis()
            self._stack.addWidget(canvas)
            self._dirty = set(self._lines)
        return self._canvas

    def _name_axis(self) -> None:
        if self._canvas is not None and self._axis_below:
            self._canvas.set_axis_names(self._axis_name)

    def _style_legend(self, key: str) -> None:
        style = self._lines[key].style
        self._legend.set_pen(key, make_pen(self._theme.theme, style, 0), symbol=style.symbol)

    # -- answers -------------------------------------------------------------------------------

    def _on_hovered(self, x: float) -> None:
        self._hovered = x
        found = {key: series.nearest(x) for key, series in self._series.items()}
        points = {key: point for key, point in found.items() if point is not None}
        if not points or self._canvas is None:
            return
        at = min(points.values(), key=lambda point: abs(point[0] - x))[0]
        self._canvas.show_readout(at, self._readout(at, points))

    def _readout(self, at: float, points: Mapping[str, tuple[float, float]]) -> str:
        """Write the values under the cursor, each in its series' colour."""
        rows = [f"<b>{escape(self._place(at))}</b>"]
        for key, (_, y) in points.items():
            line = self._lines[key]
            color = seen_color(self._theme.theme, line.style).name()
            if not math.isnan(y):
                rows.append(
                    f"<span style='color:{color}'>●</span> {escape(line.name)} "
                    f"<b>{escape(self._format(y))}</b>"
                )
        return "<br>".join(rows)

    def _plain_place(self, at: float) -> str:
        return f"{self._axis_name} {figure_text(at, 4)}"

    def _on_left(self) -> None:
        self._hovered = None
        if self._canvas is not None:
            self._canvas.hide_readout()

    def _on_table_toggled(self, shown: bool) -> None:  # noqa: FBT001 - Qt's signature
        self._legend.setHidden(shown)  # columns have their names themselves
        if shown:
            self._refresh_table()
            self._stack.setCurrentWidget(self.twin)
        else:
            self._redraw()
        self._retranslate()

    def _on_theme_changed(self) -> None:
        for key in self._lines:
            self._style_legend(key)
        if self._canvas is not None:
            self._canvas.set_theme(self._theme.theme)

    def _refresh_table(self) -> None:
        """Take over new points; a series without any gets no column."""
        self._model.refresh()
        for column, key in enumerate(self._lines, start=1):
            self.twin.table.setColumnHidden(column, not len(self._series[key]))
        self.twin.fit_soon()

    def _update_headers(self) -> None:
        if self._hovered is not None:
            self._on_hovered(self._hovered)
        self._model.set_headers([self._axis_name, *(line.name for line in self._lines.values())])

    @override
    def sizeHint(self) -> QSize:
        return QSize(*SIZE)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._dirty or self._moved:
            self._redraw_timer.start()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._redraw_timer.stop()
        super().hideEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        text = (
            self.tr("Show the curves")
            if self._table_button.isChecked()
            else self.tr("Show the numbers as a table")
        )
        self._table_button.setToolTip(text)
        self._table_button.setAccessibleName(text)


def _plain(value: float) -> str:
    return figure_text(value)


def _percent(value: float) -> str:
    return percent_text(value)
