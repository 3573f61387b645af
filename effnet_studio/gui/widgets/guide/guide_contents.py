"""The contents of the guide at the left of a page, and the search that takes their place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.gui.i18n import current_language
from effnet_studio.gui.models.marked_rows import KEY_ROLE, MarkedRow, MarkedRows
from effnet_studio.gui.names import named
from effnet_studio.gui.theme import FONT_CAPTION, SPACE_2, SPACE_3, set_role
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.marked_list import MarkedList
from effnet_studio.gui.widgets.search_field import SearchField
from effnet_studio.guide.search import SearchIndex

if TYPE_CHECKING:
    from effnet_studio.gui.theme import ThemeManager
    from effnet_studio.guide.library import Guide

WIDTH: Final = 256
"""Of the whole column, pixels."""
_HEAD: Final = 44
"""Height of a section's title, pixels; most of it is room above the text."""
_PAGE_ROLE: Final = Qt.ItemDataRole.UserRole


class GuideContents(QFrame):
    """A card with a search field over the tree of pages.

    Args:
        guide: The pages.
        theme: Colours.
        parent: Qt's owner.
    """

    page_chosen = Signal(str)
    """Key of the page the reader wants."""
    question_changed = Signal(str)
    """What is searched for now; empty when nothing is."""

    def __init__(self, guide: Guide, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("guide_contents")
        set_role(self, "card")
        self.setFixedWidth(WIDTH)
        self._guide = guide
        self._theme = theme
        self._index: SearchIndex | None = None
        self._current = ""
        # By key; they belong to the tree.
        self._items: dict[str, QTreeWidgetItem] = {}
        self._heads: list[QTreeWidgetItem] = []
        self._build_ui()
        self._connect()
        self._retranslate()

    def _build_ui(self) -> None:
        self.search = _SearchField("guide_search", self._theme, self)
        self.tree = named(QTreeWidget(self), "guide_tree")
        self.tree.setHeaderHidden(True)
        self.tree.setRootIsDecorated(False)
        self.tree.setItemsExpandable(False)
        self.tree.setIndentation(0)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        set_role(self.tree, "plain")
        self._rows = MarkedRows(self)
        self.results = MarkedList(self._rows, "guide_results", self._theme, self)
        self.results.setFrameShape(QFrame.Shape.NoFrame)
        self._nothing = named(Label(self), "guide_nothing")
        set_role(self._nothing, "muted")
        self._nothing.setWordWrap(True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._nothing.setContentsMargins(SPACE_2, SPACE_3, SPACE_2, 0)
        self._nothing.setTextFormat(Qt.TextFormat.PlainText)
        self._stack = QStackedWidget(self)
        for widget in (self.tree, self.results, self._nothing):
            self._stack.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_2, SPACE_2, SPACE_2, SPACE_2)
        layout.setSpacing(SPACE_2)
        layout.addWidget(self.search)
        layout.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._on_typed)
        self.search.returnPressed.connect(self._on_entered)
        self.search.left_below.connect(self._on_left_below)
        self.tree.currentItemChanged.connect(self._on_item_changed)
        self.results.selectionModel().currentChanged.connect(self._on_result_changed)
        self._theme.changed.connect(self._on_theme_changed)

    def set_current(self, key: str) -> None:
        """Mark the page shown."""
        self._current = key
        self.tree.blockSignals(True)
        if key in self._items:
            self.tree.setCurrentItem(self._items[key])
        else:
            self.tree.setCurrentIndex(QModelIndex())
        self.tree.blockSignals(False)
        self._mark_result()

    def _mark_result(self) -> None:
        """Show which of the pages found is open; the keys still begin at the first."""
        rows = (self._rows.index(row) for row in range(self._rows.rowCount()))
        found = next((row for row in rows if row.data(KEY_ROLE) == self._current), QModelIndex())
        choose = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.results.selectionModel().select(found, choose)

    def _fill_tree(self) -> None:
        language = current_language()
        self.tree.blockSignals(True)
        self._items.clear()
        self._heads.clear()
        self.tree.clear()
        for section in self._guide.sections(language):
            head = QTreeWidgetItem(self.tree, [section.title])
            head.setFlags(Qt.ItemFlag.ItemIsEnabled)
            head.setTextAlignment(0, Qt.AlignmentFlag.AlignBottom)
            if self._heads:
                head.setSizeHint(0, QSize(0, _HEAD))
            self._heads.append(head)
            for key in section.pages:
                page = self._guide.page(key, language)
                item = QTreeWidgetItem(head, [page.title if page else key])
                item.setToolTip(0, page.summary if page else "")
                item.setData(0, _PAGE_ROLE, key)
                self._items[key] = item
        self.tree.expandAll()
        self.tree.blockSignals(False)
        self._tint_sections()
        self.set_current(self._current)

    def _tint_sections(self) -> None:
        font = QFont(self.font())
        font.setPixelSize(FONT_CAPTION)
        font.setWeight(QFont.Weight.DemiBold)
        for head in self._heads:
            head.setFont(0, font)
            head.setForeground(0, self._theme.theme.color("muted"))

    @Slot(str)
    def _on_typed(self, question: str) -> None:
        self.question_changed.emit(question.strip())
        if not question.strip():
            self._stack.setCurrentWidget(self.tree)
            return
        if self._index is None:
            self._index = SearchIndex(self._guide, current_language())
        hits = self._index.find(question)
        self._rows.set_rows(
            [MarkedRow(hit.key, hit.title, hit.excerpt, "file", hint=hit.excerpt) for hit in hits]
        )
        self._mark_result()
        self._nothing.setText(
            self.tr("No page has all of these words. Try fewer, or only part of a word.")
        )
        self._stack.setCurrentWidget(self.results if hits else self._nothing)

    @Slot()
    def _on_entered(self) -> None:
        """The best page, at once."""
        first = self._rows.index(0)
        if self._stack.currentWidget() is self.results and first.isValid():
            if self.results.currentIndex().isValid():
                self.results.setFocus()
            else:
                self._choose(first)

    @Slot()
    def _on_left_below(self) -> None:
        below = self._stack.currentWidget()
        if below is None or below is self._nothing:
            return
        below.setFocus()
        if below is self.results and not self.results.currentIndex().isValid():
            self._choose(self._rows.index(0))

    def _choose(self, index: QModelIndex) -> None:
        choose = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.results.selectionModel().setCurrentIndex(index, choose)

    @Slot(QTreeWidgetItem)
    def _on_item_changed(self, item: QTreeWidgetItem | None) -> None:
        key = item.data(0, _PAGE_ROLE) if item is not None else None
        if key:
            self._current = str(key)
            self.page_chosen.emit(self._current)

    @Slot(QModelIndex)
    def _on_result_changed(self, index: QModelIndex) -> None:
        if index.isValid():
            self.page_chosen.emit(str(index.data(KEY_ROLE)))

    @Slot()
    def _on_theme_changed(self) -> None:
        self._tint_sections()

    def _retranslate(self) -> None:
        self.search.setPlaceholderText(self.tr("Search the guide"))
        self.search.setAccessibleName(self.tr("Search the guide"))
        self.search.setToolTip(self.tr("Search all pages (Ctrl+F)"))
        self.tree.setAccessibleName(self.tr("Contents"))
        self.results.setAccessibleName(self.tr("Pages found"))
        self._index = None
        self._fill_tree()
        if self.search.text():
            self._on_typed(self.search.text())

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()


class _SearchField(SearchField):
    """The arrow down goes to what was found."""

    left_below = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.left_below.emit()
        else:
            super().keyPressEvent(event)
