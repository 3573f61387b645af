"""From hundreds of numbers for each picture to two: principal axes, then a map of neighbours.

The map is PaCMAP's: Wang, Huang, Rudin and Shaposhnik 2021, "Understanding how dimension reduction
tools work" (JMLR 22, arXiv:2012.04456). Its pairs are chosen once, so that every step moves all
points at once, in NumPy; with a fixed seed the same vectors give the same map.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.events import OnEvent, PauseChanged, ProgressMeter, Stage, ignore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

DIMENSIONS: Final = 50
"""Principal axes that are kept; neighbours are looked for along them."""

LANDMARKS: Final = 20_000
"""Points that are laid out together; of more points, the others are placed among these."""

NEIGHBORS: Final = 10
_MID_NEAR: Final = 5
_FAR: Final = 20
"""Pairs of each point: the authors' numbers (section 5, "PaCMAP")."""

_PHASES: Final = (100, 100, 250)
_STEPS: Final = sum(_PHASES)
"""Steps of the three phases: global places, then local ones, then apart what is not alike."""

_PLACING_STEPS: Final = 60
_SEED: Final = 20_210_701
_BLOCK: Final = 512
"""Rows of a table of distances: 40 MB beside 20,000 landmarks."""


def principal_scores(
    blocks: Callable[[], Iterable[NDArray[np.float32]]], dimensions: int = DIMENSIONS
) -> NDArray[np.float32]:
    """Coordinates along the axes of greatest variance, without holding all vectors in memory.

    The axes are the eigenvectors of the covariance; each is turned so that its largest component
    is positive, which makes the answer unique.

    Args:
        blocks: Gives all vectors, block by block, float32 (m, d) each; called twice.
        dimensions: Axes wanted.

    Returns:
        float32, (n, k), k being the least of ``dimensions``, n and d; (0, 0) without vectors.
    """
    count, shift, total, square = 0, None, None, None
    for block in blocks():
        if shift is None:
            # Near the mean: the squares of what is left lose no digits to it.
            shift = block.mean(axis=0)
            total = np.zeros(len(shift))
            square = np.zeros((len(shift), len(shift)))
        moved = block - shift
        total += moved.sum(axis=0, dtype=np.float64)
        square += moved.T @ moved
        count += len(block)
    if shift is None or total is None or square is None:
        return np.empty((0, 0), dtype=np.float32)
    offset = total / count
    _, vectors = np.linalg.eigh(square / count - np.outer(offset, offset))
    kept = min(dimensions, count, len(shift))
    axes = _turned(vectors[:, ::-1][:, :kept])
    mean = (shift + offset).astype(np.float32)
    return np.concatenate([(block - mean) @ axes for block in blocks()])


