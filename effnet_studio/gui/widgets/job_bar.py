"""The bar at the bottom of the window: what runs, how far it is, and how to pause or stop it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.engine.events import (
    BatchProgress,
    EpochFinished,
    Event,
    Noted,
    Progress,
    StepStarted,
    Warned,
)
from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.jobs import Job, JobRunner, JobState
from effnet_studio.gui.models.step_words import step_title
from effnet_studio.gui.names import named
from effnet_studio.gui.text import (
    bytes_text,
    count_text,
    decimal_text,
    percent_text,
    remaining_text,
)
from effnet_studio.gui.theme import SPACE_2, SPACE_3, SPACE_4, SPACE_6, set_role, set_tone
from effnet_studio.gui.widgets.busy_bar import BusyBar
from effnet_studio.gui.widgets.elided_label import ElidedLabel
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from effnet_studio.gui.theme import ThemeManager

SHORT_SECONDS: Final = 3.0
"""A job that succeeded sooner needs no notice that it did."""

_SHOWN_ELSEWHERE: Final = {"open", "import", "sample", "neighbours", "channels"}
"""Kinds of jobs whose success the pages show at once."""

_LEAST_TEXT: Final = 120
"""Of the title, and of what the job says beside it, pixels."""
_LEAST_DETAIL: Final = 228
"""Of the latter, if it is so much: how far it is, and the time left."""

QUIET: Final = "quiet"
"""Jobs of this kind are too short to be shown."""


class _Title(ElidedLabel):
    """As wide as it is, or less where that would leave nothing of how far the job is.

    Args:
        parent: Qt's owner.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__("job_title", parent, end=True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint().boundedTo(QSize(_LEAST_TEXT, self.sizeHint().height()))


