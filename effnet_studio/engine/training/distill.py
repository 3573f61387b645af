"""Knowledge distillation: a trained teacher shows a smaller model how sure to be of each class."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F  # noqa: N812 - PyTorch's own convention

from effnet_studio.engine.errors import TrainingError
from effnet_studio.engine.messages import msg
from effnet_studio.engine.models.catalog import get_spec
from effnet_studio.engine.training.checkpoint import load_best

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from torch import Tensor, nn
    from torch.utils.hooks import RemovableHandle

    from effnet_studio.engine.models.spec import ModelSpec
    from effnet_studio.engine.preprocess import Preprocess

MATCHED_STAGES = 2
"""Stages, the last ones, whose attention is matched."""


class Teacher:
    """A trained network that answers for the student's own inputs.

    Args:
        model: The network, in evaluation mode, on the training device.
        spec: Its row of the catalog.
        preprocess: How pictures become its input.
        columns: For each class of the student, the output of the teacher.
        student: How pictures become the student's input.
        remember: For how many training pictures answers are kept, where a picture looks the same
            each time; 0: none.
    """

    def __init__(
        self,
        model: nn.Module,
        spec: ModelSpec,
        preprocess: Preprocess,
        columns: Sequence[int],
        *,
        student: Preprocess,
        remember: int = 0,
    ) -> None:
        self.model = model.eval().requires_grad_(requires_grad=False)
        self.spec = spec
        self._size = preprocess.size
        device = next(model.parameters()).device
        self._columns = torch.tensor(list(columns), device=device)
        # From the student's normalised colours to the teacher's.
        own, other = _affine(preprocess, device), _affine(student, device)
        self._factor = other[1] / own[1]
        self._shift = (other[0] - own[0]) / own[1]
        self._known = torch.full((remember, len(columns)), torch.nan, device=device)

    @torch.no_grad()
    def logits(self, inputs: Tensor, indices: Sequence[int] | None = None) -> Tensor:
        """Answer for the student's inputs.

        Args:
            inputs: Float, (n, 3, s, s), as the student gets them.
            indices: Positions of the pictures in the training set, to answer from memory.

        Returns:
            Float32, (n, classes of the student).
        """
        rows = torch.tensor(list(indices or ()), dtype=torch.int64, device=inputs.device)
        remembers = len(self._known) > 0 and len(rows) == len(inputs)
        if remembers:
            known = self._known[rows]
            if not bool(known.isnan().any()):
                return known
        answers: Tensor = self.model(self._as_own(inputs)).float()[:, self._columns]
        if remembers:
            self._known[rows] = answers
        return answers

    def _as_own(self, inputs: Tensor) -> Tensor:
        inputs = inputs * self._factor + self._shift
        if inputs.shape[-1] != self._size:
            side = (self._size, self._size)
            inputs = F.interpolate(inputs, side, mode="bilinear", antialias=True)
        return inputs.contiguous(memory_format=torch.channels_last)


def load_teacher(
    path: str | Path,
    classes: Sequence[str],
    *,
    student: Preprocess,
    device: torch.device,
    remember: int = 0,
) -> Teacher:
    """Load a trained run's best model as a teacher.

    Args:
        path: Its ``best.safetensors``, or the run's folder.
        classes: Of the student, in the order of its outputs.
        student: How pictures become the student's input.
        device: Where the student is trained.
        remember: As for :class:`Teacher`.

    Returns:
        The teacher.

    Raises:
        ModelError: If the file is no model of this app.
        TrainingError: If it does not know one of the classes.
    """
    file = Path(path) / "best.safetensors" if Path(path).is_dir() else Path(path)
    model, about = load_best(file)
    unknown = [name for name in classes if name not in about.classes]
    if unknown:
        raise TrainingError(
            msg("The teacher does not know: {classes}.", classes=", ".join(unknown)),
            hint=msg("Choose a run that was trained on the same classes."),
            path=file,
        )
    model.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    model.to(device)
    columns = [about.classes.index(name) for name in classes]
    return Teacher(
        model, get_spec(about.model), about.preprocess, columns, student=student, remember=remember
    )


def soft_loss(logits: Tensor, taught: Tensor, temperature: float) -> Tensor:
    """How far the student's softened answers are from the teacher's.

    The Kullback-Leibler divergence at a raised temperature, times its square, so that its gradient
    keeps its size when the temperature is changed (Hinton et al. 2015, arXiv:1503.02531, section
    2).

    Args:
        logits: Of the student, float, (n, classes).
        taught: Of the teacher, float, (n, classes).
        temperature: By which both are divided; above 1 the small probabilities tell more.

    Returns:
        Mean over the pictures, a float scalar.
    """
    student = F.log_softmax(logits / temperature, dim=1)
    teacher = F.log_softmax(taught / temperature, dim=1)
    divergence = F.kl_div(student, teacher, reduction="batchmean", log_target=True)
    return divergence * temperature**2


def attention_loss(student: Sequence[Tensor], teacher: Sequence[Tensor]) -> Tensor:
    """How differently two networks look at the same pictures.

    The maps of squared activations, summed over the channels and scaled to length one, are
    compared (attention transfer: Zagoruyko and Komodakis 2017, arXiv:1612.03928, eq. 2 with p = 2);
    networks of any width can be matched, and nothing is added that had to be trained.

    Args:
        student: Feature maps, float, (n, c, h, w), one for each matched stage.
        teacher: The teacher's for the same stages, of any number of channels and size.

    Returns:
        Mean over stages and pictures, a float scalar.
    """
    losses = []
    for own, other in zip(student, teacher, strict=True):
        size = min(own.shape[-1], other.shape[-1])
        maps = [
            F.normalize(F.adaptive_avg_pool2d(each.float().square().mean(1), size).flatten(1))
            for each in (own, other)
        ]
        losses.append((maps[0] - maps[1]).square().sum(1).mean())
    return torch.stack(losses).mean()


@contextlib.contextmanager
def listening(model: nn.Module, spec: ModelSpec) -> Iterator[list[Tensor]]:
    """Collect what the last stages of a network give, in forward order.

    Args:
        model: Network built from ``spec``; its hooks are gone afterwards.
        spec: Its row of the catalog.

    Yields:
        A list that each forward pass inside fills anew, one feature map for each stage.
    """
    maps: list[Tensor] = []
    handles: list[RemovableHandle] = []
    chosen = spec.stages[-MATCHED_STAGES:]
    for number, stage in enumerate(chosen):
        module = model.get_submodule(stage.modules[-1])

        def keep(_module: nn.Module, _inputs: object, output: Tensor, place: int = number) -> None:
            del maps[place:]
            maps.append(output)

        handles.append(module.register_forward_hook(keep))
    try:
        yield maps
    finally:
        for handle in handles:
            handle.remove()


def _affine(preprocess: Preprocess, device: torch.device) -> tuple[Tensor, Tensor]:
    """Mean and standard deviation, float32, (1, 3, 1, 1)."""
    values = (preprocess.mean, preprocess.std)
    mean, std = (torch.tensor(each, dtype=torch.float32, device=device) for each in values)
    return mean.view(1, 3, 1, 1), std.view(1, 3, 1, 1)
