"""Settings are called the same in the form and where two runs are compared."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QSpinBox

from effnet_studio.engine.models.catalog import CATALOG
from effnet_studio.engine.project import Project
from effnet_studio.engine.training.config import PRESETS, Augmentation, Preset, TrainConfig
from effnet_studio.engine.training.runs import load_run
from effnet_studio.gui.i18n import install_language
from effnet_studio.gui.models.comparisons import setting_rows
from effnet_studio.gui.models.setting_words import OFF_AT_ZERO, setting_text
from effnet_studio.gui.widgets.train.preset_cards import PresetCards
from effnet_studio.gui.widgets.train.train_setup import TrainSetup

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from effnet_studio.engine.training.runs import Run
    from effnet_studio.gui.theme import ThemeManager


@pytest.fixture
def setup(qtbot: QtBot, theme: ThemeManager, english: None) -> TrainSetup:
    setup = TrainSetup(theme)
    list(setup.build())
    qtbot.addWidget(setup)
    return setup


@pytest.fixture
def run(trained: Path, english: None) -> Run:
    with Project.open(trained, read_only=True) as project:
        return load_run(project.run_dirs()[0])


def changed(run: Run, **values: object) -> Run:
    config = TrainConfig.model_validate(run.config.model_dump(mode="json") | values)
    return dataclasses.replace(run, config=config)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_that_every_field_shows_what_a_comparison_says(
    setup: TrainSetup, qapp: QApplication, language: str
) -> None:
    install_language(qapp, language)
    qapp.processEvents()
    form, compared = setup.form, 0
    for name in form.value():
        editor = form.editor(name)
        if isinstance(editor, QComboBox):
            for row in range(editor.count()):
                editor.setCurrentIndex(row)
                assert setting_text(name, form.value()[name]) == editor.currentText()
                compared += 1
        elif isinstance(editor, QSpinBox | QDoubleSpinBox):
            for value in (editor.minimum(), editor.maximum()):
                editor.setValue(value)
                if name not in OFF_AT_ZERO or form.value()[name]:
                    assert setting_text(name, form.value()[name]) == editor.text()
                    compared += 1
    for row in range(setup.weights.combo.count() - 1):
        words = setting_text("weights", setup.weights.combo.itemData(row))
        assert words == setup.weights.combo.itemText(row)
    assert compared > 80


def test_that_a_zero_that_switches_off_is_called_off() -> None:
    said = {
        name
        for name, field in TrainConfig.model_fields.items()
        if "0: off" in (field.description or "")
    }
    assert said == OFF_AT_ZERO
    assert [setting_text(name, 0.0) for name in sorted(said)] == ["off"] * len(said)


def test_that_a_comparison_says_it_in_the_words_of_the_form(run: Run, qapp: QApplication) -> None:
    other = changed(
        run,
        optimizer="sgd",
        flip="none",
        deterministic=True,
        mixup=0.2,
        image_size=None,
        learning_rate=3e-5,
        batch_size=16,
        preset="best",
    )
    found = {title: values for title, *values in setting_rows(run, other)[:-2]}
    assert found == {
        "Preset": ["Balanced", "Best"],
        "Batch size": ["32 images", "16 images"],
        "Image size": ["32 px", "automatic"],
        "Mirroring": ["Left and right", "None"],
        "MixUp": ["off", "0.2"],
        "Optimizer": ["AdamW", "SGD"],
        "Learning rate": ["0.001", "0.00003"],
        "Deterministic": ["off", "on"],
    }
    install_language(qapp, "zh_CN")
    rows = setting_rows(run, other)
    assert not {"Balanced", "Best", "Left and right", "None", "automatic"} & {
        word for row in rows for word in row
    }


def test_that_runs_are_called_by_their_names(run: Run) -> None:
    notes = dataclasses.replace(run.notes, name="Sunny days")
    named = dataclasses.replace(run, notes=notes)
    assert setting_text("weights", run.run_id, [named]) == "Sunny days"
    assert setting_text("weights", "/a/b/own.safetensors", [named]) == "own.safetensors"
    teacher = str(run.best_file)
    assert setting_text("teacher", teacher, [named]).startswith("Sunny days · ")
    assert setting_text("teacher", f"/moved/{run.run_id}/{run.best_file.name}", [named]) == (
        "Sunny days"
    )
    assert setting_text("teacher", "") == "Nobody"
    assert setting_text("teacher", "resnet18") == CATALOG["resnet18"].title


def test_that_best_says_how_strongly_it_varies_images(
    qtbot: QtBot, theme: ThemeManager, english: None
) -> None:
    """Medium is more than Balanced does, and not the strongest there is."""
    assert PRESETS[Preset.BEST]["augmentation"] is Augmentation.MEDIUM
    assert PRESETS[Preset.BALANCED]["augmentation"] is Augmentation.LIGHT
    cards = PresetCards(theme)
    qtbot.addWidget(cards)
    assert "more varied images" in cards.card(Preset.BEST).accessibleDescription()
