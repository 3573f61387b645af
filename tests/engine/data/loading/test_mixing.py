"""MixUp and CutMix: what is drawn, how pictures and losses are mixed."""

from __future__ import annotations

import numpy as np
import pytest
import torch
import torch.nn.functional as F  # noqa: N812 - PyTorch's own convention
from hypothesis import given
from hypothesis import strategies as st

from effnet_studio.engine.data.loading.mixing import (
    Mix,
    count_right,
    draw_mix,
    mix_inputs,
    mix_pictures,
    mixed_loss,
)
from effnet_studio.engine.preprocess import Preprocess

SIZE = 32


def draw(step: int = 0, *, mixup: float = 0.0, cutmix: float = 0.0, count: int = 8) -> Mix:
    mix = draw_mix(count, SIZE, mixup=mixup, cutmix=cutmix, seed=5, step=step)
    assert mix is not None
    return mix


def same(first: Mix, second: Mix) -> bool:
    return (first.share, first.box, first.partner.tolist()) == (
        second.share,
        second.box,
        second.partner.tolist(),
    )


def test_that_nothing_is_mixed_unless_asked_for() -> None:
    assert draw_mix(8, SIZE, mixup=0, cutmix=0, seed=0, step=0) is None
    assert draw_mix(1, SIZE, mixup=1, cutmix=1, seed=0, step=0) is None


def test_that_a_mix_depends_on_seed_and_step_and_nothing_else() -> None:
    first = draw(3, mixup=0.4, cutmix=1.0)
    torch.rand(5)
    assert same(draw(3, mixup=0.4, cutmix=1.0), first)
    assert not same(draw(4, mixup=0.4, cutmix=1.0), first)
    other = draw_mix(8, SIZE, mixup=0.4, cutmix=1.0, seed=6, step=3)
    assert other is not None
    assert not same(other, first)


@given(step=st.integers(0, 10**6), alpha=st.floats(0.01, 1), size=st.integers(1, 300))
def test_that_the_share_is_what_is_left_beside_the_rectangle(
    step: int, alpha: float, size: int
) -> None:
    mix = draw_mix(4, size, mixup=0, cutmix=alpha, seed=0, step=step)
    assert mix is not None
    assert mix.box is not None
    top, left, bottom, right = mix.box
    assert 0 <= top <= bottom <= size
    assert 0 <= left <= right <= size
    own, other = np.zeros((size, size, 3), np.uint8), np.full((size, size, 3), 255, np.uint8)
    mixed = mix_pictures(own, other, mix)
    assert 1 - mixed.mean() / 255 == pytest.approx(mix.share)


def test_that_shares_follow_alpha() -> None:
    def unevenness(alpha: float) -> float:
        shares = [draw(step, mixup=alpha).share for step in range(300)]
        return float(np.mean(np.abs(np.array(shares) - 0.5)))

    assert unevenness(0.1) > unevenness(0.4) > unevenness(1.0)
    assert unevenness(1.0) == pytest.approx(0.25, abs=0.03)  # uniform


def test_that_both_take_turns() -> None:
    cut = sum(draw(step, mixup=0.2, cutmix=1.0).box is not None for step in range(300))
    assert 120 < cut < 180


@pytest.mark.parametrize("kind", ["mixup", "cutmix"])
def test_that_the_model_gets_what_is_shown(kind: str) -> None:
    preprocess = Preprocess(size=SIZE, resize=SIZE)
    pixels = np.random.default_rng(0).integers(0, 256, (8, SIZE, SIZE, 3), dtype=np.uint8)
    mix = draw(11, **{kind: 1.0})
    shown = preprocess.normalize(mix_pictures(pixels, pixels[mix.partner], mix))
    inputs = torch.from_numpy(preprocess.normalize(pixels))
    inputs = inputs.contiguous(memory_format=torch.channels_last)
    before = inputs.clone()
    given = mix_inputs(inputs, mix)
    # The picture is rounded to whole steps of brightness.
    assert np.abs(given.numpy() - shown).max() < 0.51 / (255 * min(preprocess.std))
    assert not torch.equal(given, inputs)
    assert torch.equal(inputs, before)
    assert given.is_contiguous(memory_format=torch.channels_last)


@pytest.mark.parametrize("smoothing", [0.0, 0.1])
def test_that_the_loss_is_that_of_mixed_answers(smoothing: float) -> None:
    logits = torch.randn(8, 5, generator=torch.Generator().manual_seed(0))
    labels = torch.tensor([0, 1, 2, 3, 4, 0, 1, 2])
    mix = draw(2, mixup=1.0)
    answers = F.one_hot(labels, 5).float()
    answers = mix.share * answers + (1 - mix.share) * answers[torch.from_numpy(mix.partner)]
    expected = F.cross_entropy(logits, answers, label_smoothing=smoothing)
    loss = mixed_loss(logits, labels, mix, label_smoothing=smoothing)
    assert loss.item() == pytest.approx(expected.item(), rel=1e-5)


def test_that_without_mixing_and_weights_the_loss_is_pytorchs_own() -> None:
    logits = torch.randn(8, 5, generator=torch.Generator().manual_seed(0))
    labels = torch.tensor([0, 1, 2, 3, 4, 0, 1, 2])
    plain = F.cross_entropy(logits, labels, label_smoothing=0.1)
    assert torch.equal(mixed_loss(logits, labels, None, label_smoothing=0.1), plain)


def test_that_weights_count_in_batches_of_one_class_too() -> None:
    logits, labels = torch.tensor([[1.0, 0.0]]), torch.tensor([1])
    plain = mixed_loss(logits, labels, None)
    weighted = mixed_loss(logits, labels, None, weights=torch.tensor([0.5, 4.0]))
    assert weighted.item() == pytest.approx(4 * plain.item())


def test_that_each_label_of_a_mixed_picture_has_its_own_weight() -> None:
    logits, labels = torch.zeros(2, 2), torch.tensor([0, 1])
    mix = Mix(np.array([1, 0]), 0.75)
    loss = mixed_loss(logits, labels, mix, weights=torch.tensor([1.0, 3.0]))
    ones, threes = 0.75 * 1 + 0.25 * 3, 0.75 * 3 + 0.25 * 1
    assert loss.item() == pytest.approx(np.log(2) * (ones + threes) / 2, rel=1e-6)


@pytest.mark.parametrize(("share", "right"), [(0.7, 2), (0.3, 0)])
def test_that_the_larger_share_decides_what_is_right(share: float, right: int) -> None:
    logits, labels = torch.tensor([[2.0, 0.0], [0.0, 2.0]]), torch.tensor([0, 1])
    assert count_right(logits, labels, Mix(np.array([1, 0]), share)) == right
    assert count_right(logits, labels, None) == 2
