"""What the tour makes of what is known of a project: a pure function, without a window."""

from __future__ import annotations

import itertools

import pytest

from effnet_studio.gui.models.tour import Journey, Need, Step, done_steps, next_need, step_of

DATA = {"images": 40, "classes": 2}


@pytest.mark.parametrize(
    ("facts", "need"),
    [
        ({}, Need.IMAGES),
        ({"reading": True}, Need.READING),
        ({"images": 40, "classes": 1}, Need.CLASSES),
        (DATA, Need.TRAIN),
        ({**DATA, "training": True}, Need.TRAINING),
        ({**DATA, "failed": True}, Need.TRAIN_AGAIN),
        ({**DATA, "failed": True, "trained": True}, Need.EVALUATE),
        ({**DATA, "trained": True}, Need.EVALUATE),
        ({**DATA, "trained": True, "training": True}, Need.EVALUATE),
        ({**DATA, "trained": True, "checking": True}, Need.CHECKING),
        ({**DATA, "trained": True, "evaluated": True}, Need.PREDICT),
        ({**DATA, "trained": True, "evaluated": True, "checking": True}, Need.PREDICT),
        ({**DATA, "trained": True, "evaluated": True, "predicted": True}, Need.EXPORT),
        ({**DATA, "trained": True, "exported": True}, Need.EVALUATE),
    ],
)
def test_that_the_first_missing_thing_is_next(facts: dict, need: Need) -> None:
    assert next_need(Journey(**facts)) is need


def test_that_nothing_is_needed_when_all_is_done() -> None:
    journey = Journey(40, 2, trained=True, evaluated=True, predicted=True, exported=True)
    assert next_need(journey) is Need.NOTHING
    assert done_steps(journey) == set(Step)
    assert step_of(Need.NOTHING) is None


def test_that_what_is_next_is_never_done_already() -> None:
    flags = ("reading", "training", "failed", "trained", "evaluated", "predicted", "exported")
    for images, values in itertools.product((0, 40), itertools.product((False, True), repeat=7)):
        journey = Journey(images, 2 if images else 0, **dict(zip(flags, values, strict=True)))
        step = step_of(next_need(journey))
        assert step not in done_steps(journey)
        assert (step is None) == (done_steps(journey) == set(Step))
