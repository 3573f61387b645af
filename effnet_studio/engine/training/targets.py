"""What a step's pictures should be answered with, and what a wrong answer costs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import torch
import torch.nn.functional as F  # noqa: N812 - PyTorch's own convention

if TYPE_CHECKING:
    from torch import Tensor

    from effnet_studio.engine.data.loading.mixing import Mix


class Targets(NamedTuple):
    """The answers asked for.

    Attributes:
        labels: Class of each picture, int64, (n,).
        others: Class of the picture mixed into each, int64, (n,); None: none is.
        share: Of each picture itself, in [0, 1]; the other has the rest.
    """

    labels: Tensor
    others: Tensor | None = None
    share: float = 1.0

    def part(self, first: int, last: int) -> Targets:
        """Those of the pictures from ``first`` to before ``last``."""
        others = None if self.others is None else self.others[first:last]
        return Targets(self.labels[first:last], others, self.share)


def make_targets(labels: Tensor, mix: Mix | None) -> Targets:
    """Ask for both classes of mixed pictures.

    Args:
        labels: int64, (n,).
        mix: How the pictures were mixed; None: not at all.

    Returns:
        The answers asked for, on the labels' device.
    """
    if mix is None:
        return Targets(labels)
    return Targets(labels, labels[torch.from_numpy(mix.partner).to(labels.device)], mix.share)


def target_loss(
    logits: Tensor,
    targets: Targets,
    *,
    weights: Tensor | None = None,
    label_smoothing: float = 0.0,
    focal_gamma: float = 0.0,
) -> Tensor:
    """Cross-entropy against the answers asked for.

    Each label's loss is multiplied by its class's weight, and the mean is over the pictures.
    PyTorch's own weighted mean divides by the sum of the batch's weights: a batch of one class
    only, and every batch of one picture, would then count as if there were no weights.

    The focal loss (Lin et al. 2017, arXiv:1708.02002, eq. 4) multiplies each picture's loss by
    (1 - p)^gamma, where p is the probability given to its class.

    Args:
        logits: Float, (n, classes).
        targets: Of the same pictures.
        weights: Of the classes, float, (classes,); None: all alike.
        label_smoothing: Share of certainty given to all classes alike, in [0, 1).
        focal_gamma: How much less well answered pictures count; 0: all alike.

    Returns:
        Mean over the pictures, a float scalar.
    """

    def loss(labels: Tensor) -> Tensor:
        if weights is None and not focal_gamma:
            return F.cross_entropy(logits, labels, label_smoothing=label_smoothing)
        each = F.cross_entropy(logits, labels, label_smoothing=label_smoothing, reduction="none")
        if weights is not None:
            each = each * weights[labels]
        if focal_gamma:
            # Through log-softmax: 1 - p of a sure answer would be rounded to 0, its gradient lost.
            sure = logits.log_softmax(1).gather(1, labels[:, None]).squeeze(1)
            each = each * (-torch.expm1(sure)).clamp_min(1e-7) ** focal_gamma
        return each.mean()

    if targets.others is None:
        return loss(targets.labels)
    return targets.share * loss(targets.labels) + (1 - targets.share) * loss(targets.others)


def count_right(logits: Tensor, targets: Targets) -> int:
    """Count the pictures whose likeliest class is the one they show most of.

    Args:
        logits: Float, (n, classes).
        targets: Of the same pictures.
    """
    wanted = targets.labels
    if targets.others is not None and targets.share < 0.5:
        wanted = targets.others
    return int((logits.argmax(1) == wanted).sum())
