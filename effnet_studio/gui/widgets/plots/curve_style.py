"""How series are told apart: colour, dashes, dots; without pyqtgraph, for legends too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

if TYPE_CHECKING:
    from effnet_studio.gui.colors import Theme

THICK_LIMIT = 2000
"""Points up to which a two-pixel pen costs under two milliseconds; beyond, one pixel only."""


@dataclass(frozen=True)
class CurveStyle:
    """How a series is drawn; the colour itself comes from the theme.

    Attributes:
        color: Index into the theme's series colours.
        faint: Half transparent and thin: noise behind the curve that counts.
        quiet: Thin and in the colour of secondary text: what the curves are compared with.
        dashed: Told apart by more than its colour.
        dotted: The same in another way.
        broad: Seen on both sides of another curve that takes the same way.
        symbol: Mark at each point, ``"o"`` (dot), ``"s"`` (square) or none: with it series differ
            by more than their colour.
    """

    color: int = 0
    faint: bool = False
    quiet: bool = False
    dashed: bool = False
    dotted: bool = False
    broad: bool = False
    symbol: Literal["o", "s", ""] = ""


def series_color(theme: Theme, style: CurveStyle) -> QColor:
    """Give the colour of a series in a theme."""
    if style.quiet:
        return theme.color("muted")
    color = QColor(theme.series[style.color % len(theme.series)])
    if style.faint:
        color.setAlphaF(0.55)
    return color


def seen_color(theme: Theme, style: CurveStyle) -> QColor:
    """Give the colour of a series as it looks upon a card, without transparency."""
    color, ground = series_color(theme, style), QColor(theme.surface)
    share = color.alphaF()
    pairs = (
        (color.red(), ground.red()),
        (color.green(), ground.green()),
        (color.blue(), ground.blue()),
    )
    return QColor(*(round(share * over + (1 - share) * under) for over, under in pairs))


def make_pen(theme: Theme, style: CurveStyle, points: int) -> QPen:
    """Make the pen of a series: cosmetic, because scaled pens are many times slower."""
    pen = QPen(series_color(theme, style))
    pen.setCosmetic(True)
    wide = 5.0 if style.broad else 2.0
    thin = style.faint or style.quiet or points > THICK_LIMIT
    pen.setWidthF(1.0 if thin else wide)
    if style.dashed:
        pen.setStyle(Qt.PenStyle.DashLine)
    elif style.dotted:
        pen.setStyle(Qt.PenStyle.DotLine)
    return pen
