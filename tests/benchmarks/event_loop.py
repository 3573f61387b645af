"""How long the window leaves its user waiting while a model is trained.

Opens the real window, imports a folder, trains, and has a 5-ms timer note how late it comes::

    python -m tests.benchmarks.event_loop FOLDER [--size 224] [--epochs 2] [--model efficientnet_b0]

Run it under a real or virtual display, or with ``QT_QPA_PLATFORM=offscreen``.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication

from effnet_studio.app import make_window
from effnet_studio.engine.training.config import make_config
from effnet_studio.gui.main_window import MainWindow
from effnet_studio.gui.settings import Settings

TICK = 5
"""Milliseconds between two beats."""
SETTLE = 8000
"""Milliseconds between the end of the import and the start of the training."""


class Drill(QObject):
    """Imports, then trains, then quits; listens to its own heartbeat all the while.

    Args:
        window: The real window.
        arguments: What to train on and how.
        project: Where to put the project.
    """

    def __init__(self, window: MainWindow, arguments: argparse.Namespace, project: Path) -> None:
        super().__init__(window)
        self._window = window
        self._arguments = arguments
        self._last = time.perf_counter()
        self.gaps: dict[str, list[float]] = {"import": [], "train": []}
        self._phase = "import"
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(TICK)
        window.session.project_changed.connect(self._on_project)
        window.session.import_finished.connect(self._on_imported)
        window.session.training_finished.connect(self._on_trained)
        window.session.error_raised.connect(self._on_error)
        window.session.create_project(project)

    @Slot()
    def _beat(self) -> None:
        now = time.perf_counter()
        self.gaps[self._phase].append(1000 * (now - self._last))
        self._last = now

    @Slot(object)
    def _on_project(self, project: object) -> None:
        if project is not None:
            self._window.session.import_folder(self._arguments.folder)

    @Slot(object)
    def _on_imported(self, _result: object) -> None:
        self._window.show_page("train")
        # The window builds its other pages while it is idle; a user looks at the settings as long.
        QTimer.singleShot(SETTLE, self, self._train)

    @Slot()
    def _train(self) -> None:
        self._phase = "train"
        self._last = time.perf_counter()
        chosen = self._arguments
        self._window.session.start_training(
            make_config(
                "balanced",
                model=chosen.model,
                weights="none",
                image_size=chosen.size,
                epochs=chosen.epochs,
                freeze=0,
            )
        )

    @Slot(object)
    def _on_trained(self, result: object) -> None:
        print(result)
        QTimer.singleShot(500, QApplication.instance().quit)

    @Slot(object)
    def _on_error(self, error: object) -> None:
        print(error, file=sys.stderr)
        QApplication.instance().exit(1)


def main() -> int:
    """Run the drill and print the gaps."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--size", type=int, default=224)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--model", default="efficientnet_b0")
    arguments = parser.parse_args()
    app = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        window = make_window(app, Settings(Path(folder) / "window.ini"))
        window.resize(1280, 800)
        window.show()
        drill = Drill(window, arguments, Path(folder) / "drill.effnet")
        status = app.exec()
        window.session.jobs.shutdown()
        window.session.close_project()
        window.close()
    for phase, gaps in drill.gaps.items():
        late = np.array(gaps)
        print(
            f"{phase}: {len(late)} beats, median {np.median(late):.1f} ms, "
            f"p99 {np.percentile(late, 99):.1f} ms, p99.9 {np.percentile(late, 99.9):.1f} ms, "
            f"longest {late.max():.1f} ms"
        )
        for index in np.flatnonzero(late > 100):
            print(f"  {late[index]:.0f} ms late, {late[:index].sum() / 1000:.1f} s after the start")
    return status


if __name__ == "__main__":
    sys.exit(main())
