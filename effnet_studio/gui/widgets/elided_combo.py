"""A combo box that shortens what it cannot show, and says it whole when it is pointed at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QToolTip,
)
from typing_extensions import override

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_PADDING = 2
"""That Qt leaves around the text, pixels."""


class ElidedCombo(QComboBox):
    """As wide as its longest choice, also in another language; shortened where that is too wide.

    Args:
        name: Object name.
        parent: Qt's owner.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    def shown_text(self) -> str:
        """The choice as it can be read, perhaps with dots at its end."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        kind = QStyle.ComplexControl.CC_ComboBox
        room = self.style().subControlRect(kind, option, part, self).width() - _PADDING
        if not self.itemIcon(self.currentIndex()).isNull():
            room -= self.iconSize().width() + 2 * _PADDING
        return self.fontMetrics().elidedText(
            option.currentText, Qt.TextElideMode.ElideRight, max(0, room)
        )

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Measure anew: Qt remembers a width from before the window's style was put on."""
        super().showEvent(event)
        policy = self.sizeAdjustPolicy()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContentsOnFirstShow)
        self.setSizeAdjustPolicy(policy)

    @override
    def sizeHint(self) -> QSize:
        """With the room around the text, that Qt leaves but does not count."""
        return super().sizeHint() + QSize(_PADDING, 0)

    @override
    def minimumSizeHint(self) -> QSize:
        """As narrow as the texts of now allow: Qt remembers how wide those before were."""
        if self.sizeAdjustPolicy() is QComboBox.SizeAdjustPolicy.AdjustToContents:
            return self.sizeHint()
        return super().minimumSizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.isEditable() or self.currentIndex() < 0:
            super().paintEvent(event)
            return
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        option.currentText = self.shown_text()
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            whole = self.currentText()
            if not self.isEditable() and self.shown_text() != whole:
                about = self.toolTip()
                QToolTip.showText(event.globalPos(), f"{whole}\n{about}" if about else whole, self)
                return True
        return super().event(event)
