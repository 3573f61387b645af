"""Ways to make a map out of a layer's output: pure functions, and a table of them.

``A`` is the layer's output for one image, float (c, h, w), and ``G`` the gradient of the explained
score there, of the same shape. Every formula gives one number for each place, float (h, w), not
stretched. Except for Eigen-CAM, what speaks against the class is set to 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from types import MappingProxyType
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F  # noqa: N812 - PyTorch's own convention

from effnet_studio.engine.errors import ConfigError
from effnet_studio.engine.explain.names import Method
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from torch import Tensor


def grad_cam(activation: Tensor, gradient: Tensor) -> Tensor:
    """ReLU(Σ_k α_k A_k), where α_k is the mean of G_k over the places.

    Selvaraju et al., "Grad-CAM: Visual Explanations from Deep Networks via Gradient-based
    Localization", ICCV 2017, eq. 1 and 2.
    """
    weights = gradient.mean(dim=(1, 2), keepdim=True)
    return torch.relu((weights * activation).sum(dim=0))


def grad_cam_plus_plus(activation: Tensor, gradient: Tensor) -> Tensor:
    """ReLU(Σ_k w_k A_k) with w_k = Σ_ij α_k(i, j) ReLU(G_k(i, j)).

    Here α_k(i, j) = G² / (2 G² + G³ Σ_ab A_k(a, b)), and 0 where G is 0. Chattopadhay et al.,
    "Grad-CAM++: Generalized Gradient-based Visual Explanations for Deep Convolutional Networks",
    WACV 2018, eq. 5, 6 and 19. The paper's score is the exponential of the logit; all three of its
    derivatives then carry that exponential, which cancels in α and is one positive factor of the
    map, so it is left out: nothing changes after stretching, and nothing overflows.
    """
    total = activation.sum(dim=(1, 2), keepdim=True)
    # G² taken out of the fraction: it would underflow long before G does.
    below = 2 + gradient * total
    alpha = torch.where((gradient != 0) & (below != 0), 1 / below, torch.zeros_like(below))
    weights = (alpha * torch.relu(gradient)).sum(dim=(1, 2), keepdim=True)
    return torch.relu((weights * activation).sum(dim=0))


def layer_cam(activation: Tensor, gradient: Tensor) -> Tensor:
    """ReLU(Σ_k ReLU(G_k) ⊙ A_k): each place has its own weight, so early layers work too.

    Jiang et al., "LayerCAM: Exploring Hierarchical Class Activation Maps for Localization",
    IEEE Transactions on Image Processing 30, 2021, eq. 6 to 8.
    """
    return torch.relu((torch.relu(gradient) * activation).sum(dim=0))


def hires_cam(activation: Tensor, gradient: Tensor) -> Tensor:
    """ReLU(Σ_k G_k ⊙ A_k): what each place adds to the score, if the rest is linear.

    Draelos and Carin, "Use HiResCAM instead of Grad-CAM for faithful explanations of convolutional
    neural networks", 2020, arXiv:2011.08891, section 4. The paper draws both signs; here what
    speaks against the class is set to 0, as for Grad-CAM.
    """
    return torch.relu((gradient * activation).sum(dim=0))


def eigen_cam(activation: Tensor, _evidence: Tensor | None = None) -> Tensor:
    """A · v, where v is the first right singular vector of A as a matrix (places, c).

    What the layer's output has most of, whatever the class. Muhammad and Yeasin, "Eigen-CAM: Class
    Activation Map using Principal Components", IJCNN 2020, section III: not centred, no ReLU. The
    sign of a singular vector is arbitrary; the one with a positive sum over the places is taken,
    which for an output without negative values makes the whole map non-negative.
    """
    matrix = activation.flatten(1).T.double()  # squared below
    # Through the smaller of the two Gram matrices: early layers have 12,000 places.
    if matrix.shape[0] <= matrix.shape[1]:
        values, vectors = torch.linalg.eigh(matrix @ matrix.T)
        projected = vectors[:, -1] * values[-1].clamp(min=0).sqrt()
    else:
        projected = matrix @ torch.linalg.eigh(matrix.T @ matrix)[1][:, -1]
    sign = -1.0 if projected.sum() < 0 else 1.0
    found: Tensor = (sign * projected).view(activation.shape[1:]).to(activation.dtype)
    return found


def score_cam(activation: Tensor, scores: Tensor) -> Tensor:
    """ReLU(Σ_k softmax(s)_k A_k), where s_k is the score of the image seen through channel k.

    Wang et al., "Score-CAM: Score-Weighted Visual Explanations for Convolutional Neural Networks",
    CVPR Workshops 2020, eq. 7 to 9. The paper subtracts the score of a baseline image from all
    scores, which softmax cancels, so none is needed. As in the paper the scores are logits, and as
    in torchcam channels are stretched before they are enlarged, see :func:`score_masks`.

    Args:
        activation: Shape (c, h, w).
        scores: Shape (c,); −∞ for channels that were not tried, which get no weight.
    """
    weights = torch.softmax(scores, dim=0)[:, None, None]
    return torch.relu((weights * activation).sum(dim=0))


def score_masks(activation: Tensor, side: int) -> Tensor:
    """Channels as masks for the image.

    A masked image is mask ⊙ normalised image: what is covered becomes the mean colour of the
    training's images, the same baseline as torchcam's.

    Args:
        activation: Shape (n, h, w).
        side: Of the model's input, pixels.

    Returns:
        Each channel stretched to [0, 1] and enlarged bilinearly, shape (n, 1, side, side); all
        zeros for a channel without differences.
    """
    low = activation.amin(dim=(1, 2), keepdim=True)
    span = activation.amax(dim=(1, 2), keepdim=True) - low
    stretched = torch.where(span > 0, (activation - low) / span, torch.zeros_like(activation))
    return F.interpolate(stretched[:, None], (side, side), mode="bilinear", align_corners=False)


def telling_channels(activation: Tensor, count: int | None) -> Tensor:
    """The channels that differ most from place to place, which make the most distinct masks.

    Args:
        activation: Shape (c, h, w).
        count: How many; None: all of them.

    Returns:
        Their numbers in rising order, int64, shape (min(count, c),).
    """
    if count is None or count >= len(activation):
        return torch.arange(len(activation), device=activation.device)
    spread = activation.flatten(1).var(dim=1, correction=0)
    return spread.topk(count).indices.sort().values


class Evidence(Enum):
    """What a formula needs beside the layer's output."""

    GRADIENT = auto()
    SCORES = auto()
    NONE = auto()


