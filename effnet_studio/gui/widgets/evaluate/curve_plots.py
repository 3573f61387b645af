"""A card with the curves of some classes and, at the press of a button, the same as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.gui.models.curve_points import CurvePointsTable
from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_1, SPACE_3, SPACE_4, set_role
from effnet_studio.gui.widgets.evaluate.curve_pair import (
    CHANCE,
    MACRO,
    MICRO,
    MOST,
    STYLES,
    CurvePair,
    ShownCurve,
)
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.plots.curve_style import make_pen
from effnet_studio.gui.widgets.plots.legend import Legend
from effnet_studio.gui.widgets.plots.table_twin import TableTwin

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from effnet_studio.engine.evaluation.curves.class_curves import AverageCurve
    from effnet_studio.gui.theme import ThemeManager

_BUTTON: Final = 28
_SIZE: Final = (440, 300)
"""Preferred width and height, pixels."""


class CurvePlots(QFrame):
    """Title, legend, both plots, what the marked threshold comes to, and all thresholds as rows.

    Args:
        theme: Colours, now and when they change.
        parent: Qt's owner.
    """

    point_chosen = Signal(int, int)
    """Number of a class, and of the threshold on its curve that the user chose."""
    save_failed = Signal(object)
    """The StorageError that says why the table could not be saved."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("curve_plots")
        set_role(self, "card")
        self._theme = theme
        self._shown: tuple[ShownCurve, ...] = ()
        self._build_ui()
        self._connect()
        self._on_theme_changed()
        self._retranslate()

    def _build_ui(self) -> None:
        self._title = named(Label(self), "curves_title")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setWordWrap(True)
        set_role(self._title, "strong")
        self._button = named(QToolButton(self), "curves_show_table")
        self._button.setCheckable(True)
        self._button.setFixedSize(_BUTTON, _BUTTON)
        self._button.setProperty("tight", True)
        set_role(self._button, "ghost")
        self._theme.set_icon(self._button, "table")
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._button, 0, Qt.AlignmentFlag.AlignTop)
        self._legend = Legend(self)
        for key in STYLES:
            self._legend.add(key)
        self.pair = CurvePair(self._theme, self)
        self._table = CurvePointsTable(self)
        self.twin = TableTwin(self._table, name="curves", parent=self, fitted=True)
        self.twin.table.setProperty("dense", True)  # seven columns of figures
        heads = self.twin.table.horizontalHeader()
        heads.setResizeContentsPrecision(0)  # what is in view, not tens of thousands of rows
        self._nothing = named(Label(self), "curves_nothing")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setWordWrap(True)
        set_role(self._nothing, "muted")
        self._pages = QStackedWidget(self)
        # The card decides on the size, not the largest of what it can show.
        self._pages.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        for page in (self.pair, self.twin, self._nothing):
            self._pages.addWidget(page)
        self._reading = named(Label(self), "curves_reading")
        self._reading.setTextFormat(Qt.TextFormat.PlainText)
        self._reading.setWordWrap(True)
        set_role(self._reading, "caption")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_4, SPACE_3, SPACE_3, SPACE_3)
        layout.setSpacing(SPACE_1)
        layout.addLayout(head)
        layout.addWidget(self._legend)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self._reading)

    def _connect(self) -> None:
        self._button.toggled.connect(self._on_table_toggled)
        self.pair.point_chosen.connect(self._on_point_chosen)
        self.pair.focus_changed.connect(self._tell_reading)
        self.pair.reading_changed.connect(self._tell_reading)
        self.twin.save_failed.connect(self.save_failed)
        self._theme.changed.connect(self._on_theme_changed)

    # -- what is shown -----------------------------------------------------------------------------

    def set_curves(
        self, title: str, curves: Sequence[ShownCurve], averages: Mapping[str, AverageCurve]
    ) -> None:
        """Show other classes, and mark nothing.

        Args:
            title: What is shown, in the window's language.
            curves: At most ``MOST``; the table is about the first.
            averages: ``MACRO`` and ``MICRO`` of all classes, or neither.
        """
        self._title.setText(title)
        self._shown = tuple(curves[:MOST])
        self.pair.set_curves(self._shown, averages)
        self._table.set_counts(self._shown[0].counts if self._shown else None)
        for place in range(MOST):
            key, there = f"class_{place}", place < len(self._shown)
            self._legend.set_name(key, self._shown[place].name if there else "")
            self._legend.set_shown(key, shown=there)
        for key in (MACRO, MICRO):
            self._legend.set_shown(key, shown=key in averages)
        self._legend.set_shown(CHANCE, shown=bool(self._shown))
        self._turn()
        self._tell_reading()

    def set_nothing(self, title: str, text: str) -> None:
        """Say why there is no curve.

        Args:
            title: What would be shown.
            text: Why it is not.
        """
        self._nothing.setText(text)
        self.set_curves(title, (), {})

    @property
    def empty(self) -> bool:
        """Whether it is said why there is no curve."""
        return not self._shown

    def set_title(self, title: str) -> None:
        """Name the same curves in another language."""
        self._title.setText(title)

    def set_mark(self, mark: tuple[int, int] | None) -> None:
        """Mark a point.

        Args:
            mark: Number of a class that is shown, and of the threshold; None: no point.
        """
        self.pair.set_mark(mark)
        self._tell_reading()

    def _turn(self) -> None:
        shown = self.twin if self._button.isChecked() else self.pair
        self._pages.setCurrentWidget(shown if self._shown else self._nothing)
        self._button.setEnabled(bool(self._shown))
        for beside in (self._legend, self._reading):
            beside.setVisible(bool(self._shown) and shown is self.pair)

    @Slot(int, int)
    def _on_point_chosen(self, label: int, at: int) -> None:
        self._tell_reading()
        self.point_chosen.emit(label, at)

    @Slot(bool)
    def _on_table_toggled(self, _shown: bool) -> None:  # noqa: FBT001 - Qt's signature
        self._turn()
        self._retranslate()

    @Slot()
    def _on_theme_changed(self) -> None:
        for key, style in STYLES.items():
            self._legend.set_pen(key, make_pen(self._theme.theme, style, 0), symbol="")

    @Slot()
    def _tell_reading(self) -> None:
        found = self.pair.reading
        if found is None:
            text = self.tr(
                "Click a curve, or walk along it with ← and →, to see what a threshold gets wrong."
            )
        else:
            curve, at = found
            words = " · ".join((curve.name, *self.pair.words(curve, at)))
            pointed = self.tr("Pointed at: {what}")
            text = (pointed if self.pair.is_pointed else self.tr("Chosen: {what}")).format(
                what=words
            )
        self._reading.setText(f"▸ {text}" if self.pair.hasFocus() else text)
        self.pair.setAccessibleDescription(text)

    def _retranslate(self) -> None:
        text = (
            self.tr("Show the curves")
            if self._button.isChecked()
            else self.tr("Show the numbers as a table")
        )
        self._button.setToolTip(text)
        self._button.setAccessibleName(text)
        self.twin.table.setAccessibleName(self.tr("Thresholds"))
        self._legend.set_name(MACRO, self.tr("mean of all classes"))
        self._legend.set_name(MICRO, self.tr("all images together"))
        self._legend.set_name(CHANCE, self.tr("guessing"))
        if self.twin.isVisible():  # unseen it would be measured whole, which takes seconds
            self._table.retranslate()
        self._tell_reading()

    @override
    def sizeHint(self) -> QSize:
        return QSize(*_SIZE)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
