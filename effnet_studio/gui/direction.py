"""Where reading goes from right to left: what is mirrored with the window, and what is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton, QWidget


def draw_from_left(widget: QWidget) -> None:
    """Keep a picture or a chart as it is: axes run to the right in every language.

    Args:
        widget: One that paints itself, or holds nothing but what does.
    """
    widget.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def put_icon_behind(button: QPushButton) -> None:
    """Show a button's icon behind its text, wherever reading begins."""
    _IconBehind(button)


class _IconBehind(QObject):
    """Turns a button against the window's direction, which is how Qt puts an icon behind a text.

    Args:
        button: The button, which owns this.
    """

    def __init__(self, button: QPushButton) -> None:
        super().__init__(button)
        self._button = button
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.layoutDirectionChanged.connect(self._turn)
        self._turn()

    @Slot()
    def _turn(self) -> None:
        left, right = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft
        self._button.setLayoutDirection(left if QApplication.isRightToLeft() else right)
