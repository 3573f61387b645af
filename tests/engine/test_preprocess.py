"""From pixels to the model's input."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pydantic import ValidationError

from effnet_studio.engine.preprocess import IMAGENET_MEAN, IMAGENET_STD, Preprocess


def noise(height: int, width: int) -> np.ndarray:
    rng = np.random.default_rng(height * 1000 + width)
    return rng.integers(0, 256, (height, width, 3), dtype=np.uint8)


@pytest.mark.parametrize("shape", [(375, 500), (500, 333), (224, 224), (60, 90), (1000, 301)])
@pytest.mark.parametrize("interpolation", ["bilinear", "bicubic"])
def test_that_the_result_is_that_of_a_resize_followed_by_a_crop(
    shape: tuple[int, int], interpolation: str
) -> None:
    recipe = Preprocess(size=96, resize=128, interpolation=interpolation)
    pixels = noise(*shape)
    width, height = recipe.resized_size(shape[1], shape[0])
    filters = {"bilinear": Image.Resampling.BILINEAR, "bicubic": Image.Resampling.BICUBIC}
    whole = Image.fromarray(pixels).resize((width, height), filters[interpolation])
    left, top = (width - 96) // 2, (height - 96) // 2
    expected = np.asarray(whole.crop((left, top, left + 96, top + 96)))
    assert np.abs(recipe.geometry(pixels).astype(int) - expected).max() <= 1


@given(st.integers(1, 5000), st.integers(1, 5000))
def test_that_the_short_side_gets_its_length_and_the_shape_is_kept(width: int, height: int) -> None:
    recipe = Preprocess(size=224, resize=256)
    new_width, new_height = recipe.resized_size(width, height)
    assert min(new_width, new_height) == 256
    short, long = sorted((width, height))
    assert abs(max(new_width, new_height) - 256 * long / short) <= 0.5


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 60), st.integers(1, 60), st.integers(16, 40), st.integers(16, 40))
def test_that_any_picture_gives_the_right_shape(
    width: int, height: int, size: int, resize: int
) -> None:
    result = Preprocess(size=size, resize=resize)(noise(height, width))
    assert result.shape == (3, size, size)
    assert result.dtype == np.float32
    assert np.isfinite(result).all()
    assert result.flags.c_contiguous
    assert result.flags.writeable


def test_that_a_very_long_picture_costs_no_more_than_its_middle() -> None:
    assert Preprocess(size=64, resize=64)(noise(2, 20_000)).shape == (3, 64, 64)


def test_that_colours_are_normalised_as_the_published_weights_expect() -> None:
    recipe = Preprocess(size=16, resize=16)
    pixels = np.full((16, 16, 3), (255, 0, 51), dtype=np.uint8)
    expected = (np.array([1.0, 0.0, 0.2]) - IMAGENET_MEAN) / IMAGENET_STD
    np.testing.assert_allclose(recipe(pixels)[:, 5, 5], expected, rtol=1e-6, atol=1e-6)


def test_that_a_batch_is_normalised_like_its_pictures() -> None:
    recipe = Preprocess(size=16, resize=16)
    batch = np.stack([noise(16, 16), noise(16, 16) // 2])
    together = recipe.normalize(batch)
    assert together.shape == (2, 3, 16, 16)
    for one, pixels in zip(together, batch, strict=True):
        np.testing.assert_array_equal(one, recipe.normalize(pixels))


def test_that_the_recipe_survives_json_and_refuses_what_it_does_not_know() -> None:
    recipe = Preprocess(size=224, resize=256, interpolation="bilinear", mean=(0.1, 0.2, 0.3))
    assert Preprocess.model_validate_json(recipe.model_dump_json()) == recipe
    for wrong in ({"size": 8, "resize": 256}, {"size": 224, "resize": 256, "crop": "x"}):
        with pytest.raises(ValidationError):
            Preprocess.model_validate(wrong)


def test_that_the_picture_given_is_not_changed() -> None:
    pixels = noise(40, 40)
    before = pixels.copy()
    Preprocess(size=32, resize=32)(pixels)
    np.testing.assert_array_equal(pixels, before)
