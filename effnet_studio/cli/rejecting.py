"""``effnet-studio threshold``: below what a model says "none of these"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from effnet_studio.cli.options import AsJson, Device, ProjectPath, RunId
from effnet_studio.cli.terminal import Terminal
from effnet_studio.engine.predict.reject_option import Score

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import RenderableType

    from effnet_studio.cli.terminal import Job
    from effnet_studio.engine.evaluation.rejection import RiskCoverage
    from effnet_studio.engine.messages import Message
    from effnet_studio.engine.predict.reject_option import RejectOption
    from effnet_studio.engine.project import Project

_SHOWN = (1.0, 0.98, 0.95, 0.9, 0.8, 0.7, 0.5)
"""Shares of answered images in the table."""


def threshold(
    project: ProjectPath,
    *,
    run: RunId = None,
    accuracy: Annotated[
        float | None,
        typer.Option(min=0, max=1, help="Answer as many images as leave so many answers right."),
    ] = None,
    coverage: Annotated[
        float | None,
        typer.Option(min=0, max=1, help="Answer so many of the images, the most certain ones."),
    ] = None,
    off: Annotated[bool, typer.Option("--off", help="Answer every image from now on.")] = False,
    score: Annotated[Score, typer.Option(help="By what the certainty is told.")] = Score.CONFIDENCE,
    device: Device = "auto",
    as_json: AsJson = False,
) -> None:
    """Choose below what certainty the answer is "none of these".

    The validation images decide: say which share of the answers is to be right, or which share of
    the images is to be answered. Without a wish nothing is changed, and the choices are shown.
    """
    from effnet_studio.engine.predict.reject_option import read_reject_option, write_reject_option
    from effnet_studio.engine.project import Project

    if sum((accuracy is not None, coverage is not None, off)) > 1:
        raise typer.BadParameter("choose one of --accuracy, --coverage and --off")
    terminal = Terminal(as_json=as_json)
    curve = None
    wishes = {"accuracy": accuracy, "coverage": coverage}
    with Project.open(project) as opened, terminal.job() as job:
        run_dir = opened.find_run(run)
        if off:
            opened.require_writable()
            write_reject_option(run_dir, None)
        else:
            curve = _choose(opened, run_dir, job, score=score, wishes=wishes, device=device)
        kept = read_reject_option(run_dir)
    terminal.emit(_document(run_dir, kept, curve), *_report(kept, curve))


def _choose(
    project: Project,
    run_dir: Path,
    job: Job,
    *,
    score: Score,
    wishes: dict[str, float | None],
    device: str,
) -> RiskCoverage:
    """Judge the validation images, and keep the limit that is wished for, if one is."""
    from effnet_studio.engine.data.store import load_dataset
    from effnet_studio.engine.evaluation.rejection import (
        choose_threshold,
        keep_threshold,
        risk_coverage,
    )
    from effnet_studio.engine.evaluation.run_evaluation import evaluate_run

    found = evaluate_run(
        run_dir,
        load_dataset(project),
        "val",
        device=device,
        keep=not project.read_only,
        on_event=job.on_event,
        cancel=job.cancel,
    )
    curve = risk_coverage(found, score)
    if any(wish is not None for wish in wishes.values()):
        project.require_writable()
        keep_threshold(run_dir, found, choose_threshold(curve, **wishes), score)
    return curve


def _points(curve: RiskCoverage) -> list[dict[str, Any]]:
    """Some limits, from the one that answers all images on."""
    from effnet_studio.engine.evaluation.measures.significance import wilson
    from effnet_studio.engine.evaluation.rejection import choose_threshold

    points, seen = [], set()
    for wished in _SHOWN:
        limit = choose_threshold(curve, coverage=wished)
        answered, right = curve.counts_at(limit)
        share = wilson(right, answered)
        if limit not in seen:
            seen.add(limit)
            points.append(
                {
                    "threshold": limit,
                    "coverage": answered / curve.images,
                    "accuracy": share.value,
                    "accuracy_low": share.low,
                    "accuracy_high": share.high,
                }
            )
    return points


def _document(
    run_dir: Path, kept: RejectOption | None, curve: RiskCoverage | None
) -> dict[str, Any]:
    return {
        "run": run_dir.name,
        "kept": None if kept is None else kept.to_json(),
        "cautions": [] if kept is None else [str(each) for each in _cautions(kept)],
        "area_under_risk_coverage": None if curve is None else curve.area,
        "points": [] if curve is None else _points(curve),
    }


def _cautions(kept: RejectOption) -> tuple[Message, ...]:
    from effnet_studio.engine.evaluation.rejection import cautions

    answered = round(kept.coverage * kept.images)
    return cautions(answered, round(kept.accuracy * answered), kept.images)


def _report(kept: RejectOption | None, curve: RiskCoverage | None) -> list[RenderableType]:
    from effnet_studio.cli.render import make_table, percent
    from effnet_studio.engine.evaluation.measures.significance import wilson

    lines: list[RenderableType] = []
    if curve is not None:
        limit = f"Least {curve.score}"
        table = make_table(limit, "Images answered", "Answers right", "95 % interval")
        for point in _points(curve):
            table.add_row(
                f"{point['threshold']:.4g}",
                percent(point["coverage"]),
                percent(point["accuracy"]),
                f"{100 * point['accuracy_low']:.1f} to {percent(point['accuracy_high'])}",
            )
        lines.append(table)
    if kept is None:
        lines.append('No threshold is kept: every image is answered, none is "none of these".')
    else:
        answered = round(kept.coverage * kept.images)
        share = wilson(round(kept.accuracy * answered), answered)
        lines.append(
            f'Kept: {kept.score} below {kept.threshold:.4g} is "none of these". Of '
            f"{kept.images} validation images {percent(kept.coverage)} are answered, "
            f"{percent(kept.accuracy)} of those rightly (95 % interval "
            f"{100 * share.low:.1f} to {percent(share.high)})."
        )
        lines += [f"Careful: {each}" for each in _cautions(kept)]
    return lines
