"""The whole job in the real window: drop a folder, train, check, predict, export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import onnxruntime
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSlider

from effnet_studio.engine.training.config import make_config
from effnet_studio.gui.main_window import MainWindow
from effnet_studio.gui.pages.evaluate import EvaluatePage
from effnet_studio.gui.pages.export import ExportPage
from effnet_studio.gui.pages.predict import PredictPage
from effnet_studio.gui.pages.train import TrainPage
from effnet_studio.gui.widgets.evaluate.confusion_matrix import ConfusionMatrix
from effnet_studio.gui.widgets.evaluate.evaluation_view import EvaluationView
from effnet_studio.gui.widgets.export.export_result_card import ExportResultCard
from effnet_studio.gui.widgets.predict.explanation_panel import ExplanationPanel
from effnet_studio.gui.widgets.thumbnail_grid import ThumbnailGrid

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

LONG = 120_000
"""Milliseconds; a busy machine takes its time, and a test that waits is better than a flaky one."""


def press(qtbot: QtBot, parent: object, name: str) -> None:
    button = parent.findChild(QPushButton, name)  # type: ignore[attr-defined]
    assert button is not None
    assert button.isEnabled(), name
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def train(qtbot: QtBot, window: MainWindow) -> None:
    window.show_page("train")
    page = window.page("train")
    assert isinstance(page, TrainPage)
    page.setup.set_config(
        make_config(
            "balanced",
            model="mobilenet_v3_small",
            weights="none",
            image_size=32,
            epochs=2,
            freeze=0,
            batch_size=8,
        )
    )
    with qtbot.waitSignal(window.session.run_selected, timeout=LONG):
        press(qtbot, page, "train_start")
    qtbot.waitUntil(lambda: window.session.run is not None, timeout=LONG)
    qtbot.waitUntil(lambda: window.session.training_job is None, timeout=LONG)


def test_that_a_folder_becomes_a_model_an_explanation_and_a_file(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, make_photos: Callable[..., Path]
) -> None:
    photos = make_photos(bee=12, ant=12)
    window.resize(1280, 800)
    session = window.session
    with qtbot.waitSignal(session.project_changed, timeout=LONG):
        session.create_project(tmp_path / "insects.effnet")
    with qtbot.waitSignal(session.import_finished, timeout=LONG):
        window.files.take([photos])
    assert session.dataset is not None
    assert session.dataset.classes == ("ant", "bee")

    train(qtbot, window)
    assert session.run is not None
    assert len(session.run.epochs) == 2

    window.show_page("evaluate")
    evaluate = window.page("evaluate")
    assert isinstance(evaluate, EvaluatePage)
    evaluate.start()
    matrix = evaluate.findChild(ConfusionMatrix)
    assert matrix is not None
    qtbot.waitUntil(lambda: matrix.isVisibleTo(evaluate), timeout=LONG)
    figures = evaluate.findChild(EvaluationView)
    assert figures is not None
    grid = figures.findChild(ThumbnailGrid)
    assert grid is not None
    shown = 0
    for row in range(2):
        for column in range(2):
            matrix.select(row, column)
            shown += grid.thumbnails.rowCount()
    assert shown == len(session.dataset.subset("val"))

    window.show_page("predict")
    predict = window.page("predict")
    assert isinstance(predict, PredictPage)
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"not an image")
    assert predict.drop_files([photos / "bee", broken])
    panel = predict.findChild(ExplanationPanel)
    assert panel is not None
    qtbot.waitUntil(lambda: panel.picture() is not None, timeout=LONG)
    results = predict.findChild(ThumbnailGrid, "thumbnail_grid")
    assert results is not None
    assert results.thumbnails.rowCount() == 13
    slider = panel.findChild(QSlider, "explain_opacity")
    assert slider is not None
    qtbot.waitUntil(slider.isEnabled, timeout=LONG)
    qtbot.waitUntil(lambda: len(panel.picture()) == 32, timeout=LONG)
    before = panel.picture()
    slider.setValue(100)
    assert not np.array_equal(before, panel.picture())

    window.show_page("export")
    export = window.page("export")
    assert isinstance(export, ExportPage)
    press(qtbot, export, "target_python")
    press(qtbot, export, "export_start")
    qtbot.waitUntil(lambda: export.findChild(ExportResultCard) is not None, timeout=LONG)
    files = list((tmp_path / "insects.effnet" / "exports").rglob("*.onnx"))
    assert len(files) == 1
    opened = onnxruntime.InferenceSession(str(files[0]), providers=["CPUExecutionProvider"])
    assert opened.get_inputs()[0].name == "image"
    qtbot.waitUntil(lambda: not session.jobs.jobs, timeout=LONG)


@pytest.mark.parametrize("page", ["data", "train", "evaluate", "predict", "export", "models"])
def test_that_every_page_opens_without_torch_work_in_the_window(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, page: str
) -> None:
    with qtbot.waitSignal(window.session.project_changed, timeout=LONG):
        window.session.create_project(tmp_path / "p.effnet")
    window.show_page(page)
    assert window.current_key == page
    qtbot.waitUntil(lambda: not window.session.jobs.jobs, timeout=LONG)
