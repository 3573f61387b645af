"""The Predict page: drop, paste, see the answer and where the model looked."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QAction, QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QSlider, QStackedWidget

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.errors import Cancelled
from effnet_studio.engine.evaluation.likeness.neighbours import open_gallery, vector_of
from effnet_studio.engine.events import Event, Progress, ignore
from effnet_studio.engine.explain.cam import explain_class
from effnet_studio.engine.explain.names import CAMS, CLASSLESS
from effnet_studio.engine.predict.predictor import load_predictor
from effnet_studio.engine.predict.reject_option import (
    RejectOption,
    Score,
    write_reject_option,
)
from effnet_studio.engine.project import Project
from effnet_studio.engine.training.runs import BEST_FILE, weights_digest
from effnet_studio.gui import file_dialogs, training_look
from effnet_studio.gui.errors import ErrorPanel
from effnet_studio.gui.i18n import install_language
from effnet_studio.gui.models.predict_items import Inbox, ModelHolder, judge
from effnet_studio.gui.pages.predict import PredictPage
from effnet_studio.gui.session import Session
from effnet_studio.gui.theme import ThemeManager
from effnet_studio.gui.widgets.predict.explanation_panel import ExplanationPanel
from effnet_studio.gui.widgets.predict.neighbour_strip import NeighbourStrip
from effnet_studio.gui.widgets.predict.top_k_bars import TopKBars
from effnet_studio.gui.widgets.predict.verdict_line import VerdictLine
from effnet_studio.gui.widgets.thumbnail_grid import ThumbnailGrid
from tests.random_run import write_run


@pytest.fixture
def page(qtbot, opened: Session, theme: ThemeManager, english) -> PredictPage:
    """The page with a model ready."""
    return make_page(qtbot, opened, theme)


def make_page(qtbot, session: Session, theme: ThemeManager) -> PredictPage:
    page = PredictPage(session, theme)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    return page


@pytest.fixture
def photos(page: PredictPage) -> list[Path]:
    """One picture of each class."""
    return [page.session.dataset.samples[number].path for number in (0, 6, 12)]


def drop(qtbot, page: PredictPage, paths: list[Path]) -> None:
    """Drop files and wait for their answers."""
    assert page.drop_files(paths)
    qtbot.waitUntil(lambda: page._judge.settled, timeout=30_000)


def choose(page: PredictPage, combo: str, value: object) -> None:
    """Choose in one of the boxes of the explanation."""
    box = page.findChild(QComboBox, combo)
    box.setCurrentIndex(box.findData(value))


def wait_for_picture(qtbot, page: PredictPage) -> np.ndarray:
    panel = page.findChild(ExplanationPanel, "explanation_panel")
    qtbot.waitUntil(lambda: panel.picture() is not None, timeout=30_000)
    return panel.picture()


def wait_for_another_picture(qtbot, page: PredictPage, old: np.ndarray) -> np.ndarray:
    panel = page.findChild(ExplanationPanel, "explanation_panel")

    def changed() -> bool:
        new = panel.picture()
        return new is not None and (new.shape != old.shape or not np.array_equal(new, old))

    qtbot.waitUntil(changed, timeout=30_000)
    return panel.picture()


def state(page: PredictPage) -> str:
    return page.findChild(QStackedWidget, "predict_states").currentWidget().objectName()


def captions(page: PredictPage) -> list[str]:
    model = page.findChild(ThumbnailGrid, "thumbnail_grid").model()
    role = Qt.ItemDataRole.AccessibleTextRole
    return [model.index(row, 0).data(role) for row in range(model.rowCount())]


def test_that_without_a_model_the_page_offers_training_and_files(
    qtbot, session: Session, trained: Path, theme: ThemeManager, english
) -> None:
    shutil.rmtree(next((trained / "runs").iterdir()))
    with qtbot.waitSignal(session.project_changed):
        session.open_project(trained)
    page = make_page(qtbot, session, theme)
    assert state(page) == "empty_state"
    assert not page.drop_files([session.dataset.samples[0].path])
    empty = page.findChild(QStackedWidget, "predict_states").currentWidget()
    with qtbot.waitSignal(page.navigation_asked) as asked:
        qtbot.mouseClick(empty.action, Qt.MouseButton.LeftButton)
    assert asked.args == ["train"]


@pytest.mark.parametrize("name", ["model.tflite", "model-openvino.xml", "model.pte"])
def test_that_files_for_other_programs_are_kindly_refused_and_the_answers_stay(
    qtbot, page: PredictPage, photos: list[Path], tmp_path: Path, name: str
) -> None:
    drop(qtbot, page, photos[:1])
    before = captions(page)
    file = tmp_path / name
    file.write_bytes(b"TFL3")
    assert page.drop_files([file])
    error = page._error.findChild(QLabel, "banner_hint")
    qtbot.waitUntil(lambda: "export the same model as ONNX" in error.text(), timeout=30_000)
    assert "certificate" in error.text()
    qtbot.waitUntil(lambda: page._judge.settled, timeout=30_000)
    assert captions(page) == before


def test_that_dropped_images_get_the_engines_answers(
    qtbot, page: PredictPage, photos: list[Path]
) -> None:
    assert state(page) == "drop_area"
    drop(qtbot, page, photos)
    assert state(page) == "predict_answers"
    predictor = load_predictor(page.session.run.run_dir)
    for item, photo in zip(page._judge.items, photos, strict=True):
        truth = predictor.predict(photo)
        np.testing.assert_allclose(item.prediction.probabilities, truth.probabilities, atol=1e-5)
    best = page._judge.items[0].prediction.best
    assert page.findChild(QLabel, "explained_name").toolTip() == photos[0].name
    assert page.findChild(TopKBars, "top_k_bars").accessibleName().startswith(best.label)
    assert captions(page)[0].startswith(f"{photos[0].name} {best.label}")


def test_that_a_folder_gives_one_verdict_for_each_file(
    qtbot, page: PredictPage, make_photos
) -> None:
    folder = make_photos(bee=3, ant=2)
    (folder / "bee" / "broken.jpg").write_bytes(b"no image")
    drop(qtbot, page, [folder])
    assert len(page._judge.items) == 6
    refused = [row for row, item in enumerate(page._judge.items) if item.prediction is None]
    assert len(refused) == 1
    grid = page.findChild(ThumbnailGrid, "thumbnail_grid")
    grid.setCurrentIndex(grid.model().index(refused[0], 0))
    pictures = page.findChild(QStackedWidget, "explained_pictures").currentWidget()
    assert pictures.findChild(QLabel, "empty_title").text()
    assert page.findChild(QPushButton, "predict_save_image").isHidden()


def test_that_more_images_join_the_first(qtbot, page: PredictPage, photos: list[Path]) -> None:
    drop(qtbot, page, photos[:1])
    drop(qtbot, page, photos[1:])
    assert [item.path for item in page._judge.items] == photos
    assert page.findChild(QLabel, "explained_name").toolTip() == photos[1].name
    qtbot.mouseClick(page.findChild(QPushButton, "predict_clear"), Qt.MouseButton.LeftButton)
    assert state(page) == "drop_area"


def test_that_an_image_from_the_clipboard_is_answered(qtbot, page: PredictPage) -> None:
    image = QImage(80, 60, QImage.Format.Format_RGB32)
    image.fill(QColor("crimson"))
    data = QMimeData()
    data.setImageData(image)
    QGuiApplication.clipboard().setMimeData(data)
    with qtbot.waitExposed(page):
        page.show()
    with qtbot.waitSignal(page.session.jobs.job_finished, timeout=30_000):
        qtbot.mouseClick(page.findChild(QPushButton, "predict_paste"), Qt.MouseButton.LeftButton)
    (item,) = page._judge.items
    pixels = np.full((60, 80, 3), QColor("crimson").getRgb()[:3], dtype=np.uint8)
    truth = load_predictor(page.session.run.run_dir).predict(pixels)
    np.testing.assert_allclose(item.prediction.probabilities, truth.probabilities, atol=1e-5)
    assert item.name == "Pasted image"


def test_that_copied_files_are_answered(qtbot, page: PredictPage, photos: list[Path]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(photo)) for photo in photos])
    QGuiApplication.clipboard().setMimeData(data)
    with qtbot.waitSignal(page.session.jobs.job_finished, timeout=30_000):
        page.paste()
    assert [item.path for item in page._judge.items] == photos


def test_that_the_heat_map_follows_every_choice(
    qtbot, page: PredictPage, photos: list[Path]
) -> None:
    drop(qtbot, page, photos[:1])
    first = wait_for_picture(qtbot, page)
    assert first.shape == (32, 32, 3), "the square that the model saw"
    layers = page.findChild(QComboBox, "explain_layer")
    assert layers.count() > 2
    layers.setCurrentIndex(2)
    second = wait_for_another_picture(qtbot, page, first)
    page.findChild(QSlider, "explain_opacity").setValue(5)
    wait_for_another_picture(qtbot, page, second)
    choose(page, "explain_method", "none")
    qtbot.waitUntil(lambda: page._panel.picture().shape[1] == 60)  # the whole image


@pytest.mark.parametrize("method", CAMS)
def test_that_each_map_is_what_the_engine_says(
    qtbot, page: PredictPage, photos: list[Path], method: str
) -> None:
    drop(qtbot, page, photos[:1])
    wait_for_picture(qtbot, page)
    choose(page, "explain_method", method)
    choose(page, "explain_class", 1)
    choose(page, "explain_against", 0)
    classes = page.findChild(QComboBox, "explain_class")
    assert classes.isEnabled() == (method != CLASSLESS)
    qtbot.waitUntil(lambda: page._panel._shown is not None, timeout=30_000)
    shown = page._panel._shown
    asked = {"class_index": 1, "against": 0} if method != CLASSLESS else {}
    predictor = load_predictor(page._model)
    expected = explain_class(predictor, photos[0], method=method, **asked)
    np.testing.assert_allclose(shown.heatmap, expected.heatmap, atol=1e-4)


def test_that_a_map_is_checked_and_loses_its_colours_if_it_fails(
    qtbot, page: PredictPage, photos: list[Path]
) -> None:
    """The model of this page has random weights: its maps cannot be trusted."""
    drop(qtbot, page, photos[:2])
    before = wait_for_picture(qtbot, page)
    assert np.ptp(before.astype(int), axis=2).max() > 30, "there are colours"
    button = page.findChild(QPushButton, "health_check")
    qtbot.waitUntil(button.isEnabled)
    with qtbot.waitSignal(page.session.jobs.job_finished, timeout=60_000):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert not button.isEnabled()
    verdict = page.findChild(QLabel, "health_verdict")
    qtbot.waitUntil(lambda: not verdict.isHidden())
    assert verdict.text() == "Not passed"
    assert page.findChild(QLabel, "health_reason").text()
    after = page._panel.picture()
    assert not np.array_equal(after, before)
    page._list.choose(1)
    qtbot.waitUntil(lambda: button.isVisibleTo(page) and button.isEnabled())
    page._list.choose(0)
    qtbot.waitUntil(lambda: not verdict.isHidden(), timeout=5_000)


def test_that_another_model_answers_anew(qtbot, page: PredictPage, photos: list[Path]) -> None:
    session = page.session
    drop(qtbot, page, photos)
    before = page._judge.items[0].prediction.probabilities
    run_dir = write_run(session.project, session.dataset.classes, size=32, seed=5)
    with qtbot.waitSignal(session.runs_changed):
        session.refresh_runs()
    session.select_run(run_dir.name)
    qtbot.waitUntil(
        lambda: page._judge.answered_by == run_dir and page._judge.settled, timeout=30_000
    )
    assert [item.path for item in page._judge.items] == photos
    truth = load_predictor(run_dir).predict(photos[0])
    after = page._judge.items[0].prediction.probabilities
    np.testing.assert_allclose(after, truth.probabilities, atol=1e-5)
    assert not np.allclose(after, before)


def test_that_a_file_that_is_no_model_changes_nothing(
    qtbot, page: PredictPage, photos: list[Path], tmp_path: Path
) -> None:
    drop(qtbot, page, photos)
    before = list(page._judge.items)
    bad = tmp_path / "bad.onnx"
    bad.write_bytes(b"no model")
    assert page.drop_files([bad])
    panel = page.findChild(ErrorPanel, "error_panel")
    qtbot.waitUntil(lambda: panel.error is not None)
    qtbot.waitUntil(lambda: page._judge.settled)
    assert page._judge.items == before
    assert panel.error is not None
    assert page.findChild(QLabel, "predict_file").isHidden()


def test_that_stop_is_obeyed(qtbot, page: PredictPage, photos: list[Path]) -> None:
    with qtbot.waitSignal(page.session.jobs.job_finished, timeout=30_000):
        page.drop_files(photos * 20)
        qtbot.waitUntil(lambda: page._judge.busy, timeout=30_000)
        qtbot.mouseClick(page.findChild(QPushButton, "work_stop"), Qt.MouseButton.LeftButton)
    assert len(page._judge.items) < 60
    assert state(page) == ("predict_answers" if page._judge.items else "drop_area")


def test_that_whoever_stops_keeps_what_is_finished(
    opened: Session,
) -> None:
    photos = [sample.path for sample in opened.dataset.samples] * 200
    token = CancelToken()

    def stop_soon(event: Event) -> None:
        if isinstance(event, Progress) and event.done:
            token.cancel()

    inbox = Inbox()
    with pytest.raises(Cancelled):
        judge(ModelHolder(), opened.run.run_dir, photos, inbox, on_event=stop_soon, cancel=token)
    items = inbox.take()
    assert 0 < len(items) < len(photos)
    assert [item.path for item in items] == photos[: len(items)]
    assert list(inbox.rest) == photos[len(items) :]


def test_that_answers_are_saved(
    qtbot, page: PredictPage, photos: list[Path], tmp_path: Path, monkeypatch
) -> None:
    drop(qtbot, page, photos)
    wait_for_picture(qtbot, page)
    target = tmp_path / "answers.csv"
    monkeypatch.setattr(file_dialogs, "choose_save", lambda *_: (target, ""))
    with qtbot.waitSignal(page.session.jobs.job_finished, timeout=30_000):
        page.findChild(QAction, "predict_save_csv").trigger()
    rows = list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8-sig"))))
    assert [row["path"] for row in rows] == [str(photo) for photo in photos]
    for row in rows:
        shares = {name: float(row[name]) for name in page.session.dataset.classes}
        assert row["answer"] == max(shares, key=shares.__getitem__)
        assert sum(shares.values()) == pytest.approx(1, abs=1e-5)


def test_that_the_page_speaks_chinese_at_once(
    qtbot, qapp, page: PredictPage, photos: list[Path]
) -> None:
    drop(qtbot, page, photos[:1])
    install_language(qapp, "zh_CN")
    title = page.findChild(QLabel, "page_title")
    qtbot.waitUntil(lambda: title.text() == "预测")
    buttons = [button for button in page.findChildren(QPushButton) if button.text()]
    latin = [button.text() for button in buttons if button.text().isascii()]
    assert latin == []


def test_that_a_project_without_images_can_use_a_file_only(
    qtbot, session: Session, theme: ThemeManager, english, tmp_path: Path
) -> None:
    Project.create(tmp_path / "empty.effnet").close()
    with qtbot.waitSignal(session.project_changed):
        session.open_project(tmp_path / "empty.effnet")
    page = make_page(qtbot, session, theme)
    empty = page.findChild(QStackedWidget, "predict_states").currentWidget()
    with qtbot.waitSignal(page.navigation_asked) as asked:
        qtbot.mouseClick(empty.action, Qt.MouseButton.LeftButton)
    assert asked.args == ["data"]


def test_that_the_training_images_most_alike_are_shown(
    qtbot, page: PredictPage, photos: list[Path]
) -> None:
    drop(qtbot, page, photos)
    strip = page.findChild(NeighbourStrip, "neighbour_strip")
    qtbot.waitUntil(lambda: strip._likeness is not None, timeout=30_000)
    project, run = page.session.project, page.session.run
    gallery = open_gallery(project, run.run_id, on_event=ignore, cancel=CancelToken())
    vector = vector_of(load_predictor(run.run_dir), photos[0])
    assert strip._likeness.nearest == gallery.nearest(vector, 6)
    assert strip.isVisibleTo(page)
    shown = page.findChild(ThumbnailGrid, "neighbour_grid")
    assert shown.model().rowCount() == min(6, len(gallery))
    page._list.choose(1)
    assert strip._likeness is None or strip._likeness.nearest != gallery.nearest(vector, 6)
    qtbot.waitUntil(lambda: strip._likeness is not None, timeout=30_000)
    page.clear()
    assert strip.isHidden()


def test_that_an_image_like_no_training_image_is_said(
    qtbot, page: PredictPage, photos: list[Path]
) -> None:
    drop(qtbot, page, photos[:1])
    strip = page.findChild(NeighbourStrip, "neighbour_strip")
    qtbot.waitUntil(lambda: strip._likeness is not None, timeout=30_000)
    verdict = page.findChild(VerdictLine, "answer_verdict")
    assert verdict.isHidden()
    page._finder._gallery.limit = 1.1  # nothing is as much alike as that
    page._finder.ask(page._judge.items[0], page._model)
    qtbot.waitUntil(lambda: not verdict.isHidden(), timeout=30_000)
    said = page.findChild(QLabel, "answer_verdict_text").text()
    assert said == "Perhaps none of these: the image is unlike the training images."


def test_that_many_training_images_are_looked_at_when_asked(
    qtbot, page: PredictPage, photos: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training_look, "AT_ONCE", 3)
    drop(qtbot, page, photos[:1])
    wait_for_picture(qtbot, page)
    button = page.findChild(QPushButton, "neighbour_open")
    assert button.isVisibleTo(page)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    strip = page.findChild(NeighbourStrip, "neighbour_strip")
    qtbot.waitUntil(lambda: strip._likeness is not None, timeout=30_000)
    assert button.isHidden()


def test_that_a_stopped_look_at_the_training_images_is_not_begun_again_unasked(
    qtbot, page: PredictPage, photos: list[Path]
) -> None:
    finder, stopped = page._finder, []

    def stop() -> None:
        if finder.opening:
            stopped.append(finder._job.cancel())

    finder.state_changed.connect(stop)
    drop(qtbot, page, photos)
    button = page.findChild(QPushButton, "neighbour_open")
    qtbot.waitUntil(lambda: stopped and not finder.opening, timeout=30_000)
    finder.state_changed.disconnect(stop)
    page._list.choose(1)
    assert not finder.opening
    assert button.isVisibleTo(page)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    strip = page.findChild(NeighbourStrip, "neighbour_strip")
    qtbot.waitUntil(lambda: strip._likeness is not None, timeout=30_000)


def test_that_none_of_these_is_one_sentence_and_follows_the_threshold(
    qtbot, page: PredictPage, photos: list[Path]
) -> None:
    drop(qtbot, page, photos)
    verdict = page.findChild(VerdictLine, "answer_verdict")
    text = page.findChild(QLabel, "answer_verdict_text")
    assert not any("None of these" in caption for caption in captions(page))
    best = [item.prediction.best for item in page._judge.items]
    run_dir = page.session.run.run_dir
    weights = weights_digest(run_dir / BEST_FILE)
    option = RejectOption(Score.CONFIDENCE, 1.1, 0.0, 0.0, 9, "1", weights)
    write_reject_option(run_dir, option)
    page.session.note_rejection(run_dir)
    qtbot.waitUntil(lambda: page._judge.settled and len(page._judge.items) == 3, timeout=30_000)
    qtbot.waitUntil(lambda: all("None of these" in each for each in captions(page)))
    assert [item.prediction.best for item in page._judge.items] == best
    page._list.choose(0)
    assert not verdict.isHidden()
    page._finder.ask(None, None)
    assert text.text() == "None of these: the model is not certain enough."
    verdict.set_stranger(stranger=True)
    assert text.text() == (
        "None of these: the model is not certain enough, and the image is unlike the training"
        " images."
    )
    write_reject_option(run_dir, None)
    page.session.note_rejection(run_dir)
    qtbot.waitUntil(
        lambda: (
            len(captions(page)) == 3 and not any("None of these" in each for each in captions(page))
        ),
        timeout=30_000,
    )
