"""Many answers: they stream in, are searched, sorted, reviewed, and go back into the dataset."""

from __future__ import annotations

import json
import string
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QPushButton, QTableView

from effnet_studio.engine.data.edits import exclude, history, undo
from effnet_studio.engine.data.reviewed import Reviewed, take_reviewed
from effnet_studio.engine.data.store import load_index
from effnet_studio.engine.errors import ProjectError
from effnet_studio.engine.messages import msg
from effnet_studio.engine.predict.answers import FailedImage, Prediction
from effnet_studio.engine.project import Project
from effnet_studio.gui import file_dialogs
from effnet_studio.gui.models.predict_items import Item
from effnet_studio.gui.models.results import Order, State, Wishes, arrange
from effnet_studio.gui.models.results_table import Column
from effnet_studio.gui.pages.predict import PredictPage
from effnet_studio.gui.session import Session
from effnet_studio.gui.theme import ThemeManager
from effnet_studio.gui.widgets.predict.predicted_list import PredictedList
from effnet_studio.gui.widgets.predict.review_bar import ReviewBar
from effnet_studio.gui.widgets.thumbnail_grid import ThumbnailGrid

CLASSES = ("ant", "bee", "wasp")


def make_item(number: int, name: str, shares: tuple[float, ...] | None) -> Item:
    path = Path("/pictures") / f"{number}-{name}.jpg"
    if shares is None:
        return Item(number, path.name, path, None, FailedImage(path, msg("The file is gone.")))
    probabilities = np.array(shares, np.float32) / sum(shares)
    return Item(number, path.name, path, None, Prediction(path, probabilities, CLASSES))


_NAMES = st.text(alphabet=string.ascii_letters, max_size=4)
_SHARES = st.none() | st.tuples(*[st.floats(0.01, 1)] * 3)
ITEMS = st.lists(st.tuples(_NAMES, _SHARES), max_size=12).map(
    lambda facts: [make_item(number, *each) for number, each in enumerate(facts)]
)
WISHES = st.builds(
    Wishes,
    text=_NAMES,
    label=st.sampled_from((None, *CLASSES)),
    state=st.sampled_from(State),
    least=st.floats(0, 1),
    order=st.sampled_from(Order),
)


@given(items=ITEMS, wishes=WISHES, seen=st.integers(0, 12))
def test_that_every_image_shown_was_wanted_and_every_wanted_one_is_shown(
    items: list[Item], wishes: Wishes, seen: int
) -> None:
    reviewed = {item.key for item in items[:seen]}
    shown = arrange(items, wishes, reviewed)
    assert len({item.number for item in shown}) == len(shown)
    for item in items:
        standing = item.standing
        fits = {
            State.ALL: True,
            State.UNSURE: standing is not None and standing.confidence < wishes.least,
            State.OPEN: standing is not None and item.key not in reviewed,
            State.REVIEWED: item.key in reviewed,
            State.REFUSED: standing is None,
        }[wishes.state]
        named = wishes.text.lower() in item.name.lower()
        answered = wishes.label is None or (standing and standing.label == wishes.label)
        assert (item in shown) == bool(fits and named and answered)


@given(items=ITEMS, order=st.sampled_from(Order))
def test_that_orders_hold_and_images_without_an_answer_come_last(
    items: list[Item], order: Order
) -> None:
    shown = arrange(items, Wishes(order=order))
    if order is Order.GIVEN:
        assert shown == items
        return
    if order is Order.NAME:
        assert [item.name.lower() for item in shown] == sorted(item.name.lower() for item in items)
        return
    standings = [item.standing for item in shown]
    answered = [standing for standing in standings if standing is not None]
    assert standings[: len(answered)] == answered
    values = {
        Order.UNSURE: [each.confidence for each in answered],
        Order.SURE: [-each.confidence for each in answered],
        Order.CLOSE: [each.margin for each in answered],
        Order.CLASS: [each.label for each in answered],
    }[order]
    assert values == sorted(values)


@given(shares=st.lists(st.floats(0.01, 1), min_size=1, max_size=6))
def test_that_the_margin_is_between_the_two_likeliest(shares: list[float]) -> None:
    names = tuple(f"c{number}" for number in range(len(shares)))
    prediction = Prediction(None, np.array(shares, np.float32), names)
    item = Item(1, "a", Path("a"), None, prediction)
    first, *others = prediction.top()
    standing = item.standing
    assert standing is not None
    assert (standing.label, standing.confidence) == (first.label, first.probability)
    second = others[0].probability if others else 0.0
    assert standing.margin == pytest.approx(first.probability - second)


