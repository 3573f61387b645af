"""Everything that decoding a file once tells: what it is, what it looks like, when it was taken."""

from __future__ import annotations

import hashlib
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING

from effnet_studio.engine.data import thumbnails
from effnet_studio.engine.data.fingerprint import Fingerprint, fingerprint
from effnet_studio.engine.images import DecodedImage, ImageInfo, decode_image

if TYPE_CHECKING:
    from pathlib import Path

HASH_BYTES = 16
IN_MEMORY = 64 << 20
"""Files up to this size are read into memory once, to be hashed and decoded from there."""
SMALL_FILE = 24 << 10
"""Largest small JPEG that is kept as its own thumbnail, bytes."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What is known of a picture.

    Attributes:
        info: What its header says.
        mtime_ns: Time of the file's last change.
        content: BLAKE2b of the file's content, 16 bytes.
        fingerprint: How it looks.
        taken: When it was taken, seconds since 1970 read as UTC, or None.
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
    status = path.stat()
    if not stat.S_ISREG(status.st_mode) or status.st_size > IN_MEMORY:
        decoded = decode_image(path, min_side=thumbnails.THUMBNAIL_SIDE)
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, _hash)
        content = digest.digest()
        thumbnail = None
    else:
        data = path.read_bytes()
        decoded = decode_image(data, min_side=thumbnails.THUMBNAIL_SIDE)
        content = hashlib.blake2b(data, digest_size=HASH_BYTES).digest()
        thumbnail = data if _is_thumbnail(decoded, data) else None
    small = thumbnails.shrink(decoded.pixels)
    return Examined(
        decoded.info,
        status.st_mtime_ns,
        content,
        fingerprint(small),
        decoded.taken,
        decoded.camera,
        thumbnails.encode(small) if thumbnail is None else thumbnail,
    )


def _hash() -> hashlib.blake2b:
    return hashlib.blake2b(digest_size=HASH_BYTES)


def _is_thumbnail(decoded: DecodedImage, data: bytes) -> bool:
    """Whether the file itself is as small and plain as a thumbnail of it would be."""
    info = decoded.info
    return (
        info.format == "JPEG"
        and info.mode in {"RGB", "L"}
        and max(info.width, info.height) <= thumbnails.THUMBNAIL_SIDE
        and len(data) <= SMALL_FILE
    )
