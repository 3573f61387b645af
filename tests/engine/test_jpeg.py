"""The short way to an ordinary JPEG's pixels gives what the long one gives."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, JpegImagePlugin

from effnet_studio.engine.jpeg import Frame, JpegFile, ordinary_frame
from effnet_studio.engine.pillow_door import quiet_pillow


def packed(mode: str = "RGB", **options: Any) -> bytes:
    ramp = np.arange(40 * 30 * 3, dtype=np.uint16).reshape(30, 40, 3) // 15
    stream = io.BytesIO()
    Image.fromarray(ramp.astype(np.uint8)).convert(mode).save(stream, "JPEG", **options)
    return stream.getvalue()


ORDINARY = [
    packed(),
    packed("L"),
    packed(quality=100, subsampling=0),
    packed(progressive=True),
    packed(comment=b"hello", dpi=(300, 300)),
    packed(restart_marker_blocks=2),
    packed(optimize=True),
]
SPECIAL = [
    packed("CMYK"),
    packed(exif=b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0"),
    packed(icc_profile=bytes(500)),
    packed(xmp=b"<x/>"),
    packed(comment=bytes(5000)),
    packed().replace(b"\xff\xdb", b"\xff\xff\xdb", 1),
]


def read_by(reader: type[JpegImagePlugin.JpegImageFile], data: bytes) -> object:
    """Size, mode and pixels, or the kind of failure."""
    try:
        with quiet_pillow(), reader(io.BytesIO(data)) as image:
            head = image.size, image.mode, bool(image.info.get("progressive"))
            image.load()
            return *head, image.tobytes()
    except (OSError, SyntaxError, ValueError):
        return "failure"


@pytest.mark.parametrize("data", ORDINARY)
def test_that_an_ordinary_file_is_read_the_short_way(data: bytes) -> None:
    frame = ordinary_frame(data)
    assert frame is not None
    assert frame[:2] == (40, 30)
    assert read_by(JpegFile, data) == read_by(JpegImagePlugin.JpegImageFile, data) != "failure"


@pytest.mark.parametrize("data", SPECIAL)
def test_that_everything_else_is_left_to_pillow(data: bytes) -> None:
    assert ordinary_frame(data[:2048]) is None
    assert read_by(JpegFile, data) == read_by(JpegImagePlugin.JpegImageFile, data) != "failure"


def test_that_the_frame_tells_channels_and_passes() -> None:
    assert ordinary_frame(packed("L")) == Frame(40, 30, 1, progressive=False)
    assert ordinary_frame(packed(progressive=True)) == Frame(40, 30, 3, progressive=True)


def test_that_an_ordinary_file_can_be_read_at_a_fraction_of_its_size() -> None:
    for reader in (JpegFile, JpegImagePlugin.JpegImageFile):
        with reader(io.BytesIO(packed())) as image:
            image.draft(None, (10, 8))
            assert image.size == (20, 15)
            image.load()


@settings(max_examples=150)
@given(st.sampled_from(ORDINARY + SPECIAL), st.data())
def test_that_damage_gives_the_same_pixels_or_none(whole: bytes, data: st.DataObject) -> None:
    content = bytearray(whole)
    places = st.integers(2, len(whole) - 1)
    for _ in range(data.draw(st.integers(1, 3))):
        content[data.draw(places)] = data.draw(st.integers(0, 255))
    if data.draw(st.booleans()):
        del content[data.draw(places) :]
    ours = read_by(JpegFile, bytes(content))
    pillows = read_by(JpegImagePlugin.JpegImageFile, bytes(content))
    assert pillows in (ours, "failure")
