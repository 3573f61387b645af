"""Where an export stands, from its events; and where what was tried is drawn. No Qt."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effnet_studio.engine.events import (
    Event,
    ExportStep,
    Noted,
    PauseChanged,
    Progress,
    RecipeTried,
    Stage,
    StepStarted,
)
from effnet_studio.engine.export.certificate.record import Attempt
from effnet_studio.engine.messages import msg
from effnet_studio.gui.models.attempts import Cost, points
from effnet_studio.gui.models.export_state import ExportState, Mark, advance, begin
from effnet_studio.gui.models.export_words import agreement_text, recipe_text

TRIED = RecipeTried("tuned", 0.93, 0.01, 0.97, 8.0, 5_000_000, 13.0, 16_000_000, kept_promise=False)


def test_that_what_is_said_of_a_recipe_in_a_sentence_is_left_to_the_table() -> None:
    from effnet_studio.engine.export.int8.judge import tell

    events: list[Event] = []
    tell(Attempt("tuned", 0.97, 8.0, 5_000_000), events.append)
    assert [type(event) for event in events] == [RecipeTried, Noted]
    state = after(StepStarted(ExportStep.ROUND), *events)
    assert len(state.tried) == 1
    assert state.note is None
    assert after(StepStarted(ExportStep.ROUND), Noted(msg("Installing"))).note == msg("Installing")


@pytest.mark.parametrize(
    ("same", "images", "text"), [(5000, 5000, "100.0 %"), (4999, 5000, "99.9 %"), (0, 7, "0.0 %")]
)
def test_that_all_answers_are_the_same_only_where_all_are(
    english, same: int, images: int, text: str
) -> None:
    assert agreement_text(same / images) == text


def test_that_every_way_to_round_has_words(english) -> None:
    from effnet_studio.engine.export.converters import litert_search
    from effnet_studio.engine.export.int8 import openvino_search, search

    names = [search.LEAST_ERROR, search.TUNED, search.WEIGHTS, openvino_search.CHANNELS]
    mixed = [each.MIXED.format(percent=75) for each in (search, openvino_search, litert_search)]
    assert not {recipe_text(name) for name in (*names, *mixed)} & {*names, *mixed}
    assert all("75 %" in recipe_text(name) for name in mixed)
    assert recipe_text("of-another-version-8") == "of-another-version-8"


def after(*events: Event, rounds: bool = True) -> ExportState:
    state = begin(rounds=rounds)
    for event in events:
        state = advance(state, event)
    return state


def test_that_files_that_answer_like_the_app_are_not_rounded() -> None:
    assert ExportStep.ROUND not in begin(rounds=False).steps
    assert begin(rounds=True).steps == tuple(ExportStep)


def test_that_steps_before_the_present_one_are_done_and_later_ones_wait() -> None:
    state = after(StepStarted(ExportStep.WRITE), StepStarted(ExportStep.COMPARE))
    assert [state.mark(step) for step in state.steps] == [
        Mark.DONE,
        Mark.DONE,
        Mark.CURRENT,
        Mark.WAITING,
        Mark.WAITING,
    ]


def test_that_what_was_said_of_a_step_is_forgotten_in_the_next() -> None:
    said = (Noted(msg("Hello.")), Progress(Stage.EXPORT, 1, 2))
    state = after(StepStarted(ExportStep.WRITE), *said)
    assert state.note == msg("Hello.")
    assert state.progress == said[1]
    state = advance(state, StepStarted(ExportStep.COMPARE))
    assert (state.note, state.progress) == (None, None)


@pytest.mark.parametrize(("lossy", "step"), [("lossy", ExportStep.ROUND), ("", ExportStep.WRITE)])
def test_that_rounding_is_seen_without_being_announced(lossy: str, step: ExportStep) -> None:
    quantising = Progress(Stage.QUANTIZE, 1, 128)
    state = after(StepStarted(ExportStep.WRITE), quantising, rounds=bool(lossy))
    assert state.current is step
    assert state.progress == quantising


def test_that_a_step_that_was_not_planned_and_other_events_change_nothing() -> None:
    state = after(StepStarted(ExportStep.WRITE), rounds=False)
    assert advance(state, StepStarted(ExportStep.ROUND)) == state
    assert advance(state, PauseChanged(paused=True)) == state


def test_that_recipes_are_kept_in_their_order() -> None:
    other = dataclasses.replace(TRIED, recipe="weights", kept_promise=True)
    assert after(TRIED, StepStarted(ExportStep.COMPARE), other).tried == (TRIED, other)


def test_that_nothing_tried_is_nothing_to_draw() -> None:
    assert points((), Cost.TIME, 0.5) is None


def test_that_points_are_compared_with_the_32_bit_file_and_the_promise() -> None:
    found = points((TRIED,), Cost.TIME, 0.5)
    assert found is not None
    assert found.exact == (13.0, pytest.approx(0.94))
    assert found.floor == pytest.approx(0.935)
    assert found.costs == (8.0,)
    sizes = points((TRIED,), Cost.SIZE, None)
    assert sizes is not None
    assert (sizes.costs, sizes.exact[0], sizes.floor) == ((5.0,), 16.0, None)


@given(
    st.lists(
        st.tuples(st.floats(0, 1), st.floats(-1, 1), st.floats(0.1, 1e4)), min_size=1, max_size=7
    ),
    st.floats(0, 20),
)
def test_that_every_point_lies_within_the_axes(
    tried: list[tuple[float, float, float]], budget: float
) -> None:
    attempts = [
        dataclasses.replace(
            TRIED, accuracy=right, loss=max(-right, min(loss, 1 - right)), latency_ms=ms
        )
        for right, loss, ms in tried
    ]
    found = points(attempts, Cost.TIME, budget)
    assert found is not None
    low, high = found.accuracy_limits
    assert 0 <= low < high <= 1
    assert all(low <= share <= high for share in (*found.accuracies, found.exact[1]))
    assert all(0 < cost < found.cost_limit for cost in (*found.costs, found.exact[0]))
