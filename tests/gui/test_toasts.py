"""Small notices: where they stand, how long they stay, how one gets rid of them."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from effnet_studio.gui.theme import ThemeManager
from effnet_studio.gui.widgets.toast import Toast, ToastSpec
from effnet_studio.gui.widgets.toasts import SHOWN, ToastStack
from tests.gui.announcements import Listener


@pytest.fixture
def place(qtbot, theme: ThemeManager, english: None) -> Iterator[tuple[QWidget, QFrame]]:
    """A window with a bar at its foot."""
    window, bar = QWidget(), QFrame()
    layout = QVBoxLayout(window)
    layout.setContentsMargins(0, 0, 0, 0)
    button = QPushButton("Work", window)
    button.setObjectName("work")
    layout.addWidget(button)
    layout.addStretch(1)
    bar.setFixedHeight(50)
    layout.addWidget(bar)
    theme.add_window(window)
    window.resize(900, 600)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    yield window, bar
    window.close()


@pytest.fixture
def stack(place: tuple[QWidget, QFrame], theme: ThemeManager) -> ToastStack:
    return ToastStack(*place, theme)


def test_that_a_notice_stands_above_the_bar_at_the_right(
    qtbot, stack: ToastStack, place: tuple[QWidget, QFrame]
) -> None:
    window, bar = place
    stack.show_toast(ToastSpec("Saved"))
    assert stack.isVisible()
    assert stack.geometry().bottom() < bar.y()
    assert stack.geometry().right() > window.width() - 24
    bar.hide()
    assert stack.geometry().bottom() > window.height() - 24
    window.resize(700, 500)
    qtbot.waitUntil(lambda: window.rect().contains(stack.geometry()))


def test_that_at_most_so_many_stand_and_the_oldest_goes(stack: ToastStack) -> None:
    stack.window().resize(900, 1400)
    for number in range(SHOWN + 2):
        stack.show_toast(ToastSpec(f"Notice {number}"))
    newest = [f"Notice {number}" for number in range(2, SHOWN + 2)]
    assert [toast.spec.title for toast in stack.toasts] == newest


def test_that_they_leave_the_middle_of_a_small_window_free(stack: ToastStack) -> None:
    stack.window().resize(900, 700)
    for number in range(SHOWN):
        stack.show_toast(ToastSpec(f"Notice {number}", "It took a minute."))
        assert stack.toasts[-1].spec.title == f"Notice {number}"
    assert len(stack.toasts) < SHOWN
    assert stack.y() > 500


def test_that_the_same_notice_begins_anew_and_does_not_stand_twice(stack: ToastStack) -> None:
    stack.show_toast(ToastSpec("Saved"))
    stack.show_toast(ToastSpec("Other"))
    stack.show_toast(ToastSpec("Saved"))
    assert [toast.spec.title for toast in stack.toasts] == ["Other", "Saved"]


def test_that_a_newer_notice_on_a_topic_takes_the_place_of_the_older(stack: ToastStack) -> None:
    for title, topic in (("Undone: A", "undo"), ("Saved", ""), ("Undone: B", "undo")):
        stack.show_toast(ToastSpec(title, topic=topic))
    assert [toast.spec.title for toast in stack.toasts] == ["Saved", "Undone: B"]


def test_that_long_texts_stay_longer_and_chinese_counts_by_its_characters() -> None:
    short = ToastSpec("Saved").duration_ms
    assert short < ToastSpec("Saved", "x" * 120).duration_ms
    assert ToastSpec("Saved", "x" * 40).duration_ms < ToastSpec("Saved", "训" * 40).duration_ms
    assert short < ToastSpec("S" * 60, action="Show").duration_ms <= 20_000


def test_that_a_notice_goes_by_itself(
    qtbot, stack: ToastStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ToastSpec, "duration_ms", 30)
    with qtbot.waitSignal(stack.show_toast(ToastSpec("Saved")).closed):
        pass
    assert stack.toasts == ()
    assert stack.isHidden()


def test_that_a_notice_stays_while_the_focus_is_in_it_and_goes_afterwards(
    qtbot, stack: ToastStack, place: tuple[QWidget, QFrame], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ToastSpec, "duration_ms", 20)
    monkeypatch.setattr("effnet_studio.gui.widgets.toast._AGAIN_MS", 20)
    toast = stack.show_toast(ToastSpec("Training finished", action="Show", key="train"))
    stack.take_focus()
    asked: list[bool] = []
    monkeypatch.setattr(Toast, "held", property(lambda self: asked.append(self.has_focus) or True))
    qtbot.waitUntil(lambda: len(asked) >= 3)
    assert all(asked)
    monkeypatch.undo()
    place[0].findChild(QPushButton, "work").setFocus()
    toast._timer.start(1)
    qtbot.waitUntil(lambda: stack.toasts == ())


def test_that_a_notice_under_the_pointer_stays(
    stack: ToastStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    toast = stack.show_toast(ToastSpec("Saved"))
    assert not toast.held
    center = toast.mapToGlobal(toast.rect().center())
    monkeypatch.setattr(
        "effnet_studio.gui.widgets.toast.QCursor", SimpleNamespace(pos=lambda: center)
    )
    toast.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    toast._on_timeout()
    assert stack.toasts == (toast,)
    toast.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, on=False)
    toast._on_timeout()
    assert stack.toasts == ()


def test_that_escape_closes_and_the_focus_goes_back_to_the_work(
    qtbot, stack: ToastStack, place: tuple[QWidget, QFrame]
) -> None:
    work = place[0].findChild(QPushButton, "work")
    place[0].activateWindow()
    work.setFocus()
    stack.show_toast(ToastSpec("First"))
    second = stack.show_toast(ToastSpec("Second", action="Show", key="train"))
    assert stack.take_focus()
    button = second.findChild(QPushButton, "toast_action")
    assert button.hasFocus()
    qtbot.keyClick(button, Qt.Key.Key_Escape)
    first = stack.toasts[0].findChild(QToolButton, "toast_close")
    assert first.hasFocus(), "the next notice is next"
    qtbot.keyClick(first, Qt.Key.Key_Escape)
    assert stack.toasts == ()
    assert work.hasFocus()
    assert not stack.take_focus()


def test_that_the_button_tells_what_it_stands_for(qtbot, stack: ToastStack) -> None:
    toast = stack.show_toast(ToastSpec("Training finished", action="Show", key="train"))
    with qtbot.waitSignal(stack.acted) as acted:
        qtbot.keyClick(toast.findChild(QPushButton, "toast_action"), Qt.Key.Key_Space)
    assert acted.args == ["train"]
    assert stack.toasts == ()


def test_that_screen_readers_are_told_at_once(stack: ToastStack, heard: Listener) -> None:
    stack.show_toast(ToastSpec("Training finished", "It took 3 min."))
    stack.show_toast(ToastSpec("Failed: Export", tone="danger"))
    assert heard.said == ["Training finished. It took 3 min.", "Failed: Export"]
    assert heard.urgent == ["Failed: Export"]


@pytest.fixture
def effects(qapp: QApplication) -> Iterator[QApplication]:
    before = qapp.isEffectEnabled(Qt.UIEffect.UI_General)
    yield qapp
    qapp.setEffectEnabled(Qt.UIEffect.UI_General, before)


@pytest.mark.parametrize("allowed", [True, False])
def test_that_a_notice_slides_in_only_where_motion_is_wanted(
    qtbot, stack: ToastStack, effects: QApplication, *, allowed: bool
) -> None:
    effects.setEffectEnabled(Qt.UIEffect.UI_General, False)
    stack.show_toast(ToastSpec("Saved"))
    place = stack.geometry()
    stack.clear()
    effects.setEffectEnabled(Qt.UIEffect.UI_General, allowed)
    stack.show_toast(ToastSpec("Saved"))
    assert (stack.y() > place.y()) is allowed
    qtbot.waitUntil(lambda: stack.geometry() == place)


def test_that_texts_are_shown_as_they_are(stack: ToastStack) -> None:
    toast = stack.show_toast(ToastSpec("Finished: <b>photos</b>"))
    assert toast.findChild(QLabel, "toast_title").textFormat() == Qt.TextFormat.PlainText
