"""Composition root of the window: everything is made here and handed to whoever needs it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Slot

from effnet_studio.gui.failures import ExceptionHooks
from effnet_studio.gui.icons import load_plugins
from effnet_studio.gui.identity import app_icon, introduce_application
from effnet_studio.gui.jobs import JobRunner
from effnet_studio.gui.lifecycle.application import Application
from effnet_studio.gui.lifecycle.recovery import Recovery
from effnet_studio.gui.lifecycle.session_record import SessionFile
from effnet_studio.gui.lifecycle.termination import Termination
from effnet_studio.gui.main_window import MainWindow
from effnet_studio.gui.network import apply_cache_folder, apply_network
from effnet_studio.gui.precedence import go_first
from effnet_studio.gui.preload import load_heavy_modules
from effnet_studio.gui.projects import is_project
from effnet_studio.gui.readable_language import install_readable_language
from effnet_studio.gui.run_watcher import RunWatcher
from effnet_studio.gui.session import Session
from effnet_studio.gui.settings import Settings
from effnet_studio.gui.theme import ThemeManager
from effnet_studio.paths import user_data_dir

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QApplication

    from effnet_studio.gui.jobs import Job

_WARM_UP_AFTER_MS: Final = 500
"""After the window was shown, until the pages that were not asked for are made ahead."""


def make_window(app: QApplication, settings: Settings) -> MainWindow:
    """Assemble the window and everything behind it.

    Args:
        app: The application.
        settings: What is remembered between starts.

    Returns:
        The window, not yet shown.
    """
    go_first()
    load_plugins()
    theme = ThemeManager(app, settings.theme_mode)
    unreadable = install_readable_language(app, settings.language)
    apply_network(settings)
    apply_cache_folder(settings)
    runner = JobRunner(app, prepare=load_heavy_modules)
    session = Session(runner, app)
    _Preparer(session)
    RunWatcher(session)
    window = MainWindow(app, session, settings, theme)
    if unreadable is not None:
        session.error_raised.emit(unreadable)
    return window


def run(argv: Sequence[str], *, on_made: Callable[[MainWindow], None] | None = None) -> int:
    """Open the window and stay until it is closed.

    Args:
        argv: A project folder or a folder of images to begin with; may be empty.
        on_made: Given the window just before it is shown; what it starts goes on meanwhile.

    Returns:
        The exit status.
    """
    introduce_application()
    app = Application([sys.argv[0]])
    app.setWindowIcon(app_icon())
    settings = Settings(parent=app)
    window = make_window(app, settings)
    hooks = ExceptionHooks(app)
    hooks.caught.connect(window.errors.show_error)
    hooks.install()
    termination = Termination(app)
    termination.asked.connect(window.closing.close_unasked)
    termination.install()
    if on_made is not None:
        on_made(window)
    app.files_opened.connect(window.files.take)
    window.show()
    QTimer.singleShot(_WARM_UP_AFTER_MS, window.stack, window.stack.warm_up)
    window.pack_banner.look()
    record = SessionFile(user_data_dir())
    recovery = Recovery(window.session, record, window.recovery_banner, window)
    paths = [Path(argument).resolve() for argument in argv]
    QTimer.singleShot(0, window, _Opener(window, recovery, paths))
    try:
        return app.exec()
    finally:
        hooks.remove()
        window.session.jobs.shutdown()
        termination.remove()
        recovery.end()


class _Preparer(QObject):
    """Loads what training needs once there are images to train on, not when Start is pressed.

    Args:
        session: The open project.
    """

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        session.dataset_changed.connect(self._on_dataset_changed)

    @Slot(object)
    def _on_dataset_changed(self, dataset: object) -> None:
        if dataset is not None:
            self._session.dataset_changed.disconnect(self._on_dataset_changed)
            self._session.jobs.start(_nothing, title="", kind="quiet", with_events=False)


def _nothing() -> None:
    """A job of which only the preparation counts."""


class _Opener:
    """Opens what the command line named, once the window is up; else what was open at the end.

    Args:
        window: The window.
        recovery: Told first: a crash is another beginning.
        paths: Projects or folders; the first that exists counts.
    """

    def __init__(self, window: MainWindow, recovery: Recovery, paths: Sequence[Path]) -> None:
        self._window = window
        self._recovery = recovery
        self._paths = list(paths)

    def __call__(self) -> None:
        window, last = self._window, self._window.settings.last_project
        job = self._recovery.begin(reopens=not self._paths)
        if job is not None:
            self._come_back(job, "train" if self._recovery.was_training else "")
            return
        if any(is_project(path) or path.is_dir() for path in self._paths):
            window.files.take(self._paths)
        elif self._paths:
            window.session.open_project(self._paths[0])
        elif window.settings.reopen and last and not self._recovery.at_work:
            job = window.session.reopen_project(Path(last))
            if job is not None:
                self._come_back(job)

    def _come_back(self, job: Job, page: str = "") -> None:
        """Show what a job opens where it was left."""
        self._window.state.come_back(page)
        job.finished.connect(self._window.state.forget_page)
