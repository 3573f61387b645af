"""A watched folder: pictures are reported once they are whole, whoever writes them and however.

By looking again and again rather than by the system's notices: those do not come from network
drives, and never say when a file is finished.
"""

from __future__ import annotations

import os
import stat
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.data.sources.scan import FOREIGN_SUFFIXES, unwanted
from effnet_studio.engine.errors import StorageError
from effnet_studio.engine.events import Noted, OnEvent, Warned, ignore
from effnet_studio.engine.images import IMAGE_SUFFIXES, looks_like_image
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

UNFINISHED_SUFFIXES = frozenset(
    [
        ".part",
        ".partial",
        ".filepart",
        ".crdownload",
        ".opdownload",
        ".download",
        ".!ut",
        ".aria2",
        ".tmp",
        ".temp",
        ".swp",
    ]
)
"""Endings, in lower case, under which browsers and copy programs write what they rename later."""

COMPARED = 2000
"""Known files whose size and time are asked for in one look. In larger folders the others' turn
comes in later looks: asking is what makes a look at a network drive slow."""

PATIENCE = 5
"""Looks in which a finished file may be refused to us (another program has it) before it is
reported all the same, so that it gets a verdict."""

IDLE_SHARE = 10
"""The pause between two looks is at least so many times as long as a look took."""

_MOST_GONE = 100_000
"""Files that are remembered after they were deleted: a drive may only be away."""


@dataclass(frozen=True)
class _Mark:
    """By what a change of a file is noticed.

    Attributes:
        bytes: Its size.
        mtime_ns: Time of its last change, nanoseconds since 1970.
    """

    bytes: int
    mtime_ns: int


@dataclass(frozen=True)
class Look:
    """What one look at a folder found.

    Attributes:
        files: New or changed, whole, in the order they were written.
        there: Whether the folder was there.
        waiting: How many more have been seen that are not whole yet.
    """

    files: tuple[Path, ...]
    there: bool
    waiting: int


