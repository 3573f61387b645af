"""The ROC and the precision-recall curve of some classes, side by side, with a point marked."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, ClassVar, Final

import numpy as np
from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.engine.evaluation.curves.class_curves import GRID
from effnet_studio.gui.accessible import CHART
from effnet_studio.gui.models.curve_choice import stepped, thinned
from effnet_studio.gui.names import named
from effnet_studio.gui.text import percent_text, threshold_text
from effnet_studio.gui.theme import SPACE_2
from effnet_studio.gui.turns import TurnTimer
from effnet_studio.gui.widgets.focus_ring import FocusRing
from effnet_studio.gui.widgets.plots.curve_style import CurveStyle, series_color

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QShowEvent

    from effnet_studio.engine.evaluation.curves.class_curves import AverageCurve
    from effnet_studio.engine.evaluation.curves.curves import ThresholdCounts
    from effnet_studio.gui.theme import ThemeManager
    from effnet_studio.gui.widgets.plots.plot_canvas import PlotCanvas

MOST: Final = 6
"""Curves of classes that can be told apart."""
ROC: Final = "roc"
PR: Final = "precision_recall"
MACRO: Final = "macro"
MICRO: Final = "micro"
CHANCE: Final = "chance"
_GREY: Final = 7
STYLES: Final = {
    **{f"class_{place}": CurveStyle(color=place) for place in range(MOST)},
    MACRO: CurveStyle(color=_GREY),
    MICRO: CurveStyle(color=_GREY, dotted=True),
    CHANCE: CurveStyle(quiet=True, dashed=True),
}
"""How each curve is drawn."""
_MARK: Final = 11.0
"""Diameter of the marked point, pixels."""
_NEAR: Final = 40.0
"""Farther from every curve a click means none, pixels."""
_TICKS: Final = tuple((at / 4, f"{25 * at} %") for at in range(5))
_PAGE: Final = 20
"""Page keys go on by so many parts of a curve."""


@dataclass(frozen=True, eq=False)
class ShownCurve:
    """A class in the plots.

    Attributes:
        label: Number of the class.
        name: What the legend calls it.
        counts: Its thresholds.
    """

    label: int
    name: str
    counts: ThresholdCounts

    def points(self, plot: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Horizontal and vertical positions of all thresholds in one of the plots."""
        if plot == ROC:
            return self.counts.false_positive_rate, self.counts.recall
        return self.counts.recall, self.counts.precision

    def place_at(self, threshold: float) -> int:
        """Number of the lowest threshold that is no lower than this one, else of the highest."""
        places = np.searchsorted(-self.counts.thresholds, -threshold, side="right")
        return max(1, int(places) - 1)


