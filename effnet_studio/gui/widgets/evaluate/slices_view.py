"""Where a model is worse: findings above, below them the groups of each attribute."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.gui.errors import ErrorPanel
from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.models.image_choice import ImageChoice
from effnet_studio.gui.models.slice_table import RIGHT_ROLE, SLICE_ROLE, SliceTable
from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_2, SPACE_3, SPACE_4, set_role
from effnet_studio.gui.widgets.calm_combo import CalmCombo
from effnet_studio.gui.widgets.evaluate.evaluation_tab import EvaluationTab
from effnet_studio.gui.widgets.evaluate.interval_delegate import IntervalDelegate
from effnet_studio.gui.widgets.evaluate.slice_findings import SliceFindingList, SliceFindings
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.report_table import ReportTable

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QShowEvent

    from effnet_studio.engine.errors import StudioError
    from effnet_studio.engine.evaluation.evaluate import Evaluation
    from effnet_studio.engine.evaluation.slices.slices import Slice, SliceReport
    from effnet_studio.gui.theme import ThemeManager

_WIDTHS: Final = (0, 116, 58)
_ROW_HEIGHT: Final = 44
_COMBO: Final = 140
_LETTERS: Final = 18
"""Of an attribute's name that there is room for, unless the row is too narrow."""
_FINDINGS: Final = 0.45
"""Most of the height that findings take; further ones are scrolled to."""


