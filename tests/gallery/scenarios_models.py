"""The Models page: the whole catalog, a filtered one, and a filter nothing passes."""

from __future__ import annotations

from typing import TYPE_CHECKING

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


SCENARIOS = (
    Scenario("models", "loaded", _loaded),
    Scenario("models", "filtered", _chosen),
    Scenario("models", "empty", _empty),
)
