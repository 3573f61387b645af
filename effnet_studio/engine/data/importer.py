"""From a folder of pictures to a dataset: list, decode each once, split, store in one step.

Every file below the folder is counted once: as an image, as unreadable, or as ignored. The folder
itself is never written, and the previous dataset stays until the new one is whole.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from effnet_studio.engine.data.advice import advise, count_classes
from effnet_studio.engine.data.intake import Picture, decode_all
from effnet_studio.engine.data.layout import recognise
from effnet_studio.engine.data.problems import Problem, shown
from effnet_studio.engine.data.scan import PROJECT_SUFFIX, scan_folder
from effnet_studio.engine.data.split import split_classes
from effnet_studio.engine.data.store import StoredImage, replace_dataset
from effnet_studio.engine.errors import DatasetError
from effnet_studio.engine.events import OnEvent, Warned, ignore
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.data.dataset import Split
    from effnet_studio.engine.project import Project


@dataclass(frozen=True)
class ImportResult:
    """What an import found.

    Attributes:
        classes: Class name to number of pictures, in the order of the labels.
        images: Pictures in the dataset.
        unreadable: Files that should be pictures and cannot be decoded.
        ignored: All other files below the folder.
        train: Pictures to learn from.
        val: Pictures to validate on.
        test: Pictures kept apart.
        problems: Unreadable files and advice, each with its reason.
    """

    classes: dict[str, int]
    images: int
    unreadable: int
    ignored: int
    train: int
    val: int
    test: int
    problems: tuple[Problem, ...]


def import_folder(
    project: Project,
    folder: Path,
    *,
    val: float = 0.2,
    seed: int = 0,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> ImportResult:
    """Make a folder of pictures the project's dataset, in the place of the previous one.

    Class sub-folders are expected, or ``train/`` with ``val/`` or ``test/`` (or both) that hold
    class sub-folders. Where the folder names no validation part, one is drawn from the training
    pictures, each class separately.

    Args:
        project: Writable.
        folder: Where the pictures are; they stay there and are never written.
        val: Validation share to draw, in (0, 1).
        seed: Makes the draw repeatable.
        on_event: Hears progress and warnings.
        cancel: Stops the import; the previous dataset stays.

    Returns:
        Counts and problems.

    Raises:
        DatasetError: If there is nothing to train on, with the reason in words.
        ProjectError: If the project is read-only.
        StorageError: If the index cannot be written.
        Cancelled: If it was stopped.
    """
    project.require_writable()
    split_classes({}, val=val, seed=seed)  # refuse a bad share before the long work
    root = _checked(folder)
    listing = scan_folder(root, cancel=cancel)
    layout = recognise(listing)
    pictures, unreadable = decode_all(project, root, layout.candidates, on_event, cancel)
    classes = count_classes(listing, layout, pictures, unreadable)
    splits = _splits(pictures, val=val, seed=seed)
    warnings = [*listing.blocked, *advise(listing, layout, classes, splits)]
    for problem in warnings:
        on_event(Warned(problem.message, problem.hint, problem.path))
    labels = {name: number for number, name in enumerate(classes)}
    images = [_stored(picture, labels, splits) for picture in pictures]
    ignored = [*listing.ignored, *layout.outside]
    if cancel is not None:
        cancel.check()
    replace_dataset(
        project,
        folder=root,
        classes=tuple(classes),
        images=images,
        problems=[*unreadable, *warnings, *ignored],
        version=_version(images, tuple(classes)),
    )
    parts = [image.split for image in images]
    return ImportResult(
        classes=classes,
        images=len(images),
        unreadable=len(unreadable),
        ignored=len(ignored),
        train=parts.count("train"),
        val=parts.count("val"),
        test=parts.count("test"),
        problems=(*unreadable, *warnings),
    )


def _checked(folder: Path) -> Path:
    """The absolute folder, if it is one that can be listed."""
    root = folder.absolute()
    if not root.exists():
        raise DatasetError(
            msg("The folder does not exist: {path}.", path=shown(root)),
            hint=msg("Check its name and that its drive is connected."),
            path=root,
        )
    if not root.is_dir():
        raise DatasetError(
            msg("{path} is a file, not a folder.", path=shown(root)),
            hint=msg("Choose a folder with one sub-folder for each class."),
            path=root,
        )
    if root.suffix.lower() == PROJECT_SUFFIX:
        raise DatasetError(
            msg("{path} is a project, not a folder of images.", path=shown(root)),
            hint=msg("Open it, or choose the folder the images are in."),
            path=root,
        )
    try:
        os.scandir(root).close()
    except OSError as error:
        raise DatasetError(
            msg("The folder cannot be read: {reason}.", reason=error.strerror or str(error)),
            hint=msg("Ask for permission to read it."),
            path=root,
        ) from error
    return root


def _splits(pictures: list[Picture], *, val: float, seed: int) -> dict[str, Split]:
    """The part of every picture: its folder's, or drawn where the folders name no validation."""
    named = {picture.candidate.split for picture in pictures}
    drawn: set[str] = set()
    if "val" not in named:
        by_class: dict[str, list[str]] = {}
        for picture in pictures:
            if picture.candidate.split in {None, "train"}:
                relative = picture.candidate.file.relative
                by_class.setdefault(picture.candidate.label, []).append(relative)
        drawn = split_classes(by_class, val=val, seed=seed)
    return {
        (relative := picture.candidate.file.relative): (
            "val" if relative in drawn else picture.candidate.split or "train"
        )
        for picture in pictures
    }


def _stored(picture: Picture, labels: dict[str, int], splits: dict[str, Split]) -> StoredImage:
    file, info = picture.candidate.file, picture.info
    return StoredImage(
        relative=file.relative,
        label=labels[picture.candidate.label],
        split=splits[file.relative],
        width=info.width,
        height=info.height,
        format=info.format,
        mode=info.mode,
        bytes=file.bytes,
        mtime_ns=file.mtime_ns,
    )


def _version(images: list[StoredImage], classes: tuple[str, ...]) -> str:
    """A hash that changes with any path, class, part or file, whatever the order."""
    total = hashlib.blake2b(digest_size=16)
    lines = [
        os.fsencode(image.relative)
        + f"\0{classes[image.label]}\0{image.split}\0{image.bytes}\0{image.mtime_ns}\n".encode()
        for image in images
    ]
    for line in sorted(lines):
        total.update(line)
    return total.hexdigest()
