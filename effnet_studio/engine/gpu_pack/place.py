"""The folder of packs: one installation at a time, and nothing left behind by a crash."""

from __future__ import annotations

import contextlib
import shutil
from typing import TYPE_CHECKING

from effnet_studio.engine.atomic import TEMPORARY_PREFIX, recover_folder, storage_errors
from effnet_studio.engine.errors import GpuPackError
from effnet_studio.engine.gpu_pack.installed import DESCRIPTION
from effnet_studio.engine.messages import msg
from effnet_studio.engine.project_lock import ProjectLock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LOCK = "install.lock"


@contextlib.contextmanager
def locked(root: Path) -> Iterator[None]:
    """Let nobody else install or remove meanwhile.

    Args:
        root: Folder of all packs; made if need be.

    Raises:
        GpuPackError: If somebody does already.
        StorageError: If the folder cannot be written.
    """
    with storage_errors(root):
        root.mkdir(parents=True, exist_ok=True)
        lock = ProjectLock(root, _LOCK)
        owner = lock.acquire()
    if owner is not None:
        raise GpuPackError(
            msg(
                "The GPU pack is being installed or removed already, by {owner}.", owner=owner.words
            ),
            hint=msg("Wait until that has finished."),
        )
    try:
        yield
    finally:
        lock.release()


def sweep(root: Path) -> None:
    """Finish what a crash cut short, and remove what is left of it; the folder is locked.

    Args:
        root: Folder of all packs.
    """
    with storage_errors(root):
        for previous in sorted(root.glob("torch-*.previous")):
            recover_folder(previous.with_name(previous.name.removesuffix(".previous")))
        for folder in leftovers(root):
            shutil.rmtree(folder, ignore_errors=True)


def leftovers(root: Path) -> list[Path]:
    """Folders that are no pack any more, or were never finished.

    Args:
        root: Folder of all packs.
    """
    dropped = [each for each in root.glob("torch-*") if not (each / DESCRIPTION).exists()]
    unfinished = [each for each in root.glob(f"{TEMPORARY_PREFIX}*") if each.is_dir()]
    return sorted([*(each for each in dropped if each.suffix != ".previous"), *unfinished])
