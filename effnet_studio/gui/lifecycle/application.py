"""The application, which hears what the Finder asks it to open: macOS sends that as events."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
from typing_extensions import override


class Application(QApplication):
    """A ``QApplication`` that tells of files and folders that the system hands to it.

    An event filter would do, but hears every event of every widget: in Python a page took a fifth
    longer to show.
    """

    files_opened = Signal(list)
    """Paths to be opened."""

    @override
    def event(self, event: QEvent) -> bool:
        if not isinstance(event, QFileOpenEvent) or not event.file():
            return super().event(event)
        self.files_opened.emit([Path(event.file())])
        return True
