"""What lies over a window has in common: its corner, and the focus that it gives back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from effnet_studio.gui.theme import SPACE_4

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def corner(area: QWidget, bar: QWidget, width: int, height: int, *, aside: int = 0) -> QRect:
    """The place at the end of the lines, at the foot of an area.

    Args:
        area: What the overlay lies upon.
        bar: Stands at the foot of the area while it is visible; the place is above it.
        width: Wanted; less where the area is narrow.
        height: Wanted; less where the area is low.
        aside: Pixels to keep from the edge, for something else that lies there.
    """
    foot = bar.height() if bar.isVisibleTo(area) else 0
    width = min(width, area.width() - 2 * SPACE_4)
    height = min(height, area.height() - foot - 2 * SPACE_4)
    x = max(area.width() - width - SPACE_4 - aside, SPACE_4)
    if area.layoutDirection() == Qt.LayoutDirection.RightToLeft:
        x = area.width() - width - x
    return QRect(x, area.height() - foot - height - SPACE_4, width, height)


class FocusReturn:
    """Remembers where the focus was before an overlay took it.

    Args:
        overlay: A focus inside of it is not one to go back to.
    """

    def __init__(self, overlay: QWidget) -> None:
        self._overlay = overlay
        self._before: QWidget | None = None

    def remember(self) -> None:
        """Note where the focus is, unless the overlay has it already."""
        focused = QApplication.focusWidget()
        if focused is not None and not self._overlay.isAncestorOf(focused):
            self._before = focused

    def give_back(self) -> bool:
        """Put the focus back, if what had it is still there.

        Returns:
            Whether it is.
        """
        before, self._before = self._before, None
        if before is None or not isValid(before) or not before.isVisible():
            return False
        before.setFocus(Qt.FocusReason.PopupFocusReason)
        return True
