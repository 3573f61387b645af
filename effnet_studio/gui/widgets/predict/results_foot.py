"""Below the judged images: how far the job is, or what was left undone and can be gone on with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget
from typing_extensions import override

from effnet_studio.engine.events import Event, Progress
from effnet_studio.gui.names import named
from effnet_studio.gui.text import count_text
from effnet_studio.gui.theme import SPACE_2, SPACE_3, SPACE_4, ThemeManager, set_role
from effnet_studio.gui.widgets.work_foot import WorkFoot

if TYPE_CHECKING:
    from effnet_studio.gui.jobs import Job

_MANY: Final = 20
"""Images from which on progress is shown: fewer are judged before it could be read."""


class ResultsFoot(QFrame):
    """Hidden while there is nothing to say.

    Args:
        theme: Icons.
        parent: Qt's owner.
    """

    go_on_asked = Signal()
    """The images that are left are to be judged."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("results_foot")
        set_role(self, "card")
        self._left = 0
        self._working = False
        self._foot = WorkFoot("results", self, middle=True)
        self._go_on = named(QPushButton(self), "results_go_on")
        theme.set_icon(self._go_on, "play", size=16)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_4, SPACE_2, SPACE_3, SPACE_2)
        row.setSpacing(SPACE_3)
        row.addWidget(self._foot, 1)
        row.addWidget(self._go_on)
        self._go_on.clicked.connect(self.go_on_asked)
        self._retranslate()

    def follow(self, job: Job) -> None:
        """Show the progress of a job, once it is known to be a long one."""
        self._working = False
        self._foot.watch(job)
        job.event_received.connect(self.take_event)
        job.finished.connect(self._on_finished)
        self._retranslate()

    def set_left(self, images: int) -> None:
        """Offer to go on with so many images; 0: nothing was left undone."""
        self._left = images
        self._retranslate()

    @Slot(object)
    def take_event(self, event: Event) -> None:
        """Show what the job says."""
        if isinstance(event, Progress) and (event.total or 0) > _MANY and not self._working:
            self._working = True
            self._retranslate()

    @Slot()
    def _on_finished(self) -> None:
        self._working = False
        self._retranslate()

    def _retranslate(self) -> None:
        count = count_text(self._left)
        self._foot.set_status(
            self.tr("Stopped. The answers so far are kept; images without one: {count}").format(
                count=count
            )
        )
        self._go_on.setText(self.tr("Go on with the remaining {count}").format(count=count))
        self._go_on.setAccessibleName(self._go_on.text())
        self._go_on.setVisible(self._left > 0 and not self._working)
        self.setVisible(self._working or self._left > 0)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
