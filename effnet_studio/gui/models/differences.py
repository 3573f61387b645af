"""How two versions of a dataset differ, as a table."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from effnet_studio.engine.data.dataset import SPLITS
from effnet_studio.engine.data.problems import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.data.versions import Relabelled, VersionDiff

_Index = QModelIndex | QPersistentModelIndex


class Change(StrEnum):
    """How an image differs."""

    ADDED = "added"
    REMOVED = "removed"
    RELABELLED = "relabelled"
    MOVED = "moved"


CHANGES: Final = tuple(Change)


class DifferencesModel(QAbstractTableModel):
    """One row for each image that differs: how, which, and its class or part before and after."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._diff: VersionDiff | None = None
        self._only: Change | None = None
        self._folder = ""

    def set_diff(self, diff: VersionDiff | None) -> None:
        """Show other differences; None for none."""
        self.beginResetModel()
        self._diff = diff
        self._folder = _common_folder(diff) if diff is not None else ""
        self.endResetModel()

    def set_only(self, change: Change | None) -> None:
        """Show only differences of one kind; None for all."""
        self.beginResetModel()
        self._only = change
        self.endResetModel()

    def count(self, change: Change) -> int:
        """How many images differ like that, whether they are shown or not."""
        return 0 if self._diff is None else len(_rows(self._diff, change))

    def retranslate(self) -> None:
        """Tell views that the words are others."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)
        if self.rowCount():
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    @override
    def rowCount(self, parent: _Index | None = None) -> int:
        if self._diff is None or (parent is not None and parent.isValid()):
            return 0
        return sum(self.count(change) for change in self._shown())

    @override
    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else 4

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or self._diff is None:
            return None
        change, row = self._find(index.row())
        path, before, after = self._cells(change, row)
        if role == Qt.ItemDataRole.DisplayRole:
            short = os.path.relpath(path, self._folder) if self._folder else path
            return (self._change_text(change), shown(short), before, after)[index.column()]
        return shown(path) if role == Qt.ItemDataRole.ToolTipRole else None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self.tr("Change"), self.tr("File"), self.tr("Then"), self.tr("Now"))[section]

    def _shown(self) -> Sequence[Change]:
        return CHANGES if self._only is None else (self._only,)

    def _find(self, row: int) -> tuple[Change, int]:
        """The kind of a row, and its place among those of its kind."""
        for change in self._shown():
            count = self.count(change)
            if row < count:
                return change, row
            row -= count
        raise IndexError(row)

    def _cells(self, change: Change, row: int) -> tuple[str, str, str]:
        """Path, and class or part before and after; empty where there is none."""
        if self._diff is None:
            return "", "", ""
        found = _rows(self._diff, change)[row]
        if isinstance(found, str):
            return found, "", ""
        texts = self._part_texts() if change is Change.MOVED else {}
        return (
            found.path,
            texts.get(found.before, found.before),
            texts.get(found.after, found.after),
        )

    def _part_texts(self) -> dict[str, str]:
        titles = (self.tr("Training"), self.tr("Validation"), self.tr("Test"))
        return dict(zip(SPLITS, titles, strict=True))

    def _change_text(self, change: Change) -> str:
        return {
            Change.ADDED: self.tr("Added"),
            Change.REMOVED: self.tr("Removed"),
            Change.RELABELLED: self.tr("Other class"),
            Change.MOVED: self.tr("Other part"),
        }[change]


def _rows(diff: VersionDiff, change: Change) -> Sequence[str | Relabelled]:
    rows: dict[Change, Sequence[str | Relabelled]] = {
        Change.ADDED: diff.added,
        Change.REMOVED: diff.removed,
        Change.RELABELLED: diff.relabelled,
        Change.MOVED: diff.moved,
    }
    return rows[change]


def _common_folder(diff: VersionDiff) -> str:
    """The innermost folder of all files; empty where they are on different drives.

    The lists are ordered, so their ends have in common what all of them have.
    """
    ends = [
        found
        for change in CHANGES
        if (rows := _rows(diff, change))
        for found in (rows[0], rows[-1])
    ]
    paths = [found if isinstance(found, str) else found.path for found in ends]
    try:
        return os.path.commonpath([str(PurePath(path).parent) for path in paths]) if paths else ""
    except ValueError:
        return ""
