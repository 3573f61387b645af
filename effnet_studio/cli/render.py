"""Results for people: rich tables and texts."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from effnet_studio.engine.evaluation.measures.figure_words import FIGURES
from effnet_studio.engine.predict.answers import FailedImage

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray
    from rich.console import RenderableType

    from effnet_studio.engine.data.importer import ImportResult
    from effnet_studio.engine.evaluation.curves.class_curves import ClassCurves
    from effnet_studio.engine.evaluation.curves.curve_intervals import CurveIntervals
    from effnet_studio.engine.evaluation.evaluate import Evaluation
    from effnet_studio.engine.evaluation.measures.bootstrap import Interval
    from effnet_studio.engine.evaluation.measures.calibration import Calibration
    from effnet_studio.engine.evaluation.measures.intervals import Intervals
    from effnet_studio.engine.models.spec import ModelSpec
    from effnet_studio.engine.predict.answers import Prediction
    from effnet_studio.engine.predict.reject_option import RejectOption
    from effnet_studio.engine.training.runs import TrainResult

_MOST_PROBLEMS = 10
_MOST_CONFUSION_CLASSES = 12


def percent(share: float) -> str:
    """A share as people write it, such as ``93.5 %``."""
    return f"{100 * share:.1f} %"


def megabytes(size: int) -> str:
    """A file's size, such as ``16.0 MB``."""
    return f"{size / 1e6:.1f} MB"


def import_report(result: ImportResult, project: Path) -> list[RenderableType]:
    """Classes, counts and problems of an import."""
    table = make_table("Class", "Images")
    for name, count in result.classes.items():
        table.add_row(name, f"{count:,}")
    parts = [f"{result.train:,} to learn from", f"{result.val:,} to validate on"]
    parts += [f"{result.test:,} kept apart"] if result.test else []
    lines: list[RenderableType] = [
        table,
        (
            f"{result.images:,} images ({', '.join(parts)}), {result.unreadable:,} unreadable, "
            f"{result.ignored:,} other files ignored"
        ),
    ]
    for problem in result.problems[:_MOST_PROBLEMS]:
        hint = f" {problem.hint}" if problem.hint else ""
        lines.append(Text(f"{problem.path}: {problem.message}{hint}", style="yellow"))
    if len(result.problems) > _MOST_PROBLEMS:
        lines.append(f"… and {len(result.problems) - _MOST_PROBLEMS:,} more (--json lists all)")
    lines.append(f"Project: {project}")
    return lines


def train_report(result: TrainResult) -> list[RenderableType]:
    """What a training reached."""
    how = "Stopped; the best model so far is kept." if result.stopped else "Finished."
    return [
        (
            f"{how} Validation accuracy {percent(result.accuracy)} "
            f"(epoch {result.best_epoch + 1} of {result.epochs}), {result.seconds:.0f} s, "
            f"{result.images_per_second:.0f} images/s, starting weights: {result.weights}"
        ),
        f"Run: {result.run_id}",
    ]


def evaluation_report(
    evaluation: Evaluation, intervals: Intervals | None = None, *, where: str
) -> list[RenderableType]:
    """Figures per class, the confusion matrix, and figures of all classes together.

    Args:
        evaluation: Figures and answers.
        intervals: How far each figure can be trusted; None: not known.
        where: Which images, in a word.
    """
    table = make_table("Class", "Precision", "Recall", "F1", "Images")
    given = evaluation.confusion.sum(axis=0).tolist()
    for report, answers in zip(evaluation.per_class, given, strict=True):
        # A share of nothing is not 0 %.
        shares = (
            percent(report.precision) if answers else "–",
            percent(report.recall) if report.support else "–",
            percent(report.f1) if answers or report.support else "–",
        )
        table.add_row(report.label, *shares, str(report.support))
    found: list[RenderableType] = [table]
    if len(evaluation.classes) <= _MOST_CONFUSION_CLASSES:
        found.append(_confusion_table(evaluation))
    found.append(_figures_table(evaluation, intervals))
    if evaluation.failed:
        found.append(Text(f"{len(evaluation.failed)} images cannot be read", style="yellow"))
    found.append(
        f"{evaluation.model}: accuracy {percent(evaluation.accuracy)} on {evaluation.images} "
        f"images ({where})"
    )
    return found


def calibration_line(found: Calibration) -> str:
    """Whether the probabilities mean what they say."""
    ends = f"{100 * found.ece_low:.1f} to {percent(found.ece_high)}"
    return (
        f"When it says {percent(found.confidence)} on average, it is right in "
        f"{percent(found.accuracy)} of cases: calibration error (ECE) {percent(found.ece)} "
        f"(95 % interval {ends}), Brier score {found.brier:.3f}"
    )


