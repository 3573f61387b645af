"""What to look at first is what the definitions say, on any answers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from effnet_studio.engine.evaluation.evaluate import Evaluation, summarize
from effnet_studio.engine.evaluation.labels.to_label import rank_to_label
from effnet_studio.engine.evaluation.worst import (
    confident_errors,
    confused_pairs,
    highest_loss,
    near_boundary,
)
from effnet_studio.engine.predict.scores import softmax


def evaluation(seed: int, images: int, classes: int) -> Evaluation:
    random = np.random.default_rng(seed)
    return summarize(
        random.normal(0, 3, (images, classes)).astype(np.float32),
        random.integers(0, classes, images),
        classes=tuple(f"class {n}" for n in range(classes)),
        sample_ids=tuple(range(images)),
        split="val",
    )


sizes = st.builds(evaluation, st.integers(0, 1000), st.integers(1, 60), st.integers(1, 7))


@given(sizes)
def test_that_errors_are_all_there_and_in_their_order(found: Evaluation) -> None:
    wrong = set(np.flatnonzero(found.true != found.predicted).tolist())
    for order in (confident_errors(found), highest_loss(found)):
        assert set(order.tolist()) == wrong
    assert (np.diff(found.confidence[confident_errors(found)]) <= 0).all()
    assert (np.diff(found.true_probability[highest_loss(found)]) >= 0).all()


@given(sizes, st.floats(0, 1))
def test_that_the_margin_says_who_is_near_the_boundary(found: Evaluation, limit: float) -> None:
    ranked = np.sort(softmax(found.logits), axis=1)
    if len(found.classes) > 1:
        np.testing.assert_allclose(found.margin, ranked[:, -1] - ranked[:, -2], atol=1e-6)
    close = near_boundary(found, limit)
    assert set(close.tolist()) == set(np.flatnonzero(found.margin < limit).tolist())
    assert (np.diff(found.margin[close]) >= 0).all()


@given(sizes)
def test_that_pairs_hold_each_error_between_them_once(found: Evaluation) -> None:
    pairs = confused_pairs(found, most=100)
    held = [int(p) for pair in pairs for p in (*pair.first_as_second, *pair.second_as_first)]
    assert sorted(held) == np.flatnonzero(found.true != found.predicted).tolist()
    counts = [pair.count for pair in pairs]
    assert counts == sorted(counts, reverse=True)
    for pair in pairs:
        assert len(pair.first_as_second) >= len(pair.second_as_first)
        assert (found.true[pair.first_as_second] == pair.first).all()
        assert (found.predicted[pair.first_as_second] == pair.second).all()
    assert (
        confused_pairs(found, most=1) == () or confused_pairs(found, most=1)[0].count == counts[0]
    )


@given(st.integers(0, 1000), st.integers(0, 40), st.integers(1, 6), st.integers(0, 50))
def test_that_what_is_chosen_to_label_is_chosen_once(
    seed: int, images: int, classes: int, count: int
) -> None:
    random = np.random.default_rng(seed)
    shares = random.dirichlet(np.full(classes, 0.3), images).astype(np.float32)
    chosen = rank_to_label(shares.reshape(images, classes), count, seed=seed)
    assert len(chosen) == min(count, images)
    assert len(set(chosen.tolist())) == len(chosen)
    assert set(chosen.tolist()) <= set(range(images))


def test_that_uncertain_images_of_different_kinds_come_before_certain_ones() -> None:
    sure = np.tile([[0.98, 0.01, 0.01]], (50, 1))
    first_kind = np.tile([[0.5, 0.5, 0.0]], (20, 1))
    second_kind = np.tile([[0.0, 0.5, 0.5]], (20, 1))
    shares = np.concatenate([sure, first_kind, second_kind]).astype(np.float32)
    kinds = [50 <= place < 70 for place in rank_to_label(shares, 2).tolist()]
    assert sorted(kinds) == [False, True], "one of each kind, no third of the first"
    assert all(place >= 50 for place in rank_to_label(shares, 2).tolist())


@pytest.mark.parametrize("images", [1, 5])
def test_that_images_that_are_all_the_same_are_chosen_in_any_number(images: int) -> None:
    shares = np.full((images, 3), 1 / 3, dtype=np.float32)
    assert sorted(rank_to_label(shares, images).tolist()) == list(range(images))


@pytest.mark.parametrize("classes", [2, 3])
def test_that_no_sure_answer_is_chosen_while_there_are_unsure_ones(classes: int) -> None:
    random = np.random.default_rng(3)
    shares = np.full((60, classes), 0.02 / (classes - 1))
    shares[np.arange(60), random.integers(0, classes, 60)] = 0.98
    unsure = np.abs(random.normal(0, 0.05, 12))
    shares[:12] = 0
    shares[:12, 0], shares[:12, 1] = 0.5 + unsure, 0.5 - unsure
    shares[:6, :2] = shares[:6, 1::-1]
    for seed in range(5):
        assert (rank_to_label(shares.astype(np.float32), 4, seed=seed) < 12).all()
