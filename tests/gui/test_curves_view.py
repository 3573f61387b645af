"""The curves of an evaluation: choosing classes, thresholds and bars opens their images."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QPushButton,
    QTabBar,
    QTableView,
    QToolButton,
)

from effnet_studio.engine.evaluation.curves.class_curves import class_curves
from effnet_studio.engine.evaluation.curves.curve_intervals import curve_intervals
from effnet_studio.gui.jobs import JobRunner
from effnet_studio.gui.models.class_report_table import LABEL_ROLE
from effnet_studio.gui.pages.evaluate import EvaluatePage
from effnet_studio.gui.session import Session
from effnet_studio.gui.text import area_text, unbroken
from effnet_studio.gui.theme import ThemeManager
from effnet_studio.gui.widgets.evaluate.curve_pair import CurvePair
from effnet_studio.gui.widgets.evaluate.curves_view import CurvesView
from effnet_studio.gui.widgets.evaluate.score_histogram import OTHERS, OWN, ScoreHistogram
from effnet_studio.gui.widgets.plots.plot_canvas import PlotCanvas
from effnet_studio.gui.widgets.report_table import ReportTable
from effnet_studio.gui.widgets.thumbnail_grid import ThumbnailGrid
from tests.gui.curves_stage import NAMES, answer_to, choose_rows, fill, invented, labels, text


@pytest.fixture
def view(qtbot, runner: JobRunner, theme: ThemeManager, english) -> CurvesView:
    """The view, shown, without an evaluation."""
    view = CurvesView(runner, theme)
    qtbot.addWidget(view)
    view.resize(640, 900)
    view.show()
    return view


@pytest.fixture
def filled(qtbot, view: CurvesView) -> CurvesView:
    """The view of four classes, everything worked out and drawn."""
    return fill(qtbot, view, invented())


def place_of(canvas: PlotCanvas, x: float, y: float) -> QPoint:
    """Where on the canvas's viewport a point of the plot is."""
    scene = canvas._item.getViewBox().mapViewToScene(QPointF(x, y))
    return canvas._plot.mapFromScene(scene)


def test_that_the_worst_class_is_on_top_and_the_figures_are_the_engines(
    filled: CurvesView,
) -> None:
    truth = class_curves(invented().logits, invented().true)
    order = list(np.argsort(truth.average_precision))
    assert labels(filled) == order
    model = filled.findChild(ReportTable, "ranking_table").model()
    ends = curve_intervals(truth)
    for row, label in enumerate(order):
        low, high = (area_text(end, 2) for end in ends.roc_auc[label])
        area = f"{area_text(truth.roc_auc[label])} ({low}–{high})"
        assert model.index(row, 1).data() == area
        steps = area_text(truth.average_precision[label])
        assert model.index(row, 2).data().startswith(f"{steps} (")
        assert model.index(row, 3).data() == "60"
    assert area_text(truth.macro.roc_auc) in text(filled, "ranking_mean")
    assert text(filled, "curves_title") == f"{NAMES[order[0]]} against the rest"


def test_that_nothing_is_chosen_before_the_user_chooses(qtbot, view: CurvesView) -> None:
    with qtbot.assertNotEmitted(view.images_chosen):
        fill(qtbot, view, invented())


def test_that_a_row_opens_the_images_on_the_wrong_side(qtbot, filled: CurvesView) -> None:
    evaluation, label = invented(), labels(filled)[2]
    choice = answer_to(qtbot, filled, lambda: choose_rows(filled, 2))
    scores = class_curves(evaluation.logits, evaluation.true).scores.of(label)
    own = evaluation.true == label
    lowest, highest = scores[own].min(), scores[~own].max()
    expected = np.flatnonzero((own & (scores <= highest)) | (~own & (scores >= lowest)))
    assert set(choice.positions) == set(expected)
    assert choice.title.startswith(f"{NAMES[label]}:")
    assert text(filled, "curves_title") == f"{NAMES[label]} against the rest"


@pytest.mark.parametrize("plot", ["roc", "precision_recall"])
def test_that_a_click_on_a_curve_opens_what_the_threshold_gets_wrong(
    qtbot, filled: CurvesView, plot: str
) -> None:
    evaluation, label = invented(), labels(filled)[0]
    counts = class_curves(evaluation.logits, evaluation.true).scores.counts(label)
    at = 40
    x = counts.false_positive_rate[at] if plot == "roc" else counts.recall[at]
    y = counts.recall[at] if plot == "roc" else counts.precision[at]
    canvas = filled.findChild(PlotCanvas, f"{plot}_plot")
    click = place_of(canvas, float(x), float(y))
    viewport = canvas._plot.viewport()
    choice = answer_to(
        qtbot, filled, lambda: qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=click)
    )
    marked = filled.findChild(CurvePair).marked()
    assert marked is not None
    found = marked[1]
    # A pixel is wider than the way from one threshold to the next.
    width, height = canvas.pixel_size()
    far = np.hypot((counts.recall[found] - counts.recall[at]) / height, 0)
    assert far < 3
    assert abs(counts.false_positive_rate[found] - counts.false_positive_rate[at]) < 6 * width
    scores = class_curves(evaluation.logits, evaluation.true).scores.of(label)
    own, threshold = evaluation.true == label, counts.thresholds[found]
    false = int((~own & (scores >= threshold)).sum())
    missed = int((own & (scores < threshold)).sum())
    assert len(choice.positions) == false + missed > 0
    assert (scores[choice.positions[:false]] >= threshold).all()
    assert own[choice.positions[false:]].all()
    assert str(false) in choice.title
    assert str(missed) in choice.title
    reading = text(filled, "curves_reading")
    assert f"Recall {100 * counts.recall[found]:.1f} %" in reading
    assert filled.findChild(ScoreHistogram)._threshold == threshold


