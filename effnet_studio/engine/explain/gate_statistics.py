"""Which channels an image opens beyond what is usual for its class; needs no network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from effnet_studio.engine.data.dataset import Sample
    from effnet_studio.engine.explain.squeeze_excitation import SEGate

LEAST_SPREAD: Final = 0.01
"""A gate's standard deviation is not taken for smaller: gates that hardly ever move would
otherwise stand out for nothing."""


@dataclass(frozen=True, eq=False)
class ChannelStatistics:
    """The gates of all blocks over many images. C counts the channels of all blocks together.

    Attributes:
        blocks: Dotted name of each block, in forward order.
        titles: What people call them.
        sizes: Channels of each block.
        classes: Names of the classes.
        counts: Images of each class, int64, (classes,).
        means: Mean gates of each class, float64, (classes, C); NaN for a class without images.
        overall: Mean gates of all images, float64, (C,).
        spread: Standard deviation of the gates within their class, float64, (C,).
        top_values: The widest gates of each channel, descending, float32, (C, t).
        top_images: Which images they are of, a position in ``images``, int64, (C, t).
        images: The images named by ``top_images``; labels are positions in ``classes``.
    """

    blocks: tuple[str, ...]
    titles: tuple[str, ...]
    sizes: tuple[int, ...]
    classes: tuple[str, ...]
    counts: NDArray[np.int64]
    means: NDArray[np.float64]
    overall: NDArray[np.float64]
    spread: NDArray[np.float64]
    top_values: NDArray[np.float32]
    top_images: NDArray[np.int64]
    images: tuple[Sample, ...]

    def usual(self, label: str) -> NDArray[np.float64]:
        """Mean gates of a class, float64, (C,); of all images if it has none or is unknown."""
        if label in self.classes and self.counts[self.classes.index(label)]:
            row: NDArray[np.float64] = self.means[self.classes.index(label)]
            return row
        return self.overall

    def part(self, block: str) -> slice:
        """Where the channels of a block are among all; raises ValueError for an unknown block."""
        place = self.blocks.index(block)
        start = sum(self.sizes[:place])
        return slice(start, start + self.sizes[place])


@dataclass(frozen=True)
class Opener:
    """An image that opens a channel wide.

    Attributes:
        path: Its file.
        label: Name of its class.
        gate: How far it opens the channel, in [0, 1].
    """

    path: Path
    label: str
    gate: float


@dataclass(frozen=True)
class OpenedChannel:
    """A channel that an image opens beyond what is usual for its class.

    Attributes:
        block: Dotted name of its block.
        title: What people call the block.
        channel: Its number in the block, from 0.
        gate: How far it is open for the image, in [0, 1].
        usual: Mean over the images of the class.
        score: (gate − usual) / standard deviation within the classes.
        openers: The images that open it most, the widest first.
    """

    block: str
    title: str
    channel: int
    gate: float
    usual: float
    score: float
    openers: tuple[Opener, ...]


def beyond_class(
    gates: Sequence[SEGate],
    statistics: ChannelStatistics,
    label: str,
    *,
    block: str | None = None,
    count: int = 10,
) -> tuple[OpenedChannel, ...]:
    """The channels that an image opens most beyond what is usual for a class.

    They are ordered by how many standard deviations the gate s_c is above its class's mean,
    z_c = (s_c − μ_kc) / max(σ_c, 0.01), with μ_kc the mean over the images of class k and σ_c the
    pooled standard deviation within the K classes, σ_c² = Σ_k Σ_i (s_ic − μ_kc)² / (n − K), the
    mean square within groups of a one-way analysis of variance.

    Args:
        gates: Of the image, from :func:`~.squeeze_excitation.se_explain`.
        statistics: Of the same model.
        label: Name of the class; if it has no images, the mean of all is compared with.
        block: Dotted name of one block; None: all blocks.
        count: How many channels at most.

    Returns:
        Only channels that are open wider than usual, the most unusual first.
    """
    usual = statistics.usual(label)
    found: list[OpenedChannel] = []
    for gate in gates:
        if block not in {None, gate.name}:
            continue
        part = statistics.part(gate.name)
        spread = np.maximum(statistics.spread[part], LEAST_SPREAD)
        scores = (gate.values - usual[part]) / spread
        best = np.argsort(-scores, kind="stable")[:count]
        found += [
            OpenedChannel(
                gate.name,
                gate.title,
                int(channel),
                float(gate.values[channel]),
                float(usual[part][channel]),
                float(scores[channel]),
                openers(statistics, gate.name, int(channel)),
            )
            for channel in best
            if scores[channel] > 0
        ]
    return tuple(sorted(found, key=lambda each: -each.score)[:count])


def openers(statistics: ChannelStatistics, block: str, channel: int) -> tuple[Opener, ...]:
    """The images that open a channel most, the widest first.

    Args:
        statistics: From :func:`channel_statistics`.
        block: Dotted name of the channel's block.
        channel: Its number in the block.
    """
    row = statistics.part(block).start + channel
    pairs = zip(statistics.top_images[row], statistics.top_values[row], strict=True)
    found = []
    for image, gate in pairs:
        sample = statistics.images[int(image)]
        found.append(Opener(sample.path, statistics.classes[sample.label], float(gate)))
    return tuple(found)
