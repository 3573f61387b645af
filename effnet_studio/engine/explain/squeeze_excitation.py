"""What squeeze-and-excitation blocks let through: channel gates and gated activation maps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch

from effnet_studio.engine.errors import ModelError
from effnet_studio.engine.explain.hooks import evaluating, hooked, require_network
from effnet_studio.engine.explain.maps import normalized, upsampled
from effnet_studio.engine.messages import msg
from effnet_studio.engine.models.build import se_blocks, se_gate
from effnet_studio.engine.predict.scores import softmax

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray
    from torch import Tensor, nn

    from effnet_studio.engine.models.spec import ModelSpec
    from effnet_studio.engine.predict.predictor import Predictor, Source
    from effnet_studio.engine.predict.torch_predictor import TorchPredictor


@dataclass(frozen=True, eq=False)
class SEGate:
    """How far one block opens each of its channels for an image.

    Attributes:
        name: Dotted name of the block.
        title: Shown to people, such as ``"Stage 4, block 2"``.
        values: The gates, float32, shape (channels,), in [0, 1]: 0 shut, 1 open.
        coarse: The block's gated activation, stretched to [0, 1], float32, shape (h, w).
        raw: The same, not stretched.
    """

    name: str
    title: str
    values: NDArray[np.float32]
    coarse: NDArray[np.float32]
    raw: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class SEExplanation:
    """What all squeeze-and-excitation blocks did with an image.

    Attributes:
        gates: One for each block, in forward order.
        block: Dotted name of the block that the heat map shows.
        heatmap: Its gated activation, or that of one of its channels, float32, shape (s, s), in
            [0, 1].
        raw: The same, not stretched, float32, shape (h, w) of the block.
        class_index: The likeliest class.
        label: Its name.
        probability: What the model gives it, in [0, 1].
        picture: What the model saw, RGB, uint8, shape (s, s, 3).
    """

    gates: tuple[SEGate, ...]
    block: str
    heatmap: NDArray[np.float32]
    raw: NDArray[np.float32]
    class_index: int
    label: str
    probability: float
    picture: NDArray[np.uint8]

    def heatmap_of(self, block: str) -> NDArray[np.float32]:
        """The heat map of another block, without running the model again.

        Args:
            block: Its dotted name or title.

        Returns:
            float32, shape (s, s), in [0, 1].

        Raises:
            ModelError: If there is no such block.
        """
        gate = _find(self.gates, block)
        return upsampled(torch.from_numpy(gate.coarse), len(self.picture))


def se_explain(
    predictor: Predictor,
    source: Source,
    *,
    block: str | None = None,
    channel: int | None = None,
) -> SEExplanation:
    """Look at the squeeze-and-excitation blocks while the model judges an image.

    A block (Hu et al., "Squeeze-and-Excitation Networks", CVPR 2018, eq. 2 to 4) multiplies each
    channel x_c of its input by a gate s_c in [0, 1] that it computes from all channels' means.
    Shown are the gates s, and as a heat map the mean over the channels of |s_c · x_c|: how
    strongly each place is active in the channels that were let through. Unlike Grad-CAM it does
    not depend on a class.

    Args:
        predictor: A run's model; it is the same afterwards.
        source: The image: RGB pixels (uint8, (height, width, 3)), a file or its bytes.
        block: Dotted name or title of the block to show as a heat map; None: the last.
        channel: Show |s_c · x_c| of this channel alone; None: the mean over all.

    Returns:
        Gates and heat map.

    Raises:
        ModelError: If the model is an exported file or has no such blocks, or there is no block
            of that name or no such channel.
        ImageError: If the image cannot be used.
    """
    network = require_network(predictor)
    titles = se_titles(network)
    picture = network.picture(source)
    batch = network.preprocess.normalize(picture[None])
    gates: dict[str, Tensor] = {}
    maps: dict[str, Tensor] = {}
    with network.exclusive() as model:
        blocks = se_blocks(model)
        hooks = [(se_gate(module), _keep(gates, n)) for n, module in blocks]
        hooks += [(module, _keep(maps, n)) for n, module in blocks]
        with torch.inference_mode(), evaluating(model), hooked(hooks):
            logits = model(network.to_tensor(batch)).float().cpu().numpy()[0]
    active = {name: maps[name][0].abs().mean(dim=0) for name in maps}
    found = tuple(
        SEGate(
            name=name,
            title=titles[name],
            values=gates[name].flatten().float().cpu().numpy(),
            coarse=normalized(active[name]).numpy(),
            raw=active[name].float().cpu().numpy(),
        )
        for name, _ in blocks
    )
    shown = found[-1] if block is None else _find(found, block)
    raw = torch.from_numpy(shown.raw)
    if channel is not None:
        raw = _channel(maps[shown.name][0], channel, shown.title)
    chosen = int(logits.argmax())
    return SEExplanation(
        gates=found,
        block=shown.name,
        heatmap=upsampled(normalized(raw), network.preprocess.size),
        raw=raw.numpy(),
        class_index=chosen,
        label=network.classes[chosen],
        probability=float(softmax(logits)[chosen]),
        picture=picture,
    )


def se_titles(predictor: Predictor) -> dict[str, str]:
    """Names of a model's squeeze-and-excitation blocks.

    Args:
        predictor: A run's model.

    Returns:
        Dotted name to title for people, in forward order.

    Raises:
        ModelError: If the model is an exported file or has no such blocks.
    """
    network = require_network(predictor)
    names = [name for name, _ in se_blocks(network.model)]
    if not names:
        raise _without_blocks(network)
    counts: dict[str, int] = {}
    titles = {}
    for name in names:
        stage = _stage_of(network.spec, name)
        counts[stage] = counts.get(stage, 0) + 1
        titles[name] = f"{stage}, block {counts[stage]}"
    return titles


def _stage_of(spec: ModelSpec, name: str) -> str:
    for stage in spec.stages:
        if any(f"{name}.".startswith(f"{module}.") for module in stage.modules):
            return stage.name
    return "Head"


def _channel(gated: Tensor, channel: int, title: str) -> Tensor:
    if 0 <= channel < len(gated):
        return gated[channel].abs().float().cpu()
    raise ModelError(
        msg("{block} has no channel {number}.", block=title, number=channel),
        hint=msg("Its channels are numbered from 0 to {last}.", last=len(gated) - 1),
    )


def _keep(into: dict[str, Tensor], name: str) -> Callable[[nn.Module, Any, Any], None]:
    def keep(_module: nn.Module, _inputs: Any, output: Tensor) -> None:
        # A copy: what follows may change the output in place.
        into[name] = output.detach().clone()

    return keep


def _find(gates: tuple[SEGate, ...], block: str) -> SEGate:
    for gate in gates:
        if block == gate.name or block.strip().casefold() == gate.title.casefold():
            return gate
    raise ModelError(
        msg("This model has no squeeze-and-excitation block named {name}.", name=block),
        hint=msg("Choose one of: {names}.", names=", ".join(gate.title for gate in gates)),
    )


def _without_blocks(network: TorchPredictor) -> ModelError:
    return ModelError(
        msg("{model} has no squeeze-and-excitation blocks.", model=network.spec.title),
        hint=msg("EfficientNet and MobileNetV3 have them; or choose Grad-CAM."),
    )
