"""The guide itself: every page is there in both languages, every link and picture leads on."""

from __future__ import annotations

import ast
from itertools import pairwise
from pathlib import Path

import pytest

from effnet_studio.engine.training.config import TrainConfig
from effnet_studio.gui.models.training_fields import HELP
from effnet_studio.guide.library import ENGLISH, LANGUAGES, Guide, GuidePage
from effnet_studio.guide.render import (
    headings_of,
    leads_outside,
    links_of,
    pictures_of,
)
from tests.conftest import REPOSITORY
from tests.gallery.guide_pictures import guide_pictures, place_of

GUIDE = Guide()
pytestmark = pytest.mark.skipif(
    not GUIDE.planned(), reason="the pages of the guide are not written yet"
)
MOST_BYTES = 12 * 2**20


def _pages() -> list[GuidePage]:
    pages = (GUIDE.page(key, language) for key in GUIDE.planned() for language in LANGUAGES)
    return [page for page in pages if page is not None]


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_every_page_is_written_in_both_languages(language: str) -> None:
    files = {file.stem for file in (GUIDE.folder / language).glob("*.md")}
    assert sorted(files) == sorted(GUIDE.planned())
    assert len(set(GUIDE.planned())) == len(GUIDE.planned())


def test_that_every_page_has_a_title_and_says_what_it_is_about() -> None:
    for page in _pages():
        assert page.title, f"{page.language}/{page.key} has no title"
        assert 10 <= len(page.summary) <= 320, f"{page.language}/{page.key}: {page.summary}"
        levels = [level for level, _ in headings_of(page.source)]
        assert levels.count(1) == 1, f"{page.language}/{page.key} has {levels.count(1)} titles"
        assert all(after <= before + 1 for before, after in pairwise(levels)), (
            f"{page.key}: {levels}"
        )


def test_that_every_link_leads_somewhere() -> None:
    for page in _pages():
        for link in links_of(page.source):
            if leads_outside(link):
                continue
            target = GUIDE.page(link.page, page.language) if link.page else page
            assert target is not None, f"{page.language}/{page.key}: {link.target}"
            anchors = [anchor for _, anchor in headings_of(target.source)]
            fragment = link.fragment if link.page else link.target.removeprefix("#")
            assert not fragment or fragment in anchors, f"{page.key}: {link.target}"


def test_that_every_picture_is_there_and_says_what_it_shows() -> None:
    for page in _pages():
        for shown in pictures_of(page.source):
            assert shown.name, f"{page.key}: {shown.target} is not a picture of the guide"
            assert shown.alt, f"{page.language}/{page.key}: {shown.target} has no text"
            assert GUIDE.picture(shown.name, page.language), f"{page.key}: {shown.target}"


def test_that_every_picture_can_be_taken_again_and_is_used() -> None:
    used = {shown.name for page in _pages() for shown in pictures_of(page.source)}
    table = {picture.name: picture for picture in guide_pictures()}
    assert used <= set(table)
    files = {file.resolve() for file in (GUIDE.folder / "pictures").rglob("*.png")}
    places = {
        place_of(picture, mode, language, GUIDE.folder).resolve()
        for picture in table.values()
        for mode in ("light", "dark")
        for language in LANGUAGES
    }
    assert files <= places, "a picture that nobody can take again"


def test_that_every_picture_is_of_a_scenario() -> None:
    from tests.gallery.registry import choose

    for picture in guide_pictures():
        assert choose([picture.scenario])


def test_that_the_guide_is_small_enough_to_ship() -> None:
    files = [file for file in GUIDE.folder.rglob("*") if file.is_file()]
    assert sum(file.stat().st_size for file in files) < MOST_BYTES


def test_that_every_help_mark_opens_a_page() -> None:
    keys = set(HELP.values())
    for file in (REPOSITORY / "effnet_studio" / "gui").rglob("*.py"):
        keys |= _keys_in(file)
    assert len(keys) > 15, "the marks were not found"
    assert {key for key in keys if not GUIDE.has(key)} == set()


def test_that_every_field_with_help_exists() -> None:
    assert set(HELP) <= set(TrainConfig.model_fields)


def test_that_every_page_of_the_window_has_one_in_the_guide() -> None:
    from effnet_studio.gui.page_stack import ASIDES, PAGES

    shown = {spec.key for spec in (*PAGES, *ASIDES)} - {"guide"}
    assert {key for key in shown if GUIDE.page(key, ENGLISH) is None} == set()


def _keys_in(file: Path) -> set[str]:
    """Pages that a module names: in calls of HelpMark, and in tables called _HELP."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "HelpMark":
            found |= _strings(node.args[0])
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if "_HELP" in {getattr(target, "id", "") for target in targets} and node.value:
                found |= _strings(node.value)
    return found


def _strings(node: ast.AST) -> set[str]:
    return {
        each.value
        for each in ast.walk(node)
        if isinstance(each, ast.Constant) and isinstance(each.value, str)
    }
