"""A few validation images and what the model takes them for while it learns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, QMargins, Qt
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.gui.models.thumbnails import file_cell
from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_2, SPACE_3, SPACE_4, set_role
from effnet_studio.gui.widgets.flow_layout import FlowLayout
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.thumbnail_grid import ThumbnailGrid

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from effnet_studio.engine.events import Example, ExamplesJudged
    from effnet_studio.gui.jobs import JobRunner
    from effnet_studio.gui.models.thumbnails import Thumbnail
    from effnet_studio.gui.theme import ThemeManager

SIDE = 64
"""Of a picture, pixels."""


class ExampleStrip(QFrame):
    """A row of images with the model's answers, in colour and with a mark; hidden while empty.

    Args:
        jobs: Gives the background threads.
        theme: Gives the colours.
        parent: Qt's owner.
    """

    def __init__(self, jobs: JobRunner, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("example_strip")
        set_role(self, "card")
        self._event: ExamplesJudged | None = None
        self._title = Label(self)
        set_role(self._title, "strong")
        self._title.setWordWrap(True)
        self._count = named(Label(self), "example_count")
        set_role(self._count, "caption")
        self.grid = ThumbnailGrid(jobs, theme, side=SIDE, packed=True, parent=self)
        self.grid.setObjectName("example_grid")
        self.grid.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = FlowLayout(SPACE_2)
        self._title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        head.addWidget(self._title)
        head.addWidget(self._count)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(QMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_2))
        layout.setSpacing(SPACE_2)
        layout.addLayout(head)
        layout.addWidget(self.grid)
        self._retranslate()
        self.hide()

    def set_event(self, event: ExamplesJudged | None) -> None:
        """Show the answers of an epoch; None: nothing."""
        self._event = event
        shown = event is not None and bool(event.examples)
        if event is not None and shown:
            self.grid.set_cells([_cell(each, event.classes) for each in event.examples])
            self._fit()
            self._count_right(event)
        self.setVisible(shown)

    def _count_right(self, event: ExamplesJudged) -> None:
        right = sum(each.truth == each.predicted for each in event.examples)
        self._count.setText(
            self.tr("{right} of {count} right after epoch {epoch}").format(
                right=right, count=len(event.examples), epoch=event.epoch + 1
            )
        )

    def _fit(self) -> None:
        """Be as high as the rows of images need."""
        count = len(self._event.examples) if self._event is not None else 0
        cell = self.grid.gridSize()
        columns = max(1, self.grid.maximumViewportSize().width() // max(1, cell.width()))
        self.grid.setFixedHeight(-(-count // columns) * cell.height() + 2)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._title.setText(self.tr("How the model judges some validation images"))
        self.grid.setAccessibleName(self._title.text())
        if self._event is not None:
            self._count_right(self._event)


def _cell(example: Example, classes: tuple[str, ...]) -> Thumbnail:
    right = example.truth == example.predicted
    share = QLocale().toString(round(100 * example.probability))
    return file_cell(
        example.path,
        title=classes[example.predicted],
        caption=f"{'✓' if right else '✗'} {share} %",
        tone="success" if right else "danger",
    )
