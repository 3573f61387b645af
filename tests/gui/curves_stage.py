"""A curves view of invented answers, and what its tests do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QLabel

from effnet_studio.engine.evaluation.evaluate import Evaluation, summarize
from effnet_studio.gui.models.class_report_table import LABEL_ROLE
from effnet_studio.gui.models.image_choice import ImageChoice
from effnet_studio.gui.widgets.evaluate.curve_pair import CurvePair
from effnet_studio.gui.widgets.evaluate.curves_view import CurvesView
from effnet_studio.gui.widgets.plots.plot_canvas import PlotCanvas
from effnet_studio.gui.widgets.report_table import ReportTable

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

NAMES = ("ant", "bee", "fly", "wasp")


def invented(classes: tuple[str, ...] = NAMES, images: int = 240, skill: float = 1.6) -> Evaluation:
    """A model of some skill; each image has another probability."""
    random = np.random.default_rng(3)
    true = np.arange(images) % len(classes)
    logits = random.normal(0, 1, (images, len(classes)))
    logits[np.arange(images), true] += skill
    return summarize(
        logits.astype(np.float32),
        true.astype(np.int64),
        classes=classes,
        sample_ids=tuple(range(images)),
        split="val",
    )


def fill(qtbot: QtBot, view: CurvesView, evaluation: Evaluation) -> CurvesView:
    """Show an evaluation, with everything worked out and drawn."""
    view.set_evaluation(evaluation)
    qtbot.waitUntil(lambda: view._curves is not None and view._keeper.settled, timeout=10_000)
    pair = view.findChild(CurvePair)
    pair.draw()
    if pair.isVisible():
        plots = view.findChildren(PlotCanvas)
        qtbot.waitUntil(
            lambda: all(plot._plot.isVisible() and plot.pixel_size()[1] for plot in plots)
        )
    return view


def answer_to(qtbot: QtBot, view: CurvesView, act: Callable[[], object]) -> ImageChoice:
    """What an act opens."""
    with qtbot.waitSignal(view.images_chosen) as signal:
        act()
    return signal.args[0]


def choose_rows(view: CurvesView, *rows: int) -> None:
    """Choose classes by their rows."""
    table = view.findChild(ReportTable, "ranking_table")
    flags = QItemSelectionModel.SelectionFlag
    for place, row in enumerate(rows):
        first = flags.ClearAndSelect if place == 0 else flags.Select
        table.selectionModel().setCurrentIndex(table.index_at(row), first | flags.Rows)


def labels(view: CurvesView) -> list[int]:
    """Numbers of the classes, as they are listed."""
    table = view.findChild(ReportTable, "ranking_table")
    return [table.index_at(row).data(LABEL_ROLE) for row in range(table.model().rowCount())]


def text(view: CurvesView, name: str) -> str:
    """What a label says."""
    return view.findChild(QLabel, name).text()
