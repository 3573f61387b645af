"""Grad-CAM: which parts of a picture speak for a class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch

from effnet_studio.engine.errors import ModelError
from effnet_studio.engine.explain.hooks import activation_with_gradient, require_network
from effnet_studio.engine.explain.maps import normalized, upsampled
from effnet_studio.engine.messages import msg
from effnet_studio.engine.predict.scores import softmax

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from effnet_studio.engine.predict.predictor import Predictor, Source


@dataclass(frozen=True, eq=False)
class Explanation:
    """Where the model looked.

    Attributes:
        heatmap: How much each pixel speaks for the class, float32, shape (s, s), in [0, 1]; all
            zeros when nothing does.
        coarse: The same before it was enlarged, float32, shape (h, w) of the layer.
        class_index: The class explained.
        label: Its name.
        probability: What the model gives it, in [0, 1].
        layer: Dotted name of the layer looked at.
        picture: What the model saw, RGB, uint8, shape (s, s, 3).
    """

    heatmap: NDArray[np.float32]
    coarse: NDArray[np.float32]
    class_index: int
    label: str
    probability: float
    layer: str
    picture: NDArray[np.uint8]

    @property
    def is_empty(self) -> bool:
        """Whether nothing in the picture speaks for the class."""
        return not bool(self.heatmap.any())


def grad_cam(
    predictor: Predictor,
    source: Source,
    *,
    class_index: int | None = None,
    layer: str | None = None,
) -> Explanation:
    """Explain one answer.

    Grad-CAM (Selvaraju et al., "Grad-CAM: Visual Explanations from Deep Networks via
    Gradient-based Localization", ICCV 2017, eq. 1 and 2): the layer's maps A_k are added up with
    the weights α_k = mean over (i, j) of ∂y_c/∂A_k(i, j), where y_c is the class's logit, and
    what is negative is set to 0. The result is stretched to [0, 1] and enlarged bilinearly.

    Args:
        predictor: A run's model; it is the same afterwards.
        source: The image: RGB pixels (uint8, (height, width, 3)), a file or its bytes.
        class_index: Which class; None: the likeliest.
        layer: Title of a stage or dotted name of a module, see :func:`layers_of`; None: the last
            stage.

    Returns:
        The explanation.

    Raises:
        ModelError: If the model is an exported file, or there is no such layer or class.
        ImageError: If the image cannot be used.
    """
    network = require_network(predictor)
    if class_index is not None and not 0 <= class_index < len(network.classes):
        raise ModelError(
            msg("This model has no class number {number}.", number=class_index),
            hint=msg("Its classes are numbered 0 to {last}.", last=len(network.classes) - 1),
        )
    name = find_layer(network, layer)
    picture = network.picture(source)
    batch = network.preprocess.normalize(picture[None])
    with network.exclusive() as model:
        activation, gradient, logits = activation_with_gradient(
            model, name, network.to_tensor(batch), class_index
        )
    weights = gradient.mean(dim=(2, 3), keepdim=True)
    coarse = normalized(torch.relu((weights * activation).sum(dim=1))[0])
    probabilities = softmax(logits.float().cpu().numpy()[0])
    chosen = int(logits[0].argmax()) if class_index is None else class_index
    return Explanation(
        heatmap=upsampled(coarse, network.preprocess.size),
        coarse=coarse.numpy(),
        class_index=chosen,
        label=network.classes[chosen],
        probability=float(probabilities[chosen]),
        layer=name,
        picture=picture,
    )


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
        layer: Title of a stage (in any case), dotted name of a module, or None for the default.

    Returns:
        Dotted name of a module of the model.

    Raises:
        ModelError: If there is no such layer.
    """
    network = require_network(predictor)
    if layer is None:
        return network.spec.cam_layer
    layers = layers_of(network)
    for title, name in layers:
        if layer.strip().casefold() == title.casefold():
            return name
    if layer and layer in dict(network.model.named_modules()):
        return layer
    raise ModelError(
        msg("This model has no layer named {name}.", name=layer or "?"),
        hint=msg("Choose one of: {names}.", names=", ".join(title for title, _ in layers)),
    )
