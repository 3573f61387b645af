"""``effnet-studio attention``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from effnet_studio.cli.answers import Part
from effnet_studio.cli.options import AsJson, Device, ProjectPath, RunId
from effnet_studio.cli.terminal import Terminal
from effnet_studio.engine.explain.names import Method

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from effnet_studio.engine.explain.attention import Attention
    from effnet_studio.engine.explain.regions import RegionOf
    from effnet_studio.engine.explain.shares import RegionShare
    from effnet_studio.engine.explain.standing_out import ClassFocus
    from effnet_studio.engine.preprocess import Preprocess


def attention(
    project: ProjectPath,
    *,
    run: RunId = None,
    split: Annotated[Part, typer.Option(help="Which part of the images.")] = Part.VAL,
    method: Annotated[
        Method, typer.Option(help="How to look: a class activation map.")
    ] = Method.GRADCAM,
    layer: Annotated[
        str | None,
        typer.Option(
            help='Stage to look at, such as "Stage 5", or "fine" for the last one that is finer '
            "than the last; by default the last."
        ),
    ] = None,
    region: Annotated[
        str | None,
        typer.Option(
            metavar="X,Y,W,H",
            help="How much of the attention is in this box? Shares of what the model sees, such as "
            "0,0,0.25,0.25 for the top left corner.",
        ),
    ] = None,
    boxes: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.csv",
            help="The same with boxes of each image's own: file,x,y,w,h in pixels.",
        ),
    ] = None,
    masks: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER", help="The same with masks: PNG files named as the images, not black."
        ),
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option(metavar="FILE.html", help="Write everything with pictures into one file."),
    ] = None,
    device: Device = "auto",
    as_json: AsJson = False,
) -> None:
    """Show where a model looks in all images, class by class."""
    from effnet_studio.engine.data.store import load_dataset
    from effnet_studio.engine.explain.bulk_report import ReportContent, write_report
    from effnet_studio.engine.explain.kept_attention import open_attention
    from effnet_studio.engine.explain.shares import region_shares
    from effnet_studio.engine.explain.standing_out import compare_classes
    from effnet_studio.engine.project import Project
    from effnet_studio.engine.training.runs import load_run

    terminal = Terminal(as_json=as_json)
    with Project.open(project) as opened, terminal.job() as job:
        dataset = load_dataset(opened)
        run_dir = opened.find_run(run)
        preprocess = load_run(run_dir).preprocess
        region_of = chosen_region(region, boxes, masks, preprocess)
        found = open_attention(
            opened,
            run_dir,
            dataset,
            split.value,
            method=method.value,
            layer=layer,
            device=device,
            on_event=job.on_event,
            cancel=job.cancel,
        )
        samples = {sample.id: sample for sample in dataset.subset(split.value)}
        shares: tuple[RegionShare, ...] = ()
        if region_of is not None:
            shares = region_shares(found, samples, region_of, cancel=job.cancel)
        focuses = compare_classes(found)
        if report is not None:
            content = ReportContent(
                found, samples, preprocess, opened.name, run_dir.name, shares, focuses
            )
            write_report(report.absolute(), content, on_event=job.on_event, cancel=job.cancel)
    terminal.emit(
        {"run": run_dir.name, **attention_document(found, shares, focuses, report)},
        *attention_report(found, shares, focuses, report),
    )


def chosen_region(
    region: str | None, boxes: Path | None, masks: Path | None, preprocess: Preprocess
) -> RegionOf | None:
    """The region as it was typed.

    Args:
        region: One box for all, four numbers.
        boxes: A table of boxes.
        masks: A folder of masks.
        preprocess: What the model sees.

    Returns:
        None if none was asked for.

    Raises:
        ConfigError: If several were asked for, or one cannot be understood.
    """
    from effnet_studio.engine.errors import ConfigError
    from effnet_studio.engine.explain.regions import Box, own_boxes, own_masks, read_boxes, same_box
    from effnet_studio.engine.messages import msg

    if sum(each is not None for each in (region, boxes, masks)) > 1:
        raise ConfigError(msg("Choose one of --region, --boxes and --masks."))
    if boxes is not None:
        return own_boxes(read_boxes(boxes), preprocess)
    if masks is not None:
        return own_masks(masks, preprocess)
    if region is None:
        return None
    try:
        x, y, width, height = (float(number) for number in region.split(","))
    except ValueError as error:
        raise ConfigError(
            msg("{text} is no box.", text=region),
            hint=msg("Give left, top, width and height as shares of it, such as 0,0,0.25,0.25."),
        ) from error
    return same_box(Box(x, y, width, height))


def attention_document(
    found: Attention,
    shares: Sequence[RegionShare],
    focuses: Sequence[ClassFocus],
    report: Path | None,
) -> dict[str, Any]:
    """What ``attention`` shows, for programs."""
    return {
        "split": found.split,
        "method": found.method,
        "layer": found.layer,
        "images": len(found),
        "accuracy": found.accuracy,
        "unreadable": [name for name, _ in found.unreadable],
        "mean_maps": {
            label: found.mean_maps[number].tolist()
            for number, label in enumerate(found.classes)
            if found.counts[number]
        },
        "classes": [focus.to_dict() for focus in focuses],
        "region": [share.to_dict() for share in shares],
        "report": None if report is None else str(report),
    }


def attention_report(
    found: Attention,
    shares: Sequence[RegionShare],
    focuses: Sequence[ClassFocus],
    report: Path | None,
) -> list[RenderableType]:
    """The same for people."""
    from rich.text import Text

    from effnet_studio.cli.render import make_table, percent

    counts = found.counts
    table = make_table("Answered as", "Images", "Distance from the others", "p")
    for focus in focuses:
        table.add_row(
            focus.label, str(focus.images), f"{focus.distance:.2f}", f"{focus.p_value:.3f}"
        )
    lines: list[RenderableType] = [table] if focuses else []
    if shares:
        inside = make_table("Answered as", "Images", "Inside", "95 %", "Area", "Times chance")
        for each in shares:
            inside.add_row(
                each.label or "all",
                str(each.images),
                percent(each.share),
                f"{percent(each.low)} – {percent(each.high)}",
                percent(each.area),
                f"{each.ratio:.2f}",
            )
        lines.append(inside)
    hints = [focus.hint for focus in focuses if focus.hint is not None]
    lines += [Text(str(hint), style="yellow") for hint in hints]
    if not hints:
        lines.append("No class is looked at in a corner or at a border where the others are not.")
        if found.method == Method.GRADCAM:
            lines.append("To be surer, look closer: --method layercam --layer fine")
    if found.unreadable:
        lines.append(Text(f"{len(found.unreadable)} images cannot be read", style="yellow"))
    lines.append(
        f"{found.model}: {int(counts.sum())} images ({found.split}), accuracy "
        f"{percent(found.accuracy)}, {found.method} at {found.layer}"
    )
    if report is not None:
        lines.append(f"Report: {report}")
    return lines
