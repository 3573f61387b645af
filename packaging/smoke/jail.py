"""Run one program in a bare root with a user's rights and no network; used by smoke_test.py.

    unshare --mount --net --pid --ipc --fork --kill-child python3 jail.py ORDER.json

It is the first process of its own process space: all mounts and all processes end with it.
"""

from __future__ import annotations

import contextlib
import fcntl
import itertools
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

_DEVICES = ("null", "zero", "full", "random", "urandom", "tty", "fuse")
_SIOCGIFFLAGS, _SIOCSIFFLAGS, _IFF_UP = 0x8913, 0x8914, 1
_PROGRAM = "effnet-studio"
_POLL = 0.01
_GRACE = 20.0
"""Seconds that what a program started may take to end after it."""
_REFUSAL = 60.0
"""Seconds that a program may take to end after it was asked to."""


def main(order_file: Path) -> None:
    """Do what an order says, and write a report.

    Args:
        order_file: JSON; its fields are written by ``smoke.run.House``.
    """
    order = json.loads(order_file.read_text("utf-8"))
    root = Path(order["root"])
    _mount_root(order, root)
    if not order["network"]:
        _raise_loopback()
    report = _run(order, root)
    report["existing"] = [name for name in order["look_for"] if os.path.lexists(f"{root}{name}")]
    Path(order["report"]).write_text(json.dumps(report), "utf-8")


def _mount_root(order: dict[str, Any], root: Path) -> None:
    layers = f"lowerdir={order['base']},upperdir={order['upper']},workdir={order['work']}"
    _mount("-t", "overlay", "overlay", "-o", layers, root)
    _mount("-t", "proc", "proc", root / "proc")
    _mount("-t", "tmpfs", "tmpfs", "-o", "mode=755", root / "dev")
    for name in _DEVICES:
        if Path("/dev", name).exists():
            (root / "dev" / name).touch()
            _mount("--bind", f"/dev/{name}", root / "dev" / name)
    for name, link in {"fd": "/proc/self/fd", "stdin": "fd/0", "stdout": "fd/1"}.items():
        (root / "dev" / name).symlink_to(link)
    (root / "dev" / "shm").mkdir()
    _mount("-t", "tmpfs", "tmpfs", "-o", "mode=1777", root / "dev" / "shm")
    _mount("--rbind", "-o", "ro", "/sys", root / "sys")
    for source, name in order["binds"]:
        target = Path(f"{root}{name}")
        if Path(source).is_dir():
            target.mkdir(parents=True, exist_ok=True)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.touch()
        _mount("--bind", source, target)
        _mount("-o", "remount,bind,ro", target)


def _mount(*words: str | Path) -> None:
    subprocess.run(["mount", *map(str, words)], check=True)


def _raise_loopback() -> None:
    """Switch on the one network there is: the computer with itself."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        wish = struct.pack("16sh14x", b"lo", 0)
        answer = fcntl.ioctl(any_socket, _SIOCGIFFLAGS, wish)
        flags = struct.unpack("16sh14x", answer)[1]
        fcntl.ioctl(any_socket, _SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", flags | _IFF_UP))


def _run(order: dict[str, Any], root: Path) -> dict[str, Any]:
    stop, proc = Path(order["stop"]), root / "proc"
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        _become(order, root)
    Path(order["started"]).write_text(str(started), "utf-8")
    status = _wait(child, stop, proc, started + order["seconds"])
    ended = time.monotonic()
    return {"status": status, "seconds": ended - started, "leftovers": _wait_for_rest(proc)}


def _become(order: dict[str, Any], root: Path) -> NoReturn:
    """Turn into the program."""
    try:
        out = os.open(order["output"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        err = os.open(order["errors"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.setsid()
        os.chroot(root)
        os.setgroups([])
        os.setgid(order["user"])
        os.setuid(order["user"])
        os.chdir(order["folder"])
        for source, target in ((os.open("/dev/null", os.O_RDONLY), 0), (out, 1), (err, 2)):
            os.dup2(source, target)
        os.execve(order["command"][0], order["command"], order["env"])  # noqa: S606
    finally:
        os.write(2, f"cannot run {order['command'][0]}: {sys.exc_info()[1]}\n".encode())
        os._exit(127)


def _wait(child: int, stop: Path, proc: Path, deadline: float) -> int | None:
    """Wait for the program; ask it to end when told so or when it takes too long.

    Returns:
        Its status; None if it did not end.
    """
    asked = False
    while True:
        for process, status in _ended():
            if process == child:
                return os.waitstatus_to_exitcode(status)
        now = time.monotonic()
        if not asked and (stop.exists() or now > deadline):
            asked, deadline = True, now + _REFUSAL
            _ask_to_end(proc)
        elif asked and now > deadline:
            return None
        time.sleep(_POLL)


def _ask_to_end(proc: Path) -> None:
    """Tell the first process of the application, not the one that holds its AppImage open."""
    named = (process for process in _others(proc) if _read(proc, process, "comm") == _PROGRAM)
    for process in itertools.islice(named, 1):
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGTERM)


def _wait_for_rest(proc: Path) -> list[str]:
    """Wait for what the program started; return the command lines of what will not end."""
    deadline = time.monotonic() + _GRACE
    while time.monotonic() < deadline:
        list(_ended())
        if not _others(proc):
            return []
        time.sleep(_POLL)
    return [_read(proc, process, "cmdline").replace("\0", " ") for process in _others(proc)]


def _ended() -> Iterator[tuple[int, int]]:
    """Fetch the status of everything that has ended."""
    with contextlib.suppress(ChildProcessError):
        while True:
            process, status = os.waitpid(-1, os.WNOHANG)
            if process == 0:
                return
            yield process, status


def _others(proc: Path) -> list[int]:
    """All processes of this space but this one, oldest first."""
    found = (int(entry.name) for entry in proc.iterdir() if entry.name.isdigit())
    return sorted(process for process in found if process != os.getpid())


def _read(proc: Path, process: int, what: str) -> str:
    with contextlib.suppress(OSError):
        return (proc / str(process) / what).read_text().strip()
    return ""


if __name__ == "__main__":
    main(Path(sys.argv[1]))
