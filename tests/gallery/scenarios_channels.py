"""What squeeze-and-excitation lets through: every channel, one of them, models without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from effnet_studio.engine.training.config import make_config
from effnet_studio.engine.training.launch import train
from effnet_studio.gui import training_look
from tests.gallery.registry import Scenario

if TYPE_CHECKING:
    from collections.abc import Iterator

    from effnet_studio.gui.pages.predict import PredictPage
    from tests.gallery.stage import Stage

_CHANNELS = 1


def _answered(stage: Stage, *, with_blocks: bool = True) -> PredictPage:
    """A few images and their answers; by a model with such blocks or without."""
    stage.open_copy(stage.material.trained, "predict")
    page: PredictPage = stage.window.page("predict")  # type: ignore[assignment]
    session = stage.session
    if with_blocks:
        config = make_config("instant", model="efficientnet_b0", weights="starter", image_size=96)
        assert session.project is not None
        run = train(session.project, config).run_dir.name
        session.refresh_runs()
        stage.wait_for(lambda: any(each.run_id == run for each in session.runs))
        session.select_run(run)
    folders = sorted(each for each in stage.material.sample.iterdir() if each.is_dir())
    page.drop_files([sorted(folder.iterdir())[0] for folder in folders])
    stage.wait_for(lambda: page._judge.settled and page._panel.picture() is not None)
    stage.wait_for(lambda: page._finder._ready and page._panel.picture() is not None)
    stage.settle()
    return page


def _channels(stage: Stage) -> PredictPage:
    page = _answered(stage)
    page._panel._tabs.setCurrentIndex(_CHANNELS)
    stage.wait_for(lambda: page._panel.channels._statistics is not None)
    stage.settle()
    return page


def _all_channels(stage: Stage) -> None:
    _channels(stage)


def _one_channel(stage: Stage) -> None:
    page = _channels(stage)
    page._panel._beside.setChecked(True)
    page._panel.channels._opened._go(0)
    stage.wait_for(page._panel._openers.isVisible)
    stage.settle()


def _table(stage: Stage) -> None:
    page = _channels(stage)
    page._panel.channels._card.button.setChecked(True)


def _offered(stage: Stage) -> Iterator[None]:
    page = _answered(stage)
    before, training_look.AT_ONCE = training_look.AT_ONCE, 3
    page._panel._tabs.setCurrentIndex(_CHANNELS)
    stage.wait_for(lambda: page._panel.channels._gates != ())
    stage.settle()
    yield
    training_look.AT_ONCE = before


def _without_blocks(stage: Stage) -> None:
    page = _answered(stage, with_blocks=False)
    page._panel._tabs.setCurrentIndex(_CHANNELS)
    stage.settle()


def _beside(stage: Stage) -> None:
    page = _answered(stage)
    page._panel._beside.setChecked(True)
    stage.settle()


SCENARIOS = (
    Scenario("predict", "channels", _all_channels),
    Scenario("predict", "channel", _one_channel),
    Scenario("predict", "channel-table", _table),
    Scenario("predict", "channels-offered", _offered),
    Scenario("predict", "no-channels", _without_blocks),
    Scenario("predict", "beside", _beside),
)
