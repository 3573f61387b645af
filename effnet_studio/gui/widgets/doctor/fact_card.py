"""A card with the facts of one group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, set_role
from effnet_studio.gui.widgets.doctor.fact_row import FactRow
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.facts.fact import Fact
    from effnet_studio.gui.theme import ThemeManager


class FactCard(QFrame):
    """A title and rows.

    Args:
        key: Of the group; the card's object name is ``card_KEY``.
        title: In the window's language.
        facts: The rows.
        theme: Tints the icons.
        parent: Qt's owner.
        icon: Beside the title.
        name: As in :class:`FactRow`.
        brief: Whether rows that are to be looked at leave out what to do, as it stands elsewhere.
    """

    remedy_asked = Signal(object)
    """A :class:`~effnet_studio.engine.facts.fact.Remedy`."""

    def __init__(
        self,
        key: str,
        title: str,
        facts: Sequence[Fact],
        theme: ThemeManager,
        parent: QWidget,
        *,
        icon: str,
        name: str = "fact",
        brief: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(f"card_{key}")
        set_role(self, "card")
        self.setAccessibleName(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_1)
        column.addLayout(card_head(title, icon, theme, self))
        for fact in facts:
            row = FactRow(fact, theme, self, name=name, brief=brief and not fact.ok)
            row.remedy_asked.connect(self.remedy_asked)
            column.addWidget(row)


def card_head(title: str, icon: str, theme: ThemeManager, parent: QWidget) -> QHBoxLayout:
    """Icon and title of a card.

    Args:
        title: In the window's language.
        icon: Its name.
        theme: Tints it.
        parent: The card.
    """
    mark, label = Label(parent), named(Label(title, parent), f"{parent.objectName()}_title")
    theme.set_icon(mark, icon, tone="muted")
    set_role(label, "strong")
    head = QHBoxLayout()
    head.setContentsMargins(0, 0, 0, SPACE_1)
    head.setSpacing(SPACE_2)
    head.addWidget(mark)
    head.addWidget(label)
    head.addStretch(1)
    return head
