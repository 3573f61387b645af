"""Does a map follow the model? Its weights are replaced by random ones, and it is made again.

Adebayo et al., "Sanity Checks for Saliency Maps", NeurIPS 2018, section 3: the layers are
randomised one after the other, from the head to the input, each step on top of the one before. A
map that stays the same shows the image, not what the model learned.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

import numpy as np
import torch

from effnet_studio.engine.explain.cam import raw_map
from effnet_studio.engine.explain.maps import normalized
from effnet_studio.engine.explain.methods import find_method
from effnet_studio.engine.explain.target import Target
from effnet_studio.engine.predict.torch_predictor import TorchPredictor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from torch import nn

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.explain.cam import Explanation


def randomized_maps(
    network: TorchPredictor,
    explanation: Explanation,
    *,
    seed: int = 0,
    channels: int | None = None,
    cancel: CancelToken | None = None,
) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """Make a map again with more and more of the weights replaced.

    Args:
        network: The model that was explained; a copy is changed, never itself.
        explanation: Its map.
        seed: Makes the random weights repeatable.
        channels: How many channels Score-CAM tries.
        cancel: Stops the job between two maps.

    Yields:
        First an empty title and the map of the untouched copy; then the title of each part, from
        the head to the input, and the map with it and all before it randomised, stretched to
        [0, 1], float32, shape (h, w).

    Raises:
        Cancelled: If the job was asked to stop.
    """
    other = copy_of(network)
    batch = other.to_tensor(other.preprocess.normalize(explanation.picture[None]))
    method = find_method(explanation.method)
    target = Target(explanation.class_index, explanation.against)
    generator = torch.Generator().manual_seed(seed)
    parts = [("Head", other.spec.head)]
    parts += [(stage.name, stage.modules) for stage in reversed(other.spec.stages)]
    for title, modules in [("", ()), *parts]:
        if cancel is not None:
            cancel.check()
        for name in modules:
            randomize(other.model.get_submodule(name), generator)
        found = raw_map(
            other, batch, explanation.layer, method, target, channels=channels, cancel=cancel
        )
        yield title, normalized(found.values).numpy()


@torch.no_grad()
def randomize(module: nn.Module, generator: torch.Generator) -> None:
    """Shuffle the numbers in each tensor of weights, biases and statistics.

    Shuffled, not drawn anew as in the paper: nothing of what was learned is left but the spread of
    each tensor, with which the activations neither vanish nor overflow on their way through batch
    norms whose statistics fitted the old weights. A map of zeros would be no answer.

    Args:
        module: Changed in place, with all modules in it.
        generator: On the CPU.
    """
    for tensor in (*module.parameters(), *module.buffers()):
        if tensor.is_floating_point():
            order = torch.randperm(tensor.numel(), generator=generator).to(tensor.device)
            tensor.copy_(tensor.flatten()[order].view(tensor.shape))


def spearman(first: NDArray[np.floating], second: NDArray[np.floating]) -> float:
    """Spearman's rank correlation of two maps, equal values sharing their mean rank.

    Args:
        first: Any shape.
        second: The same shape.

    Returns:
        In [−1, 1]; 0 if one of them is the same everywhere.
    """
    ranks = [_ranks(np.asarray(values).ravel()) for values in (first, second)]
    centred = [values - values.mean() for values in ranks]
    length = float(np.sqrt((centred[0] ** 2).sum() * (centred[1] ** 2).sum()))
    return float((centred[0] * centred[1]).sum()) / length if length else 0.0


def _ranks(values: NDArray[np.floating]) -> NDArray[np.float64]:
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    means: NDArray[np.float64] = (np.cumsum(counts) - (counts - 1) / 2)[place]
    return means


def copy_of(network: TorchPredictor) -> TorchPredictor:
    """Copy a model with its network, so that it can be changed.

    Args:
        network: A run's model.
    """
    with network.exclusive() as model:
        copied = copy.deepcopy(model)
    return TorchPredictor(
        copied,
        network.spec,
        name=network.name,
        path=network.path,
        classes=network.classes,
        preprocess=network.preprocess,
        device=network.device,
    )
