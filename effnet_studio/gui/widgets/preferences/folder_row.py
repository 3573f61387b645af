"""Preferences that are folders: where new projects go, and where downloads are kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.gui import file_dialogs
from effnet_studio.gui.cache_folder import cache_inside, remove_weights, weights_size
from effnet_studio.gui.names import named
from effnet_studio.gui.network import set_outside
from effnet_studio.gui.projects import projects_folder
from effnet_studio.gui.questions import Requests
from effnet_studio.gui.text import bytes_text
from effnet_studio.gui.theme import SPACE_2, set_role
from effnet_studio.gui.widgets.job_bar import QUIET
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.preferences.row import PreferenceRow, in_words
from effnet_studio.paths import CACHE_VARIABLE, user_cache_dir

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from effnet_studio.engine.errors import StudioError
    from effnet_studio.gui.preferences import Preference
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.settings import Settings
    from effnet_studio.gui.theme import ThemeManager


class FolderRow(PreferenceRow):
    """Shows the folder that counts, whether it was chosen or not, and lets another be chosen."""

    @override
    def make_control(self) -> QWidget:
        self._choose = named(QPushButton(self), f"preference_{self.preference.key}")
        self._choose.clicked.connect(self._on_choose)
        return self._choose

    @property
    def folder(self) -> Path:
        """The folder that counts."""
        return projects_folder(self.settings)

    def take_folder(self, folder: Path) -> None:
        """Keep what was chosen."""
        self.settings.set_value(self.preference.key, str(folder))

    def place_text(self) -> str:
        """The folder, and why it is that one where this is not plain."""
        return str(self.folder)

    @override
    def show_value(self) -> None:
        super().show_value()
        self.note.setText(self.place_text())
        self.note.show()

    @override
    def put_texts(self) -> None:
        self._choose.setText(self.tr("Choose another folder…"))
        name = self.tr("{title}: choose another folder")
        self._choose.setAccessibleName(name.format(title=in_words(self.preference.title)))
        self._choose.setAccessibleDescription(in_words(self.preference.description))
        self.note.setText(self.place_text())

    @Slot()
    def _on_choose(self) -> None:
        dialog = file_dialogs.folder_dialog(self, self.tr("Choose a folder"), self.folder)
        dialog.fileSelected.connect(self._on_chosen)
        dialog.show()

    @Slot(str)
    def _on_chosen(self, path: str) -> None:
        self.take_folder(Path(path))


class CacheRow(FolderRow):
    """Also says how much was downloaded, and removes it: asked twice, in place.

    Args:
        preference: The row of the table.
        settings: Where the choice is kept.
        theme: Tints the icons.
        session: Counts in the background; hears that weights are gone.
        parent: Qt's owner.
    """

    def __init__(
        self,
        preference: Preference,
        settings: Settings,
        theme: ThemeManager,
        session: Session,
        parent: QWidget | None = None,
    ) -> None:
        self._session = session
        self._size: int | None = None
        self._asked = False
        super().__init__(preference, settings, theme, parent)
        self._requests = Requests(session.jobs, parent=self)
        self._requests.answered.connect(self._on_answered)
        self._requests.refused.connect(self._on_refused)
        session.weights_changed.connect(self._look)
        session.jobs.job_started.connect(self._say)
        session.jobs.job_finished.connect(self._say)

    @override
    def make_control(self) -> QWidget:
        holder = QWidget(self)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        column.addWidget(super().make_control())
        self._used = named(Label(holder), "cache_size")
        set_role(self._used, "muted")
        self._empty, self._keep = (
            named(QPushButton(holder), f"cache_{name}") for name in ("empty", "keep")
        )
        set_role(self._empty, "danger")
        self._empty.clicked.connect(self._on_empty)
        self._keep.clicked.connect(self._on_keep)
        line = QHBoxLayout()
        line.setSpacing(SPACE_2)
        line.addWidget(self._keep, 1)
        line.addWidget(self._empty, 1)
        column.addWidget(self._used)  # in a long language the buttons need a line of their own
        column.addLayout(line)
        holder.setFocusProxy(self._choose)
        return holder

    @property
    @override
    def folder(self) -> Path:
        return user_cache_dir()

    @override
    def place_text(self) -> str:
        if not set_outside(CACHE_VARIABLE):
            return super().place_text()
        return self.tr("{folder}\nThe environment variable {variable} says so.").format(
            folder=self.folder, variable=CACHE_VARIABLE
        )

    @override
    def take_folder(self, folder: Path) -> None:
        super().take_folder(cache_inside(folder))

    @override
    def show_value(self) -> None:
        super().show_value()
        self._choose.setEnabled(not set_outside(CACHE_VARIABLE))
        if self._size is not None:
            self._look()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.show_value()
        self._asked = False
        self._look()

    @Slot()
    def _look(self) -> None:
        if self.isVisible():
            self._requests.ask_only("size", weights_size)

    @Slot()
    def _on_empty(self) -> None:
        self._asked = not self._asked
        if not self._asked:
            self._requests.ask_only("removed", remove_weights)
        self._say()
        (self._keep if self._asked else self._choose).setFocus()

    @Slot()
    def _on_keep(self) -> None:
        self._asked = False
        self._say()
        self._empty.setFocus()

    @Slot(object, object)
    def _on_answered(self, key: object, size: int) -> None:
        if key == "removed":
            self._session.weights_changed.emit()
        else:
            self._size = size
            self._say()

    @Slot(object, object)
    def _on_refused(self, _key: object, error: StudioError) -> None:
        self._session.error_raised.emit(error)
        self._look()

    @Slot()
    def _say(self) -> None:
        """Show size and buttons as they are now."""
        idle = not any(job.running and job.kind != QUIET for job in self._session.jobs.jobs)
        size = bytes_text(self._size) if self._size else ""
        self._keep.setVisible(self._asked)
        used = size or (self.tr("Nothing yet") if self._size == 0 else "…")
        self._used.setText(self.tr("Delete the downloads?") if self._asked else used)
        answer = self.tr("Delete {size}").format(size=size)
        self._empty.setText(answer if self._asked else self.tr("Delete downloads"))
        self._empty.setEnabled(bool(self._size) and idle)
        waiting = self.tr("While work is running, nothing is deleted.")
        told = self.tr("Deletes the downloaded weights. Images and projects stay.")
        self._empty.setToolTip(told if idle else waiting)
        self._empty.setAccessibleDescription(self._empty.toolTip())

    @override
    def put_texts(self) -> None:
        super().put_texts()
        self._keep.setText(self.tr("Keep"))
        self._say()
