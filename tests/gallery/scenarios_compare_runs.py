"""Two runs of the Train page side by side."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QTabBar

from effnet_studio.engine.data.versions import keep_version
from effnet_studio.engine.training.runs import CONFIG_FILE
from effnet_studio.gui.dialogs.compare_runs import CompareDialog
from effnet_studio.gui.widgets.train.run_menu import RunChoice
from tests.gallery.registry import Scenario
from tests.gallery.scenarios_train_runs import trained_again

if TYPE_CHECKING:
    from effnet_studio.engine.training.runs import Run
    from tests.gallery.stage import Stage


def _open(stage: Stage, first: Run, second: Run) -> CompareDialog:
    page = stage.window.page("train")
    page.run_actions._on_choice(RunChoice.COMPARE, first, second)
    return page.findChild(CompareDialog)


def _compare(stage: Stage, first: Run, second: Run) -> CompareDialog:
    dialog = _open(stage, first, second)
    stage.wait_for(lambda: dialog._job is None)
    return dialog


def _compared(stage: Stage) -> None:
    runs = trained_again(stage)
    _compare(stage, runs[0], runs[1])


def _on_test_images(stage: Stage) -> CompareDialog:
    """A third of the validation images kept apart, and two labels mended before the second run."""
    runs = trained_again(stage)
    session = stage.session
    kept_apart = session.dataset.subset("val")[::3]
    leaf = session.dataset.classes.index("leaf")
    mended = {sample.id for sample in [each for each in kept_apart if each.label != leaf][:2]}
    session.editor.set_split([sample.id for sample in kept_apart], "test")
    session.editor.relabel(mended, "leaf")

    def done() -> bool:
        now = session.dataset.subset("test")
        return mended <= {sample.id for sample in now if sample.label == leaf}

    stage.wait_for(done)
    stage.settle()
    keep_version(session.project, session.dataset)
    file = runs[-2].run_dir / CONFIG_FILE
    about = json.loads(file.read_text(encoding="utf-8"))
    about["dataset_version"] = session.dataset.version
    file.write_text(json.dumps(about), encoding="utf-8")
    session.refresh_runs()
    stage.settle()
    return _compare(stage, runs[-1], runs[-2])


def _tested(stage: Stage) -> None:
    _on_test_images(stage)


def _test_and_back(stage: Stage) -> None:
    dialog = _on_test_images(stage)
    dialog.findChild(QComboBox, "compare_part").setCurrentIndex(1)
    stage.wait_for(lambda: dialog._job is None and dialog._found is not None)


def _settings(stage: Stage) -> None:
    runs = trained_again(stage)
    _compare(stage, runs[0], runs[-1]).findChild(QTabBar, "compare_tabs").setCurrentIndex(1)


def _comparing(stage: Stage) -> None:
    runs = trained_again(stage)
    _open(stage, runs[0], runs[-1])._job.pause()


def _failed(stage: Stage) -> None:
    runs = trained_again(stage)
    runs[0].best_file.write_bytes(b"damaged")
    _compare(stage, runs[0], runs[1])


SCENARIOS = (
    Scenario("train", "compared", _compared),
    Scenario("train", "compared-test", _tested),
    Scenario("train", "compared-both", _test_and_back),
    Scenario("train", "compared-settings", _settings),
    Scenario("train", "compare-failed", _failed),
    Scenario("train", "comparing", _comparing),
)
