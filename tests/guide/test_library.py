"""Which pages and pictures there are."""

from __future__ import annotations

from pathlib import Path

from effnet_studio.guide.library import Guide


def test_that_pages_are_read_in_the_language_asked_for(small_guide: Guide) -> None:
    page = small_guide.page("concept-freezing", "zh_CN")
    assert page is not None
    assert (page.language, page.title) == ("zh_CN", "冻结")


def test_that_a_page_without_translation_is_english(small_guide: Guide) -> None:
    page = small_guide.page("train", "zh_CN")
    assert page is not None
    assert (page.language, page.title) == ("en", "Train")


def test_that_an_unknown_page_is_none(small_guide: Guide) -> None:
    assert small_guide.page("not-written") is None
    assert small_guide.page("../en/train") is None
    assert small_guide.page("") is None


def test_that_contents_leave_out_what_is_not_written(small_guide: Guide) -> None:
    sections = small_guide.sections("zh_CN")
    assert [(each.title, each.pages) for each in sections] == [
        ("页面", ("start", "train")),
        ("概念", ("concept-freezing",)),
    ]
    assert "not-written" in small_guide.planned()
    assert [page.key for page in small_guide.pages()] == ["start", "train", "concept-freezing"]


def test_that_a_picture_is_the_languages_own_where_there_is_one(small_guide: Guide) -> None:
    english, chinese = (small_guide.picture("train", code) for code in ("en", "zh_CN"))
    assert english is not None
    assert english.dark is not None
    assert english.dark.name == "train-dark.png"
    assert chinese is not None
    assert chinese.light.parent.name == "zh_CN"
    assert chinese.dark is None, "an English picture in a Chinese page would be odd"
    assert small_guide.picture("nothing") is None


def test_that_a_folder_without_a_guide_has_no_pages(tmp_path: Path) -> None:
    assert Guide(tmp_path).pages() == []
