"""A grid of pictures that stays quick with a hundred thousand of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from effnet_studio.gui.icons import pixmap
from effnet_studio.gui.models.thumbnails import Thumbnail, ThumbnailModel
from effnet_studio.gui.theme import SPACE_1, SPACE_2, SPACE_3, ThemeManager, set_role

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QResizeEvent

    from effnet_studio.gui.jobs import JobRunner

_Index = QModelIndex | QPersistentModelIndex
_LINE: Final = 18
_RADIUS: Final = 6


class ThumbnailDelegate(QStyledItemDelegate):
    """Draws a cell: the square picture, with one or two lines below it.

    Args:
        theme: Gives the colours.
        side: Of the picture, pixels.
        parent: Qt's owner.
        squares: Side by side in each picture.
        packed: Whether pictures stand at the left of their cells instead of in the middle.
    """

    def __init__(
        self,
        theme: ThemeManager,
        side: int,
        parent: QWidget,
        *,
        squares: int = 1,
        packed: bool = False,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._side = side
        self._squares = squares
        self._packed = packed
        self.cell_width = self.width + SPACE_2
        self.captions = False

    @property
    def side(self) -> int:
        """Height of the picture, pixels."""
        return self._side

    @property
    def width(self) -> int:
        """Of the picture, pixels."""
        return self._squares * self._side

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return self.cell_size()

    def cell_size(self) -> QSize:
        """Of a whole cell with its lines of text."""
        lines = 1 + int(self.captions)
        return QSize(self.cell_width, self._side + SPACE_2 + lines * _LINE + SPACE_1)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme = self._theme.theme
        model = index.model()
        if not isinstance(model, ThumbnailModel):
            return
        cell = model.cell(index)
        area: QRect = option.rect
        left = area.left() + (0 if self._packed else (area.width() - self.width) // 2)
        square = QRect(left, area.top() + SPACE_1, self.width, self._side)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_picture(painter, square, model, index.row())
        self._paint_frame(painter, square, option)
        line = QRect(area.left(), square.bottom() + SPACE_1, area.width(), _LINE)
        line.adjust(SPACE_1, 0, -SPACE_1, 0)
        if self._packed:  # in the middle of the picture, not of the cell
            line.setLeft(square.left())
            line.setRight(square.right())
        self._paint_line(painter, line, cell.title or cell.path.name, theme.muted)
        if self.captions and cell.caption:
            line.translate(0, _LINE)
            self._paint_line(painter, line, cell.caption, getattr(theme, cell.tone))
        painter.restore()

    def _paint_picture(
        self, painter: QPainter, square: QRect, model: ThumbnailModel, row: int
    ) -> None:
        cell = model.cell(model.index(row))
        picture = model.picture(cell, row)
        if picture is not None:
            painter.setOpacity(0.3 if cell.dimmed else 1.0)
            painter.drawPixmap(square.topLeft(), picture)
            painter.setOpacity(1.0)
            return
        theme = self._theme.theme
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(square), _RADIUS, _RADIUS)
        painter.fillPath(shape, QColor(theme.sunken))
        failed = model.failure(cell) is not None
        name, tone = ("warning", theme.warning) if failed else ("image", theme.border_strong)
        mark = pixmap(name, tone, 24, painter.device().devicePixelRatioF())
        painter.drawPixmap(square.center().x() - 12, square.center().y() - 12, mark)

    def _paint_frame(self, painter: QPainter, square: QRect, option: QStyleOptionViewItem) -> None:
        theme = self._theme.theme
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            pen = QPen(QColor(theme.accent), 3)
        elif state & (QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_MouseOver):
            pen = QPen(QColor(theme.faint), 2)
        else:
            return
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(square).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)

    def _paint_line(self, painter: QPainter, line: QRect, text: str, color: str) -> None:
        font = painter.font()
        font.setPixelSize(12)
        painter.setFont(font)
        painter.setPen(QColor(color))
        short = _shortened(painter.fontMetrics(), text, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, short)


def _shortened(metrics: QFontMetrics, text: str, room: int) -> str:
    """A line in its room: a name before a figure gives up its end, one by itself its middle."""
    name, dot, figure = text.rpartition(" · ")
    if not dot or metrics.horizontalAdvance(text) <= room:
        return metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, room)
    end = f"{dot}{figure}"
    left = room - metrics.horizontalAdvance(end)
    return metrics.elidedText(name, Qt.TextElideMode.ElideRight, max(0, left)) + end


class ThumbnailGrid(QListView):
    """Pictures in rows; pictures are loaded when they are scrolled into view.

    Args:
        runner: Gives the background threads.
        theme: Gives the colours.
        side: Height of each picture, pixels.
        squares: Side by side in each picture, such as an image and its map.
        packed: Whether the pictures follow each other from where reading begins, for a single row
            below a title, instead of being spread over the whole width.
        parent: Qt's owner.
    """

    picture_chosen = Signal(object)
    """The :class:`Thumbnail` that became current by click or key."""
    picture_opened = Signal(object)
    """The :class:`Thumbnail` that was double-clicked or got Enter."""

    def __init__(
        self,
        runner: JobRunner,
        theme: ThemeManager,
        *,
        side: int = 112,
        squares: int = 1,
        packed: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("thumbnail_grid")
        set_role(self, "plain")
        self._theme = theme
        self._packed = packed
        self._thumbnails = ThumbnailModel(
            runner, self, side=side, ratio=self.devicePixelRatioF(), squares=squares
        )
        self._delegate = ThumbnailDelegate(theme, side, self, squares=squares, packed=packed)
        self.setModel(self._thumbnails)
        self.setItemDelegate(self._delegate)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(500)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.activated.connect(self._on_activated)
        theme.changed.connect(self._on_theme_changed)

    def allow_many(self) -> None:
        """Let several pictures be selected, and dragged."""
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)

    @property
    def thumbnails(self) -> ThumbnailModel:
        """The model behind the grid."""
        return self._thumbnails

    def set_cells(self, cells: Sequence[Thumbnail], *, captions: bool | None = None) -> None:
        """Show other pictures.

        Args:
            cells: A list, or anything that makes its cells when they are asked for.
            captions: Whether cells may have a caption; None to look at them all.
        """
        if captions is None:
            captions = any(cell.caption for cell in cells)
        self._delegate.captions = captions
        self._thumbnails.set_cells(cells)
        self._lay_out()
        self.scrollToTop()

    def select_rows(self, rows: Iterable[int]) -> None:
        """Select these pictures and no others.

        Args:
            rows: Their places.
        """
        chosen = QItemSelection()
        for row in rows:
            cell = self._thumbnails.index(row, 0)
            chosen.select(cell, cell)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().select(chosen, flags)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out()
        super().resizeEvent(event)

    def _lay_out(self) -> None:
        """Spread the columns over the whole width, or have them as narrow as they may be."""
        # The view always keeps room for its scroll bar, also while that is not needed.
        extent = self.style().pixelMetric(
            QStyle.PixelMetric.PM_ScrollBarExtent, None, self.verticalScrollBar()
        )
        room = self.maximumViewportSize().width() - extent - 1
        least = self._delegate.width + SPACE_3
        columns = max(1, room // least)
        self._delegate.cell_width = least if self._packed else room // columns
        self.setGridSize(self._delegate.cell_size())

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.picture_chosen.emit(self._thumbnails.cell(current))

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        self.picture_opened.emit(self._thumbnails.cell(index))

    @Slot()
    def _on_theme_changed(self) -> None:
        self.viewport().update()
