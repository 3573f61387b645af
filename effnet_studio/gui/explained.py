"""Tool-tips that explain terms, wherever a text without a tool-tip of its own has one in it.

Qt offers a tool-tip event that nobody takes to the widgets around, one after the other: the page
takes what is left, so that texts need not be told one by one, also those made later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QTabBar,
    QToolTip,
    QWidget,
)
from typing_extensions import override

from effnet_studio.gui.models.glossary import explain

if TYPE_CHECKING:
    _Base = QWidget
else:
    _Base = object


class Explained(_Base):
    """Mixed into pages and dialogs."""

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            tip = explain(text_at(self, event.pos()))
            if tip:
                QToolTip.showText(event.globalPos(), tip, self)
                return True
        return super().event(event)


def text_at(area: QWidget, point: QPoint) -> str:
    """The text under a point.

    Args:
        area: The page.
        point: In it.

    Returns:
        Of the label, button, tab, column, cell or choice there; empty where there is none.
    """
    widget = area.childAt(point)
    if widget is None:
        return ""
    inner = widget.mapFrom(area, point)
    view = widget.parentWidget()
    if isinstance(view, QAbstractItemView) and widget is view.viewport():
        return _in_view(view, inner)
    return _of_control(widget, inner)


def _of_control(widget: QWidget, point: QPoint) -> str:
    match widget:
        case QLabel() | QAbstractButton():
            return widget.text()
        case QTabBar():
            return widget.tabText(widget.tabAt(point))
        case QComboBox():
            return widget.currentText()
        case QGroupBox():
            return widget.title()
    return ""


def _in_view(view: QAbstractItemView, point: QPoint) -> str:
    if not isinstance(view, QHeaderView):
        return str(view.indexAt(point).data() or "")
    section, model = view.logicalIndexAt(point), view.model()
    if section < 0:
        return ""
    return str(model.headerData(section, view.orientation(), Qt.ItemDataRole.DisplayRole) or "")
