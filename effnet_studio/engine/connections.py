"""The journal of everything the app asks other computers for: whom, what for, when, how much.

Each connection is written down when it begins and again when it has ended, so that one that was
broken off by a power cut is in the journal too. The file keeps the newest ones, and of every
computer ever asked the last time.
"""

from __future__ import annotations

import json
import logging
import uuid
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from effnet_studio import paths
from effnet_studio.engine import atomic
from effnet_studio.engine.errors import StorageError
from effnet_studio.engine.messages import Message, msg

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_log = logging.getLogger(__name__)

MOST_BYTES: Final = 256 * 1024
"""Size of the journal at which older entries are left out."""

KEPT: Final = 400
"""Entries that stay then, beside the last one of each computer and purpose."""


class Purpose(StrEnum):
    """What the app asks other computers for."""

    WEIGHTS = "weights"
    CHECK = "check"
    CONVERTER = "converter"
    GPU_PACK = "gpu-pack"

    @property
    def label(self) -> Message:
        """Shown to people."""
        return _LABELS[self]


_LABELS: Final = {
    Purpose.WEIGHTS: msg("Downloading pre-trained weights"),
    Purpose.CHECK: msg("Looking whether pre-trained weights can be downloaded"),
    Purpose.CONVERTER: msg("Installing a converter for an export format"),
    Purpose.GPU_PACK: msg("Downloading the GPU pack"),
}


class Outcome(StrEnum):
    """How a connection ended."""

    OPEN = "open"
    """It has not ended, or the app was ended before."""
    DONE = "done"
    REFUSED = "refused"
    """The other computer answered that it does not give it."""
    FAILED = "failed"
    """There was no answer."""

    @property
    def label(self) -> Message:
        """Shown to people."""
        return _OUTCOMES[self]


_OUTCOMES: Final = {
    Outcome.OPEN: msg("not finished"),
    Outcome.DONE: msg("answered"),
    Outcome.REFUSED: msg("refused"),
    Outcome.FAILED: msg("no connection"),
}


@dataclass(frozen=True)
class Connection:
    """One connection to another computer.

    Attributes:
        id: Tells it from others.
        host: The other computer's name.
        purpose: What for.
        began: When, ISO 8601 with time zone.
        outcome: How it ended.
        received: Bytes of content that came.
        sent: What was asked for: a file's name, never anything of the user's.
        detail: The answer's status, or the reason for none, in the words of the system.
        proxy: Host and port of the proxy in between; empty: none.
    """

    id: str
    host: str
    purpose: Purpose
    began: str
    outcome: Outcome = Outcome.OPEN
    received: int = 0
    sent: str = ""
    detail: str = ""
    proxy: str = ""


class Note:
    """A connection that has begun and is in the journal; made by :func:`begin`.

    Args:
        connection: As it began.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._ended = False

    def end(self, outcome: Outcome, *, received: int = 0, detail: str = "") -> None:
        """Write down how it ended; only the first time counts.

        Args:
            outcome: How.
            received: Bytes of content that came.
            detail: The answer's status, or the reason for none.
        """
        if not self._ended:
            self._ended = True
            _append(replace(self._connection, outcome=outcome, received=received, detail=detail))


def begin(host: str, purpose: Purpose, *, sent: str = "", proxy: str = "") -> Note:
    """Write down that a connection begins.

    Args:
        host: The other computer's name.
        purpose: What for.
        sent: What is asked for.
        proxy: Host and port of the proxy in between.

    Returns:
        To be told how it ended.
    """
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    connection = Connection(uuid.uuid4().hex[:12], host, purpose, now, sent=sent, proxy=proxy)
    _shorten()
    _append(connection)
    return Note(connection)


def journal_file() -> Path:
    """Where the journal is."""
    return paths.user_data_dir() / "network.jsonl"


def read_connections() -> tuple[Connection, ...]:
    """All connections in the journal, the newest first; damaged lines are left out."""
    try:
        lines = journal_file().read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ()
    found: dict[str, Connection] = {}
    for line in lines:
        try:
            row = json.loads(line)
            row["purpose"], row["outcome"] = Purpose(row["purpose"]), Outcome(row["outcome"])
            found[str(row["id"])] = Connection(**row)
        except (ValueError, TypeError, KeyError):
            continue
    return tuple(reversed(found.values()))


def _append(connection: Connection) -> None:
    """Add a line; what cannot be written down is said in the log and stops no download."""
    file = journal_file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8") as stream:  # one short write: processes do not mix
            stream.write(_line(connection))
    except OSError as error:
        _log.warning("The journal of connections cannot be written: %s", error)


def _shorten() -> None:
    """Leave older entries out once the journal has grown long."""
    file = journal_file()
    try:
        if file.stat().st_size <= MOST_BYTES:
            return
        atomic.write_text(file, "".join(map(_line, _worth_keeping(read_connections()))))
    except FileNotFoundError:
        return
    except (OSError, StorageError) as error:
        _log.warning("The journal of connections cannot be shortened: %s", error)


def _worth_keeping(newest_first: Iterable[Connection]) -> list[Connection]:
    kept: list[Connection] = []
    known: set[tuple[str, Purpose]] = set()
    for number, each in enumerate(newest_first):
        if number < KEPT or (each.host, each.purpose) not in known:
            kept.append(each)
        known.add((each.host, each.purpose))
    return kept[::-1]


def _line(connection: Connection) -> str:
    return json.dumps(asdict(connection), ensure_ascii=True) + "\n"
