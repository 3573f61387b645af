"""The worst mistakes of a run, with what it saw and where it looked."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

import numpy as np

from effnet_studio.engine.data.dataset import Dataset
from effnet_studio.engine.errors import DatasetError, ImageError
from effnet_studio.engine.evaluation.worst import highest_loss
from effnet_studio.engine.events import OnEvent, ignore
from effnet_studio.engine.explain.bulk import explain_many
from effnet_studio.engine.explain.bulk_report import seen_and_overlay
from effnet_studio.engine.web_page import jpeg

if TYPE_CHECKING:
    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.data.dataset import Sample, Split
    from effnet_studio.engine.evaluation.evaluate import Evaluation
    from effnet_studio.engine.explain.attention import Attention
    from effnet_studio.engine.predict.predictor import Predictor

MOST: Final = 24
"""Mistakes shown: two printed pages, 0.5 MB."""

_SIDE: Final = 192
"""Of a picture, pixels: twice what it is shown at, for sharp print."""


@dataclass(frozen=True)
class Mistake:
    """An image that was taken for another class.

    Attributes:
        name: Of the file, without its folder.
        true: Its class.
        predicted: What the model said.
        confidence: How sure it was, in [0, 1].
        true_probability: What it gave the true class, in [0, 1].
        pictures: JPEG files of what the model sees, and of the same with the map of where it
            looked; empty if none are wanted or the file cannot be read.
    """

    name: str
    true: str
    predicted: str
    confidence: float
    true_probability: float
    pictures: tuple[bytes, ...] = ()


def worst_mistakes(
    evaluation: Evaluation,
    dataset: Dataset,
    predictor: Predictor | None,
    *,
    count: int = MOST,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> tuple[Mistake, ...]:
    """Find the images with the highest loss among those that were answered wrongly.

    Args:
        evaluation: The answers.
        dataset: The images.
        predictor: The run's model, asked where it looked at these few images; it is the same
            afterwards. None: no pictures.
        count: At most so many.
        on_event: Hears the progress.
        cancel: Stops the job between two images.

    Returns:
        The mistakes, the worst first.

    Raises:
        Cancelled: If the job was asked to stop.
        ModelError: If the model cannot be run.
    """
    places = highest_loss(evaluation)[:count].tolist()
    wanted = {evaluation.sample_ids[place] for place in places}
    part = cast("Split", evaluation.split)
    samples = {each.id: each for each in dataset.subset(part) if each.id in wanted}
    found = [_mistake(evaluation, place, samples) for place in places]
    if predictor is None or not samples:
        return tuple(found)
    few = Dataset(dataset.classes, tuple(samples.values()), dataset.version)
    try:
        maps = explain_many(predictor, few, part, on_event=on_event, cancel=cancel)
    except DatasetError:  # none of them can be read any more
        return tuple(found)
    return tuple(
        _shown(each, samples.get(evaluation.sample_ids[place]), maps, predictor)
        for each, place in zip(found, places, strict=True)
    )


def _mistake(evaluation: Evaluation, place: int, samples: dict[int, Sample]) -> Mistake:
    sample = samples.get(evaluation.sample_ids[place])
    return Mistake(
        name="" if sample is None else sample.path.name,
        true=evaluation.classes[int(evaluation.true[place])],
        predicted=evaluation.classes[int(evaluation.predicted[place])],
        confidence=float(evaluation.confidence[place]),
        true_probability=float(evaluation.true_probability[place]),
    )


def _shown(
    mistake: Mistake, sample: Sample | None, maps: Attention, predictor: Predictor
) -> Mistake:
    """The same mistake with its pictures."""
    if sample is None:
        return mistake
    places = np.flatnonzero(maps.sample_ids == sample.id)
    if not len(places):
        return mistake
    try:
        pair = seen_and_overlay(
            sample.path, maps.maps[int(places[0])], predictor.preprocess, _SIDE, "viridis"
        )
    except ImageError:
        return mistake
    return dataclasses.replace(mistake, pictures=tuple(jpeg(each) for each in pair))
