"""Whether more images would help: the states of the view, and what the board says."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QStackedWidget, QTabBar

from effnet_studio.engine.evaluation.learning.learning_advice import Verdict
from effnet_studio.gui.i18n import install_language
from effnet_studio.gui.models.learned import Learned, learned_of
from effnet_studio.gui.pages.evaluate import EvaluatePage
from effnet_studio.gui.session import Session
from effnet_studio.gui.theme import ThemeManager
from effnet_studio.gui.widgets.evaluate.learning_board import LearningBoard
from effnet_studio.gui.widgets.report_table import ReportTable
from tests.learned_points import curve_of, trained

LAWS = ((0.2, 0.5, 0.02), (2.2, 0.4, 0.0), (0.2, 0.5, 0.1))


def made_up(checked: tuple[int, ...] = (300, 300, 6)) -> Learned:
    points = trained((60, 80, 40), checked, LAWS)
    return learned_of(curve_of(points, 0, ("ants", "bees", "wasps")))


@pytest.fixture
def board(qtbot, theme: ThemeManager, english) -> LearningBoard:
    board = LearningBoard(theme)
    qtbot.addWidget(board)
    board.resize(1000, 500)
    board.set_learned(made_up())
    return board


@pytest.fixture
def page(qtbot, opened: Session, theme: ThemeManager, english) -> EvaluatePage:
    page = EvaluatePage(opened, theme)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.findChild(QTabBar, "evaluate_tabs").setCurrentIndex(
        len(page._view.tabs) + page._others.index(page._learning)
    )
    return page


def state(page: EvaluatePage) -> str:
    return page.findChild(QStackedWidget, "learning_states").currentWidget().objectName()


def rows(board: LearningBoard) -> list[list[str]]:
    model = board.findChild(ReportTable, "learning_classes").model()
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_that_the_class_with_most_to_gain_is_named_and_comes_first(board: LearningBoard) -> None:
    assert (
        "more images of bees would help most" in board.findChild(QLabel, "learning_advice").text()
    )
    found = rows(board)
    assert [row[0] for row in found] == ["bees", "ants", "wasps"]
    assert found[0][1] == "80"
    assert found[0][4].startswith("+")
    assert found[2][3:] == ["–", "–"], "six validation images tell nothing"


def test_that_the_curve_goes_on_where_it_was_measured_last(board: LearningBoard) -> None:
    plot = board._plot
    assert plot.points("measured").x.tolist() == [45.0, 90.0, 135.0, 180.0]
    assert plot.points("expected").x[0] == 180
    assert plot.points("expected").y[0] == plot.points("measured").y[-1]
    assert plot.points("expected").x[-1] == 180 + 300
    low, high = plot.points("low").y, plot.points("high").y
    assert (low <= plot.points("expected").y).all()
    assert (high >= plot.points("expected").y).all()


def test_that_a_class_shows_its_own_curve_and_one_click_leads_back(
    qtbot, board: LearningBoard
) -> None:
    back = board.findChild(QPushButton, "learning_all")
    assert back.isHidden()
    board.findChild(ReportTable, "learning_classes").selectRow(0)
    assert board.column == 1
    assert board._plot.points("measured").x[-1] == 80
    assert not back.isHidden()
    qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
    assert board.column == -1
    assert board._plot.points("measured").x[-1] == 180


def test_that_the_ends_of_the_likely_range_are_one_entry_of_the_legend(
    qtbot, board: LearningBoard
) -> None:
    board.show()
    board._plot.flush()
    names = [label.text() for label in board._plot._legend._names.values() if label.isVisible()]
    assert names == ["measured", "expected", "likely range"]


def test_that_the_table_is_copied_as_it_is_sorted(qtbot, board: LearningBoard) -> None:
    table = board.findChild(ReportTable, "learning_classes")
    for column in range(5):
        table.sort(column, Qt.SortOrder.AscendingOrder)
        table.sort(column, Qt.SortOrder.DescendingOrder)
    table.sort(1, Qt.SortOrder.AscendingOrder)
    assert [row[0] for row in rows(board)] == ["wasps", "ants", "bees"]
    qtbot.mouseClick(
        board.findChild(QPushButton, "learning_classes_copy"), Qt.MouseButton.LeftButton
    )
    assert QApplication.clipboard().text().splitlines()[1].startswith("wasps\t40\t")


def test_that_nothing_is_promised_without_validation_images(board: LearningBoard) -> None:
    board.set_learned(made_up((5, 0, 6)))
    assert "cannot be told from 11" in board.findChild(QLabel, "learning_advice").text()
    board.findChild(ReportTable, "learning_classes").selectRow(
        [row[0] for row in rows(board)].index("bees")
    )
    assert len(board._plot.points("measured")) == 0


def test_that_what_comes_next_is_one_click_away(qtbot, board: LearningBoard) -> None:
    button = board.findChild(QPushButton, "learning_next")
    assert button.text() == "Add images"
    with qtbot.waitSignal(board.page_asked) as asked:
        button.click()
    assert asked.args == ["data"]


def test_that_a_gain_that_may_be_chance_is_not_promised(board: LearningBoard) -> None:
    board.set_learned(made_up((12, 12, 12)))
    gains = {row[0]: row[4] for row in rows(board)}
    verdicts = {
        name: each.verdict
        for name, each in zip(board._learned.curve.classes, board._learned.outlooks, strict=True)
    }
    assert Verdict.UNKNOWN in verdicts.values()
    for name, verdict in verdicts.items():
        assert (gains[name] == "unsure") == (verdict is Verdict.UNKNOWN)


def test_that_the_language_changes_at_once(qapp, board: LearningBoard) -> None:
    before = board.findChild(QLabel, "learning_about").text()
    install_language(qapp, "zh_CN")
    assert board.findChild(QLabel, "learning_about").text()
    install_language(qapp, "en")
    assert board.findChild(QLabel, "learning_about").text() == before


def test_that_it_is_found_out_in_the_page_and_known_when_it_opens_again(
    qtbot, page: EvaluatePage, theme: ThemeManager
) -> None:
    assert state(page) == "learning_unmade"
    unmade = page.findChild(QStackedWidget, "learning_states").currentWidget()
    assert "Find out" in unmade.action.text()
    with qtbot.waitSignal(page.session.jobs.job_finished, timeout=60_000):
        unmade.action.click()
        assert state(page) == "learning_work_card"
    assert state(page) == "learning_board"
    assert len(rows(page._learning.board)) == 3
    another = EvaluatePage(page.session, theme)
    qtbot.addWidget(another)
    qtbot.waitUntil(lambda: state(another) == "learning_board", timeout=10_000)


def test_that_it_can_be_stopped(qtbot, page: EvaluatePage) -> None:
    page._learning.start_asked.emit()
    with qtbot.waitSignal(page.session.jobs.job_finished, timeout=60_000):
        qtbot.mouseClick(
            page.findChild(QPushButton, "learning_work_stop"), Qt.MouseButton.LeftButton
        )
    assert state(page) == "learning_unmade"


def test_that_the_time_it_takes_is_said_before(qtbot, page: EvaluatePage) -> None:
    with qtbot.waitExposed(page):
        page.show()
    unmade = page.findChild(QStackedWidget, "learning_states").currentWidget()
    qtbot.waitUntil(lambda: "about" in unmade.action.text(), timeout=30_000)
    page.hide()


def test_that_the_choice_of_a_run_is_out_of_the_way(qtbot, page: EvaluatePage) -> None:
    assert page._runs.isHidden()
    page.findChild(QTabBar, "evaluate_tabs").setCurrentIndex(0)
    assert not page._runs.isHidden()
