"""Many things are gone through a part at a time."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from effnet_studio.gui.turns import Portions

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_that_the_window_answers_meanwhile_and_nothing_is_left_out(qtbot: QtBot) -> None:
    owner = QObject()
    numbers = list(range(60))
    taken: list[int] = []
    answered: list[int] = []

    def take(number: int) -> None:
        time.sleep(0.001)
        taken.append(number)

    portions = Portions(take, owner)
    beat = QTimer(owner, interval=0)
    beat.timeout.connect(lambda: answered.append(len(taken)))
    beat.start()
    portions.start(numbers)
    assert portions.running
    numbers.append(60)  # what joins meanwhile comes last
    qtbot.waitUntil(lambda: not portions.running)
    beat.stop()
    assert taken == list(range(61))
    assert len(set(answered)) > 2


def test_that_the_rest_can_be_left(qtbot: QtBot) -> None:
    owner = QObject()
    taken: list[int] = []

    def take(number: int) -> None:
        time.sleep(0.02)
        taken.append(number)

    portions = Portions(take, owner)
    portions.start(range(5))
    portions.stop()
    seen = len(taken)
    qtbot.wait(60)
    assert len(taken) == seen < 5
    portions.start([])
    assert not portions.running
