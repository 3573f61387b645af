"""Copies of judged images, or links to them, in one folder for each class.

Images are never moved, changed or overwritten, and doing it again adds nothing twice.
"""

from __future__ import annotations

import errno
import filecmp
import os
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING

from effnet_studio.engine import atomic
from effnet_studio.engine.data.sources.archive_names import safe_part
from effnet_studio.engine.errors import StorageError
from effnet_studio.engine.events import OnEvent, PauseChanged, ProgressMeter, Stage, ignore
from effnet_studio.engine.messages import msg
from effnet_studio.engine.predict.answers import FailedImage, Prediction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from effnet_studio.engine.cancel import CancelToken

UNSURE = "unsure"
"""Name of the folder for images whose answer is less likely than asked for, or "none of these"."""

_NO_PRIVILEGE = 1314
"""What Windows says where only administrators may make symbolic links."""


class How(StrEnum):
    """How an image comes into its class's folder."""

    COPY = "copy"
    HARDLINK = "hardlink"
    SYMLINK = "symlink"


@dataclass(frozen=True)
class Filing:
    """What became of the images.

    Attributes:
        folder: Where they are.
        counts: Images filed in each folder, by its name; those that were there already too.
        already: How many of these were there already.
        problems: Images that could not be filed, and why; those without an answer too.
    """

    folder: Path
    counts: Mapping[str, int]
    already: int
    problems: tuple[FailedImage, ...]


def folder_of(verdict: Prediction, least: float) -> str | None:
    """The class whose folder an image belongs in.

    Args:
        verdict: Its answer.
        least: Least probability of a sure answer, in [0, 1].

    Returns:
        The class; None for an image that is not sure.
    """
    best = verdict.best
    return best.label if best.probability >= least and not verdict.rejected else None


def folder_names(classes: Sequence[str]) -> dict[str | None, str]:
    """Name the folders of classes so that every file system takes them, and no two are the same.

    Args:
        classes: All that a model knows.

    Returns:
        The folder's name for each class, and under None for images that are not sure.
    """
    names: dict[str | None, str] = {}
    taken: set[str] = set()
    for label in (*classes, None):
        wanted = UNSURE if label is None else safe_part(label) or "_"
        numbered = (f"{wanted} ({number})" for number in count(2))
        name = next(each for each in chain([wanted], numbered) if each.casefold() not in taken)
        names[label] = name
        taken.add(name.casefold())
    return names


def file_images(
    rows: Sequence[tuple[Path, Prediction | FailedImage]],
    folder: Path,
    *,
    how: str = How.COPY,
    least: float = 0.0,
    on_filed: Callable[[str], object] | None = None,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> Filing:
    """Copy or link images into one folder for each class.

    Args:
        rows: The images with their verdicts.
        folder: Gets the classes' folders; made if it is not there.
        how: One of :class:`How`.
        least: Images whose answer is less likely go into a folder of their own, :data:`UNSURE`.
        on_filed: Called with the folder's name after each image, so that it is known what was
            filed by a job that did not come to its end.
        on_event: Hears the progress.
        cancel: Stops the job between two images; what is filed stays.

    Returns:
        Counts and problems.

    Raises:
        Cancelled: If the job was asked to stop.
        StorageError: If the folder cannot be written, the disk is full, or links of this kind
            cannot be made there.
    """
    place = _PLACES[How(how)]
    answered = (verdict for _, verdict in rows if isinstance(verdict, Prediction))
    names = folder_names(next((each.classes for each in answered), ()))
    root = folder.resolve()
    counts: Counter[str] = Counter()
    problems: list[FailedImage] = []
    already = 0
    meter = ProgressMeter(Stage.FILE, len(rows), on_event)
    with atomic.storage_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
    for path, verdict in rows:
        if cancel is not None:
            cancel.check(lambda paused: on_event(PauseChanged(paused)))
        if isinstance(verdict, FailedImage):
            problems.append(verdict)
        elif not path.is_file():
            problems.append(FailedImage(path, msg("The file is no longer there.")))
        else:
            name = names[folder_of(verdict, least)]
            with atomic.storage_errors(folder / name):
                (folder / name).mkdir(exist_ok=True)
            try:
                already += not place(path.resolve(), root / name)
                counts[name] += 1
                if on_filed is not None:
                    on_filed(name)
            except _UnreadableError as error:
                problems.append(
                    FailedImage(path, msg("It cannot be read: {reason}.", reason=str(error)))
                )
        meter.advance()
    meter.finish()
    return Filing(folder, dict(counts), already, tuple(problems))


class _UnreadableError(Exception):
    """The image itself cannot be read."""


def _targets(source: Path, folder: Path) -> Iterable[Path]:
    """Names for an image, the next one for when the one before is another image's."""
    yield folder / source.name
    for number in count(2):
        yield folder / f"{source.stem} ({number}){source.suffix}"


def _copy(source: Path, folder: Path) -> bool:
    """Copy an image; False if its copy is there already."""
    for target in _targets(source, folder):
        try:
            if os.path.lexists(target):
                # Contents, not times: two cameras may write the same name in the same second.
                if target.is_file() and filecmp.cmp(source, target, shallow=False):
                    return False
                continue
            content, stat = source.read_bytes(), source.stat()
        except OSError as error:
            raise _UnreadableError(error.strerror or str(error)) from error
        with atomic.replacing(target) as temporary:
            temporary.write_bytes(content)
            os.utime(temporary, ns=(stat.st_atime_ns, stat.st_mtime_ns))
        return True
    raise AssertionError  # names do not end


def _hardlink(source: Path, folder: Path) -> bool:
    """Give an image's file a second name; False if it has it already."""
    for target in _targets(source, folder):
        if os.path.lexists(target):
            if target.exists() and target.samefile(source):
                return False
            continue
        try:
            target.hardlink_to(source)
        except OSError as error:
            if error.errno in {errno.EXDEV, errno.EMLINK, errno.ENOTSUP, errno.ENOSYS, errno.EPERM}:
                raise _no_links(folder) from error
            raise atomic.storage_error(error, target) from error
        return True
    raise AssertionError  # names do not end


def _symlink(source: Path, folder: Path) -> bool:
    """Make a symbolic link to an image; False if it is there already."""
    for target in _targets(source, folder):
        if os.path.lexists(target):
            if target.is_symlink() and target.resolve() == source:
                return False
            continue
        try:
            target.symlink_to(source)
        except OSError as error:
            if getattr(error, "winerror", None) == _NO_PRIVILEGE or error.errno in {
                errno.EPERM,
                errno.ENOTSUP,
            }:
                raise _no_links(folder) from error
            raise atomic.storage_error(error, target) from error
        return True
    raise AssertionError  # names do not end


def _no_links(folder: Path) -> StorageError:
    return StorageError(
        msg("Links of this kind to the images cannot be made in {folder}.", folder=str(folder)),
        hint=msg(
            "Hard links need the same drive, symbolic links a system and a drive that allow them. "
            "Choose a folder beside the images, or copy them."
        ),
        path=folder,
    )


_PLACES = {How.COPY: _copy, How.HARDLINK: _hardlink, How.SYMLINK: _symlink}
