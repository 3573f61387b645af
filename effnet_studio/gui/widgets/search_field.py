"""A line to search with: a cross clears it, and Esc does the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget
from typing_extensions import override

from effnet_studio.gui.theme import set_role

if TYPE_CHECKING:
    from effnet_studio.gui.theme import ThemeManager


class SearchField(QLineEdit):
    """Esc empties it first, and only then does what Esc does around it.

    Args:
        name: Object name.
        theme: Tints the cross.
        parent: Qt's owner.
    """

    def __init__(self, name: str, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setClearButtonEnabled(True)
        clear = self.findChild(QToolButton)
        if clear is not None:
            set_role(clear, "inside")
            theme.set_icon(clear, "close", size=16)

    def _clears(self, event: QEvent) -> bool:
        return (
            isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and bool(self.text())
        )

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and self._clears(event):
            event.accept()  # else the page would close
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._clears(event):
            self.clear()
        else:
            super().keyPressEvent(event)
