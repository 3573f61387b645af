"""That everything gets the look of a theme: what is seen before it is painted, the rest in time."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QDialog, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.gui.colors import DARK, LIGHT, ThemeMode
from effnet_studio.gui.dialogs.shortcuts import ShortcutsDialog
from effnet_studio.gui.icons import DIRECTED, pixmap
from effnet_studio.gui.page_stack import ASIDES, PAGES
from effnet_studio.gui.restyler import Restyler, hold_parts, parts_of
from effnet_studio.gui.style import style_sheet
from effnet_studio.gui.theme import SPACE_5, ThemeManager

if TYPE_CHECKING:
    from collections.abc import Iterator

    from effnet_studio.gui.main_window import MainWindow
    from effnet_studio.gui.session import Session

LARGEST = 300
"""Widgets in a part."""
KEYS = [page.key for page in (*PAGES, *ASIDES)]


def holds_parts(widget: QWidget) -> bool:
    return [*parts_of(widget)] != [widget]


def wrongly_styled(top: QWidget, theme: ThemeManager) -> list[QWidget]:
    """Widgets in a window, page or menu without the look of the theme shown now, or with two."""
    above, sheets = top.parentWidget(), set[str]()
    while above is not None:
        sheets.add(above.styleSheet())
        above = above.parentWidget()
    found: list[QWidget] = []
    now = style_sheet(theme.theme)
    others = {style_sheet(each) for each in (DARK, LIGHT)} - {now}
    _collect(top, sheets, now, others, found)
    return found


def _collect(
    widget: QWidget, above: set[str], now: str, others: set[str], found: list[QWidget]
) -> None:
    own = widget.styleSheet()
    sheets = {*above, own} if own else above
    if not holds_parts(widget) and (now not in sheets or others & sheets):
        found.append(widget)
    for child in widget.children():
        if isinstance(child, QWidget):
            _collect(child, sheets, now, others, found)


def wrongly_tinted(window: QWidget, theme: ThemeManager) -> list[QWidget]:
    """Labels whose icon has not the colour of the theme shown now."""
    return [each for each in window.findChildren(QLabel) if not _is_tinted(each, theme)]


def _is_tinted(label: QLabel, theme: ThemeManager) -> bool:
    name = label.property("icon_name")
    if not name or name in DIRECTED:
        return True
    color = getattr(theme.theme, label.property("icon_tone"))
    wanted = pixmap(name, color, label.property("icon_size"), label.devicePixelRatioF())
    return label.pixmap().toImage() == wanted.toImage()


def ground(widget: QWidget) -> str:
    """The colour in the margin of a widget."""
    return widget.grab().toImage().pixelColor(SPACE_5 // 2, SPACE_5 // 2).name()


def settle(qtbot, window: QWidget, theme: ThemeManager) -> None:
    """Wait until the window paints again; nothing in it may have another look then."""

    def paints() -> bool:
        wrong = [each for each in wrongly_styled(window, theme) if each.isVisible()]
        assert not (wrong and window.updatesEnabled()), "two looks at a time"
        return window.updatesEnabled()

    qtbot.waitUntil(paints)


@pytest.fixture
def full(qtbot, window: MainWindow, opened: Session) -> Iterator[MainWindow]:
    """The window with a project, of which all pages were shown; Data is shown now."""
    window.show()
    for key in (*KEYS, "data"):
        window.show_page(key)
        wanted = f"page_{key}"
        qtbot.waitUntil(lambda name=wanted: window.stack.currentWidget().objectName() == name)
    yield window
    window.close()


def test_that_every_widget_has_the_look_of_the_theme(qtbot, full: MainWindow, theme) -> None:
    assert wrongly_styled(full, theme) == []
    for mode in (ThemeMode.DARK, ThemeMode.LIGHT):
        theme.set_mode(mode)
        qtbot.waitUntil(lambda: not wrongly_styled(full, theme), timeout=20_000)
        assert wrongly_tinted(full, theme) == []


def test_that_what_holds_parts_shows_nothing_itself(full: MainWindow) -> None:
    holders = [each for each in (full, *full.findChildren(QWidget)) if holds_parts(each)]
    assert len(holders) > 5
    for holder in holders:
        assert not holder.toolTip()
        assert not holder.property("role")
        assert holder is full or holds_parts(holder.parentWidget())


def test_that_no_part_has_a_whole_page_in_it(full: MainWindow) -> None:
    """A part is styled in one go, each widget in it for a fifth of a millisecond."""
    sizes = {part.objectName(): len(part.findChildren(QWidget)) for part in parts_of(full)}
    assert {name for name, size in sizes.items() if size > LARGEST} == set()


def test_that_the_page_shown_is_styled_before_it_is_painted_and_no_other(
    qtbot, full: MainWindow, theme, monkeypatch
) -> None:
    left: list[bool] = []
    paint = Restyler._let_paint

    def note(self: Restyler) -> None:
        left.append(bool(wrongly_styled(full, theme)))
        paint(self)

    monkeypatch.setattr(Restyler, "_let_paint", note)
    modes = itertools.cycle((ThemeMode.DARK, ThemeMode.LIGHT))
    for key in KEYS:
        full.show_page(key)
        theme.set_mode(next(modes))
        assert not full.updatesEnabled(), "nothing is seen until all of it has the new look"
        settle(qtbot, full, theme)
    assert left[0], "all at once takes too long"


class Paints(QObject):
    """Counts how often a widget was painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return super().eventFilter(watched, event)


