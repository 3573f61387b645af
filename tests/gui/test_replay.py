"""Events are gone through a part at a time."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from effnet_studio.engine.events import PauseChanged
from effnet_studio.gui.replay import Replay

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from effnet_studio.engine.events import Event


def test_that_the_window_answers_meanwhile_and_nothing_is_left_out(qtbot: QtBot) -> None:
    owner = QObject()
    events: list[Event] = [PauseChanged(paused=bool(n % 2)) for n in range(60)]
    taken: list[Event] = []
    answered: list[int] = []

    def take(event: Event) -> None:
        time.sleep(0.001)
        taken.append(event)

    replay = Replay(take, owner)
    beat = QTimer(owner, interval=0)
    beat.timeout.connect(lambda: answered.append(len(taken)))
    beat.start()
    replay.start(events)
    assert replay.running
    events.append(PauseChanged(paused=True))  # what joins meanwhile comes last
    qtbot.waitUntil(lambda: not replay.running)
    beat.stop()
    assert all(seen is told for seen, told in zip(taken, events, strict=True))
    assert len(set(answered)) > 2


def test_that_the_rest_can_be_left(qtbot: QtBot) -> None:
    owner = QObject()
    taken: list[Event] = []

    def take(event: Event) -> None:
        time.sleep(0.02)
        taken.append(event)

    replay = Replay(take, owner)
    replay.start([PauseChanged(paused=True)] * 5)
    replay.stop()
    seen = len(taken)
    qtbot.wait(60)
    assert len(taken) == seen < 5
    replay.start([])
    assert not replay.running
