"""Who is right, where two models have judged the same images and the truth is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from effnet_studio.engine.evaluation.comparing.compare import learned_from
from effnet_studio.engine.evaluation.comparing.comparison import CHANCE
from effnet_studio.engine.evaluation.measures.significance import Share, mcnemar, wilson
from effnet_studio.engine.messages import Message, msg
from effnet_studio.engine.training.runs import list_runs

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from effnet_studio.engine.data.dataset import Dataset
    from effnet_studio.engine.predict.compare_models import ModelComparison
    from effnet_studio.engine.project import Project


@dataclass(frozen=True)
class PairedScore:
    """Right answers of two models on the same images.

    Attributes:
        first: Share of right answers of the first model, with its 95 % interval.
        second: The same of the second.
        only_first: Images that only the first has right.
        only_second: Images that only the second has right.
        p_value: By :func:`~.significance.mcnemar`.
    """

    first: Share
    second: Share
    only_first: int
    only_second: int
    p_value: float

    @property
    def images(self) -> int:
        """Images counted: the truth is known, and both models know that class."""
        return self.first.images

    def message(self) -> Message:
        """What the figures say, in plain words; the first model is A, the second B."""
        if self.only_first == self.only_second:
            return msg("Both models are right equally often.")
        better = "B" if self.only_second > self.only_first else "A"
        if self.p_value >= CHANCE:
            return msg(
                "{better} is right more often, which could be chance (p = {p}).",
                better=better,
                p=f"{self.p_value:.2g}",
            )
        return msg(
            "{better} is right more often; this is unlikely to be chance (p = {p}).",
            better=better,
            p=f"{self.p_value:.2g}",
        )


def held_back_truth(project: Project, dataset: Dataset) -> dict[Path, str]:
    """The true classes of the images that no run of the project has learned from.

    Parts change: an image of today's validation may have been one that a run was trained on.

    Args:
        project: An open project.
        dataset: Its images.

    Returns:
        File to class, of the parts for validation and test.
    """
    learned: set[str] = set()
    for run in {run.dataset_version: run for run in list_runs(project)}.values():
        learned |= learned_from(project, run)
    return {
        sample.path: dataset.classes[sample.label]
        for part in ("val", "test")
        for sample in dataset.subset(part)
        if str(sample.path) not in learned
    }


def score_pair(comparison: ModelComparison, truth: Mapping[Path, str]) -> PairedScore | None:
    """Count right answers, on the images that are fair to both models.

    Args:
        comparison: What the models said.
        truth: True classes, as :func:`held_back_truth` gives them.

    Returns:
        The score; None if the truth of no image is known, or no model knows those classes.
    """
    shared = set(comparison.classes.shared)
    right: list[tuple[bool, bool]] = []
    for image in comparison.images:
        true = truth.get(image.path.absolute()) if image.path is not None else None
        if true in shared:
            right.append((image.first.best.label == true, image.second.best.label == true))
    if not right:
        return None
    only_first = sum(one and not other for one, other in right)
    only_second = sum(other and not one for one, other in right)
    return PairedScore(
        wilson(sum(one for one, _ in right), len(right)),
        wilson(sum(other for _, other in right), len(right)),
        only_first,
        only_second,
        mcnemar(only_first, only_second),
    )
