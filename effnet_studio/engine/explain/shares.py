"""Does it look at the background? The share of the attention inside a region, for each class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from effnet_studio.engine.errors import ConfigError
from effnet_studio.engine.explain.regions import Box, box_cells, share_inside
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.data.dataset import Sample
    from effnet_studio.engine.explain.attention import Attention
    from effnet_studio.engine.explain.regions import RegionOf

RESAMPLES: Final = 1000
"""Resamples of the bootstrap."""

_AT_ONCE: Final = 2**20
"""Draws held in memory at a time."""


@dataclass(frozen=True)
class RegionShare:
    """How much of the attention of a class lies inside the region.

    Attributes:
        label: The class as it was answered; empty: all images.
        images: With a region and a map.
        share: Mean share of an image's attention inside, in [0, 1].
        low: Lower end of the 95 % interval of the share.
        high: Upper end.
        area: Mean share of the picture that the region covers, in [0, 1]: what looking
            everywhere alike would give.
    """

    label: str
    images: int
    share: float
    low: float
    high: float
    area: float

    @property
    def ratio(self) -> float:
        """How many times as much as looking everywhere alike would give; 0 without any area."""
        return self.share / self.area if self.area > 0 else 0.0

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain numbers, for JSON."""
        return {
            "label": self.label,
            "images": self.images,
            "share": self.share,
            "low": self.low,
            "high": self.high,
            "area": self.area,
            "ratio": self.ratio,
        }


def shares_of_box(attention: Attention, box: Box) -> tuple[RegionShare, ...]:
    """Shares inside one box for all images; quick.

    Args:
        attention: The maps.
        box: In shares of what the model sees.

    Returns:
        As :func:`region_shares`.
    """
    cells = box_cells([box], _grid(attention))
    inside = share_inside(attention.maps, cells)
    return summarize(attention, inside, np.full(len(inside), cells.mean()))


def region_shares(
    attention: Attention,
    samples: Mapping[int, Sample],
    region_of: RegionOf,
    *,
    cancel: CancelToken | None = None,
) -> tuple[RegionShare, ...]:
    """Shares inside a region that each image may have for itself.

    Args:
        attention: The maps.
        samples: The images by their ids.
        region_of: Gives the region of each; images without one do not count.
        cancel: Stops between two images.

    Returns:
        One for all images, then one for each class that was answered, in the classes' order.

    Raises:
        Cancelled: If the job was asked to stop.
        ConfigError: If no image has a region, or a mask does not fit its image.
        ImageError: If a mask cannot be read.
    """
    grid = _grid(attention)
    inside = np.full(len(attention), np.nan)
    areas = np.full(len(attention), np.nan)
    for place, number in enumerate(attention.sample_ids.tolist()):
        if cancel is not None:
            cancel.check()
        cells = region_of(samples[number], grid) if number in samples else None
        if cells is not None:
            inside[place] = share_inside(attention.maps[place], cells)
            areas[place] = cells.mean()
    if np.isnan(areas).all():
        raise ConfigError(
            msg("None of the images has a region."),
            hint=msg("Boxes and masks are found by the images' file names."),
        )
    return summarize(attention, inside, areas)


def summarize(
    attention: Attention, inside: NDArray[np.float64], areas: NDArray[np.float64]
) -> tuple[RegionShare, ...]:
    """Means by answered class, with intervals.

    The interval is the percentile bootstrap over the images (Efron and Tibshirani, "An
    Introduction to the Bootstrap", 1993, section 13.3): 2.5 % and 97.5 % of the means of 1,000
    resamples. It says how much other images of this kind would differ, and nothing about whether
    the maps are right.

    Args:
        attention: The maps.
        inside: Share inside the region, shape (n,); not a number where it is unknown.
        areas: The regions' areas, in [0, 1], shape (n,).

    Returns:
        One for all images, then one for each class with such images.
    """
    known = np.isfinite(inside) & np.isfinite(areas)
    random = np.random.default_rng(0)
    found = [_share("", inside[known], areas[known], random)] if known.any() else []
    for label, name in enumerate(attention.classes):
        chosen = known & (attention.predicted == label)
        if chosen.any():
            found.append(_share(name, inside[chosen], areas[chosen], random))
    return tuple(found)


def _share(
    label: str,
    inside: NDArray[np.float64],
    areas: NDArray[np.float64],
    random: np.random.Generator,
) -> RegionShare:
    count = len(inside)
    means: list[NDArray[np.float64]] = []
    step = max(1, _AT_ONCE // count)
    for start in range(0, RESAMPLES, step):
        draws = random.integers(0, count, (min(step, RESAMPLES - start), count))
        means.append(inside[draws].mean(axis=1))
    low, high = np.quantile(np.concatenate(means), [0.025, 0.975])
    return RegionShare(
        label, count, float(inside.mean()), float(low), float(high), float(areas.mean())
    )


def _grid(attention: Attention) -> tuple[int, int]:
    height, width = attention.maps.shape[1:]
    return int(height), int(width)
