"""Filter and order of the image browser, in a row that wraps."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer, Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget
from typing_extensions import override

from effnet_studio.gui.models.browsing import PREDICTED, Order, State, Wishes
from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_2, set_role
from effnet_studio.gui.widgets.elided_combo import ElidedCombo
from effnet_studio.gui.widgets.flow_layout import FlowLayout
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from effnet_studio.gui.theme import ThemeManager

PAUSE = 200
"""Milliseconds without a key before the search begins."""


class BrowserBar(QWidget):
    """Search, part, state and order; or the name of a set of pictures shown instead.

    Args:
        theme: Tints the icons.
        parent: Qt's owner.
    """

    changed = Signal(object)
    """The :class:`~.browsing.Wishes`."""
    predict_asked = Signal()
    """A model is to judge all pictures, so that they can be sorted by its answers."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("browser_bar")
        self._wishes = Wishes()
        self._shown = (0, 0)
        self._predicted = False
        self._model = ""
        self._set_title = ""
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._search = SearchField("browser_search", theme, self)
        self._search.setMinimumWidth(152)
        self._search.setMaximumWidth(480)
        self._split = ElidedCombo("split_filter", self)
        for split in ("", "train", "val", "test"):
            self._split.addItem("", split)
        self._state = ElidedCombo("state_filter", self)
        self._order = ElidedCombo("browser_order", self)
        self._fill()
        self._predict = named(QPushButton(self), "browser_predict")
        theme.set_icon(self._predict, "predict")
        self._predict.hide()
        self._chip = named(QPushButton(self), "browser_set")
        theme.set_icon(self._chip, "close")
        self._chip.hide()
        self._count = named(Label(self), "data_shown")
        set_role(self._count, "caption")
        row = FlowLayout(SPACE_2, self)
        for widget in (
            self._chip,
            self._search,
            self._split,
            self._state,
            self._order,
            self._predict,
            self._count,
        ):
            row.addWidget(widget)
        self._search.textChanged.connect(self._timer.start)
        self._timer.timeout.connect(self._on_changed)
        for combo in (self._split, self._state, self._order):
            combo.currentIndexChanged.connect(self._on_changed)
        self._chip.clicked.connect(self._on_chip)
        self._predict.clicked.connect(self.predict_asked)
        self._retranslate()

    @property
    def wishes(self) -> Wishes:
        """What is wanted now."""
        return self._wishes

    def set_class(self, name: str) -> None:
        """Show one class, or all when the name is empty; a set shown instead is given up."""
        self._set_title = ""
        self._wishes = replace(self._wishes, class_name=name, ids=None)
        self._show_set()
        self.changed.emit(self._wishes)

    def set_ids(self, ids: tuple[int, ...] | None, title: str) -> None:
        """Show exactly these pictures, or what the other wishes say."""
        self._set_title = title
        self._wishes = replace(self._wishes, ids=ids)
        self._show_set()
        self.changed.emit(self._wishes)

    def show_all(self) -> None:
        """Take every filter off but the class."""
        self._search.clear()
        self._timer.stop()
        self._split.setCurrentIndex(0)
        self._state.setCurrentIndex(0)
        self.set_ids(None, "")
        self._on_changed()

    def set_predicted(self, predicted: bool) -> None:  # noqa: FBT001 - a Qt property's setter
        """Offer what can be wished for only where a model has judged the pictures."""
        if predicted == self._predicted:
            return
        self._predicted = predicted
        for combo in (self._state, self._order):
            combo.blockSignals(True)
        self._fill()
        self._retranslate()
        for combo in (self._state, self._order):
            combo.blockSignals(False)
        self._on_changed()

    def set_model(self, model: str, asked: bool) -> None:  # noqa: FBT001 - a slot
        """Offer to let a model judge the pictures.

        Args:
            model: What it is called; empty to offer nothing.
            asked: Whether it is at work.
        """
        self._predict.setVisible(bool(model))
        self._predict.setEnabled(not asked)
        self._model = model
        self._retranslate()

    def set_shown(self, shown: int, total: int) -> None:
        """Say how many pictures are shown, of how many."""
        self._shown = (shown, total)
        self._write_count()

    def _fill(self) -> None:
        """What can be chosen now; the choice stays where it still can."""
        for combo, words in ((self._state, State), (self._order, Order)):
            chosen = combo.currentData()
            combo.clear()
            for word in words:
                if self._predicted or word not in PREDICTED:
                    combo.addItem("", word)
            combo.setCurrentIndex(max(0, combo.findData(chosen)))

    def _show_set(self) -> None:
        alone = self._wishes.ids is not None
        self._chip.setVisible(alone)
        self._chip.setText(self._set_title)
        for widget in (self._search, self._split, self._state):
            widget.setVisible(not alone)

    @Slot()
    def _on_changed(self) -> None:
        self._wishes = replace(
            self._wishes,
            text=self._search.text().strip(),
            split=str(self._split.currentData()),
            state=State(self._state.currentData()),
            order=Order(self._order.currentData()),
        )
        self.changed.emit(self._wishes)

    @Slot()
    def _on_chip(self) -> None:
        self.set_ids(None, "")

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _write_count(self) -> None:
        self._count.setText(self.tr("%n image(s)", "", self._shown[0]))

    def _retranslate(self) -> None:
        self._search.setPlaceholderText(self.tr("Search names"))
        self._search.setAccessibleName(self.tr("Search names"))
        parts = (
            self.tr("All parts"),
            self.tr("Training"),
            self.tr("Validation"),
            self.tr("Test"),
        )
        for row, title in enumerate(parts):
            self._split.setItemText(row, title)
        self._split.setAccessibleName(self.tr("Part of the images"))
        states = {
            State.USED: self.tr("In use"),
            State.EXCLUDED: self.tr("Left out"),
            State.ALL: self.tr("All images"),
            State.WRONG: self.tr("Model disagrees"),
            State.RIGHT: self.tr("Model agrees"),
        }
        for row in range(self._state.count()):
            self._state.setItemText(row, states[State(self._state.itemData(row))])
        self._state.setAccessibleName(self.tr("Images in use or left out"))
        orders = {
            Order.NAME: self.tr("By name"),
            Order.CLASS: self.tr("By class"),
            Order.NEWEST: self.tr("Newest first"),
            Order.LARGEST: self.tr("Largest first"),
            Order.SMALLEST: self.tr("Smallest first"),
            Order.HEAVIEST: self.tr("Largest files first"),
            Order.DARKEST: self.tr("Darkest first"),
            Order.BRIGHTEST: self.tr("Brightest first"),
            Order.BLURRED: self.tr("Most blurred first"),
            Order.SHARPEST: self.tr("Sharpest first"),
            Order.UNCERTAIN: self.tr("Least certain first"),
            Order.WRONG: self.tr("Surest errors first"),
        }
        for row in range(self._order.count()):
            self._order.setItemText(row, orders[Order(self._order.itemData(row))])
        self._order.setAccessibleName(self.tr("Order of the images"))
        self._predict.setText(self.tr("Ask the model"))
        self._predict.setToolTip(
            self.tr("{model} judges all images; then sort and filter by its answers").format(
                model=self._model
            )
        )
        self._chip.setToolTip(self.tr("Show all images again"))
        self._chip.setAccessibleName(self.tr("Show all images again"))
        self._write_count()
