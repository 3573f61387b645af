"""Deletion and insertion: does the answer change most where a map is strongest?

Petsiuk, Das and Saenko, "RISE: Randomized Input Sampling for Explanation of Black-box Models",
BMVC 2018, section 4.3: the places of an image are removed one after the other, the strongest of the
map first, and the class's probability is followed; then they are put in again in the same order.
The faster it falls and rises, the better the map. An order by chance is the yardstick.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - PyTorch's own convention

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from torch import Tensor

LEAST_CELLS: Final = 7
MOST_CELLS: Final = 14
"""Cells along a side: a coarser map is cut finer, or an order by chance would have too few to
choose from; a finer one is gathered, as single pixels removed by chance are noise to a network."""

BLUR: Final = 0.1
"""Standard deviation of the blur that removes a place, as a share of the image's side."""


@dataclass(frozen=True, eq=False)
class OcclusionCurves:
    """How the answer changed.

    Attributes:
        shares: Removed or inserted share of the places, rising from 0 to 1, float64, shape (k,).
        deletion: Probability after removing it, the map's strongest places first, shape (k,).
        insertion: Probability with only it inserted, the strongest first, shape (k,).
        random: The same as ``deletion`` for orders by chance, shape (r, k). Read backwards a row
            is the insertion in the reverse order, which is as random.
    """

    shares: NDArray[np.float64]
    deletion: NDArray[np.float64]
    insertion: NDArray[np.float64]
    random: NDArray[np.float64]


def area(shares: NDArray[np.float64], curve: NDArray[np.float64]) -> NDArray[np.float64]:
    """Area under a curve by the trapezoidal rule.

    Args:
        shares: Shape (k,), from 0 to 1.
        curve: Shape (..., k).

    Returns:
        Shape (...).
    """
    return np.asarray(np.trapezoid(curve, shares, axis=-1))


def grid_side(coarse: NDArray[np.floating]) -> int:
    """Cells along a side that an image is cut into for a map.

    Args:
        coarse: The map, shape (h, w).
    """
    return int(np.clip(max(coarse.shape), LEAST_CELLS, MOST_CELLS))


def cell_strengths(
    coarse: NDArray[np.float32], heatmap: NDArray[np.float32], side: int
) -> NDArray[np.float32]:
    """How strong a map is in each cell.

    Args:
        coarse: The map, shape (h, w).
        heatmap: The same enlarged, shape (s, s).
        side: Cells along a side.

    Returns:
        float32, shape (side, side).
    """
    if coarse.shape == (side, side):
        return coarse
    values = F.adaptive_avg_pool2d(torch.from_numpy(heatmap)[None, None], side)[0, 0]
    found: NDArray[np.float32] = values.numpy()
    return found


def strongest_first(
    strengths: NDArray[np.floating], generator: np.random.Generator
) -> NDArray[np.intp]:
    """Order of cells; equal ones, such as all that say nothing, in an order by chance.

    Args:
        strengths: Any shape, n cells.
        generator: Decides among equals.

    Returns:
        Numbers of the cells, shape (n,).
    """
    flat = strengths.ravel()
    return np.lexsort((generator.random(flat.size), -flat))


def follow(
    score: Callable[[Tensor], NDArray[np.float64]],
    full: Tensor,
    removed: Tensor,
    order: NDArray[np.intp],
    counts: NDArray[np.intp],
) -> NDArray[np.float64]:
    """Replace cells of an image by another's, more and more.

    Args:
        score: From images, shape (n, 3, s, s), to what is followed, shape (n,).
        full: The image, shape (1, 3, s, s).
        removed: What is seen where cells are removed, shape (1, 3, s, s).
        order: Which cells go first, shape (cells,); cells is a square number.
        counts: How many are gone at each step, shape (k,).

    Returns:
        Shape (k,).
    """
    side = int(np.sqrt(len(order)))
    rank = np.empty(len(order), dtype=np.intp)
    rank[order] = np.arange(len(order))
    gone = torch.from_numpy((rank < counts[:, None]).reshape(len(counts), 1, side, side))
    mask = F.interpolate(gone.to(full), full.shape[-2:], mode="nearest")
    return score(torch.where(mask > 0, removed, full))


def blurred(batch: Tensor, sigma: float) -> Tensor:
    """Blur images with a Gaussian; beyond the edge they go on mirrored.

    Args:
        batch: Shape (n, c, s, s).
        sigma: Standard deviation, pixels.

    Returns:
        Same shape.
    """
    side = batch.shape[-1]
    reach = min(int(3 * sigma + 0.5), side - 1)
    offsets = torch.arange(-reach, reach + 1, device=batch.device, dtype=batch.dtype)
    weights = torch.exp(-0.5 * (offsets / max(sigma, 1e-3)) ** 2)
    weights /= weights.sum()
    channels = batch.shape[1]
    rows = weights.view(1, 1, -1, 1).expand(channels, 1, -1, 1)
    padded = F.pad(batch, (reach, reach, reach, reach), mode="reflect")
    return F.conv2d(F.conv2d(padded, rows, groups=channels), rows.transpose(2, 3), groups=channels)


def occlusion_curves(
    score: Callable[[Tensor], NDArray[np.float64]],
    full: Tensor,
    strengths: NDArray[np.floating],
    *,
    steps: int,
    orders: int,
    seed: int,
    on_curve: Callable[[], None],
) -> OcclusionCurves:
    """Follow the answer along a map's order and along orders by chance.

    A removed place is blurred, not painted over: grey squares are nothing the network has seen,
    and it may answer to their edges (RISE inserts into a blurred image for the same reason). The
    same blur for deletion and insertion makes one the mirror of the other, so that the orders by
    chance serve both.

    Args:
        score: From normalised images, shape (n, 3, s, s), to a probability each, shape (n,).
        full: The image, shape (1, 3, s, s).
        strengths: How strong the map is in each cell, shape (g, g).
        steps: How often something is removed, at most; whole cells are.
        orders: How many orders by chance.
        seed: Makes them repeatable.
        on_curve: Called after each curve.

    Returns:
        The curves.
    """
    cells = strengths.size
    counts = np.unique(np.rint(np.linspace(0, cells, steps + 1)).astype(np.intp))
    generator = np.random.default_rng(seed)
    removed = blurred(full, BLUR * full.shape[-1])

    def curve(order: NDArray[np.intp]) -> NDArray[np.float64]:
        found = follow(score, full, removed, order, counts)
        on_curve()
        return found

    strongest = strongest_first(strengths, generator)
    return OcclusionCurves(
        shares=counts / cells,
        deletion=curve(strongest),
        # To insert the strongest first is to remove the weakest first, seen from the end.
        insertion=curve(strongest[::-1])[::-1],
        random=np.stack([curve(generator.permutation(cells)) for _ in range(orders)]),
    )
