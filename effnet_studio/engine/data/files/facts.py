"""What the import found out about many files and the index does not hold as columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from effnet_studio.engine.data.schema import connected

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from effnet_studio.engine.project import Project


@dataclass(frozen=True, eq=False)
class Facts:
    """Facts of some files, in the order they were asked for.

    Attributes:
        formats: Told by the content, such as ``"JPEG"``; empty if unknown.
        cameras: Make and model, or empty.
        taken: When each was taken by the camera's clock, seconds since 1970 read as UTC; float64,
            shape (files,), NaN if unknown.
        found_classes: What the folder or table called the class of each.
    """

    formats: list[str]
    cameras: list[str]
    taken: NDArray[np.float64]
    found_classes: list[str]


def load_facts(project: Project, ids: NDArray[np.int64]) -> Facts:
    """Read what is known of files.

    Args:
        project: An open project.
        ids: Numbers of pictures, int64, shape (files,).

    Returns:
        The facts; of unknown numbers there are none.

    Raises:
        ProjectError: If the index is damaged.
    """
    formats, cameras, found_classes = [""] * len(ids), [""] * len(ids), [""] * len(ids)
    taken = np.full(len(ids), np.nan, dtype=np.float64)
    places = {number: place for place, number in enumerate(ids.tolist())}
    query = "SELECT id, format, camera, taken, found_class FROM files JOIN images USING (id)"
    with connected(project) as database:
        for number, kind, camera, moment, found_class in database.execute(query):
            place = places.get(number)
            if place is not None:
                formats[place], cameras[place] = kind or "", camera or ""
                found_classes[place] = found_class
                taken[place] = np.nan if moment is None else moment
    return Facts(formats, cameras, taken, found_classes)
