"""Plots: cheap to feed, drawn seldom, and readable as a table."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QWidget

from effnet_studio.gui.colors import DARK, LIGHT
from effnet_studio.gui.models.series import Series, SeriesTableModel, join
from effnet_studio.gui.restyler import hold_parts
from effnet_studio.gui.widgets.plots.curve_style import THICK_LIMIT, CurveStyle, make_pen
from effnet_studio.gui.widgets.plots.plot import PlotCard
from effnet_studio.gui.widgets.plots.table_twin import rows_of, to_text
from effnet_studio.gui.widgets.plots.ticks import even_decimals, percent_strings

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from effnet_studio.gui.theme import ThemeManager


@pytest.fixture
def card(qtbot: QtBot, theme: ThemeManager, english: None) -> PlotCard:
    card = PlotCard(theme, name="loss")
    qtbot.addWidget(card)
    card.add_series("train", CurveStyle(0, symbol="o"))
    card.add_series("val", CurveStyle(1, symbol="s"))
    card.set_names("Epoch", {"train": "training", "val": "validation"})
    card.set_title("Loss")
    card.set_empty_text("Nothing yet")
    card.resize(400, 300)
    return card


def test_that_numbers_of_an_axis_have_the_same_decimals(english: None) -> None:
    assert even_decimals(["1.6", "1.8", "1.65", "2"]) == ["1.60", "1.80", "1.65", "2.00"]
    assert even_decimals(["10,000", "20,000"]) == ["10,000", "20,000"]
    assert even_decimals(["1e-09", "1.5e-09"]) == ["1e-09", "1.5e-09"]
    assert even_decimals([]) == []


def test_that_no_two_ticks_of_shares_read_the_same(english) -> None:
    for spacing in (0.2, 0.05, 0.01, 0.005, 0.001, 0.0005, 0.0001):
        texts = percent_strings([0.99 + step * spacing for step in range(5)], 1.0, spacing)
        assert len(set(texts)) == 5, texts
    assert percent_strings([0.5, 0.75], 1.0, 0.25) == ["50 %", "75 %"]


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), max_size=300))
def test_that_a_series_keeps_every_point(values: list[float]) -> None:
    series = Series()
    for index, value in enumerate(values):
        series.append(index, value)
    assert series.y.tolist() == values
    assert series.x.tolist() == list(range(len(values)))


def test_that_a_view_taken_earlier_survives_growth() -> None:
    series = Series()
    for index in range(10):
        series.append(index, index)
    early = series.y
    for index in range(10, 1000):
        series.append(index, index)
    assert early.tolist() == list(range(10))


def test_that_the_nearest_point_is_found_on_either_side() -> None:
    series = Series()
    assert series.nearest(1.0) is None
    for x in (1, 2, 4):
        series.append(x, 10 * x)
    assert [series.nearest(x) for x in (-5, 1.4, 3.1, 9)] == [(1, 10), (1, 10), (4, 40), (4, 40)]


def test_that_series_of_different_density_share_a_table() -> None:
    steps, epochs = Series(), Series()
    for step in range(1, 5):
        steps.append(step / 2, step)
    epochs.append(1, 100)
    epochs.append(2, 200)
    positions, values = join([steps, epochs])
    assert positions.tolist() == [0.5, 1, 1.5, 2]
    np.testing.assert_array_equal(values[:, 1], [np.nan, 100, np.nan, 200])
    model = SeriesTableModel({"steps": steps, "epochs": epochs})
    model.set_headers(["Epoch", "steps", "epochs"])
    model.refresh()
    assert rows_of(model)[:3] == [
        ["Epoch", "steps", "epochs"],
        ["0.5", "1", ""],
        ["1", "2", "100"],
    ]


def test_that_pyqtgraph_is_not_needed_before_there_is_something_to_draw(
    card: PlotCard, qtbot: QtBot
) -> None:
    with qtbot.waitExposed(card):
        card.show()
    assert card._canvas is None
    assert card._stack.currentWidget() is card._empty
    card.append("train", 1, 0.5)
    qtbot.waitUntil(lambda: card._canvas is not None)
    assert card._stack.currentWidget() is card._canvas


def test_that_many_points_cost_few_redraws(
    card: PlotCard, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with qtbot.waitExposed(card):
        card.show()
    card.append("train", 0, 1)
    card.flush()
    drawn: list[int] = []
    original = card._canvas.set_curve  # type: ignore[union-attr]

    def counting(key: str, x: np.ndarray, y: np.ndarray) -> None:
        drawn.append(len(x))
        original(key, x, y)

    monkeypatch.setattr(card._canvas, "set_curve", counting)
    started = time.monotonic()
    for x in range(1, 5001):
        card.append("train", x, math.sin(x))
        if x % 500 == 0:
            QCoreApplication.processEvents()
    seconds = time.monotonic() - started
    qtbot.waitUntil(lambda: bool(drawn) and drawn[-1] == 5001)
    assert len(drawn) <= 2 + seconds / 0.066


def test_that_a_hidden_plot_is_drawn_when_it_is_shown_again(card: PlotCard, qtbot: QtBot) -> None:
    card.append("train", 1, 0.5)
    assert not card._redraw_timer.isActive()
    with qtbot.waitExposed(card):
        card.show()
    qtbot.waitUntil(lambda: card._canvas is not None)
    curve = card._canvas._curves["train"]  # type: ignore[union-attr]
    assert curve.getData()[1].tolist() == [0.5]


def test_that_the_table_has_what_the_curves_show(card: PlotCard, qtbot: QtBot) -> None:
    with qtbot.waitExposed(card):
        card.show()
    card.extend("train", [(1, 0.9), (2, 0.7)])
    card.append("val", 2, 0.8)
    qtbot.mouseClick(card._table_button, Qt.MouseButton.LeftButton)
    assert card._stack.currentWidget() is card.twin
    card.twin.copy()
    assert QGuiApplication.clipboard().text() == (
        "Epoch\ttraining\tvalidation\n1\t0.9\t\n2\t0.7\t0.8\n"
    )


def test_that_the_table_is_written_as_csv(card: PlotCard, tmp_path: Path, qtbot: QtBot) -> None:
    card.append("train", 1, 0.25)
    card._model.refresh()
    with qtbot.waitSignal(card.twin.saved):
        card.twin.save_csv(tmp_path / "loss.csv")
    text = (tmp_path / "loss.csv").read_text(encoding="utf-8-sig")
    assert text == "Epoch,training,validation\n1,0.25,\n"


def test_that_the_window_answers_while_a_long_table_is_saved_as_it_was_when_asked(
    card: PlotCard, tmp_path: Path, qtbot: QtBot
) -> None:
    steps = 20_000
    card.extend("train", [(step, 1 / step) for step in range(1, steps + 1)])
    card._model.refresh()
    turns: list[int] = []
    beat = QTimer(card, interval=0)
    beat.timeout.connect(lambda: turns.append(len(turns)))
    beat.start()
    with qtbot.waitSignal(card.twin.saved):
        card.twin.save_csv(tmp_path / "loss.csv")
        card.clear()  # another run begins
        card.append("train", 1, 0.25)
        card._model.refresh()
    beat.stop()
    lines = (tmp_path / "loss.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "Epoch,training,validation"
    assert lines[1:3] == ["1,1,", "2,0.5,"]
    assert len(lines) == 1 + steps
    assert len(turns) > 1


def test_that_a_table_that_cannot_be_saved_says_why(
    card: PlotCard, tmp_path: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(card.twin.save_failed) as failed:
        card.twin.save_csv(tmp_path / "gone" / "loss.csv")
    assert str(tmp_path) in str(failed.args[0])


def test_that_cells_with_separators_are_quoted() -> None:
    assert to_text([["a,b", 'say "x"']], delimiter=",") == '"a,b","say ""x"""\n'


