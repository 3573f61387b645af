"""Images that come by themselves: a watched folder, and a camera whose frames are drawn here."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QColor, QImage
from PySide6.QtWidgets import (
    QCheckBox,
    QLabel,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QWidget,
)

from effnet_studio.engine.predict.answers import Prediction
from effnet_studio.engine.predict.predictor import load_predictor
from effnet_studio.gui import file_dialogs
from effnet_studio.gui import watcher as watcher_module
from effnet_studio.gui.camera import has_camera
from effnet_studio.gui.errors import ErrorPanel
from effnet_studio.gui.live_judge import NEWEST_SHARE, LiveJudge, Seen
from effnet_studio.gui.main_window import MainWindow
from effnet_studio.gui.models.predict_items import ModelHolder
from effnet_studio.gui.pages import predict_live
from effnet_studio.gui.pages.predict import PredictPage
from effnet_studio.gui.pasteboard import to_pixels
from effnet_studio.gui.session import Session
from effnet_studio.gui.theme import ThemeManager
from effnet_studio.gui.widgets.image_view import ImageView
from effnet_studio.gui.widgets.predict.live_panel import LivePanel
from effnet_studio.gui.widgets.predict.top_k_bars import TopKBars
from effnet_studio.gui.widgets.predict.verdict_line import VerdictLine
from tests.random_run import write_run

LEFT = Qt.MouseButton.LeftButton


class DrawnSource(QObject):
    """Gives frames of one colour each, when asked to."""

    frame_arrived = Signal(QImage)
    failed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.running = False

    def start(self) -> None:
        self.running = True

    def stop(self) -> None:
        self.running = False

    def show(self, hue: int) -> QImage:
        frame = QImage(320, 240, QImage.Format.Format_RGB32)
        frame.fill(QColor.fromHsv(hue, 200, 200))
        self.frame_arrived.emit(frame)
        return frame


@pytest.fixture(autouse=True)
def quick_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders are looked at all the time."""
    monkeypatch.setattr(watcher_module, "SECONDS", 0.01)


@pytest.fixture
def page(qtbot, opened: Session, theme: ThemeManager, english) -> PredictPage:
    """The page with a model, shown."""
    page = PredictPage(opened, theme)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    return page


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one old picture."""
    folder = tmp_path / "incoming"
    folder.mkdir()
    Image.new("RGB", (40, 30), "red").save(folder / "old.png")
    return folder


def state(page: PredictPage) -> str:
    return page.findChild(QStackedWidget, "predict_states").currentWidget().objectName()


def watch(qtbot, page: PredictPage, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Choose a folder by the button, and wait until it was looked at."""
    monkeypatch.setattr(file_dialogs, "choose_folder", lambda *_: folder)
    qtbot.mouseClick(page.findChild(QPushButton, "predict_watch"), LEFT)
    qtbot.waitUntil(lambda: page._live.watcher._watch is not None, timeout=20_000)


def put(folder: Path, name: str, color: str = "blue") -> None:
    Image.new("RGB", (40, 30), color).save(folder / name)


def wait_for(qtbot, page: PredictPage, count: int) -> None:
    qtbot.waitUntil(lambda: len(page._judge.items) == count, timeout=30_000)


def test_that_what_appears_in_a_watched_folder_is_judged(
    qtbot, page: PredictPage, folder: Path, monkeypatch
) -> None:
    watch(qtbot, page, folder, monkeypatch)
    chip = page.findChild(QWidget, "watch_chip")
    assert page.findChild(QLabel, "watch_label").text() == "Watching “incoming” · 0 new"
    assert "Waiting for images in “incoming”" in page.findChild(QLabel, "drop_title").text()
    put(folder, "new.png")
    wait_for(qtbot, page, 1)
    assert page._judge.items[0].path == folder / "new.png"
    assert page.findChild(QLabel, "watch_label").text() == "Watching “incoming” · 1 new"
    qtbot.mouseClick(page.findChild(QToolButton, "watch_stop"), LEFT)
    assert chip.isHidden()
    assert page._live.watcher.folder is None
    assert not page._live.watcher._timer.isActive()


