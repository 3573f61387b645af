"""What a screen reader hears."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from effnet_studio.engine.events import BatchProgress, EpochFinished
from effnet_studio.gui.announcer import announce
from effnet_studio.gui.jobs import Job
from effnet_studio.gui.notices.training_announcer import TrainingAnnouncer
from effnet_studio.gui.session import Session
from tests.gui.announcements import Listener


@pytest.fixture
def widget(qtbot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def epoch(number: int, epochs: int = 20) -> EpochFinished:
    return EpochFinished(
        epoch=number,
        epochs=epochs,
        step=1,
        train_loss=1.0,
        train_accuracy=0.5,
        val_loss=1.0,
        val_accuracy=0.5 + number / 100,
        learning_rate=1e-3,
        images_per_second=10.0,
        seconds=1.0,
        eta_seconds=120.0,
        best=True,
    )


@pytest.fixture
def job(session: Session, english: None) -> Job:
    """A training that does nothing by itself."""
    return session.jobs.start(int, title="Training", kind="train", with_events=False)


def test_that_a_sentence_is_spoken_and_a_failure_may_interrupt(
    widget: QWidget, heard: Listener
) -> None:
    announce(widget, "Saved")
    announce(widget, "It is broken", assertive=True)
    announce(widget, "")
    assert heard.said == ["Saved", "It is broken"]
    assert heard.urgent == ["It is broken"]


def test_that_announcing_needs_no_screen_reader(widget: QWidget) -> None:
    announce(widget, "Saved")


def test_that_epochs_of_a_quick_training_are_told_every_ten_seconds_at_most(
    qtbot, session: Session, widget: QWidget, heard: Listener, job: Job
) -> None:
    clock = Clock()
    announcer = TrainingAnnouncer(session, widget, clock=clock)
    session.training_started.emit(job)
    for number in range(8):
        clock.now += 3
        job.event_received.emit(epoch(number))
        job.event_received.emit(BatchProgress(number, 1, 9, 1.0, 0.5, 1e-3, 10.0, 20.0))
    assert heard.said == [
        "Training started",
        "Epoch 4 of 20: 53.0 % right, about 2 min left",
        "Epoch 8 of 20: 57.0 % right, about 2 min left",
    ]
    announcer.deleteLater()


def test_that_pausing_is_told_and_the_last_epoch_is_left_to_the_result(
    qtbot, session: Session, widget: QWidget, heard: Listener, job: Job
) -> None:
    clock = Clock()
    announcer = TrainingAnnouncer(session, widget, clock=clock)
    session.training_started.emit(job)
    job.pause_changed.emit(True)
    job.pause_changed.emit(False)
    clock.now += 60
    job.event_received.emit(epoch(19))
    assert heard.said == ["Training started", "Training paused", "Training goes on"]
    announcer.deleteLater()
