"""The shell: pages, drag and drop, menus, closing while something runs."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenuBar,
    QPushButton,
    QSlider,
    QTabBar,
    QWidget,
)

from effnet_studio.engine.errors import ProjectError
from effnet_studio.engine.project import Project
from effnet_studio.gui.actions import ACTIONS, action_text
from effnet_studio.gui.colors import ThemeMode
from effnet_studio.gui.errors import ErrorPanel
from effnet_studio.gui.i18n import current_language
from effnet_studio.gui.main_window import MainWindow
from effnet_studio.gui.page_stack import PAGES


def drop(window: MainWindow, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    action = Qt.DropAction.CopyAction
    window.dragEnterEvent(QDragEnterEvent(QPointF(9, 9).toPoint(), action, data, buttons, keys))
    window.dropEvent(QDropEvent(QPointF(9, 9), action, data, buttons, keys))


def endless(*, on_event, cancel) -> None:
    while True:
        cancel.check()


@pytest.fixture
def opened(qtbot, window: MainWindow, tmp_path: Path) -> MainWindow:
    with qtbot.waitSignal(window.session.project_changed):
        window.session.create_project(tmp_path / "p.effnet", "Bees")
    return window


def test_that_the_window_starts_with_the_welcome_page(window: MainWindow) -> None:
    assert window.stack.currentWidget() is window.welcome
    assert window.sidebar.isHidden()
    assert not window.actions_by_key["train"].isEnabled()


def test_that_opening_a_project_shows_its_data_and_name(opened: MainWindow) -> None:
    assert opened.current_key == "data"
    assert not opened.sidebar.isHidden()
    assert opened.findChild(QLabel, "project_name").text() == "Bees"
    assert opened.windowTitle() == "Bees – EffNet Studio"


def test_that_closing_the_project_goes_back_to_the_welcome_page(opened: MainWindow) -> None:
    opened.actions_by_key["close"].trigger()
    assert opened.stack.currentWidget() is opened.welcome
    assert opened.session.project is None


def test_that_shortcuts_are_unique() -> None:
    shortcuts = [QKeySequence(row.shortcut).toString() for row in ACTIONS if row.shortcut]
    assert len(shortcuts) == len(set(shortcuts))
    assert {f"Ctrl+{n}" for n in range(1, 7)} <= set(shortcuts)


def test_that_a_dropped_folder_becomes_a_project(
    qtbot, window: MainWindow, make_photos, isolated_home: Path
) -> None:
    folder = make_photos(bee=4, ant=4)
    with qtbot.waitSignal(window.session.import_finished):
        drop(window, folder)
    project = window.session.project
    assert project.root.is_relative_to(isolated_home)
    assert project.name == "photos"
    assert window.settings.recent_projects()[0].images == 8


def test_that_a_dropped_project_is_opened(qtbot, window: MainWindow, tmp_path: Path) -> None:
    Project.create(tmp_path / "old.effnet", name="Old").close()
    with qtbot.waitSignal(window.session.project_changed):
        drop(window, tmp_path / "old.effnet")
    assert window.session.project.name == "Old"


def test_that_an_error_is_shown_with_remedy_and_place_and_can_be_dismissed(
    qtbot, window: MainWindow, tmp_path: Path
) -> None:
    error = ProjectError("It is broken.", hint="Mend it.", path=tmp_path)
    window.session.error_raised.emit(error)
    panel = window.findChild(ErrorPanel, "error_panel")
    texts = [
        panel.findChild(QLabel, f"banner_{part}").text() for part in ("message", "hint", "place")
    ]
    assert texts == ["It is broken.", "Mend it.", str(tmp_path)]
    qtbot.mouseClick(panel.findChild(QWidget, "banner_close"), Qt.MouseButton.LeftButton)
    assert panel.isHidden()


def test_that_the_report_can_be_copied(qtbot, qapp, window: MainWindow) -> None:
    window.errors.show_error(ProjectError("It is broken."))
    qtbot.mouseClick(window.findChild(QPushButton, "error_copy"), Qt.MouseButton.LeftButton)
    assert "It is broken." in qapp.clipboard().text()
    assert "EffNet Studio" in qapp.clipboard().text()


def test_that_a_read_only_project_says_so(qtbot, window: MainWindow, tmp_path: Path) -> None:
    with Project.create(tmp_path / "p.effnet"):
        with qtbot.waitSignal(window.session.project_changed):
            window.session.open_project(tmp_path / "p.effnet")
        assert not window.read_only.isHidden()
        message = window.read_only.findChild(QLabel, "banner_message").text()
        assert "open in another window" in message
        assert str(os.getpid()) not in message
        assert str(os.getpid()) in window.read_only.toolTip()
        assert not window.page("data").findChild(QPushButton, "data_choose").isEnabled()


def test_that_closing_asks_once_while_a_job_runs_and_can_be_called_off(
    qtbot, opened: MainWindow
) -> None:
    opened.show()
    job = opened.session.jobs.start(endless, title="Work")
    assert not opened.close()
    assert not opened.closing.banner.isHidden()
    assert "Work" in opened.closing.banner.findChild(QLabel, "banner_message").text()
    qtbot.mouseClick(opened.findChild(QPushButton, "close_not"), Qt.MouseButton.LeftButton)
    assert opened.closing.banner.isHidden()
    assert job.running
    assert not job.cancelling


def test_that_closing_stops_the_job_and_then_closes(qtbot, opened: MainWindow) -> None:
    opened.show()
    job = opened.session.jobs.start(endless, title="Work")
    opened.close()
    qtbot.mouseClick(opened.findChild(QPushButton, "close_now"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not opened.isVisible())
    assert not job.running
    assert opened.session.project is None


def test_that_the_window_comes_back_where_it_was(qtbot, window: MainWindow, qapp) -> None:
    window.show()
    window.resize(960, 700)
    window.close()
    again = MainWindow(qapp, window.session, window.settings, window.theme)
    qtbot.addWidget(again)
    assert (again.width(), again.height()) == (960, 700)


def test_that_theme_and_language_are_switched_and_remembered(
    qtbot, window: MainWindow, qapp
) -> None:
    window.actions_by_key["theme_dark"].trigger()
    window.actions_by_key["language_zh_CN"].trigger()
    qtbot.waitUntil(lambda: "打开项目" in window.actions_by_key["open"].text())
    assert window.theme.theme.dark
    assert window.settings.theme_mode is ThemeMode.DARK
    assert window.settings.language == "zh_CN"
    assert action_text("open") == "打开项目…"
    window.actions_by_key["language_en"].trigger()
    qapp.processEvents()


def test_that_colours_and_language_take_turns(qtbot, window: MainWindow) -> None:
    window.actions_by_key["theme_dark"].trigger()
    assert window.theme.theme.dark, "at once"
    window.actions_by_key["language_zh_CN"].trigger()
    assert current_language() == "en", "in the next turn: both at once hold the window up"
    window.actions_by_key["theme_light"].trigger()
    assert not window.theme.theme.dark, "the same again waits for nothing"
    qtbot.waitUntil(lambda: current_language() == "zh_CN")
    window.actions_by_key["language_en"].trigger()
    qtbot.waitUntil(lambda: current_language() == "en")


def test_that_every_control_has_a_name_for_screen_readers(opened: MainWindow) -> None:
    for page in PAGES:
        opened.show_page(page.key)
    assert nameless_controls(opened) == []


def test_that_pages_are_made_ahead_step_by_step(qtbot, opened: MainWindow) -> None:
    opened.show()
    opened.stack.warm_up()
    qtbot.waitUntil(lambda: opened.stack.count() == 1 + len(PAGES), timeout=30_000)
    assert opened.current_key == "data"
    qtbot.waitUntil(lambda: "pyqtgraph" in sys.modules)
    opened.close()


def test_that_the_page_of_a_project_is_made_while_the_project_is_read(
    qtbot, window: MainWindow
) -> None:
    window.show()
    assert window.stack.made_pages() == {}
    window.session.opening_started.emit(None)
    qtbot.waitUntil(lambda: "data" in window.stack.made_pages())
    assert window.session.project is None
    window.close()


def nameless_controls(window: MainWindow) -> list[str]:
    """Controls a screen reader could only call "button" or "list"."""
    kinds = QAbstractButton | QAbstractItemView | QComboBox | QLineEdit | QSlider
    return [
        f"{type(control).__name__} {control.objectName()}"
        for control in window.findChildren(QWidget)
        if isinstance(control, kinds)
        and not (control.accessibleName() or getattr(control, "text", str)())
        and not control.isHidden()  # a button without a text waits for one
        and not _made_by_qt(control)
    ]


def _made_by_qt(control: QWidget) -> bool:
    """Parts of combo boxes, headers, tab bars and menus."""
    parent = control.parent()
    above = parent.parent() if parent is not None else None
    inside = isinstance(parent, QComboBox | QAbstractItemView | QTabBar | QMenuBar | QLineEdit)
    return inside or isinstance(above, QComboBox) or isinstance(control, QHeaderView)
