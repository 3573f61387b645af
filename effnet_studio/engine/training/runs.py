"""What a training run left on disk, read without torch.

A run is a folder ``runs/<id>/``:

* ``config.json``: settings, classes, preprocessing and where the weights came from; written first.
* ``metrics.jsonl``: one line per finished epoch.
* ``best.safetensors``: the weights of the best epoch, with classes and preprocessing inside.
* ``last/`` and ``frozen.safetensors``: everything an exact continuation needs.
* ``result.json``: written last; a run without it was interrupted.
* ``notes.json``, ``origin.json``, ``start.safetensors``: see :mod:`.run_notes` and :mod:`.again`.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import json
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from pydantic import ValidationError

from effnet_studio import __version__
from effnet_studio.engine import atomic
from effnet_studio.engine.app_version import is_newer
from effnet_studio.engine.errors import ModelError, ProjectError
from effnet_studio.engine.events import EpochFinished, OnEvent, Warned, ignore
from effnet_studio.engine.messages import msg
from effnet_studio.engine.models.catalog import get_spec
from effnet_studio.engine.preprocess import Preprocess
from effnet_studio.engine.training.config import TrainConfig
from effnet_studio.engine.training.run_notes import Origin, RunNotes, read_notes, read_origin

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from effnet_studio.engine.project import Project

RunState = Literal["finished", "stopped", "interrupted"]

CONFIG_FILE = "config.json"
METRICS_FILE = "metrics.jsonl"
BEST_FILE = "best.safetensors"
FROZEN_FILE = "frozen.safetensors"
LAST_FOLDER = "last"
RESULT_FILE = "result.json"
START_FILE = "start.safetensors"
FORMAT = 1


@dataclass(frozen=True)
class Run:
    """A training run as it is on disk.

    Attributes:
        run_id: Name of its folder.
        run_dir: Its folder.
        config: The settings it was trained with, after all presets.
        model: Catalog name of the architecture.
        classes: Names of the classes, in the order of the model's outputs.
        preprocess: How pictures become its input.
        dataset_version: Version of the dataset it was trained on.
        epochs: Finished epochs, oldest first.
        state: ``finished``, ``stopped`` by the user, or ``interrupted`` (also while it still runs).
        best_accuracy: Validation accuracy of the best epoch, in [0, 1]; None before one ended.
        weights: Where the starting weights came from: imagenet, starter, file or none.
        created: When it was started, ISO 8601 in UTC.
        notes: What people wrote about it.
        origin: The run it repeats or continues, if it does.
    """

    run_id: str
    run_dir: Path
    config: TrainConfig
    model: str
    classes: tuple[str, ...]
    preprocess: Preprocess
    dataset_version: str
    epochs: tuple[EpochFinished, ...]
    state: RunState
    best_accuracy: float | None
    weights: str
    created: str
    notes: RunNotes = field(default_factory=RunNotes)
    origin: Origin | None = None

    @property
    def title(self) -> str:
        """The name that people gave it, else that of its folder."""
        return self.notes.name or self.run_id

    @property
    def best(self) -> EpochFinished | None:
        """The epoch whose weights are kept; None before the first ended."""
        return best_of(self.epochs)

    @property
    def best_file(self) -> Path:
        """Weights of the best epoch; absent before the first epoch ended."""
        return self.run_dir / BEST_FILE

    @property
    def resumable(self) -> bool:
        """Whether there is something left to train."""
        return self.state != "finished"


@dataclass(frozen=True)
class TrainResult:
    """What a training gave.

    Attributes:
        run_id: Name of the run's folder.
        run_dir: The run's folder.
        epochs: Finished epochs.
        accuracy: Validation accuracy of the best epoch, in [0, 1].
        best_epoch: That epoch, counted from 0.
        seconds: Time spent in all, earlier parts of a continued run included.
        images_per_second: Training throughput, without validation.
        stopped: Whether the user stopped it before its end.
        weights: Where the starting weights came from: imagenet, starter, file or none.
    """

    run_id: str
    run_dir: Path
    epochs: int
    accuracy: float
    best_epoch: int
    seconds: float
    images_per_second: float
    stopped: bool
    weights: str


def load_run(run_dir: Path) -> Run:
    """Read what a run left on disk.

    Args:
        run_dir: The run's folder.

    Returns:
        The run.

    Raises:
        ProjectError: If the folder is no run, cannot be read, or is of a newer version of the app.
    """
    about = _read_object(run_dir / CONFIG_FILE)
    if about.get("format", FORMAT) != FORMAT:
        raise _too_new(run_dir, about.get("app"))
    epochs = read_metrics(run_dir / METRICS_FILE)
    result_file = run_dir / RESULT_FILE
    result = _read_object(result_file) if result_file.exists() else {}
    best = best_of(epochs)
    try:
        return Run(
            run_id=run_dir.name,
            run_dir=run_dir,
            config=TrainConfig.model_validate(about["config"]),
            model=str(about["model"]),
            classes=tuple(str(name) for name in about["classes"]),
            preprocess=Preprocess.model_validate(about["preprocess"]),
            dataset_version=str(about["dataset_version"]),
            epochs=epochs,
            state=_state(result),
            best_accuracy=best.accuracy if best else None,
            weights=str(about["weights"]),
            created=str(about["created"]),
            notes=read_notes(run_dir),
            origin=read_origin(run_dir),
        )
    except (KeyError, TypeError, ValidationError) as error:
        # Settings that this version does not know are no damage.
        if is_newer(about.get("app")):
            raise _too_new(run_dir, about.get("app")) from error
        raise _damaged(run_dir / CONFIG_FILE, str(error)) from error


def best_of(epochs: Sequence[EpochFinished]) -> EpochFinished | None:
    """The epoch of a run whose weights are kept; None if there is none.

    Args:
        epochs: Oldest first.
    """
    best = [epoch for epoch in epochs if epoch.best]
    return best[-1] if best else max(epochs, key=lambda epoch: epoch.accuracy, default=None)


def weights_state(run_dir: Path) -> list[int] | None:
    """Size in bytes and time of the last change in ns of a run's best weights.

    Changes with them: a run that is continued gets better ones under the same name.

    Args:
        run_dir: The run's folder.

    Returns:
        Both numbers; None if there are no weights.
    """
    try:
        status = (run_dir / BEST_FILE).stat()
    except OSError:
        return None
    return [status.st_size, status.st_mtime_ns]


def weights_digest(file: Path) -> str:
    """SHA-256 of a file with weights: the same for every copy of it, whenever it was made.

    Args:
        file: Such as a run's best weights.

    Returns:
        In hexadecimal digits.

    Raises:
        OSError: If the file cannot be read.
    """
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def list_runs(project: Project, *, on_event: OnEvent = ignore) -> list[Run]:
    """Read all runs of a project.

    Args:
        project: The open project.
        on_event: Hears a :class:`Warned` for each run that cannot be read.

    Returns:
        The readable runs, newest first.
    """
    runs = []
    for run_dir in project.run_dirs():
        try:
            runs.append(load_run(run_dir))
        except ProjectError as error:
            on_event(Warned(error.message, error.hint, run_dir))
    return runs


def find_runs(runs: Iterable[Run], text: str) -> list[Run]:
    """Search runs by what they are called, what was written about them and what they are of.

    Args:
        runs: Where to search.
        text: Words, in any order and case; each must be found. Empty: all runs.

    Returns:
        Those found, in their order.
    """
    words = text.casefold().split()
    return [run for run in runs if all(word in _searchable(run) for word in words)]


def locate_run(project: Project, text: str) -> Path:
    """Find a run by the name that people gave it, by its id, or by the beginning of its id.

    Args:
        project: An open project.
        text: What it is called.

    Returns:
        Its folder.

    Raises:
        ProjectError: If there is none, or several are called like that.
    """
    named = [folder for folder in project.run_dirs() if read_notes(folder).name == text]
    if not text or len(named) != 1:
        return project.find_run(text)
    return named[0]


def _searchable(run: Run) -> str:
    texts = [run.notes.name, run.notes.note, run.run_id]
    with contextlib.suppress(ModelError):  # an architecture that this version does not know
        texts.append(get_spec(run.model).title)
    texts += [run.config.preset, run.state, run.weights, *run.classes]
    return "\n".join(texts).casefold()


def models_used(project: Project) -> tuple[str, ...]:
    """The architectures that a project's runs are of, the newest first.

    Args:
        project: The open project; runs that cannot be read are passed over.

    Returns:
        Catalog names, each once.
    """
    return tuple(dict.fromkeys(run.model for run in list_runs(project)))


def write_about(
    run_dir: Path,
    *,
    config: TrainConfig,
    classes: tuple[str, ...],
    preprocess: Preprocess,
    dataset_version: str,
    weights: str,
    created: str,
) -> None:
    """Write ``config.json``, the first file of a run.

    Args:
        run_dir: The run's folder.
        config: The settings, after all presets.
        classes: Names of the classes, in the order of the model's outputs.
        preprocess: How pictures become the model's input.
        dataset_version: Version of the dataset.
        weights: Where the starting weights came from.
        created: When the run was started, ISO 8601 in UTC.

    Raises:
        StorageError: If it cannot be written.
    """
    atomic.write_json(
        run_dir / CONFIG_FILE,
        {
            "format": FORMAT,
            "app": __version__,
            "created": created,
            "model": config.model,
            "weights": weights,
            "dataset_version": dataset_version,
            "classes": list(classes),
            "preprocess": preprocess.model_dump(mode="json"),
            "config": config.model_dump(mode="json"),
        },
    )


def write_result(result: TrainResult) -> None:
    """Write ``result.json``, the last file of a run.

    Args:
        result: What the training gave.

    Raises:
        StorageError: If it cannot be written.
    """
    values = dataclasses.asdict(result)
    del values["run_id"], values["run_dir"]
    state = "stopped" if result.stopped else "finished"
    atomic.write_json(result.run_dir / RESULT_FILE, {"state": state, **values})


def append_metrics(path: Path, epoch: EpochFinished) -> None:
    """Add one line to ``metrics.jsonl`` and wait until it is on disk.

    Args:
        path: The file; made if it is not there.
        epoch: What to write.

    Raises:
        StorageError: If it cannot be written.
    """
    line = json.dumps(dataclasses.asdict(epoch), allow_nan=False) + "\n"
    with atomic.storage_errors(path), path.open("ab") as stream:
        stream.write(line.encode("ascii"))
        stream.flush()
        os.fsync(stream.fileno())


def read_metrics(path: Path) -> tuple[EpochFinished, ...]:
    """Read ``metrics.jsonl``, also one whose last line was cut short by a crash.

    Args:
        path: The file; need not exist.

    Returns:
        The finished epochs, oldest first. Whatever follows a damaged line is left out.

    Raises:
        StorageError: If the file cannot be read.
    """
    if not path.exists():
        return ()
    with atomic.storage_errors(path):
        lines = path.read_bytes().split(b"\n")[:-1]  # a whole line ends in a newline
    names = {each.name for each in dataclasses.fields(EpochFinished)}
    epochs: list[EpochFinished] = []
    for line in lines:
        try:
            values = json.loads(line)
            epochs.append(EpochFinished(**{k: v for k, v in values.items() if k in names}))
        except (ValueError, AttributeError, TypeError):
            break
    return tuple(epochs)


def rewrite_metrics(path: Path, epochs: tuple[EpochFinished, ...]) -> None:
    """Replace ``metrics.jsonl``: a continued run forgets the epochs it is going to repeat.

    Args:
        path: The file.
        epochs: What to keep.

    Raises:
        StorageError: If it cannot be written.
    """
    lines = [json.dumps(dataclasses.asdict(epoch), allow_nan=False) + "\n" for epoch in epochs]
    atomic.write_text(path, "".join(lines))


def _state(result: dict[str, Any]) -> RunState:
    match result.get("state"):
        case "finished":
            return "finished"
        case "stopped":
            return "stopped"
        case _:
            return "interrupted"


def _read_object(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ProjectError(
            msg("There is no training run in {folder}.", folder=path.parent.name),
            hint=msg("Choose a folder inside the project's runs folder."),
            path=path.parent,
        ) from error
    except OSError as error:
        raise atomic.storage_error(error, path) from error
    except ValueError as error:
        raise _damaged(path, str(error)) from error
    if not isinstance(value, dict):
        raise _damaged(path, "not an object")
    return value


def _too_new(run_dir: Path, app: object) -> ProjectError:
    return ProjectError(
        msg(
            "The run {run} was made with EffNet Studio {app}; this is {here}.",
            run=run_dir.name,
            app=str(app),
            here=__version__,
        )
        if is_newer(app)
        else msg("The run {run} was made by a newer version of the app.", run=run_dir.name),
        hint=msg("Get the newer EffNet Studio where you got this one; the run was not changed."),
        path=run_dir,
    )


def _damaged(path: Path, reason: str) -> ProjectError:
    return ProjectError(
        msg(
            "The run {run} cannot be read: {file} is damaged ({reason}).",
            run=path.parent.name,
            file=path.name,
            reason=reason.splitlines()[0] if reason else "empty",
        ),
        hint=msg("Its other files are untouched; the other runs can still be used."),
        path=path,
    )
