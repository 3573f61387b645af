"""Which of many images without a label a person should label next, to help the model most."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from effnet_studio.engine.errors import DatasetError
from effnet_studio.engine.events import OnEvent, PauseChanged, ProgressMeter, Stage, ignore
from effnet_studio.engine.messages import msg
from effnet_studio.engine.predict.answers import FailedImage, Prediction
from effnet_studio.engine.predict.batch import expand, verdict_on
from effnet_studio.engine.predict.pipeline import judge

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.predict.predictor import Predictor

_UNSURE: Final = 0.5
"""How uncertain candidates are at least, as a share of what could be had."""

_SHORT: Final = 1e-12
"""Length of a gradient that is none: the model is certain."""

_SAME: Final = 1e-5
"""1 - cosine of directions that differ by rounding only."""


def choose_to_label(
    predictor: Predictor,
    paths: Sequence[Path],
    count: int = 100,
    *,
    seed: int = 0,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> tuple[Prediction, ...]:
    """Judge images and choose those that are worth a label, the most useful first.

    Args:
        predictor: A model.
        paths: Files and folders of images without labels.
        count: How many are wanted.
        seed: Makes the choice repeatable.
        on_event: Hears the progress, in images.
        cancel: Stops the job between two images.

    Returns:
        The model's answers on at most ``count`` images.

    Raises:
        DatasetError: If none of the files is an image.
        ModelError: If the model cannot be run.
        Cancelled: If the job was asked to stop.
    """
    files = [path for path in expand(paths) if not isinstance(path, FailedImage)]
    meter = ProgressMeter(Stage.PREDICT, len(files), on_event)
    answers: list[Prediction] = []
    for judged in judge(
        predictor,
        files,
        images=len(files),
        cancel=cancel,
        on_pause=lambda paused: on_event(PauseChanged(paused)),
    ):
        verdict = verdict_on(judged, predictor)
        if isinstance(verdict, Prediction):
            answers.append(verdict)
        meter.advance()
    meter.finish()
    if not answers:
        raise DatasetError(
            msg("None of the {count} files is an image.", count=len(files)),
            hint=msg("Choose a folder with images."),
            path=paths[0] if paths else None,
        )
    shares = np.stack([answer.probabilities for answer in answers])
    return tuple(answers[place] for place in rank_to_label(shares, count, seed=seed).tolist())


def rank_to_label(
    probabilities: NDArray[np.float32], count: int, *, seed: int = 0
) -> NDArray[np.int64]:
    """Choose rows that are uncertain, and uncertain about different things.

    After Ash et al., "Deep Batch Active Learning by Diverse, Uncertain Gradient Lower Bounds"
    (BADGE, ICLR 2020, arXiv:1906.03671, algorithm 1), with the gradient of the last layer's bias as
    embedding: p - e(y), where y is the likeliest class. Its length says how uncertain the model is,
    its direction between which classes.

    Candidates are the rows at least half as long as the last of those that length alone would
    choose. They are drawn one after the other in proportion to the square of their length, as
    k-means++ draws (Arthur and Vassilvitskii 2007), but also to how far their direction is from all
    that were drawn (1 - cosine), instead of by the distance: this embedding has few dimensions, and
    in it what is certain lies far from all that is uncertain. With two classes, by distances, every
    second row would be one that the model is sure of. It begins with the longest row.

    After 40 labelled images and 30 so chosen, of 25 draws, 60.0 % of the flowers are recognised and
    71.2 % of the ants and bees; by distances 60.1 and 71.6, with random rows 59.1 and 70.1 %, all
    with a standard error of 0.9.

    Args:
        probabilities: float32, (n, c); rows sum to 1.
        count: How many rows, at most n.
        seed: Of the draw.

    Returns:
        Rows, int64, (min(count, n),), in the order they were chosen, without repetition.
    """
    directions = np.array(probabilities, dtype=np.float32)
    directions[np.arange(len(directions)), directions.argmax(axis=1)] -= 1
    lengths = np.sqrt(np.square(directions).sum(axis=1, dtype=np.float64))
    candidates = np.argsort(-lengths, kind="stable")
    wanted = min(count, len(candidates))
    if wanted < 1:
        return np.empty(0, dtype=np.int64)
    enough = lengths[candidates] >= _UNSURE * lengths[candidates[wanted - 1]]
    candidates = candidates[enough]
    directions, lengths = directions[candidates], lengths[candidates]
    directions /= np.maximum(lengths, _SHORT)[:, None].astype(np.float32)
    random = np.random.default_rng(seed)
    chosen = [0]
    apart = np.full(len(candidates), 2.0)
    while len(chosen) < wanted:
        apart = np.minimum(apart, 1 - directions @ directions[chosen[-1]])
        weights = np.where(apart > _SAME, apart, 0) * lengths**2
        weights[chosen] = 0
        total = float(weights.sum())
        if total <= _SHORT:  # all that are left are uncertain about what was chosen already
            rest = np.setdiff1d(np.arange(len(candidates)), chosen)  # the longest come first
            chosen += rest[: wanted - len(chosen)].tolist()
            break
        chosen.append(int(random.choice(len(candidates), p=weights / total)))
    return np.asarray(candidates[np.array(chosen, dtype=np.int64)], dtype=np.int64)
