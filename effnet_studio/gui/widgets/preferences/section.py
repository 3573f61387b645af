"""A card with the preferences of one section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.gui.names import named
from effnet_studio.gui.preferences import SECTIONS
from effnet_studio.gui.theme import SPACE_2, SPACE_4, SPACE_5, set_role
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.preferences.row import in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from effnet_studio.gui.widgets.preferences.row import PreferenceRow


class SectionCard(QFrame):
    """A title and rows with a line between them; a search leaves some of them.

    Args:
        key: Of the section.
        rows: In order.
        parent: Qt's owner.
    """

    def __init__(self, key: str, rows: Sequence[PreferenceRow], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"section_{key}")
        set_role(self, "card")
        self.rows = tuple(rows)
        self._key = key
        self._title = named(Label(self), f"section_title_{key}")
        set_role(self._title, "strong")
        self._rules: list[QFrame] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_5, SPACE_4, SPACE_5, SPACE_2)
        column.setSpacing(0)
        column.addWidget(self._title)
        for row in rows:
            rule = QFrame(self)
            set_role(rule, "rule")
            self._rules.append(rule)
            column.addWidget(rule)
            column.addWidget(row)
        self.show_rows(rows)
        self._retranslate()

    def show_rows(self, rows: Iterable[PreferenceRow]) -> int:
        """Leave only these rows; without any the card goes away.

        Returns:
            How many there are.
        """
        shown = set(rows)
        first = next((row for row in self.rows if row in shown), None)
        for row, rule in zip(self.rows, self._rules, strict=True):
            row.setVisible(row in shown)
            rule.setVisible(row in shown and row is not first)
        self.setVisible(bool(shown))
        return len(shown)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._title.setText(in_words(SECTIONS[self._key]))
