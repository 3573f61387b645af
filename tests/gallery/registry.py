"""The table of pictures: which page, in which state, and how to get there.

A file ``scenarios_<page>.py`` beside this one has a tuple ``SCENARIOS``; it is found by its name.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from tests.gallery.stage import Stage


@dataclass(frozen=True)
class Scenario:
    """One picture, before theme, language and size.

    Attributes:
        page: Key of the page, such as ``"train"``.
        state: In a word or two, such as ``"working"``; part of the file name.
        set_up: Brings the window there, with the stage's help. It may be a generator function:
            what follows its ``yield`` runs after the pictures were taken.
    """

    page: str
    state: str
    set_up: Callable[[Stage], object]

    @property
    def name(self) -> str:
        """Such as ``"train-working"``."""
        return f"{self.page}-{self.state}"


def all_scenarios() -> list[Scenario]:
    """Every scenario of every file, in the order of the files' names."""
    files = sorted(Path(__file__).parent.glob("scenarios_*.py"))
    modules = [importlib.import_module(f"tests.gallery.{file.stem}") for file in files]
    return [scenario for module in modules for scenario in module.SCENARIOS]


def choose(wanted: Collection[str]) -> list[Scenario]:
    """Pick scenarios.

    Args:
        wanted: Pages (``"train"``) or names (``"train-working"``); empty: all.

    Returns:
        The scenarios.

    Raises:
        ValueError: If a word fits none.
    """
    scenarios = all_scenarios()
    for word in wanted:
        if not any(word in {scenario.page, scenario.name} for scenario in scenarios):
            names = ", ".join(scenario.name for scenario in scenarios)
            raise ValueError(f"There is no scenario {word}. There are: {names}.")
    if not wanted:
        return scenarios
    return [s for s in scenarios if s.page in wanted or s.name in wanted]
