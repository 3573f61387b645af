"""Paper and paint of the built-in sample: a pen in a thing's coordinates, light, backgrounds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

Colour = tuple[int, int, int]
Points = Sequence[tuple[float, float]]


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """The colour that lies a share of the way from the first to the second."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


def vary(rng: np.random.Generator, colour: Colour, amount: float = 18) -> Colour:
    """A colour near another, each channel within a few standard deviations of ``amount`` / 2."""
    shift = rng.normal(0, amount / 2, 3) + rng.normal(0, amount / 2)
    red, green, blue = (int(c) for c in np.clip(np.array(colour) + shift, 0, 255))
    return red, green, blue


@dataclass(frozen=True)
class Pen:
    """Draws on a layer in a thing's own coordinates, about -1 to 1 with y upwards.

    Attributes:
        layer: RGBA picture that is drawn on.
        centre: Where the thing's origin lies, pixels.
        scale: Pixels of one unit.
        angle: Turn against the clock, radians.
        squeeze: Factor on the thing's width; negative mirrors it.
    """

    layer: Image.Image
    centre: tuple[float, float]
    scale: float
    angle: float
    squeeze: float = 1.0

    def moved(self, x: float, y: float, scale: float = 1.0, angle: float = 0.0) -> Pen:
        """The same pen for a part of the thing: origin moved, smaller, turned."""
        ((left, top),) = self._place([(x, y)])
        sense = 1.0 if self.squeeze > 0 else -1.0
        return Pen(
            self.layer,
            (left, top),
            self.scale * scale,
            self.angle + angle * sense,
            self.squeeze,
        )

    def shape(self, points: Points, fill: Colour, alpha: int = 255) -> None:
        """Fill a polygon."""
        ImageDraw.Draw(self.layer).polygon(self._place(points), fill=(*fill, alpha))

    def oval(
        self, x: float, y: float, wide: float, high: float, fill: Colour, *, turn: float = 0.0
    ) -> None:
        """Fill an ellipse by its centre, half axes and turn."""
        self.shape(oval_points(x, y, wide, high, turn=turn), fill)

    def line(self, points: Points, width: float, fill: Colour, alpha: int = 255) -> None:
        """Draw a line with round joints, its width in units."""
        thick = max(1, round(width * self.scale))
        placed = self._place(points)
        draw = ImageDraw.Draw(self.layer)
        draw.line(placed, fill=(*fill, alpha), width=thick, joint="curve")
        if thick > 3:
            for x, y in (placed[0], placed[-1]):
                half = thick / 2 - 0.5
                draw.ellipse((x - half, y - half, x + half, y + half), fill=(*fill, alpha))

    def _place(self, points: Points) -> list[tuple[float, float]]:
        cos, sin = math.cos(self.angle), math.sin(self.angle)
        placed = []
        for x, y in points:
            across, up = x * self.squeeze * self.scale, y * self.scale
            placed.append(
                (self.centre[0] + across * cos - up * sin, self.centre[1] - across * sin - up * cos)
            )
        return placed


def oval_points(
    x: float, y: float, wide: float, high: float, *, turn: float = 0.0, count: int = 36
) -> list[tuple[float, float]]:
    """The outline of an ellipse."""
    cos, sin = math.cos(turn), math.sin(turn)
    steps = [2 * math.pi * step / count for step in range(count)]
    return [
        (
            x + wide * math.cos(a) * cos - high * math.sin(a) * sin,
            y + wide * math.cos(a) * sin + high * math.sin(a) * cos,
        )
        for a in steps
    ]


def lay(picture: Image.Image, layer: Image.Image, *, depth: float, shadow: float) -> None:
    """Put a drawn layer on the picture, lit from the upper left, with a soft shadow.

    Args:
        picture: RGB, changed in place.
        layer: RGBA of the same size.
        depth: Width of the rounded edge and of the shadow's offset, pixels.
        shadow: Darkness of the shadow, 0 to 1.
    """
    box = layer.getbbox()
    if box is None:
        return
    margin = round(depth * 3)
    box = (
        max(0, box[0] - margin),
        max(0, box[1] - margin),
        min(picture.width, box[2] + margin),
        min(picture.height, box[3] + margin),
    )
    part = layer.crop(box)
    alpha = part.getchannel("A")
    soft = alpha.filter(ImageFilter.BoxBlur(depth)).filter(ImageFilter.BoxBlur(depth * 0.6))
    step = max(1, round(depth * 0.8))
    if shadow > 0:
        cast = _shifted(soft, step).point(lambda value: int(value * shadow))
        picture.paste(Image.new("RGB", part.size, (10, 12, 20)), box[:2], cast)
    light = np.asarray(_shifted(soft, step), dtype=np.float32)
    light -= np.asarray(_shifted(soft, -step), dtype=np.float32)
    colour = np.asarray(part.convert("RGB"), dtype=np.float32) - light[..., None] * 0.22
    shaded = Image.fromarray(np.clip(colour, 0, 255).astype(np.uint8))
    picture.paste(shaded, box[:2], alpha)


