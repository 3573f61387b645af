"""Where an export goes: written in a folder of its own first, put in place when all went well."""

from __future__ import annotations

import contextlib
import itertools
import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from effnet_studio.engine import atomic
from effnet_studio.engine.errors import ExportError
from effnet_studio.engine.export.certificate.record import RECORD_SUFFIX, read_record
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from effnet_studio.engine.export.certificate.record import Target
    from effnet_studio.engine.export.formats import FormatSpec
    from effnet_studio.engine.project import Project


_COMING: Final = f"{atomic.TEMPORARY_PREFIX}coming.json"
"""Names of the files that are being put in place."""


@dataclass(frozen=True)
class Place:
    """Folders of an export that is being made.

    Attributes:
        file: The model, in a folder that holds nothing but what will be put in place.
        scratch: A folder for what is only needed on the way.
        final: Where the model will be.
    """

    file: Path
    scratch: Path
    final: Path


@contextlib.contextmanager
def draft_place(
    project: Project, model: str, spec: FormatSpec, target: Target, out: Path | None
) -> Iterator[Place]:
    """Give folders to work in, beside the final one; put everything in place when all went well.

    Args:
        project: Gets the export if ``out`` is None.
        model: Catalog name of the architecture.
        spec: The format.
        target: What the file is for.
        out: Folder for the files, or a path with the format's ending.

    Yields:
        Where to write.

    Raises:
        ExportError: If another export is in the folder.
        StorageError: If the disk is full or the folder cannot be written.
    """
    stem = f"{model}{spec.ending}"
    if out is None:
        folder, name = project.new_export_dir(stem), stem + spec.suffix
    elif is_file_name(out, spec):
        folder, name = out.absolute().parent, out.stem + spec.suffix
    else:
        folder, name = out.absolute(), stem + spec.suffix
    _require_alone(folder, name, target)
    created = out is None or not folder.exists()
    # Of a new export nothing is seen until all of it is: it is made beside its folder.
    beside = folder.parent if out is None else folder
    try:
        with atomic.storage_errors(folder):
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(
                dir=beside, prefix=atomic.TEMPORARY_PREFIX, ignore_cleanup_errors=True
            ) as work:
                ready, scratch = Path(work, "ready"), Path(work, "scratch")
                ready.mkdir()
                scratch.mkdir()
                yield Place(ready / name, scratch, folder / name)
                if out is None:
                    _publish_whole(ready, folder)
                else:
                    _replace(ready, folder, _require_free(ready, folder))
    finally:
        with contextlib.suppress(OSError):
            if created and folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()


def free_folder(folder: Path, stem: str) -> Path:
    """A folder inside another that is not there yet.

    Args:
        folder: Where it will be.
        stem: Its name if that is free; else a number is added. What file names cannot have is
            replaced.
    """
    safe = stem.replace(":", "-")
    names = itertools.chain([safe], (f"{safe}-{number}" for number in itertools.count(2)))
    return next(free for name in names if not (free := folder / name).exists())


def is_file_name(out: Path, spec: FormatSpec) -> bool:
    """Whether a path names the model itself, and not the folder for it.

    Args:
        out: What was asked for.
        spec: The format.
    """
    return out.suffix.lower() == spec.suffix and (spec.is_folder or not out.is_dir())


def _require_alone(folder: Path, name: str, target: Target) -> None:
    """An export has a folder of its own: what lies beside one model would be the other's."""
    ours = Path(name).stem + RECORD_SUFFIX
    for record in folder.glob(f"*{RECORD_SUFFIX}") if folder.is_dir() else ():
        if record.name != ours or not _may_follow(record, name, target):
            raise ExportError(
                msg(
                    "{folder} holds another export: {name}.",
                    folder=str(folder),
                    name=record.name.removesuffix(RECORD_SUFFIX),
                ),
                hint=msg("Choose a folder of its own for each export."),
                path=folder,
            )


def _may_follow(record: Path, name: str, target: Target) -> bool:
    """Whether a model takes the place of the earlier one, with the same files beside it."""
    try:
        earlier = read_record(record)
    except (OSError, ValueError):
        return True  # says nothing that could be lost
    return (earlier.file.name, earlier.target) == (name, target)


def _require_free(ready: Path, folder: Path) -> set[str]:
    """Nothing that is not from an earlier export of the same name may be replaced.

    Returns:
        Names of the files of that one.
    """
    earlier: set[str] = set()
    with contextlib.suppress(OSError, ValueError):
        earlier |= set(json.loads((folder / _COMING).read_text(encoding="utf-8")))
    for record in folder.glob(f"*{RECORD_SUFFIX}"):
        with contextlib.suppress(OSError, ValueError):
            earlier |= {record.name, *read_record(record).beside, read_record(record).file.name}
    for item in ready.iterdir():
        there = folder / item.name
        if item.name not in earlier and there.exists():
            raise ExportError(
                msg("{path} is there already, and no export made it.", path=str(there)),
                hint=msg("Choose another folder, or move the file away."),
                path=there,
            )
    return earlier


def _replace(ready: Path, folder: Path, earlier: set[str]) -> None:
    """Put all in the place of an earlier export, if there is one.

    The certificate comes last: what lies beside it then is what it speaks of. Until then the names
    of what is coming are kept, so that the next export knows the files if this one is cut short.
    What only the earlier one had goes: it speaks of another model.
    """
    coming, before = _names(ready), _names(folder)
    atomic.write_json(folder / _COMING, sorted(earlier | coming))
    try:
        atomic.replace_files(ready, folder, last=RECORD_SUFFIX, gone=earlier - coming)
    except BaseException:
        if _names(ready) == coming and before <= _names(folder):  # nothing has moved yet
            (folder / _COMING).unlink()
        raise
    (folder / _COMING).unlink()


def _names(folder: Path) -> set[str]:
    return {item.name for item in folder.iterdir()}


def _publish_whole(ready: Path, folder: Path) -> None:
    """Put all in place in one step, where an empty folder kept the name."""
    with atomic.replacing_folder(folder) as fresh:
        for item in ready.iterdir():
            item.replace(fresh / item.name)
        folder.rmdir()
