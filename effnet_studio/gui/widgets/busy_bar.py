"""A progress bar that stands still where nothing may move, even while nobody knows what is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QProgressBar, QStyle, QStyleOptionProgressBar, QStylePainter
from typing_extensions import override

from effnet_studio.gui.motion import animations_allowed

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from effnet_studio.engine.events import Progress


class BusyBar(QProgressBar):
    """Without motion an unknown share is a piece in the middle of the track."""

    def show_progress(self, progress: Progress) -> None:
        """Show how far something is; unknown where it is not known how much there is."""
        self.setRange(0, progress.total or 0)
        self.setValue(progress.done if progress.total else 0)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.maximum() > self.minimum() or animations_allowed():
            super().paintEvent(event)
            return
        option = QStyleOptionProgressBar()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_ProgressBarGroove, option)
        # As if done, in a third of the room: the style moves what has no end by itself.
        option.minimum, option.maximum, option.progress = 0, 1, 1
        third = option.rect.width() // 3
        option.rect = option.rect.adjusted(third, 0, -third, 0)
        painter.drawControl(QStyle.ControlElement.CE_ProgressBarContents, option)
        painter.end()
