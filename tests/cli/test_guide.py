"""The user guide on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from effnet_studio.guide.library import Guide

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command


def test_that_the_guide_lists_its_pages(command: Command) -> None:
    done = command("guide")
    assert done.code == 0
    assert "concept-freezing" in done.out
    keys = [row["key"] for row in command("guide", "--json").document]
    assert keys == [page.key for page in Guide().pages()]


def test_that_a_page_is_read_by_its_key_or_by_the_concept_alone(command: Command) -> None:
    done = command("guide", "freezing")
    assert "Freezing" in done.out
    assert ".md" not in done.out, "files beside the page cannot be opened here"
    assert max(len(line) for line in done.out.splitlines()) <= 88
    page = command("guide", "concept-freezing", "--json").document
    assert page["title"] in page["markdown"]


def test_that_an_unknown_page_says_how_to_find_one(command: Command) -> None:
    done = command("guide", "zebras")
    assert done.code == 1
    assert "zebras" in done.err
    assert "lists its pages" in done.err


def test_that_words_find_pages(command: Command) -> None:
    rows = command("guide", "--search", "freezing", "--json").document
    assert rows[0]["key"] == "concept-freezing"
    assert "No page has all" in command("guide", "--search", "zebra crossing").out


def test_that_the_whole_guide_becomes_a_site(command: Command, tmp_path: Path) -> None:
    done = command("guide", "--html", tmp_path / "site")
    assert done.code == 0
    assert (tmp_path / "site" / "index.html").is_file()
    assert (tmp_path / "site" / "zh_CN" / "concept-freezing.html").is_file()
