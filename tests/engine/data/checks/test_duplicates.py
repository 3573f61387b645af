"""Copies, near duplicates and series are found, and nothing else is."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from effnet_studio.engine.cancel import Cancelled, CancelToken
from effnet_studio.engine.data.checks import duplicates
from effnet_studio.engine.data.checks.duplicates import burst_groups, exact_groups, near_groups
from effnet_studio.engine.data.files.fingerprint import fingerprint
from effnet_studio.engine.data.files.thumbnails import shrink

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


def scene(seed: int, size: tuple[int, int] = (320, 240)) -> Image.Image:
    """Soft blobs: a picture with shapes, unlike any of another seed."""
    rng = np.random.default_rng(seed)
    small = rng.integers(0, 256, (7, 9, 3), dtype=np.uint8)
    return Image.fromarray(small).resize(size, Image.Resampling.BICUBIC)


def recoded(image: Image.Image, quality: int, scale: float) -> Image.Image:
    stream = io.BytesIO()
    size = (round(image.width * scale), round(image.height * scale))
    image.resize(size, Image.Resampling.LANCZOS).save(stream, "JPEG", quality=quality)
    return Image.open(stream)


def columns(images: Sequence[Image.Image]) -> tuple[NDArray[np.uint64], NDArray[np.uint8]]:
    seen = [fingerprint(shrink(np.asarray(image.convert("RGB")))) for image in images]
    signatures = b"".join(each.signature for each in seen)
    return (
        np.array([each.dhash for each in seen], dtype=np.uint64),
        np.frombuffer(signatures, dtype=np.uint8).reshape(len(seen), -1),
    )


UNKNOWN = np.array([np.nan])


def test_that_the_same_bytes_are_exact_copies() -> None:
    assert exact_groups([b"a", b"b", b"a", b"c", b"b", b"a"]) == [(0, 2, 5), (1, 4)]
    assert exact_groups([]) == []


@pytest.mark.parametrize(("quality", "scale"), [(40, 1.0), (90, 0.4), (60, 1.5), (95, 0.7)])
def test_that_a_picture_saved_again_is_a_near_duplicate(quality: int, scale: float) -> None:
    images = [scene(seed) for seed in range(20)]
    images += [recoded(images[3], quality, scale), recoded(images[7], quality, scale)]
    assert near_groups(*columns(images)) == [(3, 20), (7, 21)]


def test_that_a_cropped_and_brightened_picture_is_a_near_duplicate() -> None:
    image = scene(1)
    cropped = image.crop((5, 4, 316, 236)).point(
        [min(255, round(1.15 * v)) for v in range(256)] * 3
    )
    assert near_groups(*columns([scene(0), image, cropped])) == [(1, 2)]


def test_that_blank_pictures_are_no_duplicates_unless_they_are_the_same_file() -> None:
    blank = [Image.new("RGB", (50, 50), (tone, tone, tone)) for tone in (0, 120, 250)]
    dhash, signature = columns([*blank, blank[1]])
    assert near_groups(dhash, signature) == []
    assert near_groups(dhash, signature, [b"a", b"b", b"c", b"b"]) == [(1, 3)]


def test_that_many_exact_copies_are_one_group() -> None:
    dhash, signature = columns([scene(0)] * 50 + [recoded(scene(0), 50, 0.5)])
    content = [b"same"] * 50 + [b"other"]
    assert near_groups(dhash, signature, content) == [tuple(range(51))]


def test_that_exact_copies_are_never_parted_by_a_picture_that_is_like_one_of_them() -> None:
    first, middle, last = scene(0), scene(0), scene(0)
    images = [first, recoded(middle, 60, 0.6), recoded(last, 50, 0.5), recoded(last, 50, 0.5)]
    content = [b"a", b"b", b"c", b"c"]
    (group,) = near_groups(*columns(images), content)
    assert group == (0, 1, 2, 3)


def test_that_no_chain_joins_pictures_that_are_not_alike() -> None:
    # Each is like its neighbours; the first and the last have nothing in common.
    first, last = (np.asarray(scene(seed), dtype=float) for seed in (4, 5))
    steps = [
        Image.fromarray((first + (last - first) * t).astype(np.uint8))
        for t in np.linspace(0, 1, 25)
    ]
    groups = near_groups(*columns(steps))
    assert groups
    assert not any(group[0] == 0 and group[-1] == 24 for group in groups)


@given(st.lists(st.integers(0, 2**64 - 1), min_size=2, max_size=40), st.randoms())
def test_that_the_order_of_the_pictures_does_not_matter(
    hashes: list[int], random: st.randoms
) -> None:
    rng = np.random.default_rng(len(hashes))
    kinds = rng.integers(0, 256, (3, 256), dtype=np.uint8)
    signature = kinds[rng.integers(3, size=len(hashes))]
    dhash = np.array([hashes[n % 3] for n in range(len(hashes))], dtype=np.uint64)
    order = list(range(len(hashes)))
    random.shuffle(order)
    straight = {frozenset(group) for group in near_groups(dhash, signature)}
    mixed = near_groups(dhash[order], signature[order])
    assert {frozenset(order[place] for place in group) for group in mixed} == straight


def test_that_a_search_by_bands_finds_what_comparing_all_finds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rng = np.random.default_rng(0)
    dhash = rng.integers(0, 2**63, 3000).astype(np.uint64)
    signature = rng.integers(0, 256, (3000, 256), dtype=np.uint8)
    for place in range(300):  # up to seven bits differ
        flips = rng.choice(64, size=int(rng.integers(8)), replace=False)
        change = np.bitwise_or.reduce(np.uint64(1) << flips.astype(np.uint64), initial=0)
        dhash[place] = dhash[place + 1000] ^ np.uint64(change)
        signature[place] = signature[place + 1000]
    expected = near_groups(dhash, signature)
    monkeypatch.setattr(duplicates, "_ALL_PAIRS", 0)
    assert near_groups(dhash, signature) == expected
    assert len(expected) == 300


def moved(seed: int, shift: int) -> Image.Image:
    return scene(seed, (360, 280)).crop((shift, shift, 320 + shift, 240 + shift))


def test_that_numbered_pictures_of_one_scene_are_a_series() -> None:
    images = [moved(1, 3 * n) for n in range(4)] + [scene(seed) for seed in range(10, 14)]
    names = [f"d/IMG_{n:04d}.jpg" for n in range(8)]
    assert burst_groups(names, np.full(8, np.nan), *columns(images)) == [(0, 1, 2, 3)]


def test_that_names_in_other_folders_or_far_apart_are_no_series() -> None:
    looks = columns([moved(1, 0), moved(1, 4)])
    for names in (["a/f_1.jpg", "b/f_2.jpg"], ["a/f_1.jpg", "a/f_90.jpg"], ["a/x.jpg", "a/y.jpg"]):
        assert burst_groups(names, np.full(2, np.nan), *looks) == []


def test_that_pictures_taken_within_seconds_are_a_series_whatever_they_are_called() -> None:
    looks = columns([moved(1, 0), scene(9), moved(1, 6), moved(1, 3)])
    taken = np.array([100.0, 101.0, 104.0, 2000.0])
    assert burst_groups(["a", "b", "c", "d"], taken, *looks) == [(0, 2)]


def test_that_nothing_and_a_single_picture_are_no_trouble() -> None:
    empty = np.empty(0, dtype=np.uint64), np.empty((0, 256), dtype=np.uint8)
    assert near_groups(*empty, []) == burst_groups([], np.empty(0), *empty) == []
    assert near_groups(*columns([scene(0)]), [b"x"]) == []
    assert burst_groups(["a_1.jpg"], UNKNOWN, *columns([scene(0)])) == []


def test_that_the_search_can_be_stopped() -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        near_groups(*columns([scene(0), scene(1)]), cancel=token)
