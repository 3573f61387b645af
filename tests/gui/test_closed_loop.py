"""From an error to a better model in one window: cell, images, labels, training on, comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton

from effnet_studio.engine.data import edits
from effnet_studio.engine.data.importer import import_folder
from effnet_studio.engine.data.store import load_dataset
from effnet_studio.engine.evaluation.comparing.compare import compare_runs
from effnet_studio.engine.project import Project
from effnet_studio.engine.training.config import make_config
from effnet_studio.gui.dialogs.compare_runs import CompareDialog
from effnet_studio.gui.errors import Banner
from effnet_studio.gui.pages.evaluate import EvaluatePage
from effnet_studio.gui.widgets.evaluate.confusion_matrix import ConfusionMatrix
from effnet_studio.gui.widgets.evaluate.image_sheet import ImageSheet

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from effnet_studio.gui.main_window import MainWindow

LONG = 120_000
"""Milliseconds; a busy machine takes its time, and a test that waits is better than a flaky one."""

CLASSES = ("dots", "lines")


@pytest.fixture
def mislabelled(tmp_path: Path) -> Path:
    """Two classes that a small model can tell apart; a third of the lines are called dots."""
    random = np.random.default_rng(0)
    for name in CLASSES:
        (tmp_path / "photos" / name).mkdir(parents=True)
        for number in range(40):
            pixels = random.integers(90, 130, (48, 48, 3))
            if name == "dots":
                for _ in range(6):
                    y, x = random.integers(2, 40, 2)
                    pixels[y : y + 6, x : x + 6] = random.integers(200, 255)
            else:
                pixels[:: int(random.integers(5, 9))] = random.integers(200, 255)
            file = tmp_path / "photos" / name / f"{number:02}.png"
            Image.fromarray(pixels.astype(np.uint8)).save(file)
    with Project.create(tmp_path / "p.effnet") as project:
        import_folder(project, tmp_path / "photos", val=0.2, test=0.3)
        lines = [
            sample.id
            for sample in load_dataset(project).subset("train")
            if sample.path.parent.name == "lines"
        ]
        edits.relabel(project, lines[: 2 * len(lines) // 3], "dots")
    return tmp_path / "p.effnet"


def press(qtbot: QtBot, parent: object, name: str) -> None:
    button = parent.findChild(QPushButton, name)  # type: ignore[attr-defined]
    assert not button.isHidden(), name
    assert button.isEnabled(), name
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def check(qtbot: QtBot, page: EvaluatePage, part: str) -> None:
    """Choose a part of the images, and have the model checked on it."""
    parts = page.findChild(QComboBox, "evaluate_split")
    assert parts is not None
    parts.setCurrentIndex(parts.findData(part))
    with qtbot.waitSignal(page.session.jobs.job_finished, timeout=LONG):
        page.start()
    qtbot.waitUntil(lambda: page._keeper.result is not None, timeout=LONG)


def test_that_mended_labels_become_a_better_model_and_the_comparison_shows_it(
    qtbot: QtBot, window: MainWindow, mislabelled: Path
) -> None:
    session = window.session
    with qtbot.waitSignal(session.project_changed, timeout=LONG):
        session.open_project(mislabelled)
    config = make_config("instant", model="efficientnet_b0", image_size=64)
    with qtbot.waitSignal(session.training_finished, timeout=LONG):
        session.start_training(config)
    qtbot.waitUntil(lambda: session.run is not None and not session.training_job, timeout=LONG)
    first = session.run
    assert first is not None

    # From the cell to the images: training images called dots that the model takes for lines.
    window.show_page("evaluate")
    page = window.page("evaluate")
    assert isinstance(page, EvaluatePage)
    check(qtbot, page, "train")
    matrix, sheet = page.findChild(ConfusionMatrix), page.findChild(ImageSheet)
    assert matrix is not None
    assert sheet is not None
    banner = page.findChild(Banner, "mend_banner")
    assert banner is not None
    assert banner.isHidden()
    rounds = 0
    for row, column in ((0, 1), (0, 0)):
        # The wrong labels among those that the model has swallowed are found by eye.
        matrix.select(row, column)
        cells = [
            sheet.grid.thumbnails.cell(sheet.grid.thumbnails.index(place, 0))
            for place in range(sheet.grid.thumbnails.rowCount())
        ]
        wrong = [place for place, cell in enumerate(cells) if cell.path.parent.name == "lines"]
        if not wrong:
            continue
        rounds += 1
        sheet.grid.select_rows(wrong)
        chosen = sheet.findChild(QComboBox, "selection_class")
        assert chosen is not None
        with qtbot.waitSignal(session.dataset_changed, timeout=LONG):
            if row != column:
                press(qtbot, sheet, "images_accept")  # the model is right
            else:
                chosen.setCurrentIndex(chosen.findText("lines"))
                chosen.activated.emit(chosen.currentIndex())
        qtbot.waitUntil(lambda: page._keeper.result.dataset is session.dataset, timeout=LONG)
    assert rounds > 0
    assert all(
        sample.path.parent.name == session.dataset.classes[sample.label]
        for sample in session.dataset.samples
    )

    # Training goes on from what the run has learned.
    message = banner.findChild(QLabel, "banner_message")
    assert message is not None
    qtbot.waitUntil(lambda: "got another class" in message.text(), timeout=LONG)
    with qtbot.waitSignal(session.training_finished, timeout=LONG):
        press(qtbot, banner, "retrain_start")
    qtbot.waitUntil(lambda: not session.training_job and session.run is not None, timeout=LONG)
    qtbot.waitUntil(lambda: session.run.run_id != first.run_id, timeout=LONG)
    assert session.run.origin is not None
    assert session.run.origin.run == first.run_id

    # Before and after, on the test images, which neither has seen.
    press(qtbot, banner, "retrain_compare")
    dialog = page.findChild(CompareDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog._found is not None, timeout=LONG)
    found = dialog._found
    assert found.split == "test"
    truth = compare_runs(session.project, first.run_id, session.run.run_id, split="test")
    assert found.gains == truth.gains
    accuracy = next(gain for gain in found.gains if gain.figure == "accuracy")
    assert accuracy.difference.value > 0.1
    assert accuracy.difference.low <= accuracy.difference.value <= accuracy.difference.high
    assert found.only_second > found.only_first
    shown = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert str(found.message()) in shown
    dialog.close()
    qtbot.waitUntil(lambda: not session.jobs.jobs, timeout=LONG)
