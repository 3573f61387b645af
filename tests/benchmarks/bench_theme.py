"""How long a switch of the theme takes in a window of which every page was shown.

``python -m tests.benchmarks.bench_theme PROJECT.effnet`` opens a copy of a project, shows all
pages, and switches between the themes. It prints how long the window's thread works until the page
shown has the new look and is painted, and the longest time without a look at clicks and keys, also
while the hidden pages follow. Times are those of that thread, so that other work on the computer
counts less.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QWidget

from effnet_studio.app import make_window
from effnet_studio.gui.colors import THEMES
from effnet_studio.gui.main_window import MainWindow
from effnet_studio.gui.page_stack import ASIDES, PAGES
from effnet_studio.gui.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

_SETTLING = 1.5
"""Seconds in which a page reads what it shows, and hidden pages follow a switch."""

_SEEN = 4
"""Turns after which the page shown was painted."""


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
            turns = [_switch(app, window, mode) for _ in range(3) for mode in THEMES]
            times = [sum(each[:_SEEN]) for each in turns]
            print(
                f"{key:10} median {statistics.median(times):4.0f} ms, worst {max(times):4.0f} ms; "
                f"longest block: median {statistics.median(map(max, turns)):3.0f} ms, "
                f"worst {max(map(max, turns)):3.0f} ms"
            )
        window.session.jobs.shutdown()
        window.close()
        _let_work(app)


def _switch(app: QApplication, window: MainWindow, mode: str) -> list[float]:
    """Switch; gives the time of the call, and of each turn of the event loop after it."""
    turns = [_time(partial(window.theme.set_mode, mode))]
    end = time.monotonic() + _SETTLING
    while time.monotonic() < end:
        turns.append(_time(app.processEvents))
    return turns


def _time(work: Callable[[], object]) -> float:
    start = time.thread_time()
    work()
    return 1000 * (time.thread_time() - start)


def _let_work(app: QApplication) -> None:
    end = time.monotonic() + _SETTLING
    while time.monotonic() < end:
        app.processEvents()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
