"""A language nobody speaks: English with accents and brackets, 40 % longer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale, QTranslator
from typing_extensions import override

if TYPE_CHECKING:
    from PySide6.QtCore import QCoreApplication, QObject

GROWTH: Final = 0.4
"""How much longer than English a text may become; German is about a third longer."""

_ACCENTED: Final = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    "ÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞQŔŠŢÛṼŴẊÝŽåƀçðéƒĝĥîĵķļɱñöþɋŕšţûṽŵẋýž",
)
_UNTOUCHED: Final = re.compile(
    r"<[^<>]*>"  # HTML
    r"|&[a-z]+;|&#\d+;"
    r"|\{[^{}]*\}"  # gaps of str.format
    r"|%L?n|%L?\d"  # gaps of Qt
    r"|\*\.\w+"  # patterns of files
)
_TAG: Final = re.compile(r"<[^<>]*>")


def pseudo(text: str) -> str:
    """A text as it would look in the language nobody speaks.

    Args:
        text: In English, with gaps and tags.

    Returns:
        ``"[Ţŕåîñ ··]"`` for ``"Train"``; gaps, tags and mnemonics stay as they are.
    """
    if not text.strip():
        return text
    parts, at = [], 0
    for found in _UNTOUCHED.finditer(text):
        parts.append(text[at : found.start()].translate(_ACCENTED))
        parts.append(found.group())
        at = found.end()
    parts.append(text[at:].translate(_ACCENTED))
    letters = len(_TAG.sub("", text))
    return f"[{''.join(parts)} {_filling(round(GROWTH * letters) - 3)}]"


def _filling(length: int) -> str:
    """Dots in words of eight, so that they wrap as words do."""
    dots = "·" * max(1, length)
    return " ".join(dots[at : at + 8] for at in range(0, len(dots), 8))


class PseudoTranslator(QTranslator):
    """Answers every text that the program asks a translation of.

    Args:
        parent: Qt's owner.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.asked = 0

    @override
    def translate(
        self,
        context: str,
        sourceText: str,
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str:
        self.asked += 1
        return pseudo(sourceText)

    @override
    def isEmpty(self) -> bool:
        return False


def install_pseudo(app: QCoreApplication) -> PseudoTranslator:
    """Switch the application to the language nobody speaks; ``install_language`` switches back."""
    for old in app.findChildren(QTranslator):
        app.removeTranslator(old)
        old.deleteLater()
    QLocale.setDefault(QLocale("en"))
    translator = PseudoTranslator(app)
    app.installTranslator(translator)
    return translator
