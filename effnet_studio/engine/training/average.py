"""A second model whose weights are the average of the trained one's over the last steps."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from torch import nn


class WeightAverage:
    """The exponential moving average of a model's weights and batch-norm statistics.

    It is often better than the weights of any one step (Polyak and Juditsky 1992; Tan and Le 2019,
    arXiv:1905.11946, section 5.2, used 0.9999).

    Args:
        model: The model that is trained; copied as it is now.
        decay: Share of the average kept at each step, in (0, 1).
        frozen: Names of the tensors in its state that never change.

    Attributes:
        model: The averaged one, in evaluation mode.
    """

    def __init__(self, model: nn.Module, decay: float, frozen: frozenset[str]) -> None:
        self.model = copy.deepcopy(model).eval().requires_grad_(requires_grad=False)
        own, theirs = self.model.state_dict(), model.state_dict()
        moving = [name for name in own if name not in frozen]
        floats = [name for name in moving if own[name].is_floating_point()]
        self._decay = decay
        self._own = [own[name] for name in floats]
        self._theirs = [theirs[name] for name in floats]
        self._counters = [(own[n], theirs[n]) for n in moving if not own[n].is_floating_point()]

    @torch.no_grad()
    def update(self, step: int) -> None:
        """Take a step's weights in.

        Args:
            step: Counted from 0; the first ones count more, so that the average soon forgets the
                start (as TensorFlow's ``ExponentialMovingAverage`` does with ``num_updates``).
        """
        decay = min(self._decay, (1 + step) / (10 + step))
        torch._foreach_lerp_(self._own, self._theirs, 1 - decay)
        for own, theirs in self._counters:
            own.copy_(theirs)
