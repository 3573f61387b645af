"""What ``explain --method se --channels`` adds: channels opened beyond the class's average."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rich.console import RenderableType

    from effnet_studio.cli.terminal import Job
    from effnet_studio.engine.explain.gate_statistics import OpenedChannel
    from effnet_studio.engine.predict.predictor import Predictor

_NAMED = 3
"""Images that the table names for each channel; the document has them all."""


def find_opened(
    predictor: Predictor, image: Path, *, block: str | None, count: int, job: Job
) -> tuple[OpenedChannel, ...]:
    """Compare an image's gates with those of the training images of its class.

    Args:
        predictor: A run's model.
        image: The image.
        block: Title or dotted name of one block; None: all blocks.
        count: How many channels at most.
        job: Hears the progress and may stop it.

    Returns:
        The channels opened beyond what is usual, the most unusual first.

    Raises:
        ModelError: If the model is an exported file, has no such blocks, or none of that name.
        StudioError: If the project or its images cannot be used.
    """
    from effnet_studio.engine.evaluation.likeness.neighbours import of_run
    from effnet_studio.engine.explain.gate_statistics import beyond_class
    from effnet_studio.engine.explain.kept_channels import open_channels
    from effnet_studio.engine.explain.squeeze_excitation import se_explain
    from effnet_studio.engine.project import Project

    network = of_run(predictor)
    found = se_explain(network, image, block=block)
    with Project.open(network.path.parent.parent) as project:
        statistics = open_channels(project, network, on_event=job.on_event, cancel=job.cancel)
    only = None if block is None else found.block
    return beyond_class(found.gates, statistics, found.label, block=only, count=count)


def opened_document(opened: Sequence[OpenedChannel]) -> list[dict[str, Any]]:
    """The channels for programs."""
    return [
        {
            "block": each.title,
            "channel": each.channel,
            "gate": each.gate,
            "class_mean": each.usual,
            "deviations": each.score,
            "images": [
                {"path": str(opener.path), "label": opener.label, "gate": opener.gate}
                for opener in each.openers
            ],
        }
        for each in opened
    ]


def opened_table(opened: Sequence[OpenedChannel], label: str) -> RenderableType:
    """The channels for people.

    Args:
        opened: From :func:`find_opened`.
        label: Name of the class they are compared with.
    """
    from effnet_studio.cli.render import make_table, percent

    table = make_table(
        "Channel", "Open", f"Usual for {label}", "Deviations above", "Opened most by"
    )
    table.columns[4].justify = "left"
    for each in opened:
        images = [f"{opener.label} {opener.path.name}" for opener in each.openers[:_NAMED]]
        table.add_row(
            f"{each.title}, channel {each.channel}",
            percent(each.gate),
            percent(each.usual),
            f"{each.score:.1f}",
            "  ".join(images),
        )
    return table
