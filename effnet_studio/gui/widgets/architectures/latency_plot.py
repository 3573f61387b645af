"""Accuracy against measured time: a point for each model and runtime, the best joined by a line."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout
from typing_extensions import override

from effnet_studio.engine.benchmark.front import points
from effnet_studio.engine.benchmark.plan import Runtime
from effnet_studio.engine.models.catalog import get_spec
from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.models.catalog_table import short_title
from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, set_role
from effnet_studio.gui.turns import TurnTimer
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.plots.curve_style import CurveStyle, make_pen
from effnet_studio.gui.widgets.plots.legend import Legend
from effnet_studio.gui.widgets.plots.log_axis import log_ticks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QWidget

    from effnet_studio.engine.benchmark.front import Point
    from effnet_studio.engine.benchmark.results import Measurement
    from effnet_studio.gui.theme import ThemeManager
    from effnet_studio.gui.widgets.plots.plot_canvas import PlotCanvas

FRONT: Final = "front"
_FRONT_STYLE: Final = CurveStyle(color=7, dashed=True)
_POINT, _BEST = 9.0, 13.0
PointLabel = tuple[float, float, str, tuple[float, float]]
"""Position, text, and where it hangs."""

_ABOVE, _BESIDE, _BELOW = (1.05, 1.15), (1.12, 0.5), (-0.06, -0.1)
"""Where labels hang: to the left, where no point of the same model is; above on the front, whose
line comes from the lower left; below and to the right where the axis is near."""
_NEAR_LEFT: Final = 0.2


class LatencyPlot(QFrame):
    """A card; the table beside it has the same figures.

    Args:
        theme: Colours, now and when they change.
        parent: Qt's owner.
    """

    model_chosen = Signal(str)
    """Catalog name of the point that was clicked."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("latency_plot")
        set_role(self, "card")
        self._theme = theme
        self._points: tuple[Point, ...] = ()
        self._left_out = 0
        self._canvas: PlotCanvas | None = None
        self._draw_timer = TurnTimer(self)
        self._build_ui()
        self._draw_timer.timeout.connect(self.draw)
        self._theme.changed.connect(self._on_theme_changed)
        self._style_legend()
        self._retranslate()

    def _build_ui(self) -> None:
        self._title = Label(self)
        set_role(self._title, "strong")
        self._legend = Legend(self)
        self._front_legend = Legend(self)
        for runtime in Runtime:
            self._legend.add(runtime)
        self._front_legend.add(FRONT)
        self._nothing = named(Label(self), "latency_plot_nothing")
        set_role(self._nothing, "muted")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setWordWrap(True)
        self._note = named(Label(self), "latency_plot_note")
        set_role(self._note, "caption")
        self._note.setWordWrap(True)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._nothing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_4, SPACE_3, SPACE_3, SPACE_2)
        layout.setSpacing(SPACE_1)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._front_legend)
        layout.addLayout(head)
        layout.addWidget(self._legend)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._note)

    @property
    def points(self) -> tuple[Point, ...]:
        """What is shown, in rising order of time."""
        return self._points

    def set_measurements(self, measurements: Sequence[Measurement]) -> None:
        """Show other results; those without a known accuracy are counted below the plot."""
        self._points = points(measurements)
        self._left_out = len(measurements) - len(self._points)
        present = {point.measurement.runtime for point in self._points}
        for runtime in Runtime:
            self._legend.set_shown(runtime, shown=runtime in present)
        self._front_legend.set_shown(FRONT, shown=len(self._best) > 1)
        self._retranslate()
        if self._canvas is not None or self.isVisible():
            self._draw_timer.start()

    @property
    def _best(self) -> list[Point]:
        return [point for point in self._points if point.best]

    @Slot()
    def draw(self) -> None:
        """Draw now."""
        if not self._points:
            self._stack.setCurrentWidget(self._nothing)
            return
        canvas = self._ready_canvas()
        self._stack.setCurrentWidget(canvas)
        xs = [_place(point) for point in self._points]
        ys = [point.top1 for point in self._points]
        low, high = min(xs) - 0.15, max(xs) + 0.15
        canvas.set_axis_names(self.tr("time for one image, ms"))
        canvas.set_x_ticks(log_ticks(low, high))
        canvas.set_x_limits(low, high)
        room = max(1.0, 0.18 * (max(ys) - min(ys)))  # for labels above and below
        canvas.set_y_limits(min(ys) - room, max(ys) + room)
        series = self._theme.theme.series
        colors = [series[list(Runtime).index(p.measurement.runtime)] for p in self._points]
        canvas.set_points(xs, ys, colors, [_BEST if p.best else _POINT for p in self._points])
        canvas.set_labels(self._labels(low, high))
        front = np.array([(_place(point), point.top1) for point in self._best], dtype=np.float64)
        canvas.set_curve(FRONT, front[:, 0], front[:, 1])

    def _labels(self, low: float, high: float) -> list[PointLabel]:
        """Names of the models, each at its quickest point."""
        quickest = {point.measurement.model: point for point in reversed(self._points)}
        labels = []
        for model, point in quickest.items():
            x, name = _place(point), short_title(get_spec(model))
            side = _ABOVE if point.best else _BESIDE
            if x < low + _NEAR_LEFT * (high - low):
                side = _BELOW
            labels.append((x, point.top1, name, side))
        return labels

    def _ready_canvas(self) -> PlotCanvas:
        if self._canvas is None:
            from effnet_studio.gui.widgets.plots.plot_canvas import PlotCanvas

            self._canvas = PlotCanvas(self._theme.theme, parent=self)
            self._canvas.add_curve(FRONT, _FRONT_STYLE)
            self._canvas.point_clicked.connect(self._on_point_clicked)
            self._stack.addWidget(self._canvas)
        return self._canvas

    @Slot(int)
    def _on_point_clicked(self, index: int) -> None:
        self.model_chosen.emit(self._points[index].measurement.model)

    @Slot()
    def _on_theme_changed(self) -> None:
        self._style_legend()
        if self._canvas is not None:
            self._canvas.set_theme(self._theme.theme)
            self._draw_timer.start()

    def _style_legend(self) -> None:
        for index, runtime in enumerate(Runtime):
            pen = make_pen(self._theme.theme, CurveStyle(color=index), 0)
            self._legend.set_pen(runtime, pen, symbol="o")
        self._front_legend.set_pen(FRONT, make_pen(self._theme.theme, _FRONT_STYLE, 0), symbol="")

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
        self._title.setText(self.tr("ImageNet accuracy (%) and measured time"))
        self.setAccessibleName(self.tr("Accuracy and time of the measured models"))
        self._front_legend.setToolTip(
            self.tr("Pareto front: the models that no other beats in both time and accuracy")
        )
        for runtime in Runtime:
            self._legend.set_name(runtime, translate_message(runtime.label))
        self._front_legend.set_name(FRONT, self.tr("Pareto front"))
        self._nothing.setText(
            self.tr("Accuracy is known only for the usual input size of published models.")
        )
        self._note.setText(
            self.tr("{count} not shown: other input sizes and scaled models.").format(
                count=self._left_out
            )
        )
        self._note.setVisible(self._left_out > 0 and bool(self._points))


def _place(point: Point) -> float:
    """On the horizontal axis: logarithm of the milliseconds."""
    return math.log10(1000 * point.seconds)
