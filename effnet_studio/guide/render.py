"""Markdown to HTML, for the window and for the static site alike."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, Protocol

from markdown_it import MarkdownIt

from effnet_studio.guide.text import slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

_PAGE: Final = re.compile(r"([\w-]+)\.md(?:#(.*))?")
_PICTURE: Final = re.compile(r"\.\./pictures/([\w-]+)\.png")
_OUTSIDE: Final = re.compile(r"(?:https?://|mailto:)\S+")


@dataclass(frozen=True)
class Link:
    """Where a page leads.

    Attributes:
        target: As written.
        page: Key of the page of the guide it means; empty for an address outside.
        fragment: Anchor on that page; empty for its top.
    """

    target: str
    page: str = ""
    fragment: str = ""


@dataclass(frozen=True)
class Shown:
    """A picture in a page.

    Attributes:
        target: As written.
        name: Of the picture; empty where it is not one of the guide's.
        alt: What it shows, for those who cannot see it.
    """

    target: str
    name: str
    alt: str


class Places(Protocol):
    """Where a page that is being rendered finds others."""

    def link(self, page: str, fragment: str) -> str:
        """Address of a page of the guide."""

    def picture(self, name: str, alt: str) -> str:
        """HTML of a picture."""


def render(source: str, places: Places) -> str:
    """Turn a page into HTML.

    Raw HTML in the page stays visible text, and addresses that are neither pages of the guide nor
    of the web lead nowhere.

    Args:
        source: Markdown.
        places: Where links and pictures are.

    Returns:
        The inside of a body; each heading has its slug as ``id``.
    """
    parser = _parser()
    tokens = parser.parse(source)
    for token in _walk(tokens):
        if token.type == "link_open":
            token.attrs["href"] = _address(read_link(str(token.attrs["href"])), places)
        elif token.type == "image":
            shown = _read_picture(token)
            token.type = "html_inline"
            token.content = places.picture(shown.name, shown.alt) if shown.name else ""
    _free_pictures(tokens)
    _name_headings(tokens)
    return str(parser.renderer.render(tokens, parser.options, {}))


def links_of(source: str) -> list[Link]:
    """Every link of a page, in order."""
    tokens = _walk(_parser().parse(source))
    return [read_link(str(each.attrs["href"])) for each in tokens if each.type == "link_open"]


def pictures_of(source: str) -> list[Shown]:
    """Every picture of a page, in order."""
    return [
        _read_picture(token) for token in _walk(_parser().parse(source)) if token.type == "image"
    ]


def headings_of(source: str) -> list[tuple[int, str]]:
    """Level and anchor of every heading of a page, in order."""
    tokens = _parser().parse(source)
    return [(level, anchor) for level, anchor, _ in _headings(tokens)]


def read_link(target: str) -> Link:
    """What a link means."""
    inside = _PAGE.fullmatch(target)
    if inside is not None:
        return Link(target, inside[1], inside[2] or "")
    return Link(target)


def leads_outside(link: Link) -> bool:
    """Whether a link is an address of the web or of a person."""
    return not link.page and _OUTSIDE.fullmatch(link.target) is not None


def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _walk(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from token.children or ()


def _address(link: Link, places: Places) -> str:
    if link.page:
        return places.link(link.page, link.fragment)
    return link.target if leads_outside(link) or link.target.startswith("#") else "#"


def _free_pictures(tokens: Sequence[Token]) -> None:
    """Take the paragraph away from around a picture that stands alone: it brings its own."""
    for place, token in enumerate(tokens):
        children = token.children or ()
        if token.type == "inline" and [each.type for each in children] == ["html_inline"]:
            tokens[place - 1].hidden = tokens[place + 1].hidden = True


def _read_picture(token: Token) -> Shown:
    target = str(token.attrs["src"])
    found = _PICTURE.fullmatch(target)
    return Shown(target, found[1] if found else "", token.content)


def _headings(tokens: Sequence[Token]) -> Iterator[tuple[int, str, Token]]:
    for opened, inside in pairwise(tokens):
        if opened.type == "heading_open":
            words = "".join(part.content for part in inside.children or ())
            yield int(opened.tag[1:]), slug(words), opened


def _name_headings(tokens: Sequence[Token]) -> None:
    taken: dict[str, int] = {}
    for _, anchor, token in _headings(tokens):
        taken[anchor] = taken.get(anchor, 0) + 1
        token.attrs["id"] = anchor if taken[anchor] == 1 else f"{anchor}-{taken[anchor]}"


def image_html(source: str, alt: str, **attributes: Any) -> str:
    """An image element.

    Args:
        source: Address.
        alt: What it shows.
        **attributes: More of its attributes.

    Returns:
        HTML.
    """
    values = {"src": source, "alt": alt, **attributes}
    return "<img " + " ".join(f'{key}="{escape(str(each))}"' for key, each in values.items()) + ">"
