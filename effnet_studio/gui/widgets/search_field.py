"""A line to type what is looked for, with a cross that empties it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from effnet_studio.gui.names import named
from effnet_studio.gui.theme import set_role

if TYPE_CHECKING:
    from effnet_studio.gui.theme import ThemeManager

_CROSS = 16


class SearchField(QLineEdit):
    """Qt's line with a clear button whose cross follows the theme.

    Args:
        name: Object name.
        theme: Tints the cross.
        parent: Qt's owner.
    """

    def __init__(self, name: str, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, name)
        self.setClearButtonEnabled(True)
        cross = self.findChild(QToolButton)
        if cross is not None:
            set_role(cross, "inside")
            theme.set_icon(cross, "close", size=_CROSS)
