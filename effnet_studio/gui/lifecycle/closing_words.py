"""What stopping a job means for it, in words, and whether it can go on from there later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from effnet_studio.engine.events import Event, RunStarted
from effnet_studio.gui.i18n import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from collections.abc import Iterable

    from effnet_studio.gui.jobs import Job

_CONTEXT: Final = "Closing"

_GOES_ON: Final = QT_TRANSLATE_NOOP(
    "Closing",
    "The training is saved where it stands; you can go on from there the next time you open the "
    "app.",
)
_NOT_BEGUN: Final = QT_TRANSLATE_NOOP(
    "Closing", "The training is still being prepared; nothing of it is there to be kept yet."
)
_OTHERS: Final = QT_TRANSLATE_NOOP("Closing", "What it has found so far is not kept.")
_FATES: Final = {
    "import": QT_TRANSLATE_NOOP(
        "Closing", "The import is given up; the images are as they were before it."
    ),
    "export": QT_TRANSLATE_NOOP(
        "Closing", "The export is thrown away; no half-written file is left behind."
    ),
    "predict": QT_TRANSLATE_NOOP(
        "Closing", "The answers so far are lost unless you save them first."
    ),
    "file": QT_TRANSLATE_NOOP(
        "Closing", "Images that are in their folders already stay there; the others stay put."
    ),
    "prepare": QT_TRANSLATE_NOOP(
        "Closing", "Images that are prepared already stay so; the others are prepared later."
    ),
    "weights_download": QT_TRANSLATE_NOOP(
        "Closing",
        "What has been downloaded stays; the rest can be fetched the next time you open the app.",
    ),
    "gpu_pack": QT_TRANSLATE_NOOP(
        "Closing",
        "What has been downloaded stays; the rest can be fetched the next time you open the app.",
    ),
}

_LASTING: Final = {"prepare", "weights_download", "weights_check", "gpu_pack"}
"""Kinds of jobs that lose nothing when they are stopped."""


def is_resumable(job: Job, training_events: Iterable[Event]) -> bool:
    """Whether nothing is lost when a job is stopped.

    Args:
        job: A running job.
        training_events: What the training has told so far.
    """
    if job.kind == "train":
        return any(isinstance(event, RunStarted) for event in training_events)
    return job.kind in _LASTING


def names_itself(job: Job) -> bool:
    """Whether the sentence on a job's fate says by itself which job it is about."""
    return job.kind == "train" or job.kind in _FATES


def fate_of(job: Job, training_events: Iterable[Event]) -> str:
    """What becomes of a job that is stopped, as a sentence in the window's language.

    Args:
        job: A running job.
        training_events: What the training has told so far.
    """
    if job.kind == "train":
        text = _GOES_ON if is_resumable(job, training_events) else _NOT_BEGUN
    else:
        text = _FATES.get(job.kind, _OTHERS)
    return QCoreApplication.translate(_CONTEXT, text)
