"""What was typed or chosen and not carried out is there again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QPushButton

from effnet_studio.gui.dialogs.run_note import RunNoteDialog
from effnet_studio.gui.lifecycle.drafts import Drafts
from effnet_studio.gui.pages.train import TrainPage
from effnet_studio.gui.session import Session

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from effnet_studio.gui.theme import ThemeManager


def reopened(qtbot: QtBot, session: Session, project: Path) -> Session:
    """Another session, as after a crash, with the project open."""
    session.project.close()
    other = Session(session.jobs, session)
    with qtbot.waitSignal(other.project_changed, timeout=20_000):
        other.open_project(project)
    return other


def note_dialog(qtbot: QtBot, session: Session) -> RunNoteDialog:
    dialog = RunNoteDialog(session, session.runs[0])
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_that_a_note_survives_a_dialog_closed_by_accident_and_a_crash(
    qtbot: QtBot, opened: Session, trained: Path
) -> None:
    dialog = note_dialog(qtbot, opened)
    dialog.findChild(QPlainTextEdit, "run_note_text").setPlainText("half a thou")
    timer = opened.drafts._timer
    qtbot.waitUntil(lambda: not timer.isActive())
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    again = note_dialog(qtbot, opened)
    assert again.findChild(QPlainTextEdit, "run_note_text").toPlainText() == "half a thou"
    assert again.findChild(QLabel, "run_note_notice").isVisible()
    again.close()
    other = reopened(qtbot, opened, trained)
    third = note_dialog(qtbot, other)
    assert third.findChild(QPlainTextEdit, "run_note_text").toPlainText() == "half a thou"
    third.findChild(QPushButton, "run_note_discard").click()
    assert third.findChild(QPlainTextEdit, "run_note_text").toPlainText() == ""
    assert other.drafts.get(f"note/{other.runs[0].run_id}") is None
    third.close()
    other.close_project()


def test_that_saving_or_cancelling_ends_a_draft(qtbot: QtBot, opened: Session) -> None:
    name = f"note/{opened.runs[0].run_id}"
    for button in ("run_note_cancel", "run_note_save"):
        dialog = note_dialog(qtbot, opened)
        assert dialog.findChild(QLabel, "run_note_notice").isHidden()
        dialog.findChild(QLineEdit, "run_note_name").setText("A name")
        assert opened.drafts.get(name) == {"name": "A name", "note": ""}
        dialog.findChild(QPushButton, button).click()
        assert opened.drafts.get(name) is None
    qtbot.waitUntil(lambda: not opened.jobs.jobs)
    opened.close_project()


def test_that_training_settings_not_started_come_back(
    qtbot: QtBot, opened: Session, trained: Path, theme: ThemeManager
) -> None:
    page = TrainPage(opened, theme)
    qtbot.addWidget(page)
    page.setup.choose_model("mobilenet_v3_small")
    page.setup.form.editor("epochs").setValue(77)
    opened.drafts.flush()
    other = reopened(qtbot, opened, trained)
    again = TrainPage(other, theme)
    qtbot.addWidget(again)
    config = again.setup.config()
    assert (config.model, config.epochs) == ("mobilenet_v3_small", 77)
    other.close_project()


def test_that_another_project_has_settings_of_its_own(
    qtbot: QtBot, opened: Session, trained: Path, tmp_path: Path, theme: ThemeManager
) -> None:
    page = TrainPage(opened, theme)
    qtbot.addWidget(page)
    usual = page.setup.config()
    page.setup.form.editor("epochs").setValue(77)
    with qtbot.waitSignal(opened.project_changed, timeout=20_000):
        opened.create_project(tmp_path / "other.effnet", "Other")
    assert page.setup.config() == usual
    with qtbot.waitSignal(opened.project_changed, timeout=20_000):
        opened.open_project(trained)
    assert page.setup.config().epochs == 77
    opened.close_project()


def test_that_damaged_drafts_and_an_unwritable_folder_do_no_harm(
    qtbot: QtBot, opened: Session, trained: Path, isolated_home: Path
) -> None:
    opened.drafts.put("train", {"model": "no such", "epochs": "many"})
    opened.drafts.flush()
    (file,) = (isolated_home / "data" / "drafts").iterdir()
    file.write_text("{", encoding="utf-8")
    other = reopened(qtbot, opened, trained)
    assert other.drafts.get("train") is None
    other.close_project()
    blocked = Drafts(other, file / "below_a_file")
    with qtbot.waitSignal(other.project_changed, timeout=20_000):
        other.open_project(trained)
    blocked.put("train", {"epochs": 3})
    blocked.flush()
    assert blocked.get("train") == {"epochs": 3}
    other.close_project()
