"""Measure a network on the validation pictures, as prediction would answer them."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - PyTorch's own convention

from effnet_studio.engine.errors import TrainingError
from effnet_studio.engine.events import Example
from effnet_studio.engine.messages import msg
from effnet_studio.engine.training.checkpoint import Totals
from effnet_studio.engine.training.feeds import VAL_BATCH
from effnet_studio.engine.training.loop import DivergedError, micro_batch, parts, pause_point
from effnet_studio.engine.training.memory import out_of_memory, release_memory, smaller

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray
    from torch import Tensor

    from effnet_studio.engine.training.session import Session, ValBatch

EXAMPLES = 8
"""Validation pictures whose answers are shown after every epoch."""

MOST = 5000
"""Validation pictures whose logits are given: enough to find a temperature by."""


@dataclass(frozen=True, eq=False)
class Validated:
    """What a network gave for the validation pictures.

    Attributes:
        totals: Sums over them; the loss is without label smoothing.
        confusion: int64, (classes, classes): row the truth, column the answer.
        examples: The answers for a few of them.
        logits: float32, (m, classes), of some of them, spread evenly.
        labels: int64, (m,): what these show.
    """

    totals: Totals
    confusion: NDArray[np.int64]
    examples: tuple[Example, ...]
    logits: NDArray[np.float32]
    labels: NDArray[np.int64]

    @property
    def accuracy(self) -> float:
        """Share of the pictures that were right."""
        return self.totals.accuracy

    @property
    def loss(self) -> float:
        """Cross-entropy per picture."""
        return self.totals.mean_loss

    @property
    def macro_f1(self) -> float:
        """Mean of F1 over the classes that have validation pictures."""
        right = np.diag(self.confusion)
        present = self.confusion.sum(1)
        answered = present + self.confusion.sum(0)
        f1 = 2 * right / np.maximum(1, answered)
        return float(f1[present > 0].mean())

    @property
    def balanced_accuracy(self) -> float:
        """Mean over the classes that have validation pictures of the share that was right."""
        present = self.confusion.sum(1)
        right = np.diag(self.confusion) / np.maximum(1, present)
        return float(right[present > 0].mean())

    def rank(self, *, balanced: bool) -> tuple[float, float]:
        """Of two, the better one has the larger rank.

        Args:
            balanced: Whether every class counts alike, however few pictures it has.
        """
        return self.balanced_accuracy if balanced else self.accuracy, -self.loss


@torch.no_grad()
def validate(run: Session, forward: Callable[[Tensor], Tensor]) -> Validated:
    """Measure a network, in float32 as prediction computes.

    Args:
        run: The session; its network is put in evaluation mode.
        forward: From what the feed gives to logits, float (n, classes).

    Returns:
        What it gave.

    Raises:
        Cancelled: If the user stops.
        PausedError: If the user wants to wait.
        DivergedError: If the loss is not a number.
        TrainingError: If no validation picture can be read any more.
    """
    run.model.eval()
    classes = len(run.job.dataset.classes)
    totals, confusion = Totals(), np.zeros((classes, classes), dtype=np.int64)
    wanted = _chosen(run)
    examples: list[tuple[int, Example]] = []
    answered: list[tuple[NDArray[np.float32], NDArray[np.int64]]] = []
    stride = 1 + (run.feed.val_images - 1) // MOST
    for batch in _batches(run):
        logits, truth = _patiently(run, forward, batch.inputs).cpu(), batch.labels
        loss = F.cross_entropy(logits, truth).item()
        answers = logits.argmax(1)
        np.add.at(confusion, (truth.numpy(), answers.numpy()), 1)
        examples += _look(run, wanted, batch, logits)
        totals.add(len(truth), loss, int((answers == truth).sum()))
        rows = [row for row, place in enumerate(batch.indices) if place % stride == 0]
        answered.append((logits[rows].numpy(), truth[rows].numpy()))
    _together(run, totals, confusion)
    if not totals.images:
        raise TrainingError(
            msg("None of the validation images can be read any more."),
            hint=msg("Check that the drive with the images is connected."),
        )
    if not math.isfinite(totals.loss):
        raise DivergedError
    shown = sorted(itertools.chain(*run.job.world.gathered(examples)), key=itemgetter(0))
    given = [pair for own in run.job.world.gathered(answered) for pair in own]
    return Validated(
        totals,
        confusion,
        tuple(example for _, example in shown),
        *(np.concatenate(each) for each in zip(*given, strict=True)),
    )


def _batches(run: Session) -> Iterator[ValBatch]:
    """This process's validation pictures, with as many pause points between them as the others'."""
    batches, world = run.feed.val(), run.job.world
    if world.size == 1:
        for batch in batches:
            pause_point(run)
            yield batch
        return
    for _ in range(math.ceil(run.feed.val_images / (VAL_BATCH * world.size))):
        pause_point(run)
        own = next(batches, None)
        if own is not None:
            yield own


def _together(run: Session, totals: Totals, confusion: NDArray[np.int64]) -> None:
    """Add up what the processes counted, each on its part of the pictures."""
    if run.job.world.size == 1:
        return
    own = [float(totals.images), totals.loss, float(totals.right), *confusion.ravel().tolist()]
    summed = run.job.world.total(
        torch.tensor(own, dtype=torch.float64, device=run.job.device)
    ).tolist()
    totals.images, totals.loss, totals.right = int(summed[0]), summed[1], int(summed[2])
    confusion[:] = np.array(summed[3:]).reshape(confusion.shape)


def _patiently(run: Session, forward: Callable[[Tensor], Tensor], inputs: Tensor) -> Tensor:
    """Compute logits, fewer at a time where memory runs short."""
    while True:
        try:
            most = micro_batch(run, len(inputs))
            pieces = [forward(inputs[first:last]) for first, last in parts(len(inputs), most)]
            return torch.cat(pieces).float()
        except (MemoryError, RuntimeError) as error:
            if not out_of_memory(error) or not smaller(run, len(inputs)):
                raise
        release_memory(run.job.device)


def _chosen(run: Session) -> set[int]:
    """Positions of the pictures to show: spread evenly, so that they are of different classes."""
    count = len(run.job.dataset.subset("val"))
    return set(np.linspace(0, count - 1, min(EXAMPLES, count)).round().astype(int).tolist())


def _look(
    run: Session, wanted: set[int], batch: ValBatch, logits: Tensor
) -> list[tuple[int, Example]]:
    """The answers for the wanted pictures of a batch, behind their places."""
    samples = run.job.dataset.subset("val")
    examples = []
    for row, place in zip(logits, batch.indices, strict=True):
        if place in wanted:
            probability, predicted = row.softmax(0).max(0)
            sample = samples[place]
            answer = Example(sample.path, sample.label, int(predicted), float(probability))
            examples.append((place, answer))
    return examples
