"""The list of classes: name, count, and a bar that shows balance and split at one glance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QPainter, QPainterPath
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from effnet_studio.gui.models.classes import ClassCount, ClassModel
from effnet_studio.gui.text import count_text
from effnet_studio.gui.theme import SPACE_2, SPACE_3, set_role
from effnet_studio.gui.widgets.row_edit import edit_current
from effnet_studio.gui.widgets.row_paint import paint_row

if TYPE_CHECKING:
    from effnet_studio.engine.data.index import Index
    from effnet_studio.gui.colors import Theme
    from effnet_studio.gui.theme import ThemeManager

_Index = QModelIndex | QPersistentModelIndex
_BAR: Final = 6
_ROW: Final = 48


def paint_split(
    painter: QPainter, area: QRectF, parts: tuple[int, int, int], whole: int, theme: Theme
) -> None:
    """Draw a bar of training, validation and test pictures.

    Args:
        painter: Where.
        area: Room for the whole bar.
        parts: Pictures of the three parts.
        whole: Pictures that fill the room.
        theme: Gives the colours.
    """
    shape = QPainterPath()
    shape.addRoundedRect(area, area.height() / 2, area.height() / 2)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipPath(shape)
    painter.fillRect(area, QColor(theme.track))
    left = area.left()
    for count, color in zip(parts, (theme.train, theme.validation, theme.test), strict=True):
        width = area.width() * count / whole if whole else 0.0
        painter.fillRect(QRectF(left, area.top(), width, area.height()), QColor(color))
        left += width
    painter.restore()


class _ClassDelegate(QStyledItemDelegate):
    """Draws one class."""

    def __init__(self, theme: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(120, _ROW)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme = self._theme.theme
        row = index.data(ClassModel.CountRole)
        if not isinstance(row, ClassCount):
            return
        area: QRect = option.rect.adjusted(2, 1, -2, -1)
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        paint_row(painter, area, state, theme)
        inner = area.adjusted(SPACE_3, SPACE_2 - 1, -SPACE_3, -SPACE_2)
        count = count_text(row.total)
        number_width = painter.fontMetrics().horizontalAdvance(count) + SPACE_2
        painter.setPen(QColor(theme.muted))
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, count)
        painter.setPen(QColor(theme.accent_text if selected else theme.text))
        name = painter.fontMetrics().elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, inner.width() - number_width
        )
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, name)
        bar = QRectF(inner.left(), inner.bottom() - _BAR + 1, inner.width(), _BAR)
        parts = (row.train, row.val, row.test)
        paint_split(painter, bar, parts, row.largest or row.total, theme)
        painter.restore()


class ClassList(QListView):
    """All classes, the largest count filling the width.

    Args:
        theme: Gives the colours.
        parent: Qt's owner.
    """

    class_chosen = Signal(str)
    """Name of the class; empty for all classes."""
    class_renamed = Signal(str, str)
    """The old name and the new one; a name there is means that both become one."""
    images_dropped = Signal(object, str)
    """Numbers of pictures, and the class they were dropped on."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("class_list")
        set_role(self, "plain")
        self._classes = ClassModel(self)
        self.setModel(self._classes)
        self.setItemDelegate(_ClassDelegate(theme, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QListView.EditTrigger.EditKeyPressed)
        self.setDragDropMode(QListView.DragDropMode.DropOnly)
        self.setDropIndicatorShown(True)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self._classes.renamed.connect(self.class_renamed)
        self._classes.images_dropped.connect(self.images_dropped)
        theme.changed.connect(self._on_theme_changed)

    def set_index(self, index: Index | None, *, editable: bool) -> None:
        """Show the classes of other pictures; the one chosen before stays chosen if it is there."""
        chosen = self.chosen
        self._classes.set_index(index)
        self._classes.set_editable(editable)
        if index is not None:
            names = ["", *sorted(index.class_names.values())]
            self.setCurrentIndex(self._classes.index(names.index(chosen) if chosen in names else 0))

    def rename_chosen(self) -> None:
        """Let the user write a new name for the chosen class."""
        edit_current(self)

    @property
    def count(self) -> int:
        """Rows, that of all classes included."""
        return self._classes.rowCount()

    @property
    def total(self) -> ClassCount:
        """All classes together."""
        none = ClassCount("", 0, 0, 0, 0)
        return self._classes.row(0) if self._classes.rowCount() else none

    @property
    def chosen(self) -> str:
        """Name of the chosen class; empty for all."""
        index = self.currentIndex()
        return self._classes.row(index.row()).name if index.isValid() else ""

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.class_chosen.emit(self._classes.row(current.row()).name)

    @Slot()
    def _on_theme_changed(self) -> None:
        self.viewport().update()
