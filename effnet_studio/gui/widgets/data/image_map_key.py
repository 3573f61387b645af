"""What the colours of the map mean: groups with their counts, one of which can be singled out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.gui.models.image_map_points import ALL, Group, GroupModel
from effnet_studio.gui.names import named
from effnet_studio.gui.text import count_text
from effnet_studio.gui.theme import SPACE_1, SPACE_2, SPACE_3, set_role
from effnet_studio.gui.widgets.row_paint import paint_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.gui.theme import ThemeManager

_Index = QModelIndex | QPersistentModelIndex
_ROW: Final = 30
_DOT: Final = 10
_WIDTH: Final = 196


class _GroupDelegate(QStyledItemDelegate):
    """Draws one group: dot, name, count."""

    def __init__(self, theme: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(120, _ROW)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme = self._theme.theme
        group = index.data(GroupModel.GroupRole)
        if not isinstance(group, Group):
            return
        area: QRect = option.rect.adjusted(2, 1, -2, -1)
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        paint_row(painter, area, state, theme)
        inner = area.adjusted(SPACE_2, 0, -SPACE_2, 0)
        if group.key != ALL:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(group.color)
            top = QRectF(inner).center().y() - _DOT / 2 + 0.5
            painter.drawEllipse(QRectF(inner.left(), top, _DOT, _DOT))
        count = count_text(group.count)
        metrics = painter.fontMetrics()
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(theme.muted))
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | middle, count)
        painter.setPen(QColor(theme.accent_text if selected else theme.text))
        left = 0 if group.key == ALL else _DOT + SPACE_2
        room = inner.adjusted(left, 0, -metrics.horizontalAdvance(count) - SPACE_2, 0)
        name = metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | middle, name)
        painter.restore()


class MapKey(QWidget):
    """A list of the groups and a button that selects all of the one that is singled out.

    The arrow keys go through the groups; with the button this does by keyboard what a lasso does
    by mouse.

    Args:
        theme: Gives the colours.
        parent: Qt's owner.
    """

    group_chosen = Signal(int)
    """Key of the group that is singled out; :data:`~..models.image_map_points.ALL` for none."""
    select_asked = Signal()
    """All points of that group are to be selected."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("map_key")
        self.setFixedWidth(_WIDTH)
        self._told = ALL
        self._model = GroupModel(self)
        self._list = named(QListView(self), "map_groups")
        set_role(self._list, "plain")
        self._list.setModel(self._model)
        self._list.setItemDelegate(_GroupDelegate(theme, self._list))
        self._list.setUniformItemSizes(True)
        self._list.setMouseTracking(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._select = named(QPushButton(self), "map_select_group")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_3)
        column.addWidget(self._list, 1)
        row = QHBoxLayout()
        row.setContentsMargins(SPACE_1, 0, SPACE_1, 0)  # as wide as what is marked in the list
        row.addWidget(self._select)
        column.addLayout(row)
        self._list.selectionModel().currentChanged.connect(self._on_current_changed)
        self._select.clicked.connect(self.select_asked)
        self._retranslate()

    def set_groups(self, groups: Sequence[Group]) -> None:
        """Show other groups; the one singled out stays so if it is there."""
        self._model.set_groups(groups)
        keys = [group.key for group in groups]
        row = keys.index(self._told) if self._told in keys else 0
        self._list.setCurrentIndex(self._model.index(row))
        self._retranslate()

    @property
    def chosen(self) -> int:
        """Key of the group that is singled out."""
        group = self._chosen_group()
        return ALL if group is None else group.key

    def _chosen_group(self) -> Group | None:
        row = self._list.currentIndex().row()
        return self._model.groups[row] if 0 <= row < len(self._model.groups) else None

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self._retranslate()
        if self.chosen != self._told:
            self._told = self.chosen
            self.group_chosen.emit(self._told)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        group = self._chosen_group()
        count = 0 if group is None else group.count
        self._list.setAccessibleName(self.tr("Meaning of the colours"))
        self._select.setText(self.tr("Select all {n}").format(n=count_text(count)))
        self._select.setAccessibleName(self._select.text())
        self._select.setEnabled(count > 0)
