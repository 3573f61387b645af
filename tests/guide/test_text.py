"""Reading titles, summaries and lines from Markdown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effnet_studio.guide.text import blocks_of, plain, slug, summary_of, title_of


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("a **bold** and *slanted* word", "a bold and slanted word"),
        ("[here](train.md#top) and ![a picture](../pictures/x.png)", "here and a picture"),
        ("`snake_case_name` stays, 2 * 3 * 4 too", "snake_case_name stays, 2 * 3 * 4 too"),
    ],
)
def test_that_marks_are_taken_out(markdown: str, shown: str) -> None:
    assert plain(markdown) == shown


def test_that_title_and_summary_are_the_first_lines() -> None:
    source = "# Freezing of *stages*\n\nKeeps what it\n**knows**.\n\n## Why\n\nMore.\n"
    assert title_of(source) == "Freezing of stages"
    assert summary_of(source) == "Keeps what it knows."
    assert title_of("No heading here") == ""
    assert summary_of("# Alone") == ""


def test_that_every_line_knows_its_heading() -> None:
    source = "# T\n\nFirst.\n\n## Why\n\n- one\n1. two\n\n|a|b|\n|---|---|\n|c|d|\n"
    assert blocks_of(source) == [
        ("", "First."),
        ("Why", "one"),
        ("Why", "two"),
        ("Why", "a · b"),
        ("Why", "c · d"),
    ]


def test_that_a_line_of_code_is_no_heading() -> None:
    assert blocks_of("# T\n\n```\n# not a heading\n```\n") == [("", "# not a heading")]


@given(st.text())
def test_that_any_text_can_be_read(text: str) -> None:
    title_of(text)
    summary_of(text)
    blocks_of(text)
    assert " " not in slug(text)


def test_that_anchors_are_readable_in_both_languages() -> None:
    assert slug("In the app (B0)") == "in-the-app-b0"
    assert slug("在应用中") == "在应用中"
