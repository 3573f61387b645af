"""Earlier exports of the project, the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_2, set_role
from effnet_studio.gui.widgets.export.export_row import ExportRow
from effnet_studio.gui.widgets.export.trash_row import TrashRow
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from effnet_studio.engine.export.certificate.record import ExportResult
    from effnet_studio.engine.export.trash import TrashedExport
    from effnet_studio.engine.messages import Message
    from effnet_studio.gui.theme import ThemeManager

_STEP: Final = 8
"""Rows shown at first, and more with each click: making them takes 6 ms each."""


class ExportHistory(QWidget):
    """A row for each export; none yet: a sentence.

    Args:
        theme: Tints the icons.
        parent: Qt's owner.
    """

    unfolded = Signal(object)
    """The CertificateView of a row, when it is made."""
    restore_asked = Signal()
    """Deleted exports are to be taken back."""
    empty_asked = Signal()
    """Deleted exports are to be deleted for good."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("export_history")
        self._theme = theme
        self._exports: tuple[ExportResult, ...] | None = None
        self._stale: Mapping[Path, tuple[Message, ...]] = {}
        self._most = _STEP
        self.rows: list[ExportRow] = []
        self._title = named(Label(self), "export_history_title")
        set_role(self._title, "strong")
        self._nothing = named(Label(self), "export_nothing")
        set_role(self._nothing, "muted")
        self._nothing.setWordWrap(True)
        self._more = named(QPushButton(self), "export_history_more")
        set_role(self._more, "link")
        self._more.clicked.connect(self._on_more)
        self._column = QVBoxLayout()
        self._column.setSpacing(SPACE_2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        column.addWidget(self._title)
        column.addWidget(self._nothing)
        column.addLayout(self._column)
        column.addWidget(self._more)
        self._trash = TrashRow(theme, self)
        self._trash.restore_asked.connect(self.restore_asked)
        self._trash.empty_asked.connect(self.empty_asked)
        column.addWidget(self._trash)
        self._retranslate()

    def set_exports(self, exports: Sequence[ExportResult] | None) -> None:
        """Show these; rows that stay stay unfolded.

        Args:
            exports: The newest first; None: they are still being read.
        """
        self._exports = None if exports is None else tuple(exports)
        self._show_rows()

    def set_stale(self, stale: Mapping[Path, tuple[Message, ...]]) -> None:
        """Say which files no longer are what the project has, and why."""
        self._stale = stale
        for row in self.rows:
            row.set_stale(stale.get(row.result.file, ()))

    def set_deleted(self, deleted: Sequence[TrashedExport]) -> None:
        """Show what waits in the trash; nothing: nothing, as where it cannot be taken back."""
        self._trash.set_deleted(deleted)

    def _show_rows(self) -> None:
        exports = self._exports or ()
        shown = exports[: self._most]
        kept = {row.result.file: row for row in self.rows if row.result in shown}
        for row in self.rows:
            self._column.removeWidget(row)
            if row.result.file not in kept:
                row.hide()
                row.deleteLater()
        self.rows = [kept.get(result.file) or self._make_row(result) for result in shown]
        for row in self.rows:
            self._column.addWidget(row)
        self._retranslate()

    def _make_row(self, result: ExportResult) -> ExportRow:
        row = ExportRow(result, self._theme, self)
        row.set_stale(self._stale.get(result.file, ()))
        row.unfolded.connect(self.unfolded)
        return row

    @Slot()
    def _on_more(self) -> None:
        self._most += _STEP
        self._show_rows()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        count = len(self._exports or ())
        hidden = count - len(self.rows)
        self._title.setText(self.tr("Exported files"))
        self._nothing.setText(
            self.tr("Reading…")
            if self._exports is None
            else self.tr(
                "None yet. Each file is opened again and compared with the app on your validation"
                " images before it is called ready."
            )
        )
        self._nothing.setVisible(not count)
        self._more.setText(self.tr("Show more (%n hidden)", "", hidden))
        self._more.setAccessibleName(self._more.text())
        self._more.setVisible(hidden > 0)
