"""Keeps the answers of a long batch as they come, so that a stopped one goes on where it was.

One line of JSON for each file, added to the end and never changed: whatever ends the program, the
lines before stay. A last line that was cut short is dropped, a damaged one before it passed over.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

import numpy as np

from effnet_studio.engine import atomic
from effnet_studio.engine.errors import StorageError
from effnet_studio.engine.messages import Message, msg
from effnet_studio.engine.predict.answers import FailedImage, Prediction
from effnet_studio.engine.training.runs import BEST_FILE, weights_digest

if TYPE_CHECKING:
    from io import BufferedRandom
    from types import TracebackType

    from effnet_studio.engine.predict.predictor import Predictor

_FORMAT: Final = 1
_SYNC_SECONDS: Final = 5.0
"""What a power cut may cost; a crash of the program costs nothing."""

Stamp = tuple[int, int]
"""Size in bytes and time of the last change in ns: another one is another picture."""


class AnswerJournal:
    """The answers so far; use it as a context manager around the batch.

    Args:
        path: The file; made if it is not there.
        predictor: The model that answers.

    Raises:
        StorageError: If the file cannot be written, or holds something else: answers of another
            model, or what another program calls ``.part``. It is left as it is then.
    """

    def __init__(self, path: Path, predictor: Predictor) -> None:
        self._path = path
        self._classes = predictor.classes
        self._known: dict[str, tuple[Stamp, Prediction | FailedImage]] = {}
        self._stamps: dict[str, Stamp] = {}
        self._synced = time.monotonic()
        identity = _identity(predictor)
        with atomic.storage_errors(path):
            path.touch()
            self._file: BufferedRandom = path.open("r+b")
        try:
            self._begin(identity)
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._file.close()
        if not self._known:
            self.remove()

    def __len__(self) -> int:
        return len(self._known)

    def known(self, path: Path) -> Prediction | FailedImage | None:
        """The verdict on a file that has not changed since; to be asked before it is judged.

        Args:
            path: The file.
        """
        stamp = self._stamps[str(path)] = _stamp(path)
        found = self._known.get(str(path))
        return found[1] if found is not None and found[0] == stamp else None

    def add(self, verdict: Prediction | FailedImage) -> None:
        """Keep a verdict, on the file as it was when :meth:`known` was asked.

        Args:
            verdict: On a file; not kept if it has changed meanwhile.

        Raises:
            StorageError: If the disk is full or the drive is gone.
        """
        if verdict.path is None:
            return
        stamp = _stamp(verdict.path)
        if self._stamps.get(str(verdict.path), stamp) != stamp:
            return  # read before or after the change: nobody knows
        self._known[str(verdict.path)] = (stamp, verdict)
        self._write({"path": str(verdict.path), "stamp": stamp, **_packed(verdict)})

    def remove(self) -> None:
        """The batch is finished and its answers are where they belong."""
        self._file.close()
        with atomic.storage_errors(self._path):
            self._path.unlink(missing_ok=True)

    def _begin(self, identity: str) -> None:
        """Read what is there, drop a line that was cut short, and stand behind the last one."""
        head = {"format": _FORMAT, "model": identity, "classes": list(self._classes)}
        first = self._file.readline()
        if not first.endswith(b"\n"):
            if not _line(head).startswith(first):
                raise self._foreign(first)
            first = b""
        elif first != _line(head):
            raise self._foreign(first)
        end = len(first)
        for line in self._file:
            if line.endswith(b"\n"):
                end += len(line)
                self._take(line)
        with atomic.storage_errors(self._path):
            self._file.seek(end)
            self._file.truncate()
        if not end:
            self._write(head)

    def _take(self, line: bytes) -> None:
        """Remember a line's verdict; what is damaged is judged again."""
        with contextlib.suppress(KeyError, TypeError, ValueError):
            document = json.loads(line)
            size, changed = document["stamp"]
            verdict = _unpacked(document, self._classes)
            self._known[document["path"]] = ((int(size), int(changed)), verdict)

    def _foreign(self, first: bytes) -> StorageError:
        name = self._path.name
        if first.startswith(b'{"format": '):
            return StorageError(
                msg("{name} holds answers of another model.", name=name),
                hint=msg("Use that model again, or delete the file to begin anew."),
                path=self._path,
            )
        return StorageError(
            msg("{name} is not a list of answers.", name=name),
            hint=msg("Another program may be writing it; choose another name for the table."),
            path=self._path,
        )

    def _write(self, document: dict[str, Any]) -> None:
        with atomic.storage_errors(self._path):
            self._file.write(_line(document))
            self._file.flush()
            if time.monotonic() - self._synced > _SYNC_SECONDS:
                os.fsync(self._file.fileno())
                self._synced = time.monotonic()


def _identity(predictor: Predictor) -> str:
    """SHA-256 of the model's weights, and below what it says "none of these"."""
    path = predictor.path / BEST_FILE if predictor.path.is_dir() else predictor.path
    option = predictor.reject
    limit = "" if option is None else f" {option.score} {option.threshold!r}"
    return weights_digest(path) + limit


def _stamp(path: Path) -> Stamp:
    try:
        stat = path.stat()
    except OSError:
        return (-1, -1)
    return stat.st_size, stat.st_mtime_ns


def _line(document: dict[str, Any]) -> bytes:
    return json.dumps(document, allow_nan=False).encode() + b"\n"


def _packed(verdict: Prediction | FailedImage) -> dict[str, Any]:
    if isinstance(verdict, FailedImage):
        return {"error": str(verdict.message), "hint": str(verdict.hint or "")}
    values = np.ascontiguousarray(verdict.probabilities, dtype="<f4")
    packed = {"probabilities": base64.b64encode(values.tobytes()).decode("ascii")}
    return packed | ({"rejected": True} if verdict.rejected else {})


def _unpacked(document: dict[str, Any], classes: tuple[str, ...]) -> Prediction | FailedImage:
    path = Path(document["path"])
    if "error" in document:
        hint = Message(document["hint"]) if document["hint"] else None
        return FailedImage(path, Message(document["error"]), hint)
    values = np.frombuffer(base64.b64decode(document["probabilities"]), dtype="<f4")
    shares = values.astype(np.float32).reshape(len(classes))
    return Prediction(path, shares, classes, rejected=bool(document.get("rejected")))