def test_that_a_click_far_from_every_curve_opens_nothing(qtbot, filled: CurvesView) -> None:
    canvas = filled.findChild(PlotCanvas, "roc_plot")
    with qtbot.assertNotEmitted(filled.images_chosen):
        corner = place_of(canvas, 0.97, 0.03)
        qtbot.mouseClick(canvas._plot.viewport(), Qt.MouseButton.LeftButton, pos=corner)
    assert filled.findChild(CurvePair).mark is None


def test_that_the_keys_go_along_the_curve(qtbot, filled: CurvesView) -> None:
    pair = filled.findChild(CurvePair)
    counts = class_curves(invented().logits, invented().true).scores.counts(labels(filled)[0])
    last = len(counts.thresholds) - 1

    def press(key: Qt.Key) -> int:
        answer_to(qtbot, filled, lambda: qtbot.keyClick(pair, key))
        return pair.marked()[1]

    start = press(Qt.Key.Key_Right)
    assert counts.thresholds[start] >= 0.5 > counts.thresholds[start + 1]
    assert press(Qt.Key.Key_Right) == start + 1
    assert press(Qt.Key.Key_Left) == start
    assert press(Qt.Key.Key_PageDown) == start + last // 20
    assert press(Qt.Key.Key_Home) == 0
    assert "∞" in text(filled, "curves_reading")
    with qtbot.assertNotEmitted(filled.images_chosen):
        qtbot.keyClick(pair, Qt.Key.Key_Left)  # at the end already
    assert press(Qt.Key.Key_End) == last
    assert pair.accessibleDescription() in text(filled, "curves_reading")


def test_that_pointing_tells_a_threshold_without_choosing_it(qtbot, filled: CurvesView) -> None:
    canvas = filled.findChild(PlotCanvas, "roc_plot")
    counts = class_curves(invented().logits, invented().true).scores.counts(labels(filled)[0])
    before = text(filled, "curves_reading")
    with qtbot.assertNotEmitted(filled.images_chosen):
        canvas.pointed.emit(float(counts.false_positive_rate[30]), float(counts.recall[30]))
        assert f"Precision {100 * counts.precision[30]:.1f} %" in text(filled, "curves_reading")
        assert canvas.findChild(QLabel, "plot_readout").text().startswith("Threshold")
        canvas.left.emit()
    assert text(filled, "curves_reading") == before


def test_that_a_bar_opens_its_images(qtbot, filled: CurvesView) -> None:
    evaluation, label = invented(), labels(filled)[0]
    scores = class_curves(evaluation.logits, evaluation.true).scores.of(label)
    own = evaluation.true == label
    histogram = filled.findChild(ScoreHistogram)
    for row, members in ((OWN, own), (OTHERS, ~own)):
        expected = np.flatnonzero(members & (scores >= 0.25) & (scores < 0.3))
        assert len(expected)
        spot = histogram.bar_rect(row, 5).center().toPoint()
        choice = answer_to(
            qtbot,
            filled,
            lambda spot=spot: qtbot.mouseClick(histogram, Qt.MouseButton.LeftButton, pos=spot),
        )
        assert set(choice.positions) == set(expected)
        assert "25 % – 30 %" in choice.title
        assert histogram.accessibleDescription() == (
            f"25 % to 30 %: {len(expected)} of {members.sum()} images "
            f"({NAMES[label] if row == OWN else 'others'})"
        )


def test_that_bars_are_reached_with_keys(qtbot, filled: CurvesView) -> None:
    histogram = filled.findChild(ScoreHistogram)
    with qtbot.assertNotEmitted(filled.images_chosen):
        for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left):
            qtbot.keyClick(histogram, key)
    choice = answer_to(qtbot, filled, lambda: qtbot.keyClick(histogram, Qt.Key.Key_Return))
    assert len(choice.positions) == histogram._counts[OTHERS, 0]
    assert "0 % – 5 %" in choice.title


def test_that_several_classes_are_drawn_together_and_a_click_says_whose(
    qtbot, filled: CurvesView
) -> None:
    answer_to(qtbot, filled, lambda: choose_rows(filled, 0, 1, 3))
    order = labels(filled)
    pair = filled.findChild(CurvePair)
    assert [curve.label for curve in pair._curves] == [order[3], order[0], order[1]]
    assert text(filled, "curves_title") == "3 classes, each against the rest"
    choice = answer_to(qtbot, filled, lambda: pair._choose(pair._curves[2], 12))
    assert choice.title.startswith(f"{NAMES[order[1]]} from")
    assert NAMES[order[1]] in text(filled, "score_spread_title")


