"""What a page of the guide says, read from its Markdown without a parser: quick enough for tips."""

from __future__ import annotations

import re
from typing import Final

_IMAGE: Final = re.compile(r"!\[([^\]]*)\]\([^)]*\)")
_LINK: Final = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_CODE: Final = re.compile(r"`([^`]*)`")
_EMPHASIS: Final = re.compile(r"(\*\*|__|\*)(?=\S)(.+?)(?<=\S)\1")
_RULE: Final = re.compile(r"[\s|:-]*\|[\s|:-]*")
_START: Final = re.compile(r"(?:#{1,6}|[-*+]|\d+[.)]|>)\s+")
_HEADING: Final = re.compile(r"(#{1,6})\s+(.*?)\s*#*")
_NOT_IN_SLUG: Final = re.compile(r"[^\w-]+")


def plain(markdown: str) -> str:
    """Take the marks out of a piece of running text.

    Args:
        markdown: A line or paragraph.

    Returns:
        What a reader sees; a picture becomes what it shows.
    """
    text = _IMAGE.sub(r"\1", markdown)
    text = _LINK.sub(r"\1", text)
    text = _CODE.sub(r"\1", text)
    text = _EMPHASIS.sub(r"\2", text)
    return " ".join(text.replace("\\", "").split())


def title_of(source: str) -> str:
    """The first heading of a page; empty where it has none."""
    first = next((line for line in source.splitlines() if line.strip()), "")
    found = _HEADING.fullmatch(first.strip())
    return plain(found[2]) if found and len(found[1]) == 1 else ""


def summary_of(source: str) -> str:
    """The first paragraph under a page's title: what the page is about, in a sentence."""
    blocks = [block.strip() for block in re.split(r"\n\s*\n", source.strip())]
    for block in blocks:
        lines = [line for line in block.splitlines() if not line.startswith("#")]
        text = plain(" ".join(lines))
        if text:
            return text
    return ""


def blocks_of(source: str) -> list[tuple[str, str]]:
    """The page as a search sees it.

    Args:
        source: Markdown.

    Returns:
        Pairs of the heading above (empty above the first sub-heading) and a line without marks.
    """
    heading, rows, fenced = "", [], False
    for line in source.splitlines():
        if line.startswith("```"):
            fenced = not fenced
            continue
        found = None if fenced else _HEADING.fullmatch(line.strip())
        if found is not None and len(found[1]) > 1:
            heading = plain(found[2])
        elif found is None and not _RULE.fullmatch(line):
            text = line if fenced else plain(_START.sub("", line.strip(), count=1))
            text = " · ".join(cell.strip() for cell in text.split("|") if cell.strip())
            if text:
                rows.append((heading, text))
    return rows


def slug(heading: str) -> str:
    """The anchor of a heading: ``"In the app"`` becomes ``"in-the-app"``."""
    return _NOT_IN_SLUG.sub("", "-".join(heading.lower().split())).strip("-")
