"""A button whose menu says what of an explanation is saved."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget
from typing_extensions import override

from effnet_studio.gui.theme import set_role

if TYPE_CHECKING:
    from effnet_studio.gui.theme import ThemeManager


class MapPart(StrEnum):
    """What can be saved of an explanation."""

    PICTURE = "picture"
    MAP = "map"
    NUMBERS = "numbers"


class SaveMapButton(QPushButton):
    """The picture with its map, the map alone, or its numbers.

    Args:
        theme: Colours.
        parent: Qt's owner.
    """

    part_chosen = Signal(object)
    """A :class:`MapPart`."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("predict_save_image")
        set_role(self, "ghost")
        theme.set_icon(self, "save", size=16)
        menu = QMenu(self)
        self._actions: dict[MapPart, QAction] = {}
        for part in MapPart:
            action = menu.addAction("")
            action.setObjectName(f"save_{part}")
            action.setData(part)
            self._actions[part] = action
        menu.triggered.connect(self._on_triggered)
        self.setMenu(menu)
        self._retranslate()

    def set_possible(self, *, picture: bool, map_: bool) -> None:
        """Say what there is to save.

        Args:
            picture: A picture is on view.
            map_: It has a map.
        """
        self.setEnabled(picture)
        for part in (MapPart.MAP, MapPart.NUMBERS):
            self._actions[part].setEnabled(map_)

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        self.part_chosen.emit(MapPart(action.data()))

    def _retranslate(self) -> None:
        self.setText(self.tr("Save…"))
        self.setAccessibleName(self.tr("Save the explanation"))
        self.setToolTip(self.accessibleName())
        texts = {
            MapPart.PICTURE: self.tr("Image as shown (PNG)…"),
            MapPart.MAP: self.tr("Map alone (PNG)…"),
            MapPart.NUMBERS: self.tr("Numbers of the map (NPY)…"),
        }
        for part, text in texts.items():
            self._actions[part].setText(text)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