def test_that_no_more_than_six_curves_are_drawn(qtbot, view: CurvesView) -> None:
    fill(qtbot, view, invented(tuple(f"kind {n:02d}" for n in range(14))))
    view.findChild(ReportTable, "ranking_table").selectAll()
    assert len(view.findChild(CurvePair)._curves) == 6
    assert text(view, "curves_title") == "The first 6 of the chosen classes"


def test_that_classes_are_searched_and_sorted_and_stay_chosen(qtbot, view: CurvesView) -> None:
    fill(qtbot, view, invented(tuple(f"kind {n:02d}" for n in range(14))))
    table = view.findChild(ReportTable, "ranking_table")
    chosen = labels(view)[3]
    choose_rows(view, 3)
    search = view.findChild(QLineEdit, "ranking_search")
    assert search.isVisible()
    with qtbot.assertNotEmitted(view.images_chosen):
        table.sort(0, Qt.SortOrder.DescendingOrder)
        assert labels(view) == list(range(13, -1, -1))
        rows = table.selectionModel().selectedRows()
        assert [index.data(LABEL_ROLE) for index in rows] == [chosen]
        qtbot.keyClicks(search, "KIND 0")
        assert labels(view) == list(range(9, -1, -1))
        qtbot.keyClicks(search, "nothing")
        assert labels(view) == []
        assert view.findChild(QLabel, "ranking_none").isVisible()
        search.clear()
    assert table.isVisible()
    rows = table.selectionModel().selectedRows()
    assert [index.data(LABEL_ROLE) for index in rows] == [chosen]
    assert text(view, "curves_title") == f"kind {chosen:02d} against the rest"


def test_that_the_points_and_the_bars_are_tables_too(qtbot, filled: CurvesView) -> None:
    counts = class_curves(invented().logits, invented().true).scores.counts(labels(filled)[0])
    button = filled.findChild(QToolButton, "curves_show_table")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    table = filled.findChild(QTableView, "curves_table")
    assert table.isVisible()
    assert table.model().rowCount() == len(counts.thresholds)
    row = [table.model().index(50, column).data() for column in range(7)]
    assert row[4:] == [
        str(counts.found[50]),
        str(counts.false_alarms[50]),
        str(counts.positives - counts.found[50]),
    ]
    assert row[2] == f"{100 * counts.recall[50]:.1f} %"
    bars = filled.findChild(QTableView, "score_spread_table").model()
    assert sum(int(bars.index(row, 1).data()) for row in range(20)) == counts.positives
    assert sum(int(bars.index(row, 2).data()) for row in range(20)) == counts.negatives


def test_that_the_classes_can_be_pasted_with_their_intervals(qtbot, filled: CurvesView) -> None:
    filled.resize(420, 700)
    model = filled.findChild(ReportTable, "ranking_table").model()
    assert "(" not in model.index(0, 1).data(), "there is no room for them"
    qtbot.mouseClick(filled.findChild(QPushButton, "ranking_copy"), Qt.MouseButton.LeftButton)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "Class\tAUC\tAverage precision\tImages"
    assert all(line.count("–") == 2 for line in lines[1:])


def test_that_clearing_takes_mark_and_line_away(qtbot, filled: CurvesView) -> None:
    pair, histogram = filled.findChild(CurvePair), filled.findChild(ScoreHistogram)
    answer_to(qtbot, filled, lambda: qtbot.keyClick(pair, Qt.Key.Key_Right))
    assert histogram._threshold is not None
    filled.clear_choice()
    assert (pair.mark, histogram._threshold) == (None, None)


def test_that_the_page_shows_the_images_of_a_threshold(
    qtbot, opened: Session, theme: ThemeManager, english
) -> None:
    page = EvaluatePage(opened, theme)
    qtbot.addWidget(page)
    page.resize(1100, 760)
    page.show()
    with qtbot.waitSignal(opened.jobs.job_finished, timeout=30_000):
        page.start()
    tabs = page.findChild(QTabBar, "evaluate_tabs")
    names = [tabs.tabText(place) for place in range(tabs.count())]
    tabs.setCurrentIndex(names.index("Curves"))
    view = page.findChild(CurvesView)
    qtbot.waitUntil(lambda: view._curves is not None and view._keeper.settled, timeout=10_000)
    pair = view.findChild(CurvePair)
    choice = answer_to(qtbot, view, lambda: qtbot.keyClick(pair, Qt.Key.Key_Home))
    choice = answer_to(qtbot, view, lambda: qtbot.keyClick(pair, Qt.Key.Key_PageDown))
    grid = page.findChild(ThumbnailGrid, "thumbnail_grid")
    assert grid.model().rowCount() == len(choice.positions) > 0
    assert page.findChild(QLabel, "images_title").text().startswith(unbroken(choice.title))
    qtbot.mouseClick(page.findChild(QPushButton, "images_all_errors"), Qt.MouseButton.LeftButton)
    assert pair.mark is None
