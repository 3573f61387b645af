"""How the window was left: page, tabs, splitters, columns and order of tables, come back.

Pages need to know nothing of it. What can be moved or chosen is found by its kind and its object
name when a page is made, and looked at again when the window is closed.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtWidgets import (
    QHeaderView,
    QSplitter,
    QTabBar,
    QTableView,
    QTabWidget,
    QTreeView,
    QWidget,
)
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Iterator

    from effnet_studio.gui.page_stack import PageStack
    from effnet_studio.gui.pages.base import Page
    from effnet_studio.gui.settings import Settings

_PAGE: Final = "page"
_KEPT: Final = (QSplitter, QTabBar, QTabWidget, QTableView, QTreeView)
_MOST_COLUMNS: Final = 200
"""Tables with more, such as one column a class, are not a matter of taste."""


class WindowState(QObject):
    """Puts the parts of pages back as they were left, and remembers them.

    Args:
        stack: Has the pages.
        settings: Where it is kept.
    """

    def __init__(self, stack: PageStack, settings: Settings) -> None:
        super().__init__(stack)
        self._stack = stack
        self._settings = settings
        self._pages: list[Page] = []
        self._waiting: dict[QHeaderView, dict[str, Any]] = {}
        self._sizes: dict[QObject, list[int]] = {}
        self._wanted = ""
        stack.page_made.connect(self._on_page_made)

    # -- the page shown ------------------------------------------------------------------------

    def come_back(self, page: str = "") -> None:
        """Have the next project shown on the page where the last one was left.

        Args:
            page: Another page instead.
        """
        self._wanted = page or self._settings.view(_PAGE)

    @Slot()
    def forget_page(self) -> None:
        """Nothing was opened: the next project begins with its images."""
        self._wanted = ""

    @property
    def next_page(self) -> str:
        """The page on which the project that is opened next will be shown."""
        return self._wanted or "data"

    def take_page(self) -> str:
        """The page on which a project that was just opened is shown."""
        wanted, self._wanted = self.next_page, ""
        return wanted

    # -- parts of pages ------------------------------------------------------------------------

    def save(self) -> None:
        """Remember how everything stands."""
        self._settings.set_view(_PAGE, self._stack.current_key)
        for page in self._pages:
            for name, part in _parts(page):
                state = _state_of(part) if part not in self._sizes else None
                if state is not None:
                    self._settings.set_view(name, json.dumps(state))

    @Slot(object)
    def _on_page_made(self, page: Page) -> None:
        self._pages.append(page)
        for name, part in _parts(page):
            try:
                state = json.loads(self._settings.view(name) or "null")
            except ValueError:
                continue
            if isinstance(state, dict):
                self._restore(part, state)

    def _restore(self, part: QWidget, state: dict[str, Any]) -> None:
        match part:
            case QSplitter():
                sizes = state.get("sizes")
                if isinstance(sizes, list) and len(sizes) == part.count() and _numbers(sizes):
                    self._sizes[part] = sizes
                    part.installEventFilter(self)
            case QTabBar() | QTabWidget():
                tab = state.get("tab")
                if isinstance(tab, int) and 0 <= tab < part.count() and part.isTabVisible(tab):
                    part.setCurrentIndex(tab)
            case QTableView() | QTreeView():
                self._restore_header(_header(part), state)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Place a splitter when it is first seen: only then it has its size."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QSplitter):
            watched.removeEventFilter(self)
            watched.setSizes(self._sizes.pop(watched, watched.sizes()))
        return False

    def _restore_header(self, header: QHeaderView, state: dict[str, Any]) -> None:
        """Set widths and order now, or once the table has as many columns as it had."""
        if header.count() == state.get("count"):
            _apply(header, state)
        elif header not in self._waiting:
            self._waiting[header] = state
            header.sectionCountChanged.connect(self._on_columns_changed)

    @Slot(int, int)
    def _on_columns_changed(self, _old: int, new: int) -> None:
        header = self.sender()
        if isinstance(header, QHeaderView) and header in self._waiting:
            if new != self._waiting[header].get("count"):
                return
            state = self._waiting.pop(header)
            header.sectionCountChanged.disconnect(self._on_columns_changed)
            _apply(header, state)


def _parts(page: Page) -> Iterator[tuple[str, QWidget]]:
    """What can be moved or chosen in a page, with a name that stays the same."""
    for part in page.findChildren(QWidget):
        name = part.objectName()
        if isinstance(part, _KEPT) and name and not name.startswith("qt_"):
            yield f"{page.key}/{name}", part


def _state_of(part: QWidget) -> dict[str, Any] | None:
    match part:
        case QSplitter():
            return {"sizes": part.sizes()} if sum(part.sizes()) else None
        case QTabBar() | QTabWidget():
            return {"tab": part.currentIndex()} if part.count() else None
        case QTableView() | QTreeView():
            return _header_state(part)
        case _:
            return None


def _header_state(table: QTableView | QTreeView) -> dict[str, Any] | None:
    header = _header(table)
    if not 0 < header.count() <= _MOST_COLUMNS:
        return None
    state: dict[str, Any] = {
        "count": header.count(),
        "widths": {
            str(column): header.sectionSize(column)
            for column in _movable(header)
            if not header.isSectionHidden(column)
        },
    }
    if table.isSortingEnabled():
        state["sort"] = [header.sortIndicatorSection(), header.sortIndicatorOrder().value]
    return state


def _apply(header: QHeaderView, state: dict[str, Any]) -> None:
    widths, sort = state.get("widths"), state.get("sort")
    if isinstance(widths, dict):
        for column in _movable(header):
            width = widths.get(str(column))
            if isinstance(width, int) and width > 0:
                header.resizeSection(column, width)
    table = header.parent()
    if (
        isinstance(table, QTableView | QTreeView)
        and table.isSortingEnabled()
        and isinstance(sort, list)
        and len(sort) == 2
        and _numbers(sort)
        and -1 <= sort[0] < header.count()
    ):
        table.sortByColumn(sort[0], Qt.SortOrder(int(bool(sort[1]))))


def _movable(header: QHeaderView) -> list[int]:
    """The columns whose widths the user decides."""
    return [
        column
        for column in range(header.count())
        if header.sectionResizeMode(column) == QHeaderView.ResizeMode.Interactive
    ]


def _header(table: QTableView | QTreeView) -> QHeaderView:
    return table.horizontalHeader() if isinstance(table, QTableView) else table.header()


def _numbers(values: list[Any]) -> bool:
    return all(isinstance(value, int) for value in values)
