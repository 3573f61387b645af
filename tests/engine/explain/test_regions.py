"""Boxes and masks take the picture's own way into the model, and shares count what is inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from effnet_studio.engine.data.dataset import Sample
from effnet_studio.engine.errors import ConfigError
from effnet_studio.engine.explain.regions import (
    Box,
    box_cells,
    mask_cells,
    own_boxes,
    own_masks,
    read_boxes,
    same_box,
    seen_box,
    share_inside,
)
from effnet_studio.engine.images import load_image
from effnet_studio.engine.preprocess import Preprocess

if TYPE_CHECKING:
    from pathlib import Path

unit = st.floats(0, 1)


@given(st.integers(60, 300), st.integers(60, 300), st.integers(0, 40), st.tuples(*[unit] * 4))
def test_that_a_box_takes_the_same_way_as_its_pixels(
    width: int, height: int, margin: int, place: tuple[float, float, float, float]
) -> None:
    preprocess = Preprocess(size=56, resize=56 + margin, interpolation="bilinear")
    left, right = sorted(round(each * width) for each in place[:2])
    top, bottom = sorted(round(each * height) for each in place[2:])
    picture = np.zeros((height, width, 3), dtype=np.uint8)
    picture[top:bottom, left:right] = 255
    drawn = mask_cells(picture, (7, 7), preprocess)
    box = Box(left, top, right - left, bottom - top)
    counted = box_cells([seen_box(box, width, height, preprocess)], (7, 7))
    # A pixel at an edge is smeared over its neighbours by the resize.
    np.testing.assert_allclose(drawn, counted, atol=0.16)
    assert drawn.mean() == pytest.approx(counted.mean(), abs=0.02)


@given(st.tuples(*[unit] * 4), st.integers(1, 9), st.integers(1, 9))
def test_that_cells_add_up_to_the_area(
    place: tuple[float, float, float, float], rows: int, columns: int
) -> None:
    left, right = sorted(place[:2])
    top, bottom = sorted(place[2:])
    cells = box_cells([Box(left, top, right - left, bottom - top)], (rows, columns))
    assert cells.min() >= 0
    assert cells.max() <= 1
    assert cells.mean() == pytest.approx((right - left) * (bottom - top), abs=1e-9)


@given(st.integers(0, 10**6))
def test_that_a_region_and_the_rest_have_everything(seed: int) -> None:
    random = np.random.default_rng(seed)
    maps = random.random((5, 7, 7)) + 1e-6
    region = random.random((7, 7))
    np.testing.assert_allclose(share_inside(maps, region) + share_inside(maps, 1 - region), 1)
    np.testing.assert_allclose(share_inside(np.ones((7, 7)), region), region.mean())


def test_that_overlapping_boxes_count_once() -> None:
    boxes = [Box(0, 0, 0.5, 0.5), Box(0.25, 0.25, 0.5, 0.5), Box(0, 0, 0.4, 0.5)]
    assert box_cells(boxes, (3, 7)).mean() == pytest.approx(0.25 + 0.25 - 0.0625)


def test_that_an_empty_map_has_no_share() -> None:
    assert np.isnan(share_inside(np.zeros((3, 3)), np.ones((3, 3))))


def test_that_boxes_outside_of_what_the_model_sees_do_not_count() -> None:
    preprocess = Preprocess(size=56, resize=56)
    beside = seen_box(Box(0, 0, 10, 100), 300, 100, preprocess)
    assert not box_cells([beside], (7, 7)).any()
    whole = seen_box(Box(0, 0, 300, 100), 300, 100, preprocess)
    np.testing.assert_allclose(box_cells([whole], (7, 7)), 1)


@pytest.mark.parametrize("box", [Box(0, 0, 0, 1), Box(-0.1, 0, 0.5, 0.5), Box(0.6, 0, 0.5, 0.5)])
def test_that_an_impossible_box_is_refused(box: Box) -> None:
    with pytest.raises(ConfigError, match="inside"):
        same_box(box)


def test_that_a_table_of_boxes_is_found_by_name(tmp_path: Path) -> None:
    table = tmp_path / "boxes.csv"
    table.write_text(
        "\ufefffile,x,y,w,h\nroses/1.jpg,0,0,100,50\nroses/1.jpg, 0,50,100,50\n2.jpg,0,0,50,100\n",
        encoding="utf-8",
    )
    region = own_boxes(read_boxes(table), Preprocess(size=56, resize=56))
    first = region(Sample(1, tmp_path / "roses" / "1.jpg", 0, "val", 100, 100), (7, 7))
    second = region(Sample(2, tmp_path / "lilies" / "2.jpg", 0, "val", 100, 100), (7, 7))
    assert first is not None
    assert second is not None
    np.testing.assert_allclose(first, 1)
    assert second.mean() == pytest.approx(0.5)
    assert region(Sample(3, tmp_path / "lilies" / "1.jpg", 0, "val", 100, 100), (7, 7)) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("file,x,y,w\n1.jpg,0,0,5\n", "no column h"),
        ("file,x,y,w,h\n1.jpg,0,0,5,many\n", "Line 2"),
        ("file,x,y,w,h\n1.jpg,0,0,-5,-5\n", "Line 2"),
        ("file,x,y,w,h\n1.jpg,nan,0,5,5\n", "Line 2"),
        ("file,x,y,w,h\n1.jpg,1,2\n", "Line 2"),
        ("", "no column file"),
    ],
)
def test_that_a_bad_table_is_refused_in_words(tmp_path: Path, text: str, words: str) -> None:
    table = tmp_path / "boxes.csv"
    table.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=words):
        read_boxes(table)


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_that_a_mask_lies_on_the_upright_image(tmp_path: Path, orientation: int) -> None:
    """The image says by EXIF how to turn it; its mask marks what is white when it is upright."""
    stored = np.zeros((90, 120, 3), dtype=np.uint8)
    stored[10:40, 30:60] = 255
    photo = tmp_path / "photos" / "roses" / "1.png"
    photo.parent.mkdir(parents=True)
    exif = Image.Exif()
    exif[0x0112] = orientation
    Image.fromarray(stored).save(photo, exif=exif)
    upright = load_image(photo)
    height, width = upright.shape[:2]
    masks = tmp_path / "masks"
    masks.mkdir()
    small = Image.fromarray(upright).resize((width // 2, height // 2), Image.Resampling.BOX)
    small.convert("L").point(lambda value: 255 * (value > 127)).save(masks / "1.png")
    preprocess = Preprocess(size=56, resize=64, interpolation="bilinear")
    region = own_masks(masks, preprocess)
    found = region(Sample(1, photo, 0, "val", width, height), (7, 7))
    assert found is not None
    np.testing.assert_allclose(found, mask_cells(upright, (7, 7), preprocess), atol=0.1)
    assert found.mean() > 0.05


def test_that_a_mask_of_another_shape_is_refused(tmp_path: Path) -> None:
    masks = tmp_path / "masks"
    masks.mkdir()
    Image.new("L", (50, 50), 255).save(masks / "1.png")
    region = own_masks(masks, Preprocess(size=56, resize=56))
    with pytest.raises(ConfigError, match="another shape"):
        region(Sample(1, tmp_path / "1.jpg", 0, "val", 100, 50), (7, 7))
    assert region(Sample(2, tmp_path / "2.jpg", 0, "val", 100, 50), (7, 7)) is None
    with pytest.raises(ConfigError, match="no folder"):
        own_masks(tmp_path / "nowhere", Preprocess(size=56, resize=56))
