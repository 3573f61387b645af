"""What a scaled EfficientNet is made of, counted without building it.

Everything is integer arithmetic over ten rows, so that a slider can ask at every step. Tests
compare the counts with networks that are really built.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from effnet_studio.engine.models.scaling import round_channels, round_repeats

if TYPE_CHECKING:
    from collections.abc import Iterator

    from effnet_studio.engine.models.scaling import Scaling

SE_RATIO = 0.25
"""Squeeze channels as a share of a block's input channels."""

FLOAT_BYTES = 4

# Tan & Le 2019, table 1: kernel, expansion, stride of the first block, output channels, repeats.
_BASE = (
    (3, 1, 1, 16, 1),
    (3, 6, 2, 24, 2),
    (5, 6, 2, 40, 2),
    (3, 6, 2, 80, 3),
    (5, 6, 1, 112, 3),
    (5, 6, 2, 192, 4),
    (3, 6, 1, 320, 1),
)
_STEM = 32
_COLOURS = 3
_HEAD_FACTOR = 4


@dataclass(frozen=True)
class Block:
    """One mobile inverted bottleneck with squeeze-and-excitation.

    Attributes:
        kernel: Side of the depthwise kernel.
        in_channels: Of its input.
        expanded: Channels between the two pointwise convolutions.
        squeezed: Channels inside squeeze-and-excitation.
        out_channels: Of its output.
        size_in: Side of its input map, pixels.
        size_out: Side of its output map, pixels.
    """

    kernel: int
    in_channels: int
    expanded: int
    squeezed: int
    out_channels: int
    size_in: int
    size_out: int

    @property
    def expands(self) -> bool:
        """Whether it has the first pointwise convolution."""
        return self.expanded != self.in_channels


@dataclass(frozen=True)
class ScaledStage:
    """One row of the table.

    Attributes:
        name: As in the catalog: ``"Stem"``, ``"Stage 1"`` … ``"Last convolution"``, ``"Head"``.
        kind: What its layers are: one convolution, blocks, or pooling and a linear layer.
        kernel: Side of the kernel; of the depthwise one in blocks.
        expansion: Factor of the channels inside a block; 1: none.
        stride: Of the first layer or block; the others have 1.
        in_channels: Of its input.
        out_channels: Of its output; classes for the head.
        squeezed: Squeeze channels of its first block, and of the others; (0, 0) without blocks.
        repeats: Number of layers or blocks.
        size_in: Side of its input map, pixels.
        size_out: Side of its output map, pixels; 1 for the head.
    """

    name: str
    kind: Literal["convolution", "blocks", "linear"]
    kernel: int
    expansion: int
    stride: int
    in_channels: int
    out_channels: int
    squeezed: tuple[int, int]
    repeats: int
    size_in: int
    size_out: int

    @property
    def blocks(self) -> tuple[tuple[Block, int], ...]:
        """Its first block and, if there are more, the one that the others are; with how many."""
        if self.kind != "blocks":
            return ()
        first = Block(
            self.kernel,
            self.in_channels,
            self.in_channels * self.expansion,
            self.squeezed[0],
            self.out_channels,
            self.size_in,
            self.size_out,
        )
        if self.repeats == 1:
            return ((first, 1),)
        other = Block(
            self.kernel,
            self.out_channels,
            self.out_channels * self.expansion,
            self.squeezed[1],
            self.out_channels,
            self.size_out,
            self.size_out,
        )
        return ((first, 1), (other, self.repeats - 1))


@dataclass(frozen=True)
class Count:
    """Work and size of a stage or a network.

    Attributes:
        parameters: Trainable numbers.
        macs: Multiply-accumulates of convolutions and linear layers for one picture.
    """

    parameters: int
    macs: int


@dataclass(frozen=True)
class Counts:
    """Work and size of a network.

    Attributes:
        stages: One for each row of the table, in order.
        total: Their sum.
    """

    stages: tuple[Count, ...]
    total: Count


@dataclass(frozen=True)
class Memory:
    """Memory of a network in 32-bit floating point; an estimate.

    Attributes:
        weights_bytes: All parameters once. Batch-norm statistics, below 1 %, are not counted.
        activation_bytes: What one picture leaves for the backward pass when every stage learns:
            the inputs of convolutions, batch norms, SiLUs and squeeze-and-excitation's product.
            Maps of one pixel, gradients, and the working memory of the kernels are not counted.
    """

    weights_bytes: int
    activation_bytes: int

    def training_bytes(self, batch: int) -> int:
        """Memory of a training step with AdamW, which keeps two numbers for each weight.

        Args:
            batch: Pictures in a step.

        Returns:
            Bytes for weights, their gradients, both moments, and the batch's activations.
        """
        return 4 * self.weights_bytes + batch * self.activation_bytes


