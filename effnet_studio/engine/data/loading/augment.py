"""Vary training pictures: random crop, mirror, colour, RandAugment and erasing.

Pillow on uint8 in the loader's threads: it lets other threads run meanwhile, and the random
numbers come from one generator per (seed, epoch, picture). So a picture is varied the same way
whichever thread does it and whenever, which an exact continuation of a run relies on;
torchvision's transforms draw from the process's one global generator.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

import numpy as np
from PIL import Image, ImageEnhance, ImageOps

if TYPE_CHECKING:
    from numpy.typing import NDArray

Level = Literal["none", "light", "medium", "strong"]

_FILL = (124, 116, 104)
"""ImageNet's mean colour, for corners that a rotation or shift leaves empty."""

_RATIO = 4 / 3
"""Widest and, inverted, tallest crop (Szegedy et al. 2015, arXiv:1409.4842, section 6)."""

_RESAMPLING = {
    "bilinear": Image.Resampling.BILINEAR,
    "bicubic": Image.Resampling.BICUBIC,
}


class Flip(StrEnum):
    """Which mirror images count as the same kind of thing."""

    NONE = "none"
    HORIZONTAL = "horizontal"
    BOTH = "both"


@dataclass(frozen=True)
class Recipe:
    """How strongly pictures are varied.

    Attributes:
        min_area: Smallest share of the picture that a crop keeps, in (0, 1].
        jitter: Largest relative change of brightness, contrast and saturation, in [0, 1).
        operations: RandAugment operations done one after the other on each picture.
        magnitude: Their strength, in [0, 10].
        erase: Probability that a rectangle is painted over with noise, in [0, 1].
        flip: Mirrored left to right half of the time, upside down as well, or never.
    """

    min_area: float
    jitter: float
    operations: int = 0
    magnitude: float = 0.0
    erase: float = 0.0
    flip: Flip = Flip.HORIZONTAL


RECIPES: dict[str, Recipe] = {
    "light": Recipe(min_area=0.5, jitter=0.1),
    "medium": Recipe(min_area=0.35, jitter=0.2, operations=1, magnitude=5.0),
    "strong": Recipe(min_area=0.2, jitter=0.3, operations=2, magnitude=9.0, erase=0.25),
}
"""What the levels of the setting ``augmentation`` mean; ``none`` has no recipe."""


class Augmenter:
    """Turns a decoded picture into one of its variants of the model's size.

    Safe to use from several threads at once; holds no state.

    Args:
        recipe: How strongly.
        size: Side of the result, pixels.
        interpolation: Of the resize.
        seed: Makes the variants repeatable.
    """

    def __init__(
        self,
        recipe: Recipe,
        size: int,
        *,
        interpolation: Literal["bilinear", "bicubic"] = "bilinear",
        seed: int = 0,
    ) -> None:
        self.recipe = recipe
        self.size = size
        self.seed = seed
        self._resampling = _RESAMPLING[interpolation]

    def __call__(
        self, pixels: NDArray[np.uint8], *, epoch: int, index: int, draw: int = 0
    ) -> NDArray[np.uint8]:
        """Make the variant that belongs to this epoch and picture.

        Args:
            pixels: RGB, uint8, shape (height, width, 3).
            epoch: Epoch, counted from 0.
            index: Position of the picture in the training set.
            draw: How often the picture has come in this epoch before, where it comes repeatedly.

        Returns:
            RGB, uint8, shape (size, size, 3), contiguous.
        """
        place = (self.seed, epoch, index)
        rng = np.random.default_rng((*place, draw) if draw else place)
        box = random_box(rng, pixels.shape[1], pixels.shape[0], self.recipe.min_area)
        picture = Image.fromarray(pixels).resize(
            (self.size, self.size), self._resampling, box=box, reducing_gap=None
        )
        picture = _mirror(picture, float(rng.random()), self.recipe.flip)
        for number in rng.integers(len(OPERATIONS), size=self.recipe.operations):
            strength = self.recipe.magnitude / 10 * (1 if rng.random() < 0.5 else -1)
            picture = OPERATIONS[number](picture, strength)
        picture = _jitter(picture, rng, self.recipe.jitter)
        result = np.array(picture)
        if self.recipe.erase and rng.random() < self.recipe.erase:
            _erase(result, rng)
        return result


def random_box(
    rng: np.random.Generator, width: int, height: int, min_area: float
) -> tuple[float, float, float, float]:
    """Choose a part of the picture: area uniform, aspect ratio log-uniform.

    Args:
        rng: Source of randomness.
        width: Of the picture, pixels.
        height: Of the picture, pixels.
        min_area: Smallest share of the picture's area, in (0, 1].

    Returns:
        Left, top, right, bottom in pixels, inside the picture; at least one pixel each way.
    """
    area = rng.uniform(min_area, 1.0) * width * height
    ratio = math.exp(rng.uniform(-math.log(_RATIO), math.log(_RATIO)))
    # A crop that does not fit is clipped: long pictures keep the whole of their short side.
    crop_width = max(1.0, min(float(width), math.sqrt(area * ratio)))
    crop_height = max(1.0, min(float(height), math.sqrt(area / ratio)))
    left = rng.uniform(0.0, width - crop_width)
    top = rng.uniform(0.0, height - crop_height)
    return (
        left,
        top,
        min(left + crop_width, float(width)),
        min(top + crop_height, float(height)),
    )


