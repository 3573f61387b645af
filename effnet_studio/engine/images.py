"""The only door by which pixels enter: any file or bytes in, RGB uint8 or one plain reason out."""

from __future__ import annotations

import contextlib
import io
import stat
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeVar

import numpy as np
from PIL import Image

from effnet_studio.engine.errors import ImageError
from effnet_studio.engine.exif import read_exif
from effnet_studio.engine.messages import Message, msg
from effnet_studio.engine.pillow_door import (
    DAMAGED,
    MAX_PIXELS,
    fit_budget,
    foreign_format,
    open_image,
    quiet_pillow,
    sniff,
)
from effnet_studio.engine.pixels import to_rgb, to_rgb_picture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from numpy.typing import NDArray
    from PIL import ImageFile

    from effnet_studio.engine.exif import Exif

IMAGE_SUFFIXES = frozenset(
    [
        ".jpg",
        ".jpeg",
        ".jpe",
        ".jfif",
        ".mpo",
        ".png",
        ".apng",
        ".webp",
        ".bmp",
        ".dib",
        ".gif",
        ".tif",
        ".tiff",
        ".avif",
        ".avifs",
        ".heic",
        ".heif",
        ".hif",
        ".jp2",
        ".j2k",
        ".jpc",
        ".jpf",
        ".jpx",
        ".j2c",
        ".ppm",
        ".pgm",
        ".pbm",
        ".pnm",
        ".pfm",
    ]
)
"""Suffixes, in lower case, of the formats that are read. The content decides, not the suffix.

HEIC is read where the optional part for it is installed, and refused with a reason elsewhere.
"""

MAX_FILE_BYTES = 1 << 30
"""Files above this are refused unread: 1 GiB."""

LARGE_PIXELS = 20_000_000
"""Pictures from this size on take turns."""

_HEAD_BYTES = 32
Pixels = TypeVar("Pixels")
_READABLE = msg("Formats it can read: JPEG, PNG, WebP, BMP, GIF, TIFF, AVIF, JPEG 2000, PPM.")


@dataclass(frozen=True)
class ImageInfo:
    """What a picture's header says.

    Attributes:
        format: Such as ``"JPEG"``; told by the content.
        width: Upright, pixels.
        height: Upright, pixels.
        mode: Pillow's name of the pixel layout, such as ``"RGB"`` or ``"I;16"``.
        bytes: Size of the file.
    """

    format: str
    width: int
    height: int
    mode: str
    bytes: int


@dataclass(frozen=True)
class DecodedImage:
    """Pixels together with what the header says of the whole picture.

    Attributes:
        pixels: RGB, uint8, shape (height, width, 3), upright, perhaps reduced.
        info: Of the picture at full size.
        exif: What its metadata say. The pixels are upright already.
    """

    pixels: NDArray[np.uint8]
    info: ImageInfo
    exif: Exif


@dataclass(frozen=True)
class DecodedPicture:
    """As :class:`DecodedImage`.

    Attributes:
        picture: In mode RGB, upright, perhaps reduced.
        info: Of the picture at full size.
        exif: What its metadata say. The picture is upright already.
    """

    picture: Image.Image
    info: ImageInfo
    exif: Exif


def load_image(
    source: Path | bytes, *, min_side: int | None = None, max_pixels: int = MAX_PIXELS
) -> NDArray[np.uint8]:
    """Read a picture: first frame, upright, over white, in sRGB.

    Args:
        source: A file, or its content.
        min_side: A short side that is enough, in pixels. JPEGs are then decoded at 1/2, 1/4 or
            1/8 of their size where the short side stays at least this long.
        max_pixels: Most pixels to decode. The header is judged before decoding; larger
            JPEGs are decoded at a fraction of their size, within reason.

    Returns:
        RGB, uint8, shape (height, width, 3).

    Raises:
        ImageError: If there is no picture to be had, with the reason in words.
    """
    return decode_image(source, min_side=min_side, max_pixels=max_pixels).pixels


def decode_image(
    source: Path | bytes, *, min_side: int | None = None, max_pixels: int = MAX_PIXELS
) -> DecodedImage:
    """Read a picture and what its header says, opening the file once.

    Args:
        source: As :func:`load_image`.
        min_side: As :func:`load_image`.
        max_pixels: As :func:`load_image`.

    Returns:
        The pixels and the header.

    Raises:
        ImageError: As :func:`load_image`.
    """
    pixels, info, exif = _decode(source, min_side, max_pixels, to_rgb, _upright)
    return DecodedImage(pixels, info, exif)


def decode_picture(
    source: Path | bytes, *, min_side: int | None = None, max_pixels: int = MAX_PIXELS
) -> DecodedPicture:
    """As :func:`decode_image`, for those who go on with Pillow: no arrays are made on the way.

    Args:
        source: As :func:`load_image`.
        min_side: As :func:`load_image`.
        max_pixels: As :func:`load_image`.

    Returns:
        The same picture and header.

    Raises:
        ImageError: As :func:`load_image`.
    """
    picture, info, exif = _decode(source, min_side, max_pixels, to_rgb_picture, _upright_picture)
    return DecodedPicture(picture, info, exif)


