"""The first page: recent projects and the sample."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QWidget

from effnet_studio.engine.project import Project
from effnet_studio.gui.pages.welcome import WelcomePage
from effnet_studio.gui.settings import RecentProject, Settings
from effnet_studio.gui.widgets.recent_list import RecentRow


@pytest.fixture
def page(qtbot, session, theme, settings, english) -> Iterator[WelcomePage]:
    page = WelcomePage(session, theme, settings)
    qtbot.addWidget(page)
    page.show()
    yield page
    page.close()


def rows(page: WelcomePage) -> list[RecentRow]:
    return [row for row in page.findChildren(RecentRow) if not row.isHidden()]


def test_that_a_newcomer_sees_no_empty_list(page: WelcomePage) -> None:
    assert rows(page) == []
    assert page.findChild(QWidget, "recent_list").isHidden()


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


def test_that_the_list_keeps_its_picture(qtbot, page, settings, make_photos) -> None:
    picture = make_photos(bee=1) / "bee" / "bee_0.jpg"
    settings.remember_project(RecentProject("/p/a.effnet", "Ants", 1.0, thumbnail=str(picture)))
    row = rows(page)[0]
    qtbot.waitUntil(lambda: row.has_picture)


def test_that_a_damaged_list_of_projects_is_ignored(settings: Settings) -> None:
    settings.remember_project(RecentProject("/p/a.effnet", "Ants", 1.0))
    settings._store.setValue("recent", "{not json")
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
