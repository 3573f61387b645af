"""The list of training runs: two lines each, the accuracy at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListView,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.gui.models.run_list import (
    ACCURACY_ROLE,
    DETAIL_ROLE,
    LIVE_ROLE,
    RUN_ROLE,
    RunListModel,
)
from effnet_studio.gui.theme import (
    FONT_CAPTION,
    SPACE_1,
    SPACE_2,
    SPACE_3,
    SPACE_4,
    set_role,
)
from effnet_studio.gui.widgets.row_paint import paint_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.training.runs import Run
    from effnet_studio.gui.models.train_state import TrainState
    from effnet_studio.gui.theme import Theme, ThemeManager

Index = QModelIndex | QPersistentModelIndex

SIZE = (320, 236)
"""Preferred width and height, pixels: as a plot's."""
_DOT = 8


class RunDelegate(QStyledItemDelegate):
    """Paints one run in the theme's colours.

    Args:
        theme: Colours.
        parent: Qt's owner.
    """

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = option.fontMetrics.height()
        return QSize(200, 2 * line + 2 * SPACE_2 + SPACE_1)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._theme.theme
        state = option.state
        area: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_row(painter, area.adjusted(0, 1, 0, -1), state, theme)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(theme.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(1, 2, -1, -2), 6, 6)
        self._paint_texts(
            painter, area.adjusted(SPACE_3, SPACE_2, -SPACE_3, -SPACE_2), index, theme
        )
        painter.restore()

    def _paint_texts(self, painter: QPainter, area: QRect, index: Index, theme: Theme) -> None:
        base = QFont(painter.font())
        bold = QFont(base)
        bold.setWeight(QFont.Weight.DemiBold)
        small = QFont(base)
        small.setPixelSize(FONT_CAPTION)
        accuracy = str(index.data(ACCURACY_ROLE) or "–")
        painter.setFont(bold)
        width = painter.fontMetrics().horizontalAdvance(accuracy)
        painter.setPen(QColor(theme.text))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area, right, accuracy)
        left = area.adjusted(0, 0, -width - SPACE_4, 0)
        if index.data(LIVE_ROLE):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.accent))
            top = left.top() + painter.fontMetrics().height() // 2
            painter.drawEllipse(left.left(), top - _DOT // 2, _DOT, _DOT)
        title = left.adjusted(_DOT + SPACE_2 if index.data(LIVE_ROLE) else 0, 0, 0, 0)
        painter.setPen(QColor(theme.text))
        _draw_line(painter, title, str(index.data()), top=True)
        painter.setFont(small)
        painter.setPen(QColor(theme.muted))
        _draw_line(painter, left, str(index.data(DETAIL_ROLE) or ""), top=False)


def _draw_line(painter: QPainter, area: QRect, text: str, *, top: bool) -> None:
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    edge = Qt.AlignmentFlag.AlignTop if top else Qt.AlignmentFlag.AlignBottom
    painter.drawText(area, Qt.AlignmentFlag.AlignLeft | edge, shown)


class RunList(QFrame):
    """A card with the runs of the project, the one being trained on top.

    Args:
        theme: Colours.
        parent: Qt's owner.
    """

    run_chosen = Signal(object)
    """The Run the user chose; None for the one being trained."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("run_list_card")
        set_role(self, "card")
        self.model = RunListModel(self)
        self._title = QLabel(self)
        set_role(self._title, "strong")
        self._empty = QLabel(self)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        set_role(self._empty, "muted")
        self.view = QListView(self)
        self.view.setObjectName("run_list")
        set_role(self.view, "plain")
        self.view.setModel(self.model)
        self.view.setItemDelegate(RunDelegate(theme, self.view))
        self.view.setMouseTracking(True)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_1, SPACE_3, SPACE_1, SPACE_2)
        layout.setSpacing(SPACE_2)
        self._title.setContentsMargins(SPACE_3, 0, SPACE_3, 0)
        layout.addWidget(self._title)
        layout.addWidget(self._stack, 1)
        self.view.selectionModel().currentChanged.connect(self._on_current_changed)
        self._retranslate()

    def set_runs(self, runs: Sequence[Run]) -> None:
        """Replace the runs on disk; nothing is chosen afterwards."""
        self.model.set_runs(runs)
        self._update_stack()

    def set_live(self, state: TrainState | None) -> None:
        """Show, update or take away the run being trained."""
        self.model.set_live(state)
        self._update_stack()

    def choose(self, run_id: str | None) -> None:
        """Mark a run; None for the one being trained. Tells nobody."""
        row = 0 if run_id is None else self.model.row_of(run_id)
        selection = self.view.selectionModel()
        selection.blockSignals(True)
        self.view.setCurrentIndex(self.model.index(row) if row >= 0 else QModelIndex())
        selection.blockSignals(False)
        self.view.viewport().update()

    def _update_stack(self) -> None:
        self._stack.setCurrentWidget(self.view if self.model.rowCount() else self._empty)

    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.run_chosen.emit(current.data(RUN_ROLE))

    @override
    def sizeHint(self) -> QSize:
        return QSize(*SIZE)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Runs"))
        self.view.setAccessibleName(self.tr("Training runs of this project"))
        self._empty.setText(self.tr("Every training run of this project is kept here."))
        self.model.retranslate()
