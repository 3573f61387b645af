"""The only door by which files are replaced on disk.

Every replacement is: temporary file in the same directory, fsync, rename, fsync of the directory.
Whoever reads the file sees the previous generation or the new one, never a half.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from effnet_studio.engine.errors import StorageError
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TEMPORARY_PREFIX = ".tmp-"
"""Names of unfinished files and folders begin with this."""
LEFTOVERS = ".tmp*"
"""Names of unfinished files and folders, those of safetensors too; they may be deleted."""


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary path to write to, and put it in the place of ``path`` when all went well.

    Args:
        path: File to create or replace; its folder must exist.

    Yields:
        A path in the same folder. It is an empty file; write to it by any means.

    Raises:
        StorageError: If the disk is full, the folder cannot be written or the drive is gone. The
            previous file is untouched and nothing half-written stays behind.
    """
    with storage_errors(path):
        handle, name = tempfile.mkstemp(
            dir=path.parent, prefix=TEMPORARY_PREFIX, suffix=path.suffix
        )
        os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        with storage_errors(path):
            _sync_file(temporary)
            temporary.chmod(0o666 & ~umask())
            temporary.replace(path)
            sync_directory(path.parent)
    except OSError as error:
        raise storage_error(error, path) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


@contextlib.contextmanager
def replacing_folder(path: Path) -> Iterator[Path]:
    """Give a temporary folder to fill, and put it in the place of ``path`` when all went well.

    A folder cannot be replaced in one step on every system: the previous one is renamed to
    ``NAME.previous`` first and removed last. :func:`recover_folder` finishes what a crash
    cut short.

    Args:
        path: Folder to create or replace; its parent must exist.

    Yields:
        An empty folder beside ``path``.

    Raises:
        StorageError: As :func:`replacing`.
    """
    previous = previous_of(path)
    with storage_errors(path):
        temporary = Path(tempfile.mkdtemp(dir=path.parent, prefix=TEMPORARY_PREFIX))
    try:
        yield temporary
        with storage_errors(path):
            _sync_tree(temporary)
            temporary.chmod(0o777 & ~umask())
            recover_folder(path)
            if path.exists():
                path.rename(previous)
            temporary.rename(path)
            sync_directory(path.parent)
            shutil.rmtree(previous, ignore_errors=True)
    except OSError as error:
        raise storage_error(error, path) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def replace_files(finished: Path, folder: Path, *, last: str, gone: Iterable[str] = ()) -> None:
    """Put all that lies in one folder into another, in the place of what is called the same.

    Several files cannot be replaced in one step. One of them speaks of the others: its previous
    generation is taken away first, and it comes last, so that it is never beside files that it
    does not mean. From the first step on no space is needed any more.

    Args:
        finished: Files and folders, on the same drive; empty afterwards.
        folder: Where they belong.
        last: Ends the name of the one that speaks of the others.
        gone: Names of files that the previous generation had and this one has not; they are
            taken away.

    Raises:
        StorageError: As :func:`replacing`.
    """
    with storage_errors(folder):
        _sync_tree(finished)
        items = sorted(finished.iterdir(), key=lambda item: item.name.endswith(last))
        for item in items:
            if item.name.endswith(last):
                (folder / item.name).unlink(missing_ok=True)
        sync_directory(folder)
        for item in items:
            there = folder / item.name
            if item.is_dir() and there.is_dir():
                shutil.rmtree(there)
            if item.name.endswith(last):
                for old in (folder / Path(name).name for name in gone):
                    if old.is_file():
                        old.unlink()
                sync_directory(folder)
            item.replace(there)
        sync_directory(folder)


def move_folder(folder: Path, target: Path) -> None:
    """Give a folder another place on the same drive; the target's parent is made if need be.

    Args:
        folder: The folder.
        target: Where it goes; nothing is there.

    Raises:
        StorageError: If it cannot be moved.
    """
    with storage_errors(folder):
        target.parent.mkdir(parents=True, exist_ok=True)
        folder.rename(target)
        sync_directory(target.parent)
        sync_directory(folder.parent)


