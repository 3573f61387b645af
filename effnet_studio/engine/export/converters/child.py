"""A converter at work: a process in its own environment that is asked and answers."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import math
import queue
import subprocess
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

import numpy as np

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.errors import ExportError
from effnet_studio.engine.export.converters.environment import command_of, installed
from effnet_studio.engine.export.converters.kinds import CONVERTERS
from effnet_studio.engine.export.converters.process import surroundings
from effnet_studio.engine.messages import msg
from effnet_studio.engine.quiet import NO_WINDOW

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    from numpy.typing import NDArray

    from effnet_studio.engine.export.converters.kinds import Converter, ConverterKind

_INSIDE: Final = Path(__file__).with_name("inside")
_LOOK: Final = 0.1
_LAST_WORDS: Final = 2000
"""Bytes of what a process that ended printed last, among which the reason is looked for."""


@dataclass(frozen=True)
class _Answer:
    about: dict[str, Any]
    arrays: list[NDArray[Any]]


class Child:
    """A converter's process, for as long as the ``with`` block lasts.

    Not to be shared by threads: one question is answered after the other.

    Args:
        kind: The converter; it must be installed.

    Raises:
        ExportError: If it is not installed, or cannot be started.
    """

    def __init__(self, kind: ConverterKind) -> None:
        self._converter = CONVERTERS[kind]
        if not installed(kind):
            raise ExportError(
                msg("The converter for {name} is not installed.", name=self._converter.title),
                hint=msg("Install it first."),
            )
        self._start(command_of(kind), _folder_of_torch())

    def _start(self, python: Sequence[str], torch: Path) -> None:
        command = [*python, str(_INSIDE / "main.py")]
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        try:
            self._process = subprocess.Popen(  # noqa: S603 - a Python that the app installed
                [*command, self._converter.script, str(torch)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._said,
                env=surroundings(),
                creationflags=NO_WINDOW,
            )
        except OSError as error:
            self._said.close()
            raise _ended(self._converter, str(error)) from error
        self._answers: queue.Queue[_Answer | None] = queue.Queue()
        self._reader = threading.Thread(target=self._listen, name="converter answers")
        self._reader.start()

    def ask(
        self,
        call: str,
        arrays: Sequence[NDArray[Any]] = (),
        *,
        cancel: CancelToken | None = None,
        **given: object,
    ) -> tuple[Any, list[NDArray[Any]]]:
        """Ask for something and wait for the answer.

        Args:
            call: What; a key of the script's ``CALLS``.
            arrays: Handed over first.
            cancel: Ends the process.
            **given: Other arguments, plain values for JSON.

        Returns:
            A plain value, and arrays.

        Raises:
            ExportError: If it failed, or the process ended.
            Cancelled: If the job was asked to stop; the process has ended then.
        """
        try:
            self._send(call, arrays, given)
            answer = self._next(cancel or CancelToken())
        except BaseException:
            self.close()
            raise
        if "error" in answer.about:
            raise ExportError(
                msg(
                    "{name} could not do its work: {reason}",
                    name=self._converter.title,
                    reason=answer.about["error"],
                ),
                hint=msg("Choose another format, and please report this with the model's name."),
            )
        return answer.about["value"], answer.arrays

    def close(self) -> None:
        """End the process; it may be closed twice."""
        self._process.kill()
        self._process.wait()
        self._reader.join()
        for pipe in (self._process.stdin, self._process.stdout, self._said):
            if pipe is not None:
                with contextlib.suppress(OSError):  # what was not sent yet cannot be
                    pipe.close()

    def __enter__(self) -> Child:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _send(self, call: str, arrays: Sequence[NDArray[Any]], given: dict[str, object]) -> None:
        plain = [np.ascontiguousarray(array) for array in arrays]
        about = [{"dtype": array.dtype.str, "shape": list(array.shape)} for array in plain]
        line = json.dumps({"call": call, "given": given, "arrays": about})
        pipe = self._process.stdin
        if pipe is None or pipe.closed:
            raise _ended(self._converter, "")
        try:
            pipe.write(line.encode() + b"\n")
            for array in plain:
                pipe.write(array.data)
            pipe.flush()
        except OSError as error:
            raise _ended(self._converter, self._last_words()) from error

    def _next(self, cancel: CancelToken) -> _Answer:
        while True:
            cancel.check()
            try:
                answer = self._answers.get(timeout=_LOOK)
            except queue.Empty:
                continue
            if answer is None:
                raise _ended(self._converter, self._last_words())
            return answer

    def _listen(self) -> None:
        """Hand on what comes, in a thread: waiting for it must not keep a job from stopping."""
        pipe = self._process.stdout
        assert pipe is not None  # noqa: S101 - asked for above
        try:
            while line := pipe.readline():
                about = json.loads(line)
                arrays = [_read_array(pipe, each) for each in about["arrays"]]
                self._answers.put(_Answer(about, arrays))
        except (OSError, ValueError):
            pass  # cut short: the process is gone
        finally:
            self._answers.put(None)

    def _last_words(self) -> str:
        self._process.kill()
        self._process.wait()
        size = self._said.seek(0, 2)
        self._said.seek(max(0, size - _LAST_WORDS))
        lines = self._said.read().decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else ""


def _read_array(pipe: IO[bytes], about: dict[str, Any]) -> NDArray[Any]:
    kind = np.dtype(about["dtype"])
    content = pipe.read(math.prod(about["shape"]) * kind.itemsize)
    return np.frombuffer(content, dtype=kind).reshape(about["shape"])


def _ended(converter: Converter, reason: str) -> ExportError:
    return ExportError(
        msg(
            "The converter for {name} ended before it was done. {reason}",
            name=converter.title,
            reason=reason,
        ),
        hint=msg("Close other programs and try again; if that does not help, install it again."),
    )


def _folder_of_torch() -> Path:
    """The folder that the app's PyTorch lies in; the converters work with the same."""
    spec = importlib.util.find_spec("torch")
    if spec is None or spec.origin is None:
        raise ExportError(msg("PyTorch is missing."), hint=msg("Set the app up again."))
    return Path(spec.origin).parents[1]