class FolderWatch:
    """What is remembered between two looks at a folder; not for several threads at once.

    Args:
        folder: The folder; everything below it counts, links to folders do not.
        known: Files that are no news until they change; None: all that are there at first.
    """

    def __init__(self, folder: Path, known: Collection[Path] | None = None) -> None:
        self.folder = folder
        self._unmarked = None if known is None else {str(path.absolute()) for path in known}
        self._known: dict[str, _Mark] = {}
        self._waiting: dict[str, _Mark] = {}
        self._refused: dict[str, int] = {}
        self._ignored: dict[str, _Mark] = {}
        self._looks = 0

    def look(self, cancel: CancelToken | None = None) -> Look:
        """Look once.

        A file is whole when its size and time are those of the look before, it is not empty, and
        it can be opened. An error on the way only means that something is seen later.

        Args:
            cancel: Stops the look.

        Returns:
            What is new since the look before.

        Raises:
            Cancelled: If it was stopped.
        """
        if not _is_there(self.folder):
            self._waiting.clear()
            return Look((), there=False, waiting=0)
        ready: list[tuple[int, str]] = []
        waited, self._waiting = self._waiting, {}
        turns = 1 + len(self._known) // COMPARED
        seen = 0
        for entry in _pictures(str(self.folder), cancel):
            seen += 1
            path = entry.path
            if path in self._known and path not in waited and (seen + self._looks) % turns:
                continue
            mark = self._whole(entry, waited.get(path))
            if mark is not None:
                ready.append((mark.mtime_ns, path))
        self._looks += 1
        self._unmarked = set() if self._unmarked is None else self._unmarked
        if len(self._known) > seen + _MOST_GONE:
            self._forget_gone()
        files = tuple(Path(path) for _, path in sorted(ready))
        return Look(files, there=True, waiting=len(self._waiting))

    def _whole(self, entry: os.DirEntry[str], before: _Mark | None) -> _Mark | None:
        """The mark of a file that is to be reported now.

        Args:
            entry: The file.
            before: Its mark in the look before, if it was not whole then.
        """
        path = entry.path
        try:
            status = entry.stat()
        except OSError:  # deleted meanwhile, or a dead link
            return None
        mark = _Mark(status.st_size, status.st_mtime_ns)
        if not stat.S_ISREG(status.st_mode) or self._is_old(path, mark):
            return None
        if mark.bytes == 0 or before != mark or not self._can_be_opened(path):
            self._waiting[path] = mark
            return None
        if not _may_be_picture(path):
            self._ignored[path] = mark
            return None
        self._known[path] = mark
        return mark

    def _is_old(self, path: str, mark: _Mark) -> bool:
        """Whether a file is as it was when it was reported, or was there before."""
        if self._unmarked is None or path in self._unmarked:
            self._known[path] = mark
            if self._unmarked is not None:
                self._unmarked.discard(path)
            return True
        return mark in (self._known.get(path), self._ignored.get(path))

    def _can_be_opened(self, path: str) -> bool:
        try:
            with open(path, "rb"):  # noqa: PTH123 - there may be a hundred thousand
                pass
        except OSError:
            self._refused[path] = self._refused.get(path, 0) + 1
            if self._refused[path] < PATIENCE:
                return False
        self._refused.pop(path, None)
        return True

    def _forget_gone(self) -> None:
        """Forget the oldest of those that are no longer there."""
        gone = [path for path in self._known if not os.path.lexists(path)]
        for path in gone[: len(gone) - _MOST_GONE // 2]:
            del self._known[path]


def watch_folder(
    folder: Path,
    on_files: Callable[[list[Path]], None],
    *,
    known: Collection[Path] | None = None,
    seconds: float = 1.0,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> None:
    """Report the pictures that appear in a folder, until somebody stops it.

    Args:
        folder: The folder; everything below it counts.
        on_files: Gets what is new or changed and whole, each file once for each content.
        known: Files that are no news until they change; None: all that are there at first.
        seconds: From one look to the next; more where a look itself takes long.
        on_event: Hears when the folder goes away and comes back.
        cancel: Stops the watch.

    Raises:
        Cancelled: When the watch was stopped.
        StorageError: If there is no such folder at the beginning.
    """
    token = cancel or CancelToken()
    watch = open_watch(folder, known)
    there = True
    while True:
        began = time.monotonic()
        look = watch.look(token)
        if look.there is not there:
            there = look.there
            name = folder.name or str(folder)
            on_event(
                Noted(msg("The folder {name} is back.", name=name))
                if there
                else Warned(
                    msg("The folder {name} is not there any more.", name=name),
                    msg("The watch goes on once it is back."),
                    folder,
                )
            )
        if look.files:
            on_files(list(look.files))
        token.wait(pause_after(time.monotonic() - began, seconds))


def open_watch(folder: Path, known: Collection[Path] | None = None) -> FolderWatch:
    """Begin to watch a folder.

    Args:
        folder: The folder.
        known: As for :class:`FolderWatch`.

    Returns:
        The watch; nothing has been looked at yet.

    Raises:
        StorageError: If there is no such folder.
    """
    if not _is_there(folder):
        raise StorageError(
            msg("There is no folder {path} that can be read.", path=str(folder)),
            hint=msg("Check the spelling, and that the drive is connected."),
            path=folder,
        )
    return FolderWatch(folder.absolute(), known)


def pause_after(look_seconds: float, seconds: float) -> float:
    """How long to wait after a look.

    Args:
        look_seconds: What it took.
        seconds: The pause wished for.

    Returns:
        Seconds; large folders and slow drives are looked at less often.
    """
    return max(seconds, IDLE_SHARE * look_seconds)


def _is_there(folder: Path) -> bool:
    try:
        with os.scandir(folder):
            return True
    except OSError:
        return False


def _pictures(root: str, cancel: CancelToken | None) -> Iterator[os.DirEntry[str]]:
    """Everything below a folder that may be a picture by its name; what cannot be read is not."""
    pending = [root]
    while pending:
        if cancel is not None:
            cancel.check()
        try:
            with os.scandir(pending.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        if unwanted(entry.name) is None:
                            pending.append(entry.path)
                    elif _may_be_wanted(entry.name):
                        yield entry
        except OSError:
            continue


def _may_be_wanted(name: str) -> bool:
    suffix = _suffix(name)
    if suffix in IMAGE_SUFFIXES:
        return not name.startswith(".")
    return suffix not in UNFINISHED_SUFFIXES and not name.endswith("~") and unwanted(name) is None


def _may_be_picture(path: str) -> bool:
    """Whether a whole file deserves a verdict: by its name, else by its first bytes."""
    suffix = _suffix(path)
    return suffix in IMAGE_SUFFIXES or suffix in FOREIGN_SUFFIXES or looks_like_image(Path(path))


def _suffix(name: str) -> str:
    return os.path.splitext(name)[1].lower()  # noqa: PTH122 - a Path for each file is slow
