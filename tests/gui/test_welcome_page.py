"""The first page: recent projects and the sample."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QPushButton, QWidget

from effnet_studio import __version__
from effnet_studio.engine.project import Project
from effnet_studio.gui.main_window import MainWindow
from effnet_studio.gui.models.recent_words import days_since
from effnet_studio.gui.pages.welcome import WelcomePage
from effnet_studio.gui.projects import Presence
from effnet_studio.gui.settings import RecentProject, Settings
from effnet_studio.gui.widgets.recent_list import RecentList
from effnet_studio.gui.widgets.recent_row import RecentRow


@pytest.fixture
def page(qtbot, session, theme, settings, english) -> Iterator[WelcomePage]:
    page = WelcomePage(session, theme, settings)
    qtbot.addWidget(page)
    page.show()
    yield page
    page.close()


def rows(page: WelcomePage) -> list[RecentRow]:
    found = page.findChild(RecentList)
    assert found is not None
    return found.rows


def test_that_a_newcomer_sees_no_empty_list(page: WelcomePage) -> None:
    assert rows(page) == []
    assert page.findChild(QWidget, "recent_list").isHidden()


def test_that_the_place_to_drop_takes_less_room_in_a_low_window(page: WelcomePage) -> None:
    note = page.findChild(QLabel, "drop_note")
    page.resize(1000, 640)
    assert note.isVisible()
    page.resize(1000, 520)
    assert not note.isVisible()
    page.resize(1000, 640)
    assert note.isVisible()


def test_that_recent_projects_show_name_images_and_accuracy(
    qtbot, page: WelcomePage, settings: Settings
) -> None:
    settings.remember_project(RecentProject("/p/a.effnet", "Ants", 1.0, 0.934, 1200))
    settings.remember_project(RecentProject("/p/b.effnet", "Bees", 2.0))
    qtbot.waitUntil(lambda: [row.accessibleName() for row in rows(page)] == ["Bees", "Ants"])
    texts = [label.text() for label in rows(page)[1].findChildren(QLabel)]
    assert "1,200 images · 93.4 % right" in texts


def test_that_a_recent_project_opens_with_a_click(
    qtbot, page: WelcomePage, settings: Settings, tmp_path: Path
) -> None:
    Project.create(tmp_path / "a.effnet", name="Ants").close()
    settings.remember_project(RecentProject(str(tmp_path / "a.effnet"), "Ants", 1.0))
    with qtbot.waitSignal(page.session.project_changed):
        qtbot.mouseClick(rows(page)[0], Qt.MouseButton.LeftButton)
    assert page.session.project.name == "Ants"


def test_that_a_project_can_be_taken_off_the_list(
    qtbot, page: WelcomePage, settings: Settings
) -> None:
    settings.remember_project(RecentProject("/p/a.effnet", "Ants", 1.0))
    forget = rows(page)[0].findChild(QWidget, "recent_forget")
    qtbot.mouseClick(forget, Qt.MouseButton.LeftButton)
    assert settings.recent_projects() == []
    assert rows(page) == []


def test_that_the_list_keeps_its_picture(qtbot, page, settings, make_photos, tmp_path) -> None:
    picture = make_photos(bee=1) / "bee" / "bee_0.jpg"
    place = tmp_path / "a.effnet"
    Project.create(place, name="Ants").close()
    settings.remember_project(RecentProject(str(place), "Ants", 1.0, thumbnail=str(picture)))
    row = rows(page)[0]
    qtbot.waitUntil(lambda: row.has_picture)


def test_that_a_damaged_list_of_projects_is_ignored(settings: Settings) -> None:
    settings.remember_project(RecentProject("/p/a.effnet", "Ants", 1.0))
    settings._store.set_value("recent", "{not json")
    assert settings.recent_projects() == []


def test_that_the_sample_is_drawn_in_a_job_that_can_be_stopped(qtbot, page: WelcomePage) -> None:
    button = page.findChild(QPushButton, "welcome_sample")
    with qtbot.waitSignal(page.session.jobs.job_started) as started:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not button.isEnabled()
    started.args[0].cancel()
    qtbot.waitUntil(button.isEnabled)
    assert page.session.project is None


def test_that_the_drop_area_lights_up(page: WelcomePage) -> None:
    page.set_drop_active(True)
    assert page.findChild(QFrame, "drop_area").property("active") is True


# -- the list by keys, and what is missing ---------------------------------------------------------


@pytest.fixture
def three(settings: Settings, tmp_path: Path, page: WelcomePage) -> list[RecentRow]:
    for number, name in enumerate(("Ants", "Bees", "Crickets")):
        Project.create(tmp_path / f"{name}.effnet", name=name).close()
        settings.remember_project(RecentProject(str(tmp_path / f"{name}.effnet"), name, number + 1))
    page.activateWindow()
    return rows(page)


def test_that_arrows_move_in_the_list_and_enter_opens(qtbot, page: WelcomePage, three) -> None:
    three[0].setFocus()
    qtbot.keyClick(three[0], Qt.Key.Key_Down)
    assert three[1].hasFocus()
    qtbot.keyClick(three[1], Qt.Key.Key_End)
    assert three[2].hasFocus()
    qtbot.keyClick(three[2], Qt.Key.Key_Down)
    assert three[2].hasFocus()
    with qtbot.waitSignal(page.session.project_changed):
        qtbot.keyClick(three[2], Qt.Key.Key_Return)
    assert page.session.project.name == "Ants"


def test_that_tab_stops_once_in_the_list(page: WelcomePage, three) -> None:
    stops = [row for row in three if row.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == [three[0]]


def test_that_delete_takes_off_the_list_and_the_next_is_in_focus(
    qtbot, page: WelcomePage, three, settings: Settings
) -> None:
    three[1].setFocus()
    qtbot.keyClick(three[1], Qt.Key.Key_Delete)
    assert [project.name for project in settings.recent_projects()] == ["Crickets", "Ants"]
    assert rows(page)[1].hasFocus()
    assert rows(page)[1].project.name == "Ants"


def test_that_the_menu_of_a_project_offers_what_can_be_done(
    qtbot, page: WelcomePage, three, settings: Settings
) -> None:
    menu = three[0].make_menu()
    texts = [action.text() for action in menu.actions() if action.text()]
    assert texts == ["Open", "Show its folder", "Take off this list"]
    menu.actions()[-1].trigger()
    assert "Crickets" not in [project.name for project in settings.recent_projects()]


def test_that_a_missing_project_says_why(
    qtbot, page: WelcomePage, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "hollow.effnet").mkdir()
    for path in (
        "/media/nobody/STICK/a.effnet",
        tmp_path / "gone.effnet",
        tmp_path / "hollow.effnet",
    ):
        settings.remember_project(RecentProject(str(path), "Ants", 1.0))
    shown = rows(page)
    qtbot.waitUntil(lambda: all(row.presence is not Presence.HERE for row in shown))
    said = [row.findChild(QLabel, "recent_opened").text() for row in shown]
    for row in shown:
        with qtbot.waitSignal(page.open_asked):  # who knows where it is can say so
            row.findChild(QPushButton, "recent_find").click()
        assert "Find it…" in [action.text() for action in row.make_menu().actions()]
    assert said == [
        "There is no project in its folder any more",
        "Its folder was moved or deleted",
        "Its drive is not connected",
    ]
    assert said[0] in shown[0].accessibleDescription()


def test_that_a_project_of_a_newer_version_is_told_and_left_alone(
    qtbot, window: MainWindow, tmp_path: Path
) -> None:
    Project.create(tmp_path / "p.effnet").close()
    file = tmp_path / "p.effnet" / "project.json"
    file.write_text('{"format": 99, "app": "2.3", "flavour": "sweet"}')
    before = sorted(each.name for each in file.parent.iterdir())
    window.settings.remember_project(RecentProject(str(file.parent), "Ants", 1.0))
    window.show()
    (row,) = rows(window.welcome)
    qtbot.waitUntil(lambda: row.presence is Presence.NEWER)
    said = row.findChild(QLabel, "recent_opened").text()
    assert said == "Get the newer EffNet Studio to open it"
    assert row.findChild(QPushButton, "recent_find").isHidden()  # it lies where it was
    assert "Find it…" not in [action.text() for action in row.make_menu().actions()]
    with qtbot.waitSignal(window.errors.error_shown) as told:
        qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    assert f"EffNet Studio 2.3; this is {__version__}" in str(told.args[0])
    assert window.session.project is None
    assert file.read_text() == '{"format": 99, "app": "2.3", "flavour": "sweet"}'
    assert sorted(each.name for each in file.parent.iterdir()) == before
    assert window.settings.recent_projects()


def test_that_many_projects_can_be_searched(qtbot, page: WelcomePage, settings: Settings) -> None:
    search = page.findChild(QLineEdit, "recent_search")
    assert search.isHidden()
    for number in range(12):
        settings.remember_project(RecentProject(f"/p/{number}.effnet", f"Trap {number}", 1.0))
    assert len(rows(page)) == 12
    qtbot.keyClicks(search, "trap 11")
    assert [row.project.name for row in rows(page)] == ["Trap 11"]
    qtbot.keyClicks(search, "x")
    assert rows(page) == []
    assert not page.findChild(QLabel, "recent_nothing").isHidden()


def test_that_days_are_told_as_one_says_them(page: WelcomePage, settings: Settings) -> None:
    now = time.time()
    for days in (300, 4, 1, 0):
        then = now - days * 86_400
        settings.remember_project(RecentProject(f"/p/{days}.effnet", "Ants", then))
    said = [row.findChild(QLabel, "recent_opened").text() for row in rows(page)]
    assert said[:2] == ["Opened today", "Opened yesterday"]
    assert "4" in said[2]
    assert str(time.localtime(now - 300 * 86_400).tm_year) in said[3]


def test_that_days_go_by_the_calendar() -> None:
    late = datetime(2026, 5, 20, 23, 59).astimezone().timestamp()
    assert days_since(late, date(2026, 5, 20)) == 0
    assert days_since(late, date(2026, 5, 21)) == 1
    assert days_since(late, date(2026, 5, 19)) == 0


def test_that_pages_beside_the_work_are_reached_from_here(qtbot, page: WelcomePage) -> None:
    with qtbot.waitSignal(page.navigation_asked) as asked:
        qtbot.mouseClick(page.findChild(QPushButton, "welcome_doctor"), Qt.MouseButton.LeftButton)
    assert asked.args == ["doctor"]


def test_that_few_projects_stand_right_under_their_heading(
    qtbot, page: WelcomePage, three: list[RecentRow]
) -> None:
    page.resize(1280, 800)
    heading, first = page.findChild(QLabel, "recent_title"), rows(page)[0]

    def gap() -> int:
        top = first.mapTo(page, first.rect().topLeft()).y()
        return top - heading.mapTo(page, heading.rect().topLeft()).y() - heading.sizeHint().height()

    qtbot.waitUntil(lambda: first.isVisible() and 0 <= gap() <= 16)
