"""What is told after a crash, in a real window; crashes themselves are in test_recovery."""

from __future__ import annotations

import faulthandler
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from effnet_studio.gui.i18n import install_language
from effnet_studio.gui.lifecycle.recovery import Recovery
from effnet_studio.gui.lifecycle.session_record import SessionFile, SessionRecord
from effnet_studio.gui.lifecycle.termination import Termination

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.events import OnEvent
    from effnet_studio.gui.main_window import MainWindow


def endless(*, on_event: OnEvent, cancel: CancelToken) -> None:
    while True:
        cancel.check()


@pytest.fixture
def begin(window: MainWindow, tmp_path: Path) -> Iterator[Callable[..., Recovery]]:
    """Starts the window's record beside one that was left behind."""
    was, made = faulthandler.is_enabled(), []

    def make(record: SessionRecord | None, fault: str = "") -> Recovery:
        if record is not None:
            left = tmp_path / "sessions" / "left"
            left.mkdir(parents=True)
            (left / "session.json").write_text(json.dumps(asdict(record)), encoding="utf-8")
            (left / "fault.log").write_text(fault, encoding="utf-8")
        banner = window.recovery_banner
        recovery = Recovery(window.session, SessionFile(tmp_path), banner, window)
        made.append(recovery)
        recovery.begin()
        return recovery

    yield make
    for recovery in made:
        recovery.end()
    assert not list((tmp_path / "sessions").iterdir())
    if was:
        faulthandler.enable()


def texts(window: MainWindow) -> tuple[str, str]:
    banner = window.recovery_banner
    message, hint = (banner.findChild(QLabel, f"banner_{part}") for part in ("message", "hint"))
    return message.text(), hint.text()


def test_that_nothing_is_told_after_a_good_end_or_of_a_window_that_did_nothing(
    window: MainWindow, begin, tmp_path: Path
) -> None:
    begin(SessionRecord())
    assert window.recovery_banner.isHidden()


def test_that_the_step_is_told_and_the_report_copied(
    qtbot: QtBot, qapp: QApplication, window: MainWindow, begin, trained: Path
) -> None:
    (run,) = (trained / "runs").iterdir()
    (run / "result.json").unlink(missing_ok=True)
    (run / "last").mkdir(exist_ok=True)
    state = {"state": {"epoch": 2, "part": {"steps": 120}}}
    (run / "last" / "state.json").write_text(json.dumps(state), encoding="utf-8")
    record = SessionRecord(str(trained), jobs=(("train", "Training"),), run=run.name)
    with qtbot.waitSignal(window.session.project_changed, timeout=20_000):
        begin(record, "Fatal Python error: Segmentation fault")
    qtbot.waitUntil(lambda: not window.recovery_banner.isHidden())
    message, hint = texts(window)
    assert message == "The app ended unexpectedly while training."
    assert "everything up to epoch 3 of" in hint
    assert "step 120, is saved" in hint
    window.recovery_banner.copy_report.click()
    copied = qapp.clipboard().text()
    assert "Segmentation fault" in copied
    assert "EffNet Studio" in copied
    install_language(qapp, "zh_CN")
    qapp.processEvents()
    install_language(qapp, "en")
    qapp.processEvents()
    assert texts(window) == (message, hint)
    window.recovery_banner.later.click()
    assert window.recovery_banner.isHidden()


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("export", ("while exporting", "start the export again")),
        ("import", ("while reading images", "import the folder again")),
        ("train", ("while training", "only just begun")),
        ("evaluate", ("during: Work", "can be started again")),
        (None, ("ended unexpectedly.", "every change is saved")),
    ],
)
def test_that_each_work_is_told_of_in_its_words(  # noqa: PLR0917
    qtbot: QtBot, window: MainWindow, begin, trained: Path, kind: str | None, words
) -> None:
    jobs = ((kind, "Work"),) if kind is not None else ()
    with qtbot.waitSignal(window.session.project_changed, timeout=20_000):
        begin(SessionRecord(str(trained), jobs=jobs))
    message, hint = texts(window)
    assert words[0] in message
    assert words[1] in hint
    assert window.recovery_banner.go_on.isHidden()
    assert window.recovery_banner.copy_report.isHidden()
    assert window.recovery_banner.later.text() == "OK"