# -- the page ------------------------------------------------------------------------------------


@pytest.fixture
def page(qtbot, opened: Session, theme: ThemeManager, english) -> PredictPage:
    page = PredictPage(opened, theme)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    return page


@pytest.fixture
def samples(page: PredictPage) -> list[Path]:
    return [sample.path for sample in page.session.dataset.samples]


def drop(qtbot, page: PredictPage, paths: list[Path]) -> PredictedList:
    assert page.drop_files(paths)
    qtbot.waitUntil(lambda: page._judge.settled, timeout=30_000)
    return page.findChild(PredictedList, "predicted_list")


def click(qtbot, page: PredictPage, name: str) -> None:
    qtbot.mouseClick(page.findChild(QPushButton, name), Qt.MouseButton.LeftButton)


def test_that_what_was_stopped_is_gone_on_with(
    qtbot, page: PredictPage, samples: list[Path]
) -> None:
    asked = samples * 40
    page.drop_files(asked)
    qtbot.waitUntil(lambda: len(page._judge.items) > 0, timeout=30_000)
    assert page._judge.busy, "the first answers are seen while others are still to come"
    assert page.findChild(QPushButton, "results_stop").isVisibleTo(page)
    with qtbot.waitSignal(page._judge.finished, timeout=30_000):
        click(qtbot, page, "results_stop")
    have = len(page._judge.items)
    assert 0 < have < len(asked)
    button = page.findChild(QPushButton, "results_go_on")
    assert button.isVisibleTo(page)
    assert str(len(asked) - have) in button.text()
    looked_at = page._panel.item
    click(qtbot, page, "results_go_on")
    qtbot.waitUntil(lambda: page._judge.settled, timeout=60_000)
    assert [item.path for item in page._judge.items] == asked
    assert page._panel.item is looked_at
    assert button.isHidden()
    grid = page.findChild(ThumbnailGrid, "thumbnail_grid")
    table = page.findChild(QTableView, "results_table")
    assert grid.model().rowCount() == table.model().rowCount() == len(asked)


def test_that_a_model_that_fails_midway_keeps_what_was_answered(
    qtbot, page: PredictPage, samples: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    qtbot.waitUntil(lambda: page._judge.settled, timeout=30_000)
    predictor = page._holder.get(page._model)
    whole, calls = type(predictor).logits, []

    def fail_later(self, batch):
        calls.append(batch)
        if len(calls) > 2:
            raise MemoryError
        return whole(self, batch)

    monkeypatch.setattr(type(predictor), "logits", fail_later)
    asked = samples * 20
    with qtbot.waitSignal(page._judge.failed, timeout=30_000):
        page.drop_files(asked)
    qtbot.waitUntil(lambda: page._judge.settled)
    have = len(page._judge.items)
    assert 0 < have < len(asked)
    assert len(page._judge.remaining) == len(asked) - have
    assert page._error.error is not None


def test_that_the_table_shows_sorts_and_filters(
    qtbot, page: PredictPage, samples: list[Path], tmp_path: Path
) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"no image")
    shown = drop(qtbot, page, [*samples, broken])
    click(qtbot, page, "results_as_table")
    table = page.findChild(QTableView, "results_table")
    assert table.isVisibleTo(page)
    assert table.model().rowCount() == 19
    shown.bar.set_order(Order.UNSURE)
    confidences = [item.standing.confidence for item in shown.rows[:-1]]
    assert confidences == sorted(confidences)
    assert table.model().index(18, Column.ANSWER).data(), "why it could not be read"
    table.setCurrentIndex(table.model().index(2, 0))
    assert page._panel.item is shown.rows[2]
    chosen = shown.rows[2]
    shown.bar.set_order(Order.NAME)
    assert shown.rows[table.currentIndex().row()] is chosen, "the choice moves with its image"
    combo = shown.bar._filter
    combo.setCurrentIndex(combo.findText("Could not be read"))
    assert [item.path for item in shown.rows] == [broken]
    assert page.findChild(QLabel, "results_count").text() == "1 of 19"
    shown.bar.show_all()
    shown.bar._search.setText("red-")
    qtbot.waitUntil(lambda: len(shown.rows) == 6)


