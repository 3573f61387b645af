"""A process that answers one question after the other, apart from the program's own memory."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from effnet_studio.engine.data.files.workers import apart
from effnet_studio.engine.device import yield_while_waiting
from effnet_studio.engine.errors import StudioError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from effnet_studio.engine.cancel import CancelToken

_PATIENCE = 0.1
"""Seconds between two looks at whether the job was asked to stop."""

_FAREWELL = 5.0
"""Seconds that a process may take to end."""

Question = TypeVar("Question")
Answer = TypeVar("Answer")


class HelperFailedError(Exception):
    """A question was not answered; the text says why, in the words of whatever failed."""


class Helper(Generic[Question, Answer]):
    """A process of its own; while it is not asked, it sleeps.

    Use it as a context manager, or :meth:`close` it.

    Args:
        name: What the process is called.
        make: Called in the process with ``arguments``; gives the function that answers. A function
            of some module, for it is sent by name.
        arguments: For ``make``; sent as they are.

    Raises:
        OSError: If no process can be started.
    """

    def __init__(
        self, name: str, make: Callable[..., Callable[[Question], Answer]], *arguments: object
    ) -> None:
        self._ready = self._busy = False
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(
            target=_serve, args=(theirs, make, arguments), name=name, daemon=True
        )
        try:
            with apart():
                self._process.start()
        except OSError:
            self._pipe.close()
            raise
        finally:
            theirs.close()

    def get_ready(self, cancel: CancelToken) -> None:
        """Wait until it can be asked; several helpers get ready side by side.

        Args:
            cancel: As for :meth:`ask`.

        Raises:
            HelperFailedError: If it could not get ready.
            Cancelled: If the job was asked to stop.
        """
        if not self._ready:
            self._listen(cancel)
            self._ready = True

    def ask(self, question: Question, cancel: CancelToken) -> Answer:
        """Wait for an answer.

        Args:
            question: Anything that can be sent.
            cancel: Stops waiting; the process is to be closed then.

        Raises:
            HelperFailedError: If it failed or died over the question.
            StudioError: As whatever answers raised it.
            Cancelled: If the job was asked to stop.
        """
        self.get_ready(cancel)
        try:
            self._pipe.send(question)
        except OSError as error:
            raise self._death() from error
        self._busy = True
        answer: Answer = self._listen(cancel)
        self._busy = False
        return answer

    def _listen(self, cancel: CancelToken) -> Any:
        try:
            while not self._pipe.poll(_PATIENCE):
                cancel.check()
            answered, found = self._pipe.recv()
        except (EOFError, OSError) as error:
            raise self._death() from error
        if not answered:
            self._busy = False
            raise found if isinstance(found, StudioError) else HelperFailedError(found)
        return found

    def _death(self) -> HelperFailedError:
        self._process.join(1)
        return HelperFailedError(f"the process ended with {self._process.exitcode}")

    def close(self) -> None:
        """End the process: in good order if it sleeps, else at once."""
        self._pipe.close()
        self._process.join(_FAREWELL if self._ready and not self._busy else 0)
        self._process.kill()
        self._process.join(10)
        self._process.close()

    def __enter__(self) -> Helper[Question, Answer]:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()


def _serve(
    pipe: Connection[Any, Any],
    make: Callable[..., Callable[[Any], Any]],
    arguments: tuple[Any, ...],
) -> None:
    """Get ready, then answer until nobody asks any more; runs in the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started it sees to Ctrl-C
    yield_while_waiting()  # as the app itself computes
    with contextlib.suppress(EOFError, OSError):
        answer: Callable[[Any], Any] | None = None
        try:
            answer = make(*arguments)
            reply: tuple[bool, Any] = (True, None)
        except Exception as error:  # noqa: BLE001 - said to whoever asked
            reply = (False, _first_line(error))
        pipe.send(reply)
        while answer is not None:
            question = pipe.recv()
            try:
                reply = (True, answer(question))
            except StudioError as error:
                reply = (False, error)
            except Exception as error:  # noqa: BLE001 - said to whoever asked
                reply = (False, _first_line(error))
            pipe.send(reply)


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0].rstrip(".") if lines else type(error).__name__
