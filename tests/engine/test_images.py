"""Pixels enter by one door: what every kind of file turns into, and what is refused and why."""

from __future__ import annotations

import io
import os
import struct
import threading
import time
import warnings
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin

from effnet_studio.engine import images
from effnet_studio.engine.errors import ImageError
from effnet_studio.engine.images import load_image, probe_image

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


def packed(image: Image.Image, kind: str, **options: Any) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def picture(width: int = 60, height: int = 40) -> Image.Image:
    """Smooth, with four different corners, so that every turn shows."""
    y, x = np.mgrid[0:height, 0:width]
    red, green = x * 255 // max(1, width - 1), y * 255 // max(1, height - 1)
    return Image.fromarray(np.stack([red, green, 255 - red], axis=-1).astype(np.uint8))


def png(
    width: int, height: int, *, depth: int, colour: int, rows: bytes, extra: bytes = b""
) -> bytes:
    """A PNG made by hand, for kinds Pillow does not write."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    body = chunk(b"IHDR", header) + extra + chunk(b"IDAT", zlib.compress(rows, 9))
    return b"\x89PNG\r\n\x1a\n" + body + chunk(b"IEND", b"")


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def verdict(source: Path | bytes, **options: Any) -> NDArray[np.uint8] | ImageError:
    """Pixels, or the reason why there are none; anything else fails the test."""
    try:
        return load_image(source, **options)
    except ImageError as error:
        return error


def difference(first: NDArray[np.uint8], second: NDArray[np.uint8]) -> float:
    return float(np.abs(first.astype(int) - second.astype(int)).mean())


LOSSLESS = [
    ("PNG", {}),
    ("WEBP", {"lossless": True}),
    ("BMP", {}),
    ("TIFF", {}),
    ("TIFF", {"compression": "tiff_lzw"}),
    ("TIFF", {"compression": "tiff_deflate"}),
    ("PPM", {}),
    ("JPEG2000", {}),
]
LOSSY = [
    ("JPEG", {"quality": 95}),
    ("WEBP", {"quality": 95}),
    ("AVIF", {"quality": 95}),
    ("GIF", {}),
]


@pytest.mark.parametrize(("kind", "options"), LOSSLESS)
def test_that_lossless_formats_give_the_same_pixels(kind: str, options: dict[str, Any]) -> None:
    result = load_image(packed(picture(), kind, **options))
    assert result.dtype == np.uint8
    assert result.flags.writeable
    np.testing.assert_array_equal(result, np.asarray(picture()))


@pytest.mark.parametrize(("kind", "options"), LOSSY)
def test_that_lossy_formats_give_nearly_the_same_pixels(kind: str, options: dict[str, Any]) -> None:
    assert difference(load_image(packed(picture(), kind, **options)), np.asarray(picture())) < 8


@pytest.mark.parametrize(("kind", "options"), LOSSLESS + LOSSY)
@pytest.mark.parametrize("share", [0.0, 0.02, 0.3, 0.6, 0.95])
def test_that_truncated_files_are_refused(kind: str, options: dict[str, Any], share: float) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (90, 120, 3), dtype=np.uint8)
    whole = packed(Image.fromarray(noise), kind, **options)
    load_image(whole)
    with pytest.raises(ImageError):
        load_image(whole[: int(len(whole) * share)])


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_that_every_exif_orientation_comes_out_upright(kind: str, orientation: int) -> None:
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,  # stored so that a turn of 270 degrees puts it right
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    stored = picture() if orientation == 1 else picture().transpose(undo[orientation])
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = packed(stored, kind, exif=exif, **({} if kind in {"PNG", "TIFF"} else {"quality": 95}))
    result = load_image(data)
    assert result.shape == (40, 60, 3)
    assert difference(result, np.asarray(picture())) < 8
    info = probe_image(data)
    assert (info.width, info.height) == (60, 40)


def test_that_the_eight_orientations_of_real_files_show_the_same_scene(shared_data: Path) -> None:
    for shape in ("Landscape", "Portrait"):
        small = [
            np.asarray(Image.fromarray(load_image(path, min_side=64)).resize((32, 32)))
            for path in sorted((shared_data / "hostile" / "exif").glob(f"{shape}_[1-8].jpg"))
        ]
        assert len(small) == 8
        # The files carry their number as a caption, so they are alike, not equal.
        assert max(difference(small[0], other) for other in small[1:]) < 12


@pytest.mark.parametrize("byte_order", ["<", ">"])
def test_that_sixteen_bits_are_scaled_not_clipped(byte_order: str) -> None:
    values = np.array([[0, 257, 12850, 25700, 65535]], dtype=np.uint16)
    tiff = packed(Image.fromarray(values), "TIFF")
    if byte_order == ">":
        png16 = png(5, 1, depth=16, colour=0, rows=b"\0" + values.astype(">u2").tobytes())
        assert load_image(png16)[0, :, 0].tolist() == [0, 1, 50, 100, 255]
    assert load_image(tiff)[0, :, 1].tolist() == [0, 1, 50, 100, 255]


@pytest.mark.parametrize(("colour", "channels"), [(0, 1), (2, 3), (4, 2), (6, 4)])
def test_that_every_kind_of_16_bit_png_keeps_its_brightness(colour: int, channels: int) -> None:
    levels = np.array([0, 20000, 40000, 65535], dtype=np.uint16)
    pixels = np.repeat(levels[:, None], channels, axis=1)
    if channels in {2, 4}:
        pixels[:, -1] = 65535
    data = png(4, 1, depth=16, colour=colour, rows=b"\0" + pixels.astype(">u2").tobytes())
    expected = np.round(levels / 257)
    assert np.abs(load_image(data)[0, :, 0] - expected).max() <= 1


def test_that_grey_16_bit_png_with_a_transparent_value_shows_white_there() -> None:
    rows = b"\0" + np.array([1000, 30000], dtype=">u2").tobytes()
    data = png(2, 1, depth=16, colour=0, rows=rows, extra=chunk(b"tRNS", b"\x03\xe8"))
    assert load_image(data)[0, :, 0].tolist() == [255, round(30000 / 257)]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0.0, 0.5, 1.0], [0, 128, 255]),
        ([0.0, 100.0, 200.0], [0, 100, 200]),
        ([0.0, 25700.0, 65535.0], [0, 100, 255]),
        ([-100.0, 0.0, 155.0], [0, 100, 255]),
        ([np.nan, np.inf, 1.0], [0, 0, 255]),
        ([7e9, 7e9, 7e9], [0, 0, 0]),
        ([np.nan, np.nan, np.nan], [0, 0, 0]),
    ],
)
def test_that_floating_point_pictures_get_a_sensible_range(
    values: list[float], expected: list[int]
) -> None:
    data = packed(Image.fromarray(np.array([values], dtype=np.float32)), "TIFF")
    assert load_image(data)[0, :, 0].tolist() == expected


def test_that_32_bit_integers_get_a_sensible_range() -> None:
    data = packed(Image.fromarray(np.array([[0, 1 << 20, 1 << 21]], dtype=np.int32)), "TIFF")
    assert load_image(data)[0, :, 0].tolist() == [0, 128, 255]


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_that_transparent_pixels_lie_on_white(mode: str) -> None:
    opaque, half, clear = (
        (100, 100, 100, 255)[: len(mode)] if mode == "RGBA" else (100, 255),
        (100, 100, 100, 128) if mode == "RGBA" else (100, 128),
        (100, 100, 100, 0) if mode == "RGBA" else (100, 0),
    )
    image = Image.new(mode, (3, 1))
    for x, value in enumerate((opaque, half, clear)):
        image.putpixel((x, 0), value)
    assert load_image(packed(image, "PNG"))[0, :, 0].tolist() == [100, 177, 255]


@pytest.mark.parametrize("kind", ["PNG", "GIF"])
def test_that_a_transparent_palette_entry_lies_on_white(kind: str) -> None:
    image = Image.new("P", (2, 1))
    image.putpalette([10, 20, 30, 200, 100, 50])
    image.putpixel((1, 0), 1)
    result = load_image(packed(image, kind, transparency=0))
    assert result[0].tolist() == [[255, 255, 255], [200, 100, 50]]


def test_that_a_transparent_colour_of_rgb_lies_on_white() -> None:
    image = Image.new("RGB", (2, 1), (1, 2, 3))
    image.putpixel((1, 0), (4, 5, 6))
    assert load_image(packed(image, "PNG", transparency=(1, 2, 3)))[0].tolist() == [
        [255, 255, 255],
        [4, 5, 6],
    ]


def test_that_black_and_white_pictures_are_black_and_white() -> None:
    image = Image.new("1", (2, 1))
    image.putpixel((1, 0), 1)
    for kind in ("PNG", "TIFF", "PPM", "BMP"):
        assert load_image(packed(image, kind))[0, :, 2].tolist() == [0, 255]


def test_that_cmyk_without_a_profile_becomes_rgb() -> None:
    image = Image.new("CMYK", (8, 8), (0, 255, 255, 0))
    red = load_image(packed(image, "JPEG", quality=95))[4, 4]
    assert red[0] > 200
    assert red[1:].max() < 60


def test_that_lab_becomes_rgb() -> None:
    srgb, lab = (ImageCms.createProfile(name) for name in ("sRGB", "LAB"))
    image = ImageCms.profileToProfile(picture(), srgb, lab, outputMode="LAB")
    assert image is not None
    assert difference(load_image(packed(image, "TIFF")), np.asarray(picture())) < 6


def cmyk_profile() -> bytes:
    """A colour profile (ICC.1:2001-04) in which any paint at all gives a light green."""
    paper, green = (255, 128, 128), (200, 80, 160)  # L*, a*, b* in 8 bits
    grid = b"".join(bytes(paper if corner == 0 else green) for corner in range(16))
    straight = bytes(range(256))
    matrix = struct.pack(">9i", 65536, 0, 0, 0, 65536, 0, 0, 0, 65536)
    lut = b"mft1" + bytes(4) + bytes([4, 3, 2, 0]) + matrix + straight * 4 + grid + straight * 3
    lut += bytes(-len(lut) % 4)
    text = b"text" + bytes(4) + b"none" + bytes(4)
    white = b"XYZ " + bytes(4) + struct.pack(">3i", 63190, 65536, 54061)
    place, table, body = 128 + 4 + 3 * 12, struct.pack(">I", 3), b""
    for name, data in ((b"A2B0", lut), (b"cprt", text), (b"wtpt", white)):
        table += name + struct.pack(">II", place + len(body), len(data))
        body += data
    head = struct.pack(
        ">I4sI4s4s4s", place + len(body), bytes(4), 0x02400000, b"prtr", b"CMYK", b"Lab "
    )
    head += bytes(12) + b"acsp" + bytes(28) + struct.pack(">3i", 63190, 65536, 54061)
    return head.ljust(128, b"\0") + table + body


def test_that_cmyk_with_a_profile_is_converted_by_it() -> None:
    image = Image.new("CMYK", (8, 8), (0, 255, 255, 0))
    plain = load_image(packed(image, "TIFF"))[4, 4]
    by_profile = load_image(packed(image, "TIFF", icc_profile=cmyk_profile()))[4, 4]
    assert plain.tolist() == [255, 0, 0]
    assert by_profile[1] > by_profile[0] + 40
    assert by_profile[1] > by_profile[2] + 40


def test_that_a_profile_of_an_rgb_picture_is_passed_over() -> None:
    data = packed(picture(), "PNG", icc_profile=cmyk_profile())
    np.testing.assert_array_equal(load_image(data), np.asarray(picture()))


def test_that_a_broken_profile_does_not_cost_the_picture() -> None:
    image = Image.new("CMYK", (8, 8), (0, 255, 255, 0))
    data = packed(image, "TIFF", icc_profile=b"no profile" * 30)
    assert load_image(data)[4, 4].tolist() == [255, 0, 0]


def test_that_an_animation_gives_its_first_frame() -> None:
    frames = [Image.new("RGB", (20, 10), colour) for colour in ("red", "lime", "blue")]
    for kind in ("GIF", "PNG", "WEBP", "TIFF", "AVIF"):
        data = packed(frames[0], kind, save_all=True, append_images=frames[1:])
        red = load_image(data)[5, 10]
        assert red[0] > 240, kind
        assert red[1:].max() < 15, kind


@pytest.mark.parametrize(
    ("min_side", "expected"),
    [
        (None, (800, 1200)),
        (400, (400, 600)),
        (399, (400, 600)),
        (401, (800, 1200)),
        (1, (100, 150)),
        (5000, (800, 1200)),
    ],
)
def test_that_jpeg_is_reduced_but_never_below_the_wanted_side(
    min_side: int | None, expected: tuple[int, int]
) -> None:
    data = packed(picture(1200, 800), "JPEG")
    assert load_image(data, min_side=min_side).shape[:2] == expected


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 90), st.integers(1, 90), st.integers(1, 64))
def test_that_a_reduced_jpeg_keeps_its_short_side_long_enough(
    width: int, height: int, min_side: int
) -> None:
    result = load_image(packed(picture(width, height), "JPEG"), min_side=min_side)
    assert min(result.shape[:2]) >= min(min_side, width, height)


def test_that_the_content_decides_not_the_suffix(tmp_path: Path) -> None:
    path = tmp_path / "really a png.jpg"
    path.write_bytes(packed(picture(), "PNG"))
    assert probe_image(path).format == "PNG"
    np.testing.assert_array_equal(load_image(path), np.asarray(picture()))


def test_that_the_header_tells_format_size_and_mode(tmp_path: Path) -> None:
    data = packed(picture().convert("L"), "BMP")
    path = tmp_path / "grey.bmp"
    path.write_bytes(data)
    assert probe_image(path) == images.ImageInfo("BMP", 60, 40, "L", len(data))


def bomb(side: int) -> bytes:
    """A tiny file with ``side`` x ``side`` black pixels of one bit."""
    compressor = zlib.compressobj(9)
    row = bytes(1 + side // 8)
    packed_rows = b"".join(compressor.compress(row) for _ in range(side)) + compressor.flush()
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", packed_rows)
        + chunk(b"IEND", b"")
    )


def test_that_a_decompression_bomb_is_refused_from_its_header(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = bomb(12_000)
    assert len(data) < 50_000

    def decode(self: object) -> None:
        raise RuntimeError("it was decoded")

    monkeypatch.setattr(PngImagePlugin.PngImageFile, "load", decode)
    with pytest.raises(ImageError, match="12000 × 12000"):
        load_image(data)
    assert probe_image(data).width == 12_000


def test_that_large_pictures_are_decoded_two_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    data, convert = packed(picture(), "PNG"), images.to_rgb
    inside, most, lock = 0, 0, threading.Lock()

    def slow(image: Image.Image) -> NDArray[np.uint8]:
        nonlocal inside, most
        with lock:
            inside += 1
            most = max(most, inside)
        time.sleep(0.02)
        with lock:
            inside -= 1
        return convert(image)

    monkeypatch.setattr(images, "to_rgb", slow)
    monkeypatch.setattr(images, "LARGE_PIXELS", 2400)
    threads = [threading.Thread(target=load_image, args=(data,)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 2


def test_that_kinds_that_are_slow_to_decode_have_a_smaller_budget() -> None:
    """A run-length BMP of 4 KB could keep Pillow's decoder busy for half a minute."""
    width, height = 200_000, 400
    head = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 8, 1, 0, 0, 0, 256, 0)
    rows = b"\x01\x01\x00\x00" * height + b"\x00\x01"
    data = b"BM" + struct.pack("<IHHI", 54 + 1024 + len(rows), 0, 0, 54 + 1024) + head
    started = time.perf_counter()
    with pytest.raises(ImageError, match="200000 × 400"):
        load_image(data + bytes(1024) + rows)
    assert time.perf_counter() - started < 2


