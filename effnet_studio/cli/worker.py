"""A process of a training that several do together, started by ``torchrun``.

    torchrun --nproc-per-node 2 -m effnet_studio.cli.worker PROJECT --config CONFIG
    torchrun --nproc-per-node 2 -m effnet_studio.cli.worker PROJECT --resume RUN

``CONFIG`` is a JSON file: the ``config.json`` of a run, or some settings by name; the preset fills
in the rest. On several machines
the project's folder and the images must be at the same place on each, and ``torchrun`` gets its
usual options (``--nnodes``, ``--rdzv-endpoint``).
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from effnet_studio.cli.terminal import STOPPED, Job, Terminal
from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.errors import StudioError
from effnet_studio.engine.events import ignore

if TYPE_CHECKING:
    from effnet_studio.engine.training.config import TrainConfig


def main(arguments: list[str] | None = None) -> int:
    """Train with the other processes.

    Args:
        arguments: Of the command line.

    Returns:
        The exit status: 0, 1 after an error, or that of a command that was stopped.
    """
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("project", type=Path)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--config", type=Path, help="JSON file with settings")
    what.add_argument("--resume", help="run to go on with")
    parser.add_argument("--json", action="store_true", help="print one JSON document at the end")
    given = parser.parse_args(arguments)
    terminal = Terminal(as_json=given.json)
    with contextlib.ExitStack() as stack:
        if os.environ.get("RANK", "0") == "0":
            job = stack.enter_context(terminal.job())
        else:  # the first process tells the others when to stop
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, signal.SIG_IGN)
            job = Job(ignore, CancelToken())
        try:
            return _train(given, terminal, job)
        except StudioError as error:
            terminal.remark(f"error: {error.message} {error.hint or ''}".rstrip())
            return 1


def _train(given: argparse.Namespace, terminal: Terminal, job: Job) -> int:
    import torch

    from effnet_studio.cli import render
    from effnet_studio.cli.documents import train_document
    from effnet_studio.engine.device import choose_device
    from effnet_studio.engine.project import Project
    from effnet_studio.engine.training import launch
    from effnet_studio.engine.training.runs import load_run
    from effnet_studio.engine.training.world import joined, local_device

    config = _settings(given.config) if given.config is not None else None
    wanted = "auto" if config is None else config.device
    device = torch.device(choose_device(local_device(wanted)).name)
    with (
        joined(device) as world,
        # Only the first process writes; the others look.
        Project.open(given.project, read_only=not world.first) as project,
    ):
        if config is None:
            config = load_run(project.find_run(given.resume)).config
        result = launch.train_together(
            project,
            config.model_copy(update={"device": str(device)}),
            world,
            resume=given.resume,
            on_event=job.on_event,
            cancel=job.cancel,
        )
        if world.first:
            terminal.emit(train_document(result), *render.train_report(result))
    return STOPPED if result.stopped else 0


def _settings(path: Path) -> TrainConfig:
    from pydantic import ValidationError

    from effnet_studio.engine.errors import ConfigError
    from effnet_studio.engine.messages import msg
    from effnet_studio.engine.training.config import TrainConfig, make_config

    try:
        about = json.loads(path.read_text(encoding="utf-8"))
        if "config" in about:  # of a run, with everything decided
            return TrainConfig.model_validate(about["config"])
        return make_config(**about)
    except (OSError, ValueError, TypeError, ValidationError) as error:
        raise ConfigError(
            msg("{path} is no file with settings.", path=str(path)),
            hint=msg("Give the config.json of a run."),
            path=path,
        ) from error


def torchrun(project: Path, processes: int, *arguments: str) -> list[str]:
    """The command that starts several processes on this machine.

    Args:
        project: The project's folder.
        processes: How many.
        *arguments: More for each process, such as ``--config FILE``.
    """
    runner = [sys.executable, "-m", "torch.distributed.run", "--standalone"]
    own = ["-m", "effnet_studio.cli.worker", str(project), *arguments]
    return [*runner, "--nproc-per-node", str(processes), *own]


if __name__ == "__main__":
    sys.exit(main())
