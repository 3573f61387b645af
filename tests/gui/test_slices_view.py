"""The slices of an evaluation: findings and groups open their images."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QLabel, QStackedWidget, QTabBar

from effnet_studio.engine.errors import DatasetError
from effnet_studio.engine.evaluation.evaluate import Evaluation, summarize
from effnet_studio.engine.evaluation.slices.slices import SliceReport, find_slices
from effnet_studio.engine.evaluation.slices.values import Quantity, by_names, by_quartiles
from effnet_studio.engine.messages import msg
from effnet_studio.gui.errors import ErrorPanel
from effnet_studio.gui.i18n import install_language
from effnet_studio.gui.models.image_choice import ImageChoice
from effnet_studio.gui.models.slice_table import RIGHT_ROLE, SLICE_ROLE
from effnet_studio.gui.pages.evaluate import EvaluatePage
from effnet_studio.gui.session import Session
from effnet_studio.gui.theme import ThemeManager
from effnet_studio.gui.widgets.evaluate.slice_findings import SliceFindingList
from effnet_studio.gui.widgets.evaluate.slices_view import SlicesView
from effnet_studio.gui.widgets.report_table import ReportTable

IMAGES = 400


def answers(right: np.ndarray) -> Evaluation:
    true = np.arange(len(right)) % 2
    said = np.where(right, true, 1 - true)
    logits = np.where(said[:, None] == np.arange(2), 3.0, 0.0) * np.linspace(
        0.5, 1, len(right)
    ).reshape(-1, 1)
    ids = tuple(range(1, len(right) + 1))
    return summarize(
        logits.astype(np.float32), true, classes=("ants", "bees"), sample_ids=ids, split="val"
    )


def report_of(right: np.ndarray) -> SliceReport:
    """By brightness, which rises with the position, and by folder, which alternates."""
    quantity = Quantity("brightness", msg("B"), msg("brightness"), msg("darkest"), msg("brightest"))
    names = (msg("in the folder pond"), msg("in the folder wood"))
    attributes = (
        by_names("folder", msg("Folder"), np.arange(len(right)) // 3 % 2, names),
        by_quartiles(quantity, np.linspace(0, 1, len(right))),
    )
    return find_slices(right, [each for each in attributes if each is not None])


@pytest.fixture
def view(qtbot, theme: ThemeManager, english) -> SlicesView:
    view = SlicesView(theme)
    qtbot.addWidget(view)
    view.resize(560, 560)
    return view


@pytest.fixture
def spoiled() -> np.ndarray:
    """Most of the darkest quarter is wrong."""
    chance = np.random.default_rng(0).random(IMAGES)
    return chance > np.where(np.arange(IMAGES) < IMAGES // 4, 0.7, 0.04)


def show(view: SlicesView, right: np.ndarray) -> Evaluation:
    evaluation = answers(right)
    view.set_evaluation(evaluation)
    view.set_report(evaluation, report_of(right))
    return evaluation


def table(view: SlicesView) -> ReportTable:
    return view.findChild(ReportTable, "slices_table")


def test_that_a_finding_opens_its_errors_with_those_recognised_beside(
    qtbot, view: SlicesView, spoiled: np.ndarray
) -> None:
    evaluation = show(view, spoiled)
    findings = view.findChild(SliceFindingList, "slice_findings")
    assert findings.model().index(0, 0).data().startswith("Of the images in the darkest quarter")
    with qtbot.waitSignal(view.images_chosen) as chosen:
        findings.setCurrentIndex(findings.model().index(0, 0))
    choice: ImageChoice = chosen.args[0]
    dark = np.arange(IMAGES // 4)
    assert set(choice.positions.tolist()) == set(dark[~spoiled[dark]].tolist())
    assert set(choice.beside.tolist()) == set(dark[spoiled[dark]].tolist())
    shares = evaluation.true_probability[choice.positions]
    assert (np.diff(shares) >= 0).all()
    assert choice.title.startswith("Errors in the darkest quarter (brightness under 0.25)")


def test_that_the_worst_finding_chooses_the_attribute_and_rows_open_images(
    qtbot, view: SlicesView, spoiled: np.ndarray
) -> None:
    show(view, spoiled)
    combo = view.findChild(QComboBox, "slices_attribute")
    assert combo.currentData() == "brightness"
    model = table(view).model()
    assert [model.index(row, 0).data() for row in range(4)] == [
        "darkest quarter (under 0.25)",
        "0.25 to 0.5",
        "0.5 to 0.75",
        "brightest quarter (0.75 and more)",
    ]
    assert model.index(0, 1).data(RIGHT_ROLE).images == 100
    combo.setCurrentIndex(combo.findData("folder"))
    assert model.rowCount() == 2
    with qtbot.waitSignal(view.images_chosen) as chosen:
        table(view).selectRow(1)
    wood = np.arange(IMAGES) // 3 % 2 == 1
    found = {*chosen.args[0].positions.tolist(), *chosen.args[0].beside.tolist()}
    assert found == set(np.flatnonzero(wood).tolist())


def test_that_the_table_is_sorted_by_any_column(view: SlicesView, spoiled: np.ndarray) -> None:
    show(view, spoiled)
    model = table(view).model()

    def shares() -> list[float]:
        return [model.index(row, 0).data(SLICE_ROLE).right.value for row in range(4)]

    plain = shares()
    table(view).sort(1, Qt.SortOrder.AscendingOrder)
    assert shares() == sorted(plain)
    table(view).sort(1, Qt.SortOrder.DescendingOrder)
    assert shares() == sorted(plain, reverse=True)
    table(view).sort(-1, Qt.SortOrder.AscendingOrder)
    assert shares() == plain


def test_that_no_finding_is_said_in_one_sentence(view: SlicesView) -> None:
    show(view, np.random.default_rng(1).random(IMAGES) < 0.9)
    message = view.findChild(QLabel, "slices_message").text()
    assert message.startswith("No group of images is worse")
    assert view.findChild(SliceFindingList, "slice_findings").isHidden()
    assert table(view).model().rowCount() == 4


@pytest.mark.parametrize("count", [1, 12])
def test_that_few_images_are_no_trouble(view: SlicesView, count: int) -> None:
    show(view, np.zeros(count, dtype=bool))
    assert view.findChild(QLabel, "slices_message").text()


def test_that_groups_of_other_images_cannot_be_chosen(
    view: SlicesView, spoiled: np.ndarray
) -> None:
    """After a label was mended the old groups stay in sight until the new ones are there."""
    old = show(view, spoiled)
    new = answers(~spoiled)
    view.set_evaluation(new)
    states = view.findChild(QStackedWidget, "slices_states")
    assert not states.isEnabled()
    view.set_report(old, report_of(spoiled))
    assert not states.isEnabled()
    view.set_report(new, report_of(~spoiled))
    assert states.isEnabled()


def test_that_only_what_is_seen_is_asked_for_and_only_once(
    qtbot, view: SlicesView, spoiled: np.ndarray
) -> None:
    asked: list[object] = []
    view.wanted.connect(asked.append)
    evaluation = answers(spoiled)
    view.set_evaluation(evaluation)
    assert asked == []
    with qtbot.waitExposed(view):
        view.show()
    assert asked == [evaluation]
    view.hide()
    view.show()
    assert asked == [evaluation]
    view.show_error(DatasetError(msg("Gone."), hint=msg("Look.")))
    assert not view.findChild(ErrorPanel, "slices_error").isHidden()
    view.hide()
    view.show()
    assert asked == [evaluation, evaluation]


def test_that_the_language_changes_what_is_on_view(
    qtbot, qapp, view: SlicesView, spoiled: np.ndarray
) -> None:
    show(view, spoiled)
    table(view).selectRow(0)
    with qtbot.waitSignal(view.images_chosen) as chosen:
        install_language(qapp, "zh_CN")
    assert len(chosen.args[0].positions) > 0
    view.clear_choice()
    assert table(view).currentIndex() == QModelIndex()


def test_that_the_page_shows_the_groups_of_its_images(
    qtbot, opened: Session, theme: ThemeManager, english
) -> None:
    page = EvaluatePage(opened, theme)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    with qtbot.waitSignal(page.session.jobs.job_finished, timeout=30_000):
        page.start()
    view = page.findChild(SlicesView)
    with qtbot.waitExposed(page):
        page.show()
    tabs = page.findChild(QTabBar, "evaluate_tabs")
    place = page._view.tabs.index(view)
    assert tabs.tabText(place) == "Groups"
    tabs.setCurrentIndex(place)
    qtbot.waitUntil(view.findChild(QStackedWidget, "slices_states").isEnabled, timeout=10_000)
    assert table(view).model().rowCount() > 1
    counts = [
        len(table(view).model().index(row, 0).data(SLICE_ROLE).positions)
        for row in range(table(view).model().rowCount())
    ]
    assert sum(counts) == page._keeper.result.evaluation.images
    # Images of a folder outside have numbers too, but these are not the project's.
    view.set_evaluation(answers(np.arange(9) % 2 == 0))
    assert "only of the images of the project" in view.findChild(QLabel, "slices_waiting").text()
    assert view.findChild(QStackedWidget, "slices_states").currentIndex() == 0
