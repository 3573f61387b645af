"""The real window on an offscreen screen, and how scenarios move it."""

from __future__ import annotations

import gc
import inspect
import time
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog

from effnet_studio.app import make_window
from effnet_studio.gui import training_estimator
from effnet_studio.gui.i18n import install_language
from effnet_studio.gui.settings import Settings
from tests.gallery.material import Material, copy_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from PySide6.QtGui import QPixmap

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.events import Event, OnEvent
    from effnet_studio.gui.jobs import Job
    from effnet_studio.gui.main_window import MainWindow
    from effnet_studio.gui.session import Session
    from tests.gallery.registry import Scenario

_DEPTH = 24
"""More layouts than lie within each other anywhere."""


class Stage:
    """A window for one scenario.

    Args:
        app: The application.
        material: The sample and its projects.
        folder: Where copies of them may be made.

    Attributes:
        window: The main window, shown.
        settings: Of this window alone.
        material: The sample and its projects; not to be written to.
        folder: For whatever files a scenario needs.
        given: Names and titles that a scenario makes up: nobody translates them.
    """

    def __init__(self, app: QApplication, material: Material, folder: Path) -> None:
        self._app = app
        self._stack = ExitStack()
        training_estimator.DELAY_MS = 10**8  # pictures do not wait for what a try would show
        self.material = material
        self.folder = folder
        self.given: list[str] = []
        self.settings = Settings(folder / "window.ini")
        self.settings.language = "en"
        self.window: MainWindow = make_window(app, self.settings)
        self.window.show()

    @property
    def session(self) -> Session:
        """The window's session."""
        return self.window.session

    # -- for scenarios -------------------------------------------------------------------------

    def open_copy(self, project: Path, page: str) -> None:
        """Open a copy of one of the material's projects, and show a page."""
        copy = self._stack.enter_context(copy_of(project, self.folder))
        self.session.open_project(copy)
        self.wait_for(lambda: self.session.project is not None)
        self.settle()
        self.window.show_page(page)
        self.settle()

    def perform(
        self, job_starter: Callable[..., Job], events: Sequence[Event], **kwargs: Any
    ) -> Job:
        """Replay events in a real job that then works on until it is cancelled.

        Args:
            job_starter: Called as ``job_starter(function, **kwargs)``, such as
                ``session.jobs.start``.
            events: What the job says.
            **kwargs: Passed on.

        Returns:
            The job, with all events delivered.
        """
        job = job_starter(_Performance(events), **kwargs)
        if events:
            received: list[Event] = []
            job.event_received.connect(received.append)
            self.wait_for(lambda: len(received) >= len(events))
        self.settle()
        return job

    def wait_for(self, condition: Callable[[], bool], seconds: float = 60) -> None:
        """Let the window work until a condition holds.

        Raises:
            TimeoutError: If it does not within the time.
        """
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                raise TimeoutError("The window did not get there.")
            self._run_events()

    def settle(self, seconds: float = 0.4) -> None:
        """Let timers fire and background answers arrive."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline or any(
            job.kind in {"quiet", "open"} and job.title for job in self.session.jobs.jobs
        ):
            self._run_events()

    def _run_events(self) -> None:
        """Run the event loop for a moment, asleep while there is nothing to do."""
        loop = QEventLoop()
        QTimer.singleShot(10, loop.quit)
        loop.exec()

    # -- for the gallery -------------------------------------------------------------------------

    @contextmanager
    def set_up(self, scenario: Scenario) -> Iterator[None]:
        """Bring the window into a scenario's state."""
        prepared = scenario.set_up(self)
        running = prepared if inspect.isgenerator(prepared) else None
        if running is not None:
            next(running)
        self.settle()
        try:
            yield
        finally:
            if running is not None:
                next(running, None)

    def picture(self, *, mode: str, language: str, size: tuple[int, int]) -> QPixmap:
        """Show the window in a theme, language and size, and take its picture."""
        self.window.theme.set_mode(mode)
        install_language(self._app, language)
        self.window.resize(*size)
        focused = self.window.focusWidget()
        if isinstance(focused, QAbstractButton):
            focused.clearFocus()
        # First every widget gets its new texts, however long that takes; then they are laid out,
        # from the innermost layout outwards: each call takes one step of that.
        QCoreApplication.sendPostedEvents()
        for _ in range(_DEPTH):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        self.settle(0.25)
        self.wait_for(self.window.updatesEnabled)  # another theme is seen when all parts have it
        dialogs = [each for each in self.window.findChildren(QDialog) if each.isVisible()]
        return (dialogs[-1] if dialogs else self.window).grab()

    def close(self) -> None:
        """End everything that runs, and take the window away."""
        self.session.jobs.shutdown()
        self.settle(0.1)
        self.window.close()
        self.wait_for(lambda: not self.session.jobs.jobs)
        self.session.jobs.shutdown()  # pages that were warmed up meanwhile ask too
        self.window.theme.set_mode("light")
        install_language(self._app, "en")
        # Pages that were warmed up and never shown have no owner yet: the garbage collector would
        # destroy them later, in whichever thread of the next window's it happens to run.
        for page in self.window.stack._pages.values():
            page.deleteLater()
        self.window.deleteLater()
        self._app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()
        self._stack.close()
        vars(self).clear()  # pytest still holds the stage
        gc.collect()  # here, and not in a thread of the next window's


class _Performance:
    """A job that says what it was told to, then waits to be cancelled or paused."""

    def __init__(self, events: Sequence[Event]) -> None:
        self._events = events

    def __call__(self, *_: object, on_event: OnEvent, cancel: CancelToken) -> None:
        for event in self._events:
            on_event(event)
        while True:
            cancel.check()
            time.sleep(0.01)
