"""How long the image browser takes for a frame, with a million pictures.

Shows the real browser over an index of made-up rows whose thumbnails are real, scrolls it by
wheel, by pages and by the bar, filters and sorts, and notes how long each paint and each answer
takes::

    python -m tests.benchmarks.bench_browser --data FOLDER [--count 1000000]

Run it under a real or virtual display, or with ``QT_QPA_PLATFORM=offscreen``.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtWidgets import QApplication

from effnet_studio.engine.data.importer import import_folder
from effnet_studio.engine.data.index import Index
from effnet_studio.engine.data.store import load_index
from effnet_studio.engine.project import Project
from effnet_studio.gui.colors import ThemeMode
from effnet_studio.gui.jobs import JobRunner
from effnet_studio.gui.models.browsing import Order, Wishes, resolve
from effnet_studio.gui.session import Session
from effnet_studio.gui.theme import ThemeManager
from effnet_studio.gui.widgets.data.image_browser import ImageBrowser

if TYPE_CHECKING:
    from collections.abc import Callable


SETTLED = 4.0
"""Seconds without a change after which everything has its place."""


def repeated(index: Index, count: int) -> Index:
    """The same pictures again and again, under numbers of their own."""
    rows = np.arange(count) % len(index)
    columns = {
        name: getattr(index, name)[rows]
        for name in (
            *("sources", "classes", "splits", "excluded", "widths", "heights", "bytes"),
            *("mtimes_ns", "brightness", "contrast", "sharpness", "saturation"),
            *("duplicates", "bursts"),
        )
    }
    paths = [index.paths[row] for row in rows.tolist()]
    return Index(index.class_names, index.roots, paths, ids=np.arange(count), **columns)


def frame(app: QApplication, act: Callable[[], object]) -> float:
    """Milliseconds until something done is on the screen."""
    began = time.perf_counter()
    act()
    app.processEvents()
    return 1000 * (time.perf_counter() - began)


def report(name: str, times: list[float]) -> None:
    """Print what frames took."""
    values = np.array(times)
    print(
        f"{name:24} {len(values):5} frames, median {np.median(values):6.1f} ms, "
        f"p99 {np.percentile(values, 99):6.1f} ms, longest {values.max():6.1f} ms",
        flush=True,
    )


def lay_out(app: QApplication, browser: ImageBrowser) -> None:
    """Wait until all rows have their place; the view does that in small steps."""
    bar = browser.grid.verticalScrollBar()
    began = changed = time.perf_counter()
    times: list[float] = []
    while time.perf_counter() - changed < SETTLED:
        before = bar.maximum()
        times.append(frame(app, lambda: None))
        if bar.maximum() != before:
            changed = time.perf_counter()
    report("while laid out", times)
    print(f"laid out after {changed - began:.1f} s")


def scroll(app: QApplication, browser: ImageBrowser) -> None:
    """Scroll as people do; thumbnails arrive meanwhile."""
    bar = browser.grid.verticalScrollBar()
    rng = np.random.default_rng(0)
    report("by the wheel", [frame(app, lambda: bar.setValue(bar.value() + 60)) for _ in range(600)])
    step = browser.grid.viewport().height()
    report("by pages", [frame(app, lambda: bar.setValue(bar.value() + step)) for _ in range(300)])
    places = rng.integers(bar.maximum() + 1, size=300).tolist()
    report("by the bar", [frame(app, lambda place=place: bar.setValue(place)) for place in places])


def main() -> None:
    """Scroll, filter, sort."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of class folders")
    parser.add_argument("--count", type=int, default=1_000_000)
    given = parser.parse_args()
    app = QApplication([])
    theme = ThemeManager(app, ThemeMode.LIGHT)
    runner = JobRunner(app)
    session = Session(runner, app)
    with tempfile.TemporaryDirectory() as name, Project.create(Path(name) / "B.effnet") as project:
        import_folder(project, given.data)
        index = repeated(load_index(project), given.count)
        browser = ImageBrowser(session, theme)
        theme.add_window(browser)
        browser.resize(1000, 700)
        browser.show()
        print(f"{len(index):,} pictures")
        report("to show", [frame(app, lambda: browser.set_index(index, project))])
        lay_out(app, browser)
        scroll(app, browser)
        for wishes in (
            Wishes(class_name=next(iter(index.class_names.values()))),
            Wishes(order=Order.DARKEST),
            Wishes(order=Order.LARGEST),
            Wishes(text="12"),
        ):
            began = time.perf_counter()
            rows = resolve(index, wishes).rows
            print(f"{wishes}: {len(rows):,} rows in {1000 * (time.perf_counter() - began):.0f} ms")
        browser.close()
        runner.shutdown()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"most memory: {memory:,.0f} MiB")


if __name__ == "__main__":
    main()
