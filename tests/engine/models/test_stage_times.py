"""Times of stages: one for each, near the whole, without a trace in the network."""

from __future__ import annotations

import time

import pytest
import torch
from torch import nn

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.errors import Cancelled
from effnet_studio.engine.events import Event, Progress
from effnet_studio.engine.models.build import build_model
from effnet_studio.engine.models.catalog import CATALOG, get_spec
from effnet_studio.engine.models.scaling import from_phi
from effnet_studio.engine.models.stage_times import _one_pass, _stamps, stage_shares, time_stages


@pytest.mark.parametrize("name", ["resnet18", "densenet121", "mobilenet_v3_small"])
def test_that_every_stage_and_the_head_have_a_time(name: str) -> None:
    spec = CATALOG[name]
    times = time_stages(spec, classes=3, image_size=64, repeats=3, device="cpu")

    assert [each.name for each in times.stages] == [*(s.name for s in spec.stages), "Head"]
    assert all(each.seconds > 0 for each in times.stages)
    assert times.passes == 3
    assert times.image_size == 64


def test_that_no_time_is_lost_between_the_stages() -> None:
    times = time_stages(CATALOG["densenet121"], image_size=64, repeats=1, device="cpu")
    assert sum(each.seconds for each in times.stages) == pytest.approx(times.seconds)


def test_that_the_shares_of_the_stages_are_those_of_their_times() -> None:
    spec = CATALOG["efficientnet_b0"]
    model = build_model(spec, 3).eval()
    shares = stage_shares(model, spec, torch.randn(2, 3, 96, 96))
    assert len(shares) == len(spec.stages)
    assert all(share > 0 for share in shares)
    assert 0.8 < sum(shares) < 1  # the rest is the head's
    assert not any(module._forward_hooks for module in model.modules())


def test_that_a_scaled_network_is_timed_at_its_own_size() -> None:
    spec = get_spec(from_phi(-2).name)
    times = time_stages(spec, repeats=1, device="cpu")
    assert times.image_size == spec.input_size
    assert times.model == spec.name


def test_that_a_slow_stage_is_found() -> None:
    spec = CATALOG["resnet18"]
    model = build_model(spec, 3).eval()
    model.layer3.register_forward_pre_hook(lambda *_: time.sleep(0.2))
    with _stamps(model, spec, lambda: None) as stamps, torch.inference_mode():
        picture = torch.randn(1, 3, 64, 64)
        rows = [_one_pass(model, picture, stamps, lambda: None) for _ in range(4)]
    assert all(row[3] >= 0.2 for row in rows)
    quickest = [min(column) for column in zip(*rows, strict=True)]  # other work slows single ones
    assert max(range(len(quickest)), key=quickest.__getitem__) == 3


def test_that_no_hook_stays() -> None:
    spec = CATALOG["resnet18"]
    model = build_model(spec, 3)
    with pytest.raises(ZeroDivisionError), _stamps(model, spec, lambda: None):
        raise ZeroDivisionError
    assert not any(module._forward_hooks for module in model.modules())
    assert isinstance(model, nn.Module)


def test_that_progress_is_told_and_cancelling_works() -> None:
    spec = CATALOG["mobilenet_v3_small"]
    events: list[Event] = []
    time_stages(spec, image_size=32, repeats=2, device="cpu", on_event=events.append)
    last = events[-1]
    assert isinstance(last, Progress)
    assert last.done == last.total == 4

    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        time_stages(spec, image_size=32, device="cpu", cancel=token)
