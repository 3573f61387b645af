"""What the Finder asks a running app to open: macOS sends events where others start it anew."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QFileOpenEvent
from typing_extensions import override

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


class OpenedFiles(QObject):
    """Listens for files and folders that the system hands to the app.

    Args:
        app: The application; its owner.
    """

    asked = Signal(list)
    """Paths to be opened."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        app.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QFileOpenEvent) or not event.file():
            return super().eventFilter(watched, event)
        self.asked.emit([Path(event.file())])
        return True
