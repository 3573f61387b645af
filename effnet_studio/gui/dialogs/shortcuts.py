"""All keys of the window, to be searched by what they do or by the keys themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.gui.focus import ReadingOrder
from effnet_studio.gui.models.key_table import key_rows, matching
from effnet_studio.gui.models.rows_table import Column, RowsTableModel
from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_3, SPACE_5, set_role
from effnet_studio.gui.widgets.empty_state import EmptyState
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.measured_table import MeasuredTable
from effnet_studio.gui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from effnet_studio.gui.theme import ThemeManager

_SIZE: Final = (640, 560)
_WIDEST: Final = 960
"""Width, pixels, up to which the dialog gives the texts of a language all the room they want."""


class ShortcutsDialog(ReadingOrder, QDialog):
    """Stands beside the window, so that keys can be tried while it is read.

    Args:
        theme: Tints the icons.
        parent: Qt's owner.
    """

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.add_window(self)
        self.setObjectName("shortcuts")
        self._title, self._about = Label(self), Label(self)
        set_role(self._title, "title")
        set_role(self._about, "muted")
        self._about.setWordWrap(True)
        self._search = SearchField("shortcuts_search", theme, self)
        self._model = RowsTableModel(self)
        self._table = named(MeasuredTable(self), "shortcuts_table")
        self._empty = EmptyState(theme, "search", self)
        self._stack = QStackedWidget(self)
        self._close = named(QPushButton(self), "shortcuts_close")
        self._close.setAutoDefault(False)
        self._build_ui()
        self._search.textChanged.connect(self._show_rows)
        self._close.clicked.connect(self.close)
        self._retranslate()
        self.resize(self._wanted_width(), _SIZE[1])
        self._search.setFocus()

    def _build_ui(self) -> None:
        table = self._table
        table.setModel(self._model)
        set_role(table, "plain")
        table.setShowGrid(False)
        table.setAlternatingRowColors(True)
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)  # else Tab never leaves the table
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.verticalHeader().hide()
        heads = table.horizontalHeader()
        heads.setHighlightSections(False)
        self._stack.addWidget(table)
        self._stack.addWidget(self._empty)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_5, SPACE_5, SPACE_5, SPACE_5)
        column.setSpacing(SPACE_3)
        for widget in (self._title, self._about, self._search):
            column.addWidget(widget)
        column.addWidget(self._stack, 1)
        column.addLayout(buttons)

    def _wanted_width(self) -> int:
        table = self._table
        beside = 2 * SPACE_5 + 2 * table.frameWidth() + table.verticalScrollBar().sizeHint().width()
        return max(_SIZE[0], min(_WIDEST, sum(self._widths) + beside))

    @Slot(str)
    def _show_rows(self, words: str) -> None:
        rows = matching(key_rows(), words)
        columns = (
            Column(self.tr("Keys"), number=False),
            Column(self.tr("What it does"), number=False),
            Column(self.tr("Where"), number=False),
        )
        self._model.set_table(columns, [(row.keys, row.text, row.place) for row in rows])
        self._stack.setCurrentIndex(0 if rows else 1)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self._title.setText(self.tr("Keyboard shortcuts"))
        self._about.setText(
            self.tr("Everything works without a mouse. Ctrl+K finds any command by its name.")
        )
        self._search.setPlaceholderText(self.tr("Search for keys or for what they do"))
        self._search.setAccessibleName(self.tr("Search for keys or for what they do"))
        self._table.setAccessibleName(self.tr("Keyboard shortcuts"))
        self._empty.set_texts(
            self.tr("No keys for that"),
            self.tr("Try another word, or find the command by its name with Ctrl+K."),
        )
        self._close.setText(self.tr("Close"))
        self._fit_columns()

    def _fit_columns(self) -> None:
        """As wide as all rows need: while one searches, the columns stay where they are."""
        self._show_rows("")
        heads = self._table.horizontalHeader()
        mode = QHeaderView.ResizeMode
        heads.setSectionResizeMode(mode.ResizeToContents)
        self._widths = [heads.sectionSize(column) for column in range(3)]
        for column in (0, 2):
            heads.setSectionResizeMode(column, mode.Fixed)
            heads.resizeSection(column, self._widths[column])
        heads.setSectionResizeMode(1, mode.Stretch)
        if self._search.text():
            self._show_rows(self._search.text())