def bytes_in(folder: Path) -> int:
    """What the files in a folder take on disk, bytes; those that go meanwhile count as nothing.

    Args:
        folder: The folder.
    """
    total = 0
    for path in folder.rglob("*"):
        with contextlib.suppress(OSError):
            total += path.lstat().st_size if path.is_file() else 0
    return total


def previous_of(path: Path) -> Path:
    """The name under which the previous generation of a folder waits during its replacement."""
    return path.with_name(f"{path.name}.previous")


def recover_folder(path: Path) -> None:
    """Finish or undo a replacement of ``path`` that a crash cut short.

    Args:
        path: Folder as given to :func:`replacing_folder`.
    """
    previous = previous_of(path)
    if not previous.exists():
        return
    if path.exists():
        shutil.rmtree(previous, ignore_errors=True)
    else:
        previous.rename(path)


def write_bytes(path: Path, data: bytes) -> None:
    """Replace a file by these bytes.

    Raises:
        StorageError: As :func:`replacing`.
    """
    with replacing(path) as temporary:
        temporary.write_bytes(data)


def write_text(path: Path, text: str) -> None:
    """Replace a file by this text in UTF-8.

    Raises:
        StorageError: As :func:`replacing`.
    """
    write_bytes(path, text.encode("utf-8"))


def write_unsynced(path: Path, text: str) -> None:
    """Replace a file by this text without waiting for the disk, for what is written very often.

    A crash of the app leaves the old or the new text; a power cut may leave neither.

    Raises:
        OSError: If it cannot be written.
    """
    new = path.with_name(f"{path.name}.new")
    new.write_text(text, encoding="utf-8")
    new.replace(path)


def write_json(path: Path, value: object) -> None:
    """Replace a file by this value as indented JSON.

    Args:
        path: File to create or replace.
        value: Anything ``json`` can write; NaN and infinities are refused.

    Raises:
        StorageError: As :func:`replacing`.
        ValueError: If the value holds a NaN or an infinity.
    """
    write_text(path, json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n")


@contextlib.contextmanager
def storage_errors(path: Path) -> Iterator[None]:
    """Turn the system's errors into :class:`StorageError` that names ``path``."""
    try:
        yield
    except OSError as error:
        raise storage_error(error, path) from error


def storage_error(error: OSError, path: Path) -> StorageError:
    """Say in words why something could not be written.

    Args:
        error: What the system said.
        path: What was being written.

    Returns:
        The error to raise.
    """
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return StorageError(
            msg("The disk is full: {path} could not be written.", path=str(path)),
            hint=msg("Free some space or choose another folder; nothing written before is lost."),
            path=path,
        )
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return StorageError(
            msg("{path} cannot be written: no permission.", path=str(path)),
            hint=msg("Choose a folder you may write to."),
            path=path,
        )
    if error.errno in {errno.ENOENT, errno.ENOTDIR, errno.EIO, errno.ENODEV}:
        return StorageError(
            msg("{path} cannot be reached: {reason}.", path=str(path), reason=error.strerror or ""),
            hint=msg("Check that the drive is connected and the folder still exists."),
            path=path,
        )
    return StorageError(
        msg("{path} could not be written: {reason}.", path=str(path), reason=str(error)),
        path=path,
    )


def sync_directory(folder: Path) -> None:
    """Make renames in a folder survive a power cut, where the system can do that."""
    if os.name == "nt":
        return  # Windows has no fsync of directories
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:  # some network drives refuse
            raise
    finally:
        os.close(handle)


def _sync_tree(folder: Path) -> None:
    for item in sorted(folder.rglob("*")):
        if item.is_file():
            _sync_file(item)
        else:
            sync_directory(item)
    sync_directory(folder)


def _sync_file(path: Path) -> None:
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def umask() -> int:
    """The process's umask, read without changing it for other threads where that is possible."""
    with contextlib.suppress(OSError, IndexError, ValueError):
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith("Umask:"):
                return int(line.split()[1], 8)
    return 0o022
