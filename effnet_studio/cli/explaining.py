"""``effnet-studio explain``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from effnet_studio.cli.options import AsJson, Device, ModelPath, RunId
from effnet_studio.cli.terminal import Terminal
from effnet_studio.engine.explain.names import Method

if TYPE_CHECKING:
    from rich.console import RenderableType

    from effnet_studio.engine.explain.explain import ExplainedImage
    from effnet_studio.engine.explain.health import Health


def explain(
    model: ModelPath,
    image: Annotated[Path, typer.Argument(metavar="IMAGE", help="An image.")],
    *,
    out: Annotated[
        Path,
        typer.Option("--out", "-o", metavar="FILE.png", help="Image and explanation side by side."),
    ],
    method: Annotated[
        Method,
        typer.Option(
            help="How to look: a class activation map; or se: what squeeze-excitation lets through."
        ),
    ] = Method.GRADCAM,
    layer: Annotated[
        str | None,
        typer.Option(help='Stage or block to look at, such as "Stage 5"; by default the last.'),
    ] = None,
    class_name: Annotated[
        str | None,
        typer.Option("--class", metavar="NAME", help="Class to explain; by default the likeliest."),
    ] = None,
    against: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Another class: show why it is not that one."),
    ] = None,
    all_channels: Annotated[
        bool,
        typer.Option(
            "--all-channels", help="Score-CAM as published: try every channel, however long."
        ),
    ] = False,
    health: Annotated[
        bool, typer.Option("--health", help="Check whether the map can be trusted.")
    ] = False,
    save_array: Annotated[
        Path | None,
        typer.Option(metavar="FILE.npy", help="Also write the method's own numbers, for NumPy."),
    ] = None,
    channels: Annotated[
        int | None,
        typer.Option(
            min=1,
            metavar="COUNT",
            help="With se: also list the channels that are open beyond what is usual for the "
            "class, in the block of --layer or in all, and the training images that open them "
            "most.",
        ),
    ] = None,
    channel: Annotated[
        int | None,
        typer.Option(min=0, metavar="NUMBER", help="With se: show this channel of the block only."),
    ] = None,
    opacity: Annotated[float, typer.Option(min=0, max=1, help="Of the colours.")] = 0.5,
    run: RunId = None,
    device: Device = "auto",
    as_json: AsJson = False,
) -> None:
    """Show where a model looked."""
    from effnet_studio.cli.opened_channels import find_opened, opened_document, opened_table
    from effnet_studio.cli.pictures import side_by_side
    from effnet_studio.engine.errors import ConfigError
    from effnet_studio.engine.explain.cam import SCORE_CHANNELS
    from effnet_studio.engine.explain.explain import (
        explain_image,
        write_array,
        write_picture,
    )
    from effnet_studio.engine.explain.health import check_health
    from effnet_studio.engine.messages import msg
    from effnet_studio.engine.predict.predictor import load_predictor

    if health and method is Method.SE:
        raise ConfigError(
            msg("Only class activation maps can be checked."),
            hint=msg("Choose another method, or leave the check out."),
        )
    if method is not Method.SE and (channels is not None or channel is not None):
        raise ConfigError(
            msg("Channels are shown by the method se only."),
            hint=msg("Add --method se."),
        )
    terminal = Terminal(as_json=as_json)
    opened = None
    with terminal.job() as job:
        predictor = load_predictor(model, run=run, device=device)
        found = explain_image(
            predictor,
            image,
            method=method.value,
            label=class_name,
            against=against,
            layer=layer,
            channels=None if all_channels else SCORE_CHANNELS,
            channel=channel,
            on_event=job.on_event,
            cancel=job.cancel,
        )
        checked = None
        if health and found.explanation is not None:
            checked = check_health(
                predictor, found.explanation, on_event=job.on_event, cancel=job.cancel
            )
        if channels is not None:
            opened = find_opened(predictor, image, block=layer, count=channels, job=job)
        picture = side_by_side(image, predictor.preprocess, found.heatmap, opacity=opacity)
        write_picture(out.absolute(), picture)
        if save_array is not None:
            write_array(save_array.absolute(), found.raw)
    document = explanation_document(found, checked)
    report: list[RenderableType] = [*_report(found, checked, out)]
    if opened is not None:
        document["opened_channels"] = opened_document(opened)
        report.append(opened_table(opened, found.label))
    terminal.emit({"path": str(image), "file": str(out), **document}, *report)


def explanation_document(found: ExplainedImage, health: Health | None) -> dict[str, Any]:
    """What ``explain`` shows; ``health`` only if it was asked for."""
    document: dict[str, Any] = {
        "method": found.method,
        "layer": found.layer,
        "label": found.label,
        "probability": found.probability,
        "against": found.against_label or None,
    }
    if found.explanation is not None and found.explanation.channels is not None:
        document["channels"] = found.explanation.channels
    if health is not None:
        document["health"] = {
            **health.to_dict(),
            "reason": str(health.reason),
            "deletion_area": health.deletion_area,
            "insertion_area": health.insertion_area,
            "random_areas": health.random_areas.tolist(),
            "gain": health.gain,
        }
    return document


def _report(found: ExplainedImage, health: Health | None, out: Path) -> list[str]:
    from effnet_studio.cli.render import percent

    name = f"{found.label} ({percent(found.probability)})"
    if found.against_label:
        name += f" and not {found.against_label}"
    lines = [f"{name}, seen at {found.layer}: {out}"]
    if health is not None:
        lines.append(f"{'Trustworthy' if health.passed else 'Not trustworthy'}: {health.reason}")
        lines.append(
            f"Area under the curve: inserted {health.insertion_area:.2f}, removed "
            f"{health.deletion_area:.2f}, by chance {health.random_areas.mean():.2f}. "
            f"Likeness to the map of random weights: {health.similarity.mean():.2f}"
        )
    return lines
