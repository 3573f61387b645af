"""What people said of images while they looked through a model's answers goes into the dataset."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from PIL import Image

from effnet_studio.engine import atomic
from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.data.edits import change_images, exclude
from effnet_studio.engine.data.shots import shots_folder
from effnet_studio.engine.data.sources.archive_names import safe_part
from effnet_studio.engine.data.store import is_empty, load_index
from effnet_studio.engine.errors import DatasetError, ImageError
from effnet_studio.engine.images import load_image
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from effnet_studio.engine.data.edits import Edit
    from effnet_studio.engine.project import Project

_DIGITS: Final = 16
"""Of a content's hash in a copy's name: 64 bits."""


@dataclass(frozen=True, eq=False)
class Reviewed:
    """An image and what a person says it is.

    Attributes:
        source: Its file; or its pixels, RGB, uint8, shape (h, w, 3), if it has none.
        label: Name of the class.
    """

    source: Path | NDArray[np.uint8]
    label: str


@dataclass(frozen=True)
class Intake:
    """What became of reviewed images.

    Attributes:
        edit: The entry of the log that gave images of the dataset other classes; None: none.
        relabelled: Images of the dataset that have another class now.
        agreed: Images of the dataset that had the class already.
        copies: New files inside the project, and their classes; they are to be imported.
        refused: Images that could not be copied.
    """

    edit: Edit | None
    relabelled: int
    agreed: int
    copies: tuple[tuple[Path, str], ...]
    refused: int


def take_reviewed(
    project: Project, images: Sequence[Reviewed], *, cancel: CancelToken | None = None
) -> Intake:
    """Give images of the dataset the class a person says, and keep copies of all others.

    Copies lie in the folder of the pictures taken in the app (:func:`shots_folder`), so that the
    dataset stays whole when the originals are moved; importing that folder again with the mode
    ``add`` takes them in by the importer's own rules: parts, duplicates and series. The same
    content is never kept twice: reviewed again, its copy gets the new class.

    Args:
        project: Writable.
        images: What was reviewed.
        cancel: Checked before each copy; the dataset is not changed when it stops the job.

    Returns:
        What was done.

    Raises:
        Cancelled: If the job was asked to stop.
        DatasetError: If a class has no name that can be a folder's.
        ProjectError: If the project is read-only.
        StorageError: If the disk is full or cannot be written.
    """
    project.require_writable()
    token = cancel or CancelToken()
    known = _Known(project)
    labels: dict[int, str] = {}
    returned: list[int] = []
    copies: list[tuple[Path, str]] = []
    refused = 0
    kept = {path.name: path for path in shots_folder(project).glob("*/*")}
    for image in images:
        token.check()
        number = known.number(image.source) if isinstance(image.source, Path) else None
        if number is None:
            try:
                copy = _keep(project, image, kept)
            except ImageError:
                refused += 1
                continue
            number = known.number(copy)
            if number is None:
                copies.append((copy, image.label))
            elif known.is_excluded(number):
                returned.append(number)
        if number is not None:
            labels[number] = image.label
    exclude(project, returned, excluded=False)  # their adding was taken back once
    return _relabelled(project, known, labels, tuple(copies), refused)


def give_labels(project: Project, copies: Sequence[tuple[Path, str]]) -> Edit | None:
    """Give imported copies the classes that their folders could not be called by.

    Args:
        project: Writable.
        copies: Files and their classes.

    Returns:
        The log's entry, or None when all were right.

    Raises:
        ProjectError: If the project is read-only.
        StorageError: If the index cannot be written.
    """
    known = _Known(project)
    numbers = ((known.number(path), label) for path, label in copies)
    labels = {number: label for number, label in numbers if number is not None}
    return _relabelled(project, known, labels, (), 0).edit


def numbers_of(project: Project, paths: Sequence[Path]) -> tuple[int, ...]:
    """Numbers of the images that lie at these places; others are passed over."""
    known = _Known(project)
    numbers = (known.number(path) for path in paths)
    return tuple(number for number in numbers if number is not None)


def _relabelled(
    project: Project,
    known: _Known,
    labels: dict[int, str],
    copies: tuple[tuple[Path, str], ...],
    refused: int,
) -> Intake:
    classes: dict[str, list[int]] = {}
    for number, label in labels.items():
        if known.label(number) != label:
            classes.setdefault(label, []).append(number)
    changed = sum(map(len, classes.values()))
    title = msg("Images reviewed: {count}", count=changed)
    edit = change_images(project, title, classes=classes) if changed else None
    return Intake(edit, changed, len(labels) - changed, copies, refused)


class _Known:
    """The images of a project by their places."""

    def __init__(self, project: Project) -> None:
        self._roots: dict[int, Path] = {}
        self._numbers: dict[tuple[int, str], int] = {}
        self._labels: dict[int, str] = {}
        self._excluded: frozenset[int] = frozenset()
        if is_empty(project):
            return
        index = load_index(project, check_folder=False)
        ids = index.ids.tolist()
        places = zip(index.sources.tolist(), index.paths, strict=True)
        self._roots = dict(index.roots)
        self._numbers = dict(zip(places, ids, strict=True))
        self._excluded = frozenset(index.ids[index.excluded].tolist())
        names = (index.class_names[number] for number in index.classes.tolist())
        self._labels = dict(zip(ids, names, strict=True))

    def number(self, path: Path) -> int | None:
        """The number of the image at a place, if it is one of the dataset's."""
        for source, root in self._roots.items():
            if path.is_relative_to(root):
                number = self._numbers.get((source, path.relative_to(root).as_posix()))
                if number is not None:
                    return number
        return None

    def is_excluded(self, number: int) -> bool:
        """Whether an image is left out."""
        return number in self._excluded

    def label(self, number: int) -> str:
        """The class an image has now."""
        return self._labels[number]


def _keep(project: Project, image: Reviewed, kept: dict[str, Path]) -> Path:
    """Copy an image into the folder of its class, unless its content is there already."""
    folder = safe_part(image.label)
    if not folder:
        raise DatasetError(
            msg("A class needs a name."), hint=msg("Write at least one letter or digit.")
        )
    if isinstance(image.source, Path):
        load_image(image.source, min_side=32)  # what cannot be read is not kept
        content, suffix = _content(image.source), image.source.suffix.lower()
    else:
        content, suffix = _png(image.source), ".png"
    name = f"{hashlib.sha256(content).hexdigest()[:_DIGITS]}{suffix}"
    if name not in kept:
        path = shots_folder(project) / folder / name
        with atomic.storage_errors(path.parent):
            path.parent.mkdir(parents=True, exist_ok=True)
        atomic.write_bytes(path, content)
        kept[name] = path
    return kept[name]


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise atomic.storage_error(error, path) from error


def _png(pixels: NDArray[np.uint8]) -> bytes:
    """Pixels as a file, without loss."""
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG")
    return buffer.getvalue()
