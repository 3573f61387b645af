"""Finding pages by words: every word of the question must be on the page; titles count most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from effnet_studio.guide.text import blocks_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from effnet_studio.guide.library import Guide, GuidePage

WEIGHTS: Final = {"title": 12.0, "other": 8.0, "heading": 4.0, "summary": 3.0, "body": 1.0}
"""What a word counts by where it stands; ``other`` is the title in English."""
MOST: Final = 5
"""More mentions in the body than these make a page no better."""
BEFORE: Final = 8
"""Characters of a line shown before what was found, which must not fall out of a narrow list."""
AFTER: Final = 120


@dataclass(frozen=True)
class Hit:
    """A page that was found.

    Attributes:
        key: Of the page.
        title: Of the page.
        heading: Above the line shown; empty at the top of the page.
        excerpt: The line with most of the words, shortened.
        score: For ranking only.
    """

    key: str
    title: str
    heading: str
    excerpt: str
    score: float


@dataclass(frozen=True)
class _Entry:
    key: str
    title: str
    texts: dict[str, str]
    blocks: list[tuple[str, str]]


class SearchIndex:
    """The text of all pages in one language.

    Args:
        guide: The pages.
        language: Whose pages; titles are found in English too.
    """

    def __init__(self, guide: Guide, language: str) -> None:
        self._entries = [_entry(page, guide.page(page.key)) for page in guide.pages(language)]

    def find(self, question: str) -> list[Hit]:
        """Pages with every word of the question, best first.

        Args:
            question: What the user typed; part of a word is enough.

        Returns:
            The pages; empty for an empty question.
        """
        words = split_words(question)
        if not words:
            return []
        hits = [hit for hit in (_try(entry, words) for entry in self._entries) if hit is not None]
        return sorted(hits, key=lambda hit: -hit.score)


def split_words(question: str) -> list[str]:
    """The words of a question, in lower case, each once."""
    return list(dict.fromkeys(question.lower().split()))


def searched_texts(page: GuidePage, english: GuidePage | None) -> dict[str, str]:
    """The texts of a page that are searched, by the places of :data:`WEIGHTS`.

    Args:
        page: The page.
        english: The same in English.

    Returns:
        One text a place.
    """
    blocks = blocks_of(page.source)
    headings = dict.fromkeys(heading for heading, _ in blocks if heading)
    return {
        "title": page.title,
        "other": english.title if english and english.language != page.language else "",
        "heading": "\n".join(headings),
        "summary": page.summary,
        "body": "\n".join(text for _, text in blocks),
    }


def _entry(page: GuidePage, english: GuidePage | None) -> _Entry:
    texts = {key: text.lower() for key, text in searched_texts(page, english).items()}
    return _Entry(page.key, page.title, texts, blocks_of(page.source))


def _try(entry: _Entry, words: Sequence[str]) -> Hit | None:
    scores = [_score(entry, word) for word in words]
    if not all(scores):
        return None
    heading, excerpt = _best_block(entry.blocks, words)
    return Hit(entry.key, entry.title, heading, excerpt, sum(scores))


def _score(entry: _Entry, word: str) -> float:
    score = 0.0
    for place, weight in WEIGHTS.items():
        text = entry.texts[place]
        count = text.count(word)
        if count:
            begins = 1.5 if _begins_a_word(text, word) else 1.0
            score += weight * begins * (min(count, MOST) if place == "body" else 1)
    return score


def _begins_a_word(text: str, word: str) -> bool:
    place = text.find(word)
    while place >= 0:
        if place == 0 or not text[place - 1].isalnum():
            return True
        place = text.find(word, place + 1)
    return False


def _best_block(blocks: Iterable[tuple[str, str]], words: Sequence[str]) -> tuple[str, str]:
    best, most = ("", ""), 0
    for heading, text in blocks:
        found = sum(word in text.lower() for word in words)
        if found > most:
            best, most = (heading, text), found
    heading, text = best
    places = [place for place in (text.lower().find(word) for word in words) if place >= 0]
    return heading, _shorten(text, min(places, default=0))


def _shorten(text: str, place: int) -> str:
    start, end = max(0, place - BEFORE), min(len(text), place + AFTER)
    if start:
        start = text.find(" ", start, place) + 1 or start
    return ("…" if start else "") + text[start:end].strip() + ("…" if end < len(text) else "")
