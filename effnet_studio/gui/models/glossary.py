"""What the terms of the field mean, each in a sentence; shown where the word appears.

A text of the window is looked up as a whole: every term in it is explained, the longer ones first
("best epoch" and not "epoch"). Words and explanations are translated together.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QCoreApplication, QLocale

from effnet_studio.gui.models.glossary_terms import TERMS

_CONTEXT: Final = "Glossary"
_MOST: Final = 3
"""So many terms of a text are explained at a time."""
_MARKUP: Final = re.compile(r"<[^>]*>|&")
"""Of rich text, and the mark before a letter that is a key."""


def explain(text: str) -> str:
    """Explain the terms in a text of the window.

    Args:
        text: Of a label, a button, a tab or a column, in the window's language.

    Returns:
        A line for each term, in the order of the text; empty if there is none.
    """
    # The translation of a term tells whether a language is loaded: its name alone does not.
    pattern, meanings = _dictionary(QLocale().name(), _translated(TERMS[0][1]))
    line = QCoreApplication.translate("Glossary", "{term}: {meaning}")
    lines: dict[str, str] = {}
    for found in pattern.finditer(_MARKUP.sub("", text)):
        meaning = meanings[found[0].casefold()]
        lines.setdefault(
            meaning, line.format(term=f"{found[0][:1].upper()}{found[0][1:]}", meaning=meaning)
        )
    return "\n".join(list(lines.values())[:_MOST])


def _translated(text: str) -> str:
    return QCoreApplication.translate(_CONTEXT, text)


@lru_cache(maxsize=4)
def _dictionary(_locale: str, _sample: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """All words as one pattern, and what each means in the present language."""
    meanings = {
        word.casefold(): _translated(meaning)
        for words, meaning in TERMS
        for word in _translated(words).split("|")
    }
    longest_first = sorted(meanings, key=len, reverse=True)
    # Chinese has no spaces between words: only Latin letters must not go on.
    parts = "|".join(re.escape(word) for word in longest_first)
    return re.compile(rf"(?<![A-Za-z0-9])(?:{parts})(?![A-Za-z0-9])", re.IGNORECASE), meanings
