"""The start of the window: quick, without torch, and calm while torch is loaded."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import threading
import time
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from effnet_studio.gui import preload
from effnet_studio.gui.failures import ExceptionHooks
from effnet_studio.gui.preload import hold_heavy_modules, load_heavy_modules

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from effnet_studio.gui.session import Session

START = """
import json, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from effnet_studio import app as studio

def look():
    window = next(w for w in QApplication.topLevelWidgets() if w.objectName() == "main_window")
    heavy = [m for m in ("torch", "torchvision", "pyqtgraph", "onnxruntime") if m in sys.modules]
    print(json.dumps({"visible": window.isVisible(), "heavy": heavy}))
    window.close()

QTimer.singleShot(0, look)
raise SystemExit(studio.run([]))
"""

GAPS = """
import json, sys, time
from PySide6.QtCore import QTimer, Qt
from PySide6.QtWidgets import QApplication
from effnet_studio.gui.jobs import JobRunner
from effnet_studio.gui.preload import load_heavy_modules

app = QApplication([])
last, gaps = time.perf_counter(), []
def tick():
    global last
    now = time.perf_counter()
    gaps.append(now - last)
    last = now
timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=5)
timer.timeout.connect(tick)
timer.start()
runner = JobRunner(prepare=load_heavy_modules)
runner.job_finished.connect(app.quit)
QTimer.singleShot(200, runner.prepare_early)
app.exec()
gaps.sort()
p99 = gaps[int(len(gaps) * 0.99)]
print(json.dumps({"max": gaps[-1], "p99": p99, "torch": "torch" in sys.modules}))
"""

LATE_LIBRARIES = """
import json, sys, tempfile
from pathlib import Path
import numpy as np
from PIL import Image
from PySide6.QtGui import QIcon, QImage
from PySide6.QtWidgets import QApplication
from effnet_studio.app import make_window
from effnet_studio.gui.settings import Settings
from effnet_studio.gui.preload import load_light_modules

def plugins():
    lines = Path("/proc/self/maps").read_text().splitlines()
    return {line.split("/")[-1] for line in lines if "/plugins/" in line}

def extensions():
    found = list(sys.modules.values())
    return {each.__name__ for each in found if str(getattr(each, "__file__", "")).endswith(".so")}

with tempfile.TemporaryDirectory() as name:
    app = QApplication([])
    window = make_window(app, Settings(Path(name) / "w.ini"))
    load_light_modules()
    from effnet_studio.engine.images import load_image
    from effnet_studio.gui.models.thumbnails import _load
    from effnet_studio.gui.icons import icon_path
    photo = Path(name) / "photo.jpg"
    Image.fromarray(np.zeros((50, 60, 3), np.uint8)).save(photo)
    before = plugins(), extensions()
    _load(lambda: load_image(photo), (20, 20), 4)
    QIcon(str(icon_path("check"))).pixmap(16, 16)
    QImage(str(photo))
    import effnet_studio.engine.evaluation.kept_answers
    after = plugins(), extensions()
    print(json.dumps({
        "late": [sorted(b - a) for a, b in zip(before, after)],
        "svg": any("svgicon" in name for name in before[0]),
    }))
"""


def run(script: str, timeout: float = 120) -> dict[str, object]:
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        timeout=timeout,
        cwd=root,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_that_the_window_is_there_before_anything_heavy_is_imported() -> None:
    assert run(START) == {"visible": True, "heavy": []}


def test_that_loading_torch_leaves_the_collector_as_it_was() -> None:
    load_heavy_modules()
    assert "torch" in sys.modules
    assert gc.isenabled()


def test_that_torch_is_loaded_only_when_what_the_window_shows_first_is_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done: list[object] = []
    monkeypatch.setattr(preload, "_MODULES", ("not_there_yet",))
    monkeypatch.setattr(preload, "_load_modules", lambda: done.append("loaded"))
    clock = SimpleNamespace(monotonic=time.monotonic, sleep=done.append)  # of this module only
    monkeypatch.setattr(preload, "time", clock)
    monkeypatch.setattr(preload, "_not_before", 0.0)
    load_heavy_modules()
    hold_heavy_modules()
    load_heavy_modules()
    waited = done.pop(2)
    assert done == [0.0, "loaded", "loaded"]
    assert 0.5 < waited <= 1.0


def test_that_a_project_that_opens_holds_what_would_be_loaded(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, session: Session, tmp_path: Path
) -> None:
    told: list[str] = []
    hold = partial(told.append, "hold")
    monkeypatch.setattr("effnet_studio.gui.session.hold_heavy_modules", hold)
    session.project_changed.connect(lambda _project: told.append("opened"))
    with qtbot.waitSignal(session.project_changed):
        session.create_project(tmp_path / "p", "P")
    assert told[:2] == ["hold", "opened"]


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_that_pictures_icons_and_kept_answers_open_no_library_while_torchs_are_opened() -> None:
    """The system opens one at a time: the window would stand still until torch's are open."""
    assert run(LATE_LIBRARIES) == {"late": [[], []], "svg": True}


@pytest.mark.benchmark
def test_that_the_window_answers_while_torch_is_loaded() -> None:
    answer = run(GAPS)
    print(answer)
    assert answer["torch"]
    assert answer["max"] <= 0.1


def test_that_what_nobody_caught_is_shown_from_every_thread(qtbot, monkeypatch) -> None:
    monkeypatch.setattr(sys, "excepthook", lambda *_: None)
    monkeypatch.setattr(threading, "excepthook", lambda *_: None)
    hooks = ExceptionHooks()
    hooks.install()
    try:
        with qtbot.waitSignal(hooks.caught) as heard:
            thread = threading.Thread(target=lambda: 1 / 0)
            thread.start()
            thread.join()
        assert "ZeroDivisionError" in str(heard.args[0])
        with qtbot.waitSignal(hooks.caught) as heard:
            sys.excepthook(ValueError, ValueError("odd"), None)
        assert "odd" in str(heard.args[0])
    finally:
        hooks.remove()
