"""The dropped images with their answers, as pictures or a table, and what can be done with all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.gui.models.predict_items import Item
from effnet_studio.gui.models.results import Order, State, Wishes, arrange
from effnet_studio.gui.models.results_table import ResultsTable
from effnet_studio.gui.names import named
from effnet_studio.gui.text import count_text
from effnet_studio.gui.theme import SPACE_1, SPACE_2, SPACE_3, set_role
from effnet_studio.gui.widgets.elided_label import ElidedLabel
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.predict.predicted_cells import ItemCells
from effnet_studio.gui.widgets.predict.results_bar import ResultsBar
from effnet_studio.gui.widgets.predict.results_table_view import ResultsTableView
from effnet_studio.gui.widgets.thumbnail_grid import ThumbnailGrid

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from PySide6.QtGui import QResizeEvent

    from effnet_studio.gui.jobs import JobRunner
    from effnet_studio.gui.models.thumbnails import Thumbnail
    from effnet_studio.gui.theme import ThemeManager

_NOTHING: Final = 2
"""Page of the views where no image fits."""
_WIDTHS: Final = (264, 184)
"""Of the pictures, roomy and narrow: two columns and one."""
_LOW: Final = 420
"""Cards lower than this (pixels) have room for one row of small buttons."""
_ICON: Final = 16
_SQUARE: Final = 32
"""Width of a button that has an icon only, pixels: its icon ends near the card's edge."""
_PADDING: Final = 30
"""Of a button beside its word, with its border, pixels."""
_LEAST: Final = 320
"""Of the table, pixels."""
_ANYTHING: Final = 16_777_215
"""Qt's own largest width: no limit."""
_THUMBNAIL: Final = 96
_REST: Final = 400
"""Milliseconds between two sortings while answers come in."""


