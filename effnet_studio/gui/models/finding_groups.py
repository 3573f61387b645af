"""The pictures of a finding, group by group: cells for the view, and what stands above each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, overload

import numpy as np
from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, Qt
from typing_extensions import override

from effnet_studio.engine.data.checks.findings import Finding, FindingKind, Remedy
from effnet_studio.engine.data.checks.row_groups import RowGroups, rows_in_groups
from effnet_studio.engine.data.dataset import SPLITS, Split
from effnet_studio.gui.models.browsing import sample_of
from effnet_studio.gui.models.thumbnails import Thumbnail, ThumbnailModel, sample_cell
from effnet_studio.gui.text import count_text, list_text

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from effnet_studio.engine.data.index import Index
    from effnet_studio.engine.project import Project

_Index = QModelIndex | QPersistentModelIndex

translate = QCoreApplication.translate
# Plural forms are collected from tr() only: this is the text of the browser's bar.
_COUNT: Final = ("BrowserBar", "%n image(s)")

_CLASSES: Final = 3
"""Classes of a group from which one is chosen by a click; more are in the menu."""


class Deed(StrEnum):
    """What a click above a group does to it."""

    REMEDY = "remedy"
    CLASS = "class"
    EXCLUDE = "exclude"


@dataclass(frozen=True)
class Link:
    """Something to click above a group.

    Attributes:
        text: What it says.
        deed: What it does.
        value: The remedy, or the name of the class.
    """

    text: str
    deed: Deed
    value: Remedy | str = ""


@dataclass(frozen=True)
class Heading:
    """What stands above a group.

    Attributes:
        title: How many pictures, or which class.
        detail: What differs or is the same among them.
        links: What can be done with the group by one click.
    """

    title: str
    detail: str
    links: tuple[Link, ...] = ()


def part_title(split: Split) -> str:
    """Name of a part, as it stands in the middle of a line."""
    return {
        "train": translate("Findings", "training"),
        "val": translate("Findings", "validation"),
        "test": translate("Findings", "test"),
    }[split]


class FindingGroups:
    """A finding's pictures, looked up in the index.

    Args:
        finding: What was found.
        index: The pictures it was found among.
    """

    def __init__(self, finding: Finding, index: Index) -> None:
        self.finding = finding
        self.index = index
        self.groups: RowGroups = rows_in_groups(index, finding.groups)
        self.ids: NDArray[np.int64] = index.ids[self.groups.rows]

    @property
    def headed(self) -> bool:
        """Whether something stands above each group: not above a heap of odd pictures."""
        classes = {FindingKind.SMALL_CLASS, FindingKind.IMBALANCE}
        return self.finding.same or self.finding.kind in classes

    def members(self, group: int) -> NDArray[np.int64]:
        """Rows of a group; int64."""
        rows: NDArray[np.int64] = self.groups.rows[
            self.groups.starts[group] : self.groups.starts[group + 1]
        ]
        return rows

    def ids_of(self, group: int) -> tuple[int, ...]:
        """Numbers of a group's pictures."""
        return tuple(self.index.ids[self.members(group)].tolist())

    def groups_of(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """Groups in which some places lie; int64, ascending, each once."""
        return np.unique(np.searchsorted(self.groups.starts, places, side="right") - 1)

    def classes_of(self, group: int) -> list[str]:
        """Names of a group's classes, the commonest first."""
        numbers, counts = np.unique(self.index.classes[self.members(group)], return_counts=True)
        return [self.index.class_names[int(numbers[place])] for place in np.argsort(-counts)]

    def heading(self, group: int) -> Heading:
        """What stands above a group."""
        rows = self.members(group)
        count = translate(*_COUNT, None, len(rows))
        names = self.classes_of(group)
        if not self.finding.same:
            return Heading(names[0], count)
        parts = [part_title(SPLITS[number]) for number in np.unique(self.index.splits[rows])]
        listed = parts if self.finding.kind is FindingKind.LEAK else names
        more = ", …" if len(listed) > _CLASSES else ""
        detail = list_text(listed[:_CLASSES]) + more
        return Heading(count, detail, self._links(names, len(rows), torn=len(parts) > 1))

    def _links(self, names: Sequence[str], members: int, *, torn: bool) -> tuple[Link, ...]:
        if self.finding.kind is FindingKind.CONFLICT:
            both, every = (
                translate("Findings", "Both are {name}"),
                translate("Findings", "All are {name}"),
            )
            choice = both if members == 2 else every
            offered = names if len(names) <= _CLASSES else ()
            classes = [Link(choice.format(name=name), Deed.CLASS, name) for name in offered]
            return (*classes, Link(translate("Findings", "Leave out"), Deed.EXCLUDE))
        texts = {
            Remedy.KEEP_ONE: translate("Findings", "Keep one"),
            Remedy.TO_ONE_SIDE: translate("Findings", "Put on one side"),
        }
        return tuple(
            Link(texts[remedy], Deed.REMEDY, remedy)
            for remedy in self.finding.remedies
            if remedy in texts and (torn or remedy is not Remedy.TO_ONE_SIDE)
        )


class GroupCells(Sequence[Thumbnail]):
    """Cells of all pictures of a finding, each made when it is looked at.

    Args:
        project: Has the thumbnail cache.
        found: The pictures.
    """

    def __init__(self, project: Project, found: FindingGroups) -> None:
        self._project = project
        self._found = found

    def __len__(self) -> int:
        return len(self._found.ids)

    @overload
    def __getitem__(self, place: int) -> Thumbnail: ...

    @overload
    def __getitem__(self, place: slice) -> list[Thumbnail]: ...

    def __getitem__(self, place: int | slice) -> Thumbnail | list[Thumbnail]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        index, row = self._found.index, int(self._found.groups.rows[place])
        sample = sample_of(index, row)
        name = index.class_names[sample.label]
        size = f"{count_text(sample.width)} × {count_text(sample.height)}"
        caption = f"{name}\n{part_title(sample.split)}\n{size}"
        return sample_cell(self._project, sample, caption=caption, value=sample.id)


class GroupModel(ThumbnailModel):
    """Cells that know their group, and whether they stay when one of each is kept."""

    StaysRole = Qt.ItemDataRole.UserRole + 3

    _found: FindingGroups | None = None
    _staying: frozenset[int] = frozenset()

    @property
    def found(self) -> FindingGroups | None:
        """The pictures that are shown."""
        return self._found

    def set_found(self, found: FindingGroups | None, project: Project | None) -> None:
        """Show the pictures of another finding; none without a project."""
        self._found = found if project is not None else None
        self._staying = frozenset()
        cells: Sequence[Thumbnail] = ()
        if self._found is not None and project is not None:
            cells = GroupCells(project, self._found)
        self.set_cells(cells)

    def set_staying(self, ids: frozenset[int]) -> None:
        """Mark the pictures that stay when one of each group is kept."""
        self._staying = ids
        if self.rowCount():
            roles = [self.StaysRole]
            self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1), roles)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if index.isValid() and self._found is not None:
            stays = int(self._found.ids[index.row()]) in self._staying
            if role == self.StaysRole:
                return stays
            if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
                return "\n".join([str(super().data(index, role)), *self._facts(index, stays)])
        return super().data(index, role)

    def _facts(self, index: _Index, stays: bool) -> list[str]:  # noqa: FBT001 - one of two facts
        facts = []
        if self._found is not None and self._found.headed and len(self._found.groups) > 1:
            group = int(self._found.groups_of(np.array([index.row()]))[0])
            text = translate("Findings", "group {n} of {all}")
            facts.append(
                text.format(n=count_text(group + 1), all=count_text(len(self._found.groups)))
            )
        if stays:
            facts.append(translate("Findings", "stays when one of each is kept"))
        return facts
