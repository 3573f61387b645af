"""Evaluate, where the model looks: not yet, at work, classes, errors, a bias, failed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTabBar

from effnet_studio.engine.errors import ModelError
from effnet_studio.engine.events import Progress
from effnet_studio.engine.events import Stage as Work
from effnet_studio.engine.messages import msg
from tests.gallery.names import in_words
from tests.gallery.registry import Scenario

if TYPE_CHECKING:
    from effnet_studio.gui.pages.evaluate import EvaluatePage
    from tests.gallery.stage import Stage


def _unmade(stage: Stage) -> EvaluatePage:
    stage.open_copy(stage.material.trained, "evaluate")
    page: EvaluatePage = stage.window.page("evaluate")  # type: ignore[assignment]
    page._tabs.setCurrentIndex(page._tabs.count() - 1)
    return page


def _working(stage: Stage) -> None:
    page = _unmade(stage)
    job = stage.perform(
        partial(
            stage.session.jobs.start,
            title=in_words("AttentionKeeper", "Looking at all images"),
            kind="attention",
        ),
        [],
    )
    page._attention.follow(job)
    page._attention._work.take_event(Progress(Work.EXPLAIN, 64, 192, "images", 51.0, 2.5))


def _done(stage: Stage) -> EvaluatePage:
    page = _unmade(stage)
    if page._looks._looked is None:  # somebody's own project may know it already
        page._attention.start_asked.emit()
        stage.wait_for(lambda: page._looks._job is None)
    stage.wait_for(lambda: page._attention.board._shares.rowCount() > 0)
    stage.settle(1.5)
    return page


def _fine(stage: Stage) -> None:
    page = _unmade(stage)
    page._detail.setCurrentIndex(1)
    if page._looks._looked is None:
        stage.settle(1.0)
    if page._looks._looked is None:
        page._attention.start_asked.emit()
        stage.wait_for(lambda: page._looks._job is None)
    stage.wait_for(lambda: page._attention.board._shares.rowCount() > 0)
    stage.settle(1.5)


def _errors(stage: Stage) -> None:
    page = _done(stage)
    page._attention.board.findChild(QTabBar, "attention_tabs").setCurrentIndex(1)
    stage.settle(1.5)


def _corner(stage: Stage) -> None:
    page = _done(stage)
    for spin, value in zip(page._attention.board._picker._spins, (0, 0, 25, 25), strict=True):
        spin.setValue(value)
    stage.settle(1.0)


def _failed(stage: Stage) -> None:
    page = _unmade(stage)
    page._attention.show_error(
        ModelError(
            msg("There is not enough memory to run this model."),
            hint=msg("Close other programs, or choose a smaller model or image size."),
        )
    )


SCENARIOS = (
    Scenario("evaluate", "attention-unmade", _unmade),
    Scenario("evaluate", "attention-working", _working),
    Scenario("evaluate", "attention-done", _done),
    Scenario("evaluate", "attention-fine", _fine),
    Scenario("evaluate", "attention-errors", _errors),
    Scenario("evaluate", "attention-corner", _corner),
    Scenario("evaluate", "attention-failed", _failed),
)
