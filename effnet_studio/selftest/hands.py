"""Eyes, hands and patience: finds what is in view, presses it as a mouse does, and waits."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QEventLoop,
    QMimeData,
    QPoint,
    QPointF,
    Qt,
    QTimer,
    QUrl,
)
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QScrollArea, QWidget

from effnet_studio.engine.errors import Cancelled
from effnet_studio.gui.widgets.job_bar import QUIET

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from effnet_studio.engine.events import Event
    from effnet_studio.gui.main_window import MainWindow

Found = TypeVar("Found", bound=QWidget)

_LOOK_MS: Final = 20
"""How often it is looked whether what is waited for has come."""
_MOST_LIMITS: Final = 8
"""How many times the limit a step may take in all."""
_BEFORE_PICTURE_MS: Final = 300
"""In which layouts come to rest and small pictures arrive."""
_AT_ONCE_SECONDS: Final = 30.0
"""How long something may take that should come without any work."""


class CheckError(Exception):
    """Something is not as it should be."""


class TimeUpError(CheckError):
    """Something did not come within its time."""


class Hands:
    """Moves the window as a person does.

    Args:
        window: The main window.
        failed: Whether something has failed meanwhile, so that waiting is of no use.
        moved: Told when a piece of work gives a sign of progress.
        pictures: Folder for pictures of the window; None: none are taken.
    """

    def __init__(
        self,
        window: MainWindow,
        failed: Callable[[], bool],
        moved: Callable[[], None],
        pictures: Path | None = None,
    ) -> None:
        self.window = window
        self._failed = failed
        self._moved = moved
        self._said: list[Event | None] = []
        self._pictures = pictures
        self._taken = 0
        self.begin(_AT_ONCE_SECONDS)

    def begin(self, limit: float) -> None:
        """Begin a step.

        Args:
            limit: Seconds that it may take without any sign of progress. A slow or busy computer
                takes its time, and so may the whole; but not more than a few times as much.
        """
        self._limit = limit
        self._deadline = time.monotonic() + limit
        self._last_deadline = time.monotonic() + _MOST_LIMITS * limit

    # -- looking -------------------------------------------------------------------------------

    def find(self, kind: type[Found], name: str) -> Found:
        """A widget in view.

        Args:
            kind: Its class.
            name: Its object name.

        Raises:
            CheckError: If there is none in view.
        """
        found = [each for each in self.window.findChildren(kind, name) if each.isVisible()]
        if not found:
            raise CheckError(f"There is no {name} in view.")
        return found[0]

    def sees(self, kind: type[QWidget], name: str) -> bool:
        """Whether a widget is in view."""
        return any(each.isVisible() for each in self.window.findChildren(kind, name))

    def take_picture(self, name: str) -> None:
        """Keep what the window looks like, if that is wanted.

        Args:
            name: Of the file, behind its number.

        Raises:
            CheckError: If it cannot be written.
        """
        if self._pictures is None:
            return
        self._let_work(_BEFORE_PICTURE_MS)
        self._taken += 1
        file = self._pictures / f"{self._taken:02d}-{name}.png"
        if not self.window.grab().save(str(file)):
            raise CheckError(f"The picture {file} could not be written.")

    # -- doing ---------------------------------------------------------------------------------

    def press(self, name: str) -> None:
        """Press a button with the mouse, scrolled into view first.

        Args:
            name: Its object name.

        Raises:
            CheckError: If it is not there, not enabled, or covered by something.
        """
        self.wait_for(lambda: self.sees(QAbstractButton, name), name, at_once=True)
        button = self.find(QAbstractButton, name)
        self.wait_for(button.isEnabled, f"{name} to be enabled", at_once=True)
        _bring_into_view(button)
        QCoreApplication.processEvents()
        place = _hit(button)
        in_window = button.mapTo(self.window, place)
        if self.window.childAt(in_window) is not button:
            raise CheckError(f"The button {name} cannot be reached with the mouse.")
        for kind, held in (
            (QEvent.Type.MouseButtonPress, Qt.MouseButton.LeftButton),
            (QEvent.Type.MouseButtonRelease, Qt.MouseButton.NoButton),
        ):
            event = QMouseEvent(
                kind,
                QPointF(place),
                QPointF(button.mapToGlobal(place)),
                Qt.MouseButton.LeftButton,
                held,
                Qt.KeyboardModifier.NoModifier,
            )
            QCoreApplication.sendEvent(button, event)

    def give(self, key: str) -> None:
        """Give a command of the menus.

        Args:
            key: Of the action.

        Raises:
            CheckError: If it is not enabled.
        """
        action = self.window.actions_by_key[key]
        if not action.isEnabled():
            raise CheckError(f"The command {action.text()} cannot be given.")
        action.trigger()

    def drop(self, paths: Sequence[Path]) -> None:
        """Drop files on the middle of the window."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        place, copy = self.window.rect().center(), Qt.DropAction.CopyAction
        how = data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QCoreApplication.sendEvent(self.window, QDragEnterEvent(place, copy, *how))
        QCoreApplication.sendEvent(self.window, QDropEvent(QPointF(place), copy, *how))

    # -- waiting -------------------------------------------------------------------------------

    def wait_for(self, condition: Callable[[], bool], what: str, *, at_once: bool = False) -> None:
        """Let the window work until something holds.

        Args:
            condition: What; asked in the window's thread.
            what: Its name in the message.
            at_once: Whether it needs no work, and so has to come soon.

        Raises:
            TimeUpError: If it did not come.
            CheckError: If the window says meanwhile that something failed.
            Cancelled: If the window was closed.
        """
        began = time.monotonic()
        soon = began + _AT_ONCE_SECONDS if at_once else math.inf
        while not condition():
            if not self.window.isVisible():
                raise Cancelled
            if self._failed():
                raise CheckError(f"Something failed while waiting for {what}.")
            self._look_for_progress()
            now = time.monotonic()
            if now > min(self._deadline, self._last_deadline, soon):
                waited = now - began
                raise TimeUpError(f"Waited {waited:.0f} s for {what}, in vain.")
            self._let_work()

    def _look_for_progress(self) -> None:
        """Work that says something new has as much time again."""
        said = [job.last_event for job in self.window.session.jobs.jobs if job.running]
        if [*map(id, said)] != [*map(id, self._said)]:
            self._said = said
            self._deadline = time.monotonic() + self._limit
            self._moved()

    def settle(self) -> None:
        """Wait until everything that the window tells of has ended, and all is painted."""
        self.wait_for(lambda: not self._at_work(), "the work to end")
        # The window is not while its parts get the look of another theme.
        self.wait_for(self.window.updatesEnabled, "the window to be painted", at_once=True)
        self._let_work()

    def _at_work(self) -> bool:
        """Whether anything runs but what the app does for itself, such as estimates."""
        jobs = self.window.session.jobs.jobs
        return any(job.running and (job.kind != QUIET or job.title) for job in jobs)

    @staticmethod
    def _let_work(milliseconds: int = _LOOK_MS) -> None:
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()


def _bring_into_view(widget: QWidget) -> None:
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget)
        above = above.parentWidget()


def _hit(button: QAbstractButton) -> QPoint:
    """Where a press is felt: those with a box or circle have it at the leading side."""
    middle = button.rect().center()
    if isinstance(button, QRadioButton | QCheckBox):
        return QPoint(min(10, middle.x()), middle.y())
    return middle
