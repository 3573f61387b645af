"""What people call the parts of a dataset, in folders, tables and names of tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from effnet_studio.engine.data.dataset import Split

PART_NAMES: dict[str, Split] = {
    "train": "train",
    "training": "train",
    "val": "val",
    "valid": "val",
    "validation": "val",
    "test": "test",
    "testing": "test",
}
"""Names, in lower case, that mean a part of the dataset."""


def part_named(name: str) -> Split | None:
    """The part that a folder or a field of a table is.

    Args:
        name: In letters of any case.

    Returns:
        The part, or None where the name means none.
    """
    return PART_NAMES.get(name.strip().lower())


def part_within(name: str) -> Split | None:
    """The part that is one word of a longer name, such as ``train_labels.csv``.

    Args:
        name: Of a file.

    Returns:
        The part, or None where no word means one, or several do.
    """
    words = re.split(r"[\W\d_]+", name.lower())
    found = {PART_NAMES[word] for word in words if word in PART_NAMES}
    return found.pop() if len(found) == 1 else None
