"""The computer's camera, where there is one and Qt's optional multimedia part is installed."""

from __future__ import annotations

import importlib.util
import time
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal, SignalInstance, Slot
from PySide6.QtGui import QImage

FRAME_SECONDS = 1 / 15
"""Least time between two frames that are shown."""


class FrameSource(Protocol):
    """Gives pictures one after the other while it runs.

    Attributes:
        frame_arrived: Signal with a :class:`QImage`.
        failed: Signal with what is wrong, in words of the system.
    """

    frame_arrived: SignalInstance
    failed: SignalInstance

    def start(self) -> None:
        """Begin to give frames."""

    def stop(self) -> None:
        """Let go of the device."""


def camera_installed() -> bool:
    """Whether Qt's optional part for cameras is there; nothing is loaded."""
    return importlib.util.find_spec("PySide6.QtMultimedia") is not None


def has_camera() -> bool:
    """Whether pictures can be taken; nothing is loaded where the optional part is missing."""
    if not camera_installed():
        return False
    try:
        multimedia: Any = importlib.import_module("PySide6.QtMultimedia")
    except ImportError:
        return False
    return bool(multimedia.QMediaDevices.videoInputs())


class CameraSource(QObject):
    """The default camera as a :class:`FrameSource`.

    Args:
        parent: Qt's owner.
    """

    frame_arrived = Signal(QImage)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        multimedia: Any = importlib.import_module("PySide6.QtMultimedia")
        self._last = 0.0
        self._session: Any = multimedia.QMediaCaptureSession(self)
        self._camera: Any = multimedia.QCamera(multimedia.QMediaDevices.defaultVideoInput(), self)
        self._sink: Any = multimedia.QVideoSink(self)
        self._session.setCamera(self._camera)
        self._session.setVideoSink(self._sink)
        self._sink.videoFrameChanged.connect(self._on_frame)
        self._camera.errorOccurred.connect(self._on_error)

    def start(self) -> None:
        """See :class:`FrameSource`."""
        self._camera.start()

    def stop(self) -> None:
        """See :class:`FrameSource`; a new one is made for the next time."""
        self._camera.stop()
        self.deleteLater()

    @Slot(object)
    def _on_frame(self, frame: Any) -> None:
        now = time.monotonic()
        if now - self._last >= FRAME_SECONDS and frame.isValid():
            self._last = now
            self.frame_arrived.emit(frame.toImage())

    @Slot()
    def _on_error(self) -> None:
        self.failed.emit(self._camera.errorString())
