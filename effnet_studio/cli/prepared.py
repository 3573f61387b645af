"""``effnet-studio data prepare``: decoded pictures, made ahead of a training or deleted."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from effnet_studio.cli.options import AsJson, ProjectPath
from effnet_studio.cli.terminal import Terminal
from effnet_studio.engine.training.config import make_config

if TYPE_CHECKING:
    from effnet_studio.engine.training.prepared import PreparedFacts


def prepare(
    project: ProjectPath,
    *,
    model: Annotated[
        str, typer.Option("--model", metavar="NAME", help="Architecture that will be trained.")
    ] = "efficientnet_b0",
    image_size: Annotated[
        int | None, typer.Option("--image-size", metavar="N", help="Side of its input, pixels.")
    ] = None,
    estimate: Annotated[
        bool, typer.Option("--estimate", help="Only say what it would take.")
    ] = False,
    clear: Annotated[
        bool, typer.Option("--clear", help="Delete all decoded images instead; yours stay.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Decode a project's images once, so that training begins at full speed."""
    from effnet_studio.engine.data.loading.cache_space import clear as clear_cache
    from effnet_studio.engine.data.store import load_index
    from effnet_studio.engine.project import Project
    from effnet_studio.engine.training.prepared import prepare_pictures, prepared_facts

    terminal = Terminal(as_json=as_json)
    config = make_config(model=model, image_size=image_size)
    with Project.open(project, read_only=estimate) as opened:
        if clear:
            clear_cache(opened.cache_dir)
        dataset = load_index(opened).dataset()
        if not clear and not estimate:
            with terminal.job() as job:
                prepare_pictures(opened, dataset, config, on_event=job.on_event, cancel=job.cancel)
        facts = prepared_facts(opened, dataset, config)
    terminal.emit(asdict(facts), _account(facts))


def _account(facts: PreparedFacts) -> str:
    return (
        f"Kept: {facts.usage.pictures:,} images, {facts.usage.bytes / 1e6:,.0f} MB "
        f"(at most {facts.limit / 1e6:,.0f} MB). A training with these settings takes "
        f"{facts.needed / 1e6:,.0f} MB for {facts.pictures:,} images."
    )
