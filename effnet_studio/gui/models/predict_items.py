"""What the Predict page knows: dropped images with their answers, and the model that answers."""

from __future__ import annotations

import csv
import io
import itertools
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from effnet_studio.engine.errors import Cancelled, ImageError
from effnet_studio.engine.predict.answers import FailedImage, Prediction

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.events import OnEvent
    from effnet_studio.engine.predict.predictor import Predictor

_numbers = itertools.count(1)


@dataclass(frozen=True, eq=False)
class Item:
    """One image and its verdict.

    Attributes:
        number: What it is known by.
        name: Shown to people.
        path: Its file; None for a pasted image.
        pixels: RGB, uint8, shape (h, w, 3), of a pasted image; None for a file.
        verdict: The answer, or why there is none.
    """

    number: int
    name: str
    path: Path | None
    pixels: NDArray[np.uint8] | None
    verdict: Prediction | FailedImage

    @property
    def source(self) -> Path | NDArray[np.uint8] | None:
        """What to give to a predictor."""
        return self.path if self.pixels is None else self.pixels

    @property
    def prediction(self) -> Prediction | None:
        """The answer, if there is one."""
        return self.verdict if isinstance(self.verdict, Prediction) else None


@dataclass(frozen=True)
class Pasted:
    """An image without a file: from the clipboard, a browser or a camera.

    Attributes:
        name: Shown to people.
        pixels: RGB, uint8, shape (h, w, 3); None while it is to be decoded.
        content: Of a picture's file, or a ``data:`` address that holds it.
    """

    name: str
    pixels: NDArray[np.uint8] | None = None
    content: bytes = b""

    def decode(self) -> NDArray[np.uint8]:
        """The pixels; takes a while, so in a job's thread.

        Raises:
            ImageError: If there is no picture in it.
        """
        from effnet_studio.engine.data_uri import DATA_SCHEME, decode_data_uri
        from effnet_studio.engine.images import load_image

        if self.pixels is not None:
            return self.pixels
        in_address = self.content[: len(DATA_SCHEME)].lower() == DATA_SCHEME
        return load_image(decode_data_uri(self.content) if in_address else self.content)


class ModelHolder:
    """Keeps the one model in memory that answers at present; safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._path: Path | None = None
        self._predictor: Predictor | None = None

    def get(self, path: Path) -> Predictor:
        """The model of a run's folder or an exported file, loaded when it is first asked for.

        Args:
            path: The run's folder or the file.

        Returns:
            The model.

        Raises:
            ModelError: If this is no model.
            ProjectError: If the run cannot be opened.
        """
        from effnet_studio.engine.predict.predictor import load_predictor

        with self._lock:
            if self._predictor is None or self._path != path:
                self._predictor = None  # its memory is free before the next one is loaded
                self._predictor = load_predictor(path)
                self._path = path
            return self._predictor


def judge(
    holder: ModelHolder,
    model: Path,
    paths: Sequence[Path],
    pasted: Sequence[Pasted],
    *,
    on_event: OnEvent,
    cancel: CancelToken,
) -> list[Item]:
    """Ask the model about files, folders and pasted images; runs in a job's thread.

    Args:
        holder: Has or loads the model.
        model: The run's folder or the exported file.
        paths: Files and folders.
        pasted: Images without a file.
        on_event: Hears the progress.
        cancel: Stops the job.

    Returns:
        One verdict for each image, in order; when the job was stopped, those that were finished.

    Raises:
        Cancelled: If the job was stopped before the first verdict.
        StudioError: If the model cannot be used.
    """
    from effnet_studio.engine.predict.batch import predict_batch

    predictor = holder.get(model)
    items = [_judge_pasted(predictor, each) for each in pasted]
    verdicts: list[Prediction | FailedImage] = []
    try:
        if paths:
            verdicts = predict_batch(
                predictor, paths, on_verdict=verdicts.append, on_event=on_event, cancel=cancel
            )
    except Cancelled:
        if not verdicts and not items:
            raise
    for verdict in verdicts:
        path = verdict.path or Path()
        items.append(Item(next(_numbers), path.name, path, None, verdict))
    return items


def _judge_pasted(predictor: Predictor, pasted: Pasted) -> Item:
    try:
        pixels = pasted.decode()
    except ImageError as error:
        hint = error.hint if str(error.hint) else None
        refused = FailedImage(Path(pasted.name), error.message, hint)
        return Item(next(_numbers), pasted.name, None, None, refused)
    return Item(next(_numbers), pasted.name, None, pixels, predictor.predict(pixels))


def answers_csv(items: Sequence[Item]) -> str:
    """All verdicts as comma-separated values.

    Args:
        items: The images.

    Returns:
        One line for each image: place, answer, confidence, and each class's probability; or the
        reason why there is no answer.
    """
    classes = next((item.prediction.classes for item in items if item.prediction is not None), ())
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(["image", "answer", "confidence", "problem", *classes])
    for item in items:
        place = str(item.path or item.name)
        prediction = item.prediction
        if prediction is None:
            problem = str(getattr(item.verdict, "message", ""))
            table.writerow([place, "", "", problem, *("" for _ in classes)])
        else:
            best = prediction.best
            shares = [f"{value:.6f}" for value in prediction.probabilities]
            table.writerow([place, best.label, f"{best.probability:.6f}", "", *shares])
    return text.getvalue()
