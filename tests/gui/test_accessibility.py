"""A walk through the window by rules for people without a mouse, and people who cannot see.

The states are those of the gallery. The few that are walked by default cover every kind of widget;
``pytest -m walk`` takes all of them.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from effnet_studio.gui.accessible import CHART, install_roles, tell_current
from effnet_studio.gui.names import named
from tests.accessibility import (
    audit,
    clickable_labels,
    double_shortcuts,
    invisible_focus,
    jumping_order,
    mouse_only,
    nameless,
    out_of_sight,
    plots_without_tables,
    tab_walk,
    trapped,
    unexplained_icons,
    unreached,
    wrong_roles,
)
from tests.gallery.material import Material
from tests.gallery.registry import Scenario, all_scenarios
from tests.gallery.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

STATES = (
    "welcome-recent",
    "palette-typed",
    "settings-reset",
    "guide-concept",
    "data-selected",
    "data-left-out",
    "train-advanced",
    "told-history-failed",
    "evaluate-cell",
    "predict-table",
    "export-ended-int8",
    "models-scale",
)
"""Between them they show every page; all states take many minutes."""


@pytest.fixture(scope="session")
def material(tmp_path_factory: pytest.TempPathFactory) -> Material:
    """The sample, and models really trained on it; ``EFFNET_GALLERY_CACHE`` keeps them."""
    from pathlib import Path

    kept = os.environ.get("EFFNET_GALLERY_CACHE")
    return Material(Path(kept) if kept else tmp_path_factory.mktemp("gallery"))


@pytest.fixture
def stage(
    qapp: QApplication, material: Material, tmp_path: Path, isolated_home: Path
) -> Iterator[Stage]:
    stage = Stage(qapp, material, tmp_path)
    yield stage
    stage.close()


def offences(stage: Stage, scenario: Scenario) -> list[str]:
    """What the rules find in the window and in the dialogs beside it."""
    with stage.set_up(scenario):
        stage.window.resize(1280, 800)
        stage.settle(0.2)
        dialogs = [each for each in stage.window.findChildren(QDialog) if each.isVisible()]
        found = []
        for window in (stage.window, *dialogs):
            window.activateWindow()
            stage.wait_for(window.isActiveWindow)
            found += audit(window)
    return found


def scenarios() -> list[object]:
    """All states, those that are not walked by default marked so."""
    return [
        pytest.param(each, id=each.name, marks=[] if each.name in STATES else pytest.mark.walk)
        for each in all_scenarios()
    ]


@pytest.mark.qt_log_ignore("does not support (raise|propagateSizeHints)")
@pytest.mark.parametrize("scenario", scenarios())
def test_that_nobody_is_left_out(stage: Stage, scenario: Scenario) -> None:
    assert offences(stage, scenario) == []


def test_that_the_states_walked_exist() -> None:
    assert set(STATES) <= {scenario.name for scenario in all_scenarios()}


# -- the rules themselves: each finds what it is there for -----------------------------------------


@pytest.fixture
def bad(qtbot: QtBot) -> Callable[..., QDialog]:
    """Shows widgets in a dialog without any of the app's own care."""
    install_roles()

    def show(*widgets: QWidget) -> QDialog:
        dialog = QDialog()
        column = QVBoxLayout(dialog)
        for widget in widgets:
            column.addWidget(widget)
        qtbot.addWidget(dialog)
        dialog.resize(300, 300)
        dialog.show()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        return dialog

    return show


class Drawing(QWidget):
    """Paints itself, and is clicked."""

    def paintEvent(self, event: object) -> None:
        """Nothing to see."""

    def mousePressEvent(self, event: object) -> None:
        """Nothing happens."""


Drawing.__module__ = "effnet_studio.of_a_test"


class Chart(Drawing):
    accessible_role = CHART


Chart.__module__ = "effnet_studio.of_a_test"


class Label(QLabel):
    def mousePressEvent(self, event: object) -> None:
        """Nothing happens."""


Label.__module__ = "effnet_studio.of_a_test"


