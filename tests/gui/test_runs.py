"""Runs in the window: searched, named, compared, repeated, continued, deleted and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QToolButton,
    QWidget,
)

from effnet_studio.engine.project import Project
from effnet_studio.engine.training.run_notes import annotate_run, rename_run
from effnet_studio.engine.training.run_trash import trashed_runs
from effnet_studio.engine.training.runs import load_run
from effnet_studio.gui import contents
from effnet_studio.gui.dialogs.compare_runs import CompareDialog
from effnet_studio.gui.dialogs.run_note import RunNoteDialog
from effnet_studio.gui.models.run_list import RUN_ROLE
from effnet_studio.gui.models.train_state import Phase
from effnet_studio.gui.widgets.figure_card import FigureCard
from effnet_studio.gui.widgets.train.run_menu import RunChoice
from tests.random_run import write_run

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from effnet_studio.engine.training.runs import Run
    from effnet_studio.gui.main_window import MainWindow
    from effnet_studio.gui.pages.train import TrainPage

Widget = TypeVar("Widget", bound=QWidget)
COLOURS = ("blue", "green", "red")


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot, trained: Path) -> TrainPage:
    """The Train page of a project with five runs, one of them named."""
    with Project.open(trained) as project:
        for seed in range(1, 5):
            write_run(project, COLOURS, size=32, seed=seed)
        newest, second = project.run_dirs()[:2]
        rename_run(project, newest.name, "Sunny days")
        annotate_run(project, second.name, "with the blurred ones left out\nsee the lab book")
    with qtbot.waitExposed(window):
        window.show()
    with qtbot.waitSignal(window.session.runs_changed):
        window.session.open_project(trained)
    window.show_page("train")
    page = cast("TrainPage", window.page("train"))
    qtbot.waitUntil(lambda: not window.session.jobs.jobs)
    return page


def shown(page: TrainPage) -> list[Run]:
    model = page.run_list.model
    return [model.index(row).data(RUN_ROLE) for row in range(model.rowCount())]


def titles(page: TrainPage) -> list[str]:
    model = page.run_list.model
    return [str(model.index(row).data()) for row in range(model.rowCount())]


def find(parent: QWidget, kind: type[Widget], name: str) -> Widget:
    found = parent.findChild(kind, name)
    assert isinstance(found, kind), name
    return found


def choose(page: TrainPage, choice: RunChoice, run: Run, other: Run | None = None) -> None:
    """Trigger an entry of a run's menu."""
    menu = page.run_list.menu_of(run)
    (action,) = [
        each
        for each in menu.findChildren(QAction)
        if each.data() is not None and each.data()[0] is choice and each.data()[2] is other
    ]
    assert action.isEnabled()
    action.trigger()
    menu.deleteLater()


def test_that_the_search_finds_names_and_notes(page: TrainPage, qtbot: QtBot) -> None:
    search = find(page, QLineEdit, "run_search")
    assert search.isVisible()
    qtbot.keyClicks(search, "sunny")
    assert titles(page) == ["Sunny days"]
    search.clear()
    qtbot.keyClicks(search, "blurred left")
    (run,) = shown(page)
    assert run.notes.note.startswith("with the blurred")
    qtbot.keyClicks(search, " nowhere")
    assert not shown(page)
    assert page.run_list.view.isHidden()
    assert search.isVisible()
    search.clear()
    assert len(shown(page)) == 5
    assert page.run_list.view.currentIndex().data(RUN_ROLE).run_id == page._viewed.run_id


def test_that_few_runs_are_not_searched(window: MainWindow, qtbot: QtBot, trained: Path) -> None:
    with qtbot.waitSignal(window.session.runs_changed):
        window.session.open_project(trained)
    page = cast("TrainPage", window.page("train"))
    assert find(page, QLineEdit, "run_search").isHidden()
    qtbot.waitUntil(lambda: not window.session.jobs.jobs)


