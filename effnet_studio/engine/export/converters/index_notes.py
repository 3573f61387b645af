"""What pip asks other computers for, put into the journal of connections from what it prints."""

from __future__ import annotations

import re
import urllib.parse
from typing import Final

from effnet_studio.engine.connections import Note, Outcome, Purpose, begin

INDEX: Final = "pypi.org"
"""Python's package index, unless the user has told pip of another."""

FILES: Final = "files.pythonhosted.org"
"""Where the index keeps the files."""

_UNITS: Final = {"bytes": 1, "kB": 1_000, "MB": 1_000_000, "GB": 1_000_000_000}
_SIZE: Final = re.compile(r"([\d.]+)\s*(bytes|kB|MB|GB)\)")
_INDEXES: Final = "Looking in indexes:"
_FETCHING: Final = ("Downloading ", "Resuming download ")
_KEPT: Final = "Using cached "
_NO_ANSWER: Final = "Retrying ("


class IndexNotes:
    """Listens to one installation.

    pip names the indexes it asks where they are not Python's own, and each file that it downloads,
    with its size. Where an index of its own keeps its files is not told: they count as the index's.

    Args:
        what: What is installed.
    """

    def __init__(self, what: str) -> None:
        self._what = what
        self._notes: dict[str, Note] = {}
        self._received: dict[str, float] = {}
        self._indexes: list[str] = []
        self._unanswered = False

    def hear(self, line: str) -> None:
        """Take a line that pip printed."""
        text = line.strip()
        if text.startswith(_INDEXES):
            addresses = text.removeprefix(_INDEXES).split(",")
            self._indexes = [host for host in map(_host, addresses) if host]
        elif text.startswith(_KEPT):
            self._ask_index()
        elif _NO_ANSWER in text:
            self._unanswered = True
            self._ask_index()
        elif (
            start := next((each for each in _FETCHING if text.startswith(each)), None)
        ) is not None:
            self._ask_index()
            file = text.removeprefix(start).split(" ")[0]
            host = _host(file) or (self._indexes or [FILES])[0]
            self._asked(host)
            self._received[host] = self._received.get(host, 0) + _bytes(text)

    def end(self, *, fine: bool) -> None:
        """Write down how it ended.

        Args:
            fine: Whether everything was installed.
        """
        failed = Outcome.FAILED if self._unanswered and not self._received else Outcome.DONE
        for host, note in self._notes.items():
            outcome = Outcome.DONE if fine else failed
            note.end(outcome, received=round(self._received.get(host, 0)))

    def _ask_index(self) -> None:
        for host in self._indexes or [INDEX]:
            self._asked(host)

    def _asked(self, host: str) -> None:
        if host not in self._notes:
            self._notes[host] = begin(host, Purpose.CONVERTER, sent=self._what)


def _host(address: str) -> str:
    return urllib.parse.urlsplit(address.strip()).hostname or ""


def _bytes(text: str) -> float:
    found = _SIZE.search(text)
    return float(found[1]) * _UNITS[found[2]] if found else 0.0
