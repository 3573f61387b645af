"""Styles windows part by part, so that a switch of the theme holds nobody up.

Qt styles every widget anew that lies below the one whose style sheet changes, seen or not: a third
of a second in a window of which all pages were shown. So a window has no sheet, its parts have one
each. What is seen is styled in the next turns of the event loop, a part in each, and painted when
all of it is; what is hidden is so when it is shown, or while nothing else happens.
"""

from __future__ import annotations

import time
import weakref
from collections import deque
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBasicTimer, QChildEvent, QEvent, QObject, QTimerEvent, Slot
from PySide6.QtWidgets import QScrollArea, QWidget
from shiboken6 import isValid
from typing_extensions import override

from effnet_studio.gui.turns import TurnTimer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_HOLDS_PARTS: Final = "holds_parts"

_REST_MS: Final = 30
"""Between hidden parts that are styled, in which clicks and keys are answered."""
_SLICE_SECONDS: Final = 0.004
"""For which small ones are styled in one turn."""


def hold_parts(widget: QWidget) -> None:
    """Have what lies in a widget styled piece by piece, each when it is seen.

    Args:
        widget: Has no look of its own, and no text or tool-tip. What holds it holds parts too.
    """
    widget.setProperty(_HOLDS_PARTS, "yes")


def hold_parts_in_scroll(area: QScrollArea) -> None:
    """Have what lies in a scroll area styled piece by piece.

    Args:
        area: Has its widget, and no frame. It lets what is behind it shine through, as all do.
    """
    hold_parts(area)
    for widget in (area.viewport(), area.widget()):
        if widget is not None:
            hold_parts(widget)
            widget.setAutoFillBackground(False)


def parts_of(widget: QWidget) -> Iterator[QWidget]:
    """The widgets that have the style sheet, for all that is in them.

    Args:
        widget: A window or something in it.

    Yields:
        The widget itself, or the parts it holds.
    """
    if not _holds_parts(widget):
        yield widget
        return
    for child in widget.children():
        if isinstance(child, QWidget):
            yield from parts_of(child)


class Restyler(QObject):
    """Gives windows and their parts a style sheet, and the next one when it changes.

    Args:
        sheet: What to begin with.
        tint: Called with every part that got another sheet than before, for its icons.
        parent: Qt's owner.
    """

    def __init__(self, sheet: str, tint: Callable[[QWidget], None], parent: QObject) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self._tint = tint
        self._windows: weakref.WeakSet[QWidget] = weakref.WeakSet()
        self._timer = QBasicTimer()
        self._seen: deque[QWidget] = deque()
        self._hidden: deque[QWidget] = deque()
        self._turn = TurnTimer(self, single_shot=False)
        self._turn.timeout.connect(self._style_seen)
        self._held: list[QWidget] = []

    def add_window(self, window: QWidget) -> None:
        """Style a window from now on: what it holds already, and what joins it later."""
        self._windows.add(window)
        self.add_parts(window)

    def add_parts(self, widget: QWidget) -> None:
        """Style what has just joined a window, or a part of what is about to.

        Nobody has to, but it is quicker than to wait until Qt has given it a look without a sheet.
        """
        for part in parts_of(widget):
            self._style(part)
        self._watch(widget)

    def has(self, window: QWidget) -> bool:
        """Whether a window was added."""
        return window in self._windows

    def restyle(self, sheet: str) -> None:
        """Change to another sheet: where it is seen in the next turns, elsewhere soon.

        Windows that are not shown are styled at once: nobody waits for them, and they may be drawn.
        """
        self._sheet = sheet
        self._seen.clear()
        self._hidden.clear()
        seen = []
        for part in self._late():
            if not _window_of(part).isVisible():
                self._style(part)
            elif part.isVisible():
                seen.append(part)
            else:
                part.installEventFilter(self)
                self._hidden.append(part)
        if self._hidden:
            self._timer.start(_REST_MS, self)
        if seen:
            self._style_soon(seen)

    def _style_soon(self, parts: Sequence[QWidget]) -> None:
        """Style what is seen in the next turns of the event loop."""
        self._seen.extend(parts)
        self._hold_painting({part.window() for part in parts})
        self._turn.start()

    def _parts(self) -> list[QWidget]:
        windows = [window for window in self._windows if isValid(window)]
        return [part for window in windows for part in parts_of(window)]

    def _late(self) -> list[QWidget]:
        """Parts that have another sheet still."""
        return [part for part in self._parts() if part.styleSheet() != self._sheet]

    def _watch(self, widget: QWidget) -> None:
        """Be told of what joins a widget that holds parts, such as a dialog."""
        if _holds_parts(widget):
            widget.installEventFilter(self)
            for child in widget.children():
                if isinstance(child, QWidget):
                    self._watch(child)

    def _style(self, part: QWidget) -> None:
        before = part.styleSheet()
        if before == self._sheet:
            return
        part.removeEventFilter(self)
        part.setStyleSheet(self._sheet)
        if before:
            self._tint(part)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(watched, QWidget):
            return False
        if isinstance(event, QChildEvent):
            child = event.child()
            joined = event.type() == QEvent.Type.ChildPolished and _holds_parts(watched)
            if joined and isinstance(child, QWidget):
                self.add_parts(child)
        elif event.type() == QEvent.Type.Show and not _holds_parts(watched):
            self._on_shown(watched)
        return False

    def _on_shown(self, part: QWidget) -> None:
        """Style what comes into view in a window that is; all parts of a page at once take long."""
        if part.isWindow() or not part.window().isVisible():
            self._style(part)
        elif part.styleSheet() != self._sheet and part not in self._seen:
            self._style_soon([part])

    @override
    def timerEvent(self, event: QTimerEvent) -> None:
        self._style_hidden()

    @Slot()
    def _style_seen(self) -> None:
        if self._seen:
            part = self._seen.popleft()
            if isValid(part):
                self._style(part)
        else:
            self._turn.stop()
            self._let_paint()

    def _hold_painting(self, windows: Iterable[QWidget]) -> None:
        """Let nobody see one part in the old colours and another in the new."""
        for window in windows:
            if window not in self._held:
                window.setUpdatesEnabled(False)
                self._held.append(window)

    def _let_paint(self) -> None:
        for window in self._held:
            if isValid(window):
                window.setUpdatesEnabled(True)
                window.repaint()  # Qt believes it had asked for that already, and never would
        self._held.clear()

    def _style_hidden(self) -> None:
        self._timer.stop()
        until = time.monotonic() + _SLICE_SECONDS
        while self._hidden and time.monotonic() < until:
            part = self._hidden.popleft()
            if isValid(part) and not part.isVisible():  # else it is among those seen
                self._style(part)
        if self._hidden:
            self._timer.start(_REST_MS, self)


def _holds_parts(widget: QWidget) -> bool:
    return widget.property(_HOLDS_PARTS) is not None


def _window_of(part: QWidget) -> QWidget:
    """The window to which a part belongs, also by a menu or dialog."""
    window = part.window()
    while (owner := window.parentWidget()) is not None:
        window = owner.window()
    return window
