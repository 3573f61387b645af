"""Which texts a few letters fit, and which best."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effnet_studio.gui.models.fuzzy import fit

words = st.text(st.characters(categories=("L", "N", "P")), min_size=1, max_size=12)
texts = st.text(max_size=40)


@given(texts, st.data())
def test_that_letters_taken_from_a_text_in_order_fit_it(text: str, data: st.DataObject) -> None:
    places = sorted(data.draw(st.sets(st.sampled_from(range(len(text))))) if text else [])
    query = "".join(text[place] for place in places)
    assert fit("".join(query.split()), text) is not None


@given(words, texts)
def test_that_the_places_spell_the_query(query: str, text: str) -> None:
    found = fit(query, text)
    if found is not None:
        assert list(found.places) == sorted(set(found.places))
        spelt = "".join(text[place] for place in found.places)
        assert spelt.lower() == query.lower()


@given(words, texts, texts)
def test_that_more_text_never_makes_a_fit_impossible(query: str, text: str, more: str) -> None:
    if fit(query, text) is not None:
        assert fit(query, text + more) is not None
        assert fit(query, more + text) is not None


@given(words, words, texts)
def test_that_the_order_of_words_does_not_matter(one: str, other: str, text: str) -> None:
    first, second = fit(f"{one} {other}", text), fit(f"{other} {one}", text)
    assert (first is None) == (second is None)
    assert first is None or second is None or first.score == pytest.approx(second.score)


@given(words, texts)
def test_that_upper_and_lower_case_are_the_same(query: str, text: str) -> None:
    plain = all(len(letter.lower()) == 1 and letter.lower().upper() == letter for letter in query)
    if plain:
        assert (fit(query, text) is None) == (fit(query.lower(), text) is None)


@pytest.mark.parametrize(
    ("query", "better", "worse"),
    [
        ("st", "Start training", "Show the history"),
        ("st", "Stop", "Last edit"),
        ("ot", "Open the table", "Another"),
        ("train", "Train", "Start training"),
        ("dark", "Dark", "Data, marked"),
        ("ipf", "Import a folder of photos", "Simplify"),
        ("train st", "Start training", "Pre-trained weights"),
    ],
)
def test_that_starts_of_words_and_letters_in_a_row_come_first(
    query: str, better: str, worse: str
) -> None:
    good, bad = fit(query, better), fit(query, worse)
    assert good is not None
    assert bad is None or good.score > bad.score


def test_that_the_best_places_are_marked_not_the_first() -> None:
    found = fit("tr", "set the Trainer")
    assert found is not None
    assert found.places == (8, 9)


def test_that_missing_letters_do_not_fit() -> None:
    assert fit("xyz", "Export") is None
    assert fit("export coffee", "Export") is None
    assert fit("", "Export") is not None
