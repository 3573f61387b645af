"""``effnet-studio data enough``."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Annotated, Any

import typer

from effnet_studio.cli.options import AsJson, Device, ProjectPath
from effnet_studio.cli.terminal import Terminal

if TYPE_CHECKING:
    from rich.console import RenderableType

    from effnet_studio.engine.evaluation.learning.learning_advice import Outlook
    from effnet_studio.engine.evaluation.learning.learning_curve import LearningCurve
    from effnet_studio.engine.evaluation.measures.significance import Share


def enough(
    project: ProjectPath,
    *,
    model: Annotated[
        str | None, typer.Option("--model", metavar="NAME", help="Architecture to try it with.")
    ] = None,
    device: Device = "auto",
    as_json: AsJson = False,
) -> None:
    """Say of which class more images would help most, and by how much.

    Trains on 25, 50, 75 and 100 % of the images, as the preset Instant does, and draws the curve
    on. Images kept for a test are not used.
    """
    from effnet_studio.engine.data.store import load_dataset
    from effnet_studio.engine.evaluation.learning.kept_learning_curve import open_learning_curve
    from effnet_studio.engine.project import Project

    terminal = Terminal(as_json=as_json)
    with Project.open(project) as opened, terminal.job() as job:
        curve = open_learning_curve(
            opened,
            load_dataset(opened),
            model=model,
            device=device,
            on_event=job.on_event,
            cancel=job.cancel,
        )
    terminal.emit(enough_document(curve), *enough_report(curve))


def enough_document(curve: LearningCurve) -> dict[str, Any]:
    """What ``data enough`` shows, for programs."""
    from effnet_studio.engine.evaluation.learning.learning_advice import STEPS, advise, outlook

    found = advise(curve)
    every = [(-1, ""), *enumerate(curve.classes)]
    return {
        "model": curve.model,
        "weights": curve.weights,
        "advice": str(found.message),
        "verdict": found.verdict.value,
        "curves": [
            {
                "label": label,
                "images": curve.images_now(column),
                "now": _share_document(curve.right_now(column)),
                "points": [
                    {"images": images, **_share_document(share)}
                    for images, share in curve.measured(column)
                ],
                "more": [
                    _outlook_document(
                        outlook(curve, column, more * (1 if label else len(every) - 1))
                    )
                    for more in STEPS
                ],
            }
            for column, label in every
        ],
    }


def _share_document(share: Share) -> dict[str, Any]:
    return {"value": share.value, "low": share.low, "high": share.high, "checked": share.images}


def _outlook_document(found: Outlook) -> dict[str, Any]:
    document = dataclasses.asdict(found)
    for name in ("column", "images", "now"):
        del document[name]
    return document


def enough_report(curve: LearningCurve) -> list[RenderableType]:
    """The same for people."""
    from effnet_studio.cli.render import make_table, percent
    from effnet_studio.engine.evaluation.learning.learning_advice import (
        TYPICAL,
        advise,
        class_outlooks,
    )

    table = make_table("Class", "Images", "Recall", f"With {TYPICAL} more", "Range", "Gain")
    for label, each in zip(curve.classes, class_outlooks(curve), strict=True):
        if not each.now.images:  # no validation image tells how well it is recognised
            table.add_row(label, f"{each.images:,}", *["–"] * 4)
            continue
        table.add_row(
            label,
            f"{each.images:,}",
            percent(each.now.value),
            percent(each.expected),
            f"{percent(each.low)} – {percent(each.high)}",
            f"{100 * each.gain:+.1f}",
        )
    steps = ", ".join(
        f"{images:,.0f}: {percent(share.value)}" for images, share in curve.measured()
    )
    return [
        table,
        f"Accuracy of {curve.model}, trained as the preset Instant does, by images: {steps}",
        str(advise(curve).message),
    ]
