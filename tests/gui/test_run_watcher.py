"""A project that is open elsewhere shows how its training goes on there."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from effnet_studio.engine.project import Project
from effnet_studio.engine.training.runs import METRICS_FILE, append_metrics
from effnet_studio.gui import run_watcher
from effnet_studio.gui.run_watcher import RunWatcher
from effnet_studio.gui.widgets.live_plots import VALIDATION
from tests.gui.test_train_page import epoch, write_run

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from effnet_studio.gui.main_window import MainWindow
    from effnet_studio.gui.pages.train import TrainPage
    from effnet_studio.gui.session import Session


def test_that_epochs_of_another_process_appear(
    qtbot: QtBot, session: Session, trained: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_watcher, "INTERVAL_MS", 20)
    watcher = RunWatcher(session)
    with Project.open(trained) as elsewhere:
        session.open_project(trained)
        qtbot.waitUntil(lambda: session.project is not None and len(session.runs) == 1)
        assert session.project is not None
        assert session.project.read_only
        write_run(elsewhere, "20990101-000000-resnet18", 1, state=None)
        qtbot.waitUntil(lambda: len(session.runs) == 2)
        folder = elsewhere.runs_dir / "20990101-000000-resnet18"
        append_metrics(folder / METRICS_FILE, epoch(1, 0.75))
        qtbot.waitUntil(lambda: len(session.runs[0].epochs) == 2)
        session.close_project()
        qtbot.waitUntil(lambda: session.project is None)
        assert not watcher._timer.isActive()


def test_that_the_train_page_draws_a_training_of_another_process(
    qtbot: QtBot, window: MainWindow, trained: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_watcher, "INTERVAL_MS", 20)
    RunWatcher(window.session)
    with Project.open(trained) as elsewhere:
        folder = elsewhere.runs_dir / "20990101-000000-resnet18"
        write_run(elsewhere, folder.name, 1, state=None)
        with qtbot.waitSignal(window.session.runs_changed):
            window.session.open_project(trained)
        window.show_page("train")
        page = cast("TrainPage", window.page("train"))
        qtbot.waitUntil(lambda: page.plots.accuracy.points(VALIDATION).y.tolist() == [0.5])
        append_metrics(folder / METRICS_FILE, epoch(1, 0.75))
        qtbot.waitUntil(lambda: page.plots.accuracy.points(VALIDATION).y.tolist() == [0.5, 0.75])
        window.session.close_project()
        qtbot.waitUntil(lambda: window.session.project is None)
