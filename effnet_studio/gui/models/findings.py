"""Findings as rows of a list, and the words for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from typing_extensions import override

from effnet_studio.engine.data.findings import Finding, FindingKind, Remedy
from effnet_studio.gui.i18n import translate_message

if TYPE_CHECKING:
    from collections.abc import Sequence

_Index = QModelIndex | QPersistentModelIndex

SEVERE: Final = frozenset(
    [FindingKind.UNREADABLE, FindingKind.CONFLICT, FindingKind.LEAK, FindingKind.SMALL_CLASS]
)
"""Kinds that spoil a model or its score; the others are advice."""


def remedy_text(remedy: Remedy) -> str:
    """What the button of a remedy says."""
    texts = {
        Remedy.EXCLUDE: QCoreApplication.translate("Findings", "Leave them out"),
        Remedy.KEEP_ONE: QCoreApplication.translate("Findings", "Keep one of each"),
        Remedy.TO_ONE_SIDE: QCoreApplication.translate("Findings", "Put them on one side"),
        Remedy.TO_ONE_CLASS: QCoreApplication.translate("Findings", "Give them one class"),
    }
    return texts[remedy]


class FindingsModel(QAbstractListModel):
    """One row for each finding.

    Args:
        parent: Qt's owner.
    """

    FindingRole = Qt.ItemDataRole.UserRole + 1

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._findings: Sequence[Finding] = ()

    def set_findings(self, findings: Sequence[Finding]) -> None:
        """Show other findings."""
        self.beginResetModel()
        self._findings = findings
        self.endResetModel()

    @property
    def findings(self) -> Sequence[Finding]:
        """The rows."""
        return self._findings

    @override
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._findings)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        finding = self._findings[index.row()]
        if role == self.FindingRole:
            return finding
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return translate_message(finding.title)
        if role == Qt.ItemDataRole.ToolTipRole:
            return translate_message(finding.advice)
        return None
