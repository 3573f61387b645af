"""Versions of the app are compared by their numbers."""

from __future__ import annotations

import pytest

from effnet_studio.engine import app_version


@pytest.mark.parametrize(
    ("app", "newer"),
    [
        ("0.9.9", False),
        ("1.2.0", False),
        ("1.2", False),
        ("1.2.1", True),
        ("1.10", True),
        ("2", True),
        ("1.3.0rc1", True),
        ("", False),
        ("?", False),
        (None, False),
        (7, False),
        (["2"], False),
    ],
)
def test_that_only_higher_numbers_are_newer(
    app: object, *, newer: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app_version, "__version__", "1.2.0")
    assert app_version.is_newer(app) is newer
