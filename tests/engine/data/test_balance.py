"""Remedies for uneven classes: weights, shares, and epochs that show all classes equally often."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from effnet_studio.engine.data.balance import (
    BETA,
    Imbalance,
    balanced_plan,
    class_weights,
    seen_shares,
)
from effnet_studio.engine.data.loading.loader import shuffled_plan

some_counts = st.lists(st.integers(0, 5000), min_size=1, max_size=30).filter(any)
some_labels = st.lists(st.integers(0, 5), min_size=1, max_size=80)


@given(counts=some_counts, remedy=st.sampled_from(Imbalance))
def test_that_the_mean_weight_of_a_picture_is_one(counts: list[int], remedy: Imbalance) -> None:
    weights = class_weights(counts, remedy)
    assert weights @ np.array(counts) / sum(counts) == pytest.approx(1)
    assert np.all((weights > 0) == (np.array(counts) > 0))


def test_that_weights_are_in_proportion_to_rarity() -> None:
    weights = class_weights([900, 90, 10], Imbalance.WEIGHTS)
    assert weights / weights[0] == pytest.approx([1, 10, 90])


def test_that_effective_weights_are_those_of_the_paper() -> None:
    counts = np.array([5000, 500, 50, 1])
    expected = (1 - BETA) / (1 - BETA**counts)
    weights = class_weights(counts.tolist(), Imbalance.EFFECTIVE)
    assert weights / weights[0] == pytest.approx(expected / expected[0])


@given(counts=some_counts)
def test_that_effective_weights_are_milder_than_inverse_frequency(counts: list[int]) -> None:
    present = [count for count in counts if count]
    mild, full = (
        class_weights(present, remedy) for remedy in (Imbalance.EFFECTIVE, Imbalance.WEIGHTS)
    )
    assert mild.max() / mild.min() <= full.max() / full.min() * (1 + 1e-9)


@pytest.mark.parametrize("remedy", [Imbalance.NONE, Imbalance.SAMPLING])
def test_that_other_remedies_leave_the_loss_alone(remedy: Imbalance) -> None:
    assert class_weights([900, 90], remedy).tolist() == [1, 1]


@given(counts=some_counts, remedy=st.sampled_from(Imbalance))
def test_that_the_shares_add_up(counts: list[int], remedy: Imbalance) -> None:
    shares = seen_shares(counts, remedy)
    assert shares.sum() == pytest.approx(1)
    assert np.all((shares > 0) == (np.array(counts) > 0))


def test_that_the_shares_say_what_a_remedy_does() -> None:
    counts = [600, 300, 100, 0]
    assert seen_shares(counts, Imbalance.NONE) == pytest.approx([0.6, 0.3, 0.1, 0])
    for remedy in (Imbalance.SAMPLING, Imbalance.WEIGHTS):
        assert seen_shares(counts, remedy) == pytest.approx([1 / 3, 1 / 3, 1 / 3, 0])
    between = seen_shares(counts, Imbalance.EFFECTIVE)
    assert 0.1 < between[2] < 1 / 3 < between[0] < 0.6


def test_that_no_pictures_have_no_shares() -> None:
    assert seen_shares([0, 0], Imbalance.WEIGHTS).tolist() == [0, 0]


@given(labels=some_labels, batch_size=st.integers(1, 20), epoch=st.integers(0, 3))
def test_that_every_class_comes_equally_often(
    labels: list[int], batch_size: int, epoch: int
) -> None:
    plan = balanced_plan(labels, batch_size, seed=4, epoch=epoch)
    drawn = [index for batch in plan for index in batch]
    often = Counter(labels[index] for index in drawn)
    each = [often[label] for label in set(labels)]
    assert max(each) - min(each) <= 1
    usual = shuffled_plan(len(labels), batch_size, seed=4, epoch=epoch)
    assert [len(batch) for batch in plan] == [len(batch) for batch in usual]


@given(labels=some_labels)
def test_that_all_pictures_of_a_class_come_before_one_comes_again(labels: list[int]) -> None:
    plan = balanced_plan(labels, 8, seed=0, epoch=0)
    times = Counter(index for batch in plan for index in batch)
    for label in set(labels):
        often = [times[index] for index, other in enumerate(labels) if other == label]
        assert max(often) - min(often) <= 1


def test_that_the_plan_depends_on_seed_and_epoch_and_nothing_else() -> None:
    labels = [0] * 40 + [1] * 7
    first = balanced_plan(labels, 8, seed=1, epoch=2)
    np.random.default_rng().random()
    assert balanced_plan(labels, 8, seed=1, epoch=2) == first
    assert balanced_plan(labels, 8, seed=1, epoch=3) != first
    assert balanced_plan(labels, 8, seed=2, epoch=2) != first


def test_that_large_classes_are_seen_whole_over_the_epochs() -> None:
    labels = [0] * 40 + [1] * 4
    seen = {
        index
        for epoch in range(12)
        for batch in balanced_plan(labels, 8, seed=0, epoch=epoch)
        for index in batch
    }
    assert seen == set(range(44))


def test_that_the_window_can_ask_without_pytorch() -> None:
    code = (
        "import sys; from effnet_studio.engine.data.balance import *; "
        "seen_shares([3, 1], Imbalance.EFFECTIVE); assert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
