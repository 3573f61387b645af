"""Learning curves as inverse power laws, and how uncertain they are.

The error of a classifier that learned from n images is taken as a · n^-b + c, with a and c not
below 0 (Figueroa et al. 2012, "Predicting sample size required for classification performance",
BMC Medical Informatics and Decision Making 12; Hestness et al. 2017, "Deep learning scaling is
predictable, empirically", arXiv:1712.00409, section 3). A few points of a class with twenty
validation images do not tell its exponent, so that is the one of all images; a and c are the
class's own.

Uncertainty comes from draws. In each the validation images get other weights (the Bayesian
bootstrap, Rubin 1981, Annals of Statistics 9), with one more image, half right and half wrong, so
that five right answers of five are not taken for certainty (the prior of Jeffreys); the trainings
are drawn with replacement; and the exponent is drawn by its likelihood, because four points leave
it open.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

DRAWS: Final = 400

EXPONENTS: Final = np.linspace(0.1, 1.2, 23)
"""Exponents that may be drawn, all equally likely at first. Hestness et al. found 0.07 to 0.35 for
networks trained from the start; a linear classifier on good features can reach 1."""

_BLOCK: Final = 4096
"""Validation images that are weighted at a time."""

_FLAT: Final = 1e-12
_FLOOR: Final = 1e-4
"""Least variance of a share: no point is taken for exact."""


@dataclass(frozen=True, eq=False)
class Points:
    """Trainings on parts of the images, and what each got right.

    Trainings on the same share stand together, always in the same order: the images of one are
    among those of the one at its place in the next share.

    Attributes:
        share: Part of the training images, in (0, 1], shape (trainings,).
        images: Training images of each class, int64, shape (trainings, classes).
        wrong: Whether each validation image was not recognised, bool, shape (trainings, val).
        labels: Classes of the validation images, int64, shape (val,).
    """

    share: NDArray[np.float64]
    images: NDArray[np.int64]
    wrong: NDArray[np.bool_]
    labels: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Draws:
    """Curves that the points may come from. The last column is that of all images together.

    Attributes:
        exponent: b, float32, shape (draws,).
        amplitude: a, float32, shape (draws, classes + 1).
        floor: c, float32, shape (draws, classes + 1).
        noise: By how much the change of the share of errors from one training to the next, on more
            images, is off the curve's, float32, shape (draws, classes + 1).
    """

    exponent: NDArray[np.float32]
    amplitude: NDArray[np.float32]
    floor: NDArray[np.float32]
    noise: NDArray[np.float32]

    def error(self, column: int, images: float) -> NDArray[np.float64]:
        """Share of errors by each draw after learning from so many images, float64, (draws,).

        Args:
            column: Number of a class; -1 for all images together.
            images: Training images of that class, or of all classes.
        """
        fallen = self.amplitude[:, column] * images ** -self.exponent.astype(np.float64)
        return np.minimum(fallen + self.floor[:, column], 1.0)

    def gain(self, column: int, images: float, more: float) -> NDArray[np.float64]:
        """By how much the share of right answers rises with more images, float64, (draws,).

        Args:
            column: As for :meth:`error`.
            images: Training images now.
            more: Further ones.
        """
        return self.error(column, images) - self.error(column, images + more)


def draw_curves(
    points: Points,
    *,
    draws: int = DRAWS,
    seed: int = 0,
    on_step: Callable[[], None] = lambda: None,
) -> Draws:
    """Draw curves that the points may come from.

    Args:
        points: At least two shares of the images.
        draws: How many.
        seed: Makes it repeatable.
        on_step: Called for each class; may raise to break off.

    Returns:
        The curves.
    """
    random = np.random.default_rng(seed)
    chosen = _draw_trainings(points.share, draws, random)
    errors = _draw_errors(points, chosen, random, on_step)
    sizes = _sizes(points)
    by_class = [np.flatnonzero(points.labels == label) for label in range(points.images.shape[1])]
    everything = np.arange(len(points.labels))
    of_classes, of_all = _unsteadiness(points, by_class), _unsteadiness(points, [everything])
    exponent = _draw_exponents(
        sizes[:, -1], errors[:, :, -1], _variance(points, errors[:, :, -1], of_all), random
    )
    amplitude, floor = _solve(sizes[None] ** -exponent[:, None, None], errors)
    support = np.array([len(own) for own in (*by_class, everything)])
    unsteady = np.append(np.full(len(by_class), of_classes), of_all)
    last = errors[:, -1]
    deviation = np.sqrt(unsteady * last * (1 - last) / np.maximum(support, 1))
    noise = random.normal(size=deviation.shape) * deviation
    return Draws(*(each.astype(np.float32) for each in (exponent, amplitude, floor, noise)))


def _draw_trainings(
    share: NDArray[np.float64], draws: int, random: np.random.Generator
) -> NDArray[np.float64]:
    """How often each training counts in each draw, float64, (draws, trainings)."""
    counts = np.zeros((draws, len(share)))
    for level in np.unique(share):
        places = np.flatnonzero(share == level)
        counts[:, places] = random.multinomial(
            len(places), np.full(len(places), 1 / len(places)), draws
        ) / len(places)
    return counts


def _draw_errors(
    points: Points,
    chosen: NDArray[np.float64],
    random: np.random.Generator,
    on_step: Callable[[], None],
) -> NDArray[np.float64]:
    """Share of errors in each draw, by share of images and class, all images last.

    Returns:
        float64, (draws, shares, classes + 1).
    """
    levels, level_of = np.unique(points.share, return_inverse=True)
    classes, draws = points.images.shape[1], len(chosen)
    to_level = np.eye(len(levels))[level_of]
    errors = np.empty((draws, len(levels), classes + 1))
    wrong_sum, weight_sum = np.zeros((draws, len(levels))), np.zeros((draws, 1))
    for label in range(classes):
        on_step()
        sums, total = np.zeros_like(chosen), np.zeros((draws, 1))
        own = np.flatnonzero(points.labels == label)
        for some in np.split(own, range(_BLOCK, len(own), _BLOCK)):
            weights = random.exponential(size=(draws, len(some)))
            sums += weights @ points.wrong[:, some].T
            total += weights.sum(axis=1, keepdims=True)
        wrong = (sums * chosen) @ to_level
        errors[:, :, label] = _with_one_more(wrong, total, random)
        wrong_sum += wrong
        weight_sum += total
    errors[:, :, -1] = _with_one_more(wrong_sum, weight_sum, random)
    return errors


def _with_one_more(
    wrong: NDArray[np.float64], total: NDArray[np.float64], random: np.random.Generator
) -> NDArray[np.float64]:
    """Shares of errors with the image that is half right and half wrong."""
    bad, good = random.gamma(0.5, size=(2, len(total), 1))
    share: NDArray[np.float64] = (wrong + bad) / (total + bad + good)
    return share


def _sizes(points: Points) -> NDArray[np.float64]:
    """Training images at each share: of each class, and of all; float64, (shares, classes + 1)."""
    levels = np.unique(points.share)
    mean = np.stack([points.images[points.share == level].mean(axis=0) for level in levels])
    sizes: NDArray[np.float64] = np.column_stack([mean, mean.sum(axis=1)])
    return np.maximum(sizes, 1.0)


def _unsteadiness(points: Points, parts: list[NDArray[np.int64]]) -> float:
    """Variance of the change from a training to the next larger one, over that of coin throws.

    Both are checked on the same images, and the larger has learned from those of the smaller, so it
    is well below that of as many independent answers. It is pooled over all parts and shares.

    Args:
        points: The trainings.
        parts: Positions of validation images, such as those of each class.

    Returns:
        The ratio; 1 where no share was trained on more than once.
    """
    levels = [np.flatnonzero(points.share == level) for level in np.unique(points.share)]
    above = below = 0.0
    for own in parts:
        if not len(own):
            continue
        rates = points.wrong[:, own].mean(axis=1)
        for smaller, larger in pairwise(levels):
            if len(smaller) == len(larger) > 1:
                above += float((rates[larger] - rates[smaller]).var(ddof=1))
                mean = float(rates[larger].mean())
                below += max(mean * (1 - mean), _FLOOR) / len(own)
    return min(above / below, 1.0) if below else 1.0


def _variance(points: Points, errors: NDArray[np.float64], unsteady: float) -> NDArray[np.float64]:
    """Of each share's error around the curve, float64, (draws, shares)."""
    counts = np.unique(points.share, return_counts=True)[1]
    binomial = np.maximum(errors * (1 - errors), _FLOOR) / len(points.labels)
    return max(unsteady, 0.1) * binomial / counts