def test_that_answers_are_saved_as_json(
    qtbot, page: PredictPage, samples: list[Path], tmp_path: Path, monkeypatch
) -> None:
    drop(qtbot, page, samples[:2])
    target = tmp_path / "answers.json"
    monkeypatch.setattr(file_dialogs, "choose_save", lambda *_: (target, ""))
    page.findChild(QAction, "predict_save_json").trigger()
    qtbot.waitUntil(target.exists, timeout=30_000)
    qtbot.waitUntil(lambda: not any(job.kind == "quiet" for job in page.session.jobs.jobs))
    assert [each["path"] for each in json.loads(target.read_text("utf-8"))] == [
        str(path) for path in samples[:2]
    ]


# -- review --------------------------------------------------------------------------------------


@pytest.mark.qt_log_ignore("plugin does not support", extend=True)
def test_that_review_goes_from_doubt_to_doubt_by_keys(
    qtbot, page: PredictPage, samples: list[Path]
) -> None:
    shown = drop(qtbot, page, samples[:6])
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    click(qtbot, page, "predict_review")
    order = list(shown.rows)
    assert order == arrange(order, Wishes(order=Order.UNSURE))
    assert page._panel.item is order[0]
    grid = page.findChild(ThumbnailGrid, "thumbnail_grid")
    qtbot.waitUntil(grid.hasFocus)
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert page._panel.item is order[1]
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    assert page._panel.item is order[2]
    assert page.findChild(QLabel, "review_count").text() == "2 of 6 reviewed"
    other = next(name for name in ("blue", "green", "red") if name != order[2].standing.label)
    qtbot.keyClicks(grid, other[0])
    name = page.findChild(ReviewBar, "review_bar")._name
    assert name.text() == other[0]
    qtbot.keyClicks(name, other[1:])
    qtbot.keyClick(name, Qt.Key.Key_Return)
    assert page._reviewer.reviews[order[2].key] == other
    assert page._panel.item is order[3]
    qtbot.keyClick(grid, Qt.Key.Key_Left)
    assert page._panel.item is order[2]
    combo = shown.bar._filter
    combo.setCurrentIndex(combo.findText("Not reviewed"))
    assert len(shown.rows) == 3


def test_that_reviewed_images_go_into_the_dataset_and_back(
    qtbot, page: PredictPage, samples: list[Path], make_photos
) -> None:
    session = page.session
    fresh = sorted(make_photos(new=2).rglob("*.jpg"))
    shown = drop(qtbot, page, [samples[0], *fresh])
    click(qtbot, page, "predict_review")
    truth = session.dataset.classes[session.dataset.samples[0].label]
    other = next(name for name in session.dataset.classes if name != truth)
    before = len(session.dataset.samples)
    parts = {sample.path: sample.split for sample in session.dataset.samples}
    for item in shown.rows[:]:
        shown.choose_item(item)
        page._reviewer.bar.corrected.emit(other)
    with qtbot.waitSignal(session.import_finished, timeout=60_000):
        click(qtbot, page, "review_add")
    qtbot.waitUntil(lambda: not page._reviewer._awaited, timeout=30_000)
    dataset = session.dataset
    assert len(dataset.samples) == before + 2
    labels = {sample.path: dataset.classes[sample.label] for sample in dataset.samples}
    assert labels[samples[0]] == other
    added = [path for path in labels if path.is_relative_to(session.project.root)]
    assert [labels[path] for path in added] == [other, other]
    assert {path.read_bytes() for path in added} == {path.read_bytes() for path in fresh}
    now = {sample.path: sample.split for sample in dataset.samples}
    assert {path: now[path] for path in parts} == parts, "no image changes its part"
    assert not page.findChild(QPushButton, "review_add").isVisibleTo(page), "nothing is added twice"
    with qtbot.waitSignal(page.navigation_asked) as asked:
        click(qtbot, page, "review_train")
    assert asked.args == ["train"]
    qtbot.waitUntil(lambda: page.findChild(QPushButton, "review_undo").isVisibleTo(page))
    click(qtbot, page, "review_undo")
    qtbot.waitUntil(lambda: len(session.dataset.samples) == before, timeout=30_000)
    dataset = session.dataset
    labels = {sample.path: dataset.classes[sample.label] for sample in dataset.samples}
    assert labels[samples[0]] == truth


