"""Attributes of images and their values, with words for each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from effnet_studio.engine.messages import Message, msg

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

MOST_VALUES: Final = 12
"""Texts that are values of their own; the rarer ones are taken together."""

LEAST_IMAGES: Final = 10
"""Images from which a text is a value of its own."""


@dataclass(frozen=True, eq=False)
class Attribute:
    """Something by which images differ, and the value each has.

    Attributes:
        key: For programs, such as ``"brightness"``.
        title: For people.
        values: Words for each value, which go on from "images": "in the darkest quarter".
        labels: A few words for each value, for those who know the title: "darkest quarter
            (under 0.31)".
        codes: Which value each image has, int64, shape (images,); -1 if unknown.
    """

    key: str
    title: Message
    values: tuple[Message, ...]
    labels: tuple[Message, ...]
    codes: NDArray[np.int64]

    def spread(self, places: NDArray[np.int64], images: int) -> Attribute:
        """The same among more images, of which nothing is known.

        Args:
            places: Where each image is among them, int64, shape (images before,).
            images: How many there are.
        """
        codes = np.full(images, -1, dtype=np.int64)
        codes[places] = self.codes
        return replace(self, codes=codes)


@dataclass(frozen=True)
class Quantity:
    """A number that images have.

    Attributes:
        key: For programs.
        title: For people.
        name: The same within a sentence.
        least: Word for the images with the lowest numbers, such as "darkest".
        most: Word for those with the highest.
        in_bytes: Whether it is a size of files.
    """

    key: str
    title: Message
    name: Message
    least: Message
    most: Message
    in_bytes: bool = False

    def figure(self, value: float) -> str:
        """A number as people write it, with the unit of sizes."""
        if not self.in_bytes:
            return _figure(value)
        return f"{_figure(value / 1e6)} MB" if value >= 1e6 else f"{_figure(value / 1e3)} kB"


def by_quartiles(quantity: Quantity, numbers: NDArray[np.float64]) -> Attribute | None:
    """Divide images at the quartiles of a number.

    Args:
        quantity: What the number is.
        numbers: Of each image, float64, shape (images,); NaN where it is unknown.

    Returns:
        The attribute; where many images have the same number it has fewer than four values, which
        need not be quarters. None if all are alike.
    """
    known = np.isfinite(numbers)
    if not known.any():
        return None
    quartiles = np.quantile(numbers[known], (0.25, 0.5, 0.75))
    limits = np.unique([_rounded(limit) for limit in quartiles.tolist()])
    limits = limits[limits > numbers[known].min()]
    if not len(limits):  # most have the least number: the others are the other part
        above = numbers[known][numbers[known] > numbers[known].min()]
        limits = np.array([_rounded(float(above.min()))] if len(above) else [])
    codes = np.searchsorted(limits, numbers, side="right")
    used, dense = np.unique(codes[known], return_inverse=True)
    if len(used) < 2:
        return None
    # Rounding may have left a value without images at either end.
    limits = limits[used[:-1]]
    found = np.full(len(numbers), -1, dtype=np.int64)
    found[known] = dense
    shares = np.bincount(dense) / known.sum()
    figures = [quantity.figure(limit) for limit in limits.tolist()]
    words = _ranges(quantity, figures, shares)
    labels = _short_ranges(quantity, figures, shares)
    return Attribute(quantity.key, quantity.title, words, labels, found)


def _short_ranges(
    quantity: Quantity, figures: Sequence[str], shares: NDArray[np.float64]
) -> tuple[Message, ...]:
    """A few words for the parts into which limits divide a number."""
    lowest = {"extreme": quantity.least, "limit": figures[0]}
    highest = {"extreme": quantity.most, "limit": figures[-1]}
    first, last = _are_quarters(shares)
    return (
        msg("{extreme} quarter (under {limit})", **lowest)
        if first
        else msg("under {limit}", limit=figures[0]),
        *(msg("{low} to {high}", low=low, high=high) for low, high in pairwise(figures)),
        msg("{extreme} quarter ({limit} and more)", **highest)
        if last
        else msg("{limit} and more", limit=figures[-1]),
    )


def _are_quarters(shares: NDArray[np.float64]) -> tuple[bool, bool]:
    """Whether the lowest and the highest part may be called quarters."""
    return 0.2 <= shares[0] <= 0.3, 0.2 <= shares[-1] <= 0.3


def _ranges(
    quantity: Quantity, figures: Sequence[str], shares: NDArray[np.float64]
) -> tuple[Message, ...]:
    """Words for the same."""
    name = quantity.name
    lowest = {"extreme": quantity.least, "quantity": name, "limit": figures[0]}
    highest = {"extreme": quantity.most, "quantity": name, "limit": figures[-1]}
    first, last = _are_quarters(shares)
    return (
        msg("in the {extreme} quarter ({quantity} under {limit})", **lowest)
        if first
        else msg("among the {extreme} ({quantity} under {limit})", **lowest),
        *(
            msg("with {quantity} from {low} to {high}", quantity=name, low=low, high=high)
            for low, high in pairwise(figures)
        ),
        msg("in the {extreme} quarter ({quantity} from {limit})", **highest)
        if last
        else msg("among the {extreme} ({quantity} from {limit})", **highest),
    )


def by_text(
    key: str,
    title: Message,
    texts: Sequence[str],
    words: Callable[[str], Message | None],
    *,
    other: Message,
) -> Attribute | None:
    """Group images by a text, rare ones together.

    Args:
        key: For programs.
        title: For people.
        texts: Of each image.
        words: Says how the images with a text are called; None: nothing is known of them.
        other: Words for the images with rare texts.

    Returns:
        The attribute, the commonest value first; None if all are alike, or all but a few.
    """
    counts = Counter(texts)
    common = sorted(counts, key=lambda text: (-counts[text], text))[:MOST_VALUES]
    kept = [text for text in common if counts[text] >= LEAST_IMAGES]
    rare = len(texts) - sum(counts[text] for text in kept)
    if len(kept) + (rare >= LEAST_IMAGES) < 2:
        return None
    codes = {text: code for code, text in enumerate(kept)}
    names = [words(text) for text in kept]
    found = np.array([codes.get(text, len(kept)) for text in texts], dtype=np.int64)
    labels = [msg("{name}", name=text) if text else None for text in kept]
    return by_names(key, title, found, (*names, other), (*labels, None))


def by_names(
    key: str,
    title: Message,
    codes: NDArray[np.int64],
    names: Sequence[Message | None],
    labels: Sequence[Message | None] = (),
) -> Attribute | None:
    """Group images whose values are numbered already.

    Args:
        key: For programs.
        title: For people.
        codes: Of each image, int64, shape (images,); -1 if unknown.
        names: Words for each code; None: nothing is known of these images.
        labels: A few words for each code; None: the same words.

    Returns:
        The attribute, with the values that some image has; None if all are alike.
    """
    unnamed = [code for code, name in enumerate(names) if name is None]
    known = (codes >= 0) & ~np.isin(codes, unnamed)
    used, dense = np.unique(codes[known], return_inverse=True)
    if len(used) < 2:
        return None
    found = np.full(len(codes), -1, dtype=np.int64)
    found[known] = dense
    words = tuple(name for code in used.tolist() if (name := names[code]) is not None)
    short = [labels[code] if labels else None for code in used.tolist()]
    few = tuple(label or name for label, name in zip(short, words, strict=True))
    return Attribute(key, title, words, few, found)


def _rounded(value: float) -> float:
    return float(f"{value:.3g}")


def _figure(value: float) -> str:
    """Three digits, never in powers of ten; more are not known of the limits."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
