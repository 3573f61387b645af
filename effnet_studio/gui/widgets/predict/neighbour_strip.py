"""The training images most like the one on view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMargins, Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.gui.models.thumbnails import file_cell
from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_2, SPACE_3, set_role
from effnet_studio.gui.widgets.elided_label import ElidedLabel
from effnet_studio.gui.widgets.flow_layout import FlowLayout
from effnet_studio.gui.widgets.thumbnail_grid import ThumbnailGrid

if TYPE_CHECKING:
    from effnet_studio.gui.jobs import JobRunner
    from effnet_studio.gui.neighbour_finder import Likeness
    from effnet_studio.gui.theme import ThemeManager

SIDE = 64
"""Of a picture, pixels."""


class NeighbourStrip(QFrame):
    """One row of images under the picture; hidden while there is nothing to say.

    Args:
        jobs: Gives the background threads.
        theme: Gives the colours.
        parent: Qt's owner.
    """

    open_asked = Signal()
    """The user wants the many training images to be looked at."""

    def __init__(self, jobs: JobRunner, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("neighbour_strip")
        self._likeness: Likeness | None = None
        self._opening = False
        self._title = ElidedLabel("neighbour_title", self, end=True)
        set_role(self._title, "muted")
        self._button = named(QPushButton(self), "neighbour_open")
        set_role(self._button, "ghost")
        theme.set_icon(self._button, "images", size=16)
        self._grid = ThumbnailGrid(jobs, theme, side=SIDE, packed=True, parent=self)
        self._grid.setObjectName("neighbour_grid")
        self._grid.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = FlowLayout(SPACE_2)
        self._title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        head.addWidget(self._title)
        head.addWidget(self._button)
        column = QVBoxLayout(self)
        column.setContentsMargins(QMargins(0, SPACE_3, 0, 0))
        column.setSpacing(SPACE_2)
        column.addLayout(head)
        column.addWidget(self._grid)
        self._button.clicked.connect(self.open_asked)
        self.set_state(opening=False, offered=False)

    def set_state(self, *, opening: bool, offered: bool) -> None:
        """Show where the training images stand.

        Args:
            opening: The model is looking at them.
            offered: The user is to say whether it shall.
        """
        self._opening = opening
        self._button.setVisible(offered)
        self._show()

    def set_likeness(self, likeness: Likeness | None) -> None:
        """Show what an image is like; None: not known."""
        self._likeness = likeness
        self._show()

    def _show(self) -> None:
        likeness = self._likeness
        if likeness is not None:
            # Without their similarity: the cosine of features is near 1 for almost any two images,
            # and "99 %" would contradict the word that this one is unlike them all.
            self._grid.set_cells(
                [file_cell(each.path, title=each.label) for each in likeness.nearest]
            )
            self._grid.setFixedHeight(self._grid.gridSize().height() + 2)  # one row
        self._grid.setVisible(likeness is not None)
        self.setVisible(likeness is not None or self._opening or not self._button.isHidden())
        self._retranslate()

    def _retranslate(self) -> None:
        if self._opening:
            title = self.tr("Looking at the training images…")
        else:
            title = self.tr("The training images nearest to it")
        self._title.set_whole(title)
        self._grid.setToolTip(self.tr("The most similar one first"))
        self._grid.setAccessibleName(self.tr("The training images nearest to it"))
        self._button.setText(self.tr("Compare"))
        self._button.setToolTip(self.tr("The model looks at all training images once"))
        self._button.setAccessibleName(self.tr("Compare with the training images"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
