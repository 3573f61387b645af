"""The six things of the built-in sample, each time with other shapes and colours."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from effnet_studio.engine.data.sample.sample_scene import Colour, Pen, mix, oval_points, vary

if TYPE_CHECKING:
    from collections.abc import Callable

_BLACK: Colour = (28, 24, 26)
_WHITE: Colour = (250, 250, 248)


def _pick(rng: np.random.Generator, colours: list[Colour], amount: float = 22) -> Colour:
    return vary(rng, colours[int(rng.integers(len(colours)))], amount)


def _mirrored(points: list[tuple[float, float]], side: int) -> list[tuple[float, float]]:
    return [(x * side, y) for x, y in points]


def _wing(
    x: float, y: float, length: float, width: float, turn: float, *, wave: float
) -> list[tuple[float, float]]:
    """A rounded wing that grows from a point of the body in one direction."""
    points = []
    for step in range(41):
        t = step / 40
        along = math.sin(math.pi * t) ** 0.75 * length
        across = math.cos(math.pi * t) * width * math.sin(math.pi * t) ** 0.6
        along += wave * math.sin(6 * math.pi * t) * math.sin(math.pi * t)
        points.append(
            (
                x + along * math.cos(turn) - across * math.sin(turn),
                y + along * math.sin(turn) + across * math.cos(turn),
            )
        )
    return points


def butterfly(pen: Pen, rng: np.random.Generator) -> None:
    """Four patterned wings, a body and two feelers."""
    bright = [(240, 130, 30), (70, 120, 220), (245, 210, 70), (235, 235, 225), (190, 70, 120)]
    colour, second = _pick(rng, bright), _pick(rng, bright)
    border = _pick(rng, [(40, 26, 22), (60, 40, 30), (30, 34, 60)], 10)
    upper_turn, lower_turn = rng.uniform(0.45, 0.75), rng.uniform(-0.85, -0.5)
    upper, lower = rng.uniform(0.85, 1.0), rng.uniform(0.65, 0.85)
    wave, spots = rng.uniform(0, 0.06), int(rng.integers(2, 6))
    for side in (-1, 1):
        for length, width, turn, tone in (
            (lower, 0.36, lower_turn, second),
            (upper, 0.34, upper_turn, colour),
        ):
            pen.shape(_mirrored(_wing(0.03, 0, length, width, turn, wave=wave), side), border)
            inner = _wing(0.06, 0, length * 0.84, width * 0.78, turn, wave=wave * 0.5)
            pen.shape(_mirrored(inner, side), tone)
            core = _wing(0.06, 0, length * 0.5, width * 0.45, turn, wave=0)
            pen.shape(_mirrored(core, side), mix(tone, _WHITE, 0.35))
            for vein in (-0.28, 0.0, 0.28):
                end = (
                    (0.06 + length * 0.8 * math.cos(turn + vein)) * side,
                    length * 0.8 * math.sin(turn + vein),
                )
                pen.line([(0.05 * side, 0), end], 0.014, border)
            for spot in range(spots):
                angle = turn + (spot / max(1, spots - 1) - 0.5) * 0.5
                x, y = length * 0.87 * math.cos(angle), length * 0.87 * math.sin(angle)
                pen.oval(x * side, y, 0.035, 0.035, mix(_WHITE, tone, 0.15))
        feeler = [(0.02, 0.3), (0.1, 0.5), (0.2, 0.62)]
        pen.line(_mirrored(feeler, side), 0.018, border)
        pen.oval(0.2 * side, 0.62, 0.028, 0.028, border)
    pen.oval(0, -0.08, 0.055, 0.36, _BLACK)
    pen.oval(0, 0.3, 0.065, 0.07, _BLACK)


def fish(pen: Pen, rng: np.random.Generator) -> None:
    """A finned body seen from the side, with stripes or dots."""
    bright = [(240, 120, 50), (250, 200, 60), (60, 150, 200), (200, 80, 110), (120, 170, 110)]
    colour, second = _pick(rng, bright), _pick(rng, [*bright, (245, 245, 240), (40, 60, 110)])
    fin = mix(colour, second, 0.5)
    high = rng.uniform(0.34, 0.56)
    fork = rng.uniform(0.1, 0.25)
    pen.shape([(-0.62, 0), (-1.0, 0.38), (-1.0 + fork, 0), (-1.0, -0.38)], fin)
    crest = rng.uniform(0.2, 0.34)
    back = [
        (-0.45, high * 0.55),
        (-0.3, high + crest),
        (0.1, high + crest * 0.8),
        (0.35, high * 0.7),
    ]
    pen.shape(back, fin)
    pen.shape([(-0.3, -high * 0.6), (-0.38, -high - crest * 0.7), (0.05, -high * 0.85)], fin)
    body = [
        (x, high * (1 - abs(x - 0.12) ** 2.2 / (0.75 if x < 0.12 else 0.55)) ** 0.7 * sign)
        for xs, sign in ((np.linspace(-0.7, 0.85, 30), 1), (np.linspace(0.85, -0.7, 30), -1))
        for x in xs.tolist()
        if 1 - abs(x - 0.12) ** 2.2 / (0.75 if x < 0.12 else 0.55) >= 0
    ]
    pen.shape(body, colour)
    belly = [(x, min(y, -high * 0.35)) for x, y in body if y < 0]
    pen.shape(belly, mix(colour, _WHITE, 0.55))
    if rng.random() < 0.55:
        for x in np.linspace(-0.42, 0.3, int(rng.integers(2, 5))).tolist():
            tall = high * max(0.2, 1 - abs(x - 0.12) ** 2 / 0.6) * 0.93
            pen.shape(
                [(x, tall), (x + 0.1, tall * 0.97), (x + 0.06, -tall), (x - 0.03, -tall)], second
            )
    else:
        for row in range(-2, 3):
            for column in range(6):
                x, y = -0.45 + column * 0.14 + (row % 2) * 0.07, row * high * 0.3
                pen.line(
                    [(x, y + 0.05), (x + 0.05, y), (x, y - 0.05)], 0.016, mix(colour, _BLACK, 0.3)
                )
    pen.line(
        [(0.42, high * 0.6), (0.36, 0.0), (0.42, -high * 0.6)], 0.022, mix(colour, _BLACK, 0.4)
    )
    pen.shape([(0.2, -0.02), (-0.08, -0.2), (0.12, -0.26)], fin)
    pen.oval(0.58, high * 0.25, 0.085, 0.085, _WHITE)
    pen.oval(0.6, high * 0.25, 0.045, 0.045, _BLACK)
    pen.line([(0.82, -0.07), (0.7, -0.1)], 0.022, mix(colour, _BLACK, 0.55))


def ladybird(pen: Pen, rng: np.random.Generator) -> None:
    """A round beetle with dots, seen from above."""
    shell = _pick(rng, [(205, 36, 30), (225, 70, 30), (240, 165, 40), (180, 30, 40)], 16)
    dots = int(rng.integers(1, 4))
    long = rng.uniform(0.68, 0.8)
    for side in (-1, 1):
        for y, reach in ((0.35, 0.3), (0.0, 0.12), (-0.35, -0.2)):
            leg = [(0.5, y), (0.78, y + reach * 0.5), (0.92, y + reach * 0.5 - 0.14)]
            pen.line(_mirrored(leg, side), 0.05, _BLACK)
        pen.line(_mirrored([(0.1, 0.82), (0.22, 1.0), (0.34, 1.04)], side), 0.03, _BLACK)
    pen.oval(0, 0.66, 0.4, 0.3, _BLACK)
    for side in (-1, 1):
        pen.oval(0.24 * side, 0.74, 0.09, 0.11, _WHITE)
    pen.oval(0, -0.08, 0.66, long, shell)
    pen.oval(-0.2, 0.22, 0.24, 0.2, mix(shell, _WHITE, 0.28), turn=0.6)
    gap = rng.uniform(0, 0.1)
    pen.shape([(0, 0.62), (0.014 + gap, -long - 0.06), (-0.014 - gap, -long - 0.06)], _BLACK)
    size = rng.uniform(0.1, 0.15)
    places = [(0.33, 0.2), (0.4, -0.24), (0.2, -0.52)][:dots]
    for x, y in places:
        for side in (-1, 1):
            pen.oval((x + rng.normal(0, 0.02)) * side, y, size, size, _BLACK)
    if rng.random() < 0.7:
        pen.oval(0, 0.46, size * 0.9, size * 0.8, _BLACK)


def leaf(pen: Pen, rng: np.random.Generator) -> None:
    """A simple, oak-like or maple-like leaf with veins."""
    colour = _pick(
        rng, [(90, 150, 50), (200, 160, 40), (205, 95, 35), (170, 50, 40), (60, 110, 60)]
    )
    vein = mix(colour, (240, 230, 180), 0.45)
    stalk = mix(colour, (90, 60, 30), 0.6)
    kind = int(rng.integers(3))
    pen.line([(0, -0.6), (rng.normal(0, 0.08), -1.1)], 0.05, stalk)
    if kind == 2:
        _maple(pen, rng, colour, vein)
        return
    width, lobes = rng.uniform(0.32, 0.52), int(rng.integers(4, 7))
    outline = []
    for side in (1, -1):
        ups = np.linspace(-0.75, 1.0, 60) if side == 1 else np.linspace(1.0, -0.75, 60)
        for y in ups.tolist():
            t = (y + 0.75) / 1.75
            edge = math.sin(math.pi * t**0.85) ** 0.8 * width
            edge *= 1 + (0.26 * math.cos(2 * math.pi * lobes * t) if kind == 1 else 0)
            edge += 0.02 * math.sin(60 * t) if kind == 0 else 0
            outline.append((side * edge, y))
    pen.shape(outline, colour)
    pen.shape([(x, y) for x, y in outline if x >= 0], mix(colour, _BLACK, 0.12))
    pen.line([(0, -0.8), (0, 0.9)], 0.035, vein)
    for y in np.linspace(-0.5, 0.6, 6).tolist():
        reach = width * 0.75 * math.sin(math.pi * ((y + 0.85) / 1.75))
        for side in (-1, 1):
            pen.line([(0, y), (side * reach, y + 0.22)], 0.018, vein)


def _maple(pen: Pen, rng: np.random.Generator, colour: Colour, vein: Colour) -> None:
    """Five pointed lobes around one point."""
    sharp, base = rng.uniform(1.2, 2.0), rng.uniform(0.4, 0.52)
    centres = [0.0, 0.95, -0.95, 1.95, -1.95]
    reach = [1.0, 0.88, 0.88, 0.6, 0.6]
    outline = []
    for angle in np.linspace(-2.75, 2.75, 160).tolist():
        lobe = max(
            r * max(0.0, 1 - abs(angle - c) / 0.48) ** (1 / sharp)
            for c, r in zip(centres, reach, strict=True)
        )
        radius = max(base, lobe) * (1 + 0.05 * math.sin(angle * 24))
        outline.append((radius * math.sin(angle), radius * math.cos(angle) - 0.25))
    outline.append((0, -0.6))
    pen.shape(outline, colour)
    for c, r in zip(centres, reach, strict=True):
        tip = (r * 0.85 * math.sin(c), r * 0.85 * math.cos(c) - 0.25)
        pen.line([(0, -0.55), tip], 0.03, vein)


def mushroom(pen: Pen, rng: np.random.Generator) -> None:
    """A stem and a cap, sometimes with a smaller one beside it."""
    if rng.random() < 0.45:
        side = 1 if rng.random() < 0.5 else -1
        one = pen.moved(0.55 * side, -0.4, rng.uniform(0.4, 0.58), -0.12 * side)
        _one_mushroom(one, rng)
    _one_mushroom(pen, rng)


def _one_mushroom(pen: Pen, rng: np.random.Generator) -> None:
    cap = _pick(rng, [(200, 40, 34), (150, 96, 56), (214, 150, 80), (232, 216, 190), (120, 70, 50)])
    stem = _pick(rng, [(240, 230, 210), (222, 205, 175)], 12)
    wide, high, thick = rng.uniform(0.62, 0.85), rng.uniform(0.42, 0.72), rng.uniform(0.13, 0.24)
    right = [(thick, 0.12), (thick * 1.05, -0.6), (thick * 1.5, -0.95)]
    pen.shape([*right, *reversed(_mirrored(right, -1))], stem)
    pen.shape(
        [(thick * 0.3, 0.1), (thick, 0.12), (thick * 1.5, -0.95), (thick * 0.6, -0.95)],
        mix(stem, _BLACK, 0.14),
    )
    if rng.random() < 0.6:
        pen.oval(0, -0.14, thick * 1.7, 0.07, mix(stem, _WHITE, 0.4))
    pen.oval(0, 0.1, wide * 0.96, 0.12, mix(stem, (150, 120, 90), 0.5))
    for x in np.linspace(-0.85, 0.85, 11).tolist():
        pen.line([(x * wide * 0.25, 0.04), (x * wide, 0.12)], 0.012, mix(stem, _BLACK, 0.45))
    dome = [
        (wide * math.cos(a), 0.1 + high * max(0.0, math.sin(a)) ** 0.85)
        for a in np.linspace(0, math.pi, 40).tolist()
    ]
    rim = [
        (wide * math.cos(a), 0.1 - 0.05 * math.sin(a)) for a in np.linspace(math.pi, 0, 12).tolist()
    ]
    pen.shape(dome + rim, cap)
    if rng.random() < 0.65:
        for _ in range(int(rng.integers(5, 11))):
            a, far = rng.uniform(0.25, math.pi - 0.25), rng.uniform(0.2, 0.85)
            size = rng.uniform(0.035, 0.08)
            x, y = wide * math.cos(a) * far, 0.14 + high * math.sin(a) * far
            pen.oval(x, y, size, size * 0.75, mix(_WHITE, cap, 0.08))


def snowflake(pen: Pen, rng: np.random.Generator) -> None:
    """Six equal arms with twigs."""
    colour = _pick(rng, [(250, 252, 255), (214, 234, 252), (176, 212, 245)], 8)
    thick = rng.uniform(0.04, 0.075)
    twigs = [
        (place, rng.uniform(0.14, 0.4) * (1.15 - place), thick * rng.uniform(0.6, 0.9))
        for place in np.linspace(rng.uniform(0.25, 0.4), 0.85, int(rng.integers(2, 5))).tolist()
    ]
    spread, plate = rng.uniform(0.75, 1.15), rng.uniform(0.1, 0.26)
    tip = int(rng.integers(3))
    for arm in range(6):
        turned = pen.moved(0, 0, 1.0, arm * math.pi / 3)
        turned.line([(0, 0), (0, 1.0)], thick, colour)
        for place, length, width in twigs:
            for side in (-1, 1):
                end = (side * length * math.sin(spread), place + length * math.cos(spread))
                turned.line([(0, place), end], width, colour)
        if tip == 1:
            turned.oval(0, 1.0, thick * 1.4, thick * 1.4, colour)
        elif tip == 2:
            turned.shape([(0, 1.12), (thick * 1.6, 0.96), (0, 0.8), (-thick * 1.6, 0.96)], colour)
    pen.shape(oval_points(0, 0, plate, plate, count=6), mix(colour, (150, 190, 235), 0.3))
    pen.shape(oval_points(0, 0, plate * 0.6, plate * 0.6, count=6), colour)


THINGS: dict[str, tuple[Callable[[Pen, np.random.Generator], None], float, tuple[str, ...]]] = {
    "butterfly": (butterfly, 1.2, ("meadow", "sky", "sunset")),
    "fish": (fish, 0.5, ("water", "sand")),
    "ladybird": (ladybird, 3.2, ("meadow", "wood", "sand")),
    "leaf": (leaf, 3.2, ("forest", "wood", "water")),
    "mushroom": (mushroom, 0.2, ("forest", "meadow")),
    "snowflake": (snowflake, 3.2, ("night", "snow", "sky")),
}
"""Name of the class to how it is drawn, how far it may be turned (radians), and where it lives."""
