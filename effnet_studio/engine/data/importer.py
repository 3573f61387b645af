"""From a folder of pictures to a dataset: list, examine each file once, compare, divide, store.

Every file below the folder is counted once: as an image, as unreadable, or as ignored. The folder
itself is never written, and the previous dataset stays until the new one is whole. What a scan
finds out is kept as it goes, so that the next one looks only at new and changed files.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, overload

from effnet_studio.engine.data.assemble import Mode, Plan, assemble, find_groups
from effnet_studio.engine.data.files import thumbnails
from effnet_studio.engine.data.files.intake import examine_all
from effnet_studio.engine.data.files_table import (
    failure,
    keep_outcomes,
    load_failures,
    open_source,
    read_settings,
    unknown_files,
)
from effnet_studio.engine.data.problems import Problem, shown
from effnet_studio.engine.data.schema import connected
from effnet_studio.engine.data.sources.advice import advise, count_classes
from effnet_studio.engine.data.sources.archives import is_archive, unpack
from effnet_studio.engine.data.sources.layout import LayoutKind, recognise
from effnet_studio.engine.data.sources.scan import PROJECT_SUFFIX, scan_folder
from effnet_studio.engine.data.split import check_shares
from effnet_studio.engine.data.store import load_sources
from effnet_studio.engine.errors import DatasetError
from effnet_studio.engine.events import OnEvent, Warned, ignore
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from collections.abc import Mapping

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.data.dataset import Split
    from effnet_studio.engine.data.sources.scan import FoundFile
    from effnet_studio.engine.project import Project

_BATCH = 256
"""Files whose facts are written at a time."""


@dataclass(frozen=True)
class ImportResult:
    """What an import found.

    Attributes:
        classes: Class name to number of pictures of the folder, by name.
        images: Pictures of the folder.
        unreadable: Files that should be pictures and cannot be decoded.
        ignored: All other files below the folder.
        train: Pictures of the dataset to learn from.
        val: Pictures of the dataset to validate on.
        test: Pictures of the dataset kept apart.
        problems: Unreadable files and advice, each with its reason.
        examined: Files that had to be opened; the others were known.
    """

    classes: dict[str, int]
    images: int
    unreadable: int
    ignored: int
    train: int
    val: int
    test: int
    problems: tuple[Problem, ...]
    examined: int = 0


@dataclass(frozen=True)
class ImportOptions:
    """How a folder is read and divided.

    Attributes:
        val: Validation share to draw, in (0, 1).
        test: Test share to draw, in [0, 1).
        seed: Makes the draw repeatable.
        mode: Whether the pictures of other folders go or stay.
        layout: What the folder's structure means; None: found out.
        pattern: Regular expression for file names with a group ``label``, for the layout "names".
    """

    val: float = 0.2
    test: float = 0.0
    seed: int = 0
    mode: Mode = "replace"
    layout: LayoutKind | None = None
    pattern: str | None = None


def import_folder(
    project: Project,
    folder: Path,
    *,
    val: float = 0.2,
    test: float = 0.0,
    seed: int = 0,
    mode: Mode = "replace",
    layout: LayoutKind | None = None,
    pattern: str | None = None,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> ImportResult:
    """Make a folder of pictures the project's dataset, or add it to the dataset.

    Class sub-folders are expected, or one of the other layouts of :mod:`.layout`; a ZIP or TAR file
    is unpacked into the project first. Where the folder names no validation part, one is drawn
    from the training pictures, each class separately. A folder that was imported before is brought
    up to date: edits and numbers of its pictures stay, and their parts unless other shares or
    another seed are asked for.

    Args:
        project: Writable.
        folder: Where the pictures are; they stay there and are never written.
        val: Validation share to draw, in (0, 1).
        test: Test share to draw, in [0, 1).
        seed: Makes the draw repeatable.
        mode: Whether the pictures of other folders go or stay.
        layout: What the folder's structure means; None: found out.
        pattern: Regular expression for file names with a group ``label``, for the layout "names".
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
    check_shares(val=val, test=test)  # refuse bad shares before the long work
    options = ImportOptions(val, test, seed, mode, layout, pattern)
    root = _opened(project, folder, on_event, cancel)
    return _read(project, root, options, on_event, cancel)


def update_dataset(
    project: Project, *, on_event: OnEvent = ignore, cancel: CancelToken | None = None
) -> ImportResult:
    """Look again at all folders of the dataset: new, gone and changed files.

    Args:
        project: Writable.
        on_event: Hears progress and warnings.
        cancel: Stops it; the dataset stays as it is.

    Returns:
        Counts and problems of all folders together.

    Raises:
        DatasetError: If nothing was imported yet, or a folder is gone.
        ProjectError: If the project is read-only.
        StorageError: If the index cannot be written.
        Cancelled: If it was stopped.
    """
    project.require_writable()
    results = []
    for source in load_sources(project):
        options = _options(source.settings)
        results.append(_read(project, _checked(source.root), options, on_event, cancel))
    if not results:
        raise DatasetError(
            msg("The project {name} has no images yet.", name=project.name),
            hint=msg("Import a folder with one sub-folder for each class."),
            path=project.root,
        )
    return _together(results)


