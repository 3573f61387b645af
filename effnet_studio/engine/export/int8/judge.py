"""The judge of small copies: what each loses on images it has not seen, and how fast it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from effnet_studio.engine.evaluation.measures.significance import paired_limits
from effnet_studio.engine.events import Noted
from effnet_studio.engine.export.certificate.record import INT8_AGREEMENT, Attempt
from effnet_studio.engine.export.int8.run_graph import open_graph, scores, times_in_turns
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import onnx
    from numpy.typing import NDArray

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.events import OnEvent
    from effnet_studio.engine.export.int8.run_graph import OpenNetwork
    from effnet_studio.engine.messages import Message

_BATCH_PIXELS = 32 * 224**2
"""Of the batch that is timed: larger inputs, fewer images, so that memory suffices."""

_ROUNDS = 9
_BATCH_ROUNDS = 3


@dataclass(frozen=True, eq=False)
class Judged:
    """Images that no recipe has seen, on which all are judged.

    Attributes:
        pictures: As the app prepares them, uint8, shape (n, size, size, 3).
        labels: True classes, int64, shape (n,).
        normalize: Makes the network's input of some of them.
    """

    pictures: NDArray[np.uint8]
    labels: NDArray[np.int64]
    normalize: Callable[[NDArray[np.uint8]], NDArray[np.float32]]


class Judge:
    """Compares small copies with the 32-bit graph on the same images.

    Args:
        proto: The 32-bit graph of a network; it runs in onnxruntime.
        float_bytes: Size of the 32-bit file.
        judged: The images.
        budget_points: Accuracy that may be lost, percentage points.
        open_copy: Opens a copy in the program that it is made for.
        token: Stops the job between two batches.
    """

    def __init__(
        self,
        proto: onnx.ModelProto,
        float_bytes: int,
        judged: Judged,
        *,
        budget_points: float,
        open_copy: Callable[[Path], OpenNetwork],
        token: CancelToken,
    ) -> None:
        self._judged, self._token, self._open_copy = judged, token, open_copy
        self._allowed = budget_points / 100
        self._float = open_graph(proto)
        self._float_bytes = float_bytes
        self._reference = self._answers(self._float)

    def attempt(self, recipe: str, file: Path) -> Attempt:
        """Judge and time one file.

        Args:
            recipe: How it was made.
            file: The copy.
        """
        network = self._open_copy(file)
        answers, true = self._answers(network), self._judged.labels
        lost = int(((self._reference == true) & (answers != true)).sum())
        won = int(((self._reference != true) & (answers == true)).sum())
        agreement = float((answers == self._reference).mean())
        loss = (lost - won) / len(true)
        low, high = paired_limits(lost, won, len(true))
        side = self._judged.pictures.shape[1]
        batch = max(1, min(32, _BATCH_PIXELS // side**2))
        one = self._judged.normalize(self._judged.pictures[:1])
        many = np.repeat(one, batch, axis=0)
        ours, theirs = times_in_turns((network, self._float), one, _ROUNDS)
        self._token.check()
        ours_many, theirs_many = times_in_turns((network, self._float), many, _BATCH_ROUNDS)
        return Attempt(
            recipe=recipe,
            agreement=agreement,
            latency_ms=ours,
            bytes=file.stat().st_size,
            images=len(true),
            accuracy=float((answers == true).mean()),
            loss=loss,
            loss_low=low,
            loss_high=high,
            float_latency_ms=theirs,
            batch=batch,
            batch_latency_ms=ours_many,
            float_batch_latency_ms=theirs_many,
            float_bytes=self._float_bytes,
            kept_promise=loss <= self._allowed and agreement >= INT8_AGREEMENT,
        )

    def _answers(self, network: OpenNetwork) -> NDArray[np.intp]:
        pictures, found = self._judged.pictures, []
        for start in range(0, len(pictures), 16):
            self._token.check()
            batch = self._judged.normalize(pictures[start : start + 16])
            found.append(scores(network, batch).argmax(axis=1))
        return np.concatenate(found)


def tell(attempt: Attempt, on_event: OnEvent) -> None:
    """Say what came of a recipe, in numbers and in a sentence."""
    on_event(attempt.as_event())
    on_event(Noted(_describe(attempt)))


def spread_over(images: int, count: int) -> NDArray[np.intp]:
    """Places of some images, spread evenly over all.

    Args:
        images: How many there are.
        count: How many are wanted, at most.
    """
    return np.unique(np.linspace(0, images - 1, min(images, count)).round().astype(np.intp))


def _describe(attempt: Attempt) -> Message:
    return msg(
        "8-bit recipe {recipe}: {percent} % the same answers, {points} points of accuracy lost "
        "({low} to {high}), {speed} times as fast, {megabytes} MB.",
        recipe=attempt.recipe,
        percent=f"{100 * attempt.agreement:.1f}",
        points=f"{100 * attempt.loss:.1f}",
        low=f"{100 * attempt.loss_low:.1f}",
        high=f"{100 * attempt.loss_high:.1f}",
        speed=f"{attempt.batch_speed_up:.2f}",
        megabytes=f"{attempt.bytes / 1e6:.1f}",
    )
