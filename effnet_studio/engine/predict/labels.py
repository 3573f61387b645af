"""Where the classes of a dataset are among those that a model knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from effnet_studio.engine.errors import ModelError
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from collections.abc import Sequence


def labels_in_model(known: Sequence[str], classes: Sequence[str]) -> list[int]:
    """Match classes by their names.

    Args:
        known: Classes of the model.
        classes: Classes of the dataset.

    Returns:
        For each class of the dataset its place among the model's.

    Raises:
        ModelError: If the model does not know one of them.
    """
    missing = [label for label in classes if label not in known]
    if missing:
        raise ModelError(
            msg(
                "This model does not know {count} of the project's classes: {names}.",
                count=len(missing),
                names=_shortened(missing),
            ),
            hint=msg(
                "It knows: {names}. Choose a model that was trained on this project.",
                names=_shortened(known),
            ),
        )
    return [known.index(label) for label in classes]


def _shortened(names: Sequence[str], limit: int = 5) -> str:
    shown = ", ".join(names[:limit])
    return f"{shown}, …" if len(names) > limit else shown