@pytest.mark.parametrize("recovering", [False, True])
def test_that_a_project_that_is_gone_is_only_told_of(
    qtbot: QtBot, window: MainWindow, begin, tmp_path: Path, *, recovering: bool
) -> None:
    jobs = (("train", "Training"),)
    begin(SessionRecord(str(tmp_path / "gone.effnet"), jobs=jobs, recovering=recovering))
    qtbot.waitUntil(lambda: not window.recovery_banner.isHidden())
    assert texts(window)[1] == "Your project is as it was; that work can be started again."
    assert window.errors.error is None
    assert window.session.project is None
    assert window.recovery_banner.go_on.isHidden()


def test_that_opening_something_else_ends_the_matter(
    qtbot: QtBot, window: MainWindow, begin, trained: Path, tmp_path: Path
) -> None:
    with qtbot.waitSignal(window.session.project_changed, timeout=20_000):
        begin(SessionRecord(str(trained)))
    assert not window.recovery_banner.isHidden()
    with qtbot.waitSignal(window.session.project_changed, timeout=20_000):
        window.session.create_project(tmp_path / "other.effnet", "Other")
    assert window.recovery_banner.isHidden()


def test_that_whoever_trains_again_unasked_is_asked_no_more(
    qtbot: QtBot, window: MainWindow, begin, trained: Path
) -> None:
    with qtbot.waitSignal(window.session.project_changed, timeout=20_000):
        begin(SessionRecord(str(trained), jobs=(("train", "Training"),), run="gone"))
    assert not window.recovery_banner.isHidden()
    session = window.session
    session.training_job = session.jobs.start(endless, title="", kind="train", heavy=False)
    session.runs_changed.emit(session.runs)
    assert window.recovery_banner.isHidden()
    session.training_job.cancel()
    qtbot.waitUntil(lambda: not session.jobs.jobs)
    session.training_job = None


def test_that_the_record_follows_project_and_jobs(
    qtbot: QtBot, window: MainWindow, begin, trained: Path, tmp_path: Path
) -> None:
    begin(None)

    def written() -> dict[str, object]:
        (file,) = (tmp_path / "sessions").glob("*/session.json")
        return json.loads(file.read_text(encoding="utf-8"))

    assert written()["project"] == ""
    with qtbot.waitSignal(window.session.opening_started):
        window.session.open_project(trained)
    assert written()["opening"] == str(trained)
    qtbot.waitUntil(lambda: window.session.project is not None, timeout=20_000)
    qtbot.waitUntil(lambda: written()["opening"] == "")
    assert written()["project"] == str(trained)
    job = window.session.jobs.start(endless, title="Exporting", kind="export", heavy=False)
    assert written()["jobs"] == [["export", "Exporting"]]
    job.cancel()
    qtbot.waitUntil(lambda: written()["jobs"] == [])


def test_that_a_record_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    file = SessionFile(blocked)
    assert file.begin() is None
    file.note(project="x")
    file.end()


def test_that_a_damaged_record_does_no_harm(window: MainWindow, tmp_path: Path) -> None:
    left = tmp_path / "sessions" / "left"
    left.mkdir(parents=True)
    (left / "session.json").write_text("{", encoding="utf-8")
    file = SessionFile(tmp_path)
    found = file.begin()
    file.end()
    assert found is not None
    assert found.says_nothing


def test_that_logging_out_waits_for_a_training_to_be_saved(
    qtbot: QtBot, qapp: QApplication, window: MainWindow
) -> None:
    window.show()
    termination = Termination(qapp)
    termination.asked.connect(window.closing.close_unasked)
    termination.install()
    try:
        job = window.session.jobs.start(endless, title="Training", kind="train", heavy=False)
        termination._on_log_out(None)
    finally:
        termination.remove()
    assert job._token.suspended
    assert not window.isVisible()
