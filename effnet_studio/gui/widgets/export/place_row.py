"""Where exported files go, and the buttons that change it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget
from typing_extensions import override

from effnet_studio.gui import file_dialogs
from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_2, set_role
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from effnet_studio.gui.theme import ThemeManager


class PlaceRow(QWidget):
    """A sentence, "Another folder…" and the way back to the project.

    Args:
        theme: Tints the icon.
        parent: Qt's owner.

    Attributes:
        choose: Asks for another folder; the last control of the row.
    """

    folder_chosen = Signal(object)
    """A Path; None: a new folder inside the project for each file."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("export_place_row")
        self._folder: Path | None = None
        self._writable = True
        self._place = named(Label(self), "export_place")
        set_role(self._place, "muted")
        self._place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._place.setWordWrap(True)
        self._inside = named(QPushButton(self), "export_into_project")
        self.choose = named(QPushButton(self), "export_choose_folder")
        theme.set_icon(self.choose, "folder", size=16)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_2)
        row.addWidget(self._place, 1)
        row.addWidget(self._inside)
        row.addWidget(self.choose)
        self.choose.clicked.connect(self._on_choose)
        self._inside.clicked.connect(self._on_inside)
        self._retranslate()

    def set_place(self, folder: Path | None, *, writable: bool) -> None:
        """Show where files go.

        Args:
            folder: The folder; None: a new one inside the project for each file.
            writable: Whether the project can take files.
        """
        self._folder, self._writable = folder, writable
        self._retranslate()

    @Slot()
    def _on_choose(self) -> None:
        start = self._folder or Path.home()
        chosen = file_dialogs.choose_folder(self, self.tr("Folder for the files"), start)
        if chosen is not None:
            self.folder_chosen.emit(chosen)

    @Slot()
    def _on_inside(self) -> None:
        self.folder_chosen.emit(None)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        missing = self._folder is None and not self._writable
        if missing:
            place = self.tr(
                "The project is open for reading only: choose a folder for the files first."
            )
        elif self._folder is None:
            place = self.tr("Files go into a new folder inside the project.")
        else:
            place = self.tr("Files go into a new folder in {folder}").format(folder=self._folder)
        self._place.setText(place)
        self.choose.setText(self.tr("Choose a folder…") if missing else self.tr("Another folder…"))
        self._inside.setText(self.tr("Back to the project"))
        self._inside.setVisible(self._folder is not None and self._writable)
        for button in (self.choose, self._inside):
            button.setAccessibleName(button.text())
