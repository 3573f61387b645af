"""With what and when images were taken, as groups of images."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import numpy as np

from effnet_studio.engine.evaluation.slices.values import Attribute, by_names, by_text
from effnet_studio.engine.messages import Message, msg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

HOURS: Final = 6
"""Length of the parts of a day."""


def camera_attribute(cameras: Sequence[str]) -> Attribute | None:
    """Group images by the camera that took them.

    Args:
        cameras: Make and model of each image; empty if unknown.

    Returns:
        The attribute; None if all are alike.
    """
    return by_text("camera", msg("Camera"), cameras, _with_camera, other=msg("with other cameras"))


def _with_camera(name: str) -> Message:
    if not name:
        return msg("without the name of a camera")
    return msg("taken with {name}", name=name)


def taken_attributes(taken: NDArray[np.float64]) -> list[Attribute | None]:
    """Group images by the year, the month and the time of day they were taken.

    Args:
        taken: By the camera's clock, seconds since 1970 read as UTC; float64, shape (images,), NaN
            if unknown.

    Returns:
        The attributes; None for those by which the images do not differ. Images without a date
        are a group among the years, and in no group of the others.
    """
    dated = [
        None if np.isnan(seconds) else datetime.fromtimestamp(seconds, UTC)
        for seconds in taken.tolist()
    ]
    years = ["" if moment is None else f"{moment.year:04d}" for moment in dated]
    months = np.array([-1 if moment is None else moment.month - 1 for moment in dated])
    parts = np.array([-1 if moment is None else moment.hour // HOURS for moment in dated])
    return [
        by_text("year", msg("Year"), years, _in_year, other=msg("taken in other years")),
        by_names("month", msg("Month"), months.astype(np.int64), _MONTHS),
        by_names("hour", msg("Time of day"), parts.astype(np.int64), _PARTS_OF_DAY),
    ]


def _in_year(year: str) -> Message:
    return msg("taken in {year}", year=year) if year else msg("without a date")


_MONTHS: Final = (
    msg("taken in January"),
    msg("taken in February"),
    msg("taken in March"),
    msg("taken in April"),
    msg("taken in May"),
    msg("taken in June"),
    msg("taken in July"),
    msg("taken in August"),
    msg("taken in September"),
    msg("taken in October"),
    msg("taken in November"),
    msg("taken in December"),
)

_PARTS_OF_DAY: Final = (
    msg("taken at night (0 to 6 o'clock)"),
    msg("taken in the morning (6 to 12 o'clock)"),
    msg("taken in the afternoon (12 to 18 o'clock)"),
    msg("taken in the evening (18 to 24 o'clock)"),
)
