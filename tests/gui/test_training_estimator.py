"""What each preset would take, found out while nothing else is at work."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtWidgets import QLabel

from effnet_studio.engine.training.config import Preset
from effnet_studio.engine.training.estimate import Estimate
from effnet_studio.gui import training_estimator
from effnet_studio.gui.widgets.train.preset_cards import PresetCards

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from effnet_studio.gui.main_window import MainWindow
    from effnet_studio.gui.pages.train import TrainPage
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.theme import ThemeManager


def cost(cards: PresetCards, preset: Preset) -> str:
    label = cards.card(preset).findChild(QLabel, "preset_cost")
    assert label is not None
    return label.text()


def test_that_a_card_says_time_memory_and_disk(qtbot: QtBot, theme: ThemeManager) -> None:
    cards = PresetCards(theme)
    qtbot.addWidget(cards)
    cards.set_estimate(Preset.BEST, Estimate(125.0, 2 * 10**9, 98_000_000))
    text = cost(cards, Preset.BEST)
    assert "2 min" in text
    assert "2.0 GB" in text
    card = cards.card(Preset.BEST)
    assert "98 MB" in card.toolTip()
    assert card.toolTip() in card.accessibleDescription()
    assert text in cards.card(Preset.BEST).accessibleDescription()
    cards.set_estimate(Preset.BEST, None)
    assert not cost(cards, Preset.BEST)


@pytest.fixture
def prompt(monkeypatch: pytest.MonkeyPatch) -> None:
    """No waiting for somebody to stop typing."""
    monkeypatch.setattr(training_estimator, "DELAY_MS", 10)


@pytest.fixture
def page(prompt: None, window: MainWindow, opened: Session) -> TrainPage:
    """The Train page with a small model, shown."""
    window.show()
    window.show_page("train")
    page = cast("TrainPage", window.page("train"))
    page.setup.choose_model("mobilenet_v3_small")
    page.setup.form.set_values({"image_size": 32, "batch_size": 4})
    return page


def test_that_the_cards_are_filled_while_nothing_else_is_at_work(
    qtbot: QtBot, page: TrainPage
) -> None:
    cards = page.setup.presets
    qtbot.waitUntil(lambda: all(cost(cards, preset) for preset in Preset), timeout=60_000)
    assert all("memory" in cost(cards, preset) for preset in Preset)
    page.setup.form.set_values({"batch_size": 5})
    assert not any(cost(cards, preset) for preset in Preset)
    page.setup.form.set_values({"batch_size": 4})
    assert all(cost(cards, preset) for preset in Preset)  # known already
    page.hide()


def test_that_another_job_comes_first(qtbot: QtBot, page: TrainPage, session: Session) -> None:
    done = threading.Event()
    job = session.jobs.start(done.wait, title="Exporting", with_events=False)
    qtbot.waitUntil(lambda: page.estimator._job is None, timeout=60_000)
    with qtbot.waitSignal(job.finished, timeout=60_000):
        page.setup.form.set_values({"batch_size": 6})
        assert page.estimator._job is None
        done.set()
    page.hide()
    qtbot.waitUntil(lambda: page.estimator._job is None, timeout=60_000)
