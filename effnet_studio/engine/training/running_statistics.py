"""The running statistics of batch norms in a step that is computed in parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from torch import nn


class RunningStatistics:
    """Lets a step move the statistics once, however many parts it is computed in.

    Each part begins with the statistics from before the step, and the step ends with their mean: as
    if each part had been computed by a process of its own, and, but for what the parts differ in,
    as if there had been one part only. Moved by one part after the other, they would follow the
    last pictures of a batch more closely the less memory there is.

    Args:
        model: The network, in the modes it trains in.
    """

    def __init__(self, model: nn.Module) -> None:
        self._buffers = [
            buffer
            for module in model.modules()
            if module.training
            for buffer in module.buffers(recurse=False)
        ]
        self._before = [buffer.clone() for buffer in self._buffers]
        self._sums: list[torch.Tensor] = []
        self._parts = 0

    @torch.no_grad()
    def add_part(self) -> None:
        """Note what a part has moved; the next one begins where this one did."""
        moved = [buffer.clone() for buffer in self._buffers]
        if self._parts:
            moved = [total.add_(part) for total, part in zip(self._sums, moved, strict=True)]
        self._sums = moved
        self._parts += 1
        self._put(self._before)

    @torch.no_grad()
    def take_mean(self) -> None:
        """Move the statistics as all parts together have."""
        if self._parts:
            # Counts of batches are whole numbers; all parts count alike.
            self._put([(total / self._parts).to(total.dtype) for total in self._sums])

    @torch.no_grad()
    def put_back(self) -> None:
        """Undo all that the step has moved."""
        self._put(self._before)
        self._sums, self._parts = [], 0

    def _put(self, values: list[torch.Tensor]) -> None:
        for buffer, value in zip(self._buffers, values, strict=True):
            buffer.copy_(value)
