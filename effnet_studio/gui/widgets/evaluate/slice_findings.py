"""Groups of images that a model is worse at, one sentence each."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Slot,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.icons import pixmap
from effnet_studio.gui.models.slice_table import SLICE_ROLE
from effnet_studio.gui.text import count_text
from effnet_studio.gui.theme import FONT_BODY, FONT_CAPTION, SPACE_1, SPACE_2, set_role
from effnet_studio.gui.widgets.row_paint import paint_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from effnet_studio.engine.evaluation.slices.slices import Slice
    from effnet_studio.gui.theme import ThemeManager

_Index = QModelIndex | QPersistentModelIndex
BRIEF_ROLE: Final = Qt.ItemDataRole.UserRole + 3
"""A second line for a finding."""

_ICON: Final = 18
_PAD: Final = 8
_RADIUS: Final = 6
_WRAPPED: Final = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft)


class SliceFindings(QAbstractListModel):
    """Findings, the worst first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found: tuple[Slice, ...] = ()

    def set_findings(self, found: Sequence[Slice]) -> None:
        """Show other findings."""
        self.beginResetModel()
        self._found = tuple(found)
        self.endResetModel()

    def retranslate(self) -> None:
        """Tell views that the sentences have changed."""
        if self._found:
            self.dataChanged.emit(self.index(0), self.index(len(self._found) - 1))

    @override
    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._found)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        found = self._found[index.row()]
        if role == SLICE_ROLE:
            return found
        if role == Qt.ItemDataRole.DisplayRole:
            return translate_message(found.sentence())
        if role == BRIEF_ROLE:
            images = self.tr("%n image(s)", "", found.right.images)
            more = math.floor(100 * found.excess_low)
            least = self.tr("at least {count} more errors in 100 than the others").format(
                count=count_text(more)
            )
            return f"{images} · {least}" if more > 0 else images
        return None


class _Delegate(QStyledItemDelegate):
    """Draws a finding: a mark, its sentence, and a line of figures.

    Args:
        theme: Gives the colours.
        parent: The list.
    """

    def __init__(self, theme: ThemeManager, parent: QListView) -> None:
        super().__init__(parent)
        self._theme = theme
        self._view = parent

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        width = self._view.viewport().width()
        sentence, brief = _fonts(option.font)
        room = QRect(0, 0, width - 2 - 2 * _PAD - _ICON - SPACE_2, 1000)
        height = QFontMetrics(sentence).boundingRect(room, _WRAPPED, str(index.data())).height()
        return QSize(width, height + QFontMetrics(brief).height() + SPACE_1 + 2 * _PAD + 2)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme = self._theme.theme
        area: QRect = option.rect.adjusted(1, 1, -1, -1)
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_row(painter, area, state, theme)
        if state & QStyle.StateFlag.State_HasFocus:
            shape = QPainterPath()
            shape.addRoundedRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
            painter.setPen(QPen(QColor(theme.focus), 2))
            painter.drawPath(shape)
        mark = pixmap("warning", theme.warning, _ICON, painter.device().devicePixelRatioF())
        painter.drawPixmap(area.left() + _PAD, area.top() + _PAD - 1, mark)
        sentence, brief = _fonts(option.font)
        text = area.adjusted(_PAD + _ICON + SPACE_2, _PAD - 1, -_PAD, -_PAD + 1)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.setFont(sentence)
        painter.setPen(QColor(theme.accent_text if selected else theme.text))
        painter.drawText(text, _WRAPPED, str(index.data()))
        painter.setFont(brief)
        painter.setPen(QColor(theme.muted))
        painter.drawText(
            text,
            int(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft),
            painter.fontMetrics().elidedText(
                str(index.data(BRIEF_ROLE)), Qt.TextElideMode.ElideRight, text.width()
            ),
        )
        painter.restore()


def _fonts(font: QFont) -> tuple[QFont, QFont]:
    sentence, brief = QFont(font), QFont(font)
    sentence.setPixelSize(FONT_BODY)
    brief.setPixelSize(FONT_CAPTION)
    return sentence, brief


class SliceFindingList(QListView):
    """Findings one below the other.

    Args:
        model: The findings.
        theme: Gives colours and icons.
        parent: Qt's owner.
    """

    def __init__(
        self, model: SliceFindings, theme: ThemeManager, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("slice_findings")
        set_role(self, "plain")
        self.setModel(model)
        self.setItemDelegate(_Delegate(theme, self))
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        theme.changed.connect(self._on_theme_changed)

    def content_height(self) -> int:
        """Height at which nothing is scrolled, pixels."""
        rows = range(self.model().rowCount())
        return sum(self.sizeHintForRow(row) for row in rows) + 2 * self.frameWidth()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()  # sentences are wrapped otherwise

    @Slot()
    def _on_theme_changed(self) -> None:
        self.viewport().update()
