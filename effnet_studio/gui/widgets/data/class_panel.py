"""The classes of a dataset and how it is divided; classes are renamed, merged and made here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, set_role
from effnet_studio.gui.widgets.data.class_list import ClassList
from effnet_studio.gui.widgets.data.last_check import LastCheckButton
from effnet_studio.gui.widgets.data.split_bar import SplitBar
from effnet_studio.gui.widgets.flow_layout import FlowLayout

if TYPE_CHECKING:
    from effnet_studio.engine.data.index import Index
    from effnet_studio.gui.theme import ThemeManager


class ClassPanel(QFrame):
    """Split bar, list of classes, and a button for a new one.

    Args:
        theme: Gives colours and icons.
        parent: Qt's owner.
    """

    class_added = Signal(str)
    """Name of a class to be made."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("class_panel")
        set_role(self, "card")
        self.setFixedWidth(280)
        self._editable = False
        self.split = SplitBar(theme, self)
        self.last_check = LastCheckButton(theme, self)
        self.list = ClassList(theme, self)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._rename = named(QPushButton(self), "class_rename")
        self._add = named(QPushButton(self), "class_add")
        theme.set_icon(self._add, "folder-plus")
        rule = QFrame(self)
        set_role(rule, "rule")
        top = QVBoxLayout()
        top.setContentsMargins(SPACE_4, SPACE_4, SPACE_4, SPACE_3)
        top.setSpacing(SPACE_2)
        top.addWidget(self.split)
        top.addWidget(self.last_check)
        buttons = FlowLayout(SPACE_2)
        for button in (self._rename, self._add):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            buttons.addWidget(button)
        under = QVBoxLayout()
        under.setContentsMargins(SPACE_1, 0, SPACE_1, SPACE_1)  # beneath what is marked in the list
        under.addLayout(buttons)
        bottom = QVBoxLayout()
        bottom.setContentsMargins(SPACE_2, SPACE_2, SPACE_2, SPACE_2)
        bottom.setSpacing(SPACE_2)
        bottom.addWidget(self.list, 1)
        bottom.addLayout(under)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(rule)
        column.addLayout(bottom, 1)
        self.list.class_chosen.connect(self._on_chosen)
        self.list.customContextMenuRequested.connect(self._on_menu)
        self._rename.clicked.connect(self.list.rename_chosen)
        self._add.clicked.connect(self._on_add)
        self._retranslate()

    def set_index(self, index: Index | None, *, editable: bool) -> None:
        """Show the classes of other pictures.

        Args:
            index: The pictures, or None.
            editable: Whether classes may be changed.
        """
        self._editable = editable
        self.list.set_index(index, editable=editable)
        total = self.list.total
        self.split.set_parts(total.train, total.val, total.test)
        self.last_check.setVisible(editable and not total.test and total.train > 1)
        self._add.setEnabled(editable)
        self._on_chosen(self.list.chosen)

    @Slot(str)
    def _on_chosen(self, name: str) -> None:
        self._rename.setEnabled(self._editable and bool(name))

    @Slot()
    def _on_add(self) -> None:
        """Make a class under a name that is free; its own name is written into the list."""
        taken = {self.list.model().index(row, 0).data() for row in range(self.list.count)}
        base, number = self.tr("New class"), 1
        name = base
        while name in taken:
            number += 1
            name = f"{base} {number}"
        self.class_added.emit(name)

    @Slot(QPoint)
    def _on_menu(self, place: QPoint) -> None:
        if self._editable and self.list.chosen:
            menu = QMenu(self)
            menu.addAction(self.tr("Rename…"), self.list.rename_chosen)
            menu.exec(self.list.viewport().mapToGlobal(place))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._rename.setText(self.tr("Rename"))
        self._rename.setToolTip(
            self.tr("Write another name (F2); the name of another class makes both one")
        )
        self._add.setText(self.tr("New class"))
        self._add.setToolTip(self.tr("Then drop images on it"))
        for button in (self._rename, self._add):
            button.setAccessibleName(button.text())
        self.list.setAccessibleName(self.tr("Classes"))
