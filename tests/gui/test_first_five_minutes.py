"""The first five minutes: from launch to a trained model on the sample, and the quiet tour."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from typing_extensions import override

from effnet_studio.engine.training.config import Preset
from effnet_studio.gui.main_window import MainWindow
from effnet_studio.gui.models.tour import Step
from effnet_studio.gui.session import Session
from effnet_studio.gui.settings import Settings
from effnet_studio.gui.theme import ThemeManager

LONG = 180_000


class Presses(QObject):
    """Counts the presses of the mouse that reach a widget, each once."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[int] = set()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            self.seen.add(event.timestamp())
        return False


@pytest.fixture
def presses(qapp: QApplication) -> Iterator[Presses]:
    counter = Presses()
    qapp.installEventFilter(counter)
    yield counter
    qapp.removeEventFilter(counter)


def press(qtbot, window: MainWindow, name: str) -> None:
    """Press a button as a person does: one that is in view."""
    button = window.findChild(QPushButton, name)
    assert button is not None
    assert button.isVisible()
    assert button.isEnabled(), name
    corner = button.mapTo(window, button.rect().center())
    assert window.rect().contains(corner)
    assert window.childAt(corner) is button
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def card(window: MainWindow) -> QWidget:
    found = window.findChild(QWidget, "tour_card")
    assert found is not None
    return found


def told(window: MainWindow) -> str:
    return card(window).findChild(QLabel, "tour_sentence").text()


def ticked(window: MainWindow) -> set[str]:
    return {
        step.value
        for step in Step
        if not window.sidebar.findChild(QLabel, f"done_{step.value}").isHidden()
    }


def test_that_the_sample_is_a_trained_model_after_three_clicks(
    qtbot, window: MainWindow, presses: Presses
) -> None:
    window.resize(1024, 700)
    window.show()
    session = window.session
    press(qtbot, window, "welcome_sample")
    qtbot.waitUntil(lambda: session.dataset is not None, timeout=LONG)
    qtbot.waitUntil(lambda: window.current_key == "data")
    assert "Train" in told(window)
    press(qtbot, window, "data_train")
    assert window.current_key == "train"
    setup = window.page("train").setup
    assert setup.presets.preset is Preset.INSTANT
    assert not setup.model.isVisible()
    setup.form.set_values({"image_size": 64})  # quicker by far, on a machine that tests in parallel
    with qtbot.waitSignal(session.training_finished, timeout=LONG):
        press(qtbot, window, "train_start")
    qtbot.waitUntil(lambda: session.run is not None, timeout=LONG)
    assert len(presses.seen) == 3
    assert session.run.config.preset is Preset.INSTANT
    assert session.run.best_accuracy > 0.5
    assert ticked(window) == {"data", "train"}
    assert "right and wrong" in told(window)
    qtbot.waitUntil(lambda: not session.jobs.jobs, timeout=LONG)


# -- the tour ------------------------------------------------------------------------------------


@pytest.fixture
def shown(qtbot, window: MainWindow, trained: Path) -> MainWindow:
    window.resize(1024, 700)
    window.show()
    with qtbot.waitSignal(window.session.project_changed, timeout=20_000):
        window.session.open_project(trained)
    return window


def test_that_the_tour_ticks_what_is_done_and_leads_to_what_is_next(
    qtbot, shown: MainWindow
) -> None:
    assert ticked(shown) == {"data", "train"}
    assert shown.findChild(QPushButton, "nav_train").accessibleDescription() == "Done"
    press(qtbot, shown, "tour_go")
    assert shown.current_key == "evaluate"
    assert shown.findChild(QPushButton, "tour_go").isHidden()
    assert "Check the model" in told(shown)
    shown.page("evaluate").start()
    qtbot.waitUntil(lambda: "evaluate" in ticked(shown), timeout=LONG)
    assert "never seen" in told(shown)
    qtbot.waitUntil(lambda: not shown.session.jobs.jobs, timeout=LONG)


def test_that_what_was_tried_is_remembered_for_the_project(
    qtbot, shown: MainWindow, settings: Settings, make_photos
) -> None:
    shown.show_page("predict")
    shown.page("predict").drop_files([make_photos(bee=1)])
    qtbot.waitUntil(lambda: "predict" in ticked(shown), timeout=LONG)
    qtbot.waitUntil(lambda: not shown.session.jobs.jobs, timeout=LONG)
    root = shown.session.project.root
    shown.close_project()
    with qtbot.waitSignal(shown.session.project_changed, timeout=20_000):
        shown.session.open_project(root)
    assert "predict" in ticked(shown)
    with qtbot.waitSignal(shown.session.project_changed, timeout=20_000):
        shown.session.create_project(root.parent / "other.effnet")
    assert ticked(shown) == set()


def test_that_the_tour_goes_for_good_and_comes_back_from_the_help_menu(
    qtbot, shown: MainWindow, session: Session, settings: Settings, theme: ThemeManager
) -> None:
    action = shown.actions_by_key["tour"]
    assert action.isChecked()
    close = card(shown).findChild(QWidget, "tour_close")
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert card(shown).isHidden()
    assert ticked(shown) == set()
    assert not action.isChecked()
    app = QApplication.instance()
    again = MainWindow(app, session, settings, theme)
    qtbot.addWidget(again)
    assert not again.actions_by_key["tour"].isChecked()
    action.trigger()
    assert card(shown).isVisible()
    assert ticked(shown) == {"data", "train"}


def test_that_the_tour_takes_no_focus_and_covers_nothing(qtbot, shown: MainWindow) -> None:
    shown.activateWindow()
    for key in ("data", "train", "evaluate"):
        shown.show_page(key)
        focused = shown.focusWidget()
        assert focused is None or not card(shown).isAncestorOf(focused)
    note = card(shown).geometry()
    buttons = [
        each.geometry()
        for each in shown.sidebar.findChildren(QPushButton)
        if each.parent() is shown.sidebar
    ]
    assert not any(note.intersects(each) for each in buttons)
    assert shown.sidebar.rect().contains(note)


def test_that_a_low_window_keeps_its_pages_rather_than_the_note(shown: MainWindow) -> None:
    shown.sidebar.resize(shown.sidebar.width(), 420)
    assert card(shown).isHidden()
    shown.sidebar.resize(shown.sidebar.width(), 660)
    assert card(shown).isVisible()
