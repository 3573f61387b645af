"""Which of many images without a label a person should label next, to help the model most."""

from __future__ import annotations

from typing import TYPE_CHECKING

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

    Ash et al., "Deep Batch Active Learning by Diverse, Uncertain Gradient Lower Bounds" (BADGE,
    ICLR 2020, arXiv:1906.03671, algorithm 1), with the gradient of the last layer's bias as
    embedding: p - e(y), where y is the likeliest class. Its length says how uncertain the model is,
    its direction between which classes; k-means++ (Arthur and Vassilvitskii 2007) draws rows that
    are long and far apart. It begins with the longest instead of a random one.

    Args:
        probabilities: float32, (n, c); rows sum to 1.
        count: How many rows, at most n.
        seed: Of the draw.

    Returns:
        Rows, int64, (min(count, n),), in the order they were chosen, without repetition.
    """
    n = len(probabilities)
    gradients = np.array(probabilities, dtype=np.float32)
    gradients[np.arange(n), probabilities.argmax(axis=1)] -= 1
    lengths = np.square(gradients).sum(axis=1)
    random = np.random.default_rng(seed)
    chosen = [int(lengths.argmax())] if n and count > 0 else []
    distances = np.full(n, np.inf)
    while chosen and len(chosen) < min(count, n):
        last = chosen[-1]
        apart = lengths + lengths[last] - 2 * (gradients @ gradients[last])
        distances = np.minimum(distances, np.maximum(apart, 0))
        distances[chosen] = 0
        total = float(distances.sum())
        if total <= 1e-12:  # all that are left are the same as one that was chosen
            taken = set(chosen)
            rest = [row for row in np.argsort(-lengths, kind="stable").tolist() if row not in taken]
            chosen += rest[: min(count, n) - len(chosen)]
            break
        chosen.append(int(random.choice(n, p=distances / total)))
    return np.array(chosen, dtype=np.int64)
