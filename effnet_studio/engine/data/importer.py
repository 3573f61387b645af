"""From a folder of pictures to a dataset: list, decode each once, split, store in one step.

Every file below the folder is counted once: as an image, as unreadable, or as ignored. The folder
itself is never written. Decoding runs in threads: Pillow's decoders let go of Python's lock, and
two threads were as quick as two processes here, without their start-up and copies.
"""

from __future__ import annotations

import hashlib
import os
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from effnet_studio.engine.data import thumbnails
from effnet_studio.engine.data.layout import Candidate, Layout, inner_folders, recognise
from effnet_studio.engine.data.problems import Problem, shown
from effnet_studio.engine.data.scan import Listing, scan_folder
from effnet_studio.engine.data.split import split_classes
from effnet_studio.engine.data.store import StoredImage, replace_dataset
from effnet_studio.engine.errors import DatasetError, ImageError
from effnet_studio.engine.events import OnEvent, ProgressMeter, Stage, Warned, ignore
from effnet_studio.engine.images import ImageInfo, decode_image
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.data.dataset import Split
    from effnet_studio.engine.project import Project

_BATCH = 64
"""Thumbnails written to the cache at a time, and files waiting for a thread."""


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


@dataclass(frozen=True)
class _Picture:
    """A candidate that could be decoded."""

    candidate: Candidate
    info: ImageInfo


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
    pictures, unreadable = _decode_all(project, root, layout, on_event, cancel)
    classes = _classes(root, listing, layout, pictures, unreadable)
    splits = _splits(pictures, val=val, seed=seed)
    warnings = [*listing.blocked, *_advice(root, listing, layout, classes, splits)]
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
    try:
        os.scandir(root).close()
    except OSError as error:
        raise DatasetError(
            msg("The folder cannot be read: {reason}.", reason=error.strerror or str(error)),
            hint=msg("Ask for permission to read it."),
            path=root,
        ) from error
    return root


def _decode_all(
    project: Project,
    root: Path,
    layout: Layout,
    on_event: OnEvent,
    cancel: CancelToken | None,
) -> tuple[list[_Picture], list[Problem]]:
    """Decode every candidate once; its thumbnail goes into the cache."""
    meter = ProgressMeter(Stage.SCAN, len(layout.candidates), on_event, unit="files")
    pictures: list[_Picture] = []
    unreadable: list[Problem] = []
    ready: list[tuple[Path, os.stat_result, bytes]] = []
    for candidate, outcome in _decoded(root, layout.candidates, cancel):
        if isinstance(outcome, Problem):
            unreadable.append(outcome)
        else:
            info, status, jpeg = outcome
            pictures.append(_Picture(candidate, info))
            ready.append((root / candidate.file.relative, status, jpeg))
        if len(ready) >= _BATCH:
            thumbnails.keep(project, ready)
            ready.clear()
        meter.advance()
    thumbnails.keep(project, ready)
    meter.finish()
    return pictures, unreadable


_Outcome = tuple[ImageInfo, os.stat_result, bytes] | Problem


def _decoded(
    root: Path, candidates: list[Candidate], cancel: CancelToken | None
) -> Iterator[tuple[Candidate, _Outcome]]:
    """Decode in threads, in order, with a bounded number of files under way."""
    threads = min(8, os.cpu_count() or 1)
    waiting: deque[tuple[Candidate, Future[_Outcome]]] = deque()
    with ThreadPoolExecutor(threads, thread_name_prefix="import") as pool:
        try:
            for candidate in candidates:
                if cancel is not None:
                    cancel.check()
                path = root / candidate.file.relative
                waiting.append((candidate, pool.submit(_decode_one, path)))
                if len(waiting) >= _BATCH:
                    first, future = waiting.popleft()
                    yield first, future.result()
            while waiting:
                if cancel is not None:
                    cancel.check()
                first, future = waiting.popleft()
                yield first, future.result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _decode_one(path: Path) -> _Outcome:
    """Really decode one file, reduced where that is cheaper: only this shows that it is whole."""
    try:
        decoded = decode_image(path, min_side=thumbnails.THUMBNAIL_SIDE)
        status = path.stat()
    except ImageError as error:
        return Problem(path, error.message, error.hint if error.hint.template else None)
    except OSError as error:
        return Problem(path, msg("The file vanished: {reason}.", reason=error.strerror or ""), None)
    return decoded.info, status, thumbnails.encode(thumbnails.shrink(decoded.pixels))


