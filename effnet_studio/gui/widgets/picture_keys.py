"""Keys that do something with the selected pictures of a grid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from typing_extensions import override

if TYPE_CHECKING:
    from effnet_studio.gui.widgets.thumbnail_grid import ThumbnailGrid

_DIGITS: Final = range(Qt.Key.Key_1.value, Qt.Key.Key_9.value + 1)


class PictureKeys(QObject):
    """Delete leaves out, digits give a class, Escape lets go, Space opens what is selected.

    Args:
        grid: Its keys are listened to; owns this.
    """

    exclude_asked = Signal()
    class_asked = Signal(int)
    """Place of the class, from 0, in the order the host has them."""
    view_asked = Signal()

    def __init__(self, grid: ThumbnailGrid) -> None:
        super().__init__(grid)
        self._grid = grid
        self._editable = False
        grid.installEventFilter(self)

    def set_editable(self, editable: bool) -> None:  # noqa: FBT001 - a setter
        """Allow or refuse changes; looking is always allowed."""
        self._editable = editable

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._grid.selectionModel().hasSelection() and self._take(event)
        return super().eventFilter(watched, event)

    def _take(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} and self._editable:
            self.exclude_asked.emit()
        elif key in _DIGITS and self._editable and not event.modifiers():
            self.class_asked.emit(key - Qt.Key.Key_1.value)
        elif key == Qt.Key.Key_Escape:
            self._grid.clearSelection()
        elif key == Qt.Key.Key_Space:
            self.view_asked.emit()
        else:
            return False
        return True
