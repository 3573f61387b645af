"""Compound scaling in plain words, and its figures as texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from effnet_studio.gui.models.catalog_table import millions
from effnet_studio.gui.models.model_stages import stage_text
from effnet_studio.gui.models.rows_table import Column
from effnet_studio.gui.models.scaling_outlook import donor_title
from effnet_studio.gui.text import count_text, list_text, percent_text, unbroken

if TYPE_CHECKING:
    from effnet_studio.engine.models.mbconv import ScaledStage
    from effnet_studio.gui.models.scaling_outlook import Outlook

translate = QCoreApplication.translate


def work_text(macs: float) -> str:
    """Write multiply-accumulates for people, such as ``"0.39 G"`` or ``"12 M"``."""
    if macs >= 1e8:
        return f"{QLocale().toString(macs / 1e9, 'f', 2 if macs < 1e10 else 1)} G"
    return f"{QLocale().toString(macs / 1e6, 'f', 1)} M"


def size_text(parameters: int) -> str:
    """Write a number of parameters for people, such as ``"5.3 M"`` or ``"640"``."""
    return millions(parameters) if parameters >= 100_000 else count_text(parameters)


def exact_size_text(parameters: int) -> str:
    """Write a number of parameters with three digits or more, such as ``"4.77 M"``."""
    if parameters < 1_000_000:
        return count_text(parameters)
    return f"{QLocale().toString(parameters / 1e6, 'f', 2)} M"


def time_text(seconds: float) -> str:
    """Write a short time for people, in milliseconds or seconds."""
    if seconds >= 1:
        return f"{QLocale().toString(seconds, 'f', 1)} s"
    digits = 0 if seconds >= 0.02 else 1 if seconds >= 0.001 else 2
    return f"{QLocale().toString(1e3 * seconds, 'f', digits)} ms"


def compared_text(value: float, reference: float, name: str) -> str:
    """Say how a figure compares with that of a published model.

    Args:
        value: The figure, above 0.
        reference: The other, above 0.
        name: Whose it is, short, such as ``"B2"``.

    Returns:
        Such as ``"12 % more than B2"``.
    """
    change = value / reference - 1
    if abs(change) < 0.005:
        return translate("Scaling", "as {name}").format(name=name)
    text = (
        translate("Scaling", "{share} more than {name}")
        if change > 0
        else translate("Scaling", "{share} less than {name}")
    )
    return text.format(share=percent_text(abs(change), 0), name=name)


def explanation() -> tuple[str, ...]:
    """What compound scaling is, for someone who never heard of it; one text for each paragraph."""
    return (
        translate(
            "Scaling",
            "A network can grow in three ways. <b>Deeper</b>: more layers one after the other, so "
            "that it can put simple features together to more involved ones – edges to a leaf "
            "vein, veins to a leaf. <b>Wider</b>: more channels in each layer, so that it looks "
            "for more kinds of detail at once. <b>Finer</b>: a larger input image (resolution), so "
            "that small structures still cover several pixels.",
        ),
        translate(
            "Scaling",
            "Growing one alone soon stops helping: a finer image needs more layers to see across "
            "it, and more channels to describe what has become visible. Compound scaling "
            "therefore grows all three together, in fixed proportions, by a single number φ. Each "
            "step of φ costs about twice the work for one image.",
        ),
    )


def heritage_text(outlook: Outlook) -> str:
    """Say what the network starts from, in a sentence or two."""
    heritage = outlook.heritage
    if not heritage.worthwhile:
        return translate(
            "Scaling",
            "No published weights fit this width: the network starts from nothing and needs many "
            "more images. Switch on “Start from known weights” to keep to a width that fits.",
        )
    stages = len(outlook.stages) - 1
    values = {
        "donor": donor_title(heritage),
        "share": percent_text(heritage.share, 0),
        "whole": count_text(heritage.stages),
        "stages": count_text(stages),
    }
    if heritage.share > 0.995 and heritage.stages == stages:
        text = translate(
            "Scaling",
            "Starts from the ImageNet weights of {donor}: all of the network fits. It knows "
            "photographs before it sees yours.",
        )
    elif heritage.share > 0.995:
        text = translate(
            "Scaling",
            "Starts from the ImageNet weights of {donor}: all its layers have weights, but it has "
            "fewer layers than {donor}, so only the first {whole} of {stages} stages work exactly "
            "as there.",
        )
    elif heritage.share >= 0.5:
        text = translate(
            "Scaling",
            "Starts from the ImageNet weights of {donor}: {share} of the network fits. The layers "
            "that {donor} does not have pass their input on at first, and learn from there.",
        )
    else:
        text = translate(
            "Scaling",
            "Only {share} of the network fits the ImageNet weights of {donor}; most of it starts "
            "from nothing and needs many images.",
        )
    return unbroken(text.format(**values))


def stage_columns() -> tuple[Column, ...]:
    """Headings of the table of stages."""
    return (
        Column(translate("Scaling", "Stage"), number=False),
        Column(
            translate("Scaling", "Operator"),
            translate(
                "Scaling",
                "What its layers are. MBConv (inverted bottleneck): expand the channels, look at "
                "each one by itself, weigh them, and put them together again",
            ),
            number=False,
        ),
        Column(
            translate("Scaling", "Kernel"),
            translate("Scaling", "Side of the patch that a layer looks at, in pixels of its map"),
        ),
        Column(
            translate("Scaling", "Expand"),
            translate("Scaling", "How many times more channels there are inside a block"),
        ),
        Column(
            translate("Scaling", "Stride"),
            translate("Scaling", "2: the stage halves the side of the map"),
        ),
        Column(
            translate("Scaling", "Channels"),
            translate("Scaling", "Kinds of detail that come out; grows with the width"),
        ),
        Column(
            translate("Scaling", "SE"),
            translate(
                "Scaling",
                "Squeeze-and-excitation: a small side branch that turns channels up or down after "
                "a look at the whole image; the channels inside it, of the first block and the "
                "others",
            ),
        ),
        Column(
            translate("Scaling", "Repeats"),
            translate("Scaling", "Blocks one after the other; grows with the depth"),
        ),
        Column(
            translate("Scaling", "Map"),
            translate("Scaling", "Side of the map that comes out, in pixels"),
        ),
        Column(
            translate("Scaling", "Parameters"),
            translate("Scaling", "Numbers that are learned"),
        ),
        Column(
            translate("Scaling", "Work"),
            translate("Scaling", "Multiply-accumulates (MACs) for one image: how slow it is"),
        ),
    )


def operator_text(stage: ScaledStage) -> str:
    """What the layers of a stage are."""
    match stage.kind:
        case "blocks":
            return "MBConv"
        case "convolution":
            return translate("Scaling", "Convolution")
        case _:
            return translate("Scaling", "Linear")


def stage_rows(outlook: Outlook) -> list[tuple[str, ...]]:
    """Cells of the table of stages, the sums in the last row."""
    rows: list[tuple[str, ...]] = []
    for stage, each in zip(outlook.stages, outlook.counts.stages, strict=True):
        blocks, pools = stage.kind == "blocks", stage.kind == "linear"
        squeezed = dict.fromkeys(map(count_text, stage.squeezed[: min(2, stage.repeats)]))
        rows.append(
            (
                stage_text(stage.name),
                operator_text(stage),
                "" if pools else f"{stage.kernel} × {stage.kernel}",
                f"× {stage.expansion}" if blocks else "",
                "" if pools else count_text(stage.stride),
                count_text(stage.out_channels),
                list_text(squeezed) if blocks else "",
                count_text(stage.repeats),
                count_text(stage.size_out),
                exact_size_text(each.parameters),
                work_text(each.macs),
            )
        )
    total = outlook.counts.total
    whole = (translate("Scaling", "Together"), *[""] * 8)
    rows.append((*whole, exact_size_text(total.parameters), work_text(total.macs)))
    return rows


def nearest_name(outlook: Outlook) -> str:
    """Short name of the published model to compare with, such as ``"B2"``."""
    return outlook.nearest.title.removeprefix("EfficientNet-")
