"""The Export page: a real file, checked against the app, and what earlier files are said to be."""

from __future__ import annotations

import dataclasses
import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QStackedWidget

from effnet_studio.engine.export.certificate.record import (
    RECORD_SUFFIX,
    Difference,
    ExportFormat,
    ExportResult,
)
from effnet_studio.engine.predict.predictor import load_predictor
from effnet_studio.engine.project import Project
from effnet_studio.gui.errors import ErrorPanel
from effnet_studio.gui.main_window import MainWindow
from effnet_studio.gui.pages.export import ExportPage, free_file
from effnet_studio.gui.session import Session
from effnet_studio.gui.theme import ThemeManager
from effnet_studio.gui.widgets.export.export_result_card import ExportResultCard
from tests.export_results import export_result, part
from tests.random_run import write_run

RESULT = export_result(
    "resnet18-int8.onnx",
    format=ExportFormat.ONNX_INT8,
    bytes=11_300_000,
    parts=(part(same=199, correct=188, app_correct=189, lost=1),),
    differing=(Difference(1, "red/red-1.jpg", "red", "red", "blue"),),
    budget_points=0.5,
)


def make_page(qtbot, session: Session, theme: ThemeManager) -> ExportPage:
    page = ExportPage(session, theme)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    return page


@pytest.fixture
def page(qtbot, opened: Session, theme: ThemeManager, english) -> ExportPage:
    """The page of a project with a model and no exports."""
    return make_page(qtbot, opened, theme)


def record(project: Path, result: ExportResult, folder: str = "1") -> None:
    """Put an export into a project as the engine leaves it."""
    place = project / "exports" / folder
    place.mkdir(parents=True)
    (place / result.file).write_bytes(b"")
    about = place / (result.file.stem + RECORD_SUFFIX)
    about.write_text(json.dumps(result.to_json()), encoding="utf-8")


def cards(page: ExportPage) -> list[ExportResultCard]:
    """Exports listed, newest first."""
    rows = page.findChild(object, "export_history").layout()
    found = [rows.itemAt(row).widget() for row in range(rows.count())]
    return [each for each in found if isinstance(each, ExportResultCard)]


def texts(card: ExportResultCard) -> str:
    return "\n".join(label.text() for label in card.findChildren(QLabel))


def test_that_without_a_model_the_page_leads_to_training(
    qtbot, session: Session, trained: Path, theme: ThemeManager, english
) -> None:
    shutil.rmtree(next((trained / "runs").iterdir()))
    with qtbot.waitSignal(session.project_changed):
        session.open_project(trained)
    page = make_page(qtbot, session, theme)
    empty = page.findChild(QStackedWidget, "export_states").currentWidget()
    with qtbot.waitSignal(page.navigation_asked) as asked:
        qtbot.mouseClick(empty.action, Qt.MouseButton.LeftButton)
    assert asked.args == ["train"]


def test_that_one_click_makes_a_checked_file_that_predict_answers_with(
    qtbot, window: MainWindow, trained: Path
) -> None:
    session = window.session
    with Project.open(trained) as project:  # its graph has few nodes, so it is written quickly
        write_run(project, ("blue", "green", "red"), "resnet18", size=32)
    with qtbot.waitSignal(session.project_changed):
        session.open_project(trained)
    assert session.run.model == "resnet18"
    window.show_page("export")
    page = window.page("export")
    assert not page.findChild(QLabel, "export_nothing").isHidden()
    with qtbot.waitSignal(session.jobs.job_finished, timeout=90_000):
        qtbot.mouseClick(page.findChild(QPushButton, "export_onnx"), Qt.MouseButton.LeftButton)
        assert not page.findChild(QPushButton, "export_onnx").isVisibleTo(page)
    assert page.findChild(ErrorPanel, "error_panel").error is None
    (card,) = cards(page)
    assert card._result.ok
    assert "Ready" in card.findChild(QLabel, "export_result_verdict").text()
    assert "100.0 %" in texts(card)
    assert page.findChild(QLabel, "export_nothing").isHidden()
    file = card._result.file
    assert file.is_relative_to(trained)

    picture = session.dataset.samples[0].path
    window.show_page("predict")
    predict = window.page("predict")
    predict.drop_files([file, picture])
    qtbot.waitUntil(lambda: len(predict._judge.items) == 1, timeout=30_000)
    truth = load_predictor(session.run.run_dir).predict(picture)
    answer = predict._judge.items[0].prediction
    np.testing.assert_allclose(answer.probabilities, truth.probabilities, atol=1e-4)
    assert predict.findChild(QLabel, "predict_file").text() == file.name
    assert not predict._panel.controls.isEnabled()


