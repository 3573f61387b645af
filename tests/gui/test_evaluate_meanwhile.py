"""The Evaluate page while the world moves on: an answer is never shown to another question."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTabBar

from effnet_studio.engine.data.store import load_dataset
from effnet_studio.engine.evaluation.evaluate import Evaluation, evaluate
from effnet_studio.engine.predict.predictor import load_predictor
from effnet_studio.engine.project import Project
from effnet_studio.engine.training.runs import load_run
from effnet_studio.gui.dialogs.compare_runs import CompareDialog
from effnet_studio.gui.errors import Banner
from effnet_studio.gui.i18n import install_language
from effnet_studio.gui.pages.evaluate import EvaluatePage
from effnet_studio.gui.text import percent_text
from effnet_studio.gui.widgets.evaluate.worst_view import SUSPECTS, TO_LABEL
from tests.random_run import write_run

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from effnet_studio.gui.session import Session
    from effnet_studio.gui.theme import ThemeManager

COLOURS = ("blue", "green", "red")


@pytest.fixture
def two_runs(trained: Path) -> None:
    """A second run in the project, newer than the first."""
    with Project.open(trained) as project:
        write_run(project, COLOURS, size=32, seed=5)


@pytest.fixture
def page(qtbot: QtBot, opened: Session, theme: ThemeManager, english: None) -> EvaluatePage:
    page = EvaluatePage(opened, theme)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    return page


def check(qtbot: QtBot, page: EvaluatePage) -> None:
    with qtbot.waitSignal(page.session.jobs.job_finished, timeout=30_000):
        page.start()


def accuracy(page: EvaluatePage) -> str:
    return page.findChild(QLabel, "accuracy_figure").text()


def truth(session: Session) -> Evaluation:
    return evaluate(load_predictor(session.run.run_dir), session.dataset, "val")


def wait_for_today(qtbot: QtBot, page: EvaluatePage) -> None:
    """Until the figures are those of the labels as they are now."""

    def reached() -> bool:
        found = page._keeper.result
        today = page.session.dataset.version
        return (
            page._keeper.job is None
            and found is not None
            and found.evaluation.dataset_version == today
        )

    qtbot.waitUntil(reached, timeout=20_000)


def test_that_a_check_of_one_run_is_not_shown_as_that_of_another(
    qtbot: QtBot, two_runs: None, page: EvaluatePage
) -> None:
    first = page.session.run.run_id
    other = next(run.run_id for run in page.session.runs if run.run_id != first)
    with qtbot.waitSignal(page.session.jobs.job_finished, timeout=30_000):
        page.start()
        page.session.select_run(other)
    assert page._keeper.result is None, "the other run was not checked"
    page.session.select_run(first)
    qtbot.waitUntil(lambda: page._keeper.result is not None)
    assert page._keeper.result.run_dir == page.session.run.run_dir


def test_that_labels_mended_during_a_check_count(qtbot: QtBot, page: EvaluatePage) -> None:
    moved = [sample.id for sample in page.session.dataset.subset("val")][:4]
    with qtbot.waitSignal(page.session.jobs.job_finished, timeout=30_000):
        page.start()
        job = page._keeper.job
        with qtbot.waitSignal(page.session.dataset_changed):
            page.session.editor.relabel(moved, "green")
        assert job is page._keeper.job or not job.running
    wait_for_today(qtbot, page)
    assert accuracy(page) == percent_text(truth(page.session).accuracy)


def test_that_figures_of_an_exported_model_stay_and_follow_mended_labels(
    qtbot: QtBot, page: EvaluatePage
) -> None:
    from effnet_studio.engine.export.export import export_model

    file = export_model(page.session.project, page.session.run.run_id).file
    with qtbot.waitSignal(page.session.jobs.job_finished, timeout=30_000):
        assert page.drop_files([file])
    banner = page.findChild(Banner, "outside_banner")
    moved = [sample.id for sample in page.session.dataset.subset("val")][:4]
    with qtbot.waitSignal(page.session.dataset_changed):
        page.session.editor.relabel(moved, "green")
    wait_for_today(qtbot, page)
    assert not banner.isHidden()
    assert accuracy(page) == percent_text(truth(page.session).accuracy)
    gone = page.session.dataset.subset("val")[0].id
    with qtbot.waitSignal(page.session.dataset_changed):
        page.session.editor.exclude([gone], True)
    wait_for_today(qtbot, page)
    assert gone not in page._keeper.result.evaluation.sample_ids
    with qtbot.waitSignal(page.session.dataset_changed):
        page.session.editor.undo()
    wait_for_today(qtbot, page)
    assert gone in page._keeper.result.evaluation.sample_ids


def test_that_figures_of_a_folder_outside_stay_while_the_project_changes(
    qtbot: QtBot, page: EvaluatePage, make_photos
) -> None:
    folder = make_photos("elsewhere", blue=3, red=2)
    with qtbot.waitSignal(page.session.jobs.job_finished, timeout=30_000):
        assert page.drop_files([folder])
    before = page._keeper.result
    with qtbot.waitSignal(page.session.runs_changed):
        page.session.keeper.rename(page.session.run.run_id, "Better name")
    with qtbot.waitSignal(page.session.dataset_changed):
        page.session.editor.exclude([page.session.dataset.samples[0].id], True)
    assert page._keeper.result is before
    assert not page.findChild(Banner, "outside_banner").isHidden()


def test_that_images_of_a_folder_outside_are_not_taken_for_the_projects(
    qtbot: QtBot, page: EvaluatePage, make_photos
) -> None:
    """Both number their images from the same small numbers."""
    split = page._split.findData("test")
    moved = [sample.id for sample in page.session.dataset.subset("val")][:5]
    with qtbot.waitSignal(page.session.dataset_changed):
        page.session.editor.set_split(moved, "test")
    page._split.setCurrentIndex(split)
    check(qtbot, page)
    counts = page._view.tabs[0]._matrix._counts
    row, column = (int(each) for each in np.unravel_index(counts.argmax(), counts.shape))
    page._view.tabs[0]._matrix.select(row, column)
    with qtbot.waitSignal(page.session.jobs.job_finished, timeout=30_000):
        assert page.drop_files([make_photos("elsewhere", blue=9, red=9)])
    assert page.findChild(QLabel, "images_title").text().startswith("All errors")
    keys = [row.key for row in page._view.worst._model._rows]
    assert SUSPECTS not in keys, "those are of the project"
    page.findChild(QPushButton, "outside_back").click()
    wait_for_today(qtbot, page)
    assert SUSPECTS in [row.key for row in page._view.worst._model._rows]


def test_that_what_is_chosen_already_can_be_opened_again(qtbot: QtBot, page: EvaluatePage) -> None:
    check(qtbot, page)
    figures = page._view.tabs[0]
    page.show()
    page.findChild(QTabBar, "evaluation_tabs").setCurrentIndex(1)
    table, title = figures._class_table, page.findChild(QLabel, "images_title")

    def click() -> None:
        place = table.visualRect(table.index_at(0)).center()
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)

    click()
    chosen = title.text()
    counts = figures._matrix._counts
    row, column = (int(each) for each in np.unravel_index(counts.argmax(), counts.shape))
    figures._matrix.select(row, column)
    assert title.text() != chosen
    click()
    assert title.text() == chosen
    page.close()


def test_that_what_cannot_be_kept_stays_on_view(
    qtbot: QtBot, session: Session, trained: Path, theme: ThemeManager, english: None
) -> None:
    with Project.open(trained):
        with qtbot.waitSignal(session.project_changed):
            session.open_project(trained)
        page = EvaluatePage(session, theme)
        qtbot.addWidget(page)
        check(qtbot, page)
        with qtbot.waitSignal(page._keeper._saved.answered):
            session.refresh_runs()
        assert page._keeper.result is not None
        session.close_project()


def test_that_only_what_was_chosen_last_is_chosen(
    qtbot: QtBot, page: EvaluatePage, qapp: QApplication
) -> None:
    check(qtbot, page)
    figures, worst = page._view.tabs[0], page._view.worst
    worst.list.setCurrentIndex(worst.list.model().index(0, 0))
    title = page.findChild(QLabel, "images_title")
    assert title.text().startswith("Confident errors")
    counts = figures._matrix._counts
    row, column = (int(each) for each in np.unravel_index(counts.argmax(), counts.shape))
    figures._matrix.select(row, column)
    chosen = title.text()
    assert not chosen.startswith("Confident errors")
    install_language(qapp, "zh_CN")
    qapp.processEvents()
    install_language(qapp, "en")
    qapp.processEvents()
    assert title.text() == chosen
    assert not worst.list.currentIndex().isValid()


def test_that_the_sheet_speaks_the_windows_language_whatever_opened_it(
    qtbot: QtBot, page: EvaluatePage, qapp: QApplication
) -> None:
    check(qtbot, page)
    worst, title = page._view.worst, page.findChild(QLabel, "images_title")
    for row, each in enumerate(worst._model._rows):
        install_language(qapp, "en")
        qapp.processEvents()
        worst.list.setCurrentIndex(worst.list.model().index(row, 0))
        english_title = title.text()
        assert english_title.startswith("All errors") == (each.key in {SUSPECTS, TO_LABEL})
        install_language(qapp, "zh_CN")
        qapp.processEvents()
        assert title.text() != english_title, worst._key


def test_that_a_click_on_the_class_whose_curves_are_shown_opens_its_images(
    qtbot: QtBot, page: EvaluatePage
) -> None:
    check(qtbot, page)
    page.show()
    curves = page._view.tabs[2]
    page._tabs.setCurrentIndex(2)
    qtbot.waitUntil(lambda: curves._curves is not None, timeout=20_000)
    title, table = page.findChild(QLabel, "images_title"), curves._ranking.table
    assert title.text().startswith("All errors")
    chosen: list[object] = []
    curves.images_chosen.connect(chosen.append)
    place = table.visualRect(table.index_at(0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert "on the wrong side" in title.text()
    place = table.visualRect(table.index_at(1)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert len(chosen) == 2, "one click tells once"
    page.close()


def test_that_images_to_label_are_chosen_once_at_a_time(
    qtbot: QtBot, page: EvaluatePage, make_photos
) -> None:
    check(qtbot, page)
    worst = page._view.worst
    row = next(n for n, each in enumerate(worst._model._rows) if each.key == TO_LABEL)
    worst.list.setCurrentIndex(worst.list.model().index(row, 0))
    button = page.findChild(QPushButton, "worst_act")
    assert button.isEnabled()
    with qtbot.waitSignal(page.files_sent, timeout=30_000):
        page._labelling.start(make_photos("new", any=3))
        assert not button.isEnabled()
    qtbot.waitUntil(button.isEnabled)


def test_that_a_comparison_goes_on_when_one_turns_back_to_the_first_part(
    qtbot: QtBot, trained: Path, opened: Session, theme: ThemeManager, english: None
) -> None:
    pair = [load_run(write_run(opened.project, COLOURS, size=32, seed=seed)) for seed in (1, 2)]
    kept_apart = load_dataset(opened.project).subset("val")[::3]
    with qtbot.waitSignal(opened.dataset_changed):
        opened.editor.set_split([sample.id for sample in kept_apart], "test")
    dialog = CompareDialog(opened, theme, *pair)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog._job.cancel()
    part = dialog._verdict.part
    dialog._verdict.part_changed.emit(part)
    qtbot.waitUntil(lambda: dialog._job is None and dialog._found is not None, timeout=30_000)
    assert dialog._found.split == part
    dialog.close()
