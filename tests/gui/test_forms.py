"""Forms generated from the training settings."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QPushButton, QSpinBox, QWidget

from effnet_studio.engine.training.config import Augmentation, Optimizer, TrainConfig, make_config
from effnet_studio.gui.forms import SettingsForm


@pytest.fixture
def form(qtbot, theme, english) -> SettingsForm:
    form = SettingsForm(TrainConfig, theme)
    list(form.build())
    qtbot.addWidget(form)
    return form


def test_that_the_form_starts_with_the_defaults_and_validates(form: SettingsForm) -> None:
    assert TrainConfig.model_validate(form.value()) == TrainConfig()


def test_that_any_settings_survive_the_form(form: SettingsForm) -> None:
    config = make_config(
        "best",
        epochs=7,
        image_size=160,
        dropout=0.3,
        learning_rate=3.3e-4,
        optimizer="sgd",
        seed=2**31 - 1,
        min_learning_rate=0.0,
    )
    form.set_values(config.model_dump())
    assert TrainConfig.model_validate(form.value()) == config


def test_that_each_field_has_title_tooltip_bounds_and_unit(form: SettingsForm) -> None:
    for name, info in TrainConfig.model_fields.items():
        editor = form.findChild(QWidget, f"field_{name}")
        assert editor.accessibleName() == info.title
        assert editor.toolTip() == info.description
    epochs = form.findChild(QSpinBox, "field_epochs")
    assert (epochs.minimum(), epochs.maximum()) == (1, 1000)
    assert form.findChild(QSpinBox, "field_batch_size").suffix() == " images"
    optimizer = form.findChild(QComboBox, "field_optimizer")
    assert [optimizer.itemData(row) for row in range(optimizer.count())] == list(Optimizer)


def test_that_an_optional_number_can_be_left_open(form: SettingsForm) -> None:
    size = form.findChild(QSpinBox, "field_image_size")
    assert form.value()["image_size"] is None
    size.setValue(96)
    assert form.value()["image_size"] == 96
    form.set_values({"image_size": None})
    assert form.value()["image_size"] is None
    assert size.text().strip(" px") == "automatic"


def test_that_typing_tells_which_field_changed(qtbot, form: SettingsForm) -> None:
    with qtbot.waitSignal(form.changed) as heard:
        form.findChild(QComboBox, "field_augmentation").setCurrentIndex(0)
    assert heard.args == ["augmentation"]
    assert form.value()["augmentation"] is Augmentation.NONE


def test_that_advanced_fields_unfold(qtbot, form: SettingsForm) -> None:
    advanced = form.findChild(QWidget, "advanced_fields")
    assert advanced.isHidden()
    qtbot.mouseClick(form.findChild(QPushButton, "advanced_toggle"), Qt.MouseButton.LeftButton)
    assert not advanced.isHidden()
    assert form.findChild(QDoubleSpinBox, "field_learning_rate").parent().parent() is advanced


def test_that_an_error_shows_at_its_field_and_goes_when_it_is_edited(form: SettingsForm) -> None:
    form.set_error("learning_rate", "Too large.")
    label = form.findChild(QWidget, "error_learning_rate")
    assert not label.isHidden()
    assert not form.findChild(QWidget, "advanced_fields").isHidden()
    form.findChild(QDoubleSpinBox, "field_learning_rate").setValue(0.01)
    assert label.isHidden()


def test_that_small_learning_rates_are_shown_in_full(form: SettingsForm) -> None:
    form.set_values({"learning_rate": 0.00003})
    editor = form.findChild(QDoubleSpinBox, "field_learning_rate")
    assert editor.text() == "0.00003"
    assert form.value()["learning_rate"] == 0.00003


def test_that_units_are_said_as_of_one_or_of_many_and_nothing_has_a_word(
    form: SettingsForm,
) -> None:
    epochs = form.findChild(QSpinBox, "field_thaw_every")
    assert epochs.text() == "never"
    epochs.setValue(1)
    assert epochs.text() == "1 epoch"
    epochs.setValue(2)
    assert epochs.text() == "2 epochs"
    patience = form.findChild(QSpinBox, "field_patience")
    patience.setValue(0)
    assert patience.text() == "off"
    assert form.value()["patience"] == 0
