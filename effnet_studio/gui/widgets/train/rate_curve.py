"""Loss over learning rates that rise: the curve in which one looks for the steepest fall."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.gui.names import named
from effnet_studio.gui.text import figure_text
from effnet_studio.gui.turns import TurnTimer
from effnet_studio.gui.widgets.plots.curve_style import CurveStyle
from effnet_studio.gui.widgets.plots.log_axis import log_ticks, plain_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QShowEvent

    from effnet_studio.gui.theme import ThemeManager
    from effnet_studio.gui.widgets.plots.plot_canvas import PlotCanvas

_SIZE: Final = (560, 260)
"""Preferred width and height, pixels."""
_LOSS: Final = "loss"
_MARK: Final = 13.0
"""Diameter of the proposed rate's mark, pixels."""
_BESIDE: Final = (-0.15, 0.95)
"""Where its number hangs: to the upper right, for the curve falls there."""


class RateCurve(QWidget):
    """A curve over a logarithmic axis; one of its points may be marked.

    Args:
        theme: Colours, now and when they change.
        parent: Qt's owner.
    """

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rate_curve")
        self._theme = theme
        self._rates: tuple[float, ...] = ()
        self._losses: tuple[float, ...] = ()
        self._marked: float | None = None
        self._canvas: PlotCanvas | None = None
        self._draw_timer = TurnTimer(self)
        self._draw_timer.timeout.connect(self.draw)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        theme.changed.connect(self._on_theme_changed)

    def set_sweep(
        self, rates: Sequence[float], losses: Sequence[float], marked: float | None = None
    ) -> None:
        """Show what was tried.

        Args:
            rates: Rising, above zero.
            losses: As many.
            marked: The rate that is proposed; None: none.
        """
        self._rates, self._losses, self._marked = tuple(rates), tuple(losses), marked
        if self.isVisible():
            self._draw_timer.start()

    @property
    def mark(self) -> tuple[float, float] | None:
        """Rate and loss of the marked point; None if there is none."""
        if self._marked is None or not self._rates:
            return None
        places = [math.log(rate) for rate in self._rates]
        return self._marked, float(np.interp(math.log(self._marked), places, self._losses))

    @Slot()
    def draw(self) -> None:
        """Draw now."""
        if not self._rates:
            return
        canvas = self._ready_canvas()
        places = np.log10(np.array(self._rates))
        canvas.set_x_ticks(log_ticks(float(places[0]), float(places[-1])))
        canvas.set_x_limits(float(places[0]), float(places[-1]))
        canvas.set_curve(_LOSS, places, np.array(self._losses))
        if self.mark is None:
            canvas.set_points([], [], [], [])
            canvas.set_labels([])
            return
        rate, loss = self.mark
        color = self._theme.theme.series[1]
        canvas.set_points([math.log10(rate)], [loss], [color], [_MARK])
        canvas.set_labels([(math.log10(rate), loss, plain_number(rate), _BESIDE)])

    def _ready_canvas(self) -> PlotCanvas:
        if self._canvas is None:
            from effnet_studio.gui.widgets.plots.plot_canvas import PlotCanvas

            self._canvas = named(PlotCanvas(self._theme.theme, parent=self), "rate_canvas")
            self._canvas.add_curve(_LOSS, CurveStyle(color=0))
            self._canvas.hovered.connect(self._on_hovered)
            self._canvas.left.connect(self._canvas.hide_readout)
            self._column.addWidget(self._canvas)
        return self._canvas

    @Slot(float)
    def _on_hovered(self, place: float) -> None:
        if self._canvas is None or not self._rates:
            return
        places = np.log10(np.array(self._rates))
        nearest = int(np.argmin(np.abs(places - place)))
        rate, loss = plain_number(_rounded(self._rates[nearest])), self._losses[nearest]
        text = self.tr("Learning rate {rate}<br>Loss <b>{loss}</b>")
        self._canvas.show_readout(
            float(places[nearest]), text.format(rate=rate, loss=figure_text(loss))
        )

    @Slot()
    def _on_theme_changed(self) -> None:
        if self._canvas is not None:
            self._canvas.set_theme(self._theme.theme)
            self._draw_timer.start()

    @override
    def sizeHint(self) -> QSize:
        return QSize(*_SIZE)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._draw_timer.start()


def rate_rows(rates: Sequence[float], losses: Sequence[float]) -> list[tuple[str, str]]:
    """The same as a table's rows: rate and loss, with about three digits."""
    return [
        (plain_number(_rounded(rate)), figure_text(loss))
        for rate, loss in zip(rates, losses, strict=True)
    ]


def _rounded(rate: float) -> float:
    return float(f"{rate:.2g}")
