"""Rows of a list with a mark, a title and a line below it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Sequence

_Index = QModelIndex | QPersistentModelIndex

BRIEF_ROLE: Final = Qt.ItemDataRole.UserRole + 2
"""The line below the title."""
MARK_ROLE: Final = Qt.ItemDataRole.UserRole + 3
"""Name of the icon, and of its colour by meaning."""
KEY_ROLE: Final = Qt.ItemDataRole.UserRole + 4
"""What the row is known by."""


@dataclass(frozen=True)
class MarkedRow:
    """One row.

    Attributes:
        key: What it is known by.
        title: In the window's language.
        brief: A line below it.
        icon: Name of the mark.
        tone: Its colour by meaning, such as ``danger`` or ``muted``.
        hint: Tool-tip.
    """

    key: object
    title: str
    brief: str
    icon: str
    tone: str = "muted"
    hint: str = ""


class MarkedRows(QAbstractListModel):
    """Rows for :class:`~effnet_studio.gui.widgets.marked_list.MarkedList`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[MarkedRow] = []

    def set_rows(self, rows: Sequence[MarkedRow]) -> None:
        """Show other rows; where their keys are the same, what is chosen stays."""
        if [row.key for row in rows] == [row.key for row in self._rows]:
            self._rows = list(rows)
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    @override
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        answers: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: row.title,
            Qt.ItemDataRole.ToolTipRole: row.hint,
            Qt.ItemDataRole.AccessibleTextRole: f"{row.title}. {row.brief}",
            BRIEF_ROLE: row.brief,
            MARK_ROLE: (row.icon, row.tone),
            KEY_ROLE: row.key,
        }
        return answers.get(role)
