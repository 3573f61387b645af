"""The window, the training that runs in it, and the monkey's hands."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEventLoop,
    QObject,
    QPoint,
    QRect,
    Qt,
    QTimer,
    QtMsgType,
    QUrl,
    Slot,
    qInstallMessageHandler,
)
from PySide6.QtGui import QDesktopServices, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QWidget

from effnet_studio.app import make_window
from effnet_studio.engine.training.config import make_config
from effnet_studio.gui.failures import ExceptionHooks, UnexpectedError
from effnet_studio.gui.lifecycle.application import Application
from effnet_studio.gui.settings import Settings
from tests.gallery.material import Material, copy_of, default_cache
from tests.monkey.watch import BEAT, Heart, Watch

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.engine.errors import StudioError
    from effnet_studio.gui.jobs import Job
    from effnet_studio.gui.main_window import MainWindow

PACE = (15, 90)
"""Least and most milliseconds between two actions."""
END = 60.0
"""Seconds that everything may take to end."""
KEYS = (
    *("Tab",) * 10, *("Shift+Tab",) * 3, *("Return",) * 2, *("Space",) * 4, *("Escape",) * 3,
    *("Up", "Down", "Left", "Right") * 3, "Home", "End", "PgUp", "PgDown", "Delete", "Ctrl+A",
    *(f"Ctrl+{digit}" for digit in range(1, 7)), "Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+K", "Ctrl+F",
    "Ctrl+C", "Ctrl+V", "Ctrl+,", "Ctrl+D", "Ctrl+H", "Ctrl+/", "F1", "F6", "Alt+Left", "a", "7",
    "Shift+Down", "Backspace", "F2",
)  # fmt: skip
SHUNNED = {"action_quit", "job_stop", "train_stop", "close_now"}
"""What would end the play: the training is to run all the while."""
QUIET = ("propagateSizeHints", "This plugin does not support", "wl_", "openUrl")
"""What the offscreen screen says of things it has not."""


def play(home: Path, cache: Path | None, *, seconds: float, seed: int) -> Watch:
    """Open the window, train, and let the monkey at it.

    Args:
        home: Where everything may be written.
        cache: Where the sample's project is kept; None: the gallery's place.
        seconds: How long.
        seed: Which monkey.

    Returns:
        What was noted.
    """
    app = Application.instance() or Application(["monkey"])
    assert isinstance(app, QApplication)
    material = Material(cache or default_cache())
    with copy_of(material.trained, home) as project:
        window = make_window(app, Settings(home / "window.ini"))
        window.resize(1280, 800)
        window.show()
        QTimer.singleShot(500, window.stack, window.stack.warm_up)
        monkey = Monkey(window, project, random.Random(seed), seconds)
        app.exec()
        monkey.end()
    return monkey.watch


class Monkey(QObject):
    """Presses things at random.

    Args:
        window: The real window.
        project: What it opens first.
        chance: Decides.
        seconds: How long it plays.
    """

    def __init__(
        self, window: MainWindow, project: Path, chance: random.Random, seconds: float
    ) -> None:
        super().__init__(window)
        self.watch = Watch()
        self._window, self._project, self._chance = window, project, chance
        self._until = time.monotonic() + seconds
        self._since = 0.0
        self._hooks = ExceptionHooks(self)
        self._hooks.caught.connect(self._on_error)
        self._hooks.install()
        self._messages = qInstallMessageHandler(self._on_message)
        QDesktopServices.setUrlHandler("file", self, "no_url")
        window.session.error_raised.connect(self._on_error)
        window.session.jobs.job_finished.connect(self._on_job_finished)
        self._heart = Heart(self.watch)
        self._beats = QTimer(self, interval=round(1000 * BEAT))
        self._beats.setTimerType(Qt.TimerType.PreciseTimer)
        self._beats.timeout.connect(self._heart.beat)
        self._hand = QTimer(self, singleShot=True, interval=PACE[1])
        self._hand.timeout.connect(self._act)
        window.session.project_changed.connect(self._on_project)
        self._beats.start()
        window.session.open_project(project)

    # -- the play --------------------------------------------------------------------------------

    @Slot(object)
    def _on_project(self, project: object) -> None:
        if project is not None and not self._since:
            self._since = time.monotonic()
            self._train()
            self._hand.start()

    def _train(self) -> None:
        """A training that takes all of a processor, as long as the play lasts."""
        config = make_config(
            "balanced",
            model="efficientnet_b0",
            weights="none",
            image_size=96,
            epochs=500,
            compiled="off",
        )
        self._window.session.start_training(config)

    @Slot()
    def _act(self) -> None:
        if time.monotonic() > self._until:
            self._leave()
            return
        self._hand.start(self._chance.randint(*PACE))
        session = self._window.session
        if session.project is None:
            session.open_project(self._project)  # it was closed: on with it
        elif session.training_job is None and not session.project.read_only:
            self._train()
        stage = self._stage()
        if stage is not None:
            if QApplication.activeWindow() is None:
                stage.activateWindow()  # as a desktop does when a dialog is closed
            self._chance.choices(
                (self._click, self._press, self._wheel, self._drag, self._resize),
                (55, 36, 5, 3, 1),
            )[0](stage)

    def _stage(self) -> QWidget | None:
        """The window that gets the mouse and the keys now."""
        for stage in (QApplication.activePopupWidget(), QApplication.activeModalWidget()):
            if stage is not None:
                return stage
        tops = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
        dialogs = [each for each in tops if each is not self._window and each.isWindow()]
        if dialogs and self._chance.random() < 0.7:
            return self._chance.choice(dialogs)
        return self._window if self._window.isVisible() else None

    def _leave(self) -> None:
        self._beats.stop()
        for dialog in [*QApplication.topLevelWidgets()]:
            if dialog is not self._window and dialog.isVisible():
                dialog.close()
        QApplication.exit(0)  # quit() would ask the window, which asks the user

    def end(self) -> None:
        """Close the window as a user does, and see that everything ends."""
        self.watch.action = "closing"
        self._heart.stop()
        self._window.closing.close_unasked()
        deadline = time.monotonic() + END
        while self._window.session.jobs.jobs and time.monotonic() < deadline:
            # QTest.qWait holds Python's lock as it sleeps: a step of the training takes minutes.
            loop = QEventLoop()
            QTimer.singleShot(20, loop.quit)
            loop.exec()
        left = [job.title for job in self._window.session.jobs.jobs]
        if left:
            self.watch.fail(f"Still at work a minute after being stopped: {left}")
        self._window.close()
        self._window.session.jobs.shutdown()
        qInstallMessageHandler(self._messages)
        self._hooks.remove()
        self.watch.outcome = f"played {time.monotonic() - self._since:.0f} s"

    # -- what it does ----------------------------------------------------------------------------

    def _click(self, stage: QWidget) -> None:
        widget = self._any_control(stage)
        if widget is None:
            return
        spot = self._spot(widget)
        button = Qt.MouseButton.LeftButton
        if self._chance.random() < 0.06:
            button = Qt.MouseButton.RightButton
        self._note(f"click {button.name}", widget)
        if self._chance.random() < 0.05:
            QTest.mouseDClick(widget, button, pos=spot)
        else:
            QTest.mouseClick(widget, button, pos=spot)

    def _press(self, stage: QWidget) -> None:
        focused = QApplication.focusWidget()
        target = focused if focused is not None and focused.window() is stage else stage
        if target.objectName() in SHUNNED:
            target = stage
        keys = QKeySequence(self._chance.choice(KEYS))
        self._note(f"key {keys.toString()}", target)
        QTest.keySequence(target, keys)

    def _wheel(self, stage: QWidget) -> None:
        widget = self._any_control(stage)
        if widget is not None:
            self._note("wheel", widget)
            spot = widget.mapTo(widget.window(), self._spot(widget))
            handle = widget.window().windowHandle()
            if handle is not None:
                QTest.wheelEvent(handle, spot, QPoint(0, self._chance.choice((-240, 120))))

    def _drag(self, stage: QWidget) -> None:
        widget = self._any_control(stage)
        if widget is None:
            return
        self._note("drag", widget)
        QTest.mousePress(widget, Qt.MouseButton.LeftButton, pos=self._spot(widget))
        for _ in range(3):
            self._heart.beat()  # each movement of a hand is an event of its own
            QTest.mouseMove(widget, self._spot(widget))
        self._heart.beat()
        QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=self._spot(widget))

    def _resize(self, _stage: QWidget) -> None:
        size = self._chance.choice(((1024, 700), (1280, 800), (1600, 1000)))
        self._note(f"resize {size}", self._window)
        self._window.resize(*size)

    # -- where -----------------------------------------------------------------------------------

    def _any_control(self, stage: QWidget) -> QWidget | None:
        """Something that can be seen and pressed: what lies at some place, or one of the buttons.

        Searching takes time of the window's thread that is not the app's: it is not counted.
        """
        found = None
        if not isinstance(stage, QFileDialog):  # files of the machine are none of its business
            if self._chance.random() < 0.5:
                buttons = stage.findChildren(QAbstractButton)
                found = self._chance.choice(buttons) if buttons else None
            else:
                found = stage.childAt(
                    self._chance.randrange(max(1, stage.width())),
                    self._chance.randrange(max(1, stage.height())),
                )
        else:
            self._note("escape", stage)
            QTest.keyClick(stage, Qt.Key.Key_Escape)
        if found is None or not found.isEnabled() or found.objectName() in SHUNNED:
            return None
        seen = found.isVisible() and not found.visibleRegion().isEmpty()
        self._heart.forgive()
        return found if seen else None

    def _spot(self, widget: QWidget) -> QPoint:
        area: QRect = widget.visibleRegion().boundingRect()
        x = self._chance.randint(area.left(), max(area.left(), area.right()))
        y = self._chance.randint(area.top(), max(area.top(), area.bottom()))
        return QPoint(x, y)

    def _note(self, what: str, widget: QWidget) -> None:
        name = widget.objectName() or type(widget).__name__
        self.watch.note(f"{what} on {name} ({self._window.current_key})", name)

    # -- what must not happen ----------------------------------------------------------------------

    @Slot(object)
    def _on_error(self, error: StudioError) -> None:
        if isinstance(error, UnexpectedError):
            self.watch.fail(error.report)

    @Slot(object)
    def _on_job_finished(self, job: Job) -> None:
        if isinstance(job.error, UnexpectedError):
            self.watch.fail(f"{job.title}: {job.error.report}")

    def _on_message(self, kind: QtMsgType, _context: object, text: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and not any(each in text for each in QUIET):
            self.watch.fail(f"Qt says: {text}")

    @Slot(QUrl)
    def no_url(self, _url: QUrl) -> None:
        """Files are not opened in other programs."""
