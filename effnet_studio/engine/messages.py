"""Sentences for people, kept as template and values so that a face can translate them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class Message:
    """A sentence in English with named gaps, and what fills them.

    Attributes:
        template: English text with ``str.format`` fields, the key of its translation.
        details: Names and values of the fields, in order; a value may be a message itself, or a
            tuple of messages or plain words, which are listed.
    """

    template: str
    details: tuple[tuple[str, object], ...] = ()

    def __str__(self) -> str:
        return self.render(str)

    def render(self, translate: Callable[[str], str]) -> str:
        """Fill the translated template with this message's values.

        Args:
            translate: Gives a template in another language, with the same fields.

        Returns:
            The finished sentence. Without values the text is returned untouched, braces and all.
        """
        template = translate(self.template)
        if not self.details:
            return template
        return template.format(**{name: _shown(value, translate) for name, value in self.details})


def _shown(value: object, translate: Callable[[str], str]) -> object:
    if isinstance(value, Message):
        return value.render(translate)
    if isinstance(value, tuple):
        return translate(_SEPARATOR.template).join(str(_shown(each, translate)) for each in value)
    return value


def msg(template: str, /, **details: object) -> Message:
    """Make a message; the translation tool collects every literal given to this function.

    Args:
        template: English text with named ``str.format`` fields; must be a string literal.
        **details: The values of the fields (plain strings, numbers, paths or messages).

    Returns:
        The message.
    """
    return Message(template, tuple(details.items()))


_SEPARATOR: Final = msg(", ")
"""Between the things of a list."""
