"""Which pictures are kept apart for validation.

Each class is split separately, so that small classes stay in both parts. A picture's place is
decided by a hash of the seed and its path, not by its position in a list: adding a few pictures
moves hardly any others between the parts, on every system alike.
"""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from effnet_studio.engine.errors import DatasetError
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def split_class(paths: Iterable[str], *, val: float, seed: int) -> set[str]:
    """Choose the validation pictures of one class.

    Args:
        paths: Relative paths of all its pictures.
        val: Validation share, in (0, 1).
        seed: Makes the split repeatable.

    Returns:
        The paths to validate on: the share rounded to the nearest number, but at least one and
        never all of them; none when there is only one picture.
    """
    ordered = sorted(paths, key=lambda path: (_rank(path, seed), path))
    if len(ordered) < 2:
        return set()
    count = min(max(1, int(len(ordered) * val + 0.5)), len(ordered) - 1)
    return set(ordered[:count])


def split_classes(classes: Mapping[str, Iterable[str]], *, val: float, seed: int) -> set[str]:
    """Choose the validation pictures of all classes.

    Args:
        classes: Class name to the relative paths of its pictures.
        val: Validation share, in (0, 1).
        seed: Makes the split repeatable.

    Returns:
        The paths to validate on.

    Raises:
        DatasetError: If the share is not in (0, 1).
    """
    if not 0 < val < 1:
        raise DatasetError(
            msg("The validation share must lie between 0 and 1; it is {value}.", value=val),
            hint=msg("A usual value is 0.2."),
        )
    chosen: set[str] = set()
    for paths in classes.values():
        chosen |= split_class(paths, val=val, seed=seed)
    return chosen


def _rank(path: str, seed: int) -> bytes:
    text = f"{seed}\0".encode() + os.fsencode(path)
    return hashlib.blake2b(text, digest_size=8).digest()
