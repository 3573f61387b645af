"""The curves of few and of many classes, of none, at work, failed; in other looks and languages."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QStackedWidget,
    QToolButton,
)

from effnet_studio.engine.evaluation.evaluate import summarize
from effnet_studio.gui.errors import ErrorPanel
from effnet_studio.gui.i18n import install_language
from effnet_studio.gui.jobs import JobRunner
from effnet_studio.gui.theme import ThemeManager
from effnet_studio.gui.widgets.evaluate.curve_pair import CurvePair
from effnet_studio.gui.widgets.evaluate.curves_view import CurvesView
from effnet_studio.gui.widgets.evaluate.score_histogram import OWN, ScoreHistogram
from effnet_studio.gui.widgets.report_table import ReportTable
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


def test_that_of_two_classes_the_positive_one_is_named(qtbot, view: CurvesView) -> None:
    fill(qtbot, view, invented(("healthy", "ill")))
    first = labels(view)[0]
    names = ("healthy", "ill")
    expected = f"{names[first]} (positive) against {names[1 - first]}"
    assert text(view, "curves_title") == expected
    assert view.findChild(CurvePair)._averages == {}


def test_that_a_class_without_images_has_no_curve_and_is_last(qtbot, view: CurvesView) -> None:
    evaluation = invented()
    kept = np.flatnonzero(evaluation.true != 1)
    fill(
        qtbot,
        view,
        summarize(
            evaluation.logits[kept],
            evaluation.true[kept],
            classes=NAMES,
            sample_ids=tuple(int(place) for place in kept),
            split="val",
        ),
    )
    assert labels(view)[-1] == 1
    model = view.findChild(ReportTable, "ranking_table").model()
    assert [model.index(3, column).data() for column in range(4)] == ["bee", "–", "–", "0"]
    assert "no images of this class" in model.index(3, 1).data(Qt.ItemDataRole.ToolTipRole)
    choice = answer_to(qtbot, view, lambda: choose_rows(view, 3))
    assert len(choice.positions) == 0
    assert text(view, "curves_nothing") == "There are no images of it, so there is no curve."
    assert not view.findChild(QToolButton, "curves_show_table").isEnabled()


@pytest.mark.parametrize("images", [1, 12])
def test_that_a_single_class_is_said_to_have_nothing_to_tell_it_from(
    qtbot, view: CurvesView, images: int
) -> None:
    fill(qtbot, view, invented(("only",), images))
    assert "nothing to tell it from" in text(view, "curves_nothing")
    assert view.findChild(ScoreHistogram)._counts[OWN].sum() == images


def test_that_a_model_without_mistakes_is_shown_without_intervals(qtbot, view: CurvesView) -> None:
    fill(qtbot, view, invented(skill=60.0))
    model = view.findChild(ReportTable, "ranking_table").model()
    assert model.index(0, 1).data() == "1.000"
    assert "chance" in model.index(0, 1).data(Qt.ItemDataRole.ToolTipRole)
    choice = answer_to(qtbot, view, lambda: choose_rows(view, 1))
    assert len(choice.positions) == 0


def test_that_the_table_moves_beside_the_curves_where_there_is_room(
    qtbot, filled: CurvesView
) -> None:
    ranking = filled.findChild(ReportTable, "ranking_table").parentWidget()
    plots = filled.findChild(CurvePair)
    corner = QPoint(0, 0)
    assert ranking.mapTo(filled, corner).x() < plots.mapTo(filled, corner).x() < 100
    filled.resize(1200, 700)
    qtbot.waitUntil(lambda: plots.mapTo(filled, corner).x() > 400)


def test_that_nothing_is_worked_out_until_the_view_is_seen(
    qtbot, runner: JobRunner, theme: ThemeManager, english
) -> None:
    view = CurvesView(runner, theme)
    qtbot.addWidget(view)
    view.set_evaluation(invented())
    assert view._keeper.settled
    view.show()
    qtbot.waitUntil(lambda: view._curves is not None and view._keeper.settled)


def test_that_only_the_last_of_several_evaluations_is_shown(qtbot, view: CurvesView) -> None:
    for names in (NAMES, ("x", "y", "z"), ("one", "two")):
        view.set_evaluation(invented(names))
    qtbot.waitUntil(lambda: view._curves is not None and view._keeper.settled)
    assert labels(view) in ([0, 1], [1, 0])
    view.set_evaluation(None)
    states = view.findChild(QStackedWidget, "curves_states")
    assert states.currentWidget() is view.findChild(QLabel, "curves_waiting")
    assert text(view, "curves_waiting") == ""


def test_that_mended_labels_keep_the_classes_on_view(qtbot, filled: CurvesView) -> None:
    answer_to(qtbot, filled, lambda: choose_rows(filled, 2))
    title = text(filled, "curves_title")
    fill(qtbot, filled, invented(skill=2.0))
    assert text(filled, "curves_title") == title


def test_that_a_failure_is_said(qtbot, view: CurvesView) -> None:
    broken = dataclasses.replace(invented(), logits=np.zeros((3, 4), dtype=np.float32))
    view.set_evaluation(broken)
    panel = view.findChild(ErrorPanel, "error_panel")
    qtbot.waitUntil(lambda: panel.error is not None)
    assert text(view, "curves_waiting") == ""
    fill(qtbot, view, invented())
    assert panel.error is None


def test_that_colours_follow_the_theme(qtbot, filled: CurvesView, theme: ThemeManager) -> None:
    answer_to(qtbot, filled, lambda: qtbot.keyClick(filled.findChild(CurvePair), Qt.Key.Key_Right))
    widgets = [filled.findChild(CurvePair), filled.findChild(ScoreHistogram)]
    light = [widget.grab().toImage() for widget in widgets]
    theme.set_mode("dark")
    QApplication.sendPostedEvents(None, QEvent.Type.UpdateRequest)
    assert all(widget.grab().toImage() != old for widget, old in zip(widgets, light, strict=True))


def test_that_a_choice_is_told_again_in_another_language(
    qtbot, filled: CurvesView, qapp: QApplication
) -> None:
    first = answer_to(qtbot, filled, lambda: choose_rows(filled, 1))
    again = answer_to(qtbot, filled, lambda: install_language(qapp, "zh_CN"))
    np.testing.assert_array_equal(first.positions, again.positions)
    filled.clear_choice()
    with qtbot.assertNotEmitted(filled.images_chosen):
        install_language(qapp, "en")
