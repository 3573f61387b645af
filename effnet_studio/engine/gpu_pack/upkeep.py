"""Looking after an installed pack: checking every file of it, and taking it away."""

from __future__ import annotations

import hashlib
import shutil
from typing import TYPE_CHECKING

from effnet_studio import paths
from effnet_studio.engine.atomic import storage_errors
from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.errors import GpuPackError
from effnet_studio.engine.events import OnEvent, ProgressMeter, Stage, ignore
from effnet_studio.engine.gpu_pack.activate import in_use
from effnet_studio.engine.gpu_pack.installed import (
    DESCRIPTION,
    Installed,
    other_packs,
    read_installed,
)
from effnet_studio.engine.gpu_pack.job import CHUNK
from effnet_studio.engine.gpu_pack.manifest import load_manifest
from effnet_studio.engine.gpu_pack.place import leftovers, locked, sweep
from effnet_studio.engine.gpu_pack.trial import try_again
from effnet_studio.engine.gpu_pack.unpack import kept, read_record
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def verify_pack(
    folder: Path | None = None,
    *,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> tuple[str, ...]:
    """Read every file of the installed pack and compare it with the lists of its wheels.

    Args:
        folder: The pack; None: this app's own.
        on_event: Told the progress.
        cancel: Stops or pauses.

    Returns:
        Names of files that are missing or differ; none: all is well.

    Raises:
        GpuPackError: If there is no pack.
        Cancelled: If stopped.
    """
    place = folder or _own_folder()
    installed = None if place is None else read_installed(place)
    if place is None or installed is None:
        raise GpuPackError(msg("There is no GPU pack on this computer."))
    token = cancel or CancelToken()
    wrong: list[str] = []
    total = sum(size for _, _, size in _expected(place, installed, []))
    meter = ProgressMeter(Stage.CHECK, total, on_event, unit="bytes")
    for name, checksum, _ in _expected(place, installed, wrong):
        if _checksum(place / name, token, meter) != checksum:
            wrong.append(name)
    meter.finish()
    return tuple(dict.fromkeys(wrong))


def remove_pack() -> int:
    """Take away every pack, and what was downloaded for one.

    A process that uses the pack goes on: then the pack is only made invalid, and its files are
    removed by :func:`tidy` at a later start.

    Returns:
        Bytes that were, or will be, freed.

    Raises:
        GpuPackError: If it is being installed.
        StorageError: If it cannot be written.
    """
    root = paths.gpu_pack_dir()
    if not root.is_dir():
        return 0
    freed = 0
    with locked(root):
        for folder in [each for each in root.glob("torch-*") if each.is_dir()]:
            found = read_installed(folder)
            freed += 0 if found is None else found.size
            with storage_errors(folder):
                (folder / DESCRIPTION).unlink(missing_ok=True)
            if not in_use(folder):
                shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(root / "downloads", ignore_errors=True)
        try_again(root)
    return freed


def tidy() -> None:
    """Remove what an earlier start could not, or did not come to remove."""
    root = paths.gpu_pack_dir()
    if needs_tidying(root):
        with locked(root):
            if not any(map(in_use, leftovers(root))):
                sweep(root)


def needs_tidying(root: Path) -> bool:
    """Whether something is left of a removed or unfinished pack; costs one look at a folder."""
    return root.is_dir() and bool(leftovers(root))


def old_packs() -> tuple[Installed, ...]:
    """Packs of other versions of the app that still take room on the disk."""
    root, table = paths.gpu_pack_dir(), load_manifest()
    key = "" if table is None else table.key
    found = [read_installed(folder) for folder in other_packs(root, key)]
    return tuple(each for each in found if each is not None)


def _own_folder() -> Path | None:
    table = load_manifest()
    return None if table is None else paths.gpu_pack_dir() / table.key


def _expected(
    folder: Path, installed: Installed, wrong: list[str]
) -> Iterator[tuple[str, str, int]]:
    """Name, checksum and size of every file; lists that are damaged themselves go to ``wrong``."""
    for record, checksum in installed.records.items():
        try:
            content = (folder / record).read_bytes()
        except OSError:
            content = b""
        if hashlib.sha256(content).hexdigest() != checksum:
            wrong.append(record)
            continue
        for name, known in read_record(content.decode()).items():
            if known is not None and kept(name):
                yield name, *known


def _checksum(file: Path, cancel: CancelToken, meter: ProgressMeter) -> str:
    digest = hashlib.sha256()
    try:
        with file.open("rb") as stream:
            while chunk := stream.read(CHUNK):
                cancel.check()
                digest.update(chunk)
                meter.advance(len(chunk))
    except OSError:
        return ""
    return digest.hexdigest()
