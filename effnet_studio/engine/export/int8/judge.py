"""The judge of small copies: what each loses on images it has not seen, and how fast it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from effnet_studio.engine.evaluation.measures.significance import paired_limits
from effnet_studio.engine.events import Noted, OnEvent, ignore
from effnet_studio.engine.export.answers import Answers
from effnet_studio.engine.export.certificate.record import INT8_AGREEMENT, Attempt
from effnet_studio.engine.export.int8.run_graph import open_graph, scores, times_in_turns
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    import onnx
    from numpy.typing import NDArray

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.export.int8.run_graph import OpenNetwork
    from effnet_studio.engine.messages import Message
    from effnet_studio.engine.predict.reject_option import RejectOption

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
        reject: When the file's verdict is "none of these"; None: never.
    """

    pictures: NDArray[np.uint8]
    labels: NDArray[np.int64]
    normalize: Callable[[NDArray[np.uint8]], NDArray[np.float32]]
    reject: RejectOption | None = None


class Timing(NamedTuple):
    """Median milliseconds of a copy and of the 32-bit file, measured in turns.

    Attributes:
        one: Of one image.
        float_one: The same of the 32-bit file.
        batch: Images at a time in the next two.
        many: Of that many images.
        float_many: The same of the 32-bit file.
    """

    one: float
    float_one: float
    batch: int
    many: float
    float_many: float


def attempt_of(
    recipe: str,
    answers: Answers,
    reference: Answers,
    true: NDArray[np.int64],
    *,
    budget_points: float,
    timing: Timing,
    sizes: tuple[int, int],
) -> Attempt:
    """What the answers of a copy mean.

    Args:
        recipe: How it was made.
        answers: Its answers for the judged images, as the file will give them.
        reference: Those of the 32-bit file.
        true: The true ones.
        budget_points: Accuracy that may be lost, percentage points.
        timing: How fast both are.
        sizes: Of the copy and of the 32-bit file, bytes.
    """
    right, right_before = answers.classes == true, reference.classes == true
    lost = int((right_before & ~right).sum())
    won = int((right & ~right_before).sum())
    agreement = float(answers.same(reference).mean())
    loss = (lost - won) / len(true)
    low, high = paired_limits(lost, won, len(true))
    return Attempt(
        recipe=recipe,
        agreement=agreement,
        latency_ms=timing.one,
        bytes=sizes[0],
        images=len(true),
        accuracy=float(right.mean()),
        loss=loss,
        loss_low=low,
        loss_high=high,
        float_latency_ms=timing.float_one,
        batch=timing.batch,
        batch_latency_ms=timing.many,
        float_batch_latency_ms=timing.float_many,
        float_bytes=sizes[1],
        kept_promise=100 * loss <= budget_points and agreement >= INT8_AGREEMENT,
    )


@dataclass(frozen=True)
class Quantized:
    """The recipe that was kept.

    Attributes:
        file: The 8-bit graph.
        recipe: How it was made.
        attempts: Every recipe tried, in order.
        kept_promise: Whether the one that was kept loses no more than is allowed.
    """

    file: Path
    recipe: str
    attempts: tuple[Attempt, ...]
    kept_promise: bool


def first_that_keeps(
    written: Iterable[tuple[str, Path]],
    judge: Callable[[str, Path], Attempt],
    on_event: OnEvent = ignore,
) -> Quantized:
    """Judge copies until one keeps the promise.

    Args:
        written: Recipes and their files, from the fastest to the safest; at least one. Each is only
            asked for when those before it have failed.
        judge: Judges one of them.
        on_event: Hears what came of each.

    Returns:
        The first that kept the promise; if none did, the one that lost the least, and of those
        the one that agrees most: accuracy won is chance, and no reason to differ from the app.
    """
    attempts: list[Attempt] = []
    files: dict[str, Path] = {}
    for recipe, file in written:
        files[recipe] = file
        attempts.append(judge(recipe, file))
        tell(attempts[-1], on_event)
        if attempts[-1].kept_promise:
            break
    best = max(attempts, key=lambda one: (one.kept_promise, -max(one.loss, 0.0), one.agreement))
    return Quantized(files[best.recipe], best.recipe, tuple(attempts), best.kept_promise)


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
        self._budget_points = budget_points
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
        side = self._judged.pictures.shape[1]
        batch = max(1, min(32, _BATCH_PIXELS // side**2))
        one = self._judged.normalize(self._judged.pictures[:1])
        many = np.repeat(one, batch, axis=0)
        answers = self._answers(network)
        ours, theirs = times_in_turns((network, self._float), one, _ROUNDS)
        self._token.check()
        ours_many, theirs_many = times_in_turns((network, self._float), many, _BATCH_ROUNDS)
        return attempt_of(
            recipe,
            answers,
            self._reference,
            self._judged.labels,
            budget_points=self._budget_points,
            timing=Timing(ours, theirs, batch, ours_many, theirs_many),
            sizes=(file.stat().st_size, self._float_bytes),
        )

    def _answers(self, network: OpenNetwork) -> Answers:
        pictures, found = self._judged.pictures, []
        for start in range(0, len(pictures), 16):
            self._token.check()
            batch = self._judged.normalize(pictures[start : start + 16])
            found.append(Answers.of(scores(network, batch), self._judged.reject))
        return Answers.joined(found)


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
