"""Start several processes on this machine that train together, and end them in good order.

On several machines, or where a cluster wants it, ``torchrun`` starts the same processes; see
:mod:`~effnet_studio.cli.worker`. Here nothing is needed but the app itself, also where it is
frozen, and a stopped training is no failure.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import tempfile
import time
from multiprocessing import connection
from pathlib import Path
from typing import TYPE_CHECKING

from effnet_studio.cli import worker
from effnet_studio.cli.terminal import STOPPED, make_console
from effnet_studio.engine.data.files.workers import apart
from effnet_studio.engine.device import cpu_cores

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from multiprocessing.context import SpawnProcess
    from types import FrameType

_FAREWELL = 10.0
"""Seconds that the others may take to end by themselves when one has failed."""

_NAME = "training"
"""What the processes are called."""


def run_together(arguments: Sequence[str], processes: int) -> int:
    """Start the processes and wait for them.

    The first Ctrl+C, or request to end, has them stop in good order; the second ends them at once.

    Args:
        arguments: For each, as :func:`effnet_studio.cli.worker.main` takes them.
        processes: How many.

    Returns:
        The exit status of the first; 1 if any failed.
    """
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        meeting = Path(folder) / "meeting"
        asked, wish = context.Pipe(duplex=False)
        workers = [
            context.Process(
                target=_work,
                args=(rank, processes, meeting, asked if rank == 0 else None, arguments),
                name=f"{_NAME} {rank}",
                daemon=True,
            )
            for rank in range(processes)
        ]
        try:
            with apart():  # Ctrl+C is for this process alone
                for each in workers:
                    each.start()
            asked.close()
            with _stopping(wish, workers):
                _wait(workers)
        finally:
            for each in workers:
                if each.pid is not None:
                    each.kill()
                    each.join()
    return _status(workers)


def _work(
    rank: int,
    size: int,
    meeting: Path,
    asked: connection.Connection | None,
    arguments: Sequence[str],
) -> None:
    """Be one of the processes; what torchrun would say about it, the environment says."""
    os.environ |= {"RANK": str(rank), "LOCAL_RANK": str(rank), "WORLD_SIZE": str(size)}
    os.environ.setdefault("OMP_NUM_THREADS", str(max(1, cpu_cores() // size)))
    worker.leave(worker.main(arguments, meeting=meeting, asked=asked))


def _wait(workers: Sequence[SpawnProcess]) -> None:
    """Wait until all have ended, or until one has failed and the others had time to notice."""
    until: float | None = None
    while running := [each for each in workers if each.exitcode is None]:
        if until is None and any(each.exitcode not in {None, 0, STOPPED} for each in workers):
            until = time.monotonic() + _FAREWELL
        left = None if until is None else until - time.monotonic()
        if left is not None and left <= 0:
            return
        connection.wait([each.sentinel for each in running], left)


def _status(workers: Sequence[SpawnProcess]) -> int:
    codes = [each.exitcode or 0 for each in workers]
    if set(codes) <= {0, STOPPED}:
        return codes[0]
    if codes[0] < 0:  # else it has said why
        make_console(error_stream=True).print(
            f"error: The first process of the training was ended by signal {-codes[0]}. "
            "Resume the run to go on from its last state."
        )
    return 1


@contextlib.contextmanager
def _stopping(wish: connection.Connection, workers: Sequence[SpawnProcess]) -> Iterator[None]:
    """Ask the first process to stop by closing its pipe, which the end of this process does too."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        if wish.closed:
            for each in workers:
                each.kill()
        else:
            make_console(error_stream=True).print("Stopping … (Ctrl+C again breaks off at once)")
            wish.close()

    before = [(number, signal.getsignal(number)) for number in (signal.SIGINT, signal.SIGTERM)]
    try:
        for number, _ in before:
            signal.signal(number, stop)
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)
