"""The Train page's runs: named, searched, compared, deleted."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton, QScrollArea

from effnet_studio.engine.training.run_notes import (
    Origin,
    annotate_run,
    rename_run,
    write_origin,
)
from effnet_studio.engine.training.runs import CONFIG_FILE
from effnet_studio.gui.dialogs.deleted_runs import DeletedRunsDialog
from effnet_studio.gui.widgets.train.run_menu import RunChoice
from tests.gallery.registry import Scenario

if TYPE_CHECKING:
    from effnet_studio.engine.training.runs import Run
    from tests.gallery.stage import Stage


def trained_again(stage: Stage) -> list[Run]:
    """The trained project with copies of its runs and some words about them, newest first."""
    stage.open_copy(stage.material.trained, "train")
    project, runs = stage.session.project, stage.session.runs
    for number in range(4):
        old = next(run for run in runs if run.state == ("finished", "stopped")[number % 2])
        copy = project.runs_dir / f"29991231-09150{number}-{old.model}"
        shutil.copytree(old.run_dir, copy)
        about = json.loads((copy / CONFIG_FILE).read_text(encoding="utf-8"))
        about["config"] |= {"learning_rate": 5e-4 * (number + 1), "augmentation": "strong"}
        about["created"] = f"2026-07-22T0{number}:15:00+00:00"
        (copy / CONFIG_FILE).write_text(json.dumps(about), encoding="utf-8")
        write_origin(copy, Origin(old.run_id, "continued", old.run_id))
    rename_run(project, copy.name, "Strong variation")
    stage.given.append("Strong variation")
    annotate_run(project, copy.name, "Half the learning rate; leaves are told apart better")
    stage.session.refresh_runs()
    stage.settle()
    return list(stage.session.runs)


def _runs(stage: Stage) -> None:
    trained_again(stage)
    _scroll_to_runs(stage)


def _searched(stage: Stage) -> None:
    trained_again(stage)
    stage.window.page("train").run_list.search.setText("learning half")
    _scroll_to_runs(stage)


def _scroll_to_runs(stage: Stage) -> None:
    page = stage.window.page("train")
    scroll = page.findChild(QScrollArea, "train_scroll")

    def show_runs() -> None:
        scroll.ensureWidgetVisible(page.run_list)

    # Pictures are taken in other sizes than this one.
    bar = scroll.verticalScrollBar()
    bar.rangeChanged.connect(lambda: QTimer.singleShot(50, page, show_runs))
    show_runs()


def _deleted(stage: Stage) -> None:
    runs = trained_again(stage)
    page = stage.window.page("train")
    page.run_actions._on_choice(RunChoice.DELETE, runs[0], None)
    stage.wait_for(lambda: not page.run_actions.banner.isHidden())


def _trash(stage: Stage) -> DeletedRunsDialog:
    """The dialog on three deleted runs."""
    runs = trained_again(stage)
    for run in runs[:3]:
        stage.session.keeper.delete(run.run_id)
        stage.wait_for(lambda run=run: run.run_id not in {r.run_id for r in stage.session.runs})
    page = stage.window.page("train")
    page.run_actions._on_choice(RunChoice.TRASH, None, None)
    dialog = page.findChild(DeletedRunsDialog)
    stage.wait_for(lambda: bool(dialog._found))
    return dialog


def _erasing(stage: Stage) -> None:
    _trash(stage).findChild(QPushButton, "deleted_runs_erase").click()


def _no_trash(stage: Stage) -> None:
    stage.open_copy(stage.material.trained, "train")
    page = stage.window.page("train")
    page.run_actions._on_choice(RunChoice.TRASH, None, None)
    stage.wait_for(lambda: page.findChild(DeletedRunsDialog)._found is not None)


def _elsewhere(stage: Stage) -> None:
    """As if another process trained the run that is not at its end."""
    runs = trained_again(stage)
    run = next(run for run in runs if run.state == "interrupted")
    rename_run(stage.session.project, run.run_id, "Night shift")
    stage.session.refresh_runs()
    stage.settle()
    stage.session.note_elsewhere(frozenset({run.run_id}))


def _watched(stage: Stage) -> None:
    _elsewhere(stage)
    stage.window.page("train").findChild(QPushButton, "watch_run").click()


def _noted(stage: Stage) -> None:
    runs = trained_again(stage)
    stage.window.page("train").run_actions._on_choice(RunChoice.NOTE, runs[0], None)


SCENARIOS = (
    Scenario("train", "runs", _runs),
    Scenario("train", "searched", _searched),
    Scenario("train", "deleted", _deleted),
    Scenario("train", "trash", _trash),
    Scenario("train", "erasing", _erasing),
    Scenario("train", "no-trash", _no_trash),
    Scenario("train", "elsewhere", _elsewhere),
    Scenario("train", "watched", _watched),
    Scenario("train", "noted", _noted),
)
