"""What the Data page shows while a folder is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.engine.events import Event, Progress, Warned
from effnet_studio.gui.names import named
from effnet_studio.gui.text import bytes_text, count_text
from effnet_studio.gui.theme import SPACE_2, SPACE_4, SPACE_6, set_role, set_tone
from effnet_studio.gui.widgets.busy_bar import BusyBar
from effnet_studio.gui.widgets.job_bar import progress_text
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from effnet_studio.gui.jobs import Job
    from effnet_studio.gui.theme import ThemeManager


class ImportProgress(QWidget):
    """A large count, a bar, the speed, and how many files could not be read so far.

    Args:
        theme: Tints the icon.
        parent: Qt's owner.
    """

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("import_progress")
        self._job: Job | None = None
        self._progress: Progress | None = None
        self._warnings = 0
        card = QFrame(self)
        set_role(card, "card")
        card.setFixedWidth(520)
        self._title = named(Label(card), "import_title")
        set_role(self._title, "strong")
        self._count = named(Label(card), "import_count")
        set_role(self._count, "display")
        self._bar = named(BusyBar(card), "import_bar")
        self._bar.setTextVisible(False)
        self._detail = named(Label(card), "import_detail")
        self._detail.setWordWrap(True)
        set_role(self._detail, "muted")
        self._trouble = named(Label(card), "import_trouble")
        set_tone(self._trouble, "warning")
        self._stop = named(QPushButton(card), "import_stop")
        theme.set_icon(self._stop, "stop", size=16)
        self._stop.clicked.connect(self._on_stop)
        column = QVBoxLayout(card)
        column.setContentsMargins(SPACE_6, SPACE_6, SPACE_6, SPACE_6)
        column.setSpacing(SPACE_2)
        for label in (self._title, self._count):
            column.addWidget(label)
        column.addSpacing(SPACE_2)
        column.addWidget(self._bar)
        column.addWidget(self._detail)
        column.addWidget(self._trouble)
        column.addSpacing(SPACE_4)
        column.addWidget(self._stop, 0, Qt.AlignmentFlag.AlignLeft)
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        layout.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        self._retranslate()

    def follow(self, job: Job) -> None:
        """Show the progress of an import."""
        self._job, self._progress = job, None
        self._warnings = 0
        self._bar.setRange(0, 0)
        self._retranslate()
        self._trouble.hide()
        self._stop.setEnabled(True)
        job.event_received.connect(self.take_event)
        job.finished.connect(self._on_finished)

    @Slot(object)
    def take_event(self, event: Event) -> None:
        """Show what the import says."""
        if isinstance(event, Progress):
            self._progress = event
            self._show_detail()
            self._bar.show_progress(event)
        elif isinstance(event, Warned):
            self._warnings += 1
            self._show_trouble()

    @Slot()
    def _on_stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._stop.setEnabled(False)

    @Slot()
    def _on_finished(self) -> None:
        self._job = None

    def _show_detail(self) -> None:
        known = self._progress
        looking = self.tr("Looking through the folder…")
        self._detail.setText(looking if known is None else progress_text(known))
        self._count.setText(self.tr("%n file(s)", "", 0) if known is None else self._done(known))

    def _done(self, known: Progress) -> str:
        """What is behind it, with its noun."""
        if known.unit == "bytes":
            return bytes_text(known.done)
        if known.unit == "files":
            return self.tr("%n file(s)", "", known.done)
        if known.unit == "images":
            return self.tr("%n image(s)", "", known.done)
        return count_text(known.done)

    def _show_trouble(self) -> None:
        self._trouble.setText(self.tr("%n file(s) cannot be used", "", self._warnings))
        self._trouble.setVisible(self._warnings > 0)

    def _retranslate(self) -> None:
        self._stop.setText(self.tr("Stop"))
        if self._job is not None:
            self._title.setText(self._job.title)
            self._bar.setAccessibleName(self._job.title)
        self._show_detail()
        self._show_trouble()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
