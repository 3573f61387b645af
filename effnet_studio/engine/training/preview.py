"""Training pictures as a run would see them, to be looked at before it begins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from effnet_studio.engine.data.loading.loader import Reader, RoomyReader
from effnet_studio.engine.data.loading.mixing import mix_pictures
from effnet_studio.engine.errors import DatasetError, ImageError
from effnet_studio.engine.messages import msg
from effnet_studio.engine.models.catalog import get_spec, preprocess_for
from effnet_studio.engine.training.variation import augmenter_of, mix_of_step

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from effnet_studio.engine.data.dataset import Sample
    from effnet_studio.engine.data.loading.augment import Augmenter
    from effnet_studio.engine.data.loading.mixing import Mix
    from effnet_studio.engine.preprocess import Preprocess
    from effnet_studio.engine.training.config import TrainConfig

PARTNERS = 4
"""Further pictures in the batch of a preview, for the shown ones to be mixed with."""

_TRIES = 20
"""Unreadable pictures that a preview passes over before it gives up."""

_KEPT = 16
"""Pictures kept between previews: enough for two rows with partners, varied and not."""

_LOOKED_AT = 1024
"""Pictures from which those of a preview are chosen."""


@dataclass(frozen=True, eq=False)
class Source:
    """A picture that was read.

    Attributes:
        sample: Which.
        whole: RGB, uint8, shape (height, width, 3), a little larger than the model needs.
        ready: What is varied: ``whole``, or the square that an unvaried picture is trained as.
    """

    sample: Sample
    whole: NDArray[np.uint8]
    ready: NDArray[np.uint8]


Kept: TypeAlias = "dict[tuple[Path, int, bool], Source]"
"""Pictures by file, input size, and whether they are varied."""


@dataclass(frozen=True, eq=False)
class Variant:
    """A training picture as the model gets it.

    Attributes:
        pixels: RGB, uint8, shape (size, size, 3).
        other: Class of the picture mixed into it; None if there is none.
        share: Of its own class in the answer asked for, in [0, 1].
    """

    pixels: NDArray[np.uint8]
    other: int | None = None
    share: float = 1.0


@dataclass(frozen=True, eq=False)
class PreviewRow:
    """A picture and what training makes of it.

    Attributes:
        sample: Which picture.
        whole: All of it, RGB, uint8, shape (height, width, 3).
        variants: As many as were asked for.
    """

    sample: Sample
    whole: NDArray[np.uint8]
    variants: tuple[Variant, ...]


def choose_pictures(samples: Sequence[Sample], *, most: int = 64, seed: int = 0) -> list[Sample]:
    """Choose pictures for a preview: of each class in turn, so that neighbours differ.

    Args:
        samples: The training pictures, however many.
        most: How many to choose at most.
        seed: Makes the choice repeatable.

    Returns:
        Different pictures; all of them if there are no more than ``most``.
    """
    rng = np.random.default_rng(seed)
    count = len(samples)
    looked_at = rng.choice(count, min(count, _LOOKED_AT), replace=False)
    classes: dict[int, list[Sample]] = {}
    for position in looked_at.tolist():
        sample = samples[position]
        classes.setdefault(sample.label, []).append(sample)
    turns = [
        (turn, place, sample)
        for place, members in enumerate(classes.values())
        for turn, sample in enumerate(members)
    ]
    return [sample for _, _, sample in sorted(turns, key=lambda each: each[:2])[:most]]


def preview_variants(
    samples: Sequence[Sample],
    config: TrainConfig,
    *,
    rows: int = 2,
    columns: int = 5,
    first: int = 0,
    series: int = 0,
    kept: Kept | None = None,
) -> list[PreviewRow]:
    """Make training pictures as a run would, by its own code and at its own size.

    Args:
        samples: Training pictures, as :func:`choose_pictures` gives them.
        config: The settings.
        rows: How many pictures to vary.
        columns: How many variants of each.
        first: Position of the first picture; behind the last comes the first again.
        series: Number of the set of variants, counted from 0; another gives others.
        kept: What was read for earlier previews is taken from here, and what is read is put here.

    Returns:
        A row for each picture; fewer where there are fewer.

    Raises:
        DatasetError: If no picture can be read.
        ModelError: If there is no such architecture.
    """
    preprocess = preprocess_for(get_spec(config.model), config.image_size)
    augmenter = augmenter_of(config, preprocess.size)
    wanted = rows + (PARTNERS if config.mixes else 0)
    batch = _read_batch(samples, first, wanted, preprocess, varied=augmenter is not None, kept=kept)
    shown = batch[:rows]
    variants: list[list[Variant]] = [[] for _ in shown]
    for number in range(series * columns, (series + 1) * columns):
        mix = mix_of_step(config, len(batch), preprocess.size, number)
        finished: dict[int, NDArray[np.uint8]] = {}
        for place, row in enumerate(variants):
            for needed in (place, place if mix is None else int(mix.partner[place])):
                if needed not in finished:
                    finished[needed] = _vary(batch[needed], augmenter, number)
            row.append(_mixed(batch, finished, place, mix))
    return [
        PreviewRow(source.sample, source.whole, tuple(row))
        for source, row in zip(shown, variants, strict=True)
    ]


def _read_batch(
    samples: Sequence[Sample],
    first: int,
    wanted: int,
    preprocess: Preprocess,
    *,
    varied: bool,
    kept: Kept | None,
) -> list[Source]:
    """Read as many pictures as wanted, passing over those that cannot be read."""
    found: Kept = {}
    known = {} if kept is None else kept
    for step in range(min(len(samples), wanted + _TRIES)):
        sample = samples[(first + step) % len(samples)]
        key = (sample.path, preprocess.size, varied)
        try:
            found[key] = known.get(key) or _read(sample, preprocess, varied=varied)
        except ImageError:
            continue
        if len(found) == wanted:
            break
    if not found:
        raise DatasetError(
            msg("None of the images can be read any more."),
            hint=msg("Check that the drive is connected, or import the folder again."),
        )
    known.update(found)
    for oldest in list(known)[:-_KEPT]:
        del known[oldest]
    return list(found.values())


def _read(sample: Sample, preprocess: Preprocess, *, varied: bool) -> Source:
    whole = RoomyReader(preprocess).read(sample.path)
    return Source(sample, whole, whole if varied else Reader(preprocess).read(sample.path))


def _vary(source: Source, augmenter: Augmenter | None, number: int) -> NDArray[np.uint8]:
    if augmenter is None:
        return source.ready
    return augmenter(source.ready, epoch=number, index=source.sample.id)


def _mixed(
    batch: Sequence[Source], finished: dict[int, NDArray[np.uint8]], place: int, mix: Mix | None
) -> Variant:
    """Mix a varied picture with its partner, if it has one."""
    partner = place if mix is None else int(mix.partner[place])
    if mix is None or partner == place:
        return Variant(finished[place])
    pixels = mix_pictures(finished[place], finished[partner], mix)
    return Variant(pixels, batch[partner].sample.label, mix.share)
