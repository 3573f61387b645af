"""The search for a learning rate in the window: found, nothing found, failed, stopped, used."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QTableView, QToolButton, QWidget

from effnet_studio.engine.events import Progress, Stage
from effnet_studio.engine.project import Project
from effnet_studio.engine.training.rate_finder import NoRateError, suggest
from effnet_studio.gui import contents
from effnet_studio.gui.dialogs.find_rate import FindRateDialog
from effnet_studio.gui.widgets.plots.log_axis import log_ticks
from effnet_studio.gui.widgets.train.rate_curve import RateCurve
from tests.gui.test_train_page import Script

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from effnet_studio.gui.main_window import MainWindow
    from effnet_studio.gui.pages.train import TrainPage
    from effnet_studio.gui.session import Session

Widget = TypeVar("Widget", bound=QWidget)


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, opened: Session) -> TrainPage:
    """The Train page with a small model, shown with its advanced settings."""
    with qtbot.waitExposed(window):
        window.show()
    window.show_page("train")
    page = cast("TrainPage", window.page("train"))
    page.setup.choose_model("mobilenet_v3_small")
    small = {"image_size": 32, "batch_size": 4, "augmentation": "none", "freeze": 0}
    page.setup.form.set_values(small)
    page.setup.weights.set_value("none")
    find(page, QPushButton, "advanced_toggle").click()
    return page


def find(parent: QWidget, kind: type[Widget], name: str) -> Widget:
    found = parent.findChild(kind, name)
    assert isinstance(found, kind), name
    return found


def text(dialog: FindRateDialog, name: str) -> str:
    return find(dialog, QLabel, f"find_rate_{name}").text()


def begin(page: TrainPage, qtbot: QtBot) -> FindRateDialog:
    button = find(page, QToolButton, "find_rate_button")
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    return find(page, FindRateDialog, "find_rate")


def ended(dialog: FindRateDialog) -> bool:
    return not dialog.running


def test_that_a_rate_is_found_and_used(page: TrainPage, qtbot: QtBot) -> None:
    dialog = begin(page, qtbot)
    assert not dialog.isModal()
    assert find(dialog, QProgressBar, "find_rate_bar").isVisible()
    assert [job.kind for job in page.session.jobs.jobs if job.title] == ["rate"]
    assert "MobileNet" in text(dialog, "about")
    qtbot.waitUntil(lambda: ended(dialog), timeout=60_000)
    assert text(dialog, "verdict").startswith("Proposed learning rate: 0.")
    proposed = float(text(dialog, "verdict").rpartition(" ")[2])
    curve = find(dialog, RateCurve, "rate_curve")
    assert curve.mark is not None
    assert curve.mark[0] == proposed
    find(dialog, QToolButton, "find_rate_curve_show_table").click()
    table = find(dialog, QTableView, "find_rate_curve_table").model()
    assert table.rowCount() > 20
    assert table.index(0, 0).data() == "0.000001"
    use = find(dialog, QPushButton, "find_rate_use")
    assert use.isVisible()
    use.click()
    assert page.setup.form.value()["learning_rate"] == proposed
    assert page.setup.config().learning_rate == proposed
    assert not dialog.isVisible()


def test_that_nothing_found_is_said_in_words_beside_its_curve(
    page: TrainPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def find_nothing(*_: object, **__: object) -> float | NoRateError:
        try:
            return suggest([1e-4, 1e-3, 1e-2], [1.0, 1.5, 2.0])
        except NoRateError as error:
            return error

    monkeypatch.setattr(contents, "find_rate", find_nothing)
    dialog = begin(page, qtbot)
    qtbot.waitUntil(lambda: ended(dialog))
    assert text(dialog, "verdict").startswith("No learning rate made the loss fall")
    assert "preset" in text(dialog, "ground")
    assert not find(dialog, QPushButton, "find_rate_use").isVisible()
    assert find(dialog, RateCurve, "rate_curve").mark is None
    assert find(dialog, QTableView, "find_rate_curve_table").model().rowCount() == 3
    dialog.close()


def test_that_a_search_that_fails_says_why(page: TrainPage, qtbot: QtBot, tmp_path: Path) -> None:
    page.setup.weights.set_value(str(tmp_path / "gone.safetensors"))
    dialog = begin(page, qtbot)
    qtbot.waitUntil(lambda: ended(dialog), timeout=60_000)
    assert "gone.safetensors" in text(dialog, "verdict")
    assert not find(dialog, QPushButton, "find_rate_use").isVisible()
    dialog.close()


@pytest.mark.parametrize("way", ["job bar", "training", "close", "escape"])
def test_that_a_search_can_be_stopped(
    page: TrainPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    script = Script([Progress(Stage.TRAIN, 30, 60, "steps")])
    monkeypatch.setattr(contents, "find_rate", script)
    dialog = begin(page, qtbot)
    qtbot.waitUntil(lambda: text(dialog, "verdict").startswith("Trying"))
    bar = find(dialog, QProgressBar, "find_rate_bar")
    assert bar.value() * 2 == bar.maximum()
    (job,) = [each for each in page.session.jobs.jobs if each.kind == "rate"]
    with qtbot.waitSignal(job.cancelled):
        if way == "job bar":
            find(page.window(), QPushButton, "job_stop").click()
        elif way == "training":
            training = page.session._begin_training(Script([]), None, title="Training")
        elif way == "close":
            dialog.close()
        else:
            qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    if way == "training":
        training.cancel()
    if way in {"job bar", "training"}:
        assert text(dialog, "verdict").startswith("Stopped")
        assert not bar.isVisible()
        again = find(dialog, QPushButton, "find_rate_again")
        qtbot.waitUntil(lambda: page.session.training_job is None)
        if way == "job bar":
            again.click()
            qtbot.waitUntil(lambda: text(dialog, "verdict").startswith("Trying"))
            assert not again.isVisible()
        dialog.close()
    qtbot.waitUntil(lambda: not page.session.jobs.jobs)


@pytest.mark.qt_log_ignore("does not support", extend=True)
def test_that_a_second_click_shows_the_search_under_way(
    page: TrainPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contents, "find_rate", Script([]))
    dialog = begin(page, qtbot)
    assert begin(page, qtbot) is dialog
    assert len([job for job in page.session.jobs.jobs if job.kind == "rate"]) == 1
    dialog.close()
    qtbot.waitUntil(lambda: not page.session.jobs.jobs)
    qtbot.waitUntil(lambda: page.findChild(FindRateDialog) is None)
    begin(page, qtbot).close()
    qtbot.waitUntil(lambda: not page.session.jobs.jobs)


def test_that_a_read_only_project_offers_no_search(
    qtbot: QtBot, window: MainWindow, trained: Path
) -> None:
    with Project.open(trained), qtbot.waitSignal(window.session.runs_changed):
        window.session.open_project(trained)
    button = find(window.page("train"), QToolButton, "find_rate_button")
    assert not button.isEnabled()
    assert "open elsewhere" in button.toolTip()
    qtbot.waitUntil(lambda: not window.session.jobs.jobs)


def test_that_without_images_the_button_says_so(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    Project.create(tmp_path / "empty.effnet").close()
    with qtbot.waitSignal(window.session.runs_changed):
        window.session.open_project(tmp_path / "empty.effnet")
    button = find(window.page("train"), QToolButton, "find_rate_button")
    assert not button.isEnabled()
    assert "no images" in button.toolTip()
    qtbot.waitUntil(lambda: not window.session.jobs.jobs)


def test_that_a_long_axis_has_one_tick_in_each_decade() -> None:
    assert [words for _, words in log_ticks(-6, 0)] == [
        "0.000001",
        "0.00001",
        "0.0001",
        "0.001",
        "0.01",
        "0.1",
        "1",
    ]
    assert [words for _, words in log_ticks(0, 1)] == ["1", "2", "5", "10"]
