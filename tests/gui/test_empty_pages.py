"""Every page of the window on an empty project; the whole job is done by the self-test's tests."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from effnet_studio.gui.main_window import MainWindow

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

LONG = 120_000
"""Milliseconds; a busy machine takes its time, and a test that waits is better than a flaky one."""


@pytest.mark.parametrize("page", ["data", "train", "evaluate", "predict", "export", "models"])
def test_that_every_page_opens_without_torch_work_in_the_window(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, page: str
) -> None:
    with qtbot.waitSignal(window.session.project_changed, timeout=LONG):
        window.session.create_project(tmp_path / "p.effnet")
    window.show_page(page)
    assert window.current_key == page
    qtbot.waitUntil(lambda: not window.session.jobs.jobs, timeout=LONG)