@dataclass(frozen=True)
class CamMethod:
    """A row of the table.

    Attributes:
        name: For programs.
        title: For people, such as ``"Grad-CAM"``.
        evidence: What ``formula`` is given beside the layer's output: the gradient, shape
            (c, h, w), the scores of the masked images, shape (c,), or nothing.
        formula: From the layer's output, shape (c, h, w), and the evidence to a map, shape (h, w).
    """

    name: Method
    title: str
    evidence: Evidence
    formula: Callable[[Tensor, Tensor], Tensor]

    @property
    def per_class(self) -> bool:
        """Whether the map depends on the class that is explained."""
        return self.evidence is not Evidence.NONE


CAM_METHODS: Mapping[str, CamMethod] = MappingProxyType(
    {
        method.name: method
        for method in (
            CamMethod(Method.GRADCAM, "Grad-CAM", Evidence.GRADIENT, grad_cam),
            CamMethod(Method.GRADCAM_PP, "Grad-CAM++", Evidence.GRADIENT, grad_cam_plus_plus),
            CamMethod(Method.LAYERCAM, "LayerCAM", Evidence.GRADIENT, layer_cam),
            CamMethod(Method.HIRESCAM, "HiResCAM", Evidence.GRADIENT, hires_cam),
            CamMethod(Method.SCORECAM, "Score-CAM", Evidence.SCORES, score_cam),
            CamMethod(Method.EIGENCAM, "Eigen-CAM", Evidence.NONE, eigen_cam),
        )
    }
)
"""All class activation maps, by name; the first is the default."""


def find_method(name: str) -> CamMethod:
    """Look up a method.

    Args:
        name: One of :data:`CAM_METHODS`.

    Raises:
        ConfigError: If there is no such method.
    """
    if name not in CAM_METHODS:
        raise ConfigError(
            msg("There is no explanation method named {name}.", name=name),
            hint=msg("Choose one of: {names}.", names=", ".join(CAM_METHODS)),
        )
    return CAM_METHODS[name]
