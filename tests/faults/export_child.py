"""An export that dies or runs out of space at a given moment.

``python export_child.py PROJECT FORMAT OUT MODE N``: OUT is a folder, or empty for one inside the
project. Every change of a file below the project's exports or OUT counts as one step:

* ``copy``: before each step the folders are copied to the folder N, as a kill would leave them.
* ``kill``: killed before step N.
* ``event``: killed when event N is told.
* ``full``: from step N on the disk is full for whatever makes files longer or new.

Prints how many steps or events there were, if it comes to that, and the error in one line.
"""

from __future__ import annotations

import errno
import os
import shutil
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import torch

from effnet_studio.engine.errors import StudioError
from effnet_studio.engine.export.export import export_model
from effnet_studio.engine.project import Project

if TYPE_CHECKING:
    from effnet_studio.engine.events import Event

_CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.truncate"}
_GROWING = {"open", "os.mkdir"}


class Saboteur:
    """Counts what is done to files below some folders, and strikes at the right moment."""

    def __init__(self, watched: list[Path], mode: str, moment: str) -> None:
        self.steps = 0
        self.active = False
        self._watched = watched
        self._mode = mode
        self._moment = moment

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        """The hook for :func:`sys.addaudithook`; an error raised here is the operation's own."""
        if not self.active or not self._concerns(event, arguments):
            return
        self.active = False  # what is done here does not count
        if self._mode == "copy":
            for number, folder in enumerate(self._watched):
                if folder.is_dir():
                    shutil.copytree(folder, Path(self._moment, f"{self.steps:03}", str(number)))
        elif self._mode == "kill" and self.steps == int(self._moment):
            os.kill(os.getpid(), signal.SIGKILL)
        self.steps += 1
        self.active = True
        if self._mode == "full" and self.steps > int(self._moment) and event in _GROWING:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def _concerns(self, event: str, arguments: tuple[object, ...]) -> bool:
        writes = event in _CHANGES
        if event == "open":
            flags = arguments[2] if isinstance(arguments[2], int) else 0
            writes = bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
        if not writes or not isinstance(arguments[0], str | bytes | os.PathLike):
            return False
        path = Path(os.fsdecode(arguments[0]))
        # Names without a folder come from the removal of trees, of which only ours is meant.
        return not path.is_absolute() or any(path.is_relative_to(one) for one in self._watched)


def main(root: str, kind: str, out: str, mode: str, moment: str) -> None:
    """Export once."""
    torch.set_num_threads(1)
    told = 0

    def listen(_event: Event) -> None:
        nonlocal told
        if mode == "event" and told == int(moment):
            os.kill(os.getpid(), signal.SIGKILL)
        told += 1

    target = Path(out) if out else None
    with Project.open(Path(root)) as project:
        assert not project.read_only, "a killed process still owns the project"
        project.exports_dir.mkdir(exist_ok=True)
        saboteur = Saboteur([target or project.exports_dir], mode, moment)
        sys.addaudithook(saboteur)
        saboteur.active = True
        try:
            export_model(project, format=kind, out=target, on_event=listen)
        except StudioError as error:
            print(f"{type(error).__name__}: {error}".replace("\n", " "))
        saboteur.active = False
    print(told if mode == "event" else saboteur.steps)


if __name__ == "__main__":
    main(*sys.argv[1:])
