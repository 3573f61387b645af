"""A trained classifier's outputs taken over by the names of their classes.

Each output of a classifier is a row of its last layer. Two data sets with as many classes have
layers of the same shape, but not the same classes in the same order: rows are matched by name, so
that a class that was renamed, added or moved never answers with the weights of another.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import safetensors

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from torch import Tensor


def classes_in(path: Path) -> tuple[str, ...] | None:
    """The classes that a weights file says its outputs are.

    Args:
        path: Any weights file.

    Returns:
        Names in the order of the outputs; None if the file does not tell.
    """
    if path.suffix.lower() != ".safetensors":
        return None
    try:
        with safetensors.safe_open(path, framework="pt") as file:
            names = json.loads((file.metadata() or {})["classes"])
    except (OSError, safetensors.SafetensorError, KeyError, ValueError):
        return None
    return tuple(map(str, names)) if isinstance(names, list) else None


def match_head(
    given: Mapping[str, Tensor],
    own: Mapping[str, Tensor],
    classifier: str,
    *,
    known: Sequence[str],
    wanted: Sequence[str],
) -> dict[str, Tensor]:
    """Arrange the outputs of a trained network for other classes.

    Args:
        given: The trained network's tensors by name.
        own: The new network's; classes that were not known keep their rows of these.
        classifier: Name of the module whose tensors have a row for each class.
        known: Classes of the trained network, in the order of its outputs.
        wanted: Classes of the new network.

    Returns:
        ``given`` with other rows in the classifier; without a classifier if no class is known or
        the rows do not fit.
    """
    prefix = f"{classifier}."
    arranged = {name: t for name, t in given.items() if not name.startswith(prefix)}
    pairs = [(row, known.index(name)) for row, name in enumerate(wanted) if name in known]
    for name, rows in given.items():
        if not name.startswith(prefix) or name not in own or not pairs:
            continue
        target = own[name].detach().clone()
        if len(rows) != len(known) or rows.shape[1:] != target.shape[1:]:
            return {n: t for n, t in arranged.items() if not n.startswith(prefix)}
        to, source = (list(side) for side in zip(*pairs, strict=True))
        target[to] = rows[source].to(target.dtype)
        arranged[name] = target
    return arranged