def test_that_the_newest_is_shown_unless_one_looks_at_another(
    qtbot, page: PredictPage, folder: Path, monkeypatch
) -> None:
    watch(qtbot, page, folder, monkeypatch)
    for number in range(3):
        put(folder, f"{number}.png")
        wait_for(qtbot, page, number + 1)
        qtbot.waitUntil(lambda: page._panel.item is page._judge.items[-1])
    page._list.choose(0)
    put(folder, "3.png")
    wait_for(qtbot, page, 4)
    assert page._panel.item is page._judge.items[0]
    assert page._list.chosen is page._judge.items[0]
    page._list.choose(3)
    put(folder, "4.png")
    wait_for(qtbot, page, 5)
    assert page._panel.item is page._judge.items[4]
    page._list.choose(1)
    page.drop_files([folder / "old.png"])
    wait_for(qtbot, page, 6)
    assert page._panel.item is page._judge.items[5], "what the user gives is shown"


def test_that_nothing_seems_to_be_at_work_while_a_folder_is_watched(
    qtbot, page: PredictPage, folder: Path, monkeypatch
) -> None:
    kinds: list[str] = []
    watch(qtbot, page, folder, monkeypatch)
    page.session.jobs.job_started.connect(lambda job: kinds.append(job.kind))
    assert page.session.jobs.jobs == []
    put(folder, "new.png")
    wait_for(qtbot, page, 1)
    assert "predict" not in kinds
    assert "quiet" in kinds


def test_that_a_folder_that_goes_away_is_said_until_it_is_back(
    qtbot, page: PredictPage, folder: Path, monkeypatch
) -> None:
    watch(qtbot, page, folder, monkeypatch)
    label = page.findChild(QLabel, "watch_label")
    away = folder.with_name("away")
    folder.rename(away)
    qtbot.waitUntil(lambda: "gone" in label.text())
    away.rename(folder)
    qtbot.waitUntil(lambda: label.text() == "Watching “incoming” · 0 new")
    put(folder, "new.png")
    wait_for(qtbot, page, 1)


def test_that_a_folder_that_cannot_be_watched_is_said(
    qtbot, page: PredictPage, tmp_path: Path
) -> None:
    page._live.watcher.start(tmp_path / "nowhere")
    panel = page.findChild(ErrorPanel, "error_panel")
    qtbot.waitUntil(lambda: panel.error is not None)
    assert "no folder" in str(panel.error)
    assert page._live.watcher.folder is None


def test_that_a_watch_goes_on_with_another_model_and_ends_with_the_project(
    qtbot, page: PredictPage, folder: Path, monkeypatch
) -> None:
    session = page.session
    watch(qtbot, page, folder, monkeypatch)
    run_dir = write_run(session.project, session.dataset.classes, size=32, seed=5)
    with qtbot.waitSignal(session.runs_changed):
        session.refresh_runs()
    session.select_run(run_dir.name)
    put(folder, "new.png")
    wait_for(qtbot, page, 1)
    assert page._judge.answered_by == run_dir
    session.close_project()
    assert page._live.watcher.folder is None


def test_that_the_window_closes_while_a_folder_is_watched(
    qtbot, window: MainWindow, trained: Path, folder: Path, monkeypatch
) -> None:
    with qtbot.waitSignal(window.session.project_changed, timeout=20_000):
        window.session.open_project(trained)
    window.show()
    window.show_page("predict")
    watch(qtbot, window.page("predict"), folder, monkeypatch)
    assert window.close()
    assert window.page("predict")._live.watcher.folder is None


# -- the camera ------------------------------------------------------------------------------------


@pytest.fixture
def camera(page: PredictPage) -> DrawnSource:
    """A camera that is open on the page."""
    source = DrawnSource()
    page._live.open_camera(source)
    return source


def answered(qtbot, page: PredictPage) -> None:
    bars = page._live.panel.findChild(TopKBars, "live_bars")
    qtbot.waitUntil(lambda: "%" in bars.accessibleName(), timeout=30_000)


