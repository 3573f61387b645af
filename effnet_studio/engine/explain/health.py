"""How far a map can be trusted: two checks and a verdict."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import torch

from effnet_studio.engine.events import OnEvent, ProgressMeter, Stage, ignore
from effnet_studio.engine.explain.hooks import require_network
from effnet_studio.engine.explain.occlusion import (
    OcclusionCurves,
    area,
    cell_strengths,
    grid_side,
    occlusion_curves,
)
from effnet_studio.engine.explain.randomized import randomized_maps, spearman
from effnet_studio.engine.messages import Message, msg
from effnet_studio.engine.predict.forward import fast_forward
from effnet_studio.engine.predict.pipeline import default_batch_size

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray
    from torch import Tensor

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.explain.cam import Explanation
    from effnet_studio.engine.predict.predictor import Predictor
    from effnet_studio.engine.predict.torch_predictor import TorchPredictor

STEPS: Final = 16
"""Steps of a curve."""

ORDERS: Final = 8
"""Orders by chance."""

LEAST_GAIN: Final = 0.05
"""Area between the insertion and the deletion curve from which something that matters was found."""

LEAST_SIGMAS: Final = 1.5
"""Standard deviations of the same area by chance that it must be above, about one order by chance
in fifteen. One image and some 49 places say little: docs/explaining.md has the shares of maps that
pass with 1, 1.5 and 2, of trained models and where no map should."""

MOST_SIMILARITY: Final = 0.5
"""Mean rank correlation with the maps of random weights above which a map is blind to them. On
24 flowers Grad-CAM's was 0.03 in the median, and 0.31 at most; of 80 maps
of better models one was above."""

CHANNELS: Final = 64
"""Channels that Score-CAM tries for each randomised map; more would take minutes."""


class Verdict(StrEnum):
    """What the checks say."""

    SOUND = "sound"
    CHANCE = "chance"
    BLIND = "blind"
    EMPTY = "empty"


@dataclass(frozen=True, eq=False)
class Health:
    """How a map did in the checks.

    Attributes:
        curves: Probability of the class along the map's order and along orders by chance. For a
            map that compares two classes: of the one, if there were only these two.
        parts: Titles of the parts of the model, in the order in which their weights were replaced.
        similarity: Rank correlation of the map with the one after each replacement, float64, shape
            (parts,), in [−1, 1].
        verdict: What follows from it.
    """

    curves: OcclusionCurves
    parts: tuple[str, ...]
    similarity: NDArray[np.float64]
    verdict: Verdict

    @property
    def deletion_area(self) -> float:
        """Area under the deletion curve, in [0, 1]; small is good."""
        return float(area(self.curves.shares, self.curves.deletion))

    @property
    def insertion_area(self) -> float:
        """Area under the insertion curve, in [0, 1]; large is good."""
        return float(area(self.curves.shares, self.curves.insertion))

    @property
    def random_areas(self) -> NDArray[np.float64]:
        """Areas under the curves by chance, of deletion and insertion alike, shape (orders,)."""
        return area(self.curves.shares, self.curves.random)

    @property
    def gain(self) -> float:
        """Insertion minus deletion area, in [−1, 1]: how much better than chance, which has 0."""
        return self.insertion_area - self.deletion_area

    @property
    def sigmas(self) -> float:
        """The gain in standard deviations of the same difference by chance.

        Infinite where all orders by chance have one area, and 0 if there is no gain either.
        """
        if self.gain == 0:
            return 0.0
        spread = float(np.sqrt(2) * self.random_areas.std(ddof=1))
        return self.gain / spread if spread else math.copysign(math.inf, self.gain)

    @property
    def passed(self) -> bool:
        """Whether both checks were passed."""
        return self.verdict is Verdict.SOUND

    @property
    def reason(self) -> Message:
        """The verdict in words."""
        return _REASONS[self.verdict]

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain numbers, lists and texts, for JSON."""
        return {
            "shares": self.curves.shares.tolist(),
            "deletion": self.curves.deletion.tolist(),
            "insertion": self.curves.insertion.tolist(),
            "random": self.curves.random.tolist(),
            "parts": list(self.parts),
            "similarity": self.similarity.tolist(),
            "verdict": self.verdict.value,
        }

    @classmethod
    def from_dict(cls, document: Mapping[str, Any]) -> Health:
        """Read back what :meth:`to_dict` gave.

        Args:
            document: The plain values.

        Raises:
            KeyError, ValueError: If they are not a health.
        """
        curves = OcclusionCurves(
            **{
                name: np.asarray(document[name], dtype=np.float64)
                for name in ("shares", "deletion", "insertion", "random")
            }
        )
        return cls(
            curves,
            tuple(document["parts"]),
            np.asarray(document["similarity"], dtype=np.float64),
            Verdict(document["verdict"]),
        )


