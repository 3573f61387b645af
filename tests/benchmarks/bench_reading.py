"""How smooth the window is, and how much memory it takes, while very many files are read.

Opens the real window with a small project, adds a folder of generated files to it, and scrolls the
browser all the while::

    python -m tests.benchmarks.bench_reading --data FOLDER [--count 1000000]

Run it under a real or virtual display, or with ``QT_QPA_PLATFORM=offscreen``.
"""

from __future__ import annotations

import argparse
import multiprocessing
import tempfile
import time
from pathlib import Path

import numpy as np
from PySide6.QtWidgets import QApplication

from effnet_studio.app import make_window
from effnet_studio.engine.data.importer import ImportOptions
from effnet_studio.gui.main_window import MainWindow
from effnet_studio.gui.settings import Settings
from tests.benchmarks.bench_browser import frame, report
from tests.benchmarks.bench_scan import make_folder, peak_memory

PACE = 1 / 60
"""Seconds from one frame to the next."""


def wait_for_import(app: QApplication, window: MainWindow) -> None:
    """Let the window work until nothing is being read any more."""
    while window.session.import_job is not None or window.session.dataset is None:
        app.processEvents()
        time.sleep(0.01)


def scroll_meanwhile(app: QApplication, window: MainWindow) -> list[float]:
    """Scroll up and down until everything is read; milliseconds of each frame."""
    bar = window.page("data").images.browser.grid.verticalScrollBar()
    times: list[float] = []
    step = 40
    while window.session.import_job is not None:
        began = time.perf_counter()
        if not 0 <= bar.value() + step <= bar.maximum():
            step = -step
        place = bar.value() + step
        times.append(frame(app, lambda place=place: bar.setValue(place)))
        time.sleep(max(0.0, PACE - (time.perf_counter() - began)))
    return times


def main() -> None:
    """Import a little, then very much."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of class folders")
    parser.add_argument("--count", type=int, default=1_000_000)
    given = parser.parse_args()
    app = QApplication([])
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as name:
        root = Path(name)
        photos = sorted(given.data.rglob("*.jpg"))[:400]
        many = make_folder(photos, root, given.count)
        window = make_window(app, Settings(root / "settings.ini"))
        window.show()
        window.session.create_project(root / "B.effnet")
        while window.session.project is None:
            app.processEvents()
        window.show_page("data")
        window.session.import_folder(given.data)
        wait_for_import(app, window)
        began = time.perf_counter()
        window.session.import_folder(many, ImportOptions(mode="add"))
        times = scroll_meanwhile(app, window)
        passed = time.perf_counter() - began
        workers = [peak_memory(child.pid) for child in multiprocessing.active_children()]
        print(f"{given.count:,} files read in {passed:.0f} s ({given.count / passed:,.0f}/s)")
        report("scrolled meanwhile", times)
        print(f"frames over 50 ms: {np.mean(np.array(times) > 50):.3%}")
        print(f"the window's process: at most {peak_memory(None):,.0f} MiB; workers {workers}")
        report("to show all", [frame(app, lambda: None) for _ in range(100)])
        window.session.jobs.shutdown()
        window.close()


if __name__ == "__main__":
    main()
