"""Finding pages by words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from effnet_studio.guide.library import Guide
from effnet_studio.guide.search import SearchIndex, split_words


def _keys(guide: Guide, question: str, language: str = "en") -> list[str]:
    return [hit.key for hit in SearchIndex(guide, language).find(question)]


def test_that_the_page_named_so_comes_first(small_guide: Guide) -> None:
    assert _keys(small_guide, "freezing") == ["concept-freezing", "train"]


def test_that_part_of_a_word_in_any_case_is_enough(small_guide: Guide) -> None:
    assert _keys(small_guide, "BALAN") == ["train"]


def test_that_every_word_must_be_there(small_guide: Guide) -> None:
    assert _keys(small_guide, "freezing presets") == ["train"]
    assert _keys(small_guide, "freezing zebra") == []
    assert _keys(small_guide, "   ") == []


def test_that_a_hit_shows_where(small_guide: Guide) -> None:
    (hit,) = SearchIndex(small_guide, "en").find("seven")
    assert (hit.heading, hit.excerpt) == ("In the app", "Best · seven")


def test_that_chinese_pages_are_found_by_chinese_and_by_english_names(small_guide: Guide) -> None:
    assert _keys(small_guide, "冻结", "zh_CN") == ["concept-freezing"]
    assert "concept-freezing" in _keys(small_guide, "freezing", "zh_CN")


@given(st.text())
def test_that_any_question_has_an_answer(text: str) -> None:
    assert SearchIndex(Guide(), "en").find(text) is not None
    assert all(word == word.lower() for word in split_words(text))
