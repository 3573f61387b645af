"""Time and memory of an exported file, measured in the program that runs it."""

from __future__ import annotations

import contextlib
import itertools
import multiprocessing
import platform
import time
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from effnet_studio import __version__
from effnet_studio.engine.data.files.workers import apart
from effnet_studio.engine.device import cpu_cores, cpu_name, torch_threads
from effnet_studio.engine.errors import ExportError, ImageError, StudioError
from effnet_studio.engine.export.certificate.record import ExportFormat, Latency
from effnet_studio.engine.messages import msg
from effnet_studio.engine.predict.predictor import read_pixels
from effnet_studio.engine.training.runs import weights_digest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from multiprocessing.connection import Connection
    from pathlib import Path

    from numpy.typing import NDArray

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.data.dataset import Sample
    from effnet_studio.engine.export.runtimes.base import OpenRuntime
    from effnet_studio.engine.predict.predictor import Predictor
    from effnet_studio.engine.preprocess import Preprocess

_WARM_UP: Final = 3
_FEWEST: Final = 10
_MOST: Final = 60
_SECONDS: Final = 2.0
"""That the rounds of one side take by custom; between the fewest and the most of them."""

_PATIENCE: Final = 60.0
"""Seconds that a process may take to open a file and judge one image."""

_LOOK: Final = 0.1
"""Seconds between two questions whether to stop."""


def latencies(
    open_file: OpenRuntime,
    file: Path,
    app: Predictor,
    picture: NDArray[np.uint8],
    cancel: CancelToken,
) -> tuple[Latency, ...]:
    """Time one image with one thread and with all, in turns with the app.

    Args:
        open_file: Opens the file.
        file: The exported file.
        app: The model inside the app.
        picture: RGB, uint8, shape (height, width, 3).
        cancel: Stops the job between two rounds.

    Returns:
        One for each number of threads, fewest first.

    Raises:
        Cancelled: If the job was asked to stop.
    """
    found = []
    for threads in sorted({1, cpu_cores()}):
        runtime = open_file(file, threads=threads)
        try:
            with torch_threads(threads):
                sides: tuple[Callable[[], object], ...] = (
                    partial(runtime.answer, picture),
                    partial(app.predict, picture),
                )
                ours, theirs = _in_turns(sides, cancel)
        finally:
            runtime.close()
        found.append(
            Latency(
                threads=threads,
                median_ms=float(np.median(ours)),
                p95_ms=float(np.percentile(ours, 95)),
                app_median_ms=float(np.median(theirs)),
                rounds=len(ours),
            )
        )
    return tuple(found)


def _in_turns(
    sides: Sequence[Callable[[], object]], cancel: CancelToken
) -> tuple[list[float], ...]:
    """Milliseconds of each side's rounds; in turns, so that both meet the same machine."""
    times: tuple[list[float], ...] = tuple([] for _ in sides)
    started = time.perf_counter()
    for turn in range(_WARM_UP + _MOST):
        cancel.check()
        for run, kept in zip(sides, times, strict=True):
            begun = time.perf_counter()
            run()
            if turn >= _WARM_UP:
                kept.append((time.perf_counter() - begun) * 1000)
        enough = turn + 1 >= _WARM_UP + _FEWEST
        if enough and time.perf_counter() - started > len(sides) * _SECONDS:
            break
    return times


def memory_of(
    format: ExportFormat,  # noqa: A002
    file: Path,
    picture: NDArray[np.uint8],
    cancel: CancelToken,
) -> int | None:
    """Most memory that a process of its own holds which opens a file and judges one image.

    Args:
        format: Of the file.
        file: The exported file.
        picture: RGB, uint8, shape (height, width, 3).
        cancel: Ends the process.

    Returns:
        Bytes, with Python and the program that runs the file; None if it cannot be measured.

    Raises:
        Cancelled: If the job was asked to stop.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(
        target=_use_once, args=(format.value, file, picture, theirs), name="memory", daemon=True
    )
    try:
        with apart():
            process.start()
        theirs.close()
        answer: int | None = ours.recv() if _spoke(ours, cancel) else None
    except (EOFError, OSError):
        return None
    finally:
        ours.close()
        if process.pid is not None:
            process.kill()
            process.join()
        process.close()
    return answer


def _spoke(pipe: Connection, cancel: CancelToken) -> bool:
    """Wait for a process to say something, as long as the patience lasts."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        cancel.check()
        if pipe.poll(_LOOK):
            return True
    return False


def _use_once(format_name: str, file: Path, picture: NDArray[np.uint8], pipe: Connection) -> None:
    from effnet_studio.engine.export.formats import spec_of

    try:
        runtime = spec_of(ExportFormat(format_name)).open(file)
        runtime.answer(picture)
    except StudioError:
        return  # the comparison says why; here the pipe only ends
    pipe.send(runtime.peak_memory())
    runtime.close()


def environment(program: str) -> dict[str, str]:
    """Where something was measured.

    Args:
        program: What ran the file.
    """
    return {
        "system": _system(),
        "processor": cpu_name(),
        "cores": str(cpu_cores()),
        "python": platform.python_version(),
        "program": program,
        "effnet_studio": __version__,
    }


def _system() -> str:
    """Name and version of the operating system, without those of its kernel's build."""
    with contextlib.suppress(OSError, KeyError):
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    return platform.platform(terse=True)


def checksums(files: Sequence[Path], folder: Path) -> dict[str, str]:
    """SHA-256 of a model's files.

    Args:
        files: All of them.
        folder: They lie in.

    Returns:
        By their names, with ``/`` between the name of a folder inside and theirs.
    """
    return {path.relative_to(folder).as_posix(): weights_digest(path) for path in files}


def picture_of(parts: Mapping[str, Sequence[Sample]], preprocess: Preprocess) -> NDArray[np.uint8]:
    """The first of the compared images that can be read: what time and memory are measured with.

    Args:
        parts: Images by part, of which at least one can be read.
        preprocess: What is going to be applied to it.

    Returns:
        RGB, uint8, shape (height, width, 3).

    Raises:
        ExportError: If none can be read any more.
    """
    for sample in itertools.chain.from_iterable(parts.values()):
        with contextlib.suppress(ImageError):
            return read_pixels(sample.path, preprocess)
    raise ExportError(  # some could be before
        msg("None of the {count} images can be read.", count=sum(map(len, parts.values()))),
        hint=msg("Check that the drive is connected and the folder still exists."),
    )
