"""Running statistics of a step in parts: moved once, by the mean of the parts."""

from __future__ import annotations

import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from effnet_studio.engine.training.running_statistics import RunningStatistics


def network() -> nn.Sequential:
    """A network with a batch norm that learns and one that is frozen."""
    torch.manual_seed(0)
    found = nn.Sequential(nn.BatchNorm2d(3), nn.Conv2d(3, 2, 1), nn.BatchNorm2d(2))
    found[2].eval()
    return found


@settings(max_examples=25, deadline=None)
@given(count=st.integers(1, 4), seed=st.integers(0, 99))
def test_that_a_step_in_parts_moves_them_once(count: int, seed: int) -> None:
    parts = torch.randn(count, 4, 3, 5, 5, generator=torch.Generator().manual_seed(seed))
    model = network()
    statistics = RunningStatistics(model)
    for part in parts:
        model(part)
        statistics.add_part()
    statistics.take_mean()
    norm = model[0]
    means = parts.mean((1, 3, 4)).mean(0)
    spread = torch.stack([part.transpose(0, 1).flatten(1).var(1) for part in parts]).mean(0)
    assert torch.allclose(norm.running_mean, 0.1 * means, atol=1e-6)
    assert torch.allclose(norm.running_var, 0.9 + 0.1 * spread, atol=1e-6)
    assert norm.num_batches_tracked.item() == 1
    assert model[2].num_batches_tracked.item() == 0


def test_that_a_step_that_broke_off_leaves_no_trace() -> None:
    model = network()
    before = [buffer.clone() for buffer in model.buffers()]
    statistics = RunningStatistics(model)
    model(torch.randn(4, 3, 5, 5))
    statistics.add_part()
    model(torch.randn(4, 3, 5, 5))
    statistics.put_back()
    statistics.take_mean()
    assert all(map(torch.equal, model.buffers(), before))
