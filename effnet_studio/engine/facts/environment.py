"""The computer that made a report, as reports and the doctor tell of it."""

from __future__ import annotations

from effnet_studio.engine.facts.computer import calculation_facts, computer_facts
from effnet_studio.engine.facts.fact import Fact
from effnet_studio.engine.facts.graphics_probe import probe_graphics
from effnet_studio.engine.facts.graphics_words import graphics_facts
from effnet_studio.engine.facts.versions import version_facts


def environment_facts() -> list[Fact]:
    """Find out what the app has to work with; imports PyTorch, never Qt.

    Returns:
        The facts in the order in which they are shown.
    """
    probe = probe_graphics()
    calculation = calculation_facts() if probe.torch else []
    return [*computer_facts(), *calculation, *graphics_facts(probe), *version_facts()]
