"""What the user chose, and what the window remembers between two starts."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QByteArray, QObject, Signal

from effnet_studio.gui.colors import ThemeMode
from effnet_studio.gui.ini_file import IniFile
from effnet_studio.gui.preferences import BY_KEY, PREFERENCES
from effnet_studio.paths import user_data_dir

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from effnet_studio.gui.preferences import Value

_RECENT_LIMIT: Final = 30


@dataclass(frozen=True)
class RecentProject:
    """A project that was open before.

    Attributes:
        path: Its folder.
        name: As shown.
        opened: Seconds since 1970.
        accuracy: Of its newest trained run, in [0, 1]; None when nothing is trained.
        images: How many it has.
        thumbnail: A small picture of one of its images, if there is one.
    """

    path: str
    name: str
    opened: float
    accuracy: float | None = None
    images: int = 0
    thumbnail: str = ""


class Settings(QObject):
    """The user's choices and recent projects, in one INI file.

    Args:
        file: Where; the user's data folder by default.
        parent: Qt's owner.
    """

    changed = Signal(str)
    """Key of the preference that has another value now."""
    recent_changed = Signal()

    def __init__(self, file: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = IniFile(file or user_data_dir() / "window.ini")

    # -- preferences ---------------------------------------------------------------------------

    def value(self, key: str) -> Value:
        """What the user chose for a row of :data:`PREFERENCES`, or its default."""
        row = BY_KEY[key]
        stored = self._store.value(row.place)
        return row.default if stored is None else row.read(stored)

    def set_value(self, key: str, value: Value) -> None:
        """Keep a choice, and say so if it is another.

        Args:
            key: Of a row of :data:`PREFERENCES`.
            value: The choice.

        Raises:
            StudioError: If an address cannot be used.
            ValueError: If it is no answer to this row at all.
        """
        row = BY_KEY[key]
        accepted, before = row.accept(value), self.value(key)
        self._store.set_value(row.place, accepted)
        if accepted != before:
            self.changed.emit(key)

    def reset(self, key: str) -> None:
        """Go back to a row's default."""
        before = self.value(key)
        self._store.remove(BY_KEY[key].place)
        if before != BY_KEY[key].default:
            self.changed.emit(key)

    def changed_keys(self) -> list[str]:
        """The rows that do not have their default."""
        return [row.key for row in PREFERENCES if self.value(row.key) != row.default]

    @property
    def language(self) -> str:
        """Code of the chosen language or ``"system"``."""
        return str(self.value("language"))

    @language.setter
    def language(self, code: str) -> None:
        self.set_value("language", code)

    @property
    def theme_mode(self) -> ThemeMode:
        """Light, dark, high contrast or as the system."""
        return ThemeMode(str(self.value("theme")))

    @theme_mode.setter
    def theme_mode(self, mode: ThemeMode) -> None:
        self.set_value("theme", mode.value)

    @property
    def motion(self) -> str:
        """``"on"``, ``"off"`` or ``"system"``; see :mod:`~effnet_studio.gui.motion`."""
        return str(self.value("motion"))

    @property
    def proxy(self) -> str:
        """Address of the proxy for downloads or ``"direct"``; empty: the system's."""
        return str(self.value("proxy"))

    @proxy.setter
    def proxy(self, address: str) -> None:
        self.set_value("proxy", address)

    @property
    def mirror(self) -> str:
        """Address of a folder with the weights files; empty: where the libraries publish them."""
        return str(self.value("mirror"))

    @mirror.setter
    def mirror(self, address: str) -> None:
        self.set_value("mirror", address)

    @property
    def notify(self) -> bool:
        """Whether the system tells of the end of long work."""
        return bool(self.value("notify"))

    @property
    def reopen(self) -> bool:
        """Whether the next start opens the project of the last end."""
        return bool(self.value("reopen"))

    @property
    def tour(self) -> bool:
        """Whether the next steps are shown."""
        return bool(self.value("tour"))

    # -- what was ------------------------------------------------------------------------------

    @property
    def last_folder(self) -> str:
        """Where the last file dialog was."""
        return str(self._store.value("last_folder", str(Path.home())))

    @last_folder.setter
    def last_folder(self, folder: str) -> None:
        self._store.set_value("last_folder", folder)

    def save_window(self, window: QMainWindow) -> None:
        """Remember size, place and state of the window."""
        self._store.set_value("window/geometry", window.saveGeometry())

    def wait_until_written(self) -> None:
        """Wait until everything is in the file: changes are written in the background."""
        self._store.wait_until_written()

    def restore_window(self, window: QMainWindow) -> bool:
        """Put the window where it was.

        Returns:
            Whether there was anything to go by.
        """
        geometry = self._store.value("window/geometry")
        return isinstance(geometry, QByteArray) and window.restoreGeometry(geometry)

    def recent_projects(self) -> list[RecentProject]:
        """The projects opened before, the latest first; unreadable entries are left out."""
        found = (_project_of(row) for row in self._recent_rows())
        return [each for each in found if each is not None]

    def _recent_rows(self) -> list[dict[str, Any]]:
        """The entries as they are kept: a newer version of the app may know more of a project."""
        try:
            rows = json.loads(str(self._store.value("recent", "[]")))
        except ValueError:
            return []
        return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []

    def remember_project(self, project: RecentProject) -> None:
        """Put a project at the head of the list."""
        kept = [each for each in self.recent_projects() if each.path != project.path]
        self._write([replace(project, opened=project.opened or time.time()), *kept])

    def forget_project(self, path: str) -> None:
        """Take a project off the list; its folder stays."""
        self._write([each for each in self.recent_projects() if each.path != path])

    @property
    def last_project(self) -> str:
        """Folder of the project that was open at the end; empty for none."""
        return str(self._store.value("last_project", ""))

    @last_project.setter
    def last_project(self, folder: str) -> None:
        self._store.set_value("last_project", folder)

    def view(self, name: str) -> str:
        """How a part of the window was left; empty where nothing is known."""
        return str(self._store.value(f"view/{name}", ""))

    def set_view(self, name: str, state: str) -> None:
        """Remember how a part of the window is left."""
        self._store.set_value(f"view/{name}", state)

    @property
    def history_file(self) -> Path:
        """Where it is kept what ran: beside these settings."""
        return self._store.file.with_name("history.jsonl")

    def _write(self, projects: list[RecentProject]) -> None:
        kept = {row.get("path"): row for row in self._recent_rows()}
        rows = [{**kept.get(each.path, {}), **asdict(each)} for each in projects[:_RECENT_LIMIT]]
        self._store.set_value("recent", json.dumps(rows))
        self.recent_changed.emit()

    def tried_projects(self) -> list[str]:
        """Folders of the projects in which a model was shown other images, the latest first."""
        stored = self._store.value("tried_projects", [])
        return [str(each) for each in stored] if isinstance(stored, list) else [str(stored)]

    def note_tried(self, root: str) -> None:
        """Remember that a model of a project was shown other images."""
        kept = [each for each in self.tried_projects() if each != root]
        self._store.set_value("tried_projects", [root, *kept][:_RECENT_LIMIT])

    @property
    def recent_commands(self) -> list[str]:
        """Keys of the commands given last in the command palette, the latest first."""
        stored = str(self._store.value("recent_commands", ""))
        return stored.split("\n") if stored else []

    def remember_command(self, key: str) -> None:
        """Put a command at the head of those given last."""
        kept = [each for each in self.recent_commands if each != key]
        self._store.set_value("recent_commands", "\n".join([key, *kept][:_RECENT_LIMIT]))


def _project_of(row: dict[str, Any]) -> RecentProject | None:
    """An entry of the recent projects; None where it cannot be read."""
    known = {field.name for field in fields(RecentProject)}
    try:
        project = RecentProject(**{key: value for key, value in row.items() if key in known})
    except TypeError:
        return None
    numbers = (project.opened, project.images, project.accuracy or 0.0)
    texts = (project.path, project.name, project.thumbnail)
    whole = all(isinstance(text, str) for text in texts)
    whole = whole and all(isinstance(number, int | float) for number in numbers)
    return project if whole else None
