"""How well a few typed letters fit a text: the letters in order, best at the starts of words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_START: Final = 8
"""For a letter at the start of a word."""
_NEXT: Final = 5
"""For a letter right behind the one before it."""
_FIRST: Final = 4
"""For the very first letter of the text."""
_MISS: Final = -(10**6)


@dataclass(frozen=True)
class Fit:
    """How a query fits a text.

    Attributes:
        score: The higher the better; texts that fit equally well but are shorter score higher.
        places: Where the letters of the query stand in the text, in ascending order.
    """

    score: float
    places: tuple[int, ...]


def fit(query: str, text: str) -> Fit | None:
    """Judge a text.

    Words of the query may come in any order; the letters of each come in theirs, with or without
    others in between. Upper and lower case are the same.

    Args:
        query: What was typed.
        text: What may be meant.

    Returns:
        The best way in which it fits; None if some word does not.
    """
    letters = _plain(text)
    score, places = 0.0, set[int]()
    for word in query.split():
        found = _fit_word(_plain(word), letters)
        if found is None:
            return None
        score += found.score
        places.update(found.places)
    return Fit(score - len(text) / 100, tuple(sorted(places)))


def _plain(text: str) -> str:
    """Lower case, letter for letter: places in it are places in the text."""
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


def _fit_word(word: str, text: str) -> Fit | None:
    if not _contains(word, text):
        return None
    # best[place]: score of the letters so far when the last one stands at that place.
    best = [_bonus(text, place) if text[place] == word[0] else _MISS for place in range(len(text))]
    before: list[list[int]] = []
    for letter in word[1:]:
        best, came_from = _next_letter(letter, text, best)
        before.append(came_from)
    place = max(range(len(text)), key=best.__getitem__)
    score, places = best[place], [place]
    for came_from in reversed(before):
        place = came_from[place]
        places.append(place)
    return Fit(score, tuple(reversed(places)))


def _contains(word: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in word)


def _next_letter(letter: str, text: str, best: list[int]) -> tuple[list[int], list[int]]:
    """One more letter: the best scores with it, and where the letter before stands for each."""
    scores, came_from = [_MISS] * len(text), [0] * len(text)
    leader = 0
    for place in range(1, len(text)):
        previous = place - 1
        if best[previous] > best[leader]:
            leader = previous
        if text[place] != letter or best[leader] <= _MISS:
            continue
        jump, step = best[leader], best[previous] + _NEXT
        came_from[place] = previous if step >= jump else leader
        scores[place] = max(jump, step) + _bonus(text, place)
    return scores, came_from


def _bonus(text: str, place: int) -> int:
    if place == 0:
        return 1 + _START + _FIRST
    return 1 + (0 if text[place - 1].isalnum() else _START)
