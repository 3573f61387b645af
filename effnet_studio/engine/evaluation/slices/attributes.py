"""What is known of images beside their class: folder, camera, date, size, light, sharpness.

Everything was read when the folder was imported, so nothing is opened here. Numbers are divided at
their quartiles, which are rounded first: the limit that is stated is the one that was used. Texts
are taken as they are, rare ones together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from effnet_studio.engine.data.files.facts import load_facts
from effnet_studio.engine.data.sources.part_names import part_named
from effnet_studio.engine.evaluation.slices.shooting import camera_attribute, taken_attributes
from effnet_studio.engine.evaluation.slices.values import (
    Attribute,
    Quantity,
    by_names,
    by_quartiles,
    by_text,
)
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from effnet_studio.engine.data.files.facts import Facts
    from effnet_studio.engine.data.index import Index
    from effnet_studio.engine.messages import Message
    from effnet_studio.engine.project import Project

SQUARE: Final = 1.05
"""Ratio of the sides up to which an image counts as square."""


@dataclass(frozen=True, eq=False)
class _Known:
    """The asked-for images that the index has.

    Attributes:
        index: All images.
        rows: Their rows in it, int64, shape (known,).
        facts: Of their files, in the same order.
    """

    index: Index
    rows: NDArray[np.int64]
    facts: Facts


def read_attributes(
    project: Project, index: Index, sample_ids: Sequence[int]
) -> tuple[Attribute, ...]:
    """Find out by what images can be told apart.

    Args:
        project: An open project.
        index: Its images.
        sample_ids: Which of them, such as those of an evaluation.

    Returns:
        The attributes by which these images differ, with a code for each image in the order of
        ``sample_ids``; -1 where nothing is known, as of an image that is no longer there.

    Raises:
        ProjectError: If the index is damaged.
    """
    wanted = np.asarray(sample_ids, dtype=np.int64)
    here = np.flatnonzero(np.isin(wanted, index.ids))
    rows = index.rows_of(wanted[here].tolist())
    known = _Known(index, rows, load_facts(project, wanted[here]))
    found = (*_places(known), *_files(known), *_looks(known))
    return tuple(
        attribute.spread(here, len(wanted)) for attribute in found if attribute is not None
    )


def _places(known: _Known) -> list[Attribute | None]:
    """Where the images lie, without the folders that only name their class or part."""
    index, rows = known.index, known.rows
    folders: list[tuple[str, ...]] = []
    for row, found_class in zip(rows.tolist(), known.facts.found_classes, strict=True):
        label = index.class_names.get(int(index.classes[row]), "")
        passed = {label.casefold(), found_class.casefold()}
        parts = index.paths[row].split("/")[:-1]
        folders.append(
            tuple(p for p in parts if p.casefold() not in passed and part_named(p) is None)
        )
    first = ["/".join(parts[:1]) for parts in folders]
    second = ["/".join(parts[:2]) for parts in folders]
    roots = [index.roots[int(index.sources[row])].name for row in rows.tolist()]
    elsewhere = msg("in other folders")
    return [
        by_text("source", msg("Source"), roots, _from_source, other=msg("from other sources")),
        by_text("folder", msg("Folder"), first, _in_folder, other=elsewhere),
        by_text("subfolder", msg("Sub-folder"), second, _in_folder, other=elsewhere)
        if second != first
        else None,
        camera_attribute(known.facts.cameras),
        *taken_attributes(known.facts.taken),
    ]


def _from_source(name: str) -> Message:
    return msg("from {name}", name=name)


def _in_folder(name: str) -> Message:
    if not name:
        return msg("in no sub-folder")
    return msg("in the folder {name}", name=name)


def _files(known: _Known) -> list[Attribute | None]:
    """How large the images are, and how they are stored."""
    index, rows = known.index, known.rows
    widths, heights = (side[rows].astype(np.float64) for side in (index.widths, index.heights))
    ratio = widths / np.maximum(heights, 1)
    shape = np.where(ratio > SQUARE, 0, np.where(ratio < 1 / SQUARE, 1, 2))
    shapes = (msg("wider than high"), msg("higher than wide"), msg("about square"))
    return [
        by_names("shape", msg("Shape"), shape, shapes),
        by_quartiles(_MEGAPIXELS, widths * heights / 1e6),
        by_text(
            "format",
            msg("File type"),
            known.facts.formats,
            _stored_as,
            other=msg("stored in other formats"),
        ),
        by_quartiles(_FILE_SIZE, index.bytes[rows].astype(np.float64)),
    ]


def _stored_as(name: str) -> Message | None:
    return msg("stored as {name}", name=name) if name else None


def _looks(known: _Known) -> list[Attribute | None]:
    """Light, contrast, sharpness and colour, as the import measured them on the thumbnails."""
    index, rows = known.index, known.rows
    columns = (
        (_BRIGHTNESS, index.brightness),
        (_CONTRAST, index.contrast),
        (_SHARPNESS, index.sharpness),
        (_SATURATION, index.saturation),
    )
    return [by_quartiles(what, column[rows].astype(np.float64)) for what, column in columns]


_BRIGHTNESS: Final = Quantity(
    "brightness", msg("Brightness"), msg("brightness"), msg("darkest"), msg("brightest")
)
_CONTRAST: Final = Quantity(
    "contrast", msg("Contrast"), msg("contrast"), msg("palest"), msg("most contrasting")
)
_SHARPNESS: Final = Quantity(
    "sharpness", msg("Sharpness"), msg("sharpness"), msg("most blurred"), msg("sharpest")
)
_SATURATION: Final = Quantity(
    "saturation", msg("Colour"), msg("saturation"), msg("greyest"), msg("most colourful")
)
_MEGAPIXELS: Final = Quantity(
    "megapixels", msg("Megapixels"), msg("megapixels"), msg("smallest"), msg("largest")
)
_FILE_SIZE: Final = Quantity(
    "file_size",
    msg("File size"),
    msg("file size"),
    msg("smallest"),
    msg("largest"),
    in_bytes=True,
)
