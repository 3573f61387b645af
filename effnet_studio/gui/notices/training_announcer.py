"""A running training for those who cannot see it: begun, each epoch, paused, going on."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Slot

from effnet_studio.engine.events import EpochFinished
from effnet_studio.gui.announcer import announce
from effnet_studio.gui.text import percent_text, remaining_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from effnet_studio.engine.events import Event
    from effnet_studio.gui.jobs import Job
    from effnet_studio.gui.session import Session

APART_SECONDS: Final = 10.0
"""Epochs are told at most so often; a quick training would talk without end."""


class TrainingAnnouncer(QObject):
    """Tells screen readers how a training goes; how it ended is told with the other jobs.

    Args:
        session: Whose trainings.
        widget: Speaks.
        clock: Seconds that only ever grow.
        parent: Qt's owner.
    """

    def __init__(
        self,
        session: Session,
        widget: QWidget,
        *,
        clock: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._widget, self._clock = widget, clock
        self._told = 0.0
        session.training_started.connect(self._on_started)

    @Slot(object)
    def _on_started(self, job: Job) -> None:
        job.event_received.connect(self._on_event)
        job.pause_changed.connect(self._on_pause_changed)
        self._told = self._clock()
        announce(self._widget, self.tr("Training started"))

    @Slot(object)
    def _on_event(self, event: Event) -> None:
        if not isinstance(event, EpochFinished):
            return
        now = self._clock()
        if event.epoch + 1 == event.epochs or now - self._told < APART_SECONDS:
            return
        self._told = now
        text = self.tr("Epoch {epoch} of {epochs}: {accuracy} right").format(
            epoch=event.epoch + 1, epochs=event.epochs, accuracy=percent_text(event.accuracy)
        )
        parts = (text, remaining_text(event.eta_seconds))
        announce(self._widget, ", ".join(part for part in parts if part))

    @Slot(bool)
    def _on_pause_changed(self, paused: bool) -> None:  # noqa: FBT001 - Qt's signature
        text = self.tr("Training paused") if paused else self.tr("Training goes on")
        announce(self._widget, text)
