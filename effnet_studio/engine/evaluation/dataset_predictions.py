"""What a run says of every picture of its project, kept to filter and sort by."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from effnet_studio.engine import atomic
from effnet_studio.engine.data.index import Samples
from effnet_studio.engine.events import (
    OnEvent,
    PauseChanged,
    ProgressMeter,
    Stage,
    Warned,
    ignore,
)
from effnet_studio.engine.messages import msg
from effnet_studio.engine.predict.pipeline import judge
from effnet_studio.engine.predict.scores import softmax
from effnet_studio.engine.training.runs import weights_state

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.data.index import Index
    from effnet_studio.engine.project import Project

_FORMAT: Final = 1
_COLUMNS: Final = {
    "ids": np.int64,
    "bytes": np.int64,
    "mtimes_ns": np.int64,
    "predicted": np.int64,
    "confidence": np.float32,
}


@dataclass(frozen=True, eq=False)
class DatasetPredictions:
    """A model's answers for the pictures of a project.

    Attributes:
        run_id: Whose answers they are.
        classes: Names of the classes the model knows.
        ids: int64, (n,), each once: numbers of the pictures.
        predicted: int64, (n,): the likeliest class of each, an index into ``classes``.
        confidence: float32, (n,): its probability.
    """

    run_id: str
    classes: tuple[str, ...]
    ids: NDArray[np.int64]
    predicted: NDArray[np.int64]
    confidence: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.ids)


def predict_dataset(
    project: Project,
    index: Index,
    *,
    run: str | None = None,
    device: str = "auto",
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> DatasetPredictions:
    """Let a run judge every picture in use, whatever part it belongs to.

    Of pictures it has learned from, the answers say more about what it remembers than about what
    it can: they are for finding odd pictures, not for measuring a model. Answers are kept in the
    project's cache; pictures that the same run has judged before are not judged again.

    Args:
        project: An open project; a read-only one keeps nothing.
        index: Its pictures; those that are left out are not judged.
        run: Which run (the beginning of its id is enough); None: the newest.
        device: Where the network computes, such as ``auto`` or ``cpu``.
        on_event: Hears the progress.
        cancel: Stops the job at the next picture; the answers so far are kept.

    Returns:
        The answers; of pictures that cannot be read there are none.

    Raises:
        ProjectError: If there is no such run.
        ModelError: If its weights are missing or damaged, or memory does not suffice.
        StorageError: If the cache cannot be written.
        Cancelled: If the job was asked to stop.
    """
    from effnet_studio.engine.predict.torch_predictor import TorchPredictor

    run_dir = project.find_run(run)
    used = np.flatnonzero(~index.excluded)
    known = last_predictions(project, index)
    if known is not None and known.run_id != run_dir.name:
        known = None
    rows = used if known is None else used[~np.isin(index.ids[used], known.ids)]
    meter = ProgressMeter(Stage.PREDICT, len(used), on_event, start=len(used) - len(rows))
    if known is not None and not len(rows):
        meter.finish()
        return known
    predictor = TorchPredictor.from_run(run_dir, device=device)
    answers = _Answers(run_dir.name, predictor.classes, known)
    unreadable = 0
    try:
        samples = Samples(index, rows, index.classes[rows])
        verdicts = judge(
            predictor,
            (sample.path for sample in samples),
            images=len(rows),
            cancel=cancel,
            on_pause=lambda paused: on_event(PauseChanged(paused)),
        )
        for verdict in verdicts:
            if verdict.logits is None:
                unreadable += 1
            else:
                answers.add(int(index.ids[rows[verdict.index]]), verdict.logits)
            meter.advance()
    finally:
        found = answers.all()
        if not project.read_only and len(found):
            _keep(project, index, found, predictor.weights_state)
    meter.finish()
    if unreadable:
        on_event(
            Warned(
                msg("Images that cannot be read and were not judged: {count}.", count=unreadable),
                hint=msg("Check that the drive is connected, or look for changes."),
            )
        )
    return found


def last_predictions(project: Project, index: Index) -> DatasetPredictions | None:
    """The answers that were kept last.

    Args:
        project: An open project.
        index: Its pictures.

    Returns:
        The answers for those pictures whose files are as they were; None if there are none, or the
        run is gone or has learned more since. A damaged file is no error: it can be made again.
    """
    try:
        with (
            _file(project).open("rb") as file,
            np.load(file, allow_pickle=False) as stored,
        ):
            about = json.loads(str(stored["about"]))
            columns = {name: stored[name].astype(kind) for name, kind in _COLUMNS.items()}
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
    state = weights_state(project.runs_dir / about["run"])
    if about.get("format") != _FORMAT or about["weights"] != state:
        return None
    ids = columns["ids"]
    known = np.flatnonzero(np.isin(ids, index.ids))
    rows = index.rows_of(ids[known].tolist())
    same = (columns["bytes"][known] == index.bytes[rows]) & (
        columns["mtimes_ns"][known] == index.mtimes_ns[rows]
    )
    kept = known[same]
    return DatasetPredictions(
        about["run"],
        tuple(about["classes"]),
        ids[kept],
        columns["predicted"][kept],
        columns["confidence"][kept],
    )


class _Answers:
    """Collects a run's answers, one picture after the other."""

    def __init__(
        self, run_id: str, classes: tuple[str, ...], known: DatasetPredictions | None
    ) -> None:
        self._run_id, self._classes, self._known = run_id, classes, known
        self._ids: list[int] = []
        self._predicted: list[int] = []
        self._confidence: list[float] = []

    def add(self, number: int, logits: NDArray[np.float32]) -> None:
        best = int(logits.argmax())
        self._ids.append(number)
        self._predicted.append(best)
        self._confidence.append(float(softmax(logits[None])[0, best]))

    def all(self) -> DatasetPredictions:
        ids = np.array(self._ids, dtype=np.int64)
        predicted = np.array(self._predicted, dtype=np.int64)
        confidence = np.array(self._confidence, dtype=np.float32)
        if self._known is not None:
            ids = np.concatenate([self._known.ids, ids])
            predicted = np.concatenate([self._known.predicted, predicted])
            confidence = np.concatenate([self._known.confidence, confidence])
        return DatasetPredictions(self._run_id, self._classes, ids, predicted, confidence)


def _file(project: Project) -> Path:
    return project.cache_dir / "predictions.npz"


def _keep(
    project: Project, index: Index, found: DatasetPredictions, weights: list[int] | None
) -> None:
    rows = index.rows_of(found.ids.tolist())
    about = {
        "format": _FORMAT,
        "run": found.run_id,
        "weights": weights,
        "classes": found.classes,
    }
    data = io.BytesIO()
    np.savez(
        data,
        about=np.array(json.dumps(about)),
        ids=found.ids,
        bytes=index.bytes[rows],
        mtimes_ns=index.mtimes_ns[rows],
        predicted=found.predicted,
        confidence=found.confidence,
    )
    with atomic.storage_errors(project.cache_dir):
        project.cache_dir.mkdir(exist_ok=True)
    atomic.write_bytes(_file(project), data.getvalue())
