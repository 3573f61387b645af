"""``effnet-studio data suspects``."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from effnet_studio.cli.options import AsJson, Device, ProjectPath, RunId
from effnet_studio.cli.terminal import Terminal


def suspects(
    project: ProjectPath,
    *,
    top: Annotated[
        int | None,
        typer.Option(
            min=1, help="How many to list, flagged or not; all that are flagged if absent."
        ),
    ] = None,
    run: RunId = None,
    device: Device = "auto",
    as_json: AsJson = False,
) -> None:
    """List labels that are probably wrong, the most suspicious first.

    They are for you to look at: the command relabel changes what is wrong.
    """
    from effnet_studio.cli import render
    from effnet_studio.engine.data.store import load_index
    from effnet_studio.engine.evaluation.labels.suspects import find_suspects
    from effnet_studio.engine.project import Project

    terminal = Terminal(as_json=as_json)
    with Project.open(project) as opened, terminal.job() as job:
        index = load_index(opened, check_folder=False)
        found = find_suspects(
            opened, index, run=run, device=device, on_event=job.on_event, cancel=job.cancel
        )
    places = found.flagged.nonzero()[0] if top is None else range(min(top, len(found.ids)))
    rows = index.rows_of(found.ids.tolist())
    listed: list[dict[str, Any]] = [
        {
            "path": str(index.path(int(rows[place]))),
            "label": index.class_names[int(index.classes[rows[place]])],
            "suggested": index.class_names[int(found.suggested[place])],
            "quality": float(found.quality[place]),
            "flagged": bool(found.flagged[place]),
        }
        for place in places
    ]
    table = render.make_table("Image", "Label", "Looks like", "Label's probability")
    for each in listed:
        looks_like = each["suggested"] if each["suggested"] != each["label"] else "–"
        table.add_row(each["path"], each["label"], looks_like, render.percent(each["quality"]))
    document = {
        "source": str(found.source),
        "judged": len(found.ids),
        "flagged": int(found.flagged.sum()),
        "recognised": found.recognised,
        "suspects": listed,
    }
    text = (
        f"{found.source} Suspicious labels: {document['flagged']:,} of {document['judged']:,}; "
        f"{render.percent(found.recognised)} of all labels are recognised."
    )
    terminal.emit(document, *([table] if listed else []), text)
