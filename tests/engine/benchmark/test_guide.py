"""The guide: what it never does, whatever is answered and whatever was measured."""

from __future__ import annotations

import dataclasses
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effnet_studio.engine.benchmark.guide import Advice, Answers, Where, recommend
from effnet_studio.engine.benchmark.plan import Runtime
from effnet_studio.engine.benchmark.results import Measurement, Timing, Versions
from effnet_studio.engine.errors import ConfigError
from effnet_studio.engine.models.catalog import CATALOG, get_spec

HERE = Versions(torch="2.13.0", onnxruntime="1.31.0")
MODELS = tuple(CATALOG)
EXPORTED = (Runtime.ONNX, Runtime.INT8)


def measured(model: str, seconds: float, runtime: Runtime = Runtime.ONNX) -> Measurement:
    return Measurement(
        model=model,
        size=get_spec(model).input_size,
        runtime=runtime,
        device="cpu",
        latency=Timing(seconds, seconds, seconds, 5, 1),
        memory=None,
        throughput=None,
        train=None,
        train_frozen=Timing(3 * seconds, 3 * seconds, 3 * seconds, 5, 16),
        train_memory=None,
        versions=HERE,
        measured="2026-01-01T00:00:00+00:00",
    )


def by_work(runtimes: tuple[Runtime, ...] = EXPORTED) -> list[Measurement]:
    """All models, 25 ms for a billion multiply-accumulates, a third faster in 8 bits."""
    return [
        measured(name, spec.macs * (0.025 if runtime is Runtime.ONNX else 0.017), runtime)
        for name, spec in CATALOG.items()
        for runtime in runtimes
    ]


def first(advice: Advice) -> str:
    return advice.choices[0].model if advice.choices else ""


measurements = st.lists(
    st.builds(
        measured, st.sampled_from(MODELS), st.floats(1e-4, 10.0), st.sampled_from(tuple(Runtime))
    ),
    max_size=20,
)
answers = st.builds(
    Answers,
    where=st.sampled_from(tuple(Where)),
    images=st.integers(1, 10**6),
    limit=st.none() | st.floats(1e-3, 100.0),
    exact=st.booleans(),
)


@given(answers, measurements, st.floats(1e-3, 100.0), st.floats(0.01, 1.0))
def test_that_a_tighter_limit_never_gives_a_slower_model(
    wish: Answers, table: list[Measurement], limit: float, share: float
) -> None:
    loose = recommend(dataclasses.replace(wish, limit=limit), table, HERE)
    tight = recommend(dataclasses.replace(wish, limit=limit * share), table, HERE)
    if tight.choices:
        assert loose.choices[0].seconds is not None
        assert tight.choices[0].seconds is not None
        assert tight.choices[0].seconds <= loose.choices[0].seconds


@given(answers, measurements)
def test_that_nothing_is_recommended_that_does_not_fit(
    wish: Answers, table: list[Measurement]
) -> None:
    advice = recommend(wish, table, HERE, most=len(MODELS))
    chosen = [choice.model for choice in advice.choices]
    for choice in advice.choices:
        if wish.limit is not None:
            assert choice.seconds is not None
            assert choice.seconds <= wish.limit
        if wish.where is Where.WEB:
            assert choice.file_bytes <= 30e6
        if wish.exact:
            assert choice.runtime is not Runtime.INT8
        if wish.where is not Where.THIS:
            assert choice.runtime in {*EXPORTED, None}
    assert sorted([*chosen, *advice.unfit, *advice.unknown]) == sorted(MODELS)


@given(answers, measurements, st.integers(1, 10**6))
def test_that_fewer_images_never_give_a_larger_model(
    wish: Answers, table: list[Measurement], images: int
) -> None:
    some, more = sorted((wish.images, images))
    few = recommend(dataclasses.replace(wish, images=some), table, HERE)
    many = recommend(dataclasses.replace(wish, images=more), table, HERE)
    if few.choices:
        assert get_spec(first(few)).parameters <= get_spec(first(many)).parameters


@given(answers, measurements)
def test_that_each_further_choice_says_what_differs(
    wish: Answers, table: list[Measurement]
) -> None:
    advice = recommend(wish, table, HERE)
    assert [choice.tradeoff is None for choice in advice.choices] == [
        number == 0 for number in range(len(advice.choices))
    ]
    assert all(choice.reasons for choice in advice.choices)


def test_that_exactness_gives_a_more_accurate_model() -> None:
    good = recommend(Answers(images=5000), by_work(), HERE)
    best = recommend(Answers(images=5000, exact=True), by_work(), HERE)
    assert best.choices[0].top1 > good.choices[0].top1
    assert best.choices[0].runtime is Runtime.ONNX
    assert good.choices[0].runtime is Runtime.INT8


