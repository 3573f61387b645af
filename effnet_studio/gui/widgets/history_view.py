"""What was changed in a dataset, and how it differs from what earlier trainings saw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.names import named
from effnet_studio.gui.text import count_text, moment_text
from effnet_studio.gui.theme import SPACE_2, SPACE_3, SPACE_5, set_role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.data.edits import Edit
    from effnet_studio.engine.data.versions import VersionDiff
    from effnet_studio.gui.theme import ThemeManager

_SHOWN = 2000
"""Lines of a comparison that are listed."""


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

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("history_view")
        self._theme = theme
        self._entries: Sequence[Edit] = ()
        self._diff: VersionDiff | None = None
        self._undo = named(QPushButton(self), "history_undo")
        self._redo = named(QPushButton(self), "history_redo")
        theme.set_icon(self._undo, "arrow-left")
        theme.set_icon(self._redo, "arrow-right")
        self._log = named(QListWidget(self), "history_log")
        set_role(self._log, "plain")
        self._empty = named(QLabel(self), "history_empty")
        self._empty.setWordWrap(True)
        set_role(self._empty, "muted")
        self._versions = named(QComboBox(self), "history_versions")
        self._versions_title = QLabel(self)
        self._log_title = QLabel(self)
        for title in (self._versions_title, self._log_title):
            set_role(title, "strong")
        self._summary = named(QLabel(self), "history_summary")
        self._summary.setWordWrap(True)
        set_role(self._summary, "muted")
        self._lines = named(QListWidget(self), "history_lines")
        set_role(self._lines, "plain")
        self._build_ui()
        self._undo.clicked.connect(self.undo_asked)
        self._redo.clicked.connect(self.redo_asked)
        self._versions.activated.connect(self._on_version)
        theme.changed.connect(self._write_log)
        self._retranslate()

    def _build_ui(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_2)
        buttons.addWidget(self._log_title, 1)
        buttons.addWidget(self._undo)
        buttons.addWidget(self._redo)
        left = QVBoxLayout()
        left.setSpacing(SPACE_3)
        left.addLayout(buttons)
        left.addWidget(self._empty)
        left.addWidget(self._log, 1)
        head = QHBoxLayout()
        head.setSpacing(SPACE_2)
        head.addWidget(self._versions_title, 1)
        head.addWidget(self._versions)
        right = QVBoxLayout()
        right.setSpacing(SPACE_3)
        right.addLayout(head)
        right.addWidget(self._summary)
        right.addWidget(self._lines, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_5)
        row.addLayout(left, 1)
        row.addLayout(right, 1)

    # -- what is shown -------------------------------------------------------------------------

    def set_history(self, entries: Sequence[Edit], *, editable: bool) -> None:
        """Show another log, newest entry first; entries taken back are grey.

        Args:
            entries: The oldest first.
            editable: Whether something may be taken back or done again.
        """
        self._entries = entries
        self._undo.setEnabled(editable and any(not entry.undone for entry in entries))
        self._redo.setEnabled(editable and any(entry.undone for entry in entries))
        self._empty.setVisible(not entries)
        self._log.setVisible(bool(entries))
        self._write_log()

    def set_versions(self, rows: Sequence[tuple[str, str]]) -> None:
        """Offer other versions to compare with.

        Args:
            rows: Version and what to call it, the newest first.
        """
        self._versions.clear()
        for version, title in rows:
            self._versions.addItem(title, version)
        self._versions.setCurrentIndex(-1)
        self._versions.setEnabled(bool(rows))
        self._diff = None
        self._write_diff()

    def show_diff(self, diff: VersionDiff) -> None:
        """Show how what there is now differs from the version asked for."""
        self._diff = diff
        self._write_diff()

    @Slot(int)
    def _on_version(self, row: int) -> None:
        self.compare_asked.emit(self._versions.itemData(row))

    @Slot()
    def _write_log(self) -> None:
        self._log.clear()
        for entry in reversed(self._entries):
            moment = moment_text(entry.made)
            if entry.undone:
                moment = self.tr("taken back · {moment}").format(moment=moment)
            item = QListWidgetItem(f"{translate_message(entry.title)}\n{moment}")
            if entry.undone:
                item.setForeground(QColor(self._theme.theme.faint))
            self._log.addItem(item)

    def _write_diff(self) -> None:
        self._lines.clear()
        diff = self._diff
        if diff is None:
            text = (
                self.tr("Choose a training to see what has changed since it saw the images.")
                if self._versions.count()
                else self.tr("Each training remembers the exact images it saw.")
            )
            self._summary.setText(text)
            return
        if not diff:
            self._summary.setText(self.tr("Nothing has changed since."))
            return
        numbers = (
            self.tr("{n} added").format(n=count_text(len(diff.added))),
            self.tr("{n} removed").format(n=count_text(len(diff.removed))),
            self.tr("{n} of another class").format(n=count_text(len(diff.relabelled))),
            self.tr("{n} in another part").format(n=count_text(len(diff.moved))),
        )
        self._summary.setText(" · ".join(numbers))
        lines = [f"+ {path}" for path in diff.added]
        lines += [f"− {path}" for path in diff.removed]
        lines += [f"{each.before} → {each.after}   {each.path}" for each in diff.relabelled]
        lines += [f"{each.before} → {each.after}   {each.path}" for each in diff.moved]
        self._lines.addItems(lines[:_SHOWN])

    # -- words ---------------------------------------------------------------------------------

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._log_title.setText(self.tr("Changes"))
        self._versions_title.setText(self.tr("Since a training"))
        self._undo.setText(self.tr("Undo"))
        self._redo.setText(self.tr("Redo"))
        self._undo.setToolTip(self.tr("Take the last change back (Ctrl+Z)"))
        self._redo.setToolTip(self.tr("Do it again (Ctrl+Shift+Z)"))
        for button in (self._undo, self._redo):
            button.setAccessibleName(button.text())
        self._empty.setText(
            self.tr(
                "Nothing was changed yet. Classes, parts and images left out can be changed on the "
                "other tabs; every change can be taken back here."
            )
        )
        self._versions.setPlaceholderText(self.tr("Choose a training…"))
        self._versions.setAccessibleName(self.tr("Training to compare with"))
        self._log.setAccessibleName(self.tr("Changes"))
        self._lines.setAccessibleName(self.tr("Differences"))
        self._write_log()
        self._write_diff()
