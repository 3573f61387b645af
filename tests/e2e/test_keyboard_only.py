"""The whole job without a mouse: sample, training, a prediction, a file with its certificate.

Only keys are pressed, in the real window; a filter counts whatever a mouse would have done.
"""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from typing_extensions import override

from effnet_studio.app import make_window
from effnet_studio.gui.settings import Settings
from effnet_studio.gui.widgets.export.certificate_view import CertificateView
from effnet_studio.gui.widgets.export.export_result_card import ExportResultCard
from effnet_studio.gui.widgets.thumbnail_grid import ThumbnailGrid

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from effnet_studio.gui.main_window import MainWindow

LONG = 300_000
"""Milliseconds; a busy machine takes its time."""
MOST_TABS = 150
MOUSE = {
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
}


class MouseWatch(QObject):
    """Counts the events of a mouse, wherever they go."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: Counter[QEvent.Type] = Counter()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in MOUSE:
            self.seen[event.type()] += 1
        return False


class Hands:
    """Ten fingers, and no mouse."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window

    def press(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def tab_to(self, name: str) -> None:
        """Press Tab until something of this name has the focus."""
        passed = []
        for _ in range(MOST_TABS):
            self.press(Qt.Key.Key_Tab)
            focus = QApplication.focusWidget()
            passed.append(focus.objectName() if focus is not None else "")
            if passed[-1] == name:
                return
        raise AssertionError(f"Tab never came to {name}, but to {list(dict.fromkeys(passed))}.")

    def run_command(self, letters: str) -> None:
        """Give a command by a few letters of its name."""
        self.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        field = QApplication.focusWidget()
        assert isinstance(field, QLineEdit)
        QTest.keyClicks(field, letters)
        self.press(Qt.Key.Key_Return)


def arrive(qtbot: QtBot, window: MainWindow, key: str) -> None:
    """Wait until the page that was asked for is there: the first time it has to be made."""
    qtbot.waitUntil(lambda: window.stack.currentWidget() is window.stack.made_pages().get(key))


@pytest.fixture
def window(
    qtbot: QtBot, qapp: QApplication, isolated_home: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MainWindow]:
    """The app as it starts, in English, on an empty computer."""
    monkeypatch.setattr("effnet_studio.gui.training_estimator.DELAY_MS", 10**8)
    # Keys lead to the same places with few images; the whole sample is the self-test's.
    monkeypatch.setattr("effnet_studio.engine.data.sample.samples.IMAGES_PER_CLASS", 10)
    settings = Settings(isolated_home / "window.ini")
    settings.language = "en"
    window = make_window(qapp, settings)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    qapp.clipboard().clear()  # what lies there when the process ends is deleted twice
    window.session.jobs.shutdown()
    qtbot.waitUntil(lambda: not window.session.jobs.jobs, timeout=LONG)
    window.close()
    for page in window.stack.made_pages().values():
        page.deleteLater()
    window.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.mark.timeout(900)
@pytest.mark.qt_log_ignore("This plugin does not support")
def test_that_the_whole_job_is_done_without_a_mouse(
    qtbot: QtBot, qapp: QApplication, window: MainWindow
) -> None:
    watch = MouseWatch()
    qapp.installEventFilter(watch)
    hands, session = Hands(window), window.session

    hands.tab_to("welcome_sample")
    with qtbot.waitSignal(session.import_finished, timeout=LONG):
        hands.press(Qt.Key.Key_Space)
    assert session.dataset is not None

    hands.press(Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.current_key == "train"
    arrive(qtbot, window, "train")
    hands.tab_to("preset_instant")  # the sample begins with it
    hands.press(Qt.Key.Key_Down)
    assert QApplication.focusWidget().objectName() == "preset_balanced"
    hands.press(Qt.Key.Key_Up)
    assert QApplication.focusWidget().objectName() == "preset_instant"
    hands.tab_to("train_start")
    hands.press(Qt.Key.Key_Space)
    assert session.training_job is not None
    qtbot.waitUntil(lambda: session.training_job is None, timeout=LONG)
    qtbot.waitUntil(lambda: session.run is not None, timeout=LONG)

    hands.press(Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    arrive(qtbot, window, "predict")
    hands.tab_to("predict_choose")
    copied = QMimeData()  # as from a file manager
    copied.setUrls([QUrl.fromLocalFile(str(session.dataset.samples[0].path))])
    qapp.clipboard().setMimeData(copied)
    hands.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    results = window.page("predict").findChild(ThumbnailGrid, "thumbnail_grid")
    qtbot.waitUntil(lambda: results.thumbnails.rowCount() == 1, timeout=LONG)
    verdict = window.page("predict").findChild(QLabel, "verdict")
    qtbot.waitUntil(lambda: verdict is None or bool(verdict.text()), timeout=LONG)

    hands.run_command("export")
    assert window.current_key == "export"
    arrive(qtbot, window, "export")
    hands.tab_to("target_python")
    hands.press(Qt.Key.Key_Space)
    hands.tab_to("export_start")
    hands.press(Qt.Key.Key_Space)
    page = window.page("export")
    qtbot.waitUntil(lambda: page.findChild(ExportResultCard) is not None, timeout=LONG)
    certificate = page.findChild(ExportResultCard).findChild(CertificateView)
    qtbot.waitUntil(certificate.isVisible, timeout=LONG)
    assert certificate.result.ok
    hands.tab_to("certificate_open_folder")
    assert not QApplication.focusWidget().visibleRegion().isEmpty()

    qapp.removeEventFilter(watch)
    assert watch.seen == Counter()
