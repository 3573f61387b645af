"""Costly work on widgets is spread over turns of the event loop."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEventLoop, QObject, QTimer
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import delete

from effnet_studio.gui.turns import CallQueue, TurnTimer, in_turn
from effnet_studio.gui.widgets.plots.curve_style import CurveStyle
from effnet_studio.gui.widgets.plots.plot_canvas import PlotCanvas
from effnet_studio.gui.widgets.plots.table_twin import TableTwin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from effnet_studio.gui.theme import ThemeManager


class _Diary(QObject):
    """What happened, in its order; a timer that is due in every turn leaves a dot."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[str] = []
        self._beat = QTimer(self, interval=0)
        self._beat.timeout.connect(lambda: self.entries.append("."))
        self._beat.start()

    def done(self) -> list[str]:
        return [entry for entry in self.entries if entry != "."]

    def stop(self) -> None:
        self._beat.stop()


def column(qtbot: QtBot) -> tuple[QWidget, QVBoxLayout]:
    """A window, not shown, for widgets below each other."""
    window = QWidget()
    qtbot.addWidget(window)
    return window, QVBoxLayout(window)


@pytest.fixture
def widgets(qtbot: QtBot) -> Iterator[list[QWidget]]:
    """Four widgets on view."""
    window, layout = column(qtbot)
    four = [QWidget(window) for _ in range(4)]
    for widget in four:
        layout.addWidget(widget)
    with qtbot.waitExposed(window):
        window.show()
    yield four
    window.close()


def test_that_between_two_calls_the_window_answers(qtbot: QtBot, widgets: list[QWidget]) -> None:
    diary = _Diary()
    for number, widget in enumerate(widgets):
        in_turn(widget, partial(diary.entries.append, str(number)))
    assert not diary.done()
    qtbot.waitUntil(lambda: len(diary.done()) == 4)
    diary.stop()
    assert diary.done() == ["0", "1", "2", "3"]
    places = [diary.entries.index(entry) for entry in diary.done()]
    assert all("." in diary.entries[a:b] for a, b in pairwise(places))


def test_that_each_widget_waits_once_and_those_that_left_do_not(
    qtbot: QtBot, widgets: list[QWidget]
) -> None:
    diary = _Diary()
    for number, widget in enumerate(widgets):
        for _ in range(2):
            in_turn(widget, partial(diary.entries.append, str(number)))
    _, hidden, gone, _ = widgets
    hidden.hide()
    delete(gone)
    qtbot.waitUntil(lambda: "3" in diary.done())
    qtbot.wait(20)
    diary.stop()
    assert diary.done() == ["0", "3"]


def test_that_plots_are_laid_out_one_after_the_other(
    qtbot: QtBot, theme: ThemeManager, monkeypatch: pytest.MonkeyPatch
) -> None:
    diary = _Diary()
    fill = PlotCanvas._fill

    def filling(canvas: PlotCanvas) -> None:
        diary.entries.append(canvas.objectName())
        fill(canvas)

    monkeypatch.setattr(PlotCanvas, "_fill", filling)
    window, layout = column(qtbot)
    canvases = [PlotCanvas(theme.theme, parent=window) for _ in range(3)]
    for number, canvas in enumerate(canvases):
        canvas.setObjectName(str(number))
        canvas.add_curve("curve", CurveStyle(0))
        layout.addWidget(canvas)

    def filled() -> bool:
        return all(each._plot.isVisible() and each._plot.size() == each.size() for each in canvases)

    window.resize(600, 600)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(filled)
    window.hide()
    window.resize(500, 480)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(filled)
    window.resize(640, 660)
    qtbot.waitUntil(filled)
    window.resize(600, 540)
    window.hide()  # before it was any plot's turn
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(filled)
    diary.stop()
    assert set(diary.done()) == {"0", "1", "2"}
    assert all("." in pair for pair in pairwise(diary.entries)), diary.entries