class SlicesView(EvaluationTab):
    """A row of either list opens the errors of its images, with those recognised beside them.

    Args:
        theme: Colours.
        parent: Qt's owner.
    """

    wanted = Signal(object)
    """The :class:`~effnet_studio.engine.evaluation.evaluate.Evaluation` whose groups somebody
    wants to see."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("slices_view")
        self._theme = theme
        self._evaluation: Evaluation | None = None
        self._asked: Evaluation | None = None
        self._report: SliceReport | None = None
        self._foreign = False
        self._chosen: Slice | None = None
        self._key = ""
        self._findings = SliceFindings(self)
        self._slices = SliceTable(self)
        self._build_ui()
        self._connect()
        self._retranslate()

    def _build_ui(self) -> None:
        self._error = ErrorPanel(self._theme, self)
        self._error.setObjectName("slices_error")
        self._waiting = named(Label(self), "slices_waiting")
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_role(self._waiting, "muted")
        self._board = QWidget(self)
        column = QVBoxLayout(self._board)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_3)
        self._cards = (self._make_findings(), self._make_table())
        for stretch, card in enumerate(self._cards):
            column.addWidget(card, stretch)
        self._states = named(QStackedWidget(self), "slices_states")
        self._states.addWidget(self._waiting)
        self._states.addWidget(self._board)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_3)
        layout.addWidget(self._error)
        layout.addWidget(self._states, 1)

    def _make_findings(self) -> QFrame:
        card = QFrame(self)
        set_role(card, "card")
        self._mark = Label(card)
        self._message = named(Label(card), "slices_message")
        self._message.setWordWrap(True)
        self._list = SliceFindingList(self._findings, self._theme, card)
        head = QHBoxLayout()
        head.setSpacing(SPACE_2)
        head.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._message, 1)
        column = QVBoxLayout(card)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_3, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addLayout(head)
        column.addWidget(self._list)
        return card

    def _make_table(self) -> QFrame:
        card = QFrame(self)
        set_role(card, "card")
        self._by = named(Label(card), "slices_by")
        self._attribute = CalmCombo("slices_attribute", card)
        self._attribute.setMinimumContentsLength(_LETTERS)
        self._attribute.setMinimumWidth(_COMBO)
        self._by.setBuddy(self._attribute)
        self._copy = named(QPushButton(card), "slices_copy")
        set_role(self._copy, "ghost")
        self._theme.set_icon(self._copy, "copy", size=16)
        self._table = ReportTable("slices_table", self._slices, _WIDTHS, self._theme, card)
        self._table.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # the end has the numbers
        # A row can be read; more height only comes once the findings have theirs.
        self._table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._table.setMinimumHeight(self._table.minimumSizeHint().height())
        self._bars = IntervalDelegate(self._theme, RIGHT_ROLE, self._table)
        self._table.setItemDelegate(self._bars)
        self._table.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        self._table.sort(-1, Qt.SortOrder.AscendingOrder)
        head = QHBoxLayout()
        head.setSpacing(SPACE_2)
        head.addWidget(self._by)
        head.addWidget(self._attribute)
        head.addStretch(1)
        head.addWidget(self._copy)
        column = QVBoxLayout(card)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_3, SPACE_3)
        column.setSpacing(SPACE_3)
        self._key_line = named(Label(card), "slices_key")
        self._key_line.setWordWrap(True)
        set_role(self._key_line, "caption")
        column.addLayout(head)
        column.addWidget(self._table, 1)
        column.addWidget(self._key_line)
        return card

    def _connect(self) -> None:
        self._attribute.currentIndexChanged.connect(self._on_attribute)
        self._list.selectionModel().currentRowChanged.connect(self._on_finding)
        self._table.selectionModel().currentRowChanged.connect(self._on_row)
        self._copy.clicked.connect(self._on_copy)

    # -- what is shown -------------------------------------------------------------------------

    @override
    def set_evaluation(self, evaluation: Evaluation | None) -> None:
        self._evaluation, self._chosen = evaluation, None
        self._error.clear()
        self._foreign = False
        # What is on view stays until the new groups are there, but is of other images.
        self._states.setEnabled(False)
        if evaluation is None:
            self._report = None
            self._states.setCurrentIndex(0)
        self._retranslate()
        self._want()

    def set_report(self, evaluation: Evaluation, report: SliceReport) -> None:
        """Show the groups.

        Args:
            evaluation: Whose they are; another than the one on view is passed over.
            report: The groups.
        """
        if evaluation is not self._evaluation:
            return
        self._report = report
        self._error.clear()
        self._findings.set_findings(report.findings)
        self._bars.set_mark(report.right.value if report.right.images else None)
        self._fill_attributes()
        self._states.setEnabled(True)
        self._states.setCurrentIndex(1)
        self._retranslate()

    def set_foreign(self) -> None:
        """Say that nothing is known of these images, for they are not the project's."""
        self._report, self._chosen = None, None
        self._foreign = True
        self._states.setEnabled(True)
        self._states.setCurrentIndex(0)
        self._retranslate()

    @Slot(object)
    def show_error(self, error: StudioError) -> None:
        """Say why there are no groups; the next look asks again."""
        self._asked = None
        self._error.show_error(error)

    @override
    def clear_choice(self) -> None:
        self._chosen = None
        self._list.setCurrentIndex(QModelIndex())
        self._table.setCurrentIndex(QModelIndex())

    def _want(self) -> None:
        """Ask for the groups once somebody looks."""
        evaluation = self._evaluation
        if evaluation is not None and evaluation is not self._asked and self.isVisible():
            self._asked = evaluation
            self.wanted.emit(evaluation)

    def _fill_attributes(self) -> None:
        """Offer the attributes; the one chosen before, else that of the worst finding, is shown."""
        report = self._report
        if report is None:
            return
        keys = [each.attribute.key for each in report.attributes]
        worst = report.findings[0].values[0][0] if report.findings else ""
        best = next((key for key in (self._key, worst, "brightness") if key in keys), "")
        with QSignalBlocker(self._attribute):
            self._attribute.clear()
            for each in report.attributes:
                title = translate_message(each.attribute.title)
                self._attribute.addItem(title, each.attribute.key)
            self._attribute.setCurrentIndex(keys.index(best) if best else 0)
        self._show_slices()

    def _show_slices(self) -> None:
        place, report = self._attribute.currentIndex(), self._report
        shown = report.attributes[place].slices if report is not None and place >= 0 else ()
        self._slices.set_slices(shown)

    # -- what is chosen ------------------------------------------------------------------------

    @Slot()
    def _on_attribute(self) -> None:
        self._key = str(self._attribute.currentData() or "")
        self._show_slices()

    @Slot(QModelIndex)
    def _on_finding(self, index: QModelIndex) -> None:
        if index.isValid():
            self._table.setCurrentIndex(QModelIndex())
            self._choose(index.data(SLICE_ROLE))

    @Slot(QModelIndex)
    def _on_row(self, index: QModelIndex) -> None:
        if index.isValid():
            self._list.setCurrentIndex(QModelIndex())
            self._choose(index.data(SLICE_ROLE))

    def _choose(self, found: Slice) -> None:
        self._chosen = found
        self._tell()

    def _tell(self) -> None:
        """Open the images of the group that is chosen, its errors first."""
        evaluation, found = self._evaluation, self._chosen
        if evaluation is None or found is None:
            return
        order = np.argsort(evaluation.true_probability[found.positions], kind="stable")
        positions = found.positions[order]
        wrong = evaluation.true[positions] != evaluation.predicted[positions]
        self.images_chosen.emit(
            ImageChoice(
                self.tr("Errors {group}").format(group=translate_message(found.name)),
                positions[wrong],
                self.tr(
                    "Worst first. Under each image: its true class, then the answer and how sure"
                    " it was."
                ),
                positions[~wrong],
                self.tr("Recognised in the same group"),
            )
        )

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._table.as_text())

    # -- words and sizes -----------------------------------------------------------------------

    @override
    def tab_title(self) -> str:
        return self.tr("Groups")

    @override
    def _retranslate(self) -> None:
        waiting = self.tr("Comparing groups of images…")
        if self._foreign:
            waiting = self.tr("Groups are known only of the images of the project.")
        self._waiting.setText(waiting)
        self._by.setText(self.tr("Group by"))
        self._key_line.setText(
            self.tr("Bar: share that is right. Thin line: 95 % interval. Mark: all images.")
        )
        self._attribute.setAccessibleName(self._by.text())
        self._table.setAccessibleName(self.tr("Groups of images"))
        self._list.setAccessibleName(self.tr("Groups the model is worse at"))
        self._copy.setText(self.tr("Copy"))
        self._copy.setAccessibleName(self._copy.text())
        self._copy.setToolTip(self.tr("Copy the table, to paste it into a spreadsheet"))
        self._slices.retranslate()
        self._findings.retranslate()
        report = self._report
        if report is not None:
            for place, each in enumerate(report.attributes):
                self._attribute.setItemText(place, translate_message(each.attribute.title))
            self._message.setText(translate_message(report.message()))
            fine = not report.findings and report.tried > 0
            icon, tone = ("check-circle", "success") if fine else ("info", "muted")
            self._mark.setVisible(not report.findings)
            self._theme.set_icon(self._mark, icon, tone=tone)
            set_role(self._message, "strong" if report.findings else "")
            self._list.setVisible(bool(report.findings))
            self._fit()
        self._tell()

    def _fit(self) -> None:
        """Give the findings the height they need, up to a share of all."""
        layout, most = self._board.layout(), round(_FINDINGS * self.height())
        if layout is not None:  # what else there is takes more in some languages
            for card in self._cards:
                card.updateGeometry()  # its texts have just changed, and Qt remembers the old ones
            others = layout.minimumHeightForWidth(self.width()) - self._list.minimumHeight()
            most = min(most, self.height() - others)
        most = max(most, _ROW_HEIGHT)
        self._list.setFixedHeight(min(self._list.content_height(), most))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._want()
