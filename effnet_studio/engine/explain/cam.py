"""Class activation maps: which parts of a picture speak for a class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import torch

from effnet_studio.engine.errors import ConfigError, ModelError
from effnet_studio.engine.events import OnEvent, ProgressMeter, Stage, ignore
from effnet_studio.engine.explain.hooks import activation_with_gradient, require_network
from effnet_studio.engine.explain.maps import normalized, upsampled
from effnet_studio.engine.explain.methods import (
    CamMethod,
    Evidence,
    find_method,
    score_masks,
    telling_channels,
)
from effnet_studio.engine.explain.names import FINE
from effnet_studio.engine.explain.target import Target, check_class
from effnet_studio.engine.messages import msg
from effnet_studio.engine.models.probe import probe_model
from effnet_studio.engine.predict.forward import fast_forward
from effnet_studio.engine.predict.pipeline import default_batch_size
from effnet_studio.engine.predict.scores import softmax

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from torch import Tensor

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.predict.predictor import Predictor, Source
    from effnet_studio.engine.predict.torch_predictor import TorchPredictor

SCORE_CHANNELS: Final = 256
"""Channels that Score-CAM tries unless told otherwise: each is a forward pass."""


@dataclass(frozen=True, eq=False)
class Explanation:
    """Where the model looked.

    Attributes:
        heatmap: How much each pixel speaks for the class, float32, shape (s, s), in [0, 1]; all
            zeros when nothing does.
        coarse: The same before it was enlarged, float32, shape (h, w) of the layer.
        raw: The method's own numbers before they were stretched to [0, 1], float32, shape (h, w).
        method: Name of the method, one of
            :data:`~effnet_studio.engine.explain.methods.CAM_METHODS`.
        class_index: The class explained; for a method that looks at no class, the likeliest.
        label: Its name.
        probability: What the model gives it, in [0, 1].
        against: The class it was compared with; None: none.
        against_label: Its name; empty without.
        layer: Dotted name of the layer looked at.
        picture: What the model saw, RGB, uint8, shape (s, s, 3).
        channels: How many of the layer's channels Score-CAM tried; None for the others.
    """

    heatmap: NDArray[np.float32]
    coarse: NDArray[np.float32]
    raw: NDArray[np.float32]
    method: str
    class_index: int
    label: str
    probability: float
    against: int | None
    against_label: str
    layer: str
    picture: NDArray[np.uint8]
    channels: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing in the picture speaks for the class."""
        return not bool(self.heatmap.any())


