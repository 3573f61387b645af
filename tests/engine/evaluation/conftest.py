"""What tests of evaluation share."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def no_starter(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if no backbone came with the app."""
    monkeypatch.setattr(
        "effnet_studio.engine.models.weights.starter_path", lambda _spec: Path("not here")
    )