def test_that_controls_without_names_are_found(bad: Callable[..., QDialog]) -> None:
    good, same = QLineEdit(), named(QLineEdit(), "the_name")
    good.setAccessibleName("Search")
    same.setAccessibleName("the_name")
    window = bad(good, same, QLineEdit())
    assert len(list(nameless(window, tab_walk(window)))) == 2


def test_that_icons_without_a_word_are_found(bad: Callable[..., QDialog]) -> None:
    said = QToolButton()
    said.setToolTip("Close")
    assert len(list(unexplained_icons(bad(said, QToolButton(), QPushButton("Close"))))) == 1


def test_that_labels_used_as_buttons_are_found(bad: Callable[..., QDialog]) -> None:
    link = QLabel('<a href="x">x</a>')
    link.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse)
    hand = QLabel("hand")
    hand.setCursor(Qt.CursorShape.PointingHandCursor)
    assert len(list(clickable_labels(bad(Label("x"), link, hand, QLabel("good"))))) == 3


def test_that_drawings_only_for_the_mouse_and_without_a_role_are_found(
    bad: Callable[..., QDialog],
) -> None:
    window = bad(Drawing())
    assert len(list(mouse_only(window))) == 1
    assert len(list(wrong_roles(window))) == 1


def test_that_charts_without_a_table_and_a_name_are_found(bad: Callable[..., QDialog]) -> None:
    window = bad(Chart())
    assert len(list(plots_without_tables(window))) == 1
    assert "without a name" in next(iter(wrong_roles(window)))


def test_that_keys_with_two_meanings_are_found(bad: Callable[..., QDialog]) -> None:
    window = bad(QPushButton("x"))
    for _ in range(2):
        QShortcut(QKeySequence("Ctrl+J"), window)
    assert list(double_shortcuts(window)) == ["Ctrl+J × 2"]


def test_that_jumps_and_traps_are_found(bad: Callable[..., QDialog]) -> None:
    lower, upper, text = QPushButton("lower"), QPushButton("upper"), QPlainTextEdit()
    window = bad(upper, lower, text)
    QWidget.setTabOrder(lower, upper)
    QWidget.setTabOrder(upper, text)
    walk = tab_walk(window)
    assert len(list(jumping_order(window, walk))) == 1
    assert len(list(trapped(window, walk))) == 1


def test_that_controls_tab_never_reaches_are_found(bad: Callable[..., QDialog]) -> None:
    text, after = QPlainTextEdit(), QPushButton("after")
    window = bad(QPushButton("before"), text, after)
    assert [each.split()[0] for each in unreached(window, tab_walk(window))] == ["QPushButton"]


def test_that_controls_below_the_fold_are_found(bad: Callable[..., QDialog]) -> None:
    inside = QWidget()
    row = QHBoxLayout(inside)
    far = QPushButton("far")
    row.addSpacing(900)
    row.addWidget(far)
    area = QScrollArea()
    area.setWidget(inside)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    window = bad(QPushButton("near"), area)
    assert len(list(out_of_sight(window, tab_walk(window)))) == 1


def test_that_focus_nobody_sees_is_found(bad: Callable[..., QDialog]) -> None:
    plain = QPushButton("plain")
    plain.setStyleSheet("QPushButton, QPushButton:focus { border: none; outline: none; }")
    window = bad(plain)
    assert len(list(invisible_focus(tab_walk(window)))) == 1


def test_that_a_drawing_is_a_chart_to_a_screen_reader_and_says_what_is_chosen(
    bad: Callable[..., QDialog],
) -> None:
    chart = Chart()
    chart.setAccessibleName("Images per class")
    chart.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    window = bad(chart)
    assert window.isVisible()
    chart.setFocus()
    tell_current(chart, "12 images of bee")
    seen = QAccessible.queryAccessibleInterface(chart)
    assert seen.role() == QAccessible.Role.Chart
    assert seen.text(QAccessible.Text.Name) == "Images per class"
    assert seen.text(QAccessible.Text.Description) == "12 images of bee"
