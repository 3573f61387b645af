"""What a fingerprint says of a picture, and what it does not notice."""

from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFilter

from effnet_studio.engine.data.files.fingerprint import Fingerprint, fingerprint


def scene(seed: int = 0, size: tuple[int, int] = (160, 120)) -> Image.Image:
    """Soft coloured blobs: a picture with detail at every scale but no noise."""
    rng = np.random.default_rng(seed)
    layers = [rng.integers(0, 256, (side, side, 3), dtype=np.uint8) for side in (3, 6, 12)]
    total = np.zeros((size[1], size[0], 3))
    for layer, weight in zip(layers, (0.5, 0.3, 0.2), strict=True):
        grown = Image.fromarray(layer).resize(size, Image.Resampling.BICUBIC)
        total += weight * np.asarray(grown, dtype=np.float64)
    return Image.fromarray(total.astype(np.uint8))


def take(image: Image.Image) -> Fingerprint:
    return fingerprint(np.asarray(image))


def bits_apart(first: Fingerprint, second: Fingerprint) -> int:
    return (first.dhash ^ second.dhash).bit_count()


def as_jpeg(image: Image.Image, quality: int) -> Image.Image:
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=quality)
    return Image.open(stream).convert("RGB")


def test_that_the_hash_reads_rows_of_left_darker_than_right() -> None:
    ramp = np.linspace(0, 255, 90).astype(np.uint8)
    rising = np.repeat(np.tile(ramp, (80, 1))[..., None], 3, axis=2)
    assert fingerprint(rising).dhash == 2**64 - 1
    assert fingerprint(rising[:, ::-1]).dhash == 0
    top = rising[:, ::-1].copy()
    top[:10] = rising[:10]
    assert fingerprint(top).dhash == 0xFF << 56


def test_that_the_signature_is_an_area_average_row_by_row() -> None:
    pixels = np.zeros((64, 64, 3), dtype=np.uint8)
    pixels[:4, 4:8] = 200
    pixels[60:, 60:62] = 100
    signature = fingerprint(pixels).signature
    assert len(signature) == 256
    assert signature[1] == 200
    assert signature[255] == 50
    assert sum(signature) == 250


def test_that_a_pattern_finer_than_a_cell_is_averaged_rather_than_sampled() -> None:
    board = np.indices((160, 160)).sum(axis=0) % 2 * np.uint8(255)
    found = fingerprint(np.repeat(board.astype(np.uint8)[..., None], 3, axis=2))
    assert set(found.signature) <= {127, 128}


@pytest.mark.parametrize("quality", [40, 70, 95])
@pytest.mark.parametrize("scale", [0.4, 0.77, 1.5])
def test_that_a_resized_and_reencoded_copy_looks_nearly_the_same(
    quality: int, scale: float
) -> None:
    original = scene()
    size = (round(original.width * scale), round(original.height * scale))
    copied = take(as_jpeg(original.resize(size, Image.Resampling.LANCZOS), quality))
    whole = take(original)
    apart = np.subtract(
        np.frombuffer(whole.signature, np.uint8).astype(int),
        np.frombuffer(copied.signature, np.uint8),
    )
    assert bits_apart(whole, copied) <= 4
    assert np.abs(apart).max() <= 6
    assert copied.brightness == pytest.approx(whole.brightness, abs=0.01)
    assert copied.contrast == pytest.approx(whole.contrast, abs=0.01)
    assert copied.saturation == pytest.approx(whole.saturation, abs=0.03)


def test_that_different_pictures_look_different() -> None:
    found = [take(scene(seed)) for seed in range(20)]
    apart = [bits_apart(a, b) for i, a in enumerate(found) for b in found[:i]]
    assert min(apart) > 8


@pytest.mark.parametrize("value", [0, 77, 255])
@pytest.mark.parametrize("size", [(1, 1), (2, 5), (64, 64), (160, 120)])
def test_that_a_blank_picture_has_no_contrast_and_no_sharpness(
    value: int, size: tuple[int, int]
) -> None:
    found = take(Image.new("RGB", size, (value,) * 3))
    assert found.dhash == 0
    assert set(found.signature) == {value}
    assert found.brightness == pytest.approx(value / 255)
    assert (found.contrast, found.sharpness, found.saturation) == (0.0, 0.0, 0.0)


def test_that_contrast_is_the_standard_deviation_of_luma() -> None:
    pixels = np.zeros((40, 40, 3), dtype=np.uint8)
    pixels[:, 20:] = 255
    found = fingerprint(pixels)
    assert found.brightness == pytest.approx(0.5)
    assert found.contrast == pytest.approx(0.5)


def test_that_sharpness_is_the_variance_of_the_laplacian() -> None:
    grey = np.random.default_rng(1).integers(0, 256, (30, 40), dtype=np.uint8)
    wide = grey.astype(np.float64)
    edges = np.array(
        [
            wide[y - 1, x] + wide[y + 1, x] + wide[y, x - 1] + wide[y, x + 1] - 4 * wide[y, x]
            for y in range(1, 29)
            for x in range(1, 39)
        ]
    )
    found = fingerprint(np.repeat(grey[..., None], 3, axis=2))
    assert found.sharpness == pytest.approx(edges.var())


def test_that_blur_lowers_sharpness_but_hardly_anything_else() -> None:
    noisy = Image.fromarray(
        np.random.default_rng(2).integers(0, 256, (120, 160, 3), dtype=np.uint8)
    )
    sharp = take(Image.blend(scene(), noisy, 0.15))
    blurred = take(Image.blend(scene(), noisy, 0.15).filter(ImageFilter.GaussianBlur(2)))
    assert blurred.sharpness < sharp.sharpness / 20
    assert blurred.brightness == pytest.approx(sharp.brightness, abs=0.01)


def test_that_saturation_tells_grey_from_colour() -> None:
    assert take(Image.new("RGB", (20, 20), (200, 100, 150))).saturation == pytest.approx(100 / 255)
    assert take(Image.new("RGB", (20, 20), (255, 0, 0))).saturation == 1.0
    assert take(scene().convert("L").convert("RGB")).saturation == 0.0


@settings(max_examples=50, deadline=None)
@given(
    height=st.integers(1, 40),
    width=st.integers(1, 40),
    seed=st.integers(0, 2**32 - 1),
    levels=st.integers(1, 256),
)
def test_that_any_size_gives_values_within_their_bounds(
    height: int, width: int, seed: int, levels: int
) -> None:
    rng = np.random.default_rng(seed)
    pixels = rng.integers(0, levels, (height, width, 3), dtype=np.uint8)
    found = fingerprint(pixels)
    assert 0 <= found.dhash < 2**64
    assert len(found.signature) == 256
    assert 0 <= found.brightness <= 1
    assert 0 <= found.contrast <= 0.5
    assert found.sharpness >= 0
    assert 0 <= found.saturation <= 1
    assert fingerprint(pixels.copy()) == found


def test_that_a_picture_that_is_not_contiguous_in_memory_counts_the_same() -> None:
    pixels = np.asarray(scene(3))
    turned = np.ascontiguousarray(pixels.transpose(1, 0, 2)).transpose(1, 0, 2)
    assert not turned.flags.c_contiguous
    assert fingerprint(turned) == fingerprint(pixels)