def _shifted(mask: Image.Image, step: int) -> Image.Image:
    """A mask moved down and to the right; nothing comes in from the other side."""
    return mask.transform(mask.size, Image.Transform.AFFINE, (1, 0, -step, 0, 1, -step))


def background(rng: np.random.Generator, size: tuple[int, int], kind: str) -> Image.Image:
    """Paint a blurred place.

    Args:
        rng: Decides colours and details.
        size: Width and height, pixels.
        kind: A key of :data:`PLACES`.

    Returns:
        RGB picture.
    """
    small = (max(8, size[0] * 2 // 3), max(8, size[1] * 2 // 3))
    picture = PLACES[kind](rng, small)
    blurred = picture.filter(ImageFilter.GaussianBlur(float(rng.uniform(0.6, 2.2))))
    return blurred.resize(size, Image.Resampling.BILINEAR)


def _gradient(
    rng: np.random.Generator, size: tuple[int, int], colours: Sequence[Colour]
) -> Image.Image:
    """A gradient through colours from top to bottom, slightly tilted."""
    width, height = size
    tilt = rng.uniform(-0.25, 0.25)
    rows = np.linspace(0, 1, height)[:, None] + np.linspace(-0.5, 0.5, width)[None, :] * tilt
    stops = np.array([vary(rng, colour, 14) for colour in colours], dtype=np.float64)
    places = np.linspace(0, 1, len(stops))
    channels = [np.interp(rows, places, stops[:, channel]) for channel in range(3)]
    return Image.fromarray(np.stack(channels, axis=-1).astype(np.uint8))


def _discs(
    rng: np.random.Generator,
    picture: Image.Image,
    colours: Sequence[Colour],
    count: int,
    radius: tuple[float, float],
    *,
    alpha: tuple[int, int] = (30, 110),
) -> None:
    """Strew translucent discs, as lights out of focus are."""
    draw = ImageDraw.Draw(picture, "RGBA")
    for _ in range(count):
        x, y = rng.uniform(0, picture.width), rng.uniform(0, picture.height)
        size = rng.uniform(*radius) * min(picture.size)
        colour = vary(rng, colours[int(rng.integers(len(colours)))])
        fill = (*colour, int(rng.integers(*alpha)))
        draw.ellipse((x - size, y - size, x + size, y + size), fill=fill)


def _strokes(
    rng: np.random.Generator, picture: Image.Image, colours: Sequence[Colour], count: int
) -> None:
    """Draw blades of grass from the lower edge."""
    draw = ImageDraw.Draw(picture)
    for _ in range(count):
        x, lean = rng.uniform(0, picture.width), rng.normal(0, 0.12) * picture.width
        height = rng.uniform(0.15, 0.7) * picture.height
        colour = vary(rng, colours[int(rng.integers(len(colours)))], 30)
        root, tip = (x, picture.height), (x + lean, picture.height - height)
        bend = ((root[0] + tip[0]) / 2 - lean * 0.2, (root[1] + tip[1]) / 2)
        draw.line([root, bend, tip], fill=colour, width=int(rng.integers(1, 4)))


def _meadow(rng: np.random.Generator, size: tuple[int, int]) -> Image.Image:
    picture = _gradient(rng, size, [(168, 205, 120), (92, 150, 62), (48, 96, 40)])
    _discs(rng, picture, [(220, 240, 170), (140, 190, 80)], 14, (0.04, 0.16))
    _strokes(rng, picture, [(70, 140, 50), (120, 175, 70), (50, 105, 45)], 40)
    _discs(
        rng,
        picture,
        [(255, 240, 130), (250, 190, 210), (245, 245, 250)],
        9,
        (0.01, 0.03),
        alpha=(170, 240),
    )
    return picture


def _sky(rng: np.random.Generator, size: tuple[int, int]) -> Image.Image:
    picture = _gradient(rng, size, [(88, 150, 220), (160, 205, 240), (225, 240, 250)])
    for _ in range(int(rng.integers(1, 4))):
        cloud = picture.copy()
        draw = ImageDraw.Draw(cloud, "RGBA")
        x, y = rng.uniform(0, size[0]), rng.uniform(0, size[1] * 0.8)
        for _ in range(9):
            a, b = x + rng.normal(0, 0.14) * size[0], y + rng.normal(0, 0.035) * size[1]
            radius = rng.uniform(0.04, 0.1) * size[0]
            draw.ellipse(
                (a - radius, b - radius, a + radius, b + radius), fill=(255, 255, 255, 120)
            )
        picture = cloud.filter(ImageFilter.GaussianBlur(3))
    return picture


def _forest(rng: np.random.Generator, size: tuple[int, int]) -> Image.Image:
    picture = _gradient(rng, size, [(120, 140, 90), (70, 84, 50), (74, 56, 38)])
    draw = ImageDraw.Draw(picture)
    for _ in range(int(rng.integers(3, 8))):
        x, width = rng.uniform(0, size[0]), rng.uniform(0.03, 0.12) * size[0]
        bottom = rng.uniform(0.55, 0.8) * size[1]
        draw.rectangle((x, 0, x + width, bottom), fill=vary(rng, (64, 52, 40), 26))
    _discs(rng, picture, [(150, 100, 50), (110, 80, 45), (170, 130, 60)], 40, (0.015, 0.05))
    _discs(rng, picture, [(230, 235, 160)], 8, (0.03, 0.09), alpha=(25, 70))
    return picture


def _water(rng: np.random.Generator, size: tuple[int, int]) -> Image.Image:
    picture = _gradient(rng, size, [(130, 215, 220), (40, 140, 180), (15, 70, 120)])
    draw = ImageDraw.Draw(picture, "RGBA")
    across = np.linspace(0, size[0], 24)
    for _ in range(16):
        y, wave = rng.uniform(0, size[1]), rng.uniform(1, 4)
        up = y + wave * np.sin(across / rng.uniform(5, 12) + rng.uniform(0, 6))
        points = list(zip(across.tolist(), up.tolist(), strict=True))
        draw.line(points, fill=(225, 250, 250, int(rng.integers(25, 90))), width=1)
    _discs(rng, picture, [(220, 245, 250)], 12, (0.008, 0.03), alpha=(60, 150))
    return picture


def _snow(rng: np.random.Generator, size: tuple[int, int]) -> Image.Image:
    picture = _gradient(rng, size, [(120, 145, 180), (165, 185, 210), (215, 225, 238)])
    _discs(rng, picture, [(245, 250, 255)], 26, (0.01, 0.07), alpha=(40, 150))
    return picture


def _night(rng: np.random.Generator, size: tuple[int, int]) -> Image.Image:
    picture = _gradient(rng, size, [(12, 16, 48), (32, 38, 84), (70, 60, 110)])
    _discs(rng, picture, [(255, 240, 200), (200, 210, 255)], 22, (0.006, 0.018), alpha=(120, 230))
    _discs(rng, picture, [(130, 120, 200), (90, 150, 210)], 7, (0.08, 0.2), alpha=(15, 45))
    return picture


def _wood(rng: np.random.Generator, size: tuple[int, int]) -> Image.Image:
    picture = _gradient(rng, size, [(205, 165, 115), (180, 138, 92), (150, 108, 70)])
    draw = ImageDraw.Draw(picture, "RGBA")
    for _ in range(50):
        x, y = rng.uniform(-0.2, 1) * size[0], rng.uniform(0, size[1])
        length, drop = rng.uniform(0.2, 0.9) * size[0], rng.normal(0, 1.5)
        tone = (*vary(rng, (110, 72, 42)), int(rng.integers(25, 90)))
        draw.line([(x, y), (x + length / 2, y + drop), (x + length, y)], fill=tone, width=1)
    return picture


def _sunset(rng: np.random.Generator, size: tuple[int, int]) -> Image.Image:
    picture = _gradient(rng, size, [(96, 80, 150), (232, 130, 120), (252, 205, 130)])
    _discs(rng, picture, [(255, 235, 180)], 10, (0.03, 0.12), alpha=(20, 80))
    _strokes(rng, picture, [(60, 44, 70), (84, 54, 74)], 14)
    return picture


def _sand(rng: np.random.Generator, size: tuple[int, int]) -> Image.Image:
    picture = _gradient(rng, size, [(232, 214, 176), (214, 190, 146), (190, 164, 122)])
    _discs(
        rng,
        picture,
        [(150, 130, 110), (200, 190, 180), (120, 112, 105)],
        24,
        (0.012, 0.05),
        alpha=(90, 230),
    )
    return picture


PLACES: dict[str, Callable[[np.random.Generator, tuple[int, int]], Image.Image]] = {
    "meadow": _meadow,
    "sky": _sky,
    "forest": _forest,
    "water": _water,
    "snow": _snow,
    "night": _night,
    "wood": _wood,
    "sunset": _sunset,
    "sand": _sand,
}


def finish(rng: np.random.Generator, picture: Image.Image) -> NDArray[np.uint8]:
    """Give a picture the light, contrast and grain of a photograph.

    Args:
        rng: Decides how much.
        picture: RGB.

    Returns:
        RGB, uint8, shape (height, width, 3).
    """
    values = np.asarray(picture, dtype=np.float32)
    contrast, light = rng.uniform(0.85, 1.12), rng.uniform(-14, 14)
    warm = np.array([1, 0, -1], dtype=np.float32) * float(rng.normal(0, 5))
    grain = rng.standard_normal(values.shape[:2], dtype=np.float32)[..., None]
    values = (values - 128) * np.float32(contrast) + np.float32(128 + light) + warm
    values += grain * np.float32(rng.uniform(1, 4))
    return np.clip(values, 0, 255).astype(np.uint8)
