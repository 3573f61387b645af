"""Charts as SVG: small enough to be read as text, for a page's own colours or for print."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from effnet_studio.engine.report.content import spoken
from effnet_studio.engine.web_page import escaped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from effnet_studio.engine.messages import Message
    from effnet_studio.engine.report.content import Chart, Series

WIDTH: Final = 400
HEIGHT: Final = 240

_LEFT, _RIGHT, _TOP, _BOTTOM = 48, 20, 42, 42
_FONT: Final = 12
_TICKS: Final = 5
_DOTTED: Final = 40
"""Points up to which each has a dot."""


@dataclass(frozen=True)
class Colors:
    """Colours of a chart, as CSS has them.

    Attributes:
        text: Numbers and names.
        grid: Lines behind.
        series: One after the other.
        font: Families.
    """

    text: str
    grid: str
    series: tuple[str, ...]
    font: str


PAGE_COLORS: Final = Colors(
    text="var(--muted)",
    grid="var(--line)",
    series=("var(--first)", "var(--second)", "var(--third)"),
    font="inherit",
)
"""As the rules of the page say, in light and dark."""

PRINT_COLORS: Final = Colors(
    text="#5b6372",
    grid="#e3e6ec",
    series=("#0072b2", "#d55e00", "#009e73"),
    font="sans-serif",
)
"""Okabe and Ito's, which colour-blind people can tell apart ("Color universal design", 2008)."""


@dataclass(frozen=True)
class _Scale:
    """From values to places along an axis."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


def chart_svg(chart: Chart, words: Callable[[Message], str], colors: Colors) -> str:
    """Draw a chart.

    Args:
        chart: What to draw; values that are no finite numbers are left out.
        words: Says messages in the reader's language.
        colors: Of the page or of print.

    Returns:
        An ``svg`` element, :data:`WIDTH` by :data:`HEIGHT` units.
    """
    title = spoken(chart.title, words)
    across, upwards = _values(chart, "x"), _values(chart, "y")
    counts = all(value == round(value) for value in upwards)
    x_low, x_high, x_ticks = _axis(chart.x_range, across, whole=chart.whole, tight=True)
    y_low, y_high, y_ticks = _axis(
        chart.y_range, upwards, whole=counts and "y" not in chart.percent
    )
    x = _Scale(x_low, x_high, _LEFT, WIDTH - _RIGHT)
    y = _Scale(y_low, y_high, HEIGHT - _BOTTOM, _TOP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"',
        f' aria-label="{escaped(title + ": " + spoken(chart.alt, words))}"',
        f' style="font-family:{colors.font}" font-size="{_FONT}">',
        f'<text x="0" y="14" font-weight="600" style="fill:{colors.text}">{escaped(title)}</text>',
        *_grid(chart, x, y, x_ticks, y_ticks, colors),
        _text(
            (_LEFT + WIDTH - _RIGHT) / 2, HEIGHT - 6, spoken(chart.x_title, words), colors, "middle"
        ),
    ]
    if chart.diagonal:
        low, high = max(x_low, y_low), min(x_high, y_high)
        parts.append(_line(x(low), y(low), x(high), y(high), colors.text, "3 4"))
    if chart.mark is not None:
        parts.append(
            _line(x(chart.mark), _TOP - 14, x(chart.mark), HEIGHT - _BOTTOM, colors.text, "2 3")
        )
        late = x(chart.mark) > WIDTH * 0.8
        shift = -4 if late else 4
        label = spoken(chart.mark_title, words)
        anchor = "end" if late else "start"
        parts.append(_text(x(chart.mark) + shift, _TOP - 4, label, colors, anchor))
    for series in chart.series:
        parts += _series(series, x, y, colors)
    parts += _legend(chart.series, words, colors)
    return "".join([*parts, "</svg>"])


def _values(chart: Chart, axis: str) -> list[float]:
    values = [value for series in chart.series for value in getattr(series, axis)]
    if axis == "y":
        values += [value for s in chart.series for value in (*s.low, *s.high)]
        values += [0.0 for s in chart.series if s.style == "bars"]
        values += [a + b for s in chart.series for a, b in zip(s.y, s.base, strict=False)]
    return [value for value in values if math.isfinite(value)]


def _axis(
    wanted: tuple[float, float] | None,
    values: Sequence[float],
    *,
    whole: bool = False,
    tight: bool = False,
) -> tuple[float, float, list[float]]:
    """Ends of an axis and the numbers written along it.

    Args:
        wanted: The ends; None: as the values need.
        values: What is drawn along it.
        whole: Whether only whole numbers are written.
        tight: Whether it ends where the values do, and not at the next number written.
    """
    low, high = wanted or (min(values, default=0.0), max(values, default=1.0))
    if high - low < 1e-9:
        low, high = low - 0.5, high + 0.5
    step = _step((high - low) / _TICKS)
    if whole:
        step = max(1.0, step)
    if wanted is None and not tight:
        low, high = math.floor(low / step) * step, math.ceil(high / step) * step
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return low, high, [number * step for number in range(first, last + 1)]


def _step(rough: float) -> float:
    """The next of 1, 2, 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(rough))
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough * 0.999)


