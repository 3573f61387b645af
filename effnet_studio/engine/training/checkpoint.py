"""What a run keeps on disk: its best weights for use, and its last state for an exact continuation.

Nothing here is a pickle: tensors are safetensors, the rest JSON. Random numbers need no saving:
every step's and every picture's are derived from the seed and their place in the run.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import safetensors
import safetensors.torch
import torch
from pydantic import ValidationError
from torch import nn

from effnet_studio.engine import atomic
from effnet_studio.engine.errors import ModelError, TrainingError
from effnet_studio.engine.messages import msg
from effnet_studio.engine.models.build import build_model
from effnet_studio.engine.models.catalog import get_spec
from effnet_studio.engine.models.tensor_file import write_tensors
from effnet_studio.engine.preprocess import Preprocess
from effnet_studio.engine.training.runs import FROZEN_FILE, LAST_FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_MODEL = "model.safetensors"
_OPTIMIZER = "optimizer.safetensors"
_AVERAGE = "average.safetensors"
_STATE = "state.json"


@dataclass
class Totals:
    """Sums over pictures trained or validated on.

    Attributes:
        images: Pictures seen.
        loss: Sum of their losses.
        right: How many were classified correctly.
        seconds: Time it took.
        steps: Optimiser steps.
        gradient: Sum of the lengths of their gradients.
    """

    images: int = 0
    loss: float = 0.0
    right: int = 0
    seconds: float = 0.0
    steps: int = 0
    gradient: float = 0.0

    def add(self, images: int, mean_loss: float, right: int) -> None:
        """Count a batch."""
        self.images += images
        self.loss += mean_loss * images
        self.right += right

    @property
    def mean_loss(self) -> float:
        """Loss per picture."""
        return self.loss / max(1, self.images)

    @property
    def accuracy(self) -> float:
        """Share of the pictures that were right."""
        return self.right / max(1, self.images)


@dataclass
class TrainState:
    """Where a run stands, apart from weights and optimiser.

    Attributes:
        epoch: Next epoch to run, counted from 0.
        step: Optimiser steps done.
        best_accuracy: Validation accuracy of the best epoch so far; -1 before the first.
        best_loss: Validation loss of that epoch.
        best_score: What it was found the best by: accuracy or balanced accuracy; -1 before it.
        balanced: Whether epochs are judged by balanced accuracy.
        best_epoch: That epoch, counted from 0; -1 before the first.
        images: Training images seen, each time counted.
        train_seconds: Time spent in training steps.
        seconds: Time spent in all.
        micro_batch: Most pictures computed together, found when memory ran short; 0: no limit.
        rate_factor: What the learning rate is multiplied by since the loss was no number.
        retries: How often that was.
        part: Sums over the finished part of this epoch.
    """

    epoch: int = 0
    step: int = 0
    best_accuracy: float = -1.0
    best_loss: float = 0.0
    best_score: float = -1.0
    balanced: bool = False
    best_epoch: int = -1
    images: int = 0
    train_seconds: float = 0.0
    seconds: float = 0.0
    micro_batch: int = 0
    rate_factor: float = 1.0
    retries: int = 0
    part: Totals = field(default_factory=Totals)


@dataclass(frozen=True)
class BestModel:
    """What ``best.safetensors`` says about itself.

    Attributes:
        model: Catalog name of the architecture.
        classes: Names of the classes, in the order of the outputs.
        preprocess: How pictures become its input.
        run: Name of the run it comes from.
        epoch: Its epoch, counted from 0.
        accuracy: Its validation accuracy, in [0, 1].
        temperature: By which its logits are to be divided, for probabilities that hold.
    """

    model: str
    classes: tuple[str, ...]
    preprocess: Preprocess
    run: str
    epoch: int
    accuracy: float
    temperature: float = 1.0


def save_best(path: Path, model: nn.Module, about: BestModel) -> None:
    """Write weights that can be used without anything else.

    Args:
        path: File to create or replace.
        model: The network.
        about: What to write beside the weights.

    Raises:
        StorageError: If it cannot be written; the previous file is untouched.
    """
    metadata = {
        "format": "1",
        "model": about.model,
        "classes": json.dumps(about.classes, ensure_ascii=False),
        "preprocess": about.preprocess.model_dump_json(),
        "run": about.run,
        "epoch": str(about.epoch),
        "accuracy": repr(about.accuracy),
        "temperature": repr(about.temperature),
    }
    with atomic.replacing(path) as temporary:
        write_tensors(temporary, _plain(model.state_dict()), metadata)


def read_best(path: Path) -> BestModel:
    """Read what a weights file says about itself, without loading the weights.

    Args:
        path: A ``best.safetensors``.

    Returns:
        Its description.

    Raises:
        ModelError: If it is not such a file.
    """
    try:
        with safetensors.safe_open(path, framework="pt") as file:
            metadata = file.metadata() or {}
        if metadata.get("format", "1") != "1":
            raise ModelError(
                msg("{name} was made by a newer version of the app.", name=path.name),
                hint=msg("Update EffNet Studio to open it."),
                path=path,
            )
        return BestModel(
            model=metadata["model"],
            classes=tuple(json.loads(metadata["classes"])),
            preprocess=Preprocess.model_validate_json(metadata["preprocess"]),
            run=metadata["run"],
            epoch=int(metadata["epoch"]),
            accuracy=float(metadata["accuracy"]),
            temperature=_temperature(metadata),
        )
    except (OSError, safetensors.SafetensorError, KeyError, ValueError, ValidationError) as error:
        raise _no_model(path) from error


def read_temperature(path: Path) -> float:
    """Read by what the logits of a weights file are to be divided; 1 if it does not say.

    Args:
        path: Weights, as ``best.safetensors``.

    Raises:
        ModelError: If it is no such file.
    """
    try:
        with safetensors.safe_open(path, framework="pt") as file:
            return _temperature(file.metadata() or {})
    except (OSError, safetensors.SafetensorError, ValueError) as error:
        raise _no_model(path) from error


def _temperature(metadata: Mapping[str, str]) -> float:
    """As a file has it; those of earlier versions have none.

    Raises:
        ValueError: If it is no finite number above 0.
    """
    number = float(metadata.get("temperature", "1"))
    if not 0 < number < math.inf:
        raise ValueError(number)
    return number


def load_best(path: Path) -> tuple[nn.Module, BestModel]:
    """Load a trained network.

    Args:
        path: A ``best.safetensors``.

    Returns:
        The network in evaluation mode, float32 on the CPU, and its description.

    Raises:
        ModelError: If it is not such a file or does not fit its architecture.
    """
    about = read_best(path)
    model = build_model(get_spec(about.model), len(about.classes))
    try:
        model.load_state_dict(safetensors.torch.load_file(path))
    except (OSError, safetensors.SafetensorError, RuntimeError) as error:
        raise _no_model(path) from error
    return model.eval(), about


def save_frozen(run_dir: Path, model: nn.Module, names: Iterable[str]) -> None:
    """Write, once, the tensors that this run never changes.

    Args:
        run_dir: The run's folder.
        model: The network.
        names: Their names in its state.

    Raises:
        StorageError: If they cannot be written.
    """
    wanted = set(names)
    tensors = {name: t for name, t in model.state_dict().items() if name in wanted}
    with atomic.replacing(run_dir / FROZEN_FILE) as temporary:
        write_tensors(temporary, _plain(tensors))


def save_last(
    run_dir: Path,
    state: TrainState,
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    scaler: torch.amp.GradScaler,
    *,
    frozen: frozenset[str] = frozenset(),
    average: nn.Module | None = None,
) -> None:
    """Write everything a continuation needs, in the place of what was written before.

    Args:
        run_dir: The run's folder.
        state: Where the run stands.
        model: The network.
        optimizer: Its optimiser.
        scaler: Its gradient scaler.
        frozen: Names of the tensors that :func:`save_frozen` wrote.
        average: The network with averaged weights, where there is one.

    Raises:
        StorageError: If it cannot be written; the previous state is untouched.
    """
    moving = _moving(model, frozen)
    optimizer_state = optimizer.state_dict()
    tensors, plain = _divide(optimizer_state["state"])
    about = {
        "format": 1,
        "state": asdict(state),
        "optimizer": {"plain": plain, "groups": optimizer_state["param_groups"]},
        "scaler": scaler.state_dict(),
    }
    with atomic.replacing_folder(run_dir / LAST_FOLDER) as folder:
        write_tensors(folder / _MODEL, _plain(moving))
        write_tensors(folder / _OPTIMIZER, _plain(tensors))
        if average is not None:
            write_tensors(folder / _AVERAGE, _plain(_moving(average, frozen)))
        (folder / _STATE).write_text(json.dumps(about), encoding="utf-8")


def has_last(run_dir: Path) -> bool:
    """Whether a run can be continued; finishes a replacement that a crash cut short."""
    with atomic.storage_errors(run_dir):
        atomic.recover_folder(run_dir / LAST_FOLDER)
        return (run_dir / LAST_FOLDER / _STATE).exists()


def load_last(
    run_dir: Path,
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    scaler: torch.amp.GradScaler,
    *,
    average: nn.Module | None = None,
) -> TrainState:
    """Put network, optimiser and scaler back to where the run stopped.

    Args:
        run_dir: The run's folder.
        model: As it was built for the run.
        optimizer: As it was made for the run.
        scaler: As it was made for the run.
        average: The network for the averaged weights, where there is one.

    Returns:
        Where the run stands.

    Raises:
        TrainingError: If the files are damaged or belong to something else.
    """
    folder = run_dir / LAST_FOLDER
    try:
        about = json.loads((folder / _STATE).read_text(encoding="utf-8"))
        fixed = {}
        if (run_dir / FROZEN_FILE).exists():
            fixed = safetensors.torch.load_file(run_dir / FROZEN_FILE)
        model.load_state_dict(safetensors.torch.load_file(folder / _MODEL) | fixed)
        if average is not None:
            average.load_state_dict(safetensors.torch.load_file(folder / _AVERAGE) | fixed)
        optimizer.load_state_dict(
            {
                "state": _join(
                    safetensors.torch.load_file(folder / _OPTIMIZER), about["optimizer"]["plain"]
                ),
                "param_groups": about["optimizer"]["groups"],
            }
        )
        _match_layout(optimizer)
        scaler.load_state_dict(about["scaler"])
        part = Totals(**about["state"].pop("part", {}))
        about["state"].setdefault("best_score", about["state"]["best_accuracy"])  # of old runs
        return TrainState(**about["state"], part=part)
    except (
        OSError,
        safetensors.SafetensorError,
        KeyError,
        TypeError,
        ValueError,
        RuntimeError,
    ) as error:
        raise TrainingError(
            msg("The run {run} cannot be continued: its last state is damaged.", run=run_dir.name),
            hint=msg("Its best model can still be used; start a new training to go on."),
            path=folder,
        ) from error


def _moving(model: nn.Module, frozen: frozenset[str]) -> dict[str, torch.Tensor]:
    """What changes while training."""
    return {name: t for name, t in model.state_dict().items() if name not in frozen}


def _plain(tensors: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Row-major copies on the CPU: safetensors knows no other memory layout."""
    return {name: tensor.detach().cpu().contiguous() for name, tensor in tensors.items()}


