"""``effnet-studio models``, and ``models scale``: what a scaled EfficientNet would be."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from effnet_studio.cli import about
from effnet_studio.cli.options import AsJson
from effnet_studio.cli.terminal import Terminal
from effnet_studio.engine.models.scaling import (
    ALPHA,
    BETA,
    DEPTHS,
    DROPOUTS,
    GAMMA,
    RESOLUTIONS,
    WIDTHS,
    Scaling,
    constraint,
    from_phi,
    usual_dropout,
)

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

    from effnet_studio.engine.models.mbconv import Counts, Memory, ScaledStage
    from effnet_studio.engine.models.scaled import Inheritance
    from effnet_studio.engine.models.spec import ModelSpec

_COLUMNS = (
    "Kernel",
    "Expansion",
    "SE",
    "Stride",
    "Channels",
    "Repeats",
    "Size",
    "Parameters",
    "MACs",
)

app = typer.Typer(
    help="List the architectures that can be trained, or scale one.", invoke_without_command=True
)


@app.callback()
def models(context: typer.Context, *, as_json: AsJson = False) -> None:
    """List the architectures that can be trained, or scale one."""
    if context.invoked_subcommand is None:
        about.models(as_json=as_json)


def _bounds(bounds: tuple[float, float]) -> str:
    return f"{bounds[0]:g} to {bounds[1]:g}"


@app.command()
def scale(
    *,
    phi: Annotated[
        float,
        typer.Option("--phi", help="Scale all together: 0 is B0; may be fractional or negative."),
    ] = 0.0,
    width: Annotated[
        float | None,
        typer.Option("--width", help=f"Factor of the channels, {_bounds(WIDTHS)}."),
    ] = None,
    depth: Annotated[
        float | None,
        typer.Option("--depth", help=f"Factor of the layers, {_bounds(DEPTHS)}."),
    ] = None,
    resolution: Annotated[
        int | None,
        typer.Option("--resolution", help=f"Side of the input, {_bounds(RESOLUTIONS)} px."),
    ] = None,
    dropout: Annotated[
        float | None,
        typer.Option("--dropout", help=f"Before the classifier, {_bounds(DROPOUTS)}."),
    ] = None,
    alpha: Annotated[float, typer.Option("--alpha", help="Base of the depth.")] = ALPHA,
    beta: Annotated[float, typer.Option("--beta", help="Base of the width.")] = BETA,
    gamma: Annotated[float, typer.Option("--gamma", help="Base of the resolution.")] = GAMMA,
    classes: Annotated[int, typer.Option("--classes", min=1, help="Number of outputs.")] = 1000,
    as_json: AsJson = False,
) -> None:
    """Show what an EfficientNet scaled by φ, or by its coefficients, is made of.

    A coefficient that is given takes the place of the one that φ makes. The name in the last line
    can be given to train --model.
    """
    from effnet_studio.engine.models.mbconv import count, memory, scaled_stages
    from effnet_studio.engine.models.scaled import inheritance, neighbours

    scaled = from_phi(phi, alpha, beta, gamma)
    wide = scaled.width if width is None else width
    scaling = Scaling(
        wide,
        scaled.depth if depth is None else depth,
        scaled.resolution if resolution is None else resolution,
        usual_dropout(wide) if dropout is None else dropout,
    )
    stages = scaled_stages(scaling, classes)
    facts = _Facts(
        scaling=scaling,
        growth=constraint(alpha, beta, gamma),
        stages=stages,
        counts=count(stages),
        needs=memory(stages),
        heritage=inheritance(scaling),
        neighbours=neighbours(scaling),
    )
    Terminal(as_json=as_json).emit(
        _document(facts), _stages_table(facts), "", _comparison_table(facts), *_remarks(facts)
    )


@dataclass(frozen=True)
class _Facts:
    """All there is to say of a scaled network."""

    scaling: Scaling
    growth: float
    stages: tuple[ScaledStage, ...]
    counts: Counts
    needs: Memory
    heritage: Inheritance
    neighbours: tuple[ModelSpec, ...]


def _document(facts: _Facts) -> dict[str, Any]:
    from effnet_studio.cli.documents import model_document

    rows = zip(facts.stages, facts.counts.stages, strict=True)
    return {
        "name": facts.scaling.name,
        **asdict(facts.scaling),
        "constraint": facts.growth,
        "stages": [{**asdict(stage), **asdict(each)} for stage, each in rows],
        **asdict(facts.counts.total),
        **asdict(facts.needs),
        "inherits": {"donor": facts.heritage.donor, **asdict(facts.heritage)},
        "neighbours": [model_document(row) for row in facts.neighbours],
    }


def _stages_table(facts: _Facts) -> Table:
    from effnet_studio.cli.render import make_table

    table = make_table("", *_COLUMNS)
    for stage, each in zip(facts.stages, facts.counts.stages, strict=True):
        blocks, pools = stage.kind == "blocks", stage.kind == "linear"
        table.add_row(
            stage.name,
            "" if pools else f"{stage.kernel}×{stage.kernel}",
            f"×{stage.expansion}" if blocks else "",
            f"{stage.squeezed[0]}, {stage.squeezed[1]}" if blocks else "",
            "" if pools else str(stage.stride),
            f"{stage.in_channels} → {stage.out_channels}",
            str(stage.repeats),
            f"{stage.size_in} → {stage.size_out}",
            f"{each.parameters:,}",
            f"{each.macs / 1e6:,.1f} M",
        )
    total = facts.counts.total
    table.add_section()
    table.add_row("Total", *[""] * 7, f"{total.parameters:,}", f"{total.macs / 1e6:,.1f} M")
    return table


def _comparison_table(facts: _Facts) -> Table:
    from effnet_studio.cli.render import make_table

    table = make_table("Compared", "Parameters", "MACs", "Input", "ImageNet top-1")
    total = facts.counts.total
    own = ("This one", total.parameters, total.macs / 1e9, facts.scaling.resolution, "unknown")
    rows = [
        (row.title, row.parameters, row.macs, row.input_size, f"{row.top1:.2f} %")
        for row in facts.neighbours
    ]
    for title, parameters, macs, size, top1 in (own, *rows):
        table.add_row(title, f"{parameters / 1e6:.2f} M", f"{macs:.3f} G", f"{size} px", top1)
    return table


def _remarks(facts: _Facts) -> list[RenderableType]:
    from effnet_studio.cli.render import megabytes, percent
    from effnet_studio.engine.models.catalog import CATALOG

    heritage, needs = facts.heritage, facts.needs
    weights = "Starts from nothing: no published weights fit these channels."
    if heritage.worthwhile:
        weights = (
            f"Starts from {CATALOG[heritage.donor].title}: {percent(heritage.share)} of the "
            f"backbone fits, the first {heritage.stages} stages wholly."
        )
    work = f"α·β²·γ² = {facts.growth:.3f} (2 would double the work with each step of φ)"
    memory = (
        f"Memory: weights {megabytes(needs.weights_bytes)}, in training about "
        f"{megabytes(needs.activation_bytes)} for each image (all stages learning, 32-bit)"
    )
    return ["", work, memory, weights, f"Name: {facts.scaling.name}"]