class CurvePair(QWidget):
    """Both plots. A point is chosen with the mouse in either, or by going along the curve.

    Left and right go to the next threshold, the page keys a twentieth of the curve, home and end to
    its ends.

    Args:
        theme: Colours, now and when they change.
        parent: Qt's owner.
    """

    accessible_role: ClassVar = CHART

    point_chosen = Signal(int, int)
    """Number of a class, and of the threshold on its curve."""
    reading_changed = Signal()
    """:attr:`reading` is another point now."""
    focus_changed = Signal()
    """Whether the keys are heard is another now."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("curve_pair")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        FocusRing(self)
        self._theme = theme
        self._curves: tuple[ShownCurve, ...] = ()
        self._averages: dict[str, AverageCurve] = {}
        self._mark: tuple[int, int] | None = None
        self._hovered: tuple[ShownCurve, int] | None = None
        self._pointed_in = ROC
        self._canvases: dict[str, PlotCanvas] = {}
        self._draw_timer = TurnTimer(self)
        self._draw_timer.timeout.connect(self._on_draw_due)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(SPACE_2)
        theme.changed.connect(self._on_theme_changed)
        self._retranslate()

    # -- what is shown -----------------------------------------------------------------------------

    def set_curves(
        self, curves: Sequence[ShownCurve], averages: Mapping[str, AverageCurve]
    ) -> None:
        """Show other classes, and mark nothing.

        Args:
            curves: At most ``MOST``; the keys begin with the first.
            averages: ``MACRO`` and ``MICRO``, or neither.
        """
        self._curves, self._averages = tuple(curves[:MOST]), dict(averages)
        self._leave()
        self._mark = None
        if self.isVisible():
            self._draw_timer.start()

    def set_mark(self, mark: tuple[int, int] | None) -> None:
        """Mark a point.

        Args:
            mark: Number of a class that is shown, and of the threshold; None: no point.
        """
        self._mark = mark
        self._mark_point()

    @property
    def mark(self) -> tuple[int, int] | None:
        """Number of the class and of the threshold that are marked."""
        return self._mark

    def marked(self) -> tuple[ShownCurve, int] | None:
        """Curve and threshold of the mark; None if there is none."""
        label, at = self._mark or (-1, 0)
        for curve in self._curves:
            if curve.label == label and at < len(curve.counts.thresholds):
                return curve, at
        return None

    @property
    def is_pointed(self) -> bool:
        """Whether the reading is of what is under the mouse."""
        return self._hovered is not None

    @property
    def reading(self) -> tuple[ShownCurve, int] | None:
        """Curve and threshold under the mouse, else those of the mark."""
        return self._hovered or self.marked()

    def words(self, curve: ShownCurve, at: int) -> tuple[str, ...]:
        """What a threshold comes to, in the window's language."""
        counts = curve.counts
        precision, recall, rate = (
            percent_text(float(share[at]))
            for share in (counts.precision, counts.recall, counts.false_positive_rate)
        )
        return (
            self.tr("Threshold {value}").format(value=threshold_text(float(counts.thresholds[at]))),
            self.tr("Precision {value}").format(value=precision),
            self.tr("Recall {value}").format(value=recall),
            self.tr("False positive rate {value}").format(value=rate),
        )

    # -- drawing -----------------------------------------------------------------------------------

    @Slot()
    def _on_draw_due(self) -> None:
        """Draw; but make one drawing surface at a time, each takes a tenth of a second."""
        if self._curves and self._make_canvas():
            self._draw_timer.start()
        else:
            self.draw()

    def draw(self) -> None:
        """Draw now."""
        if not self._curves:
            return
        while self._make_canvas():
            pass
        none = np.empty(0)
        for plot, canvas in self._canvases.items():
            for place in range(MOST):
                there = place < len(self._curves)
                x, y = _drawn(self._curves[place], plot) if there else (none, none)
                canvas.set_curve(f"class_{place}", x, y)
            for key in (MACRO, MICRO):
                average = self._averages.get(key)
                height = none
                if average is not None:
                    height = average.true_positive_rate if plot == ROC else average.precision
                canvas.set_curve(key, GRID[: len(height)], height)
        ends, counts = np.array([0.0, 1.0]), self._curves[0].counts
        share = counts.positives / max(1, counts.positives + counts.negatives)
        self._canvases[ROC].set_curve(CHANCE, ends, ends)
        self._canvases[PR].set_curve(CHANCE, ends, np.full(2, share))
        self._mark_point()

    def _make_canvas(self) -> bool:
        """Make the next drawing surface; returns whether one was missing."""
        if len(self._canvases) == 2:
            return False
        from effnet_studio.gui.widgets.plots.plot_canvas import PlotCanvas

        plot = PR if self._canvases else ROC
        canvas = named(PlotCanvas(self._theme.theme, percent=True, parent=self), f"{plot}_plot")
        for key in reversed(STYLES):  # the classes above the averages
            canvas.add_curve(key, STYLES[key])
        canvas.set_x_limits(0.0, 1.0)
        canvas.set_y_limits(0.0, 1.0)
        canvas.set_x_ticks(_TICKS[::2])
        canvas.set_y_ticks(_TICKS)
        canvas.pointed.connect(self._on_roc_pointed if plot == ROC else self._on_pr_pointed)
        canvas.clicked.connect(self._on_roc_clicked if plot == ROC else self._on_pr_clicked)
        canvas.left.connect(self._leave)
        self._canvases[plot] = canvas
        self._row.addWidget(canvas, 1)
        self._name_axes()
        return True

    def _mark_point(self) -> None:
        found = self.marked()
        for plot, canvas in self._canvases.items():
            if found is None:
                canvas.set_points([], [], [], [])
                continue
            curve, at = found
            x, y = curve.points(plot)
            style = STYLES[f"class_{self._curves.index(curve)}"]
            color = series_color(self._theme.theme, style).name()
            canvas.set_points([float(x[at])], [float(y[at])], [color], [_MARK])

    @Slot()
    def _on_theme_changed(self) -> None:
        for canvas in self._canvases.values():
            canvas.set_theme(self._theme.theme)
        self._mark_point()

    # -- mouse -------------------------------------------------------------------------------------

    def _nearest(self, plot: str, x: float, y: float) -> tuple[ShownCurve, int] | None:
        """Curve and threshold closest to a place; None if that is far from all."""
        width, height = self._canvases[plot].pixel_size()
        nearest, best = None, _NEAR
        for curve in self._curves:
            across, up = curve.points(plot)
            away = np.hypot((across - x) / width, (up - y) / height)
            at = int(np.argmin(away))
            if away[at] < best:
                nearest, best = (curve, at), float(away[at])
        return nearest

    def _point(self, plot: str, x: float, y: float) -> None:
        found = self._nearest(plot, x, y)
        if found is None:
            self._leave()
            return
        self._hovered, self._pointed_in = found, plot
        self._show_pointed()
        self.reading_changed.emit()

    def _show_pointed(self) -> None:
        """Say beside the mouse what it points at, in the window's language."""
        if self._hovered is None:
            return
        curve, at = self._hovered
        words = escape(self.words(curve, at)[0])
        text = f"<b>{escape(curve.name)}</b><br>{words}" if len(self._curves) > 1 else words
        place = float(curve.points(self._pointed_in)[0][at])
        self._canvases[self._pointed_in].show_readout(place, text, low=True)

    @Slot()
    def _leave(self) -> None:
        for canvas in self._canvases.values():
            canvas.hide_readout()
        if self._hovered is not None:
            self._hovered = None
            self.reading_changed.emit()

    def _click(self, plot: str, x: float, y: float) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        found = self._nearest(plot, x, y)
        if found is not None:
            self._choose(*found)

    @Slot(float, float)
    def _on_roc_pointed(self, x: float, y: float) -> None:
        self._point(ROC, x, y)

    @Slot(float, float)
    def _on_pr_pointed(self, x: float, y: float) -> None:
        self._point(PR, x, y)

    @Slot(float, float)
    def _on_roc_clicked(self, x: float, y: float) -> None:
        self._click(ROC, x, y)

    @Slot(float, float)
    def _on_pr_clicked(self, x: float, y: float) -> None:
        self._click(PR, x, y)

    # -- keys --------------------------------------------------------------------------------------

    def _choose(self, curve: ShownCurve, at: int) -> None:
        self.set_mark((curve.label, at))
        self.point_chosen.emit(curve.label, at)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        found = self.marked()
        curve, at = found if found is not None else (None, 0)
        last = 0 if curve is None else len(curve.counts.thresholds) - 1
        page = max(1, last // _PAGE)
        to = {
            Qt.Key.Key_Left: at - 1,
            Qt.Key.Key_Right: at + 1,
            Qt.Key.Key_PageUp: at - page,
            Qt.Key.Key_PageDown: at + page,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }.get(Qt.Key(event.key()))
        if to is None or not self._curves:
            super().keyPressEvent(event)
        elif curve is None:  # one half: where one begins to look
            self._choose(self._curves[0], self._curves[0].place_at(0.5))
        elif min(max(to, 0), last) != at:
            self._choose(curve, min(max(to, 0), last))

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_changed.emit()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focus_changed.emit()

    # -- words -------------------------------------------------------------------------------------

    def _name_axes(self) -> None:
        for plot, canvas in self._canvases.items():
            bottom, left = self.tr("False positive rate"), self.tr("Recall")
            if plot == PR:
                bottom, left = left, self.tr("Precision")
            canvas.set_axis_names(bottom, left)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("ROC and precision-recall curves"))
        self._name_axes()
        self._show_pointed()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._draw_timer.start()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()


def _drawn(curve: ShownCurve, plot: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The points of a curve that a screen can show."""
    x, y = curve.points(plot)
    kept = thinned(x, y)
    return (x[kept], y[kept]) if plot == ROC else stepped(x[kept], y[kept])