def scaled_stages(scaling: Scaling, classes: int = 1000) -> tuple[ScaledStage, ...]:
    """The table of a scaled network: B0's (Tan & Le 2019, table 1) with rounded coefficients.

    Args:
        scaling: Its coefficients.
        classes: Number of outputs.

    Returns:
        Stem, seven stages of blocks, last convolution and head.
    """
    channels = round_channels(_STEM * scaling.width)
    size = _halved(scaling.resolution)
    rows = [
        ScaledStage(
            "Stem", "convolution", 3, 1, 2, _COLOURS, channels, (0, 0), 1, scaling.resolution, size
        )
    ]
    for number, (kernel, expansion, stride, base, repeats) in enumerate(_BASE, start=1):
        out = round_channels(base * scaling.width)
        after = _halved(size) if stride == 2 else size
        rows.append(
            ScaledStage(
                f"Stage {number}",
                "blocks",
                kernel,
                expansion,
                stride,
                channels,
                out,
                (_squeezed(channels), _squeezed(out)),
                round_repeats(repeats * scaling.depth),
                size,
                after,
            )
        )
        channels, size = out, after
    wide = _HEAD_FACTOR * channels
    last = ScaledStage(
        "Last convolution", "convolution", 1, 1, 1, channels, wide, (0, 0), 1, size, size
    )
    head = ScaledStage("Head", "linear", 1, 1, 1, wide, classes, (0, 0), 1, size, 1)
    return (*rows, last, head)


def count(stages: tuple[ScaledStage, ...]) -> Counts:
    """Count parameters and multiply-accumulates.

    What counts is the same as in :func:`~effnet_studio.engine.models.probe.probe_model`: batch
    norms have parameters but no work, squeeze-and-excitation has both.

    Args:
        stages: Table of the network.

    Returns:
        Exact counts of each row and their sum.
    """
    each = tuple(_count_stage(stage) for stage in stages)
    return Counts(each, Count(sum(c.parameters for c in each), sum(c.macs for c in each)))


def memory(stages: tuple[ScaledStage, ...]) -> Memory:
    """Estimate what training needs; :class:`Memory` says what is counted.

    Args:
        stages: Table of the network.

    Returns:
        Bytes of the weights, and of one picture's activations.
    """
    kept = sum(_kept_numbers(stage) for stage in stages)
    return Memory(FLOAT_BYTES * count(stages).total.parameters, FLOAT_BYTES * kept)


def layers(block: Block) -> Iterator[tuple[int, int, int, int]]:
    """The layers of a block that have weights.

    Args:
        block: The block.

    Yields:
        Inputs of each output, outputs, further numbers for each output (two of the batch norm, or
        the bias), and at how many places it works.
    """
    area_in, area_out = block.size_in**2, block.size_out**2
    if block.expands:
        yield block.in_channels, block.expanded, 2, area_in
    yield block.kernel**2, block.expanded, 2, area_out
    yield block.expanded, block.squeezed, 1, 1
    yield block.squeezed, block.expanded, 1, 1
    yield block.expanded, block.out_channels, 2, area_out


def _count_stage(stage: ScaledStage) -> Count:
    if stage.kind == "linear":
        weights = stage.in_channels * stage.out_channels
        return Count(weights + stage.out_channels, weights)
    if stage.kind == "convolution":
        weights = stage.kernel**2 * stage.in_channels * stage.out_channels
        return Count(weights + 2 * stage.out_channels, weights * stage.size_out**2)
    parameters = macs = 0
    for block, repeats in stage.blocks:
        for inputs, outputs, further, area in layers(block):
            parameters += repeats * outputs * (inputs + further)
            macs += repeats * outputs * inputs * area
    return Count(parameters, macs)


def _kept_numbers(stage: ScaledStage) -> int:
    """Numbers that one picture leaves in a stage for the backward pass.

    A convolution keeps its input, a batch norm its input, a SiLU its input; the input of the next
    layer is counted there.
    """
    area_in, area_out = stage.size_in**2, stage.size_out**2
    if stage.kind == "linear":
        return stage.in_channels * area_in  # the pooling's input
    if stage.kind == "convolution":
        return stage.in_channels * area_in + 2 * stage.out_channels * area_out
    kept = 0
    for block, repeats in stage.blocks:
        before, after = block.size_in**2, block.size_out**2
        inside = block.in_channels * before + block.out_channels * after
        if block.expands:
            inside += 2 * block.expanded * before
            inside += block.expanded * before  # the depthwise convolution's input
        # Inputs of norm, SiLU and product, and the product, which is the projection's input.
        inside += 4 * block.expanded * after
        kept += repeats * inside
    return kept


def _squeezed(channels: int) -> int:
    return max(1, int(channels * SE_RATIO))


def _halved(size: int) -> int:
    """Side of the map behind a convolution of stride 2 with "same" padding."""
    return (size + 1) // 2
