"""Weights in one file, to be carried to a computer without network.

Nothing in a bundle is trusted: only files that the catalog knows come out, under the names it
knows, after their SHA-256 was compared with the manifest and with what the library publishes.
"""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import tempfile
import time
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from effnet_studio import paths
from effnet_studio.engine import atomic
from effnet_studio.engine.data.problems import shown
from effnet_studio.engine.errors import StorageError, WeightsError
from effnet_studio.engine.events import OnEvent, ProgressMeter, Stage, ignore
from effnet_studio.engine.messages import msg
from effnet_studio.engine.models.bundle_content import (
    FOLDER,
    MANIFEST,
    BundleFile,
    Manifest,
    checked,
    damaged,
    reading,
)
from effnet_studio.engine.models.catalog import get_spec
from effnet_studio.engine.models.download import file_matches
from effnet_studio.engine.models.published import PublishedFile, published_file, published_files
from effnet_studio.engine.models.weights import cached_imagenet, resolve_weights

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.data.sources.archive_members import Member

SUFFIX: Final = ".effnet-weights.zip"
"""By custom the end of a bundle's name."""

_BLOCK: Final = 1 << 20
_STALE: Final = 24 * 3600.0
"""Seconds after which an unfinished file counts as left behind."""


@dataclass
class _Pack:
    """One file on its way into a bundle.

    Attributes:
        file: As it is published.
        place: Where it is on this disk.
        models: Catalog names of the architectures that use it.
    """

    file: PublishedFile
    place: Path
    models: list[str]


