"""A whole window in a process of its own, which a test may kill.

``python window_child.py train|look|crash|die-opening|wait|quiet [PROJECT]`` prints one JSON object
a line.
"""

from __future__ import annotations

import faulthandler
import json
import sys
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from effnet_studio import app as studio
from effnet_studio.engine.events import BatchProgress, EpochFinished, Event, RunStarted
from effnet_studio.engine.training.config import TrainConfig

if TYPE_CHECKING:
    from effnet_studio.gui.jobs import Job
    from effnet_studio.gui.main_window import MainWindow

CONFIG = TrainConfig(
    model="mobilenet_v3_small",
    weights="none",
    epochs=500,
    freeze=0,
    batch_size=2,
    image_size=32,
    device="cpu",
    precision="fp32",
)


def say(**what: Any) -> None:
    """Tell the test something."""
    print(json.dumps(what), flush=True)


class Actor(QObject):
    """Does in the window what the mode asks for."""

    def __init__(self, window: MainWindow, mode: str) -> None:
        super().__init__(window)
        self._window = window
        self._mode = mode
        self._told = False
        session = window.session
        session.training_started.connect(self._on_training_started)
        if mode == "train":
            session.dataset_changed.connect(self._on_dataset_changed)
        if mode == "die-opening":
            session.opening_started.connect(self._on_opening)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(50)

    @Slot(object)
    def _on_dataset_changed(self, dataset: object) -> None:
        if dataset is not None:
            self._window.session.start_training(CONFIG)

    @Slot(object)
    def _on_training_started(self, job: Job) -> None:
        job.event_received.connect(self._on_event)

    @Slot(object)
    def _on_event(self, event: Event) -> None:
        match event:
            case RunStarted():
                say(run=event.run_id, start_epoch=event.start_epoch)
            case BatchProgress():
                say(step=event.step)
            case EpochFinished():
                say(epoch=event.epoch)
            case _:
                pass

    @Slot()
    def _look(self) -> None:
        if self._told:
            return
        window, session = self._window, self._window.session
        banner = window.recovery_banner
        if self._mode == "look" and banner.isVisible() and not session.jobs.jobs:
            self._told = True
            texts = [label.text() for label in banner.findChildren(QLabel) if label.text()]
            shown = [b.objectName() for b in banner.findChildren(QPushButton) if b.isVisible()]
            say(
                texts=texts,
                buttons=shown,
                project=str(session.project.root) if session.project else "",
                read_only=bool(session.project and session.project.read_only),
            )
            if "recovery_go_on" in shown and session.project is not None:
                banner.go_on.click()
            else:
                window.close()
        elif self._mode in {"crash", "wait"} and session.project is not None:
            self._told = True
            say(open=str(session.project.root))
            if self._mode == "crash":
                QTimer.singleShot(100, faulthandler._sigsegv)
        elif self._mode == "quiet" and not session.jobs.jobs:
            self._told = True
            say(
                project=str(session.project.root) if session.project else "",
                banner=banner.isVisible(),
                page=window.current_key,
            )
            window.close()

    @Slot()
    def _on_opening(self) -> None:
        faulthandler._sigsegv()


def main(mode: str, arguments: list[str]) -> int:
    """Run the window to its end."""

    def begin() -> None:
        window = next(
            each for each in QApplication.topLevelWidgets() if each.objectName() == "main_window"
        )
        Actor(window, mode)  # type: ignore[arg-type]

    QTimer.singleShot(0, begin)
    return studio.run(arguments)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1], sys.argv[2:]))
