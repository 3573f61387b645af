"""All figures with their intervals, and the images that keep each from being better."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QTabBar

from effnet_studio.engine.evaluation.evaluate import Evaluation, summarize
from effnet_studio.engine.evaluation.measures.intervals import confidence_intervals
from effnet_studio.engine.evaluation.measures.metrics import true_ranks
from effnet_studio.gui.models.class_report_table import LABEL_ROLE
from effnet_studio.gui.models.figure_rows import FIGURE_ROLE
from effnet_studio.gui.models.image_choice import ImageChoice
from effnet_studio.gui.text import percent_text
from effnet_studio.gui.widgets.evaluate.figures_tab import FiguresTab
from effnet_studio.gui.widgets.report_table import ReportTable

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from effnet_studio.gui.jobs import JobRunner
    from effnet_studio.gui.theme import ThemeManager


def judged(classes: int, images: int) -> Evaluation:
    generator = np.random.default_rng(4)
    true = generator.integers(0, classes, images)
    logits = generator.normal(size=(images, classes)).astype(np.float32)
    logits[np.arange(images), true] += 1.0
    names = tuple(f"class {number}" for number in range(classes))
    return summarize(logits, true, classes=names, sample_ids=tuple(range(images)), split="val")


@pytest.fixture
def tab(qtbot: QtBot, runner: JobRunner, theme: ThemeManager) -> FiguresTab:
    made = FiguresTab(runner, theme)
    qtbot.addWidget(made)
    yield made
    runner.shutdown()


def table(tab: FiguresTab) -> ReportTable:
    found = tab.findChild(ReportTable, "figure_table")
    assert found is not None
    return found


def cell(tab: FiguresTab, name: str, column: int) -> QModelIndex:
    model = table(tab).model()
    rows = [model.index(row, column) for row in range(model.rowCount())]
    return next(index for index in rows if index.data(FIGURE_ROLE) == name)


def settle(tab: FiguresTab, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: cell(tab, "accuracy", 2).data() != "…")


def test_that_each_figure_gets_its_interval(tab: FiguresTab, qtbot: QtBot) -> None:
    evaluation = judged(8, 80)
    tab.set_evaluation(evaluation)
    settle(tab, qtbot)
    found = confidence_intervals(evaluation)
    for name in ("accuracy", "balanced_accuracy", "macro_f1", "weighted_f1", "top5"):
        interval = getattr(found, name)
        assert cell(tab, name, 1).data() == percent_text(getattr(evaluation, name))
        ends = (percent_text(interval.low), percent_text(interval.high))
        assert cell(tab, name, 2).data() == " to ".join(ends)
    for name in ("kappa", "mcc", "log_loss"):
        assert cell(tab, name, 1).data() == f"{getattr(evaluation, name):.3f}"
    assert "guessing" in cell(tab, "kappa", 0).data(Qt.ItemDataRole.ToolTipRole)
    classes = tab.findChild(ReportTable, "class_table").model()
    first = classes.index(0, 1)
    low, high = found.recall[first.data(LABEL_ROLE)]
    said = first.data(Qt.ItemDataRole.ToolTipRole)
    assert percent_text(low) in said
    assert percent_text(high) in said


def test_that_each_figure_opens_the_images_that_spoil_it(tab: FiguresTab, qtbot: QtBot) -> None:
    evaluation = judged(8, 80)
    chosen: list[ImageChoice] = []
    tab.images_chosen.connect(chosen.append)
    tab.set_evaluation(evaluation)
    table(tab).setCurrentIndex(cell(tab, "top5", 0))  # before it is known which these are
    settle(tab, qtbot)
    qtbot.waitUntil(lambda: bool(chosen))
    missed = set(np.flatnonzero(true_ranks(evaluation.logits, evaluation.true) >= 5).tolist())
    assert missed
    assert set(chosen[-1].positions.tolist()) == missed
    with qtbot.waitSignal(tab.nothing_to_open):  # all errors, which are on view without a choice
        table(tab).setCurrentIndex(cell(tab, "mcc", 0))
    assert len(chosen) == 1
    table(tab).setCurrentIndex(cell(tab, "log_loss", 0))
    lost = evaluation.true_probability[chosen[-1].positions]
    assert len(lost) == 80
    assert (np.diff(lost) >= 0).all()
    before = len(chosen)
    tab.clear_choice()
    assert len(chosen) == before


def test_that_few_classes_have_no_top_five_and_one_image_no_sure_loss(
    tab: FiguresTab, qtbot: QtBot
) -> None:
    tab.set_evaluation(judged(3, 1))
    settle(tab, qtbot)
    names = {
        table(tab).model().index(row, 0).data() for row in range(table(tab).model().rowCount())
    }
    assert "Top-5 accuracy" not in names
    assert cell(tab, "log_loss", 2).data() == "too few images"
    tab.findChild(QTabBar, "evaluation_tabs").setCurrentIndex(3)
    assert "Log-loss\t" in table(tab).as_text()


def test_that_the_intervals_of_older_figures_come_too_late(tab: FiguresTab, qtbot: QtBot) -> None:
    tab.set_evaluation(judged(50, 3000))
    newer = judged(8, 30)
    tab.set_evaluation(newer)
    settle(tab, qtbot)
    found = confidence_intervals(newer).accuracy
    ends = (percent_text(found.low), percent_text(found.high))
    assert cell(tab, "accuracy", 2).data() == " to ".join(ends)
    tab.set_evaluation(None)
    assert table(tab).model().rowCount() == 0


def test_that_no_figure_is_cut(tab: FiguresTab, qtbot: QtBot, theme: ThemeManager) -> None:
    theme.add_window(tab)
    tab.resize(430, 500)
    tab.show()
    true = np.repeat(np.arange(3), 1_000)
    tab.set_evaluation(
        summarize(
            9 * np.eye(3, dtype=np.float32)[true],  # everything is right: the longest figures
            true,
            classes=("a", "b", "c"),
            sample_ids=tuple(range(len(true))),
            split="val",
        )
    )
    settle(tab, qtbot)
    for place, each in enumerate(tab._tables):
        tab.findChild(QTabBar, "evaluation_tabs").setCurrentIndex(place + 1)
        for column in range(1, each.model().columnCount()):
            assert each.columnWidth(column) >= each.sizeHintForColumn(column), (place, column)
