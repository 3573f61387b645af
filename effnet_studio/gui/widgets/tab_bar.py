"""A bar of tabs whose tabs keep their width when another one is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QSize
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QTabBar
from typing_extensions import override

from effnet_studio.gui.theme import repolish

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

TIGHT_GAP, GAP = 4, 16
"""Between two tabs where there is no room, and where there is; the style sheet says so too."""


class TabBar(QTabBar):
    """Gives every tab the room of its text in the heavier font of the chosen tab.

    Qt measures the bar once, with the tab that is chosen then. Where another one has the longer
    text, the bar would lack a few pixels as soon as that one is chosen, and hide the last tab
    behind arrows. Where there is less room than the bar would like, the tabs move together before
    any of them has to hide.
    """

    _tight = False

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

    @override
    def sizeHint(self) -> QSize:
        """What it would like, however close its tabs stand now: else it could never tell."""
        size = super().sizeHint()
        if self._tight:
            shown = sum(self.isTabVisible(index) for index in range(self.count()))
            size.setWidth(size.width() + shown * (GAP - TIGHT_GAP))
        return size

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return done

    @override
    def tabLayoutChange(self) -> None:
        super().tabLayoutChange()
        self._fit()

    def _fit(self) -> None:
        tight = 0 < self.width() < self.sizeHint().width()
        if tight != self._tight:
            self._tight = tight
            self.setProperty("tight", tight)
            repolish(self)
            # Qt measures tabs anew when it hears of a style, not of a property.
            QCoreApplication.sendEvent(self, QEvent(QEvent.Type.StyleChange))
            self.updateGeometry()
