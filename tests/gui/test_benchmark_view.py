"""Measuring in the window: the choice, the real job, its table and its plot."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from effnet_studio.engine.benchmark.plan import USUAL_MODELS, Runtime
from effnet_studio.engine.benchmark.results import (
    Measurement,
    Timing,
    load_results,
    save_results,
    this_versions,
)
from effnet_studio.engine.models.catalog import CATALOG, get_spec
from effnet_studio.gui.models.benchmark_table import MEASUREMENT_ROLE, BenchmarkTable
from effnet_studio.gui.widgets.architectures.benchmark_view import BenchmarkView
from effnet_studio.gui.widgets.architectures.latency_plot import LatencyPlot

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from effnet_studio.gui.session import Session
    from effnet_studio.gui.theme import ThemeManager

SMALL = "mobilenet_v3_small"


def measured(
    model: str, seconds: float, runtime: Runtime = Runtime.ONNX, **changes: object
) -> Measurement:
    made = Measurement(
        model=model,
        size=get_spec(model).input_size,
        runtime=runtime,
        device="cpu",
        latency=Timing(seconds, 0.9 * seconds, 1.2 * seconds, 7, 1),
        memory=95_000_000,
        throughput=None,
        train=None,
        train_frozen=None,
        train_memory=None,
        versions=this_versions(),
        measured="2026-01-01T00:00:00+00:00",
    )
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]


@pytest.fixture
def view(qtbot: QtBot, session: Session, theme: ThemeManager, english: None) -> BenchmarkView:
    view = BenchmarkView(session, theme)
    qtbot.addWidget(view)
    qtbot.waitUntil(lambda: view.results is not None)
    return view


def column(table: BenchmarkTable, number: int) -> list[str]:
    return [str(table.index(row, number).data()) for row in range(table.rowCount())]


def test_that_without_results_there_is_one_thing_to_do(view: BenchmarkView) -> None:
    assert view._stack.currentWidget() is view.empty
    assert view.empty.action.text() == "Measure"
    assert view.setup.chosen == [name for name in CATALOG if name in USUAL_MODELS]


def test_that_nothing_checked_cannot_be_measured(view: BenchmarkView) -> None:
    for name in USUAL_MODELS:
        view.setup.add_model(name, checked=False)
    assert not view.setup.start.isEnabled()
    view.setup.add_model("efficientnet_w1.2_d1.4_r300")
    assert view.setup.start.isEnabled()
    assert [each.size for each in view.setup.plan().variants] == [300] * len(Runtime)


def test_that_a_real_measuring_ends_in_table_and_file(
    view: BenchmarkView, session: Session, qtbot: QtBot
) -> None:
    for name in USUAL_MODELS:
        view.setup.add_model(name, checked=name == SMALL)
    view.setup.size_combo.setCurrentIndex(view.setup.size_combo.findData(64))
    view.setup.budget.addItem("", 1)
    view.setup.budget.setCurrentIndex(view.setup.budget.count() - 1)
    view.setup.training.setChecked(False)

    with qtbot.waitSignal(view.results_changed, timeout=180_000):
        qtbot.mouseClick(view.setup.start, Qt.MouseButton.LeftButton)
        assert view.running
        assert view.setup.start.isHidden()
        assert not view.setup.models.isEnabled()
        assert [job.kind for job in session.jobs.jobs if job.title] == ["benchmark"]
        view.start()  # a second click changes nothing
        assert len([job for job in session.jobs.jobs if job.kind == "benchmark"]) == 1

    assert not view.running
    assert not view.setup.start.isHidden()
    assert view._said.startswith("MobileNetV3-Small")
    assert view.banner.isHidden()
    assert set(column(view.model, 0)) == {"MobileNetV3-Small"}
    assert view.model.rowCount() == len(load_results().measurements) >= 3
    assert view._stack.currentIndex() == 1
    assert view.plot.points == ()  # the accuracy at 64 pixels is not known


def test_that_stopping_ends_the_job_and_shows_the_choice_again(
    view: BenchmarkView, qtbot: QtBot
) -> None:
    view.start()
    with qtbot.waitSignal(view.results_changed, timeout=30_000):
        qtbot.mouseClick(view.setup.stop, Qt.MouseButton.LeftButton)
        assert not view.setup.stop.isEnabled()
    assert not view.running
    assert not view.setup.start.isHidden()
    assert view.setup.models.isEnabled()
    assert view.banner.isHidden()  # to stop is no failure


def test_that_columns_sort_by_value_and_gaps_come_last(qtbot: QtBot, english: None) -> None:
    table = BenchmarkTable()
    step = Timing(0.2, 0.2, 0.2, 3, 16)
    rows = [
        measured("resnet18", 0.1, Runtime.TORCH, train=step),
        measured("resnet50", 0.02),
        measured(
            "efficientnet_b0", 0.003, Runtime.MIXED, train=dataclasses.replace(step, median=0.1)
        ),
    ]
    table.set_measurements(rows, this_versions())
    assert column(table, 0) == ["ResNet-18", "ResNet-50", "EfficientNet-B0"]
    table.sort(3, Qt.SortOrder.AscendingOrder)
    assert column(table, 3) == ["3.00 ms", "20.0 ms", "100 ms"]
    table.sort(8, Qt.SortOrder.AscendingOrder)
    assert column(table, 8) == ["100 ms", "200 ms", ""]
    table.sort(8, Qt.SortOrder.DescendingOrder)
    assert column(table, 8) == ["200 ms", "100 ms", ""]
    assert table.index(0, 0).data(MEASUREMENT_ROLE) == rows[0]
    table.sort(-1)
    assert column(table, 0)[0] == "ResNet-18"


def test_that_older_libraries_are_marked(english: None) -> None:
    table = BenchmarkTable()
    newer = dataclasses.replace(this_versions(), onnxruntime="99")
    table.set_measurements(
        [measured("resnet18", 0.1), measured("resnet18", 0.1, Runtime.TORCH)], newer
    )
    assert [cell.endswith("older libraries") for cell in column(table, 9)] == [True, False]


def test_that_the_table_is_copied_with_its_headings(
    view: BenchmarkView, session: Session, qapp: QApplication, qtbot: QtBot
) -> None:
    save_results([measured("resnet18", 0.0123)])
    with qtbot.waitSignal(view.results_changed):
        view.reload()
    view.twin.copy()
    heading, row = qapp.clipboard().text().splitlines()
    assert heading.startswith("Model\tInput\tComputed by\tOne image")
    assert row.startswith("ResNet-18\t224 px\tONNX, 32-bit\t12.3 ms\t11.1 – 14.8 (7×)")


def test_that_an_activated_row_and_a_clicked_point_choose_the_model(
    view: BenchmarkView, qtbot: QtBot
) -> None:
    save_results([measured("resnet18", 0.1), measured("resnet50", 0.2)])
    with qtbot.waitSignal(view.results_changed):
        view.reload()
    with qtbot.waitSignal(view.model_chosen) as chosen:
        view.twin.table.activated.emit(view.model.index(1, 0))
    assert chosen.args == ["resnet50"]
    with qtbot.waitSignal(view.model_chosen) as chosen:
        view.plot._on_point_clicked(0)
    assert chosen.args == ["resnet18"]


def test_that_the_front_joins_what_nothing_beats(
    qtbot: QtBot, theme: ThemeManager, english: None
) -> None:
    plot = LatencyPlot(theme)
    qtbot.addWidget(plot)
    plot.set_measurements(
        [
            measured("efficientnet_b0", 0.02),  # 77.7 %
            measured("resnet18", 0.03),  # 69.8 %, slower: beaten
            measured(SMALL, 0.002),  # 67.7 %, quickest
            measured("resnet50", 0.06),  # 80.9 %, most accurate
            measured("efficientnet_w1.2_d1.4_r64", 0.01),  # accuracy unknown
        ]
    )
    plot.draw()
    assert [p.measurement.model for p in plot.points if p.best] == [
        SMALL,
        "efficientnet_b0",
        "resnet50",
    ]
    canvas = plot._canvas
    assert canvas is not None
    assert len(canvas._scatter.points()) == 4
    assert len(canvas._curves["front"].getData()[0]) == 3
    assert not plot._note.isHidden()
    assert plot._note.text().startswith("1 not shown")
    theme.set_mode("dark")
    plot._draw_timer.stop()
    plot.draw()
    assert canvas._scatter.points()[0].brush().color().name() in theme.theme.series
