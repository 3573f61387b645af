"""Closing while something runs: asked once, told what becomes of it, and nothing lost by haste."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.events import OnEvent, RunStarted
from effnet_studio.gui.i18n import install_language
from effnet_studio.gui.lifecycle.closing_words import _FATES

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from effnet_studio.gui.jobs import Job
    from effnet_studio.gui.main_window import MainWindow
    from effnet_studio.gui.session import Session

STARTED = RunStarted("r", Path("r"), "resnet18", 5, 4, 0, 9, 9)


def endless(*, on_event: OnEvent, cancel: CancelToken) -> None:
    while True:
        cancel.check()


@pytest.fixture
def shown(qtbot: QtBot, opened: Session, window: MainWindow) -> MainWindow:
    window.show()
    return window


def start(window: MainWindow, kind: str, title: str = "Work") -> Job:
    return window.session.jobs.start(endless, title=title, kind=kind, heavy=False)


def text(window: MainWindow, part: str) -> str:
    return window.closing.banner.findChild(QLabel, f"banner_{part}").text()


def button(window: MainWindow, name: str) -> QPushButton:
    return window.closing.banner.findChild(QPushButton, name)


def end(qtbot: QtBot, window: MainWindow) -> None:
    for job in window.session.jobs.jobs:
        job.cancel()
    qtbot.waitUntil(lambda: not window.session.jobs.jobs)
    window.close()


def test_that_closing_twice_stops_a_training_in_good_order(qtbot: QtBot, shown: MainWindow) -> None:
    job = start(shown, "train")
    shown.session.training_events = [STARTED]
    assert not shown.close()
    assert "you can go on from there" in text(shown, "hint")
    assert button(shown, "close_not").isVisible()
    assert not job.cancelling
    assert not shown.close()
    assert job.cancelling
    assert job._token.suspended
    qtbot.waitUntil(lambda: not shown.isVisible())


@pytest.mark.parametrize("kind", ["export", "predict", "train"])
def test_that_closing_twice_keeps_running_what_would_be_lost(
    qtbot: QtBot, shown: MainWindow, kind: str
) -> None:
    job = start(shown, kind)  # the training has not begun
    for _ in range(3):
        assert not shown.close()
    assert not job.cancelling
    assert shown.focusWidget() is button(shown, "close_not")
    qtbot.mouseClick(button(shown, "close_now"), Qt.MouseButton.LeftButton)
    assert job.cancelling
    qtbot.waitUntil(lambda: not shown.isVisible())


@pytest.mark.parametrize("kind", sorted(_FATES))
def test_that_every_kind_of_job_has_its_own_words(
    qtbot: QtBot, shown: MainWindow, kind: str
) -> None:
    start(shown, kind)
    shown.close()
    assert text(shown, "hint") == _FATES[kind]
    end(qtbot, shown)


def test_that_several_jobs_are_told_of_one_by_one(qtbot: QtBot, shown: MainWindow) -> None:
    start(shown, "export", "Exporting")
    start(shown, "evaluate", "Checking")
    shown.close()
    assert text(shown, "message") == "2 jobs are still running. Close anyway?"
    first, second = text(shown, "hint").splitlines()
    assert first.startswith("The export is thrown away")
    assert second == "Checking: What it has found so far is not kept."
    end(qtbot, shown)


def test_that_the_question_names_the_only_job(qtbot: QtBot, shown: MainWindow) -> None:
    start(shown, "train", "Training")
    shown.close()
    assert text(shown, "message") == "Training is still running. Close anyway?"
    end(qtbot, shown)


def test_that_closing_the_project_asks_for_the_project_alone(
    qtbot: QtBot, shown: MainWindow
) -> None:
    start(shown, "export")
    shown.actions_by_key["close"].trigger()
    assert button(shown, "close_now").text() == "Stop and close the project"
    button(shown, "close_now").click()
    qtbot.waitUntil(lambda: shown.session.project is None)
    assert shown.isVisible()
    assert shown.closing.banner.isHidden()
    end(qtbot, shown)


def test_that_a_download_does_not_keep_a_project_open(qtbot: QtBot, shown: MainWindow) -> None:
    job = start(shown, "weights_download")
    shown.actions_by_key["close"].trigger()
    assert shown.session.project is None
    assert not job.cancelling
    end(qtbot, shown)


def test_that_the_question_goes_away_when_the_work_is_done(qtbot: QtBot, shown: MainWindow) -> None:
    job = start(shown, "export")
    shown.close()
    job.cancel()
    qtbot.waitUntil(shown.closing.banner.isHidden)
    assert shown.isVisible()  # nobody said that it is to be closed
    shown.close()


def test_that_the_system_is_not_asked_back(qtbot: QtBot, shown: MainWindow) -> None:
    job = start(shown, "export")
    shown.closing.close_unasked()
    assert job.cancelling
    assert not button(shown, "close_not").isEnabled()
    qtbot.waitUntil(lambda: not shown.isVisible())


def test_that_the_question_follows_the_language(qtbot: QtBot, qapp, shown: MainWindow) -> None:
    start(shown, "export")
    shown.close()
    install_language(qapp, "zh_CN")
    qapp.processEvents()
    assert button(shown, "close_now").text() == shown.closing.tr("Stop and close")
    install_language(qapp, "en")
    qapp.processEvents()
    assert button(shown, "close_now").text() == "Stop and close"
    end(qtbot, shown)
