"""The Export page: two clicks to a real, checked file and its certificate."""

from __future__ import annotations

import dataclasses
import shutil
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QLabel,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QStackedWidget,
    QWidget,
)

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.events import (
    ExportStep,
    OnEvent,
    Progress,
    RecipeTried,
    Stage,
    StepStarted,
)
from effnet_studio.engine.export.certificate.record import (
    ExportFormat,
    Target,
)
from effnet_studio.engine.export.formats import FORMATS
from effnet_studio.engine.export.place import free_folder
from effnet_studio.engine.export.targets import TARGETS
from effnet_studio.engine.messages import msg
from effnet_studio.engine.predict.predictor import load_predictor
from effnet_studio.engine.project import Project
from effnet_studio.gui.errors import ErrorPanel
from effnet_studio.gui.focus import next_control
from effnet_studio.gui.jobs import JobRunner
from effnet_studio.gui.main_window import MainWindow
from effnet_studio.gui.pages.export import ExportPage
from effnet_studio.gui.session import Session
from effnet_studio.gui.theme import ThemeManager
from effnet_studio.gui.widgets.export.export_result_card import ExportResultCard
from effnet_studio.gui.widgets.export.export_work import ExportWork
from effnet_studio.gui.widgets.job_bar import JobBar, progress_text
from tests.export_results import export_result
from tests.gui.export_stage import RESULT, make_page, page_with, press, rows, start, texts
from tests.random_run import write_run

TRIED = RecipeTried("tuned", 0.93, 0.01, 0.97, 8.0, 5_000_000, 13.0, 16_000_000, kept_promise=False)


@pytest.fixture
def page(qtbot, opened: Session, theme: ThemeManager, english) -> ExportPage:
    """The page of a project with a model and no exports."""
    return make_page(qtbot, opened, theme)


def sleep_until_stopped(*, on_event: OnEvent, cancel: CancelToken) -> None:
    while True:
        cancel.check()
        time.sleep(0.01)


def stops_after(first: QWidget, page: QWidget, count: int = 60) -> list[str]:
    """Names of the controls that so many presses of Tab lead to, each once."""
    stops, focus = [], first
    for _ in range(count):
        focus = next_control(page, focus, forward=True)  # as the window does
        stops.append(focus.objectName())
    return list(dict.fromkeys(stops))


