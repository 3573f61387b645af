"""How a file becomes an open Pillow image: allow-list, pixel budget, no warnings, no surprises.

Pillow's own ``Image.open`` is not used. It tries some forty formats, of which many are written in
Python, slow on hostile files and of no use to photographs, and it meets decompression bombs with
warnings whose limits are globals. Here the first bytes choose the reader, whatever the file is
called, and the size in the header is judged before anything is decoded.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import importlib
import logging
import struct
import threading
import warnings
import zlib
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

import PIL
from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    ImageFile,
    Jpeg2KImagePlugin,
    JpegImagePlugin,
    PngImagePlugin,
    PpmImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from effnet_studio.engine.errors import ImageError
from effnet_studio.engine.jpeg import JpegFile
from effnet_studio.engine.messages import Message, msg
from effnet_studio.paths import is_frozen

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

MAX_PIXELS = 89_478_485
"""Most pixels that are decoded: 256 MiB of RGB, the size from which Pillow itself would warn."""

BIG_JPEG = 3
"""A baseline JPEG may have this many times the budget: it is decoded at 1/2, 1/4 or 1/8 then."""

SLOW_PIXELS = 8_000_000
"""Most pixels of kinds that Pillow decodes in Python, byte by byte: a second or two."""

_SLOW_DECODERS = {"bmp_rle", "ppm_plain", "ppm"}

DAMAGED = (
    OSError,
    SyntaxError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    BufferError,
    LookupError,
    MemoryError,
    RuntimeError,
    TypeError,
    ValueError,
    EOFError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
)
"""What readers raise on damaged files; recursion, Unicode and overflow errors are among these."""

_READERS: dict[str, type[ImageFile.ImageFile]] = {
    "JPEG": JpegFile,
    "PNG": PngImagePlugin.PngImageFile,
    "GIF": GifImagePlugin.GifImageFile,
    "WebP": WebPImagePlugin.WebPImageFile,
    "BMP": BmpImagePlugin.BmpImageFile,
    "TIFF": TiffImagePlugin.TiffImageFile,
    "AVIF": AvifImagePlugin.AvifImageFile,
    "JPEG 2000": Jpeg2KImagePlugin.Jpeg2KImageFile,
    "PPM": PpmImagePlugin.PpmImageFile,
}

_STARTS = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"BM", "BMP"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"II+\0", "TIFF"),
    (b"MM\0+", "TIFF"),
    (b"\xff\x4f\xff\x51", "JPEG 2000"),
    (b"\0\0\0\x0cjP  \r\n\x87\n", "JPEG 2000"),
)
_AVIF_BRANDS = {b"avif", b"avis"}
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"}
_ANY_BRANDS = {b"mif1", b"msf1"}
_FOREIGN = (
    (b"8BPS", "Photoshop"),
    (b"%PDF", "PDF"),
    (b"%!PS", "PostScript"),
    (b"\xc5\xd0\xd3\xc6", "PostScript"),
    (b"DDS ", "DDS"),
    (b"\0\0\1\0", "icon"),
    (b"\0\0\2\0", "cursor"),
    (b"icns", "icon"),
    (b"qoif", "QOI"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\0\0\0\x0cJXL ", "JPEG XL"),
    (b"<svg", "SVG"),
    (b"gimp xcf", "GIMP"),
    (b"SIMPLE  =", "FITS"),
    (b"v/1\x01", "OpenEXR"),
    (b"#?RADIANCE", "Radiance HDR"),
    (b"FUJIFILMCCD-RAW", "camera raw"),
    (b"PK\x03\x04", "ZIP archive"),
    (b"\x1f\x8b", "gzip archive"),
    (b"<!DOCTYPE", "web page"),
    (b"<!doctype", "web page"),
    (b"<html", "web page"),
    (b"<?xml", "XML"),
)


def sniff(head: bytes) -> str | None:
    """Tell the format by a file's first bytes.

    Args:
        head: At least the first 16 bytes, fewer if the file is shorter.

    Returns:
        Name of an allow-listed format, or None.
    """
    for start, name in _STARTS:
        if head.startswith(start):
            return name
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WebP"
    if head[4:8] == b"ftyp":
        return _sniff_heif(head)
    if head[:1] == b"P" and head[1:2] in b"123456f" and head[2:3].isspace():
        return "PPM"
    return None


def _sniff_heif(head: bytes) -> str | None:
    """Tell AVIF from HEIC by the brands of the first box (ISO/IEC 23008-12, section 10)."""
    size = min(int.from_bytes(head[:4], "big"), len(head))
    brands = [head[8:12], *(head[start : start + 4] for start in range(16, size - 3, 4))]
    if brands[0] in _AVIF_BRANDS:
        return "AVIF"
    if brands[0] in _HEIC_BRANDS:
        return "HEIC"
    if brands[0] in _ANY_BRANDS:  # says only that there is a picture; the others say which kind
        return "HEIC" if _AVIF_BRANDS.isdisjoint(brands) else "AVIF"
    return None


def foreign_format(head: bytes) -> str | None:
    """Name a well-known format that is not on the allow-list.

    Args:
        head: The first bytes of the file.

    Returns:
        Its name for people, or None.
    """
    if head[4:8] == b"ftyp":
        return "video"
    return next((name for start, name in _FOREIGN if head.startswith(start)), None)


def open_image(stream: IO[bytes], kind: str) -> ImageFile.ImageFile:
    """Read the header with the reader of one format.

    Args:
        stream: Binary and seekable; must stay open until the pixels are loaded.
        kind: A name :func:`sniff` gave.

    Returns:
        The image, not decoded yet.

    Raises:
        Exception: One of :data:`DAMAGED`.
        ImageError: If it is HEIC and the optional part that reads it is missing.
    """
    reader = _heif_reader() if kind == "HEIC" else _READERS[kind]
    if reader is None:
        raise ImageError(
            msg("HEIC images need a part that is not installed."),
            hint=_heif_advice(),
        )
    if kind == "PNG":
        check_png(stream)
    elif kind == "TIFF":
        _silence_tiff()
    stream.seek(0)
    return reader(stream)


def _heif_advice() -> Message:
    if is_frozen():
        return msg("Save the image as JPEG: the packaged app has no part that reads HEIC.")
    return msg(
        "Install it with {command}, or save the image as JPEG.", command="pip install pillow-heif"
    )


@functools.cache
def _heif_reader() -> type[ImageFile.ImageFile] | None:
    """The reader of HEIC, whose codec is GPL and so no part of the app; None without it.

    Only the class is taken: nothing is registered with Pillow, so other formats stay as they are.
    """
    try:
        library = importlib.import_module("pillow_heif")
        library.libheif_version()  # a library that cannot be loaded shows here only
        reader: type[ImageFile.ImageFile] = library.HeifImageFile
    except (ImportError, AttributeError, OSError):
        return None
    return reader


def check_png(stream: IO[bytes]) -> None:
    """Check what Pillow passes over: checksums of the pixel data, and that the file has an end.

    Args:
        stream: A PNG file; its position is changed.

    Raises:
        OSError: If a critical chunk is damaged (PNG specification, section 5.3) or the file
            is truncated.
    """
    stream.seek(8)
    while True:
        head = stream.read(8)
        if len(head) < 8:
            raise OSError("truncated PNG")
        length, name = struct.unpack(">I4s", head)
        if name[0] & 0x20:  # lower case: ancillary, not needed for the pixels
            stream.seek(length + 4, 1)
            continue
        data = stream.read(length)
        checksum = stream.read(4)
        if len(data) < length or len(checksum) < 4:
            raise OSError("truncated PNG")
        if zlib.crc32(data, zlib.crc32(name)) != int.from_bytes(checksum, "big"):
            raise OSError(f"bad checksum in {name.decode('ascii', 'replace')}")
        if name == b"IEND":
            return


@functools.cache
def _silence_tiff() -> None:
    """Keep TIFF readers from printing to the terminal; Pillow raises for what matters.

    Only wheels for Linux have libtiff as a file of its own; elsewhere it may print.
    """
    logging.getLogger("PIL.TiffImagePlugin").addHandler(logging.NullHandler())
    folder = Path(PIL.__file__).parent.parent / "pillow.libs"
    for file in folder.glob("libtiff*.so*"):
        with contextlib.suppress(OSError, AttributeError):
            library = ctypes.CDLL(str(file))
            library.TIFFSetErrorHandler(None)
            library.TIFFSetWarningHandler(None)


def fit_budget(
    image: ImageFile.ImageFile, *, min_side: int | None, max_pixels: int
) -> Message | None:
    """Choose the scale a JPEG is decoded at and judge whether the picture may be decoded at all.

    Args:
        image: Not decoded yet. JPEGs are set to decode at a fraction where that is enough.
        min_side: The short side, in pixels, that is enough.
        max_pixels: Most pixels to decode.

    Returns:
        Why not, or None when decoding may go on.
    """
    width, height = image.size
    pixels = width * height
    if image.tile and image.tile[0][0] in _SLOW_DECODERS:
        max_pixels = min(max_pixels, SLOW_PIXELS)
    budget = max_pixels
    if isinstance(image, JpegImagePlugin.JpegImageFile):
        # Progressive files keep all coefficients in memory, whatever the scale.
        budget = max_pixels if image.info.get("progressive") else BIG_JPEG * max_pixels
        side = min(width, height) if min_side is None else min(min_side, width, height)
        if pixels <= budget:
            while (scale := _draft_scale(width, height, side)) < 8 and (
                -(-width // scale) * -(-height // scale) > max_pixels
            ):
                side = min(width, height) // (scale * 2)
            if scale > 1:
                image.draft(None, (side, side))
    if pixels > budget:
        return msg(
            "The image is too large: {width} × {height} pixels, at most {limit} million can be"
            " read.",
            width=width,
            height=height,
            limit=max_pixels // 1_000_000,
        )
    return None


def _draft_scale(width: int, height: int, side: int) -> int:
    scale = min(width, height) // max(side, 1)
    return 8 if scale >= 8 else 4 if scale >= 4 else 2 if scale >= 2 else 1


class _Quiet:
    """Counts who is reading; a plain class, because it is entered for every picture."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._depth = 0

    def __enter__(self) -> None:
        with self._lock:
            if self._depth == 0:
                warnings.filterwarnings("ignore", module=r"PIL\.")
            self._depth += 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._depth -= 1
            if self._depth == 0:
                filters = cast("list[tuple[object, ...]]", warnings.filters)
                for item in list(filters):
                    if item[0] == "ignore" and getattr(item[3], "pattern", None) == r"PIL\.":
                        filters.remove(item)


_quiet = _Quiet()


def quiet_pillow() -> AbstractContextManager[None]:
    """Silence the warnings of Pillow's modules while pictures are being read.

    ``warnings.catch_warnings`` restores a stale list when threads overlap; here the first to enter
    adds one filter for the modules of Pillow and the last to leave removes it.
    """
    return _quiet
