"""The Evaluate page's second view: where a real model looks, class by class and error by error."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QPushButton,
    QSpinBox,
    QStackedWidget,
    QTabBar,
)

from effnet_studio.engine.explain.kept_attention import kept_attention
from effnet_studio.engine.explain.regions import Box
from effnet_studio.engine.explain.shares import RegionShare, shares_of_box
from effnet_studio.engine.explain.standing_out import ZONES, ClassFocus
from effnet_studio.engine.project import Project
from effnet_studio.gui import file_dialogs
from effnet_studio.gui.errors import ErrorPanel
from effnet_studio.gui.i18n import install_language
from effnet_studio.gui.models.attention_cells import Looked, PairLoader
from effnet_studio.gui.models.region_share_table import (
    BAR_ROLE,
    MARK_ROLE,
    RegionShareTable,
)
from effnet_studio.gui.models.thumbnails import ThumbnailModel
from effnet_studio.gui.pages.evaluate import EvaluatePage
from effnet_studio.gui.session import Session
from effnet_studio.gui.text import percent_text
from effnet_studio.gui.theme import ThemeManager
from effnet_studio.gui.widgets.evaluate.attention_board import AttentionBoard
from effnet_studio.gui.widgets.evaluate.region_picker import RegionPicture
from effnet_studio.gui.widgets.report_table import ReportTable
from effnet_studio.gui.widgets.thumbnail_grid import ThumbnailGrid
from tests.random_run import write_run


@pytest.fixture(scope="module")
def looking(_trained: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The trained project with a model of 96 pixels, whose maps have more than one place."""
    copy = shutil.copytree(_trained, tmp_path_factory.mktemp("looking") / "p.effnet")
    shutil.rmtree(next((copy / "runs").iterdir()))
    with Project.open(copy) as project:
        write_run(project, ("blue", "green", "red"), size=96)
    return copy


@pytest.fixture
def trained(looking: Path, tmp_path: Path) -> Path:
    """A copy of that for one test."""
    return shutil.copytree(looking, tmp_path / "p.effnet")


@pytest.fixture
def page(qtbot, opened: Session, theme: ThemeManager, english) -> EvaluatePage:
    """The page with its second view open, and nothing looked at."""
    return make_page(qtbot, opened, theme)


@pytest.fixture
def done(qtbot, page: EvaluatePage) -> EvaluatePage:
    """The page after a look at all images."""
    look(qtbot, page)
    return page


def make_page(qtbot, session: Session, theme: ThemeManager) -> EvaluatePage:
    page = EvaluatePage(session, theme)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    tabs = page.findChild(QTabBar, "evaluate_tabs")
    tabs.setCurrentIndex(tabs.count() - 1)
    return page


def look(qtbot, page: EvaluatePage) -> None:
    unmade = page.findChild(QStackedWidget, "attention_states").currentWidget()
    with qtbot.waitSignal(page.session.jobs.job_finished, timeout=30_000):
        unmade.action.click()
        assert state(page) == "attention_work_card"
    if state(page) == "attention_board":
        table = page.findChild(ReportTable, "attention_shares")
        qtbot.waitUntil(lambda: table.model().rowCount() > 0)


def state(page: EvaluatePage) -> str:
    return page.findChild(QStackedWidget, "attention_states").currentWidget().objectName()


def looked(page: EvaluatePage) -> Looked:
    found = page._looks._looked
    assert found is not None
    return found


def cells(page: EvaluatePage, name: str) -> list:
    model = page.findChild(ThumbnailGrid, name).model()
    rows = range(model.rowCount())
    return [model.index(row, 0).data(ThumbnailModel.ThumbnailRole) for row in rows]


def test_that_a_look_shows_every_answered_class_and_every_error(qtbot, page: EvaluatePage) -> None:
    unmade = page.findChild(QStackedWidget, "attention_states").currentWidget()
    assert unmade.objectName() == "attention_unmade"
    assert "9" in unmade.action.text()
    look(qtbot, page)
    assert state(page) == "attention_board"
    attention = looked(page).attention
    answered = [
        name for name, count in zip(attention.classes, attention.counts, strict=True) if count
    ]
    assert [cell.title for cell in cells(page, "attention_classes")] == answered
    errors = cells(page, "attention_errors")
    assert [cell.value.id for cell in errors] == attention.sample_ids[attention.errors].tolist()
    assert len(errors) > 0
    assert "taken for" in errors[0].caption
    tabs = page.findChild(QTabBar, "attention_tabs")
    assert tabs.tabText(1).endswith(str(len(errors)))


