"""``effnet-studio compare``: two models on the same images."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from effnet_studio.cli.options import AsJson, Device
from effnet_studio.cli.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.console import RenderableType

    from effnet_studio.engine.data.dataset import Dataset
    from effnet_studio.engine.evaluation.comparing.paired import PairedScore
    from effnet_studio.engine.predict.compare_models import (
        ComparedImage,
        Latency,
        ModelComparison,
    )
    from effnet_studio.engine.predict.predictor import Predictor

_MOST_IMAGES = 10


def compare(
    first: Annotated[
        Path,
        typer.Argument(
            metavar="MODEL_A", help="A project, a run's folder or an exported .onnx file."
        ),
    ],
    second: Annotated[Path, typer.Argument(metavar="MODEL_B", help="Another.")],
    images: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[IMAGE...]",
            help="Images, or folders of them. By default the validation images of the project "
            "that one of the models belongs to.",
        ),
    ] = None,
    *,
    run_a: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Which training, where MODEL_A is a project."),
    ] = None,
    run_b: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Which training, where MODEL_B is a project."),
    ] = None,
    table: Annotated[
        Path | None,
        typer.Option("--csv", metavar="FILE", help="Also write all answers as a table to a file."),
    ] = None,
    device: Device = "auto",
    as_json: AsJson = False,
) -> None:
    """Ask two models about the same images: where they differ, and which is faster.

    For two trainings of one project: compare ants.effnet ants.effnet --run-a 2026 --run-b 2025.
    """
    from effnet_studio.engine.evaluation.comparing.paired import score_pair
    from effnet_studio.engine.predict.compare_models import compare_models
    from effnet_studio.engine.predict.predictor import load_predictor
    from effnet_studio.engine.predict.tables import write_csv

    terminal = Terminal(as_json=as_json)
    with terminal.job() as job:
        predictors = (
            load_predictor(first, run=run_a, device=device),
            load_predictor(second, run=run_b, device=device),
        )
        dataset, truth = _known_images(predictors)
        paths = images or _validation_images(dataset)
        found = compare_models(*predictors, paths, on_event=job.on_event, cancel=job.cancel)
    score = score_pair(found, truth)
    if table is not None:
        write_csv(table.absolute(), csv_table(found, truth))
    for predictor in predictors:
        if predictor.note is not None:
            terminal.remark(str(predictor.note))
    terminal.emit(_document(found, score), *_report(found, score))
    if found.failure is not None:
        terminal.remark(f"error: {found.failure}")
    elif not found.images:
        count = len(found.verdicts)
        terminal.remark(f"error: none of {count} files is an image that can be judged")
    if found.failure is not None or not found.images:
        raise typer.Exit(1)


def _known_images(predictors: Sequence[Predictor]) -> tuple[Dataset | None, dict[Path, str]]:
    """The images of the project that one of the models is a run of, and the truth of some."""
    from effnet_studio.engine.data.store import load_dataset
    from effnet_studio.engine.errors import DatasetError, ProjectError
    from effnet_studio.engine.evaluation.comparing.paired import held_back_truth
    from effnet_studio.engine.project import Project
    from effnet_studio.engine.project_opener import PROJECT_FILE

    for predictor in predictors:
        root = predictor.path.absolute().parent.parent
        if predictor.path.is_dir() and (root / PROJECT_FILE).is_file():
            try:
                with Project.open(root, read_only=True) as project:
                    dataset = load_dataset(project)
                    return dataset, held_back_truth(project, dataset)
            except (ProjectError, DatasetError):
                continue  # the models answer without it; only the truth is not known
    return None, {}


def _validation_images(dataset: Dataset | None) -> list[Path]:
    from effnet_studio.engine.errors import DatasetError
    from effnet_studio.engine.messages import msg

    samples = dataset.subset("val") if dataset is not None else ()
    if not samples:
        raise DatasetError(
            msg("There are no images to compare on."),
            hint=msg("Name images or folders behind the two models."),
        )
    return [sample.path for sample in samples]


def csv_table(found: ModelComparison, truth: Mapping[Path, str]) -> str:
    """Write both answers as comma-separated values, one file a line.

    Args:
        found: The comparison.
        truth: True classes, as far as they are known.

    Returns:
        The table with a line of titles: path, truth, answer and confidence of each model, whether
        they agree, their largest difference, which of them say "none of these", error.
    """
    from effnet_studio.engine.predict.answers import FailedImage
    from effnet_studio.engine.predict.tables import table_csv

    titles = [f"{name}_{side}" for side in "ab" for name in ("label", "probability")]
    table = [["path", "truth", *titles, "agree", "difference", "rejected_a", "rejected_b", "error"]]
    for verdict in found.verdicts:
        path = str(verdict.path)
        if isinstance(verdict, FailedImage):
            table.append([path, *[""] * 9, str(verdict.message)])
            continue
        one, other = verdict.first.best, verdict.second.best
        true = truth.get(verdict.path.absolute(), "") if verdict.path is not None else ""
        answers = [one.label, f"{one.probability:.6f}", other.label, f"{other.probability:.6f}"]
        agree = "yes" if verdict.agree else "no"
        rejected = ["yes" if each.rejected else "no" for each in (verdict.first, verdict.second)]
        table.append([path, true, *answers, agree, f"{verdict.difference:.6f}", *rejected, ""])
    return table_csv(table)


def _document(found: ModelComparison, score: PairedScore | None) -> dict[str, Any]:
    from effnet_studio.engine.predict.tables import answer_document

    return {
        "models": [
            {"name": found.first, **_latency_document(found.first_latency)},
            {"name": found.second, **_latency_document(found.second_latency)},
        ],
        "images": len(found.images),
        "agreeing": found.agreeing,
        "largest_difference": found.largest_difference,
        "mean_difference": found.mean_difference,
        "only_first_knows": list(found.classes.only_first),
        "only_second_knows": list(found.classes.only_second),
        "accuracy": None
        if score is None
        else {
            "images": score.images,
            "first": score.first.value,
            "second": score.second.value,
            "only_first_right": score.only_first,
            "only_second_right": score.only_second,
            "p_value": score.p_value,
        },
        "answers": [
            {
                "path": str(image.path),
                "labels": [image.first.best.label, image.second.best.label],
                "probabilities": [image.first.best.probability, image.second.best.probability],
                "difference": image.difference,
                "rejected": [image.first.rejected, image.second.rejected],
            }
            for image in found.most_different()
        ],
        "failed": [answer_document(str(image.path), image) for image in found.failed],
        "failure": None if found.failure is None else str(found.failure.message),
    }


def _latency_document(latency: Latency | None) -> dict[str, Any]:
    if latency is None:
        return {"median_ms": None, "p95_ms": None, "threads": None}
    return {
        "median_ms": latency.median_ms,
        "p95_ms": latency.p95_ms,
        "threads": latency.threads,
    }


def _report(found: ModelComparison, score: PairedScore | None) -> list[RenderableType]:
    from rich.text import Text

    from effnet_studio.cli.render import make_table
    from effnet_studio.engine.predict.class_match import models_mismatch

    lines: list[RenderableType] = [_models_table(found, score)]
    mismatch = models_mismatch(found.classes)
    if mismatch is not None:
        lines.append(Text(str(mismatch), style="yellow"))
    count = len(found.images)
    lines.append(
        f"They agree on {found.agreeing} of {count} images; probabilities differ by "
        f"{found.largest_difference:.2g} at most and {found.mean_difference:.2g} on average."
    )
    if score is not None:
        lines.append(
            f"Of {score.images} images whose class is known, only A is right on "
            f"{score.only_first} and only B on {score.only_second}. {score.message()}"
        )
    if found.failed:
        lines.append(Text(f"{len(found.failed)} files cannot be read", style="yellow"))
    if count:
        table = make_table("Most different images", "A", "B", "Difference")
        for image in found.most_different()[:_MOST_IMAGES]:
            table.add_row(*_row(image))
        lines.append(table)
    return lines


def _models_table(found: ModelComparison, score: PairedScore | None) -> RenderableType:
    from effnet_studio.cli.render import make_table, percent

    table = make_table(
        "", "Model", "Accuracy", "One image (median)", "95 % within", "Computes with"
    )
    table.columns[1].justify = "left"
    rows = (
        ("A", found.first, found.first_latency, score.first if score else None),
        ("B", found.second, found.second_latency, score.second if score else None),
    )
    for letter, name, latency, share in rows:
        accuracy = percent(share.value) if share is not None else "–"
        if latency is None:
            table.add_row(letter, name, accuracy, "–", "–", "–")
            continue
        with_ = "graphics card" if latency.threads is None else f"{latency.threads} thread(s)"
        figures = (f"{latency.median_ms:.1f} ms", f"{latency.p95_ms:.1f} ms")
        table.add_row(letter, name, accuracy, *figures, with_)
    return table


def _row(image: ComparedImage) -> tuple[RenderableType, ...]:
    from rich.text import Text

    from effnet_studio.cli.render import percent

    style = "" if image.agree else "yellow"
    cells = []
    for each in (image.first, image.second):
        text = f"{each.best.label} {percent(each.best.probability)}"
        cells.append(Text(f"none of these ({text})" if each.rejected else text, style=style))
    return (Text(str(image.path)), *cells, Text(percent(image.difference)))