class JobRow(QFrame):
    """One job: title, what it says, progress, pause, stop.

    Args:
        job: The job.
        theme: Tints the icons.
        parent: Qt's owner.
    """

    dismissed = Signal()

    def __init__(self, job: Job, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("job_row")
        self.started = time.monotonic()
        self._job: Job | None = job
        self._titled = job
        self._event: Event | None = None  # the last with something to say
        self._state = JobState.RUNNING
        self._accuracy: float | None = None
        self._ready: bool | None = None
        self._theme = theme
        self._icon = Label(self)
        self._title = _Title(self)
        self._detail = ElidedLabel("job_detail", self, end=True)
        set_role(self._detail, "caption")
        self._bar = named(BusyBar(self), "job_progress")
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self._pause = named(QPushButton(self), "job_pause")
        self._stop = named(QPushButton(self), "job_stop")
        self._dismiss = named(QToolButton(self), "job_dismiss")
        for button, name in (
            (self._pause, "pause"),
            (self._stop, "stop"),
            (self._dismiss, "close"),
        ):
            set_role(button, "ghost")
            theme.set_icon(button, name, size=16)
        self._dismiss.hide()
        theme.set_icon(self._icon, "bolt", tone="accent_text")
        self._build_ui()
        self._connect(job)
        self._retranslate()

    def _build_ui(self) -> None:
        texts = QHBoxLayout()
        texts.setSpacing(SPACE_3)
        texts.addWidget(self._title)
        texts.addWidget(self._detail, 1)
        middle = QVBoxLayout()
        middle.setSpacing(SPACE_2)
        middle.addLayout(texts)
        middle.addWidget(self._bar)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE_6, SPACE_3, SPACE_4, SPACE_3)
        layout.setSpacing(SPACE_3)
        layout.addWidget(self._icon)
        layout.addLayout(middle, 1)
        layout.addWidget(self._pause)
        layout.addWidget(self._stop)
        layout.addWidget(self._dismiss)

    def _connect(self, job: Job) -> None:
        job.event_received.connect(self._on_event)
        job.pause_changed.connect(self._on_pause_changed)
        job.stop_asked.connect(self._on_stop_asked)
        job.succeeded.connect(self._on_ended)
        job.failed.connect(self._on_ended)
        job.cancelled.connect(self._on_ended)
        self._pause.clicked.connect(self._on_pause_clicked)
        self._stop.clicked.connect(self._on_stop_clicked)
        self._dismiss.clicked.connect(self.dismissed)

    @Slot(object)
    def _on_event(self, event: Event) -> None:
        if progress_text(event):
            self._event = event
        share = progress_share(event)
        if share is not None:
            self._bar.setRange(0, 1000)
            self._bar.setValue(round(1000 * share))
        elif isinstance(event, Progress | StepStarted):
            self._bar.setRange(0, 0)
        self._show_detail()

    @Slot()
    def _on_pause_clicked(self) -> None:
        if self._job is not None:
            if self._job.paused:
                self._job.resume()
            else:
                self._job.pause()

    @Slot()
    def _on_stop_clicked(self) -> None:
        if self._job is not None:
            self._job.cancel()

    @Slot()
    def _on_stop_asked(self) -> None:
        """Somebody, here or on a page, has asked it to stop: no more of that, and no forecasts."""
        self._stop.setEnabled(False)
        self._pause.setEnabled(False)
        self._bar.setRange(0, 0)
        self._show_detail()

    @Slot(bool)
    def _on_pause_changed(self, paused: bool) -> None:  # noqa: FBT001 - Qt's signature
        self._theme.set_icon(self._pause, "play" if paused else "pause", size=16)
        set_tone(self._bar, "warning" if paused else "")
        self._retranslate()

    @Slot()
    def _on_ended(self) -> None:
        if self._job is None:
            return
        self._state = self._job.state
        self._accuracy = getattr(self._job.result, "accuracy", None)
        if self._job.kind == "export":  # a file may be made, and yet not be good enough
            self._ready = getattr(self._job.result, "ok", None)
        self._job = None
        good = ("warning", "warning") if self._ready is False else ("check-circle", "success")
        looks = {
            JobState.SUCCEEDED: good,
            JobState.FAILED: ("error", "danger"),
            JobState.CANCELLED: ("info", "muted"),
        }
        self._theme.set_icon(self._icon, looks[self._state][0], tone=looks[self._state][1])
        self._bar.hide()
        self._pause.hide()
        self._stop.hide()
        self._dismiss.show()
        self._retranslate()

    def _show_detail(self) -> None:
        if self._state is not JobState.RUNNING:
            texts = {
                JobState.SUCCEEDED: self._success_text(),
                JobState.FAILED: self.tr("Failed"),
                JobState.CANCELLED: self.tr("Stopped"),
            }
            self._detail.set_whole(texts[self._state])
        elif self._job is not None and self._job.cancelling:
            self._detail.set_whole(self.tr("Stopping…"))
        elif self._job is not None and self._job.paused:
            self._detail.set_whole(self.tr("Paused"))
        elif self._event is not None:
            self._detail.set_whole(progress_text(self._event))
        wanted = min(_LEAST_DETAIL, self._detail.sizeHint().width())
        self._detail.setMinimumWidth(max(_LEAST_TEXT, wanted))

    def _success_text(self) -> str:
        if self._ready is not None:
            words = {True: "Ready", False: "Not ready"}
            return QCoreApplication.translate("CertificateView", words[self._ready])
        if self._accuracy is None:
            return self.tr("Finished")
        return self.tr("Finished · {accuracy} right").format(accuracy=percent_text(self._accuracy))

    def _retranslate(self) -> None:
        title = self._titled.title
        self._title.set_whole(title)
        self._stop.setText(self.tr("Stop"))
        paused = self._job is not None and self._job.paused
        self._pause.setText(self.tr("Resume") if paused else self.tr("Pause"))
        self._dismiss.setAccessibleName(self.tr("Dismiss"))
        self._dismiss.setToolTip(self.tr("Dismiss"))
        self._bar.setAccessibleName(title)
        self._show_detail()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()


