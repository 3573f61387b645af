"""When two answers are the same."""

from __future__ import annotations

import numpy as np

from effnet_studio.engine.export.answers import Answers, answer_name


def answers(*said: int | None) -> Answers:
    """Of classes; None: "none of these", whatever the likeliest class is."""
    classes = [number if said_ is None else said_ for number, said_ in enumerate(said)]
    return Answers(np.array(classes), np.array([each is None for each in said]))


def test_that_answers_are_the_same_if_both_name_the_class_or_both_name_none() -> None:
    ours, theirs = answers(0, 0, None, None, 2), answers(0, 1, None, 2, None)
    assert ours.same(theirs).tolist() == [True, False, True, False, False]


def test_that_none_of_these_is_one_answer_whatever_is_likeliest() -> None:
    ours = Answers(np.array([0]), np.array([True]))
    theirs = Answers(np.array([1]), np.array([True]))
    assert ours.same(theirs).all()
    assert answer_name("ant", rejected=True) == answer_name("bee", rejected=True)


def test_that_parts_are_joined_in_their_order() -> None:
    joined = Answers.joined([answers(0, None), answers(2)])
    assert joined.same(answers(0, None, 2)).all()
