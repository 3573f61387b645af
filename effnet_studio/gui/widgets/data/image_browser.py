"""All pictures of a project: filtered, sorted, selected, changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.gui.models.browsing import Shown, Wishes, resolve
from effnet_studio.gui.models.index_cells import IndexCells
from effnet_studio.gui.theme import SPACE_3
from effnet_studio.gui.widgets.data.browser_bar import BrowserBar
from effnet_studio.gui.widgets.empty_state import EmptyState
from effnet_studio.gui.widgets.picture_keys import PictureKeys
from effnet_studio.gui.widgets.selection_bar import SelectionBar
from effnet_studio.gui.widgets.thumbnail_grid import ThumbnailGrid

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from effnet_studio.engine.data.index import Index
    from effnet_studio.engine.evaluation.dataset_predictions import DatasetPredictions
    from effnet_studio.engine.project import Project
    from effnet_studio.gui.models.thumbnails import Thumbnail
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.theme import ThemeManager


class ImageBrowser(QWidget):
    """Bar, grid, and what can be done with the selection.

    Args:
        session: Gives the background threads.
        theme: Gives colours and icons.
        parent: Qt's owner.
    """

    relabel_asked = Signal(object, str)
    """Numbers of pictures, and the name of the class they get."""
    split_asked = Signal(object, str)
    """Numbers of pictures, and the part they move to."""
    exclude_asked = Signal(object, bool)
    """Numbers of pictures, and whether they are left out or taken in again."""
    opened = Signal(object, int)
    """Numbers of the pictures shown, in order, and the place of the one to show large."""

    def __init__(
        self, session: Session, theme: ThemeManager, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("image_browser")
        self._project: Project | None = None
        self._index: Index | None = None
        self._predictions: DatasetPredictions | None = None
        self._shown: Shown | None = None
        self.bar = BrowserBar(theme, self)
        self.grid = ThumbnailGrid(session.jobs, theme, parent=self)
        self.grid.allow_many()
        self._keys = PictureKeys(self.grid)
        self.selection = SelectionBar(theme, self)
        self._empty = EmptyState(theme, "search", self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.grid)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_3)
        column.addWidget(self.bar)
        column.addWidget(self._stack, 1)
        column.addWidget(self.selection)
        self._connect()
        self._retranslate()

    def _connect(self) -> None:
        self.bar.changed.connect(self._on_wishes_changed)
        self.grid.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.grid.picture_opened.connect(self._on_opened)
        self._keys.exclude_asked.connect(self._on_exclude_key)
        self._keys.class_asked.connect(self._on_class_key)
        self._keys.view_asked.connect(self._on_open_asked)
        self.selection.relabel_asked.connect(self._on_relabel)
        self.selection.split_asked.connect(self._on_split)
        self.selection.exclude_asked.connect(self._on_exclude)
        self.selection.open_asked.connect(self._on_open_asked)
        self._empty.action_clicked.connect(self.bar.show_all)

    # -- what is shown -------------------------------------------------------------------------

    def set_index(
        self,
        index: Index | None,
        project: Project | None,
        predictions: DatasetPredictions | None = None,
    ) -> None:
        """Show other pictures; after an edit the view and the selection stay as they were."""
        same = project is self._project
        kept = self.chosen_ids() if same else []
        place = self.grid.verticalScrollBar().value() if same else 0
        if not same:
            self.grid.thumbnails.clear_cache()
        self._index, self._project, self._predictions = index, project, predictions
        self._shown = None
        self.bar.set_predicted(predictions is not None)
        names = sorted(index.class_names.values()) if index is not None else []
        self.selection.set_classes(names)
        editable = project is not None and not project.read_only
        for controls in (self.selection, self._keys):
            controls.set_editable(editable)
        self._show()
        self._select(kept)
        self.grid.verticalScrollBar().setValue(place)

    def set_class(self, name: str) -> None:
        """Show one class, or all when the name is empty; the same again changes nothing."""
        if name != self.wishes.class_name:
            self.bar.set_class(name)

    def show_ids(self, ids: Iterable[int], title: str) -> None:
        """Show exactly these pictures, under a title that takes itself off."""
        self.bar.set_ids(tuple(ids), title)

    @property
    def wishes(self) -> Wishes:
        """What is wanted now."""
        return self.bar.wishes

    def chosen_ids(self) -> list[int]:
        """Numbers of the selected pictures, in the order they are shown."""
        if self._index is None:
            return []
        places = sorted(index.row() for index in self.grid.selectionModel().selectedIndexes())
        ids: list[int] = self._index.ids[self._rows[places]].tolist() if places else []
        return ids

    @Slot(object)
    def _on_wishes_changed(self, _wishes: Wishes) -> None:
        self._show()
        self.grid.scrollToTop()

    def _show(self) -> None:
        index, project = self._index, self._project
        if index is None or project is None:
            self._shown = None
            self.grid.set_cells([], captions=False)
        else:
            known = self._shown.guesses if self._shown is not None else None
            self._shown = resolve(index, self.wishes, self._predictions, known)
            predicted = self._predictions is not None
            self.grid.set_cells(IndexCells(project, self._shown), captions=predicted)
        total = 0 if index is None else len(index)
        count = len(self._rows)
        self.bar.set_shown(count, total)
        self._stack.setCurrentIndex(0 if count or index is None else 1)
        self._on_selection_changed()

    @property
    def _rows(self) -> NDArray[np.int64]:
        return np.empty(0, dtype=np.int64) if self._shown is None else self._shown.rows

    def _select(self, ids: list[int]) -> None:
        if not ids or self._index is None:
            return
        self.grid.select_rows(np.flatnonzero(np.isin(self._index.ids[self._rows], ids)).tolist())

    # -- what the user does --------------------------------------------------------------------

    @Slot()
    def _on_selection_changed(self) -> None:
        ids = self.chosen_ids()
        excluded = False
        if ids and self._index is not None:
            excluded = bool(self._index.excluded[self._index.rows_of(ids)].all())
        self.selection.set_selection(len(ids), excluded=excluded)

    @Slot(object)
    def _on_opened(self, cell: Thumbnail) -> None:
        if self._index is not None:
            ids = self._index.ids[self._rows].tolist()
            self.opened.emit(ids, ids.index(cell.value))

    @Slot()
    def _on_open_asked(self) -> None:
        self.opened.emit(self.chosen_ids(), 0)

    @Slot(str)
    def _on_relabel(self, name: str) -> None:
        self.relabel_asked.emit(self.chosen_ids(), name)

    @Slot(str)
    def _on_split(self, split: str) -> None:
        self.split_asked.emit(self.chosen_ids(), split)

    @Slot(bool)
    def _on_exclude(self, excluded: bool) -> None:  # noqa: FBT001 - Qt's signature
        self.exclude_asked.emit(self.chosen_ids(), excluded)

    @Slot()
    def _on_exclude_key(self) -> None:
        """Leave out what is in use; where all is left out already, take it in again."""
        ids = self.chosen_ids()
        if self._index is not None:
            everything_out = self._index.excluded[self._index.rows_of(ids)].all()
            self.exclude_asked.emit(ids, not everything_out)

    @Slot(int)
    def _on_class_key(self, place: int) -> None:
        names = sorted(self._index.class_names.values()) if self._index is not None else []
        if place < len(names):
            self.relabel_asked.emit(self.chosen_ids(), names[place])

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.grid.setAccessibleName(self.tr("Images"))
        self._empty.set_texts(
            self.tr("No image fits these filters"),
            self.tr("Nothing matches the search and the filters above."),
            action=self.tr("Show all images"),
        )
