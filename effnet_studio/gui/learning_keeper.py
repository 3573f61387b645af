"""Keeps the learning curve of the images: what is known is read, the rest measured when asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from effnet_studio.gui.models.learned import measure_learned, read_learned, time_of_learning
from effnet_studio.gui.questions import Requests

if TYPE_CHECKING:
    from collections.abc import Hashable

    from effnet_studio.engine.errors import StudioError
    from effnet_studio.gui.jobs import Job
    from effnet_studio.gui.models.learned import Learned
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.widgets.evaluate.learning_curve_view import LearningCurveView


class LearningKeeper(QObject):
    """Answers the view's wishes with jobs, and hands it what they give.

    Args:
        session: The open project and its images.
        view: Where it is shown.
        parent: Qt's owner.
    """

    def __init__(
        self, session: Session, view: LearningCurveView, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._view = session, view
        self._key: Hashable = None
        self._learned: Learned | None = None
        self._job: Job | None = None
        self._asked: Hashable = None
        self._unmade: Hashable = None
        self._kept = Requests(session.jobs, parent=self)
        self._kept.answered.connect(self._on_read)
        self._kept.refused.connect(self._on_refused)
        self._times = Requests(session.jobs, heavy=True, parent=self)
        self._times.answered.connect(self._on_timed)
        view.seen.connect(self._on_seen)
        view.start_asked.connect(self._on_start_asked)
        session.dataset_changed.connect(self._on_changed)
        self._on_changed()

    @property
    def _at_work(self) -> bool:
        """Whether what is on view is being measured."""
        return self._job is not None and self._asked == self._key

    @Slot()
    def _on_changed(self) -> None:
        """Show what is known of the images as they are now."""
        dataset, project = self._session.dataset, self._session.project
        if dataset is None or project is None:
            self._key, self._learned = None, None
            self._kept.forget()
            return
        key = (project.root, dataset.version)
        if key == self._key:
            return
        self._key, self._learned = key, None
        self._view.clear_error()
        self._show()
        self._kept.ask_only(key, read_learned, project, dataset)

    def _show(self) -> None:
        self._view.set_startable(self._job is None)
        if self._job is not None and self._at_work:
            self._view.follow(self._job)
        elif self._learned is not None:
            self._view.set_learned(self._learned)
        else:
            self._view.show_unmade()

    @Slot()
    def _on_start_asked(self) -> None:
        dataset, project = self._session.dataset, self._session.project
        if dataset is None or project is None or self._job is not None:
            return
        self._kept.forget()
        self._times.forget()
        self._asked = self._key
        self._job = self._session.jobs.start(
            measure_learned,
            project,
            dataset,
            title=lambda: self.tr("Finding out whether more images would help"),
            kind="learning",
        )
        self._job.succeeded.connect(self._on_made)
        self._job.failed.connect(self._on_failed)
        self._job.finished.connect(self._on_finished)
        self._show()

    @Slot()
    def _on_seen(self) -> None:
        """Find out how long it takes, once it is known that nothing was kept, and for eyes."""
        dataset, project = self._session.dataset, self._session.project
        if self._unmade != self._key or not self._view.isVisible() or self._job is not None:
            return
        if dataset is not None and project is not None:
            self._unmade = None
            self._times.ask_only(self._key, time_of_learning, project, dataset)

    @Slot(object, object)
    def _on_timed(self, key: Hashable, seconds: float) -> None:
        if key == self._key and self._job is None:
            self._view.set_seconds(seconds)

    @Slot(object, object)
    def _on_read(self, key: Hashable, learned: Learned | None) -> None:
        if key != self._key or self._at_work:
            return
        if learned is None:
            self._unmade = key
            self._on_seen()
            return
        self._learned = learned
        self._show()

    @Slot(object, object)
    def _on_refused(self, key: Hashable, error: StudioError) -> None:
        if key == self._key:
            self._view.show_error(error)

    @Slot(object)
    def _on_made(self, learned: Learned) -> None:
        if self._asked == self._key:
            self._learned = learned

    @Slot(object)
    def _on_failed(self, error: StudioError) -> None:
        if self._asked == self._key:
            self._view.show_error(error)

    @Slot()
    def _on_finished(self) -> None:
        self._job = None
        self._show()
