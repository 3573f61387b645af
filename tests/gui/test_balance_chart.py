"""The chart of the classes' balance, with two classes and with a thousand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QStackedWidget,
    QTableView,
    QToolButton,
)

from effnet_studio.engine.data.balance import Imbalance
from effnet_studio.gui.models.class_balance import ClassBalanceModel
from effnet_studio.gui.widgets.data.balance_bars import ROW, BalanceBars
from effnet_studio.gui.widgets.data.balance_chart import BalanceChart
from effnet_studio.gui.widgets.plots.table_twin import rows_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from effnet_studio.gui.theme import ThemeManager

FLOWERS = ("daisy", "roses", "tulips")


@pytest.fixture
def chart(qtbot: QtBot, theme: ThemeManager, english: None) -> BalanceChart:
    chart = BalanceChart(theme)
    qtbot.addWidget(chart)
    theme.add_window(chart)
    chart.resize(640, 460)
    chart.set_counts(FLOWERS, (60, 600, 300), (10, 100, 50), (0, 0, 0))
    return chart


def part(chart: BalanceChart, kind: type, name: str = "") -> object:
    found = chart.findChild(kind, name) if name else chart.findChild(kind)
    assert found is not None
    return found


def text(chart: BalanceChart, name: str) -> str:
    label = part(chart, QLabel, name)
    assert isinstance(label, QLabel)
    return label.text()


def names(chart: BalanceChart) -> list[str]:
    model = part(chart, ClassBalanceModel)
    assert isinstance(model, ClassBalanceModel)
    return [row.name for row in model.rows]


def choose(chart: BalanceChart, name: str, row: int) -> None:
    combo = part(chart, QComboBox, name)
    assert isinstance(combo, QComboBox)
    combo.setCurrentIndex(row)


def row_of(chart: BalanceChart, row: int) -> QImage:
    """One row of the bars, as drawn."""
    bars = part(chart, BalanceBars)
    assert isinstance(bars, BalanceBars)
    area = bars.visualRect(bars.model().index(row, 0))
    return bars.viewport().grab(area).toImage()


def colored(image: QImage, color: str) -> list[int]:
    """Columns in which a colour can be found."""
    wanted = QColor(color)
    return [
        x
        for x in range(image.width())
        if any(image.pixelColor(x, y) == wanted for y in range(image.height()))
    ]


def test_that_the_imbalance_is_said_in_one_sentence(chart: BalanceChart) -> None:
    expected = "roses has 10 times as many training images as daisy: 600 against 60."
    assert text(chart, "balance_sentence") == expected
    assert chart.accessibleDescription() == expected


@pytest.mark.parametrize(
    ("train", "expected"),
    [
        ((50, 50, 50), "All classes have 50 training images."),
        ((50, 60, 55), "The classes are balanced: 50 to 60 training images each."),
        ((0, 60, 55), "daisy has no training images at all."),
        ((0, 0, 0), "There are no training images yet."),
        ((100, 250, 100), "roses has 2.5 times as many training images as daisy: 250 against 100."),
    ],
)
def test_that_other_balances_are_said_too(
    chart: BalanceChart, train: tuple[int, ...], expected: str
) -> None:
    chart.set_counts(FLOWERS, train, (5, 5, 5), (0, 0, 0))
    for remedy in Imbalance:
        chart.set_remedy(remedy)
        assert text(chart, "balance_sentence") == expected
        assert text(chart, "balance_effect")


def test_that_no_classes_are_no_problem(chart: BalanceChart) -> None:
    chart.set_counts((), (), (), ())
    for remedy in Imbalance:
        chart.set_remedy(remedy)
    chart.grab()
    assert text(chart, "balance_sentence") == "There are no training images yet."


def test_that_classes_are_sorted_by_size_or_name(chart: BalanceChart) -> None:
    assert names(chart) == ["roses", "tulips", "daisy"]
    choose(chart, "balance_sort", 1)
    assert names(chart) == ["daisy", "tulips", "roses"]
    choose(chart, "balance_sort", 2)
    assert names(chart) == ["daisy", "roses", "tulips"]


def test_that_a_chosen_remedy_is_told_and_shown(qtbot: QtBot, chart: BalanceChart) -> None:
    with qtbot.waitSignal(chart.remedy_changed) as heard:
        choose(chart, "balance_remedy", 2)
    assert heard.args[0] is Imbalance.WEIGHTS
    assert chart.remedy is Imbalance.WEIGHTS
    effect = "A mistake on an image of daisy counts 10 times as much as one on roses."
    assert text(chart, "balance_effect") == effect
    rows = rows_of(part(chart, ClassBalanceModel))  # type: ignore[arg-type]
    assert [row[5] for row in rows[1:]] == ["33.3 %"] * 3


def test_that_a_remedy_set_from_outside_is_shown_and_not_told(
    qtbot: QtBot, chart: BalanceChart
) -> None:
    with qtbot.assertNotEmitted(chart.remedy_changed):
        chart.set_remedy(Imbalance.SAMPLING)
    combo = part(chart, QComboBox, "balance_remedy")
    assert isinstance(combo, QComboBox)
    assert combo.currentText() == "Weighted sampling"
    assert "10 times as often" in text(chart, "balance_effect")


def test_that_bars_are_as_long_as_the_counts(chart: BalanceChart, theme: ThemeManager) -> None:
    chart.show()
    widths = [len(colored(row_of(chart, row), theme.theme.train)) for row in range(3)]
    assert widths[0] > 100
    assert widths[1] == pytest.approx(widths[0] / 2, abs=3)
    assert widths[2] == pytest.approx(widths[0] / 10, abs=3)
    chart.close()


def test_that_marks_show_the_share_each_class_will_get(
    chart: BalanceChart, theme: ThemeManager
) -> None:
    chart.show()
    bars = part(chart, BalanceBars)
    assert isinstance(bars, BalanceBars)
    left, right = bars.columns().bar

    def mark(row: int) -> float | None:
        inside = [x for x in colored(row_of(chart, row), theme.theme.text) if left < x < right]
        return sum(inside) / len(inside) if inside else None

    assert mark(0) is None
    chart.set_remedy(Imbalance.WEIGHTS)
    places = [mark(row) for row in range(3)]
    expected = left + (right - left) * 320 / 700  # a third of 960 training images
    assert places == pytest.approx([expected] * 3, abs=2)
    chart.set_remedy(Imbalance.EFFECTIVE)
    first, _, last = (mark(row) for row in range(3))
    assert first is not None
    assert last is not None
    assert last < first
    chart.close()


def test_that_the_test_part_is_named_only_where_there_is_one(chart: BalanceChart) -> None:
    key = part(chart, QLabel, "balance_key_2")
    assert isinstance(key, QLabel)
    assert key.isHidden()
    chart.set_counts(FLOWERS, (60, 600, 300), (10, 100, 50), (1, 0, 0))
    assert not key.isHidden()


def test_that_the_same_numbers_are_in_the_table(qtbot: QtBot, chart: BalanceChart) -> None:
    button, pages = part(chart, QToolButton, "balance_show_table"), part(chart, QStackedWidget)
    assert isinstance(button, QToolButton)
    assert isinstance(pages, QStackedWidget)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert pages.currentWidget() is chart.twin
    table = part(chart, QTableView, "balance_table")
    assert isinstance(table, QTableView)
    assert rows_of(table.model()) == [
        ["Class", "Training", "Validation", "Test", "Images", "Seen in training"],
        ["roses", "600", "100", "0", "700", "62.5 %"],
        ["tulips", "300", "50", "0", "350", "31.3 %"],
        ["daisy", "60", "10", "0", "70", "6.3 %"],
    ]


def test_that_a_thousand_classes_are_drawn_as_they_are_scrolled_to(
    qtbot: QtBot, chart: BalanceChart, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    text_of = ClassBalanceModel.share_text

    def listen(model: ClassBalanceModel, row: object) -> str:
        drawn.append(row.name)  # type: ignore[attr-defined]
        return text_of(model, row)  # type: ignore[arg-type]

    monkeypatch.setattr(ClassBalanceModel, "share_text", listen)
    classes = [f"class {number:04}" for number in range(1000)]
    counts = list(range(2000, 1000, -1))
    chart.set_counts(classes, counts, [2] * 1000, [0] * 1000)
    chart.show()
    drawn.clear()
    bars = part(chart, BalanceBars)
    assert isinstance(bars, BalanceBars)
    chart.grab()
    assert set(drawn) >= set(classes[:5])
    assert len(set(drawn)) < 3 + bars.viewport().height() // ROW
    bars.scrollToBottom()
    drawn.clear()
    chart.grab()
    assert classes[-1] in drawn
    assert len(set(drawn)) < 3 + bars.viewport().height() // ROW
    chart.close()


def test_that_long_names_leave_room_for_the_bars(chart: BalanceChart) -> None:
    chart.show()
    chart.set_counts(["x" * 300, "b"], (5, 9), (1, 1), (0, 0))
    bars = part(chart, BalanceBars)
    assert isinstance(bars, BalanceBars)
    columns = bars.columns()
    assert columns.name[1] < columns.bar[0] < columns.bar[1] < columns.count < columns.share
    assert columns.bar[1] - columns.bar[0] > 0.3 * bars.viewport().width()
    chart.resize(340, 400)
    chart.grab()
    columns = bars.columns()
    assert columns.bar[1] - columns.bar[0] > 40
    chart.close()


def test_that_rows_speak_to_screen_readers(chart: BalanceChart) -> None:
    model = part(chart, ClassBalanceModel)
    assert isinstance(model, ClassBalanceModel)
    spoken = model.index(2, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == (
        "daisy: 60 for training, 10 for validation, 0 for the test; 6.3 % of the training"
    )


def test_that_it_follows_theme_and_language(chart: BalanceChart, theme: ThemeManager) -> None:
    chart.show()
    chart.set_remedy(Imbalance.WEIGHTS)
    light = row_of(chart, 0)
    theme.set_mode("dark")
    assert colored(row_of(chart, 0), theme.theme.train)
    assert row_of(chart, 0) != light
    QApplication.sendEvent(chart, QEvent(QEvent.Type.LanguageChange))
    assert text(chart, "balance_sentence").startswith("roses has 10 times")
    chart.close()
