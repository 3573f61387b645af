"""The order in which Tab goes through controls, where some are made later than others."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def chain_after(first: QWidget, container: QWidget) -> None:
    """Let Tab go from a widget through all controls inside another, then on as before.

    Args:
        first: The control before them.
        container: Holds controls that were made later; they follow in the order of their making.
    """
    before = first
    for widget in container.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
            QWidget.setTabOrder(before, widget)
            before = widget
