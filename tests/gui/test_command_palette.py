"""Ctrl+K: everything found by a few letters, done by Enter, and the focus given back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListView, QPushButton, QWidget

from effnet_studio.gui.colors import ThemeMode
from effnet_studio.gui.command_source import CommandSource
from effnet_studio.gui.i18n import install_language
from effnet_studio.gui.models.commands import COMMAND_ROLE, Command, CommandModel, rank
from effnet_studio.gui.settings import RecentProject

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from effnet_studio.gui.main_window import MainWindow
    from effnet_studio.gui.widgets.command_palette import CommandPalette


_PENDING = Qt.WidgetAttribute.WA_PendingResizeEvent


@pytest.fixture
def shown(qtbot: QtBot, window: MainWindow, trained: Path) -> MainWindow:
    """The window on the screen, with a trained project and the Train page."""
    window.show()
    with qtbot.waitSignal(window.session.project_changed, timeout=20_000):
        window.session.open_project(trained)
    window.show_page("train")
    qtbot.waitUntil(lambda: window.stack.currentWidget() is window.page("train"))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def open_palette(qtbot: QtBot, window: MainWindow, typed: str = "") -> CommandPalette:
    qtbot.keyClick(
        window.focusWidget() or window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier
    )
    palette = window.keyboard.command_palette
    assert palette.isVisible()
    qtbot.keyClicks(field(palette), typed)
    return palette


def field(palette: CommandPalette) -> QLineEdit:
    return palette.findChild(QLineEdit, "palette_field")


def titles(palette: CommandPalette) -> list[str]:
    model = palette.findChild(QListView, "palette_list").model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def listed(window: MainWindow) -> dict[str, Command]:
    return {command.key: command for command in window.keyboard._source.commands()}


def test_that_a_page_is_shown_by_three_letters_and_enter(qtbot: QtBot, shown: MainWindow) -> None:
    palette = open_palette(qtbot, shown, "exp")
    assert titles(palette)[0] == "Export"
    qtbot.keyClick(field(palette), Qt.Key.Key_Return)
    assert shown.current_key == "export"
    assert palette.isHidden()


def test_that_escape_gives_the_focus_back(qtbot: QtBot, shown: MainWindow) -> None:
    start = shown.findChild(QPushButton, "train_start")
    start.setFocus()
    palette = open_palette(qtbot, shown)
    assert QApplication.focusWidget() is field(palette)
    qtbot.keyClick(field(palette), Qt.Key.Key_Escape)
    assert palette.isHidden()
    assert QApplication.focusWidget() is start


def test_that_the_same_keys_close_it_again(qtbot: QtBot, shown: MainWindow) -> None:
    palette = open_palette(qtbot, shown)
    qtbot.keyClick(field(palette), Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert palette.isHidden()


def test_that_a_control_beside_it_takes_the_focus_and_closes_it(
    qtbot: QtBot, shown: MainWindow
) -> None:
    palette = open_palette(qtbot, shown)
    start = shown.findChild(QPushButton, "train_start")
    start.setFocus(Qt.FocusReason.MouseFocusReason)
    assert palette.isHidden()
    assert QApplication.focusWidget() is start


def test_that_a_page_that_comes_meanwhile_leaves_it_open(qtbot: QtBot, shown: MainWindow) -> None:
    palette = open_palette(qtbot, shown, "the")
    shown.show_page("data")
    page = shown.page("data")
    assert shown.current_key == "data"
    qtbot.waitUntil(field(palette).hasFocus)
    assert palette.isVisible()
    assert field(palette).text() == "the"
    qtbot.keyClick(field(palette), Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is page


def test_that_arrows_go_round_and_typing_goes_on(qtbot: QtBot, shown: MainWindow) -> None:
    palette = open_palette(qtbot, shown, "the")
    view = palette.findChild(QListView, "palette_list")
    qtbot.keyClick(field(palette), Qt.Key.Key_Up)
    assert view.currentIndex().row() == view.model().rowCount() - 1
    qtbot.keyClick(field(palette), Qt.Key.Key_Down)
    qtbot.keyClick(field(palette), Qt.Key.Key_Tab)
    assert view.currentIndex().row() == 1
    qtbot.keyClicks(field(palette), "me")
    assert field(palette).text() == "theme"
    assert view.currentIndex().row() == 0


def test_that_a_theme_is_chosen_by_name_and_comes_first_next_time(
    qtbot: QtBot, shown: MainWindow
) -> None:
    palette = open_palette(qtbot, shown, "dark")
    qtbot.keyClick(field(palette), Qt.Key.Key_Return)
    assert shown.settings.theme_mode is ThemeMode.DARK
    assert titles(open_palette(qtbot, shown))[0] == "Dark"
    assert shown.settings.recent_commands == ["theme_dark"]


def test_that_what_is_impossible_says_why_and_does_nothing(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.show()
    palette = window.keyboard.command_palette
    window.keyboard.find_command()
    qtbot.keyClicks(field(palette), "close project")
    assert titles(palette)[0] == "Close project"
    assert "Open a project first" in field(palette).accessibleDescription()
    qtbot.keyClick(field(palette), Qt.Key.Key_Return)
    assert palette.isVisible()
    hint = palette.findChild(QLabel, "palette_hint")
    assert hint.text() == "Close project: Open a project first"
    qtbot.keyClicks(field(palette), "s")
    assert "Open a project first" not in hint.text()
    palette.dismiss()


def test_that_the_commands_follow_the_language_while_it_is_open(
    qtbot: QtBot, qapp: QApplication, window: MainWindow, english: None
) -> None:
    window.show()
    palette = window.keyboard.command_palette
    window.keyboard.find_command()
    qtbot.keyClicks(field(palette), "close project")
    install_language(qapp, "zh_CN")
    qtbot.waitUntil(lambda: titles(palette)[0] == "关闭项目")
    assert field(palette).text() == "close project"
    palette.dismiss()


def test_that_nothing_found_is_said(qtbot: QtBot, shown: MainWindow) -> None:
    palette = open_palette(qtbot, shown, "make coffee")
    label = palette.findChild(QLabel, "palette_nothing")
    assert label.isVisible()
    assert "make coffee" in label.text()
    assert field(palette).accessibleDescription() == label.text()
    qtbot.keyClick(field(palette), Qt.Key.Key_Return)
    assert palette.isVisible()


def test_that_a_screen_reader_hears_the_row(
    qtbot: QtBot, shown: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    palette = open_palette(qtbot, shown, "undo")
    view = palette.findChild(QListView, "palette_list")
    told = field(palette).accessibleDescription()
    assert told == "Undo, Edit, Ctrl+Z, There is nothing to undo"
    seen = QAccessible.queryAccessibleInterface(view)
    assert seen.role() == QAccessible.Role.List
    assert seen.child(0).text(QAccessible.Text.Name) == told


def test_that_buttons_and_commands_are_possible_at_the_same_time(shown: MainWindow) -> None:
    pages = shown.stack.made_pages()
    assert "train" in pages
    commands = listed(shown)
    start = shown.findChild(QPushButton, "train_start")
    assert commands["train_start"].enabled
    assert commands["train_start"].group == "Train"
    assert "train_stop" not in commands  # nothing runs
    start.setEnabled(False)
    assert not listed(shown)["train_start"].enabled


def test_that_the_buttons_named_by_pages_exist(shown: MainWindow) -> None:
    for key in ("data", "train", "evaluate", "predict", "export", "models", "doctor"):
        page = shown.page(key)
        by_hand = {"export_again", "certificate_open_folder", "certificate_page"}
        by_hand |= {"certificate_show_images"}  # of a certificate that is not there yet
        for name in set(page.command_buttons) - by_hand:
            assert page.findChildren(QPushButton, name), f"{key}: {name}"


def test_that_a_tab_of_a_page_is_a_command(qtbot: QtBot, shown: MainWindow) -> None:
    shown.page("data")
    palette = open_palette(qtbot, shown, "data map")
    qtbot.keyClick(field(palette), Qt.Key.Key_Return)
    assert shown.current_key == "data"
    assert shown.page("data").images.tabs.currentIndex() == 1


def test_that_a_tab_is_named_without_how_many_there_are(shown: MainWindow) -> None:
    shown.show_page("data")
    tabs = shown.page("data").images.tabs
    commands = [each for each in listed(shown).values() if each.group == "Data"]
    assert any(" · " in tabs.tabText(place) for place in range(tabs.count()))
    assert "Findings" in {each.title for each in commands}


def test_that_runs_and_recent_projects_are_commands(shown: MainWindow, tmp_path: Path) -> None:
    shown.settings.remember_project(RecentProject(str(tmp_path / "x.effnet"), "Mushrooms", 1.0))
    commands = listed(shown)
    assert commands[f"project:{tmp_path / 'x.effnet'}"].title == "Open Mushrooms"
    run = shown.session.runs[0]
    commands[f"run:{run.run_id}"].run()
    assert shown.session.run is run
    assert shown.current_key == "evaluate"


def test_that_english_names_are_found_in_the_chinese_window(
    qtbot: QtBot, qapp: QApplication, shown: MainWindow
) -> None:
    install_language(qapp, "zh_CN")
    qapp.processEvents()
    palette = open_palette(qtbot, shown, "quit")
    assert titles(palette)[0] == "退出"
    palette.dismiss()
    palette = open_palette(qtbot, shown)
    field(palette).setText("退")  # as an input method does
    assert titles(palette)[0] == "退出"


def test_that_no_page_is_made_for_the_list(window: MainWindow) -> None:
    CommandSource(window).commands()
    assert window.stack.made_pages() == {}


def test_that_rows_say_all_there_is_to_know(qtbot: QtBot) -> None:
    model = CommandModel()
    model.set_hits(rank("", [Command("a", "Add", print, "Data", shortcut="Ctrl+A")], []))
    assert model.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "Add, Data, Ctrl+A"
    assert model.index(0).data(COMMAND_ROLE).key == "a"


def test_that_lately_used_commands_come_first_and_impossible_ones_last() -> None:
    commands = [Command("a", "A", print, enabled=False), *(Command(k, k, print) for k in "bcd")]
    assert [hit.command.key for hit in rank("", commands, ["d"])] == ["d", "b", "c", "a"]


def test_that_its_shadow_lies_behind_it_and_lays_out_nothing_that_is_hidden(
    qtbot: QtBot, shown: MainWindow
) -> None:
    shadow = shown.findChild(QWidget, "command_palette_shadow")
    assert shadow.isHidden()
    hidden = shown.page("models").findChildren(QWidget)
    pending = [each for each in hidden if each.testAttribute(_PENDING)]
    assert pending, "nothing could be laid out too early"
    palette = open_palette(qtbot, shown, "")
    assert palette.graphicsEffect() is None
    assert shadow.isVisible()
    assert shadow.geometry().contains(palette.geometry())
    order = [each for each in shown.children() if each in (shadow, palette)]
    assert order == [shadow, palette]
    qtbot.wait(50)
    assert [each for each in hidden if each.testAttribute(_PENDING)] == pending
    qtbot.keyClick(field(palette), Qt.Key.Key_Escape)
    assert shadow.isHidden()
