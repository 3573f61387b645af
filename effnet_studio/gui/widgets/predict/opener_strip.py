"""The training images that open a channel most, in one row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMargins, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.gui.models.thumbnails import file_cell
from effnet_studio.gui.names import named
from effnet_studio.gui.text import percent_text
from effnet_studio.gui.theme import SPACE_2, SPACE_3, set_role
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.predict.neighbour_strip import SIDE
from effnet_studio.gui.widgets.thumbnail_grid import ThumbnailGrid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.explain.gate_statistics import Opener
    from effnet_studio.gui.jobs import JobRunner
    from effnet_studio.gui.theme import ThemeManager


class OpenerStrip(QFrame):
    """A title, and images with their classes; hidden while empty.

    Args:
        jobs: Gives the background threads.
        theme: Gives the colours.
        parent: Qt's owner.
    """

    def __init__(self, jobs: JobRunner, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("opener_strip")
        self._title = named(Label(self), "opener_title")
        set_role(self._title, "muted")
        self._title.setWordWrap(True)
        self.grid = ThumbnailGrid(jobs, theme, side=SIDE, packed=True, parent=self)
        self.grid.setObjectName("opener_grid")
        self.grid.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(QMargins(0, SPACE_3, 0, 0))
        column.setSpacing(SPACE_2)
        column.addWidget(self._title)
        column.addWidget(self.grid)
        self._retranslate()
        self.hide()

    def set_openers(self, openers: Sequence[Opener]) -> None:
        """Show other images.

        Args:
            openers: The widest gate first; empty: nothing is known.
        """
        self.grid.set_cells(
            [
                file_cell(each.path, title=each.label, caption=percent_text(each.gate, 0))
                for each in openers
            ]
        )
        self.grid.setFixedHeight(self.grid.gridSize().height() + 2)  # one row
        self.setVisible(bool(openers))

    def _retranslate(self) -> None:
        title = self.tr("Training images that open this channel most")
        self._title.setText(title)
        self.grid.setAccessibleName(title)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
