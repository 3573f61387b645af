"""How quick the window feels: its first appearance, and a switch from page to page.

``python -m tests.benchmarks.bench_feel [PROJECT.effnet] [--times 7]`` starts the app anew several
times, as a user does, until its window is painted; then opens a copy of the project (by default the
gallery's sample), shows every page, and goes through all pages several times. A switch ends when
the page is painted and no event waits.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from effnet_studio.app import make_window
from effnet_studio.gui.main_window import MainWindow
from effnet_studio.gui.page_stack import ASIDES, PAGES
from effnet_studio.gui.settings import Settings
from tests.gallery.material import Material, copy_of, default_cache

SETTLING = 1.5
"""Seconds in which a page reads what it shows."""
_START = """
import sys, time
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from effnet_studio import app
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and watched.objectName() == "main_window":
            heavy = [m for m in ("torch", "torchvision", "pyqtgraph") if m in sys.modules]
            print(time.time(), ",".join(heavy) or "-", flush=True)
            import os; os._exit(0)
        return False
made = app.make_window
def make(application, settings):
    window = made(application, settings)
    window.installEventFilter(watch)
    return window
watch = Watch()
app.make_window = make
sys.argv = ["effnet-studio", "gui"]
from effnet_studio.cli.main import main
main()
"""
"""The command a user types, which tells when its window is painted, and ends."""


def main() -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("project", type=Path, nargs="?")
    parser.add_argument("--times", type=int, default=7)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="feel-") as name:
        home = Path(name)
        os.environ["EFFNET_STUDIO_DATA"] = os.environ["EFFNET_STUDIO_CACHE"] = str(home)
        starts = [_start() for _ in range(options.times)]
        print(
            f"first window: median {statistics.median(starts):.2f} s, best {min(starts):.2f} s, "
            f"worst {max(starts):.2f} s"
        )
        project = options.project or Material(default_cache()).trained
        with copy_of(project, home) as copy:
            _switches(copy, home, options.times)


def _start() -> float:
    """Seconds from the command to the painted window; PyTorch and the plots come later."""
    begun = time.time()
    done = subprocess.run(
        [sys.executable, "-c", _START], capture_output=True, text=True, check=True, timeout=120
    )
    painted, heavy = done.stdout.split()[-2:]
    if heavy != "-":
        raise SystemExit(f"imported before the window appeared: {heavy}")
    return float(painted) - begun


def _switches(project: Path, home: Path, times: int) -> None:
    app = QApplication([])
    window = make_window(app, Settings(home / "window.ini"))
    window.resize(1280, 800)
    window.show()
    window.session.open_project(project)
    keys = [page.key for page in (*PAGES, *ASIDES)]
    let_work(app)
    for key in keys:
        window.show_page(key)
        let_work(app)
    found = {key: [] for key in keys}
    for _ in range(times):
        for key in keys:
            found[key].append(switch(app, window, key))
    for key, each in found.items():
        wall, own = (statistics.median(times) for times in zip(*each, strict=True))
        print(f"{key:10} {wall:5.0f} ms (its own work {own:.0f} ms)")
    window.session.jobs.shutdown()
    window.close()
    let_work(app)


def switch(app: QApplication, window: MainWindow, key: str) -> tuple[float, float]:
    """Milliseconds until another page is painted, and those of the window's own work."""
    wall, own = time.perf_counter(), time.thread_time()
    window.show_page(key)
    app.processEvents()
    window.repaint()
    spent = 1000 * (time.perf_counter() - wall), 1000 * (time.thread_time() - own)
    for _ in range(20):
        app.processEvents()
        time.sleep(0.005)
    return spent


def let_work(app: QApplication, seconds: float = SETTLING) -> None:
    """Let a window answer for a while."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        app.processEvents()
        time.sleep(0.002)


if __name__ == "__main__":
    main()