def test_that_classes_the_dataset_does_not_have_are_named(
    qtbot, page: PredictPage, samples: list[Path]
) -> None:
    drop(qtbot, page, samples[:2])
    click(qtbot, page, "predict_review")
    status = page.findChild(QLabel, "review_status")
    page._reviewer._on_confirmed()
    assert status.text() == ""
    page._reviewer.bar.corrected.emit("yellow")
    assert "yellow" in status.text()


def test_that_the_image_on_view_stays_in_view_when_the_list_gets_smaller(
    qtbot, page: PredictPage, samples: list[Path]
) -> None:
    page.show()
    shown = drop(qtbot, page, samples[:8])
    grid = shown.views[0]

    def in_view() -> bool:
        place = grid.visualRect(grid.currentIndex())
        return grid.viewport().rect().contains(place.center())

    shown.choose(4)
    qtbot.waitUntil(in_view)
    height = grid.viewport().height()
    page.resize(page.width(), 460)
    qtbot.waitUntil(lambda: grid.viewport().height() < height - 100)
    qtbot.waitUntil(in_view)


def test_that_a_wide_table_leaves_its_room_to_the_names(
    qtbot, page: PredictPage, samples: list[Path]
) -> None:
    shown = drop(qtbot, page, samples[:3])
    page.resize(1400, 800)
    page.show()
    click(qtbot, page, "results_as_table")
    click(qtbot, page, "results_details")
    table = shown.views[1]
    qtbot.waitUntil(lambda: table.width() > 1000)
    assert not table.isColumnHidden(Column.REVIEW)
    empty = table.columnWidth(Column.REVIEW)
    assert empty == table.horizontalHeader().sectionSizeHint(Column.REVIEW)
    assert table.columnWidth(Column.NAME) > table.columnWidth(Column.ANSWER)
    click(qtbot, page, "predict_review")
    page._reviewer.bar.corrected.emit(samples[0].parent.name)
    assert empty < table.columnWidth(Column.REVIEW) <= 150, "as wide as what was said"


def test_that_without_a_writable_project_nothing_can_be_added(
    qtbot, page: PredictPage, samples: list[Path]
) -> None:
    drop(qtbot, page, samples[:2])
    page.session.project.read_only_reason = msg("The folder cannot be written.")
    click(qtbot, page, "predict_review")
    page._reviewer._on_confirmed()
    assert not page.findChild(QPushButton, "review_add").isVisibleTo(page)
    assert "reading only" in page.findChild(QLabel, "review_status").text()


def test_that_a_search_without_a_match_can_be_given_up(
    qtbot, page: PredictPage, samples: list[Path]
) -> None:
    shown = drop(qtbot, page, samples[:3])
    shown.bar._search.setText("nothing is called that")
    button = page.findChild(QPushButton, "results_show_all")
    qtbot.waitUntil(lambda: button.isVisibleTo(page))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert len(shown.rows) == 3
    assert not button.isVisibleTo(page)


def test_that_taking_twice_keeps_one_copy_and_gives_the_last_class(
    trained: Path, make_photos
) -> None:
    from effnet_studio.engine.data.importer import import_folder
    from effnet_studio.engine.data.shots import shots_folder

    photo = next(make_photos(new=1).rglob("*.jpg"))
    pixels = np.full((40, 50, 3), 90, np.uint8)
    with Project.open(trained) as project:
        first = take_reviewed(project, [Reviewed(photo, "red"), Reviewed(pixels, "red")])
        assert len(first.copies) == 2
        assert first.edit is None
        import_folder(project, shots_folder(project), mode="add")
        again = take_reviewed(project, [Reviewed(photo, "blue"), Reviewed(pixels, "red")])
        assert (again.copies, again.relabelled, again.agreed) == ((), 1, 1)
        index = load_index(project)
        assert len(index) == 20
        assert history(project)[-1].id == again.edit.id
        undo(project)
        copy = int(index.ids[index.paths.index(f"red/{first.copies[1][0].name}")])
        exclude(project, [copy])
        take_reviewed(project, [Reviewed(pixels, "red")])
        assert not load_index(project).excluded.any(), "what was left out is taken in again"
        number = index.paths.index(f"red/{first.copies[0][0].name}")
        names = load_index(project)
        assert names.class_names[int(names.classes[number])] == "red"
    with Project.open(trained, read_only=True) as project, pytest.raises(ProjectError):
        take_reviewed(project, [Reviewed(photo, "red")])


