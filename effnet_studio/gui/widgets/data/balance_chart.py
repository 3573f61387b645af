"""How evenly the classes are filled, and what a remedy would make of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QLocale, QRectF, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.engine.data.balance import Imbalance
from effnet_studio.gui.models.class_balance import Balance, ClassBalanceModel, Order
from effnet_studio.gui.names import named
from effnet_studio.gui.text import count_text
from effnet_studio.gui.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, set_role, set_tone
from effnet_studio.gui.widgets.calm_combo import CalmCombo
from effnet_studio.gui.widgets.data.balance_bars import BalanceBars, BalanceHeads
from effnet_studio.gui.widgets.flow_layout import FlowLayout
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.plots.table_twin import TableTwin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.gui.theme import ThemeManager

_BUTTON: Final = 28
_LEAST: Final = 40
"""Height of the bars in a low window, pixels."""
_LAST: Final = 5
"""Column of the table with the share of the training."""
_EVEN: Final = 1.5
"""Up to so many times as many pictures as the smallest class, the largest harms nobody."""
_UNEVEN: Final = 3.0
"""From so many times on, a model may well overlook the small classes."""


class BalanceChart(QFrame):
    """Bars, one for each class, the remedy as one switch, and the same numbers as a table.

    Args:
        theme: Gives the colours.
        parent: Qt's owner.
    """

    remedy_changed = Signal(object)
    """The :class:`~effnet_studio.engine.data.balance.Imbalance` that the user chose."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("balance_chart")
        set_role(self, "card")
        self._theme = theme
        self._model = ClassBalanceModel(self)
        self._extremes: tuple[Balance, Balance] | None = None
        self._build_ui()
        self._connect()
        self._retranslate()
        self._paint_keys()

    # -- layout ----------------------------------------------------------------------------------

    def _build_ui(self) -> None:
        self._title = Label(self)
        set_role(self._title, "strong")
        self._sort = CalmCombo("balance_sort", self)
        self._sort.setMinimumContentsLength(14)
        for order in Order:
            self._sort.addItem("", order)
        self._table_button = named(QToolButton(self), "balance_show_table")
        self._table_button.setCheckable(True)
        self._table_button.setFixedSize(_BUTTON, _BUTTON)
        self._table_button.setProperty("tight", True)
        set_role(self._table_button, "ghost")
        self._theme.set_icon(self._table_button, "table")
        self._sentence = named(Label(self), "balance_sentence")
        self._sentence.setWordWrap(True)
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._remedy_label = Label(self)
        self._remedy = CalmCombo("balance_remedy", self)
        self._remedy.setMinimumContentsLength(22)
        for remedy in Imbalance:
            self._remedy.addItem("", remedy)
        self._remedy_label.setBuddy(self._remedy)
        self._effect = named(Label(self), "balance_effect")
        set_role(self._effect, "caption")
        self._effect.setWordWrap(True)
        self._effect.setTextFormat(Qt.TextFormat.PlainText)
        head = FlowLayout(SPACE_2)
        self._title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        head.addWidget(self._title)
        head.addWidget(self._sort)
        head.addWidget(self._table_button)
        layout = QVBoxLayout(self)
        # The rows of the list reach a little to the left of their names, to be marked whole.
        layout.setContentsMargins(SPACE_4 - SPACE_2, SPACE_3, SPACE_3, SPACE_3)
        layout.setSpacing(SPACE_2)
        above = QVBoxLayout()
        above.setContentsMargins(SPACE_2, 0, 0, 0)
        above.setSpacing(SPACE_2)
        above.addLayout(head)
        above.addWidget(self._sentence)
        above.addLayout(self._build_remedy())
        layout.addLayout(above)
        pages = self._build_pages()
        layout.addWidget(self._key)
        layout.addWidget(pages, 1)

    def _build_remedy(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_3)
        grid.setVerticalSpacing(SPACE_1)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._remedy_label, 0, 0)
        grid.addWidget(self._remedy, 0, 1, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(self._effect, 1, 0, 1, 2)
        return grid

    def _build_pages(self) -> QStackedWidget:
        self._bars = BalanceBars(self._model, self._theme, self)
        self._bars.setMinimumHeight(_LEAST)
        self._heads = BalanceHeads(self._bars, self._theme, self)
        self._keys = [Label(self) for _ in range(4)]
        self._names = [named(Label(self), f"balance_key_{n}") for n in range(4)]
        self._key = QWidget(self)
        # The dots have a pixel of their own at the left.
        self._key.setContentsMargins(SPACE_2 - 1, 0, 0, 0)
        keys = FlowLayout(SPACE_2, self._key)
        self._pairs = [QWidget(self._key) for _ in self._keys]
        for pair, key, name in zip(self._pairs, self._keys, self._names, strict=True):
            set_role(name, "caption")
            row = QHBoxLayout(pair)  # a sign and its name stay in one line
            row.setContentsMargins(0, 0, SPACE_2, 0)
            row.setSpacing(SPACE_1 + 2)
            row.addWidget(key)
            row.addWidget(name)
            keys.addWidget(pair)
        chart = QWidget(self)
        column = QVBoxLayout(chart)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_1)
        column.addWidget(self._heads)
        column.addWidget(self._bars, 1)
        self.twin = TableTwin(self._model, name="balance", parent=self)
        heads = self.twin.table.horizontalHeader()
        heads.setSectionResizeMode(_LAST, QHeaderView.ResizeMode.Fixed)
        self._pages = named(QStackedWidget(self), "balance_pages")
        self._pages.addWidget(chart)
        self._pages.addWidget(self.twin)
        return self._pages

    def _connect(self) -> None:
        self._sort.currentIndexChanged.connect(self._on_sort_changed)
        self._remedy.currentIndexChanged.connect(self._on_remedy_chosen)
        self._table_button.toggled.connect(self._on_table_toggled)
        self._theme.changed.connect(self._paint_keys)

    # -- what is shown ---------------------------------------------------------------------------

    @property
    def remedy(self) -> Imbalance:
        """The remedy shown."""
        return self._model.remedy

    def set_counts(
        self, classes: Sequence[str], train: Sequence[int], val: Sequence[int], test: Sequence[int]
    ) -> None:
        """Show other classes.

        Args:
            classes: Their names.
            train: Pictures of each to learn from.
            val: Pictures of each to validate on.
            test: Pictures of each kept apart.
        """
        self._model.set_counts(classes, train, val, test)
        for part in (self._pairs[2], self._keys[2], self._names[2]):
            part.setVisible(any(test))
        self._show_numbers()

    def set_remedy(self, remedy: Imbalance) -> None:
        """Show what a remedy does, as when the settings were changed elsewhere; emits nothing."""
        with QSignalBlocker(self._remedy):
            self._remedy.setCurrentIndex(list(Imbalance).index(remedy))
        self._model.set_remedy(remedy)
        self._show_numbers()

    def _show_numbers(self) -> None:
        rows = self._model.rows
        by_size = sorted(rows, key=lambda row: row.train)
        self._extremes = (by_size[0], by_size[-1]) if rows else None
        self._retranslate_sentences()
        overlaid = bool(rows) and self._model.remedy is not Imbalance.NONE
        for part in (self._pairs[3], self._keys[3], self._names[3]):
            part.setVisible(overlaid)
        self._heads.update()

    @Slot(int)
    def _on_sort_changed(self, row: int) -> None:
        self._model.set_order(list(Order)[row])
        self._bars.scrollToTop()

    @Slot(int)
    def _on_remedy_chosen(self, row: int) -> None:
        # Qt would turn the member of a string enumeration into a plain string.
        remedy = list(Imbalance)[row]
        self.set_remedy(remedy)
        self.remedy_changed.emit(remedy)

    @Slot(bool)
    def _on_table_toggled(self, shown: bool) -> None:  # noqa: FBT001 - Qt's signature
        self._pages.setCurrentIndex(int(shown))
        self._key.setVisible(not shown)
        self._fit_last_heading()

    def _fit_last_heading(self) -> None:
        """Give the longest heading its room: an equal share of a narrow card is too little."""
        heads = self.twin.table.horizontalHeader()
        heads.ensurePolished()
        heads.resizeSection(_LAST, heads.sectionSizeHint(_LAST))

    @Slot()
    def _paint_keys(self) -> None:
        theme, ratio = self._theme.theme, self.devicePixelRatioF()
        colors = (theme.train, theme.validation, theme.test, theme.text)
        for key, color in zip(self._keys, colors, strict=True):
            picture = QPixmap(QSize(10, 14) * ratio)
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(color))
            if key is self._keys[3]:
                painter.drawRoundedRect(QRectF(3.5, 0, 3, 14), 1.5, 1.5)
            else:
                painter.drawEllipse(QRectF(1, 3, 8, 8))
            painter.end()
            key.setPixmap(picture)

    # -- words -----------------------------------------------------------------------------------

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        title = self.tr("Balance of the classes")
        self._title.setText(title)
        self.setAccessibleName(title)
        orders = (self.tr("Largest first"), self.tr("Smallest first"), self.tr("By name"))
        for row, text in enumerate(orders):
            self._sort.setItemText(row, text)
        self._sort.setAccessibleName(self.tr("Order of the classes"))
        self._table_button.setToolTip(self.tr("Show as a table"))
        self._table_button.setAccessibleName(self._table_button.toolTip())
        self._remedy_label.setText(self.tr("Against imbalance"))
        self._remedy.setAccessibleName(self._remedy_label.text())
        remedies = (
            self.tr("Nothing"),
            self.tr("Weighted sampling"),
            self.tr("Class weights"),
            self.tr("Effective-number weights"),
        )
        for row, text in enumerate(remedies):
            self._remedy.setItemText(row, text)
        names = (
            self.tr("Training"),
            self.tr("Validation"),
            self.tr("Test"),
            self.tr("Seen in training, counted in images"),
        )
        for label, text in zip(self._names, names, strict=True):
            label.setText(text)
        self._bars.set_heading_texts(self.tr("Images"), self.tr("Share of training"))
        self._bars.setAccessibleName(self.tr("Images of each class"))
        self.twin.table.setAccessibleName(self.tr("{title} as a table").format(title=title))
        self._model.retranslate()
        self._fit_last_heading()
        self._retranslate_sentences()
        self._heads.update()

    def _retranslate_sentences(self) -> None:
        self._sentence.setText(self._balance_text())
        self.setAccessibleDescription(self._sentence.text())
        uneven = self._ratio() >= _UNEVEN
        set_tone(self._sentence, "warning" if uneven else "")
        self._effect.setText(self._effect_text())

    def _ratio(self) -> float:
        """How many times as many training pictures the largest class has; 0 without classes."""
        if self._extremes is None:
            return 0.0
        smallest, largest = self._extremes
        if not largest.train:
            return 0.0
        return largest.train / smallest.train if smallest.train else float("inf")

    def _balance_text(self) -> str:
        if self._extremes is None or not self._extremes[1].train:
            return self.tr("There are no training images yet.")
        smallest, largest = self._extremes
        if not smallest.train:
            text = self.tr("{smallest} has no training images at all.")
        elif smallest.train == largest.train:
            text = self.tr("All classes have {most} training images.")
        elif self._ratio() < _EVEN:
            text = self.tr("The classes are balanced: {least} to {most} training images each.")
        else:
            text = self.tr(
                "{largest} has {ratio} times as many training images as {smallest}: {most} "
                "against {least}."
            )
        return text.format(
            smallest=smallest.name,
            largest=largest.name,
            least=count_text(smallest.train),
            most=count_text(largest.train),
            ratio=_times(self._ratio()),
        )

    def _effect_text(self) -> str:
        """What the chosen remedy does to these classes."""
        if self._extremes is None:
            return ""
        smallest, largest = self._extremes
        remedy = self._model.remedy
        if remedy is Imbalance.NONE:
            if self._ratio() < _UNEVEN:
                return self.tr("Every image counts alike.")
            return self.tr("Every image counts alike; the model may overlook the small classes.")
        if self._ratio() < _EVEN:
            return self.tr("With classes as even as these it changes little.")
        if not smallest.train:
            return self.tr("Classes without images cannot be helped by it.")
        if remedy is Imbalance.SAMPLING:
            text = self.tr(
                "Every class is drawn equally often; in an epoch an image of {smallest} comes "
                "{ratio} times as often as one of {largest}."
            )
            ratio = self._ratio()
        else:
            text = self.tr(
                "A mistake on an image of {smallest} counts {ratio} times as much as one on "
                "{largest}."
            )
            ratio = smallest.weight / largest.weight
        return text.format(smallest=smallest.name, largest=largest.name, ratio=_times(ratio))


def _times(ratio: float) -> str:
    """A ratio with two or three digits, in the window's language."""
    return QLocale().toString(ratio, "f", 1 if ratio < 10 else 0)
