"""What ran: kept on disk within bounds, and shown in a panel one can use without a mouse."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QListView, QPushButton, QToolButton, QWidget

from effnet_studio.engine.errors import StorageError
from effnet_studio.engine.messages import msg
from effnet_studio.gui.i18n import install_language
from effnet_studio.gui.jobs import JobRunner, JobState
from effnet_studio.gui.main_window import MainWindow
from effnet_studio.gui.models.history_rows import history_rows
from effnet_studio.gui.models.marked_rows import BRIEF_ROLE, MARK_ROLE
from effnet_studio.gui.notices.history import LIMIT, History, HistoryFile
from effnet_studio.gui.notices.outcome import (
    ERROR,
    Outcome,
    brief_text,
    from_json,
    headline_text,
    outcome_of_error,
    result_text,
    title_text,
    to_json,
)
from effnet_studio.gui.session import Session
from effnet_studio.gui.settings import Settings


def outcome(key: str, **facts: object) -> Outcome:
    first = {
        "title": f"Job {key}",
        "kind": "export",
        "state": JobState.SUCCEEDED,
        "ended": "2026-03-04T10:00:00+00:00",
    }
    return Outcome(key, **{**first, **facts})  # type: ignore[arg-type]


@pytest.fixture
def file(tmp_path: Path) -> HistoryFile:
    return HistoryFile(tmp_path / "kept" / "history.jsonl")


@pytest.fixture
def shown(qtbot, window: MainWindow) -> MainWindow:
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


def fill(window: MainWindow, *entries: Outcome) -> None:
    for entry in entries:
        window.notices.history.add(entry)


# -- on disk -------------------------------------------------------------------------------------


def test_that_an_entry_comes_back_from_disk_as_it_was(file: HistoryFile) -> None:
    error = StorageError(
        msg("{path} could not be written: {reason}.", path="/p", reason=msg("No room")),
        hint=msg("Free some space."),
    )
    kept = [
        outcome("a", seconds=3.5, accuracy=0.94, kind="train", project="/p", project_name="P"),
        outcome("b", ready=False),
        outcome_of_error(error, None),
    ]
    for each in kept:
        file.append(each)
    assert file.read() == tuple(reversed(kept))


def test_that_the_file_is_bounded(file: HistoryFile) -> None:
    for number in range(LIMIT + 120):
        file.append(outcome(str(number)))
    lines = file.path.read_text(encoding="utf-8").splitlines()
    assert LIMIT <= len(lines) <= LIMIT + 50
    found = file.read()
    assert len(found) == LIMIT
    assert found[0].key == str(LIMIT + 119)


def test_that_lines_nobody_can_read_are_left_out(file: HistoryFile) -> None:
    file.append(outcome("good"))
    later = {**to_json(outcome("later")), "mood": "fine"}
    bad = ["{", "[]", "3", '{"key": "x"}', json.dumps({**later, "state": "odd"}), '{"key": 1, "ki']
    bad.append(json.dumps({**later, "seconds": "many"}))
    with file.path.open("a", encoding="utf-8") as stream:
        stream.write("\n".join([*bad, json.dumps(later)]) + "\n")
    assert [each.key for each in file.read()] == ["later", "good"]


def test_that_there_is_nothing_before_anything_ran(file: HistoryFile) -> None:
    assert file.read() == ()
    file.clear()


def test_that_a_message_of_a_failure_can_be_said_in_another_language(qapp, english: None) -> None:
    failed = outcome("a", state=JobState.FAILED, message=msg("The disk is full: {path}.", path="x"))
    assert result_text(from_json(to_json(failed))) == "Failed · The disk is full: x."


def test_that_earlier_sessions_are_read_once_and_stand_behind_this_one(
    qtbot, runner: JobRunner, file: HistoryFile
) -> None:
    file.append(outcome("old"))
    history = History(runner, file)
    history.add(outcome("new"))
    qtbot.waitUntil(lambda: len(file.read()) == 2)
    history.load()
    qtbot.waitUntil(lambda: len(history.entries) == 2)
    history.load()
    assert [each.key for each in history.entries] == ["new", "old"]
    assert runner.jobs == []


def test_that_clearing_empties_the_file_and_keeps_it_empty(
    qtbot, runner: JobRunner, file: HistoryFile
) -> None:
    file.append(outcome("old"))
    history = History(runner, file)
    history.load()
    history.clear()
    qtbot.waitUntil(lambda: runner.jobs == [])
    assert history.entries == ()
    assert file.read() == ()


def test_that_a_folder_that_cannot_be_written_is_told_once(
    qtbot, runner: JobRunner, tmp_path: Path
) -> None:
    (tmp_path / "kept").write_text("a file where a folder should be", encoding="utf-8")
    history = History(runner, HistoryFile(tmp_path / "kept" / "history.jsonl"))
    told: list[object] = []
    history.failed.connect(told.append)
    history.add(outcome("a"))
    history.add(outcome("b"))
    qtbot.waitUntil(lambda: runner.jobs == [])
    assert len(told) == 1
    assert isinstance(told[0], StorageError)
    assert len(history.entries) == 2


# -- in words ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "result", "headline"),
    [
        (
            {"kind": "train", "accuracy": 0.942},
            "Finished · 94.2 % right",
            "Training finished: 94.2 % right",
        ),
        (
            {"kind": "train", "state": JobState.CANCELLED, "accuracy": 0.5},
            "Stopped · 50.0 % right",
            "Training stopped",
        ),
        ({"ready": True}, "Ready", "Finished – Job a"),
        ({"ready": False}, "Made, but not good enough", "Made, but not good enough – Job a"),
        ({"state": JobState.FAILED, "message": msg("Why.")}, "Failed · Why.", "Failed – Job a"),
        ({"kind": "evaluate"}, "Finished", "Finished – Job a"),
    ],
)
def test_that_a_result_is_told_in_words(
    english: None, facts: dict[str, object], result: str, headline: str
) -> None:
    assert result_text(outcome("a", **facts)) == result
    assert headline_text(outcome("a", **facts)) == headline


def test_that_a_failure_without_a_job_is_called_by_what_went_wrong(english: None) -> None:
    entry = outcome("a", title="", kind=ERROR, state=JobState.FAILED, message=msg("It broke."))
    assert title_text(entry) == "It broke."
    assert "Failed" in brief_text(entry)


def test_that_only_entries_of_other_projects_name_theirs(english: None) -> None:
    entries = [
        outcome(key, project=f"/{key}", project_name=key.title()) for key in ("garden", "harbour")
    ]
    ours, other = (row.brief for row in history_rows(entries, "/garden"))
    assert not ours.endswith("Garden")
    assert other.endswith(" · Harbour")


# -- the panel -----------------------------------------------------------------------------------


def test_that_the_panel_says_when_nothing_has_run(qtbot, shown: MainWindow) -> None:
    shown.actions_by_key["history"].trigger()
    panel = shown.findChild(QWidget, "history_panel")
    assert panel.isVisible()
    assert "Nothing has run yet" in panel.findChild(QLabel, "empty_title").text()
    assert panel.findChild(QToolButton, "history_close").hasFocus()
    assert not panel.findChild(QPushButton, "history_clear").isVisible()


def test_that_the_list_is_newest_first_with_state_and_result(
    qtbot, shown: MainWindow, settings: Settings
) -> None:
    fill(shown, outcome("a", ready=True), outcome("b", state=JobState.FAILED, message=msg("Why.")))
    shown.notices.toggle_history()
    model = shown.findChild(QListView, "history_list").model()
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["Job b", "Job a"]
    assert "Failed · Why." in model.index(0, 0).data(BRIEF_ROLE)
    assert model.index(0, 0).data(MARK_ROLE) == ("error", "danger")
    assert "Ready" in model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    qtbot.waitUntil(lambda: len(HistoryFile(settings.history_file).read()) == 2)


def test_that_enter_goes_to_the_page_of_the_result(
    qtbot, shown: MainWindow, opened: Session
) -> None:
    project = str(opened.project.root)
    fill(shown, outcome("a", kind="train", project=project), outcome("b", project="/elsewhere"))
    shown.notices.toggle_history()
    view, show = (
        shown.findChild(QListView, "history_list"),
        shown.findChild(QPushButton, "history_show"),
    )
    assert view.hasFocus()
    assert not show.isVisible(), "the page shows another project"
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert show.isVisible()
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert shown.current_key == "train"
    assert not shown.notices.panel.isVisible()


def test_that_the_report_of_a_failure_can_be_copied(qtbot, qapp, shown: MainWindow) -> None:
    fill(shown, outcome("a", state=JobState.FAILED, message=msg("Why."), report="EffNet Studio 1"))
    shown.notices.toggle_history()
    copy = shown.findChild(QPushButton, "history_copy")
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert qapp.clipboard().text() == "EffNet Studio 1"
    assert copy.text() == "Copied"
    assert shown.findChild(QLabel, "history_words").text() == "Why."


def test_that_clearing_leaves_an_empty_panel(qtbot, shown: MainWindow) -> None:
    fill(shown, outcome("a"))
    shown.notices.toggle_history()
    clear = shown.findChild(QPushButton, "history_clear")
    qtbot.mouseClick(clear, Qt.MouseButton.LeftButton)
    assert shown.notices.panel.findChild(QLabel, "empty_title").isVisible()
    assert not clear.isVisible()
    qtbot.waitUntil(lambda: shown.session.jobs.jobs == [])


def test_that_escape_closes_the_panel_and_gives_the_focus_back(qtbot, shown: MainWindow) -> None:
    shown.welcome.setFocus()
    shown.notices.toggle_history()
    close = shown.findChild(QToolButton, "history_close")
    qtbot.keyClick(close, Qt.Key.Key_Escape)
    assert not shown.notices.panel.isVisible()
    assert shown.welcome.hasFocus()


def test_that_the_panel_makes_way_for_what_gets_the_focus_below_it(
    qtbot, shown: MainWindow
) -> None:
    fill(shown, outcome("a"))
    shown.notices.toggle_history()
    panel = shown.notices.panel
    covered = QPushButton("covered", panel.parentWidget())
    covered.move(panel.pos())
    beside = QPushButton("beside", panel.parentWidget())
    for button in (beside, covered):
        button.show()
        button.lower()
    beside.setFocus()
    assert panel.isVisible()
    covered.setFocus()
    assert not panel.isVisible()
    assert covered.hasFocus()


def test_that_what_is_chosen_stays_chosen_when_something_ends(qtbot, shown: MainWindow) -> None:
    fill(shown, outcome("a"), outcome("b"))
    shown.notices.toggle_history()
    view = shown.findChild(QListView, "history_list")
    view.setCurrentIndex(view.model().index(1, 0))
    fill(shown, outcome("c"))
    assert view.currentIndex().data() == "Job a"
    qtbot.waitUntil(lambda: shown.session.jobs.jobs == [])


def test_that_the_panel_follows_the_language_and_the_window(qtbot, qapp, shown: MainWindow) -> None:
    fill(shown, outcome("a", kind="train"))
    shown.notices.toggle_history()
    shown.resize(1000, 680)
    panel = shown.notices.panel
    qtbot.waitUntil(lambda: panel.parentWidget().rect().contains(panel.geometry()))
    install_language(qapp, "zh_CN")
    qapp.processEvents()
    view = shown.findChild(QListView, "history_list")
    assert view.model().index(0, 0).data() == "训练"
