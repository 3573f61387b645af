"""Two models on the same images: one image closely, the figures, and where they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.gui.errors import describe_error
from effnet_studio.gui.models.thumbnails import Thumbnail
from effnet_studio.gui.names import named
from effnet_studio.gui.text import answer_text, percent_text
from effnet_studio.gui.theme import SPACE_2, SPACE_3, SPACE_4, set_role
from effnet_studio.gui.widgets.calm_combo import CalmCombo
from effnet_studio.gui.widgets.empty_state import EmptyState
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.predict.comparison_bars import ComparisonBars
from effnet_studio.gui.widgets.predict.comparison_pictures import ComparisonPictures
from effnet_studio.gui.widgets.predict.comparison_summary import ComparisonSummary
from effnet_studio.gui.widgets.predict.predicted_cells import item_cell
from effnet_studio.gui.widgets.thumbnail_grid import ThumbnailGrid
from effnet_studio.gui.widgets.work_card import WorkCard

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.errors import StudioError
    from effnet_studio.engine.predict.compare_models import ComparedImage
    from effnet_studio.gui.jobs import Job, JobRunner
    from effnet_studio.gui.models.model_pairs import Compared
    from effnet_studio.gui.models.predict_items import Item
    from effnet_studio.gui.theme import ThemeManager

_SIDE_WIDTHS: Final = (320, 276)
"""Roomy and narrow, as in the panel whose place it takes."""
_THUMBNAIL: Final = 72
_GRID_HEIGHT: Final = 132
_ROWS: Final = 4
"""Rows that the panel's own scroll bar moves; only more of them get a scroll bar within it."""


