"""The drawing surface of plots: the only file that knows pyqtgraph.

Importing it costs half a second, so it is imported when the first plot has something to show.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from effnet_studio.gui.accessible import CHART
from effnet_studio.gui.direction import draw_from_left
from effnet_studio.gui.theme import FONT_CAPTION, SPACE_2, SPACE_3
from effnet_studio.gui.turns import in_turn
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.plots.curve_style import (
    THICK_LIMIT,
    CurveStyle,
    make_pen,
    series_color,
)
from effnet_studio.gui.widgets.plots.ticks import (
    even_specs,
    number_strings,
    percent_strings,
    share_spacings,
    whole_spacings,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtGui import QResizeEvent, QShowEvent

    from effnet_studio.gui.colors import Theme

FONT_TICK = 11
"""Size of the numbers along the axes, pixels."""
_BEHIND = -1000
"""Where the lines across lie: curves are drawn over them."""
_GRID = 0.9
"""How much of the axes' colour the lines across have: seen, but behind the curves."""


class PlotCanvas(QWidget):
    """Axes with curves or points that follow the theme.

    Args:
        theme: Colours to begin with.
        percent: Whether the vertical axis shows shares as percentages.
        counts: Whether the horizontal axis counts something, such as epochs or images.
        parent: Qt parent.
    """

    accessible_role: ClassVar = CHART

    hovered = Signal(float)
    """Horizontal position under the mouse, in the axis's own unit."""
    pointed = Signal(float, float)
    """Place under the mouse, in the axes' own units."""
    clicked = Signal(float, float)
    """Place that was clicked, in the axes' own units."""
    left = Signal()
    """The mouse is no longer over the axes."""
    resized = Signal()
    """It has another size than before."""
    point_clicked = Signal(int)
    """Index of the scattered point that was clicked."""

    def __init__(
        self,
        theme: Theme,
        *,
        percent: bool = False,
        counts: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        draw_from_left(self)
        self._curves: dict[str, Any] = {}
        self._styles: dict[str, CurveStyle] = {}
        self._labels: dict[tuple[float, float, str, tuple[float, float]], Any] = {}
        self._theme = theme
        self._names = ("", "")
        self._limits: tuple[float, float] | None = None
        self._plot: Any = pg.PlotWidget(self, enableMenu=False)  # which took a quarter of the time
        self._plot.setAntialiasing(True)
        self._plot.setFrameShape(pg.PlotWidget.Shape.NoFrame)
        self._plot.getPlotItem().layout.setContentsMargins(0, 2, 14, 0)  # the last label's half
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._item: Any = self._plot.getPlotItem()
        self._item.hideButtons()
        self._item.setDownsampling(auto=True, mode="peak")
        self._item.setClipToView(True)
        self._item.showGrid(x=False, y=True, alpha=_GRID)
        self._axis("left").setZValue(_BEHIND)
        self._axis("left").setStyle(maxTickLevel=1)  # few lines between those with a number
        self._percent = percent
        # The line across at 0 % is the base; a second one right below it says nothing.
        self._based = percent and counts
        for side in ("left", "bottom"):
            self._axis(side).tickStrings = number_strings
        if percent:
            self._axis("left").tickStrings = percent_strings
        else:
            left = self._axis("left")
            left.generateDrawSpecs = partial(even_specs, left.generateDrawSpecs)
        if counts:
            bottom = self._axis("bottom")
            bottom.tickSpacing = partial(whole_spacings, bottom.tickSpacing)
        self._cursor: Any = pg.InfiniteLine(angle=90, movable=False)
        self._cursor.hide()
        self._item.addItem(self._cursor, ignoreBounds=True)
        self._scatter: Any = None
        self._box = Label(self)
        self._box.setObjectName("plot_readout")
        self._box.setTextFormat(Qt.TextFormat.RichText)
        self._box.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._box.hide()
        self._box_at = (0.0, False)
        self._item.getViewBox().sigResized.connect(self._on_resized)
        self._plot.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._plot.scene().sigMouseMoved.connect(self._on_mouse_moved)
        self._plot.scene().sigMouseClicked.connect(self._on_mouse_clicked)
        self._plot.viewport().installEventFilter(self)
        self._look_due = False
        self._take_look()

    def _small_font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(FONT_TICK)
        return font

    def _axis(self, side: str) -> Any:
        return self._item.getAxis(side)

    # -- look ------------------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        """Have everything in the colours of a theme; one that is hidden waits for its turn.

        That is when what it lies in gets the look of the theme, or when it is shown.
        """
        self._theme = theme
        self._look_due = not self.isVisible() and self.window().isVisible()
        if not self._look_due:
            self._take_look()

    def _take_look(self) -> None:
        self._look_due, theme = False, self._theme
        self._plot.setBackground(QColor(theme.surface))
        font = self._small_font()
        for side in ("left", "bottom"):
            axis = self._axis(side)
            # Also of the ticks, which are dots where there is no line.
            axis.setPen(QPen(QColor(theme.surface if self._based else theme.border)))
            axis.setTextPen(QPen(QColor(theme.muted)))
            axis.setStyle(
                tickFont=font, tickLength=0, tickTextOffset=8, hideOverlappingLabels=False
            )
        self._axis("left").setTickPen(QPen(QColor(theme.border)))
        self.set_axis_names(*self._names)
        self._cursor.setPen(QPen(QColor(theme.muted), 0, Qt.PenStyle.DotLine))
        for key in self._curves:
            self._style_curve(key)
        self._box.setStyleSheet(
            f"background: {theme.surface}; border: 1px solid {theme.border_strong};"
            f"border-radius: 6px; padding: 6px 8px; font-size: {FONT_CAPTION}px;"
        )
        for label in self._labels.values():
            label.setColor(QColor(theme.text))

    def set_axis_names(self, bottom: str, left: str = "") -> None:
        """Write below and beside the axes what they show; empty: nothing."""
        self._names = (bottom, left)
        style = {"color": self._theme.muted, "font-size": f"{FONT_CAPTION}px"}
        for side, text in (("bottom", bottom), ("left", left)):
            axis = self._axis(side)
            axis.setLabel(text or None, **style)
            axis.showLabel(bool(text))
            axis.resizeEvent()  # else it is centred by the words before

    def set_x_limits(self, low: float, high: float) -> None:
        """Keep the horizontal axis at a range known beforehand, such as all planned epochs."""
        self._limits = (low, high)
        self.reset_view()

    def set_y_limits(self, low: float, high: float) -> None:
        """Keep the vertical axis at a range."""
        self._item.setYRange(low, high, padding=0.07)  # room for half a label
        if self._percent:  # else a small part of the range has a number for each per cent
            self._axis("left").tickSpacing = share_spacings

    def set_x_ticks(self, ticks: Sequence[tuple[float, str]]) -> None:
        """Write these words at these positions below the axis, instead of numbers found by rule."""
        self._axis("bottom").setTicks([list(ticks)])

    def set_y_ticks(self, ticks: Sequence[tuple[float, str]]) -> None:
        """Write these words at these positions beside the axis."""
        self._axis("left").setTicks([list(ticks)])

    def reset_view(self) -> None:
        """Show everything again after a zoom."""
        box = self._item.getViewBox()
        if self._limits is None:
            box.enableAutoRange(x=True)
        else:
            box.setXRange(*self._limits, padding=0.02)
        if not self._percent:
            box.enableAutoRange(y=True)

    # -- curves ----------------------------------------------------------------------------

    def add_curve(self, key: str, style: CurveStyle) -> None:
        """Make an empty curve."""
        curve = pg.PlotDataItem(connect="finite", skipFiniteCheck=False)
        self._curves[key] = curve
        self._styles[key] = style
        self._item.addItem(curve)
        self._style_curve(key)

    def set_curve(self, key: str, x: NDArray[np.float64], y: NDArray[np.float64]) -> None:
        """Show these points, float64 (n,) each."""
        self._curves[key].setData(x, y)
        if len(x) in {0, 1} or len(x) > THICK_LIMIT:
            self._style_curve(key, len(x))

    def _style_curve(self, key: str, points: int = 0) -> None:
        style, curve = self._styles[key], self._curves[key]
        curve.setPen(make_pen(self._theme, style, points))
        if style.symbol:
            color = series_color(self._theme, style)
            curve.setSymbol(style.symbol)
            curve.setSymbolSize(10 if style.broad else 6)
            curve.setSymbolBrush(color)
            curve.setSymbolPen(pg.mkPen(color))

    # -- scattered points --------------------------------------------------------------------

    def set_points(
        self, x: Sequence[float], y: Sequence[float], colors: Sequence[str], sizes: Sequence[float]
    ) -> None:
        """Show single points that can be clicked.

        Args:
            x: Horizontal positions.
            y: Vertical positions.
            colors: One for each point.
            sizes: Diameters in pixels.
        """
        if self._scatter is None:
            self._scatter = pg.ScatterPlotItem(pxMode=True, hoverable=True)
            self._scatter.sigClicked.connect(self._on_points_clicked)
            self._item.addItem(self._scatter)
        self._scatter.setData(
            x=x,
            y=y,
            size=sizes,
            brush=[pg.mkBrush(color) for color in colors],
            pen=pg.mkPen(self._theme.surface, width=1.5),
            data=list(range(len(x))),
        )

    def set_labels(self, labels: Sequence[tuple[float, float, str, tuple[float, float]]]) -> None:
        """Write words beside points.

        Args:
            labels: Position, text, and anchor within the text's box ((0, 1): lower left).
        """
        before, self._labels = self._labels, {}
        for each in dict.fromkeys(labels):
            self._labels[each] = before.pop(each, None) or self._make_label(*each)
        for old in before.values():
            self._item.removeItem(old)

    def _make_label(
        self, x: float, y: float, text: str, anchor: tuple[float, float]
    ) -> pg.TextItem:
        label = pg.TextItem(text, color=QColor(self._theme.text), anchor=anchor)
        label.setFont(self._small_font())
        label.setPos(x, y)
        self._item.addItem(label, ignoreBounds=True)
        return label

    def _on_points_clicked(self, _item: object, points: Sequence[Any], _event: object) -> None:
        if len(points):
            self.point_clicked.emit(int(points[0].data()))

    # -- mouse -----------------------------------------------------------------------------

    def show_readout(self, x: float, text: str, *, low: bool = False) -> None:
        """Draw a vertical line, and the values there in a box beside it.

        Args:
            x: Where on the horizontal axis.
            text: What to write, rich text.
            low: Whether the box stands at the foot of the plot, where curves leave more room.
        """
        self._cursor.setPos(x)
        self._cursor.show()
        self._box.setText(text)
        self._box_at = (x, low)
        self._place_box()
        self._box.show()
        self._box.raise_()

    def _place_box(self) -> None:
        """Put the box beside the line, wherever that is in a plot of this size."""
        x, low = self._box_at
        self._box.adjustSize()
        view = self._item.getViewBox()
        line = round(view.mapViewToScene(QPointF(x, 0.0)).x())
        right = line + SPACE_3
        fits = right + self._box.width() <= self.width()
        # Where it fits on neither side it covers the line, but not the numbers of the axis.
        first = min(round(view.sceneBoundingRect().left()), self.width() - self._box.width())
        left = max(0, first, min(line - SPACE_3, self.width()) - self._box.width())
        foot = round(view.sceneBoundingRect().bottom()) - self._box.height() - SPACE_2
        self._box.move(right if fits else left, max(SPACE_2, foot) if low else SPACE_2)

    def hide_readout(self) -> None:
        """Take the line and the box away."""
        self._cursor.hide()
        self._box.hide()

    def _on_resized(self, _view: object) -> None:
        if self._box.isVisible():
            self._place_box()

    def _on_mouse_moved(self, position: QPointF) -> None:
        box = self._item.getViewBox()
        if box.sceneBoundingRect().contains(position):
            place = box.mapSceneToView(position)
            self.hovered.emit(float(place.x()))
            self.pointed.emit(float(place.x()), float(place.y()))
        else:
            self.left.emit()

    def _on_mouse_clicked(self, event: Any) -> None:
        box = self._item.getViewBox()
        left = event.button() == Qt.MouseButton.LeftButton
        if left and box.sceneBoundingRect().contains(event.scenePos()):
            place = box.mapSceneToView(event.scenePos())
            self.clicked.emit(float(place.x()), float(place.y()))

    def pixel_size(self) -> tuple[float, float]:
        """Width and height of a pixel, in the axes' own units."""
        width, height = self._item.getViewBox().viewPixelSize()
        return float(width), float(height)

    # -- size ------------------------------------------------------------------------------

    @override
    def sizeHint(self) -> QSize:
        return self._plot.sizeHint()  # type: ignore[no-any-return]

    @override
    def minimumSizeHint(self) -> QSize:
        return self._plot.minimumSizeHint()  # type: ignore[no-any-return]

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self.isVisible():
            self._plot.hide()  # rather than be painted once in a size that is not its own
        self._fill_soon()
        self.resized.emit()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._look_due:
            self._take_look()
        self._fill_soon()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._look_due:
            self._take_look()

    def _fill_soon(self) -> None:
        if self._plot.isHidden() or self._plot.size() != self.size():
            in_turn(self, self._fill)

    def _fill(self) -> None:
        """Lay out the axes anew: 5 to 10 ms, too much for all plots of a page at once."""
        self._plot.setGeometry(self.rect())
        self._plot.show()

    # -- events ----------------------------------------------------------------------------

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self.left.emit()
        if event.type() == QEvent.Type.MouseButtonDblClick:
            self.reset_view()
            return True
        if event.type() == QEvent.Type.Wheel:
            modifiers = event.modifiers()  # type: ignore[attr-defined]
            if not modifiers & Qt.KeyboardModifier.ControlModifier:
                event.ignore()  # the page scrolls; Ctrl and wheel zooms
                return True
        return super().eventFilter(watched, event)