_REASONS: Final = {
    Verdict.SOUND: msg(
        "Removing what it marks changes the answer more than removing random places, and with "
        "random weights the map is another one."
    ),
    Verdict.CHANCE: msg(
        "Removing what it marks changes the answer no more than removing random places."
    ),
    Verdict.BLIND: msg(
        "With random weights the map is nearly the same: it shows the image, not what the model "
        "learned."
    ),
    Verdict.EMPTY: msg("Nothing in the image speaks for this class, so there is nothing to check."),
}


def check_health(
    predictor: Predictor,
    explanation: Explanation,
    *,
    seed: int = 0,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> Health:
    """Check whether a map shows what the model's answer depends on.

    Two checks: deletion and insertion against orders by chance, see
    :mod:`~effnet_studio.engine.explain.occlusion`, and random weights, see
    :mod:`~effnet_studio.engine.explain.randomized`.

    Args:
        predictor: The run's model that was explained; it is the same afterwards.
        explanation: Its map.
        seed: Makes orders and weights by chance repeatable.
        on_event: Hears the progress.
        cancel: Stops the job between two batches.

    Returns:
        Curves, similarities and the verdict.

    Raises:
        Cancelled: If the job was asked to stop.
        ModelError: If the model is an exported file or cannot be run.
    """
    network = require_network(predictor)
    meter = ProgressMeter(
        Stage.EXPLAIN, 2 + ORDERS + 2 + len(network.spec.stages), on_event, unit="steps"
    )
    full = network.to_tensor(network.preprocess.normalize(explanation.picture[None]))
    side = grid_side(explanation.coarse)
    curves = occlusion_curves(
        _score(network, full, explanation, cancel),
        full,
        cell_strengths(explanation.coarse, explanation.heatmap, side),
        steps=STEPS,
        orders=ORDERS,
        seed=seed,
        on_curve=meter.advance,
    )
    titles, maps = [], []
    for title, found in randomized_maps(
        network, explanation, seed=seed, channels=CHANNELS, cancel=cancel
    ):
        titles.append(title)
        maps.append(found)
        meter.advance()
    meter.finish()
    similarity = np.array([spearman(maps[0], found) for found in maps[1:]])
    return Health(curves, tuple(titles[1:]), similarity, judge(explanation, curves, similarity))


def judge(
    explanation: Explanation, curves: OcclusionCurves, similarity: NDArray[np.float64]
) -> Verdict:
    """Say what follows from the checks; see the thresholds of this module.

    Args:
        explanation: The map.
        curves: Of deletion and insertion.
        similarity: With the maps of random weights, shape (parts,).
    """
    if explanation.is_empty:
        return Verdict.EMPTY
    health = Health(curves, (), similarity, Verdict.SOUND)
    if health.gain < LEAST_GAIN or health.sigmas < LEAST_SIGMAS:
        return Verdict.CHANCE
    return Verdict.BLIND if similarity.mean() > MOST_SIMILARITY else Verdict.SOUND


def _score(
    network: TorchPredictor, full: Tensor, explanation: Explanation, cancel: CancelToken | None
) -> Callable[[Tensor], NDArray[np.float64]]:
    """From images to the probability that is followed."""
    forward = fast_forward(network, full, images=(2 + ORDERS) * (STEPS + 1))
    size = default_batch_size(network.preprocess.size, network.at_a_time)
    chosen, against = explanation.class_index, explanation.against

    def score(images: Tensor) -> NDArray[np.float64]:
        found = []
        for some in torch.split(images, size):
            if cancel is not None:
                cancel.check()
            logits = forward(some).double()
            if against is not None:
                logits = logits[:, [chosen, against]]
            found.append(torch.softmax(logits, dim=1)[:, 0 if against is not None else chosen])
        values: NDArray[np.float64] = torch.cat(found).cpu().numpy()
        return values

    return score
