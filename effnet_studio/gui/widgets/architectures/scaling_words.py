"""What a scaled network starts from and why it grows as it does; and its stages as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QHeaderView, QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.gui.models.rows_table import RowsTableModel
from effnet_studio.gui.models.scaling_words import (
    explanation,
    heritage_text,
    stage_columns,
    stage_rows,
)
from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_2, SPACE_3, SPACE_4, set_role, set_tone
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.plots.table_twin import TableTwin

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from effnet_studio.gui.models.scaling_outlook import Outlook

_ROW: Final = 30
_NARROW: Final = 820
"""Width below which the table of stages goes without some columns, pixels."""
_SPARED: Final = (1, 4)
"""The operator and the stride: expansion and map tell them too."""


class ScalingWords(QFrame):
    """A card with two headings and plain words.

    Args:
        parent: Qt's owner.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("scaling_words")
        set_role(self, "card")
        self._outlook: Outlook | None = None
        self._titles = [Label(self) for _ in range(2)]
        self._heritage = named(Label(self), "scale_heritage")
        self._about = [named(Label(self), f"scale_about_{n}") for n in range(len(explanation()))]
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_2)
        for title, texts in zip(self._titles, ([self._heritage], self._about), strict=True):
            set_role(title, "strong")
            column.addWidget(title)
            for label in texts:
                label.setWordWrap(True)
                column.addWidget(label)
            column.addSpacing(SPACE_2)
        for label in self._about:
            set_role(label, "muted")
        column.addStretch(1)
        self._retranslate()

    def set_outlook(self, outlook: Outlook) -> None:
        """Say what a network starts from."""
        self._outlook = outlook
        self._heritage.setText(heritage_text(outlook))
        set_tone(self._heritage, "" if outlook.heritage.worthwhile else "warning")

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        titles = (self.tr("What it starts from"), self.tr("Why everything grows together"))
        for label, text in zip(
            (*self._titles, *self._about), (*titles, *explanation()), strict=True
        ):
            label.setText(text)
        if self._outlook is not None:
            self.set_outlook(self._outlook)


class ScaledStages(QFrame):
    """A card with the table of stages, as high as its rows: the page scrolls, not the table.

    Args:
        parent: Qt's owner.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("scaled_stages")
        set_role(self, "card")
        self._outlook: Outlook | None = None
        self.model = RowsTableModel(self)
        self._title = Label(self)
        set_role(self._title, "strong")
        self.twin = TableTwin(self.model, name="scale_stages", parent=self)
        table = self.twin.table
        table.verticalHeader().setDefaultSectionSize(_ROW)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addWidget(self._title)
        column.addWidget(self.twin)
        self._retranslate()

    def set_outlook(self, outlook: Outlook) -> None:
        """Show the stages of a network."""
        self._outlook = outlook
        self.model.set_table(stage_columns(), stage_rows(outlook))
        table = self.twin.table
        heads = table.horizontalHeader()
        heads.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        heads.setMinimumSectionSize(heads.sectionSizeHint(0))
        bar = table.horizontalScrollBar().sizeHint().height()
        table.setFixedHeight(heads.sizeHint().height() + _ROW * self.model.rowCount() + bar)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for column in _SPARED:
            self.twin.table.setColumnHidden(column, self.width() < _NARROW)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        title = self.tr("Stage by stage")
        self._title.setText(title)
        self.twin.table.setAccessibleName(title)
        if self._outlook is not None:
            self.set_outlook(self._outlook)
