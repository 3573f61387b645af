"""Evaluate, slices: findings, one chosen, none found, at work."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from effnet_studio.engine.data.store import load_index
from effnet_studio.engine.evaluation.evaluate import summarize
from tests.gallery.registry import Scenario
from tests.gallery.scenarios_evaluate import _done, _show

if TYPE_CHECKING:
    from effnet_studio.gui.pages.evaluate import EvaluatePage
    from tests.gallery.stage import Stage


def _opened(stage: Stage) -> EvaluatePage:
    page = _done(stage)
    page._tabs.setCurrentIndex(page._view.tabs.index(page._view.slices))
    stage.wait_for(lambda: page._view.slices._report is not None)
    return page


def _spoiled(stage: Stage, bad: float) -> EvaluatePage:
    """The images as they are, with wrong answers to many of the dark and the blurred ones."""
    page = _opened(stage)
    evaluation = page._keeper.result.evaluation
    index = load_index(page.session.project)
    rows = index.rows_of(evaluation.sample_ids)
    random = np.random.default_rng(2)
    dark = index.brightness[rows] < np.quantile(index.brightness[rows], 0.25)
    blurred = index.sharpness[rows] < np.quantile(index.sharpness[rows], 0.25)
    wrong = random.random(len(rows)) < 0.04 + bad * dark + 0.6 * bad * blurred
    classes = len(evaluation.classes)
    said = np.where(wrong, (evaluation.true + 1) % classes, evaluation.true)
    logits = random.normal(0, 0.5, (len(rows), classes))
    logits[np.arange(len(rows)), said] += 3
    made = summarize(
        logits.astype(np.float32),
        evaluation.true,
        classes=evaluation.classes,
        sample_ids=evaluation.sample_ids,
        split="val",
        dataset_version=evaluation.dataset_version,
    )
    _show(page, dataclasses.replace(made, model=evaluation.model))
    view = page._view.slices
    stage.wait_for(view._states.isEnabled)
    return page


def _found(stage: Stage) -> None:
    _spoiled(stage, 0.45)


def _chosen(stage: Stage) -> None:
    page = _spoiled(stage, 0.45)
    page._view.slices._list.setCurrentIndex(page._view.slices._findings.index(0))


def _row(stage: Stage) -> None:
    page = _spoiled(stage, 0.45)
    view = page._view.slices
    view._attribute.setCurrentIndex(view._attribute.findData("sharpness"))
    view._table.selectRow(0)


def _waiting(stage: Stage) -> None:
    page = _opened(stage)
    view = page._view.slices
    view._states.setCurrentIndex(0)


SCENARIOS = (
    Scenario("evaluate", "slices-plain", _opened),
    Scenario("evaluate", "slices-found", _found),
    Scenario("evaluate", "slices-chosen", _chosen),
    Scenario("evaluate", "slices-row", _row),
    Scenario("evaluate", "slices-waiting", _waiting),
)
