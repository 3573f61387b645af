"""Removing places of an image, where it is known which of them matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from scipy import ndimage

from effnet_studio.engine.explain.occlusion import (
    area,
    blurred,
    cell_strengths,
    follow,
    grid_side,
    occlusion_curves,
    strongest_first,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from effnet_studio.engine.explain.occlusion import OcclusionCurves

SIDE, CELLS = 56, 7


def contrast_of_the_corner(images: torch.Tensor) -> NDArray[np.float64]:
    """An answer that depends on the upper left two by two cells alone, in [0, 1]."""
    part = images[:, 0, :16, :16]
    return (part.amax(dim=(1, 2)) - part.amin(dim=(1, 2))).double().numpy()


def curves_for(strengths: NDArray[np.floating], **options: int) -> OcclusionCurves:
    image = torch.from_numpy(np.random.default_rng(0).integers(0, 2, (1, 3, SIDE, SIDE))).float()
    wishes = {"steps": 16, "orders": 8, "seed": 0, **options}
    return occlusion_curves(
        contrast_of_the_corner, image, strengths, on_curve=lambda: None, **wishes
    )


def corner() -> NDArray[np.float64]:
    strengths = np.zeros((CELLS, CELLS))
    strengths[:2, :2] = 1
    return strengths


def test_that_the_right_map_is_better_than_chance_and_its_opposite_worse() -> None:
    right, wrong = curves_for(corner()), curves_for(1 - corner())
    for found, sign in ((right, 1), (wrong, -1)):
        shares = found.shares
        chance = area(shares, found.random)
        deletion, insertion = area(shares, found.deletion), area(shares, found.insertion)
        assert sign * (chance.min() - deletion) > 0 or sign * (chance.max() - deletion) < 0
        assert sign * (insertion - deletion) > 0.3
    # All that matters is gone after four cells of 49, and there after four.
    assert right.deletion[2] < 0.6 < right.insertion[2]


def test_that_curves_begin_and_end_at_the_whole_and_at_nothing() -> None:
    found = curves_for(corner())
    assert (found.shares[0], found.shares[-1]) == (0, 1)
    assert (np.diff(found.shares) > 0).all()
    assert found.random.shape == (8, len(found.shares)) == (8, 17)
    whole, nothing = found.deletion[0], found.deletion[-1]
    assert whole == 1
    assert nothing < 0.5
    assert (found.insertion[0], found.insertion[-1]) == (nothing, whole)
    np.testing.assert_array_equal(found.random[:, [0, -1]], [[whole, nothing]] * 8)


def test_that_the_seed_decides_the_orders_by_chance() -> None:
    first, again, other = (curves_for(corner(), seed=seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first.random, again.random)
    assert not np.array_equal(first.random, other.random)


@given(st.integers(0, 10**6), st.integers(1, 8))
def test_that_a_map_without_differences_is_an_order_by_chance(seed: int, side: int) -> None:
    generator = np.random.default_rng(seed)
    order = strongest_first(np.zeros((side, side)), generator)
    assert sorted(order) == list(range(side * side))
    values = np.random.default_rng(seed).integers(0, 4, (side, side))
    order = strongest_first(values, generator)
    assert (np.diff(values.ravel()[order]) <= 0).all()


def test_that_equals_are_not_taken_row_by_row() -> None:
    orders = {tuple(strongest_first(corner(), np.random.default_rng(seed))) for seed in range(20)}
    assert len(orders) == 20
    assert {order[:4] for order in orders} <= {
        order[:4] for order in orders if set(order[:4]) == {0, 1, 7, 8}
    }


@given(st.integers(0, 1000))
def test_that_exactly_the_chosen_cells_are_removed(seed: int) -> None:
    order = np.random.default_rng(seed).permutation(49)
    full, removed = torch.zeros(1, 1, SIDE, SIDE), torch.ones(1, 1, SIDE, SIDE)
    seen: list[torch.Tensor] = []

    def score(images: torch.Tensor) -> NDArray[np.float64]:
        seen.append(images)
        return np.zeros(len(images))

    follow(score, full, removed, order, np.array([0, 5, 49]))
    cells = seen[0][:, 0, ::8, ::8].flatten(1)
    assert not cells[0].any()
    assert set(cells[1].nonzero().flatten().tolist()) == set(order[:5].tolist())
    assert cells[2].all()
    assert seen[0][1].sum() == 5 * 64


@pytest.mark.parametrize(
    ("shape", "expected"), [((2, 2), 7), ((7, 7), 7), ((10, 10), 10), ((56, 56), 14)]
)
def test_that_maps_are_cut_neither_too_fine_nor_too_coarse(
    shape: tuple[int, int], expected: int
) -> None:
    coarse = np.random.default_rng(0).random(shape).astype(np.float32)
    assert grid_side(coarse) == expected
    heatmap = np.kron(coarse, np.ones((112 // shape[0] or 1,) * 2, dtype=np.float32))
    cells = cell_strengths(coarse, heatmap, expected)
    assert cells.shape == (expected, expected)
    if shape == (56, 56):
        np.testing.assert_allclose(cells[0, 0], coarse[:4, :4].mean(), rtol=1e-5)


@pytest.mark.parametrize("sigma", [0.8, 5.6, 22.4])
def test_that_the_blur_is_a_gaussian(sigma: float) -> None:
    images = np.random.default_rng(0).random((1, 3, SIDE, SIDE))
    expected = ndimage.gaussian_filter(
        images, (0, 0, sigma, sigma), mode="mirror", truncate=int(3 * sigma + 0.5) / sigma
    )
    found = blurred(torch.from_numpy(images), sigma).numpy()
    if int(3 * sigma + 0.5) < SIDE:
        np.testing.assert_allclose(found, expected, atol=1e-6)
    assert found.std() < images.std() / 2