def test_that_the_page_keeps_its_figures_in_the_first_view(qtbot, done: EvaluatePage) -> None:
    views = done.findChild(QStackedWidget, "evaluate_views")
    assert views.currentWidget().objectName() == "attention_view"
    done.findChild(QTabBar, "evaluate_tabs").setCurrentIndex(0)
    assert views.currentWidget().objectName() == "evaluate_states"


def test_that_an_error_has_its_image_and_its_map_side_by_side(done: EvaluatePage) -> None:
    cell = cells(done, "attention_errors")[0]
    assert isinstance(cell.load, PairLoader)
    pixels = cell.load()
    height, width = pixels.shape[:2]
    assert width == 2 * height
    assert np.abs(pixels[:, :height].astype(int) - pixels[:, height:]).mean() > 5


def test_that_an_error_opens_in_predict(qtbot, done: EvaluatePage) -> None:
    grid = done.findChild(ThumbnailGrid, "attention_errors")
    with qtbot.waitSignal(done.files_sent) as sent:
        grid.clicked.emit(grid.model().index(0, 0))
    assert sent.args == ["predict", [cells(done, "attention_errors")[0].path]]


def test_that_the_shares_are_those_of_the_box(qtbot, done: EvaluatePage) -> None:
    table = done.findChild(ReportTable, "attention_shares").model()
    spins = ("region_left", "region_top", "region_width", "region_height")
    for name, value in zip(spins, (0, 10, 40, 30), strict=True):
        done.findChild(QSpinBox, name).setValue(value)
    expected = shares_of_box(looked(done).attention, Box(0, 0.1, 0.4, 0.3))
    wanted = [percent_text(each.share) for each in expected]
    qtbot.waitUntil(lambda: [table.index(row, 1).data() for row in range(len(wanted))] == wanted)
    assert table.index(0, 0).data() == "All images"
    bar, mark = (table.index(0, 1).data(role) for role in (BAR_ROLE, MARK_ROLE))
    assert mark / bar == pytest.approx(expected[0].area / expected[0].share)
    done.findChild(ReportTable, "attention_shares").sort(1, Qt.SortOrder.DescendingOrder)
    shares = [table.index(row, 1).data(BAR_ROLE) for row in range(1, table.rowCount())]
    assert shares == sorted(shares, reverse=True)
    assert table.index(0, 0).data() == "All images"


def test_that_a_box_is_drawn_with_the_mouse(qtbot, done: EvaluatePage) -> None:
    picture = done.findChild(RegionPicture, "region_picture")
    board = done.findChild(AttentionBoard, "attention_board")
    picture.resize(200, 200)
    left = Qt.MouseButton.LeftButton
    with qtbot.waitSignal(board.box_changed) as changed:
        for kind, x, y in (
            (QEvent.Type.MouseButtonPress, 150, 20),
            (QEvent.Type.MouseMove, 50, 120),
            (QEvent.Type.MouseButtonRelease, 50, 120),
        ):
            at = QPointF(x, y)
            moved = QMouseEvent(kind, at, at, left, left, Qt.KeyboardModifier.NoModifier)
            QApplication.sendEvent(picture, moved)
    box = changed.args[0]
    assert (box.x, box.y, box.width, box.height) == pytest.approx((0.25, 0.1, 0.5, 0.5))
    assert done.findChild(QSpinBox, "region_left").value() == 25
    assert done.findChild(QSpinBox, "region_top").value() == 10


def test_that_a_chosen_class_is_shown_large(done: EvaluatePage) -> None:
    grid = done.findChild(ThumbnailGrid, "attention_classes")
    last = grid.model().index(grid.model().rowCount() - 1, 0)
    grid.setCurrentIndex(last)
    name = last.data(ThumbnailModel.ThumbnailRole).title
    assert done.findChild(QLabel, "attention_title").text().startswith(name)


