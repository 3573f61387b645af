"""Where files and folders go that are dropped on the window, named at its start, or chosen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from effnet_studio.gui import file_dialogs
from effnet_studio.gui.arrivals import Arrivals
from effnet_studio.gui.pages.base import Page
from effnet_studio.gui.pasteboard import no_project_error, read_mime
from effnet_studio.gui.projects import is_project

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from effnet_studio.gui.page_stack import PageStack
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.settings import Settings


class FileRouter(QObject):
    """Opens projects, starts new ones, and hands everything else to a page.

    Args:
        session: The open project.
        stack: Has the pages.
        settings: Knows where the last dialog was.
        parent: The window, to which dialogs belong.
    """

    page_asked = Signal(str)
    """Key of the page to be shown before it is given the files."""

    def __init__(
        self, session: Session, stack: PageStack, settings: Settings, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._stack = stack
        self._settings = settings
        self._window = parent
        self._arrivals = Arrivals(session, settings, self)

    # -- chosen --------------------------------------------------------------------------------

    @Slot()
    def ask_open(self) -> None:
        """Let the user choose a project folder."""
        folder = self._choose(self.tr("Open a project folder (NAME.effnet)"))
        if folder:
            self._session.open_project(folder)

    @Slot()
    def ask_new(self) -> None:
        """Let the user choose a folder of images for a new project."""
        folder = self._choose(self.tr("Choose a folder of images"))
        if folder:
            self.start_from_folder(folder)

    @Slot()
    def ask_folder(self) -> None:
        """Let the user choose a folder of images for the open project, else for a new one."""
        if self._session.project is None:
            self.ask_new()
        else:
            self.ask_import()

    @Slot()
    def ask_import(self) -> None:
        """Let the user choose a folder of images for the open project."""
        folder = self._choose(self.tr("Choose a folder of images"))
        if folder:
            self.send("data", [folder])

    def start_from_folder(self, folder: Path) -> None:
        """Make a project for a folder of images, and read it."""
        self._arrivals.begin(folder)

    def _choose(self, title: str) -> Path | None:
        chosen = file_dialogs.choose_folder(self._window, title, self._settings.last_folder)
        if chosen is not None:
            self._settings.last_folder = str(chosen.parent)
        return chosen

    # -- dropped -------------------------------------------------------------------------------

    def light_up(self, *, active: bool) -> None:
        """Let the page shown say that something is being dragged over the window."""
        current = self._stack.currentWidget()
        if isinstance(current, Page):
            current.set_drop_active(active)

    def take_mime(self, data: QMimeData) -> None:
        """Do what is meant by a drop."""
        brought = read_mime(data, self.tr("Dropped image"))
        if brought.paths:
            self.take(list(brought.paths))
        elif brought.error is not None:
            self._session.error_raised.emit(brought.error)
        elif self._session.project is None:
            self._session.error_raised.emit(no_project_error())
        elif not self._current_page().take_pasted(brought.pasted):
            self.page_asked.emit("predict")
            self._stack.page("predict").take_pasted(brought.pasted)

    def take(self, paths: list[Path]) -> None:
        """Do what is meant by these files: open a project, start one, or ask the page."""
        project = next((path for path in paths if is_project(path)), None)
        folder = next((path for path in paths if path.is_dir()), None)
        if project is not None:
            self._session.open_project(project)
        elif self._session.project is None:
            self._arrivals.take(paths)
        elif not self._current_page().drop_files(paths):
            # A folder is new data, single pictures are to be recognised.
            self.send("data" if folder is not None else "predict", paths)

    @Slot(str, object)
    def send(self, key: str, paths: list[Path]) -> None:
        """Show a page and give it files."""
        self.page_asked.emit(key)
        self._stack.page(key).drop_files(paths)

    def _current_page(self) -> Page:
        return self._stack.page(self._stack.current_key or "data")
