"""The JSON documents that ``--json`` prints. Keys may be added, never renamed."""

from __future__ import annotations

import dataclasses
import math
from typing import TYPE_CHECKING, Any

from effnet_studio.engine.evaluation.measures.figure_words import FIGURES
from effnet_studio.engine.export.certificate.verdict import shortcomings
from effnet_studio.engine.predict.tables import answer_document

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from effnet_studio.engine.data.importer import ImportResult
    from effnet_studio.engine.evaluation.curves.class_curves import ClassCurves
    from effnet_studio.engine.evaluation.curves.curve_intervals import CurveIntervals
    from effnet_studio.engine.evaluation.evaluate import Evaluation
    from effnet_studio.engine.evaluation.measures.bootstrap import Interval
    from effnet_studio.engine.evaluation.measures.calibration import Calibration
    from effnet_studio.engine.evaluation.measures.intervals import Intervals
    from effnet_studio.engine.export.certificate.record import ExportResult
    from effnet_studio.engine.models.spec import ModelSpec
    from effnet_studio.engine.predict.reject_option import RejectOption
    from effnet_studio.engine.training.runs import TrainResult

_PER_CLASS = ("precision", "recall", "f1")


def import_document(result: ImportResult, project: Path) -> dict[str, Any]:
    """What ``import`` found."""
    return {
        "project": str(project),
        "classes": dict(result.classes),
        "images": result.images,
        "unreadable": result.unreadable,
        "ignored": result.ignored,
        "train": result.train,
        "val": result.val,
        "test": result.test,
        "problems": [
            {
                "path": str(problem.path),
                "message": str(problem.message),
                "hint": str(problem.hint or ""),
            }
            for problem in result.problems
        ],
    }


def train_document(result: TrainResult) -> dict[str, Any]:
    """What ``train`` reached."""
    return {
        "run": result.run_id,
        "epochs": result.epochs,
        "accuracy": result.accuracy,
        "best_epoch": result.best_epoch + 1,
        "seconds": result.seconds,
        "images_per_second": result.images_per_second,
        "stopped": result.stopped,
        "weights": result.weights,
        "folder": str(result.run_dir),
    }


def evaluation_document(
    evaluation: Evaluation, intervals: Intervals | None = None
) -> dict[str, Any]:
    """What ``evaluate`` measured; rows of ``confusion`` are the true classes.

    With intervals there is ``intervals``: lower and upper end of each figure, null for an end that
    is not known, and the same ``per_class``.
    """
    return {
        "model": evaluation.model,
        "split": evaluation.split,
        "accuracy": evaluation.accuracy,
        "balanced_accuracy": evaluation.balanced_accuracy,
        "macro_f1": evaluation.macro_f1,
        "weighted_f1": evaluation.weighted_f1,
        "kappa": evaluation.kappa,
        "mcc": evaluation.mcc,
        "top5": evaluation.top5,
        "log_loss": evaluation.log_loss,
        "images": evaluation.images,
        "classes": list(evaluation.classes),
        "per_class": [dataclasses.asdict(report) for report in evaluation.per_class],
        "confusion": evaluation.confusion.tolist(),
        "failed": [answer_document(str(image.path), image) for image in evaluation.failed],
        **({} if intervals is None else {"intervals": _intervals_document(intervals)}),
    }


def interval_document(interval: Interval | None) -> list[float | None] | None:
    """Both ends; null for an infinite one, which JSON cannot hold."""
    if interval is None:
        return None
    return [end if math.isfinite(end) else None for end in (interval.low, interval.high)]


def _intervals_document(intervals: Intervals) -> dict[str, Any]:
    shares = zip(*(getattr(intervals, name).tolist() for name in _PER_CLASS), strict=True)
    return {
        **{name: interval_document(getattr(intervals, name)) for name in FIGURES},
        "per_class": [dict(zip(_PER_CLASS, ends, strict=True)) for ends in shares],
    }


def calibration_document(calibration: Calibration) -> dict[str, Any]:
    """Whether the probabilities mean what they say; ``ece`` over bins of equal width."""
    from effnet_studio.engine.evaluation.measures.calibration import BINS

    return {**dataclasses.asdict(calibration), "bins": BINS}


def rejection_document(reject: RejectOption, evaluation: Evaluation) -> dict[str, Any]:
    """What the kept threshold makes of the images that were measured."""
    from effnet_studio.engine.evaluation.rejection import risk_coverage

    answered, right = risk_coverage(evaluation, reject.score).counts_at(reject.threshold)
    return {
        "score": reject.score.value,
        "threshold": reject.threshold,
        "answered": answered,
        "right": right,
        "rejected": evaluation.images - answered,
    }


def curves_document(
    classes: Sequence[str], curves: ClassCurves, intervals: CurveIntervals
) -> dict[str, Any]:
    """How well the classes are told apart at any threshold; null where a figure is undefined."""
    macro, micro = curves.macro, curves.micro
    return {
        "resamples": intervals.resamples,
        "per_class": [
            {
                "label": name,
                "roc_auc": _number(curves.roc_auc[label]),
                "roc_auc_interval": [_number(end) for end in intervals.roc_auc[label]],
                "average_precision": _number(curves.average_precision[label]),
                "average_precision_interval": [
                    _number(end) for end in intervals.average_precision[label]
                ],
            }
            for label, name in enumerate(classes)
        ],
        "macro": {
            "roc_auc": _number(macro.roc_auc),
            "roc_auc_interval": [_number(end) for end in intervals.macro_roc_auc],
            "average_precision": _number(macro.average_precision),
            "average_precision_interval": [
                _number(end) for end in intervals.macro_average_precision
            ],
        },
        "micro": {
            "roc_auc": _number(micro.roc_auc),
            "average_precision": _number(micro.average_precision),
        },
    }


def _number(value: float) -> float | None:
    """A figure as JSON has it, which knows no NaN."""
    return None if math.isnan(value) else float(value)


def export_document(result: ExportResult) -> dict[str, Any]:
    """What ``export`` wrote and how it compares with the app."""
    return {
        **result.to_json(),
        "file": str(result.file),
        "labels": str(result.labels_file),
        "certificate_page": str(result.page_file),
        "images": result.images,
        "skipped": result.skipped,
        "agreement": result.agreement,
        "max_probability_difference": result.max_probability_difference,
        "accuracy": result.accuracy,
        "app_accuracy": result.app_accuracy,
        "latency_ms": result.latency_ms,
        "app_latency_ms": result.app_latency_ms,
        "shortcomings": [str(reason) for reason in shortcomings(result)],
    }


def model_document(spec: ModelSpec) -> dict[str, Any]:
    """One row of ``models``."""
    return {
        "name": spec.name,
        "title": spec.title,
        "family": spec.family,
        "parameters": spec.parameters,
        "macs": spec.macs,
        "input_size": spec.input_size,
        "stages": len(spec.stages),
        "top1": spec.top1,
        "top1_source": spec.top1_source,
    }