def test_that_other_colours_make_other_pictures(done: EvaluatePage) -> None:
    before = cells(done, "attention_classes")[0].load()
    combo = done.findChild(QComboBox, "attention_colors")
    combo.setCurrentIndex(combo.findData("inferno"))
    assert (before != cells(done, "attention_classes")[0].load()).any()


def test_that_what_was_found_is_kept_and_there_at_once(
    qtbot, done: EvaluatePage, theme: ThemeManager
) -> None:
    session = done.session
    run_dir = session.run.run_dir
    assert kept_attention(session.project, run_dir, session.dataset.version) is not None
    again = make_page(qtbot, session, theme)
    qtbot.waitUntil(lambda: state(again) == "attention_board")
    assert len(looked(again).attention) == 9


def test_that_another_part_is_looked_at_by_itself(qtbot, done: EvaluatePage) -> None:
    done.findChild(QComboBox, "evaluate_split").setCurrentIndex(2)
    assert state(done) == "attention_unmade"
    look(qtbot, done)
    assert looked(done).attention.split == "train"
    done.findChild(QComboBox, "evaluate_split").setCurrentIndex(0)
    qtbot.waitUntil(lambda: state(done) == "attention_board")
    assert looked(done).attention.split == "val"


def test_that_stop_leads_back_and_keeps_nothing(qtbot, page: EvaluatePage) -> None:
    unmade = page.findChild(QStackedWidget, "attention_states").currentWidget()
    with qtbot.waitSignal(page.session.jobs.job_finished, timeout=30_000):
        unmade.action.click()
        work = page.findChild(QStackedWidget, "attention_states").currentWidget()
        qtbot.mouseClick(
            work.findChild(QPushButton, "attention_work_stop"), Qt.MouseButton.LeftButton
        )
    assert state(page) == "attention_unmade"
    assert not (page.session.project.cache_dir / "attention").exists()


def test_that_a_failure_is_said_in_words(qtbot, page: EvaluatePage) -> None:
    (page.session.run.run_dir / "best.safetensors").write_bytes(b"damaged")
    look(qtbot, page)
    error = page.findChild(ErrorPanel, "attention_error").error
    assert error is not None
    assert str(error.message)
    assert state(page) == "attention_unmade"


