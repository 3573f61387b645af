"""The Train page's search for a learning rate: the button, the search, and what came of it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QScrollArea, QToolButton

from effnet_studio.engine.errors import TrainingError
from effnet_studio.engine.events import Progress
from effnet_studio.engine.events import Stage as Work
from effnet_studio.engine.training.memory import memory_errors
from effnet_studio.engine.training.rate_finder import NoRateError, RateSweep, suggest
from effnet_studio.gui.dialogs.find_rate import FindRateDialog
from tests.gallery.registry import Scenario

if TYPE_CHECKING:
    from effnet_studio.gui.pages.train import TrainPage
    from tests.gallery.stage import Stage


def _losses(rates: list[float], *, falls: bool) -> list[float]:
    """As a network with pre-trained weights loses: flat, down, and up at the end."""
    down, up = (1.35 if falls else 0.0), 5.0
    return [
        2.08
        - down / (1 + math.exp(-2.6 * (math.log10(rate) + 2.7)))
        + up / (1 + math.exp(-6.0 * (math.log10(rate) + 0.1)))
        + 0.02 * math.sin(7.1 * number)
        + (0.0 if falls else 0.01 * number)
        for number, rate in enumerate(rates)
    ]


def _page(stage: Stage) -> TrainPage:
    stage.open_copy(stage.material.imported, "train")
    page = cast("TrainPage", stage.window.page("train"))
    page.setup.unfold()
    return page


def _button(stage: Stage) -> None:
    page = _page(stage)
    page.setup.form.set_values({"learning_rate": 0.000012})  # as long as they get
    stage.settle()
    scroll = page.setup.findChild(QScrollArea, "train_setup_scroll")
    scroll.ensureWidgetVisible(page.setup.form.editor("learning_rate"), 0, 160)


def _search(stage: Stage) -> FindRateDialog:
    """A search that begins, and never ends by itself."""
    page = _page(stage)
    page.setup.weights.set_value("none")
    page.setup.findChild(QToolButton, "find_rate_button").click()
    dialog = page.findChild(FindRateDialog)
    stage.wait_for(lambda: dialog._trying)
    return dialog


def _searching(stage: Stage) -> None:
    dialog = _search(stage)
    dialog._job.pause()
    dialog._on_event(Progress(Work.TRAIN, 24, 60, "steps", 0.8, 45.0))


def _stopped(stage: Stage) -> FindRateDialog:
    dialog = _search(stage)
    dialog.stop()
    stage.wait_for(lambda: not dialog.running)
    stage.window.job_bar.clear_finished()
    return dialog


def _found(stage: Stage) -> None:
    rates = [10 ** (-6 + 6 * number / 59) for number in range(58)]
    losses = _losses(rates, falls=True)
    dialog = _stopped(stage)
    dialog._found = RateSweep(tuple(rates), tuple(losses), suggest(rates, losses))
    dialog._on_finished()


def _nothing(stage: Stage) -> None:
    rates = [10 ** (-6 + 6 * number / 59) for number in range(58)]
    dialog = _stopped(stage)
    try:
        suggest(rates, _losses(rates, falls=False))
    except NoRateError as error:
        dialog._found = error
    dialog._on_finished()


def _failed(stage: Stage) -> None:
    dialog = _stopped(stage)
    try:
        with memory_errors(keeps_best=False):
            raise MemoryError
    except TrainingError as error:
        dialog._error = error
    dialog._on_finished()


SCENARIOS = (
    Scenario("train", "rate-button", _button),
    Scenario("train", "rate-searching", _searching),
    Scenario("train", "rate-found", _found),
    Scenario("train", "rate-nothing", _nothing),
    Scenario("train", "rate-failed", _failed),
    Scenario("train", "rate-stopped", _stopped),
)
