"""What was changed in a dataset, and how it differs from what earlier trainings saw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_2, SPACE_3, SPACE_5, set_role
from effnet_studio.gui.widgets.data.edit_log import EditLog
from effnet_studio.gui.widgets.data.version_compare import VersionCompare
from effnet_studio.gui.widgets.flow_layout import FlowLayout
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.data.edits import Edit
    from effnet_studio.engine.data.versions import VersionDiff
    from effnet_studio.gui.theme import ThemeManager


class HistoryView(QWidget):
    """The edit log at the left, a comparison of versions at the right.

    Args:
        theme: Tints the icons.
        parent: Qt's owner.
    """

    undo_asked = Signal()
    redo_asked = Signal()
    compare_asked = Signal(str)
    """Version of the dataset to compare with what there is now."""
    save_failed = Signal(object)
    """The StorageError that says why a table was not saved."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("history_view")
        self._entries: Sequence[Edit] = ()
        self._undo = named(QPushButton(self), "history_undo")
        self._redo = named(QPushButton(self), "history_redo")
        theme.set_icon(self._undo, "undo")
        theme.set_icon(self._redo, "redo")
        self._log = EditLog(theme, self)
        self._empty = named(Label(self), "history_empty")
        self._empty.setWordWrap(True)
        set_role(self._empty, "muted")
        self._title = Label(self)
        set_role(self._title, "strong")
        self.compare = VersionCompare(theme, self)
        self._build_ui()
        self._undo.clicked.connect(self.undo_asked)
        self._redo.clicked.connect(self.redo_asked)
        self.compare.compare_asked.connect(self.compare_asked)
        self.compare.twin.save_failed.connect(self.save_failed)
        self._retranslate()

    def _build_ui(self) -> None:
        buttons = FlowLayout(SPACE_2)
        for button in (self._undo, self._redo):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            buttons.addWidget(button)
        left = QVBoxLayout()
        left.setSpacing(SPACE_3)
        left.addWidget(self._title)
        left.addLayout(buttons)
        left.addWidget(self._empty)
        left.addWidget(self._log, 1)
        left.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_5)
        row.addLayout(left, 5)
        row.addWidget(self.compare, 6)

    # -- what is shown -------------------------------------------------------------------------

    def set_history(self, entries: Sequence[Edit], *, editable: bool = True) -> None:
        """Show another log, newest entry first; entries taken back are grey.

        Args:
            entries: The oldest first.
            editable: Whether something may be taken back or done again.
        """
        changed = [(entry.id, entry.undone) for entry in entries] != [
            (entry.id, entry.undone) for entry in self._entries
        ]
        self._entries = entries
        self._undo.setEnabled(editable and any(not entry.undone for entry in entries))
        self._redo.setEnabled(editable and any(entry.undone for entry in entries))
        self._empty.setVisible(not entries)
        self._log.setVisible(bool(entries))
        self._log.set_entries(entries)
        self._retranslate_buttons()
        if changed:
            self.compare.set_changed()

    def set_versions(self, rows: Sequence[tuple[str, str]]) -> None:
        """Offer other versions to compare with.

        Args:
            rows: Version and what to call it, the newest first.
        """
        self.compare.set_versions(rows)

    def show_diff(self, diff: VersionDiff) -> None:
        """Show how what there is now differs from the version asked for."""
        self.compare.show_diff(diff)

    # -- words ---------------------------------------------------------------------------------

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Changes"))
        self._empty.setText(
            self.tr(
                "Nothing was changed yet. Classes, parts and images left out can be changed on the "
                "other tabs; every change can be taken back here."
            )
        )
        self._log.setAccessibleName(self.tr("Changes"))
        self._log.retranslate()
        self._retranslate_buttons()

    def _retranslate_buttons(self) -> None:
        done = [entry for entry in self._entries if not entry.undone]
        undone = [entry for entry in self._entries if entry.undone]
        for button, word, entry in (  # no keys: the window's may mean something else done since
            (self._undo, self.tr("Undo"), done[-1] if done else None),
            (self._redo, self.tr("Redo"), undone[0] if undone else None),
        ):
            whole = word
            if entry is not None:
                title = translate_message(entry.title)
                whole = self.tr("{deed} “{name}”").format(deed=word, name=title)
            button.setText(word)
            button.setToolTip(whole)
            button.setAccessibleName(whole)
