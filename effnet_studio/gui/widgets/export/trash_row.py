"""Deleted exports that wait in the project's trash: put back, or deleted for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget
from typing_extensions import override

from effnet_studio.gui.names import named
from effnet_studio.gui.text import bytes_text
from effnet_studio.gui.theme import SPACE_2, set_role, set_tone
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.export.trash import TrashedExport
    from effnet_studio.gui.theme import ThemeManager


class TrashRow(QWidget):
    """One line; takes no room while the trash is empty. Deleting for good is asked twice.

    Args:
        theme: Tints the icons.
        parent: Qt's owner.
    """

    restore_asked = Signal()
    empty_asked = Signal()

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("export_trash")
        self._deleted: tuple[TrashedExport, ...] = ()
        self._sure = False
        self._text = named(Label(self), "export_trash_text")
        self._text.setWordWrap(True)
        self._restore = named(QPushButton(self), "export_restore")
        self._empty = named(QPushButton(self), "export_empty_trash")
        self._keep = named(QPushButton(self), "export_keep_trash")
        set_role(self._restore, "ghost")
        set_role(self._empty, "danger")
        theme.set_icon(self._restore, "undo", size=16)
        theme.set_icon(self._empty, "trash", tone="danger", size=16)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, SPACE_2, 0, 0)
        row.setSpacing(SPACE_2)
        row.addWidget(self._text, 1)
        for button in (self._restore, self._keep, self._empty):
            row.addWidget(button)
        self._restore.clicked.connect(self.restore_asked)
        self._empty.clicked.connect(self._on_empty)
        self._keep.clicked.connect(self._on_keep)
        self._retranslate()

    def set_deleted(self, deleted: Sequence[TrashedExport]) -> None:
        """Show what waits in the trash."""
        self._deleted, self._sure = tuple(deleted), False
        self._retranslate()

    @Slot()
    def _on_empty(self) -> None:
        if self._sure:
            self.empty_asked.emit()
        self._sure = not self._sure
        self._retranslate()

    @Slot()
    def _on_keep(self) -> None:
        self._sure = False
        self._retranslate()
        self._empty.setFocus()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.setVisible(bool(self._deleted))
        size = bytes_text(sum(export.bytes for export in self._deleted))
        count = len(self._deleted)
        if self._sure:
            text = self.tr("Delete %n export(s) for good? Nothing brings them back.", "", count)
        else:
            text = self.tr("%n deleted export(s) in the project's trash: {size}", "", count)
        self._text.setText(text.format(size=size))
        set_role(self._text, "" if self._sure else "muted")
        set_tone(self._text, "danger" if self._sure else "")
        self._restore.setText(self.tr("Put back"))
        self._keep.setText(self.tr("Keep"))
        self._empty.setText(self.tr("Delete for good"))
        self._restore.setVisible(not self._sure)
        self._keep.setVisible(self._sure)
        for button in (self._restore, self._keep, self._empty):
            button.setAccessibleName(button.text())
