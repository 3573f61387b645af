"""Who is told how a job ended: the page, a notice, the system, a screen reader."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QSystemTrayIcon, QToolButton

from effnet_studio.engine.errors import ProjectError, TrainingError
from effnet_studio.engine.messages import msg
from effnet_studio.gui.i18n import install_language
from effnet_studio.gui.jobs import Job, JobState
from effnet_studio.gui.main_window import MainWindow
from effnet_studio.gui.session import Session
from effnet_studio.gui.settings import Settings
from effnet_studio.gui.undo.history import Reversible
from tests.gui.announcements import Listener


@dataclass(frozen=True)
class Trained:
    """What a training gives, as far as it matters here."""

    accuracy: float
    stopped: bool = False


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(window.notices, "_clock", clock)
    return clock


@pytest.fixture
def notified(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What the system would show; the window is never active."""
    shown: list[tuple[str, str]] = []
    monkeypatch.setattr(
        window.notices.notifier, "notify", lambda title, text="": shown.append((title, text))
    )
    monkeypatch.setattr(MainWindow, "isActiveWindow", lambda _self: False)
    return shown


def run(
    qtbot: Any,
    window: MainWindow,
    clock: Clock,
    *,
    seconds: float,
    kind: str = "train",
    title: str = "Training",
    result: object = None,
    error: Exception | None = None,
) -> Job:
    """Let a real job run that takes so long by the clock."""
    go = threading.Event()

    def work() -> object:
        go.wait(20)
        if error is not None:
            raise error
        return result

    job = window.session.jobs.start(work, title=title, kind=kind, with_events=False)
    clock.now += seconds
    with qtbot.waitSignal(job.finished):
        go.set()
    qtbot.waitUntil(lambda: window.session.jobs.jobs == [])
    return job


def titles(window: MainWindow) -> list[str]:
    return [toast.spec.title for toast in window.notices.toasts.toasts]


def test_that_a_training_that_ends_elsewhere_is_told_with_its_result_and_leads_there(
    qtbot, window: MainWindow, opened: Session, clock: Clock
) -> None:
    window.show_page("data")
    run(qtbot, window, clock, seconds=190, result=Trained(0.942))
    assert titles(window) == ["Training finished: 94.2 % right"]
    toast = window.notices.toasts.toasts[0]
    assert toast.findChild(QLabel, "toast_text").text() == "It took 3 min 10 s."
    qtbot.mouseClick(toast.findChild(QPushButton, "toast_action"), Qt.MouseButton.LeftButton)
    assert window.current_key == "train"
    assert titles(window) == []


def test_that_nothing_pops_up_where_the_result_is_shown(
    qtbot, window: MainWindow, opened: Session, clock: Clock, heard: Listener
) -> None:
    window.show_page("train")
    run(qtbot, window, clock, seconds=190, result=Trained(0.942))
    assert titles(window) == []
    assert heard.said == ["Training finished: 94.2 % right"], "those who cannot see it hear it"


def test_that_short_jobs_and_stopped_ones_make_no_fuss_but_are_in_the_history(
    qtbot, window: MainWindow, opened: Session, clock: Clock
) -> None:
    before = len(window.notices.history.entries)
    window.show_page("data")
    run(qtbot, window, clock, seconds=1, kind="export", title="Export")
    run(qtbot, window, clock, seconds=60, result=Trained(0.5, stopped=True))
    run(qtbot, window, clock, seconds=60, kind="quiet")
    assert titles(window) == []
    kept = window.notices.history.entries
    assert [entry.state for entry in kept[: len(kept) - before]] == [
        JobState.CANCELLED,
        JobState.SUCCEEDED,
    ]
    assert kept[0].accuracy == 0.5


def test_that_a_failure_is_told_by_the_panel_or_by_a_notice_and_not_by_both(
    qtbot, window: MainWindow, opened: Session, clock: Clock
) -> None:
    window.show_page("data")
    before = len(window.notices.history.entries)
    run(qtbot, window, clock, seconds=9, kind="export", title="Export", error=ProjectError("No."))
    assert titles(window) == ["Failed – Export"]
    window.notices.toasts.clear()
    error = TrainingError("It went astray.")
    go = threading.Event()

    def work() -> None:
        go.wait(20)
        raise error

    job = window.session.jobs.start(work, title="Training", kind="train", with_events=False)
    job.failed.connect(window.session.error_raised)
    go.set()
    qtbot.waitUntil(lambda: window.session.jobs.jobs == [])
    assert window.errors.error is error
    assert titles(window) == []
    new = len(window.notices.history.entries) - before
    assert new == 2, "the failed training stands in the history once"


def test_that_failures_of_no_job_are_in_the_history_too(qtbot, window: MainWindow) -> None:
    window.errors.show_error(ProjectError("It is broken.", hint="Mend it."))
    entry = window.notices.history.entries[0]
    assert (entry.kind, str(entry.message), str(entry.hint)) == (
        "error",
        "It is broken.",
        "Mend it.",
    )
    assert "It is broken." in entry.report
    qtbot.waitUntil(lambda: window.session.jobs.jobs == [])


