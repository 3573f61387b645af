"""The Models page: the whole catalog, filtered, scaled, and seen from inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from effnet_studio.gui.pages.models import GUIDE, INSIDE, MEASURE, SCALE
from tests.gallery.registry import Scenario

if TYPE_CHECKING:
    from effnet_studio.gui.pages.models import ModelsPage
    from tests.gallery.stage import Stage


def _page(stage: Stage) -> ModelsPage:
    stage.open_copy(stage.material.imported, "models")
    page: ModelsPage = stage.window.page("models")  # type: ignore[assignment]
    return page


def _loaded(stage: Stage) -> None:
    _page(stage)


def _chosen(stage: Stage) -> None:
    page = _page(stage)
    page.filter.setText("res")
    page.choose("resnet50")


def _empty(stage: Stage) -> None:
    _page(stage).filter.setText("transformer")


def _scale(stage: Stage) -> None:
    page = _page(stage)
    page.tabs.setCurrentIndex(SCALE)
    page.scaling.slider.slider.setValue(24)


def _scale_by_hand(stage: Stage) -> None:
    page = _page(stage)
    page.tabs.setCurrentIndex(SCALE)
    page.scaling.fold.setChecked(True)
    page.scaling.known.setChecked(False)
    page.scaling.hand.bases[0].setValue(1.5)
    page.scaling.slider.slider.setValue(13)
    page.scaling.set_times({"efficientnet_b0": 0.021, "resnet50": 0.074, "resnet18": 0.033})


def _inside(stage: Stage) -> None:
    page = _page(stage)
    page.tabs.setCurrentIndex(INSIDE)
    stage.wait_for(lambda: page.inside.anatomy is not None)
    page.inside.strip.choose(3)
    page.inside.inside.blocks.setCurrentIndex(1)


def _inside_tables(stage: Stage) -> None:
    page = _page(stage)
    page.tabs.setCurrentIndex(INSIDE)
    page.inside.choose("densenet121")
    stage.wait_for(lambda: page.inside.anatomy is not None)
    page.inside.strip.choose(1)
    page.inside.stages.button.setChecked(True)
    page.inside.inside.card.button.setChecked(True)


def _inside_timed(stage: Stage) -> None:
    page = _page(stage)
    page.tabs.setCurrentIndex(INSIDE)
    page.inside.choose("resnet50")
    stage.wait_for(lambda: page.inside.anatomy is not None)
    page.inside.measure_times()
    stage.wait_for(page.inside.clock.isEnabled)
    page.inside.strip.choose(2)


def _guide(stage: Stage) -> None:
    _loaded(stage)
    page: ModelsPage = stage.window.page("models")  # type: ignore[assignment]
    page.tabs.setCurrentIndex(GUIDE)
    stage.wait_for(lambda: page.guide.advice is not None)
    stage.settle(0.5)


def _measure(stage: Stage) -> None:
    _loaded(stage)
    page: ModelsPage = stage.window.page("models")  # type: ignore[assignment]
    page.tabs.setCurrentIndex(MEASURE)
    stage.settle(0.5)


SCENARIOS = (
    Scenario("models", "loaded", _loaded),
    Scenario("models", "filtered", _chosen),
    Scenario("models", "empty", _empty),
    Scenario("models", "guide", _guide),
    Scenario("models", "measure", _measure),
    Scenario("models", "scale", _scale),
    Scenario("models", "scale-by-hand", _scale_by_hand),
    Scenario("models", "inside", _inside),
    Scenario("models", "inside-tables", _inside_tables),
    Scenario("models", "inside-timed", _inside_timed),
)
