"""Sizes from a few bytes: the same as a reader's, whatever the file."""

from __future__ import annotations

import io
import os
import struct
import time
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.data.files import headers
from effnet_studio.engine.data.files.headers import list_sizes, read_size
from effnet_studio.engine.errors import Cancelled, ImageError
from effnet_studio.engine.images import probe_image

if TYPE_CHECKING:
    from pathlib import Path

ORIENTATION = 0x0112


def packed(kind: str, size: tuple[int, int] = (50, 30), mode: str = "RGB", **options: Any) -> bytes:
    stream = io.BytesIO()
    noise = np.random.default_rng(0).integers(0, 256, (size[1], size[0], 3), dtype=np.uint8)
    Image.fromarray(noise).convert(mode).save(stream, kind, **options)
    return stream.getvalue()


def turned(orientation: int, endian: str = "<", **more: Any) -> bytes:
    """Metadata that turn a picture."""
    exif = Image.Exif()
    exif.endian = endian
    exif[ORIENTATION] = orientation
    for tag, value in more.items():
        exif[int(tag[1:])] = value
    return exif.tobytes()


def xmp(orientation: int) -> bytes:
    return b'<rdf:Description tiff:Orientation="%d"/>' % orientation


def gif_with(*blocks: bytes, screen: tuple[int, int] = (20, 10)) -> bytes:
    """A GIF of one frame of 50 x 30 at 5, 5, with blocks of our own before it."""
    whole = packed("GIF", mode="L")
    frame = whole.index(b"\x2c" + bytes(4) + struct.pack("<HH", 50, 30))
    place = b"\x2c" + struct.pack("<HH", 5, 5)
    head = whole[:6] + struct.pack("<HH", *screen) + whole[10 : 13 + 768]
    return head + b"".join(blocks) + place + whole[frame + 5 :]


def bmp(header: bytes, rows: bytes) -> bytes:
    return (
        b"BM"
        + struct.pack("<IHHI", 14 + len(header) + len(rows), 0, 0, 14 + len(header))
        + (header + rows)
    )


PLAIN: dict[str, bytes] = {
    "jpeg": packed("JPEG"),
    "grey jpeg": packed("JPEG", mode="L"),
    "cmyk jpeg": packed("JPEG", mode="CMYK"),
    "progressive jpeg": packed("JPEG", progressive=True),
    "jpeg with a long comment": packed("JPEG", comment=bytes(60_000)),
    "jpeg with a profile": packed("JPEG", icc_profile=bytes(150_000)),
    "jpeg with metadata": packed("JPEG", exif=turned(1)),
    "jpeg with much metadata": packed("JPEG", exif=turned(1, _270="x" * 30_000)),
    "jpeg with padding": packed("JPEG").replace(b"\xff\xdb", b"\xff\xff\xdb", 1),
    "png": packed("PNG"),
    "png with a profile": packed("PNG", icc_profile=os.urandom(9000)),
    "palette png": packed("PNG", mode="P"),
    "gif": packed("GIF", mode="P"),
    "gif with a large frame": gif_with(),
    "gif with a comment": gif_with(b"\x21\xfe" + (b"\xff" + bytes(255)) * 30 + b"\0"),
    "gif with a large screen": gif_with(screen=(200, 100)),
    "bmp": packed("BMP"),
    "bmp from the top": bmp(
        struct.pack("<IiiHHIIiiII", 40, 3, -2, 1, 24, 0, 0, 0, 0, 0, 0), bytes(24)
    ),
    "bmp of OS/2": bmp(struct.pack("<IHHHH", 12, 3, 2, 1, 24), bytes(24)),
    "webp": packed("WEBP"),
    "lossless webp": packed("WEBP", lossless=True),
    "webp with alpha": packed("WEBP", mode="RGBA"),
    "webp with metadata": packed("WEBP", exif=turned(1)),
    "animated webp": packed("WEBP", save_all=True, append_images=[Image.new("RGB", (50, 30))]),
    "tiff": packed("TIFF"),
    "avif": packed("AVIF"),
    "jpeg 2000": packed("JPEG2000"),
    "ppm": packed("PPM"),
}


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def probed(path: Path) -> headers.Size | None:
    try:
        info = probe_image(path)
    except ImageError:
        return None
    return info.format, info.width, info.height


