"""What the view of the learning curve asks of the engine, in background threads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from effnet_studio.engine.evaluation.learning.learning_advice import (
    STEPS,
    TYPICAL,
    advise,
    class_outlooks,
    outlook,
)

if TYPE_CHECKING:
    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.data.dataset import Dataset
    from effnet_studio.engine.evaluation.learning.learning_advice import Advice, Outlook
    from effnet_studio.engine.evaluation.learning.learning_curve import LearningCurve
    from effnet_studio.engine.events import OnEvent
    from effnet_studio.engine.project import Project

_AHEAD: Final = 12
"""Points of a curve that is drawn on."""


@dataclass(frozen=True, eq=False)
class Learned:
    """A learning curve and what follows from it.

    Attributes:
        curve: As measured.
        advice: The one thing to know.
        outlooks: What as many more images of each class would give, in the order of the classes.
    """

    curve: LearningCurve
    advice: Advice
    outlooks: tuple[Outlook, ...]

    def drawn_on(self, column: int) -> list[Outlook]:
        """Where a curve goes from here, up to twice the images or the largest step.

        Args:
            column: Number of a class; -1 for all images, whose classes grow alike.
        """
        classes = 1 if column >= 0 else len(self.curve.classes)
        most = max(STEPS[-1] * classes, self.curve.images_now(column))
        steps = np.unique(np.linspace(0, most, _AHEAD + 1).round().astype(int))[1:]
        return [outlook(self.curve, column, more) for more in steps.tolist()]


def learned_of(curve: LearningCurve) -> Learned:
    """What follows from a curve; with many classes it takes a moment."""
    return Learned(curve, advise(curve), class_outlooks(curve, TYPICAL))


def measure_learned(
    project: Project, dataset: Dataset, *, on_event: OnEvent, cancel: CancelToken
) -> Learned:
    """Measure the curve and keep it, unless the project is open for reading only.

    Raises:
        Cancelled: If the job was stopped.
        StudioError: If nothing can be trained or kept.
    """
    from effnet_studio.engine.evaluation.learning.kept_learning_curve import open_learning_curve

    return learned_of(open_learning_curve(project, dataset, on_event=on_event, cancel=cancel))


def read_learned(project: Project, dataset: Dataset) -> Learned | None:
    """What was kept earlier, if it still fits the images."""
    from effnet_studio.engine.evaluation.learning.kept_learning_curve import read_learning_curve

    curve = read_learning_curve(project, dataset)
    return None if curve is None else learned_of(curve)


def time_of_learning(project: Project, dataset: Dataset) -> float:
    """About how many seconds measuring takes.

    Raises:
        StudioError: If there is nothing to train or validate on.
    """
    from effnet_studio.engine.evaluation.learning.kept_learning_curve import learning_curve_seconds

    return learning_curve_seconds(project, dataset)
