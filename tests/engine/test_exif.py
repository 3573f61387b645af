"""What cameras write beside the pixels, and that damage to it does not cost the picture."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest
from PIL import Image

from effnet_studio.engine.images import decode_image, decode_picture, probe_image

MAKE, MODEL, ORIENTATION, DETAIL = 0x010F, 0x0110, 0x0112, 0x8769
TAKEN, FRACTION = 0x9003, 0x9291


def packed(kind: str, tags: dict[int, Any], detail: dict[int, Any] | None = None) -> bytes:
    exif = Image.Exif()
    exif.update(tags)
    if detail is not None:
        exif.get_ifd(DETAIL).update(detail)
        exif[DETAIL] = 0  # its place, filled in when it is written
    stream = io.BytesIO()
    ramp = np.arange(40 * 30 * 3, dtype=np.uint16).reshape(30, 40, 3) // 15
    Image.fromarray(ramp.astype(np.uint8)).save(stream, kind, exif=exif)
    return stream.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_that_date_and_camera_are_read_from_every_kind_of_file(kind: str) -> None:
    tags = {MAKE: "Nikon", MODEL: "D90"}
    found = decode_image(packed(kind, tags, {TAKEN: "2021:06:30 12:34:56", FRACTION: "25"})).exif
    moment = datetime(2021, 6, 30, 12, 34, 56, 250_000, tzinfo=UTC)
    assert found.taken == moment.timestamp()
    assert found.camera == "Nikon D90"


@pytest.mark.parametrize(
    ("make", "model", "camera"),
    [
        ("Canon", "Canon EOS 5D", "Canon EOS 5D"),
        ("", "SM-G920F", "SM-G920F"),
        ("Acme", "", "Acme"),
        ("Acme\0\0", "  X  1\0", "Acme X 1"),
        ("A\tc\nme", "\x07", "A c me"),
        ("M" * 300, "1", "M" * 100),
    ],
)
def test_that_a_camera_has_one_plain_name(make: str, model: str, camera: str) -> None:
    data = packed("JPEG", {MAKE: make, MODEL: model})
    assert decode_image(data).exif.camera == camera


@pytest.mark.parametrize(
    "text", ["0000:00:00 00:00:00", "2021:13:01 00:00:00", "yesterday", "    :  :     :  :  ", ""]
)
def test_that_a_clock_that_was_never_set_tells_no_date(text: str) -> None:
    found = decode_image(packed("JPEG", {MODEL: "X"}, {TAKEN: text})).exif
    assert (found.taken, found.camera) == (None, "X")


@pytest.mark.parametrize("fraction", ["", "abc", "٣", " "])
def test_that_an_odd_fraction_of_a_second_is_passed_over(fraction: str) -> None:
    data = packed("JPEG", {}, {TAKEN: "1970:01:01 00:00:05", FRACTION: fraction})
    assert decode_image(data).exif.taken == 5.0


@pytest.mark.parametrize("value", [0, 9, 77])
def test_that_an_impossible_orientation_means_upright(value: int) -> None:
    found = decode_image(packed("JPEG", {ORIENTATION: value}))
    assert found.exif.orientation == 1
    assert (found.info.width, found.info.height) == (40, 30)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_that_pictures_of_both_sorts_are_turned_alike(kind: str, orientation: int) -> None:
    data = packed(kind, {ORIENTATION: orientation})
    array, picture = decode_image(data), decode_picture(data)
    np.testing.assert_array_equal(array.pixels, np.asarray(picture.picture))
    assert array.info == picture.info == probe_image(data)
    assert (picture.info.width > picture.info.height) == (orientation < 5)


def test_that_damaged_metadata_do_not_cost_the_picture() -> None:
    data = packed("JPEG", {MAKE: "Nikon", ORIENTATION: 6}, {TAKEN: "2021:06:30 12:34:56"})
    start = data.index(b"Exif")
    for place in range(start + 6, start + 90):
        broken = bytearray(data)
        broken[place] ^= 0xFF
        found = decode_image(bytes(broken))
        assert {found.info.width, found.info.height} == {30, 40}
