"""Measures where the time of a run goes, for an honest remaining time."""

from __future__ import annotations

import statistics
from collections import deque
from dataclasses import dataclass, field

VALIDATION_COST = 0.4
"""Time to validate a picture over the time to train on one, until it has been measured."""

_RECENT = 50


@dataclass
class Pace:
    """Measures where time goes, for an honest remaining time.

    Attributes:
        epochs: Epochs of the run.
        steps_per_epoch: Steps in each.
        train_images: Pictures in each.
        val_images: Pictures validated on after each.
        costs: Of a step in each epoch, relative to each other; empty: all alike.
    """

    epochs: int
    steps_per_epoch: int
    train_images: int
    val_images: int
    costs: tuple[float, ...] = ()
    _first_epoch: int | None = None
    _waits: deque[float] = field(default_factory=lambda: deque(maxlen=_RECENT))
    _works: deque[float] = field(default_factory=lambda: deque(maxlen=_RECENT))
    _units: deque[float] = field(default_factory=lambda: deque(maxlen=_RECENT))
    _images: deque[int] = field(default_factory=lambda: deque(maxlen=_RECENT))
    _overhead: float | None = None
    _warm: bool = False

    def step(self, epoch: int, wait: float, work: float, images: int) -> None:
        """Record a step: seconds waited for its pictures, seconds computed, and its pictures."""
        if self._first_epoch is None:
            self._first_epoch = epoch
        if epoch != self._first_epoch and not self._warm:
            self._warm = True
            self._waits.clear()  # decoding is over: its waits tell nothing about later ones
        unit = work / self._cost(epoch)
        if len(self._units) == 1 and self._units[0] > 2 * unit:
            self._works[0], self._units[0] = work, unit  # the very first also warms everything up
        self._waits.append(wait)
        self._works.append(work)
        self._units.append(unit)
        self._images.append(images)

    def validated(self, seconds: float) -> None:
        """Record how long validation and checkpoint after an epoch took."""
        self._overhead = seconds

    def images_per_second(self) -> float:
        """Throughput over the last steps."""
        steps = len(self._waits)
        if not steps:
            return 0.0
        seconds = sum(self._waits) + sum(list(self._works)[-steps:])
        return sum(list(self._images)[-steps:]) / seconds if seconds > 0 else 0.0

    def remaining(self, epoch: int, steps_done: int) -> float | None:
        """Seconds until the run ends.

        Waiting for pictures to be decoded belongs to the first epoch only: later they come from
        the cache, so it is not projected beyond.

        Args:
            epoch: Current epoch.
            steps_done: Steps finished in it.

        Returns:
            The estimate, or None before the first step.
        """
        if epoch >= self.epochs:
            return 0.0
        if not self._units:
            return None
        # The median: a computer that slept during a step is not slow.
        unit = statistics.median(self._units)
        work = unit * self._cost(epoch)
        wait = sum(self._waits) / len(self._waits)
        later_wait = wait if self._warm else 0.0
        here = self.steps_per_epoch - steps_done
        later = (self.epochs - epoch - 1) * self.steps_per_epoch
        later_work = unit * sum(self._cost(each) for each in range(epoch + 1, self.epochs))
        per_epoch = self._overhead
        if per_epoch is None:
            per_image = work * self.steps_per_epoch / max(1, self.train_images)
            per_epoch = VALIDATION_COST * per_image * self.val_images
        here_wait = wait if epoch == self._first_epoch else later_wait
        seconds = here * (work + here_wait)
        seconds += self.steps_per_epoch * later_work + later * later_wait
        return seconds + (self.epochs - epoch) * per_epoch

    def _cost(self, epoch: int) -> float:
        return self.costs[epoch] if epoch < len(self.costs) else 1.0
