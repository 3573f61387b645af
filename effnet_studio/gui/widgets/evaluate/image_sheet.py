"""The images behind a number: what they are, what the model said, and what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.gui.models.sheet_cells import SampleFinder, SheetCells, SheetRows
from effnet_studio.gui.names import named
from effnet_studio.gui.text import count_text, unbroken
from effnet_studio.gui.theme import SPACE_2, SPACE_3, SPACE_4, set_role
from effnet_studio.gui.widgets.empty_state import EmptyState
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.picture_keys import PictureKeys
from effnet_studio.gui.widgets.selection_bar import SelectionBar
from effnet_studio.gui.widgets.thumbnail_grid import ThumbnailGrid

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from effnet_studio.engine.data.dataset import Dataset
    from effnet_studio.engine.project import Project
    from effnet_studio.gui.jobs import JobRunner
    from effnet_studio.gui.models.predict_items import ModelHolder
    from effnet_studio.gui.models.thumbnails import Thumbnail
    from effnet_studio.gui.theme import ThemeManager

_LOWEST: Final = 52
"""Of a grid under long texts, pixels: the upper half of its pictures."""
_NARROW: Final = 240
"""Of the lines in the grid's place, pixels."""


class ImageSheet(QFrame):
    """A grid of images with a heading, a second one for comparison, and a bar for the selection.

    Args:
        jobs: Loads thumbnails in the background.
        theme: Colours.
        parent: Qt's owner.
    """

    picture_opened = Signal(object)
    """Path of the image that the user wants to look at closely."""
    relabel_asked = Signal(object, str)
    """Numbers of images, and the name of the class they get."""
    exclude_asked = Signal(object, bool)
    """Numbers of images, and whether they are left out."""
    cleared = Signal()
    """The user wants to see all errors again."""
    next_asked = Signal()
    """There are no errors, and the user wants to try the model on other images."""

    def __init__(self, jobs: JobRunner, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("image_sheet")
        set_role(self, "card")
        self._theme = theme
        self._project: Project | None = None
        self._finder: SampleFinder | None = None
        self._model: tuple[ModelHolder, Path] | None = None
        self._rows = self._beside_rows = _nothing()
        self._name, self._about, self._beside_name = "", "", ""
        self._everything = True
        self.grid = ThumbnailGrid(jobs, theme, parent=self)
        self.grid.allow_many()
        self._keys = PictureKeys(self.grid)
        self.beside = ThumbnailGrid(jobs, theme, side=88, parent=self)
        self.beside.setObjectName("beside_grid")
        self.selection = SelectionBar(theme, self, narrow=True)
        self._build_ui()
        self._connect()
        self._retranslate()

    def _build_ui(self) -> None:
        self._title = named(Label(self), "images_title")
        self._title.setWordWrap(True)
        set_role(self._title, "strong")
        self._hint = named(Label(self), "images_hint")
        set_role(self._hint, "muted")
        self._hint.setWordWrap(True)
        self._all = named(QPushButton(self), "images_all_errors")
        set_role(self._all, "link")
        self._all.hide()
        self._maps = named(QPushButton(self), "images_maps")
        self._none = EmptyState(self._theme, "image", self, text_width=_NARROW)
        self._none.setObjectName("images_none")
        self._theme.set_icon(self._none.second, "predict", size=16)
        self._none.hide()
        self._maps.setCheckable(True)
        set_role(self._maps, "ghost")
        self._theme.set_icon(self._maps, "target", size=16)
        self._accept = named(QPushButton(self), "images_accept")
        self._theme.set_icon(self._accept, "check", size=16)
        self.selection.add_tool(self._accept)
        self._beside_title = named(Label(self), "beside_title")
        self._beside_title.setWordWrap(True)
        set_role(self._beside_title, "strong")
        tools = QHBoxLayout()
        tools.setSpacing(SPACE_3)
        tools.addWidget(self._all)
        tools.addStretch(1)
        tools.addWidget(self._maps)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_3, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addWidget(self._title)
        column.addWidget(self._hint)
        column.addLayout(tools)
        column.addWidget(self._none, 1)
        column.addWidget(self.grid, 1)
        column.addWidget(self._beside_title)
        column.addWidget(self.beside, 1)
        column.addWidget(self.selection)
        for grid in (self.grid, self.beside):
            grid.setMinimumHeight(_LOWEST)
        for widget in (self._beside_title, self.beside):
            widget.hide()

    def _connect(self) -> None:
        self.grid.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self._keys.exclude_asked.connect(self._on_exclude_key)
        self._keys.class_asked.connect(self._on_class_key)
        self._keys.view_asked.connect(self._on_open_asked)
        for grid in (self.grid, self.beside):
            grid.picture_opened.connect(self._on_opened)
        self._all.clicked.connect(self.cleared)
        self._none.second_clicked.connect(self.next_asked)
        self._maps.toggled.connect(self._on_maps_toggled)
        self._accept.clicked.connect(self._on_accept)
        self.selection.relabel_asked.connect(self._on_relabel)
        self.selection.exclude_asked.connect(self._on_exclude)
        self.selection.open_asked.connect(self._on_open_asked)

    # -- what is shown -------------------------------------------------------------------------

    def set_source(
        self,
        dataset: Dataset,
        project: Project | None,
        model: tuple[ModelHolder, Path] | None,
    ) -> None:
        """Say where the images come from; those on view stay, as far as they are still there.

        Args:
            dataset: The images.
            project: Has their thumbnails, and may be changed; None for a folder outside.
            model: Says where it looked, with its holder; None if it cannot.
        """
        if project is not self._project:
            for grid in (self.grid, self.beside):
                grid.thumbnails.clear_cache()
        self._finder, self._project, self._model = SampleFinder(dataset), project, model
        self.selection.set_classes(dataset.classes)
        for controls in (self.selection, self._keys):
            controls.set_editable(self._editable)
        self._draw(self.chosen_ids())

    def forget(self) -> None:
        """Show no images, for those on view are of another source."""
        self._rows = self._beside_rows = _nothing()

    def show_rows(
        self, title: str, rows: SheetRows, hint: str = "", *, everything: bool = False
    ) -> None:
        """Show images.

        Args:
            title: What they have in common.
            rows: The images.
            hint: What to look for in them.
            everything: Whether these are all errors, so that there is no way back to them.
        """
        if self._finder is not None:
            rows = self._finder.present(rows)
        # The same images under another title: the language has changed.
        same = title == self._name or np.array_equal(rows.ids, self._rows.ids)
        kept = self.chosen_ids()
        self._name, self._rows, self._about = title, rows, hint
        self._everything = everything
        self._all.setVisible(not everything)
        self.show_beside("", _nothing())
        self._draw(kept if same else [])
        if not same:
            self.grid.scrollToTop()

    def show_beside(self, title: str, rows: SheetRows) -> None:
        """Show images to compare those above with.

        Args:
            title: What they are.
            rows: The images; none: nothing to compare.
        """
        self._beside_name, self._beside_rows = title, rows
        self._draw_beside()

    @property
    def _editable(self) -> bool:
        return self._project is not None and not self._project.read_only

    @property
    def _shown_maps(self) -> tuple[ModelHolder, Path] | None:
        return self._model if self._maps.isChecked() else None

    def _draw(self, chosen: list[int]) -> None:
        """Fill the grid, where it is scrolled to, with these images selected."""
        finder = self._finder
        if finder is None:
            return
        place = self.grid.verticalScrollBar().value()
        self._rows = finder.present(self._rows)
        cells = SheetCells(self._rows, finder, self._project, self._shown_maps)
        self.grid.set_cells(cells, captions=True)
        self.grid.select_rows(np.flatnonzero(np.isin(self._rows.ids, chosen)).tolist())
        self.grid.verticalScrollBar().setValue(place)
        self._on_selection_changed()
        self._say()
        self._draw_beside()

    def _draw_beside(self) -> None:
        if self._finder is not None:
            rows = self._finder.present(self._beside_rows)
            names = self._finder.dataset.classes
            right = all(
                rows.classes[said] == names[self._finder.sample(number).label]
                for number, said in zip(rows.ids.tolist(), rows.said.tolist(), strict=True)
            )
            cells = SheetCells(rows, self._finder, self._project, self._shown_maps, brief=right)
            self.beside.set_cells(cells, captions=True)
            for widget in (self._beside_title, self.beside):
                widget.setVisible(bool(len(rows)))
        self._beside_title.setText(self._beside_name)
        self.beside.setAccessibleName(self._beside_name)

    def _say(self) -> None:
        count = len(self._rows)
        name = f"{unbroken(self._name)}\N{NO-BREAK SPACE}·\N{NO-BREAK SPACE}{count_text(count)}"
        self._title.setText(name)
        self._hint.setText(self._about)
        self._hint.setVisible(bool(self._about) and count > 0)
        self._maps.setVisible(self._model is not None and count > 0)
        nothing = self._finder is not None and not count
        self.grid.setVisible(not nothing)
        self._none.setVisible(nothing)
        if nothing and self._everything:
            self._none.set_icon("check-circle", tone="success")
            self._none.set_texts(
                self._about,
                self.tr("See how it does on images that are not in the project."),
                second=self.tr("Try it on new images"),
            )
        elif nothing:
            self._none.set_icon("image")
            self._none.set_texts(
                self.tr("No images here."), self.tr("Choose something else at the left.")
            )

    # -- what the user does --------------------------------------------------------------------

    def chosen_ids(self) -> list[int]:
        """Numbers of the selected images, in the order they are shown."""
        chosen = np.zeros(len(self._rows), dtype=bool)
        selection = self.grid.selectionModel().selection()
        for number in range(selection.size()):  # not each index: there may be tens of thousands
            part = selection.at(number)
            chosen[part.top() : part.bottom() + 1] = True
        ids: list[int] = self._rows.ids[chosen].tolist()
        return ids

    def _changeable(self, chosen: Sequence[int]) -> dict[str, list[int]]:
        """Those of some images that are called something else than they are, by that name."""
        finder = self._finder
        if finder is None or not self._editable:
            return {}
        names = finder.dataset.classes
        found = self._rows.named(chosen)
        wrong = {
            name: [n for n in ids if names[finder.sample(n).label] != name]
            for name, ids in found.items()
        }
        return {name: ids for name, ids in wrong.items() if ids}

    @Slot()
    def _on_selection_changed(self) -> None:
        chosen = self.chosen_ids()
        self.selection.set_selection(len(chosen), excluded=False)
        names = self._changeable(chosen)
        self._accept.setVisible(bool(names))
        self._accept.setText(
            self.tr("It is: {name}").format(name=next(iter(names)))
            if len(names) == 1
            else self.tr("The model is right")
        )
        self._accept.setAccessibleName(self._accept.text())

    @Slot()
    def _on_accept(self) -> None:
        for name, ids in self._changeable(self.chosen_ids()).items():
            self.relabel_asked.emit(ids, name)

    @Slot(object)
    def _on_opened(self, cell: Thumbnail) -> None:
        self.picture_opened.emit(cell.path)

    @Slot()
    def _on_open_asked(self) -> None:
        ids = self.chosen_ids()
        if ids and self._finder is not None:
            self.picture_opened.emit(self._finder.sample(ids[0]).path)

    @Slot(bool)
    def _on_maps_toggled(self, _checked: bool) -> None:  # noqa: FBT001 - Qt's signature
        self._draw(self.chosen_ids())

    @Slot(str)
    def _on_relabel(self, name: str) -> None:
        self.relabel_asked.emit(self.chosen_ids(), name)

    @Slot(bool)
    def _on_exclude(self, excluded: bool) -> None:  # noqa: FBT001 - Qt's signature
        self.exclude_asked.emit(self.chosen_ids(), excluded)

    @Slot()
    def _on_exclude_key(self) -> None:
        self.exclude_asked.emit(self.chosen_ids(), True)

    @Slot(int)
    def _on_class_key(self, place: int) -> None:
        names = self._finder.dataset.classes if self._finder is not None else ()
        if place < len(names):
            self.relabel_asked.emit(self.chosen_ids(), names[place])

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._all.setText(self.tr("All errors"))
        self._all.setAccessibleName(self._all.text())
        self._maps.setText(self.tr("Where it looks"))
        self._maps.setAccessibleName(self._maps.text())
        self._maps.setToolTip(self.tr("Show in each image where the model looked"))
        self._accept.setToolTip(
            self.tr("Give the selected images the class that the model sees in them")
        )
        self.grid.setAccessibleName(self.tr("Images"))
        self._on_selection_changed()
        self._say()


def _nothing() -> SheetRows:
    empty = np.empty(0, dtype=np.int64)
    return SheetRows(empty, empty, empty.astype(np.float32), ())
