"""Accuracy against time or size: a numbered point for each way to round that was tried."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QEvent, QSize, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.gui.models.attempts import AttemptPoints, Cost
from effnet_studio.gui.text import percent_text
from effnet_studio.gui.turns import TurnTimer
from effnet_studio.gui.widgets.plots.curve_style import CurveStyle, make_pen
from effnet_studio.gui.widgets.plots.legend import Legend

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from effnet_studio.gui.theme import ThemeManager
    from effnet_studio.gui.widgets.plots.plot_canvas import PlotCanvas

_KEPT, _FAILED, _EXACT, _FLOOR = "kept", "failed", "exact", "floor"
_COLORS: Final = {_KEPT: 2, _FAILED: 1, _EXACT: 0}
"""Of the theme's series: told apart by the colour-blind too."""
_FLOOR_STYLE: Final = CurveStyle(color=7, dashed=True)
_POINT, _KEPT_POINT = 10.0, 14.0
_SIZE: Final = (420, 230)
_BESIDE: Final = (-0.55, 0.5)
"""Where numbers hang: right of their points."""
_ABOVE: Final = (0.5, 1.3)


class AttemptsPlot(QWidget):
    """Legend and points; the line is what may be lost at most.

    Args:
        theme: Colours, now and when they change.
        parent: Qt's owner.
    """

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("attempts_plot")
        self._theme = theme
        self._points: AttemptPoints | None = None
        self._cost = Cost.TIME
        self._canvas: PlotCanvas | None = None
        self._draw_timer = TurnTimer(self)
        self._legend = Legend(self)
        for key in (_KEPT, _FAILED, _EXACT, _FLOOR):
            self._legend.add(key)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._legend)
        self._draw_timer.timeout.connect(self.draw)
        theme.changed.connect(self._on_theme_changed)
        self._style_legend()
        self._retranslate()

    def set_points(self, points: AttemptPoints | None, cost: Cost) -> None:
        """Show what was tried against a cost; None: nothing was yet."""
        self._points, self._cost = points, cost
        tried = points.attempts if points is not None else ()
        self._legend.set_shown(_KEPT, shown=any(one.kept_promise for one in tried))
        self._legend.set_shown(_FAILED, shown=any(not one.kept_promise for one in tried))
        self._legend.set_shown(_FLOOR, shown=points is not None and points.floor is not None)
        if self._canvas is not None or self.isVisible():
            self._draw_timer.start()

    @Slot()
    def draw(self) -> None:
        """Draw now."""
        points = self._points
        if points is None:
            return
        canvas, theme = self._ready_canvas(), self._theme.theme
        canvas.set_axis_names(
            self.tr("time for one image, ms") if self._cost is Cost.TIME else self.tr("size, MB")
        )
        canvas.set_x_limits(0.0, points.cost_limit)
        low, high = points.accuracy_limits
        canvas.set_y_limits(low, high)
        kinds = [_KEPT if one.kept_promise else _FAILED for one in points.attempts] + [_EXACT]
        canvas.set_points(
            (*points.costs, points.exact[0]),
            (*points.accuracies, points.exact[1]),
            [theme.series[_COLORS[kind]] for kind in kinds],
            [_KEPT_POINT if kind == _KEPT else _POINT for kind in kinds],
        )
        places = zip(points.costs, points.accuracies, strict=True)
        labels = [(*place, str(number), _BESIDE) for number, place in enumerate(places, start=1)]
        labels.append((*points.exact, percent_text(points.exact[1]), _ABOVE))
        canvas.set_labels(labels)
        floor = np.zeros(0) if points.floor is None else np.full(2, points.floor)
        canvas.set_curve(_FLOOR, np.array((0.0, points.cost_limit))[: len(floor)], floor)

    def _ready_canvas(self) -> PlotCanvas:
        if self._canvas is None:
            from effnet_studio.gui.widgets.plots.plot_canvas import PlotCanvas

            self._canvas = PlotCanvas(self._theme.theme, percent=True, parent=self)
            self._canvas.add_curve(_FLOOR, _FLOOR_STYLE)
            self._column.addWidget(self._canvas, 1)
        return self._canvas

    @Slot()
    def _on_theme_changed(self) -> None:
        self._style_legend()
        if self._canvas is not None:
            self._canvas.set_theme(self._theme.theme)
            self._draw_timer.start()

    def _style_legend(self) -> None:
        for key, color in _COLORS.items():
            pen = make_pen(self._theme.theme, CurveStyle(color=color), 0)
            self._legend.set_pen(key, pen, symbol="o")
        self._legend.set_pen(_FLOOR, make_pen(self._theme.theme, _FLOOR_STYLE, 0), symbol="")

    @override
    def sizeHint(self) -> QSize:
        return QSize(*_SIZE)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._canvas is None:
            self._draw_timer.start()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            if self._canvas is not None:
                self._draw_timer.start()

    def _retranslate(self) -> None:
        self._legend.set_name(_KEPT, self.tr("within your limit"))
        self._legend.set_name(_FAILED, self.tr("loses too much"))
        self._legend.set_name(_EXACT, self.tr("32 bits"))
        self._legend.set_name(_FLOOR, self.tr("least allowed"))
        self.setAccessibleName(
            self.tr("Accuracy and cost of each way to round that was tried, as in the table")
        )
