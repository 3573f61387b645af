"""How soon a dropped image is answered on screen, and how late the window is while many come in.

Opens the Predict page with an EfficientNet-B0 (random weights take as long as trained ones)::

    python -m tests.benchmarks.bench_drop FOLDER [--drops 40] [--many 10000]

The many are judged at 32 pixels, so that answers come faster than any processor gives real ones.
Libraries are loaded and threads take turns as in the app. Of late beats it is said how much was the
window's own work, and (on Linux) how long it waited for a processor that others had.
Run it under a real or virtual display, or with ``QT_QPA_PLATFORM=offscreen``.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication

from effnet_studio.engine.data.importer import import_folder
from effnet_studio.engine.images import IMAGE_SUFFIXES
from effnet_studio.engine.project import Project
from effnet_studio.gui.jobs import JobRunner
from effnet_studio.gui.models.results import Order
from effnet_studio.gui.pages.predict import PredictPage
from effnet_studio.gui.precedence import go_first
from effnet_studio.gui.preload import load_heavy_modules
from effnet_studio.gui.session import Session
from effnet_studio.gui.theme import ThemeManager
from tests.random_run import write_run

PATIENCE = 600
"""Seconds after which something that does not come is given up."""


class Heart(QObject):
    """Beats every 5 ms and notes how late each beat comes.

    Attributes:
        gaps: Milliseconds between two beats.
        work: Milliseconds of processor time the window's thread took between them.
        waits: Milliseconds it could have worked and had no processor.
    """

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self.work: list[float] = []
        self.waits: list[float] = []
        self._last = _clocks()
        self._timer = QTimer(self, interval=5)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    @Slot()
    def _beat(self) -> None:
        now = _clocks()
        for values, after, before in zip(
            (self.gaps, self.work, self.waits), now, self._last, strict=True
        ):
            values.append(1000 * (after - before))
        self._last = now

    def stop(self) -> None:
        """Beat no more."""
        self._timer.stop()


def _clocks() -> tuple[float, float, float]:
    """Seconds: of the clock, of this thread's work, and of its waiting for a processor."""
    waited = 0.0
    with contextlib.suppress(OSError):
        # The second number is nanoseconds in the run queue (Linux, sched-stats.rst).
        text = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat").read_text("ascii")
        waited = int(text.split()[1]) / 1e9
    return time.perf_counter(), time.thread_time(), waited


def wait_for(condition: Callable[[], bool]) -> None:
    """Let the window live until something is so."""
    end = time.monotonic() + PATIENCE
    while not condition():
        QApplication.processEvents()
        time.sleep(0.0005)
        if time.monotonic() > end:
            raise TimeoutError


def time_drops(page: PredictPage, files: list[Path], drops: int) -> list[float]:
    """Drop images one by one.

    Returns:
        Milliseconds from each drop to the moment its answer has been drawn.
    """
    times = []
    for file in itertools.islice(itertools.cycle(files), drops):
        page.clear()
        wait_for(lambda: page._panel.item is None)
        began = time.perf_counter()
        page.drop_files([file])
        wait_for(lambda: page._panel.item is not None)
        page.repaint()
        times.append(1000 * (time.perf_counter() - began))
        wait_for(lambda: page._panel.picture() is not None and not page._finder.opening)
    return times


def time_many(page: PredictPage, files: list[Path], many: int, order: Order) -> Heart:
    """Drop many images, sorted as they come.

    Returns:
        The beats of a timer of 5 ms.
    """
    page.clear()
    wait_for(lambda: not page._judge.busy)
    page._list.bar.set_order(order)
    heart = Heart()
    began = time.perf_counter()
    page.drop_files(list(itertools.islice(itertools.cycle(files), many)))
    wait_for(lambda: bool(page._judge.items))
    first = time.perf_counter() - began
    wait_for(lambda: page._judge.settled)
    heart.stop()
    seconds = time.perf_counter() - began
    print(f"first answers after {1000 * first:.0f} ms, {many / seconds:.0f} images/s")
    return heart


def tell(title: str, values: list[float]) -> None:
    """Print what matters of some times."""
    median, late, latest = np.percentile(values, (50, 95, 100))
    print(f"{title}: median {median:.1f} ms, 95 % within {late:.1f} ms, longest {latest:.1f} ms")


def open_page(session: Session, project: Path, theme: ThemeManager) -> PredictPage:
    """The page with its newest model ready."""
    session.open_project(project)
    wait_for(lambda: session.run is not None)
    page = PredictPage(session, theme)
    page.resize(1084, 740)
    page.show()
    wait_for(lambda: page._judge._ready)
    return page


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--drops", type=int, default=40)
    parser.add_argument("--many", type=int, default=10_000)
    arguments = parser.parse_args()
    found = sorted(arguments.folder.rglob("*"))
    files = [path for path in found if path.suffix.lower() in IMAGE_SUFFIXES]
    app = QApplication([])
    theme = ThemeManager(app, "light")
    go_first()
    with tempfile.TemporaryDirectory() as place:
        for size in (224, 32):
            folder = Path(place) / f"{size}.effnet"
            with Project.create(folder) as project:
                import_folder(project, arguments.folder)
                classes = tuple(f"class {number}" for number in range(1000 if size == 32 else 5))
                write_run(project, classes, "efficientnet_b0", size=size)
            session = Session(JobRunner(prepare=load_heavy_modules))
            page = open_page(session, folder, theme)
            if size == 224:
                tell("drop to answer", time_drops(page, files, arguments.drops))
            else:
                for order in (Order.GIVEN, Order.UNSURE):
                    heart = time_many(page, files, arguments.many, order)
                    tell(f"beats, {order}", heart.gaps)
                    tell("  of it work", heart.work)
                    tell("  of it waiting for a processor", heart.waits)
            page.hide()
            session.jobs.shutdown()
            QApplication.processEvents()
            session.close_project()
            page.deleteLater()
    return 0


if __name__ == "__main__":
    sys.exit(main())
