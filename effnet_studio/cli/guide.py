"""``effnet-studio guide``: read the user guide in the terminal, or write it as a web site."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from effnet_studio.cli.options import AsJson, Language, PageLanguage
from effnet_studio.cli.terminal import Terminal

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult

    from effnet_studio.guide.library import Guide, GuidePage

_MEASURE = 88
"""Widest line, characters."""
_PICTURE = re.compile(r"!\[([^\]]*)\]\([^)]*\)")
_INSIDE = re.compile(r"\[([^\]]*)\]\([\w-]+\.md(?:#[^)]*)?\)")


def guide(
    page: Annotated[
        str | None,
        typer.Argument(metavar="PAGE", help="Such as data or concept-freezing; none: a list."),
    ] = None,
    *,
    search: Annotated[
        str | None, typer.Option("--search", metavar="WORDS", help="List pages with these words.")
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="FOLDER", help="Write the whole guide as a web site."),
    ] = None,
    language: PageLanguage = Language.ENGLISH,
    as_json: AsJson = False,
) -> None:
    """Read the user guide here, or write it as a web site that needs no network."""
    from effnet_studio.guide.library import Guide

    terminal, pages = Terminal(as_json=as_json), Guide()
    if html is not None:
        _write(pages, html, terminal)
    elif page is not None:
        found = _find(pages, page, language)
        terminal.emit(_document(found, source=True), _Wrapped(found))
    elif search is not None:
        _search(pages, search, language, terminal)
    else:
        documents = [_document(each) for each in pages.pages(language)]
        terminal.emit(documents, *_contents(pages, language))


def _write(pages: Guide, folder: Path, terminal: Terminal) -> None:
    from effnet_studio.guide.site import write_site

    written = write_site(pages, folder)
    start = folder / "index.html"
    document = {"index": str(start), "pages": [str(file) for file in written]}
    terminal.emit(document, f"{len(written)} pages written; begin with {start}")


def _search(pages: Guide, words: str, language: str, terminal: Terminal) -> None:
    from effnet_studio.guide.search import SearchIndex

    hits = SearchIndex(pages, language).find(words)
    documents = [{"key": hit.key, "title": hit.title, "excerpt": hit.excerpt} for hit in hits]
    rows = [(hit.key, hit.title, hit.excerpt) for hit in hits]
    terminal.emit(documents, _table(rows) if rows else "No page has all of these words.")


def _find(pages: Guide, key: str, language: str) -> GuidePage:
    from effnet_studio.engine.errors import StudioError
    from effnet_studio.engine.messages import msg

    page = pages.page(key.removesuffix(".md"), language)
    if page is None:
        page = pages.page(f"concept-{key}", language)
    if page is None:
        raise StudioError(
            msg("The guide has no page {name}.", name=key),
            hint=msg("`effnet-studio guide` lists its pages."),
        )
    return page


def _document(page: GuidePage, *, source: bool = False) -> dict[str, Any]:
    document = {
        "key": page.key,
        "language": page.language,
        "title": page.title,
        "summary": page.summary,
    }
    return document | ({"markdown": page.source} if source else {})


class _Wrapped:
    """A page with its lines broken at words, in a console that otherwise leaves lines alone.

    Args:
        page: The page.
    """

    def __init__(self, page: GuidePage) -> None:
        self._source = page.source

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        from rich.markdown import Markdown

        # Neither pictures nor files beside the page can be shown here; their words can.
        text = _INSIDE.sub(r"\1", _PICTURE.sub(r"*(\1)*", self._source))
        width = min(options.max_width, _MEASURE)
        yield from console.render(
            Markdown(text), options.update(width=width, no_wrap=False, overflow="fold")
        )


def _contents(pages: Guide, language: str) -> list[RenderableType]:
    from rich.text import Text

    parts: list[RenderableType] = []
    for section in pages.sections(language):
        found = (pages.page(key, language) for key in section.pages)
        rows = [(page.key, page.title, page.summary) for page in found if page is not None]
        parts += [Text(f"\n{section.title}", style="bold"), _table(rows)]
    return parts


def _table(rows: list[tuple[str, str, str]]) -> RenderableType:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="cyan", no_wrap=True)
    table.add_column(min_width=12)
    table.add_column(style="dim", ratio=1)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    return table
