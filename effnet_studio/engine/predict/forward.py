"""Many forward passes of one image's variants, as fast as this computer can run them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from effnet_studio.engine.models.fast_trunk import fast_split

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor

    from effnet_studio.engine.predict.torch_predictor import TorchPredictor


def fast_forward(
    network: TorchPredictor, example: Tensor, *, images: int
) -> Callable[[Tensor], Tensor]:
    """Copy a network into the form in which it answers fastest.

    Batch norms are folded, and on a CPU the stages run in onnxruntime if that pays for so many
    images; the answers differ by rounding only.

    Args:
        network: A run's model; it is not changed.
        example: One normalised image, float32, shape (1, 3, s, s), where the network is.
        images: How many forward passes are to come.

    Returns:
        From normalised images, float32, shape (n, 3, s, s), to logits, float32, shape
        (n, classes). Takes turns with others who use the network; raises ModelError if the memory
        does not suffice.
    """
    with network.exclusive() as model, torch.inference_mode(mode=False), torch.no_grad():
        split = fast_split(model, network.spec, len(network.spec.stages), example, images=images)

    def forward(batch: Tensor) -> Tensor:
        # Not because the copy is shared, but because two at a time would be slower than in turn.
        with network.exclusive(), torch.inference_mode():
            return split.rest(
                split.trunk(batch.contiguous(memory_format=torch.channels_last))
            ).float()

    return forward
