"""A button that shortens its text to the room there is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from effnet_studio.gui.theme import SPACE_1, SPACE_2

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

_PADDING: Final = 14
"""Beside the text in the style, pixels."""


class FittedButton(QPushButton):
    """A button whose text is shortened to the room there is; its tool-tip has all of it.

    Args:
        parent: Qt's owner.
        tight: Whether it keeps less room around its text.
    """

    def __init__(self, parent: QWidget | None = None, *, tight: bool = False) -> None:
        super().__init__(parent)
        self.setProperty("tight", tight)
        self._around = 2 * ((SPACE_2 if tight else _PADDING) + 1)
        self._whole = ""
        self._icon = self.iconSize()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_whole_text(self, text: str) -> None:
        """Say something else; also to those who do not see it."""
        self._whole = text
        self.setAccessibleName(text)
        self._fit()

    @override
    def setIconSize(self, size: QSize) -> None:
        self._icon = size
        self._fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - self._around
        beside = self._icon.width() + SPACE_1
        needed = self.fontMetrics().horizontalAdvance(self._whole)
        # Words say more than the icon, where there is room for only one of them.
        alone = room - beside < needed <= room
        super().setIconSize(QSize(0, 0) if alone else self._icon)
        room -= 0 if alone else beside
        mode = Qt.TextElideMode.ElideRight
        short = self.fontMetrics().elidedText(self._whole, mode, max(room, 0))
        # An ampersand would underline the next letter.
        self.setText(short.replace("&", "&&"))
