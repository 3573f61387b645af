"""Two runs side by side in the window: the part of the images, the figures and the verdict."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QTabBar, QTableView, QWidget

from effnet_studio.engine.data import edits
from effnet_studio.engine.data.store import load_dataset
from effnet_studio.engine.data.versions import Relabelled, VersionDiff
from effnet_studio.engine.evaluation.comparing.gains import Gain
from effnet_studio.engine.evaluation.measures.bootstrap import Interval
from effnet_studio.engine.project import Project
from effnet_studio.engine.training.runs import load_run
from effnet_studio.gui.dialogs.compare_runs import CompareDialog
from effnet_studio.gui.models.comparisons import (
    difference_text,
    gain_rows,
    ground_text,
    setting_rows,
    verdict_tone,
)
from effnet_studio.gui.models.run_list import titles_of
from effnet_studio.gui.widgets.evaluate.gains_table import GainsTable
from effnet_studio.gui.widgets.evaluate.run_verdict import RunVerdict
from tests.random_run import write_run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from effnet_studio.engine.training.runs import Run
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.theme import ThemeManager

Widget = TypeVar("Widget", bound=QWidget)
COLOURS = ("blue", "green", "red")


def find(parent: QWidget, kind: type[Widget], name: str) -> Widget:
    found = parent.findChild(kind, name)
    assert found is not None, name
    return found


@pytest.fixture
def runs(trained: Path) -> tuple[Run, Run]:
    """Two runs of a project of which three validation images are kept apart for testing."""
    with Project.open(trained) as project:
        pair = [load_run(write_run(project, COLOURS, size=32, seed=seed)) for seed in (1, 2)]
        kept_apart = load_dataset(project).subset("val")[::3]
        edits.set_split(project, [sample.id for sample in kept_apart], "test")
    return pair[0], pair[1]


@pytest.fixture
def compare(
    runs: tuple[Run, Run], opened: Session, theme: ThemeManager, qtbot: QtBot
) -> Callable[[], CompareDialog]:
    def show() -> CompareDialog:
        dialog = CompareDialog(opened, theme, *runs)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return show


def wait(dialog: CompareDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: dialog._job is None, timeout=30_000)


def rows(dialog: CompareDialog) -> list[list[str]]:
    model = find(dialog, QTableView, "compare_gains_table").model()
    columns = range(model.columnCount())
    return [
        [str(model.index(row, column).data()) for column in columns]
        for row in range(model.rowCount())
    ]


def test_that_test_images_are_taken_first_and_validation_images_on_demand(
    compare: Callable[[], CompareDialog], qtbot: QtBot
) -> None:
    dialog = compare()
    assert {cell for row in rows(dialog) for cell in row[1:]} == {"–"}
    assert not find(dialog, QPushButton, "compare_gains_copy").isEnabled()
    wait(dialog, qtbot)
    tested = dialog._found
    assert tested is not None
    assert (tested.split, tested.judged) == ("test", 3)
    assert rows(dialog) == [list(row) for row in gain_rows(tested.gains)]
    assert [row[0] for row in rows(dialog)] == [
        "Accuracy",
        "Balanced accuracy",
        "Macro F1",
        "Log-loss",
    ]
    assert find(dialog, QPushButton, "compare_gains_copy").isEnabled()
    assert find(dialog, QWidget, "compare_banner").property("tone") == verdict_tone(tested)
    between = VersionDiff(("new",), (), (Relabelled("old", "red", "blue"),), ())
    ground = ground_text(replace(tested, changed=between))
    assert "1 given another class in between, which counts for both" in ground
    assert "1 that only one run had" in ground
    part = find(dialog, QComboBox, "compare_part")
    assert [part.itemText(row) for row in range(2)] == ["Test · 3", "Validation · 6"]
    part.setCurrentIndex(1)
    assert "judge" in find(dialog, QLabel, "compare_verdict").text()
    wait(dialog, qtbot)
    checked = dialog._found
    assert checked is not None
    assert (checked.split, checked.judged) == ("val", 6)
    assert find(dialog, QLabel, "compare_verdict").text() == str(checked.message())
    tabs = find(dialog, QTabBar, "compare_tabs")
    assert tabs.tabText(0).endswith(f"· {len(checked.disagreements)}")
    tabs.setCurrentIndex(1)
    assert dialog._contrast.isVisible()


def test_that_choosing_another_part_meanwhile_leads_to_that_part(
    compare: Callable[[], CompareDialog], qtbot: QtBot
) -> None:
    dialog = compare()
    part = find(dialog, QComboBox, "compare_part")
    part.setCurrentIndex(1)
    qtbot.waitUntil(lambda: dialog._found is not None and dialog._job is None, timeout=30_000)
    assert dialog._found is not None
    assert dialog._found.split == "val"


def test_that_closing_it_meanwhile_begins_nothing_new(
    compare: Callable[[], CompareDialog], qtbot: QtBot
) -> None:
    dialog = compare()
    find(dialog, QComboBox, "compare_part").setCurrentIndex(1)
    dialog.close()
    wait(dialog, qtbot)
    assert dialog._found is None
    assert not [job for job in dialog._session.jobs.jobs if job.kind == "compare"]


def test_that_a_part_without_images_cannot_be_chosen(qtbot: QtBot) -> None:
    verdict = RunVerdict({"test": 0, "val": 34})
    qtbot.addWidget(verdict)
    assert verdict.part == "val"
    model = verdict.part_box.model()
    assert isinstance(model, QStandardItemModel)
    assert [model.item(row).isEnabled() for row in range(2)] == [False, True]
    assert verdict.part_box.itemText(1) == "Validation · 34"


def test_that_changes_between_two_runs_are_a_sentence(qtbot: QtBot) -> None:
    verdict = RunVerdict({"test": 0, "val": 34})
    qtbot.addWidget(verdict)
    mended = Relabelled("old", "red", "blue")
    one = verdict.changes_text(VersionDiff((), (), (mended,), ()))
    assert one.startswith("Since the first run, 1 ")
    assert one.endswith("given another class.")
    several = verdict.changes_text(VersionDiff(("a", "b"), (), (mended,), ()))
    assert several.count(" and 1 ") == 1
    assert verdict.changes_text(VersionDiff((), (), (), ())) == "Both saw the same images."


def test_that_a_run_is_called_in_an_error_what_the_cards_call_it(
    compare: Callable[[], CompareDialog], runs: tuple[Run, Run], qtbot: QtBot
) -> None:
    runs[1].best_file.write_bytes(b"damaged")
    dialog = compare()
    assert find(dialog, QLabel, "compare_nothing").text().startswith("The images appear here")
    wait(dialog, qtbot)
    said = find(dialog, QLabel, "compare_verdict").text()
    title = titles_of(*runs)[1]
    assert title in said
    assert find(dialog, QLabel, "compare_second_head").text() == "Second run"
    assert find(dialog, QLabel, "compare_nothing").text() == "Nothing was compared."


def test_that_a_short_training_has_not_taken_no_time(runs: tuple[Run, Run]) -> None:
    epoch = next(iter(runs[0].epochs))
    quick = replace(runs[0], epochs=(replace(epoch, seconds=0.2),))
    assert setting_rows(quick, quick)[-1][1:] == ("under 1 s", "under 1 s")


def test_that_a_difference_has_its_sign_and_unit() -> None:
    assert difference_text("accuracy", 0.0234) == "+2.3 points"
    assert difference_text("accuracy", -0.1) == "−10.0 points"
    assert difference_text("accuracy", -0.0004) == "0.0 points"
    assert difference_text("log_loss", -0.25) == "−0.250"


def test_that_every_verdict_on_a_figure_is_said(qtbot: QtBot) -> None:
    gains = [
        Gain("accuracy", 0.5, 0.7, Interval(0.2, 0.1, 0.3)),
        Gain("balanced_accuracy", 0.5, 0.7, Interval(0.2, -0.1, 0.4)),
        Gain("macro_f1", 0.5, 0.5, Interval(0.0, 0.0, 0.0)),
        Gain("log_loss", 0.5, 0.7, Interval(0.2, 0.1, 0.3)),
        Gain("log_loss", 0.5, 0.7, Interval(0.2, -math.inf, math.inf)),
    ]
    table = GainsTable()
    qtbot.addWidget(table)
    table.set_gains(gains)
    model = table.twin.table.model()
    said = [model.index(row, 5).data() for row in range(5)]
    # A larger loss is worse.
    assert said == [
        "Second is better",
        "May be chance",
        "No difference",
        "First is better",
        "May be chance",
    ]
    assert model.index(0, 4).data() == "+10.0 to +30.0 points"
    assert model.index(4, 4).data() == "too few images"
