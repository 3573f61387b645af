"""Says that a file was saved, and opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton

from effnet_studio.gui.errors import Banner
from effnet_studio.gui.names import named

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from effnet_studio.gui.theme import ThemeManager


class SavedNotice(Banner):
    """A banner that is hidden until a file was saved.

    Args:
        theme: Tints the icons.
        parent: Qt's owner.
    """

    def __init__(self, theme: ThemeManager, parent: QWidget) -> None:
        super().__init__(theme, "success", parent)
        self.setObjectName("saved_notice")
        self._file: Path | None = None
        self._open = named(QPushButton(self), "saved_open")
        self.add_button(self._open)
        self._open.clicked.connect(self._on_open)
        self.language_changed.connect(self._say)
        self._say()

    @Slot(object)
    def show_file(self, file: Path) -> None:
        """Say where a file is.

        Args:
            file: It was just written.
        """
        self._file = file
        self._say()

    @Slot()
    def _on_open(self) -> None:
        if self._file is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._file)))

    @Slot()
    def _say(self) -> None:
        self._open.setText(self.tr("Open"))
        self._open.setAccessibleName(self._open.text())
        if self._file is not None:
            self.set_texts(self.tr("Saved."), "", str(self._file))
