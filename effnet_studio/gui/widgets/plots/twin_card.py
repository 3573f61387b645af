"""A card with a drawing and, at the press of a button, the same as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.gui.models.rows_table import Column, RowsTableModel
from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, set_role
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.plots.table_twin import TableTwin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.gui.theme import ThemeManager

_BUTTON: Final = 28
_ROW: Final = 28
_TABLE: Final = 380
"""Most of a table, pixels; longer ones scroll."""


class TwinCard(QFrame):
    """Title, caption, drawing and table.

    Args:
        drawing: What is shown first.
        theme: Tints the button's icon.
        name: Prefix of the object names, such as ``"stages"``.
        parent: Qt's owner.
    """

    def __init__(
        self, drawing: QWidget, theme: ThemeManager, *, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}_card")
        set_role(self, "card")
        self._drawing = drawing
        self._model = RowsTableModel(self)
        self._build_ui(theme, name)
        self.button.toggled.connect(self._on_toggled)
        self._retranslate()

    def _build_ui(self, theme: ThemeManager, name: str) -> None:
        self._title = named(Label(self), f"{name}_title")
        set_role(self._title, "strong")
        self._title.setWordWrap(True)
        self.button = named(QToolButton(self), f"{name}_show_table")
        self.button.setCheckable(True)
        self.button.setFixedSize(_BUTTON, _BUTTON)
        self.button.setProperty("tight", True)
        set_role(self.button, "ghost")
        theme.set_icon(self.button, "table")
        self._caption = named(Label(self), f"{name}_caption")
        set_role(self._caption, "caption")
        self._caption.setWordWrap(True)
        self._waiting = named(Label(self), f"{name}_waiting")
        set_role(self._waiting, "muted")
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._waiting.setWordWrap(True)
        self.twin = TableTwin(self._model, name=name, parent=self, leading=True)
        # Dotted names differ at their ends.
        self.twin.table.setTextElideMode(Qt.TextElideMode.ElideLeft)
        self.twin.table.verticalHeader().setDefaultSectionSize(_ROW)
        self.twin.table.horizontalHeader().setSectionResizeMode(
            QHeaderView.ResizeMode.ResizeToContents
        )
        self._pages = QStackedWidget(self)
        # As wide as the card, whatever the table's buttons would like.
        self._pages.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for page in (self._drawing, self.twin, self._waiting):
            self._pages.addWidget(page)
        self._head = QHBoxLayout()
        self._head.setSpacing(SPACE_2)
        self._head.addWidget(self._title, 1)
        self._head.addWidget(self.button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_4, SPACE_3, SPACE_3, SPACE_3)
        layout.setSpacing(SPACE_1)
        layout.addLayout(self._head)
        layout.addWidget(self._caption)
        layout.addSpacing(SPACE_2)
        layout.addWidget(self._pages)
        layout.addStretch(1)  # beside a higher neighbour the texts stay together

    def add_to_head(self, widget: QWidget) -> None:
        """Put a control between the title and the button."""
        self._head.insertWidget(1, widget)

    def set_title(self, title: str) -> None:
        """Name drawing and table."""
        self._title.setText(title)
        self.setAccessibleName(title)
        self.twin.table.setAccessibleName(self.tr("{title} as a table").format(title=title))

    def set_caption(self, text: str) -> None:
        """Write a line below the title; empty: none."""
        self._caption.setText(text)
        self._caption.setVisible(bool(text))

    def set_table(self, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
        """Fill the table."""
        self._model.set_table(columns, rows)
        table = self.twin.table
        heads = table.horizontalHeader()
        self.twin.fit_soon()
        wanted = heads.sizeHint().height() + _ROW * len(rows) + SPACE_4  # or a scroll bar
        table.setFixedHeight(min(_TABLE, wanted))
        self._turn()

    def set_waiting(self, text: str) -> None:
        """Say what is waited for instead of showing anything; empty: show it."""
        self._waiting.setText(text)
        self.button.setEnabled(not text)
        self._turn()

    def fit_drawing(self) -> None:
        """Give the drawing the height that it wants now."""
        self._turn()

    @Slot()
    def _on_toggled(self) -> None:
        self._turn()
        self._retranslate()

    def _turn(self) -> None:
        """Show the page that is due; only it decides on the height."""
        shown = self.twin if self.button.isChecked() else self._drawing
        if self._waiting.text():
            shown = self._waiting
        for page in (self._drawing, self.twin, self._waiting):
            policy = QSizePolicy.Policy.Preferred if page is shown else QSizePolicy.Policy.Ignored
            page.setSizePolicy(QSizePolicy.Policy.Preferred, policy)
        self._waiting.setMinimumHeight(self._drawing.sizeHint().height())
        self._pages.setCurrentWidget(shown)
        self._pages.setFixedHeight(shown.sizeHint().height())

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        text = (
            self.tr("Show the drawing")
            if self.button.isChecked()
            else self.tr("Show the numbers as a table")
        )
        self.button.setToolTip(text)
        self.button.setAccessibleName(text)
        if not self._title.text():
            self.twin.table.setAccessibleName(self.tr("Table"))
