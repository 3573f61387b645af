"""Markdown to HTML: what it lets through, and where links and pictures lead."""

from __future__ import annotations

from html import escape

from effnet_studio.guide.render import (
    headings_of,
    image_html,
    leads_outside,
    links_of,
    pictures_of,
    read_link,
    render,
)
from tests.guide.conftest import FREEZING


class _Places:
    def link(self, page: str, fragment: str) -> str:
        return f"to:{page}:{fragment}"

    def picture(self, name: str, alt: str) -> str:
        return f"<figure>{name}|{escape(alt)}</figure>"


def _html(source: str) -> str:
    return render(source, _Places())


def test_that_links_and_pictures_go_where_the_reader_has_them() -> None:
    html = _html(FREEZING)
    assert '<a href="to:train:presets">training</a>' in html
    assert '<a href="https://example.org/paper">paper</a>' in html
    assert "<figure>train|The Train page</figure>" in html
    assert "<p><figure>" not in html, "a figure is no part of a paragraph"
    assert "<td>seven</td>" in html


def test_that_headings_can_be_linked_to() -> None:
    assert '<h2 id="in-the-app">' in _html(FREEZING)
    assert 'id="why-2"' in _html("## Why\n\n## Why\n")
    assert headings_of(FREEZING) == [(1, "freezing"), (2, "why"), (2, "in-the-app")]


def test_that_raw_html_stays_text() -> None:
    html = _html("<script>alert(1)</script>\n\nand <b onclick=x>inline</b>")
    assert "<script" not in html
    assert "<b " not in html
    assert "&lt;script&gt;" in html


def test_that_other_addresses_lead_nowhere() -> None:
    html = _html("[a](javascript:alert(1)) [b](file:///etc/passwd) [c](other.txt) [d](#why)")
    assert "javascript:alert(1)" not in html.replace("[a](javascript:alert(1))", "")
    assert 'href="file' not in html
    assert '<a href="#">c</a>' in html
    assert '<a href="#why">d</a>' in html


def test_that_foreign_pictures_are_left_out() -> None:
    html = _html("![spy](https://example.org/pixel.png)")
    assert "pixel" not in html


def test_that_links_and_pictures_are_listed() -> None:
    assert [(link.page, link.fragment) for link in links_of(FREEZING)] == [
        ("train", "presets"),
        ("", ""),
    ]
    assert [leads_outside(link) for link in links_of(FREEZING)] == [False, True]
    assert [(each.name, each.alt) for each in pictures_of(FREEZING)] == [
        ("train", "The Train page")
    ]
    assert not leads_outside(read_link("ftp://example.org"))


def test_that_an_alternative_text_cannot_break_out() -> None:
    assert image_html("a.png", 'say "hi" <now>') == (
        '<img src="a.png" alt="say &quot;hi&quot; &lt;now&gt;">'
    )
