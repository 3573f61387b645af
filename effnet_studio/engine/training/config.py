"""The settings of a training run: one schema for form, command line and the JSON on disk."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from effnet_studio.engine.data.balance import Imbalance
from effnet_studio.engine.data.loading.augment import Flip
from effnet_studio.engine.errors import ConfigError
from effnet_studio.engine.messages import msg
from effnet_studio.engine.models.catalog import get_spec
from effnet_studio.engine.models.scaled import MOSTLY


class Preset(StrEnum):
    """The one choice a newcomer sees."""

    INSTANT = "instant"
    BALANCED = "balanced"
    BEST = "best"


class Optimizer(StrEnum):
    """Update rules."""

    ADAMW = "adamw"
    SGD = "sgd"


class Augmentation(StrEnum):
    """How strongly training images are varied."""

    NONE = "none"
    LIGHT = "light"
    MEDIUM = "medium"
    STRONG = "strong"


class Precision(StrEnum):
    """Number formats of the forward and backward pass."""

    AUTO = "auto"
    FP32 = "fp32"
    MIXED = "mixed"


class TrainConfig(BaseModel):
    """Everything that decides how a run is trained.

    Title, description, unit and bounds of each field make the window's form, the command line's
    options and the documentation. ``advanced`` fields are folded away in the form.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", use_enum_values=False)

    model: str = Field(
        "efficientnet_b0",
        title="Model",
        description="Architecture to fine-tune. B0 is small and quick; larger ones see finer "
        "detail.",
    )
    weights: str = Field(
        "auto",
        title="Starting weights",
        description="What the model knows at the start: auto takes the best that can be had; or "
        "imagenet, starter, none, or a weights file.",
    )
    preset: Preset = Field(
        Preset.BALANCED,
        title="Preset",
        description="Instant, Balanced or Best: presets fill in the rest.",
    )
    epochs: int = Field(
        10, ge=1, le=1000, title="Epochs", description="How often every training image is seen."
    )
    freeze: int = Field(
        0,
        ge=0,
        le=20,
        title="Frozen stages",
        description="How many stages, from the input on, keep what they know. More is faster and "
        "needs fewer images; less adapts better.",
    )
    batch_size: int = Field(
        32,
        ge=1,
        le=1024,
        title="Batch size",
        description="Images per step.",
        json_schema_extra={"unit": "images", "advanced": True},
    )
    image_size: int | None = Field(
        None,
        ge=32,
        le=1024,
        title="Image size",
        description="Side of the square the model sees; empty: what the model was made for. "
        "Smaller is faster, larger sees finer detail.",
        json_schema_extra={"unit": "px", "advanced": True},
    )
    augmentation: Augmentation = Field(
        Augmentation.MEDIUM,
        title="Augmentation",
        description="How strongly training images are varied (crop, mirror, colour, RandAugment).",
        json_schema_extra={"advanced": True},
    )
    flip: Flip = Field(
        Flip.HORIZONTAL,
        title="Mirroring",
        description="Ways in which varied images are mirrored. Choose none where a mirror image "
        "is something else: digits, text, left and right hands.",
        json_schema_extra={"advanced": True},
    )
    mixup: float = Field(
        0.0,
        ge=0,
        le=1,
        title="MixUp",
        description="Lays two training images over each other and asks for both classes; 0: off. "
        "Higher mixes more evenly; 0.2 is usual.",
        json_schema_extra={"advanced": True},
    )
    cutmix: float = Field(
        0.0,
        ge=0,
        le=1,
        title="CutMix",
        description="Pastes a part of one training image into another and asks for both classes; "
        "0: off. Higher mixes more evenly; 1 is usual. With MixUp, they take turns at random.",
        json_schema_extra={"advanced": True},
    )
    imbalance: Imbalance = Field(
        Imbalance.NONE,
        title="Uneven classes",
        description="Helps classes with few images: sampling shows all classes equally often; "
        "weights lets mistakes on rare classes count more; effective does so more mildly.",
        json_schema_extra={"advanced": True},
    )
    optimizer: Optimizer = Field(
        Optimizer.ADAMW,
        title="Optimizer",
        description="AdamW adapts each weight's step; SGD uses Nesterov momentum.",
        json_schema_extra={"advanced": True},
    )
    learning_rate: float = Field(
        1e-3,
        gt=0,
        le=10,
        title="Learning rate",
        description="Size of the steps at their largest. Halve it if the loss jumps.",
        json_schema_extra={"advanced": True},
    )
    weight_decay: float = Field(
        0.01,
        ge=0,
        le=1,
        title="Weight decay",
        description="Pulls weights towards zero, against over-fitting; not applied to norms and "
        "biases.",
        json_schema_extra={"advanced": True},
    )
    momentum: float = Field(
        0.9,
        ge=0,
        lt=1,
        title="Momentum",
        description="Of SGD; AdamW does not use it.",
        json_schema_extra={"advanced": True},
    )
    warmup_epochs: float = Field(
        1.0,
        ge=0,
        le=50,
        title="Warm-up",
        description="Time in which the learning rate rises in a straight line from near zero.",
        json_schema_extra={"unit": "epochs", "advanced": True},
    )
    min_learning_rate: float = Field(
        0.01,
        ge=0,
        le=1,
        title="Final learning rate",
        description="Where the cosine ends, as a share of the largest rate.",
        json_schema_extra={"advanced": True},
    )
    label_smoothing: float = Field(
        0.1,
        ge=0,
        lt=1,
        title="Label smoothing",
        description="Share of certainty given to all classes alike, against over-confidence.",
        json_schema_extra={"advanced": True},
    )
    dropout: float | None = Field(
        None,
        ge=0,
        lt=1,
        title="Dropout",
        description="Share of the last features hidden at each step; empty: what the model was "
        "made with.",
        json_schema_extra={"advanced": True},
    )
    precision: Precision = Field(
        Precision.AUTO,
        title="Precision",
        description="Auto uses 16-bit numbers where this computer is really faster with them.",
        json_schema_extra={"advanced": True},
    )
    device: str = Field(
        "auto",
        title="Device",
        description="auto, cpu, cuda, cuda:1 or mps.",
        json_schema_extra={"advanced": True},
    )
    workers: int = Field(
        0,
        ge=0,
        le=64,
        title="Loader threads",
        description="Threads that decode and vary images ahead of the training; 0: chosen for this "
        "computer.",
        json_schema_extra={"advanced": True},
    )
    seed: int = Field(
        0,
        ge=0,
        le=2**31 - 1,
        title="Seed",
        description="Same seed, same data, same run.",
        json_schema_extra={"advanced": True},
    )

    @property
    def mixes(self) -> bool:
        """Whether the images of a batch are mixed with each other."""
        return self.mixup > 0 or self.cutmix > 0


