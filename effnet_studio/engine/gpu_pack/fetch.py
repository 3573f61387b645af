"""A pack's files from the network, one after the other; what has come is never asked for again."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from effnet_studio.engine.connections import Purpose
from effnet_studio.engine.errors import GpuPackError, WeightsError
from effnet_studio.engine.events import Event, Progress, ProgressMeter, Stage
from effnet_studio.engine.gpu_pack.job import Job, size_of
from effnet_studio.engine.messages import msg
from effnet_studio.engine.models.download import download
from effnet_studio.engine.models.network import MIRROR_VARIABLE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from effnet_studio.engine.gpu_pack.manifest import Manifest, Wheel
    from effnet_studio.engine.messages import Message

PACK_MIRROR_VARIABLE: Final = "EFFNET_STUDIO_GPU_PACK_MIRROR"
"""Environment variable with an address that is asked for the files instead of the usual one."""


def addresses_of(manifest: Manifest, wheel: Wheel, mirror: str | None = None) -> tuple[str, ...]:
    """Where a file is looked for, in order.

    Args:
        manifest: What is installed.
        wheel: The file.
        mirror: An address that is asked instead of the usual one: a folder with all files, or
            laid out as the usual one is; None: what :data:`PACK_MIRROR_VARIABLE` says.

    Returns:
        Addresses. Where there is none for the pack, but a mirror for weights, that one comes
        first, and the usual address if it has not got the file.
    """
    own = (mirror or os.environ.get(PACK_MIRROR_VARIABLE, "")).strip().rstrip("/")
    weights = os.environ.get(MIRROR_VARIABLE, "").strip().rstrip("/")
    if own:
        return f"{own}/{wheel.file}", f"{own}/{wheel.path}"
    if weights:
        return f"{weights}/{wheel.file}", manifest.address(wheel)
    return (manifest.address(wheel),)


def fetch(job: Job, *, mirror: str | None = None, proxy: str | None = None) -> list[Path]:
    """Download what is missing; what came before a stop is kept and gone on with.

    Args:
        job: The installation.
        mirror: As in :func:`addresses_of`.
        proxy: As in :func:`~effnet_studio.engine.models.download.download`.

    Returns:
        The files, each with the right content.

    Raises:
        GpuPackError: If one cannot be had.
        Cancelled: If stopped.
    """
    wheels, here = job.manifest.wheels, arrived(job)
    start = sum(each.size if each in here else _begun(job, each) for each in wheels)
    total = job.manifest.download_bytes
    meter = ProgressMeter(Stage.DOWNLOAD, total, job.on_event, unit="bytes", start=start)
    best = 0
    for wheel in wheels:
        if wheel not in here:
            addresses = addresses_of(job.manifest, wheel, mirror)
            # The one that worked last time first; there may be none at the others.
            order = [best, *(each for each in range(len(addresses)) if each != best)]
            part = replace(job, on_event=_Added(meter))
            best = _download(part, wheel, [(each, addresses[each]) for each in order], proxy)
    meter.finish()
    return [job.place(wheel) for wheel in wheels]


def arrived(job: Job) -> set[Wheel]:
    """Files that were downloaded before and are whole; damaged ones are removed."""
    there = [each for each in job.manifest.wheels if job.place(each).is_file()]
    if not there:
        return set()
    meter, whole = job.check_meter(there), set()
    for wheel in there:
        if job.matches(job.place(wheel), wheel, meter):
            whole.add(wheel)
        else:
            job.place(wheel).unlink()
    meter.finish()
    return whole


def bytes_here(manifest: Manifest, downloads: Path) -> int:
    """How much of a download has come, by the files' sizes alone."""
    total = 0
    for wheel in manifest.wheels:
        whole, part = downloads / wheel.file, downloads / f"{wheel.file}.part"
        total += min(wheel.size, max(size_of(whole), size_of(part)))
    return total


def _begun(job: Job, wheel: Wheel) -> int:
    return min(size_of(job.part(wheel)), wheel.size)


def _download(
    job: Job, wheel: Wheel, addresses: Sequence[tuple[int, str]], proxy: str | None
) -> int:
    """Try numbered addresses; returns the number of the one that worked."""
    failure: WeightsError | None = None
    for number, address in addresses:
        try:
            download(
                address,
                job.place(wheel),
                sha256_prefix=wheel.sha256,
                on_event=job.on_event,
                cancel=job.cancel,
                proxy=proxy,
                purpose=Purpose.GPU_PACK,
            )
        except WeightsError as error:
            if error.path is not None:  # the disk is the reason: no other address helps
                raise GpuPackError(error.message, hint=error.hint, path=error.path) from error
            failure = error
        else:
            return number
    assert failure is not None  # noqa: S101 - there is at least one address
    raise GpuPackError(failure.message, hint=_hint()) from failure


def _hint() -> Message:
    return msg(
        "What has come is kept: try again later, and it goes on from there. Or fetch the files on "
        "another computer, and install them from a folder."
    )


class _Added:
    """Turns the progress of one file into that of all.

    Args:
        total: Of all files.
    """

    def __init__(self, total: ProgressMeter) -> None:
        self._total = total
        self._done: int | None = None

    def __call__(self, event: Event) -> None:
        """Count what came since the last time."""
        if isinstance(event, Progress):
            if self._done is not None:
                self._total.advance(event.done - self._done)
            self._done = event.done
