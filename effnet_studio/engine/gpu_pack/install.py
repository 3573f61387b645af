"""Installing a pack: files are had, checked, unpacked beside, and put in place in one step."""

from __future__ import annotations

import contextlib
import py_compile
import shutil
from typing import TYPE_CHECKING, Final

from effnet_studio import paths
from effnet_studio.engine import atomic
from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.errors import GpuPackError
from effnet_studio.engine.events import Noted, OnEvent, ProgressMeter, Stage, ignore
from effnet_studio.engine.gpu_pack.fetch import bytes_here, fetch
from effnet_studio.engine.gpu_pack.installed import (
    DESCRIPTION,
    Installed,
    other_packs,
    read_installed,
)
from effnet_studio.engine.gpu_pack.job import Job, free_bytes
from effnet_studio.engine.gpu_pack.manifest import Manifest, load_manifest
from effnet_studio.engine.gpu_pack.place import locked, sweep
from effnet_studio.engine.gpu_pack.take import is_zip, take
from effnet_studio.engine.gpu_pack.trial import try_again
from effnet_studio.engine.gpu_pack.unpack import unpack_wheel
from effnet_studio.engine.gpu_pack.upkeep import verify_pack
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SPARE: Final = 500_000_000
"""Bytes that stay free on the disk beside what an installation needs."""

DOWNLOADS: Final = "downloads"


def install_pack(
    source: Path | None = None,
    *,
    mirror: str | None = None,
    proxy: str | None = None,
    manifest: Manifest | None = None,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> Installed:
    """Install the pack of this version of the app; it is used from the next start on.

    Args:
        source: A folder or zip file with the files; None: they are downloaded.
        mirror: As in :func:`~effnet_studio.engine.gpu_pack.fetch.addresses_of`.
        proxy: As in :func:`~effnet_studio.engine.models.download.download`.
        manifest: What it is made of; None: the table of this system.
        on_event: Told the progress.
        cancel: Stops or pauses; what was downloaded is kept.

    Returns:
        What was installed.

    Raises:
        GpuPackError: If there is none for this system, it is being installed already, there is
            no room, or files are missing or wrong.
        StorageError: If something cannot be written.
        Cancelled: If stopped.
    """
    table = manifest or known_manifest()
    root = paths.gpu_pack_dir()
    job = Job(table, root / DOWNLOADS, on_event, cancel or CancelToken())
    with locked(root):
        sweep(root)
        present = _whole(root / table.key, job)
        if present is not None:
            try_again(root)
            return present
        _drop_others(root, table, on_event)
        with atomic.storage_errors(job.downloads):
            job.downloads.mkdir(exist_ok=True)
        _check_room(job, source)
        files = take(job, source) if source else fetch(job, mirror=mirror, proxy=proxy)
        installed = _put_in_place(job, files, root / table.key)
        try_again(root)
        shutil.rmtree(job.downloads, ignore_errors=True)
    return installed


def _whole(folder: Path, job: Job) -> Installed | None:
    """What is installed already, if nothing of it is missing or damaged."""
    present = read_installed(folder)
    if present is None or not present.belongs_to(job.manifest):
        return None
    damaged = verify_pack(folder, on_event=job.on_event, cancel=job.cancel)
    return None if damaged else present


def known_manifest() -> Manifest:
    """The table of this system.

    Raises:
        GpuPackError: If there is none, or its files are not known yet.
    """
    table = load_manifest()
    if table is None or not table.complete:
        raise GpuPackError(
            msg("There is no GPU pack for this system yet."),
            hint=msg("Packs are made for computers with NVIDIA cards and Linux or Windows."),
        )
    return table


def needed_bytes(manifest: Manifest, downloads: Path, source: Path | None = None) -> int:
    """Room that an installation needs on the disk, at most.

    Args:
        manifest: What is installed.
        downloads: Where files are put that come from elsewhere.
        source: As in :func:`install_pack`; files in a folder stay where they are.
    """
    if source is None:
        fetched = manifest.download_bytes - bytes_here(manifest, downloads)
    else:
        fetched = manifest.download_bytes if is_zip(source) else 0
    return fetched + manifest.unpacked_bytes + SPARE


def _check_room(job: Job, source: Path | None) -> None:
    needed = needed_bytes(job.manifest, job.downloads, source)
    free = free_bytes(job.downloads)
    if free < needed:
        raise GpuPackError(
            msg(
                "There is not enough room: the GPU pack needs {needed:.1f} GB while it is "
                "installed, and {free:.1f} GB are free.",
                needed=needed / 1e9,
                free=free / 1e9,
            ),
            hint=msg("Free some space in {folder}.", folder=str(job.downloads.parent)),
            path=job.downloads.parent,
        )


def _drop_others(root: Path, manifest: Manifest, on_event: OnEvent) -> None:
    """Remove packs of other versions of the app: this one cannot use them."""
    for folder in other_packs(root, manifest.key):
        old = read_installed(folder)
        shutil.rmtree(folder, ignore_errors=True)
        if old is not None:
            on_event(
                Noted(
                    msg(
                        "The GPU pack of an earlier version of the app was removed "
                        "(PyTorch {version}, {size:.1f} GB).",
                        version=old.torch,
                        size=old.size / 1e9,
                    )
                )
            )


def _put_in_place(job: Job, files: Sequence[Path], target: Path) -> Installed:
    """Unpack everything into a new folder, and give it its name when all is well."""
    manifest = job.manifest
    meter = ProgressMeter(Stage.UNPACK, manifest.unpacked_bytes, job.on_event, unit="bytes")
    records: dict[str, str] = {}
    with atomic.replacing_folder(target) as folder:
        for file in files:
            records |= unpack_wheel(file, folder, meter=meter, cancel=job.cancel)
        meter.finish()
        _compile(folder, job)
        installed = Installed(
            torch=manifest.torch,
            cuda=manifest.cuda,
            python=manifest.python,
            system=manifest.system,
            size=atomic.bytes_in(folder),
            records=records,
        )
        (folder / DESCRIPTION).write_text(installed.text(), encoding="utf-8")
        if read_installed(folder) is None:
            raise GpuPackError(
                msg("The files hold no PyTorch."),
                hint=msg("Nothing was installed. Please tell the makers of the app."),
            )
    return installed


def _compile(folder: Path, job: Job) -> None:
    """Translate Python's sources once: an installer's program never does it by itself."""
    sources = sorted(folder.rglob("*.py"))
    meter = ProgressMeter(Stage.PREPARE, len(sources), job.on_event, unit="files")
    for source in sources:
        job.cancel.check()
        with contextlib.suppress(py_compile.PyCompileError):  # tests of PyTorch for other Pythons
            py_compile.compile(str(source), doraise=True, quiet=1)
        meter.advance()
    meter.finish()