PRESETS: dict[Preset, dict[str, Any]] = {
    Preset.INSTANT: {
        "epochs": 30,
        "augmentation": Augmentation.NONE,
        "learning_rate": 3e-3,
        "warmup_epochs": 0.0,
        "label_smoothing": 0.05,
    },
    Preset.BALANCED: {
        "epochs": 10,
        "augmentation": Augmentation.LIGHT,
        "learning_rate": 1e-3,
    },
    Preset.BEST: {
        "epochs": 30,
        "augmentation": Augmentation.MEDIUM,
        "learning_rate": 1e-3,
        "warmup_epochs": 2.0,
    },
}
"""What each preset fills in for every model; see :func:`preset_values`."""

FROZEN_SHARE = {Preset.INSTANT: 1.0, Preset.BALANCED: 0.6, Preset.BEST: 0.0}
"""Share of a model's stages that each preset freezes; models have five to nine."""


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
    stages = len(get_spec(model).stages)
    return {**PRESETS[preset], "freeze": round(FROZEN_SHARE[preset] * stages)}


FROM_SCRATCH: dict[str, Any] = {
    "epochs": 30,
    "freeze": 0,
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
        config = TrainConfig.model_validate(
            {**preset_values(chosen, model), **values, "preset": chosen}
        )
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
