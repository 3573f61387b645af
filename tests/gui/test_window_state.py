"""The window comes back as it was left."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QSplitter, QTabBar, QTableView

from effnet_studio.gui.lifecycle.window_state import _parts
from effnet_studio.gui.main_window import MainWindow
from effnet_studio.gui.page_stack import PAGES
from effnet_studio.gui.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot


@pytest.fixture
def again(qtbot: QtBot, qapp, window: MainWindow) -> Callable[[], MainWindow]:
    """Closes the window and makes another, as at the next start."""

    def make() -> MainWindow:
        window.close()
        session = Session(window.session.jobs, window)
        other = MainWindow(qapp, session, window.settings, window.theme)
        qtbot.addWidget(other)
        return other

    return make


def reopen(qtbot: QtBot, window: MainWindow, project: Path) -> MainWindow:
    window.state.come_back()
    with qtbot.waitSignal(window.session.project_changed, timeout=20_000):
        window.session.open_project(project)
    return window


def test_that_page_tab_splitter_widths_and_order_come_back(  # noqa: PLR0917
    qtbot: QtBot, qapp, opened: Session, window: MainWindow, trained: Path, again
) -> None:
    window.resize(960, 700)  # the screen is no larger
    window.show()
    window.show_page("models")
    qapp.processEvents()
    page = window.page("models")
    page.tabs.setCurrentIndex(0)
    split, table = (
        page.findChild(QSplitter, "models_splitter"),
        page.findChild(QTableView, "models_table"),
    )
    split.setSizes([340, 200])
    share = split.sizes()[0] / sum(split.sizes())
    assert share == pytest.approx(0.55, abs=0.1)
    table.horizontalHeader().resizeSection(2, 177)
    table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    window.show_page("evaluate")
    window.page("evaluate").findChild(QTabBar, "evaluate_tabs").setCurrentIndex(2)
    other = reopen(qtbot, again(), trained)
    assert other.current_key == "evaluate"
    assert other.page("evaluate").findChild(QTabBar, "evaluate_tabs").currentIndex() == 2
    other.show()
    other.show_page("models")
    qapp.processEvents()
    page = other.page("models")
    sizes = page.findChild(QSplitter, "models_splitter").sizes()
    assert sizes[0] / sum(sizes) == pytest.approx(share, abs=0.01)
    header = page.findChild(QTableView, "models_table").horizontalHeader()
    assert header.sectionSize(2) == 177
    assert header.sortIndicatorSection() == 1
    assert header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
    other.session.close_project()
    other.close()


def test_that_another_project_opened_by_hand_begins_at_its_data(
    qtbot: QtBot, opened: Session, window: MainWindow, trained: Path, again
) -> None:
    window.show_page("predict")
    other = again()
    with qtbot.waitSignal(other.session.project_changed, timeout=20_000):
        other.session.open_project(trained)
    assert other.current_key == "data"
    other.session.close_project()


def test_that_what_was_kept_by_another_version_does_no_harm(
    opened: Session, window: MainWindow
) -> None:
    for page in PAGES:
        for name, _ in _parts(window.stack.page(page.key)):
            for odd in ("{", "[1]", json.dumps({"tab": 99, "sizes": ["a"], "count": "x"})):
                window.settings.set_view(name, odd)
    window.settings.set_view("evaluate/evaluate_tabs", json.dumps({"tab": 99}))
    window.settings.set_view(
        "models/models_table", json.dumps({"count": 3, "widths": {"1": -5}, "sort": [77, 2]})
    )
    other = MainWindow(window._app, opened, window.settings, window.theme)
    for page in PAGES:
        other.show_page(page.key)
    other.deleteLater()


def test_that_every_part_that_is_kept_has_a_name_of_its_own(
    opened: Session, window: MainWindow
) -> None:
    for page in PAGES:
        names = [name for name, _ in _parts(window.stack.page(page.key))]
        twice = {name for name in names if names.count(name) > 1}
        assert not twice


@pytest.mark.parametrize(
    "place", [QRect(9_000, 7_000, 1000, 700), QRect(-4_000, -3_000, 1000, 700)]
)
def test_that_a_window_on_a_screen_that_is_gone_comes_back_in_view(
    qtbot: QtBot, window: MainWindow, again, qapp, place: QRect
) -> None:
    window.setGeometry(place)
    other = again()
    other.show()
    seen = other.frameGeometry().intersected(qapp.primaryScreen().availableGeometry())
    assert seen.width() >= 200
    assert seen.height() >= 200
    other.close()


def test_that_a_maximised_window_comes_back_maximised(
    qtbot: QtBot, window: MainWindow, again
) -> None:
    window.showMaximized()
    other = again()
    assert other.isMaximized()


def test_that_a_project_that_is_gone_leaves_its_page_to_no_other(  # noqa: PLR0917
    qtbot: QtBot, opened: Session, window: MainWindow, trained: Path, tmp_path: Path, again
) -> None:
    window.show_page("evaluate")
    other = again()
    other.state.come_back()
    job = other.session.reopen_project(tmp_path / "gone.effnet")
    job.finished.connect(other.state.forget_page)
    with qtbot.waitSignal(job.finished, timeout=20_000):
        pass
    assert other.errors.error is None
    with qtbot.waitSignal(other.session.project_changed, timeout=20_000):
        other.session.open_project(trained)
    assert other.current_key == "data"
