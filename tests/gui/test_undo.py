"""Undo and redo: whatever was done last in this project."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from effnet_studio.engine.data import edits
from effnet_studio.engine.export.trash import trashed_exports
from effnet_studio.engine.messages import msg
from effnet_studio.engine.predict.reject_option import read_reject_option
from effnet_studio.engine.training.run_notes import read_notes
from effnet_studio.gui.export_keeper import ExportKeeper
from effnet_studio.gui.i18n import install_language, translate_message
from effnet_studio.gui.main_window import MainWindow
from effnet_studio.gui.models.commands import plain
from effnet_studio.gui.reject_keeper import _keep, _put_back
from effnet_studio.gui.session import Session
from effnet_studio.gui.undo.changes import DeleteExport, RestoreExports

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def undo(qtbot: QtBot, opened: Session) -> Callable[[], None]:
    """Undoes, and waits until that has happened."""

    def act() -> None:
        opened.undo.undo()
        qtbot.waitUntil(lambda: not opened.jobs.jobs, timeout=20_000)

    return act


@pytest.fixture
def redo(qtbot: QtBot, opened: Session) -> Callable[[], None]:
    """Does again, and waits until that has happened."""

    def act() -> None:
        opened.undo.redo()
        qtbot.waitUntil(lambda: not opened.jobs.jobs, timeout=20_000)

    return act


def settle(qtbot: QtBot, session: Session) -> None:
    qtbot.waitUntil(lambda: not session.jobs.jobs, timeout=20_000)


def label_of(session: Session, number: int) -> str:
    dataset = session.dataset
    assert dataset is not None
    sample = next(sample for sample in dataset.samples if sample.id == number)
    return dataset.classes[sample.label]


def test_that_steps_of_every_kind_are_undone_in_their_order(
    qtbot: QtBot, opened: Session, undo, redo
) -> None:
    run = opened.runs[0]
    first = opened.dataset.samples[0]
    was = label_of(opened, first.id)
    other = next(name for name in opened.dataset.classes if name != was)
    opened.keeper.rename(run.run_id, "Best so far")
    settle(qtbot, opened)
    opened.editor.relabel([first.id], other)
    settle(qtbot, opened)
    opened.keeper.describe(run.run_id, "Better", "colder")
    settle(qtbot, opened)
    opened.keeper.delete(run.run_id)
    settle(qtbot, opened)
    assert opened.runs == ()
    assert str(opened.undo.last.text) == "Run deleted"
    undo()
    assert [each.run_id for each in opened.runs] == [run.run_id]
    undo()
    assert (read_notes(run.run_dir).name, read_notes(run.run_dir).note) == ("Best so far", "")
    assert label_of(opened, first.id) == other
    undo()
    assert label_of(opened, first.id) == was
    undo()
    assert read_notes(run.run_dir).name == ""
    assert opened.undo.last is None
    for _ in range(4):
        redo()
    assert opened.runs == ()
    assert label_of(opened, first.id) == other
    assert opened.undo.next is None


def test_that_something_new_ends_what_could_be_done_again(
    qtbot: QtBot, opened: Session, undo
) -> None:
    run_id = opened.runs[0].run_id
    opened.editor.add_class("wasp")
    settle(qtbot, opened)
    undo()
    assert opened.images.edits[-1].undone
    opened.keeper.rename(run_id, "New")
    settle(qtbot, opened)
    assert opened.undo.next is None


def test_that_many_undos_at_once_are_all_carried_out(qtbot: QtBot, opened: Session) -> None:
    for name in ("a", "b", "c"):
        opened.editor.add_class(name)
    settle(qtbot, opened)
    for _ in range(3):
        opened.undo.undo()
    settle(qtbot, opened)
    assert all(edit.undone for edit in opened.images.edits)
    assert opened.undo.last is None
    for _ in range(3):
        opened.undo.redo()
    settle(qtbot, opened)
    assert not any(edit.undone for edit in opened.images.edits)


def test_that_edits_of_an_earlier_day_can_still_be_undone(
    qtbot: QtBot, session: Session, trained: Path
) -> None:
    from effnet_studio.engine.project import Project

    with Project.open(trained) as project:
        edits.add_class(project, "wasp")
        edits.add_class(project, "fly")
        edits.undo(project)
    with qtbot.waitSignal(session.project_changed, timeout=20_000):
        session.open_project(trained)
    assert "wasp" in str(session.undo.last.text)
    assert "fly" in str(session.undo.next.text)
    session.undo.undo()
    settle(qtbot, session)
    assert all(edit.undone for edit in session.images.edits)


def test_that_the_log_of_the_data_page_and_the_window_agree(
    qtbot: QtBot, opened: Session, undo, redo
) -> None:
    run_id = opened.runs[0].run_id
    opened.editor.add_class("wasp")
    settle(qtbot, opened)
    opened.editor.undo()  # the last step of the window too
    settle(qtbot, opened)
    assert opened.undo.last is None
    redo()
    assert not opened.images.edits[-1].undone
    opened.keeper.rename(run_id, "New")
    settle(qtbot, opened)
    opened.editor.undo()  # not the window's last step
    settle(qtbot, opened)
    assert str(opened.undo.last.text) == "Run renamed"
    undo()
    assert read_notes(opened.runs[0].run_dir).name == ""
    assert opened.undo.last is None


def test_that_an_edit_that_fails_can_be_undone_later_instead(
    qtbot: QtBot, opened: Session, trained: Path, undo
) -> None:
    opened.editor.add_class("wasp")
    settle(qtbot, opened)
    database = trained / "dataset.sqlite"
    broken = database.with_suffix(".away")
    database.rename(broken)
    database.mkdir()
    with qtbot.waitSignal(opened.error_raised, timeout=20_000):
        opened.undo.undo()
    settle(qtbot, opened)
    database.rmdir()
    broken.rename(database)
    assert opened.undo.last is not None
    undo()
    assert opened.images.edits[-1].undone


def test_that_a_change_that_fails_can_be_undone_later_instead(
    qtbot: QtBot, opened: Session, trained: Path, undo, redo
) -> None:
    run_id = opened.runs[0].run_id
    opened.keeper.rename(run_id, "New")
    opened.keeper.delete(run_id)
    settle(qtbot, opened)
    (gone,) = (path for path in trained.rglob(f"{run_id}*") if path.is_dir())
    away = gone.rename(trained / "away")
    with qtbot.waitSignal(opened.error_raised, timeout=20_000):
        opened.undo.undo()
    settle(qtbot, opened)
    assert str(opened.undo.last.text) == "Run deleted"
    assert opened.undo.next is None
    away.rename(gone)
    undo()
    assert [run.run_id for run in opened.runs] == [run_id]
    away = opened.runs[0].run_dir.rename(trained / "away")
    with qtbot.waitSignal(opened.error_raised, timeout=20_000):
        opened.undo.redo()
    settle(qtbot, opened)
    assert str(opened.undo.next.text) == "Run deleted"
    away.rename(trained / "runs" / run_id)
    redo()
    assert opened.runs == ()


def test_that_a_run_deleted_for_good_is_out_of_reach(qtbot: QtBot, opened: Session) -> None:
    run_id = opened.runs[0].run_id
    opened.keeper.rename(run_id, "New")
    opened.keeper.delete(run_id)
    settle(qtbot, opened)
    opened.keeper.delete_for_good(run_id)
    settle(qtbot, opened)
    assert opened.undo.last is None


def test_that_putting_back_what_was_just_deleted_is_its_undo(qtbot: QtBot, opened: Session) -> None:
    run_id = opened.runs[0].run_id
    opened.keeper.delete(run_id)
    settle(qtbot, opened)
    opened.keeper.restore(run_id)
    settle(qtbot, opened)
    assert opened.undo.last is None
    assert str(opened.undo.next.text) == "Run deleted"


def test_that_one_export_of_two_in_the_trash_comes_back(
    qtbot: QtBot, opened: Session, trained: Path, undo, redo
) -> None:
    keeper = ExportKeeper(opened, opened)
    files = []
    for name in ("one", "two"):
        folder = trained / "exports" / name
        folder.mkdir(parents=True)
        files.append(folder / "model.onnx")
        files[-1].write_bytes(b"x")
        keeper._queue.carry_out(DeleteExport(files[-1]))
        settle(qtbot, opened)
    undo()
    assert files[1].exists()
    assert not files[0].exists()
    redo()
    keeper._queue.carry_out(RestoreExports())
    settle(qtbot, opened)
    assert all(file.exists() for file in files)
    undo()
    assert len(trashed_exports(opened.project)) == 2
    keeper.empty_trash()
    settle(qtbot, opened)
    assert opened.undo.last is None


def test_that_closing_the_project_forgets_its_steps(qtbot: QtBot, opened: Session) -> None:
    opened.editor.add_class("wasp")
    settle(qtbot, opened)
    opened.close_project()
    assert opened.undo.last is None


def test_that_the_menu_says_what_would_be_undone(
    qtbot: QtBot, qapp: QApplication, opened: Session, window: MainWindow
) -> None:
    action = window.actions_by_key["undo"]
    assert not action.isEnabled()
    assert plain(action.text()) == "Undo"
    opened.keeper.rename(opened.runs[0].run_id, "New")
    settle(qtbot, opened)
    assert action.isEnabled()
    assert plain(action.text()) == "Undo: Run renamed"
    install_language(qapp, "zh_CN")
    qapp.processEvents()
    assert translate_message(msg("Run renamed")) in action.text()
    install_language(qapp, "en")
    qapp.processEvents()
    action.trigger()
    settle(qtbot, opened)
    assert plain(window.actions_by_key["redo"].text()) == "Redo: Run renamed"


def test_that_a_text_field_keeps_its_own_undo(
    qtbot: QtBot, opened: Session, window: MainWindow
) -> None:
    window.show()
    qtbot.waitExposed(window)
    opened.editor.add_class("wasp")
    settle(qtbot, opened)
    field = QLineEdit(window.page("data"))
    field.show()
    window.activateWindow()
    field.setFocus()
    qtbot.keyClicks(field, "abc")
    qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, opened)
    assert field.text() == ""
    assert not opened.images.edits[-1].undone
    window.page("data").setFocus()
    qtbot.keyClick(window.page("data"), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, opened)
    assert opened.images.edits[-1].undone
    window.close()


def test_that_a_threshold_is_put_back(opened: Session) -> None:
    run_dir = opened.runs[0].run_dir
    before = read_reject_option(run_dir)
    _, kept = _keep(run_dir, None)
    assert kept == before
    _put_back(run_dir, before)
    assert read_reject_option(run_dir) == before