@dataclass(frozen=True)
class Exported:
    """What was written.

    Attributes:
        path: The bundle.
        files: Weights in it.
        missing: Catalog names whose weights are not on this disk and so not in it.
    """

    path: Path
    files: tuple[BundleFile, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Imported:
    """What was taken out of a bundle.

    Attributes:
        added: Weights that are new on this disk, or replaced a damaged file.
        present: Weights that were there already.
    """

    added: tuple[BundleFile, ...]
    present: tuple[BundleFile, ...]


def export_bundle(
    names: Iterable[str],
    path: Path,
    *,
    download_missing: bool = False,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
    base_url: str | None = None,
    proxy: str | None = None,
) -> Exported:
    """Write the weights of some architectures into one file.

    Args:
        names: Catalog names.
        path: File to make or replace; by custom ``NAME.effnet-weights.zip``.
        download_missing: Download what is not on this disk first.
        on_event: Told the progress, in bytes.
        cancel: Stops it; nothing is written then.
        base_url: As in :func:`~effnet_studio.engine.models.weights.resolve_weights`.
        proxy: As in :func:`~effnet_studio.engine.models.download.download`.

    Returns:
        What is in it and what is missing.

    Raises:
        ModelError: If a name is not in the catalog.
        WeightsError: If none of the weights are on this disk, or a download fails.
        StorageError: If the file cannot be written.
        Cancelled: If stopped.
    """
    packs: dict[str, _Pack] = {}
    missing = []
    for spec in dict.fromkeys(map(get_spec, names)):
        if cancel is not None:
            cancel.check()
        place = cached_imagenet(spec)
        if place is None and download_missing:
            place = resolve_weights(
                spec, "imagenet", on_event=on_event, cancel=cancel, base_url=base_url, proxy=proxy
            ).path
        if place is None:
            missing.append(spec.name)
            continue
        file = published_file(spec)
        packs.setdefault(file.name, _Pack(file, place, [])).models.append(spec.name)
    if not packs and not missing:
        raise WeightsError(
            msg("No model was chosen whose weights could be written."),
            hint=msg("Choose a model, or a project with a training."),
        )
    if not packs:
        raise WeightsError(
            msg("None of these weights are on this computer: {names}.", names=", ".join(missing)),
            hint=msg("Download them first."),
        )
    with atomic.storage_errors(path):
        total = sum(pack.place.stat().st_size for pack in packs.values())
    meter = ProgressMeter(Stage.EXPORT, total, on_event, unit="bytes")
    advance = _advancing(meter, cancel)
    with (
        atomic.replacing(path) as temporary,
        zipfile.ZipFile(temporary, "w", zipfile.ZIP_STORED) as archive,
    ):
        files = tuple(_pack(archive, pack, advance) for pack in packs.values())
        created = datetime.now(UTC).isoformat(timespec="seconds")
        manifest = Manifest(created=created, files=files)
        archive.writestr(MANIFEST, manifest.model_dump_json(indent=2) + "\n")
    meter.finish()
    return Exported(path, files, tuple(missing))


def read_manifest(path: Path) -> Manifest:
    """Read what a bundle says of itself; its weights are not checked yet.

    Args:
        path: The bundle.

    Returns:
        Its table of contents.

    Raises:
        WeightsError: If it is damaged, of a newer version, or no bundle.
    """
    with reading(path) as stream:
        return checked(path, stream)[0]


def import_bundle(
    path: Path, *, on_event: OnEvent = ignore, cancel: CancelToken | None = None
) -> Imported:
    """Take the weights out of a bundle into the folder of downloaded weights.

    Files appear in their places only after all of them were found to be right.

    Args:
        path: The bundle.
        on_event: Told the progress, in bytes.
        cancel: Stops it; nothing is changed then.

    Returns:
        What is new and what was there.

    Raises:
        WeightsError: If it is damaged, of a newer version, or no bundle, or holds anything but
            the weights that the catalog knows.
        StorageError: If the disk is full or the folder cannot be written.
        Cancelled: If stopped.
    """
    folder = paths.weights_dir()
    with reading(path) as stream:
        manifest, members = checked(path, stream)
        known = published_files()
        present = tuple(
            file
            for file in manifest.files
            if file_matches(folder / file.name, known[file.name].sha256_prefix)
        )
        added = tuple(f for f in manifest.files if f not in present)
        with atomic.storage_errors(folder):
            folder.mkdir(parents=True, exist_ok=True)
            _sweep(folder)
            needed = sum(file.size for file in added)
            if shutil.disk_usage(folder).free < needed:
                raise _no_room(path, folder, needed)
            staging = Path(tempfile.mkdtemp(dir=folder, prefix=atomic.TEMPORARY_PREFIX))
        try:
            meter = ProgressMeter(Stage.UNPACK, needed, on_event, unit="bytes")
            advance = _advancing(meter, cancel)
            for file in added:
                if not _unpack(members[file.name], file, staging / file.name, advance):
                    raise damaged(path, msg("the checksum of {file} differs", file=file.name))
            for file in added:
                with atomic.replacing(folder / file.name) as temporary:
                    (staging / file.name).replace(temporary)
            meter.finish()
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    return Imported(added, present)


def _sweep(folder: Path) -> None:
    """Give back the room of what a killed process left behind long ago."""
    for left in folder.glob(f"{atomic.TEMPORARY_PREFIX}*"):
        with contextlib.suppress(OSError):  # another process may sweep too
            if time.time() - left.stat().st_mtime < _STALE:
                continue
            if left.is_dir():
                shutil.rmtree(left)
            else:
                left.unlink()


def _advancing(meter: ProgressMeter, cancel: CancelToken | None) -> Callable[[int], None]:
    """Counts bytes, and stops or waits if asked to."""

    def advance(size: int) -> None:
        meter.advance(size)
        if cancel is not None:
            cancel.check()

    return advance


def _pack(archive: zipfile.ZipFile, pack: _Pack, advance: Callable[[int], None]) -> BundleFile:
    """Copy one file into a bundle, and make sure that it was still the right one."""
    digest = hashlib.sha256()
    size = 0
    entry = zipfile.ZipInfo(f"{FOLDER}{pack.file.name}")
    with pack.place.open("rb") as source, archive.open(entry, "w", force_zip64=True) as content:
        while block := source.read(_BLOCK):
            content.write(block)
            digest.update(block)
            size += len(block)
            advance(len(block))
    if not digest.hexdigest().startswith(pack.file.sha256_prefix):
        raise WeightsError(
            msg("{name} was changed while it was copied.", name=pack.file.name),
            hint=msg("Download it again."),
            path=pack.place,
        )
    return BundleFile(
        name=pack.file.name,
        models=tuple(pack.models),
        sha256=digest.hexdigest(),
        size=size,
        source=pack.file.source,
        licence=pack.file.licence,
    )


def _unpack(member: Member, file: BundleFile, target: Path, advance: Callable[[int], None]) -> bool:
    """Write one file of a bundle; whether its checksum is right."""
    digest = hashlib.sha256()
    with atomic.storage_errors(target):
        output = target.open("xb")
    with output:
        for block in member.blocks():
            with atomic.storage_errors(target):
                output.write(block)
            digest.update(block)
            advance(len(block))
        with atomic.storage_errors(target):
            output.flush()
    return digest.hexdigest() == file.sha256


def _no_room(path: Path, folder: Path, needed: int) -> StorageError:
    return StorageError(
        msg(
            "The disk is full: the weights in {name} need {size:.0f} MB.",
            name=shown(path.name),
            size=needed / 1e6,
        ),
        hint=msg("Free some space in {folder}.", folder=str(folder)),
        path=folder,
    )
