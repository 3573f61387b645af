"""What drawn widgets are to a screen reader: a chart, a picture, a slider, or nothing to read."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAccessibleWidget, QWidget

from effnet_studio.gui.announcer import announce

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

CHART: Final = QAccessible.Role.Chart
"""Numbers as a drawing; the table twin beside it has them all."""
PICTURE: Final = QAccessible.Role.Graphic
"""A picture, or a drawing whose name says everything."""
SLIDER: Final = QAccessible.Role.Slider
"""A drawing with a handle."""
DECORATION: Final = QAccessible.Role.Whitespace
"""Says nothing that a text beside it does not say."""


@lru_cache(maxsize=1)
def install_roles() -> None:
    """Let Qt ask widgets for their class attribute ``accessible_role``; once is enough.

    Without it a widget that paints itself is an empty area to assistive technology.
    """
    QAccessible.installFactory(_interface_of)


def tell_current(widget: QWidget, sentence: str) -> None:
    """Say which part of a drawing is chosen now; spoken at once while the drawing has the focus.

    Args:
        widget: The drawing.
        sentence: Everything about that part; empty when none is chosen.
    """
    if sentence != widget.accessibleDescription():
        widget.setAccessibleDescription(sentence)
        if widget.hasFocus():
            announce(widget, sentence)


def _interface_of(_class_name: str, item: QObject) -> QAccessibleWidget | None:
    role = getattr(item, "accessible_role", None)
    if role is None or not isinstance(item, QWidget):
        return None
    return QAccessibleWidget(item, role)
