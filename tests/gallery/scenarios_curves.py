"""Evaluate, the curves: one class, several, a threshold, two classes, a thousand, none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt

from effnet_studio.engine.errors import StorageError
from effnet_studio.engine.evaluation.evaluate import summarize
from effnet_studio.engine.messages import msg
from effnet_studio.gui.widgets.evaluate.curves_view import CurvesView
from tests.gallery.names import CHINESE, PAIR, SPECIES
from tests.gallery.registry import Scenario
from tests.gallery.scenarios_evaluate import _done, _evaluate_page, _made_up, _show

if TYPE_CHECKING:
    from effnet_studio.gui.pages.evaluate import EvaluatePage
    from tests.gallery.stage import Stage


def _curves(stage: Stage, page: EvaluatePage) -> CurvesView:
    """Turn to the curves, and wait until everything is worked out."""
    place = next(n for n, tab in enumerate(page._view.tabs) if isinstance(tab, CurvesView))
    page._tabs.setCurrentIndex(place)
    view: CurvesView = page._view.tabs[place]  # type: ignore[assignment]
    stage.wait_for(lambda: view._curves is not None and view._keeper.settled)
    stage.settle()
    return view


def _invented(
    stage: Stage, classes: tuple[str, ...], skill: float, images: int = 900
) -> CurvesView:
    stage.given += classes
    page = _evaluate_page(stage)
    _show(page, _made_up(classes, skill, images, page.session.dataset.version))
    return _curves(stage, page)


def _worst(stage: Stage) -> CurvesView:
    return _curves(stage, _done(stage))


def _point(stage: Stage) -> None:
    view = _worst(stage)
    pair = view._plots.pair
    pair._choose(pair._curves[0], pair._curves[0].place_at(0.5))


def _pointed(stage: Stage) -> None:
    view = _invented(stage, SPECIES[:9], 3.0)
    pair = view._plots.pair
    pair._choose(pair._curves[0], pair._curves[0].place_at(0.5))
    pair._point("roc", 0.2, 0.8)


def _several(stage: Stage) -> None:
    view = _invented(stage, SPECIES, 4.0)
    view._ranking.table.selectAll()


def _bar(stage: Stage) -> None:
    view = _invented(stage, SPECIES[:6], 3.0)
    view._scroll.verticalScrollBar().setValue(10_000)
    view._histogram._go(0, 1)
    view._histogram.bar_chosen.emit(0, 1)


def _table(stage: Stage) -> None:
    view = _invented(stage, SPECIES[:6], 3.0)
    view._plots._button.setChecked(True)
    view._spread.button.setChecked(True)


def _two(stage: Stage) -> None:
    view = _invented(stage, PAIR, 3.0)
    pair = view._plots.pair
    pair._choose(pair._curves[0], pair._curves[0].place_at(0.3))


def _chinese(stage: Stage) -> None:
    _invented(stage, CHINESE, 3.5)._ranking.table.selectRow(2)


def _perfect(stage: Stage) -> None:
    _invented(stage, ("cat", "dog", "hare"), 60.0)


def _lonely(stage: Stage) -> None:
    _invented(stage, ("cat",), 2.0, 40)


def _thousand(stage: Stage) -> None:
    view = _invented(
        stage, tuple(f"{n:03d}.{SPECIES[n % 20]}" for n in range(1000)), 6.0, images=5_000
    )
    view._ranking.table.sort(0, Qt.SortOrder.AscendingOrder)


def _nothing_found(stage: Stage) -> None:
    view = _invented(stage, SPECIES, 3.0)
    view._ranking._search.setText("elephant")


def _working(stage: Stage) -> None:
    view = _worst(stage)
    view.set_evaluation(None)
    view._evaluation = _made_up(("cat", "dog"), 1.0, 10, "")
    view._tell_waiting()


def _failed(stage: Stage) -> None:
    view = _worst(stage)
    view._curves = None
    view._states.setCurrentWidget(view._waiting)
    view._on_failed(
        StorageError(
            msg(
                "The disk is full: {path} could not be written.", path="/photos/Garden.effnet/runs"
            ),
            hint=msg("Free some space or choose another folder; nothing written before is lost."),
        )
    )


def _few(stage: Stage) -> None:
    """A class without images, and one with two."""
    page = _evaluate_page(stage)
    made = _made_up(SPECIES[:5], 3.0, 60, page.session.dataset.version)
    kept = np.flatnonzero((made.true != 4) & ((made.true != 1) | (np.cumsum(made.true == 1) < 3)))
    _show(
        page,
        summarize(
            made.logits[kept],
            made.true[kept],
            classes=made.classes,
            sample_ids=tuple(int(place) + 1 for place in kept),
            split="val",
            dataset_version=made.dataset_version,
        ),
    )
    view = _curves(stage, page)
    view._ranking.table.selectRow(4)


SCENARIOS = (
    Scenario("evaluate", "curves", _worst),
    Scenario("evaluate", "curves-point", _point),
    Scenario("evaluate", "curves-pointed", _pointed),
    Scenario("evaluate", "curves-several", _several),
    Scenario("evaluate", "curves-bar", _bar),
    Scenario("evaluate", "curves-table", _table),
    Scenario("evaluate", "curves-two", _two),
    Scenario("evaluate", "curves-chinese", _chinese),
    Scenario("evaluate", "curves-perfect", _perfect),
    Scenario("evaluate", "curves-lonely", _lonely),
    Scenario("evaluate", "curves-thousand", _thousand),
    Scenario("evaluate", "curves-nothing-found", _nothing_found),
    Scenario("evaluate", "curves-few", _few),
    Scenario("evaluate", "curves-working", _working),
    Scenario("evaluate", "curves-failed", _failed),
)