def test_that_a_report_is_saved_where_the_user_says(
    qtbot, done: EvaluatePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "report.html"
    monkeypatch.setattr(file_dialogs, "choose_save", lambda *_: (file, ""))
    button = done.findChild(QPushButton, "attention_report")
    with qtbot.waitSignal(done.session.jobs.job_finished, timeout=30_000):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert not button.isEnabled()
    assert button.isEnabled()
    text = file.read_text(encoding="utf-8")
    table = done.findChild(ReportTable, "attention_shares").model()
    assert text.count("<tr>") == 1 + table.rowCount()


def test_that_the_view_changes_its_language(qtbot, done: EvaluatePage, qapp: QApplication) -> None:
    tabs = done.findChild(QTabBar, "attention_tabs")
    for language, title in (("zh_CN", "类别"), ("en", "Classes")):
        install_language(qapp, language)
        qapp.processEvents()
        assert tabs.tabText(0) == title
    assert state(done) == "attention_board"


def test_that_a_project_open_elsewhere_is_looked_at_but_not_written(
    qtbot, session: Session, trained: Path, theme: ThemeManager, english
) -> None:
    with Project.open(trained):
        with qtbot.waitSignal(session.project_changed):
            session.open_project(trained)
        page = make_page(qtbot, session, theme)
        look(qtbot, page)
        assert state(page) == "attention_board"
        assert not (session.project.cache_dir / "attention").exists()
        session.close_project()


def test_that_a_class_that_stands_out_is_marked_and_shown_first(qtbot, done: EvaluatePage) -> None:
    known = looked(done)
    board = done.findChild(AttentionBoard, "attention_board")
    plain = board.findChild(QLabel, "attention_hint").text()
    label = known.attention.classes[int(known.attention.predicted[0])]
    odd = ClassFocus(label, 40, 0.4, 0.001, "top-left", 0.6, 0.5, 0.1, 0.05, 0.11, 0.001)
    board.set_looked(Looked(known.attention, (odd,), known.preprocess, known.samples))
    assert "top left corner" in board.findChild(QLabel, "attention_hint").text()
    assert "top left corner" not in plain
    marked = [
        cell for cell in cells(done, "attention_classes") if "Looks at one corner" in cell.caption
    ]
    assert [cell.title for cell in marked] == [label]
    assert marked[0].tone == "warning"
    assert board.findChild(QLabel, "attention_title").text().startswith(label)
    assert board.box == ZONES["top-left"][0]


def test_that_a_closer_look_has_smaller_places_and_is_kept_by_itself(
    qtbot, done: EvaluatePage
) -> None:
    coarse = looked(done).attention
    detail = done.findChild(QComboBox, "evaluate_detail")
    detail.setCurrentIndex(1)
    assert state(done) == "attention_unmade"
    look(qtbot, done)
    fine = looked(done).attention
    assert fine.method == "layercam"
    assert fine.maps.shape[1] >= 2 * coarse.maps.shape[1]
    detail.setCurrentIndex(0)
    qtbot.waitUntil(lambda: state(done) == "attention_board")
    assert looked(done).attention.layer == coarse.layer
    done.findChild(QTabBar, "evaluate_tabs").setCurrentIndex(0)
    assert not detail.isVisibleTo(done)


def test_that_the_button_says_how_long_it_takes_once_it_is_seen(
    qtbot, page: EvaluatePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Two batches are measured, and nine images are no more than that: here, of one image each.
    monkeypatch.setattr("effnet_studio.engine.explain.bulk.default_batch_size", lambda *_: 1)
    button = page.findChild(QStackedWidget, "attention_states").currentWidget().action
    assert "about" not in button.text()
    page.show()
    qtbot.waitUntil(lambda: "about" in button.text(), timeout=20_000)
    assert "9" in button.text()


def test_that_the_longest_bar_fills_its_cell_and_the_line_keeps_the_scale(qtbot) -> None:
    table = RegionShareTable()
    table.set_shares(
        [
            RegionShare("", 30, 0.2, 0.1, 0.3, 0.1),
            RegionShare("a", 10, 0.4, 0.3, 0.5, 0.1),
            RegionShare("b", 20, 0.1, 0.0, 0.2, 0.1),
        ]
    )
    bars = [table.index(row, 1).data(BAR_ROLE) for row in range(3)]
    assert bars == pytest.approx([0.5, 1.0, 0.25])
    assert [table.index(row, 1).data(MARK_ROLE) for row in range(3)] == pytest.approx([0.25] * 3)
    assert table.row_of("b") == 2
    assert table.row_of("c") == -1


def test_that_the_row_of_the_class_on_view_is_chosen(qtbot, done: EvaluatePage) -> None:
    grid = done.findChild(ThumbnailGrid, "attention_classes")
    table = done.findChild(ReportTable, "attention_shares")
    for row in range(grid.model().rowCount()):
        grid.setCurrentIndex(grid.model().index(row, 0))
        title = cells(done, "attention_classes")[row].title
        assert table.currentIndex().siblingAtColumn(0).data() == title


def test_that_what_is_known_is_shown_while_another_part_is_looked_at(
    qtbot, done: EvaluatePage
) -> None:
    split = done.findChild(QComboBox, "evaluate_split")
    split.setCurrentIndex(2)
    done.findChild(QStackedWidget, "attention_states").currentWidget().action.click()
    job = done._looks._job
    job.pause()
    split.setCurrentIndex(0)
    qtbot.waitUntil(lambda: state(done) == "attention_board")
    assert job.running
    split.setCurrentIndex(1)  # another one that nobody has looked at
    assert not done._attention._unmade.action.isEnabled()
    split.setCurrentIndex(2)
    assert state(done) == "attention_work_card"
    with qtbot.waitSignal(done.session.jobs.job_finished, timeout=30_000):
        job.resume()
    assert looked(done).attention.split == "train"