def test_that_f2_renames_a_run_everywhere(page: TrainPage, qtbot: QtBot) -> None:
    view, run = page.run_list.view, shown(page)[1]
    view.setFocus()
    view.setCurrentIndex(page.run_list.model.index(1))
    qtbot.keyClick(view, Qt.Key.Key_F2)
    editor = find(view, QLineEdit, "run_name_editor")
    editor.selectAll()
    qtbot.keyClicks(editor, "Rainy days")
    with qtbot.waitSignal(page.session.runs_changed):
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert titles(page)[:2] == ["Sunny days", "Rainy days"]
    assert load_run(run.run_dir).notes.name == "Rainy days"
    assert load_run(run.run_dir).notes.note == run.notes.note
    assert find(page, QLabel, "status_title").text() == "Rainy days"


def test_that_a_name_left_as_it_is_writes_nothing(page: TrainPage, qtbot: QtBot) -> None:
    index = page.run_list.model.index(1)
    assert not page.run_list.model.setData(index, index.data())
    assert not page.session.jobs.jobs


def test_that_name_and_note_are_written_in_a_dialog(page: TrainPage, qtbot: QtBot) -> None:
    run = shown(page)[0]
    choose(page, RunChoice.NOTE, run)
    dialog = find(page, RunNoteDialog, "run_note")
    assert not dialog.isModal()
    assert find(dialog, QLineEdit, "run_note_name").text() == "Sunny days"
    find(dialog, QPlainTextEdit, "run_note_text").setPlainText("two\nlines")
    with qtbot.waitSignal(page.session.runs_changed):
        find(dialog, QPushButton, "run_note_save").click()
    assert shown(page)[0].notes.note == "two\nlines"
    assert "two" in str(page.run_list.model.index(0).data(Qt.ItemDataRole.ToolTipRole))


def test_that_a_deleted_run_can_be_taken_back(page: TrainPage, qtbot: QtBot) -> None:
    view, run = page.run_list.view, shown(page)[0]
    view.setFocus()
    view.setCurrentIndex(page.run_list.model.index(0))
    with qtbot.waitSignal(page.session.runs_changed):
        qtbot.keyClick(view, Qt.Key.Key_Delete)
    assert run.run_id not in [each.run_id for each in shown(page)]
    assert not run.run_dir.exists()
    assert page._viewed is shown(page)[0]
    banner = page.run_actions.banner
    assert banner.isVisible()
    assert "Sunny days" in find(banner, QLabel, "banner_message").text()
    with qtbot.waitSignal(page.session.runs_changed):
        find(banner, QPushButton, "run_undo").click()
    assert shown(page)[0].run_id == run.run_id
    assert not banner.isVisible()
    project = page.session.project
    assert project is not None
    assert not trashed_runs(project)


def test_that_a_dismissed_notice_stays_away(page: TrainPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.session.runs_changed):
        choose(page, RunChoice.DELETE, shown(page)[0])
    find(page.run_actions.banner, QToolButton, "banner_close").click()
    with qtbot.waitSignal(page.session.runs_changed):
        page.session.refresh_runs()
    assert not page.run_actions.banner.isVisible()


@pytest.mark.parametrize(
    ("choice", "function"), [(RunChoice.AGAIN, "reproduce"), (RunChoice.CONTINUE, "warm_start")]
)
def test_that_a_run_is_repeated_or_continued(
    page: TrainPage,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    choice: RunChoice,
    function: str,
) -> None:
    asked: list[str] = []

    def work(_project: object, run_id: str, *, on_event: object, cancel: object) -> None:
        asked.append(run_id)

    monkeypatch.setattr(contents, function, work)
    run = shown(page)[2]
    with qtbot.waitSignal(page.session.runs_changed):
        choose(page, choice, run)
        assert page._state.phase is Phase.PREPARING
        menu = page.run_list.menu_of(run)
        busy = [each for each in menu.actions() if each.data() and each.data()[0] is choice]
        assert not busy[0].isEnabled()
        menu.deleteLater()
    assert asked == [run.run_id]


