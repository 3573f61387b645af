"""Tab goes as one reads, scrolls along, and F6 goes from part to part."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from effnet_studio.gui.focus import ReadingOrder, next_control
from effnet_studio.gui.names import named
from effnet_studio.gui.panes import PaneCycle, first_control

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from effnet_studio.gui.main_window import MainWindow


class Reader(ReadingOrder, QDialog):
    """A dialog whose buttons were made in another order than they stand in."""

    def __init__(self) -> None:
        super().__init__()
        last, second, first = (self.button(name) for name in ("last", "second", "first"))
        line = QHBoxLayout()
        line.addWidget(first)
        line.addWidget(second)
        column = QVBoxLayout(self)
        column.addLayout(line)
        self.place = QVBoxLayout()
        column.addLayout(self.place)
        column.addWidget(last)

    def button(self, name: str) -> QPushButton:
        return named(QPushButton(name, self), name)

    def stops(self, qtbot: QtBot, key: Qt.Key = Qt.Key.Key_Tab) -> list[str]:
        self.setFocus()
        found: list[str] = []
        while True:
            qtbot.keyClick(QApplication.focusWidget() or self, key)
            name = QApplication.focusWidget().objectName()
            if name in found:
                return found
            found.append(name)


@pytest.fixture
def reader(qtbot: QtBot) -> Reader:
    dialog = Reader()
    qtbot.addWidget(dialog)
    dialog.resize(300, 200)
    dialog.show()
    qtbot.waitUntil(dialog.isVisible)
    dialog.activateWindow()
    return dialog


def test_that_tab_follows_the_layout_and_shift_tab_goes_back(qtbot: QtBot, reader: Reader) -> None:
    assert reader.stops(qtbot) == ["first", "second", "last"]
    assert reader.stops(qtbot, Qt.Key.Key_Backtab) == ["last", "second", "first"]


def test_that_what_is_added_later_is_reached_where_it_stands(qtbot: QtBot, reader: Reader) -> None:
    later = reader.button("later")
    reader.place.addWidget(later)
    later.show()
    assert reader.stops(qtbot) == ["first", "second", "later", "last"]


def test_that_a_grid_is_read_line_by_line(qtbot: QtBot, reader: Reader) -> None:
    grid = QGridLayout()
    for name, row, column in (("d", 1, 1), ("c", 1, 0), ("b", 0, 1), ("a", 0, 0)):
        button = reader.button(name)
        grid.addWidget(button, row, column)
        button.show()
    reader.place.addLayout(grid)
    assert reader.stops(qtbot) == ["first", "second", "a", "b", "c", "d", "last"]


def test_that_hidden_and_disabled_controls_are_passed_over(qtbot: QtBot, reader: Reader) -> None:
    reader.findChild(QPushButton, "second").hide()
    reader.findChild(QPushButton, "last").setEnabled(False)
    assert reader.stops(qtbot) == ["first"]


def test_that_tab_goes_to_the_chosen_button_of_a_group(qtbot: QtBot, reader: Reader) -> None:
    group = QButtonGroup(reader)
    for name in ("first", "second", "last"):
        button = reader.findChild(QPushButton, name)
        button.setCheckable(True)
        group.addButton(button)
    assert reader.stops(qtbot) == ["first"]
    reader.findChild(QPushButton, "first").click()
    reader.findChild(QPushButton, "last").setChecked(True)  # by the program, not by the user
    assert reader.stops(qtbot) == ["last"]


def scrolled(reader: Reader, *, with_button: bool) -> QScrollArea:
    area = named(QScrollArea(reader), "area")
    inside = QWidget()
    column = QVBoxLayout(inside)
    label = QLabel("much text")
    label.setFixedHeight(900)
    column.addWidget(label)
    if with_button:
        column.addWidget(named(QPushButton("deep"), "deep"))
    area.setWidget(inside)
    area.setWidgetResizable(True)
    reader.place.addWidget(area)
    return area


def test_that_a_control_far_down_is_scrolled_to(qtbot: QtBot, reader: Reader) -> None:
    area = scrolled(reader, with_button=True)
    area.show()
    QApplication.processEvents()
    reader.findChild(QPushButton, "second").setFocus()
    qtbot.keyClick(reader.findChild(QPushButton, "second"), Qt.Key.Key_Tab)
    deep = reader.findChild(QPushButton, "deep")
    assert deep.hasFocus()
    assert area.verticalScrollBar().value() > 0
    assert not deep.visibleRegion().isEmpty()


def test_that_an_area_without_controls_is_a_stop_itself(qtbot: QtBot, reader: Reader) -> None:
    scrolled(reader, with_button=False).show()
    QApplication.processEvents()
    assert reader.stops(qtbot) == ["first", "second", "area", "last"]


def test_that_a_window_without_controls_has_no_next(qtbot: QtBot) -> None:
    empty = QWidget()
    qtbot.addWidget(empty)
    assert next_control(empty, None, forward=True) is None


def test_that_f6_goes_through_the_parts_and_remembers(
    qtbot: QtBot, window: MainWindow, trained: Path
) -> None:
    window.show()
    with qtbot.waitSignal(window.session.project_changed, timeout=20_000):
        window.session.open_project(trained)
    window.show_page("train")
    qtbot.waitUntil(lambda: window.stack.currentWidget() is window.page("train"))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    start = window.findChild(QPushButton, "train_start")
    start.setFocus()
    press_f6(qtbot, window)
    assert window.sidebar.isAncestorOf(QApplication.focusWidget())
    assert QApplication.focusWidget().objectName() == "nav_train"
    press_f6(qtbot, window)
    assert QApplication.focusWidget() is start
    press_f6(qtbot, window, Qt.KeyboardModifier.ShiftModifier)
    assert window.sidebar.isAncestorOf(QApplication.focusWidget())


def test_that_a_notice_is_a_part_while_it_is_shown(qtbot: QtBot, window: MainWindow) -> None:
    from effnet_studio.engine.errors import ProjectError

    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.session.error_raised.emit(ProjectError("It is broken."))
    press_f6(qtbot, window)
    assert window.errors.isAncestorOf(QApplication.focusWidget())


def test_that_parts_without_controls_do_not_stop_it(qtbot: QtBot, reader: Reader) -> None:
    cycle = PaneCycle([QLabel("nothing", reader), reader], reader)
    cycle.go_on()
    assert first_control(reader) is not None
    assert reader.isAncestorOf(QApplication.focusWidget())


def press_f6(
    qtbot: QtBot,
    window: MainWindow,
    modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_F6, modifier)
