"""A combo box for scrolling columns."""

from __future__ import annotations

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget
from typing_extensions import override

from effnet_studio.gui.widgets.elided_combo import ElidedCombo


class CalmCombo(ElidedCombo):
    """Does not change when the column is scrolled past it, and takes the column's width.

    Args:
        name: Object name.
        parent: Qt's owner.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setMinimumContentsLength(8)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
