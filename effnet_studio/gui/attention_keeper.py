"""Keeps where the chosen run looks: what is known is read at once, the rest is made when asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from effnet_studio.engine.explain.names import Detail
from effnet_studio.gui import file_dialogs
from effnet_studio.gui.jobs import Job
from effnet_studio.gui.models.attention_cells import (
    look_at_all,
    read_looked,
    save_report,
    shares_in,
    time_of_look,
)
from effnet_studio.gui.questions import Requests

if TYPE_CHECKING:
    from collections.abc import Hashable

    from effnet_studio.engine.data.dataset import Split
    from effnet_studio.engine.errors import StudioError
    from effnet_studio.engine.explain.regions import Box
    from effnet_studio.engine.explain.shares import RegionShare
    from effnet_studio.gui.models.attention_cells import Looked
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.widgets.evaluate.attention_view import AttentionView


class AttentionKeeper(QObject):
    """Answers the view's wishes with jobs, and hands it what they give.

    Args:
        session: The open project, its images and the chosen run.
        view: Where it is shown.
        parent: Qt's owner.
    """

    def __init__(
        self, session: Session, view: AttentionView, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._view = session, view
        self._split: Split = "val"
        self._detail = Detail.COARSE
        self._key: Hashable = None
        self._looked: Looked | None = None
        self._job: Job | None = None
        self._asked: Hashable = None
        self._unmade: Hashable = None
        self._kept = Requests(session.jobs, parent=self)
        self._kept.answered.connect(self._on_read)
        self._kept.refused.connect(self._on_refused)
        self._figures = Requests(session.jobs, parent=self)
        self._figures.answered.connect(self._on_figures)
        self._times = Requests(session.jobs, heavy=True, parent=self)
        self._times.answered.connect(self._on_timed)
        view.seen.connect(self._on_seen)
        view.start_asked.connect(self._on_start_asked)
        view.board.box_changed.connect(self._on_box_changed)
        view.board.report_asked.connect(self._on_report_asked)

    def refresh(self, split: Split, detail: Detail) -> None:
        """Show what is known of the chosen run and images; call it when they have changed.

        Args:
            split: Part of the images on view.
            detail: How closely to look.
        """
        session = self._session
        run, dataset, project = session.run, session.dataset, session.project
        if run is None or dataset is None or project is None:
            self._key, self._looked = None, None
            self._kept.forget()
            return
        key = (project.root, run.run_id, dataset.version, split, detail)
        if key != self._key:
            self._key, self._looked = key, None
            self._split, self._detail = split, detail
            self._view.clear_error()
            self._show()
        elif project.read_only:
            return  # nothing is kept: what was made is all there is
        self._kept.ask_only(key, read_looked, project, run.run_dir, dataset, split, detail)

    @property
    def _at_work(self) -> bool:
        """Whether what is on view is being made."""
        return self._job is not None and self._asked == self._key

    def _show(self) -> None:
        dataset = self._session.dataset
        self._view.set_startable(self._job is None)
        if self._job is not None and self._at_work:
            self._view.follow(self._job)
        elif self._looked is not None:
            self._view.set_looked(self._looked)
        elif dataset is not None:
            self._view.set_unmade(len(dataset.subset(self._split)))

    @Slot()
    def _on_start_asked(self) -> None:
        session = self._session
        run, dataset, project = session.run, session.dataset, session.project
        if run is None or dataset is None or project is None or self._job is not None:
            return
        self._kept.forget()
        self._times.forget()
        self._asked = self._key
        self._job = session.jobs.start(
            look_at_all,
            project,
            run.run_dir,
            dataset,
            self._split,
            self._detail,
            title=lambda: self.tr("Looking at all images"),
            kind="attention",
        )
        self._job.succeeded.connect(self._on_made)
        self._job.failed.connect(self._on_failed)
        self._job.finished.connect(self._on_finished)
        self._show()

    @Slot()
    def _on_seen(self) -> None:
        """Find out how long a look takes, once it is known that there was none, and for eyes."""
        run, dataset = self._session.run, self._session.dataset
        if self._unmade != self._key or not self._view.isVisible() or self._job is not None:
            return
        if run is not None and dataset is not None:
            self._unmade = None
            self._times.ask_only(
                self._key, time_of_look, run.run_dir, dataset, self._split, self._detail
            )

    @Slot(object, object)
    def _on_timed(self, key: Hashable, seconds: float | None) -> None:
        if key == self._key and self._job is None:
            self._view.set_seconds(seconds)

    @Slot(object, object)
    def _on_read(self, key: Hashable, looked: Looked | None) -> None:
        if key != self._key or self._at_work:
            return
        # What was kept no longer fits if the run has learned more since.
        if (looked is None) != (self._looked is None):
            self._looked = looked
            self._show()
        if looked is None:
            self._unmade = key
            self._on_seen()

    @Slot(object, object)
    def _on_refused(self, key: Hashable, error: StudioError) -> None:
        if key == self._key:
            self._view.show_error(error)

    @Slot(object)
    def _on_made(self, looked: Looked) -> None:
        if self._asked == self._key:
            self._looked = looked

    @Slot(object)
    def _on_failed(self, error: StudioError) -> None:
        if self._asked == self._key:
            self._view.show_error(error)

    @Slot()
    def _on_finished(self) -> None:
        self._job = None
        self._show()

    @Slot(object)
    def _on_box_changed(self, box: Box) -> None:
        if self._looked is not None:
            self._figures.ask_only((self._key, box), shares_in, self._looked, box)

    @Slot(object, object)
    def _on_figures(self, key: tuple[Hashable, Box], shares: tuple[RegionShare, ...]) -> None:
        if key == (self._key, self._view.board.box):
            self._view.board.set_shares(shares)

    @Slot()
    def _on_report_asked(self) -> None:
        session, looked = self._session, self._looked
        if looked is None or session.project is None or session.run is None:
            return
        chosen, _ = file_dialogs.choose_save(
            self._view, self.tr("Save report"), "attention.html", "HTML (*.html)"
        )
        if chosen is None:
            return
        board = self._view.board
        job = session.jobs.start(
            save_report,
            chosen,
            looked,
            board.box,
            (session.project.name, session.run.run_id),
            board.colormap,
            title=lambda: self.tr("Saving the report"),
            kind="report",
        )
        board.set_saving(saving=True)
        job.failed.connect(self._view.show_error)
        job.finished.connect(self._on_saved)

    @Slot()
    def _on_saved(self) -> None:
        self._view.board.set_saving(saving=False)