def test_that_tables_are_fitted_one_in_each_turn(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    diary = _Diary()
    fit = TableTwin.fit_columns

    def fitting(twin: TableTwin) -> None:
        diary.entries.append(twin.objectName())
        fit(twin)

    monkeypatch.setattr(TableTwin, "fit_columns", fitting)
    window, layout = column(qtbot)
    rows = QStandardItemModel(40, 4, window)
    twins = [TableTwin(rows, name=name, parent=window, fitted=True) for name in "abc"]
    for twin in twins:
        layout.addWidget(twin)
    names = {twin.objectName() for twin in twins}
    for width in (600, 900):
        diary.entries.clear()
        window.resize(width, 700)
        with qtbot.waitExposed(window):
            window.show()
        qtbot.waitUntil(lambda: set(diary.done()) == names)
        assert all("." in pair for pair in pairwise(diary.entries)), diary.entries
        widths = {twin.table.columnWidth(0) for twin in twins}
        assert len(widths) == 1
        assert min(widths) * 4 == pytest.approx(twins[0].table.viewport().width(), abs=4)
        window.hide()
    diary.stop()


@pytest.fixture
def diary() -> Iterator[_Diary]:
    """One that is written until the test ends."""
    diary = _Diary()
    yield diary
    diary.stop()


def test_that_timers_of_different_owners_do_not_time_out_in_one_turn(
    qtbot: QtBot, diary: _Diary
) -> None:
    owners = [QObject(diary) for _ in range(3)]
    timers = [TurnTimer(owner, single_shot=owner is owners[1]) for owner in owners]
    for number, timer in enumerate(timers):
        timer.timeout.connect(partial(diary.entries.append, str(number)))
        timer.start()
        timer.start()
    qtbot.waitUntil(lambda: len(diary.done()) >= 6)
    for timer in timers:
        timer.stop()
    said = len(diary.done())
    assert diary.done()[:6] == ["0", "1", "2", "0", "2", "0"]
    named = [place for place, entry in enumerate(diary.entries) if entry != "."]
    assert all(later - sooner > 1 for sooner, later in pairwise(named))
    qtbot.wait(20)
    assert len(diary.done()) == said, "one that was stopped goes on"


def test_that_a_timer_stopped_and_started_again_before_its_turn_times_out_once(
    qtbot: QtBot, diary: _Diary
) -> None:
    gone, timer = TurnTimer(diary), TurnTimer(diary)
    timer.timeout.connect(partial(diary.entries.append, "timer"))
    for each in (gone, timer):
        each.start()
    timer.stop()
    assert not timer.isActive()
    timer.start()
    assert timer.isActive()
    delete(gone)
    qtbot.waitUntil(lambda: "timer" in diary.entries)
    qtbot.wait(20)
    assert diary.done() == ["timer"]
    assert not timer.isActive()


def test_that_each_call_has_a_turn_of_its_own_and_the_end_is_told_in_another(
    qtbot: QtBot, diary: _Diary
) -> None:
    calls = CallQueue(diary)
    calls.emptied.connect(lambda: diary.entries.append("emptied"))
    for name in ("a", "b", "c"):
        calls.add(partial(diary.entries.append, name))
    qtbot.waitUntil(lambda: "emptied" in diary.entries)
    assert diary.done() == ["a", "b", "c", "emptied"]
    named = [place for place, entry in enumerate(diary.entries) if entry != "."]
    assert all(later - sooner > 1 for sooner, later in pairwise(named))


def test_that_a_call_that_waits_for_another_does_not_keep_it_from_coming(
    qtbot: QtBot, diary: _Diary
) -> None:
    calls, dialog = CallQueue(diary), QEventLoop()
    calls.add(dialog.exec)
    calls.add(dialog.quit)
    with qtbot.waitSignal(calls.emptied):
        pass
    assert not dialog.isRunning()


def test_that_a_call_that_fails_does_not_keep_the_others(qtbot: QtBot, diary: _Diary) -> None:
    calls = CallQueue(diary)
    calls.add([].pop)
    calls.add(partial(diary.entries.append, "b"))
    with qtbot.captureExceptions() as caught, qtbot.waitSignal(calls.emptied):
        pass
    assert [kind for kind, *_ in caught] == [IndexError]
    assert diary.done() == ["b"]
