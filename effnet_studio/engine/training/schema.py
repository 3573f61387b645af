"""The settings of a training run: one schema for form, command line and the JSON on disk."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from effnet_studio.engine.data.balance import Imbalance
from effnet_studio.engine.data.loading.augment import Flip


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


class Compiled(StrEnum):
    """Whether the network is translated for the device first."""

    AUTO = "auto"
    ON = "on"
    OFF = "off"


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
    thaw_every: int = Field(
        0,
        ge=0,
        le=1000,
        title="Thaw a stage every",
        description="Frozen stages are thawed one after the other, the one nearest the answer "
        "first, each after so many epochs; 0: they stay frozen.",
        json_schema_extra={"unit": "epochs", "zero": "never", "advanced": True},
    )
    solve_head: bool = Field(
        False,
        title="Solve last layer",
        description="Computes the best last layer directly, in seconds, in the first epoch; the "
        "others train on from it. Where nothing else learns and images are not varied, that is "
        "all there is to do.",
        json_schema_extra={"advanced": True},
    )
    views: int = Field(
        0,
        ge=0,
        le=100,
        title="Kept variants",
        description="With frozen stages: how many variants of each image these look at, once, "
        "before the epochs take them in turn; used where it makes the training clearly faster. "
        "0: new variants in every epoch.",
        json_schema_extra={"advanced": True},
    )
    batch_size: int = Field(
        32,
        ge=1,
        le=1024,
        title="Batch size",
        description="Images per step.",
        json_schema_extra={"unit": "images", "advanced": True},
    )
    micro_batch: int | None = Field(
        None,
        ge=2,
        le=1024,
        title="Images at once",
        description="Images computed together; a step adds up as many such parts as the batch "
        "size needs. Smaller takes less memory; empty: all at once.",
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
    start_size: int | None = Field(
        None,
        ge=32,
        le=1024,
        title="First image size",
        description="Training begins with images of this side and grows to the full size over "
        "the first two thirds of the epochs; empty: full size from the start. "
        "Quicker, and often as exact.",
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
    rand_augment: float | None = Field(
        None,
        ge=0,
        le=10,
        title="RandAugment",
        description="Strength of the random changes of shape and colour, 0 to 10; empty: as "
        "the augmentation says.",
        json_schema_extra={"advanced": True},
    )
    random_erasing: float | None = Field(
        None,
        ge=0,
        le=1,
        title="Random erasing",
        description="Share of the images in which a rectangle is painted over; empty: as the "
        "augmentation says.",
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
        "weights lets mistakes on rare classes count more; effective does so more mildly. With any "
        "of them the best epoch is the one with the best balanced accuracy, to which every class "
        "counts alike.",
        json_schema_extra={"advanced": True},
    )
    focal_gamma: float = Field(
        0.0,
        ge=0,
        le=10,
        title="Focal loss",
        description="How much less images count that are already answered well; 0: all alike. "
        "2 is usual where a few classes are rare or hard.",
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
    layer_decay: float = Field(
        1.0,
        gt=0,
        le=1,
        title="Earlier stages",
        description="Each stage learns at this share of the rate of the stage behind it, so "
        "that what is general changes least; 1: all alike. 0.7 is usual.",
        json_schema_extra={"advanced": True},
    )
    clip_norm: float = Field(
        0.0,
        ge=0,
        le=1000,
        title="Gradient clipping",
        description="Largest length of a step's gradient; longer ones are shortened to it, so "
        "that one odd batch does no harm. 0: off.",
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
    drop_path: float | None = Field(
        None,
        ge=0,
        lt=1,
        title="Stochastic depth",
        description="Share of the last residual blocks skipped at random at each step, fewer "
        "of the earlier ones; empty: what the model was made with.",
        json_schema_extra={"advanced": True},
    )
    ema: float = Field(
        0.0,
        ge=0,
        lt=1,
        title="Weight averaging",
        description="A second model follows the average of the weights and is often the "
        "better one; the share it keeps at each step. 0: off; 0.99 to 0.9999 is "
        "usual.",
        json_schema_extra={"advanced": True},
    )
    patience: int = Field(
        0,
        ge=0,
        le=1000,
        title="Early stopping",
        description="Ends the training when so many epochs have brought nothing better; 0: off.",
        json_schema_extra={"unit": "epochs", "zero": "off", "advanced": True},
    )
    teacher: str = Field(
        "",
        title="Teacher",
        description="A trained run of the same classes, or a model of the catalog, whose answers "
        "the model learns from too; a small model often learns more from a large one than from "
        "the labels alone. Empty: none.",
        json_schema_extra={"advanced": True},
    )
    temperature: float = Field(
        4.0,
        ge=1,
        le=20,
        title="Temperature",
        description="Softens the teacher's answers, so that what it thinks of the other classes "
        "counts.",
        json_schema_extra={"advanced": True},
    )
    teacher_share: float = Field(
        0.75,
        ge=0,
        le=1,
        title="Its share",
        description="How much the teacher's answers count, against the labels.",
        json_schema_extra={"advanced": True},
    )
    teacher_attention: float = Field(
        0.0,
        ge=0,
        le=1000,
        title="Its attention",
        description="How much it counts that the last two stages respond to the same places as "
        "the teacher's; 0: not at all. 50 is a good start.",
        json_schema_extra={"advanced": True},
    )
    precision: Precision = Field(
        Precision.AUTO,
        title="Precision",
        description="Auto uses 16-bit numbers where this computer is really faster with them.",
        json_schema_extra={"advanced": True},
    )
    compiled: Compiled = Field(
        Compiled.AUTO,
        title="Compiled",
        description="Translates the network for this computer first, which takes a minute and "
        "needs a compiler. Auto does so in long runs, if it really makes them faster.",
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

    tensorboard: bool = Field(
        False,
        title="TensorBoard files",
        description="Writes the curves for TensorBoard too, into the run's folder.",
        json_schema_extra={"advanced": True},
    )
    deterministic: bool = Field(
        False,
        title="Deterministic",
        description="Same seed, same numbers to the last bit, on graphics cards too; slower there.",
        json_schema_extra={"advanced": True},
    )

    @property
    def mixes(self) -> bool:
        """Whether the images of a batch are mixed with each other."""
        return self.mixup > 0 or self.cutmix > 0