def test_that_two_runs_are_compared(page: TrainPage, qtbot: QtBot) -> None:
    newer, older = shown(page)[0], shown(page)[3]
    choose(page, RunChoice.COMPARE, newer, older)
    dialog = find(page, CompareDialog, "compare_runs")
    assert not dialog.isModal()
    assert "judge" in find(dialog, QLabel, "compare_verdict").text()
    qtbot.waitUntil(lambda: dialog._found is not None and dialog._job is None, timeout=30_000)
    found = dialog._found
    assert found is not None
    assert (found.first.run_id, found.second.run_id) == (older.run_id, newer.run_id)
    share = f"{100 * found.first_share.value:.1f} %"
    assert find(dialog, QLabel, "compare_first_figure").text() == share
    assert " to " in find(dialog, QLabel, "compare_second_note").text()
    assert "9 images that both" in find(dialog, QLabel, "compare_ground").text()
    table = find(dialog, QTableView, "compare_settings_table").model()
    assert table.headerData(2, Qt.Orientation.Horizontal) == "Second run"
    assert "Second run: Sunny days" in find(dialog, FigureCard, "compare_second").accessibleName()
    assert table.index(0, 1).data() == "same"
    for plot in dialog._contrast.plots.values():
        assert [len(plot.points(side)) for side in ("first", "second")] == [1, 1]
    chooser = find(dialog, QComboBox, "compare_filter")
    assert dialog._images.grid.thumbnails.rowCount() == len(found.disagreements) > 0
    chooser.setCurrentIndex(3)
    both_wrong = [each for each in found.disagreements if each.verdict == "neither"]
    assert dialog._images.grid.thumbnails.rowCount() == len(both_wrong)
    dialog.close()
    qtbot.waitUntil(lambda: not page.session.jobs.jobs)


def test_that_closing_a_comparison_stops_it(page: TrainPage, qtbot: QtBot) -> None:
    choose(page, RunChoice.COMPARE, shown(page)[0], shown(page)[1])
    dialog = find(page, CompareDialog, "compare_runs")
    (job,) = page.session.jobs.jobs
    with qtbot.waitSignal(job.finished):
        dialog.close()
    assert job.cancelling


def test_that_a_comparison_that_fails_says_why(page: TrainPage, qtbot: QtBot) -> None:
    first, second = shown(page)[:2]
    second.best_file.write_bytes(b"damaged")
    choose(page, RunChoice.COMPARE, first, second)
    dialog = find(page, CompareDialog, "compare_runs")
    qtbot.waitUntil(lambda: dialog._job is None, timeout=30_000)
    assert "damaged" in find(dialog, QLabel, "compare_verdict").text()
    dialog.close()


def test_that_a_read_only_project_can_only_be_looked_at(
    window: MainWindow, qtbot: QtBot, trained: Path
) -> None:
    with Project.open(trained) as project:
        write_run(project, COLOURS, size=32, seed=1)
        with qtbot.waitSignal(window.session.runs_changed):
            window.session.open_project(trained)
        page = cast("TrainPage", window.page("train"))
        qtbot.waitUntil(lambda: not window.session.jobs.jobs)
        menu = page.run_list.menu_of(shown(page)[0])
        enabled = {each.text() for each in menu.actions() if each.text() and each.isEnabled()}
        assert enabled == {"Compare with", "Deleted runs…"}
        assert not page.run_list.model.flags(page.run_list.model.index(0)) & (
            Qt.ItemFlag.ItemIsEditable
        )
        menu.deleteLater()
        window.session.close_project()


@pytest.mark.qt_log_ignore("does not support", extend=True)
def test_that_the_menu_opens_at_the_chosen_run(page: TrainPage, qtbot: QtBot) -> None:
    find(page, QToolButton, "run_more").click()
    menu = find(page.run_list, QMenu, "run_menu")
    assert menu.isVisible()
    others = find(menu, QMenu, "run_menu_others")
    assert len(others.actions()) == 4
    menu.close()
