"""How a long job is stopped or paused from outside."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from effnet_studio.engine.errors import Cancelled

if TYPE_CHECKING:
    from collections.abc import Callable


class CancelToken:
    """Shared between a job and whoever watches it; safe to use from any thread.

    A job calls :meth:`check` at every batch or file. ``cancel()`` makes it raise
    :class:`~effnet_studio.engine.errors.Cancelled`; ``pause()`` makes it block until ``resume()``.

    Args:
        attended: Whether somebody could resume or stop the job. Then it may wait for what only
            they can mend, such as a full disk, instead of failing.
    """

    def __init__(self, *, attended: bool = False) -> None:
        self.attended = attended
        self._cancelled = threading.Event()
        self._suspended = threading.Event()
        self._running = threading.Event()
        self._running.set()

    def cancel(self) -> None:
        """Ask the job to stop at its next check, also while it is paused."""
        self._cancelled.set()
        self._running.set()

    def suspend(self) -> None:
        """Stop, and keep what allows to go on later, however little has been done."""
        self._suspended.set()
        self.cancel()

    def pause(self) -> None:
        """Ask the job to wait at its next check."""
        self._running.clear()
        if self._cancelled.is_set():  # asked after the change: a cancel in between must win
            self._running.set()

    def resume(self) -> None:
        """Let a paused job go on."""
        self._running.set()

    @property
    def cancelled(self) -> bool:
        """Whether the job was asked to stop."""
        return self._cancelled.is_set()

    @property
    def suspended(self) -> bool:
        """Whether the job was asked to stop so that it can go on later."""
        return self._suspended.is_set()

    @property
    def paused(self) -> bool:
        """Whether the job was asked to wait."""
        return not self._running.is_set()

    def wait(self, seconds: float) -> None:
        """Let time pass, but not a moment after the job was asked to stop.

        Args:
            seconds: How long.

        Raises:
            Cancelled: If the job was asked to stop.
        """
        if self._cancelled.wait(seconds):
            raise Cancelled

    def hold(
        self, mended: Callable[[], bool], on_pause: Callable[[bool], None], *, every: float = 5.0
    ) -> None:
        """Pause until what is wrong is mended, or somebody resumes or stops the job.

        Args:
            mended: Asked now and then; True lets the job go on.
            on_pause: As for :meth:`check`.
            every: Seconds between two questions.

        Raises:
            Cancelled: If the job was asked to stop.
        """
        self.pause()
        on_pause(True)
        while not self._running.wait(every):
            if mended():
                self.resume()
        on_pause(False)
        self.check()

    def check(self, on_pause: Callable[[bool], None] | None = None) -> None:
        """Go on, wait while paused, or stop.

        Args:
            on_pause: Called with True before waiting and with False after, so that the job can
                say so and give memory back.

        Raises:
            Cancelled: If the job was asked to stop.
        """
        if not self._running.is_set():
            if on_pause is not None:
                on_pause(True)
            self._running.wait()
            if on_pause is not None:
                on_pause(False)
        if self._cancelled.is_set():
            raise Cancelled
