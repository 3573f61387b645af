"""Asks the model about what a camera sees: always the newest frame, never a queue of old ones."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from effnet_studio.engine.predict.answers import Prediction
from effnet_studio.gui.pasteboard import to_pixels
from effnet_studio.gui.questions import Requests

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from effnet_studio.engine.errors import StudioError
    from effnet_studio.engine.explain.cam import Explanation
    from effnet_studio.gui.jobs import JobRunner
    from effnet_studio.gui.models.predict_items import ModelHolder

NEWEST_SHARE = 0.3
"""Weight of the newest answer in steady ones, an exponential moving average."""
_RATE_SECONDS = 3.0
"""Time over which answers are counted."""


@dataclass(frozen=True, eq=False)
class Seen:
    """What the model says about one frame.

    Attributes:
        prediction: The answer.
        map: Where it looked; None if nobody wants to know.
    """

    prediction: Prediction
    map: Explanation | None = None


class LiveJudge(QObject):
    """One question at a time; frames that come meanwhile replace each other.

    Args:
        jobs: Gives the background thread.
        holder: Has or loads the model.
        parent: Qt's owner.

    Attributes:
        explain: Whether to ask where the model looked.
    """

    answered = Signal(object)
    """A :class:`Seen`."""
    refused = Signal(object)
    """The error in its place."""

    def __init__(self, jobs: JobRunner, holder: ModelHolder, parent: QObject) -> None:
        super().__init__(parent)
        self.explain = False
        self._steady = False
        self._holder = holder
        self._model: Path | None = None
        self._newest = QImage()
        self._asking = False
        self._mean: NDArray[np.float32] | None = None
        self._refused = 0.0
        self._moments: deque[float] = deque()
        self._requests = Requests(jobs, heavy=True, parent=self)
        self._requests.answered.connect(self._on_answered)
        self._requests.refused.connect(self._on_refused)

    @property
    def rate(self) -> float | None:
        """Answers per second over the last few seconds; None while there are too few."""
        if len(self._moments) < 3:
            return None
        return (len(self._moments) - 1) / (self._moments[-1] - self._moments[0])

    def set_model(self, model: Path | None) -> None:
        """Ask another model from now on.

        Args:
            model: The run's folder or the exported file; None: none.
        """
        self._model = model
        self.forget()

    def set_steady(self, steady: bool) -> None:  # noqa: FBT001 - a setter
        """Give the moving average of the answers instead of each by itself."""
        self._steady, self._mean = steady, None

    def forget(self) -> None:
        """No frame is of interest any more."""
        self._requests.forget()
        self._newest, self._asking, self._mean = QImage(), False, None
        self._moments.clear()

    @Slot(QImage)
    def take(self, frame: QImage) -> None:
        """Ask about a frame as soon as the answer under way is there, unless a newer one comes."""
        self._newest = frame
        self._ask()

    def _ask(self) -> None:
        if self._asking or self._newest.isNull() or self._model is None:
            return
        frame, self._newest, self._asking = self._newest, QImage(), True
        self._requests.ask(
            "frame", _answer, self._holder, self._model, to_pixels(frame), self.explain
        )

    @Slot(object, object)
    def _on_answered(self, _key: object, seen: Seen) -> None:
        self._asking = False
        now = time.monotonic()
        self._moments.append(now)
        while now - self._moments[0] > _RATE_SECONDS:
            self._moments.popleft()
        self.answered.emit(self._steadied(seen) if self._steady else seen)
        self._ask()

    @Slot(object, object)
    def _on_refused(self, _key: object, error: StudioError) -> None:
        self._asking = False
        self.refused.emit(error)
        self._ask()

    def _steadied(self, seen: Seen) -> Seen:
        new = seen.prediction.probabilities
        old = self._mean if self._mean is not None else new
        if self._mean is None:
            self._refused = float(seen.prediction.rejected)
        self._mean = old + NEWEST_SHARE * (new - old)
        self._refused += NEWEST_SHARE * (seen.prediction.rejected - self._refused)
        rejected = self._refused > 0.5
        return Seen(Prediction(None, self._mean, seen.prediction.classes, rejected), seen.map)


def _answer(
    holder: ModelHolder,
    model: Path,
    pixels: NDArray[np.uint8],
    explain: bool,  # noqa: FBT001 - called by position
) -> Seen:
    """Judge one frame, in a background thread."""
    predictor = holder.get(model)
    prediction = predictor.predict(pixels)
    if not explain:
        return Seen(prediction)
    from effnet_studio.engine.explain.cam import explain_class
    from effnet_studio.engine.explain.names import Method

    return Seen(prediction, explain_class(predictor, pixels, method=Method.GRADCAM))
