"""A quiet button that keeps a share of the images apart for a last check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget
from typing_extensions import override

from effnet_studio.gui.text import percent_text
from effnet_studio.gui.theme import set_role
from effnet_studio.gui.widgets.fitted_button import FittedButton

if TYPE_CHECKING:
    from effnet_studio.gui.theme import ThemeManager

_SHARES = (0.1, 0.2)


class LastCheckButton(FittedButton):
    """Opens a menu with the shares; shown where no image is kept apart yet.

    Args:
        theme: Tints the icon.
        parent: Qt's owner.
    """

    share_chosen = Signal(float)
    """Share of each class that is to be kept apart."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent, tight=True)
        self.setObjectName("last_check")
        set_role(self, "ghost")
        theme.set_icon(self, "check-circle", size=16)
        menu = QMenu(self)
        menu.setObjectName("last_check_menu")
        menu.setToolTipsVisible(True)
        self._actions: list[QAction] = []
        for share in _SHARES:
            action = menu.addAction("")
            action.setData(share)
            self._actions.append(action)
        menu.triggered.connect(self._on_triggered)
        self.setMenu(menu)
        self._retranslate()

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        self.share_chosen.emit(action.data())

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        tip = self.tr(
            "Moves training images of each class to a test part, which no training sees and no "
            "choice is made by. Models trained before have seen them: train again before you "
            "check. It can be undone."
        )
        text = self.tr("Keep some for a last check")
        self.set_whole_text(text)
        self.setAccessibleDescription(tip)
        self.setToolTip(f"{text}\n{tip}")
        for action in self._actions:
            share = percent_text(action.data(), 0)
            action.setText(self.tr("{share} of each class").format(share=share))
