"""What can be done with chosen pictures of a finding and their groups, as a menu."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from effnet_studio.engine.data.checks.findings import FindingKind, Remedy
from effnet_studio.engine.data.dataset import SPLITS
from effnet_studio.gui.models.finding_groups import FindingGroups, part_title
from effnet_studio.gui.models.findings import remedy_text
from effnet_studio.gui.names import named
from effnet_studio.gui.text import count_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

_MOST_CLASSES: Final = 30


class Choice(StrEnum):
    """What an entry of the menu does."""

    REMEDY = "remedy"
    KEEP = "keep"
    EXCLUDE = "exclude"
    CLASS = "class"
    PART = "part"
    OPEN = "open"
    SHOW = "show"


class FindingMenu(QMenu):
    """The menu; each entry's data is a pair of a :class:`Choice` and its value.

    Args:
        found: All pictures of the finding.
        places: int64: those that are selected, at least one.
        editable: Whether something may be changed.
        parent: Qt's owner.
    """

    def __init__(
        self,
        found: FindingGroups,
        places: NDArray[np.int64],
        *,
        editable: bool,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("finding_menu")
        self._editable = editable
        groups = found.groups_of(places).tolist()
        if found.finding.same:
            self._add_remedies(found, len(places))
            self.addSeparator()
        self._add(self, Choice.EXCLUDE, True, self.tr("Leave out (%n)", "", len(places)))
        self._add_classes(self._offered(found, groups))
        parts = named(self.addMenu(self.tr("Move to")), "finding_menu_parts")
        for part in SPLITS:
            self._add(parts, Choice.PART, part, part_title(part))
        self.addSeparator()
        self._add(self, Choice.OPEN, None, self.tr("Show large"))
        self._add(self, Choice.SHOW, None, self.tr("Show in “Images”"))

    def _add_remedies(self, found: FindingGroups, chosen: int) -> None:
        keep = (
            self.tr("Keep this one, leave the others of its group out")
            if chosen == 1
            else self.tr("Keep these, leave the others of their groups out")
        )
        self._add(self, Choice.KEEP, None, keep)
        for remedy in found.finding.remedies:
            # What leaves out a whole group stands below, as what it is.
            if remedy is not Remedy.EXCLUDE:
                text = self.tr("{remedy} in this group").format(remedy=remedy_text(remedy))
                self._add(self, Choice.REMEDY, remedy, text)

    def _add_classes(self, names: Sequence[str]) -> None:
        menu = named(self.addMenu(self.tr("Class")), "finding_menu_classes")
        for name in names[:_MOST_CLASSES]:
            self._add(menu, Choice.CLASS, name, name.replace("&", "&&"))
        if len(names) > _MOST_CLASSES:
            more = self.tr("{n} more: below the images").format(
                n=count_text(len(names) - _MOST_CLASSES)
            )
            menu.addAction(more).setEnabled(False)

    def _offered(self, found: FindingGroups, groups: Sequence[int]) -> list[str]:
        """Names of classes: first those that are in question."""
        likely: dict[str, None] = {}
        if found.finding.kind is FindingKind.CONFLICT:
            likely = dict.fromkeys(
                name for group in groups[:_MOST_CLASSES] for name in found.classes_of(group)
            )
        names = sorted(found.index.class_names.values(), key=str.casefold)
        return list(dict.fromkeys([*likely, *names]))

    def _add(self, menu: QMenu, choice: Choice, value: object, text: str) -> None:
        action = QAction(text, menu)
        action.setData((choice, value))
        action.setEnabled(self._editable or choice in {Choice.OPEN, Choice.SHOW})
        menu.addAction(action)