def _decode(
    source: Path | bytes,
    min_side: int | None,
    max_pixels: int,
    convert: Callable[[Image.Image], Pixels],
    turn: Callable[[Pixels, int], Pixels],
) -> tuple[Pixels, ImageInfo, Exif]:
    with _opened(source) as (image, kind, size):
        full, mode = image.size, image.mode
        refusal = fit_budget(image, min_side=min_side, max_pixels=max_pixels)
        if refusal is not None:
            raise ImageError(refusal, hint=msg("Save a smaller copy of it."))
        with _turn(image.size):
            image.load()
            exif = read_exif(image)
            pixels = convert(image)
        pixels = turn(pixels, exif.orientation)
        info = _info(kind, full, mode, size, exif.orientation)
    return pixels, info, exif


_large_turns = threading.BoundedSemaphore(2)


def _turn(size: tuple[int, int]) -> AbstractContextManager[object]:
    """Let at most two large pictures be decoded at a time, lest threads exhaust the memory."""
    return _large_turns if size[0] * size[1] >= LARGE_PIXELS else contextlib.nullcontext()


def probe_image(source: Path | bytes) -> ImageInfo:
    """Read only the header.

    Args:
        source: A file, or its content.

    Returns:
        Format and size. The pixels may still turn out to be damaged.

    Raises:
        ImageError: If there is no picture to be had, with the reason in words.
    """
    with _opened(source) as (image, kind, size):
        return _info(kind, image.size, image.mode, size, read_exif(image).orientation)


def looks_like_image(path: Path) -> bool:
    """Whether a regular file begins like a picture of a format that is read.

    Args:
        path: File with an unknown suffix or none.

    Returns:
        False also where the file cannot be read.
    """
    try:
        with path.open("rb") as stream:
            return sniff(stream.read(_HEAD_BYTES)) is not None
    except OSError:
        return False


@contextlib.contextmanager
def _opened(source: Path | bytes) -> Iterator[tuple[ImageFile.ImageFile, str, int]]:
    """Open a picture and turn whatever goes wrong inside into an ImageError that names it."""
    path = source if isinstance(source, Path) else None
    try:
        stream, size = _stream(source)
        with quiet_pillow(), stream:
            kind = _allowed_kind(stream.read(_HEAD_BYTES), size)
            image = open_image(stream, kind)
            try:
                yield image, kind, size
            except BaseException:
                image.close()  # the error's traceback would keep its pixels
                raise
    except ImageError as error:
        raise ImageError(error.message, hint=error.hint, path=path) from error.__cause__
    except DAMAGED as error:
        raise ImageError(_reason(error), path=path) from error


def _stream(source: Path | bytes) -> tuple[IO[bytes], int]:
    """Open regular files only: a pipe or a device could block for ever."""
    if isinstance(source, bytes):
        return io.BytesIO(source), len(source)
    status = source.stat()
    if stat.S_ISDIR(status.st_mode):
        raise ImageError(msg("This is a folder, not an image."))
    if not stat.S_ISREG(status.st_mode):
        raise ImageError(msg("This is not an ordinary file."))
    return source.open("rb"), status.st_size


def _allowed_kind(head: bytes, size: int) -> str:
    """Tell the format or say why the file is not taken."""
    if not head:
        raise ImageError(msg("The file is empty."))
    if size > MAX_FILE_BYTES:
        raise ImageError(
            msg("The file is too large: {size} MB.", size=size // 1_000_000),
            hint=msg("Save a smaller copy of it."),
        )
    kind = sniff(head)
    if kind is not None:
        return kind
    foreign = foreign_format(head)
    if foreign is not None:
        raise ImageError(
            msg("The content is not an image that can be read: {format}.", format=foreign),
            hint=_READABLE,
        )
    raise ImageError(
        msg("The content is not an image in a format the app can read."), hint=_READABLE
    )


_PLAIN = (
    (FileNotFoundError, msg("The file does not exist.")),
    (PermissionError, msg("There is no permission to read the file.")),
    (Image.DecompressionBombError, msg("The image is too large to be read.")),
    (MemoryError, msg("There is not enough memory to read the image.")),
    (EOFError, msg("The image is cut short: the end of the file is missing.")),
)


def _reason(error: BaseException) -> Message:
    """Say in words what a reader's exception means."""
    for kind, message in _PLAIN:
        if isinstance(error, kind):
            return message
    if isinstance(error, OSError) and error.errno is not None:
        return msg("The file cannot be read: {reason}.", reason=error.strerror or str(error))
    detail = " ".join(str(error).split())[:200].rstrip(".")
    if "truncated" in detail.lower():
        return msg("The image is cut short: the end of the file is missing.")
    return msg(
        "The image is damaged and cannot be decoded ({detail}).",
        detail=detail or type(error).__name__,
    )


def _info(kind: str, stored: tuple[int, int], mode: str, size: int, orientation: int) -> ImageInfo:
    width, height = stored if orientation < 5 else stored[::-1]
    return ImageInfo(kind, width, height, mode, size)


def _upright(pixels: NDArray[np.uint8], orientation: int) -> NDArray[np.uint8]:
    """Undo an EXIF orientation (Exif 2.32, section 4.6.4, tag 0x0112)."""
    if orientation == 1:
        return pixels
    if orientation >= 5:
        pixels = pixels.transpose(1, 0, 2)
    if orientation in {3, 4, 7, 8}:
        pixels = pixels[::-1]
    if orientation in {2, 3, 6, 7}:
        pixels = pixels[:, ::-1]
    return np.ascontiguousarray(pixels)


_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def _upright_picture(picture: Image.Image, orientation: int) -> Image.Image:
    return picture if orientation == 1 else picture.transpose(_TURNS[orientation])
