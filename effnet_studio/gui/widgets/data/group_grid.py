"""Pictures in groups, each with a heading; of a group nothing is kept but where it begins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QRegion
from PySide6.QtWidgets import QAbstractItemView, QFrame, QStyle, QStyleOptionViewItem, QWidget
from typing_extensions import override

from effnet_studio.gui.models.finding_groups import FindingGroups, GroupModel, Link
from effnet_studio.gui.theme import SPACE_2, SPACE_3, ThemeManager
from effnet_studio.gui.widgets.data.group_delegate import FactsDelegate, HeadingPainter
from effnet_studio.gui.widgets.data.group_layout import GroupLayout

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from effnet_studio.engine.project import Project
    from effnet_studio.gui.jobs import JobRunner

_Index = QModelIndex | QPersistentModelIndex
_Move = QAbstractItemView.CursorAction
_SIDE: Final = 96
_NOWHERE: Final = (-1, -1)


class GroupGrid(QAbstractItemView):
    """The pictures of a finding, group by group.

    Args:
        runner: Gives the background threads.
        theme: Gives the colours.
        parent: Qt's owner.
    """

    picture_opened = Signal(object)
    """The :class:`~.thumbnails.Thumbnail` that was double-clicked or got Enter or Space."""
    link_clicked = Signal(int, object)
    """A group, and the :class:`~.finding_groups.Link` above it that was clicked."""
    exclusion_asked = Signal()
    """Delete was pressed."""

    def __init__(
        self, runner: JobRunner, theme: ThemeManager, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("findings_grid")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._pictures = GroupModel(runner, self, side=_SIDE, ratio=self.devicePixelRatioF())
        self._delegate = FactsDelegate(theme, _SIDE, self)
        self._headings = HeadingPainter(theme, self.font())
        self._layout = self._laid_out()
        self._pointed = _NOWHERE
        self._pressed = _NOWHERE
        self._hovered = QPersistentModelIndex()
        self.setModel(self._pictures)
        self.setItemDelegate(self._delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.activated.connect(self._on_activated)
        theme.changed.connect(self._on_theme_changed)

    # -- what is shown -------------------------------------------------------------------------

    @property
    def pictures(self) -> GroupModel:
        """The model behind the view."""
        return self._pictures

    def set_found(self, found: FindingGroups | None, project: Project | None) -> None:
        """Show the pictures of another finding.

        Args:
            found: The pictures; None for none.
            project: Has their thumbnails.
        """
        self._pictures.set_found(found, project)
        self._pointed = self._pressed = _NOWHERE
        self._lay_out()
        self.scrollToTop()

    def chosen_places(self) -> NDArray[np.int64]:
        """Places of the selected pictures; int64, ascending."""
        selection = self.selectionModel().selection()
        ranges = [selection.at(number) for number in range(selection.count())]
        parts = [np.arange(each.top(), each.bottom() + 1) for each in ranges if each.isValid()]
        return np.unique(np.concatenate(parts)) if parts else np.empty(0, dtype=np.int64)

    def select_group(self, group: int) -> None:
        """Select all pictures of a group, and nothing else."""
        first, end = self._layout.first_of(group), self._layout.first_of(group + 1)
        current = self._pictures.index(first)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(current, flags.NoUpdate)
        rows = QItemSelection(current, self._pictures.index(end - 1))
        self.selectionModel().select(rows, flags.ClearAndSelect)

    def link_box(self, group: int, number: int) -> QRect:
        """Where a link above a group is, in the view's pixels."""
        found = self._pictures.found
        if found is None:
            return QRect()
        area = self._heading_area(group)
        return self._headings.link_boxes(found.heading(group), area)[number]

    # -- where things are ----------------------------------------------------------------------

    def _laid_out(self) -> GroupLayout:
        # Room is always kept for the scroll bar, so that its coming does not change the columns.
        bar = self.style().pixelMetric(
            QStyle.PixelMetric.PM_ScrollBarExtent, None, self.verticalScrollBar()
        )
        room = max(1, self.maximumViewportSize().width() - bar)
        columns = max(1, room // (_SIDE + SPACE_3))
        self._delegate.cell_width = room // columns
        found = self._pictures.found
        cell = self._delegate.cell_size()
        return GroupLayout(
            found.groups.starts if found is not None else np.zeros(1, dtype=np.int64),
            columns=columns,
            cell=(cell.width(), cell.height()),
            heading=HeadingPainter.HEIGHT if found is not None and found.headed else 0,
            gap=SPACE_2,
        )

    def _lay_out(self) -> None:
        self._layout = self._laid_out()
        self.updateGeometries()
        self.viewport().update()

    @override
    def updateGeometries(self) -> None:
        super().updateGeometries()
        bar = self.verticalScrollBar()
        page = self.viewport().height()
        bar.setRange(0, max(0, self._layout.height - page))
        bar.setPageStep(page)
        bar.setSingleStep(40)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        current = self.currentIndex()
        top = self.indexAt(QPoint(0, HeadingPainter.HEIGHT + 1))
        self._lay_out()
        super().resizeEvent(event)
        kept = current if current.isValid() else top
        if kept.isValid() and self.verticalScrollBar().value():
            self.scrollTo(kept)

    def _heading_area(self, group: int) -> QRect:
        top = self._layout.top_of(group) - self.verticalOffset()
        return QRect(0, top, self.viewport().width(), self._layout.heading)

    def _link_at(self, point: QPoint) -> tuple[int, int]:
        """Group and number of the link at a point; a heading's free room has the number -1."""
        found = self._pictures.found
        group = self._layout.heading_at(point.y() + self.verticalOffset())
        if group < 0 or found is None:
            return _NOWHERE
        boxes = self._headings.link_boxes(found.heading(group), self._heading_area(group))
        numbers = (number for number, box in enumerate(boxes) if box.contains(point))
        return group, next(numbers, -1)

    @override
    def visualRect(self, index: _Index) -> QRect:
        if not index.isValid() or index.row() >= self._layout.places:
            return QRect()
        x, y = self._layout.corner(index.row())
        return QRect(QPoint(x, y - self.verticalOffset()), self._delegate.cell_size())

    @override
    def indexAt(self, point: QPoint) -> QModelIndex:
        place = self._layout.place_at(point.x(), point.y() + self.verticalOffset())
        return self._pictures.index(place) if place >= 0 else QModelIndex()

    @override
    def scrollTo(
        self,
        index: _Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        if not index.isValid() or index.row() >= self._layout.places:
            return
        top = self._layout.corner(index.row())[1]
        bottom = top + self._delegate.cell_size().height()
        group = self._layout.group_of(index.row())
        if top - self._layout.top_of(group) <= self._layout.heading:
            top = self._layout.top_of(group)
        bar, page = self.verticalScrollBar(), self.viewport().height()
        hints = QAbstractItemView.ScrollHint
        if hint == hints.PositionAtTop or (hint == hints.EnsureVisible and top < bar.value()):
            bar.setValue(top)
        elif hint == hints.PositionAtCenter:
            bar.setValue((top + bottom - page) // 2)
        elif hint == hints.PositionAtBottom or bottom > bar.value() + page:
            bar.setValue(bottom - page)

    @override
    def horizontalOffset(self) -> int:
        return 0

    @override
    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    @override
    def isIndexHidden(self, index: _Index) -> bool:
        return False

    @override
    def moveCursor(self, action: _Move, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        layout = self._layout
        if not layout.places:
            return QModelIndex()
        if not self.currentIndex().isValid():
            return self._pictures.index(0)
        place = self.currentIndex().row()
        lines = max(1, self.viewport().height() // self._delegate.cell_size().height())
        match action:
            case _Move.MoveLeft | _Move.MovePrevious:
                place = max(0, place - 1)
            case _Move.MoveRight | _Move.MoveNext:
                place = min(layout.places - 1, place + 1)
            case _Move.MoveUp:
                place = layout.above(place)
            case _Move.MoveDown:
                place = layout.below(place)
            case _Move.MoveHome:
                place = 0
            case _Move.MoveEnd:
                place = layout.places - 1
            case _Move.MovePageUp | _Move.MovePageDown:
                step = layout.above if action == _Move.MovePageUp else layout.below
                for _ in range(lines):
                    place = step(place)
        return self._pictures.index(place)

    # -- selecting -----------------------------------------------------------------------------

    @override
    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select from one end to the other in reading order, or what a frame touches."""
        ends = [self.indexAt(QPoint(rect.left(), rect.top()))]
        ends.append(self.indexAt(QPoint(rect.right(), rect.bottom())))
        selection = QItemSelection()
        if all(end.isValid() for end in ends):
            first, last = sorted(end.row() for end in ends)
            selection.select(self._pictures.index(first), self._pictures.index(last))
        else:
            frame = rect.normalized()
            offset = self.verticalOffset()
            for place in self._layout.places_between(frame.top() + offset, frame.bottom() + offset):
                index = self._pictures.index(place)
                if self.visualRect(index).intersects(frame):
                    selection.select(index, index)
        self.selectionModel().select(selection, command)

    @override
    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Everything that is seen: one drawing costs less than a region of many parts."""
        return QRegion(self.viewport().rect())

    # -- drawing -------------------------------------------------------------------------------

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        found = self._pictures.found
        if found is None:
            return
        with QPainter(self.viewport()) as painter:
            offset = self.verticalOffset()
            top, bottom = event.rect().top() + offset, event.rect().bottom() + offset
            if self._layout.heading:
                for group in self._layout.groups_between(top, bottom):
                    hovered = self._pointed[1] if self._pointed[0] == group else -1
                    area = self._heading_area(group)
                    painter.save()
                    self._headings.paint(painter, found.heading(group), area, hovered)
                    painter.restore()
            option = QStyleOptionViewItem()
            self.initViewItemOption(option)
            state: QStyle.StateFlag = option.state
            for place in self._layout.places_between(top, bottom):
                index = self._pictures.index(place)
                option.rect = self.visualRect(index)
                option.state = self._state_of(index, state)
                self._delegate.paint(painter, option, index)

    def _state_of(self, index: QModelIndex, state: QStyle.StateFlag) -> QStyle.StateFlag:
        flags = QStyle.StateFlag
        state &= ~flags.State_HasFocus
        if self.selectionModel().isSelected(index):
            state |= flags.State_Selected
        if self.hasFocus() and index == self.currentIndex():
            state |= flags.State_HasFocus
        if QPersistentModelIndex(index) == self._hovered:
            state |= flags.State_MouseOver
        return state

    @Slot()
    def _on_theme_changed(self) -> None:
        self.viewport().update()

    # -- mouse and keys ------------------------------------------------------------------------

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        point = event.position().toPoint()
        self._point_at(self._link_at(point), self.indexAt(point))

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point_at(_NOWHERE, QModelIndex())

    def _point_at(self, link: tuple[int, int], index: QModelIndex) -> None:
        hovered = QPersistentModelIndex(index)
        if link != self._pointed or hovered != self._hovered:
            self._pointed, self._hovered = link, hovered
            if link[1] >= 0:
                self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
            else:
                self.viewport().unsetCursor()
            self.viewport().update()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = self._link_at(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton and self._pressed[1] >= 0:
            self._pressed = (self._pressed[0], -1)
        if self._pressed == _NOWHERE:
            super().mousePressEvent(event)
        elif self._pressed[1] < 0:
            self.select_group(self._pressed[0])

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, _NOWHERE
        found = self._pictures.found
        if pressed == _NOWHERE or found is None:
            super().mouseReleaseEvent(event)
        elif pressed[1] >= 0 and pressed == self._link_at(event.position().toPoint()):
            link: Link = found.heading(pressed[0]).links[pressed[1]]
            self.link_clicked.emit(pressed[0], link)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space shows large, Delete leaves out, Escape lets go; the rest is Qt's."""
        key = event.key()
        if key == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._on_activated(self.currentIndex())
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.exclusion_asked.emit()
        elif key == Qt.Key.Key_Escape and self.selectionModel().hasSelection():
            self.clearSelection()
        else:
            super().keyPressEvent(event)

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        self.picture_opened.emit(self._pictures.cell(index))
