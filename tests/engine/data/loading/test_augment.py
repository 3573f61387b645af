"""Training pictures are varied, repeatably."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from effnet_studio.engine.data.loading.augment import (
    OPERATIONS,
    RECIPES,
    Augmenter,
    Flip,
    Recipe,
    random_box,
)

Pixels = NDArray[np.uint8]


@pytest.fixture
def scene() -> Pixels:
    """A smooth colourful picture, 60 × 90."""
    rng = np.random.default_rng(0)
    small = rng.integers(60, 180, (6, 9, 3), dtype=np.uint8)
    return np.asarray(Image.fromarray(small).resize((90, 60), Image.Resampling.BICUBIC))


@pytest.mark.parametrize("level", RECIPES)
def test_that_a_variant_depends_on_seed_epoch_and_picture_and_nothing_else(
    scene: Pixels, level: str
) -> None:
    vary = Augmenter(RECIPES[level], 32, seed=7)
    first = vary(scene, epoch=2, index=5)
    for _ in range(3):
        vary(scene, epoch=0, index=0)
    assert np.array_equal(Augmenter(RECIPES[level], 32, seed=7)(scene, epoch=2, index=5), first)
    others = [
        vary(scene, epoch=3, index=5),
        vary(scene, epoch=2, index=6),
        Augmenter(RECIPES[level], 32, seed=8)(scene, epoch=2, index=5),
    ]
    assert not any(np.array_equal(other, first) for other in others)


@pytest.mark.parametrize("level", RECIPES)
def test_that_variants_have_the_models_size_and_type(scene: Pixels, level: str) -> None:
    for index in range(40):
        variant = Augmenter(RECIPES[level], 48)(scene, epoch=0, index=index)
        assert variant.shape == (48, 48, 3)
        assert variant.dtype == np.uint8


def test_that_stronger_levels_change_a_picture_more(scene: Pixels) -> None:
    def distance(level: str) -> float:
        plain = np.asarray(Image.fromarray(scene).resize((32, 32))).astype(float)
        vary = Augmenter(RECIPES[level], 32)
        return float(
            np.mean([np.abs(vary(scene, epoch=0, index=i) - plain).mean() for i in range(60)])
        )

    assert distance("light") < distance("medium") < distance("strong")


def test_that_half_of_the_pictures_are_mirrored() -> None:
    ramp = np.repeat(np.arange(0, 250, 5, dtype=np.uint8)[None, :, None], 50, axis=0)
    ramp = np.ascontiguousarray(np.repeat(ramp, 3, axis=2))
    vary = Augmenter(Recipe(min_area=1.0, jitter=0.0), 32)
    mirrored = 0
    for index in range(300):
        variant = vary(ramp, epoch=0, index=index).astype(int)
        mirrored += bool(variant[16, 0, 0] > variant[16, -1, 0])
    assert 110 < mirrored < 190


@pytest.mark.parametrize(
    ("flip", "expected"),
    [(Flip.NONE, {(0, 0)}), (Flip.HORIZONTAL, {(0, 0), (1, 0)})],
)
def test_that_only_allowed_mirror_images_come(flip: Flip, expected: set[tuple[int, int]]) -> None:
    assert set(mirrorings(flip)) == expected


def test_that_both_ways_are_mirrored_independently() -> None:
    often = Counter(mirrorings(Flip.BOTH))
    assert set(often) == {(0, 0), (1, 0), (0, 1), (1, 1)}
    assert min(often.values()) > 0.17 * often.total()


def test_that_mirroring_changes_nothing_else(scene: Pixels) -> None:
    for index in range(20):
        made = [
            Augmenter(replace(RECIPES["strong"], operations=0, erase=0, flip=flip), 32)(
                scene, epoch=0, index=index
            )
            for flip in Flip
        ]
        ways = [made[0], made[0][:, ::-1], made[0][::-1], made[0][::-1, ::-1]]
        # Colours are mixed with the grey of the whole picture, whose rounding may differ.
        for other in made[1:]:
            assert min(np.abs(other.astype(int) - way).max() for way in ways) <= 1


def test_that_the_number_behind_the_crop_decides_on_mirroring() -> None:
    """Runs of earlier versions, which knew no other mirroring, go on as they began."""
    for index, (mirrored, _) in enumerate(mirrorings(Flip.HORIZONTAL)):
        rng = np.random.default_rng((0, 0, index))
        random_box(rng, 40, 40, 1.0)
        assert mirrored == (rng.random() < 0.5)


def test_that_a_picture_drawn_again_in_an_epoch_is_varied_otherwise(scene: Pixels) -> None:
    vary = Augmenter(RECIPES["light"], 32)
    first = vary(scene, epoch=0, index=0)
    assert np.array_equal(vary(scene, epoch=0, index=0, draw=0), first)
    second = vary(scene, epoch=0, index=0, draw=1)
    assert not np.array_equal(second, first)
    assert np.array_equal(vary(scene, epoch=0, index=0, draw=1), second)


def mirrorings(flip: Flip) -> list[tuple[int, int]]:
    """Whether each of many variants is mirrored left to right, and upside down."""
    corner = np.zeros((40, 40, 3), np.uint8)
    corner[:20, :20] = 250
    vary = Augmenter(Recipe(min_area=1.0, jitter=0.0, flip=flip), 32)
    found = []
    for index in range(200):
        variant = vary(corner, epoch=0, index=index)[..., 0]
        row, column = np.unravel_index(
            np.argmax([variant[2, 2], variant[2, -3], variant[-3, 2], variant[-3, -3]]), (2, 2)
        )
        found.append((int(column), int(row)))
    return found


@given(
    seed=st.integers(0, 1000),
    width=st.integers(1, 2000),
    height=st.integers(1, 2000),
    min_area=st.floats(0.01, 1.0),
)
def test_that_crops_lie_inside_the_picture(
    seed: int, width: int, height: int, min_area: float
) -> None:
    rng = np.random.default_rng(seed)
    left, top, right, bottom = random_box(rng, width, height, min_area)
    assert 0 <= left < right <= width
    assert 0 <= top < bottom <= height
    assert (right - left) * (bottom - top) <= width * height * (1 + 1e-9) + 1


def test_that_crops_of_ordinary_pictures_keep_at_least_the_smallest_area() -> None:
    rng = np.random.default_rng(1)
    shares = []
    for _ in range(300):
        left, top, right, bottom = random_box(rng, 400, 300, 0.4)
        shares.append((right - left) * (bottom - top) / (400 * 300))
    assert min(shares) > 0.25  # clipping a long crop costs a little
    assert np.mean(shares) > 0.55


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda f: f.__name__.strip("_"))
@pytest.mark.parametrize("strength", [-1.0, -0.3, 0.3, 1.0])
def test_that_every_operation_gives_a_picture_of_the_same_size(
    scene: Pixels, operation: object, strength: float
) -> None:
    result = operation(Image.fromarray(scene), strength)  # type: ignore[operator]
    assert result.size == (90, 60)
    assert result.mode == "RGB"


def test_that_nearly_all_operations_change_a_picture(scene: Pixels) -> None:
    picture = Image.fromarray(scene)
    changed = [
        not np.array_equal(np.asarray(operation(picture, 0.8)), scene) for operation in OPERATIONS
    ]
    assert changed.count(False) == 1  # the one that keeps it


def test_that_erasing_paints_over_a_part_only(scene: Pixels) -> None:
    plain = Augmenter(Recipe(min_area=1.0, jitter=0.0), 64)(scene, epoch=0, index=3)
    erased = Augmenter(Recipe(min_area=1.0, jitter=0.0, erase=1.0), 64)(scene, epoch=0, index=3)
    share = np.any(plain != erased, axis=2).mean()
    assert 0.01 < share < 0.3
