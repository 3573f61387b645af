"""MixUp and CutMix: what is drawn, how pictures and losses are mixed."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from effnet_studio.engine.data.loading.mixing import (
    Mix,
    draw_mix,
    mix_inputs,
    mix_pictures,
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
