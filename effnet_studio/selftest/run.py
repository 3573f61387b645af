"""Opens the window, does step after step, closes it, and reports."""

from __future__ import annotations

import faulthandler
import os
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from typing_extensions import override

from effnet_studio import app
from effnet_studio.engine.connections import read_connections
from effnet_studio.engine.errors import Cancelled
from effnet_studio.engine.project_lock import ProjectLock
from effnet_studio.gui.failures import versions_line
from effnet_studio.selftest.clock import seconds_since_start
from effnet_studio.selftest.complaints import Complaints
from effnet_studio.selftest.hands import CheckError, Hands, TimeUpError
from effnet_studio.selftest.report import Outcome, Report, StepResult
from effnet_studio.selftest.step import Step

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from effnet_studio.gui.main_window import MainWindow

_GRACE_SECONDS: Final = 60.0
"""How much longer than the limit of a step a window is waited for that answers no more."""
_STOPPING_SECONDS: Final = 30.0
"""How long work that was told to stop may go on."""

WINDOW: Final = "window"
QUIT: Final = "quit"


@dataclass(frozen=True)
class Wishes:
    """How a self-test is done.

    Attributes:
        limit: Seconds that a step may take without any sign of progress.
        quick: Whether to train on smaller pictures.
        pictures: Folder for pictures of the window; None: none are taken.
        skip: Keys of steps that are left out.
    """

    limit: float
    quick: bool = False
    pictures: Path | None = None
    skip: frozenset[str] = frozenset()


class SelfTest(QObject):
    """One self-test; it takes the process's one QApplication.

    Args:
        wishes: How it is done.
        folder: For files that a step needs.
        on_step: Told of each step as it ends.
        on_stuck: Told of the report when work cannot be stopped; the program ends when it returns.
    """

    def __init__(
        self,
        wishes: Wishes,
        folder: Path,
        *,
        on_step: Callable[[StepResult], None],
        on_stuck: Callable[[Report], None],
    ) -> None:
        super().__init__()
        self._wishes = wishes
        self._folder = folder
        self._on_step = on_step
        self._on_stuck = on_stuck
        self._complaints = Complaints()
        self._results: list[StepResult] = []
        self._window: MainWindow | None = None
        self._project: Path | None = None
        self._paint = _FirstPaint(self)
        self._began = self._quitting = time.monotonic()
        self._stopped = False

    def run(self) -> Report:
        """Do all of it.

        Returns:
            What was found.
        """
        self._began = time.monotonic()
        self._watch()
        try:
            with self._complaints.listening():
                code = app.run([], on_made=self._on_made)
                if not self._stopped:
                    self._note_end(code)
        finally:
            faulthandler.cancel_dump_traceback_later()
        return self._report()

    def _report(self) -> Report:
        return Report(
            steps=tuple(self._results),
            versions=versions_line(),
            seconds=time.monotonic() - self._began,
            seconds_to_window=self._paint.seconds,
            stopped=self._stopped,
        )

    def _watch(self) -> None:
        """Have the program ended, and say where it hung, if its window answers no more."""
        # A program without a console has nowhere to write to.
        if sys.stderr is not None:
            faulthandler.dump_traceback_later(self._wishes.limit + _GRACE_SECONDS, exit=True)

    # -- the window ----------------------------------------------------------------------------

    def _on_made(self, window: MainWindow) -> None:
        self._window = window
        self._complaints.watch(window)
        window.installEventFilter(self._paint)
        QTimer.singleShot(0, self, self._work)

    @Slot()
    def _work(self) -> None:
        """Do the steps while the app runs, and close the window at the end."""
        window = self._window
        if window is None:
            return
        hands = Hands(window, lambda: self._complaints.failed, self._watch, self._wishes.pictures)
        first = Step(WINDOW, "Open the window", lambda: self._see_window(hands))
        try:
            self._do(first, hands)
            # Here, because what the steps import would keep the window from appearing.
            from effnet_studio.selftest.steps import Steps

            for step in Steps(hands, self._folder, quick=self._wishes.quick).all():
                if step.key not in self._wishes.skip:
                    self._do(step, hands)
            if window.session.project is not None:
                self._project = window.session.project.root
            self._end_work(hands)
        except Cancelled:
            self._stopped = True
            return
        self._quitting = time.monotonic()
        self._watch()
        window.actions_by_key[QUIT].trigger()

    def _see_window(self, hands: Hands) -> str:
        hands.wait_for(lambda: self._paint.painted, "the window to be painted", at_once=True)
        hands.settle()
        seconds = self._paint.seconds
        return "" if seconds is None else f"painted {seconds:.2f} s after the program's start"

    def _do(self, step: Step, hands: Hands) -> None:
        """Do one step; what goes wrong is noted."""
        passed = {each.key for each in self._results if each.outcome is Outcome.PASSED}
        if step.needs and step.needs not in passed:
            self._note(StepResult(step.key, step.title, Outcome.SKIPPED, 0.0))
            return
        self._watch()
        hands.begin(self._wishes.limit)
        began, detail, problems, stuck = time.monotonic(), "", [], False
        try:
            detail = step.do()
            hands.take_picture(step.key)
        except Cancelled:
            raise
        except CheckError as error:
            problems.append(str(error))
            stuck = isinstance(error, TimeUpError)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            problems.append(f"{type(error).__name__}: {error}")
        problems += self._complaints.take()
        if problems:
            hands.take_picture(f"{step.key}-failed")
        self._complaints.forgive()
        outcome = Outcome.FAILED if problems else Outcome.PASSED
        seconds = time.monotonic() - began
        self._note(StepResult(step.key, step.title, outcome, seconds, detail, tuple(problems)))
        if stuck:
            self._end_work(hands)

    def _note(self, result: StepResult) -> None:
        self._results.append(result)
        self._on_step(result)

    # -- the end -------------------------------------------------------------------------------

    def _end_work(self, hands: Hands) -> None:
        """Stop what runs; where it does not stop, the program ends here and now."""
        for job in hands.window.session.jobs.jobs:
            job.cancel()
        hands.begin(_STOPPING_SECONDS)
        try:
            hands.settle()
        except CheckError as error:
            self._note_quit(0.0, [str(error)])
            self._on_stuck(self._report())
            os._exit(1)

    def _note_end(self, code: int) -> None:
        """Look at what is left when the window has gone."""
        problems = list(self._complaints.take())
        if code:
            problems.append(f"The window ended with {code}.")
        if self._project is not None and ProjectLock(self._project).owner() is not None:
            problems.append("The project is still locked.")
        problems += [f"Another computer was asked: {each.host}." for each in read_connections()]
        self._note_quit(time.monotonic() - self._quitting, problems)

    def _note_quit(self, seconds: float, problems: list[str]) -> None:
        outcome = Outcome.FAILED if problems else Outcome.PASSED
        detail = "" if problems else "no other computer was asked for anything"
        title = "Close the window"
        self._note(StepResult(QUIT, title, outcome, seconds, detail, tuple(problems)))


class _FirstPaint(QObject):
    """Notes when the window is first painted."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.painted = False
        self.seconds: float | None = None

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self.painted:
            self.painted = True
            self.seconds = seconds_since_start()
        return False
