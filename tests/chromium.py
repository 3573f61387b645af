"""A real Chromium without a window, driven over the DevTools protocol through a pipe.

The commands: https://chromedevtools.github.io/devtools-protocol/
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import select
import shutil
import subprocess
import time
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_PATIENCE = 120.0
"""Seconds to wait for an answer; a busy machine is slow."""

_OFFLINE = ("--proxy-server=127.0.0.1:9", "--proxy-bypass-list=<-loopback>")
"""A proxy that nobody listens at: the browser reaches nothing."""


class Page:
    """One page, to which commands of the DevTools protocol are sent one at a time.

    Attributes:
        said: What the page wrote to its console, and errors that nobody caught.
    """

    def __init__(self, write: int, read: int) -> None:
        self.said: list[str] = []
        self._write, self._read = write, read
        self._received = b""
        self._number = 0
        self._session: str | None = None
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        attached = self.send("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.send(f"{domain}.enable")

    def send(self, method: str, **params: Any) -> dict[str, Any]:
        """Send a command and wait for its result."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": params}
        if self._session is not None:
            message["sessionId"] = self._session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self._write, data) :]
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer["error"]
                return dict(answer["result"])
            self._hear(answer)

    def open(self, url: str) -> None:
        """Go to an address."""
        self.send("Page.navigate", url=url)

    def run(self, script: str) -> Any:
        """The value of an expression; a promise is waited for."""
        answer = self.send(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def wait(self, condition: str) -> Any:
        """Wait until an expression is true, looking at every change of the page."""
        watch = (
            "new Promise(done => { const look = () => { let found = null;"
            f" try {{ found = ({condition}); }} catch {{ }}"
            " if (found) done(found); else setTimeout(look, 20); }; look(); })"
        )
        return self.run(watch)

    def choose(self, selector: str, files: Sequence[Path]) -> None:
        """Put files into a file field, as a person would."""
        root = self.send("DOM.getDocument")["root"]["nodeId"]
        node = self.send("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        self.send("DOM.setFileInputFiles", nodeId=node, files=[str(file) for file in files])

    def _next(self) -> dict[str, Any]:
        end = time.monotonic() + _PATIENCE
        while b"\0" not in self._received:
            ready, _, _ = select.select([self._read], [], [], max(0.0, end - time.monotonic()))
            assert ready, "the browser does not answer"
            data = os.read(self._read, 1 << 20)
            assert data, "the browser has ended"
            self._received += data
        message, _, self._received = self._received.partition(b"\0")
        return dict(json.loads(message))

    def _hear(self, event: dict[str, Any]) -> None:
        params = event.get("params", {})
        match event.get("method"):
            case "Runtime.consoleAPICalled":
                words = [str(each.get("value", each.get("description"))) for each in params["args"]]
                self.said.append(" ".join(words))
            case "Runtime.exceptionThrown":
                self.said.append(str(params["exceptionDetails"]))
            case "Log.entryAdded":
                self.said.append(str(params["entry"]["text"]))


@contextlib.contextmanager
def chromium_page(profile: Path, *options: str) -> Iterator[Page]:
    """Start a browser that reaches no network.

    Args:
        profile: Empty folder for what the browser keeps.
        options: More of its command line.

    Yields:
        Its one page, empty.
    """
    program = next(filter(None, map(shutil.which, _NAMES)), None)
    if program is None or os.name != "posix":
        pytest.skip("no Chromium that can be driven through a pipe")
    rights = ["--no-sandbox"] if os.geteuid() == 0 else []  # its sandbox refuses to run as root
    # The browser expects the pipe at 3 and 4. Its ends get high numbers before, lest laying one
    # there covers the other.
    commands, answers = os.pipe(), os.pipe()
    ends = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in (commands[0], answers[1])]
    os.close(commands[0])
    os.close(answers[1])
    process = subprocess.Popen(
        [
            "bash",
            "-c",
            f'exec "$@" 3<&{ends[0]} 4>&{ends[1]} {ends[0]}<&- {ends[1]}>&-',
            "bash",
            program,
            "--headless",
            "--remote-debugging-pipe",
            f"--user-data-dir={profile}",
            "--no-first-run",
            "--disable-gpu",
            *_OFFLINE,
            *rights,
            *options,
            "about:blank",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=ends,
    )
    for end in ends:
        os.close(end)
    try:
        yield Page(commands[1], answers[0])
    finally:
        process.terminate()
        process.wait(30)
        os.close(commands[1])
        os.close(answers[0])
