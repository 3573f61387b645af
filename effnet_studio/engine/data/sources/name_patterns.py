"""Classes in the names of files: ``cat.12.jpg``, ``cat_012.jpg``, ``rose (12).jpg``, ``7-cat.jpg``.

Every camera and every program numbers its files too, so names are believed only where nearly all
of them fit one pattern, and give several classes with several pictures each.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from typing import TYPE_CHECKING

from effnet_studio.engine.data.sources.part_names import PART_NAMES
from effnet_studio.engine.errors import DatasetError
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from collections.abc import Sequence

CONVINCING = 0.95
"""Share of the files whose names must fit a pattern, in classes of two pictures and more."""

EXAMPLE = r"(?P<label>.+)_\d+"
"""A pattern to show to people."""

NUMBERED_BY_PROGRAMS = frozenset(
    [
        *("img", "image", "images", "imag", "mvimg", "dsc", "dscn", "dscf", "dsci", "pict", "pic"),
        *("picture", "photo", "foto", "pxl", "sam", "cimg", "gopr", "gh", "dji", "p", "px", "hpim"),
        *("screenshot", "screen", "whatsapp", "scan", "capture", "snapshot", "snap", "shot"),
        *("frame", "frames", "video", "vid", "mov", "file", "download", "untitled", "unnamed"),
        *("sample", "output", "out", "page", "part", "tile", "patch", "crop", "copy", "new"),
        *("wechat", "mmexport", "wx", "图片", "照片", "截图", "截屏", "微信图片"),
        *PART_NAMES,
    ]
)
"""First words of names, in lower case, that cameras and programs put before a number."""

_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<label>[^\W\d_].*?)(?:[ ._-]+\d+)+",
        r"(?P<label>[^\W\d_].*?)[ ._-]*\(\d+\)",
        r"(?:\d+[ ._-]+)+(?P<label>[^\W\d_].*?)",
        r"(?P<label>[^\W\d_].*?)\d+",
    )
)
"""``cat.12``, ``cat_012``, ``wild cat-3-1``; ``rose (12)``; ``012-cat``; ``cat012``."""


def compile_pattern(pattern: str) -> re.Pattern[str]:
    """Check an expression of the user.

    Args:
        pattern: Regular expression with a group ``label``.

    Returns:
        The expression, ready for use.

    Raises:
        DatasetError: If it is none, or has no such group.
    """
    try:
        compiled = re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        raise DatasetError(
            msg(
                "The pattern {pattern} is no regular expression: {reason}.",
                pattern=pattern,
                reason=str(error),
            ),
            hint=msg("An example: {example}", example=EXAMPLE),
        ) from error
    if "label" not in compiled.groupindex:
        raise DatasetError(
            msg("The pattern {pattern} does not say where the class stands.", pattern=pattern),
            hint=msg("Name a group label, such as {example}", example=EXAMPLE),
        )
    return compiled


def find_pattern(names: Sequence[str]) -> re.Pattern[str] | None:
    """Find the pattern of names of files that carry the class.

    Args:
        names: Of the files, without folders.

    Returns:
        An expression for :func:`label_in`; None where no pattern is convincing.
    """
    for pattern in _PATTERNS:
        counts = Counter(label.casefold() for name in names if (label := label_in(name, pattern)))
        several = [count for count in counts.values() if count >= 2]
        if len(several) >= 2 and sum(several) >= CONVINCING * len(names):
            return pattern
    return None


def label_in(name: str, pattern: re.Pattern[str]) -> str:
    """The class that the name of a file says.

    Args:
        name: Of the file, without folders.
        pattern: One that was found, or one of the user.

    Returns:
        The class; empty where the name says none.
    """
    if pattern not in _PATTERNS:  # the user's: searched for in the whole name
        found = pattern.search(name)
        return (found["label"] or "").strip() if found else ""
    stem = os.path.splitext(name)[0]  # noqa: PTH122 - a Path for each file is slow
    found = pattern.fullmatch(stem)
    if found is None:
        return ""
    label: str = found["label"].rstrip(" ._-")
    first = re.split(r"[\W\d_]+", label.lower(), maxsplit=1)[0]
    return "" if first in NUMBERED_BY_PROGRAMS else label
