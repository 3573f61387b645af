"""A line of text that is shortened to its room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy
from typing_extensions import override

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class ElidedLabel(QLabel):
    """One line that gives up its middle rather than its room; who reads it aloud has it whole.

    Args:
        name: Object name.
        parent: Qt's owner.
        end: Whether it gives up its end instead, as sentences do.
    """

    def __init__(self, name: str, parent: QWidget | None = None, *, end: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._part = Qt.TextElideMode.ElideRight if end else Qt.TextElideMode.ElideMiddle

    def set_whole(self, text: str) -> None:
        """Show a text, which is whole in the tool tip."""
        self.setText(text)
        self.setToolTip(text)

    def shown_text(self) -> str:
        """What of the text can be read."""
        return self.fontMetrics().elidedText(self.text(), self._part, self.contentsRect().width())

    @override
    def minimumSizeHint(self) -> QSize:
        """Of no width: Qt would not let it be narrower than its text, whatever is around it."""
        return QSize(0, super().minimumSizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            self.drawFrame(painter)
            self.style().drawItemText(
                painter,
                self.contentsRect(),
                self.alignment().value,
                self.palette(),
                self.isEnabled(),
                self.shown_text(),
                self.foregroundRole(),
            )
