"""Presets, the user's own choices, and random starting weights."""

from __future__ import annotations

import pytest

from effnet_studio.engine.errors import ConfigError
from effnet_studio.engine.training.config import (
    FROM_SCRATCH,
    PRESETS,
    Preset,
    TrainConfig,
    fit_to_random_weights,
    make_config,
)


@pytest.mark.parametrize("preset", Preset)
def test_that_a_preset_fills_in_what_was_left_open(preset: Preset) -> None:
    config = make_config(preset, seed=5)
    assert config.seed == 5
    for name, value in PRESETS[preset].items():
        assert getattr(config, name) == value
    assert config.model_fields_set == {"preset", "seed"}


def test_that_text_is_converted_as_on_a_command_line() -> None:
    config = make_config("best", epochs="7", learning_rate="3e-4", augmentation="strong")
    assert (config.epochs, config.learning_rate, config.augmentation.value) == (7, 3e-4, "strong")


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"preset": "fastest"}, "no preset named fastest"),
        ({"epochz": 3}, "no setting named epochz"),
        ({"epochs": 0}, "epochs = 0"),
    ],
)
def test_that_a_wrong_setting_is_named(values: dict[str, object], text: str) -> None:
    with pytest.raises(ConfigError, match=text):
        make_config(**values)  # type: ignore[arg-type]


def test_that_random_weights_thaw_what_only_the_preset_froze() -> None:
    config, changed = fit_to_random_weights(make_config("balanced"))
    assert config.freeze == 0
    assert "freeze" in changed
    assert config.learning_rate == FROM_SCRATCH["learning_rate"]


def test_that_random_weights_leave_the_users_own_choices_alone() -> None:
    chosen = make_config("balanced", freeze=5, epochs=3, learning_rate=1e-3)
    config, changed = fit_to_random_weights(chosen)
    assert (config.freeze, config.epochs, config.learning_rate) == (5, 3, 1e-3)
    assert not {"freeze", "epochs", "learning_rate"} & set(changed)


def test_that_settings_survive_the_disk() -> None:
    config = make_config("best", dropout=0.3)
    assert TrainConfig.model_validate_json(config.model_dump_json()) == config
