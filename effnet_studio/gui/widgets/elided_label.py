"""A line of text that is shortened to its room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy
from typing_extensions import override

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class ElidedLabel(QLabel):
    """One line that gives up its middle rather than its room.

    Args:
        name: Object name.
        parent: Qt's owner.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.installEventFilter(self)

    def set_whole(self, text: str) -> None:
        """Show a text, which is whole in the tool tip."""
        self.setToolTip(text)
        self._elide()

    def _elide(self) -> None:
        middle = Qt.TextElideMode.ElideMiddle
        self.setText(self.fontMetrics().elidedText(self.toolTip(), middle, self.width()))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self and event.type() is QEvent.Type.Resize:
            self._elide()
        return super().eventFilter(watched, event)
