"""What a page shows while its own job works: title, bar, how far and how long, Stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.engine.events import Event, Progress
from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_2, SPACE_4, SPACE_6, set_role
from effnet_studio.gui.widgets.busy_bar import BusyBar
from effnet_studio.gui.widgets.job_bar import progress_text
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from effnet_studio.gui.jobs import Job
    from effnet_studio.gui.theme import ThemeManager


class WorkCard(QWidget):
    """A card in the middle of the page that follows one job.

    Args:
        theme: Tints the icon.
        parent: Qt's owner.
        name: Begins the object names, where a page has another card.
    """

    def __init__(
        self, theme: ThemeManager, parent: QWidget | None = None, *, name: str = "work"
    ) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}_card")
        self._job: Job | None = None
        self._titled: Job | None = None
        self._last: Progress | None = None
        card = QFrame(self)
        set_role(card, "card")
        card.setFixedWidth(520)
        self._title = named(Label(card), f"{name}_title")
        self._title.setWordWrap(True)
        set_role(self._title, "strong")
        self._bar = named(BusyBar(card), f"{name}_bar")
        self._bar.setTextVisible(False)
        self._detail = named(Label(card), f"{name}_detail")
        set_role(self._detail, "muted")
        self._stop = named(QPushButton(card), f"{name}_stop")
        theme.set_icon(self._stop, "stop", size=16)
        self._stop.clicked.connect(self._on_stop)
        column = QVBoxLayout(card)
        column.setContentsMargins(SPACE_6, SPACE_6, SPACE_6, SPACE_6)
        column.setSpacing(SPACE_2)
        column.addWidget(self._title)
        column.addSpacing(SPACE_2)
        column.addWidget(self._bar)
        column.addWidget(self._detail)
        column.addSpacing(SPACE_4)
        column.addWidget(self._stop, 0, Qt.AlignmentFlag.AlignLeft)
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        middle = QHBoxLayout()  # not an alignment: the card is as high as a name that breaks
        middle.addStretch(1)
        middle.addWidget(card)
        middle.addStretch(1)
        layout.addLayout(middle)
        layout.addStretch(3)
        self._retranslate()

    def follow(self, job: Job) -> None:
        """Show the progress of a job until it ends."""
        self._job = self._titled = job
        self._last = None
        self._bar.setRange(0, 0)
        self._say()
        self._stop.setEnabled(True)
        job.event_received.connect(self.take_event)
        job.finished.connect(self._on_finished)

    @Slot(object)
    def take_event(self, event: Event) -> None:
        """Show what the job says."""
        if isinstance(event, Progress):
            self._last = event
            self._say()
            self._bar.show_progress(event)

    def _say(self) -> None:
        """Name the job and tell how far it is, in the window's language."""
        if self._titled is not None:
            self._title.setText(self._titled.title)
            self._bar.setAccessibleName(self._titled.title)
        last = self._last
        self._detail.setText(self.tr("Getting ready…") if last is None else progress_text(last))

    @Slot()
    def _on_stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._stop.setEnabled(False)

    @Slot()
    def _on_finished(self) -> None:
        self._job = None

    def _retranslate(self) -> None:
        self._stop.setText(self.tr("Stop"))
        self._stop.setAccessibleName(self._stop.text())
        self._say()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
