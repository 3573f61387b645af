"""Search, filter and order of the judged images: in one row, or below each other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.gui.models.results import Order, State, Wishes
from effnet_studio.gui.theme import SPACE_2
from effnet_studio.gui.widgets.calm_combo import CalmCombo
from effnet_studio.gui.widgets.calm_spin import CalmSpin
from effnet_studio.gui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.gui.theme import ThemeManager

_PAUSE: Final = 200
"""Milliseconds without a key before the search begins."""
_SEARCH: Final = 100
"""Least width of the search, pixels."""
_AROUND: Final = 24
"""Padding and border of the search on both sides, pixels."""
_LETTERS: Final = 14
"""Letters of a choice that are always seen in one row."""


class ResultsBar(QWidget):
    """Says which images are wanted.

    Args:
        theme: Tints the icons.
        parent: Qt's owner.
    """

    changed = Signal(object)
    """The :class:`~.results.Wishes`."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("results_bar")
        self._wishes = Wishes()
        self._classes: tuple[str, ...] = ()
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._search = SearchField("results_search", theme, self)
        self._filter = CalmCombo("results_filter", self)
        self._filter.setMaxVisibleItems(20)
        self._filter.view().setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._least = CalmSpin("results_least", self)
        self._least.setRange(1, 100)
        self._least.setValue(round(100 * self._wishes.least))
        self._least.hide()
        self._order = CalmCombo("results_order", self)
        for order in Order:
            self._order.addItem("", order)
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(SPACE_2)
        for widget in (self._search, self._filter, self._least, self._order):
            self._row.addWidget(widget, int(widget is self._search))
        self._fill()
        self._search.textChanged.connect(self._timer.start)
        self._timer.timeout.connect(self._on_changed)
        for combo in (self._filter, self._order):
            combo.currentIndexChanged.connect(self._on_changed)
        self._least.valueChanged.connect(self._on_changed)
        self._retranslate()

    @property
    def wishes(self) -> Wishes:
        """What is wanted now."""
        return self._wishes

    def set_classes(self, names: Sequence[str]) -> None:
        """Offer the classes of a model to filter by."""
        if tuple(names) != self._classes:
            self._classes = tuple(names)
            self._fill()
            self._retranslate()

    def set_wide(self, wide: bool) -> None:  # noqa: FBT001 - a setter
        """Lie in one row, or below each other."""
        for combo in (self._filter, self._order):
            combo.setMinimumContentsLength(_LETTERS if wide else 0)
        across = QBoxLayout.Direction.LeftToRight
        self._row.setDirection(across if wide else QBoxLayout.Direction.TopToBottom)

    def set_order(self, order: Order) -> None:
        """Choose an order."""
        self._order.setCurrentIndex(self._order.findData(order))

    def show_all(self) -> None:
        """Take every filter off; the order stays."""
        self._search.clear()
        self._timer.stop()
        self._filter.setCurrentIndex(0)
        self._on_changed()

    def _fill(self) -> None:
        """Offer all states, then all classes; the choice stays where it still can."""
        chosen = (self._wishes.state, self._wishes.label)
        with QSignalBlocker(self._filter):
            self._filter.clear()
            for state in State:
                self._filter.addItem("", (state, None))
            self._filter.insertSeparator(self._filter.count())
            for name in self._classes:
                self._filter.addItem(name, (State.ALL, name))
            choices = [self._filter.itemData(row) for row in range(self._filter.count())]
            self._filter.setCurrentIndex(choices.index(chosen) if chosen in choices else 0)
        if chosen not in choices:
            self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        state, label = self._filter.currentData()
        self._least.setVisible(state is State.UNSURE)
        self._wishes = replace(
            self._wishes,
            text=self._search.text().strip(),
            state=State(state),
            label=label,
            least=self._least.value() / 100,
            order=Order(self._order.currentData()),
        )
        self.changed.emit(self._wishes)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        wanted = self.tr("Search names")
        self._search.setPlaceholderText(wanted)
        self._search.setAccessibleName(wanted)
        needed = self._search.fontMetrics().horizontalAdvance(wanted) + _AROUND
        self._search.setMinimumWidth(max(_SEARCH, needed))
        states = {
            State.ALL: self.tr("All answers"),
            State.UNSURE: self.tr("Unsure"),
            State.OPEN: self.tr("Not reviewed"),
            State.REVIEWED: self.tr("Reviewed"),
            State.REFUSED: self.tr("Could not be read"),
        }
        for row, state in enumerate(State):
            self._filter.setItemText(row, states[state])
        self._filter.setAccessibleName(self.tr("Which answers to show"))
        self._least.setPrefix(self.tr("Below "))
        self._least.setSuffix(" %")
        self._least.setAccessibleName(self.tr("Confidence below which an answer is unsure"))
        self._least.setToolTip(self._least.accessibleName())
        orders = {
            Order.GIVEN: self.tr("As given"),
            Order.UNSURE: self.tr("Least certain first"),
            Order.SURE: self.tr("Most certain first"),
            Order.CLOSE: self.tr("Closest decisions first"),
            Order.CLASS: self.tr("By class"),
            Order.NAME: self.tr("By name"),
        }
        for row, order in enumerate(Order):
            self._order.setItemText(row, orders[order])
        self._order.setAccessibleName(self.tr("Order of the images"))