def test_that_what_the_camera_sees_is_answered(qtbot, page: PredictPage, camera) -> None:
    assert state(page) == "live_panel"
    assert camera.running
    frame = camera.show(30)
    answered(qtbot, page)
    truth = load_predictor(page.session.run.run_dir).predict(to_pixels(frame))
    bars = page._live.panel.findChild(TopKBars, "live_bars")
    assert bars.accessibleName().startswith(truth.best.label)
    for hue in (60, 90, 120):
        camera.show(hue)
        qtbot.waitUntil(lambda: not page._live._judge._asking, timeout=30_000)
    assert "answers/s" in page.findChild(QLabel, "live_rate").text()
    qtbot.mouseClick(page.findChild(QPushButton, "live_done"), LEFT)
    assert not camera.running
    assert state(page) == "drop_area"


def test_that_only_the_newest_frame_waits(qtbot, page: PredictPage, monkeypatch) -> None:
    source, asked = DrawnSource(), []
    judge: LiveJudge = page._live._judge
    ask = judge._requests.ask
    monkeypatch.setattr(judge._requests, "ask", lambda *a: (asked.append(a[4]), ask(*a)))
    page._live.open_camera(source)
    frames = [source.show(hue) for hue in range(0, 200, 10)]
    qtbot.waitUntil(lambda: len(asked) == 2 and not judge._asking, timeout=30_000)
    for pixels, frame in zip(asked, (frames[0], frames[-1]), strict=True):
        assert np.array_equal(pixels, to_pixels(frame))


def test_that_a_picture_can_be_kept(qtbot, page: PredictPage, camera) -> None:
    keep = page.findChild(QPushButton, "live_keep")
    assert not keep.isEnabled()
    frame = camera.show(200)
    qtbot.mouseClick(keep, LEFT)
    wait_for(qtbot, page, 1)
    item = page._judge.items[0]
    assert item.name == "Camera picture 1"
    assert np.array_equal(item.pixels, to_pixels(frame))
    assert state(page) == "live_panel"
    page._live.panel.close_camera()
    assert state(page) == "predict_answers"


def test_that_the_map_can_be_shown_live(qtbot, page: PredictPage, camera) -> None:
    page.findChild(QCheckBox, "live_explain").click()
    camera.show(30)
    answered(qtbot, page)
    view = page._live.panel.findChild(ImageView, "live_view")
    assert view._pixmap.width() == view._pixmap.height() == 32, "the square that the model saw"
    page.findChild(QCheckBox, "live_explain").click()
    assert view._pixmap.width() == 320


def test_that_the_camera_is_let_go_when_the_page_is_left(qtbot, page: PredictPage, camera) -> None:
    page.hide()
    assert not camera.running
    page.show()
    assert state(page) == "drop_area"


def test_that_a_camera_that_fails_says_so(page: PredictPage, camera) -> None:
    blank = page._live.panel.findChild(QWidget, "empty_state")
    pictures = page.findChild(QStackedWidget, "live_pictures")
    assert "starting" in blank.findChild(QLabel, "empty_title").text()
    camera.show(10)
    assert pictures.currentWidget() is not blank
    camera.failed.emit("unplugged")
    assert pictures.currentWidget() is blank
    text = blank.findChild(QLabel, "empty_text").text()
    assert text.endswith("\nThe system says: unplugged")
    assert not page.findChild(QPushButton, "live_keep").isEnabled()
    side = page.findChild(QWidget, "live_side")
    assert not side.isVisibleTo(page), "nothing in it can be used"
    camera.show(10)
    assert pictures.currentWidget() is not blank
    assert side.isVisibleTo(page)


def test_that_a_camera_that_fails_can_be_tried_again_or_left(
    qtbot, page: PredictPage, camera, monkeypatch
) -> None:
    blank = page._live.panel.findChild(QWidget, "empty_state")
    again = DrawnSource()
    monkeypatch.setattr(predict_live, "CameraSource", lambda _parent: again)
    camera.failed.emit("in use")
    qtbot.mouseClick(blank.findChild(QPushButton, "empty_action"), LEFT)
    assert again.running
    assert not camera.running
    assert state(page) == "live_panel"
    again.failed.emit("in use")
    qtbot.mouseClick(blank.findChild(QPushButton, "empty_second"), LEFT)
    assert not again.running
    assert state(page) == "drop_area"


