"""The map of the images: its states, its selection, its key, and how it follows the dataset."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QListView,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QWidget,
)

from effnet_studio.engine.errors import ModelError
from effnet_studio.engine.evaluation.likeness.embedding import Embedding, embed_images
from effnet_studio.engine.events import Progress, Stage
from effnet_studio.engine.messages import msg
from effnet_studio.engine.project import Project
from effnet_studio.gui.map_maker import MapMaker
from effnet_studio.gui.models.image_map_points import ALL, ColorBy, GroupModel, join_points
from effnet_studio.gui.widgets.data.image_map import ImageMap
from effnet_studio.gui.widgets.data.image_map_foot import MapFoot
from tests.indexed import index_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.data.index import Index
    from effnet_studio.engine.events import OnEvent
    from effnet_studio.gui.jobs import Job
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.theme import ThemeManager

SOURCE = msg("Arranged by what your model {model} sees in the images.", model="B0")


@pytest.fixture
def index(make_photos: Callable[..., Path]) -> Index:
    """Ants are pictures 10 to 15, bees 16 to 21, and a wasp is 22."""
    return index_of(make_photos(ant=6, bee=6, wasp=1))


@pytest.fixture
def embedding(index: Index) -> Embedding:
    """Ants on the left, bees on the right, the wasp alone above them."""
    steps = np.arange(6) % 3 * 0.08, np.arange(6) // 3 * 0.1
    ants = np.stack([steps[0] - 1.0, steps[1] - 0.5], axis=1)
    bees = np.stack([steps[0] + 0.8, steps[1] - 0.5], axis=1)
    places = np.concatenate([ants, bees, [[0.0, 0.6]]]).astype(np.float32)
    return Embedding(index.ids, places, SOURCE)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "P.effnet") as made:
        yield made


@pytest.fixture
def shown(qtbot: QtBot, session: Session, theme: ThemeManager, english: None) -> Iterator[ImageMap]:
    shown = ImageMap(session, theme)
    qtbot.addWidget(shown)
    theme.add_window(shown)
    shown.resize(800, 520)
    shown.show()
    yield shown
    shown.close()


@pytest.fixture
def loaded(shown: ImageMap, embedding: Embedding, index: Index, project: Project) -> ImageMap:
    shown.set_embedding(embedding, index, project)
    return shown


def state(shown: ImageMap) -> str:
    stack = shown.findChild(QStackedWidget, "map_states")
    assert stack is not None
    return str(stack.currentWidget().objectName())


def text(shown: ImageMap, name: str) -> str:
    found = shown.findChild(QWidget, name)
    assert isinstance(found, QLabel | QAbstractButton)
    return found.text()


def button(shown: ImageMap, name: str) -> QPushButton:
    found = shown.findChild(QPushButton, name)
    assert found is not None
    return found


def groups(shown: ImageMap) -> list[tuple[str, int]]:
    model = shown.findChild(GroupModel)
    assert model is not None
    return [(str(model.index(row).data()), each.count) for row, each in enumerate(model.groups)]


def single_out(shown: ImageMap, row: int) -> None:
    found = shown.findChild(QListView, "map_groups")
    assert found is not None
    found.setCurrentIndex(found.model().index(row, 0))


def place_of(shown: ImageMap, number: int) -> QPoint:
    """Where a picture is drawn."""
    assert shown._points is not None
    return shown.canvas.place_of(int(np.flatnonzero(shown._points.ids == number)[0])).toPoint()


def lasso(
    qtbot: QtBot,
    shown: ImageMap,
    numbers: list[int],
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.ShiftModifier,
) -> None:
    places = [place_of(shown, number) for number in numbers]
    left, right = min(p.x() for p in places) - 14, max(p.x() for p in places) + 14
    top, bottom = min(p.y() for p in places) - 14, max(p.y() for p in places) + 14
    start = QPoint(left, top)
    qtbot.mousePress(shown.canvas, Qt.MouseButton.LeftButton, modifiers, start)
    for place in (QPoint(right, top), QPoint(right, bottom), QPoint(left, bottom)):
        qtbot.mouseMove(shown.canvas, place)
    qtbot.mouseRelease(shown.canvas, Qt.MouseButton.LeftButton, modifiers, QPoint(left, bottom))


# -- states --------------------------------------------------------------------------------------


def test_that_a_map_is_offered_where_there_are_images(
    qtbot: QtBot, shown: ImageMap, index: Index, project: Project
) -> None:
    assert state(shown) == "empty_state"
    assert button(shown, "empty_action").isHidden()
    shown.set_embedding(None, index, project)
    assert text(shown, "empty_action") == "Make the map"
    with qtbot.waitSignal(shown.compute_asked):
        qtbot.mouseClick(button(shown, "empty_action"), Qt.MouseButton.LeftButton)
    everything = replace(index, excluded=np.ones(len(index), dtype=bool))
    shown.set_embedding(None, everything, project)
    assert button(shown, "empty_action").isHidden()


def test_that_a_selection_takes_the_place_of_the_sentence_where_both_do_not_fit(
    qtbot: QtBot, theme: ThemeManager, english: None
) -> None:
    foot = MapFoot(theme)
    qtbot.addWidget(foot)
    foot.set_map(SOURCE, 0)
    source, count = foot.findChild(QLabel, "map_source"), foot.findChild(QLabel, "map_count")
    foot.resize(420, 40)
    foot.show()
    height = foot.minimumHeight()
    assert source.isVisible()
    foot.set_selected(3)
    assert count.isVisible()
    assert not source.isVisible()
    foot.resize(1000, 40)
    assert source.isVisible()
    foot.resize(420, 40)
    foot.set_selected(0)
    assert source.isVisible()
    assert foot.minimumHeight() == height, "the map above it stays as it is"


def test_that_a_real_job_makes_the_map(
    qtbot: QtBot, shown: ImageMap, session: Session, index: Index, project: Project
) -> None:
    job = session.jobs.start(embed_images, project, index, title="Making the map", kind="map")
    shown.follow(job)
    assert state(shown) == "work_card"
    assert text(shown, "work_title") == "Making the map"
    with qtbot.waitSignal(job.finished, timeout=60_000):
        pass
    assert isinstance(job.result, Embedding)
    shown.set_embedding(job.result, index, project)
    assert state(shown) == "map_page"
    assert "that EfficientNet-B0 knows, which comes with the app" in text(shown, "map_source")
    assert groups(shown)[0] == ("All images", 13)


def run(session: Session, shown: ImageMap, function: Callable[..., object]) -> Job:
    job = session.jobs.start(function, title="Making the map", kind="map", heavy=False)
    shown.follow(job)
    return job


def test_that_progress_is_shown_and_a_stop_leads_back(
    qtbot: QtBot, shown: ImageMap, session: Session, index: Index, project: Project
) -> None:
    def work(*, on_event: OnEvent, cancel: CancelToken) -> None:
        on_event(Progress(Stage.FEATURES, 40, 120))
        while True:
            cancel.check()

    shown.set_embedding(None, index, project)
    job = run(session, shown, work)
    qtbot.waitUntil(lambda: text(shown, "work_detail").startswith("40 of 120 images"))
    with qtbot.waitSignal(job.finished):
        qtbot.mouseClick(button(shown, "work_stop"), Qt.MouseButton.LeftButton)
    assert state(shown) == "empty_state"
    assert text(shown, "empty_action") == "Make the map"


def test_that_a_failure_is_said_with_what_to_do(
    qtbot: QtBot, loaded: ImageMap, session: Session, embedding: Embedding, index: Index
) -> None:
    def fail(*, on_event: OnEvent, cancel: CancelToken) -> None:
        raise ModelError(msg("The weights are damaged."), hint=msg("Train again."))

    with qtbot.waitSignal(run(session, loaded, fail).finished):
        pass
    assert state(loaded) == "empty_state"
    assert text(loaded, "empty_title") == "The weights are damaged."
    assert text(loaded, "empty_text") == "Train again."
    with qtbot.waitSignal(loaded.compute_asked):
        qtbot.mouseClick(button(loaded, "empty_action"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(button(loaded, "empty_second"), Qt.MouseButton.LeftButton)
    assert state(loaded) == "map_page"
    with qtbot.waitSignal(run(session, loaded, fail).finished):
        pass
    loaded.set_embedding(embedding, index, loaded._project)
    assert state(loaded) == "map_page"


def test_that_the_map_comes_back_when_making_it_again_is_stopped(
    qtbot: QtBot, loaded: ImageMap, session: Session
) -> None:
    def wait(*, on_event: OnEvent, cancel: CancelToken) -> None:
        while True:
            cancel.check()

    again = loaded.findChild(QToolButton, "map_again")
    assert again is not None
    with qtbot.waitSignal(loaded.compute_asked):
        qtbot.mouseClick(again, Qt.MouseButton.LeftButton)
    job = run(session, loaded, wait)
    assert state(loaded) == "work_card"
    with qtbot.waitSignal(job.finished):
        job.cancel()
    assert state(loaded) == "map_page"


def test_that_the_maker_makes_the_map_once_and_finds_it_again(
    qtbot: QtBot, shown: ImageMap, opened: Session
) -> None:
    maker = MapMaker(opened, shown)
    maker.refresh()
    assert state(shown) == "empty_state"
    qtbot.mouseClick(button(shown, "empty_action"), Qt.MouseButton.LeftButton)
    (job,) = (job for job in opened.jobs.jobs if job.kind == "map")
    shown.compute_asked.emit()  # a second click starts nothing
    assert [each.kind for each in opened.jobs.jobs].count("map") == 1
    with qtbot.waitSignal(job.finished, timeout=60_000):
        pass
    assert state(shown) == "map_page"
    assert "MobileNetV3-Small" in text(shown, "map_source")
    assert groups(shown)[0] == ("All images", 18)
    shown.set_embedding(None, None, None)
    another = MapMaker(opened, shown)
    another.refresh()
    qtbot.waitUntil(lambda: state(shown) == "map_page", timeout=20_000)
    assert groups(shown)[0] == ("All images", 18)


# -- selecting -----------------------------------------------------------------------------------


def test_that_a_lasso_selects_and_the_selection_can_be_shown(
    qtbot: QtBot, loaded: ImageMap
) -> None:
    assert button(loaded, "map_show").isHidden()
    with qtbot.waitSignal(loaded.selection_changed) as heard:
        lasso(qtbot, loaded, list(range(10, 16)))
    assert heard.args == [list(range(10, 16))]
    assert text(loaded, "map_count") == "6 selected"
    with qtbot.waitSignal(loaded.show_asked) as asked:
        qtbot.mouseClick(button(loaded, "map_show"), Qt.MouseButton.LeftButton)
    assert asked.args == [list(range(10, 16))]
    with qtbot.waitSignal(loaded.selection_changed) as heard:
        qtbot.mouseClick(button(loaded, "map_clear"), Qt.MouseButton.LeftButton)
    assert heard.args == [[]]
    assert button(loaded, "map_show").isHidden()


def test_that_control_adds_with_a_lasso_and_turns_with_a_click(
    qtbot: QtBot, loaded: ImageMap
) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.mouseClick(button(loaded, "map_lasso"), Qt.MouseButton.LeftButton)
    lasso(qtbot, loaded, [22], Qt.KeyboardModifier.NoModifier)
    lasso(qtbot, loaded, [10, 11], control)
    assert loaded.selected_ids == [10, 11, 22]
    lasso(qtbot, loaded, [10, 11], control)
    assert loaded.selected_ids == [10, 11, 22]
    qtbot.mouseClick(loaded.canvas, Qt.MouseButton.LeftButton, control, place_of(loaded, 11))
    assert loaded.selected_ids == [10, 22]
    qtbot.mouseClick(loaded.canvas, Qt.MouseButton.LeftButton, control, QPoint(3, 3))
    assert loaded.selected_ids == [10, 22]
    lasso(qtbot, loaded, [12], Qt.KeyboardModifier.NoModifier)
    assert loaded.selected_ids == [12]
    qtbot.keyClick(loaded.canvas, Qt.Key.Key_Escape)
    assert loaded.selected_ids == []
    qtbot.keyClick(loaded.canvas, Qt.Key.Key_Escape)
    assert not button(loaded, "map_lasso").isChecked()


def test_that_a_double_click_asks_to_show_one_image(qtbot: QtBot, loaded: ImageMap) -> None:
    with qtbot.waitSignal(loaded.show_asked) as asked:
        qtbot.mouseDClick(loaded.canvas, Qt.MouseButton.LeftButton, pos=place_of(loaded, 22))
    assert asked.args == [[22]]


def test_that_enter_asks_only_where_something_is_selected(qtbot: QtBot, loaded: ImageMap) -> None:
    with qtbot.assertNotEmitted(loaded.show_asked):
        qtbot.keyClick(loaded.canvas, Qt.Key.Key_Return)
    loaded.select_ids([22, 999])
    assert loaded.selected_ids == [22]
    with qtbot.waitSignal(loaded.show_asked) as asked:
        qtbot.keyClick(loaded.canvas, Qt.Key.Key_Return)
    assert asked.args == [[22]]


def test_that_a_class_is_selected_by_keyboard_alone(qtbot: QtBot, loaded: ImageMap) -> None:
    found = loaded.findChild(QListView, "map_groups")
    assert found is not None
    assert text(loaded, "map_select_group") == "Select all 13"
    qtbot.keyClick(found, Qt.Key.Key_Down)
    qtbot.keyClick(found, Qt.Key.Key_Down)
    assert text(loaded, "map_select_group") == "Select all 6"
    with qtbot.waitSignal(loaded.selection_changed) as heard:
        qtbot.keyClick(button(loaded, "map_select_group"), Qt.Key.Key_Space)
    assert heard.args == [list(range(16, 22))]


def test_that_a_lasso_takes_only_the_class_singled_out(qtbot: QtBot, loaded: ImageMap) -> None:
    single_out(loaded, 1)
    lasso(qtbot, loaded, [10, 21, 22])
    assert loaded.selected_ids == list(range(10, 16))
    single_out(loaded, 0)
    lasso(qtbot, loaded, [10, 21, 22])
    assert loaded.selected_ids == list(range(10, 23))


# -- colours -------------------------------------------------------------------------------------


def color_at(shown: ImageMap, number: int) -> QColor:
    return shown.canvas.grab().toImage().pixelColor(place_of(shown, number))


def test_that_colors_say_the_class_or_the_part(
    qtbot: QtBot, loaded: ImageMap, theme: ThemeManager
) -> None:
    series = theme.theme.series
    assert color_at(loaded, 10) == QColor(series[0])
    assert color_at(loaded, 22) == QColor(series[2])
    assert groups(loaded) == [("All images", 13), ("ant", 6), ("bee", 6), ("wasp", 1)]
    single_out(loaded, 3)
    assert color_at(loaded, 10) != QColor(series[0])
    qtbot.mouseClick(button(loaded, "map_by_part"), Qt.MouseButton.LeftButton)
    assert loaded.color_by is ColorBy.PART
    assert groups(loaded) == [("All images", 13), ("Training", 10), ("Validation", 3)]
    assert loaded.key.chosen == ALL
    assert color_at(loaded, 10) == QColor(theme.theme.train)
    assert color_at(loaded, 13) == QColor(theme.theme.validation)
    theme.set_mode("dark")
    assert color_at(loaded, 10) == QColor(theme.theme.train)


def test_that_the_order_of_drawing_is_mixed_and_the_same(
    embedding: Embedding, index: Index
) -> None:
    points = join_points(embedding, index)
    assert points.ids.tolist() != sorted(points.ids.tolist())
    np.testing.assert_array_equal(points.ids, join_points(embedding, index).ids)
    np.testing.assert_array_equal(index.ids[points.rows], points.ids)


# -- following the dataset -----------------------------------------------------------------------


def test_that_an_edit_keeps_the_view_and_the_selection(
    qtbot: QtBot, loaded: ImageMap, embedding: Embedding, index: Index, project: Project
) -> None:
    loaded.select_ids([10, 11, 22])
    loaded.canvas.zoom_in()
    single_out(loaded, 1)
    excluded = index.excluded.copy()
    excluded[0] = True
    classes = index.classes.copy()
    classes[1] = 2
    with qtbot.waitSignal(loaded.selection_changed) as heard:
        loaded.set_embedding(embedding, replace(index, excluded=excluded, classes=classes), project)
    assert heard.args == [[11, 22]]
    assert loaded.canvas.view.zoom == 1.25
    assert groups(loaded) == [("All images", 12), ("ant", 4), ("bee", 7), ("wasp", 1)]
    assert loaded.key.chosen == 1
    with qtbot.assertNotEmitted(loaded.selection_changed):
        loaded.set_embedding(embedding, index, project)
    assert loaded.selected_ids == [11, 22]
    assert groups(loaded)[0] == ("All images", 13)


def test_that_images_without_a_place_are_counted(
    loaded: ImageMap, embedding: Embedding, index: Index, project: Project
) -> None:
    news = loaded.findChild(QLabel, "map_news")
    assert news is not None
    assert news.isHidden()
    part = Embedding(embedding.ids[:10], embedding.xy[:10], SOURCE)
    loaded.set_embedding(part, index, project)
    assert not news.isHidden()
    assert news.text().startswith("3 image")
    assert loaded.canvas.view.zoom == 1


def test_that_another_project_lets_everything_go(loaded: ImageMap) -> None:
    loaded.select_ids([10])
    loaded.set_embedding(None, None, None)
    assert state(loaded) == "empty_state"
    assert loaded.selected_ids == []
    assert groups(loaded) == []
    loaded.canvas.grab()


# -- pointing, words -----------------------------------------------------------------------------


def test_that_pointing_shows_the_image_its_name_and_its_class(
    qtbot: QtBot, loaded: ImageMap
) -> None:
    popup = loaded.findChild(QWidget, "map_popup")
    picture = loaded.findChild(QLabel, "popup_picture")
    assert popup is not None
    assert picture is not None
    assert popup.isHidden()
    qtbot.mouseMove(loaded.canvas, place_of(loaded, 22))
    assert popup.isVisible()
    assert text(loaded, "popup_name") == "wasp_0.jpg"
    assert text(loaded, "popup_about") == "wasp · Training"
    qtbot.waitUntil(lambda: not picture.pixmap().isNull(), timeout=20_000)
    assert loaded.canvas.rect().contains(popup.geometry())
    qtbot.mouseMove(loaded.canvas, place_of(loaded, 21))
    assert text(loaded, "popup_name") == "bee_5.jpg"
    assert loaded.canvas.rect().contains(popup.geometry())
    QApplication.sendEvent(loaded.canvas, QEvent(QEvent.Type.Leave))
    assert popup.isHidden()


def test_that_everything_has_a_name_for_screen_readers(loaded: ImageMap) -> None:
    assert loaded.canvas.accessibleName() == ("Map of 13 images; similar ones are close together")
    loaded.select_ids([10])
    visible = [each for each in loaded.findChildren(QAbstractButton) if each.isVisible()]
    assert len(visible) >= 8
    for found in visible:
        assert found.accessibleName(), found.objectName()
    model = loaded.findChild(GroupModel)
    assert model is not None
    assert model.index(1).data(Qt.ItemDataRole.AccessibleTextRole) == "ant: 6"
    QApplication.sendEvent(loaded, QEvent(QEvent.Type.LanguageChange))
    assert groups(loaded)[0] == ("All images", 13)
