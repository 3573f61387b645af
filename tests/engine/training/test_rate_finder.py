"""A learning rate found by trying."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.errors import Cancelled
from effnet_studio.engine.events import Progress
from effnet_studio.engine.training.rate_finder import NoRateError, find_learning_rate, suggest

if TYPE_CHECKING:
    from effnet_studio.engine.data.dataset import Dataset
    from tests.engine.training.conftest import MakeConfig


def test_that_the_rate_is_where_the_loss_falls_fastest() -> None:
    rates = np.logspace(-6, 0, 61)
    places = np.log10(rates)
    losses = 1 / (1 + np.exp(4 * (places + 3))) + np.exp(8 * (places + 0.7))
    assert suggest(rates.tolist(), losses.tolist()) == pytest.approx(1e-3, rel=0.3)


def test_that_a_loss_that_never_falls_is_said_in_words() -> None:
    with pytest.raises(NoRateError, match="No learning rate") as refusal:
        suggest([1e-6, 1e-5, 1e-4, 1e-3], [1.0, 1.1, 1.2, 1.3])
    assert refusal.value.rates == (1e-6, 1e-5, 1e-4, 1e-3)
    assert refusal.value.losses == (1.0, 1.1, 1.2, 1.3)


def test_that_real_training_finds_a_usable_rate(stripes: Dataset, tiny_config: MakeConfig) -> None:
    events: list[Progress] = []
    before = torch.get_rng_state()
    sweep = find_learning_rate(
        tiny_config(augmentation="none"),
        stripes,
        steps=40,
        on_event=lambda event: events.append(event) if isinstance(event, Progress) else None,
    )
    assert list(sweep.rates) == sorted(sweep.rates)
    assert len(sweep.rates) == len(sweep.losses)
    assert 1e-5 < sweep.suggestion < 0.5
    assert torch.equal(before, torch.get_rng_state())
    assert events[-1].stage == "train"


def test_that_the_search_can_be_stopped(stripes: Dataset, tiny_config: MakeConfig) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        find_learning_rate(tiny_config(), stripes, steps=10, cancel=token)
