"""An evaluation on disk: ``report.json`` beside the run it belongs to."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import numpy as np

from effnet_studio.engine import atomic
from effnet_studio.engine.evaluation.evaluate import Evaluation
from effnet_studio.engine.evaluation.metrics import ClassReport
from effnet_studio.engine.messages import Message
from effnet_studio.engine.predict.answers import FailedImage

REPORT_FILE = "report.json"
FORMAT = 1

_ARRAYS: dict[str, Any] = {
    "confusion": np.int64,
    "true": np.int64,
    "predicted": np.int64,
    "confidence": np.float32,
    "true_probability": np.float32,
}


def save_evaluation(run_dir: Path, evaluation: Evaluation) -> Path:
    """Write an evaluation into its run's folder; a previous one is replaced.

    Args:
        run_dir: The run's folder.
        evaluation: What to write.

    Returns:
        The file.

    Raises:
        StorageError: If it cannot be written.
    """
    file = run_dir / REPORT_FILE
    atomic.write_json(file, {"format": FORMAT, **to_plain(evaluation)})
    return file


def load_evaluation(run_dir: Path) -> Evaluation | None:
    """Read the evaluation of a run.

    Args:
        run_dir: The run's folder.

    Returns:
        The evaluation; None if there is none, or none that this version can read. It can always
        be made again, so a damaged file is no error.

    Raises:
        StorageError: If the file is there but the drive does not give it.
    """
    file = run_dir / REPORT_FILE
    if not file.is_file():
        return None
    with atomic.storage_errors(file):
        data = file.read_bytes()
    try:
        about = json.loads(data)
        return _from_plain(about) if about.pop("format") == FORMAT else None
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def to_plain(evaluation: Evaluation) -> dict[str, Any]:
    """Turn an evaluation into what JSON can hold.

    Args:
        evaluation: What to turn.

    Returns:
        Numbers, texts, lists and dicts, ``images`` included.
    """
    plain: dict[str, Any] = {
        field.name: getattr(evaluation, field.name) for field in dataclasses.fields(evaluation)
    }
    for name in _ARRAYS:
        plain[name] = plain[name].tolist()
    plain["classes"] = list(evaluation.classes)
    plain["sample_ids"] = list(evaluation.sample_ids)
    plain["per_class"] = [dataclasses.asdict(report) for report in evaluation.per_class]
    plain["failed"] = [_failed_to_plain(image) for image in evaluation.failed]
    plain["images"] = evaluation.images
    return plain


def _failed_to_plain(image: FailedImage) -> dict[str, Any]:
    return {
        "path": _text(image.path),
        "message": _message_to_plain(image.message),
        "hint": _message_to_plain(image.hint) if image.hint is not None else None,
    }


def _message_to_plain(message: Message) -> dict[str, Any]:
    """Keep template and values, so that the sentence can be translated later."""
    values = {
        name: value if isinstance(value, int | float) else _text(value)
        for name, value in message.details
    }
    return {"template": message.template, "details": values}


def _text(value: object) -> str:
    """As text that UTF-8 can hold; Linux allows file names that it cannot."""
    return str(value).encode("utf-8", "backslashreplace").decode("utf-8")


def _from_plain(plain: dict[str, Any]) -> Evaluation:
    images = plain.pop("images")
    for name, kind in _ARRAYS.items():
        plain[name] = np.array(plain[name], dtype=kind)
    plain["classes"] = tuple(plain["classes"])
    plain["sample_ids"] = tuple(plain["sample_ids"])
    plain["per_class"] = tuple(ClassReport(**report) for report in plain["per_class"])
    plain["failed"] = tuple(_failed_from_plain(image) for image in plain["failed"])
    evaluation = Evaluation(**plain)
    classes = len(evaluation.classes)
    if evaluation.confusion.shape != (classes, classes) or any(
        len(column) != images
        for column in (
            evaluation.true,
            evaluation.predicted,
            evaluation.confidence,
            evaluation.true_probability,
            evaluation.sample_ids,
        )
    ):
        raise ValueError("the parts of the report do not fit together")
    return evaluation


def _failed_from_plain(plain: dict[str, Any]) -> FailedImage:
    hint = plain["hint"]
    return FailedImage(
        Path(plain["path"]),
        _message_from_plain(plain["message"]),
        None if hint is None else _message_from_plain(hint),
    )


def _message_from_plain(plain: dict[str, Any]) -> Message:
    return Message(plain["template"], tuple(plain["details"].items()))