def _mirror(picture: Image.Image, chance: float, flip: Flip) -> Image.Image:
    """Mirror each allowed way half of the time.

    One number decides on both ways, by its first and its second binary digit, and it is drawn
    whatever is allowed: another choice changes nothing else about the variants.
    """
    if flip is not Flip.NONE and chance < 0.5:
        picture = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    if flip is Flip.BOTH and chance * 2 % 1 < 0.5:
        picture = picture.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    return picture


def _jitter(picture: Image.Image, rng: np.random.Generator, amount: float) -> Image.Image:
    """Change brightness, contrast and saturation, each by a factor in [1 - amount, 1 + amount]."""
    brightness, contrast, saturation = rng.uniform(1 - amount, 1 + amount, size=3)
    if not amount:
        return picture
    # Brightness and contrast are one straight line per pixel value: a single look-up.
    values = (np.arange(256) * brightness - 128) * contrast + 128
    table = np.clip(np.rint(values), 0, 255).astype(np.uint8).tolist()
    return ImageEnhance.Color(picture.point(table * 3)).enhance(float(saturation))


def _erase(pixels: NDArray[np.uint8], rng: np.random.Generator) -> None:
    """Paint noise over a rectangle of 2 to 25 % of the area (Zhong et al., arXiv:1708.04896)."""
    side = pixels.shape[0]
    area = rng.uniform(0.02, 0.25) * side * side
    ratio = math.exp(rng.uniform(-math.log(3.0), math.log(3.0)))
    height = min(side, max(1, round(math.sqrt(area * ratio))))
    width = min(side, max(1, round(math.sqrt(area / ratio))))
    top = int(rng.integers(side - height + 1))
    left = int(rng.integers(side - width + 1))
    noise = rng.integers(256, size=(height, width, 3), dtype=np.uint8)
    pixels[top : top + height, left : left + width] = noise


# RandAugment's operations (Cubuk et al. 2019, arXiv:1909.13719), each with a signed strength in
# [-1, 1]. Inverting is left out, as in the paper; so is posterising below 4 bits.

Operation = Callable[[Image.Image, float], Image.Image]


def _affine(
    picture: Image.Image, matrix: tuple[float, float, float, float], shift: tuple[float, float]
) -> Image.Image:
    """Map each pixel of the result back through a matrix about the centre, plus a shift."""
    a, b, c, d = matrix
    centre_x, centre_y = picture.width / 2, picture.height / 2
    data = (
        a,
        b,
        centre_x - a * centre_x - b * centre_y + shift[0],
        c,
        d,
        centre_y - c * centre_x - d * centre_y + shift[1],
    )
    return picture.transform(
        picture.size, Image.Transform.AFFINE, data, Image.Resampling.BILINEAR, fillcolor=_FILL
    )


def _keep(picture: Image.Image, _strength: float) -> Image.Image:
    return picture


def _rotate(picture: Image.Image, strength: float) -> Image.Image:
    angle = math.radians(30 * strength)
    cosine, sine = math.cos(angle), math.sin(angle)
    return _affine(picture, (cosine, sine, -sine, cosine), (0.0, 0.0))


def _shear_x(picture: Image.Image, strength: float) -> Image.Image:
    return _affine(picture, (1.0, 0.3 * strength, 0.0, 1.0), (0.0, 0.0))


def _shear_y(picture: Image.Image, strength: float) -> Image.Image:
    return _affine(picture, (1.0, 0.0, 0.3 * strength, 1.0), (0.0, 0.0))


def _shift_x(picture: Image.Image, strength: float) -> Image.Image:
    return _affine(picture, (1.0, 0.0, 0.0, 1.0), (0.3 * strength * picture.width, 0.0))


def _shift_y(picture: Image.Image, strength: float) -> Image.Image:
    return _affine(picture, (1.0, 0.0, 0.0, 1.0), (0.0, 0.3 * strength * picture.height))


def _brightness(picture: Image.Image, strength: float) -> Image.Image:
    return ImageEnhance.Brightness(picture).enhance(1 + 0.9 * strength)


def _contrast(picture: Image.Image, strength: float) -> Image.Image:
    return ImageEnhance.Contrast(picture).enhance(1 + 0.9 * strength)


def _colour(picture: Image.Image, strength: float) -> Image.Image:
    return ImageEnhance.Color(picture).enhance(1 + 0.9 * strength)


def _sharpness(picture: Image.Image, strength: float) -> Image.Image:
    return ImageEnhance.Sharpness(picture).enhance(1 + 0.9 * strength)


def _posterize(picture: Image.Image, strength: float) -> Image.Image:
    return ImageOps.posterize(picture, 8 - round(4 * abs(strength)))


def _solarize(picture: Image.Image, strength: float) -> Image.Image:
    return ImageOps.solarize(picture, threshold=256 - round(200 * abs(strength)))


def _autocontrast(picture: Image.Image, _strength: float) -> Image.Image:
    return ImageOps.autocontrast(picture)


def _equalize(picture: Image.Image, _strength: float) -> Image.Image:
    return ImageOps.equalize(picture)


OPERATIONS: tuple[Operation, ...] = (
    _keep,
    _autocontrast,
    _equalize,
    _rotate,
    _solarize,
    _colour,
    _posterize,
    _contrast,
    _brightness,
    _sharpness,
    _shear_x,
    _shear_y,
    _shift_x,
    _shift_y,
)
"""The fourteen operations of the paper, in its order."""
