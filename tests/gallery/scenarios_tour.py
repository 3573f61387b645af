"""The quiet tour in the sidebar: at its beginning, while a training runs, at its end, and off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.gallery.registry import Scenario
from tests.gallery.scenarios_train import begin, run_events

if TYPE_CHECKING:
    from tests.gallery.stage import Stage


def _learning(stage: Stage) -> None:
    stage.open_copy(stage.material.imported, "train")
    begin(stage, run_events(6.4))
    stage.window.show_page("data")


def _over(stage: Stage) -> None:
    """Everything was done once."""
    stage.open_copy(stage.material.trained, "export")
    project, run = stage.session.project, stage.session.run
    assert project is not None
    assert run is not None
    (run.run_dir / "answers.safetensors").touch()
    (project.exports_dir / "20260101-120000-model").mkdir(parents=True)
    stage.settings.note_tried(str(project.root))
    stage.session.refresh_runs()
    stage.settle(0.6)
    stage.window.show_page("data")


def _off(stage: Stage) -> None:
    stage.open_copy(stage.material.trained, "train")
    stage.window.actions_by_key["tour"].setChecked(False)


SCENARIOS = (
    Scenario("data", "tour-learning", _learning),
    Scenario("data", "tour-over", _over),
    Scenario("train", "tour-off", _off),
)
