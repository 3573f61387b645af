"""Finds the groups of images that a view wants to show, in the background."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from effnet_studio.gui.questions import Requests

if TYPE_CHECKING:
    from effnet_studio.engine.errors import StudioError
    from effnet_studio.engine.evaluation.evaluate import Evaluation
    from effnet_studio.engine.evaluation.slices.slices import SliceReport
    from effnet_studio.engine.project import Project
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.widgets.evaluate.slices_view import SlicesView


class SlicesKeeper(QObject):
    """Answers the view's wishes; an evaluation that another has replaced is dropped.

    Args:
        session: The open project, which knows the images.
        view: Where the groups are shown.
        parent: Qt's owner.
    """

    def __init__(self, session: Session, view: SlicesView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._view = session, view
        self._reports = Requests(session.jobs, parent=self)
        self._reports.answered.connect(self._on_answered)
        self._reports.refused.connect(self._on_refused)
        view.wanted.connect(self._on_wanted)

    @Slot(object)
    def _on_wanted(self, evaluation: Evaluation) -> None:
        project, dataset = self._session.project, self._session.dataset
        if project is None or dataset is None or dataset.version != evaluation.dataset_version:
            self._reports.forget()
            self._view.set_foreign()
            return
        self._reports.ask_only(evaluation, _slices_of, project, evaluation)

    @Slot(object, object)
    def _on_answered(self, evaluation: Evaluation, report: SliceReport) -> None:
        self._view.set_report(evaluation, report)

    @Slot(object, object)
    def _on_refused(self, _evaluation: Evaluation, error: StudioError) -> None:
        self._view.show_error(error)


def _slices_of(project: Project, evaluation: Evaluation) -> SliceReport:
    from effnet_studio.engine.evaluation.slices.slices import slice_evaluation

    return slice_evaluation(project, evaluation)
