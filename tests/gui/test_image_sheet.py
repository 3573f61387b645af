"""The sheet behind the numbers: maps, selection, other labels; and what is worst comes first."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QTabBar

from effnet_studio.engine.evaluation.evaluate import Evaluation
from effnet_studio.engine.evaluation.run_evaluation import read_evaluation
from effnet_studio.engine.project import Project
from effnet_studio.gui.i18n import install_language
from effnet_studio.gui.models.marked_rows import KEY_ROLE
from effnet_studio.gui.models.thumbnails import ThumbnailModel
from effnet_studio.gui.pages.evaluate import EvaluatePage
from effnet_studio.gui.session import Session
from effnet_studio.gui.theme import ThemeManager
from effnet_studio.gui.widgets.evaluate.confusion_matrix import ConfusionMatrix
from effnet_studio.gui.widgets.evaluate.image_sheet import ImageSheet
from effnet_studio.gui.widgets.evaluate.worst_view import (
    BOUNDARY,
    CONFIDENT,
    LOSS,
    SUSPECTS,
    TO_LABEL,
)
from effnet_studio.gui.widgets.marked_list import MarkedList


@pytest.fixture
def page(qtbot, opened: Session, theme: ThemeManager, english) -> EvaluatePage:
    """The page after a check."""
    page = EvaluatePage(opened, theme)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    with qtbot.waitSignal(page.session.jobs.job_finished, timeout=30_000):
        page.start()
    return page


@pytest.fixture
def sheet(page: EvaluatePage) -> ImageSheet:
    return page.findChild(ImageSheet, "image_sheet")


def found(page: EvaluatePage) -> Evaluation:
    evaluation = read_evaluation(page.session.run.run_dir, page.session.dataset)
    assert evaluation is not None
    return evaluation


def ids(sheet: ImageSheet) -> list[int]:
    model = sheet.grid.thumbnails
    return [model.cell(model.index(row)).value.id for row in range(model.rowCount())]


def click(qtbot, parent, name: str) -> None:
    button = parent.findChild(QPushButton, name)
    assert not button.isHidden(), name
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def choose_row(page: EvaluatePage, key: object) -> None:
    page.findChild(QTabBar, "evaluate_tabs").setCurrentIndex(
        page._view.tabs.index(page._view.worst)
    )
    rows = page.findChild(MarkedList, "worst_list")
    model = rows.model()
    (row,) = (n for n in range(model.rowCount()) if model.index(n, 0).data(KEY_ROLE) == key)
    rows.setCurrentIndex(model.index(row, 0))


def test_that_each_cell_says_what_an_image_is_and_what_the_model_says(
    page: EvaluatePage, sheet: ImageSheet
) -> None:
    truth = found(page)
    names = page.session.dataset.classes
    model = sheet.grid.thumbnails
    for row, number in enumerate(ids(sheet)):
        place = truth.sample_ids.index(number)
        cell = model.cell(model.index(row))
        assert cell.title == names[truth.true[place]]
        assert cell.caption.startswith(truth.classes[truth.predicted[place]])
        assert f"{100 * truth.confidence[place]:.0f}" in cell.caption
        assert cell.tone == "danger"


def test_that_the_answer_is_taken_over_as_the_label_and_taken_back(
    qtbot, page: EvaluatePage, sheet: ImageSheet
) -> None:
    before = found(page)
    first = ids(sheet)[0]
    place = before.sample_ids.index(first)
    answer = before.classes[before.predicted[place]]
    assert sheet.findChild(QPushButton, "images_accept").isHidden()
    sheet.grid.select_rows([0])
    assert sheet.findChild(QPushButton, "images_accept").text() == f"It is: {answer}"
    accuracy = page.findChild(QLabel, "accuracy_figure")
    old = accuracy.text()
    with qtbot.waitSignal(page.session.dataset_changed, timeout=10_000):
        click(qtbot, sheet, "images_accept")
    qtbot.waitUntil(lambda: accuracy.text() != old, timeout=10_000)
    after = found(page)
    assert after.accuracy == pytest.approx(before.accuracy + 1 / before.images)
    assert first not in ids(sheet)
    with qtbot.waitSignal(page.session.dataset_changed, timeout=10_000):
        page.session.editor.undo()
    qtbot.waitUntil(lambda: accuracy.text() == old, timeout=10_000)
    assert first in ids(sheet)


def test_that_the_sheet_stays_while_its_images_are_changed(
    qtbot, page: EvaluatePage, sheet: ImageSheet
) -> None:
    matrix = page.findChild(ConfusionMatrix, "confusion_matrix")
    off = matrix._counts - np.diag(np.diag(matrix._counts))
    row, column = np.unravel_index(off.argmax(), off.shape)
    matrix.select(int(row), int(column))
    shown = ids(sheet)
    title = sheet.findChild(QLabel, "images_title")
    name = title.text().rsplit("\N{NO-BREAK SPACE}·", 1)[0]
    assert "taken for" in name
    sheet.grid.select_rows([0])
    with qtbot.waitSignal(page.session.dataset_changed, timeout=10_000):
        qtbot.keyClick(sheet.grid, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: ids(sheet) == shown[1:], timeout=10_000)
    assert title.text() == f"{name}\N{NO-BREAK SPACE}·\N{NO-BREAK SPACE}{len(shown) - 1}"


def test_that_a_digit_gives_a_class_and_escape_lets_go(
    qtbot, page: EvaluatePage, sheet: ImageSheet
) -> None:
    number = ids(sheet)[0]
    sheet.grid.select_rows([0])
    qtbot.keyClick(sheet.grid, Qt.Key.Key_Escape)
    assert sheet.chosen_ids() == []
    sheet.grid.select_rows([0])
    with qtbot.waitSignal(page.session.dataset_changed, timeout=10_000):
        qtbot.keyClick(sheet.grid, Qt.Key.Key_3)
    dataset = page.session.dataset
    (sample,) = (each for each in dataset.samples if each.id == number)
    assert dataset.classes[sample.label] == dataset.classes[2]


def test_that_maps_are_drawn_over_the_images(qtbot, page: EvaluatePage, sheet: ImageSheet) -> None:
    model = sheet.grid.thumbnails
    plain = model.cell(model.index(0)).load()
    click(qtbot, sheet, "images_maps")
    cell = model.cell(model.index(0))
    drawn = cell.load()
    assert drawn.shape == (32, 32, 3), "the square that the model saw"
    assert plain.shape != drawn.shape
    shown = model.index(0)
    shown.data(Qt.ItemDataRole.DecorationRole)  # as the view does when it is painted
    qtbot.waitUntil(lambda: shown.data(Qt.ItemDataRole.DecorationRole) is not None)
    assert not shown.data(ThumbnailModel.FailedRole)


def test_that_confused_classes_stand_side_by_side(page: EvaluatePage, sheet: ImageSheet) -> None:
    truth = found(page)
    choose_row(page, 0)
    first, second = page._view.worst._pairs[0].first, page._view.worst._pairs[0].second
    taken = {
        truth.sample_ids[place]
        for place in np.flatnonzero((truth.true == first) & (truth.predicted == second))
    }
    assert set(ids(sheet)) == taken
    back = np.flatnonzero((truth.true == second) & (truth.predicted == first))
    assert sheet.beside.thumbnails.rowCount() == len(back)


@pytest.mark.parametrize("key", [CONFIDENT, LOSS, BOUNDARY])
def test_that_each_row_of_the_worst_opens_its_images(
    key: str, page: EvaluatePage, sheet: ImageSheet
) -> None:
    truth = found(page)
    choose_row(page, key)
    wrong = np.flatnonzero(truth.true != truth.predicted)
    order = {
        CONFIDENT: wrong[np.argsort(-truth.confidence[wrong], kind="stable")],
        LOSS: wrong[np.argsort(truth.true_probability[wrong], kind="stable")],
        BOUNDARY: [p for p in np.argsort(truth.margin, kind="stable") if truth.margin[p] < 0.2],
    }[key]
    assert ids(sheet) == [truth.sample_ids[place] for place in order]


def test_that_suspicious_labels_are_looked_for_and_mended(
    qtbot, page: EvaluatePage, sheet: ImageSheet
) -> None:
    from effnet_studio.engine.data.store import load_index
    from effnet_studio.engine.evaluation.labels.suspects import find_suspects

    choose_row(page, SUSPECTS)
    with qtbot.waitSignal(page.session.jobs.job_finished, timeout=60_000):
        click(qtbot, page, "worst_act")
    project = page.session.project
    expected = find_suspects(project, load_index(project))
    qtbot.waitUntil(lambda: ids(sheet) == expected.ids[expected.flagged].tolist())
    rows = page.findChild(MarkedList, "worst_list").model()
    said = [rows.index(n, 0).data(Qt.ItemDataRole.AccessibleTextRole) for n in range(5)]
    assert any(f"{expected.flagged.sum()} of {len(expected.ids)} labels" in text for text in said)


@pytest.fixture
def noise(page: EvaluatePage, tmp_path: Path) -> Iterator[None]:
    """The pictures are noise while the test runs; they are those of all tests."""
    samples = page.session.dataset.samples
    pictures = samples[0].path.parents[1]
    kept = shutil.copytree(pictures, tmp_path / "kept")
    rng = np.random.default_rng(0)
    for sample in samples:
        Image.fromarray(rng.integers(0, 256, (64, 64, 3)).astype(np.uint8)).save(sample.path)
    yield
    shutil.copytree(kept, pictures, dirs_exist_ok=True)


@pytest.mark.usefixtures("noise")
def test_that_what_the_list_is_worth_is_said_beside_it(
    qtbot, page: EvaluatePage, sheet: ImageSheet
) -> None:
    choose_row(page, SUSPECTS)
    with qtbot.waitSignal(page.session.jobs.job_finished, timeout=60_000):
        click(qtbot, page, "worst_act")
    hint = sheet.findChild(QLabel, "images_hint")
    qtbot.waitUntil(lambda: "most suspicious labels will be right" in hint.text())
    assert "Look at the first of the list only." in hint.text()


def test_that_the_most_useful_images_of_a_folder_go_to_the_predict_page(
    qtbot, page: EvaluatePage, make_photos, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_photos("new", something=5)
    monkeypatch.setattr("effnet_studio.gui.file_dialogs.choose_folder", lambda *_args: folder)
    choose_row(page, TO_LABEL)
    with qtbot.waitSignal(page.files_sent, timeout=60_000) as sent:
        click(qtbot, page, "worst_act")
    key, paths = sent.args
    assert key == "predict"
    assert sorted(paths) == sorted(folder.glob("*/*.jpg"))


def test_that_a_project_open_elsewhere_can_be_looked_at_but_not_changed(
    qtbot, session: Session, trained: Path, theme: ThemeManager, english
) -> None:
    with Project.open(trained):
        with qtbot.waitSignal(session.project_changed):
            session.open_project(trained)
        page = EvaluatePage(session, theme)
        qtbot.addWidget(page)
        with qtbot.waitSignal(session.jobs.job_finished, timeout=30_000):
            page.start()
        sheet = page.findChild(ImageSheet, "image_sheet")
        sheet.grid.select_rows([0])
        assert sheet.findChild(QPushButton, "images_accept").isHidden()
        assert not sheet.findChild(QComboBox, "selection_class").isEnabled()
        qtbot.keyClick(sheet.grid, Qt.Key.Key_Delete)
        assert len(session.dataset.samples) == 18
        session.close_project()


def test_that_the_sheet_speaks_the_language_that_is_chosen(
    page: EvaluatePage, sheet: ImageSheet
) -> None:
    choose_row(page, CONFIDENT)
    title = sheet.findChild(QLabel, "images_title")
    assert title.text().startswith("Confident errors")
    install_language(QApplication.instance(), "zh_CN")
    QCoreApplication.sendPostedEvents()
    assert title.text().startswith("把握十足的错误")
    install_language(QApplication.instance(), "en")


def test_that_the_selection_stays_when_the_language_changes(
    page: EvaluatePage, sheet: ImageSheet
) -> None:
    for choose in (lambda: None, lambda: choose_row(page, CONFIDENT)):
        choose()
        sheet.grid.select_rows([0, 1])
        chosen = sheet.chosen_ids()
        assert len(chosen) == 2
        install_language(QApplication.instance(), "zh_CN")
        QCoreApplication.sendPostedEvents()
        assert sheet.chosen_ids() == chosen
        install_language(QApplication.instance(), "en")
        QCoreApplication.sendPostedEvents()
        assert sheet.chosen_ids() == chosen


def test_that_other_images_are_not_selected(page: EvaluatePage, sheet: ImageSheet) -> None:
    choose_row(page, BOUNDARY)
    sheet.grid.select_rows([0])
    choose_row(page, CONFIDENT)
    assert sheet.chosen_ids() == []
