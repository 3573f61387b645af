"""What every test of the window gets: an offscreen screen and nothing left behind."""

from __future__ import annotations

import gc
import os
import shutil
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from effnet_studio.engine.models.network import MIRROR_VARIABLE, PROXY_VARIABLE
from effnet_studio.gui import network, turns
from effnet_studio.gui.i18n import install_language
from effnet_studio.gui.jobs import JobRunner
from effnet_studio.gui.main_window import MainWindow
from effnet_studio.gui.session import Session
from effnet_studio.gui.settings import Settings
from effnet_studio.gui.theme import ThemeManager
from tests.gui.announcements import Listener

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let pass what the offscreen screen says of every window with a least size."""
    mark = pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True)
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(mark)


@pytest.fixture(scope="session")
def _theme_of_all(qapp: QApplication) -> ThemeManager:
    """Style sheets are parsed once, not once a test."""
    return ThemeManager(qapp, "light")


_MANY_MODULES = 50
"""So many new ones are worth not being looked at again."""
_modules_seen = 0


def _collect() -> None:
    """Free what the test left in cycles; what was imported meanwhile is not looked at again.

    A collection walks everything alive: torch's objects alone would cost each test 0.2 s.
    """
    global _modules_seen  # noqa: PLW0603 - the collector is the whole process's too
    gc.collect()
    if len(sys.modules) > _modules_seen + _MANY_MODULES:
        _modules_seen = len(sys.modules)
        gc.freeze()


def _take_turns() -> None:
    """Let all have its turn that waits for one of its own; what always waits again is left."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        waiting = turns._dispatcher
        if waiting is None or not isValid(waiting) or not waiting._timer.isActive():
            return
        QCoreApplication.processEvents()


@pytest.fixture(autouse=True)
def nothing_left_behind(qapp: QApplication) -> Iterator[None]:
    """Fail the test that leaves a top-level widget or a running timer."""
    yield
    _collect()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.processEvents()
    left = [widget for widget in qapp.topLevelWidgets() if widget.isVisible()]
    _take_turns()
    timers = [timer for timer in qapp.findChildren(QTimer) if timer.isActive()]
    for widget in left:
        widget.close()
        widget.deleteLater()
    assert not left, f"windows left open: {left}"
    assert not timers, f"timers left running: {timers}"


@pytest.fixture(autouse=True)
def no_estimates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is tried out while a test shows the Train page; tests of that switch it on."""
    monkeypatch.setattr("effnet_studio.gui.training_estimator.DELAY_MS", 10**8)


@pytest.fixture
def theme(_theme_of_all: ThemeManager) -> Iterator[ThemeManager]:
    """The theme manager, light at the start of each test."""
    _theme_of_all.set_mode("light")
    _theme_of_all.follow_language()  # a test may have ended in another, without a window
    yield _theme_of_all
    _theme_of_all.set_mode("light")


@pytest.fixture
def english(qapp: QApplication) -> Iterator[None]:
    """English before and after the test."""
    install_language(qapp, "en")
    yield
    install_language(qapp, "en")


@pytest.fixture
def settings(isolated_home: Path) -> Iterator[Settings]:
    """Settings in a file of this test."""
    settings = Settings(isolated_home / "window.ini")
    yield settings
    settings.wait_until_written()


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Listener:
    """What screen readers are told."""
    listener = Listener()
    monkeypatch.setattr("effnet_studio.gui.announcer.QAccessible", listener)
    return listener


@pytest.fixture
def network_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    """The variables on the network are unset, and so again afterwards whatever a test does."""
    for variable in (PROXY_VARIABLE, MIRROR_VARIABLE):
        monkeypatch.setenv(variable, "")
        monkeypatch.delenv(variable)
    monkeypatch.setattr(network, "_placed", {})


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[JobRunner]:
    """A job runner that has nothing running when the test ends."""
    runner = JobRunner()
    yield runner
    runner.shutdown()
    deadline = time.monotonic() + 5
    while runner.jobs and time.monotonic() < deadline:  # each ends in a turn of its own
        QCoreApplication.processEvents()
    assert runner.jobs == []


@pytest.fixture
def session(runner: JobRunner) -> Iterator[Session]:
    """A session without a project."""
    session = Session(runner)
    yield session
    runner.shutdown()
    QCoreApplication.processEvents()
    session.close_project()


@pytest.fixture
def window(
    qtbot: QtBot, session: Session, settings: Settings, theme: ThemeManager, english: None
) -> MainWindow:
    """The whole window, not shown."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    window = MainWindow(app, session, settings, theme)
    qtbot.addWidget(window)
    return window


@pytest.fixture
def make_photos(tmp_path: Path) -> Callable[..., Path]:
    """Makes folders of small JPEG files: ``make_photos(bee=4, ant=3)``."""

    def make(name: str = "photos", **classes: int) -> Path:
        random = np.random.default_rng(0)
        for label, (kind, count) in enumerate(classes.items()):
            folder = tmp_path / name / kind
            folder.mkdir(parents=True)
            for number in range(count):
                pixels = random.integers(0, 80, (48, 64, 3), dtype=np.uint8)
                pixels[..., label % 3] += 120
                Image.fromarray(pixels).save(folder / f"{kind}_{number}.jpg")
        return tmp_path / name

    return make


@pytest.fixture(scope="session")
def _trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with 18 pictures in three colours and one run of a random network."""
    import torch

    from effnet_studio.engine.data.importer import import_folder
    from effnet_studio.engine.project import Project
    from tests.random_run import write_run

    torch.set_num_threads(1)  # for networks this small more cost more than they bring
    folder = tmp_path_factory.mktemp("trained")
    random = np.random.default_rng(3)
    for channel, name in enumerate(("red", "green", "blue")):
        (folder / "pictures" / name).mkdir(parents=True)
        for number in range(6):
            pixels = random.integers(0, 120, (48 + number, 60, 3))
            pixels[..., channel] += random.integers(60, 135)
            file = folder / "pictures" / name / f"{name}-{number}.jpg"
            Image.fromarray(pixels.astype(np.uint8)).save(file)
    with Project.create(folder / "p.effnet", name="Colours") as project:
        import_folder(project, folder / "pictures", val=0.5)
        write_run(project, ("blue", "green", "red"), size=32)
    # What was imported stays; to walk it after each test took most of the time of many.
    gc.collect()
    gc.freeze()
    return folder / "p.effnet"


@pytest.fixture
def trained(_trained: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of a trained project for one test; the pictures are shared and not to be changed."""
    pictures = _trained.parent / "pictures"
    before = _contents(pictures)
    yield shutil.copytree(_trained, tmp_path / "p.effnet")
    assert _contents(pictures) == before, "the test changed the pictures of all tests"


def _contents(folder: Path) -> dict[Path, bytes]:
    return {file: file.read_bytes() for file in folder.glob("*/*")}


@pytest.fixture
def opened(qtbot: QtBot, session: Session, trained: Path) -> Session:
    """The session with the trained project open."""
    with qtbot.waitSignal(session.project_changed, timeout=20_000):
        session.open_project(trained)
    return session
