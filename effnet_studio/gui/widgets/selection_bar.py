"""What can be done with the selected pictures: another class, another part, in or out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_2, set_role
from effnet_studio.gui.widgets.elided_combo import ElidedCombo
from effnet_studio.gui.widgets.flow_layout import FlowLayout
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.gui.theme import ThemeManager

PARTS = ("train", "val", "test")


class SelectionBar(QFrame):
    """A row of controls below the pictures, shown while something is selected.

    Args:
        theme: Tints the icons.
        parent: Qt's owner.
        narrow: Whether it has two rows, and neither moves pictures to another part nor views them.
    """

    relabel_asked = Signal(str)
    """Name of the class the selected pictures get."""
    split_asked = Signal(str)
    """Part they move to."""
    exclude_asked = Signal(bool)
    """Whether they are left out, or taken in again."""
    open_asked = Signal()
    """The selected pictures are to be shown large."""

    def __init__(
        self, theme: ThemeManager, parent: QWidget | None = None, *, narrow: bool = False
    ) -> None:
        super().__init__(parent)
        self.setObjectName("selection_bar")
        self._count = 0
        self._excluded = False
        self._label = named(Label(self), "selection_count")
        set_role(self._label, "strong")
        self._class = ElidedCombo("selection_class", self)
        self._name = QLineEdit(self._class)
        self._class.setEditable(True)
        self._class.setLineEdit(self._name)
        self._class.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._class.setMinimumWidth(200)
        self._class.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        completer = QCompleter(self._class.model(), self._class)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._class.setCompleter(completer)
        self._part = ElidedCombo("selection_part", self)
        for _ in ("", *PARTS):
            self._part.addItem("")
        self._exclude = named(QPushButton(self), "selection_exclude")
        self._open = named(QPushButton(self), "selection_open")
        theme.set_icon(self._exclude, "close")
        theme.set_icon(self._open, "zoom-in")
        self._head, self._tools = QHBoxLayout(), FlowLayout(SPACE_2)
        self._lay_out(narrow=narrow)
        self._class.activated.connect(self._on_class)
        self._name.returnPressed.connect(self._on_class)
        self._part.activated.connect(self._on_part)
        self._exclude.clicked.connect(self._on_exclude)
        self._open.clicked.connect(self.open_asked)
        self._retranslate()
        self.hide()

    def _lay_out(self, *, narrow: bool) -> None:
        if narrow:
            self._head.addWidget(self._label)
            self._head.addStretch(1)
        else:  # beside the first tools also where they take two rows
            self._tools.addWidget(self._label)
        self._tools.addWidget(self._class)
        self._tools.addWidget(self._part)
        self._tools.addWidget(self._exclude)
        self._tools.addWidget(self._open)
        for widget in (self._part, self._open):
            widget.setVisible(not narrow)
        layout = QVBoxLayout(self) if narrow else QHBoxLayout(self)
        layout.setContentsMargins(0, SPACE_2, 0, 0)
        for row in (layout, self._head, self._tools):
            row.setSpacing(SPACE_2)
        layout.addLayout(self._head)
        layout.addLayout(self._tools, int(not narrow))

    def add_tool(self, tool: QWidget) -> None:
        """Add a control beside the number of selected pictures."""
        self._head.addWidget(tool)

    def set_classes(self, names: Sequence[str]) -> None:
        """Offer these classes."""
        self._class.clear()
        self._class.addItems(list(names))
        self._clear_class()

    def set_selection(self, count: int, *, excluded: bool) -> None:
        """Say how much is selected, and whether all of it is left out already."""
        self._count, self._excluded = count, excluded
        self.setVisible(count > 0)
        self._retranslate()

    def set_editable(self, editable: bool) -> None:  # noqa: FBT001 - a setter
        """Allow or refuse changes; looking is always allowed."""
        for control in (self._class, self._part, self._exclude):
            control.setEnabled(editable)

    def _clear_class(self) -> None:
        self._class.setCurrentIndex(-1)
        self._class.clearEditText()

    @Slot()
    def _on_class(self) -> None:
        name = self._class.currentText().strip()
        self._clear_class()
        if name:
            self.relabel_asked.emit(name)

    @Slot(int)
    def _on_part(self, row: int) -> None:
        self._part.setCurrentIndex(0)
        if row > 0:
            self.split_asked.emit(PARTS[row - 1])

    @Slot()
    def _on_exclude(self) -> None:
        self.exclude_asked.emit(not self._excluded)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._label.setText(self.tr("%n selected", "", self._count))
        self._name.setPlaceholderText(self.tr("Give a class…"))
        self._class.setAccessibleName(self.tr("Class of the selected images"))
        self._class.setToolTip(self.tr("Choose a class, or write a new name and press Enter"))
        titles = (
            self.tr("Move to…"),
            self.tr("Training"),
            self.tr("Validation"),
            self.tr("Test"),
        )
        for row, title in enumerate(titles):
            self._part.setItemText(row, title)
        self._part.setAccessibleName(self.tr("Part of the selected images"))
        self._exclude.setText(self.tr("Take in") if self._excluded else self.tr("Leave out"))
        self._exclude.setToolTip(self.tr("The files stay where they are (Delete)"))
        self._open.setText(self.tr("View"))
        for button in (self._exclude, self._open):
            button.setAccessibleName(button.text())
