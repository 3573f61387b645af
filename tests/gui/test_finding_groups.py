"""The images of a finding in groups: what stands above, what a click, a key, the menu do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QMenu

from effnet_studio.engine.data.checks.findings import FindingKind, Remedy, find_problems
from effnet_studio.gui.models.finding_groups import FindingGroups, GroupModel
from effnet_studio.gui.widgets.data.findings_view import FindingsView
from tests.engine.data.indexes import FIRST, Picture, make_index
from tests.gui.finding_stage import (
    CLICK,
    choose,
    found_index,
    ids,
    make_view,
    select,
)

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from effnet_studio.engine.data.index import Index
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.theme import ThemeManager


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return found_index(tmp_path / "photos")


@pytest.fixture
def view(
    qtbot: QtBot, session: Session, theme: ThemeManager, english: None, index: Index
) -> FindingsView:
    return make_view(qtbot, session, theme, index)


# -- groups ----------------------------------------------------------------------------------------


def test_that_images_stand_in_groups_with_name_class_part_and_size(
    qtbot: QtBot, view: FindingsView, index: Index
) -> None:
    choose(qtbot, view, FindingKind.LEAK)
    model = view.grid.pictures
    names = [model.index(row).data() for row in range(model.rowCount())]
    assert names == [index.path(row).name for row in (48, 49, 50)]
    assert model.cell(model.index(1)).caption == "a\nvalidation\n800 × 600"
    stays = [model.index(row).data(GroupModel.StaysRole) for row in range(3)]
    assert stays == [False, True, False]
    spoken = model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "stays when one of each is kept" in spoken
    choose(qtbot, view, FindingKind.DUPLICATE)
    assert "group 2 of 4" in model.index(3).data(Qt.ItemDataRole.AccessibleTextRole)


def test_that_thumbnails_arrive(qtbot: QtBot, view: FindingsView) -> None:
    view.show_kind(FindingKind.CONFLICT)
    model = view.grid.pictures
    qtbot.waitUntil(lambda: model.picture(model.cell(model.index(0)), 0) is not None)
    assert not view.grid.grab().isNull()


@pytest.mark.parametrize(("number", "name"), [(0, "a"), (1, "b")])
def test_that_a_group_gets_a_class_by_one_click(
    qtbot: QtBot, view: FindingsView, number: int, name: str
) -> None:
    view.show_kind(FindingKind.CONFLICT)
    with qtbot.waitSignal(view.relabel_asked) as asked:
        point = view.grid.link_box(1, number).center()
        qtbot.mouseClick(view.grid.viewport(), CLICK, pos=point)
    assert asked.args == [ids(46, 47), name]


def test_that_a_group_is_left_out_or_mended_by_one_click(qtbot: QtBot, view: FindingsView) -> None:
    view.show_kind(FindingKind.CONFLICT)
    with qtbot.waitSignal(view.exclude_asked) as excluded:
        point = view.grid.link_box(0, 2).center()
        qtbot.mouseClick(view.grid.viewport(), CLICK, pos=point)
    assert excluded.args == [ids(44, 45), True]
    view.show_kind(FindingKind.DUPLICATE)
    with qtbot.waitSignal(view.remedy_asked) as asked:
        point = view.grid.link_box(1, 0).center()
        qtbot.mouseClick(view.grid.viewport(), CLICK, pos=point)
    finding, remedy = asked.args
    assert (finding.groups, finding.count, remedy) == ((ids(51, 52),), 2, Remedy.KEEP_ONE)


def test_that_a_click_that_ends_elsewhere_does_nothing(qtbot: QtBot, view: FindingsView) -> None:
    view.show_kind(FindingKind.CONFLICT)
    surface = view.grid.viewport()
    with qtbot.assertNotEmitted(view.relabel_asked), qtbot.assertNotEmitted(view.exclude_asked):
        qtbot.mousePress(surface, CLICK, pos=view.grid.link_box(0, 0).center())
        qtbot.mouseRelease(surface, CLICK, pos=view.grid.link_box(0, 2).center())


def test_that_a_click_on_a_heading_selects_its_group_for_the_bar(
    qtbot: QtBot, view: FindingsView
) -> None:
    view.show_kind(FindingKind.DUPLICATE)
    qtbot.mouseClick(view.grid.viewport(), CLICK, pos=QPoint(20, 12))
    assert view.grid.chosen_places().tolist() == [0, 1, 2]
    box = view.findChild(QComboBox, "finding_selection_class")
    assert box.isVisible()
    box.lineEdit().setText("b")
    with qtbot.waitSignal(view.relabel_asked) as relabelled:
        qtbot.keyClick(box.lineEdit(), Qt.Key.Key_Return)
    assert relabelled.args == [[*ids(48, 49, 50)], "b"]
    part = view.findChild(QComboBox, "finding_selection_part")
    with qtbot.waitSignal(view.split_asked) as moved:
        part.activated.emit(2)
    assert moved.args == [[*ids(48, 49, 50)], "val"]


def test_that_remedies_are_for_the_groups_of_what_is_selected(
    qtbot: QtBot, view: FindingsView
) -> None:
    first = choose(qtbot, view, FindingKind.DUPLICATE)
    select(view, 0, 4)
    assert view.findChild(QLabel, "finding_scope").isVisible()
    qtbot.waitUntil(lambda: first.text() == "Keep one of each (leaves 3 out)")
    assert first.accessibleName().startswith("Selected groups:")
    with qtbot.waitSignal(view.remedy_asked) as asked:
        qtbot.mouseClick(first, CLICK)
    assert asked.args[0].groups == (ids(48, 49, 50), ids(51, 52))
    assert asked.args[0].count == 5
    qtbot.keyClick(view.grid, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: first.text() == "Keep one of each (leaves 5 out)")


def test_that_one_selected_image_of_a_single_group_stands_for_the_whole_group(
    qtbot: QtBot, view: FindingsView
) -> None:
    first = choose(qtbot, view, FindingKind.LEAK)
    select(view, 1)
    with qtbot.waitSignal(view.remedy_asked) as asked:
        qtbot.mouseClick(first, CLICK)
    assert asked.args[0].groups == (ids(48, 49, 50),)


def test_that_of_odd_images_only_those_selected_are_left_out(
    qtbot: QtBot, view: FindingsView
) -> None:
    first = choose(qtbot, view, FindingKind.TINY)
    select(view, 1)
    qtbot.waitUntil(lambda: first.text() == "Leave them out (1)")
    with qtbot.waitSignal(view.remedy_asked) as asked:
        qtbot.mouseClick(first, CLICK)
    assert asked.args[0].ids == ids(58)


# -- keys and menu ---------------------------------------------------------------------------------


def test_that_arrows_walk_through_groups_and_keys_open_and_leave_out(
    qtbot: QtBot, view: FindingsView
) -> None:
    view.show_kind(FindingKind.DUPLICATE)
    grid = view.grid
    grid.setFocus()
    rows = []
    keys = (
        Qt.Key.Key_Right,
        *[Qt.Key.Key_Down] * 2,
        Qt.Key.Key_Left,
        Qt.Key.Key_Up,
        Qt.Key.Key_End,
    )
    grid.setCurrentIndex(grid.model().index(0, 0))
    for key in keys:
        qtbot.keyClick(grid, key)
        rows.append(grid.currentIndex().row())
    assert rows == [1, 4, 6, 5, 3, 8]
    assert grid.visualRect(grid.currentIndex()).bottom() <= grid.viewport().height()
    with qtbot.waitSignal(grid.picture_opened) as opened:
        qtbot.keyClick(grid, Qt.Key.Key_Space)
    assert opened.args[0].value == FIRST + 56
    qtbot.keyClick(grid, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert grid.chosen_places().tolist() == [6, 7, 8]
    with qtbot.waitSignal(view.exclude_asked) as asked:
        qtbot.keyClick(grid, Qt.Key.Key_Delete)
    assert asked.args == [[*ids(54, 55, 56)], True]
    qtbot.keyClick(grid, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(grid.chosen_places()) == 9


def test_that_shift_and_a_click_select_in_reading_order(qtbot: QtBot, view: FindingsView) -> None:
    view.show_kind(FindingKind.DUPLICATE)
    grid = view.grid
    for row, modifier in (
        (4, Qt.KeyboardModifier.NoModifier),
        (2, Qt.KeyboardModifier.ShiftModifier),
    ):
        point = grid.visualRect(grid.model().index(row, 0)).center()
        qtbot.mouseClick(grid.viewport(), CLICK, modifier, pos=point)
    assert grid.chosen_places().tolist() == [2, 3, 4]


def test_that_a_frame_selects_what_it_touches(view: FindingsView) -> None:
    view.show_kind(FindingKind.DUPLICATE)
    grid = view.grid
    area = grid.visualRect(grid.model().index(1, 0)).adjusted(10, 10, 500, 10)
    grid.setSelection(area, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    assert grid.chosen_places().tolist() == [1, 2]


def menu_of(view: FindingsView) -> dict[str, object]:
    """Open the menu with the menu key; its entries by text, those of menus inside too."""
    point = view.grid.visualRect(view.grid.currentIndex()).center()
    there = view.grid.viewport().mapToGlobal(point)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, point, there)
    QApplication.sendEvent(view.grid.viewport(), event)
    menu = view.findChildren(QMenu, "finding_menu")[-1]
    entries = {}
    for action in menu.actions():
        inner = action.menu()
        for each in inner.actions() if isinstance(inner, QMenu) else [action]:
            if each.text():
                entries[each.text()] = each
    return entries


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_that_the_menu_has_all_of_it(qtbot: QtBot, view: FindingsView) -> None:
    view.show_kind(FindingKind.DUPLICATE)
    select(view, 1)
    expected = (
        ("Keep this one, leave the others of its group out", "exclude", [[*ids(48, 50)], True]),
        ("Leave out (1)", "exclude", [[*ids(49)], True]),
        ("b", "relabel", [[*ids(49)], "b"]),
        ("test", "split", [[*ids(49)], "test"]),
        ("Show in “Images”", "show", [ids(48, 49, 50), "Copies of other images: 5"]),
    )
    for text, signal, arguments in expected:
        with qtbot.waitSignal(getattr(view, f"{signal}_asked")) as asked:
            menu_of(view)[text].trigger()
        assert asked.args == arguments, text
    with qtbot.waitSignal(view.remedy_asked) as mended:
        menu_of(view)["Keep one of each in this group"].trigger()
    assert mended.args[0].groups == (ids(48, 49, 50),)
    with qtbot.waitSignal(view.grid.picture_opened):
        menu_of(view)["Show large"].trigger()
    for menu in view.findChildren(QMenu, "finding_menu"):
        menu.close()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_that_the_menu_offers_the_classes_in_question_first(view: FindingsView) -> None:
    view.show_kind(FindingKind.CONFLICT)
    select(view, 0)
    texts = list(menu_of(view))
    assert texts.index("a") < texts.index("b")
    assert "Keep one of each in this group" not in texts
    view.findChildren(QMenu, "finding_menu")[-1].close()


def test_that_there_is_no_menu_where_nothing_is_selected(view: FindingsView) -> None:
    view.show_kind(FindingKind.CONFLICT)
    view.grid.clearSelection()
    view._on_menu(QPoint(5, 5))
    assert view.findChildren(QMenu, "finding_menu") == []


# -- many ---------------------------------------------------------------------------------------


def test_that_only_what_is_seen_of_ten_thousand_groups_is_made(
    qtbot: QtBot, view: FindingsView, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = make_index([Picture(copy=place // 2) for place in range(20_000)])
    asked: set[int] = set()
    heading = FindingGroups.heading
    monkeypatch.setattr(
        FindingGroups, "heading", lambda self, group: (asked.add(group), heading(self, group))[1]
    )
    view.set_findings(find_problems(many), many, ())
    assert view.grid.model().rowCount() == 20_000
    view.grid.grab()
    view.grid.verticalScrollBar().setValue(view.grid.verticalScrollBar().maximum())
    view.grid.grab()
    assert len(asked) < 30
    assert max(asked) == 9_999
    last = view.grid.visualRect(view.grid.model().index(19_999, 0))
    assert view.grid.viewport().rect().contains(last)
