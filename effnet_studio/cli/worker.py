"""A process of a training that several do together, started by ``torchrun`` or ``--processes``.

    torchrun --nproc-per-node 2 -m effnet_studio.cli.worker PROJECT --config CONFIG
    torchrun --nproc-per-node 2 -m effnet_studio.cli.worker PROJECT --resume RUN

``CONFIG`` is a JSON file: the ``config.json`` of a run, or some settings by name; the preset fills
in the rest. On several machines
the project's folder and the images must be at the same place on each, and ``torchrun`` gets its
usual options (``--nnodes``, ``--rdzv-endpoint``). ``torchrun --no-python effnet-studio train`` with
that command's own options comes here too.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from effnet_studio.cli.given_settings import read_settings
from effnet_studio.cli.terminal import STOPPED, Job, Terminal, print_json
from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.device import yield_while_waiting
from effnet_studio.engine.errors import Cancelled, ProcessGoneError, StudioError
from effnet_studio.engine.events import ignore

if TYPE_CHECKING:
    from collections.abc import Sequence
    from multiprocessing.connection import Connection


def main(
    arguments: Sequence[str] | None = None,
    *,
    meeting: Path | None = None,
    asked: Connection | None = None,
) -> int:
    """Train with the other processes.

    Args:
        arguments: Of the command line; None: those of this process.
        meeting: File by which they find each other; None: they do as torchrun says.
        asked: The first process stops when the other end is closed; None: by signals only.

    Returns:
        The exit status: 0, 1 after an error, or that of a command that was stopped.
    """
    yield_while_waiting()
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("project", type=Path)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--config", type=Path, help="JSON file with settings")
    what.add_argument("--resume", help="run to go on with")
    parser.add_argument("--name", default="", help="name of a new run")
    parser.add_argument("--or-resume", action="store_true", help="go on with the run of that name")
    parser.add_argument("--json", action="store_true", help="print one JSON document at the end")
    given = parser.parse_args(arguments)
    terminal = Terminal(as_json=given.json)
    first = _rank() == 0
    with contextlib.ExitStack() as stack:
        if first:
            job = stack.enter_context(terminal.job())
            _stop_when_closed(asked, job.cancel)
        else:  # the first process tells the others when to stop
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, signal.SIG_IGN)
            job = Job(ignore, CancelToken())
        try:
            return _train(given, meeting, terminal, job)
        except Cancelled as error:
            if first:
                terminal.remark(str(error))
            return STOPPED
        except StudioError as error:
            if first or not isinstance(error, ProcessGoneError):
                _fail(terminal, error, first=first)
            return 1


def _fail(terminal: Terminal, error: StudioError, *, first: bool) -> None:
    cause = f"({error.__cause__})" if isinstance(error, ProcessGoneError) else ""
    text = " ".join(f"{error.message} {error.hint or ''} {cause}".split())
    terminal.remark(f"error: {text}" if first else f"error of process {_rank()}: {text}")
    if terminal.as_json and first:
        path = None if error.path is None else str(error.path)
        print_json({"error": str(error.message), "hint": str(error.hint or ""), "path": path})


def started_together() -> bool:
    """Whether torchrun, or something like it, started this process as one of several."""
    return "RANK" in os.environ and int(os.environ.get("WORLD_SIZE", "1")) > 1


def _rank() -> int:
    return int(os.environ.get("RANK", "0"))


def _stop_when_closed(asked: Connection | None, cancel: CancelToken) -> None:
    """Watch for the wish of the process that started this one."""
    if asked is None:
        return

    def watch() -> None:
        with contextlib.suppress(EOFError, OSError):
            asked.recv_bytes()
        cancel.cancel()

    threading.Thread(target=watch, name="wish", daemon=True).start()


def _train(given: argparse.Namespace, meeting: Path | None, terminal: Terminal, job: Job) -> int:
    import torch

    from effnet_studio.cli import render
    from effnet_studio.cli.documents import train_document
    from effnet_studio.cli.named_run import naming, run_named
    from effnet_studio.engine.device import choose_device
    from effnet_studio.engine.project import Project
    from effnet_studio.engine.training import launch
    from effnet_studio.engine.training.runs import load_run
    from effnet_studio.engine.training.world import joined, local_device

    resume = given.resume
    with Project.open(given.project, read_only=True) as project:
        known = run_named(project, given.name) if given.or_resume else None
        if resume is not None:
            known = load_run(project.find_run(resume))
    if known is not None and not known.resumable and resume is None:
        # Each process finds the same, and none has to tell the others.
        if _rank() == 0:
            terminal.remark(f"{known.title} is finished; there is nothing left to train.")
        return 0
    resume = None if known is None else known.run_id
    config = read_settings(given.config) if known is None else known.config
    device = torch.device(choose_device(local_device(config.device)).name)
    with (
        joined(device, meeting) as world,
        # Only the first process writes; the others look.
        Project.open(given.project, read_only=not world.first) as project,
    ):
        name = given.name if world.first and resume is None else ""
        result = launch.train_together(
            project,
            config.model_copy(update={"device": str(device)}),
            world,
            resume=resume,
            on_event=naming(project, name, job.on_event),
            cancel=job.cancel,
        )
        if world.first:
            terminal.emit(train_document(result), *render.train_report(result))
    return STOPPED if result.stopped else 0


def leave(status: int) -> NoReturn:
    """End this process without taking the interpreter down piece by piece.

    Threads of PyTorch's messages may still hold Python's objects; one that lets go of them while
    the interpreter ends can abort the process, and a training that went well would be a failure.

    Args:
        status: The exit status.
    """
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError):
            stream.flush()
    os._exit(status)


if __name__ == "__main__":
    leave(main())
