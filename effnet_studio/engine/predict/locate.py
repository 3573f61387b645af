"""What the user means by a model: a project, a run, an export's folder or a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from effnet_studio.engine.errors import ModelError
from effnet_studio.engine.messages import msg
from effnet_studio.engine.project import Project
from effnet_studio.engine.project_opener import PROJECT_FILE, project_folder
from effnet_studio.engine.training.runs import BEST_FILE, CONFIG_FILE

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.engine.messages import Message

_PICKLES = frozenset({".pt", ".pth", ".ckpt", ".bin", ".pkl", ".pickle", ".joblib"})

_ELSEWHERE = frozenset({".tflite", ".xml", ".pte", ".pt2", ".mlpackage", ".mlmodel"})
"""Endings of what is exported for LiteRT, OpenVINO, ExecuTorch, PyTorch and Core ML."""

_DEPTH = 3
"""Folders from an exported file up to its project: the export's own, ``exports``, the project."""


def locate(model: Path, run: str | None = None) -> Path:
    """Find the run folder or exported file that a path means.

    Args:
        model: What the user gave.
        run: Which run of a project; None: the newest with something to load.

    Returns:
        A run's folder (with its ``best.safetensors``), or an ``.onnx`` file.

    Raises:
        ModelError: If there is no model there.
        ProjectError: If the project cannot be opened, or has no such run.
    """
    if model.is_dir():
        return _in_folder(model, run)
    if not model.exists():
        raise ModelError(
            msg("There is nothing at {path}.", path=str(model)),
            hint=msg("Check the spelling; choose a project, a run or an exported .onnx file."),
            path=model,
        )
    if project_folder(model) != model:
        return _in_folder(project_folder(model), run)
    if model.name == BEST_FILE and (model.parent / CONFIG_FILE).is_file():
        return model.parent
    if model.suffix.lower() == ".onnx":
        return model
    raise ModelError(
        msg("{name} is not a model that can be opened here.", name=model.name),
        hint=_hint(model.suffix.lower()),
        path=model,
    )


def home_of(model: Path) -> Path | None:
    """The project that a run's folder or an exported file lies in.

    Args:
        model: As :func:`locate` found it.

    Returns:
        The project's folder; None if it lies in none.
    """
    around = model.absolute().parents[:_DEPTH]
    return next((folder for folder in around if (folder / PROJECT_FILE).is_file()), None)


def _in_folder(folder: Path, run: str | None) -> Path:
    if (folder / PROJECT_FILE).is_file():
        with Project.open(folder, read_only=True) as project:
            return _with_weights(project.find_run(run))
    if (folder / CONFIG_FILE).is_file():
        return _with_weights(folder)
    exported = sorted(folder.glob("*.onnx"))
    if len(exported) == 1:
        return exported[0]
    if exported:
        raise ModelError(
            msg(
                "There are {count} exported models in {folder}.",
                count=len(exported),
                folder=folder.name,
            ),
            hint=msg("Choose one of them: {names}.", names=", ".join(f.name for f in exported)),
            path=folder,
        )
    raise ModelError(
        msg("The folder {folder} is neither a project nor a training run.", folder=folder.name),
        hint=msg("Choose a project (NAME.effnet), a folder inside its runs, or an .onnx file."),
        path=folder,
    )


def _with_weights(run_dir: Path) -> Path:
    if not (run_dir / BEST_FILE).is_file():
        raise ModelError(
            msg("The run {run} has no finished epoch yet.", run=run_dir.name),
            hint=msg("Let it train for at least one epoch, or choose another run."),
            path=run_dir,
        )
    return run_dir


def opens_elsewhere(file: Path) -> bool:
    """Whether a file is a model for another program, which this app writes but does not run.

    Args:
        file: By its name only.
    """
    return file.suffix.lower() in _ELSEWHERE


def _hint(suffix: str) -> Message:
    if suffix in _ELSEWHERE:
        return msg(
            "It is made for another program. To look at answers here, export the same model as "
            "ONNX and open that .onnx file. If this app exported the file, its certificate says "
            "whether both answer alike: the answers were compared then."
        )
    if suffix in _PICKLES:
        return msg(
            "Files of this kind can run any program when they are opened, so this app never does. "
            "Choose a project, a run or an exported .onnx file."
        )
    return msg("Choose a project, a run or an exported .onnx file.")
