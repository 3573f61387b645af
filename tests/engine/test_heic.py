"""HEIC: read where the optional part is installed, and refused with a way out elsewhere."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from effnet_studio.engine import pillow_door
from effnet_studio.engine.data.sources.scan import scan_folder
from effnet_studio.engine.errors import ImageError
from effnet_studio.engine.images import decode_image, load_image, looks_like_image, probe_image

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

HEAD = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(40)


@pytest.fixture(autouse=True)
def fresh_reader() -> Iterator[None]:
    """Whether the part is there is found out once; here it changes."""
    pillow_door._heif_reader.cache_clear()
    yield
    pillow_door._heif_reader.cache_clear()


@pytest.fixture
def without_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pillow_heif", None)


def scene(width: int = 120, height: int = 80) -> NDArray[np.uint8]:
    y, x = np.mgrid[0:height, 0:width]
    red, green = x * 255 // (width - 1), y * 255 // (height - 1)
    return np.stack([red, green, 255 - red], axis=-1).astype(np.uint8)


def heic(pixels: NDArray[np.uint8]) -> bytes:
    pillow_heif = pytest.importorskip("pillow_heif")
    stream = io.BytesIO()
    pillow_heif.from_pillow(Image.fromarray(pixels)).save(stream, quality=95)
    return stream.getvalue()


@pytest.mark.usefixtures("without_part")
def test_that_heic_without_the_part_is_refused_with_a_way_out(tmp_path: Path) -> None:
    path = tmp_path / "a.heic"
    path.write_bytes(HEAD)
    for read in (load_image, probe_image):
        with pytest.raises(ImageError, match="HEIC") as caught:
            read(path)
        assert caught.value.path == path
        assert "pip install pillow-heif" in str(caught.value.hint)
        assert "JPEG" in str(caught.value.hint)


@pytest.mark.parametrize("name", ["a.heic", "b.HEIF", "c.hif", "no suffix"])
def test_that_heic_is_never_passed_over(tmp_path: Path, name: str) -> None:
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / name).write_bytes(HEAD)
    assert [file.name for file in scan_folder(tmp_path).candidates] == [name]


@pytest.mark.parametrize(
    ("brands", "kind"),
    [
        (b"heic\0\0\0\0mif1heic", "HEIC"),
        (b"heix\0\0\0\0mif1heix", "HEIC"),
        (b"mif1\0\0\0\0mif1heic", "HEIC"),
        (b"msf1\0\0\0\0msf1hevc", "HEIC"),
        (b"avif\0\0\0\0avifmif1", "AVIF"),
        (b"mif1\0\0\0\0mif1avif", "AVIF"),
        (b"isom\0\0\2\0isomiso2", None),
        (b"qt  \0\0\0\0qt  \0\0\0\0", None),
    ],
)
def test_that_brands_tell_heic_from_avif_and_films(brands: bytes, kind: str | None) -> None:
    head = (len(brands) + 8).to_bytes(4, "big") + b"ftyp" + brands
    assert pillow_door.sniff(head) == kind
    assert pillow_door.sniff(head[:12]) in {kind, "HEIC", None}
    if kind is None:
        assert pillow_door.foreign_format(head) == "video"


def test_that_avif_of_the_common_brand_is_read() -> None:
    stream = io.BytesIO()
    Image.fromarray(scene()).save(stream, "AVIF", quality=95)
    data = bytearray(stream.getvalue())
    assert data[8:12] == b"avif"
    data[8:12] = b"mif1"
    assert decode_image(bytes(data)).info.format == "AVIF"


def test_that_heic_is_read_with_the_part(tmp_path: Path) -> None:
    path = tmp_path / "a.heic"
    path.write_bytes(heic(scene()))
    assert looks_like_image(path)
    decoded = decode_image(path)
    assert decoded.info == probe_image(path)
    assert (decoded.info.format, decoded.info.width, decoded.info.height) == ("HEIC", 120, 80)
    assert np.abs(decoded.pixels.astype(int) - scene()).mean() < 4
    assert "HEIF" not in Image.OPEN  # nothing was registered with Pillow


def test_that_transparent_heic_lies_over_white() -> None:
    clear = np.dstack([scene(), np.zeros((80, 120), np.uint8)])
    assert load_image(heic(clear)).min() > 250


def test_that_damaged_and_large_heic_get_a_reason() -> None:
    data = heic(scene())
    for length in (40, len(data) // 2, len(data) - 100):
        with pytest.raises(ImageError):
            load_image(data[:length])
    with pytest.raises(ImageError, match="too large"):
        load_image(data, max_pixels=1000)