def explain_class(
    predictor: Predictor,
    source: Source,
    *,
    method: str = "gradcam",
    class_index: int | None = None,
    against: int | None = None,
    layer: str | None = None,
    channels: int | None = SCORE_CHANNELS,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> Explanation:
    """Explain one answer with a class activation map.

    The formulas and their sources are in :mod:`effnet_studio.engine.explain.methods`. The map is
    stretched to [0, 1] and enlarged bilinearly. With ``against`` it shows why one class and not
    another: the score explained is the difference y_a − y_b of their logits.

    Args:
        predictor: A run's model; it is the same afterwards.
        source: The image: RGB pixels (uint8, (height, width, 3)), a file or its bytes.
        method: One of :data:`~effnet_studio.engine.explain.methods.CAM_METHODS`.
        class_index: Which class; None: the likeliest.
        against: The class to compare it with; None: none.
        layer: Title of a stage or dotted name of a module, see :func:`layers_of`; None: the last
            stage.
        channels: How many channels Score-CAM tries, those that differ most from place to place;
            None: all, which is the published method and takes a forward pass for each.
        on_event: Hears the progress of Score-CAM; the others are one pass.
        cancel: Stops Score-CAM between two batches.

    Returns:
        The explanation.

    Raises:
        Cancelled: If the job was asked to stop.
        ConfigError: If there is no such method, it looks at no class but one was chosen, or a
            class is compared with itself.
        ModelError: If the model is an exported file, or there is no such layer or class.
        ImageError: If the image cannot be used.
    """
    chosen = find_method(method)
    network = require_network(predictor)
    if not chosen.per_class and (class_index is not None or against is not None):
        raise ConfigError(
            msg("{method} does not depend on a class.", method=chosen.title),
            hint=msg("Leave the class out, or choose another method, such as Grad-CAM."),
        )
    if channels is not None and channels < 1:
        raise ConfigError(msg("Score-CAM needs at least one channel."))
    for index in (class_index, against):
        check_class(network, index)
    name = find_layer(network, layer)
    picture = network.picture(source)
    found = raw_map(
        network,
        network.to_tensor(network.preprocess.normalize(picture[None])),
        name,
        chosen,
        Target(class_index, against),
        channels=channels,
        on_event=on_event,
        cancel=cancel,
    )
    coarse = normalized(found.values)
    index = found.target.class_index or 0
    return Explanation(
        heatmap=upsampled(coarse, network.preprocess.size),
        coarse=coarse.numpy(),
        raw=found.values.float().numpy(),
        method=method,
        class_index=index,
        label=network.classes[index],
        probability=float(softmax(found.logits.float().cpu().numpy())[index]),
        against=against,
        against_label="" if against is None else network.classes[against],
        layer=name,
        picture=picture,
        channels=found.channels,
    )


class RawMap(NamedTuple):
    """A method's numbers.

    Attributes:
        values: Float64 on the CPU, shape (h, w) of the layer.
        logits: Of the image, shape (classes,).
        target: What was explained, with the class that was chosen.
        channels: How many channels were tried; None for methods that try none.
    """

    values: Tensor
    logits: Tensor
    target: Target
    channels: int | None


def raw_map(
    network: TorchPredictor,
    batch: Tensor,
    layer: str,
    method: CamMethod,
    target: Target,
    *,
    channels: int | None = SCORE_CHANNELS,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> RawMap:
    """Compute a map of an image that is prepared already.

    Args:
        network: A run's model; it is the same afterwards.
        batch: The normalised image, float32, shape (1, 3, s, s), where the network is.
        layer: Dotted name of a module.
        method: A row of the table of methods.
        target: What to explain.
        channels: As for :func:`explain_class`, and so are the others.
        on_event: Hears the progress of Score-CAM.
        cancel: Stops Score-CAM.

    Returns:
        The method's numbers.

    Raises:
        Cancelled: If the job was asked to stop.
        ConfigError: If a class is compared with itself.
        ModelError: If there is no such layer.
    """
    with network.exclusive() as model:
        activation, evidence, logits = activation_with_gradient(
            model, layer, batch, target.score, gradient=method.evidence is Evidence.GRADIENT
        )
    resolved = target.resolved(logits)
    tried = None
    if method.evidence is Evidence.SCORES:
        numbers = telling_channels(activation, channels)
        tried = len(numbers)
        evidence = _channel_scores(
            network, batch, activation, numbers, resolved, on_event=on_event, cancel=cancel
        )
    # In double precision, because Grad-CAM++ divides by what may nearly cancel; on the CPU, because
    # some accelerators have none.
    given = activation.cpu().double()
    values = method.formula(given, given if evidence is None else evidence.cpu().double())
    return RawMap(values, logits, resolved, tried)


def _channel_scores(
    network: TorchPredictor,
    batch: Tensor,
    activation: Tensor,
    numbers: Tensor,
    target: Target,
    *,
    on_event: OnEvent,
    cancel: CancelToken | None,
) -> Tensor:
    """Scores of the image seen through each of some channels, shape (c,); −∞ for the others."""
    scores = activation.new_full((len(activation),), -torch.inf)
    side = network.preprocess.size
    forward = fast_forward(network, batch, images=len(numbers))
    meter = ProgressMeter(Stage.EXPLAIN, len(numbers), on_event)
    for some in torch.split(numbers, default_batch_size(side, network.at_a_time)):
        if cancel is not None:
            cancel.check()
        scores[some] = target.score(forward(score_masks(activation[some], side) * batch))
        meter.advance(len(some))
    meter.finish()
    return scores


def layers_of(predictor: Predictor) -> list[tuple[str, str]]:
    """The layers worth looking at: the end of each stage.

    Args:
        predictor: A run's model.

    Returns:
        Title for people and dotted name of each, from the input to the last feature map.

    Raises:
        ModelError: If the model is an exported file.
    """
    stages = require_network(predictor).spec.stages
    return [(stage.name, stage.modules[-1]) for stage in stages]


def find_layer(predictor: Predictor, layer: str | None) -> str:
    """Turn the user's choice of layer into a module's name.

    Args:
        predictor: A run's model.
        layer: Title of a stage (in any case), dotted name of a module, :data:`FINE` for the last
            stage whose map has twice as many places on each side as the default's, or None for
            the default.

    Returns:
        Dotted name of a module of the model.

    Raises:
        ModelError: If there is no such layer.
    """
    network = require_network(predictor)
    if layer is None:
        return network.spec.cam_layer
    layers = layers_of(network)
    if layer == FINE:
        return _finer_layer(network)
    for title, name in layers:
        if layer.strip().casefold() == title.casefold():
            return name
    if layer and layer in dict(network.model.named_modules()):
        return layer
    raise ModelError(
        msg("This model has no layer named {name}.", name=layer or "?"),
        hint=msg("Choose one of: {names}.", names=", ".join(title for title, _ in layers)),
    )


def _finer_layer(network: TorchPredictor) -> str:
    """The last stage that is finer than the default layer, or the default if none is."""
    spec, size = network.spec, network.preprocess.size
    facts = probe_model(spec, image_size=size).stages
    sides = {
        stage.modules[-1]: fact.shape[1]  # height, whether channels come first or last
        for stage, fact in zip(spec.stages, facts, strict=False)
        if len(fact.shape) == 3
    }
    least = 2 * sides.get(spec.cam_layer, 0)
    finer = [name for name, side in sides.items() if side >= least > 0]
    return finer[-1] if finer else spec.cam_layer