def test_that_an_image_dropped_into_a_sorted_list_is_looked_at(
    qtbot, page: PredictPage, samples: list[Path]
) -> None:
    page.findChild(PredictedList, "predicted_list").bar.set_order(Order.SURE)
    drop(qtbot, page, samples[:3])
    qtbot.waitUntil(lambda: page._panel.item is not None)
    assert page._panel.item is page._judge.items[0]


def test_that_quick_changes_of_the_model_ask_about_each_image_once(
    qtbot, page: PredictPage, samples: list[Path]
) -> None:
    asked = samples * 20
    page.drop_files(asked)
    qtbot.waitUntil(lambda: len(page._judge.items) > 0, timeout=30_000)
    assert page._judge.busy
    for model in (None, page._model):
        page._judge.set_model(model)
    page._judge.begin()
    qtbot.waitUntil(lambda: page._judge.settled, timeout=60_000)
    assert [item.path for item in page._judge.items] == asked


def test_that_images_that_were_cleared_do_not_come_back_with_another_model(
    qtbot, page: PredictPage, samples: list[Path]
) -> None:
    page.drop_files(samples * 20)
    qtbot.waitUntil(lambda: len(page._judge.items) > 0, timeout=30_000)
    assert page._judge.busy
    page.clear()
    page._judge.set_model(page._model)
    page._judge.begin()
    qtbot.waitUntil(lambda: page._judge.settled, timeout=60_000)
    assert page._judge.items == []


def test_that_cleared_images_and_what_was_said_of_them_come_back(
    qtbot, page: PredictPage, samples: list[Path]
) -> None:
    view = drop(qtbot, page, samples[:4])
    page._list.review.setChecked(True)
    click(qtbot, page, "review_confirm")
    said = dict(page._reviewer.reviews)
    assert len(said) == 1
    items = list(page._judge.items)
    view.clear_asked.emit()
    assert page._judge.items == []
    assert page._reviewer.reviews == {}
    page.session.undo.undo()
    assert page._judge.items == items
    assert page._reviewer.reviews == said
    assert not page._judge.busy  # nobody had to be asked again
    page.session.undo.undo()
    assert page._reviewer.reviews == {}
    page.session.undo.redo()
    assert page._reviewer.reviews == said
    page.session.undo.redo()
    assert page._judge.items == []


def test_that_images_cleared_before_they_were_judged_wait_to_be_gone_on_with(
    qtbot, page: PredictPage, samples: list[Path]
) -> None:
    view = drop(qtbot, page, samples[:2])
    page._judge.remaining = tuple(samples[2:5])
    view.clear_asked.emit()
    page.session.undo.undo()
    assert page._judge.remaining == tuple(samples[2:5])
    page._judge.go_on()
    qtbot.waitUntil(lambda: page._judge.settled, timeout=30_000)
    assert {item.path for item in page._judge.items} == set(samples[:5])


def test_that_cleared_images_are_judged_anew_beside_others(
    qtbot, page: PredictPage, samples: list[Path]
) -> None:
    view = drop(qtbot, page, samples[:2])
    view.clear_asked.emit()
    drop(qtbot, page, samples[2:3])
    page.session.undo.undo()
    qtbot.waitUntil(lambda: page._judge.settled, timeout=30_000)
    assert {item.path for item in page._judge.items} == set(samples[:3])


def test_that_a_narrow_table_leaves_the_answers_whole(
    qtbot, theme: ThemeManager, session: Session
) -> None:
    found = PredictedList(session.jobs, theme)
    qtbot.addWidget(found)
    known = ("longish name", "bee")
    shares = np.array([0.6, 0.4], np.float32)
    path = Path("/pictures/x.jpg")
    answer = Prediction(path, shares, known, rejected=True)
    found.set_items([Item(0, "a-name-that-is-just-as-long.jpg", path, None, answer)])
    found._as_table.setChecked(True)
    found.resize(480, 500)
    found.show()
    table = found._table
    assert table.isColumnHidden(Column.SECOND)
    assert table.columnWidth(Column.ANSWER) >= table.sizeHintForColumn(Column.ANSWER)
    assert table.columnWidth(Column.NAME) < table.sizeHintForColumn(Column.NAME)
