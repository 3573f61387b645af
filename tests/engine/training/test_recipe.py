"""What each setting of the recipe does to a run."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import pytest
import torch
from torch import nn

from effnet_studio.engine.data.loading import augment
from effnet_studio.engine.device import choose_device
from effnet_studio.engine.events import (
    BatchProgress,
    EpochFinished,
    Event,
    ExamplesJudged,
    Noted,
)
from effnet_studio.engine.models.build import build_model, set_drop_path, stage_modules
from effnet_studio.engine.models.catalog import get_spec
from effnet_studio.engine.preprocess import Preprocess
from effnet_studio.engine.training import loop, optim, runs
from effnet_studio.engine.training.average import WeightAverage
from effnet_studio.engine.training.config import make_config
from effnet_studio.engine.training.fit import fit
from effnet_studio.engine.training.network import build_network
from effnet_studio.engine.training.optim import gradient_norm, make_optimizer, parameter_groups
from effnet_studio.engine.training.session import Session, TrainJob
from effnet_studio.engine.training.trial import step_costs
from effnet_studio.engine.training.variation import recipe_of
from tests.engine.training.test_fit import assert_same, new_run, weights_of

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.engine.data.dataset import Dataset
    from effnet_studio.engine.training.config import TrainConfig
    from tests.engine.training.conftest import MakeConfig

SPEC = get_spec("mobilenet_v3_small")
STAGES = len(SPEC.stages)


def job_of(config: TrainConfig, stripes: Dataset, tmp_path: Path) -> TrainJob:
    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.events import ignore

    return TrainJob(
        config=config,
        dataset=stripes,
        spec=SPEC,
        preprocess=Preprocess(size=config.image_size or 32, resize=32, interpolation="bilinear"),
        device=torch.device(choose_device("cpu").name),
        run_dir=tmp_path,
        cache_dir=None,
        on_event=ignore,
        cancel=CancelToken(),
    )


def changed_stages(before: dict[str, torch.Tensor], after: dict[str, torch.Tensor]) -> list[bool]:
    """For each stage whether any of its weights moved."""
    return [
        any(
            not torch.equal(before[name], after[name])
            for name in before
            if name.startswith(tuple(f"{module}." for module in stage.modules))
        )
        for stage in SPEC.stages
    ]


# -- thawing -------------------------------------------------------------------------------------


def test_that_stages_thaw_one_after_the_other_from_the_head(
    stripes: Dataset, tiny_config: MakeConfig, tmp_path: Path
) -> None:
    config = tiny_config(freeze=5, thaw_every=2, epochs=9)
    job = job_of(config, stripes, tmp_path)
    assert [job.freeze(epoch) for epoch in range(9)] == [5, 5, 4, 4, 3, 3, 2, 2, 1]
    assert job.always_frozen == 1


@pytest.mark.parametrize("optimizer", ["adamw", "sgd"])
def test_that_a_thawed_stage_learns_and_a_frozen_one_does_not(
    tmp_path: Path,
    stripes: Dataset,
    tiny_config: MakeConfig,
    monkeypatch: pytest.MonkeyPatch,
    optimizer: str,
) -> None:
    states: list[dict[str, torch.Tensor]] = []
    begin = Session.begin_epoch

    def watched(run: Session) -> None:
        states.append({name: t.clone() for name, t in run.model.state_dict().items()})
        begin(run)

    monkeypatch.setattr(Session, "begin_epoch", watched)
    config = tiny_config(freeze=STAGES, thaw_every=1, epochs=4, optimizer=optimizer)
    fit(config, stripes, run_dir=new_run(tmp_path))
    for epoch, (before, after) in enumerate(itertools.pairwise(states)):
        expected = [number >= STAGES - epoch for number in range(STAGES)]
        assert changed_stages(before, after) == expected


# -- rates ---------------------------------------------------------------------------------------


def test_that_each_stage_learns_at_its_share_of_the_next_ones_rate() -> None:
    model = build_model(SPEC, 2)
    optimizer = make_optimizer(model, make_config(layer_decay=0.5, model=SPEC.name), SPEC)
    optim.set_learning_rate(optimizer, 0.8)
    rates = {id(p): group["lr"] for group in optimizer.param_groups for p in group["params"]}
    for number, modules in enumerate(stage_modules(model, SPEC)):
        for module in modules:
            for parameter in module.parameters():
                assert rates[id(parameter)] == pytest.approx(0.8 * 0.5 ** (STAGES - number))
    classifier = model.get_submodule(SPEC.classifier)
    assert all(rates[id(p)] == 0.8 for p in classifier.parameters())
    assert sum(len(group["params"]) for group in optimizer.param_groups) == len(
        list(model.parameters())
    )


def test_that_every_parameter_is_in_exactly_one_group_whatever_the_decay() -> None:
    model = build_model(SPEC, 2)
    for decay in (1.0, 0.7):
        groups = parameter_groups(model, 0.1, spec=SPEC, layer_decay=decay)
        members = [id(p) for group in groups for p in group["params"]]
        assert sorted(members) == sorted(id(p) for p in model.parameters())


def test_that_a_long_gradient_is_shortened_and_a_short_one_is_not() -> None:
    net = nn.Linear(2, 1)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    net.weight.grad = torch.tensor([[3.0, 0.0]])
    net.bias.grad = torch.tensor([4.0])
    assert gradient_norm(optimizer) == pytest.approx(5)
    assert net.bias.grad.item() == 4
    assert gradient_norm(optimizer, 10.0) == pytest.approx(5)
    assert net.bias.grad.item() == 4
    assert gradient_norm(optimizer, 1.0) == pytest.approx(5)
    assert (net.weight.grad[0, 0].item(), net.bias.grad.item()) == pytest.approx((0.6, 0.8))


def test_that_clipping_bounds_what_a_run_does_in_a_step(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig
) -> None:
    values: dict[str, Any] = {
        "optimizer": "sgd",
        "learning_rate": 0.1,
        "momentum": 0.0,
        "weight_decay": 0.0,
        "warmup_epochs": 0.0,
        "epochs": 1,
        "batch_size": 32,
    }
    moved = []
    for clip in (0.0, 0.01):
        folder = new_run(tmp_path, str(clip))
        start = new_run(tmp_path, f"start-{clip}")
        fit(tiny_config(**(values | {"learning_rate": 1e-30})), stripes, run_dir=start)
        fit(tiny_config(clip_norm=clip, **values), stripes, run_dir=folder)
        names = [n for n in weights_of(folder) if n.endswith(("weight", "bias"))]
        before, after = weights_of(start), weights_of(folder)
        moved.append(
            torch.stack([(after[n] - before[n]).square().sum() for n in names]).sum().sqrt().item()
        )
    assert moved[1] == pytest.approx(0.1 * 0.01, rel=1e-2)
    assert moved[0] > 10 * moved[1]


def test_that_the_preset_rate_suits_the_optimiser() -> None:
    assert make_config(optimizer="sgd").learning_rate == 10 * make_config().learning_rate
    assert make_config(optimizer="sgd", learning_rate=0.3).learning_rate == 0.3


# -- parts of a batch -----------------------------------------------------------------------------


def test_that_parts_cover_a_batch_evenly() -> None:
    assert loop.parts(7, 3) == [(0, 2), (2, 4), (4, 7)]
    assert loop.parts(3, 2, least=2) == [(0, 3)]
    assert loop.parts(1, 1) == [(0, 1)]


def test_that_adding_up_parts_gives_the_gradient_of_the_whole(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig
) -> None:
    """Where no batch statistics are involved: with all stages frozen."""
    folders = []
    for micro in (None, 2):
        folders.append(new_run(tmp_path, str(micro)))
        values = {"freeze": 20, "augmentation": "none", "dropout": 0.0, "epochs": 1}
        fit(
            tiny_config(micro_batch=micro, optimizer="sgd", learning_rate=0.5, **values),
            stripes,
            run_dir=folders[-1],
        )
    whole, added = (weights_of(folder) for folder in folders)
    for name, tensor in whole.items():
        assert torch.allclose(tensor, added[name], rtol=1e-4, atol=1e-6), name


# -- averaged weights ------------------------------------------------------------------------------


def test_that_the_average_is_the_exponential_one() -> None:
    net = nn.Sequential(nn.Linear(1, 1, bias=False), nn.BatchNorm1d(1))
    average = WeightAverage(net, 0.9, frozenset())
    value = expected = float(net[0].weight.detach())
    for step in range(40):
        value += 1.0
        with torch.no_grad():
            net[0].weight.fill_(value)
            net[1].num_batches_tracked += 1
        average.update(step)
        decay = min(0.9, (1 + step) / (10 + step))
        expected = decay * expected + (1 - decay) * value
    assert float(average.model[0].weight) == pytest.approx(expected, rel=1e-5)
    assert int(average.model[1].num_batches_tracked) == 40
    assert not any(p.requires_grad for p in average.model.parameters())


def test_that_the_better_of_plain_and_averaged_weights_is_kept(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig
) -> None:
    run_dir, last = new_run(tmp_path), list[dict[str, dict[str, torch.Tensor]]]()

    def listen(event: Event) -> None:
        if isinstance(event, EpochFinished):
            files = {"plain": "last/model.safetensors", "ema": "last/average.safetensors"}
            last.append({kind: weights_of(run_dir, name) for kind, name in files.items()})

    result = fit(tiny_config(ema=0.5, epochs=4), stripes, run_dir=run_dir, on_event=listen)
    epochs = runs.load_run(run_dir).epochs
    assert result.accuracy == max(epoch.accuracy for epoch in epochs)
    best = epochs[result.best_epoch]
    assert best.ema_accuracy is not None
    assert best.ema_loss is not None
    assert best.ema_f1 is not None
    averaged = (best.ema_accuracy, -best.ema_loss) > (best.val_accuracy, -best.val_loss)
    kept, other = ("ema", "plain") if averaged else ("plain", "ema")
    assert_same(weights_of(run_dir, runs.BEST_FILE), last[result.best_epoch][kept])
    name = "features.0.0.weight"
    assert not torch.equal(
        last[result.best_epoch][kept][name], last[result.best_epoch][other][name]
    )


# -- ends and sizes --------------------------------------------------------------------------------


def test_that_a_run_ends_early_when_nothing_better_comes(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig
) -> None:
    events: list[Event] = []
    run_dir = new_run(tmp_path)
    result = fit(
        tiny_config(epochs=30, patience=2, learning_rate=1e-12, warmup_epochs=0),
        stripes,
        run_dir=run_dir,
        on_event=events.append,
    )
    assert result.epochs < 30
    assert result.epochs - 1 - result.best_epoch == 2
    assert runs.load_run(run_dir).state == "finished"
    assert any(isinstance(e, Noted) and "nothing better" in str(e.message) for e in events)


def test_that_pictures_grow_to_full_size_and_stay_there(
    stripes: Dataset, tiny_config: MakeConfig, tmp_path: Path
) -> None:
    config = tiny_config(image_size=128, start_size=64, epochs=9)
    sizes = [job_of(config, stripes, tmp_path).size(epoch) for epoch in range(9)]
    assert sizes == [64, 64, 96, 96, 128, 128, 128, 128, 128]
    plain = job_of(tiny_config(image_size=128), stripes, tmp_path)
    assert plain.size(0) == 128


def test_that_the_network_sees_the_small_pictures(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[bool, int]] = []
    forward = Session.forward

    def watched(run: Session, inputs: torch.Tensor) -> torch.Tensor:
        seen.append((run.model.training, inputs.shape[-1]))
        return forward(run, inputs)

    monkeypatch.setattr(Session, "forward", watched)
    config = tiny_config(image_size=64, start_size=32, epochs=3, batch_size=32)
    fit(config, stripes, run_dir=new_run(tmp_path))
    assert [size for training, size in seen if training] == [32, 64, 64]
    assert {size for training, size in seen if not training} == {64}


# -- variation and regularisation ------------------------------------------------------------------


def test_that_strengths_of_its_own_replace_those_of_the_level() -> None:
    strong = recipe_of(make_config(augmentation="strong"))
    assert strong == augment.RECIPES["strong"]
    own = recipe_of(make_config(augmentation="light", rand_augment=7, random_erasing=0.5))
    assert own is not None
    assert (own.operations, own.magnitude, own.erase) == (1, 7, 0.5)
    off = recipe_of(make_config(augmentation="strong", rand_augment=0, random_erasing=0))
    assert off is not None
    assert (off.operations, off.erase) == (0, 0)


@pytest.mark.parametrize("name", ["efficientnet_b0", "convnext_tiny"])
def test_that_stochastic_depth_rises_to_the_last_block(name: str) -> None:
    model = build_model(get_spec(name), 2)
    set_drop_path(model, 0.4)
    shares = [
        getattr(m, "drop_prob", getattr(m, "p", None))
        for m in model.modules()
        if type(m).__name__ in {"StochasticDepth", "DropPath"}
    ]
    assert shares == sorted(shares)
    assert shares[-1] == 0.4
    assert shares[0] == pytest.approx(0.4 / len(shares))


def test_that_a_deterministic_run_leaves_torch_as_it_was(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig
) -> None:
    on: list[bool] = []

    def listen(event: Event) -> None:
        if isinstance(event, BatchProgress):
            on.append(torch.are_deterministic_algorithms_enabled())

    one, two = new_run(tmp_path, "one"), new_run(tmp_path, "two")
    fit(tiny_config(deterministic=True, epochs=1), stripes, run_dir=one, on_event=listen)
    fit(tiny_config(deterministic=True, epochs=1), stripes, run_dir=two)
    assert all(on)
    assert not torch.are_deterministic_algorithms_enabled()
    assert_same(weights_of(one), weights_of(two))


# -- what is told ----------------------------------------------------------------------------------


def test_that_every_epoch_tells_f1_gradient_memory_and_examples(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig
) -> None:
    events: list[Event] = []
    run_dir = new_run(tmp_path)
    fit(tiny_config(epochs=2), stripes, run_dir=run_dir, on_event=events.append)
    for epoch in runs.load_run(run_dir).epochs:
        assert epoch.macro_f1 is not None
        assert 0 <= epoch.macro_f1 <= 1
        assert epoch.gradient_norm is not None
        assert epoch.gradient_norm > 0
        assert epoch.memory is not None
        assert epoch.memory > 2**20
    judged = [event for event in events if isinstance(event, ExamplesJudged)]
    assert [event.epoch for event in judged] == [0, 1]
    assert [e.path for e in judged[0].examples] == [e.path for e in judged[1].examples]
    truths = {str(s.path): s.label for s in stripes.subset("val")}
    assert len(judged[0].examples) == 8
    assert all(truths[str(e.path)] == e.truth for e in judged[0].examples)
    assert all(0.5 <= e.probability <= 1 for e in judged[0].examples)


def test_that_what_thaws_late_is_known_to_take_longer(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig
) -> None:
    """A frozen stage saves two thirds of its share."""
    config = tiny_config(freeze=2, thaw_every=1, epochs=3, start_size=None)
    job = job_of(config, stripes, tmp_path)
    shares = [0.6, 0.1] + [0.3 / (STAGES - 2)] * (STAGES - 2)
    assert job.step_costs(shares) == pytest.approx([1 - 2 / 3 * 0.7, 1 - 2 / 3 * 0.6, 1.0])
    model = build_network(job)
    before = {name: value.clone() for name, value in model.state_dict().items()}
    costs = step_costs(job, model)
    assert costs[0] < costs[1] < costs[2] == 1.0
    assert all(torch.equal(before[name], value) for name, value in model.state_dict().items())
    steady = job_of(tiny_config(freeze=2, epochs=3), stripes, tmp_path)
    assert len(set(step_costs(steady, model))) == 1