def test_that_what_the_page_is_driven_by_loads_without_torch() -> None:
    code = (
        "import sys, effnet_studio.gui.pages.export, effnet_studio.engine.export.formats;"
        "print([m for m in ('torch', 'torchvision', 'onnxruntime', 'onnx') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


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


def test_that_every_target_of_the_engine_has_a_card_that_opens_its_formats(
    qtbot, page: ExportPage
) -> None:
    options = page.findChild(QWidget, "export_options")
    assert not options.isVisibleTo(page)
    for target, spec in TARGETS.items():
        card = page.findChild(QPushButton, f"target_{target.value}")
        assert card.accessibleName() == str(spec.title)
        assert str(spec.about) in card.accessibleDescription()
        qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
        assert options.isVisibleTo(page)
        assert page._options.target is target
        assert list(page._options.formats._rows) == list(spec.formats)
        assert page._options.format is spec.formats[0]


def test_that_tab_goes_from_the_card_down_the_page_as_the_eye_does(
    qtbot, session: Session, trained: Path, theme: ThemeManager, english
) -> None:
    page = page_with(qtbot, session, trained, theme, RESULT)
    page.choose(Target.WEB)
    page._options.formats.choose(ExportFormat.ONNX_INT8)
    rows(page)[0].unfold()
    page.show()
    stops = stops_after(page.findChild(QWidget, "target_web"), page)
    expected = ["export_start", "export_choose_folder", "format_onnx-int8", "export_points"]
    expected += ["export_row_head", "certificate_page", "certificate_open_folder"]
    assert [name for name in stops if name in expected] == expected
    page.show_result(RESULT)
    stops = stops_after(page.findChild(QWidget, "export_run"), page)
    expected = ["export_again", "certificate_page", "export_row_head"]
    assert [name for name in stops if name in expected] == expected


def test_that_only_what_may_lose_accuracy_asks_how_much(qtbot, page: ExportPage) -> None:
    page.choose(Target.PYTHON)
    budget = page.findChild(QWidget, "export_budget")
    assert not budget.isVisibleTo(page)
    press(qtbot, page, "format_onnx-int8")
    assert budget.isVisibleTo(page)
    assert page._options.budget_points == 0.5
    meaning = page.findChild(QLabel, "export_budget_meaning")
    assert "5 more wrong" in meaning.text()
    page._options._points.setValue(0.0)
    assert "not get a single" in meaning.text()


def test_that_a_format_that_cannot_be_made_here_says_why_and_another_is_chosen(
    page: ExportPage,
) -> None:
    page.choose(Target.PYTHON)
    page._options.formats.set_facts({ExportFormat.ONNX: msg("It needs a converter.")}, {}, {})
    assert not page.findChild(QRadioButton, "format_onnx").isEnabled()
    assert page.findChild(QLabel, "format_why_onnx").text() == "It needs a converter."
    assert page._options.format is TARGETS[Target.PYTHON].formats[1]
    everything = {key: msg("It needs a converter.") for key in FORMATS}
    page._options.formats.set_facts(everything, {}, {})
    assert page._options.format is None
    assert not page.findChild(QPushButton, "export_start").isEnabled()


def test_that_steps_and_recipes_are_seen_while_they_come(
    qtbot, theme: ThemeManager, english
) -> None:
    work = ExportWork(theme)
    qtbot.addWidget(work)
    runner = JobRunner()
    job = runner.start(sleep_until_stopped, title="Exporting", kind="export")
    work.follow(job, rounds=True, budget_points=0.5)
    try:
        card = work.findChild(QWidget, "attempts")
        assert card.isVisibleTo(work)
        for event in (StepStarted(ExportStep.WRITE), StepStarted(ExportStep.ROUND), TRIED):
            work.take_event(event)
        marks = [work.findChild(QLabel, f"step_{step}").accessibleName() for step in ExportStep]
        assert [mark.rsplit(": ", 1)[1] for mark in marks] == [
            "done",
            "at work",
            "waiting",
            "waiting",
            "waiting",
        ]
        assert progress_text(StepStarted(ExportStep.ROUND)) in marks[1]
        work.take_event(Progress(Stage.EXPORT, 0, 1, "steps", 0.0, None))
        bar = work.findChild(QProgressBar, "work_bar")
        assert (bar.minimum(), bar.maximum()) == (0, 0), "nobody knows how far one step is"
        assert not work.findChild(QLabel, "work_detail").text()
        (row,) = card._card._model.rows
        assert row == ("1  all in 8 bits, tuned", "1.0", "missed")
        press(qtbot, work, "work_stop")
        qtbot.waitUntil(lambda: not job.running)
    finally:
        runner.shutdown()
        qtbot.waitUntil(lambda: runner.jobs == [])


@pytest.mark.parametrize("text", ["Ready", "Not ready"])
def test_that_the_bar_at_the_bottom_ends_with_the_verdict(
    qtbot, theme: ThemeManager, english, text: str
) -> None:
    runner = JobRunner()
    bar = JobBar(runner, theme)
    qtbot.addWidget(bar)
    result = dataclasses.replace(RESULT, ok=text == "Ready")
    with qtbot.waitSignal(runner.job_finished):
        runner.start(lambda: result, title="Exporting", kind="export", with_events=False)
    assert bar.findChild(QLabel, "job_detail").text() == text


def test_that_what_is_installed_before_the_first_file_is_said_before(page: ExportPage) -> None:
    page.choose(Target.PYTHON)
    page._options.formats.set_facts({}, {ExportFormat.ONNX: msg("240 MB are downloaded.")}, {})
    assert page.findChild(QRadioButton, "format_onnx").isEnabled()
    assert page.findChild(QLabel, "format_why_onnx").text() == "240 MB are downloaded."
    page._options.formats.set_facts({}, {}, {})
    assert not page.findChild(QLabel, "format_why_onnx").isVisibleTo(page)


def test_that_a_format_that_cannot_be_opened_here_promises_nothing(page: ExportPage) -> None:
    coreml = ExportFormat.COREML
    page.choose(Target.PHONE)
    formats = page._options.formats
    formats.set_facts({}, {coreml: msg("20 MB are downloaded.")}, {coreml: msg("Only a Mac.")})
    button = page.findChild(QRadioButton, "format_coreml")
    assert button.isEnabled()
    assert button.accessibleName() == "Core ML, not checked here"
    assert button.accessibleDescription().endswith("20 MB are downloaded. Only a Mac.")
    assert page.findChild(QLabel, "format_but_coreml").text() == "Only a Mac."
    note = page.findChild(QLabel, "export_note")
    assert note.isVisibleTo(page)
    formats.choose(coreml)
    assert not note.isVisibleTo(page)
    formats.set_facts({}, {}, {})  # as on a Mac
    assert note.isVisibleTo(page)
    assert button.accessibleName() == "Core ML, exactly like the app"


def test_that_a_file_that_was_not_opened_shows_no_figures_but_its_size(
    qtbot, theme: ThemeManager, english
) -> None:
    unopened = export_result(
        "resnet18.mlpackage",
        format=ExportFormat.COREML,
        target=Target.PHONE,
        program="",
        parts=(),
        latencies=(),
        peak_memory=None,
        ok=False,
    )
    card = ExportResultCard(unopened, theme)
    qtbot.addWidget(card)
    assert card.findChild(QLabel, "export_result_title").text() == "Not ready"
    assert "could not be opened" in card.findChild(QLabel, "certificate_reasons").text()
    for hidden in ("certificate_parts", "certificate_times", "certificate_measured"):
        assert not card.findChild(QWidget, hidden).isVisibleTo(card)
    cells = [label.accessibleName() for label in card.findChildren(QLabel)]
    shown = [name for name in cells if ": " in name]
    assert [name for name in shown if not name.endswith("–")] == ["Size: 44.7 MB"]


def test_that_the_reasons_why_a_file_is_not_ready_stand_right_under_the_verdict(
    qtbot, theme: ThemeManager, english
) -> None:
    card = ExportResultCard(export_result("resnet18.onnx", ok=False), theme)
    qtbot.addWidget(card)
    card.resize(900, 1200)
    card.show()
    title = card.findChild(QLabel, "export_result_title")
    reasons = card.findChild(QLabel, "certificate_reasons")
    reasons.setText("One reason.")
    reasons.show()
    mark = card.findChild(QWidget, "certificate_help")

    def gap(widget: QWidget) -> int:
        bottom = title.mapTo(card, title.rect().bottomLeft()).y()
        return widget.mapTo(card, widget.rect().topLeft()).y() - bottom

    qtbot.waitUntil(lambda: abs(gap(mark) - gap(reasons)) <= 4)
    assert gap(reasons) < 3 * reasons.fontMetrics().height()


def test_that_two_clicks_make_a_checked_file_that_predict_answers_with(
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
    press(qtbot, page, "target_python")
    with qtbot.waitSignal(session.jobs.job_finished, timeout=90_000):
        press(qtbot, page, "export_start")
        assert not page.findChild(QPushButton, "export_start").isVisibleTo(page)
        assert page.findChild(QPushButton, "work_stop").isVisibleTo(page)
    assert page.findChild(ErrorPanel, "error_panel").error is None
    card = page.findChild(ExportResultCard)
    assert card._result.ok
    assert card.findChild(QLabel, "export_result_title").text() == "Ready"
    assert "100.0 %" in texts(card)
    file = card._result.file
    assert file.is_relative_to(trained)
    qtbot.waitUntil(lambda: len(rows(page)) == 1)
    assert page.findChild(QLabel, "export_nothing").isHidden()
    press(qtbot, page, "export_again")
    assert page.findChild(QPushButton, "export_start").isVisibleTo(page)

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


def test_that_a_project_open_elsewhere_asks_for_a_folder_first(
    qtbot, session: Session, trained: Path, theme: ThemeManager, english
) -> None:
    with Project.open(trained):
        page = page_with(qtbot, session, trained, theme, RESULT)
        page.choose(Target.PYTHON)
        button = page.findChild(QPushButton, "export_start")
        place = page.findChild(QLabel, "export_place")
        assert not button.isEnabled()
        assert "choose a folder" in place.text()
        page.start()
        assert session.jobs.jobs == []
        rows(page)[0].unfold()
        assert rows(page)[0].findChild(QPushButton, "certificate_delete").isHidden()
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
        start(page)
    error = page.findChild(ErrorPanel, "error_panel").error
    assert error is not None
    assert str(error.message)
    assert list(target.iterdir()) == []
    assert page.findChild(QPushButton, "export_start").isVisibleTo(page)


def test_that_stop_leads_back_to_the_choice(qtbot, page: ExportPage) -> None:
    with qtbot.waitSignal(page.session.jobs.job_finished, timeout=60_000):
        start(page)
        press(qtbot, page, "work_stop")
        assert page.findChild(QLabel, "work_note").toolTip().startswith("Stopping")
    assert page.findChild(QPushButton, "export_start").isVisibleTo(page)
    assert rows(page) == []


def test_that_no_folder_is_ever_replaced(tmp_path: Path) -> None:
    assert free_folder(tmp_path, "resnet18").name == "resnet18"
    (tmp_path / "resnet18").mkdir()
    (tmp_path / "resnet18-2").touch()
    assert free_folder(tmp_path, "resnet18").name == "resnet18-3"
    assert free_folder(tmp_path, "efficientnet:w1.2").name == "efficientnet-w1.2"