@pytest.mark.parametrize("name", PLAIN)
def test_that_the_size_is_the_readers(name: str, tmp_path: Path) -> None:
    path = tmp_path / "picture"
    path.write_bytes(PLAIN[name])
    found = read_size(path)
    assert found is not None
    assert found == probed(path) == read_size(str(path))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_that_pictures_that_lie_on_their_side_are_measured_upright(
    orientation: int, tmp_path: Path
) -> None:
    path = tmp_path / "picture"
    upright = (50, 30) if orientation < 5 else (30, 50)
    whole = packed("PNG")
    for data in (
        packed("JPEG", exif=turned(orientation)),
        packed("JPEG", exif=turned(orientation, ">", _271="Acme", _270="x" * 9000)),
        packed("JPEG", xmp=xmp(orientation)),
        packed("PNG", exif=turned(orientation)),
        whole[:33] + chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp(orientation)) + whole[33:],
        packed("WEBP", exif=turned(orientation)),
        packed("WEBP", xmp=xmp(orientation)),
        packed("TIFF", exif=turned(orientation)),
    ):
        path.write_bytes(data)
        found = read_size(path)
        assert found == probed(path)
        if found is not None and found[0] != "TIFF":  # which the reader turns when it decodes
            assert found[1:] == upright


def test_that_what_is_no_picture_has_no_size(tmp_path: Path) -> None:
    for name, data in {"empty": b"", "text": b"hello", "heic": b"\0\0\0\x18ftypheic"}.items():
        (tmp_path / name).write_bytes(data)
        assert read_size(tmp_path / name) is None
    assert read_size(tmp_path) is None
    assert read_size(tmp_path / "missing.jpg") is None
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.jpg")
        began = time.monotonic()
        assert read_size(tmp_path / "pipe.jpg") is None
        assert time.monotonic() - began < 5


@pytest.mark.parametrize("name", PLAIN)
def test_that_a_file_that_is_cut_short_has_its_size_or_none(name: str, tmp_path: Path) -> None:
    path = tmp_path / "picture"
    data = PLAIN[name]
    path.write_bytes(data)
    whole = read_size(path)
    for end in (*range(1, 60), *range(60, min(len(data), 1500), 37)):
        path.write_bytes(data[:end])
        assert read_size(path) in (whole, probed(path))


@settings(max_examples=200)
@given(st.sampled_from(sorted(PLAIN)), st.data())
def test_that_a_damaged_header_gives_the_readers_size_if_it_gives_one(
    tmp_path_factory: pytest.TempPathFactory, name: str, data: st.DataObject
) -> None:
    path = tmp_path_factory.getbasetemp() / "damaged"
    content = bytearray(PLAIN[name][:3000])
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, min(200, len(content)) - 1))] = data.draw(
            st.integers(0, 255)
        )
    path.write_bytes(content)
    expected = probed(path)
    assert expected is None or read_size(path) == expected


def test_that_files_that_want_to_keep_us_busy_do_not(tmp_path: Path) -> None:
    path = tmp_path / "busy"
    jpeg, gif, png = packed("JPEG"), packed("GIF", mode="L"), packed("PNG")
    for data in (
        jpeg[:2] + b"\xff\xfe\0\2" * 300_000,
        gif[:10] + b"\0\0\0\x21\xfe" + b"\1x" * 600_000,
        png[:33] + chunk(b"tIME", b"") * 100_000,
    ):
        path.write_bytes(data)
        began = time.process_time()
        read_size(path)
        assert time.process_time() - began < 5


def test_that_little_is_read_of_a_large_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(packed("JPEG", (1500, 1000), exif=turned(6, _270="x" * 60_000), quality=95))
    assert path.stat().st_size > 1_000_000
    read, counted = os.read, []

    def count(descriptor: int, wanted: int) -> bytes:
        data = read(descriptor, wanted)
        counted.append(len(data))
        return data

    monkeypatch.setattr(os, "read", count)
    assert read_size(path) == ("JPEG", 1000, 1500)
    assert sum(counted) < 80_000


def test_that_many_are_listed_in_order_until_it_is_stopped(tmp_path: Path) -> None:
    paths = []
    for width in range(1, 20):
        paths.append(tmp_path / f"{width}.png")
        paths[-1].write_bytes(packed("PNG", (width, 3)))
    paths.insert(7, tmp_path / "missing.png")
    found = list_sizes(paths)
    assert found.pop(7) is None
    assert found == [("PNG", width, 3) for width in range(1, 20)]
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        list_sizes(paths, cancel=token)


def test_that_photographs_are_measured_without_a_reader(
    shared_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = sorted((shared_data / "photos").rglob("*.jpg"))
    expected = [probed(path) for path in paths]
    assert list_sizes(paths) == expected
    monkeypatch.setattr(headers, "_probed", lambda _path: None)
    assert sum(size is None for size in list_sizes(paths)) < 0.05 * len(paths)


def test_that_hostile_files_have_the_readers_size_where_both_give_one(shared_data: Path) -> None:
    both = 0
    for path in sorted((shared_data / "hostile").rglob("*")):
        found, expected = read_size(path), probed(path)
        if expected is not None:
            assert found == expected, path
            both += 1
    assert both > 800