def lay_out(
    scores: NDArray[np.float32],
    *,
    landmarks: int = LANDMARKS,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> NDArray[np.float32]:
    """Place points on a plane so that those that are alike lie together.

    Args:
        scores: float32, (n, k): points along principal axes, the widest first.
        landmarks: Points laid out together; the others are placed among these.
        on_event: Hears the progress.
        cancel: Checked at every step.

    Returns:
        float32, (n, 2), centred, wider than high, the largest coordinate 1. A handful of points is
        only projected.

    Raises:
        Cancelled: If the job was asked to stop.
    """
    count = len(scores)
    first = np.zeros((count, 2), dtype=np.float32)
    first[:, : min(2, scores.shape[1])] = scores[:, :2]
    if count <= 2 * NEIGHBORS:
        return _framed(first)
    work = _Work(on_event, cancel, _STEPS + (_PLACING_STEPS if count > landmarks else 0))
    random = np.random.default_rng(_SEED)
    chosen = np.sort(random.permutation(count)[:landmarks])
    spread = float(first[:, 0].std()) or 1.0
    places = 0.01 * first / spread
    pairs = _choose_pairs(scores[chosen], random, work)
    places[chosen] = _descend(places[chosen], pairs, _weights, _STEPS, work)
    others = np.setdiff1d(np.arange(count), chosen)
    if len(others):
        places[others] = _place(scores[others], scores[chosen], places[chosen], random, work)
    work.meter.finish()
    return _framed(places)


class _Work:
    """Where the steps are counted and the job is stopped."""

    def __init__(self, on_event: OnEvent, cancel: CancelToken | None, steps: int) -> None:
        self._on_event = on_event
        self._cancel = cancel or CancelToken()
        self.meter = ProgressMeter(Stage.FEATURES, steps, on_event, unit="steps")

    def check(self) -> None:
        self._cancel.check(self._on_pause)

    def _on_pause(self, paused: bool) -> None:  # noqa: FBT001 - the token's signature
        self._on_event(PauseChanged(paused))


@dataclass(frozen=True, eq=False)
class _Pairs:
    """For each point that moves, those that pull and push it.

    Attributes:
        tails: int64, (n, near + middle + far): in this order.
        near: How many of them are neighbours.
        middle: How many are mid-near.
        fixed: float32, (m, 2): places of the tails where these do not move; None where they are
            the moving points themselves.
    """

    tails: NDArray[np.int64]
    near: int
    middle: int = 0
    fixed: NDArray[np.float32] | None = None


def _choose_pairs(points: NDArray[np.float32], random: np.random.Generator, work: _Work) -> _Pairs:
    """Neighbours, mid-near points (the second nearest of six) and any points (section 5)."""
    count = len(points)
    near = _neighbors(points, work)
    middle = np.empty((count, _MID_NEAR), dtype=np.int64)
    for column in range(_MID_NEAR):
        six = random.integers(0, count, (count, 6))
        distances = np.stack([((points - points[each]) ** 2).sum(axis=1) for each in six.T], axis=1)
        second = np.argpartition(distances, 1, axis=1)[:, 1:2]
        middle[:, column] = np.take_along_axis(six, second, axis=1)[:, 0]
    far = random.integers(0, count, (count, _FAR))
    return _Pairs(np.concatenate([near, middle, far], axis=1), near.shape[1], _MID_NEAR)


def _neighbors(points: NDArray[np.float32], work: _Work) -> NDArray[np.int64]:
    """Nearest points, by distances scaled with those to the 4th to 6th neighbour (section 5)."""
    wanted = min(len(points) - 1, NEIGHBORS + 50)
    nearest, squares = _nearest(points, points, wanted, work, itself=True)
    scale = np.maximum(np.sqrt(squares[:, 3:6]).mean(axis=1), 1e-10)
    scaled = squares / (scale[:, None] * scale[nearest])
    order = np.argsort(scaled, axis=1, kind="stable")[:, :NEIGHBORS]
    return np.take_along_axis(nearest, order, axis=1)


def _nearest(
    points: NDArray[np.float32],
    among: NDArray[np.float32],
    wanted: int,
    work: _Work,
    *,
    itself: bool = False,
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The nearest of ``among`` to each point, nearest first, and the squares of the distances."""
    nearest = np.empty((len(points), wanted), dtype=np.int64)
    squares = np.empty((len(points), wanted), dtype=np.float32)
    lengths = (among**2).sum(axis=1)
    for start in range(0, len(points), _BLOCK):
        work.check()
        block = points[start : start + _BLOCK]
        rows = np.arange(len(block))
        table = lengths - 2 * block @ among.T + (block**2).sum(axis=1)[:, None]
        if itself:
            table[rows, start + rows] = np.inf
        found = np.argpartition(table, wanted - 1, axis=1)[:, :wanted]
        values = np.take_along_axis(table, found, axis=1)
        order = np.argsort(values, axis=1, kind="stable")
        nearest[start : start + _BLOCK] = np.take_along_axis(found, order, axis=1)
        squares[start : start + _BLOCK] = np.take_along_axis(values, order, axis=1).clip(0)
    return nearest, squares


def _weights(step: int) -> tuple[float, float, float]:
    """How strongly near, mid-near and far pairs count at a step (section 5, table of phases)."""
    first, second, _ = _PHASES
    if step < first:
        return 2.0, 1000 * (1 - step / first) + 3 * step / first, 1.0
    if step < first + second:
        return 3.0, 3.0, 1.0
    return 1.0, 0.0, 1.0


def _last_weights(_step: int) -> tuple[float, float, float]:
    return 1.0, 0.0, 1.0


def _descend(
    places: NDArray[np.float32],
    pairs: _Pairs,
    weights: Callable[[int], tuple[float, float, float]],
    steps: int,
    work: _Work,
) -> NDArray[np.float32]:
    """Move points down the gradient of PaCMAP's loss with Adam (Kingma and Ba 2015, rate 1)."""
    places = places.copy()
    mean, square = np.zeros_like(places), np.zeros_like(places)
    for step in range(1, steps + 1):
        work.check()
        gradient = _gradient(places, pairs, weights(step - 1))
        mean += 0.1 * (gradient - mean)
        square += 0.001 * (gradient**2 - square)
        rate = np.sqrt(1 - 0.999**step) / (1 - 0.9**step)
        places -= np.float32(rate) * mean / (np.sqrt(square) + 1e-7)
        work.meter.advance()
    return places


def _gradient(
    places: NDArray[np.float32], pairs: _Pairs, weights: tuple[float, float, float]
) -> NDArray[np.float32]:
    """Gradient of the loss of section 5: d/(10 + d) near, d/(10000 + d) mid-near, 1/(1 + d) far.

    d is the squared distance on the plane plus one.
    """
    targets = places if pairs.fixed is None else pairs.fixed
    apart = places[:, None] - targets[pairs.tails]
    d = 1 + np.einsum("ijk,ijk->ij", apart, apart)
    pull = np.empty_like(d)
    near, middle = slice(pairs.near), slice(pairs.near, pairs.near + pairs.middle)
    far = slice(pairs.near + pairs.middle, None)
    pull[:, near] = weights[0] * 20 / (10 + d[:, near]) ** 2
    pull[:, middle] = weights[1] * 20_000 / (10_000 + d[:, middle]) ** 2
    pull[:, far] = weights[2] * -2 / (1 + d[:, far]) ** 2
    apart *= pull[..., None]
    gradient: NDArray[np.float32] = apart.sum(axis=1)
    if pairs.fixed is None:
        tails, count = pairs.tails.ravel(), len(places)
        for axis in (0, 1):
            gradient[:, axis] -= np.bincount(tails, apart[..., axis].ravel(), minlength=count)
    return gradient


def _place(
    points: NDArray[np.float32],
    landmarks: NDArray[np.float32],
    fixed: NDArray[np.float32],
    random: np.random.Generator,
    work: _Work,
) -> NDArray[np.float32]:
    """Put points among landmarks that stay where they are.

    They begin at their nearest landmark, and go to where pulls and pushes balance.
    """
    near, _ = _nearest(points, landmarks, NEIGHBORS, work)
    far = random.integers(0, len(landmarks), (len(points), _FAR))
    pairs = _Pairs(np.concatenate([near, far], axis=1), NEIGHBORS, fixed=fixed)
    return _descend(fixed[near[:, 0]], pairs, _last_weights, _PLACING_STEPS, work)


def _framed(places: NDArray[np.float32]) -> NDArray[np.float32]:
    """Lying down, as screens do: the widest direction goes across; the largest coordinate is 1."""
    if not len(places):
        return places
    centred = places - places.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    lying: NDArray[np.float32] = centred @ _turned(axes[:, ::-1])
    lying -= (lying.max(axis=0) + lying.min(axis=0)) / 2
    lying /= float(np.abs(lying).max()) or 1.0
    return lying


def _turned(axes: NDArray[np.floating]) -> NDArray[np.float32]:
    """Axes, in columns, each with its largest component positive: else either sign would do."""
    peaks = axes[np.abs(axes).argmax(axis=0), np.arange(axes.shape[1])]
    return (axes * np.where(peaks < 0, -1, 1)).astype(np.float32)
