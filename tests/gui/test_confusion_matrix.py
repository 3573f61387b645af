"""The confusion matrix: mouse, keys, colours, and any number of classes."""

from __future__ import annotations

import itertools
import time

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage

from effnet_studio.gui.models.confusion_pairs import CELL_ROLE, ConfusionPairs
from effnet_studio.gui.theme import ThemeManager
from effnet_studio.gui.widgets.evaluate.confusion_geometry import fit_geometry
from effnet_studio.gui.widgets.evaluate.confusion_matrix import ConfusionMatrix
from effnet_studio.gui.widgets.evaluate.confusion_paint import count_font, fill_colors, readable_on

COUNTS = np.array([[8, 1, 0], [2, 5, 3], [0, 0, 0]])
NAMES = ("bee", "hoverfly", "蜜蜂")


@pytest.fixture
def matrix(qtbot, theme: ThemeManager, english) -> ConfusionMatrix:
    widget = ConfusionMatrix(theme)
    qtbot.addWidget(widget)
    widget.resize(500, 480)
    widget.set_matrix(COUNTS, NAMES)
    return widget


def picture(widget: ConfusionMatrix) -> QImage:
    return widget.grab().toImage()


def test_that_a_click_chooses_the_cell_under_the_pointer(qtbot, matrix: ConfusionMatrix) -> None:
    for cell in itertools.product(range(3), range(3)):
        with qtbot.waitSignal(matrix.cell_chosen) as chosen:
            qtbot.mouseClick(
                matrix,
                Qt.MouseButton.LeftButton,
                pos=matrix.cell_rect(*cell).center().toPoint(),
            )
        assert tuple(chosen.args) == cell == matrix.current


def test_that_a_click_beside_the_cells_chooses_nothing(qtbot, matrix: ConfusionMatrix) -> None:
    with qtbot.assertNotEmitted(matrix.cell_chosen):
        qtbot.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert matrix.current is None


def test_that_arrow_keys_walk_and_enter_chooses(qtbot, matrix: ConfusionMatrix) -> None:
    with qtbot.assertNotEmitted(matrix.cell_chosen):
        for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Left):
            qtbot.keyClick(matrix, key)
        qtbot.keyClick(matrix, Qt.Key.Key_Left)  # at the edge already
    assert matrix.current == (1, 0)
    with qtbot.waitSignal(matrix.cell_chosen) as chosen:
        qtbot.keyClick(matrix, Qt.Key.Key_Return)
    assert tuple(chosen.args) == (1, 0)


def test_that_a_screen_reader_hears_the_cell(qtbot, matrix: ConfusionMatrix) -> None:
    qtbot.keyClick(matrix, Qt.Key.Key_Down)
    qtbot.keyClick(matrix, Qt.Key.Key_Down)
    expected = "2 of 10 images of hoverfly were taken for bee."
    assert matrix.accessibleDescription() == expected == matrix.describe(1, 0)
    assert matrix.describe(0, 0) == "8 of 9 images of bee were recognised."


def test_that_right_and_wrong_cells_differ_and_empty_ones_are_blank(
    matrix: ConfusionMatrix, theme: ThemeManager
) -> None:
    shown = picture(matrix)

    def color(row: int, column: int) -> QColor:
        corner = matrix.cell_rect(row, column).topLeft() + QPointF(6, 6)
        return shown.pixelColor(corner.toPoint())

    assert color(0, 2) == color(2, 2) == theme.theme.color("sunken")
    right, wrong = color(0, 0), color(1, 2)
    assert right.blue() > right.red()
    assert wrong.red() > wrong.blue()


def test_that_colours_follow_the_theme(matrix: ConfusionMatrix, theme: ThemeManager) -> None:
    light = picture(matrix)
    theme.set_mode("dark")
    assert picture(matrix) != light


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_that_counts_can_be_read_on_every_shade(theme: ThemeManager, mode: str) -> None:
    theme.set_mode(mode)
    counts = np.stack([np.arange(101), 100 - np.arange(101)], axis=1)
    square = np.zeros((101, 101), dtype=np.int64)
    square[:, :2] = counts
    for red, green, blue in fill_colors(square, theme.theme).reshape(-1, 3):
        fill = QColor(int(red), int(green), int(blue))
        assert contrast(fill, readable_on(fill)) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_that_a_single_error_is_seen_among_a_thousand_classes(
    matrix: ConfusionMatrix, theme: ThemeManager, mode: str
) -> None:
    theme.set_mode(mode)
    counts = np.eye(1000, dtype=np.int64) * 10
    counts[17, 900] = 1
    matrix.set_matrix(counts, [f"class {n}" for n in range(1000)])
    shown, error = picture(matrix), matrix.cell_rect(17, 900).center()
    ground = theme.theme.color("sunken")
    seen = sum(
        contrast(shown.pixelColor(int(error.x()) + dx, int(error.y()) + dy), ground) >= 3
        for dx in range(-3, 4)
        for dy in range(-3, 4)
    )
    assert seen >= 4, "a dot of two pixels a side"
    assert "Mix-ups" in matrix.sentence(QFontMetricsF(matrix.font()))


