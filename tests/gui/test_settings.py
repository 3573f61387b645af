"""The table of preferences, and the settings that keep them."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QMainWindow

from effnet_studio.engine.errors import StudioError
from effnet_studio.gui.colors import ThemeMode
from effnet_studio.gui.main_window import MainWindow
from effnet_studio.gui.preferences import BY_KEY, PREFERENCES, SECTIONS, Kind, Preference, Value
from effnet_studio.gui.settings import RecentProject, Settings

OTHER = {
    Kind.SWITCH: lambda row: not row.default,
    Kind.CHOICE: lambda row: row.choices[-1].value,
    Kind.FOLDER: lambda row: "/some/where",
    Kind.ADDRESS: lambda row: "http://files.example:8080",
}


@pytest.mark.parametrize("row", PREFERENCES, ids=lambda row: row.key)
def test_that_every_choice_is_kept_told_and_taken_back(
    row: Preference, settings: Settings, isolated_home
) -> None:
    told: list[str] = []
    settings.changed.connect(told.append)
    assert settings.value(row.key) == row.default
    other = OTHER[row.kind](row)
    settings.set_value(row.key, other)
    settings.set_value(row.key, other)
    settings.wait_until_written()
    assert Settings(isolated_home / "window.ini").value(row.key) == other
    assert settings.changed_keys() == [row.key]
    settings.reset(row.key)
    assert settings.value(row.key) == row.default
    assert settings.changed_keys() == []
    assert told == [row.key, row.key]


def test_that_the_table_is_whole() -> None:
    assert len(BY_KEY) == len({row.place for row in PREFERENCES}) == len(PREFERENCES)
    assert {row.section for row in PREFERENCES} == set(SECTIONS)
    assert all((row.kind is Kind.CHOICE) == bool(row.choices) for row in PREFERENCES)
    assert {each.value for each in BY_KEY["theme"].choices} == set(ThemeMode)


@pytest.mark.parametrize(
    ("key", "value"), [("theme", "pink"), ("theme", True), ("notify", "yes"), ("language", "")]
)
def test_that_no_other_answer_is_taken(settings: Settings, key: str, value: Value) -> None:
    with pytest.raises(ValueError, match=key):
        settings.set_value(key, value)
    assert settings.value(key) == BY_KEY[key].default


def test_that_an_address_that_is_none_is_refused_with_a_hint(settings: Settings) -> None:
    with pytest.raises(StudioError) as caught:
        settings.set_value("mirror", "ftp:/files")
    assert caught.value.hint is not None
    assert settings.mirror == ""


@pytest.mark.parametrize("key", ["theme", "notify", "proxy"])
def test_that_a_file_edited_by_hand_does_not_matter(isolated_home, key: str) -> None:
    file = isolated_home / "window.ini"
    store = QSettings(str(file), QSettings.Format.IniFormat)
    store.setValue(BY_KEY[key].place, "http://[")
    store.sync()
    assert Settings(file).value(key) == BY_KEY[key].default


def test_that_what_a_newer_version_chose_is_neither_followed_nor_lost(isolated_home) -> None:
    file = isolated_home / "window.ini"
    newer = {
        BY_KEY["theme"].place: "sepia",
        BY_KEY["language"].place: "tlh",
        BY_KEY["notify"].place: "only at night",
        "future/flavour": "sweet",
    }
    store = QSettings(str(file), QSettings.Format.IniFormat)
    for place, value in newer.items():
        store.setValue(place, value)
    store.sync()
    settings = Settings(file)
    assert settings.theme_mode is ThemeMode.SYSTEM
    assert settings.language == "system"
    assert settings.notify is BY_KEY["notify"].default
    settings.set_value("motion", "off")
    settings.note_tried("/p")
    settings.save_window(QMainWindow())
    settings.wait_until_written()
    kept = QSettings(str(file), QSettings.Format.IniFormat)
    assert {place: kept.value(place) for place in newer} == newer


def test_that_what_a_newer_version_knows_of_projects_is_kept(settings: Settings) -> None:
    rows = [
        {"path": "/p/a", "name": "Ants", "opened": 1.0, "starred": True, "size": [1, 2]},
        {"path": "/p/b", "name": "Bees"},
        {"path": "/p/c", "name": "Cats", "opened": "yesterday"},
        {"path": "/p/d", "name": "Dogs", "opened": 2.0},
        "nonsense",
    ]
    settings._store.set_value("recent", json.dumps(rows))
    assert [each.name for each in settings.recent_projects()] == ["Ants", "Dogs"]
    settings.remember_project(RecentProject("/p/a", "Ants", 3.0, images=7))
    settings.remember_project(RecentProject("/p/e", "Eels", 4.0))
    kept = json.loads(str(settings._store.value("recent")))
    assert [row["path"] for row in kept] == ["/p/e", "/p/a", "/p/d"]
    assert (kept[1]["starred"], kept[1]["size"], kept[1]["images"]) == (True, [1, 2], 7)


def test_that_menus_follow_the_settings_and_lead_them(window: MainWindow) -> None:
    actions, settings = window.actions_by_key, window.settings
    assert actions["theme_system"].isChecked()
    settings.set_value("theme", "contrast_dark")
    assert window.theme.theme.name == "contrast_dark"
    assert actions["theme_contrast_dark"].isChecked()
    actions["theme_light"].trigger()
    assert settings.theme_mode is ThemeMode.LIGHT
    actions["language_zh_CN"].trigger()
    assert settings.language == "zh_CN"
    settings.reset("language")
    assert actions["language_system"].isChecked()
