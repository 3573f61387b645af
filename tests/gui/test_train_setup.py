"""What a newcomer sees of the settings of a training, and what unfolds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from effnet_studio.engine.training.config import Preset
from effnet_studio.gui.widgets.train.train_setup import TrainSetup

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from effnet_studio.gui.theme import ThemeManager


@pytest.fixture
def setup(qtbot: QtBot, theme: ThemeManager, english: None) -> TrainSetup:
    setup = TrainSetup(theme)
    list(setup.build())
    qtbot.addWidget(setup)
    setup.show()
    return setup


def summary(setup: TrainSetup) -> QLabel:
    found = setup.findChild(QLabel, "train_summary")
    assert found is not None
    return found


def test_that_only_the_three_choices_show_before_more_is_asked_for(setup: TrainSetup) -> None:
    shown = [label.text() for label in setup.findChildren(QLabel) if label.isVisible()]
    assert {"Instant", "Balanced", "Best"} <= set(shown)
    assert not {"Epochs", "Frozen stages", "Starting weights", "Learning rate"} & set(shown)
    assert not setup.model.isVisible()


def test_that_one_button_unfolds_everything(qtbot: QtBot, setup: TrainSetup) -> None:
    fold = setup.findChild(QPushButton, "advanced_toggle")
    assert fold is not None
    qtbot.mouseClick(fold, Qt.MouseButton.LeftButton)
    assert setup.model.isVisible()
    assert setup.form.editor("learning_rate").isVisible()
    assert summary(setup).isHidden()
    assert len(setup.findChildren(QWidget, "advanced_toggle")) == 2  # that of the form is away
    qtbot.mouseClick(fold, Qt.MouseButton.LeftButton)
    assert not setup.model.isVisible()


def test_that_a_line_says_what_is_folded_in(setup: TrainSetup) -> None:
    assert "EfficientNet-B0" in summary(setup).text()
    assert "downloaded" in summary(setup).text()
    setup.weights.set_value("none")
    assert "downloaded" not in summary(setup).text()
    assert "of your own" not in summary(setup).text()
    setup.form.set_values({"learning_rate": 0.005, "epochs": 3})
    assert "2 setting" in summary(setup).text()


def test_that_a_preset_proposed_elsewhere_is_chosen_as_by_a_click(setup: TrainSetup) -> None:
    setup.choose_preset(Preset.INSTANT)
    assert setup.config().preset is Preset.INSTANT
    assert setup.config().epochs == 1
    assert "of your own" not in summary(setup).text()