class ComparisonPanel(QWidget):
    """Takes the place of the explanation panel while two models are compared.

    Args:
        jobs: Gives the background threads.
        theme: Colours and icons.
        parent: Qt's owner.
    """

    item_chosen = Signal(int)
    """Number of an item among those that differ."""
    other_asked = Signal()
    """The user wants to compare with another model than the one that failed."""

    def __init__(self, jobs: JobRunner, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("comparison_panel")
        self._items: tuple[Item, ...] = ()
        self._found: Compared | None = None
        self._error: StudioError | None = None
        self.pictures = ComparisonPictures(theme, self)
        self.bars = ComparisonBars(theme, self)
        self._summary = ComparisonSummary(self)
        self._title = named(Label(self), "comparison_list_title")
        set_role(self._title, "muted")
        self._title.setWordWrap(True)
        self._filter = CalmCombo("comparison_filter", self)
        self._nothing = named(Label(self), "comparison_nothing")
        set_role(self._nothing, "caption")
        self._nothing.setWordWrap(True)
        self._grid = named(
            ThumbnailGrid(jobs, theme, side=_THUMBNAIL, parent=self), "comparison_grid"
        )
        self._work = WorkCard(theme, self, name="comparison_work")
        self._failed = EmptyState(theme, "warning", self)
        self._failed.setObjectName("comparison_failed")
        self._states = named(QStackedWidget(self), "comparison_states")
        self._build_ui()
        self._grid.picture_chosen.connect(self._on_chosen)
        self._filter.currentIndexChanged.connect(self._on_filter)
        self._failed.action_clicked.connect(self.other_asked)
        self._retranslate()

    def _build_ui(self) -> None:
        self._side = QFrame(self)
        set_role(self._side, "card")
        self._side.setFixedWidth(_SIDE_WIDTHS[0])
        content = named(QWidget(self._side), "scroll_body")
        column = QVBoxLayout(content)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_3)
        column.addWidget(self._summary)
        column.addWidget(self._rule())
        column.addWidget(self.bars)
        column.addWidget(self._rule())
        head = QVBoxLayout()
        head.setSpacing(SPACE_2)
        head.addWidget(self._title)
        head.addWidget(self._filter)
        head.addWidget(self._nothing)
        column.addLayout(head)
        self._grid.setMinimumHeight(_GRID_HEIGHT)
        column.addWidget(self._grid, 1)
        self._spare = QWidget(content)
        column.addWidget(self._spare, 1)
        scroll = named(QScrollArea(self._side), "comparison_scroll")
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(content)
        outer = QVBoxLayout(self._side)
        outer.setContentsMargins(0, 1, 0, 1)
        outer.addWidget(scroll)
        self._body = QWidget(self)
        row = QHBoxLayout(self._body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_4)
        row.addWidget(self.pictures, 1)
        row.addWidget(self._side)
        for state in (self._body, self._work, self._failed):
            self._states.addWidget(state)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._states)

    def _rule(self) -> QFrame:
        rule = QFrame(self._side)
        set_role(rule, "rule")
        return rule

    def set_narrow(self, narrow: bool) -> None:  # noqa: FBT001 - a setter
        """Leave more of a small window to the pictures."""
        self._side.setFixedWidth(_SIDE_WIDTHS[narrow])
        self._fit_grid()

    def _fit_grid(self) -> None:
        """Have the list as high as its pictures: the panel around it scrolls already."""
        cell = self._grid.gridSize()
        columns = max(1, (self._grid.width() - 1) // max(1, cell.width()))
        rows = -(-self._grid.thumbnails.rowCount() // columns)
        wanted = min(rows, _ROWS) * cell.height() + SPACE_2
        self._grid.setMinimumHeight(max(_GRID_HEIGHT, wanted))

    def follow(self, job: Job) -> None:
        """Show the progress of a comparison; the figures of an earlier one stay on view."""
        self._work.follow(job)
        if self._found is None:
            self._states.setCurrentWidget(self._work)

    def show_error(self, error: StudioError) -> None:
        """Say why nothing can be compared."""
        self._error = error
        self._states.setCurrentWidget(self._failed)
        self._retranslate()

    def set_compared(self, found: Compared | None, items: Sequence[Item] = ()) -> None:
        """Show what was found; None: nothing yet.

        Args:
            found: The comparison.
            items: The page's images.
        """
        self._found, self._items, self._error = found, tuple(items), None
        self._summary.set_compared(found)
        self._states.setCurrentWidget(self._body)
        self._show_cells()

    def set_image(self, item: Item | None) -> None:
        """Show what both say of an image; its pictures follow."""
        image = self._found.images.get(item.number) if item and self._found else None
        self.pictures.set_image(item.name if item is not None else "", image)
        self.bars.set_image(image)

    def _show_cells(self) -> None:
        cells = self._cells() if self._found is not None else []
        self._grid.set_cells(cells)
        self._grid.setVisible(bool(cells))
        self._nothing.setVisible(not cells)
        self._spare.setVisible(not cells)
        self._fit_grid()

    def _cells(self) -> list[Thumbnail]:
        found = self._found
        if found is None:
            return []
        pairs = [
            (item, found.images[item.number]) for item in self._items if item.number in found.images
        ]
        if self._filter.currentData() != "all":
            pairs = [pair for pair in pairs if not pair[1].agree]
        pairs.sort(key=lambda pair: (pair[1].agree, -pair[1].difference))
        return [self._cell(item, image) for item, image in pairs]

    def _cell(self, item: Item, image: ComparedImage) -> Thumbnail:
        plain = item_cell(item)
        one, other = (
            answer_text(each.best.label, rejected=each.rejected)
            for each in (image.first, image.second)
        )
        caption = percent_text(image.difference, 0) if image.agree else f"→ {other}"
        tone = "muted" if image.agree else "warning"
        return Thumbnail(item.number, plain.path, plain.load, caption, tone, item, title=one)

    @Slot(object)
    def _on_chosen(self, cell: Thumbnail) -> None:
        if isinstance(cell.key, int):
            self.item_chosen.emit(cell.key)

    @Slot()
    def _on_filter(self) -> None:
        self._show_cells()

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Where they differ, most first"))
        chosen = self._filter.currentData()
        self._filter.blockSignals(True)
        self._filter.clear()
        self._filter.addItem(self.tr("Different answers"), "answers")
        self._filter.addItem(self.tr("All images"), "all")
        self._filter.setCurrentIndex(max(0, self._filter.findData(chosen)))
        self._filter.blockSignals(False)
        self._filter.setAccessibleName(self.tr("Which images to list"))
        self._grid.setAccessibleName(self.tr("Images, the most different first"))
        self._nothing.setText(self.tr("Both give the same answer to every image."))
        if self._error is not None:
            message, hint, _ = describe_error(self._error)
            self._failed.set_texts(message, hint, action=self.tr("Choose another model…"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self._show_cells()
