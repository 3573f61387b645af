"""Says which folder is watched, and how many images have come; with a button to stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget
from typing_extensions import override

from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_1, set_role, set_tone
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.gui.theme import ThemeManager

_NAME_WIDTH = 320
"""Room for the folder's name, pixels."""


class WatchChip(QWidget):
    """A line with a small label and a button; hidden while nothing is watched.

    Args:
        theme: Tints the icon.
        parent: Qt's owner.
    """

    stop_asked = Signal()

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("watch_chip")
        self._folder: Path | None = None
        self._count, self._there = 0, True
        self._label = named(Label(self), "watch_label")
        set_role(self._label, "chip")
        self._stop = named(QToolButton(self), "watch_stop")
        set_role(self._stop, "ghost")
        self._stop.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        theme.set_icon(self._stop, "stop", size=16)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_1)
        layout.addWidget(self._label, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._stop)
        layout.addStretch(1)
        self._stop.clicked.connect(self.stop_asked)
        self._retranslate()

    def set_watch(self, folder: Path | None, count: int, *, there: bool) -> None:
        """Show another state.

        Args:
            folder: What is watched; None: nothing.
            count: Images that have come.
            there: Whether the folder is there.
        """
        self._folder, self._count, self._there = folder, count, there
        self._retranslate()

    def _retranslate(self) -> None:
        folder = self._folder
        self.setVisible(folder is not None)
        self._stop.setText(self.tr("Stop watching"))
        self._stop.setToolTip(self.tr("Stop watching the folder"))
        self._stop.setAccessibleName(self._stop.toolTip())
        if folder is None:
            return
        full = folder.name or str(folder)
        metrics = self._label.fontMetrics()
        name = metrics.elidedText(full, Qt.TextElideMode.ElideMiddle, _NAME_WIDTH)
        if self._there:
            text = self.tr("Watching “{name}” · %n new", "", self._count).format(name=name)
        else:
            text = self.tr("“{name}” is gone; waiting for it").format(name=name)
        set_tone(self._label, "accent" if self._there else "warning")
        self._label.setText(text)
        self._label.setToolTip(str(folder))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
