"""A run's raw outputs, kept beside it: what a model says does not change when labels are mended.

One file for all parts of the dataset, by the numbers of the images. An answer holds as long as the
run's weights and the image's file are the same.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save

from effnet_studio.engine import atomic
from effnet_studio.engine.data.dataset import Countable
from effnet_studio.engine.messages import Message
from effnet_studio.engine.predict.answers import FailedImage
from effnet_studio.engine.training.runs import weights_state

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from effnet_studio.engine.data.dataset import Sample

ANSWERS_FILE: Final = "answers.safetensors"
_FORMAT: Final = 1

Stamp = tuple[int, int]
"""Size in bytes and time of the last change in ns of an image's file."""


@dataclass(eq=False)
class Answers:
    """What a model said of images, or why it could not be asked.

    Attributes:
        classes: Names of the model's classes, in the order of its outputs.
        model: The model's name.
        weights: State of the weights that were asked, as
            :func:`~effnet_studio.engine.training.runs.weights_state` says it; None for a file.
        logits: Raw outputs by the images' numbers, float32, shape (classes,) each.
        failed: Images that could not be read.
        stamps: The files as they were: as the index knows them, and of the unreadable ones as the
            drive says, which may have been away.
    """

    classes: tuple[str, ...]
    model: str
    weights: list[int] | None = None
    logits: dict[int, NDArray[np.float32]] = field(default_factory=dict)
    failed: dict[int, FailedImage] = field(default_factory=dict)
    stamps: dict[int, Stamp] = field(default_factory=dict)

    def add(self, other: Answers) -> None:
        """Take over what another one knows; of images that both know, what the other says.

        Args:
            other: Of the same model.
        """
        for number in other.stamps:
            self.logits.pop(number, None)
            self.failed.pop(number, None)
        self.logits.update(other.logits)
        self.failed.update(other.failed)
        self.stamps.update(other.stamps)

    def missing(self, samples: Iterable[Sample], stamps: Mapping[int, Stamp]) -> list[Sample]:
        """Those of some images of which nothing is known, or whose files have changed since.

        Args:
            samples: Images.
            stamps: Their files as they are now, by the images' numbers.
        """
        return [
            sample
            for sample in samples
            if self.stamps.get(sample.id)
            != (stamp_of(sample.path) if sample.id in self.failed else stamps[sample.id])
        ]


def stamps_of(samples: Iterable[Sample]) -> dict[int, Stamp]:
    """Size and time of the last change of images' files, as the project's index knows them.

    Args:
        samples: Images; of those that are not from an index the drive is asked.

    Returns:
        One for each, by the images' numbers; (-1, -1) for a file that is not there.
    """
    if isinstance(samples, Countable):
        return {number: (size, changed) for number, size, changed in samples.stamps().tolist()}
    return {sample.id: stamp_of(sample.path) for sample in samples}


def read_answers(run_dir: Path) -> Answers | None:
    """Read what a run said so far.

    Args:
        run_dir: The run's folder.

    Returns:
        Its answers; None if there are none of its weights of today, or none that this version can
        read. They can always be made again, so a damaged file is no error.
    """
    try:
        with safe_open(str(run_dir / ANSWERS_FILE), framework="numpy") as file:
            about = json.loads(file.metadata()["about"])
            if about["format"] != _FORMAT or about["weights"] != weights_state(run_dir):
                return None
            ids, stamps = file.get_tensor("ids").tolist(), file.get_tensor("stamps").tolist()
            logits = file.get_tensor("logits")
        classes = tuple(about["classes"])
        answers = Answers(classes, about["model"], about["weights"])
        if logits.shape != (len(ids), len(classes)) or len(stamps) != len(ids):
            return None
        answers.logits = dict(zip(ids, logits, strict=True))
        answers.stamps = {
            number: (size, at) for number, (size, at) in zip(ids, stamps, strict=True)
        }
        for number, size, changed, image in about["failed"]:
            answers.failed[number] = failed_from_plain(image)
            answers.stamps[number] = (size, changed)
    except (OSError, SafetensorError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return answers


def keep_answers(run_dir: Path, answers: Answers) -> Path:
    """Write what a run said; what was kept before is replaced.

    Args:
        run_dir: The run's folder.
        answers: At least one with outputs.

    Returns:
        The file.

    Raises:
        StorageError: If it cannot be written.
    """
    ids = list(answers.logits)
    about = {
        "format": _FORMAT,
        "weights": answers.weights,
        "model": answers.model,
        "classes": answers.classes,
        "failed": [
            (number, *answers.stamps[number], failed_to_plain(image))
            for number, image in answers.failed.items()
        ],
    }
    columns = {
        "ids": np.array(ids, dtype=np.int64),
        "stamps": np.array([answers.stamps[number] for number in ids], dtype=np.int64),
        "logits": np.stack([answers.logits[number] for number in ids]).astype(np.float32),
    }
    file = run_dir / ANSWERS_FILE
    atomic.write_bytes(file, save(columns, {"about": json.dumps(about)}))
    return file


def failed_to_plain(image: FailedImage) -> dict[str, Any]:
    """Turn an unreadable image into what JSON can hold, so that its words can be translated later.

    Args:
        image: The image and the reason.
    """
    return {
        "path": _text(image.path),
        "message": _message_to_plain(image.message),
        "hint": _message_to_plain(image.hint) if image.hint is not None else None,
    }


def failed_from_plain(plain: dict[str, Any]) -> FailedImage:
    """Undo :func:`failed_to_plain`.

    Args:
        plain: What it gave.

    Raises:
        KeyError: If something is missing.
    """
    hint = plain["hint"]
    return FailedImage(
        Path(plain["path"]),
        _message_from_plain(plain["message"]),
        None if hint is None else _message_from_plain(hint),
    )


def stamp_of(path: Path) -> Stamp:
    """Size and time of the last change of a file; (-1, -1) if it is not there.

    Args:
        path: The file.
    """
    try:
        status = path.stat()
    except OSError:
        return (-1, -1)
    return status.st_size, status.st_mtime_ns


def _message_to_plain(message: Message) -> dict[str, Any]:
    """Keep template and values, so that the sentence can be translated later."""
    values = {
        name: value if isinstance(value, int | float) else _text(value)
        for name, value in message.details
    }
    return {"template": message.template, "details": values}


def _message_from_plain(plain: dict[str, Any]) -> Message:
    return Message(plain["template"], tuple(plain["details"].items()))


def _text(value: object) -> str:
    """As text that UTF-8 can hold; Linux allows file names that it cannot."""
    return str(value).encode("utf-8", "backslashreplace").decode("utf-8")
