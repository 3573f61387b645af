"""Start programs in the bare root, and see what they do."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from boot.console import SetupError

from smoke.root import HOME, USER, USER_ID
from smoke.screen import Screen

_JAIL = Path(__file__).with_name("jail.py")
_WHITEOUT = 0
"""Device number of the mark that overlayfs leaves where a file was removed."""


@dataclass(frozen=True)
class Run:
    """What one program did.

    Attributes:
        status: Its exit status; None if it would not end.
        seconds: From its start to its end.
        output: What it printed.
        errors: What it printed as errors.
        leftovers: Command lines of processes that it left behind.
        existing: Of the files that were looked for, those that are there afterwards.
        window: Seconds to the first painted window; None if there was none.
    """

    status: int | None
    seconds: float
    output: str
    errors: str
    leftovers: tuple[str, ...] = ()
    existing: tuple[str, ...] = ()
    window: float | None = None


@dataclass
class House:
    """A bare root with what programs have changed in it, kept apart.

    Attributes:
        base: The root; only read.
        place: Folder of this house's own.
        binds: Files and folders from outside: where they are → where they appear; only read.
    """

    base: Path
    place: Path
    binds: dict[Path, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("upper", "work", "root", "said"):
            (self.place / name).mkdir(parents=True, exist_ok=True)
        # A home that belongs to the user, and the place for temporary files, as on any system.
        home = self.inside(HOME)
        home.mkdir(parents=True, exist_ok=True)
        os.chown(home, USER_ID, USER_ID)

    def inside(self, name: str) -> Path:
        """Where a file that a program has written lies, seen from here."""
        return Path(f"{self.place / 'upper'}{name}")

    def run(
        self,
        command: Sequence[str],
        *,
        screen: Screen | None = None,
        root: bool = False,
        seconds: float = 120,
        env: Mapping[str, str] | None = None,
        look_for: Sequence[str] = (),
        until_window: Path | None = None,
        stay: float = 0,
    ) -> Run:
        """Run a program to its end.

        Args:
            command: An absolute path inside, and arguments.
            screen: Where its windows appear.
            root: With all rights, as package managers have them.
            seconds: After which it is asked to end.
            env: More variables.
            look_for: Files to look for when it has ended.
            until_window: Wait for its window, write a picture of it here, and ask it to end.
            stay: Seconds between the window and its picture.
        """
        with tempfile.TemporaryDirectory(prefix="order-", dir=self.place) as name:
            files = {each: Path(name, each) for each in ("started", "stop", "report")}
            said = {each: Path(name, each) for each in ("output", "errors")}
            order = {
                "base": str(self.base.resolve()),
                **{each: str(self.place.resolve() / each) for each in ("upper", "work", "root")},
                **{each: str(path.resolve()) for each, path in (files | said).items()},
                "binds": [[str(source), target] for source, target in self._binds(screen)],
                "user": 0 if root else USER_ID,
                "network": False,
                "seconds": seconds,
                "folder": "/" if root else HOME,
                "command": list(command),
                "env": _environment(screen, root=root) | dict(env or {}),
                "look_for": list(look_for),
            }
            file = Path(name, "order.json")
            file.write_text(json.dumps(order), "utf-8")
            words = ["unshare", "--mount", "--net", "--pid", "--ipc", "--fork", "--kill-child"]
            jail = subprocess.Popen(
                [*words, sys.executable, str(_JAIL), str(file)], stderr=subprocess.PIPE, text=True
            )
            try:
                window = None
                if until_window is not None and screen is not None:
                    window = _watch(screen, files, jail, seconds)
                    time.sleep(stay)
                    screen.save(until_window)
                    files["stop"].touch()
                _, trouble = jail.communicate()
            finally:
                jail.kill()
            if not files["report"].exists():
                raise SetupError(f"The bare root could not be used: {trouble[-1500:]}")
            report = json.loads(files["report"].read_text("utf-8"))
            return Run(
                status=report["status"],
                seconds=report["seconds"],
                output=said["output"].read_text("utf-8", "replace"),
                errors=said["errors"].read_text("utf-8", "replace"),
                leftovers=tuple(report["leftovers"]),
                existing=tuple(report["existing"]),
                window=window,
            )

    def _binds(self, screen: Screen | None) -> Iterator[tuple[Path, str]]:
        yield from self.binds.items()
        if screen is not None:
            socket = f"/tmp/.X11-unix/X{screen.display.removeprefix(':')}"  # noqa: S108 - X's own
            yield Path(socket), socket

    def written(self) -> dict[str, str]:
        """Every file that was written or removed, with what it is; the home's are left out."""
        upper = self.place / "upper"
        found = {}
        for folder, _, names in os.walk(upper):
            for name in names:
                path = Path(folder, name)
                inside = f"/{path.relative_to(upper)}"
                if not inside.startswith(f"{HOME}/"):
                    found[inside] = _what(path)
        return found

    def home_files(self) -> dict[str, str]:
        """Every file in the user's home with a digest of its content."""
        home = self.inside(HOME)
        files = (path for path in home.rglob("*") if path.is_file() and not path.is_symlink())
        return {
            str(path.relative_to(home)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in files
        }


@contextlib.contextmanager
def a_house(base: Path, place: Path) -> Iterator[House]:
    """Use a bare root, and throw away afterwards what happened in it.

    Args:
        base: The root.
        place: Folder for it, on a disk that can carry an overlay.
    """
    folder = Path(tempfile.mkdtemp(prefix="house-", dir=place))
    try:
        yield House(base, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _watch(
    screen: Screen, files: Mapping[str, Path], jail: subprocess.Popen[str], seconds: float
) -> float | None:
    """Seconds from the start of the program to its window."""
    deadline = time.monotonic() + seconds
    while not files["started"].exists() or not files["started"].read_text():
        if jail.poll() is not None or time.monotonic() > deadline:
            return None
        time.sleep(0.002)
    started = float(files["started"].read_text())
    while jail.poll() is None and time.monotonic() < deadline:
        moment = screen.wait_for_window(time.monotonic() + 1)
        if moment is not None:
            return moment - started
    return None


def _environment(screen: Screen | None, *, root: bool) -> dict[str, str]:
    """What a program is told about the world: as little as there is."""
    env = {
        "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "HOME": "/root" if root else HOME,
        "USER": "root" if root else USER,
        "LANG": "C.UTF-8",
    }
    return env if screen is None else {**env, "DISPLAY": screen.display}


def _what(path: Path) -> str:
    about = path.lstat()
    if path.is_symlink():
        return f"link to {path.readlink()}"
    if not path.is_file():
        return "removed" if about.st_rdev == _WHITEOUT else "special"
    return f"{about.st_size} bytes of {about.st_mtime_ns}"
