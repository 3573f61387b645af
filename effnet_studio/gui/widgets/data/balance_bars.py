"""The bars of the class-balance chart: only those in sight are drawn, however many there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Slot,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QListView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from effnet_studio.engine.data.balance import Imbalance
from effnet_studio.gui.accessible import DECORATION
from effnet_studio.gui.direction import draw_from_left
from effnet_studio.gui.models.class_balance import Balance, ClassBalanceModel
from effnet_studio.gui.text import count_text
from effnet_studio.gui.theme import FONT_CAPTION, SPACE_2, SPACE_3, set_role
from effnet_studio.gui.widgets.data.class_list import paint_split
from effnet_studio.gui.widgets.row_paint import paint_row

if TYPE_CHECKING:
    from effnet_studio.gui.colors import Theme
    from effnet_studio.gui.theme import ThemeManager

_Index = QModelIndex | QPersistentModelIndex

ROW: Final = 28
_BAR: Final = 10
_MARK: Final = 20
_NAME_SHARE: Final = 0.34
"""Most of the width that names may take; longer ones are cut short."""
_SHOWN_ROWS: Final = 9
"""Rows for which the list asks for room."""


@dataclass(frozen=True)
class Columns:
    """Where the parts of a row lie, pixels from its left edge; the numbers are right-aligned.

    Attributes:
        name: Left and right of the name.
        bar: Left and right of the bar.
        count: Right of the number of pictures.
        share: Right of the share of the training.
    """

    name: tuple[int, int]
    bar: tuple[int, int]
    count: int
    share: int


class BalanceBars(QListView):
    """Names, bars and numbers; the keys move through the classes.

    Args:
        model: The classes.
        theme: Gives the colours.
        parent: Qt's owner.
    """

    def __init__(
        self, model: ClassBalanceModel, theme: ThemeManager, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        draw_from_left(self)
        self.setObjectName("balance_bars")
        set_role(self, "plain")
        self.balance = model
        self._texts = ("", "")
        self._widths: tuple[int, int, int] | None = None
        self.setModel(model)
        self.setItemDelegate(_BarDelegate(theme, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        model.modelReset.connect(self._on_reset)
        theme.changed.connect(self._on_theme_changed)

    def set_heading_texts(self, count: str, share: str) -> None:
        """Name the two columns of numbers."""
        self._texts = (count, share)
        self._widths = None

    @property
    def heading_texts(self) -> tuple[str, str]:
        """Names of the two columns of numbers."""
        return self._texts

    def columns(self) -> Columns:
        """Where the parts of a row lie at the present width."""
        if self._widths is None:
            self._widths = self._measure()
        name, count, share = self._widths
        width = self.viewport().width()
        name = min(name, round(width * _NAME_SHARE))
        right = width - SPACE_2
        bar_right = right - share - SPACE_3 - count - SPACE_3
        bar_left = SPACE_2 + name + SPACE_3
        return Columns(
            (SPACE_2, SPACE_2 + name),
            (bar_left, max(bar_left, bar_right)),
            right - share - SPACE_3,
            right,
        )

    def _measure(self) -> tuple[int, int, int]:
        """Widths that the longest name and the two numbers would like to have."""
        metrics, rows = QFontMetrics(self.font()), self.balance.rows
        heads = [_caption_metrics(self).horizontalAdvance(text) for text in self._texts]
        # Measuring is slow and letters are about alike: only the longest names are measured.
        longest = sorted((row.name for row in rows), key=len)[-8:]
        name = max((metrics.horizontalAdvance(each) for each in longest), default=0)
        count = max(
            (metrics.horizontalAdvance(count_text(row.total)) for row in rows[:1]), default=0
        )
        for row in rows[-1:]:
            count = max(count, metrics.horizontalAdvance(count_text(row.total)))
        share = metrics.horizontalAdvance("100.00 %")
        return name + 2, max(count, heads[0]), max(share, heads[1])

    @override
    def sizeHint(self) -> QSize:
        return QSize(420, ROW * max(2, min(_SHOWN_ROWS, self.balance.rowCount())))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(240, ROW * max(2, min(4, self.balance.rowCount())))

    @Slot()
    def _on_reset(self) -> None:
        self._widths = None
        self.updateGeometry()

    @Slot()
    def _on_theme_changed(self) -> None:
        self.viewport().update()


class BalanceHeads(QWidget):
    """The headings above the numbers of the bars.

    Args:
        bars: Says where the columns are.
        theme: Gives the colours.
        parent: Qt's owner.
    """

    accessible_role: ClassVar = DECORATION

    def __init__(
        self, bars: BalanceBars, theme: ThemeManager, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        draw_from_left(self)
        self.setObjectName("balance_heads")
        self._bars = bars
        self._theme = theme
        self.setFixedHeight(20)
        bars.verticalScrollBar().rangeChanged.connect(self._on_layout_changed)
        theme.changed.connect(self._on_layout_changed)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        font = painter.font()
        font.setPixelSize(FONT_CAPTION)
        painter.setFont(font)
        painter.setPen(self._theme.theme.color("muted"))
        columns = self._bars.columns()
        for right, text in zip(
            (columns.count, columns.share), self._bars.heading_texts, strict=True
        ):
            area = QRect(0, 0, right, self.height())
            painter.drawText(
                area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text
            )
        painter.end()

    @Slot()
    def _on_layout_changed(self) -> None:
        self.update()


class _BarDelegate(QStyledItemDelegate):
    """Draws one class."""

    def __init__(self, theme: ThemeManager, bars: BalanceBars) -> None:
        super().__init__(bars)
        self._theme = theme
        self._bars = bars

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(120, ROW)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, columns = self._theme.theme, self._bars.columns()
        row = index.data(ClassBalanceModel.BalanceRole)
        if not isinstance(row, Balance):
            return
        area: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_row(painter, area.adjusted(0, 1, 0, -1), option.state, theme)
        top, height, start = area.top(), area.height(), area.left()
        left, right = columns.name
        name = QRect(start + left, top, right - left, height)
        self._write(painter, name, row.name, theme.text, Qt.AlignmentFlag.AlignLeft)
        numbers = (
            (columns.bar[1], columns.count, count_text(row.total), theme.text),
            (columns.count, columns.share, self._bars.balance.share_text(row), theme.muted),
        )
        for left, right, text, color in numbers:
            place = QRect(start + left, top, right - left, height)
            self._write(painter, place, text, color, Qt.AlignmentFlag.AlignRight)
        self._paint_bar(painter, area, columns, row, theme)
        painter.restore()

    def _write(
        self, painter: QPainter, place: QRect, text: str, color: str, side: Qt.AlignmentFlag
    ) -> None:
        painter.setPen(QColor(color))
        short = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, place.width())
        painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, short)

    def _paint_bar(
        self, painter: QPainter, area: QRect, columns: Columns, row: Balance, theme: Theme
    ) -> None:
        left, right = columns.bar
        full = self._bars.balance.full_scale
        room = QRectF(area.left() + left, area.center().y() - _BAR / 2 + 0.5, right - left, _BAR)
        if room.width() < 1 or not full:
            return
        paint_split(painter, room, (row.train, row.val, row.test), full, theme)
        if self._bars.balance.remedy is Imbalance.NONE:
            return
        at = min(room.left() + room.width() * row.like / full, room.right() - 1)
        mark = QRectF(at - 1.5, area.center().y() - _MARK / 2 + 0.5, 3, _MARK)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.surface))
        painter.drawRoundedRect(mark.adjusted(-1.5, 0, 1.5, 0), 3, 3)
        painter.setBrush(QColor(theme.text))
        painter.drawRoundedRect(mark, 1.5, 1.5)


def _caption_metrics(widget: QWidget) -> QFontMetrics:
    font = widget.font()
    font.setPixelSize(FONT_CAPTION)
    return QFontMetrics(font)
