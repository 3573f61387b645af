"""A bar of tabs whose tabs keep their width when another one is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QTabBar
from typing_extensions import override

if TYPE_CHECKING:
    from PySide6.QtCore import QSize


class TabBar(QTabBar):
    """Gives every tab the room of its text in the heavier font of the chosen tab.

    Qt measures the bar once, with the tab that is chosen then. Where another one has the longer
    text, the bar would lack a few pixels as soon as that one is chosen, and hide the last tab
    behind arrows.
    """

    @override
    def tabSizeHint(self, index: int) -> QSize:
        size = super().tabSizeHint(index)
        if index != self.currentIndex():
            text, font = self.tabText(index).replace("&", ""), self.font()
            chosen = QFont(font)
            chosen.setWeight(QFont.Weight.DemiBold)
            more = QFontMetrics(chosen).horizontalAdvance(text)
            more -= QFontMetrics(font).horizontalAdvance(text)
            size.setWidth(size.width() + max(0, more))
        return size
