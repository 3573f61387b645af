"""An INI file whose values are at hand at once, and which is written in the background."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSettings

from effnet_studio.gui.precedence import step_back

if TYPE_CHECKING:
    from pathlib import Path

_log = logging.getLogger(__name__)

_REMOVED: Final = object()
"""In place of the value of an entry that is to go."""


class IniFile:
    """Keeps small values under names, such as a choice or the size of a window.

    QSettings writes in the thread that changes something and flushes the disk twice each time,
    which takes as long as whatever else is being flushed: a checkpoint of a training. So it is
    given the changes in a thread of their own, which lives until all are written.

    What another process wrote meanwhile stays, and is seen from the next change on.

    Args:
        file: Where; made with its folders at the first change.

    Attributes:
        file: The same.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self._lock = threading.Lock()
        self._values = _contents(self._open())
        self._changes: dict[str, object] = {}
        self._writer: threading.Thread | None = None

    def value(self, name: str, default: object = None) -> object:
        """What was kept last; a file holds texts, so a number may come back as one."""
        with self._lock:
            return self._values.get(name, default)

    def set_value(self, name: str, value: object) -> None:
        """Keep a value from now on, and in the file soon."""
        self._change(name, value)

    def remove(self, name: str) -> None:
        """Keep it no longer."""
        self._change(name, _REMOVED)

    def wait_until_written(self) -> None:
        """Wait for the disk."""
        with self._lock:
            writer = self._writer
        if writer is not None:
            writer.join()

    def _change(self, name: str, value: object) -> None:
        with self._lock:
            self._changes[name] = value
            _apply(self._values, {name: value})
            if self._writer is None:
                self._writer = threading.Thread(target=self._write, name="settings")
                self._writer.start()

    def _write(self) -> None:
        step_back()
        # Made here: one made by the window's thread would write there once its event loop runs.
        store = self._open()
        while changes := self._take():
            for name, value in changes.items():
                if value is _REMOVED:
                    store.remove(name)
                else:
                    store.setValue(name, value)
            store.sync()
            if store.status() != QSettings.Status.NoError:
                _log.warning("The settings cannot be written to %s: %s", self.file, store.status())
            found = _contents(store)
            with self._lock:
                self._values = found
                _apply(self._values, self._changes)

    def _take(self) -> dict[str, object]:
        """The changes to be written next; with none the thread has done its work."""
        with self._lock:
            taken, self._changes = self._changes, {}
            if not taken:
                self._writer = None
            return taken

    def _open(self) -> QSettings:
        return QSettings(str(self.file), QSettings.Format.IniFormat)


def _contents(store: QSettings) -> dict[str, object]:
    return {name: store.value(name) for name in store.allKeys()}


def _apply(values: dict[str, object], changes: dict[str, object]) -> None:
    for name, value in changes.items():
        if value is _REMOVED:
            values.pop(name, None)
        else:
            values[name] = value