def test_that_the_system_tells_of_the_end_of_a_long_job_with_its_result(
    qtbot, window: MainWindow, opened: Session, clock: Clock, notified: list[tuple[str, str]]
) -> None:
    run(qtbot, window, clock, seconds=19, result=Trained(0.9))
    assert notified == []
    run(qtbot, window, clock, seconds=190, result=Trained(0.942))
    run(qtbot, window, clock, seconds=21, kind="export", title="Export", error=ProjectError("No."))
    assert notified == [
        ("Training finished: 94.2 % right", "It took 3 min 10 s.\nColours"),
        ("Failed – Export", "No.\nColours"),
    ]


def test_that_the_system_is_not_asked_where_that_is_not_wanted(
    qtbot,
    window: MainWindow,
    clock: Clock,
    notified: list[tuple[str, str]],
    settings: Settings,
) -> None:
    assert settings.notify
    settings.set_value("notify", False)
    run(qtbot, window, clock, seconds=190, result=Trained(0.942))
    assert notified == []
    settings.wait_until_written()
    assert not Settings(settings._store.file).notify, "the choice is kept"


def test_that_the_system_is_not_asked_while_the_window_is_looked_at(
    qtbot,
    window: MainWindow,
    clock: Clock,
    notified: list[tuple[str, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(MainWindow, "isActiveWindow", lambda _self: True)
    run(qtbot, window, clock, seconds=190, result=Trained(0.942))
    assert notified == []


@pytest.mark.qt_log_ignore("does not support raise", extend=True)
def test_that_a_click_on_the_notification_brings_the_window_back(qtbot, window: MainWindow) -> None:
    window.showMinimized()
    window.notices.notifier.clicked.emit()
    assert not window.isMinimized()
    assert window.isVisible()


def test_that_no_notification_service_is_no_trouble(
    qtbot, window: MainWindow, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/at/all")
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    window.notices.notifier.notify("Training finished", "Colours")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "")
    window.notices.notifier.notify("Training finished", "Colours")
    QApplication.processEvents()
    assert capfd.readouterr() == ("", "")


@pytest.mark.qt_log_ignore("does not support raise", "systemTrayWindowChanged", extend=True)
def test_that_without_a_bus_the_tray_tells_and_its_icon_goes_with_the_click(
    qtbot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "")
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    # The offscreen screen has no tray to see it in.
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    notifier = window.notices.notifier
    notifier.notify("Training finished", "Colours")
    tray = notifier.findChild(QSystemTrayIcon)
    assert tray.isVisible()
    assert not tray.icon().isNull()
    with qtbot.waitSignal(notifier.clicked):
        tray.messageClicked.emit()
    assert not tray.isVisible()
    notifier.notify("Export finished")
    assert notifier.findChildren(QSystemTrayIcon) == [tray]
    tray.hide()


def test_that_one_key_leads_to_the_latest_notice_the_failures_or_the_history(
    qtbot, window: MainWindow
) -> None:
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    latest = window.actions_by_key["notice"]
    latest.trigger()
    assert window.notices.panel.isVisible()
    window.notices.toggle_history()
    window.errors.show_error(ProjectError("It is broken."))
    latest.trigger()
    assert window.errors.findChild(QPushButton, "error_copy").hasFocus()
    window.notices.tell("Saved")
    latest.trigger()
    toast = window.notices.toasts.toasts[0]
    assert toast.findChild(QToolButton, "toast_close").hasFocus()
    qtbot.waitUntil(lambda: window.session.jobs.jobs == [])


def test_that_undo_and_redo_are_confirmed_in_one_notice(
    qtbot, window: MainWindow, opened: Session
) -> None:
    done: list[str] = []
    step = Reversible(msg("Run renamed"), lambda: done.append("b"), lambda: done.append("f"))
    opened.undo.take(step)
    window.actions_by_key["undo"].trigger()
    assert titles(window) == ["Undone: Run renamed"]
    window.actions_by_key["redo"].trigger()
    assert titles(window) == ["Done again: Run renamed"]
    assert done == ["b", "f"]


def test_that_notices_keep_clear_of_the_open_history(qtbot, window: MainWindow) -> None:
    with qtbot.waitExposed(window):
        window.show()
    window.notices.tell("Saved")
    window.notices.toggle_history()
    toasts, panel = window.notices.toasts, window.notices.panel
    assert not toasts.geometry().intersects(panel.geometry())
    window.notices.toggle_history()
    assert toasts.geometry().right() > toasts.parentWidget().width() - 24
    qtbot.waitUntil(lambda: window.session.jobs.jobs == [])


def test_that_the_job_bar_leads_to_the_history(qtbot, window: MainWindow) -> None:
    with qtbot.waitExposed(window):
        window.show()
    go = threading.Event()
    window.session.jobs.start(go.wait, 20, title="Work", kind="evaluate", with_events=False)
    button = window.job_bar.findChild(QToolButton, "job_history")
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.notices.panel.isVisible()
    go.set()
    qtbot.waitUntil(lambda: window.session.jobs.jobs == [])
    assert window.notices.history.entries[0].title == "Work"


def test_that_a_notice_is_said_anew_in_another_language(
    qtbot, qapp, window: MainWindow, opened: Session, clock: Clock
) -> None:
    window.show_page("data")
    run(qtbot, window, clock, seconds=190, result=Trained(0.942))
    install_language(qapp, "zh_CN")
    qapp.processEvents()
    assert titles(window) != ["Training finished: 94.2 % right"]