def _together(results: Sequence[ImportResult]) -> ImportResult:
    classes: dict[str, int] = {}
    for result in results:
        for name, count in result.classes.items():
            classes[name] = classes.get(name, 0) + count
    last = results[-1]
    return ImportResult(
        classes=dict(sorted(classes.items())),
        images=sum(each.images for each in results),
        unreadable=sum(each.unreadable for each in results),
        ignored=sum(each.ignored for each in results),
        train=last.train,
        val=last.val,
        test=last.test,
        problems=tuple(problem for each in results for problem in each.problems),
        examined=sum(each.examined for each in results),
    )


def _options(settings: dict[str, object]) -> ImportOptions:
    """How a folder was read the last time; other folders stay."""
    known = {name: value for name, value in settings.items() if name != "mode"}
    return ImportOptions(**{**known, "mode": "add"})  # type: ignore[arg-type] # written by _read


def _other_sources(project: Project, source: int) -> bool:
    return any(other.id != source for other in load_sources(project))


def _draw(options: ImportOptions) -> dict[str, object]:
    """What decides which pictures are kept apart."""
    return {"val": options.val, "test": options.test, "seed": options.seed}


def _opened(project: Project, folder: Path, on_event: OnEvent, cancel: CancelToken | None) -> Path:
    """The folder to read: the one given, or what an archive holds."""
    if folder.is_file() and is_archive(folder):
        into = project.root / "images"
        return unpack(folder, into, on_event=on_event, cancel=cancel)
    return _checked(folder)


def _read(
    project: Project,
    root: Path,
    options: ImportOptions,
    on_event: OnEvent,
    cancel: CancelToken | None,
) -> ImportResult:
    listing = scan_folder(root, cancel=cancel)
    layout = recognise(listing, kind=options.layout, pattern=options.pattern)
    source = open_source(project, root)
    files = [candidate.file for candidate in layout.candidates]
    examined = _examine(project, source, root, files, on_event=on_event, cancel=cancel)
    with connected(project) as database:
        failures = load_failures(database, source)
        before = read_settings(database, source)
    usable = [each for each in layout.candidates if each.file.relative not in failures]
    unreadable = [
        failure(root, file.relative, *failures[file.relative][1:])
        for file in files
        if file.relative in failures
    ]
    # What is added to other folders need not be a dataset by itself.
    alone = options.mode == "replace" or not _other_sources(project, source)
    classes = count_classes(listing, layout, usable, unreadable, least=2 if alone else 1)
    groups = find_groups(project, source, usable, mode=options.mode, cancel=cancel)
    ignored = [*listing.ignored, *layout.outside]
    blocked = [*listing.blocked, *layout.remarks]

    def remarks(parts: Mapping[tuple[str, Split], int]) -> list[Problem]:
        return [*unreadable, *blocked, *advise(listing, layout, classes, parts), *ignored]

    if cancel is not None:
        cancel.check()
    plan = Plan(
        source=source,
        root=root,
        candidates=layout.candidates,
        groups=groups,
        remarks=remarks,
        mode=options.mode,
        val=options.val,
        test=options.test,
        seed=options.seed,
        redraw=any(before.get(name, now) != now for name, now in _draw(options).items()),
        settings=vars(options),
    )
    assembled = assemble(project, plan)
    told = tuple(problem for problem in assembled.problems if problem.kind != "ignored")
    for problem in told:
        if problem.kind == "warning":
            on_event(Warned(problem.message, problem.hint, problem.path))
    return ImportResult(
        classes=classes,
        images=len(usable),
        unreadable=len(unreadable),
        ignored=len(ignored),
        train=assembled.parts["train"],
        val=assembled.parts["val"],
        test=assembled.parts["test"],
        problems=told,
        examined=examined,
    )


class _Paths(Sequence[Path]):
    """Paths of files, each made when it is asked for: a million of them would take 700 MB."""

    def __init__(self, root: Path, files: Sequence[FoundFile]) -> None:
        self._root = root
        self._files = files

    def __len__(self) -> int:
        return len(self._files)

    @overload
    def __getitem__(self, place: int) -> Path: ...

    @overload
    def __getitem__(self, place: slice) -> _Paths: ...

    def __getitem__(self, place: int | slice) -> Path | _Paths:
        if isinstance(place, slice):
            return _Paths(self._root, self._files[place])
        return self._root / self._files[place].relative


def _examine(
    project: Project,
    source: int,
    root: Path,
    files: list[FoundFile],
    *,
    on_event: OnEvent,
    cancel: CancelToken | None,
) -> int:
    """Examine what is new or changed; what is found out is on disk at once."""
    unknown = unknown_files(project, source, files)
    paths = _Paths(root, unknown)
    outcomes, pictures = [], []
    for place, outcome in examine_all(paths, root=root, on_event=on_event, cancel=cancel):
        outcomes.append((unknown[place], outcome))
        if not isinstance(outcome, Problem):
            size, mtime_ns = outcome.info.bytes, outcome.mtime_ns
            pictures.append((paths[place], size, mtime_ns, outcome.thumbnail))
        if len(outcomes) >= _BATCH:
            keep_outcomes(project, source, outcomes)
            thumbnails.keep(project, pictures)
            outcomes, pictures = [], []
    keep_outcomes(project, source, outcomes)
    thumbnails.keep(project, pictures)
    return len(unknown)


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
            hint=msg("Choose a folder with one sub-folder for each class, or a ZIP or TAR file."),
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