class PredictedList(QFrame):
    """A card: how many, a bar of wishes, the images, and buttons.

    Args:
        jobs: Loads thumbnails in the background.
        theme: Colours and icons.
        parent: Qt's owner.
    """

    item_chosen = Signal(object)
    """The :class:`Item` to look at."""
    add_asked = Signal()
    clear_asked = Signal()
    view_changed = Signal(bool)
    """Whether the images are a table now."""
    details_changed = Signal(bool)
    """Whether the image on view is wanted beside the table."""
    watch_asked = Signal()
    camera_asked = Signal()

    def __init__(self, jobs: JobRunner, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("predicted_list")
        set_role(self, "card")
        self._items: Sequence[Item] = ()
        self._rows: list[Item] = []
        self._reviews: Mapping[Hashable, str] = {}
        self._chosen: Item | None = None
        self._wanted: Item | None = None
        self._narrow = self._low = False
        self._grid = ThumbnailGrid(jobs, theme, side=_THUMBNAIL, parent=self)
        self._model = ResultsTable(self._grid.thumbnails, self)
        self._table = ResultsTableView(self._model, theme, self)
        self.bar = ResultsBar(theme, self)
        self._timer = QTimer(self, singleShot=True, interval=_REST)
        self._settling = QTimer(self, singleShot=True, interval=0)
        self._count = ElidedLabel("results_count", self, end=True)
        set_role(self._count, "muted")
        self._details = named(QPushButton(self), "results_details")
        self._as_table = named(QPushButton(self), "results_as_table")
        self._add = named(QPushButton(self), "predict_add")
        self._clear = named(QPushButton(self), "predict_clear")
        self.save = named(QPushButton(self), "predict_save")
        self.review = named(QPushButton(self), "predict_review")
        self._menu = named(QMenu(self), "predict_add_menu")
        self._images, self._watch, self._camera = (
            self._menu.addAction("") for _ in ("images", "watch", "camera")
        )
        self._camera.setObjectName("predict_list_camera")
        self._camera.setVisible(False)
        self._add.setMenu(self._menu)
        for button, icon in (
            (self._details, "predict"),
            (self._as_table, "table"),
            (self._add, "folder-plus"),
            (self._clear, "trash"),
            (self.save, "save"),
            (self.review, "check-circle"),
        ):
            theme.set_icon(button, icon, size=_ICON)
        for button in (self._details, self._as_table, self.review):
            button.setCheckable(True)
        for button in (self._details, self._as_table):
            set_role(button, "ghost")
            button.setFixedWidth(_SQUARE)
        self._details.setChecked(True)
        theme.changed.connect(self._on_theme_changed)
        self._build_ui()
        self._connect()
        self._retranslate()
        self._lay_out()

    def _build_ui(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(SPACE_2)
        head.addWidget(self._count, 1)
        head.addWidget(self._details)
        head.addWidget(self._as_table)
        self._views = named(QStackedWidget(self), "results_views")
        self._views.addWidget(self._grid)
        self._views.addWidget(self._table)
        self._views.addWidget(self._make_nothing())
        self._buttons = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._buttons.setSpacing(SPACE_2)
        for pair in ((self._add, self.review), (self._clear, self.save)):
            row = QHBoxLayout()
            row.setSpacing(SPACE_2)
            for button in pair:
                row.addWidget(button, 1)
            self._buttons.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_3, SPACE_3, SPACE_3, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addLayout(head)
        column.addWidget(self.bar)
        column.addWidget(self._views, 1)
        column.addLayout(self._buttons)

    def _make_nothing(self) -> QWidget:
        """What is seen where no image fits the wishes."""
        page = named(QWidget(self), "results_nothing")
        self._nothing = named(Label(page), "results_nothing_text")
        set_role(self._nothing, "muted")
        self._nothing.setWordWrap(True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._show_all = named(QPushButton(page), "results_show_all")
        column = QVBoxLayout(page)
        column.addStretch(1)
        column.addWidget(self._nothing)
        column.addWidget(self._show_all, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        return page

    def _connect(self) -> None:
        self._grid.picture_chosen.connect(self._on_picture)
        self._table.row_chosen.connect(self._on_row)
        self._table.order_asked.connect(self.bar.set_order)
        self.bar.changed.connect(self._on_wishes)
        self._timer.timeout.connect(self._arrange)
        self._settling.timeout.connect(self._bring_into_view)
        self._grid.viewport().installEventFilter(self)
        self._as_table.toggled.connect(self._on_view)
        self._show_all.clicked.connect(self.bar.show_all)
        self.review.toggled.connect(self._on_review)
        self._details.toggled.connect(self.details_changed)
        self._images.triggered.connect(self.add_asked)
        self._watch.triggered.connect(self.watch_asked)
        self._camera.triggered.connect(self.camera_asked)
        self._clear.clicked.connect(self.clear_asked)

    # -- the images ----------------------------------------------------------------------------

    @property
    def rows(self) -> Sequence[Item]:
        """The images shown, in their order."""
        return self._rows

    @property
    def table(self) -> bool:
        """Whether the images are a table."""
        return self._as_table.isChecked()

    @property
    def wide(self) -> bool:
        """Whether the images are a table that wants the whole width."""
        return self._as_table.isChecked() and not self._details.isChecked()

    @property
    def views(self) -> tuple[QAbstractItemView, ...]:
        """The grid and the table."""
        return (self._grid, self._table)

    def focus(self) -> None:
        """Give the keyboard to the images."""
        self.views[self.table].setFocus(Qt.FocusReason.OtherFocusReason)

    def set_reviews(self, reviews: Mapping[Hashable, str]) -> None:
        """Mark what people said of images.

        Args:
            reviews: By :attr:`Item.key`; read again when :meth:`tell_review` is called.
        """
        self._reviews = reviews

    def set_items(self, items: Sequence[Item]) -> None:
        """Show other images; none is chosen.

        Args:
            items: May grow; :meth:`grow` tells when it has.
        """
        self._items, self._chosen, self._wanted = items, None, None
        self._timer.stop()
        self._arrange()

    def grow(self) -> None:
        """There are more images: show those that are wanted."""
        plain = self.bar.wishes.everything and self.bar.wishes.order is Order.GIVEN
        if plain and len(self._rows) <= len(self._items):
            self._rows.extend(self._items[len(self._rows) :])
            self._grid.thumbnails.grow(self._cells)
            self._model.grow(self._rows)
            self._write_count()
        elif not self._timer.isActive():
            self._timer.start()

    @property
    def chosen(self) -> Item | None:
        """The image on view."""
        return self._chosen

    def set_camera(self, available: bool) -> None:  # noqa: FBT001 - a setter
        """Offer the camera, or not."""
        self._camera.setVisible(available)

    def choose(self, row: int) -> None:
        """Choose an image; it is told by :attr:`item_chosen`."""
        if not 0 <= row < len(self._rows):
            return
        item = self._rows[row]
        self._point_at(row)
        self._settling.start()
        if item is not self._chosen:
            self._chosen = item
            self.item_chosen.emit(item)

    def choose_item(self, item: Item) -> None:
        """Choose an image, as soon as it is among those shown; if it never is, the first of them.

        Args:
            item: One of those given.
        """
        if item in self._rows:
            self._wanted = None
            self.choose(self._rows.index(item))
        else:
            self._wanted = item

    def tell_review(self, item: Item) -> None:
        """What people said of an image has changed."""
        if self.bar.wishes.state in (State.OPEN, State.REVIEWED):
            self._timer.start()
        for row, each in enumerate(self._rows):
            if each.key == item.key:
                self._grid.thumbnails.tell_row(row)
                self._model.tell_row(row)

    def _point_at(self, row: int) -> None:
        """Make a row current in both views, without telling of it."""
        with QSignalBlocker(self._grid), QSignalBlocker(self._table):
            self._grid.setCurrentIndex(self._grid.thumbnails.index(row))
            self._table.setCurrentIndex(self._model.index(row, 0))

    @Slot()
    def _bring_into_view(self) -> None:
        """Show the chosen image in the list, once that has its size and its cells their places."""
        if self._chosen is not None and self._chosen in self._rows:
            row = self._rows.index(self._chosen)
            self._table.scrollTo(self._model.index(row, 0))
            self._grid.scrollTo(self._grid.thumbnails.index(row))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._settling.start()
        return super().eventFilter(watched, event)

    @Slot()
    def _arrange(self) -> None:
        """Choose and sort again; the chosen image stays so while it is among those wanted."""
        self._rows = arrange(self._items, self.bar.wishes, self._reviews)
        self._cells = ItemCells(self._rows, self._reviews)
        scrolls = [view.verticalScrollBar() for view in (self._grid, self._table)]
        places = [scroll.value() for scroll in scrolls]
        with QSignalBlocker(self._grid), QSignalBlocker(self._table):
            self._grid.set_cells(self._cells, captions=True)
            self._model.set_rows(self._rows, self._reviews)
            if self._chosen is not None and self._chosen in self._rows:
                self._point_at(self._rows.index(self._chosen))
        for scroll, place in zip(scrolls, places, strict=True):
            scroll.setValue(place)
        self._write_count()
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            if wanted in self._rows:
                self.choose(self._rows.index(wanted))
            elif self._chosen is None:
                self.choose(0)

    @Slot(object)
    def _on_wishes(self, wishes: Wishes) -> None:
        self._table.set_order(wishes.order)
        self._arrange()
        if self._rows and (self._chosen is None or self._chosen not in self._rows):
            self.choose(0)

    @Slot(object)
    def _on_picture(self, cell: Thumbnail) -> None:
        if isinstance(cell.value, Item) and cell.value in self._rows:
            self.choose(self._rows.index(cell.value))

    @Slot(int)
    def _on_row(self, row: int) -> None:
        self.choose(row)

    # -- the look ------------------------------------------------------------------------------

    def set_narrow(self, narrow: bool) -> None:  # noqa: FBT001 - a setter
        """Leave small windows to the picture: one column, and no icons beside the words."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._lay_out()
            self._retranslate()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        low = self.height() < _LOW
        if low != self._low:
            self._low = low
            self._lay_out()
            self._retranslate()

    @Slot(bool)
    def _on_view(self, table: bool) -> None:  # noqa: FBT001 - a slot
        self._lay_out()
        self._retranslate()
        self._write_count()
        self.view_changed.emit(table)
        self._bring_into_view()

    @Slot(bool)
    def _on_review(self, _active: bool) -> None:  # noqa: FBT001 - a slot
        self._lay_out()

    @Slot()
    def _on_theme_changed(self) -> None:
        """Other colours came with icons of the usual size."""
        self._lay_out()

    @property
    def _short(self) -> bool:
        """Whether there is no room for words on the buttons."""
        return self._narrow and not self.table and (self._low or not self._words_fit())

    def _words(self) -> tuple[str, str, str, str]:
        """What the buttons for the whole list say, where there is room."""
        return self.tr("Add…"), self.tr("Review"), self.tr("Clear"), self.tr("Save…")

    def _words_fit(self) -> bool:
        """Whether two buttons with their words stand beside each other in a narrow list."""
        room = (_WIDTHS[True] - 2 * SPACE_3 - SPACE_2) // 2 - _PADDING
        return all(self.fontMetrics().horizontalAdvance(word) <= room for word in self._words())

    def _lay_out(self) -> None:
        table = self.table
        # A review has an order of its own; small windows have no room for other wishes then.
        self.bar.setHidden(self._narrow and self.review.isChecked())
        self._details.setVisible(table)
        self.bar.set_wide(table)
        across = QBoxLayout.Direction.LeftToRight
        in_a_row = table or self._short
        self._buttons.setDirection(across if in_a_row else QBoxLayout.Direction.TopToBottom)
        wordy = QSize(0, 0) if self._narrow and not self._short else QSize(_ICON + SPACE_1, _ICON)
        for button in (self._add, self.review, self._clear, self.save):
            button.setIconSize(wordy)
        width = _WIDTHS[self._narrow]
        self.setMinimumWidth(_LEAST if table else width)
        self.setMaximumWidth(_ANYTHING if table else width)

    def _write_count(self) -> None:
        shown, total = len(self._rows), len(self._items)
        self._views.setCurrentIndex(_NOTHING if total and not shown else int(self.table))
        self._count.set_whole(
            self.tr("%n image(s)", "", total)
            if shown == total
            else self.tr("{shown} of {total}").format(
                shown=count_text(shown), total=count_text(total)
            )
        )

    def _retranslate(self) -> None:
        short = self._short
        self._grid.setAccessibleName(self.tr("Images"))
        self._table.setAccessibleName(self.tr("Images and their answers"))
        for button, word in zip(
            (self._add, self.review, self._clear, self.save), self._words(), strict=True
        ):
            button.setText("" if short else word)
        self._nothing.setText(self.tr("No image fits this search and filter."))
        self._show_all.setText(self.tr("Show all"))
        self._show_all.setAccessibleName(self._show_all.text())
        self._add.setToolTip(self.tr("Add images"))
        self.review.setToolTip(self.tr("Confirm or correct the answers, the least certain first"))
        self._clear.setToolTip(self.tr("Forget all images"))
        self.save.setToolTip(self.tr("Save all answers"))
        self._details.setToolTip(self.tr("Look at the chosen image beside the table"))
        self._as_table.setToolTip(self.tr("Show the images as a table"))
        self._images.setText(self.tr("Choose images…"))
        self._watch.setText(self.tr("Watch a folder…"))
        self._camera.setText(self.tr("Camera…"))
        for button in (
            self._add, self.review, self._clear, self.save, self._details, self._as_table,
        ):  # fmt: skip
            button.setAccessibleName(button.toolTip())
        self._write_count()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._lay_out()
            self._retranslate()
            self._arrange()
