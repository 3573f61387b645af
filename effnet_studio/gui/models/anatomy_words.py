"""What is inside a network, in words and table rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from effnet_studio.gui.models.model_stages import stage_text
from effnet_studio.gui.models.rows_table import Column
from effnet_studio.gui.models.scaling_words import exact_size_text, time_text, work_text
from effnet_studio.gui.text import count_text, list_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from effnet_studio.engine.models.anatomy import (
        Anatomy,
        BlockAnatomy,
        Layer,
        StageAnatomy,
    )

translate = QCoreApplication.translate


def shape_text(shape: Sequence[int]) -> str:
    """Write a shape for people: ``"56 × 56 × 24"`` for a map of 24 channels, or ``"1000"``."""
    if len(shape) == 3:
        channels, height, width = shape
        return f"{height} × {width} × {count_text(channels)}"
    return count_text(shape[0])


def block_title(block: BlockAnatomy) -> str:
    """What a block is called."""
    titles = {
        "MBConv": "MBConv",
        "InvertedResidual": translate("Anatomy", "Inverted bottleneck"),
        "BasicBlock": translate("Anatomy", "Residual block"),
        "Bottleneck": translate("Anatomy", "Residual bottleneck"),
        "_DenseLayer": translate("Anatomy", "Dense layer"),
        "_Transition": translate("Anatomy", "Transition"),
    }
    return titles.get(block.kind, translate("Anatomy", "Layers"))


def block_about(block: BlockAnatomy) -> str:
    """What a kind of block does, in plain words; empty for single layers."""
    texts = {
        "MBConv": translate(
            "Anatomy",
            "Looks in a wider space than it passes on: expand the channels, look at each one by "
            "itself through a small window (depthwise), turn whole channels up or down after a "
            "look at everything (squeeze-and-excitation, SE), then put them together again.",
        ),
        "InvertedResidual": translate(
            "Anatomy",
            "The block of MobileNet: expand the channels, look at each one by itself through a "
            "small window (depthwise), weigh them where there is an SE, and put them together "
            "again.",
        ),
        "BasicBlock": translate(
            "Anatomy",
            "Two convolutions whose result is added to the block's own input: they only have to "
            "learn what to change.",
        ),
        "Bottleneck": translate(
            "Anatomy",
            "Reduces the channels, looks at them through a small window, expands them again, and "
            "adds the result to the block's own input.",
        ),
        "_DenseLayer": translate(
            "Anatomy",
            "Computes a few new channels from all channels before it, and sets them beside those.",
        ),
        "_Transition": translate(
            "Anatomy", "Halves the channels and the side of the map between two dense stages."
        ),
    }
    return texts.get(block.kind, "")


def layer_title(layer: Layer, block: BlockAnatomy | None = None) -> str:
    """What a layer does.

    Args:
        layer: The layer.
        block: Where it is; then its task in the block is named where it has one.

    Returns:
        Such as ``"Depthwise"``.
    """
    if layer.kind == "convolution" and layer.kernel == 1 and block is not None:
        return _pointwise_title(layer, block)
    titles = {
        "convolution": translate("Anatomy", "Convolution"),
        "depthwise": translate("Anatomy", "Depthwise"),
        "squeeze": translate("Anatomy", "SE"),
        "linear": translate("Anatomy", "Linear"),
        "pool": translate("Anatomy", "Pooling"),
        "norm": translate("Anatomy", "Batch norm"),
        "activation": translate("Anatomy", "Activation"),
        "other": translate("Anatomy", "Other"),
    }
    return titles[layer.kind]


def _pointwise_title(layer: Layer, block: BlockAnatomy) -> str:
    middle = block.depthwise
    if layer.aside:
        return translate("Anatomy", "Shortcut")
    if middle is not None and block.layers.index(layer) > block.layers.index(middle):
        return translate("Anatomy", "Project")
    if layer.shape[0] > layer.shape_in[0]:
        return translate("Anatomy", "Expand")
    if layer.shape[0] < layer.shape_in[0]:
        return translate("Anatomy", "Reduce")
    return translate("Anatomy", "Convolution")


def kernel_text(layer: Layer) -> str:
    """Kernel, and stride where it is not 1: ``"3 × 3, stride 2"``; empty without."""
    if not layer.kernel:
        return ""
    kernel = f"{layer.kernel} × {layer.kernel}"
    if layer.stride == 1:
        return kernel
    return translate("Anatomy", "{kernel}, stride {stride}").format(
        kernel=kernel, stride=layer.stride
    )


def line_heads() -> tuple[str, ...]:
    """What the texts of :func:`stage_lines` are."""
    return (
        translate("Anatomy", "Map"),
        translate("Anatomy", "Channels"),
        translate("Anatomy", "Blocks"),
        translate("Anatomy", "Window"),
        translate("Anatomy", "Expand"),
        translate("Anatomy", "Shrink"),
        translate("Anatomy", "SE"),
    )


def stage_lines(stage: StageAnatomy) -> tuple[str, ...]:
    """What stands below a stage in the diagram; empty where a stage has no such thing."""
    first, stride = stage.blocks[0], stage_stride(stage)
    blocks = sum(bool(block.kind) for block in stage.blocks)
    return (
        f"{stage.shape[1]} px" if len(stage.shape) == 3 else "",
        count_text(stage.shape[0]),
        count_text(blocks) if blocks else "",
        f"{first.kernel} × {first.kernel}" if first.kernel else "",
        f"× {QLocale().toString(first.expansion, 'g', 2)}" if first.expansion else "",
        f"÷ {stride}" if stride > 1 else "",
        translate("Anatomy", "yes") if any(block.squeezed for block in stage.blocks) else "",
    )


def stage_stride(stage: StageAnatomy) -> int:
    """By how much a stage makes the map smaller."""
    first = stage.layers[0].shape_in
    if len(first) != 3 or len(stage.shape) != 3:
        return 1
    return max(1, round(first[1] / stage.shape[1]))


def stage_sentence(stage: StageAnatomy, *, frozen: bool, seconds: float | None) -> str:
    """All of a stage in words: tool-tip, and what a screen reader says."""
    pairs = zip(line_heads(), stage_lines(stage), strict=True)
    parts = [
        stage_text(stage.name),
        *(f"{head} {line}" for head, line in pairs if line),
        translate("Anatomy", "{n} parameters").format(n=exact_size_text(stage.parameters)),
        translate("Anatomy", "work {macs}").format(macs=work_text(stage.macs)),
    ]
    if seconds is not None:
        parts.append(time_text(seconds))
    parts.append(
        translate("Anatomy", "frozen: keeps what it has learned before")
        if frozen
        else translate("Anatomy", "learns")
    )
    return list_text(parts)


def stage_table(
    anatomy: Anatomy, frozen: int, seconds: Mapping[str, float]
) -> tuple[tuple[Column, ...], list[tuple[str, ...]]]:
    """The stages as a table.

    Args:
        anatomy: The network.
        frozen: How many stages, from the input on, do not learn.
        seconds: Measured time by the stage's name; may be empty.

    Returns:
        Columns and rows.
    """
    columns = (
        Column(translate("Anatomy", "Stage"), number=False),
        Column(translate("Anatomy", "Output"), translate("Anatomy", "Height × width × channels")),
        Column(translate("Anatomy", "Blocks")),
        Column(translate("Anatomy", "Parameters")),
        Column(translate("Anatomy", "Work")),
        Column(translate("Anatomy", "Time"), translate("Anatomy", "For one image")),
        Column(translate("Anatomy", "In training"), number=False),
    )
    rows: list[tuple[str, ...]] = []
    for number, stage in enumerate(anatomy.stages):
        time = seconds.get(stage.name)
        rows.append(
            (
                stage_text(stage.name),
                shape_text(stage.shape),
                count_text(sum(bool(block.kind) for block in stage.blocks)),
                count_text(stage.parameters),
                work_text(stage.macs),
                "–" if time is None else time_text(time),
                translate("Anatomy", "frozen")
                if number < frozen
                else translate("Anatomy", "learns"),
            )
        )
    return columns, rows


def layer_table(stage: StageAnatomy) -> tuple[tuple[Column, ...], list[tuple[str, ...]]]:
    """The layers of a stage as a table: columns and rows."""
    columns = (
        Column(
            translate("Anatomy", "Layer"),
            translate("Anatomy", "Its name in the weights file"),
            number=False,
        ),
        Column(translate("Anatomy", "Kind"), number=False),
        Column(translate("Anatomy", "Window"), number=False),
        Column(translate("Anatomy", "Output"), translate("Anatomy", "Height × width × channels")),
        Column(translate("Anatomy", "Parameters")),
        Column(translate("Anatomy", "Work")),
    )
    rows: list[tuple[str, ...]] = [
        (
            layer.name,
            layer_title(layer, block),
            kernel_text(layer),
            shape_text(layer.shape),
            count_text(layer.parameters),
            work_text(layer.macs) if layer.macs else "",
        )
        for block in stage.blocks
        for layer in block.layers
    ]
    return columns, rows


def alike_blocks(stage: StageAnatomy) -> list[tuple[str, BlockAnatomy]]:
    """The different blocks of a stage, those that follow each other and are alike as one.

    Args:
        stage: The stage.

    Returns:
        Title and block of each.
    """
    runs: list[tuple[int, int, BlockAnatomy]] = []
    for number, block in enumerate(stage.blocks, start=1):
        if runs and runs[-1][2].like(block):
            runs[-1] = (runs[-1][0], number, runs[-1][2])
        else:
            runs.append((number, number, block))
    titles = []
    for first, last, block in runs:
        if not block.kind:
            title = block_title(block)
        elif first == last:
            title = translate("Anatomy", "Block {n} · {kind}").format(
                n=first, kind=block_title(block)
            )
        else:
            title = translate("Anatomy", "Blocks {first}–{last} · {kind}").format(
                first=first, last=last, kind=block_title(block)
            )
        titles.append((title, block))
    return titles
