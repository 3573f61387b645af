"""What the demonstration made, for people and programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from effnet_studio.cli import render
from effnet_studio.cli.demo import PICTURES
from effnet_studio.cli.documents import (
    evaluation_document,
    export_document,
    train_document,
)
from effnet_studio.engine.predict.tables import answer_document

if TYPE_CHECKING:
    from rich.console import RenderableType

    from effnet_studio.cli.demo import DemoResult


def demo_document(result: DemoResult) -> dict[str, Any]:
    """The whole demonstration as one document."""
    return {
        "folder": str(result.folder),
        "project": str(result.project),
        "train": train_document(result.training),
        "evaluate": evaluation_document(result.evaluation),
        "predict": [answer_document(str(answer.path), answer, 3) for answer in result.answers],
        "explain": [str(path) for path in result.explanations],
        "export": [export_document(export) for export in result.exports],
        "seconds": result.seconds,
    }


def demo_report(result: DemoResult) -> list[RenderableType]:
    """A short summary and where everything is."""
    table = render.make_table("", "Accuracy", "Same answer", "Size", "One image")
    app_latency = result.exports[0].app_latency_ms
    accuracy = render.percent(result.evaluation.accuracy)
    table.add_row("In the app", accuracy, "", "", f"{app_latency:.1f} ms")
    for export in result.exports:
        table.add_row(
            export.format.value + ("" if export.ok else " (not ready)"),
            render.percent(export.parts[0].accuracy),  # of the validation images, as in the app
            render.percent(export.agreement),
            render.megabytes(export.bytes),
            f"{export.latency_ms:.1f} ms",
        )
    training = result.training
    pictures = [str(result.explanations[0].parent)] if result.explanations else []
    places = [
        f"Everything is in {result.folder}",
        *[f"Where the model looked: {folder}" for folder in pictures],
        *[f"Exported as {export.format}: {export.file}" for export in result.exports],
        f"To go on in the window: effnet-studio gui {result.project}",
    ]
    return [
        "",
        render.predictions_table(result.answers, 2, folder=result.folder / PICTURES),
        table,
        (
            f"{training.epochs} epochs in {training.seconds:.0f} s, starting weights: "
            f"{training.weights}; everything in {result.seconds:.0f} s"
        ),
        *places,
    ]