def test_that_the_readout_names_every_series_at_the_cursor(card: PlotCard, qtbot: QtBot) -> None:
    with qtbot.waitExposed(card):
        card.show()
    card.extend("train", [(1, 0.9), (2, 0.7)])
    card.extend("val", [(1, math.inf), (2, 0.8)])
    card.flush()
    card._on_hovered(2.2)
    text = card._canvas._box.text()  # type: ignore[union-attr]
    assert "Epoch 2" in text
    assert "training <b>0.7</b>" in text
    assert "validation <b>0.8</b>" in text
    card._on_hovered(0.9)
    assert "validation" not in card._canvas._box.text()  # type: ignore[union-attr]
    card._on_left()
    assert not card._canvas._box.isVisible()  # type: ignore[union-attr]


@pytest.mark.parametrize("epochs", [1, 2, 3, 7, 400])
def test_that_an_axis_that_counts_has_no_tick_between_two_epochs(
    theme: ThemeManager, qtbot: QtBot, epochs: int
) -> None:
    from effnet_studio.gui.widgets.plots.plot_canvas import PlotCanvas

    canvas = PlotCanvas(theme.theme, counts=True)
    qtbot.addWidget(canvas)
    axis = canvas._axis("bottom")
    ticks = [place for _, places in axis.tickValues(0, epochs, 300) for place in places]
    assert {0.0, 1.0} <= set(ticks) or epochs > 10
    assert all(float(place).is_integer() for place in ticks)


def test_that_curves_follow_the_theme(card: PlotCard, theme: ThemeManager, qtbot: QtBot) -> None:
    with qtbot.waitExposed(card):
        card.show()
    card.append("train", 1, 0.5)
    card.flush()
    theme.set_mode("dark")
    pen = card._canvas._curves["train"].opts["pen"]  # type: ignore[union-attr]
    assert pen.color().name() == DARK.series[0]


@pytest.mark.parametrize("styled", [True, False], ids=["styled meanwhile", "shown at once"])
def test_that_hidden_curves_follow_the_theme_in_a_turn_of_their_own(
    card: PlotCard, theme: ThemeManager, qtbot: QtBot, *, styled: bool
) -> None:
    window = QStackedWidget()
    qtbot.addWidget(window)
    hold_parts(window)
    for page in (card, QWidget()):
        window.addWidget(page)
    theme.add_window(window)
    with qtbot.waitExposed(window):
        window.show()
    card.append("train", 1, 0.5)
    card.flush()
    canvas = card._canvas
    assert canvas is not None

    def color() -> str:
        return canvas._curves["train"].opts["pen"].color().name()  # type: ignore[no-any-return]

    window.setCurrentIndex(1)
    theme.set_mode("dark")
    assert color() == LIGHT.series[0], "not in the turn in which all that is seen follows"
    if styled:
        qtbot.waitUntil(lambda: color() == DARK.series[0])
    window.setCurrentIndex(0)
    assert color() == DARK.series[0]
    card.setParent(None)  # it is put away by itself


def test_that_long_curves_are_drawn_with_the_cheap_pen(theme: ThemeManager) -> None:
    style = CurveStyle(0)
    short, long = (make_pen(theme.theme, style, points) for points in (100, THICK_LIMIT + 1))
    assert (short.widthF(), long.widthF()) == (2.0, 1.0)
    assert short.isCosmetic()
    assert long.isCosmetic()
