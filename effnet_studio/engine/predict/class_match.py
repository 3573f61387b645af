"""Which classes two sides share: two models, or a model and a dataset. Matched by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from effnet_studio.engine.errors import ModelError
from effnet_studio.engine.messages import Message, msg

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAMED = 5
"""Classes named in a sentence; the others are counted."""


@dataclass(frozen=True)
class ClassMatch:
    """Class names of two sides, compared.

    Attributes:
        shared: Classes of both, in the order of the first.
        only_first: Classes that the second lacks, in the first's order.
        only_second: Classes that the first lacks, in the second's order.
    """

    shared: tuple[str, ...]
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether both have the same classes, in whatever order."""
        return not self.only_first and not self.only_second


def match_classes(first: Sequence[str], second: Sequence[str]) -> ClassMatch:
    """Match class names of two sides.

    Args:
        first: Names of one side.
        second: Names of the other.

    Returns:
        What they share and what they do not.
    """
    ours, theirs = set(first), set(second)
    return ClassMatch(
        shared=tuple(name for name in first if name in theirs),
        only_first=tuple(name for name in first if name not in theirs),
        only_second=tuple(name for name in second if name not in ours),
    )


def data_mismatch(model: Sequence[str], data: Sequence[str]) -> Message | None:
    """Say how a model's classes differ from those of the images in a project.

    Args:
        model: Classes that the model knows.
        data: Classes of the dataset.

    Returns:
        One sentence; None if they are the same.
    """
    match = match_classes(model, data)
    if match.same:
        return None
    if not match.shared:
        return msg(
            "This model knows none of your classes: it knows {known}; your data has {data}.",
            known=shortened(match.only_first),
            data=shortened(match.only_second),
        )
    if not match.only_first:
        return msg(
            "This model does not know all of your classes: your data has {data} too.",
            data=shortened(match.only_second),
        )
    if not match.only_second:
        return msg(
            "This model also knows {known}, which your data does not have.",
            known=shortened(match.only_first),
        )
    return msg(
        "This model knows {known}, which your data does not have; your data has {data}, which the "
        "model does not know.",
        known=shortened(match.only_first),
        data=shortened(match.only_second),
    )


def models_mismatch(match: ClassMatch) -> Message | None:
    """Say how the classes of two models differ.

    Args:
        match: Their classes.

    Returns:
        One sentence; None if they are the same.
    """
    if match.same:
        return None
    if not match.only_second:
        return msg("Only the first model knows {names}.", names=shortened(match.only_first))
    if not match.only_first:
        return msg("Only the second model knows {names}.", names=shortened(match.only_second))
    return msg(
        "Only the first model knows {first}; only the second knows {second}.",
        first=shortened(match.only_first),
        second=shortened(match.only_second),
    )


def shortened(names: Sequence[str]) -> tuple[str, ...] | Message:
    """Name a few classes and count the rest.

    Args:
        names: Class names.

    Returns:
        A list for a sentence.
    """
    listed = tuple(names[:_NAMED])  # each language separates them in its own way
    if len(names) <= _NAMED:
        return listed
    return msg("{names} and {count} more", names=listed, count=len(names) - _NAMED)


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
    missing = match_classes(known, classes).only_second
    if missing:
        raise ModelError(
            msg(
                "This model does not know {count} of the classes of these images: {names}.",
                count=len(missing),
                names=shortened(missing),
            ),
            hint=msg(
                "It knows: {names}. Choose a model that was trained on images like these.",
                names=shortened(known),
            ),
        )
    return [known.index(label) for label in classes]