class JobBar(QFrame):
    """Shows every running job, and the last finished one until it is dismissed.

    Args:
        runner: Whose jobs.
        theme: Tints the icons.
        parent: Qt's owner.
    """

    history_asked = Signal()
    """What ran before is to be shown."""

    def __init__(
        self, runner: JobRunner, theme: ThemeManager, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("job_bar")
        set_role(self, "bar")
        self._theme = theme
        self._finished: JobRow | None = None
        self._rows: dict[Job, JobRow] = {}
        self._layout = QVBoxLayout()
        self._layout.setSpacing(0)
        self._history = named(QToolButton(self), "job_history")
        set_role(self._history, "ghost")
        theme.set_icon(self._history, "clock")
        self._history.clicked.connect(self.history_asked)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, SPACE_4, 0)
        whole.setSpacing(0)
        whole.addLayout(self._layout, 1)
        whole.addWidget(self._history)
        self._retranslate()
        self.hide()
        runner.job_started.connect(self._on_job_started)
        runner.job_finished.connect(self._on_job_finished)

    @Slot(object)
    def _on_job_started(self, job: Job) -> None:
        if job.kind == QUIET:
            return
        self._dismiss_finished()
        row = JobRow(job, self._theme, self)
        row.dismissed.connect(self._dismiss_finished)
        self._rows[job] = row
        self._layout.addWidget(row)
        self.show()

    @Slot(object)
    def _on_job_finished(self, job: Job) -> None:
        row = self._rows.pop(job, None)
        if row is None:
            return
        self._dismiss_finished()
        self._finished = row
        short = time.monotonic() - row.started < SHORT_SECONDS
        if job.kind in _SHOWN_ELSEWHERE or (short and job.state is JobState.SUCCEEDED):
            self._dismiss_finished()
        self.setVisible(bool(self._rows) or self._finished is not None)

    @Slot()
    def clear_finished(self) -> None:
        """Take the notice of the last finished job away."""
        self._dismiss_finished()

    @Slot()
    def _dismiss_finished(self) -> None:
        if self._finished is not None:
            self._layout.removeWidget(self._finished)
            self._finished.hide()
            self._finished.deleteLater()
            self._finished = None
        self.setVisible(bool(self._rows))

    def _retranslate(self) -> None:
        self._history.setAccessibleName(self.tr("Job history"))
        self._history.setToolTip(self.tr("Job history (Ctrl+H)"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()


def progress_share(event: Event) -> float | None:
    """How much of a job is done, in [0, 1]; None where the event does not say."""
    match event:
        case Progress(done=0, total=1):
            return None  # one step: how far it is, nobody knows
        case Progress(done=done, total=total):
            return min(1.0, done / total) if total else None
        case BatchProgress(step=step, steps=steps):
            return min(1.0, step / steps) if steps else None
        case EpochFinished(epoch=epoch, epochs=epochs):
            return (epoch + 1) / epochs
        case _:
            return None


def progress_text(event: Event) -> str:
    """One line about an event; empty where there is nothing to say."""
    match event:
        case Progress():
            return _progress_line(event)
        case BatchProgress():
            parts = [
                QCoreApplication.translate("Progress", "step {step} of {steps}").format(
                    step=count_text(event.step), steps=count_text(event.steps)
                ),
                remaining_text(event.eta_seconds),
                QCoreApplication.translate("Progress", "{rate} images/s").format(
                    rate=decimal_text(event.images_per_second)
                ),
            ]
            return " · ".join(part for part in parts if part)
        case EpochFinished():
            return QCoreApplication.translate(
                "Progress", "epoch {epoch} of {epochs} · {accuracy} right"
            ).format(
                epoch=event.epoch + 1,
                epochs=event.epochs,
                accuracy=percent_text(event.accuracy),
            )
        case Noted(message=message) | Warned(message=message):
            return translate_message(message)
        case StepStarted(step=step):
            return step_title(step)
        case _:
            return ""


def _progress_line(event: Progress) -> str:
    if event.total == 1 and event.unit == "steps":
        return ""
    size = bytes_text if event.unit == "bytes" else count_text
    units = {
        "files": QCoreApplication.translate("Progress", "files"),
        "images": QCoreApplication.translate("Progress", "images"),
        "steps": QCoreApplication.translate("Progress", "steps"),
        "seconds": QCoreApplication.translate("Progress", "seconds"),
        "bytes": "",
    }
    unit = units.get(event.unit, event.unit)
    if event.total:
        done = QCoreApplication.translate("Progress", "{done} of {total} {unit}").format(
            done=size(event.done), total=size(event.total), unit=unit
        )
    else:
        done = f"{size(event.done)} {unit}"
    rate = ""
    if event.rate and event.unit == "bytes":
        rate = f"{bytes_text(round(event.rate))}/s"
    elif event.rate:
        number = count_text(round(event.rate)) if event.rate >= 10 else decimal_text(event.rate)
        rate = (  # two texts that look alike here: Chinese counts images by the sheet
            QCoreApplication.translate("Progress", "{rate}/s").format(rate=number)
            if event.unit == "images"
            else QCoreApplication.translate("Progress", "{n}/s").format(n=number)
        )
    # Where there is little room the end is cut.
    parts = (done.strip(), remaining_text(event.eta_seconds), rate)
    return " · ".join(part for part in parts if part)
