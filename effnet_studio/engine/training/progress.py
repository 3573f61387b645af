"""How far a run is saved, read without torch."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from effnet_studio.engine.training.runs import LAST_FOLDER

if TYPE_CHECKING:
    from pathlib import Path

_STATE = "state.json"


@dataclass(frozen=True)
class SavedProgress:
    """From where a run goes on.

    Attributes:
        epoch: The epoch it goes on with, counted from 0: so many are over.
        step: Optimiser steps of that epoch that are done.
    """

    epoch: int
    step: int


def saved_progress(run_dir: Path) -> SavedProgress | None:
    """Read from where a run would go on.

    Args:
        run_dir: The run's folder.

    Returns:
        How far it is; None if nothing is saved or it cannot be read.
    """
    try:
        text = (run_dir / LAST_FOLDER / _STATE).read_text(encoding="utf-8")
        state = json.loads(text)["state"]
        return SavedProgress(int(state["epoch"]), int(state["part"]["steps"]))
    except (OSError, ValueError, LookupError, TypeError):
        return None
