"""The guide as a static site, as files and in a browser that reaches no network."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest
from typing_extensions import override

from effnet_studio.guide.library import Guide
from effnet_studio.guide.site import write_site
from tests.chromium import chromium_page


class _Reader(HTMLParser):
    """Collects what a page refers to."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.ids: set[str] = set()
        self.levels: list[int] = []
        self.language = ""
        self.without_alt = 0

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.addresses += [values[key] or "" for key in ("href", "src", "srcset") if key in values]
        if values.get("id"):
            self.ids.add(str(values["id"]))
        if re.fullmatch(r"h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if tag == "html":
            self.language = str(values["lang"])
        if tag == "img" and not values.get("alt"):
            self.without_alt += 1


def _read(file: Path) -> _Reader:
    reader = _Reader()
    reader.feed(file.read_text(encoding="utf-8"))
    return reader


def _check_links(file: Path) -> None:
    for address in _read(file).addresses:
        if address.startswith(("https://", "http://", "mailto:")):
            continue
        place, _, fragment = unquote(address).partition("#")
        target = (file.parent / place).resolve() if place else file
        assert target.is_file(), f"{file.name} refers to {address}"
        if fragment and target.suffix == ".html":
            assert fragment in _read(target).ids, f"{file.name} refers to {address}"


@pytest.mark.parametrize("which", ["small", "whole"])
def test_that_every_address_of_the_site_is_there(
    which: str, small_guide: Guide, tmp_path: Path
) -> None:
    guide = Guide() if which == "whole" else small_guide
    if not guide.pages():
        pytest.skip("the pages of the guide are not written yet")
    written = write_site(guide, tmp_path / "site")
    assert len(written) == 2 * len(guide.pages())
    for file in (*written, tmp_path / "site" / "index.html"):
        _check_links(file)


def test_that_pages_can_be_read_by_everybody(small_guide: Guide, tmp_path: Path) -> None:
    write_site(small_guide, tmp_path)
    english = _read(tmp_path / "en" / "concept-freezing.html")
    assert english.language == "en"
    assert english.without_alt == 0
    assert english.levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(english.levels))
    chinese = (tmp_path / "zh_CN" / "train.html").read_text(encoding="utf-8")
    assert '<html lang="zh-CN">' in chinese
    assert '<main id="page" tabindex="-1" lang="en">' in chinese, "it is not translated"


def test_that_nothing_is_fetched_from_elsewhere(small_guide: Guide, tmp_path: Path) -> None:
    write_site(small_guide, tmp_path)
    for file in tmp_path.rglob("*"):
        if file.suffix in {".html", ".css", ".js"}:
            text = file.read_text(encoding="utf-8")
            for found in re.findall(r"""(?:src|srcset|url|import)\W{1,3}(https?:[^"')]+)""", text):
                pytest.fail(f"{file.name} fetches {found}")


def test_that_a_browser_finds_pages_by_words(small_guide: Guide, tmp_path: Path) -> None:
    write_site(small_guide, tmp_path / "site")
    with chromium_page(tmp_path / "profile") as page:
        page.open((tmp_path / "site" / "en" / "train.html").as_uri())
        page.wait("document.readyState === 'complete'")
        page.run(
            "(() => { const f = document.getElementById('question'); f.value = 'freezing';"
            " f.dispatchEvent(new Event('input')); })()"
        )
        titles = page.run(
            "[...document.querySelectorAll('#found a')].map(a => a.firstChild.textContent)"
        )
        shown = page.run("document.querySelector('#found mark').textContent")
        assert page.run("getComputedStyle(document.body).fontSize") == "16px", "the style is there"
        assert titles[0] == "Freezing"
        assert shown == "Freezing"
        page.run(
            "(() => { const f = document.getElementById('question'); f.value = '<b>zebra';"
            " f.dispatchEvent(new Event('input')); })()"
        )
        assert page.run("document.getElementById('count').textContent") == (
            "No page has all of these words."
        )
        assert page.said == []