def contrast(first: QColor, second: QColor) -> float:
    """WCAG 2.2 contrast ratio."""

    def luminance(color: QColor) -> float:
        parts = [
            value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
            for value in (color.redF(), color.greenF(), color.blueF())
        ]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("count", [1, 2, 6, 12, 40, 200, 1000])
@pytest.mark.parametrize("size", [(520, 480), (380, 330), (240, 240)])
def test_that_everything_stays_inside_whatever_the_names(
    qapp, count: int, size: tuple[int, int]
) -> None:
    names = [f"{'an extremely long name of a class ' * (n % 3)}{n}" for n in range(count)]
    geometry = fit_geometry(QSize(*size), QFont(), names)
    assert geometry.grid.left() >= geometry.line + geometry.row_room - 0.01
    assert geometry.grid.right() <= size[0] + 0.01
    assert geometry.grid.bottom() <= size[1] - geometry.line + 0.01
    assert geometry.side * count >= 0.35 * min(size)
    if geometry.row_room:
        assert QFontMetricsF(geometry.font).height() <= geometry.side * 1.7
    for cell in ((0, 0), (count - 1, 0), (count - 1, count - 1)):
        assert geometry.cell_at(geometry.cell(*cell).center()) == cell


def test_that_many_classes_give_up_names_and_keep_cells(qapp) -> None:
    size = QSize(520, 480)
    few, many = (fit_geometry(size, QFont(), ["oak tree"] * count) for count in (6, 200))
    assert few.row_room > 0
    assert few.column_room > 0
    assert many.row_room == many.column_room == 0
    assert many.grid.height() > few.grid.height()


def test_that_a_thousand_classes_are_drawn_at_once(matrix: ConfusionMatrix) -> None:
    counts = np.eye(1000, dtype=np.int64) * 10
    counts[17, 900] = 10
    matrix.set_matrix(counts, [f"class {n}" for n in range(1000)])
    picture(matrix)  # colours are worked out once
    started = time.perf_counter()
    shown = picture(matrix)
    assert time.perf_counter() - started < 0.25
    error = matrix.cell_rect(17, 900).center()
    near = [
        shown.pixelColor(int(error.x()) + dx, int(error.y()) + dy)
        for dx in (-1, 0, 1)
        for dy in (-1, 0, 1)
    ]
    assert any(color.red() > color.blue() for color in near)


def test_that_the_mixed_up_pairs_are_listed_most_frequent_first(english) -> None:
    pairs = ConfusionPairs()
    pairs.set_matrix(COUNTS, NAMES)
    rows = [
        tuple(pairs.index(row, column).data() for column in range(pairs.columnCount()))
        for row in range(pairs.rowCount())
    ]
    assert rows == [
        ("hoverfly", "蜜蜂", "3", "30.0 %"),
        ("hoverfly", "bee", "2", "20.0 %"),
        ("bee", "hoverfly", "1", "11.1 %"),
    ]
    assert pairs.index(0, 0).data(CELL_ROLE) == (1, 2)


def test_that_pairs_can_be_sorted_by_each_column(english) -> None:
    pairs = ConfusionPairs()
    pairs.set_matrix(COUNTS, NAMES)

    def cells() -> list[object]:
        return [pairs.index(row, 0).data(CELL_ROLE) for row in range(pairs.rowCount())]

    pairs.sort(1, Qt.SortOrder.AscendingOrder)
    assert cells() == [(1, 0), (0, 1), (1, 2)]
    pairs.sort(3, Qt.SortOrder.AscendingOrder)
    assert cells() == [(0, 1), (1, 0), (1, 2)]
    pairs.set_matrix(COUNTS, NAMES)
    assert cells() == [(0, 1), (1, 0), (1, 2)], "another matrix is sorted as the one before"
    pairs.sort(-1, Qt.SortOrder.AscendingOrder)
    assert cells() == [(1, 2), (1, 0), (0, 1)]


@pytest.mark.parametrize(
    ("side", "least", "most"), [(24, 13, 13), (60, 13, 13), (110, 20, 26), (400, 28, 28)]
)
def test_that_counts_grow_with_their_cells(side: int, least: int, most: int) -> None:
    assert least <= count_font(QFont(), side, "12").pixelSize() <= most


def test_that_a_long_count_keeps_room_in_its_cell() -> None:
    font = count_font(QFont(), 90, "1,000,000")
    assert QFontMetricsF(font).horizontalAdvance("1,000,000") <= 90
    assert font.pixelSize() < count_font(QFont(), 90, "12").pixelSize()
