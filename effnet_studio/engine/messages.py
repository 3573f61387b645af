"""Sentences for people, kept as template and values so that a face can translate them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Message:
    """A sentence in English with named gaps, and what fills them.

    Attributes:
        template: English text with ``str.format`` fields, the key of its translation.
        details: Names and values of the fields, in order.
    """

    template: str
    details: tuple[tuple[str, object], ...] = ()

    def __str__(self) -> str:
        return self.render(self.template)

    def render(self, template: str) -> str:
        """Fill a (translated) template with this message's values.

        Args:
            template: Text with the same fields as :attr:`template`.

        Returns:
            The finished sentence. Without values the text is returned untouched, braces and all.
        """
        return template.format(**dict(self.details)) if self.details else template


def msg(template: str, /, **details: object) -> Message:
    """Make a message; the translation tool collects every literal given to this function.

    Args:
        template: English text with named ``str.format`` fields; must be a string literal.
        **details: The values of the fields (plain strings, numbers or paths).

    Returns:
        The message.
    """
    return Message(template, tuple(details.items()))
