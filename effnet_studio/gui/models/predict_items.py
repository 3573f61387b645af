"""What the Predict page knows: dropped images with their answers, and the model that answers."""

from __future__ import annotations

import itertools
import threading
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from effnet_studio.engine.errors import ImageError
from effnet_studio.engine.predict.answers import FailedImage, Prediction
from effnet_studio.gui.collector import sparing_collector

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

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

    @property
    def key(self) -> Hashable:
        """What the same image is known by whichever model answers."""
        return self.path if self.path is not None else id(self.pixels)

    @cached_property
    def standing(self) -> Standing | None:
        """How the answer stands to the next one; None without an answer."""
        return _standing(self.prediction) if self.prediction is not None else None


@dataclass(frozen=True)
class Standing:
    """What lists show and sort of an answer.

    Attributes:
        label: The likeliest class.
        confidence: Its probability, in [0, 1].
        second: The next class; empty where the model knows one only.
        margin: How much likelier the first is than the second, in [0, 1].
        rejected: Whether the verdict is "none of these" all the same.
    """

    label: str
    confidence: float
    second: str
    margin: float
    rejected: bool = False


def _standing(prediction: Prediction) -> Standing:
    shares = prediction.probabilities
    first = prediction.class_index
    confidence = float(shares[first])
    if len(shares) < 2:
        return Standing(prediction.classes[first], confidence, "", confidence, prediction.rejected)
    others = shares.copy()
    others[first] = -1.0
    second = int(others.argmax())
    return Standing(
        prediction.classes[first],
        confidence,
        prediction.classes[second],
        confidence - float(shares[second]),
        prediction.rejected,
    )


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

    def forget(self) -> None:
        """Load the model again when it is next asked for."""
        with self._lock:
            self._predictor = None


@dataclass
class Inbox:
    """Where a job leaves its answers for the window, which fetches them when it likes.

    Ten signals a second and not one for each image: a queue of thousands would hold the window up.

    Attributes:
        asked: What is to be judged, once the folders have been looked through.
        judged: How many of them have an answer.
    """

    asked: tuple[Path | Pasted, ...] = ()
    judged: int = 0
    _items: list[Item] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _closed: bool = False

    def put(self, item: Item, *, counts: bool = True) -> None:
        """Leave an answer; called in the job's thread.

        Args:
            item: The answer.
            counts: Whether it is of one of those asked; a folder without files is not.
        """
        _ = item.standing  # worked out here, so that the window need not
        with self._lock:
            if not self._closed:
                self._items.append(item)
                self.judged += counts

    def close(self) -> None:
        """Take no more answers, and drop those that come; called in the window's thread."""
        with self._lock:
            self._closed = True

    def take(self) -> list[Item]:
        """Fetch what has come since the last time; called in the window's thread."""
        with self._lock:
            items, self._items = self._items, []
        return items

    @property
    def rest(self) -> tuple[Path | Pasted, ...]:
        """What has no answer yet."""
        return self.asked[self.judged :]


def judge(
    holder: ModelHolder,
    model: Path,
    asked: Sequence[Path | Pasted],
    inbox: Inbox,
    *,
    on_event: OnEvent,
    cancel: CancelToken,
) -> None:
    """Ask the model about files, folders and pasted images; runs in a job's thread.

    Args:
        holder: Has or loads the model.
        model: The run's folder or the exported file.
        asked: Files, folders, and images without a file.
        inbox: Gets one verdict for each image, in order, as soon as it is known; those that are
            there when the job stops or fails are whole.
        on_event: Hears the progress.
        cancel: Stops the job.

    Raises:
        Cancelled: If the job was stopped.
        StudioError: If the model cannot be used.
    """
    from effnet_studio.engine.predict.batch import expand, predict_batch

    inbox.asked = tuple(asked)
    predictor = holder.get(model)
    pasted = [each for each in asked if isinstance(each, Pasted)]
    entries = expand(each for each in asked if isinstance(each, Path))
    files = [each for each in entries if isinstance(each, Path)]
    inbox.asked = (*pasted, *files)
    for each in pasted:
        cancel.check()
        inbox.put(_judge_pasted(predictor, each))
    waiting = iter(entries)

    def take(verdict: Prediction | FailedImage) -> None:
        for refused in _refused(waiting):
            inbox.put(_item_of(refused), counts=False)
        inbox.put(_item_of(verdict))

    if files:
        # Collections of all objects take longer with each answer, and the window waits for them.
        with sparing_collector():
            predict_batch(predictor, files, on_verdict=take, on_event=on_event, cancel=cancel)
    for refused in _refused(waiting):
        inbox.put(_item_of(refused), counts=False)


def _refused(entries: Iterator[Path | FailedImage]) -> Iterator[FailedImage]:
    """The folders that hold nothing, up to the next file."""
    for entry in entries:
        if isinstance(entry, Path):
            return
        yield entry


def _item_of(verdict: Prediction | FailedImage) -> Item:
    path = verdict.path or Path()
    return Item(next(_numbers), path.name, path, None, verdict)


def _judge_pasted(predictor: Predictor, pasted: Pasted) -> Item:
    try:
        pixels = pasted.decode()
    except ImageError as error:
        hint = error.hint if str(error.hint) else None
        refused = FailedImage(Path(pasted.name), error.message, hint)
        return Item(next(_numbers), pasted.name, None, None, refused)
    return Item(next(_numbers), pasted.name, None, pixels, predictor.predict(pixels))


def write_answers(path: Path, items: Sequence[Item], *, as_json: bool) -> None:
    """Save all verdicts; runs in a job's thread.

    Args:
        path: File to create or replace.
        items: The images.
        as_json: Whether as JSON, else as CSV.

    Raises:
        StorageError: If it cannot be written.
    """
    from effnet_studio.engine import atomic
    from effnet_studio.engine.predict.tables import answers_csv, answers_json, write_csv

    rows = ((str(item.path or item.name), item.verdict) for item in items)
    if as_json:
        atomic.write_text(path, answers_json(rows))
    else:
        write_csv(path, answers_csv(rows))
