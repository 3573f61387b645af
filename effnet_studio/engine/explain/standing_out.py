"""Which class is looked at elsewhere than the others: hints that need no drawing.

For each class the mean map m_c (each image's map divided by its sum) is compared with the mean m_r
over the images answered as other classes. Their distance is the total variation
½ Σ |m_c − m_r|, in [0, 1]: the share of the attention that would have to move. How large it becomes
by chance is found by shuffling the answers among the images (a permutation test; Good,
"Permutation, Parametric and Bootstrap Tests of Hypotheses", 2005, section 3).

A distance alone is no fault: sunflowers fill a photograph, daisies do not. A hint is therefore
given only where the attention has moved to a corner or to one border, to one of eight zones, and
where nothing harmless explains it:

* Chance: p < :data:`MOST_CHANCE` for the largest excess over all classes and zones together, in
  standard deviations of the shuffled answers (the maximum statistic, Westfall and Young,
  "Resampling-Based Multiple Testing", 1993, section 2.3).
* The model: many lean to a border or corner by themselves, for every class. The class must give
  the zone :data:`LEAST_TIMES` times what the other classes give the same zone.
* The things: large ones reach all corners. The class must give the zone :data:`LEAST_TIMES` times
  what it gives the zones opposite, on average: the three other corners, or the other border.
* Little of it: the zone must get :data:`LEAST_TIMES_AREA` times its area, which is what looking
  everywhere alike would give it. A thing may stand low in all pictures of a kind, as under a sky;
  and the last layer of a model leans to corners, for some classes more than for others. Neither
  holds for a corner in a finer map: it need only get more than its area, also at the low end of
  the 95 % interval over the images.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from effnet_studio.engine.explain.attention import densities
from effnet_studio.engine.explain.regions import Box, box_cells
from effnet_studio.engine.messages import Message, msg

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from effnet_studio.engine.explain.attention import Attention

LEAST_IMAGES: Final = 5
"""Of fewer images nothing is said."""

LEAST_TIMES: Final = 2.0
"""Share of a zone over that of the other classes, and over that of the zones opposite, from which
it is a matter of this class and of this zone."""

LEAST_TIMES_AREA: Final = 2.5
"""Share of a zone over its area from which it is looked at much, but for corners in fine maps."""

FINE_PLACES: Final = 10
"""Places on a side from which a map is fine: last layers of 224 pixels have 7, finer ones 14."""

MOST_CHANCE: Final = 0.01
"""Probability below which an excess is not called chance."""

_CORNER: Final = 1 / 3
"""Side of a corner zone, in shares of the picture's; its area is a ninth."""

_BORDER: Final = 1 / 5
"""Width of a border zone."""

_PERMUTATIONS: Final = 999
_WORK: Final = 3e8
"""Numbers moved in all permutations together; beyond, there are fewer permutations."""

_LEAST_PERMUTATIONS: Final = 199

ZONES: Final[Mapping[str, tuple[Box, Message]]] = MappingProxyType(
    {
        "top-left": (Box(0, 0, _CORNER, _CORNER), msg("the top left corner")),
        "top-right": (Box(1 - _CORNER, 0, _CORNER, _CORNER), msg("the top right corner")),
        "bottom-left": (Box(0, 1 - _CORNER, _CORNER, _CORNER), msg("the bottom left corner")),
        "bottom-right": (
            Box(1 - _CORNER, 1 - _CORNER, _CORNER, _CORNER),
            msg("the bottom right corner"),
        ),
        "top": (Box(0, 0, 1, _BORDER), msg("the upper border")),
        "bottom": (Box(0, 1 - _BORDER, 1, _BORDER), msg("the lower border")),
        "left": (Box(0, 0, _BORDER, 1), msg("the left border")),
        "right": (Box(1 - _BORDER, 0, _BORDER, 1), msg("the right border")),
    }
)
"""Places where the thing itself is seldom, in shares of what the model sees, and their names."""

_CORNERS: Final = ("top-left", "top-right", "bottom-left", "bottom-right")
_OPPOSITE: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        **{zone: tuple(each for each in _CORNERS if each != zone) for zone in _CORNERS},
        "top": ("bottom",),
        "bottom": ("top",),
        "left": ("right",),
        "right": ("left",),
    }
)


