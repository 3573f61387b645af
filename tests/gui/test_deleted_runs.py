"""The trash of runs in the window: what is in it, put back, deleted for good once asked."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, TypeVar, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QTableView, QToolButton, QWidget

from effnet_studio.engine.project import Project
from effnet_studio.engine.training.run_notes import rename_run
from effnet_studio.engine.training.run_trash import delete_run, trash_contents
from effnet_studio.gui.dialogs.deleted_runs import DeletedRunsDialog
from effnet_studio.gui.errors import Banner

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from effnet_studio.gui.main_window import MainWindow
    from effnet_studio.gui.pages.train import TrainPage

Widget = TypeVar("Widget", bound=QWidget)


@pytest.fixture
def deleted(trained: Path) -> list[str]:
    """Ids of two runs in the trash, the one deleted last first; a third is still there."""
    with Project.open(trained) as project:
        (old,) = project.run_dirs()
        for _ in range(2):
            shutil.copytree(old, project.new_run_dir("resnet18"), dirs_exist_ok=True)
        newest, second = project.run_dirs()[:2]
        rename_run(project, second.name, "Sunny days")
        for folder in (second, newest):
            delete_run(project, folder.name)
        return [each.run_id for each in trash_contents(project)]


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot, trained: Path) -> TrainPage:
    with qtbot.waitExposed(window):
        window.show()
    with qtbot.waitSignal(window.session.runs_changed):
        window.session.open_project(trained)
    window.show_page("train")
    qtbot.waitUntil(lambda: not window.session.jobs.jobs)
    return cast("TrainPage", window.page("train"))


def find(parent: QWidget, kind: type[Widget], name: str) -> Widget:
    found = parent.findChild(kind, name)
    assert isinstance(found, kind), name
    return found


def button(dialog: DeletedRunsDialog, name: str) -> QPushButton:
    return find(dialog, QPushButton, f"deleted_runs_{name}")


def rows(dialog: DeletedRunsDialog) -> list[list[str]]:
    model = find(dialog, QTableView, "deleted_runs_table").model()
    columns = range(model.columnCount())
    return [
        [str(model.index(row, column).data()) for column in columns]
        for row in range(model.rowCount())
    ]


def show(page: TrainPage, qtbot: QtBot) -> DeletedRunsDialog:
    menu = page.run_list.menu_of(page.run_list.model.runs[0])
    find_action(menu).trigger()
    menu.deleteLater()
    dialog = find(page, DeletedRunsDialog, "deleted_runs")
    qtbot.waitUntil(lambda: dialog._found is not None)
    return dialog


def find_action(menu: QMenu) -> QAction:
    action = menu.findChild(QAction, "run_menu_trash")
    assert action is not None
    assert action.isEnabled()
    return action


def test_that_deleted_runs_are_listed(deleted: list[str], page: TrainPage, qtbot: QtBot) -> None:
    dialog = show(page, qtbot)
    assert not dialog.isModal()
    found = rows(dialog)
    assert sorted(row[0] for row in found) == ["MobileNetV3-Small · Balanced", "Sunny days"]
    assert all(row[1].startswith("today") for row in found)
    assert [row[2] for row in found] == ["50.0 %", "50.0 %"]
    assert all(row[3].endswith("MB") for row in found)
    assert "2 runs, " in find(dialog, QLabel, "deleted_runs_about").text()
    dialog.close()


def test_that_a_run_is_put_back(deleted: list[str], page: TrainPage, qtbot: QtBot) -> None:
    dialog = show(page, qtbot)
    table = find(dialog, QTableView, "deleted_runs_table")
    place = [row[0] for row in rows(dialog)].index("Sunny days")
    table.selectRow(place)
    with qtbot.waitSignal(page.session.runs_changed):
        button(dialog, "restore").click()
    qtbot.waitUntil(lambda: len(rows(dialog)) == 1)
    assert "Sunny days" in [run.notes.name for run in page.session.runs]
    with qtbot.waitSignal(page.session.runs_changed):
        button(dialog, "restore").click()
    qtbot.waitUntil(lambda: not rows(dialog))
    assert find(dialog, QLabel, "empty_title").isVisible()
    assert not button(dialog, "clear").isVisible()
    assert set(deleted) <= {run.run_id for run in page.session.runs}
    dialog.close()


def test_that_deleting_for_good_asks_first(
    deleted: list[str], page: TrainPage, qtbot: QtBot
) -> None:
    project = page.session.project
    assert project is not None
    dialog = show(page, qtbot)
    table = find(dialog, QTableView, "deleted_runs_table")
    place = [row[0] for row in rows(dialog)].index("Sunny days")
    table.selectRow(place)
    button(dialog, "erase").click()
    question = find(dialog, Banner, "deleted_runs_question")
    assert question.isVisible()
    assert "Sunny days" in find(question, QLabel, "banner_message").text()
    assert button(dialog, "keep").hasFocus()
    assert not button(dialog, "restore").isEnabled()
    button(dialog, "keep").click()
    assert not question.isVisible()
    assert len(trash_contents(project)) == 2
    button(dialog, "erase").click()
    button(dialog, "sure").click()
    qtbot.waitUntil(lambda: len(rows(dialog)) == 1)
    (left,) = trash_contents(project)
    assert left.run is not None
    assert left.run.notes.name != "Sunny days"
    assert not question.isVisible()
    dialog.close()
    qtbot.waitUntil(lambda: not page.session.jobs.jobs)


def test_that_another_row_takes_the_question_back(
    deleted: list[str], page: TrainPage, qtbot: QtBot
) -> None:
    dialog = show(page, qtbot)
    button(dialog, "erase").click()
    table = find(dialog, QTableView, "deleted_runs_table")
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert not find(dialog, Banner, "deleted_runs_question").isVisible()
    dialog.close()


def test_that_the_trash_is_emptied_once_asked(
    deleted: list[str], page: TrainPage, qtbot: QtBot
) -> None:
    project = page.session.project
    assert project is not None
    dialog = show(page, qtbot)
    button(dialog, "clear").click()
    assert "all 2 runs" in find(dialog, QLabel, "banner_message").text()
    assert len(trash_contents(project)) == 2
    button(dialog, "sure").click()
    qtbot.waitUntil(lambda: dialog._found == ())
    assert not trash_contents(project)
    assert find(dialog, QLabel, "empty_title").isVisible()
    assert len(page.session.runs) == 1
    dialog.close()
    qtbot.waitUntil(lambda: not page.session.jobs.jobs)


@pytest.mark.qt_log_ignore("does not support", extend=True)
def test_that_the_trash_is_reached_when_no_run_is_left(page: TrainPage, qtbot: QtBot) -> None:
    (run,) = page.session.runs
    with qtbot.waitSignal(page.session.runs_changed):
        page.session.keeper.delete(run.run_id)
    find(page, QToolButton, "run_more").click()
    menu = find(page.run_list, QMenu, "run_menu")
    assert [each.text() for each in menu.actions()] == ["Deleted runs…"]
    find_action(menu).trigger()
    menu.close()
    dialog = find(page, DeletedRunsDialog, "deleted_runs")
    qtbot.waitUntil(lambda: len(rows(dialog)) == 1)
    dialog.close()


def test_that_a_read_only_trash_can_only_be_looked_at(
    deleted: list[str], window: MainWindow, qtbot: QtBot, trained: Path
) -> None:
    with Project.open(trained), qtbot.waitSignal(window.session.runs_changed):
        window.session.open_project(trained)
    page = cast("TrainPage", window.page("train"))
    qtbot.waitUntil(lambda: not window.session.jobs.jobs)
    dialog = show(page, qtbot)
    assert len(rows(dialog)) == 2
    for name in ("restore", "erase", "clear"):
        assert not button(dialog, name).isEnabled()
        assert "open elsewhere" in button(dialog, name).toolTip()
    dialog.close()
    qtbot.waitUntil(lambda: not window.session.jobs.jobs)
