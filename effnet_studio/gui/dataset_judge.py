"""Lets the chosen run judge all images of the open project, so that they can be sorted by it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from effnet_studio.gui import contents
from effnet_studio.gui.models.run_list import title_of

if TYPE_CHECKING:
    from effnet_studio.engine.evaluation.dataset_predictions import DatasetPredictions
    from effnet_studio.gui.jobs import Job
    from effnet_studio.gui.session import Session


class DatasetJudge(QObject):
    """Starts the job, and hands its answers to the session.

    Args:
        session: The open project, its images and runs.
        parent: Qt's owner.
    """

    changed = Signal(str, bool)
    """What the model is called that may be asked, or nothing; and whether it is at work."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._job: Job | None = None
        session.run_selected.connect(self.refresh)

    @Slot()
    def refresh(self) -> None:
        """Say whether there is anything to ask; call it when images or runs have changed."""
        run, images = self._session.run, self._session.images
        if run is None or images.index is None:
            self.changed.emit("", False)
            return
        known = images.predictions
        waiting = int(np.count_nonzero(~images.index.excluded))
        if known is not None and known.run_id == run.run_id:
            waiting -= int(np.count_nonzero(np.isin(known.ids, images.index.ids)))
        offered = waiting > 0 or self._job is not None
        self.changed.emit(title_of(run) if offered else "", self._job is not None)

    @Slot()
    def ask(self) -> None:
        """Begin, unless it has begun already or there is nothing to judge."""
        session = self._session
        project, index, run = session.project, session.images.index, session.run
        if project is None or index is None or run is None or self._job is not None:
            return
        self._job = session.jobs.start(
            contents.predict_dataset,
            project,
            index,
            run.run_id,
            title=lambda: self.tr("Judging all images"),
            kind="judge",
        )
        self._job.succeeded.connect(self._on_judged)
        self._job.failed.connect(session.error_raised)
        self._job.finished.connect(self._on_ended)
        self.refresh()

    @Slot(object)
    def _on_judged(self, predictions: DatasetPredictions) -> None:
        session = self._session
        session.images = replace(session.images, predictions=predictions)
        session.dataset_changed.emit(session.dataset)

    @Slot()
    def _on_ended(self) -> None:
        self._job = None
        self.refresh()