def test_that_the_pixel_budget_can_be_chosen() -> None:
    data = packed(picture(), "PNG")
    load_image(data, max_pixels=2400)
    with pytest.raises(ImageError, match="too large"):
        load_image(data, max_pixels=2399)


def test_that_a_jpeg_over_the_budget_is_decoded_smaller_within_reason() -> None:
    data = packed(picture(1000, 1000), "JPEG")
    assert load_image(data, max_pixels=400_000).shape == (500, 500, 3)
    with pytest.raises(ImageError, match="too large"):
        load_image(data, max_pixels=300_000)
    progressive = packed(picture(1000, 1000), "JPEG", progressive=True)
    with pytest.raises(ImageError, match="too large"):
        load_image(progressive, max_pixels=400_000)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"hello, I am no image at all", "not an image"),
        (b"\0\0\0\x18ftypheic" + bytes(40), "HEIC"),
        (b"8BPS" + bytes(40), "Photoshop"),
        (b"%PDF-1.7" + bytes(40), "PDF"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"\xff\xd8\xff\xe0", "damaged|cut short"),
        (b"\x89PNG\r\n\x1a\n" + bytes(30), "damaged|cut short"),
        (b"II*\0" + b"\xff" * 60, "damaged|cut short"),
        (b"GIF89a" + bytes(30), "damaged|cut short"),
        (b"P6 99999 99999 255\n", "too large"),
    ],
)
def test_that_what_is_no_picture_gets_a_reason(data: bytes, words: str) -> None:
    with pytest.raises(ImageError, match=words):
        load_image(data)


