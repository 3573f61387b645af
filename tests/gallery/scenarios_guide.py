"""The user guide: a page, a search with and without an answer, and a page that leads on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from effnet_studio.gui.pages.guide import GuidePage
from tests.gallery.registry import Scenario

if TYPE_CHECKING:
    from tests.gallery.stage import Stage


def _open(stage: Stage, key: str) -> GuidePage:
    stage.window.help_desk.open(key)
    page = stage.window.page("guide")
    assert isinstance(page, GuidePage)
    stage.settle()
    return page


def _start(stage: Stage) -> None:
    _open(stage, "start")


def _concept(stage: Stage) -> None:
    _open(stage, "concept-grad-cam")


def _installing(stage: Stage) -> None:
    """A page with wide tables."""
    _open(stage, "installing")


def _search(stage: Stage) -> None:
    """Found in both languages: names of methods are the same."""
    page = _open(stage, "concept-grad-cam")
    page.contents.search.setText("grad-cam")
    stage.settle()


def _nothing_found(stage: Stage) -> None:
    _open(stage, "start").contents.search.setText("zebra crossing")
    stage.settle()


def _beside_work(stage: Stage) -> None:
    """With a project open, the navigation stands at the left."""
    stage.open_copy(stage.material.imported, "data")
    _open(stage, "walk-biologist")


SCENARIOS = (
    Scenario("guide", "start", _start),
    Scenario("guide", "concept", _concept),
    Scenario("guide", "installing", _installing),
    Scenario("guide", "search", _search),
    Scenario("guide", "nothing-found", _nothing_found),
    Scenario("guide", "beside-work", _beside_work),
)
