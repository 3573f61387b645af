"""``effnet-studio data label-next``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from effnet_studio.cli.options import AsJson, Device, ModelPath, RunId
from effnet_studio.cli.terminal import Terminal


def label_next(
    model: ModelPath,
    paths: Annotated[list[Path], typer.Argument(help="Images without labels, and folders.")],
    *,
    count: Annotated[int, typer.Option(min=1, help="How many to choose.")] = 100,
    run: RunId = None,
    device: Device = "auto",
    as_json: AsJson = False,
) -> None:
    """Choose the images that are most worth a label: uncertain, and about different things."""
    from effnet_studio.cli import render
    from effnet_studio.engine.evaluation.labels.to_label import choose_to_label
    from effnet_studio.engine.predict.predictor import load_predictor

    terminal = Terminal(as_json=as_json)
    with terminal.job() as job:
        predictor = load_predictor(model, run=run, device=device)
        found = choose_to_label(predictor, paths, count, on_event=job.on_event, cancel=job.cancel)
    table = render.make_table("Image", "Looks like", "or like", "Margin")
    listed = []
    for answer in found:
        first, *others = answer.top(2)
        second = others[0] if others else None
        margin = first.probability - (second.probability if second else 0.0)
        label = second.label if second else ""
        table.add_row(str(answer.path), first.label, label, render.percent(margin))
        listed.append(
            {"path": str(answer.path), "label": first.label, "second": label, "margin": margin}
        )
    terminal.emit({"images": listed}, table)
