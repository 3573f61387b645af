"""Works out the curves of an evaluation in the background: figures first, then their intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

if TYPE_CHECKING:
    from collections.abc import Callable

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.errors import StudioError
    from effnet_studio.engine.evaluation.curves.class_curves import ClassCurves
    from effnet_studio.engine.evaluation.curves.curve_intervals import CurveIntervals
    from effnet_studio.engine.evaluation.evaluate import Evaluation
    from effnet_studio.engine.events import OnEvent
    from effnet_studio.gui.jobs import Job, JobRunner


class CurveKeeper(QObject):
    """One evaluation at a time; what was asked before is broken off.

    Args:
        jobs: Does the work.
        parent: Qt's owner.
    """

    judged = Signal(object)
    """The :class:`~effnet_studio.engine.evaluation.curves.class_curves.ClassCurves`."""
    intervals_found = Signal(object)
    """The ``CurveIntervals`` of these."""
    failed = Signal(object)
    """The StudioError that says why there are none."""

    def __init__(self, jobs: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._job: Job | None = None

    @property
    def settled(self) -> bool:
        """Whether nothing is under way."""
        return self._job is None

    def ask(self, evaluation: Evaluation) -> None:
        """Work out the curves of an evaluation.

        Args:
            evaluation: With at least one image.
        """
        self.stop()
        self._start(_judge, evaluation)

    def stop(self) -> None:
        """Break off what is under way; nothing more is heard of it."""
        if self._job is not None:
            self._job.succeeded.disconnect(self._on_succeeded)
            self._job.failed.disconnect(self._on_failed)
            self._job.cancel()
            self._job = None

    def _start(self, function: Callable[..., object], about: object) -> None:
        self._job = self._jobs.start(function, about, title="", kind="quiet", heavy=False)
        self._job.succeeded.connect(self._on_succeeded)
        self._job.failed.connect(self._on_failed)

    @Slot(object)
    def _on_succeeded(self, found: object) -> None:
        from effnet_studio.engine.evaluation.curves.class_curves import ClassCurves

        self._job = None
        if isinstance(found, ClassCurves):
            self._start(_resample, found)
            self.judged.emit(found)
        else:
            self.intervals_found.emit(found)

    @Slot(object)
    def _on_failed(self, error: StudioError) -> None:
        self._job = None
        self.failed.emit(error)


# -- what runs in the jobs' threads ----------------------------------------------------------------


def _judge(
    evaluation: Evaluation,
    *,
    on_event: OnEvent,  # noqa: ARG001 - every job hears events
    cancel: CancelToken,
) -> ClassCurves:
    from effnet_studio.engine.evaluation.curves.class_curves import class_curves

    return class_curves(evaluation.logits, evaluation.true, cancel=cancel)


def _resample(
    curves: ClassCurves,
    *,
    on_event: OnEvent,  # noqa: ARG001 - every job hears events
    cancel: CancelToken,
) -> CurveIntervals:
    from effnet_studio.engine.evaluation.curves.curve_intervals import curve_intervals

    return curve_intervals(curves, cancel=cancel)