def test_that_all_that_is_seen_is_painted_with_the_new_look(qtbot, full: MainWindow, theme) -> None:
    seen = [full.sidebar, full.stack.currentWidget(), full.job_bar.window()]
    for mode in (ThemeMode.DARK, ThemeMode.LIGHT, ThemeMode.DARK):
        qtbot.wait(50)
        full.sidebar.update()  # comes while nothing is painted
        theme.set_mode(mode)
        paints = [Paints(widget) for widget in seen]
        settle(qtbot, full, theme)
        qtbot.waitUntil(lambda paints=paints: all(each.count for each in paints), timeout=2000)


@pytest.mark.parametrize("shown", ["before", "after"])
def test_that_one_part_is_styled_in_a_turn(
    qtbot, full: MainWindow, theme, monkeypatch, shown: str
) -> None:
    if shown == "before":
        full.show_page("train")
    qtbot.wait(50)
    turns: list[int] = []
    style, next_turn = Restyler._style, Restyler._style_seen

    def count_part(self: Restyler, part: QWidget) -> None:
        if part.isVisible() and turns:
            turns[-1] += 1
        style(self, part)

    def count_turn(self: Restyler) -> None:
        turns.append(0)
        next_turn(self)

    monkeypatch.setattr(Restyler, "_style", count_part)
    monkeypatch.setattr(Restyler, "_style_seen", count_turn)
    theme.set_mode(ThemeMode.DARK)
    if shown == "after":
        full.show_page("train")
    settle(qtbot, full, theme)
    assert sum(turns) > 3
    assert max(turns) == 1


def test_that_a_hidden_page_is_styled_when_it_is_shown(qtbot, full: MainWindow, theme) -> None:
    theme.set_mode(ThemeMode.DARK)
    page = full.stack.page("export")
    assert wrongly_styled(page, theme)
    full.show_page("export")
    assert page.isVisible()
    assert not full.updatesEnabled(), "nothing is seen until all of it has the new look"
    settle(qtbot, full, theme)
    assert not [each for each in wrongly_styled(page, theme) if each.isVisible()]
    assert ground(page) == DARK.background
    qtbot.waitUntil(lambda: not wrongly_styled(page, theme), timeout=20_000)  # and what is hidden
    assert wrongly_tinted(page, theme) == []


def test_that_a_theme_tried_and_left_leaves_nothing_behind(qtbot, full: MainWindow, theme) -> None:
    for mode in (ThemeMode.DARK, ThemeMode.LIGHT, ThemeMode.DARK):
        theme.set_mode(mode)
    full.show_page("train")
    settle(qtbot, full, theme)
    qtbot.waitUntil(lambda: not wrongly_styled(full, theme), timeout=20_000)


@pytest.mark.qt_log_ignore("does not support", extend=True)
def test_that_a_menu_opened_after_the_switch_has_the_new_look(
    qtbot, full: MainWindow, theme
) -> None:
    menus = [each for each in full.menuBar().findChildren(QMenu) if each.actions()]
    pages = [full.stack.page("evaluate").findChild(QMenu, "evaluate_menu")]
    theme.set_mode(ThemeMode.DARK)
    settle(qtbot, full, theme)
    for menu in (*menus, *pages):
        menu.popup(full.pos())
        assert menu not in wrongly_styled(menu, theme)  # those below open later
        assert menu.grab().toImage().pixelColor(3, 3).name() == DARK.surface
        menu.close()


@pytest.mark.parametrize("when", ["before", "after"])
def test_that_a_dialog_has_the_look_of_the_theme(qtbot, full: MainWindow, theme, when: str) -> None:
    if when == "after":
        theme.set_mode(ThemeMode.DARK)
    dialog = ShortcutsDialog(theme, full)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.show()
    theme.set_mode(ThemeMode.DARK)
    settle(qtbot, dialog, theme)
    assert wrongly_styled(dialog, theme) == []
    assert ground(dialog) == DARK.background
    dialog.close()


@pytest.mark.parametrize("owner", ["window", "page"])
def test_that_a_dialog_nobody_told_the_theme_of_gets_its_look(
    qtbot, full: MainWindow, theme, owner: str
) -> None:
    full.show_page("evaluate")
    dialog = QDialog(full if owner == "window" else full.stack.currentWidget())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    QVBoxLayout(dialog).addWidget(QPushButton("OK"))
    dialog.show()
    assert wrongly_styled(dialog, theme) == []
    full.show_page("data")
    theme.set_mode(ThemeMode.DARK)
    settle(qtbot, dialog, theme)
    assert wrongly_styled(dialog, theme) == []
    dialog.close()


def test_that_a_window_that_is_not_shown_is_styled_at_once(qtbot, theme: ThemeManager) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    hold_parts(window)
    inside = QPushButton("Text", window)
    theme.add_window(window)
    theme.set_mode(ThemeMode.DARK)
    assert inside.styleSheet() == style_sheet(DARK)
    assert window.styleSheet() == ""
