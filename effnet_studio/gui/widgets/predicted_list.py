"""The dropped images with their answers, and what can be done with all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.gui.models.predict_items import Item
from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_2, SPACE_3, set_role
from effnet_studio.gui.widgets.predicted_cells import item_cell
from effnet_studio.gui.widgets.thumbnail_grid import ThumbnailGrid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.gui.jobs import JobRunner
    from effnet_studio.gui.models.thumbnails import Thumbnail
    from effnet_studio.gui.theme import ThemeManager

_WIDTHS = (264, 152)
"""Roomy and narrow: two columns of pictures and one."""
_THUMBNAIL = 96


class PredictedList(QFrame):
    """A card with a grid of pictures; below it Add, Clear and Table.

    Args:
        jobs: Loads thumbnails in the background.
        theme: Colours and icons.
        parent: Qt's owner.
    """

    item_chosen = Signal(object)
    """The :class:`Item` to look at."""
    add_asked = Signal()
    clear_asked = Signal()
    table_asked = Signal()
    watch_asked = Signal()
    camera_asked = Signal()

    def __init__(self, jobs: JobRunner, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("predicted_list")
        set_role(self, "card")
        self._items: tuple[Item, ...] = ()
        self._narrow = False
        self._grid = ThumbnailGrid(jobs, theme, side=_THUMBNAIL, parent=self)
        self._add = named(QPushButton(self), "predict_add")
        self._clear = named(QPushButton(self), "predict_clear")
        self._table = named(QPushButton(self), "predict_save_csv")
        self._watch = named(QPushButton(self), "predict_list_watch")
        self._camera = named(QPushButton(self), "predict_list_camera")
        self._camera.hide()
        for button, icon in (
            (self._add, "folder-plus"),
            (self._watch, "folder-open"),
            (self._camera, "image"),
            (self._clear, "trash"),
            (self._table, "table"),
        ):
            theme.set_icon(button, icon, size=16)
        self._build_ui()
        self._grid.picture_chosen.connect(self._on_chosen)
        self._add.clicked.connect(self.add_asked)
        self._clear.clicked.connect(self.clear_asked)
        self._table.clicked.connect(self.table_asked)
        self._watch.clicked.connect(self.watch_asked)
        self._camera.clicked.connect(self.camera_asked)
        self._retranslate()

    def _build_ui(self) -> None:
        live, row = QHBoxLayout(), QHBoxLayout()
        for line, buttons in (
            (live, (self._watch, self._camera)),
            (row, (self._clear, self._table)),
        ):
            line.setSpacing(SPACE_2)
            for button in buttons:
                line.addWidget(button, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_3, SPACE_3, SPACE_3, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addWidget(self._grid, 1)
        column.addWidget(self._add)
        column.addLayout(live)
        column.addLayout(row)
        self.setFixedWidth(_WIDTHS[0])

    def set_items(self, items: Sequence[Item]) -> None:
        """Show other images; none is chosen, unless there are only more: then all stays."""
        old, self._items = self._items, tuple(items)
        more = self._items[len(old) :]
        if not old or self._items[: len(old)] != old:
            self._grid.set_cells([item_cell(item) for item in self._items])
        elif more:
            self._grid.add_cells([item_cell(item) for item in more])
        self._table.setEnabled(bool(self._items))

    @property
    def row(self) -> int:
        """The image that is chosen; -1 for none."""
        return self._grid.currentIndex().row()

    def set_camera(self, available: bool) -> None:  # noqa: FBT001 - a setter
        """Offer the camera, or not."""
        self._camera.setVisible(available)

    def choose(self, row: int) -> None:
        """Choose an image; it is told by :attr:`item_chosen`."""
        self._grid.setCurrentIndex(self._grid.thumbnails.index(row))

    def set_narrow(self, narrow: bool) -> None:  # noqa: FBT001 - a setter
        """Leave small windows to the picture: one column, and icons for words."""
        if narrow != self._narrow:
            self._narrow = narrow
            self.setFixedWidth(_WIDTHS[narrow])
            self._retranslate()

    @Slot(object)
    def _on_chosen(self, cell: Thumbnail) -> None:
        if isinstance(cell.value, Item):
            self.item_chosen.emit(cell.value)

    def _retranslate(self) -> None:
        self._grid.setAccessibleName(self.tr("Images"))
        self._add.setText(self.tr("Add…"))
        self._clear.setText("" if self._narrow else self.tr("Clear"))
        self._table.setText("" if self._narrow else self.tr("Table…"))
        self._add.setToolTip(self.tr("Add images"))
        self._clear.setToolTip(self.tr("Forget all images"))
        self._table.setToolTip(self.tr("Save all answers as comma-separated values (CSV)"))
        self._watch.setText("" if self._narrow else self.tr("Watch…"))
        self._camera.setText("" if self._narrow else self.tr("Camera…"))
        self._watch.setToolTip(self.tr("Watch a folder and judge the images that appear in it"))
        self._camera.setToolTip(self.tr("Judge what the camera sees"))
        for button in (self._add, self._clear, self._table, self._watch, self._camera):
            button.setAccessibleName(button.toolTip())

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            row, items = self.row, self._items
            self._items = ()
            self.set_items(items)
            if row >= 0:
                self.choose(row)
