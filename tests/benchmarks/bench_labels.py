"""What it saves that labels remember their heights: pages shown for the first time, and resized.

``python -m tests.benchmarks.bench_labels [PROJECT.effnet] [--times 3]`` opens a copy of the project
(by default the gallery's sample) in new processes, in turns with labels that remember and with such
that ask Qt each time, and prints the processor time of the window's thread.
"""

from __future__ import annotations

import argparse
import json
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
from effnet_studio.gui.widgets.label import Label
from tests.benchmarks.bench_feel import let_work, switch
from tests.gallery.material import Material, copy_of, default_cache

KEYS = [page.key for page in (*PAGES, *ASIDES)]


def main() -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("project", type=Path, nargs="?")
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--one", choices=("remember", "ask"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    project = options.project or Material(default_cache()).trained
    if options.one:
        print(json.dumps(_measured(project, ask=options.one == "ask")))
        return
    found: dict[str, list[dict[str, list[float]]]] = {"ask": [], "remember": []}
    for _ in range(options.times):
        for way, each in found.items():
            command = [sys.executable, "-m", __spec__.name, str(project), "--one", way]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            each.append(json.loads(done.stdout.splitlines()[-1]))
    print(f"{'':10}{'first shown':>28}{'resized':>28}")
    for key in KEYS:
        line = f"{key:10}"
        for place in range(2):
            asked, known = (
                statistics.median(times[key][place] for times in found[way])
                for way in ("ask", "remember")
            )
            line += f"{asked:8.0f} -> {known:3.0f} ms ({asked / known:3.1f} x)"
        print(line)


def _measured(project: Path, *, ask: bool) -> dict[str, list[float]]:
    """Milliseconds of each page: shown for the first time, and made narrower."""
    if ask:
        del Label.heightForWidth  # Qt's own is left
    with tempfile.TemporaryDirectory(prefix="labels-") as name:
        home = Path(name)
        os.environ["EFFNET_STUDIO_DATA"] = os.environ["EFFNET_STUDIO_CACHE"] = str(home)
        with copy_of(project, home) as copy:
            app = QApplication([])
            window = make_window(app, Settings(home / "window.ini"))
            window.show()
            window.session.open_project(copy)
            window.stack.warm_up()
            while set(window.stack.made_pages()) != set(KEYS):
                let_work(app, 0.1)
            times = {key: [_shown(app, window, key), _resized(app, window)] for key in KEYS}
            window.session.jobs.shutdown()
            window.close()
            let_work(app, 0.5)
            return times


def _shown(app: QApplication, window: MainWindow, key: str) -> float:
    window.resize(1280, 800)
    let_work(app)
    _, own = switch(app, window, key)
    let_work(app)
    return own


def _resized(app: QApplication, window: MainWindow) -> float:
    begun = time.thread_time()
    window.resize(1180, 780)
    app.processEvents()
    window.repaint()
    return 1000 * (time.thread_time() - begun)


if __name__ == "__main__":
    main()