def _classes(
    root: Path,
    listing: Listing,
    layout: Layout,
    pictures: list[_Picture],
    unreadable: list[Problem],
) -> dict[str, int]:
    """Class names in order with their numbers of pictures, or the reason why they do not do."""
    counts: dict[str, int] = {}
    for picture in sorted(pictures, key=lambda item: item.candidate.label):
        counts[picture.candidate.label] = counts.get(picture.candidate.label, 0) + 1
    if len(counts) >= 2:
        return counts
    hint = msg("Give each class a sub-folder with its pictures, such as cats/ and dogs/.")
    if unreadable and not counts:
        raise DatasetError(
            msg(
                "None of the {count} pictures in {path} can be read; the first: {reason}",
                count=len(unreadable),
                path=shown(root),
                reason=str(unreadable[0].message),
            ),
            hint=msg("Check that the copying was finished."),
            path=root,
        )
    if not counts:
        loose = _loose_pictures(listing)
        raise DatasetError(
            msg("There are no pictures in sub-folders of {path}.", path=shown(root))
            if loose
            else msg("There are no pictures in {path}.", path=shown(root)),
            hint=hint,
            path=root,
        )
    only = next(iter(counts))
    inner = {} if layout.parts else inner_folders(listing)
    if len(inner.get(listing.candidates[0].parts[0], ())) >= 2:
        hint = msg(
            "Its sub-folders look like classes: choose {path}.",
            path=shown(root / listing.candidates[0].parts[0]),
        )
    raise DatasetError(
        msg(
            "There is only one class with pictures, {name}; telling apart needs at least two.",
            name=only,
        ),
        hint=hint,
        path=root,
    )


def _loose_pictures(listing: Listing) -> bool:
    """Whether files that would be pictures lie directly in the folder."""
    from effnet_studio.engine.images import IMAGE_SUFFIXES

    return any(
        problem.path.parent == listing.root and problem.path.suffix.lower() in IMAGE_SUFFIXES
        for problem in listing.ignored
    )


def _splits(pictures: list[_Picture], *, val: float, seed: int) -> dict[str, Split]:
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


def _advice(
    root: Path,
    listing: Listing,
    layout: Layout,
    classes: dict[str, int],
    splits: dict[str, Split],
) -> list[Problem]:
    """What the user should know about classes and folders."""
    advice: list[Problem] = []
    labels = {item.file.relative: item.label for item in layout.candidates}
    train = [labels[relative] for relative, split in splits.items() if split == "train"]
    val = [labels[relative] for relative, split in splits.items() if split == "val"]
    more = msg("Add pictures of it and import again.")
    for name, count in classes.items():
        if count == 1:
            message = msg(
                "The class {name} has a single picture; it cannot be validated.", name=name
            )
        elif name not in train:
            message = msg("The class {name} has no picture to learn from.", name=name)
        elif name not in val:
            message = msg("The class {name} has no picture to validate on.", name=name)
        else:
            continue
        advice.append(Problem(root / name, message, more, "warning"))
    known = {item.file.parts[0] for item in layout.candidates}
    for folder in listing.folders:
        if folder not in known:
            message = msg("The folder {name} has no pictures of a class.", name=shown(folder))
            advice.append(Problem(root / folder, message, None, "warning"))
    for name in sorted({item.label for item in layout.candidates} - set(classes)):
        message = msg("No picture of the class {name} can be read.", name=name)
        advice.append(Problem(root / name, message, more, "warning"))
    return advice


def _stored(picture: _Picture, labels: dict[str, int], splits: dict[str, Split]) -> StoredImage:
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