def _grid(  # noqa: PLR0917 - both axes and their numbers
    chart: Chart,
    x: _Scale,
    y: _Scale,
    x_ticks: Sequence[float],
    y_ticks: Sequence[float],
    colors: Colors,
) -> Iterator[str]:
    for tick in y_ticks:
        yield _line(x.start, y(tick), x.end, y(tick), colors.grid)
        label = _number(tick, share="y" in chart.percent)
        yield _text(x.start - 6, y(tick) + 4, label, colors, "end")
    for tick in x_ticks:
        label = _number(tick, share="x" in chart.percent)
        yield _text(x(tick), y.start + 17, label, colors, "middle")


def _number(value: float, *, share: bool) -> str:
    if share:
        return f"{100 * value:.0f} %"
    return f"{value:.6g}"


def _series(series: Series, x: _Scale, y: _Scale, colors: Colors) -> Iterator[str]:
    color = colors.series[series.color % len(colors.series)]
    points = [
        (x(a), y(b))
        for a, b in zip(series.x, series.y, strict=True)
        if math.isfinite(a) and math.isfinite(b)
    ]
    if series.style == "bars":
        half = 0.42 * (x.end - x.start) / max(1, len(series.x))
        bases = series.base or (0.0,) * len(series.x)
        for place, base, value in zip(series.x, bases, series.y, strict=True):
            if math.isfinite(base + value):
                top, foot = y(base + value), y(base)
                yield (
                    f'<rect x="{x(place) - half:.1f}" y="{top:.1f}" width="{2 * half:.1f}" '
                    f'height="{max(0.0, foot - top):.1f}" style="fill:{color}"/>'
                )
        return
    for place, low, high in zip(series.x, series.low, series.high, strict=False):
        if math.isfinite(low) and math.isfinite(high):
            yield _line(x(place), y(low), x(place), y(high), color)
    if series.style != "dots":
        path = " ".join(f"{a:.1f},{b:.1f}" for a, b in points)
        dash = ";stroke-dasharray:6 4" if series.style == "dashed" else ""
        yield (
            f'<polyline points="{path}" style="fill:none;stroke:{color};stroke-width:2;'
            f'stroke-linejoin:round{dash}"/>'
        )
    if series.style == "dots" or len(points) <= _DOTTED:
        radius = 4 if series.style == "dots" else 2.2
        for a, b in points:
            yield f'<circle cx="{a:.1f}" cy="{b:.1f}" r="{radius}" style="fill:{color}"/>'


def _legend(
    series: Sequence[Series], words: Callable[[Message], str], colors: Colors
) -> Iterator[str]:
    """Names of the series in a row from the right; the chart's title stands at the left."""
    right = float(WIDTH - _RIGHT)
    for each in reversed(series):
        name = spoken(each.title, words)
        if not name:
            continue
        left = right - text_width(name)
        color = colors.series[each.color % len(colors.series)]
        dash = "4 3" if each.style == "dashed" else ""
        yield _text(left, 14, name, colors, "start")
        yield _line(left - 26, 10, left - 6, 10, color, dash, width=3)
        right = left - 44


def text_width(text: str) -> float:
    """About how wide a text is at the charts' size, units; Chinese letters are twice as wide."""
    return sum(_FONT if ord(letter) > 0x2E7F else 0.58 * _FONT for letter in text)


def _line(  # noqa: PLR0917 - two points and how they are joined
    x1: float, y1: float, x2: float, y2: float, color: str, dash: str = "", *, width: float = 1
) -> str:
    dashes = f";stroke-dasharray:{dash}" if dash else ""
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" '
        f'style="stroke:{color};stroke-width:{width}{dashes}"/>'
    )


def _text(x: float, y: float, text: str, colors: Colors, anchor: str) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" '
        f'style="fill:{colors.text}">{escaped(text)}</text>'
    )
