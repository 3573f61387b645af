"""A learning curve: what it says, how it goes on, and what each class has to gain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.engine.evaluation.learning.learning_advice import Verdict
from effnet_studio.engine.models.catalog import get_spec
from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.models.class_report_table import LABEL_ROLE
from effnet_studio.gui.models.learning_table import LearningTable
from effnet_studio.gui.names import named
from effnet_studio.gui.text import count_text, unbroken
from effnet_studio.gui.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, set_role
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.plots.curve_style import CurveStyle
from effnet_studio.gui.widgets.plots.plot import PlotCard
from effnet_studio.gui.widgets.report_table import ReportTable

if TYPE_CHECKING:
    from effnet_studio.gui.models.learned import Learned
    from effnet_studio.gui.theme import ThemeManager

_WIDTHS: Final = (0, 68, 64, 124, 70)
_MARKS: Final = {
    Verdict.HELPS: ("sparkle", "accent_text"),
    Verdict.HARDLY: ("check-circle", "success"),
    Verdict.UNKNOWN: ("info", "muted"),
}
_STYLES: Final = {
    "measured": CurveStyle(color=0, symbol="o"),
    "expected": CurveStyle(color=0, dashed=True),
    "low": CurveStyle(color=0, dotted=True),
    "high": CurveStyle(color=0, dotted=True),
}
_STEP: Final = 10
"""The axis begins at a multiple of so many per cent."""


class LearningBoard(QWidget):
    """The sentence above; the curve at the left, the classes at the right.

    Args:
        theme: Colours.
        parent: Qt's owner.
    """

    page_asked = Signal(str)
    """Key of the page where the advice is followed."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("learning_board")
        self._theme = theme
        self._learned: Learned | None = None
        self._column = -1
        self._classes = LearningTable(self)
        self._build_ui()
        self._table.selectionModel().currentRowChanged.connect(self._on_row)
        self._all.clicked.connect(self._on_all)
        self._copy.clicked.connect(self._on_copy)
        self._next.clicked.connect(self._on_next)
        self._retranslate()

    def _build_ui(self) -> None:
        self._plot = PlotCard(
            self._theme, name="learning", percent=True, axis_below=True, parent=self
        )
        for key, style in _STYLES.items():
            self._plot.add_series(key, style)
        lower = QHBoxLayout()
        lower.setSpacing(SPACE_4)
        lower.addWidget(self._plot, 3)
        lower.addWidget(self._make_table(), 5)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_4)
        layout.addWidget(self._make_advice())
        layout.addLayout(lower, 1)

    def _make_advice(self) -> QFrame:
        card = QFrame(self)
        set_role(card, "card")
        self._mark = Label(card)
        self._advice = named(Label(card), "learning_advice")
        self._about = named(Label(card), "learning_about")
        set_role(self._advice, "strong")
        set_role(self._about, "caption")
        for label in (self._advice, self._about):
            label.setWordWrap(True)
        self._next = named(QPushButton(card), "learning_next")
        words = QVBoxLayout()
        words.setSpacing(SPACE_1)
        words.addWidget(self._advice)
        words.addWidget(self._about)
        row = QHBoxLayout(card)
        row.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        row.setSpacing(SPACE_3)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self._next, 0, Qt.AlignmentFlag.AlignTop)
        return card

    def _make_table(self) -> QFrame:
        card = QFrame(self)
        set_role(card, "card")
        self._title = named(Label(card), "learning_classes_title")
        set_role(self._title, "strong")
        self._all = named(QPushButton(card), "learning_all")
        set_role(self._all, "link")
        self._copy = named(QPushButton(card), "learning_classes_copy")
        set_role(self._copy, "ghost")
        self._theme.set_icon(self._copy, "copy", size=16)
        self._table = ReportTable("learning_classes", self._classes, _WIDTHS, self._theme, card)
        self._table.sort(4, Qt.SortOrder.DescendingOrder)
        head = QHBoxLayout()
        head.setSpacing(SPACE_2)
        head.addWidget(self._title, 1)
        head.addWidget(self._all)
        head.addWidget(self._copy)
        column = QVBoxLayout(card)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_3, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addLayout(head)
        column.addWidget(self._table, 1)
        return card

    def set_learned(self, learned: Learned) -> None:
        """Show a learning curve; that of all images is on view first.

        Args:
            learned: The curve and what follows from it.
        """
        self._learned, self._column = learned, -1
        self._classes.set_outlooks(learned.curve.classes, learned.outlooks)
        self._table.setCurrentIndex(QModelIndex())
        self._retranslate()
        self._show_curve()

    @property
    def column(self) -> int:
        """Number of the class on view; -1: all images."""
        return self._column

    @Slot(QModelIndex)
    def _on_row(self, index: QModelIndex) -> None:
        label = index.data(LABEL_ROLE)
        if isinstance(label, int):
            self._column = label
            self._show_curve()

    @Slot()
    def _on_all(self) -> None:
        self._column = -1
        self._table.setCurrentIndex(QModelIndex())
        self._show_curve()

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._table.as_text())

    @Slot()
    def _on_next(self) -> None:
        self.page_asked.emit("train" if self._enough else "data")

    @property
    def _enough(self) -> bool:
        """Whether it is not for want of images that the model is no better."""
        return self._learned is not None and self._learned.advice.verdict is Verdict.HARDLY

    def _show_curve(self) -> None:
        learned, column = self._learned, self._column
        if learned is None:
            return
        curve = learned.curve
        now, ahead = curve.right_now(column), learned.drawn_on(column)
        start = (float(curve.images_now(column)), now.value)
        places = [float(each.images + each.more) for each in ahead]
        self._plot.clear()
        measured = [(x, share.value) for x, share in curve.measured(column) if share.images]
        self._plot.extend("measured", measured)
        if now.images:
            for key, values in (
                ("expected", [each.expected for each in ahead]),
                ("low", [each.low for each in ahead]),
                ("high", [each.high for each in ahead]),
            ):
                self._plot.extend(key, [start, *zip(places, values, strict=True)])
        self._plot.set_x_limits(0.0, places[-1])
        drawn = [y for _, y in measured] + [each.low for each in ahead if now.images]
        lowest = _STEP * int(100 * min(drawn, default=0.0) / _STEP)
        self._plot.set_y_limits(lowest / 100, 1.0)
        self._name_curve()

    def _name_curve(self) -> None:
        learned, column = self._learned, self._column
        title = self.tr("All images: accuracy")
        if learned is not None and column >= 0:
            title = self.tr("{name}: recall").format(name=learned.curve.classes[column])
        self._plot.set_title(title)
        self._all.setVisible(column >= 0)

    def _retranslate(self) -> None:
        names = {
            "measured": self.tr("measured"),
            "expected": self.tr("expected"),
            "low": self.tr("at least"),
            "high": self.tr("at most"),
        }
        self._plot.set_names(self.tr("training images"), names)
        self._plot.set_legend("low", self.tr("likely range"))  # its two ends look alike
        self._plot.set_legend("high", "")
        self._plot.set_empty_text(self.tr("There are no validation images of this class."))
        self._title.setText(self.tr("Classes"))
        self._table.setAccessibleName(self._title.text())
        self._all.setText(self.tr("All images"))
        self._all.setAccessibleName(self._all.text())
        self._copy.setText(self.tr("Copy"))
        self._copy.setAccessibleName(self._copy.text())
        self._copy.setToolTip(self.tr("Copy the table, to paste it into a spreadsheet"))
        self._classes.retranslate()
        self._name_curve()
        self._next.setText(self.tr("Train another way") if self._enough else self.tr("Add images"))
        self._next.setAccessibleName(self._next.text())
        learned = self._learned
        if learned is None:
            return
        icon, tone = _MARKS[learned.advice.verdict]
        self._theme.set_icon(self._mark, icon, tone=tone, size=22)
        self._advice.setText(unbroken(translate_message(learned.advice.message)))
        about = self.tr(
            "Tried with {model} as the preset Instant trains it, with 25, 50, 75 and 100 % of"
            " the {train} training images, and checked on {val} validation images. Test images"
            " were not used. A gain holds if the other classes get as many more images."
        ).format(
            model=get_spec(learned.curve.model).title,
            train=count_text(learned.curve.images_now()),
            val=count_text(int(learned.curve.support.sum())),
        )
        self._about.setText(unbroken(about))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