def test_that_a_model_that_is_gone_is_said_while_the_camera_runs(
    qtbot, page: PredictPage, camera
) -> None:
    qtbot.waitUntil(lambda: page._panel._facts is not None, timeout=30_000)
    gone = page.session.run.run_dir.with_name("gone")
    shutil.rmtree(gone, ignore_errors=True)
    page._live._judge.set_model(gone)
    camera.show(10)
    note = page.findChild(QLabel, "live_note")
    qtbot.waitUntil(lambda: "nothing at" in note.text(), timeout=30_000)


def test_that_without_a_camera_there_is_no_button(page: PredictPage) -> None:
    assert page.findChild(QPushButton, "predict_camera").isHidden() is not has_camera()
    assert page.findChild(QAction, "predict_list_camera").isVisible() is has_camera()


def test_that_steady_answers_are_the_moving_average(qtbot, opened: Session) -> None:
    judge = LiveJudge(opened.jobs, ModelHolder(), opened)
    judge.set_model(opened.run.run_dir)
    judge.set_steady(True)
    source, seen = DrawnSource(), []
    source.frame_arrived.connect(judge.take)
    judge.answered.connect(seen.append)
    predictor = load_predictor(opened.run.run_dir)
    mean = None
    for number, hue in enumerate((0, 120, 240)):
        truth = predictor.predict(to_pixels(source.show(hue))).probabilities
        mean = truth if mean is None else mean + NEWEST_SHARE * (truth - mean)
        qtbot.waitUntil(lambda: len(seen) == number + 1, timeout=30_000)  # noqa: B023
        np.testing.assert_allclose(seen[-1].prediction.probabilities, mean, atol=1e-5)


def test_that_steady_verdicts_do_not_flicker(opened: Session) -> None:
    judge = LiveJudge(opened.jobs, ModelHolder(), opened)
    judge.set_steady(True)
    shares = np.array([0.6, 0.4], np.float32)
    said = []
    for rejected in (False, True, False, True, True, True, True, False):
        seen = Seen(Prediction(None, shares, ("a", "b"), rejected))
        said.append(judge._steadied(seen).prediction.rejected)
    assert said == [False, False, False, False, True, True, True, True]


def test_that_none_of_these_is_said_of_what_the_camera_sees(
    qtbot, theme: ThemeManager, english
) -> None:
    panel, source = LivePanel(theme), DrawnSource()
    qtbot.addWidget(panel)
    panel.open_camera(source)
    source.show(10)
    verdict = panel.findChild(VerdictLine, "live_verdict")
    shares = np.array([0.6, 0.4], np.float32)
    for rejected in (True, False, True):
        panel.set_seen(Seen(Prediction(None, shares, ("a", "b"), rejected)), None)
        assert verdict.isHidden() is not rejected
    panel.clear_answers()
    assert verdict.isHidden()
    panel.close_camera()


def test_that_the_panel_speaks_of_what_is_kept(qtbot, theme: ThemeManager, english) -> None:
    panel, source = LivePanel(theme), DrawnSource()
    qtbot.addWidget(panel)
    panel.open_camera(source)
    source.show(10)
    panel.keep()
    panel.keep()
    assert "2 picture" in panel.findChild(QLabel, "live_note").text()
    panel.close_camera()


@pytest.mark.parametrize(("packaged", "word"), [(False, "camera"), (True, "")])
def test_that_a_part_that_cannot_be_had_is_not_named(
    page: PredictPage, monkeypatch: pytest.MonkeyPatch, *, packaged: bool, word: str
) -> None:
    monkeypatch.setattr("effnet_studio.gui.pages.predict_live.camera_installed", lambda: False)
    monkeypatch.setattr("effnet_studio.gui.pages.predict_live.is_frozen", lambda: packaged)
    assert word in page._live.hint
    assert bool(page._live.hint) is not packaged
