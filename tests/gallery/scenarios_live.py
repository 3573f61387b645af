"""Predict while images come by themselves: a watched folder and a camera."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from tests.gallery.registry import Scenario

if TYPE_CHECKING:
    from collections.abc import Iterator

    from effnet_studio.gui.pages.predict import PredictPage
    from tests.gallery.stage import Stage


class _Photo(QObject):
    """A camera before which a photo is held."""

    frame_arrived = Signal(QImage)
    failed = Signal(str)

    def __init__(self, photo: Path) -> None:
        super().__init__()
        self._photo = photo

    def start(self) -> None:
        pass

    def stop(self) -> None:
        pass

    def show(self) -> None:
        self.frame_arrived.emit(QImage(str(self._photo)))


def _page(stage: Stage) -> PredictPage:
    stage.open_copy(stage.material.trained, "predict")
    page: PredictPage = stage.window.page("predict")  # type: ignore[assignment]
    stage.wait_for(lambda: page._panel._facts is not None)
    return page


def _photos(stage: Stage) -> list[Path]:
    folders = sorted(folder for folder in stage.material.sample.iterdir() if folder.is_dir())
    return [sorted(folder.iterdir())[3] for folder in folders]


def _watched(stage: Stage, name: str) -> tuple[PredictPage, Path]:
    stage.given += [name]
    page = _page(stage)
    folder = stage.folder / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    page._live.watcher.start(folder)
    stage.wait_for(lambda: page._live.watcher._watch is not None)
    return page, folder


def _watching_empty(stage: Stage) -> Iterator[None]:
    page, _ = _watched(stage, "Camera trap at the pond")
    yield
    page._live.stop()


def _watching(stage: Stage) -> Iterator[None]:
    page, folder = _watched(stage, "Camera trap")
    for photo in _photos(stage):
        shutil.copy(photo, folder)
    stage.wait_for(lambda: len(page._judge.items) == len(_photos(stage)))
    stage.wait_for(lambda: page._judge.settled and page._panel.picture() is not None)
    yield
    page._live.stop()


def _gone(stage: Stage) -> Iterator[None]:
    page, folder = _watched(stage, "Memory card of the trap")
    folder.rmdir()
    stage.wait_for(lambda: not page._live.watcher.there)
    yield
    page._live.stop()


def _opened(stage: Stage) -> tuple[PredictPage, _Photo]:
    page, source = _page(stage), _Photo(_photos(stage)[0])
    page._live.open_camera(source)
    return page, source


def _live(stage: Stage) -> Iterator[None]:
    page, source = _opened(stage)
    for _ in range(6):
        source.show()
        stage.wait_for(lambda: not page._live._judge._asking)
    yield
    page._live.stop()


def _live_map(stage: Stage) -> Iterator[None]:
    page, source = _opened(stage)
    page._live.panel._explain.setChecked(True)
    for _ in range(4):
        source.show()
        stage.wait_for(lambda: not page._live._judge._asking)
    yield
    page._live.stop()


def _live_failed(stage: Stage) -> Iterator[None]:
    page, source = _opened(stage)
    reason = "The device is in use by another program."
    stage.given += [reason]  # in words of the system
    source.failed.emit(reason)
    yield
    page._live.stop()


SCENARIOS = (
    Scenario("predict", "watching", _watching),
    Scenario("predict", "watching-empty", _watching_empty),
    Scenario("predict", "watching-gone", _gone),
    Scenario("predict", "live", _live),
    Scenario("predict", "live-map", _live_map),
    Scenario("predict", "live-failed", _live_failed),
)
