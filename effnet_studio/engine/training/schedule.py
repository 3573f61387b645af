"""The learning rate over a run: a straight rise, then a cosine down to a floor."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Schedule:
    """Linear warm-up and cosine decay (Loshchilov & Hutter 2017, arXiv:1608.03983), per step.

    Attributes:
        peak: Largest learning rate.
        steps: Optimiser steps of the whole run.
        warmup: Steps of the rise; at most all but one.
        floor: Where the cosine ends, as a share of ``peak``.
        first: Steps at the beginning that are not trained; the rise comes behind them.
    """

    peak: float
    steps: int
    warmup: int
    floor: float
    first: int = 0

    def __call__(self, step: int) -> float:
        """Learning rate of a step.

        Args:
            step: Counted from 0; steps beyond the last have the rate of the last.

        Returns:
            ``peak * (step + 1) / (warmup + 1)`` while it rises, so that the first step moves too;
            then the cosine, which is ``peak`` at its first step and ``peak * floor`` at the last.
        """
        step = max(0, min(step, self.steps - 1) - self.first)
        if step < self.warmup:
            return self.peak * (step + 1) / (self.warmup + 1)
        span = max(1, self.steps - 1 - self.first - self.warmup)
        done = min(1.0, (step - self.warmup) / span)
        return self.peak * (self.floor + (1 - self.floor) * (1 + math.cos(math.pi * done)) / 2)


def make_schedule(
    peak: float,
    *,
    epochs: int,
    steps_per_epoch: int,
    warmup_epochs: float,
    floor: float,
    solved_epochs: int = 0,
) -> Schedule:
    """Turn epochs into steps.

    Args:
        peak: Largest learning rate.
        epochs: Epochs of the run.
        steps_per_epoch: Optimiser steps in one epoch.
        warmup_epochs: Length of the rise; cut to half the run if it is longer.
        floor: Where the cosine ends, as a share of ``peak``.
        solved_epochs: Epochs at the beginning that take no steps.

    Returns:
        The schedule.
    """
    steps, first = epochs * steps_per_epoch, solved_epochs * steps_per_epoch
    warmup = min(round(warmup_epochs * steps_per_epoch), (steps - first) // 2)
    return Schedule(peak, steps, warmup, floor, first)