def _draw_exponents(
    sizes: NDArray[np.float64],
    errors: NDArray[np.float64],
    variance: NDArray[np.float64],
    random: np.random.Generator,
) -> NDArray[np.float64]:
    """An exponent for each draw, by how well its curve goes through the points."""
    misfit = np.empty((len(errors), len(EXPONENTS)))
    for place, exponent in enumerate(EXPONENTS.tolist()):
        powers = np.broadcast_to((sizes**-exponent)[None, :, None], (*errors.shape, 1))
        amplitude, floor = _solve(powers, errors[:, :, None])
        curve = amplitude[:, None, 0] * powers[:, :, 0] + floor[:, None, 0]
        misfit[:, place] = ((errors - curve) ** 2 / variance).sum(axis=1)
    likelihood = np.exp(-(misfit - misfit.min(axis=1, keepdims=True)) / 2)
    steps = np.cumsum(likelihood, axis=1)
    thrown = random.random(len(errors))[:, None] * steps[:, -1:]
    drawn: NDArray[np.float64] = EXPONENTS[(steps < thrown).sum(axis=1)]
    return drawn


def _solve(
    powers: NDArray[np.float64], errors: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Least squares of errors by a · powers + c with neither below 0.

    Binomial weights: an error of 0.3 is known less well than one of 0.05.

    Args:
        powers: n^-b, shape (draws, shares, columns) or what can be broadcast to it.
        errors: float64, shape (draws, shares, columns).

    Returns:
        a and c, each of shape (draws, columns).
    """
    weights = 1 / np.maximum(errors * (1 - errors), 0.01)
    weights /= weights.sum(axis=1, keepdims=True)
    x_mean = (weights * powers).sum(axis=1)
    y_mean = (weights * errors).sum(axis=1)
    spread = (weights * powers**2).sum(axis=1) - x_mean**2
    together = (weights * powers * errors).sum(axis=1) - x_mean * y_mean
    amplitude = np.where(spread > _FLAT * x_mean**2, together / np.maximum(spread, 1e-300), 0.0)
    amplitude = np.maximum(amplitude, 0.0)
    floor = y_mean - amplitude * x_mean
    # Below 0 there is no error: the curve then goes to 0, as well as it can.
    through_zero = (weights * powers * errors).sum(axis=1) / (weights * powers**2).sum(axis=1)
    amplitude = np.where(floor < 0, through_zero, amplitude)
    return amplitude, np.maximum(floor, 0.0)
