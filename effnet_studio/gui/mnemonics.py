"""Letters that choose the rows of a menu: given out by rule, so that no two rows share one."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def with_mnemonics(texts: Sequence[str], english: Sequence[str]) -> list[str]:
    """Mark a letter in each text of a menu.

    The first free letter is taken: first of all the starts of words, then any letter. A text
    without letters of the keyboard, such as a Chinese one, gets that of the English text in
    brackets behind it, before an ellipsis: ``打开项目(&O)…``.

    Args:
        texts: As shown; those that have a mark keep it.
        english: The same in English.

    Returns:
        The texts with ``&`` before the letter; as they were on macOS, where menus have none, and
        where no letter is free.
    """
    if sys.platform == "darwin":
        return list(texts)
    taken = {mark for text in texts if (mark := _mark_of(text))}
    result = []
    for text, source in zip(texts, english, strict=True):
        own = any(letter.isascii() and letter.isalpha() for letter in text)
        place = None if _mark_of(text) else _free(text if own else source, taken)
        if place is None:
            result.append(text)
            continue
        letter = (text if own else source)[place].upper()
        taken.add(letter)
        if own:
            result.append(f"{text[:place]}&{text[place:]}")
        else:
            body = text.removesuffix("…")
            result.append(f"{body}(&{letter}){text[len(body) :]}")
    return result


def _mark_of(text: str) -> str:
    place = text.replace("&&", "  ").find("&")
    return text[place + 1].upper() if 0 <= place < len(text) - 1 else ""


def _free(text: str, taken: set[str]) -> int | None:
    return next((place for place in _places(text) if text[place].upper() not in taken), None)


def _places(text: str) -> Iterator[int]:
    """Places of letters, those at the starts of words first."""
    letters = [place for place, letter in enumerate(text) if letter.isascii() and letter.isalnum()]
    yield from (place for place in letters if place == 0 or not text[place - 1].isalnum())
    yield from letters