def rejection_line(reject: RejectOption, evaluation: Evaluation) -> str:
    """What the kept threshold makes of the images that were measured."""
    from effnet_studio.cli.documents import rejection_document

    found = rejection_document(reject, evaluation)
    answered, right = found["answered"], found["right"]
    return (
        f"With the kept threshold {percent(answered / evaluation.images)} are answered, "
        f"{percent(right / max(1, answered))} of those rightly; {found['rejected']} get "
        '"none of these"'
    )


def curves_report(
    classes: Sequence[str], curves: ClassCurves, intervals: CurveIntervals
) -> list[RenderableType]:
    """How well each class is told from the rest at any threshold, with 95 % intervals."""
    table = make_table("Class", "AUC", "95 % interval", "Average precision", "95 % interval")
    rows = [
        (
            name,
            (curves.roc_auc[label], intervals.roc_auc[label]),
            (curves.average_precision[label], intervals.average_precision[label]),
        )
        for label, name in enumerate(classes)
    ]
    macro = curves.macro
    mean = (
        (macro.roc_auc, intervals.macro_roc_auc),
        (macro.average_precision, intervals.macro_average_precision),
    )
    for name, *figures in [*rows, ("All classes (mean)", *mean)]:
        cells = [text for value, ends in figures for text in (_figure(value), _range(ends))]
        table.add_row(Text(name), *cells)
    return [table]


def _figure(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.3f}"


def _range(ends: NDArray[np.float64]) -> str:
    low, high = (float(end) for end in ends)
    return "" if math.isnan(low) else f"{low:.3f} to {high:.3f}"


def figure_text(name: str, value: float) -> str:
    """A figure as people write it: a share in per cent, any other with three decimals.

    Args:
        name: As in :data:`~effnet_studio.engine.evaluation.measures.figure_words.FIGURES`.
        value: The figure.
    """
    return percent(value) if FIGURES[name].share else f"{value:.3f}"


def range_text(name: str, interval: Interval) -> str:
    """The 95 % interval of a figure; where there are too few images to say, only that."""
    if not (math.isfinite(interval.low) and math.isfinite(interval.high)):
        return "too few images"
    return f"{figure_text(name, interval.low)} to {figure_text(name, interval.high)}"


def _figures_table(evaluation: Evaluation, intervals: Intervals | None) -> Table:
    table = make_table("Figure", "Value", *(["95 % interval"] if intervals is not None else []))
    for name, words in FIGURES.items():
        value = getattr(evaluation, name)
        if value is not None:
            interval = getattr(intervals, name, None)
            ends = [] if interval is None else [range_text(name, interval)]
            table.add_row(str(words.title), figure_text(name, value), *ends)
    return table


def predictions_table(
    verdicts: Sequence[Prediction | FailedImage], top: int, *, folder: Path | None = None
) -> RenderableType:
    """The likeliest classes of each file.

    Args:
        verdicts: What was said about each file.
        top: How many classes to name.
        folder: Paths below it are shown without it.
    """
    table = make_table("Image", "Answer")
    table.columns[1].justify = "left"
    for verdict in verdicts:
        path = verdict.path
        if folder is not None and path is not None and path.is_relative_to(folder):
            path = path.relative_to(folder)
        if isinstance(verdict, FailedImage):
            table.add_row(str(path), Text(str(verdict.message), style="yellow"))
            continue
        answers = verdict.top(top)
        text = Text("  ".join(f"{each.label} {percent(each.probability)}" for each in answers))
        if verdict.rejected:
            text = Text.assemble(("none of these  ", "yellow"), (text.plain, "dim"))
        table.add_row(str(path), text)
    return table


def models_table(specs: Sequence[ModelSpec]) -> RenderableType:
    """The catalog."""
    table = make_table("Name", "Parameters", "MACs", "Input", "Stages", "ImageNet top-1")
    for spec in specs:
        table.add_row(
            spec.name,
            f"{spec.parameters / 1e6:.1f} M",
            f"{spec.macs:.2f} G",
            f"{spec.input_size} px",
            str(len(spec.stages)),
            f"{spec.top1:.2f} %",
        )
    return table


def _confusion_table(evaluation: Evaluation) -> Table:
    table = make_table("True \\ answered", *evaluation.classes)
    for label, row in zip(evaluation.classes, evaluation.confusion, strict=True):
        cells = [str(count) if count else "·" for count in row]
        table.add_row(label, *cells)
    return table


def make_table(*titles: str) -> Table:
    """A table whose first column is text and whose others are figures.

    Args:
        *titles: Of the columns.
    """
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for number, title in enumerate(titles):
        table.add_column(Text(title), justify="right" if number else "left", overflow="fold")
    return table
