"""Everything that decoding a file once tells: what it is, what it looks like, when it was taken.

Files are small and many, so the way from one to the next counts as much as the work on each: a
file is read by four system calls, hashed and decoded from memory, and fingerprints are taken of
several pictures at a time.
"""

from __future__ import annotations

import contextlib
import hashlib
import math
import os
import stat
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from effnet_studio.engine.data.files import thumbnails
from effnet_studio.engine.data.files.fingerprint import Fingerprint, fingerprints
from effnet_studio.engine.errors import ImageError
from effnet_studio.engine.images import ImageInfo, decode_picture
from effnet_studio.engine.messages import msg
from effnet_studio.engine.pillow_door import quiet_pillow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL import Image

    from effnet_studio.engine.exif import Exif
    from effnet_studio.engine.images import DecodedPicture

HASH_BYTES = 16
"""Length of a content's hash: two of a thousand million files share one by a chance of 10^-21."""

IN_MEMORY = 64 << 20
"""Files up to this size are read into memory once, to be hashed and decoded from there."""

SMALL_FILE = 24 << 10
"""Largest small JPEG that is kept as its own thumbnail, bytes."""

# A pipe must not block whoever opens it; Windows must not translate line ends.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class Examined:
    """What is known of a picture.

    Attributes:
        info: What its header says.
        mtime_ns: Time of the file's last change, nanoseconds since 1970.
        content: BLAKE2b of the file's content, 16 bytes.
        fingerprint: How it looks.
        taken: When it was taken by the camera's clock, seconds since 1970 read as UTC, or None.
        camera: Make and model, or empty.
        thumbnail: JPEG, longest side at most 160 pixels.
    """

    info: ImageInfo
    mtime_ns: int
    content: bytes
    fingerprint: Fingerprint
    taken: float | None
    camera: str
    thumbnail: bytes


def examine(path: Path) -> Examined:
    """Read and decode a file, once; what is hashed is what was decoded.

    Args:
        path: The file.

    Returns:
        What is known of it.

    Raises:
        ImageError: If it cannot be used as a picture.
        OSError: If it vanished.
    """
    seen = _see(path)
    return _examined(seen, fingerprints([seen.small])[0])


def examine_each(
    paths: Sequence[str], *, seconds: float = math.inf
) -> list[Examined | ImageError | OSError]:
    """Examine several files, which is quicker than one by one where they are small.

    Args:
        paths: The files, at least one.
        seconds: Time after which no further file is begun.

    Returns:
        What is known of each, or why it cannot be used; fewer than ``paths`` if time was up, but
        at least one.
    """
    until = time.monotonic() + seconds
    seen: list[_Seen | ImageError | OSError] = []
    with quiet_pillow():
        for path in paths:
            try:
                seen.append(_see(path))
            except (ImageError, OSError) as error:
                seen.append(error.with_traceback(None))  # which holds on to the picture
            except MemoryError:
                message = msg("There is not enough memory to read the image.")
                seen.append(ImageError(message, path=Path(path)))
            if time.monotonic() > until:
                break
    looks = iter(fingerprints([each.small for each in seen if isinstance(each, _Seen)]))
    return [_examined(each, next(looks)) if isinstance(each, _Seen) else each for each in seen]


class _Seen(NamedTuple):
    """What is known before the fingerprint; ``small`` is the thumbnail, in mode RGB."""

    info: ImageInfo
    exif: Exif
    mtime_ns: int
    content: bytes
    small: Image.Image
    thumbnail: bytes


def _examined(seen: _Seen, look: Fingerprint) -> Examined:
    info, exif, mtime_ns, content, _, thumbnail = seen
    return Examined(info, mtime_ns, content, look, exif.taken, exif.camera, thumbnail)


def _see(path: str | Path) -> _Seen:
    found = None
    with contextlib.suppress(OSError):  # the reason is found out, and said, on the long way
        found = _read(path)
    if found is None:
        return _see_on_disk(Path(path))
    data, mtime_ns = found
    try:
        decoded = decode_picture(data, min_side=thumbnails.THUMBNAIL_SIDE)
    except ImageError as error:
        raise ImageError(error.message, hint=error.hint, path=Path(path)) from error.__cause__
    content = hashlib.blake2b(data, digest_size=HASH_BYTES).digest()
    return _seen(decoded, mtime_ns, content, data if _is_thumbnail(decoded, len(data)) else None)


def _see_on_disk(path: Path) -> _Seen:
    """Examine a file that is large, or no ordinary one and refused by the door for pixels."""
    decoded = decode_picture(path, min_side=thumbnails.THUMBNAIL_SIDE)
    with path.open("rb") as stream:
        status = os.fstat(stream.fileno())
        content = hashlib.file_digest(stream, _blake2b).digest()
    return _seen(decoded, status.st_mtime_ns, content, None)


def _seen(decoded: DecodedPicture, mtime_ns: int, content: bytes, own: bytes | None) -> _Seen:
    """Go on without the picture at full size, with the file's own bytes as thumbnail if they do."""
    small = thumbnails.shrink_picture(decoded.picture)
    thumbnail = thumbnails.encode_picture(small) if own is None else own
    return _Seen(decoded.info, decoded.exif, mtime_ns, content, small, thumbnail)


def _read(path: str | Path) -> tuple[bytes, int] | None:
    """The content of an ordinary file that is not huge, and the time of its last change."""
    descriptor = os.open(path, _FLAGS)
    try:
        status = os.fstat(descriptor)
        size = status.st_size
        if not stat.S_ISREG(status.st_mode) or size > IN_MEMORY:
            return None
        data = os.read(descriptor, size)
        while len(data) < size and (more := os.read(descriptor, size - len(data))):
            data += more
    finally:
        os.close(descriptor)
    return data, status.st_mtime_ns


def _blake2b() -> hashlib.blake2b:
    return hashlib.blake2b(digest_size=HASH_BYTES)


def _is_thumbnail(decoded: DecodedPicture, size: int) -> bool:
    """Whether the file itself is as small and plain as a thumbnail of it would be."""
    info = decoded.info
    return (
        size <= SMALL_FILE
        and info.format == "JPEG"
        and info.mode in {"RGB", "L"}
        and max(info.width, info.height) <= thumbnails.THUMBNAIL_SIDE
        and decoded.exif.orientation == 1
    )
