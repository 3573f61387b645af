"""Which of the judged images are shown, and in what order: pure functions of the wishes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Container, Hashable, Sequence

    from effnet_studio.gui.models.predict_items import Item

LEAST: Final = 0.5
"""Confidence below which an answer counts as unsure, unless the user says otherwise."""


class State(StrEnum):
    """What kind of image is wanted."""

    ALL = "all"
    UNSURE = "unsure"
    OPEN = "open"
    REVIEWED = "reviewed"
    REFUSED = "refused"


class Order(StrEnum):
    """What comes first."""

    GIVEN = "given"
    UNSURE = "unsure"
    SURE = "sure"
    CLOSE = "close"
    CLASS = "class"
    NAME = "name"


@dataclass(frozen=True)
class Wishes:
    """What the user wants to see.

    Attributes:
        text: Has to be in the name, upper or lower case.
        label: The answer; None: any.
        state: Kind of image.
        least: Confidence, in [0, 1], below which an answer is unsure.
        order: What comes first.
    """

    text: str = ""
    label: str | None = None
    state: State = State.ALL
    least: float = LEAST
    order: Order = Order.GIVEN

    @property
    def everything(self) -> bool:
        """Whether no image is left out; in whatever order."""
        return (self.text, self.label, self.state) == ("", None, State.ALL)


def arrange(
    items: Sequence[Item], wishes: Wishes, reviewed: Container[Hashable] = frozenset()
) -> list[Item]:
    """Choose and sort images.

    Args:
        items: In the order in which they were given.
        wishes: What is wanted.
        reviewed: :attr:`Item.key` of the images a person has looked through.

    Returns:
        Those wanted. Images without an answer come last where answers are sorted by; otherwise
        equals keep the order in which they were given.
    """
    text = wishes.text.casefold()
    chosen = list(items)
    if not wishes.everything:
        chosen = [
            item
            for item in items
            if text in item.name.casefold() and _is_wanted(item, wishes, reviewed)
        ]
    match wishes.order:
        case Order.UNSURE:
            chosen.sort(key=_doubt)
        case Order.SURE:
            chosen.sort(key=_trust)
        case Order.CLOSE:
            chosen.sort(key=_margin)
        case Order.CLASS:
            chosen.sort(key=_class)
        case Order.NAME:
            chosen.sort(key=_name)
        case Order.GIVEN:
            pass
    return chosen


def _is_wanted(item: Item, wishes: Wishes, reviewed: Container[Hashable]) -> bool:
    standing = item.standing
    label = standing.label if standing is not None else None
    if wishes.label not in (None, label):
        return False
    match wishes.state:
        case State.UNSURE:
            return standing is not None and (
                standing.confidence < wishes.least or standing.rejected
            )
        case State.OPEN:
            return standing is not None and item.key not in reviewed
        case State.REVIEWED:
            return item.key in reviewed
        case State.REFUSED:
            return standing is None
    return True


def _doubt(item: Item) -> tuple[bool, float]:
    standing = item.standing
    return (standing is None, standing.confidence if standing is not None else 0.0)


def _trust(item: Item) -> tuple[bool, float]:
    missing, confidence = _doubt(item)
    return (missing, -confidence)


def _margin(item: Item) -> tuple[bool, float]:
    standing = item.standing
    return (standing is None, standing.margin if standing is not None else 0.0)


def _class(item: Item) -> tuple[bool, str, float]:
    standing = item.standing
    if standing is None:
        return (True, "", 0.0)
    return (False, standing.label.casefold(), -standing.confidence)


def _name(item: Item) -> tuple[str, str]:
    return (item.name.casefold(), item.name)
