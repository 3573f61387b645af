"""Evaluate, enough images?: not tried yet, at work, what it says, a class, many classes, failed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from effnet_studio.engine.errors import DatasetError
from effnet_studio.engine.events import Progress
from effnet_studio.engine.events import Stage as Work
from effnet_studio.engine.messages import msg
from effnet_studio.gui.models.learned import learned_of
from tests.gallery.names import PAIR, SPECIES, in_words
from tests.gallery.registry import Scenario
from tests.learned_points import curve_of, trained

if TYPE_CHECKING:
    from effnet_studio.gui.pages.evaluate import EvaluatePage
    from tests.gallery.stage import Stage


def _unmade(stage: Stage) -> EvaluatePage:
    stage.open_copy(stage.material.trained, "evaluate")
    page: EvaluatePage = stage.window.page("evaluate")  # type: ignore[assignment]
    page._tabs.setCurrentIndex(len(page._view.tabs) + page._others.index(page._learning))
    stage.settle(1.0)
    page._learner._times.forget()
    page._learning.set_seconds(24.0)
    return page


def _working(stage: Stage) -> None:
    page = _unmade(stage)
    job = stage.perform(
        partial(
            stage.session.jobs.start,
            title=in_words("LearningKeeper", "Finding out whether more images would help"),
            kind="learning",
        ),
        [],
    )
    page._learning.follow(job)
    page._learning._work.take_event(Progress(Work.TRAIN, 6, 16, "steps", 1.2, 8.4))


def _done(stage: Stage) -> None:
    page = _unmade(stage)
    page._learning.start_asked.emit()
    stage.wait_for(lambda: page._learner._job is None)
    stage.settle(1.0)


def _made_up(
    stage: Stage, classes: tuple[str, ...], images: list[int], checked: list[int], floor: float
) -> EvaluatePage:
    stage.given += classes
    page = _unmade(stage)
    random = np.random.default_rng(0)
    laws = [
        (random.uniform(0.4, 1.6), random.uniform(0.35, 0.6), floor * random.random())
        for _ in classes
    ]
    page._learning.set_learned(learned_of(curve_of(trained(images, checked, laws), 0, classes)))
    stage.settle(1.0)
    return page


def _helps(stage: Stage) -> EvaluatePage:
    names = SPECIES[:8]
    return _made_up(stage, names, [40 + 12 * n for n in range(8)], [60] * 8, 0.1)


def _class(stage: Stage) -> None:
    page = _helps(stage)
    page._learning.board._table.selectRow(0)
    stage.settle(0.5)


def _few(stage: Stage) -> None:
    _made_up(stage, PAIR, [24, 18], [6, 5], 0.1)


def _flat(stage: Stage) -> None:
    classes = ("ants", "bees")
    stage.given += classes
    page = _unmade(stage)
    points = trained([300, 260], [400, 380], [(0.0, 1.0, 0.04), (0.0, 1.0, 0.09)])
    page._learning.set_learned(learned_of(curve_of(points, 0, classes)))
    stage.settle(1.0)


def _two_hundred(stage: Stage) -> None:
    names = tuple(f"{n:03d}.{SPECIES[n % 20]}" for n in range(200))
    _made_up(stage, names, [60] * 200, [8 + n % 30 for n in range(200)], 0.3)


def _failed(stage: Stage) -> None:
    page = _unmade(stage)
    page._learning.show_error(
        DatasetError(
            msg("The images are no longer where they were imported from."),
            hint=msg("Connect their drive, or import the folder from its new place."),
        )
    )


SCENARIOS = (
    Scenario("evaluate", "learning-unmade", _unmade),
    Scenario("evaluate", "learning-working", _working),
    Scenario("evaluate", "learning-done", _done),
    Scenario("evaluate", "learning-helps", _helps),
    Scenario("evaluate", "learning-class", _class),
    Scenario("evaluate", "learning-few", _few),
    Scenario("evaluate", "learning-flat", _flat),
    Scenario("evaluate", "learning-two-hundred", _two_hundred),
    Scenario("evaluate", "learning-failed", _failed),
)