def test_that_earlier_exports_are_listed_with_their_verdicts(
    qtbot, session: Session, trained: Path, theme: ThemeManager, english
) -> None:
    record(trained, RESULT)
    bad = dataclasses.replace(
        RESULT,
        parts=(part(same=181, correct=188, app_correct=189, lost=1),),
        ok=False,
        created="2026-07-22T08:00:00+00:00",
    )
    record(trained, bad, "2")
    with qtbot.waitSignal(session.project_changed):
        session.open_project(trained)
    page = make_page(qtbot, session, theme)
    qtbot.waitUntil(lambda: len(cards(page)) == 2)
    newest, oldest = cards(page)
    assert "on 19 images the file gives another answer" in texts(newest)
    for text in ("ResNet-18 · ONNX, 8-bit", "99.5 %", "< 0.001 %", "App: 94.5 %", "App: 12.0 ms"):
        assert text in texts(oldest)
    with qtbot.waitSignal(page.files_sent) as sent:
        qtbot.mouseClick(
            newest.findChild(QPushButton, "export_show_images"), Qt.MouseButton.LeftButton
        )
    (wanted,) = [sample.path for sample in session.dataset.samples if sample.id == 1]
    assert sent.args == ["predict", [wanted]]


def test_that_another_project_has_another_list(
    qtbot, session: Session, trained: Path, theme: ThemeManager, english
) -> None:
    record(trained, RESULT)
    with qtbot.waitSignal(session.project_changed):
        session.open_project(trained)
    page = make_page(qtbot, session, theme)
    page.set_folder(trained.parent)
    qtbot.waitUntil(lambda: len(cards(page)) == 1)
    with qtbot.waitSignal(session.project_changed):
        session.create_project(trained.parent / "other.effnet")
    assert cards(page) == []
    assert page.findChild(QPushButton, "export_into_project").isHidden()


def test_that_a_project_open_elsewhere_asks_for_a_folder_first(
    qtbot, session: Session, trained: Path, theme: ThemeManager, english
) -> None:
    with Project.open(trained):
        with qtbot.waitSignal(session.project_changed):
            session.open_project(trained)
        page = make_page(qtbot, session, theme)
        button = page.findChild(QPushButton, "export_onnx")
        place = page.findChild(QLabel, "export_place")
        assert not button.isEnabled()
        assert "choose a folder" in place.text()
        page.start("onnx")
        assert session.jobs.jobs == []
        page.set_folder(trained.parent)
        assert button.isEnabled()
        assert str(trained.parent) in place.text()
        session.close_project()


def test_that_a_failure_is_said_and_leaves_nothing(qtbot, page: ExportPage, tmp_path: Path) -> None:
    (page.session.run.run_dir / "best.safetensors").write_bytes(b"damaged")
    target = tmp_path / "target"
    target.mkdir()
    page.set_folder(target)
    with qtbot.waitSignal(page.session.jobs.job_finished, timeout=30_000):
        page.start("onnx")
    error = page.findChild(ErrorPanel, "error_panel").error
    assert error is not None
    assert str(error.message)
    assert list(target.iterdir()) == []
    assert page.findChild(QPushButton, "export_onnx").isVisibleTo(page)


def test_that_stop_leads_back_to_the_choice(qtbot, page: ExportPage) -> None:
    with qtbot.waitSignal(page.session.jobs.job_finished, timeout=60_000):
        page.start("onnx")
        qtbot.mouseClick(page.findChild(QPushButton, "work_stop"), Qt.MouseButton.LeftButton)
    assert page.findChild(QPushButton, "export_onnx").isVisibleTo(page)
    assert cards(page) == []


def test_that_no_file_is_ever_replaced(tmp_path: Path) -> None:
    assert free_file(tmp_path, "resnet18").name == "resnet18.onnx"
    (tmp_path / "resnet18.onnx").touch()
    (tmp_path / "resnet18-2.onnx").touch()
    assert free_file(tmp_path, "resnet18").name == "resnet18-3.onnx"
