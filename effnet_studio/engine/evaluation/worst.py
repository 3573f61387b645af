"""Which images of an evaluation to look at first: where the model is most wrong, or least sure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from effnet_studio.engine.data.dataset import Dataset
    from effnet_studio.engine.evaluation.evaluate import Evaluation


@dataclass(frozen=True, eq=False)
class ConfusedPair:
    """Two classes that are taken for each other.

    Attributes:
        first: Index of the class that is mistaken more often.
        second: Index of the other.
        first_as_second: Positions of images of the first class taken for the second, int64, the
            most confident answers first.
        second_as_first: The other way round.
    """

    first: int
    second: int
    first_as_second: NDArray[np.int64]
    second_as_first: NDArray[np.int64]

    @property
    def count(self) -> int:
        """Errors between the two."""
        return len(self.first_as_second) + len(self.second_as_first)


def confident_errors(evaluation: Evaluation) -> NDArray[np.int64]:
    """Wrong answers, the most confident first: often it is the label that is wrong.

    Args:
        evaluation: The answers.

    Returns:
        Positions in the evaluation, int64.
    """
    return _by_confidence(evaluation, evaluation.true != evaluation.predicted)


def highest_loss(evaluation: Evaluation) -> NDArray[np.int64]:
    """Wrong answers by the cross-entropy of the true class, the highest first.

    Args:
        evaluation: The answers.

    Returns:
        Positions in the evaluation, int64.
    """
    order = evaluation.true_probability.argsort(kind="stable")
    wrong: NDArray[np.int64] = order[(evaluation.true != evaluation.predicted)[order]]
    return wrong


def near_boundary(evaluation: Evaluation, limit: float = 0.2) -> NDArray[np.int64]:
    """Images that the model can hardly decide between two classes on, the closest first.

    By the margin between the two likeliest classes (Scheffer, Decomain and Wrobel, "Active Hidden
    Markov Models for Information Extraction", IDA 2001, section 4).

    Args:
        evaluation: The answers.
        limit: Largest margin, in [0, 1].

    Returns:
        Positions in the evaluation, int64, right and wrong answers alike.
    """
    order = evaluation.margin.argsort(kind="stable")
    close: NDArray[np.int64] = order[evaluation.margin[order] < limit]
    return close


def confused_pairs(evaluation: Evaluation, most: int = 12) -> tuple[ConfusedPair, ...]:
    """Pairs of classes by how often they are taken for each other, in either direction.

    Args:
        evaluation: The answers.
        most: Pairs that are given.

    Returns:
        The most frequent first; those that are never mixed up are left out.
    """
    errors, names = evaluation.confusion, len(evaluation.classes)
    # Of a million pairs of classes nearly all are never mixed up.
    rows, columns = np.nonzero(errors)
    wrong = rows != columns
    pairs_seen = np.unique(np.sort([rows[wrong], columns[wrong]], axis=0).T @ [names, 1])
    lefts, rights = np.divmod(pairs_seen, names)
    both = errors[lefts, rights] + errors[rights, lefts]
    order = np.argsort(-both, kind="stable")[:most]
    pairs = []
    for left, right in zip(lefts[order].tolist(), rights[order].tolist(), strict=True):
        first, second = (
            (left, right) if errors[left, right] >= errors[right, left] else (right, left)
        )
        pairs.append(
            ConfusedPair(
                first, second, _taken(evaluation, first, second), _taken(evaluation, second, first)
            )
        )
    return tuple(pairs)


def answers_table(evaluation: Evaluation, dataset: Dataset) -> list[list[str]]:
    """Each image with its answer, those whose true class got the lowest probability first.

    Args:
        evaluation: The answers.
        dataset: The images.

    Returns:
        Lines of a table, the one of titles first.
    """
    paths = {sample.id: str(sample.path) for sample in dataset.samples}
    table = [["path", "true", "answer", "confidence", "true_probability", "margin", "right"]]
    for place in evaluation.true_probability.argsort(kind="stable").tolist():
        true, said = int(evaluation.true[place]), int(evaluation.predicted[place])
        numbers = (evaluation.confidence, evaluation.true_probability, evaluation.margin)
        table.append(
            [
                paths[evaluation.sample_ids[place]],
                evaluation.classes[true],
                evaluation.classes[said],
                *(f"{float(column[place]):.6f}" for column in numbers),
                "yes" if true == said else "no",
            ]
        )
    return table


def _taken(evaluation: Evaluation, true: int, said: int) -> NDArray[np.int64]:
    return _by_confidence(evaluation, (evaluation.true == true) & (evaluation.predicted == said))


def _by_confidence(evaluation: Evaluation, keep: NDArray[np.bool_]) -> NDArray[np.int64]:
    found = np.flatnonzero(keep)
    chosen: NDArray[np.int64] = found[np.argsort(-evaluation.confidence[found], kind="stable")]
    return chosen
