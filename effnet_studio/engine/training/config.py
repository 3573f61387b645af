"""Presets, and settings made from a preset and the user's own choices."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from effnet_studio.engine.errors import ConfigError
from effnet_studio.engine.messages import msg
from effnet_studio.engine.models.catalog import get_spec
from effnet_studio.engine.models.scaled import MOSTLY
from effnet_studio.engine.training.schema import (
    Augmentation,
    Optimizer,
    Precision,
    Preset,
    TrainConfig,
)

__all__ = [
    "FROM_SCRATCH",
    "FROZEN_SHARE",
    "PRESETS",
    "PRESET_FIELDS",
    "Augmentation",
    "Optimizer",
    "Precision",
    "Preset",
    "TrainConfig",
    "fit_to_partial_weights",
    "fit_to_random_weights",
    "make_config",
    "preset_values",
]

PRESETS: dict[Preset, dict[str, Any]] = {
    Preset.INSTANT: {
        "epochs": 1,
        "augmentation": Augmentation.NONE,
        "solve_head": True,
        "learning_rate": 3e-3,
        "warmup_epochs": 0.0,
        "label_smoothing": 0.0,
    },
    Preset.BALANCED: {
        "epochs": 10,
        "augmentation": Augmentation.LIGHT,
        "solve_head": True,
        "views": 3,
        "learning_rate": 1e-3,
    },
    Preset.BEST: {
        "epochs": 30,
        "augmentation": Augmentation.MEDIUM,
        "learning_rate": 1e-3,
        "warmup_epochs": 2.0,
        "thaw_every": 1,
        "layer_decay": 0.8,
        "clip_norm": 5.0,
        "ema": 0.99,
    },
}
"""What each preset fills in for every model; see :func:`preset_values`."""

SGD_RATE = 10.0
"""Learning rate of SGD over AdamW's, where the user left it to the preset: one divides by the
gradient's size, the other does not."""

FROZEN_SHARE = {Preset.INSTANT: 1.0, Preset.BALANCED: 0.75, Preset.BEST: 0.75}
"""Share of a model's stages that each preset freezes at first; models have five to nine."""

START_SHARE = 0.57
"""Side of the pictures that the preset Best begins with, over the model's: a third of the pixels
(arXiv:2104.00298, table 6: 128 of 300 and 380 pixels)."""


PRESET_FIELDS = frozenset(
    {"freeze", "start_size"} | {name for values in PRESETS.values() for name in values}
)
"""Settings that some preset fills in."""


def preset_values(preset: Preset, model: str) -> dict[str, Any]:
    """What a preset fills in for a model.

    Args:
        preset: The preset.
        model: Catalog name of the architecture.

    Returns:
        Field names and values.

    Raises:
        ModelError: If there is no such architecture.
    """
    spec = get_spec(model)
    values = {**PRESETS[preset], "freeze": round(FROZEN_SHARE[preset] * len(spec.stages))}
    if preset is Preset.BEST:
        values["start_size"] = 32 * round(START_SHARE * spec.input_size / 32)
    return values


FROM_SCRATCH: dict[str, Any] = {
    "epochs": 30,
    "freeze": 0,
    "solve_head": False,
    "thaw_every": 0,
    "layer_decay": 1.0,
    "batch_size": 16,
    "augmentation": Augmentation.LIGHT,
    "learning_rate": 2e-3,
    "weight_decay": 0.02,
    "warmup_epochs": 1.0,
    "label_smoothing": 0.05,
}
"""What takes a preset's place when the starting weights are random: nothing is worth freezing."""


def fit_to_random_weights(config: TrainConfig) -> tuple[TrainConfig, tuple[str, ...]]:
    """Replace what the preset chose and random starting weights make senseless.

    What the user chose (``config.model_fields_set``) stays as it is.

    Args:
        config: Settings as :func:`make_config` made them.

    Returns:
        The settings to train with, and the names of those that were replaced.
    """
    changes = {
        name: value
        for name, value in FROM_SCRATCH.items()
        if name not in config.model_fields_set and getattr(config, name) != value
    }
    return config.model_copy(update=changes), tuple(changes)


def fit_to_partial_weights(
    config: TrainConfig, *, share: float, stages: int
) -> tuple[TrainConfig, tuple[str, ...]]:
    """Replace what the preset chose and partly random starting weights make senseless.

    Args:
        config: Settings as :func:`make_config` made them.
        share: Share of the backbone that has weights, in [0, 1].
        stages: How many stages, from the input on, have all of theirs.

    Returns:
        As :func:`fit_to_random_weights`; with most of the weights there, only stages that are
        partly random are thawed.
    """
    if share < MOSTLY:
        return fit_to_random_weights(config)
    if config.freeze <= stages or "freeze" in config.model_fields_set:
        return config, ()
    return config.model_copy(update={"freeze": stages}), ("freeze",)


def make_config(preset: Preset | str = Preset.BALANCED, **values: Any) -> TrainConfig:
    """Make settings from a preset and the user's own choices.

    Args:
        preset: Fills in whatever ``values`` leaves open.
        **values: Field names and values; strings are converted as on a command line.

    Returns:
        The settings; their ``model_fields_set`` holds the names of ``values`` only, which tells
        the user's choices from the preset's.

    Raises:
        ConfigError: If a setting is unknown or out of its bounds; the message names it.
        ModelError: If there is no such architecture.
    """
    try:
        chosen = Preset(preset)
    except ValueError as error:
        raise ConfigError(
            msg("There is no preset named {name}.", name=str(preset)),
            hint=msg("Choose one of: {names}.", names=", ".join(Preset)),
        ) from error
    try:
        model = str(values.get("model", TrainConfig.model_fields["model"].default))
        if "model" in values:
            values["model"] = get_spec(model).name  # one spelling in folders and files
        filled = {**preset_values(chosen, model), **values, "preset": chosen}
        if "learning_rate" not in values and filled.get("optimizer") == Optimizer.SGD:
            filled["learning_rate"] *= SGD_RATE
        config = TrainConfig.model_validate(filled)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        if first["type"] == "extra_forbidden":
            raise ConfigError(
                msg("There is no setting named {name}.", name=name),
                hint=msg("Known settings: {names}.", names=", ".join(TrainConfig.model_fields)),
            ) from error
        raise ConfigError(
            msg(
                "{name} = {value} is not possible: {reason}.",
                name=name,
                value=str(first.get("input")),
                reason=first["msg"],
            ),
        ) from error
    fields = {name: getattr(config, name) for name in TrainConfig.model_fields}
    return TrainConfig.model_construct({"preset", *values}, **fields)
