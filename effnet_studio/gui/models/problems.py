"""Files that could not be used, as a table: which, why, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from typing_extensions import override

from effnet_studio.gui.i18n import translate_message

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from effnet_studio.engine.data.problems import Problem

_Index = QModelIndex | QPersistentModelIndex


class ProblemModel(QAbstractTableModel):
    """One row for each remark of the import.

    Args:
        parent: Qt's owner.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._problems: list[Problem] = []
        self._folder: Path | None = None

    def set_problems(self, problems: Sequence[Problem], folder: Path | None) -> None:
        """Show other remarks; paths are shown below ``folder``."""
        self.beginResetModel()
        self._problems = list(problems)
        self._folder = folder
        self.endResetModel()

    def as_text(self) -> str:
        """All remarks as tab-separated lines, for the clipboard."""
        rows = range(self.rowCount())
        return "\n".join(
            "\t".join(str(self.data(self.index(row, column))) for column in range(3))
            for row in rows
        )

    @override
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._problems)

    @override
    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else 3

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in {
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
        }:
            return None
        problem = self._problems[index.row()]
        if index.column() == 0:
            whole = role == Qt.ItemDataRole.ToolTipRole
            return str(problem.path) if whole else self._short(problem.path)
        if index.column() == 1:
            return translate_message(problem.message)
        return translate_message(problem.hint) if problem.hint else _general_hint(problem)

    def _short(self, path: Path) -> str:
        if self._folder is not None and path.is_relative_to(self._folder):
            return str(path.relative_to(self._folder))
        return str(path)

    @override
    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            QCoreApplication.translate("ProblemModel", "File"),
            QCoreApplication.translate("ProblemModel", "What is wrong"),
            QCoreApplication.translate("ProblemModel", "What to do"),
        )[section]


def _general_hint(problem: Problem) -> str:
    """What can be done about a file of which nothing more is known."""
    if problem.kind == "unreadable":
        return QCoreApplication.translate(
            "ProblemModel", "Put a good copy in its place, or do without it."
        )
    if problem.kind == "ignored":
        return QCoreApplication.translate("ProblemModel", "Nothing: it is simply not used.")
    return ""
