"""Labels that are probably wrong: pictures that look like another class than the one they are in.

A linear classifier judges each picture's vector without having seen it or a copy of it
(:mod:`~.linear_probe`); where it is surer of another class than it usually is, the label is
suspicious (:mod:`~.confident_learning`). It is advice: with weak vectors, many of the labels that
are pointed out are right.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.data.checks.row_groups import families
from effnet_studio.engine.errors import DatasetError
from effnet_studio.engine.evaluation.labels.confident_learning import judge_labels
from effnet_studio.engine.evaluation.labels.linear_probe import (
    groups_of_classes,
    out_of_fold_probabilities,
)
from effnet_studio.engine.evaluation.likeness import feature_cache
from effnet_studio.engine.evaluation.likeness.describers import Basis
from effnet_studio.engine.evaluation.likeness.projection import principal_scores
from effnet_studio.engine.evaluation.likeness.stage_describer import choose_label_judge
from effnet_studio.engine.evaluation.likeness.vectors import ensure_vectors
from effnet_studio.engine.events import OnEvent, Warned, ignore
from effnet_studio.engine.messages import Message, msg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from numpy.typing import NDArray

    from effnet_studio.engine.data.index import Index
    from effnet_studio.engine.evaluation.likeness.describers import Describer
    from effnet_studio.engine.project import Project

    Blocks = Callable[[], Iterable[NDArray[np.float32]]]

_AXES: Final = 256
"""Principal axes the classifier is given: a million pictures then take a gigabyte."""

_L2: Final = 0.2
"""Penalty of the classifier: from 0.1 to 0.5 the figures on photographs hardly change."""

_REPEATS: Final = 5
_MANY: Final = 20_000
"""Pictures above which one division into folds is enough: there are others like each of them."""

_WEAK: Final = 0.8
"""Share of labels that are recognised, below which most suspects are false alarms."""


@dataclass(frozen=True, eq=False)
class Suspects:
    """Every label that could be judged, the most suspicious first.

    Attributes:
        ids: int64, (n,): numbers of the pictures.
        quality: float32, (n,), in [0, 1], ascending: how much speaks for the label each has.
        suggested: int64, (n,): the likeliest class of each, a number of the index's classes.
        flagged: bool, (n,): labels that are probably wrong; the suggested class is another one.
        recognised: Share of the labels that are the likeliest class too: how far to trust this.
        source: What the judgement rests on.
    """

    ids: NDArray[np.int64]
    quality: NDArray[np.float32]
    suggested: NDArray[np.int64]
    flagged: NDArray[np.bool_]
    recognised: float
    source: Message


def find_suspects(
    project: Project,
    index: Index,
    *,
    run: str | None = None,
    device: str = "auto",
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> Suspects:
    """Rank the labels of the pictures in use by how suspicious they are.

    A class with a single picture, copies and series counted as one, cannot be judged: nothing is
    left to compare it with.

    Args:
        project: An open project; its cache keeps the vectors, a read-only one keeps nothing.
        index: Its pictures; those that are left out do not take part.
        run: Which run's backbone (the beginning of its id is enough); None: none, since a run has
            learned from the labels, but the best weights on this computer.
        device: Where a network computes: ``auto``, ``cpu``, ``cuda``, ``cuda:1`` or ``mps``.
        on_event: Hears the progress, first in pictures, then in steps, and what cannot be judged.
        cancel: Stops the job at the next picture or step; the vectors so far are kept.

    Returns:
        The labels. Pictures that cannot be read are missing.

    Raises:
        DatasetError: If there are no pictures, none can be read, or there are fewer than two
            classes to compare.
        ProjectError: If there is no such run.
        ModelError: If the run's weights are missing or damaged, or memory does not suffice.
        StorageError: If the cache cannot be written.
        Cancelled: If the job was asked to stop.
    """
    token = cancel or CancelToken()
    describer = choose_label_judge(project, run, device=device)
    name = feature_cache.MAP if run is not None else feature_cache.LABELS
    with feature_cache.opened(project, name) as cache:
        known = ensure_vectors(cache, describer, index, on_event=on_event, cancel=token)
        ids, numbers, labels, groups = _judgeable(index, known, on_event)
        ascending = np.sort(ids)
        blocks = partial(cache.blocks, ascending)
        features = principal_scores(standardised(blocks) if describer.raw else blocks, _AXES)
    features = features[np.searchsorted(ascending, ids)]
    length = float(np.sqrt(np.square(features).sum(axis=1).mean()))
    probabilities = out_of_fold_probabilities(
        features / max(length, 1e-12),
        labels,
        groups=groups,
        repeats=_REPEATS if len(labels) <= _MANY else 1,
        l2=_L2,
        on_event=on_event,
        cancel=token,
    )
    found = judge_labels(probabilities, labels)
    recognised = float((found.suggested == labels).mean())
    if recognised < _WEAK:
        _warn(recognised, describer.basis, on_event)
    order = np.argsort(found.scores, kind="stable")
    return Suspects(
        ids[order],
        found.scores[order].astype(np.float32),
        numbers[found.suggested[order]],
        found.flagged[order],
        recognised,
        _source(describer),
    )


def standardised(blocks: Blocks) -> Blocks:
    """Give each number of some vectors a mean of 0 and a standard deviation of 1.

    Args:
        blocks: Gives all vectors, block by block, float32 (m, d) each.

    Returns:
        The same, moved and scaled.
    """
    count = 0
    total = square = np.zeros(1)
    for block in blocks():
        count += len(block)
        total = total + block.sum(axis=0, dtype=np.float64)
        square = square + np.square(block, dtype=np.float64).sum(axis=0)
    mean = total / max(count, 1)
    spread = np.sqrt(np.maximum(square / max(count, 1) - mean**2, 0))
    scale = np.where(spread > 1e-6 * np.abs(mean), 1 / np.maximum(spread, 1e-12), 0)

    def moved() -> Iterator[NDArray[np.float32]]:
        for block in blocks():
            yield ((block - mean) * scale).astype(np.float32)

    return moved


def _judgeable(
    index: Index, known: NDArray[np.int64], on_event: OnEvent
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Those of the pictures that can be judged.

    Returns:
        Their numbers, in the order of the index, which unlike the numbers is the same after every
        import; the numbers of their classes; the label of each, a position among these; and the
        family of each, or -1.
    """
    rows = np.sort(index.rows_of(known.tolist()))
    groups = families(index, rows)[rows]
    numbers, labels = np.unique(index.classes[rows], return_inverse=True)
    enough = groups_of_classes(labels, groups) >= 2
    judged = enough[labels]
    if enough.sum() < 2:
        raise DatasetError(
            msg("There are not two classes with two different images each to compare."),
            hint=msg("Add images, or another class."),
        )
    if not judged.all():
        on_event(
            Warned(
                msg("Images that cannot be judged: {count}", count=int((~judged).sum())),
                hint=msg("Their classes have a single image, copies not counted. Add images."),
            )
        )
    # Counted anew, without a gap.
    labels = (np.cumsum(enough) - 1)[labels[judged]]
    return index.ids[rows[judged]], numbers[enough], labels, groups[judged]


def _warn(recognised: float, basis: Basis, on_event: OnEvent) -> None:
    hint = msg("Look at the first of the list only.")
    if basis in {Basis.STARTER, Basis.APPEARANCE}:
        hint = msg("Look at the first of the list only. With weights of ImageNet more is told.")
    on_event(
        Warned(
            msg(
                "The classes are hard to tell apart here: only {percent} % of the labels are "
                "recognised, so most suspicious labels will be right.",
                percent=round(100 * recognised),
            ),
            hint=hint,
        )
    )


def _source(describer: Describer) -> Message:
    match describer.basis:
        case Basis.RUN:
            return msg(
                "Judged by what your model {model} sees in the images.", model=describer.model
            )
        case Basis.IMAGENET:
            return msg(
                "Judged by what {model} has learned from the photographs of ImageNet.",
                model=describer.model,
            )
        case Basis.STARTER:
            return msg(
                "Judged by the simple shapes and textures that {model} knows, which comes with "
                "the app.",
                model=describer.model,
            )
        case Basis.APPEARANCE:
            return msg("Judged by colours and edges only.")
