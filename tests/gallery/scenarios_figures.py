"""Evaluate: all figures with their intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.gallery.names import SPECIES
from tests.gallery.registry import Scenario
from tests.gallery.scenarios_evaluate import _done, _invented

if TYPE_CHECKING:
    from tests.gallery.stage import Stage


def _open(stage: Stage, row: int) -> None:
    tab = stage.window.page("evaluate")._view.tabs[0]
    stage.wait_for(lambda: tab._rows.index(0, 2).data() != "…")
    tab._tabs.setCurrentIndex(3)
    tab._figure_table.selectRow(row)
    stage.settle()


def _figures(stage: Stage) -> None:
    _done(stage)
    _open(stage, 0)


def _many(stage: Stage) -> None:
    _invented(stage, tuple(f"{n:03d}.{SPECIES[n % 20]}" for n in range(200)), 6.0, 4_000)
    _open(stage, 4)


def _all_right(stage: Stage) -> None:
    _invented(stage, ("cat", "dog"), 40.0, 20)
    _open(stage, 7 - 1)


SCENARIOS = (
    Scenario("evaluate", "figures", _figures),
    Scenario("evaluate", "figures-many", _many),
    Scenario("evaluate", "figures-all-right", _all_right),
)
