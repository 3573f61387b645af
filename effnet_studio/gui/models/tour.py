"""The way from images to an exported model: what is done, and what to do next. Without Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Step(StrEnum):
    """The stages of the work, in their order; each is the key of its page."""

    DATA = "data"
    TRAIN = "train"
    EVALUATE = "evaluate"
    PREDICT = "predict"
    EXPORT = "export"


STEPS: Final = tuple(Step)


class Need(StrEnum):
    """What to do next, or to wait for."""

    IMAGES = "images"
    READING = "reading"
    CLASSES = "classes"
    TRAIN = "train"
    TRAINING = "training"
    TRAIN_AGAIN = "train_again"
    EVALUATE = "evaluate"
    CHECKING = "checking"
    PREDICT = "predict"
    EXPORT = "export"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Journey:
    """What is known of a project.

    Attributes:
        images: How many can be trained on.
        classes: How many kinds they show.
        reading: Whether images are being read.
        training: Whether a training runs.
        failed: Whether the latest training failed.
        trained: Whether there is a model.
        checking: Whether a model is being checked.
        evaluated: Whether a model was checked on the project's images.
        predicted: Whether a model was shown other images.
        exported: Whether a model was made a file for other programs.
    """

    images: int = 0
    classes: int = 0
    reading: bool = False
    training: bool = False
    failed: bool = False
    trained: bool = False
    checking: bool = False
    evaluated: bool = False
    predicted: bool = False
    exported: bool = False


_STEPS_OF: Final = {
    Need.IMAGES: Step.DATA,
    Need.READING: Step.DATA,
    Need.CLASSES: Step.DATA,
    Need.TRAIN: Step.TRAIN,
    Need.TRAINING: Step.TRAIN,
    Need.TRAIN_AGAIN: Step.TRAIN,
    Need.EVALUATE: Step.EVALUATE,
    Need.CHECKING: Step.EVALUATE,
    Need.PREDICT: Step.PREDICT,
    Need.EXPORT: Step.EXPORT,
}


def done_steps(journey: Journey) -> frozenset[Step]:
    """The stages that are behind, in whatever order they were taken.

    Args:
        journey: What is known of the project.
    """
    facts = {
        Step.DATA: journey.images > 0 and journey.classes > 1,
        Step.TRAIN: journey.trained,
        Step.EVALUATE: journey.evaluated,
        Step.PREDICT: journey.predicted,
        Step.EXPORT: journey.exported,
    }
    return frozenset(step for step, done in facts.items() if done)


def next_need(journey: Journey) -> Need:
    """What to do next: the first thing that is missing, or what is under way.

    Args:
        journey: What is known of the project.
    """
    done = done_steps(journey)
    if Step.DATA not in done:
        if journey.reading:
            return Need.READING
        return Need.CLASSES if journey.images else Need.IMAGES
    if journey.training and not journey.trained:
        return Need.TRAINING
    if journey.failed and not journey.trained:
        return Need.TRAIN_AGAIN
    missing = next((step for step in STEPS if step not in done), None)
    if missing is Step.EVALUATE and journey.checking:
        return Need.CHECKING
    return Need.NOTHING if missing is None else Need(missing.value)


def step_of(need: Need) -> Step | None:
    """The stage that something to do belongs to; None when all is done."""
    return _STEPS_OF.get(need)
