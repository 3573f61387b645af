"""What the bootstrap says on the screen, writes in its log and runs as child processes.

Standard library only: this runs before anything is installed.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from urllib.parse import unquote

MEGABYTE = 1_000_000
_UNITS = {
    "B": 1,
    "bytes": 1,
    "kB": 1_000,
    "MB": 1_000_000,
    "GB": 1_000_000_000,
    "KiB": 1024,
    "MiB": 1024**2,
    "GiB": 1024**3,
}
_UNIT = r"(bytes|B|kB|MB|GB|KiB|MiB|GiB)"
# pip writes `Downloading x.whl (1.2 MB)`, uv writes `Downloading torch (181.6MiB)`.
_DOWNLOAD = re.compile(rf"Downloading (\S+) \(([\d.,]+) ?{_UNIT}\)")
# apt writes `Need to get 1,234 kB of archives.` or `Need to get 0 B/61.2 MB of archives.`
_APT_DOWNLOAD = re.compile(rf"Need to get ([\d.,]+) {_UNIT}(?:/| of )")
_LOCAL_WHEEL = re.compile(r"Processing (\S+\.whl)")
_PROGRESS = re.compile(r"Progress (\d+) of (\d+)")
_WORTH_A_LINE = 5 * MEGABYTE
_BAR_WIDTH = 30
_GRACE = 5.0
"""Seconds that a child has to tidy up when it is asked to stop."""


class SetupError(Exception):
    """A set-up step failed; the text says in plain words what is wrong and what to do."""


def say(text: str) -> None:
    """Print one line at once, also when the output goes to a file or a pipe."""
    print(text, flush=True)


@dataclass(slots=True)
class Traffic:
    """What the package tools reported.

    Attributes:
        downloaded: Bytes fetched over the network.
        wheels: Packages found on this machine instead, and their sizes in bytes.
    """

    downloaded: int = 0
    wheels: dict[Path, int] = field(default_factory=dict)

    def add_line(self, line: str) -> None:
        """Count what one line of pip's, uv's or apt's output tells."""
        found = _DOWNLOAD.search(line)
        if found:
            self.downloaded += _bytes(found[2], found[3])
            return
        found = _APT_DOWNLOAD.search(line)
        if found:
            self.downloaded += _bytes(found[1], found[2])
            return
        found = _LOCAL_WHEEL.search(line)
        if found:
            wheel = Path(unquote(found[1].removeprefix("file://")))
            self.wheels[wheel] = wheel.stat().st_size if wheel.is_file() else 0

    def __str__(self) -> str:
        text = f"{self.downloaded / MEGABYTE:.0f} MB downloaded"
        if self.wheels:
            text += f", {sum(self.wheels.values()) / MEGABYTE:.0f} MB found on this machine"
        return text


def download_of(line: str) -> tuple[str, int] | None:
    """Return the name and size in bytes of the download that a line announces, if it does."""
    found = _DOWNLOAD.search(line)
    return (found[1], _bytes(found[2], found[3])) if found else None


def _bytes(number: str, unit: str) -> int:
    return round(float(number.replace(",", "")) * _UNITS[unit])


@dataclass(frozen=True, slots=True)
class Finished:
    """How a child process ended.

    Attributes:
        code: Its exit status.
        output: Everything it printed.
        stopped: Whether we ended it because of a line it printed.
    """

    code: int
    output: str
    stopped: bool = False


@dataclass(slots=True)
class Runner:
    """Runs the set-up's child processes: everything into the log, the essence on the screen."""

    log_path: Path
    cwd: Path
    traffic: Traffic = field(default_factory=Traffic)

    def run(
        self,
        command: Sequence[str],
        *,
        env: Mapping[str, str] | None = None,
        stop_when: Callable[[str], bool] | None = None,
    ) -> Finished:
        """Run a command to its end, or until a line of its output says to stop it.

        Args:
            command: Program and arguments.
            env: Its whole environment; this process's own by default.
            stop_when: Asked for each line; the process is ended when it answers True.
        """
        self.log_path.parent.mkdir(parents=True, exist_ok=True)
        with (
            self.log_path.open("a", encoding="utf-8") as log,
            subprocess.Popen(
                list(command),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                cwd=self.cwd,
                env=dict(env) if env is not None else None,
                encoding="utf-8",
                errors="replace",
            ) as process,
        ):
            log.write(f"\n$ {subprocess.list2cmdline(command)}\n")
            try:
                lines, stopped = self._follow(process.stdout or (), log, stop_when)
            except BaseException:
                _interrupt(process)
                raise
            if stopped:
                _interrupt(process)
            code = process.wait()
            log.write(f"-> exit status {code}\n")
        return Finished(code, "".join(lines), stopped)

    def _follow(
        self, output: Iterable[str], log: IO[str], stop_when: Callable[[str], bool] | None
    ) -> tuple[list[str], bool]:
        """Read a child's lines until they end, or until one says to stop it."""
        lines: list[str] = []
        for line in output:
            if _draw_progress(line):
                continue
            log.write(line)
            lines.append(line)
            if stop_when is not None and stop_when(line):
                return lines, True
            self.traffic.add_line(line)
            _tell(line)
        return lines, False


def _interrupt(process: subprocess.Popen[str]) -> None:
    """Ask a child to stop as Ctrl-C would: pip then removes what it had half downloaded.

    One that was started in the background by a shell does not hear that, and is ended.
    """
    if sys.platform != "win32":
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_GRACE)
            return
    process.terminate()


def _tell(line: str) -> None:
    """Show the few lines of pip's output a person wants: large downloads, long unpacking."""
    download = download_of(line)
    if download and download[1] >= _WORTH_A_LINE:
        say(f"    downloading {_short(download[0])} ({download[1] / MEGABYTE:.0f} MB)")
    elif line.startswith("Installing collected packages:"):
        count = line.count(",") + 1
        say(f"    unpacking {count} package{'s' if count > 1 else ''}")


def _short(name: str) -> str:
    """Name and version of a wheel's file name: 'scipy-1.17.1-cp311-….whl' → 'scipy-1.17.1'."""
    return "-".join(name.split("-")[:2]) if name.endswith((".whl", ".metadata")) else name


def _draw_progress(line: str) -> bool:
    """Turn pip's raw progress lines into one bar on a terminal; say whether it was one."""
    found = _PROGRESS.match(line)
    if not found:
        return False
    if sys.stdout.isatty():
        done, total = int(found[1]), max(1, int(found[2]))
        filled = _BAR_WIDTH * done // total
        bar = "#" * filled + "." * (_BAR_WIDTH - filled)
        text = f"    [{bar}] {done / MEGABYTE:.0f} of {total / MEGABYTE:.0f} MB"
        end = "\r" + " " * len(text) + "\r" if done >= total else ""
        print("\r" + text + end, end="", flush=True)
    return True


def child_environment(**changes: str) -> dict[str, str]:
    """This process's environment for a child, without what would bend its imports or pip."""
    env = dict(os.environ)
    for name in ("PYTHONHOME", "PYTHONPATH", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT"):
        env.pop(name, None)
    env.update(PYTHONUNBUFFERED="1", PYTHONUTF8="1", **changes)
    return env
