"""Examine many files: a few in threads, many in processes of their own.

Pillow's decoders let go of Python's lock, so threads do for a few hundred photographs; but around
each decode stand some hundred steps of Python, which only processes do side by side. Processes are
spawned, never forked, because a window may be open.
"""

from __future__ import annotations

import contextlib
import itertools
import multiprocessing
import os
import sys
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from effnet_studio.engine.data.files.examine import Examined, examine_each
from effnet_studio.engine.data.files.fingerprint import Fingerprint
from effnet_studio.engine.data.files.workers import SLICE, Lost, Work, WorkerPool
from effnet_studio.engine.data.problems import Problem, shown
from effnet_studio.engine.errors import DatasetError, ImageError
from effnet_studio.engine.events import OnEvent, PauseChanged, ProgressMeter, Stage, ignore
from effnet_studio.engine.images import ImageInfo
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable

    from effnet_studio.engine.cancel import CancelToken

MANY: Final = 300
"""Files from which processes are used.

Their start takes a quarter of a second. They are quicker from some 500 photographs on, but a file
that crashes its reader then does not end the program, and a window beside them answers at once.
"""

PROCESS_MEMORY: Final = 1 << 30
"""Memory to have for each process, bytes: the largest picture that is read needs some 700 MB."""

_MOST: Final = 8
_AHEAD: Final = 4
_TICK: Final = 0.1

Outcome = Examined | Problem
"""What is known of a file, or why it cannot be used."""

Packed = tuple[tuple[Any, ...], tuple[Any, ...], tuple[Any, ...]] | Problem
"""An outcome as it travels between processes: tuples take a third of the time of objects."""

_info_facts = attrgetter("format", "width", "height", "mode", "bytes")
_look_facts = attrgetter("dhash", "signature", "brightness", "contrast", "sharpness", "saturation")
_other_facts = attrgetter("mtime_ns", "content", "taken", "camera", "thumbnail")


def examine_handful(paths: Sequence[str]) -> list[Packed]:
    """Examine files; what goes wrong with one is a remark on it.

    Args:
        paths: The files, at least one.

    Returns:
        An outcome for each; for the first ones only, but at least one, if they take long.
    """
    outcomes = examine_each(paths, seconds=SLICE)
    return [_packed(path, outcome) for path, outcome in zip(paths, outcomes, strict=False)]


def examine_all(
    paths: Sequence[Path],
    *,
    root: Path | None = None,
    processes: int | None = None,
    work: Work[Packed] = examine_handful,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> Generator[tuple[int, Outcome]]:
    """Examine files and tell what is found as it comes: threads keep the order, processes do not.

    Where there are processes, a file that makes its reader crash or hang costs only itself.

    Args:
        paths: The files.
        root: The folder they lie in; when it vanishes in the middle, the scan ends.
        processes: How many; 0: threads; None: chosen by the number of files and by the computer.
        work: What is done with a handful of files.
        on_event: Hears progress and pauses.
        cancel: Stops or holds the work.

    Yields:
        Position of a file, and what is known of it or why it cannot be used.

    Raises:
        Cancelled: If it was stopped.
        DatasetError: If the folder vanished, such as with an unplugged drive.
    """
    meter = ProgressMeter(Stage.SCAN, len(paths), on_event, unit="files")
    drive = _drive(root)

    def check() -> None:
        if cancel is not None:
            cancel.check(lambda paused: on_event(PauseChanged(paused)))

    if processes is None:
        processes = _processes() if len(paths) >= MANY else 0
    if multiprocessing.current_process().daemon:  # such a process may not have any
        processes = 0
    outcomes = (
        _in_processes(paths, processes, work, check)
        if processes
        else _in_threads(paths, range(len(paths)), work, check)
    )
    with contextlib.closing(outcomes):
        for place, packed in outcomes:
            if isinstance(packed, Problem):
                if root is not None:
                    _require_still_there(root, drive)
                yield place, packed
            else:
                yield place, _unpacked(*packed)
            meter.advance()
    meter.finish()


def _in_threads(
    paths: Sequence[Path], places: Iterable[int], work: Work[Packed], check: Callable[[], None]
) -> Generator[tuple[int, Packed]]:
    threads = min(_MOST, os.cpu_count() or 1)
    left = iter(places)
    waiting: deque[tuple[int, Future[Sequence[Packed]]]] = deque()
    with ThreadPoolExecutor(threads, thread_name_prefix="import") as pool:
        try:
            while True:
                check()
                for place in itertools.islice(left, _AHEAD * threads - len(waiting)):
                    waiting.append((place, pool.submit(work, [str(paths[place])])))
                if not waiting:
                    return
                wait([waiting[0][1]], _TICK)
                while waiting and waiting[0][1].done():
                    place, future = waiting.popleft()
                    yield place, future.result()[0]
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _in_processes(
    paths: Sequence[Path], processes: int, work: Work[Packed], check: Callable[[], None]
) -> Generator[tuple[int, Packed]]:
    with contextlib.closing(WorkerPool(work, paths, processes)) as pool:
        while pool.working:
            check()
            for place, result in pool.collect(_TICK):
                yield place, _lost(paths[place], result) if isinstance(result, Lost) else result
    # Where no process can be started any more, there are still threads; but not for what may have
    # ended the last one.
    for place in pool.suspects:
        yield place, _lost(paths[place], Lost.CRASHED)
    yield from _in_threads(paths, pool.untouched, work, check)


def _packed(path: str, outcome: Examined | ImageError | OSError) -> Packed:
    if isinstance(outcome, Examined):
        return _info_facts(outcome.info), _look_facts(outcome.fingerprint), _other_facts(outcome)
    if isinstance(outcome, ImageError):
        hint = outcome.hint if outcome.hint.template else None
        return Problem(Path(path), outcome.message, hint)
    reason = outcome.strerror or ""
    return Problem(Path(path), msg("The file vanished: {reason}.", reason=reason), None)


def _unpacked(info: tuple[Any, ...], look: tuple[Any, ...], other: tuple[Any, ...]) -> Examined:
    mtime_ns, content, taken, camera, thumbnail = other
    return Examined(
        ImageInfo(*info), mtime_ns, content, Fingerprint(*look), taken, camera, thumbnail
    )


def _lost(path: Path, lost: Lost) -> Problem:
    if lost is Lost.CRASHED:
        message = msg("The image makes its reader crash.")
    else:
        message = msg("The image takes too long to be read.")
    hint = msg("Open it in another program and save it again, or remove it.")
    return Problem(path, message, hint)


def _processes() -> int:
    """One for each processor, as far as there is memory for each to read a large picture."""
    cores = os.cpu_count() or 1
    if sys.platform == "win32":
        return min(_MOST, cores)
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return max(1, min(_MOST, cores, memory // PROCESS_MEMORY))


def _drive(root: Path | None) -> int | None:
    """Number of the file system that a folder lies in, or None if it is not there."""
    if root is None:
        return None
    try:
        return root.stat().st_dev
    except OSError:
        return None


def _require_still_there(root: Path, drive: int | None) -> None:
    """Tell a file that is gone from a drive that is gone; its mount point may stay behind."""
    now = _drive(root)
    if now is None or now != drive:
        raise DatasetError(
            msg("The folder vanished while it was read: {path}.", path=shown(root)),
            hint=msg("Connect its drive and import it again; what was read is kept."),
            path=root,
        )
