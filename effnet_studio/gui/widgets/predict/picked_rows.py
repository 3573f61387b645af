"""Drawn rows of one height, of which one is chosen."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Slot
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from effnet_studio.gui.accessible import CHART, tell_current
from effnet_studio.gui.widgets.focus_ring import FocusRing

if TYPE_CHECKING:
    from effnet_studio.gui.theme import ThemeManager

_WIDTH = 200


class PickedRows(QWidget):
    """Chosen with the mouse or the arrow keys; a tool-tip describes the row under the pointer.

    Args:
        theme: Colours.
        parent: Qt's owner.
    """

    accessible_role: ClassVar = CHART

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        FocusRing(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._theme = theme
        self._current = -1
        theme.changed.connect(self._on_theme_changed)

    @property
    @abstractmethod
    def count(self) -> int:
        """How many rows there are."""

    @property
    @abstractmethod
    def pitch(self) -> int:
        """From one row to the next, pixels."""

    @abstractmethod
    def describe(self, row: int) -> str:
        """One sentence on a row."""

    @abstractmethod
    def choose(self, row: int) -> None:
        """Tell that the user chose a row."""

    @override
    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, self.pitch * self.count)

    @Slot()
    def _on_theme_changed(self) -> None:
        self.update()

    def _row_at(self, point: QPoint) -> int:
        row = point.y() // self.pitch
        return row if 0 <= row < self.count else -1

    def _go(self, row: int) -> None:
        if row >= 0 and row != self._current:
            self._current = row
            tell_current(self, self.describe(row))
            self.update()
            self.choose(row)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row = self._row_at(event.pos())
            if row >= 0:
                QToolTip.showText(event.globalPos(), self.describe(row), self)
            return True
        return super().event(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._go(self._row_at(event.position().toPoint()))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._go(min(max(self._current + step, 0), self.count - 1))