@dataclass(frozen=True)
class ClassFocus:
    """How a class's attention differs from that of the others.

    Attributes:
        label: The class as it was answered.
        images: So many, with a map.
        distance: Total variation to the mean of the others, in [0, 1].
        p_value: How often shuffled answers give as much.
        zone: The zone with the largest excess, a key of :data:`ZONES`; of those that stand out if
            there are any.
        share: Of the class's attention in that zone, in [0, 1].
        low: Low end of the 95 % interval of that share over the images (normal approximation).
        others: Of the other classes' attention there.
        opposite: Of the class's attention in the other corners or on the other border, mean.
        area: Of the zone.
        zone_p_value: How often shuffled answers give any class as large an excess in any zone.
        fine: Whether the maps have at least :data:`FINE_PLACES` places on a side.
    """

    label: str
    images: int
    distance: float
    p_value: float
    zone: str
    share: float
    low: float
    others: float
    opposite: float
    area: float
    zone_p_value: float
    fine: bool = False

    @property
    def stands_out(self) -> bool:
        """Whether it is looked at in a corner or border where the others are not."""
        return (
            self.images >= LEAST_IMAGES
            and self.zone_p_value < MOST_CHANCE
            and self.share >= LEAST_TIMES * max(self.others, self.opposite)
            and self._is_much
        )

    @property
    def in_corner(self) -> bool:
        """Whether the zone is a corner; else it is a border."""
        return self.zone in _CORNERS

    @property
    def _is_much(self) -> bool:
        if self.fine and self.in_corner:
            return self.low > self.area
        return self.share >= LEAST_TIMES_AREA * self.area

    @property
    def hint(self) -> Message | None:
        """What is conspicuous, in words; None if nothing is."""
        if not self.stands_out:
            return None
        return msg(
            "For {label} the model looks at {place}: {share} % of its attention is there; for the "
            "other classes it is {others} %. Is there something in these images that gives the "
            "class away?",
            label=self.label,
            place=ZONES[self.zone][1],
            share=round(100 * self.share),
            others=round(100 * self.others),
        )

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain values, for JSON."""
        return {
            "label": self.label,
            "images": self.images,
            "distance": self.distance,
            "p_value": self.p_value,
            "zone": self.zone,
            "share": self.share,
            "low": self.low,
            "others": self.others,
            "opposite": self.opposite,
            "area": self.area,
            "zone_p_value": self.zone_p_value,
            "stands_out": self.stands_out,
        }


def compare_classes(attention: Attention, *, seed: int = 0) -> tuple[ClassFocus, ...]:
    """Compare the attention of each class with that of all others.

    Args:
        attention: The maps.
        seed: Makes the shuffling repeatable.

    Returns:
        One for each class that was answered and has maps, in the classes' order; none if there is
        only one such class.
    """
    filled = attention.maps.any(axis=(1, 2))
    cells = densities(attention.maps[filled])
    predicted = attention.predicted[filled]
    order = np.argsort(predicted, kind="stable")
    labels, starts, counts = np.unique(predicted[order], return_index=True, return_counts=True)
    if len(labels) < 2:
        return ()
    flat = cells.reshape(len(cells), -1)
    grid = (cells.shape[1], cells.shape[2])
    zones = np.stack([box_cells([box], grid).ravel() for box, _ in ZONES.values()])
    rounds = int(np.clip(_WORK / flat.size, _LEAST_PERMUTATIONS, _PERMUTATIONS))
    distance, excess, others = _statistics(flat[order], starts, counts, zones)
    random = np.random.default_rng(seed)
    by_chance = [
        _statistics(flat[random.permutation(len(flat))], starts, counts, zones)[:2]
        for _ in range(rounds)
    ]
    distances = np.stack([each for each, _ in by_chance])
    excesses = np.stack([each for _, each in by_chance])
    spread = np.maximum(excesses.std(axis=0), 1e-12)
    largest, names = (excesses / spread).max(axis=(1, 2)), tuple(ZONES)
    found = []
    for row, label in enumerate(labels.tolist()):
        inside = flat[order][starts[row] : starts[row] + counts[row]] @ zones.T
        near = [
            ClassFocus(
                label=attention.classes[label],
                images=int(counts[row]),
                distance=float(distance[row]),
                p_value=_p_value(distances[:, row], distance[row]),
                zone=name,
                share=float(inside[:, place].mean()),
                low=_low(inside[:, place]),
                others=float(others[row] @ zones[place]),
                opposite=float(inside[:, [names.index(each) for each in _OPPOSITE[name]]].mean()),
                area=float(zones[place].mean()),
                zone_p_value=_p_value(largest, excess[row, place] / spread[row, place]),
                fine=min(grid) >= FINE_PLACES,
            )
            for place, name in enumerate(names)
        ]
        ordered = [near[place] for place in np.argsort(-excess[row] / spread[row], kind="stable")]
        # What a corner gets, the borders it lies on get too: the largest excess may be theirs.
        found.append(next((each for each in ordered if each.stands_out), ordered[0]))
    return tuple(found)


def _low(shares: NDArray[np.float64]) -> float:
    """Low end of the 95 % interval of a mean, by the normal approximation."""
    if len(shares) < 2:
        return 0.0
    return float(shares.mean() - 1.96 * shares.std(ddof=1) / np.sqrt(len(shares)))


def _statistics(
    flat: NDArray[np.float64],
    starts: NDArray[np.int64],
    counts: NDArray[np.int64],
    zones: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Distances (k,), excesses (k, zones), and the means of the others (k, cells).

    Args:
        flat: Maps that sum to 1, those of a class in a row, shape (n, cells).
        starts: Where each class begins, shape (k,).
        counts: How many it has, shape (k,).
        zones: Share of each cell in each zone, shape (zones, cells).
    """
    sums = np.add.reduceat(flat, starts, axis=0)
    means = sums / counts[:, None]
    others = (sums.sum(axis=0) - sums) / (counts.sum() - counts)[:, None]
    gap = means - others
    distance: NDArray[np.float64] = np.abs(gap).sum(axis=1) / 2
    return distance, gap @ zones.T, others


def _p_value(by_chance: NDArray[np.float64], found: float) -> float:
    """Phipson and Smyth 2010: the found order is one of the possible ones, so p is never 0."""
    return float((1 + (by_chance >= found - 1e-12).sum()) / (1 + len(by_chance)))
