"""Colour maps and blending."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from effnet_studio.engine.errors import ConfigError
from effnet_studio.engine.explain.overlay import (
    COLORMAPS,
    blend,
    color_table,
    colorize,
    resize_heatmap,
)


def lightness(table: NDArray[np.uint8]) -> NDArray[np.float64]:
    """CIE L* of sRGB colours (IEC 61966-2-1 and CIE 15)."""
    s = table / 255.0
    linear = np.where(s <= 0.04045, s / 12.92, ((s + 0.055) / 1.055) ** 2.4)
    y = linear @ np.array([0.2126, 0.7152, 0.0722])
    return np.where(y > 216 / 24389, 116 * np.cbrt(y) - 16, y * 24389 / 27)


@pytest.mark.parametrize("colormap", COLORMAPS)
def test_that_lightness_rises_all_the_way_so_that_everybody_can_read_it(colormap: str) -> None:
    values = lightness(color_table(colormap))
    # Eight-bit colours wobble by a step; over eight entries the rise must be plain.
    assert (values[8:] > values[:-8]).all()
    assert values[-1] - values[0] > 60


def test_that_known_colours_of_viridis_are_met() -> None:
    table = color_table("viridis")
    np.testing.assert_array_equal(table[0], [68, 1, 84])
    np.testing.assert_array_equal(table[-1], [253, 231, 37])


@given(
    hnp.arrays(
        np.float32,
        hnp.array_shapes(min_dims=2, max_dims=2, max_side=9),
        elements=st.floats(allow_nan=True, allow_infinity=True, width=32),
    )
)
def test_that_any_numbers_become_colours(heatmap: NDArray[np.float32]) -> None:
    colors = colorize(heatmap)
    assert colors.shape == (*heatmap.shape, 3)
    assert colors.dtype == np.uint8
    low = heatmap <= 0
    assert (colors[low] == color_table("viridis")[0]).all()


@given(
    hnp.arrays(np.uint8, st.tuples(st.integers(1, 12), st.integers(1, 12), st.just(3))),
    hnp.arrays(
        np.float32,
        hnp.array_shapes(min_dims=2, max_dims=2, max_side=9),
        elements=st.floats(0, 1, width=32),
    ),
    st.floats(0, 1),
)
def test_that_a_blend_lies_between_picture_and_map(
    picture: NDArray[np.uint8], heatmap: NDArray[np.float32], opacity: float
) -> None:
    before = picture.copy()
    mixed = blend(picture, heatmap, opacity=opacity).astype(int)
    colors = blend(picture, heatmap, opacity=1.0).astype(int)
    np.testing.assert_array_equal(picture, before)
    np.testing.assert_array_equal(blend(picture, heatmap, opacity=0.0), picture)
    assert (mixed >= np.minimum(picture, colors)).all()
    assert (mixed <= np.maximum(picture, colors)).all()


@given(
    hnp.arrays(
        np.float32,
        hnp.array_shapes(min_dims=2, max_dims=2, max_side=9),
        elements=st.floats(0, 1, width=32),
    ),
    st.integers(1, 20),
    st.integers(1, 20),
)
def test_that_resizing_keeps_the_range(
    heatmap: NDArray[np.float32], width: int, height: int
) -> None:
    resized = resize_heatmap(heatmap, width, height)
    assert resized.shape == (height, width)
    assert resized.min() >= heatmap.min()
    assert resized.max() <= heatmap.max()


def test_that_the_hot_corner_stays_in_its_corner() -> None:
    heatmap = np.array([[1.0, 0.0], [0.0, 0.0]], dtype=np.float32)
    resized = resize_heatmap(heatmap, 40, 20)
    assert resized[0, 0] == resized.max() == 1
    assert resized[0, -1] == resized[-1, 0] == resized[-1, -1] == 0


@pytest.mark.parametrize("opacity", [-0.1, 1.1, float("nan")])
def test_that_an_impossible_opacity_is_refused_in_words(opacity: float) -> None:
    picture = np.zeros((2, 2, 3), dtype=np.uint8)
    with pytest.raises(ConfigError, match="opacity"):
        blend(picture, np.zeros((2, 2)), opacity=opacity)


def test_that_an_unknown_colour_map_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ConfigError, match="viridis, cividis, inferno"):
        colorize(np.zeros((2, 2)), "jet")
