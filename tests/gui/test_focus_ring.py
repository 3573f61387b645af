"""That the control with the focus looks different, in every theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QObject, QStringListModel, Qt
from PySide6.QtGui import QColor, QImage, QStandardItemModel
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QSlider,
    QSpinBox,
    QTabBar,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from effnet_studio.gui.colors import THEMES, ThemeMode
from effnet_studio.gui.models.marked_rows import MarkedRow, MarkedRows
from effnet_studio.gui.theme import ThemeManager, set_role
from effnet_studio.gui.widgets.focus_ring import FocusRing
from effnet_studio.gui.widgets.marked_list import MarkedList

if TYPE_CHECKING:
    from numpy.typing import NDArray


def _button(role: str):
    def make(parent: QWidget) -> QWidget:
        button = QPushButton("Text", parent)
        set_role(button, role)
        return button

    return make


def _view(kind: type, role: str):
    def make(parent: QWidget) -> QWidget:
        view = kind(parent)
        view.setModel(QStringListModel(["a"]) if kind is QListView else QStandardItemModel(2, 2))
        view.model().setParent(view)
        set_role(view, role)
        return view

    return make


def _tabs(parent: QWidget) -> QTabBar:
    tabs = QTabBar(parent)
    tabs.addTab("One")
    tabs.addTab("Two")
    return tabs


def _drawn(parent: QWidget) -> QWidget:
    widget = QWidget(parent)
    widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    widget.setMinimumHeight(40)
    FocusRing(widget)
    return widget


def _marked(parent: QWidget) -> QWidget:
    """A list that rings the row itself."""
    rows = MarkedRows(parent)
    rows.set_rows([MarkedRow("a", "One", "first", "folder", "muted", "")])
    view = MarkedList(rows, "list", parent.findChild(ThemeOf).theme, parent)
    view.setCurrentIndex(rows.index(0))
    return view


class ThemeOf(QObject):
    """Lends its parent the theme."""

    def __init__(self, theme: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme


CONTROLS = {
    **{role or "button": _button(role) for role in ("", "primary", "ghost", "danger", "link")},
    **{role: _button(role) for role in ("nav", "mark", "row", "choice")},
    "tool": QToolButton,
    "line": QLineEdit,
    "text": QPlainTextEdit,
    "spin": QSpinBox,
    "combo": QComboBox,
    "check": lambda parent: QCheckBox("Text", parent),
    "radio": lambda parent: QRadioButton("Text", parent),
    "slider": lambda parent: QSlider(Qt.Orientation.Horizontal, parent),
    "tabs": _tabs,
    "list": _view(QListView, ""),
    "plain list": _view(QListView, "plain"),
    "plain table": _view(QTableView, "plain"),
    "drawn": _drawn,
    "marked list": _marked,
}


def pixels(widget: QWidget) -> NDArray[np.uint32]:
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    flat = np.frombuffer(image.constBits(), np.uint32)
    return flat.reshape(image.height(), -1)[:, : image.width()].copy()


@pytest.fixture
def holder(qtbot, theme: ThemeManager) -> QWidget:
    holder = QWidget()
    qtbot.addWidget(holder)
    theme.add_window(holder)
    ThemeOf(theme, holder)
    column = QVBoxLayout(holder)
    column.addWidget(QPushButton("Other", holder))
    holder.resize(300, 300)
    return holder


@pytest.mark.parametrize("mode", THEMES)
@pytest.mark.parametrize("name", CONTROLS)
def test_that_the_focus_is_a_ring_that_moves_nothing(
    qtbot, theme: ThemeManager, holder: QWidget, mode: ThemeMode, name: str
) -> None:
    theme.set_mode(mode)
    control = CONTROLS[name](holder)
    holder.layout().addWidget(control)
    holder.show()
    holder.activateWindow()
    holder.findChild(QPushButton).setFocus()
    qtbot.waitUntil(lambda: not control.hasFocus())
    before, size = pixels(control), control.size()
    control.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(control.hasFocus)
    after = pixels(control)
    assert control.size() == size
    role = "focus_on_accent" if name == "primary" else "focus"
    ring = QColor(getattr(theme.theme, role)).rgb()
    new = (after == ring) & (before != ring)
    assert new.any()
    rows, columns = np.flatnonzero(new.any(axis=1)), np.flatnonzero(new.any(axis=0))
    around = 2 * (np.ptp(rows) + np.ptp(columns))
    # Two pixels wide, but for rounded corners; the line below a tab was there before.
    assert np.count_nonzero(after == ring) >= 1.4 * around
    assert np.ptp(rows) >= 14
    holder.hide()
