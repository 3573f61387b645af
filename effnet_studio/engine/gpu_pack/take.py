"""A pack's files from a folder or a zip file, for computers without network."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from effnet_studio.engine.atomic import storage_errors
from effnet_studio.engine.errors import GpuPackError
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from pathlib import Path
    from typing import IO

    from effnet_studio.engine.events import ProgressMeter
    from effnet_studio.engine.gpu_pack.job import Job
    from effnet_studio.engine.gpu_pack.manifest import Wheel


def is_zip(source: Path) -> bool:
    """Whether files have to be taken out of something."""
    return source.is_file() and source.suffix.lower() == ".zip"


def take(job: Job, source: Path) -> list[Path]:
    """Check the files that somebody brought.

    Args:
        job: The installation.
        source: A folder, any of the files in it, or a zip file.

    Returns:
        The files, each with the right content; those in a folder stay where they are.

    Raises:
        GpuPackError: If one is missing, or has other content.
        StorageError: If one cannot be read, or a zip's files cannot be written.
        Cancelled: If stopped.
    """
    if is_zip(source):
        return _from_zip(job, source)
    folder = source if source.is_dir() else source.parent
    if not source.exists():
        message = msg("There is no folder or zip file {path}.", path=str(source))
        raise GpuPackError(message, path=source)
    wheels = job.manifest.wheels
    _none_missing(job, {each.file for each in wheels if (folder / each.file).is_file()}, folder)
    meter = job.check_meter(wheels)
    for wheel in wheels:
        if not job.matches(folder / wheel.file, wheel, meter):
            raise _damaged(wheel, folder / wheel.file)
    meter.finish()
    return [folder / wheel.file for wheel in wheels]


def _from_zip(job: Job, source: Path) -> list[Path]:
    """Only the files of the table are taken out, under their own names: no path is believed."""
    wheels = job.manifest.wheels
    try:
        with zipfile.ZipFile(source) as archive:
            names = {
                name.replace("\\", "/").rpartition("/")[2]: name for name in archive.namelist()
            }
            _none_missing(job, set(names), source)
            meter = job.check_meter(wheels)
            for wheel in wheels:
                if archive.getinfo(names[wheel.file]).file_size != wheel.size:
                    raise _damaged(wheel, source)
                with archive.open(names[wheel.file]) as stream:
                    _take_out(job, wheel, stream, meter, source)
            meter.finish()
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise GpuPackError(
            msg(
                "{path} cannot be read as a zip file: {reason}", path=str(source), reason=str(error)
            ),
            hint=msg("Copy it again, or unpack it yourself and choose the folder."),
            path=source,
        ) from error
    return [job.place(wheel) for wheel in wheels]


def _take_out(
    job: Job, wheel: Wheel, stream: IO[bytes], meter: ProgressMeter, source: Path
) -> None:
    place, part = job.place(wheel), job.part(wheel)
    with storage_errors(place):
        try:
            with part.open("wb") as file:
                checksum = job.checksum(stream, meter, file)
            if checksum != wheel.sha256:
                raise _damaged(wheel, source)
            part.replace(place)
        finally:
            part.unlink(missing_ok=True)


def _none_missing(job: Job, found: set[str], place: Path) -> None:
    missing = [each.file for each in job.manifest.wheels if each.file not in found]
    if missing:
        raise GpuPackError(
            msg(
                "{count} of {total} files of the GPU pack are not in {place}, such as {name}.",
                count=len(missing),
                total=len(job.manifest.wheels),
                place=str(place),
                name=missing[0],
            ),
            hint=msg("The list of files says which they are, and where they are to be had."),
            path=place,
        )


def _damaged(wheel: Wheel, place: Path) -> GpuPackError:
    return GpuPackError(
        msg("{name} is damaged, or another file: its checksum differs.", name=wheel.file),
        hint=msg("Copy or download this file again; nothing was installed."),
        path=place,
    )
