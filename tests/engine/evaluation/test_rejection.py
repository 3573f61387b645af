"""How many images are answered and how many rightly, and the limit that follows from it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from effnet_studio.engine.errors import ConfigError, DatasetError
from effnet_studio.engine.evaluation.evaluate import Evaluation, summarize
from effnet_studio.engine.evaluation.rejection import (
    cautions,
    choose_threshold,
    keep_threshold,
    risk_coverage,
)
from effnet_studio.engine.predict.reject_option import (
    REJECTION_FILE,
    RejectOption,
    Score,
    certainty,
    read_reject_option,
    write_reject_option,
)
from effnet_studio.engine.training.runs import BEST_FILE, weights_state

if TYPE_CHECKING:
    from pathlib import Path


def evaluation(
    seed: int = 0, images: int = 60, *, split: str = "val", step: float = 0.0
) -> Evaluation:
    """Random answers; with a step many are equally certain."""
    random = np.random.default_rng(seed)
    true = random.integers(0, 3, images)
    logits = random.normal(0, 1.5, (images, 3))
    logits[np.arange(images), true] += 1.5
    if step:
        logits = np.round(logits / step) * step
    return summarize(
        logits.astype(np.float32),
        true,
        classes=("a", "b", "c"),
        sample_ids=tuple(range(images)),
        split=split,
        dataset_version="7",
    )


@settings(max_examples=60)
@given(
    seed=st.integers(0, 10**6),
    images=st.integers(1, 80),
    score=st.sampled_from(Score),
    step=st.sampled_from([0.0, 1.0]),
)
def test_that_each_limit_answers_what_the_curve_says(
    seed: int, images: int, score: Score, step: float
) -> None:
    found = evaluation(seed, images, step=step)
    curve = risk_coverage(found, score)
    right = found.predicted == found.true
    for threshold, answered, correct in zip(
        curve.thresholds, curve.answered, curve.right, strict=True
    ):
        kept = curve.certainty >= threshold
        assert (kept.sum(), right[kept].sum()) == (answered, correct)
        assert curve.counts_at(threshold) == (answered, correct)
    risks = [1 - right[curve.certainty >= own - 1e-9].mean() for own in curve.certainty]
    assert curve.area == pytest.approx(np.mean(risks))
    assert curve.coverage[-1] == 1.0
    assert curve.accuracy[-1] == pytest.approx(found.accuracy)
    assert (np.diff(curve.thresholds) < 0).all()
    assert (np.diff(curve.answered) > 0).all()
    assert curve.counts_at(np.inf) == (0, 0)


@settings(max_examples=60)
@given(seed=st.integers(0, 10**6), images=st.integers(1, 80), wished=st.floats(0, 1))
def test_that_a_wish_is_met_by_as_few_refusals_as_possible(
    seed: int, images: int, wished: float
) -> None:
    curve = risk_coverage(evaluation(seed, images))
    answered, _ = curve.counts_at(choose_threshold(curve, coverage=wished))
    assert answered / images >= wished
    assert not any(wished <= each / images < answered / images for each in curve.answered)
    good = curve.accuracy >= wished
    if good.any():
        answered, right = curve.counts_at(choose_threshold(curve, accuracy=wished))
        assert right / answered >= wished
        assert answered == curve.answered[good].max()
    else:
        with pytest.raises(ConfigError, match="No threshold makes"):
            choose_threshold(curve, accuracy=wished)


def test_that_one_wish_is_enough() -> None:
    curve = risk_coverage(evaluation())
    for wishes in ({}, {"accuracy": 0.9, "coverage": 0.9}):
        with pytest.raises(ConfigError, match="accuracy or"):
            choose_threshold(curve, **wishes)


def test_that_few_answers_are_no_proof() -> None:
    (few,) = cautions(5, 5, 20)
    assert "Images answered: 5." in str(few)
    assert "57 to 100 %" in str(few)
    few, rare = cautions(5, 5, 40)
    assert "12 %" in str(rare)
    assert not cautions(30, 30, 150)
    assert [str(each)[:4] for each in cautions(30, 30, 151)] == ["Only"]


def test_that_energy_is_the_papers() -> None:
    logits = np.random.default_rng(0).normal(0, 4, (20, 5)).astype(np.float32)
    expected = torch.from_numpy(logits).double().logsumexp(1).numpy()
    np.testing.assert_allclose(certainty(logits, Score.ENERGY), expected, rtol=1e-12)
    shares = torch.from_numpy(logits).double().softmax(1).amax(1).numpy()
    np.testing.assert_allclose(certainty(logits, Score.CONFIDENCE), shares, rtol=1e-12)
    assert np.isfinite(certainty(np.float32([[1e30, 0.0]]), Score.ENERGY)).all()


@pytest.fixture
def run_dir(tmp_path: Path) -> Path:
    (tmp_path / BEST_FILE).write_bytes(b"weights")
    return tmp_path


def test_that_a_limit_is_kept_with_the_weights_it_is_of(run_dir: Path) -> None:
    found = evaluation()
    curve = risk_coverage(found, Score.ENERGY)
    threshold = choose_threshold(curve, coverage=0.8)
    option = keep_threshold(run_dir, found, threshold, Score.ENERGY)
    assert read_reject_option(run_dir) == option
    assert option.coverage == pytest.approx(0.8)
    kept = ~option.rejects(found.logits)
    assert kept.mean() == option.coverage
    assert (found.predicted == found.true)[kept].mean() == pytest.approx(option.accuracy)
    assert (option.images, option.dataset_version) == (60, "7")
    (run_dir / BEST_FILE).write_bytes(b"better weights")
    assert read_reject_option(run_dir) is None
    (run_dir / BEST_FILE).write_bytes(b"weights")
    assert read_reject_option(run_dir) == option
    write_reject_option(run_dir, None)
    write_reject_option(run_dir, None)
    assert read_reject_option(run_dir) is None


@pytest.mark.parametrize("split", ["test", "train"])
def test_that_only_validation_images_choose_the_limit(run_dir: Path, split: str) -> None:
    with pytest.raises(DatasetError, match="Only validation images"):
        keep_threshold(run_dir, evaluation(split=split), 0.5)
    assert not (run_dir / REJECTION_FILE).exists()


def test_that_answers_of_other_weights_choose_nothing(run_dir: Path) -> None:
    state = weights_state(run_dir)
    assert state is not None
    keep_threshold(run_dir, replace(evaluation(), weights=tuple(state)), 0.5)
    (run_dir / BEST_FILE).write_bytes(b"better ones")
    with pytest.raises(DatasetError, match="learned more"):
        keep_threshold(run_dir, replace(evaluation(), weights=tuple(state)), 0.6)
    assert read_reject_option(run_dir) is None


@pytest.mark.parametrize(
    "damage",
    [
        {"threshold": "NaN"},
        {"score": "luck"},
        {"threshold": None},
        {"format": 2},
        {"images": []},
        {"images": float("inf")},
    ],
)
def test_that_a_damaged_limit_is_none(run_dir: Path, damage: dict[str, object]) -> None:
    keep_threshold(run_dir, evaluation(), 0.5)
    file = run_dir / REJECTION_FILE
    file.write_text(json.dumps(json.loads(file.read_text()) | damage))
    assert read_reject_option(run_dir) is None
    file.write_text("{")
    assert read_reject_option(run_dir) is None


@settings(max_examples=30)
@given(
    score=st.sampled_from(Score),
    threshold=st.floats(allow_nan=False, allow_infinity=False),
    share=st.floats(0, 1),
)
def test_that_a_limit_survives_json(score: Score, threshold: float, share: float) -> None:
    option = RejectOption(score, threshold, share, 1 - share, 12, "v", "abc")
    assert RejectOption.from_json(json.loads(json.dumps(option.to_json()))) == option
