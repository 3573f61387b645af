"""How long a switch of the theme takes in a window of which every page was shown.

``python -m tests.benchmarks.bench_theme PROJECT.effnet`` opens a copy of a project, shows all
pages, and switches between the themes. Times are those of the window's thread, painting included,
so that other work on the computer counts less.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QWidget

from effnet_studio.app import make_window
from effnet_studio.gui.colors import THEMES
from effnet_studio.gui.main_window import MainWindow
from effnet_studio.gui.page_stack import ASIDES, PAGES
from effnet_studio.gui.settings import Settings

_SETTLING = 1.5
"""Seconds in which a page reads what it shows."""


def main(project: Path) -> None:
    """Print the times of each page."""
    app = QApplication([])
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        os.environ["EFFNET_STUDIO_DATA"] = os.environ["EFFNET_STUDIO_CACHE"] = str(home)
        window = make_window(app, Settings(home / "window.ini"))
        window.show()
        window.session.open_project(shutil.copytree(project, home / project.name))
        _let_work(app)
        keys = [page.key for page in (*PAGES, *ASIDES)]
        for key in keys:
            window.show_page(key)
            _let_work(app)
        print(f"{len(window.findChildren(QWidget))} widgets")
        for key in keys:
            window.show_page(key)
            _let_work(app)
            times = [_switch(app, window, mode) for _ in range(3) for mode in THEMES]
            print(f"{key:10} median {statistics.median(times):.0f} ms, worst {max(times):.0f} ms")
        window.session.jobs.shutdown()
        window.close()
        _let_work(app)


def _switch(app: QApplication, window: MainWindow, mode: str) -> float:
    start = time.thread_time()
    window.theme.set_mode(mode)
    app.processEvents()
    return 1000 * (time.thread_time() - start)


def _let_work(app: QApplication) -> None:
    end = time.monotonic() + _SETTLING
    while time.monotonic() < end:
        app.processEvents()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
