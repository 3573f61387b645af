"""Install a wheel or an sdist in a fresh environment, and use what it brings there."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from boot.console import Finished, Runner, SetupError, child_environment
from boot.explain import explain_pip
from boot.layout import read_pins
from boot.torch_build import TorchInstaller

PATIENCE = 1800.0
"""Seconds that one check may take; the self-test on a busy machine has taken more than 600."""


def make_environment(runner: Runner, place: Path) -> Path:
    """Make an empty environment; return its Python.

    Args:
        runner: Runs Python.
        place: Its folder.

    Raises:
        SetupError: If Python cannot.
    """
    made = runner.run([sys.executable, "-m", "venv", str(place)], env=child_environment())
    if made.code != 0:
        raise SetupError(explain_pip(made.output))
    return place / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


@dataclass(frozen=True, slots=True)
class Trial:
    """A fresh environment with the app in it, and a home of its own.

    Attributes:
        place: The environment's folder.
        python: Its Python.
        home: Stands in for the user's folders.
    """

    place: Path
    python: Path
    home: Path

    @classmethod
    def install(cls, runner: Runner, file: Path, place: Path, root: Path) -> Trial:
        """Install a wheel or an sdist, with the pinned packages and torch for the processor.

        Args:
            runner: Runs pip.
            file: What to install.
            place: Folder for the environment.
            root: Folder of the project, for its pins.

        Raises:
            SetupError: If it cannot be installed.
        """
        python = make_environment(runner, place)
        constraints = root / "packaging" / "constraints.txt"
        pins = read_pins(constraints.read_text("utf-8"))

        def run(*arguments: str) -> Finished:
            return runner.run([str(python), *arguments], env=child_environment())

        def pip_install(
            *arguments: str, stop_when: Callable[[str], bool] | None = None
        ) -> Finished:
            command = [str(python), "-m", "pip", "install", "--no-compile"]
            command += ["--constraint", str(constraints), *arguments]
            done = runner.run(command, env=child_environment(), stop_when=stop_when)
            if done.code != 0 and not done.stopped:
                raise SetupError(explain_pip(done.output))
            return done

        pip_install(f"pip=={pins['pip']}")
        torch = TorchInstaller(pip_install=pip_install, try_run=run, pins=pins, root=root)
        torch.install(gpu=False)
        pip_install(str(file))
        # As pip does when it is left to itself, but on all cores.
        run("-m", "compileall", "-qq", "-j", "0", str(place))
        home = place / "home"
        home.mkdir()
        return cls(place, python, home)

    def size(self) -> int:
        """Return how many bytes the environment takes on the disk."""
        files = (path for path in self.place.rglob("*") if path.is_file() and not path.is_symlink())
        return sum(path.stat().st_size for path in files)

    def checks(self) -> list[tuple[str, Callable[[], list[str]]]]:
        """Return what to try: a name, and what finds out what is wrong."""
        found: list[tuple[str, Callable[[], list[str]]]] = [
            ("pip check", lambda: self._run([str(self.python), "-m", "pip", "check"])),
            ("effnet-studio --version", lambda: self._run([self._command, "--version"])),
            ("effnet-studio doctor", lambda: self._run([self._command, "doctor", "--json"])),
            ("effnet-studio guide", lambda: self._run([self._command, "guide", "start"])),
            ("effnet-studio demo", lambda: self._run([self._command, "demo"])),
            ("the window opens and closes", self._window),
        ]
        if not self._run([self._command, "self-test", "--help"]):
            found.append(
                ("effnet-studio self-test", lambda: self._run([self._command, "self-test"]))
            )
        return found

    @property
    def _command(self) -> str:
        name = "effnet-studio.exe" if os.name == "nt" else "effnet-studio"
        return str(self.python.with_name(name))

    def _environment(self) -> dict[str, str]:
        """A home of its own, so that nothing is found that a fresh computer would not have."""
        home = self.home
        runtime = home / "runtime"
        runtime.mkdir(mode=0o700, exist_ok=True)
        return child_environment(
            HOME=str(home),
            USERPROFILE=str(home),
            APPDATA=str(home / "roaming"),
            LOCALAPPDATA=str(home / "local"),
            XDG_CACHE_HOME=str(home / "cache"),
            XDG_CONFIG_HOME=str(home / "config"),
            XDG_DATA_HOME=str(home / "data"),
            XDG_RUNTIME_DIR=str(runtime),
            EFFNET_STUDIO_DATA=str(home / "studio"),
            QT_QPA_PLATFORM="offscreen",
            LANG=os.environ.get("LANG", "C.UTF-8"),
        )

    def _run(self, command: Sequence[str]) -> list[str]:
        """Run a command outside the work tree; return the end of what it said if it failed."""
        try:
            done = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                cwd=self.home,
                env=self._environment(),
                encoding="utf-8",
                errors="replace",
                timeout=PATIENCE,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return [f"it had not ended after {PATIENCE:.0f} s"]
        if done.returncode == 0:
            return []
        said = (done.stdout + done.stderr).strip().splitlines()
        return [f"exit status {done.returncode}", *said[-12:]]

    def _window(self) -> list[str]:
        """Open the window, ask it to end once it works, and see that it had nothing to say."""
        sessions = self.home / "studio" / "sessions"
        process = subprocess.Popen(
            [self._command, "gui"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=self.home,
            env=self._environment(),
            encoding="utf-8",
            errors="replace",
        )
        try:
            until = time.monotonic() + 60
            while process.poll() is None and time.monotonic() < until and not _open(sessions):
                time.sleep(0.1)
            opened = _open(sessions)
            if os.name == "nt":
                process.kill()  # a console program cannot be asked there
            else:
                process.send_signal(signal.SIGTERM)
            said, _ = process.communicate(timeout=60)
        finally:
            with contextlib.suppress(OSError):
                process.kill()
            process.wait()
        wrong = [] if opened else ["no window was there after a minute"]
        if os.name != "nt" and process.returncode != 0:
            wrong.append(f"exit status {process.returncode}")
        return wrong + said.strip().splitlines()[-12:]


def _open(sessions: Path) -> bool:
    """Tell whether a window has written down what it is at, which it does once it is shown."""
    for record in sessions.glob("*/session.json"):
        with contextlib.suppress(OSError, ValueError):
            json.loads(record.read_text("utf-8"))
            return True
    return False