def test_that_a_png_with_a_wrong_checksum_is_refused() -> None:
    data = bytearray(packed(picture(), "PNG"))
    place = data.index(b"IDAT") + 4
    length = int.from_bytes(data[place - 8 : place - 4], "big")
    data[place + length] ^= 1
    with pytest.raises(ImageError, match="checksum"):
        load_image(bytes(data))


def test_that_missing_files_folders_and_pipes_get_a_reason(tmp_path: Path) -> None:
    for path, words in ((tmp_path / "nothing.jpg", "does not exist"), (tmp_path, "folder")):
        with pytest.raises(ImageError, match=words) as caught:
            load_image(path)
        assert caught.value.path == path
    if hasattr(os, "mkfifo"):
        pipe = tmp_path / "pipe.jpg"
        os.mkfifo(pipe)
        with pytest.raises(ImageError, match="not an ordinary file"):
            load_image(pipe)


def test_that_the_error_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "蝴蝶 🦋.png"
    path.write_bytes(b"not an image")
    with pytest.raises(ImageError) as caught:
        load_image(path)
    assert caught.value.path == path
    assert "蝴蝶 🦋.png" in str(caught.value)


def test_that_warnings_of_the_reader_stay_inside_and_filters_are_left_as_they_were() -> None:
    image = Image.new("P", (4, 4))
    data = packed(image, "PNG", transparency=bytes([0, 128, 255]))  # Pillow would warn
    before = list(warnings.filters)
    threads = [threading.Thread(target=load_image, args=(data,)) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(warnings.filters) == before


def test_that_pillows_limits_are_not_touched() -> None:
    from PIL import ImageFile

    load_image(packed(picture(), "PNG"))
    assert str(Image.MAX_IMAGE_PIXELS) == "89478485"
    assert ImageFile.LOAD_TRUNCATED_IMAGES is False


SEEDS = [packed(picture(24, 16), kind, **options) for kind, options in LOSSLESS + LOSSY]


@settings(max_examples=250, deadline=2000)
@given(st.data())
def test_that_damaged_bytes_give_pixels_or_a_reason_and_nothing_else(data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from(SEEDS)))
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    result = verdict(bytes(content), max_pixels=4_000_000)
    assert isinstance(result, ImageError) or result.shape[2] == 3


def test_that_every_hostile_file_gets_one_verdict(shared_data: Path) -> None:
    slow, pixels, reasons = [], 0, 0
    for path in sorted((shared_data / "hostile").rglob("*")):
        if not path.is_file():
            continue
        started = time.perf_counter()
        result = verdict(path)
        if time.perf_counter() - started > 10:
            slow.append(path.name)
        if isinstance(result, ImageError):
            assert result.path == path
            reasons += 1
        else:
            assert result.dtype == np.uint8
            pixels += 1
    assert not slow
    assert pixels > 800
    assert reasons > 300


def test_that_the_png_suite_is_judged_right(shared_data: Path) -> None:
    for path in sorted((shared_data / "hostile" / "pngsuite").glob("*.png")):
        if path.name.startswith("x"):
            with pytest.raises(ImageError):
                load_image(path)
        else:
            assert load_image(path).size > 0
