"""A card with much in it, which is styled piece by piece."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QFrame, QWidget
from typing_extensions import override

from effnet_studio.gui.restyler import hold_parts
from effnet_studio.gui.theme import set_role

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

EDGE: Final = 1
"""Width of its border, pixels; what lies in it begins behind it."""


class HolderCard(QWidget):
    """Looks like a ``QFrame`` of the role ``card``, which lies behind all else in it.

    What lies in such a frame itself is styled in one go.

    Args:
        parent: Qt's owner.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        hold_parts(self)
        self._card = QFrame(self)
        set_role(self._card, "card")

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._card.setGeometry(self.rect())
