"""Processes that train together, kept for many tests as starting them is slow."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import math
import multiprocessing
import os
import signal
import threading
from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from unittest import mock

import torch

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.errors import ProcessGoneError, StudioError
from effnet_studio.engine.events import BatchProgress, Event
from effnet_studio.engine.training import fit, loop, runs
from effnet_studio.engine.training.epochs import run_epochs
from effnet_studio.engine.training.world import joined

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess
    from pathlib import Path

    from effnet_studio.engine.data.dataset import Dataset
    from effnet_studio.engine.training.config import TrainConfig
    from effnet_studio.engine.training.runs import TrainResult
    from effnet_studio.engine.training.session import Session
    from effnet_studio.engine.training.world import World

SIZE = 2


class Ranks:
    """Two processes with a thread each.

    Args:
        folder: Where they meet.
    """

    def __init__(self, folder: Path) -> None:
        self._meetings = (folder / f"meeting{number}" for number in itertools.count())
        self._ends: list[Connection] = []
        self.processes: list[SpawnProcess] = []

    def __call__(self, function: Callable[..., Any], *args: Any, **options: Any) -> list[Any]:
        """Call a function of a module with the world and arguments in both.

        Processes that have lost each other do not meet again: the next call starts new ones.

        Returns:
            What each gave: a value, or the error it ended with.
        """
        if not self.processes:
            self._start()
        meeting = next(self._meetings)
        for end in self._ends:
            end.send((meeting, function, args, options))
        answered = [end.poll(100) for end in self._ends]
        answers = [end.recv() for end in self._ends] if all(answered) else []
        if not answers or any(isinstance(answer, ProcessGoneError) for answer in answers):
            self.close()
        assert answers, "it hangs"
        return answers

    def close(self) -> None:
        """End them."""
        for process in self.processes:
            process.kill()
            process.join()
        self._ends, self.processes = [], []

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        for rank in range(SIZE):
            ours, theirs = context.Pipe()
            process = context.Process(target=_serve, args=(rank, theirs), daemon=True)
            process.start()
            theirs.close()
            self._ends.append(ours)
            self.processes.append(process)


def _serve(rank: int, inbox: Connection) -> None:
    """Do what is asked for until the other end is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ |= {"RANK": str(rank), "WORLD_SIZE": str(SIZE), "LOCAL_RANK": str(rank)}
    torch.set_num_threads(1)
    with contextlib.suppress(EOFError):
        while True:
            meeting, function, args, options = inbox.recv()
            try:
                with joined(torch.device("cpu"), meeting) as world:
                    answer = function(world, *args, **options)
            except StudioError as error:
                answer = error
            inbox.send(answer)


@dataclass(frozen=True)
class Trained:
    """What a process gave.

    Attributes:
        result: Of the training.
        events: What it said.
        digest: Of all weights, running statistics, averages and the optimiser's state.
    """

    result: TrainResult
    events: list[Event]
    digest: str


def trained(
    world: World,
    config: TrainConfig,
    dataset: Dataset,
    run_dir: Path,
    *,
    stop_at: int | None = None,
    pause_at: int | None = None,
    fault: Callable[[World], AbstractContextManager[Any]] = nullcontext,
) -> Trained:
    """Train; the first process stops, or pauses for a moment, behind a step.

    Args:
        world: The processes.
        config: The settings.
        dataset: Pictures.
        run_dir: The run's folder.
        stop_at: Step.
        pause_at: Step.
        fault: What goes wrong meanwhile, and where.
    """
    if (run_dir / runs.LAST_FOLDER).exists():
        config = runs.load_run(run_dir).config  # goes on as it was settled
    token, events, sessions = CancelToken(), [], []

    def listen(event: Event) -> None:
        events.append(event)
        if isinstance(event, BatchProgress) and world.first:
            if event.step == stop_at:
                token.cancel()
            if event.step == pause_at:
                token.pause()
                threading.Timer(0.5, token.resume).start()

    def keep(run: Session) -> Any:
        sessions.append(run)
        return run_epochs(run)

    with (
        mock.patch.object(loop, "REPORT_INTERVAL", 0.0),  # every step is told
        mock.patch.object(fit, "run_epochs", keep),
        fault(world),
    ):
        result = fit.fit(
            config, dataset, run_dir=run_dir, on_event=listen, cancel=token, world=world
        )
    return Trained(result, events, _digest(sessions[-1]))


def leave(_world: World) -> None:
    """Do nothing at all."""


def no_number(world: World) -> AbstractContextManager[Any]:
    """The loss of the second process's fourth step is no number."""
    if world.first:
        return nullcontext()
    costs, count = loop._cost, itertools.count()

    def cost(*args: Any) -> Any:
        value, logits = costs(*args)
        return (value * math.nan if next(count) == 3 else value), logits

    return mock.patch.object(loop, "_cost", cost)


def no_memory(world: World) -> AbstractContextManager[Any]:
    """The second process's fourth step finds no memory at first."""
    if world.first:
        return nullcontext()
    costs, count = loop._cost, itertools.count()

    def cost(*args: Any) -> Any:
        if next(count) == 3:
            raise MemoryError
        return costs(*args)

    return mock.patch.object(loop, "_cost", cost)


def no_memory_to_update(world: World) -> AbstractContextManager[Any]:
    """The second process's optimiser breaks off in the fourth step."""
    if world.first:
        return nullcontext()
    updates, count = loop._update, itertools.count()

    def update(*args: Any) -> Any:
        norm = updates(*args)
        if next(count) == 3:
            raise loop.RolledBackError
        return norm

    return mock.patch.object(loop, "_update", update)


def _digest(run: Session) -> str:
    found = hashlib.sha256()
    tensors = [*run.model.state_dict().values()]
    if run.average is not None:
        tensors += run.average.model.state_dict().values()
    for parameter in run.parameters:
        state = run.optimizer.state.get(parameter, {})
        tensors += [state[name] for name in sorted(state)]
    for tensor in tensors:
        found.update(tensor.numpy().tobytes())
    return found.hexdigest()
