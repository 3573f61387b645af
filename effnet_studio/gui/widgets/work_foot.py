"""What is being done, in the place of what came of it: nothing moves when work begins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.engine.events import Event, Noted, Progress
from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_1, SPACE_3, set_role, set_tone
from effnet_studio.gui.widgets.busy_bar import BusyBar
from effnet_studio.gui.widgets.elided_label import ElidedLabel
from effnet_studio.gui.widgets.job_bar import progress_share, progress_text
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from effnet_studio.engine.messages import Message
    from effnet_studio.gui.jobs import Job

_STATUS, _WORK = range(2)
_HEIGHT: Final = 40
"""Two lines of text, or the bar with its button, pixels."""
_FULL: Final = 1000
"""Steps of the bar: bytes would not fit its 32-bit numbers."""


class WorkFoot(QStackedWidget):
    """A sentence while nothing runs; else a bar, what the job says, and Stop.

    Args:
        name: Beginning of the object names.
        parent: Qt's owner.
        middle: Whether the sentence stands at half the height, as beside a button, not at the top.
    """

    def __init__(self, name: str, parent: QWidget | None = None, *, middle: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}_foot")
        self._job: Job | None = None
        self._item: Message | None = None
        self._event: Event | None = None
        self._status = named(Label(self), f"{name}_status")
        self._status.setWordWrap(True)
        self._status.setTextFormat(Qt.TextFormat.PlainText)
        at = Qt.AlignmentFlag.AlignVCenter if middle else Qt.AlignmentFlag.AlignTop
        self._status.setAlignment(Qt.AlignmentFlag.AlignLeft | at)
        self._progress = ElidedLabel(f"{name}_progress", self, end=True)
        set_role(self._progress, "caption")
        self._bar = named(BusyBar(self), f"{name}_bar")
        self._bar.setTextVisible(False)
        self._stop = named(QPushButton(self), f"{name}_stop")
        self._stop.setAutoDefault(False)
        self._stop.clicked.connect(self._on_stop)
        self._build_ui()
        self._retranslate()

    def _build_ui(self) -> None:
        lines = QVBoxLayout()
        lines.setSpacing(SPACE_1)
        lines.addWidget(self._progress)
        lines.addWidget(self._bar)
        work = QWidget(self)
        row = QHBoxLayout(work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_3)
        row.addLayout(lines, 1)
        row.addWidget(self._stop)
        self.addWidget(self._status)
        self.addWidget(work)
        self.setMinimumHeight(_HEIGHT)

    def set_status(self, text: str, tone: str = "") -> None:
        """Say something that is seen while nothing runs.

        Args:
            text: Sentences.
            tone: ``success``, ``warning`` or ``danger``; empty: by the way.
        """
        self._status.setText(text)
        set_tone(self._status, tone)
        set_role(self._status, "" if tone else "muted")

    def watch(self, job: Job) -> None:
        """Show a job, until it ends."""
        self._job, self._item, self._event = job, None, None
        job.event_received.connect(self._on_event)
        job.finished.connect(self._on_finished)
        self._bar.setRange(0, 0)
        self._say()
        self._stop.setEnabled(not job.cancelling)
        self.setCurrentIndex(_WORK)
        if job.last_event is not None:
            self._on_event(job.last_event)

    @Slot(object)
    def _on_event(self, event: Event) -> None:
        if isinstance(event, Noted):
            self._item = event.message
        elif isinstance(event, Progress):
            share = progress_share(event)
            self._bar.setRange(0, 0 if share is None else _FULL)
            self._bar.setValue(round(_FULL * (share or 0.0)))
        self._event = event
        self._say()

    def _say(self) -> None:
        """Tell how far the job is, in the window's language."""
        title = self._job.title if self._job is not None else ""
        self._bar.setAccessibleName(title)
        if self._event is None:
            self._progress.set_whole(title)
            return
        progress = self._event if isinstance(self._event, Progress) else None
        parts = (
            translate_message(self._item) if self._item is not None else "",
            progress_text(progress) if progress is not None else "",
        )
        self._progress.set_whole(" · ".join(part for part in parts if part))

    @Slot()
    def _on_finished(self) -> None:
        self._job = None
        self.setCurrentIndex(_STATUS)

    @Slot()
    def _on_stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._stop.setEnabled(False)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._stop.setText(self.tr("Stop"))
        self._say()
