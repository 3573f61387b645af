"""The Settings page in the real window."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QWidget,
)

from effnet_studio.engine.models.network import MIRROR_VARIABLE
from effnet_studio.gui.i18n import Phrasebook, install_language
from effnet_studio.gui.main_window import MainWindow
from effnet_studio.gui.pages.base import Page
from effnet_studio.gui.preferences import BY_KEY, PREFERENCES, fits
from effnet_studio.gui.projects import projects_folder
from effnet_studio.paths import CACHE_VARIABLE, user_cache_dir, weights_dir

pytestmark = pytest.mark.usefixtures("network_variables")


@pytest.fixture
def page(qtbot, window: MainWindow):
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.actions_by_key["settings"].trigger()
    yield window.page("settings")
    window.hide()


@pytest.fixture
def own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """No variable says where downloads go."""
    monkeypatch.delenv(CACHE_VARIABLE)
    monkeypatch.setattr("platformdirs.user_cache_dir", lambda *_, **__: str(tmp_path / "usual"))
    return tmp_path / "usual"


def shown(page: Page) -> set[str]:
    return {row.key for row in PREFERENCES if page.findChild(QWidget, f"row_{row.key}").isVisible()}


def test_that_every_preference_has_a_named_explained_control(page: Page) -> None:
    for row in PREFERENCES:
        control = page.findChild(QWidget, f"preference_{row.key}")
        assert control.accessibleName()
        assert control.accessibleDescription() == row.description
        assert page.findChild(QLabel, f"title_{row.key}").text() == row.title
    assert "no telemetry" in page.findChild(QLabel, "settings_telemetry").text()


def test_that_the_page_needs_no_project_and_leads_back(qtbot, window, page: Page) -> None:
    assert window.stack.currentWidget() is page
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert window.stack.currentWidget() is window.welcome


def test_that_a_choice_counts_at_once_and_goes_back_alone(qtbot, window, page: Page) -> None:
    combo = page.findChild(QComboBox, "preference_theme")
    reset = page.findChild(QToolButton, "reset_theme")
    assert not reset.isVisible()
    combo.setFocus()
    qtbot.keyClick(combo, Qt.Key.Key_End)
    assert window.theme.theme.name == "contrast_dark"
    assert window.actions_by_key["theme_contrast_dark"].isChecked()
    qtbot.mouseClick(reset, Qt.MouseButton.LeftButton)
    assert window.settings.value("theme") == "system"
    assert combo.currentData() == "system"
    assert not reset.isVisible()


def test_that_the_page_follows_what_a_menu_chose(window, page: Page) -> None:
    window.actions_by_key["language_zh_CN"].trigger()
    assert page.findChild(QComboBox, "preference_language").currentData() == "zh_CN"
    assert page.findChild(QToolButton, "reset_language").isVisible()


def test_that_a_switch_is_kept(qtbot, window, page: Page) -> None:
    box = page.findChild(QCheckBox, "preference_notify")
    assert box.isChecked()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert window.settings.notify is False


def test_that_a_wrong_address_is_explained_and_a_right_one_used(qtbot, window, page: Page) -> None:
    edit = page.findChild(QLineEdit, "preference_mirror")
    note = page.findChild(QLabel, "note_mirror")
    qtbot.keyClicks(edit, "files")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert "https://" in note.text()
    assert note.isVisible()
    assert edit.accessibleDescription() == note.text()
    assert window.settings.mirror == ""
    edit.clear()
    qtbot.keyClicks(edit, "https://files.example/w")
    assert not note.isVisible()
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert os.environ[MIRROR_VARIABLE] == "https://files.example/w"


def test_that_closing_the_page_keeps_what_was_typed(qtbot, window, page: Page) -> None:
    edit = page.findChild(QLineEdit, "preference_proxy")
    edit.setFocus()
    qtbot.keyClicks(edit, "proxy.example:1")
    window.show_page("doctor")
    qtbot.waitUntil(lambda: not page.isVisible())
    assert window.settings.proxy == "http://proxy.example:1"


@pytest.mark.parametrize("query", ["dark", "THEME", "contrast light", "system colours"])
def test_that_a_search_leaves_what_was_meant(qtbot, page: Page, query: str) -> None:
    qtbot.keyClicks(page.findChild(QLineEdit, "settings_search"), query)
    assert shown(page) == {"theme"}
    assert page.findChild(QWidget, "section_look").isVisible()
    assert not page.findChild(QWidget, "section_network").isVisible()


def test_that_a_search_that_finds_nothing_says_so_and_ends_with_esc(qtbot, window, page) -> None:
    search = page.findChild(QLineEdit, "settings_search")
    qtbot.keyClick(page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(search.hasFocus)
    qtbot.keyClicks(search, "telescope")
    assert shown(page) == set()
    assert "telescope" in page.findChild(QLabel, "empty_title").text()
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert shown(page) == set(BY_KEY)
    assert window.stack.currentWidget() is page


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_that_words_of_both_languages_are_found(qapp, english, language: str) -> None:
    install_language(qapp, language)
    phrasebook = Phrasebook()
    for row in PREFERENCES:
        texts = phrasebook.all("Preferences", row.title)
        assert texts[0] == row.title
        assert all(fits(row, text, phrasebook) for text in texts)


def test_that_all_is_reset_and_brought_back(qtbot, window, page: Page) -> None:
    reset = page.findChild(QPushButton, "settings_reset_all")
    assert not reset.isEnabled()
    window.settings.set_value("theme", "dark")
    window.settings.set_value("notify", value=False)
    qtbot.mouseClick(reset, Qt.MouseButton.LeftButton)
    assert window.settings.changed_keys() == []
    assert not window.theme.theme.dark
    qtbot.mouseClick(page.findChild(QPushButton, "settings_undo"), Qt.MouseButton.LeftButton)
    assert window.settings.changed_keys() == ["theme", "notify"]
    assert window.theme.theme.dark
    assert not page.findChild(QWidget, "settings_notice").isVisible()


def test_that_new_projects_go_to_the_chosen_folder(
    qtbot, window, page: Page, tmp_path: Path, make_photos
) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    qtbot.mouseClick(
        page.findChild(QPushButton, "preference_projects_folder"), Qt.MouseButton.LeftButton
    )
    dialog = page.findChild(QFileDialog)
    dialog.fileSelected.emit(str(folder))
    dialog.close()
    assert page.findChild(QLabel, "note_projects_folder").text() == str(folder)
    assert projects_folder(window.settings) == folder
    with qtbot.waitSignal(window.session.project_changed, timeout=20_000):
        window.files.take([make_photos(bee=3, ant=3)])
    assert window.session.project.root.parent == folder


def test_that_downloads_go_to_a_folder_of_their_own_in_the_chosen_one(
    qtbot, window, page: Page, own_cache: Path, tmp_path: Path
) -> None:
    assert user_cache_dir() == own_cache
    window.show_page("doctor")
    qtbot.waitUntil(lambda: not page.isVisible())
    window.show_page("settings")
    button = page.findChild(QPushButton, "preference_cache_folder")
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    dialog = page.findChild(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path))
    dialog.close()
    assert user_cache_dir() == tmp_path / "EffNet Studio"
    window.settings.reset("cache_folder")
    assert user_cache_dir() == own_cache


def test_that_a_variable_for_downloads_counts_more_and_is_named(window, page: Page) -> None:
    outside = os.environ[CACHE_VARIABLE]
    window.settings.set_value("cache_folder", "/somewhere/else")
    assert os.environ[CACHE_VARIABLE] == outside
    assert CACHE_VARIABLE in page.findChild(QLabel, "note_cache_folder").text()
    assert not page.findChild(QPushButton, "preference_cache_folder").isEnabled()


def test_that_weights_are_removed_after_a_second_press_and_nothing_else(
    qtbot, window, page: Page
) -> None:
    weights_dir().mkdir(parents=True)
    weight, other = weights_dir() / "net-0123abcd.pth", user_cache_dir() / "sample.jpg"
    for file in (weight, other):
        file.write_bytes(bytes(2_000_000))
    size, empty = page.findChild(QLabel, "cache_size"), page.findChild(QPushButton, "cache_empty")
    window.session.weights_changed.emit()
    qtbot.waitUntil(lambda: size.text() == "2.0 MB")
    qtbot.mouseClick(empty, Qt.MouseButton.LeftButton)
    assert weight.exists()
    assert "2.0 MB" in empty.text()
    qtbot.mouseClick(page.findChild(QPushButton, "cache_keep"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(empty, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(window.session.weights_changed):
        qtbot.mouseClick(empty, Qt.MouseButton.LeftButton)
    assert not weight.exists()
    assert other.exists()
    qtbot.waitUntil(lambda: size.text() == "Nothing yet")
    assert not empty.isEnabled()


def test_that_tab_reaches_every_control(qtbot, page: Page) -> None:
    page.setFocus()
    wanted = {f"preference_{row.key}" for row in PREFERENCES} - {"preference_cache_folder"}
    reached = set()
    for _ in range(40):
        qtbot.keyClick(page.window().focusWidget() or page, Qt.Key.Key_Tab)
        reached.add(page.window().focusWidget().objectName())
    assert wanted <= reached
