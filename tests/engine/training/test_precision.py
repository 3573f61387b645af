"""Which number formats a training step uses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.data.dataset import Dataset
from effnet_studio.engine.events import ignore
from effnet_studio.engine.models.build import build_model
from effnet_studio.engine.models.catalog import get_spec
from effnet_studio.engine.preprocess import Preprocess
from effnet_studio.engine.training import precision as precision_module
from effnet_studio.engine.training import precision_probe
from effnet_studio.engine.training.config import Precision, make_config
from effnet_studio.engine.training.precision import ShortFormats, plan_precision
from effnet_studio.engine.training.precision_probe import Trial, decide, try_formats, worth_trying
from effnet_studio.engine.training.session import TrainJob

CPU = torch.device("cpu")


@pytest.mark.parametrize(("native", "kind"), [(True, "selective"), (False, "fp32")])
def test_that_auto_uses_bfloat16_only_where_the_processor_has_it(
    monkeypatch: pytest.MonkeyPatch, *, native: bool, kind: str
) -> None:
    monkeypatch.setattr(precision_module, "has_native_bf16", lambda: native)
    assert plan_precision(Precision.AUTO, CPU).kind == kind
    assert plan_precision(Precision.MIXED, CPU).kind == "selective"
    assert plan_precision(Precision.FP32, CPU).kind == "fp32"


def test_that_only_convolutions_that_gain_change_format_and_only_inside() -> None:
    torch.manual_seed(0)
    model = nn.Sequential(
        nn.Conv2d(3, 64, 3, padding=1),
        nn.Conv2d(64, 64, 3, padding=1),
        nn.Conv2d(64, 64, 3, padding=1, groups=64),
        nn.Conv2d(64, 128, 1),
        nn.AdaptiveAvgPool2d(1),
        nn.Conv2d(128, 128, 1),
    )
    pictures = torch.randn(8, 3, 32, 32)
    with torch.no_grad():
        exact = model(pictures)
        seen = record_formats(model, pictures)
        again = model(pictures)
    short = {name for name, formats in seen.items() if formats == {torch.bfloat16}}
    assert short == {"1", "3"}  # not the stem, the depthwise one or the tiny one
    assert set(seen) - short == {"0", "2", "5"}
    assert torch.equal(exact, again)
    assert not any("forward" in vars(layer) for layer in model.modules())


def test_that_gradients_in_reduced_precision_stay_close_and_in_float32() -> None:
    torch.manual_seed(0)
    model = build_model(get_spec("resnet18"), 3)  # training mode: healthy activations
    pictures = torch.randn(4, 3, 64, 64)
    plan = plan_precision(Precision.MIXED, CPU)
    gradients = []
    for chosen in (plan_precision(Precision.FP32, CPU), plan):
        model.zero_grad()
        with ShortFormats(model, CPU, chosen).used():
            logits = model(pictures)
        logits.square().sum().backward()
        gradients.append(torch.cat([p.grad.flatten() for p in model.parameters()]))
        assert gradients[-1].dtype is torch.float32
    exact, short = gradients
    assert not torch.equal(exact, short)
    # Seventeen batch norms over four pictures amplify the rounding; the direction stays.
    assert torch.cosine_similarity(exact, short, dim=0) > 0.95


def test_that_an_error_inside_leaves_the_network_as_it_was() -> None:
    model = nn.Sequential(nn.Conv2d(64, 64, 1))
    with (
        pytest.raises(RuntimeError, match="expected input"),
        ShortFormats(model, CPU, plan_precision(Precision.MIXED, CPU)).used(),
    ):
        model(torch.zeros(1, 5, 8, 8))
    assert "forward" not in vars(model[0])


def record_formats(model: nn.Module, pictures: torch.Tensor) -> dict[str, set[torch.dtype]]:
    """Formats in which each convolution's arithmetic is done, seen by torch's dispatcher."""
    seen: dict[str, set[torch.dtype]] = {}
    current: list[str] = []

    class Spy(torch.utils._python_dispatch.TorchDispatchMode):
        def __torch_dispatch__(self, function, types, args=(), kwargs=None):  # type: ignore[no-untyped-def]
            if "conv" in str(function) and current:
                seen.setdefault(current[-1], set()).add(args[0].dtype)
            return function(*args, **(kwargs or {}))

    hooks = []
    for name, layer in model.named_modules():
        if isinstance(layer, nn.Conv2d):
            hooks.append(
                layer.register_forward_pre_hook(lambda *_args, name=name: current.append(name))
            )
            hooks.append(layer.register_forward_hook(lambda *_args: current.pop() and None))
    with Spy(), ShortFormats(model, CPU, plan_precision(Precision.MIXED, CPU)).used():
        model(pictures)
    for hook in hooks:
        hook.remove()
    return seen


def job_like(**values: Any) -> TrainJob:
    config = make_config(
        model="mobilenet_v3_small", weights="none", freeze=0, epochs=9, image_size=64, **values
    )
    return TrainJob(
        config=config,
        dataset=Dataset(("a", "b"), (), "1"),
        spec=get_spec(config.model),
        preprocess=Preprocess(size=64, resize=64, interpolation="bilinear"),
        device=torch.device("cpu"),
        run_dir=Path(),
        cache_dir=None,
        on_event=ignore,
        cancel=CancelToken(),
    )


def test_that_trying_formats_leaves_the_network_as_it_was() -> None:
    job = job_like(batch_size=4)
    model = build_model(job.spec, 2).eval()
    before = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    state = torch.get_rng_state()
    trial = try_formats(job, model)
    assert trial.full > 0
    assert trial.short > 0
    assert all(torch.equal(before[name], t) for name, t in model.state_dict().items())
    assert not any(module.training for module in model.modules())
    assert all(p.grad is None for p in model.parameters())
    assert torch.equal(state, torch.get_rng_state())


def test_that_short_formats_must_be_worth_it() -> None:
    cpu = torch.device("cpu")
    assert decide(Trial(1.0, 0.98), cpu).kind == "fp32"
    assert decide(Trial(1.0, 1.4), cpu).kind == "fp32"
    assert decide(Trial(1.4, 1.0), cpu).kind == "selective"
    assert "1.40×" in str(decide(Trial(1.4, 1.0), cpu).reason)


def test_that_formats_are_only_tried_where_the_choice_is_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(precision_probe, "has_native_bf16", lambda: True)
    assert worth_trying(job_like(), 1000)
    assert not worth_trying(job_like(), 10)
    assert not worth_trying(job_like(precision="fp32"), 1000)
    assert not worth_trying(job_like(deterministic=True), 1000)
    monkeypatch.setattr(precision_probe, "has_native_bf16", lambda: False)
    assert not worth_trying(job_like(), 1000)
