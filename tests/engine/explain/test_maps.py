"""Heat maps keep their place and their range."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from effnet_studio.engine.explain.explain import explain_image
from effnet_studio.engine.explain.maps import normalized, upsampled
from effnet_studio.engine.predict.predictor import load_predictor

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

MAPS = hnp.arrays(
    np.float32,
    hnp.array_shapes(min_dims=2, max_dims=2, max_side=8),
    elements=st.floats(width=32, allow_nan=True, allow_infinity=True),
)


@given(MAPS, st.integers(1, 40))
@example(np.array([[-3e38, 3e38]], dtype=np.float32), 4)
def test_that_any_map_ends_between_zero_and_one(values: NDArray[np.float32], side: int) -> None:
    stretched = normalized(torch.from_numpy(values))
    heatmap = upsampled(stretched, side)
    assert heatmap.shape == (side, side)
    assert heatmap.dtype == np.float32
    assert np.isfinite(heatmap).all()
    assert heatmap.min() >= 0
    assert heatmap.max() <= 1


@given(st.floats(width=32))
def test_that_a_map_without_differences_is_empty(value: float) -> None:
    flat = torch.full((3, 4), value)
    assert not normalized(flat).any()


@pytest.mark.parametrize(("row", "column"), [(0, 0), (0, 6), (3, 2), (6, 6)])
def test_that_the_hot_cell_stays_in_its_place(row: int, column: int) -> None:
    values = torch.zeros(7, 7)
    values[row, column] = 5
    heatmap = upsampled(normalized(values), 70)
    hottest = np.unravel_index(heatmap.argmax(), heatmap.shape)
    assert (hottest[0] // 10, hottest[1] // 10) == (row, column)
    assert heatmap.max() > 0.9


@pytest.mark.parametrize("method", ["gradcam", "se"])
def test_that_real_photographs_can_be_explained(
    method: str, make_run: Any, shared_data: Path
) -> None:
    predictor = load_predictor(make_run("efficientnet_b0"), device="cpu")
    photos = sorted((shared_data / "photos").rglob("*.jpg"))[::200]
    for photo in photos:
        found = explain_image(predictor, photo, method=method)
        assert found.overlay.shape == found.picture.shape == (64, 64, 3)
        assert found.picture.std() > 5
        assert found.label == predictor.predict(photo).best.label
