"""``effnet-studio slices``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from effnet_studio.cli.answers import Part
from effnet_studio.cli.options import AsJson, Device, ProjectPath, RunId
from effnet_studio.cli.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from effnet_studio.engine.evaluation.slices.slices import Slice, SliceReport


def slices(
    project: ProjectPath,
    *,
    run: RunId = None,
    split: Annotated[Part, typer.Option(help="Which part of the images.")] = Part.VAL,
    device: Device = "auto",
    as_json: AsJson = False,
) -> None:
    """Find groups of images that a model is worse at: dark, blurred, of one camera or folder.

    Groups that are worse by no more than chance are not called findings.
    """
    from effnet_studio.engine.data.store import load_dataset
    from effnet_studio.engine.evaluation.run_evaluation import evaluate_run
    from effnet_studio.engine.evaluation.slices.slices import slice_evaluation
    from effnet_studio.engine.project import Project

    terminal = Terminal(as_json=as_json)
    with Project.open(project) as opened, terminal.job() as job:
        dataset = load_dataset(opened)
        run_dir = opened.find_run(run)
        evaluation = evaluate_run(
            run_dir,
            dataset,
            split.value,
            device=device,
            keep=not opened.read_only,
            on_event=job.on_event,
            cancel=job.cancel,
        )
        report = slice_evaluation(opened, evaluation, on_event=job.on_event, cancel=job.cancel)
    paths = {sample.id: str(sample.path) for sample in dataset.subset(split.value)}
    wrong = evaluation.true != evaluation.predicted
    errors = [
        paths[number] if missed else None
        for number, missed in zip(evaluation.sample_ids, wrong.tolist(), strict=True)
    ]
    document = {"run": run_dir.name, "split": evaluation.split, **slices_document(report, errors)}
    terminal.emit(document, *slices_report(report))


def slices_document(report: SliceReport, errors: Sequence[str | None]) -> dict[str, Any]:
    """What ``slices`` shows, for programs.

    Args:
        report: The groups.
        errors: Paths of the images that were not recognised, None for the others.
    """
    return {
        "images": report.right.images,
        "accuracy": report.right.value,
        "tried": report.tried,
        "message": str(report.message()),
        "findings": [
            {
                **_slice_document(found),
                "sentence": str(found.sentence()),
                "errors": [path for place in found.positions if (path := errors[place])],
            }
            for found in report.findings
        ],
        "attributes": [
            {
                "key": each.attribute.key,
                "title": str(each.attribute.title),
                "slices": [_slice_document(one) for one in each.slices],
            }
            for each in report.attributes
        ],
    }


def _slice_document(found: Slice) -> dict[str, Any]:
    return {
        "name": str(found.name),
        "label": str(found.label),
        "values": dict(found.values),
        "images": found.right.images,
        "accuracy": found.right.value,
        "low": found.right.low,
        "high": found.right.high,
        "rest": found.rest.value,
        "excess": found.excess,
        "excess_low": found.excess_low,
        "excess_high": found.excess_high,
        "p": found.p_value,
        "q": found.q_value,
    }


def slices_report(report: SliceReport) -> list[RenderableType]:
    """The same for people: findings first, then each attribute."""
    from rich.text import Text

    from effnet_studio.cli.render import make_table, percent

    lines: list[RenderableType] = []
    for each in report.attributes:
        table = make_table(str(each.attribute.title), "Right", "95 %", "Images")
        for one in each.slices:
            table.add_row(
                str(one.label),
                percent(one.right.value),
                f"{percent(one.right.low)} – {percent(one.right.high)}",
                f"{one.right.images:,}",
            )
        lines += [table, ""]
    for found in report.findings:
        text = f"{found.sentence()} ({found.right.images:,} images, p = {found.p_value:.2g})"
        lines.append(Text(text, style="yellow"))
    lines.append(str(report.message()))
    return lines
