"""A project that is open elsewhere shows how its training goes on there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton

from effnet_studio.engine.project import Project
from effnet_studio.engine.training.run_notes import rename_run
from effnet_studio.engine.training.run_trash import held
from effnet_studio.engine.training.runs import METRICS_FILE, RESULT_FILE, append_metrics
from effnet_studio.gui import run_watcher
from effnet_studio.gui.models.run_list import DETAIL_ROLE, LIVE_ROLE
from effnet_studio.gui.run_watcher import RunWatcher
from effnet_studio.gui.widgets.train.live_plots import VALIDATION
from tests.gui.test_train_page import epoch, write_run

if TYPE_CHECKING:
    from collections.abc import Iterator
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


@pytest.fixture
def elsewhere(trained: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    """The project as another process has it; the window looks often."""
    monkeypatch.setattr(run_watcher, "INTERVAL_MS", 20)
    with Project.open(trained) as project:
        yield project


@pytest.fixture
def page(
    elsewhere: Project, qtbot: QtBot, window: MainWindow, trained: Path
) -> Iterator[TrainPage]:
    """The Train page of that project, with its one run in view."""
    RunWatcher(window.session)
    with qtbot.waitExposed(window):
        window.show()
    with qtbot.waitSignal(window.session.runs_changed):
        window.session.open_project(trained)
    window.show_page("train")
    page = cast("TrainPage", window.page("train"))
    qtbot.waitUntil(lambda: page._viewed is not None)
    yield page
    window.session.close_project()
    qtbot.waitUntil(lambda: window.session.project is None)


def message(page: TrainPage) -> str:
    label = page.elsewhere.banner.findChild(QLabel, "banner_message")
    assert label is not None
    return label.text()


def chip(page: TrainPage) -> str:
    label = page.findChild(QLabel, "status_chip")
    assert label is not None
    return label.text()


def test_that_a_training_elsewhere_is_offered_and_does_not_take_the_view(
    page: TrainPage, elsewhere: Project, qtbot: QtBot
) -> None:
    banner, old = page.elsewhere.banner, page._viewed
    assert old is not None
    assert not banner.isVisible()
    folder = elsewhere.runs_dir / "20990101-000000-resnet18"
    write_run(elsewhere, folder.name, 1, state=None)
    rename_run(elsewhere, folder.name, "Night shift")
    with held(folder):
        qtbot.waitUntil(banner.isVisible)
        assert message(page) == "A training runs elsewhere: Night shift"
        assert page._viewed is not None
        assert page._viewed.run_id == old.run_id
        row = page.run_list.model.index(0)
        assert row.data(LIVE_ROLE)
        assert str(row.data(DETAIL_ROLE)).startswith("being trained elsewhere")
        watch = banner.findChild(QPushButton, "watch_run")
        assert watch is not None
        watch.click()
        assert not banner.isVisible()
        assert chip(page) == "Training elsewhere"
        assert page.board.status.view is not None
        assert not page.board.status.view.actions
        assert page.run_list.view.currentIndex().row() == 0
        append_metrics(folder / METRICS_FILE, epoch(1, 0.75))
        qtbot.waitUntil(lambda: page.plots.accuracy.points(VALIDATION).y.tolist() == [0.5, 0.75])
        (folder / RESULT_FILE).write_text(json.dumps({"state": "finished"}), encoding="utf-8")
    qtbot.waitUntil(lambda: chip(page) == "Done")
    assert not page.run_list.model.index(0).data(LIVE_ROLE)
    assert not banner.isVisible()


def test_that_a_dismissed_training_is_not_offered_again_but_the_next_one_is(
    page: TrainPage, elsewhere: Project, qtbot: QtBot
) -> None:
    banner = page.elsewhere.banner
    for number in range(2):
        folder = elsewhere.runs_dir / f"2099010{1 + number}-000000-resnet18"
        write_run(elsewhere, folder.name, 1, state=None)
        with held(folder):
            qtbot.waitUntil(banner.isVisible)
            close = banner.findChild(QToolButton, "banner_close")
            assert close is not None
            close.click()
            append_metrics(folder / METRICS_FILE, epoch(1, 0.75))
            qtbot.waitUntil(lambda: len(page.session.runs[0].epochs) == 2)
            assert not banner.isVisible()
        qtbot.waitUntil(lambda: not page.session.elsewhere)