def test_that_a_phone_gets_a_smaller_model_than_this_computer() -> None:
    here, phone = (
        recommend(Answers(where, 5000, limit=0.2, exact=True), by_work(), HERE)
        for where in (Where.THIS, Where.SMALL)
    )
    assert get_spec(first(phone)).macs < get_spec(first(here)).macs
    assert any("10 times slower" in str(reason) for reason in phone.choices[0].reasons)


def test_that_without_measurements_a_limit_cannot_be_judged() -> None:
    advice = recommend(Answers(limit=0.1), [], HERE)
    assert advice.choices == ()
    assert sorted(advice.unknown) == sorted(MODELS)
    assert "Measure at least two" in str(advice.remark)


def test_that_without_measurements_and_limit_the_work_decides() -> None:
    advice = recommend(Answers(), [], HERE)
    assert advice.choices
    assert all(choice.seconds is None and choice.runtime is None for choice in advice.choices)
    assert "Nothing was measured" in str(advice.remark)


def test_that_unmeasured_models_are_estimated_on_the_careful_side_and_said_so() -> None:
    table = [each for each in by_work((Runtime.ONNX,)) if each.model in {"resnet18", "resnet50"}]
    advice = recommend(Answers(), table, HERE, most=len(MODELS))
    found = {choice.model: choice for choice in advice.choices}
    b0 = found["efficientnet_b0"]
    assert b0.estimated
    assert b0.seconds == pytest.approx(2 * 0.025 * CATALOG["efficientnet_b0"].macs)
    resnext = found["resnext50_32x4d"]  # of the kind that was measured
    assert resnext.seconds == pytest.approx(1.25 * 0.025 * CATALOG["resnext50_32x4d"].macs)
    assert any("estimate" in str(reason) for reason in b0.reasons)
    assert b0.train_seconds is None
    assert not found["resnet18"].estimated
    assert found["resnet18"].seconds == pytest.approx(0.025 * CATALOG["resnet18"].macs)
    assert found["resnet18"].train_seconds == pytest.approx(
        3 * 0.025 * CATALOG["resnet18"].macs * 1000 * 10
    )


def test_that_an_estimate_starts_from_the_nearest_model_of_the_kind() -> None:
    slow_kind = [measured("mobilenet_v3_small", 0.057), measured("efficientnet_b0", 0.386)]
    quick_kind = [measured("resnet18", 0.1), measured("resnet50", 0.23)]
    advice = recommend(Answers(), [*slow_kind, *quick_kind], HERE, most=len(MODELS))
    seconds = {choice.model: choice.seconds or 0.0 for choice in advice.choices}
    assert seconds["efficientnet_b1"] > seconds["efficientnet_b0"]
    assert seconds["efficientnet_b3"] > seconds["resnet18"]  # of the same work
    assert seconds["efficientnet_lite3"] > seconds["efficientnet_b0"]  # of another family


@pytest.mark.parametrize("seconds", [0.5, 3.0])
def test_that_models_of_the_same_work_say_nothing_of_others(seconds: float) -> None:
    table = [measured("efficientnet_b3", seconds), measured("resnet18", 1.0)]
    advice = recommend(Answers(), table, HERE, most=len(MODELS))
    assert {each.model for each in advice.choices if each.seconds} == {
        "efficientnet_b3",
        "resnet18",
    }


def test_that_another_input_size_counts_by_its_area() -> None:
    half = [
        dataclasses.replace(measured(name, CATALOG[name].macs * 0.025 / 4), size=112)
        for name in ("resnet18", "resnet50")
    ]
    advice = recommend(Answers(), half, HERE, most=len(MODELS))
    found = {choice.model: choice for choice in advice.choices}
    assert found["resnet18"].estimated
    assert found["resnet18"].seconds == pytest.approx(1.25 * 0.025 * CATALOG["resnet18"].macs)


def test_that_old_libraries_are_named() -> None:
    newer = Versions(torch="3", onnxruntime="2")
    advice = recommend(Answers(), by_work(), newer)
    assert all(any("older libraries" in str(r) for r in c.reasons) for c in advice.choices)
    assert not any(
        "older" in str(r) for c in recommend(Answers(), by_work(), HERE).choices for r in c.reasons
    )


def test_that_networks_without_known_accuracy_are_not_recommended() -> None:
    scaled = get_spec("efficientnet_w1.2_d1.4_r64")
    assert math.isnan(scaled.top1)
    advice = recommend(Answers(), [], HERE, specs=[scaled, CATALOG["resnet18"]])
    assert [choice.model for choice in advice.choices] == ["resnet18"]


@pytest.mark.parametrize("wrong", [{"images": 0}, {"limit": 0.0}, {"limit": math.nan}])
def test_that_senseless_answers_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ConfigError):
        Answers(**wrong)  # type: ignore[arg-type]
