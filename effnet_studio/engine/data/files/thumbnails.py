"""Small pictures for the gallery, kept in the project's cache.

They have their own database under ``cache/``, which may be deleted at any time: then they are made
again when asked for. The import makes them all, because it decodes every picture anyway.
"""

from __future__ import annotations

import contextlib
import io
import os
import sqlite3
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from effnet_studio.engine.images import load_image

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from effnet_studio.engine.data.dataset import Sample
    from effnet_studio.engine.project import Project

THUMBNAIL_SIDE = 160
"""Longest side, pixels."""

_TABLE = """CREATE TABLE IF NOT EXISTS thumbnails (
    path BLOB PRIMARY KEY, bytes INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, jpeg BLOB NOT NULL
)"""


def thumbnail(project: Project, sample: Sample) -> NDArray[np.uint8]:
    """A small version of a picture, from the cache or made now.

    Args:
        project: An open project; a read-only one gets no new cache entries.
        sample: The picture.

    Returns:
        RGB, uint8, longest side at most :data:`THUMBNAIL_SIDE`.

    Raises:
        ImageError: If it is not cached and the file cannot be decoded any more.
    """
    found = _find(project, sample.path)
    if found is not None:
        return found
    small = shrink(load_image(sample.path, min_side=THUMBNAIL_SIDE))
    with contextlib.suppress(OSError):
        status = sample.path.stat()
        keep(project, [(sample.path, status.st_size, status.st_mtime_ns, encode(small))])
    return small


def shrink(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Reduce a picture to thumbnail size; smaller ones stay as they are.

    Args:
        pixels: RGB, uint8, shape (height, width, 3).

    Returns:
        RGB, uint8, longest side at most :data:`THUMBNAIL_SIDE`.
    """
    if max(pixels.shape[:2]) <= THUMBNAIL_SIDE:
        return pixels
    return np.array(shrink_picture(Image.fromarray(pixels)))


def shrink_picture(picture: Image.Image) -> Image.Image:
    """Reduce a picture of Pillow's to thumbnail size; smaller ones stay as they are.

    Args:
        picture: RGB.

    Returns:
        RGB, longest side at most :data:`THUMBNAIL_SIDE`.
    """
    width, height = picture.size
    scale = THUMBNAIL_SIDE / max(height, width)
    if scale >= 1:
        return picture
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return picture.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)


def encode(pixels: NDArray[np.uint8]) -> bytes:
    """Pack a thumbnail as JPEG.

    Args:
        pixels: RGB, uint8, shape (height, width, 3).

    Returns:
        The file's content.
    """
    return encode_picture(Image.fromarray(pixels))


def encode_picture(picture: Image.Image) -> bytes:
    """Pack a thumbnail as JPEG.

    Args:
        picture: RGB.

    Returns:
        The file's content.
    """
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=85)
    return stream.getvalue()


def keep(project: Project, entries: Iterable[tuple[Path, int, int, bytes]]) -> None:
    """Put thumbnails into the cache. A cache that cannot be written is no error.

    Args:
        project: An open project; nothing happens when it is read-only.
        entries: Picture, its file's size and time of change (ns), and the packed thumbnail.
    """
    if project.read_only:
        return
    rows = [(os.fsencode(path), size, mtime_ns, jpeg) for path, size, mtime_ns, jpeg in entries]
    with contextlib.suppress(OSError, sqlite3.OperationalError):
        project.cache_dir.mkdir(exist_ok=True)
        with _database(project) as database:
            database.execute(_TABLE)
            database.executemany("INSERT OR REPLACE INTO thumbnails VALUES (?, ?, ?, ?)", rows)
            database.commit()


def _find(project: Project, path: Path) -> NDArray[np.uint8] | None:
    """The cached thumbnail, unless the file has changed since; a vanished file keeps its own."""
    if not _file(project).exists():
        return None
    query = "SELECT bytes, mtime_ns, jpeg FROM thumbnails WHERE path = ?"
    with contextlib.suppress(sqlite3.OperationalError), _database(project) as database:
        row = database.execute(query, (os.fsencode(path),)).fetchone()
        if row is None:
            return None
        with contextlib.suppress(OSError):
            status = path.stat()
            if (status.st_size, status.st_mtime_ns) != row[:2]:
                return None
        return load_image(row[2])
    return None


@contextlib.contextmanager
def _database(project: Project) -> Iterator[sqlite3.Connection]:
    """Open the cache; a damaged one is thrown away."""
    file = _file(project)
    mode = "ro" if project.read_only else "rwc"
    try:
        with contextlib.closing(
            sqlite3.connect(f"{file.as_uri()}?mode={mode}", uri=True, timeout=5)
        ) as database:
            database.execute("PRAGMA synchronous = OFF")
            yield database
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        if not project.read_only:
            file.unlink(missing_ok=True)
        raise sqlite3.OperationalError("the cache was damaged") from error


def _file(project: Project) -> Path:
    return project.cache_dir / "thumbnails.sqlite"
