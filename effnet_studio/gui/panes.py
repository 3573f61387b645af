"""F6 goes from part to part of the window: notices, navigation, page, what runs."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from shiboken6 import isValid

from effnet_studio.gui.focus import in_reading_order, is_stop
from effnet_studio.gui.widgets.sidebar import Sidebar

if TYPE_CHECKING:
    from collections.abc import Sequence


class PaneCycle(QObject):
    """Moves the focus between parts, each of which remembers where it had the focus last.

    Args:
        parts: In the order of reading; hidden ones and those without a control are passed over.
        parent: Qt's owner.
    """

    def __init__(self, parts: Sequence[QWidget], parent: QObject) -> None:
        super().__init__(parent)
        self._parts = tuple(parts)
        self._last: weakref.WeakKeyDictionary[QWidget, QWidget] = weakref.WeakKeyDictionary()

    @Slot()
    def go_on(self) -> None:
        """Go to the next part."""
        self._go(1)

    @Slot()
    def go_back(self) -> None:
        """Go to the part before."""
        self._go(-1)

    def _go(self, step: int) -> None:
        focus = QApplication.focusWidget()
        here = next((part for part in self._parts if _holds(part, focus)), None)
        if here is not None and focus is not None:
            self._last[here] = focus
        ways = {part: target for part in self._parts if (target := self._target(part)) is not None}
        parts = [part for part in self._parts if part in ways or part is here]
        if not parts:
            return
        start = parts.index(here) if here is not None else (-1 if step > 0 else 0)
        target = ways.get(parts[(start + step) % len(parts)])
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)

    def _target(self, part: QWidget) -> QWidget | None:
        if not part.isVisible():
            return None
        last = self._last.get(part)
        if last is not None and isValid(last) and last.isVisible() and is_stop(last):
            return last
        return first_control(part)


def first_control(part: QWidget) -> QWidget | None:
    """What Tab would reach first inside of a widget; in the navigation, the page shown."""
    controls = [child for child in in_reading_order(part) if is_stop(child)]
    chosen = (each for each in controls if isinstance(each, QPushButton) and each.isChecked())
    if isinstance(part, Sidebar):
        return next(chosen, None) or next(iter(controls), None)
    return next(iter(controls), None)


def _holds(part: QWidget, focus: QWidget | None) -> bool:
    return focus is not None and (part is focus or part.isAncestorOf(focus))