def _divide(
    state: dict[int, dict[str, Any]],
) -> tuple[dict[str, torch.Tensor], dict[str, dict[str, Any]]]:
    """Divide an optimiser's state per parameter into tensors and the rest."""
    tensors: dict[str, torch.Tensor] = {}
    plain: dict[str, dict[str, Any]] = {}
    for number, values in state.items():
        plain[str(number)] = {}
        for name, value in values.items():
            if isinstance(value, torch.Tensor):
                tensors[f"{number}.{name}"] = value
            else:
                plain[str(number)][name] = value
    return tensors, plain


def _join(
    tensors: dict[str, torch.Tensor], plain: dict[str, dict[str, Any]]
) -> dict[int, dict[str, Any]]:
    """Undo :func:`_divide`."""
    state = {int(number): dict(values) for number, values in plain.items()}
    for key, tensor in tensors.items():
        number, _, name = key.partition(".")
        state[int(number)][name] = tensor
    return state


def _match_layout(optimizer: torch.optim.Optimizer) -> None:
    """Lay the optimiser's tensors out in memory as their parameters are.

    Fused kernels walk through both side by side in memory; with a channels-last parameter and a
    row-major average they would silently mix up the weights.
    """
    for parameter, values in optimizer.state.items():
        for name, value in values.items():
            if isinstance(value, torch.Tensor) and value.shape == parameter.shape:
                values[name] = torch.empty_like(parameter, dtype=value.dtype).copy_(value)


def _no_model(path: Path) -> ModelError:
    return ModelError(
        msg("{name} is not a model trained with this app, or it is damaged.", name=path.name),
        hint=msg("Choose a project, a run, or a best.safetensors file inside a run."),
        path=path,
    )
