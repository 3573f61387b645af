"""What is to be measured: models, runtimes, input size and time."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from effnet_studio.engine.errors import ConfigError
from effnet_studio.engine.messages import Message, msg
from effnet_studio.engine.models.catalog import get_spec

if TYPE_CHECKING:
    from collections.abc import Iterable

SIZES = (32, 1024)
"""Smallest and largest side of the input that can be chosen, pixels."""

USUAL_MODELS = ("mobilenet_v3_small", "efficientnet_b0", "efficientnet_b3", "resnet18")
"""Measured unless others are chosen: far enough apart in work to estimate the rest from them."""

USUAL_BUDGET = 120.0
"""Seconds for measuring, unless another time is given."""


class Runtime(StrEnum):
    """What computes a model, and with which numbers."""

    TORCH = "torch"
    """PyTorch without a compiler, channels last, float32: what the app predicts with."""
    MIXED = "torch-mixed"
    """PyTorch with 16-bit numbers where training uses them on this computer."""
    ONNX = "onnx"
    """onnxruntime, float32: an exported file."""
    INT8 = "onnx-int8"
    """onnxruntime, every operator in 8 bits: a file of a quarter to a third of the size."""

    @property
    def label(self) -> Message:
        """Shown to people."""
        return _LABELS[self]

    @property
    def trains(self) -> bool:
        """Whether networks can be trained with it."""
        return self in {Runtime.TORCH, Runtime.MIXED}


_LABELS = {
    Runtime.TORCH: msg("PyTorch, 32-bit"),
    Runtime.MIXED: msg("PyTorch, 16-bit"),
    Runtime.ONNX: msg("ONNX, 32-bit"),
    Runtime.INT8: msg("ONNX, 8-bit"),
}


class Task(StrEnum):
    """What is timed; in this order, so that each one's memory is known."""

    LATENCY = "latency"
    """Answer for one picture."""
    THROUGHPUT = "throughput"
    """Answers for a batch."""
    TRAIN_FROZEN = "train-frozen"
    """A training step with the stages frozen that the preset Balanced freezes."""
    TRAIN = "train"
    """A training step of the whole network."""


@dataclass(frozen=True)
class Variant:
    """One model with one runtime.

    Attributes:
        model: Catalog name, or that of a scaled network.
        size: Side of the input, pixels.
        runtime: What computes it.
    """

    model: str
    size: int
    runtime: Runtime

    @property
    def title(self) -> Message:
        """Shown to people."""
        return msg(
            "{model}, {runtime}", model=get_spec(self.model).title, runtime=self.runtime.label
        )


@dataclass(frozen=True)
class Plan:
    """What is to be measured; made by :func:`make_plan`.

    Attributes:
        variants: Each model with each runtime, the runtimes of a model side by side.
        budget: Seconds for measuring. What has begun is finished, and every variant is measured
            at least once; writing the ONNX files (10 to 20 s each) is not counted.
        training: Whether training steps are timed too.
    """

    variants: tuple[Variant, ...]
    budget: float = USUAL_BUDGET
    training: bool = True


def make_plan(
    models: Iterable[str],
    *,
    runtimes: Iterable[Runtime | str] = tuple(Runtime),
    size: int | None = None,
    budget: float = USUAL_BUDGET,
    training: bool = True,
) -> Plan:
    """Check what is wished for.

    Args:
        models: Names as :func:`~effnet_studio.engine.models.catalog.get_spec` takes them.
        runtimes: What to compute them with.
        size: Side of the input for all of them, pixels; None: each one's own.
        budget: Seconds for measuring, above 0.
        training: Whether training steps are timed too.

    Returns:
        The plan, without repeats.

    Raises:
        ModelError: If there is no model of that name.
        ConfigError: If nothing is chosen, or a value is out of its bounds.
    """
    specs = {spec.name: spec for spec in map(get_spec, models)}
    chosen = dict.fromkeys(_known_runtime(name) for name in runtimes)
    if not specs or not chosen:
        raise ConfigError(
            msg("There is nothing to measure."), hint=msg("Choose a model and a runtime.")
        )
    if size is not None and not SIZES[0] <= size <= SIZES[1]:
        raise ConfigError(
            msg("An input of {size} pixels is out of bounds.", size=size),
            hint=msg("Choose between {low} and {high}.", low=SIZES[0], high=SIZES[1]),
        )
    if not budget > 0:
        raise ConfigError(msg("The time for measuring must be above 0 seconds."))
    variants = tuple(
        Variant(spec.name, spec.input_size if size is None else size, runtime)
        for spec in specs.values()
        for runtime in chosen
    )
    return Plan(variants, budget, training)


def _known_runtime(name: Runtime | str) -> Runtime:
    try:
        return Runtime(name)
    except ValueError:
        raise ConfigError(
            msg("There is no runtime named {name}.", name=str(name)),
            hint=msg("Choose one of: {names}.", names=", ".join(Runtime)),
        ) from None
