"""The Evaluate page: a real model, real answers, and the images behind each number."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QStackedWidget, QTabBar

from effnet_studio.engine.data.importer import ImportOptions
from effnet_studio.engine.data.outside import outside_dataset
from effnet_studio.engine.data.versions import keep_version
from effnet_studio.engine.evaluation.evaluate import Evaluation, evaluate
from effnet_studio.engine.evaluation.run_evaluation import read_evaluation
from effnet_studio.engine.predict.predictor import load_predictor
from effnet_studio.engine.project import Project
from effnet_studio.gui.errors import Banner, ErrorPanel
from effnet_studio.gui.main_window import MainWindow
from effnet_studio.gui.models.thumbnails import ThumbnailModel
from effnet_studio.gui.pages.evaluate import EvaluatePage
from effnet_studio.gui.session import Session
from effnet_studio.gui.text import percent_text
from effnet_studio.gui.theme import ThemeManager
from effnet_studio.gui.widgets.evaluate.confusion_matrix import ConfusionMatrix
from effnet_studio.gui.widgets.evaluate.image_sheet import ImageSheet
from effnet_studio.gui.widgets.report_table import ReportTable
from effnet_studio.gui.widgets.thumbnail_grid import ThumbnailGrid


@pytest.fixture
def page(qtbot, opened: Session, theme: ThemeManager, english) -> EvaluatePage:
    """The page of a project with a model that was not checked."""
    return make_page(qtbot, opened, theme)


@pytest.fixture
def done(qtbot, page: EvaluatePage) -> EvaluatePage:
    """The page after a check."""
    check(qtbot, page)
    return page


def make_page(qtbot, session: Session, theme: ThemeManager) -> EvaluatePage:
    page = EvaluatePage(session, theme)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    return page


def check(qtbot, page: EvaluatePage) -> None:
    with qtbot.waitSignal(page.session.jobs.job_finished, timeout=30_000):
        page.start()


def see_the_errors(qtbot, window: MainWindow) -> None:
    """Press the button that a finished training offers."""
    page = window.page("train")
    qtbot.waitUntil(lambda: page.findChild(QPushButton, "status_evaluate") is not None)
    qtbot.mouseClick(page.findChild(QPushButton, "status_evaluate"), Qt.MouseButton.LeftButton)


def state(page: EvaluatePage) -> str:
    return page.findChild(QStackedWidget, "evaluate_states").currentWidget().objectName()


def title(page: EvaluatePage) -> str:
    return page.findChild(QLabel, "empty_title").text()


def shown(page: EvaluatePage) -> list[int]:
    """Samples in the grid, as shown."""
    model = page.findChild(ThumbnailGrid, "thumbnail_grid").model()
    rows = range(model.rowCount())
    return [model.index(row, 0).data(ThumbnailModel.ThumbnailRole).value.id for row in rows]


def expected(session: Session) -> Evaluation:
    return evaluate(load_predictor(session.run.run_dir), session.dataset, "val")


def test_that_without_a_model_the_page_leads_to_training(
    qtbot, session: Session, trained: Path, theme: ThemeManager, english
) -> None:
    shutil.rmtree(next((trained / "runs").iterdir()))
    with qtbot.waitSignal(session.project_changed):
        session.open_project(trained)
    page = make_page(qtbot, session, theme)
    assert state(page) == "empty_state"
    button = page.findChild(QStackedWidget, "evaluate_states").currentWidget().action
    with qtbot.waitSignal(page.navigation_asked) as asked:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked.args == ["train"]


def test_that_the_figures_are_the_engines(qtbot, page: EvaluatePage) -> None:
    unchecked = page.findChild(QStackedWidget, "evaluate_states").currentWidget()
    assert unchecked.findChild(QLabel, "empty_title").text() == "Not checked yet"
    with qtbot.waitSignal(page.session.jobs.job_finished, timeout=30_000):
        qtbot.mouseClick(unchecked.action, Qt.MouseButton.LeftButton)
        assert state(page) == "work_card"
    assert state(page) == "evaluation_view"
    truth = expected(page.session)
    figures = {
        name: page.findChild(QLabel, f"{name}_figure").text() for name in ("accuracy", "images")
    }
    assert figures == {"accuracy": percent_text(truth.accuracy), "images": "9"}
    matrix = page.findChild(ConfusionMatrix, "confusion_matrix")
    np.testing.assert_array_equal(matrix._counts, truth.confusion)


def test_that_the_worst_errors_come_first(done: EvaluatePage) -> None:
    truth = expected(done.session)
    wrong = np.flatnonzero(truth.true != truth.predicted)
    worst = wrong[np.argsort(truth.true_probability[wrong], kind="stable")]
    assert len(wrong) > 0
    assert shown(done) == [truth.sample_ids[position] for position in worst]


def test_that_each_cell_opens_its_images(done: EvaluatePage) -> None:
    truth = expected(done.session)
    matrix = done.findChild(ConfusionMatrix, "confusion_matrix")
    for row, column in np.ndindex(3, 3):
        matrix.select(row, column)
        members = {
            sample
            for sample, true, answer in zip(
                truth.sample_ids, truth.true, truth.predicted, strict=True
            )
            if (true, answer) == (row, column)
        }
        assert set(shown(done)) == members
        assert len(shown(done)) == truth.confusion[row, column]


def test_that_rows_of_both_tables_open_images_and_one_click_leads_back(
    qtbot, done: EvaluatePage
) -> None:
    truth = expected(done.session)
    everything = shown(done)
    classes = done.findChild(ReportTable, "class_table")
    classes.setCurrentIndex(classes.index_at(0))
    label = truth.classes.index(classes.index_at(0).data())
    assert len(shown(done)) == truth.confusion[label].sum() - truth.confusion[label, label]
    pairs = done.findChild(ReportTable, "pair_table")
    pairs.setCurrentIndex(pairs.index_at(0))
    off_diagonal = truth.confusion - np.diag(np.diag(truth.confusion))
    assert len(shown(done)) == off_diagonal.max()
    qtbot.mouseClick(done.findChild(QPushButton, "images_all_errors"), Qt.MouseButton.LeftButton)
    assert shown(done) == everything


def test_that_the_worst_class_is_on_top_of_the_table(done: EvaluatePage) -> None:
    truth = expected(done.session)
    classes = done.findChild(ReportTable, "class_table")
    done.findChild(QTabBar, "evaluation_tabs").setCurrentIndex(1)
    recalls = {report.label: report.recall for report in truth.per_class}
    order = [recalls[classes.index_at(row).data()] for row in range(3)]
    assert order == sorted(recalls.values())


def test_that_each_table_can_be_pasted_into_a_spreadsheet(qtbot, done: EvaluatePage) -> None:
    truth = expected(done.session)
    pasted = []
    for tab in range(3):
        done.findChild(QTabBar, "evaluation_tabs").setCurrentIndex(tab)
        qtbot.mouseClick(done.findChild(QPushButton, "evaluation_copy"), Qt.MouseButton.LeftButton)
        lines = QGuiApplication.clipboard().text().splitlines()
        pasted.append([line.split("\t") for line in lines])
    matrix, classes, pairs = pasted
    counts = [[int(cell) for cell in line[1:]] for line in matrix[1:]]
    assert counts == truth.confusion.tolist()
    assert matrix[0] == ["True class", *truth.classes]
    assert classes[0] == ["Class", "Recall", "Precision", "F1", "Images"]
    assert {line[0] for line in classes[1:]} == set(truth.classes)
    assert all(int(line[2]) > 0 for line in pairs[1:])


def test_that_a_result_is_kept_and_found_again(
    qtbot, done: EvaluatePage, theme: ThemeManager
) -> None:
    kept = read_evaluation(done.session.run.run_dir, done.session.dataset)
    assert kept is not None
    again = make_page(qtbot, done.session, theme)
    qtbot.waitUntil(lambda: state(again) == "evaluation_view")
    assert shown(again) == shown(done)


def test_that_another_part_of_the_images_is_checked_anew(qtbot, done: EvaluatePage) -> None:
    parts = done.findChild(QComboBox, "evaluate_split")
    assert parts.currentText() == "Validation · 9"
    assert not parts.model().item(1).isEnabled(), "there are no test images"
    parts.setCurrentIndex(2)
    qtbot.waitUntil(lambda: state(done) == "empty_state")
    check(qtbot, done)
    kept = read_evaluation(done.session.run.run_dir, done.session.dataset, "train")
    assert kept.split == "train"
    parts.setCurrentIndex(0)
    qtbot.waitUntil(lambda: state(done) == "evaluation_view")


def test_that_the_figures_follow_the_images_and_new_ones_are_asked_about(
    qtbot, done: EvaluatePage
) -> None:
    folder = done.session.folder
    figure = done.findChild(QLabel, "images_figure")
    with qtbot.waitSignal(done.session.import_finished, timeout=20_000):
        done.session.import_folder(folder, ImportOptions(val=0.3))
    fewer = str(len(done.session.dataset.subset("val")))
    qtbot.waitUntil(lambda: figure.text() == fewer)
    assert state(done) == "evaluation_view"
    with qtbot.waitSignal(done.session.import_finished, timeout=20_000):
        done.session.import_folder(folder, ImportOptions(val=0.7))
    qtbot.waitUntil(lambda: state(done) == "empty_state")


def test_that_stop_leads_back(qtbot, page: EvaluatePage) -> None:
    with qtbot.waitSignal(page.session.jobs.job_finished, timeout=30_000):
        page.start()
        work = page.findChild(QStackedWidget, "evaluate_states").currentWidget()
        qtbot.mouseClick(work.findChild(QPushButton, "work_stop"), Qt.MouseButton.LeftButton)
    assert state(page) == "empty_state"
    assert page.findChild(ErrorPanel, "error_panel").error is None


def test_that_a_failure_is_said_in_words(qtbot, page: EvaluatePage) -> None:
    (page.session.run.run_dir / "best.safetensors").write_bytes(b"damaged")
    check(qtbot, page)
    error = page.findChild(ErrorPanel, "error_panel").error
    assert error is not None
    assert str(error.message)
    assert state(page) == "empty_state"


def test_that_a_project_open_elsewhere_is_checked_but_not_written(
    qtbot, session: Session, trained: Path, theme: ThemeManager, english
) -> None:
    with Project.open(trained):
        with qtbot.waitSignal(session.project_changed):
            session.open_project(trained)
        assert session.project.read_only
        page = make_page(qtbot, session, theme)
        assert "not kept" in page.findChild(QLabel, "page_subtitle").text()
        check(qtbot, page)
        assert state(page) == "evaluation_view"
        assert read_evaluation(session.run.run_dir, session.dataset) is None
        session.close_project()


def test_that_an_opened_image_is_shown_on_the_predict_page(
    qtbot, window: MainWindow, trained: Path
) -> None:
    with qtbot.waitSignal(window.session.project_changed):
        window.session.open_project(trained)
    window.show_page("evaluate")
    page = window.page("evaluate")
    check(qtbot, page)
    grid = page.findChild(ThumbnailGrid, "thumbnail_grid")
    cell = grid.model().index(0, 0)
    path = cell.data(ThumbnailModel.ThumbnailRole).path
    grid.setCurrentIndex(cell)
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert window.current_key == "predict"
    name = window.page("predict").findChild(QLabel, "explained_name")
    qtbot.waitUntil(lambda: name.toolTip() == path.name, timeout=20_000)


def test_that_asking_for_a_runs_errors_checks_it_once(
    qtbot, window: MainWindow, trained: Path
) -> None:
    with qtbot.waitSignal(window.session.project_changed):
        window.session.open_project(trained)
    jobs = window.session.jobs
    window.show_page("train")
    with qtbot.waitSignal(jobs.job_finished, timeout=30_000) as ended:
        see_the_errors(qtbot, window)
    assert window.current_key == "evaluate"
    assert ended.args[0].kind == "evaluate"
    page = window.page("evaluate")
    assert state(page) == "evaluation_view"
    assert expected(window.session).accuracy > 0
    window.show_page("train")
    with qtbot.assertNotEmitted(jobs.job_started, wait=300):
        see_the_errors(qtbot, window)
    assert state(page) == "evaluation_view", "what is known is not asked again"


def test_that_asking_for_a_runs_errors_leaves_a_folder_outside(
    qtbot, done: EvaluatePage, make_photos
) -> None:
    with qtbot.waitSignal(done.session.jobs.job_finished, timeout=30_000):
        assert done.drop_files([make_photos("elsewhere", blue=3, red=2)])
    banner = done.findChild(Banner, "outside_banner")
    assert not banner.isHidden()
    done.session.want_check(done.session.run.run_id)
    qtbot.waitUntil(lambda: banner.isHidden() and state(done) == "evaluation_view")
    assert not done.session.jobs.jobs


def test_that_a_folder_dropped_here_is_checked_and_left_again(
    qtbot, done: EvaluatePage, make_photos
) -> None:
    folder = make_photos("elsewhere", blue=3, red=2)
    with qtbot.waitSignal(done.session.jobs.job_finished, timeout=30_000):
        assert done.drop_files([folder])
    truth = evaluate(load_predictor(done.session.run.run_dir), outside_dataset(folder), "test")
    figure = done.findChild(QLabel, "accuracy_figure")
    assert figure.text() == percent_text(truth.accuracy)
    banner = done.findChild(Banner, "outside_banner")
    assert "elsewhere" in banner.findChild(QLabel, "banner_message").text()
    assert banner.findChild(QLabel, "banner_hint").isHidden()
    assert not banner.isHidden()
    sheet = done.findChild(ImageSheet, "image_sheet")
    sheet.grid.select_rows([0])
    assert not sheet.findChild(QComboBox, "selection_class").isEnabled()
    qtbot.mouseClick(done.findChild(QPushButton, "outside_back"), Qt.MouseButton.LeftButton)
    own = percent_text(expected(done.session).accuracy)
    qtbot.waitUntil(lambda: figure.text() == own)
    assert banner.isHidden()


def test_that_an_exported_model_is_checked_on_the_projects_images(
    qtbot, done: EvaluatePage, tmp_path: Path
) -> None:
    from effnet_studio.engine.export.export import export_model

    result = export_model(done.session.project, done.session.run.run_id)
    own = done.findChild(QLabel, "accuracy_figure").text()
    with qtbot.waitSignal(done.session.jobs.job_finished, timeout=30_000):
        assert done.drop_files([result.file])
    assert done.findChild(QLabel, "accuracy_figure").text() == own
    assert done.findChild(QPushButton, "images_maps").isHidden(), "a file cannot say where it looks"
    banner = done.findChild(Banner, "outside_banner")
    assert result.file.name in banner.findChild(QLabel, "banner_message").text()


def test_that_a_folder_without_classes_is_refused_in_words(
    qtbot, done: EvaluatePage, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    with qtbot.waitSignal(done.session.jobs.job_finished, timeout=30_000):
        assert done.drop_files([tmp_path / "empty"])
    assert "class" in str(done.findChild(ErrorPanel, "error_panel").error.message)
    assert state(done) == "evaluation_view"


def test_that_a_report_of_what_is_on_view_is_saved(
    qtbot, done: EvaluatePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "report.html"
    monkeypatch.setattr("effnet_studio.gui.file_dialogs.choose_save", lambda *_args: (file, ""))
    notice = done.findChild(Banner, "saved_notice")
    assert notice.isHidden()
    button = done.findChild(QPushButton, "evaluate_report")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not button.isEnabled()
    qtbot.waitUntil(lambda: not notice.isHidden(), timeout=60_000)
    assert button.isEnabled()
    assert notice.findChild(QLabel, "banner_place").text() == str(file)
    assert percent_text(expected(done.session).accuracy) in file.read_text(encoding="utf-8")


def test_that_a_folder_the_model_has_learned_from_is_called_that(qtbot, done: EvaluatePage) -> None:
    session = done.session
    version = session.dataset.version
    config = session.run.run_dir / "config.json"
    about = json.loads(config.read_text(encoding="utf-8"))
    about["dataset_version"] = version
    config.write_text(json.dumps(about), encoding="utf-8")
    keep_version(session.project, session.dataset)
    with qtbot.waitSignal(session.jobs.job_finished, timeout=30_000):
        assert done.drop_files([session.folder])
    hint = done.findChild(Banner, "outside_banner").findChild(QLabel, "banner_hint")
    assert f"learned from {len(session.dataset.subset('train'))} of these" in hint.text()
