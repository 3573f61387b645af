"""Activations of the frozen stages, kept for a few variants of each picture."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch

from effnet_studio.engine.data.loading.cache_space import VIEWS, clear, usage
from effnet_studio.engine.events import Event, Noted, Progress, Stage
from effnet_studio.engine.training import runs, views
from effnet_studio.engine.training.checkpoint import load_best
from effnet_studio.engine.training.config import make_config
from effnet_studio.engine.training.fit import fit
from effnet_studio.engine.training.session import Session
from tests.engine.training.test_fit import assert_same, new_run, results_of, weights_of
from tests.engine.training.test_survival import every_step_is_reported, stopping  # noqa: F401

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.engine.data.dataset import Dataset
    from tests.engine.training.conftest import MakeConfig

FROZEN: dict[str, Any] = {"freeze": 4, "views": 3}


def passes(events: list[Event]) -> int:
    """Pictures that went through the frozen stages."""
    done = [e.done for e in events if isinstance(e, Progress) and e.stage is Stage.FEATURES]
    return max(done, default=0)


def test_that_frozen_stages_look_at_each_variant_once_and_never_again(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig
) -> None:
    cache = tmp_path / "cache"
    first, second = list[Event](), list[Event]()
    one, two = new_run(tmp_path, "one"), new_run(tmp_path, "two")
    config = tiny_config(epochs=4, **FROZEN)
    fit(config, stripes, run_dir=one, cache_dir=cache, on_event=first.append)
    fit(config, stripes, run_dir=two, cache_dir=cache, on_event=second.append)
    assert passes(first) == 3 * 20 + 10
    assert passes(second) == 0
    assert results_of(one) == results_of(two)
    assert_same(weights_of(one), weights_of(two))


def test_that_each_epoch_sees_other_variants_and_every_picture_once(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[list[torch.Tensor]] = []
    begin, forward = Session.begin_epoch, Session.forward

    def watched_begin(run: Session) -> None:
        seen.append([])
        begin(run)

    def watched(run: Session, inputs: torch.Tensor) -> torch.Tensor:
        if run.model.training:
            seen[-1].append(inputs.clone())
        return forward(run, inputs)

    monkeypatch.setattr(Session, "begin_epoch", watched_begin)
    monkeypatch.setattr(Session, "forward", watched)
    fit(tiny_config(epochs=4, **FROZEN), stripes, run_dir=new_run(tmp_path))
    epochs = [
        {tensor.numpy().tobytes() for tensor in torch.cat(batches).flatten(1)} for batches in seen
    ]
    assert [len(epoch) for epoch in epochs] == [20] * 4
    assert not epochs[0] & epochs[1]
    assert not epochs[1] & epochs[2]
    assert epochs[0] == epochs[3]  # three variants


def test_that_the_accuracy_is_the_one_that_prediction_gives(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig
) -> None:
    from effnet_studio.engine.data.loading.pixels import load_for

    run_dir = new_run(tmp_path)
    result = fit(tiny_config(epochs=3, **FROZEN), stripes, run_dir=run_dir)
    model, about = load_best(run_dir / runs.BEST_FILE)
    samples = stripes.subset("val")
    inputs = np.stack([about.preprocess(load_for(about.preprocess, s.path)) for s in samples])
    with torch.no_grad():
        logits = model(torch.from_numpy(inputs))
    truth = torch.tensor([sample.label for sample in samples])
    assert (logits.argmax(1) == truth).float().mean().item() == pytest.approx(result.accuracy)
    loss = torch.nn.functional.cross_entropy(logits, truth).item()
    best = max(runs.load_run(run_dir).epochs, key=lambda e: (e.accuracy, -e.val_loss))
    assert loss == pytest.approx(best.val_loss, rel=1e-4)


def test_that_a_stopped_run_goes_on_alike_also_with_the_cache_gone(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig
) -> None:
    cache, config = tmp_path / "cache", tiny_config(epochs=4, **FROZEN)
    calm, wild = new_run(tmp_path, "calm"), new_run(tmp_path, "wild")
    fit(config, stripes, run_dir=calm, cache_dir=cache)
    fit(config, stripes, run_dir=wild, cache_dir=cache, **stopping(5))
    shutil.rmtree(cache)
    fit(runs.load_run(wild).config, stripes, run_dir=wild, cache_dir=cache)
    assert results_of(calm) == results_of(wild)
    assert_same(weights_of(calm), weights_of(wild))


@pytest.mark.parametrize(
    "values",
    [{"freeze": 0}, {"freeze": 20}, {"thaw_every": 1}, {"mixup": 0.2}, {"start_size": 32}],
)
def test_that_what_cannot_be_kept_is_not(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig, values: dict[str, Any]
) -> None:
    run_dir = new_run(tmp_path)
    config = tiny_config(epochs=1, image_size=64, **(FROZEN | values))
    fit(config, stripes, run_dir=run_dir, cache_dir=tmp_path / "cache")
    assert runs.load_run(run_dir).config.views == 0
    assert not (tmp_path / "cache" / VIEWS).exists()


def test_that_a_presets_views_are_only_kept_where_it_pays(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tiny_config(epochs=9, **FROZEN)
    preset = type(config).model_construct(
        config.model_fields_set - {"views"},
        **{n: getattr(config, n) for n in type(config).model_fields},
    )
    kept = {}
    for name, times in {"pays": (1.0, 0.1, 100), "does not": (0.1, 1.0, 100)}.items():
        monkeypatch.setattr(views, "_time_parts", lambda *_, found=times: found)
        events: list[Event] = []
        run_dir = new_run(tmp_path, name)
        fit(preset, stripes, run_dir=run_dir, on_event=events.append)
        kept[name] = runs.load_run(run_dir).config.views
        said = any(
            isinstance(e, Noted) and "variants of each image once" in str(e.message) for e in events
        )
        assert said == (name == "pays")
    assert kept == {"pays": 3, "does not": 0}


def test_that_old_views_make_room_and_all_can_be_deleted(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"
    monkeypatch.setattr(views, "default_limit", lambda _folder: 1)
    for seed in (1, 2):
        folder = new_run(tmp_path, str(seed))
        fit(tiny_config(epochs=1, seed=seed, **FROZEN), stripes, run_dir=folder, cache_dir=cache)
        assert len(list((cache / VIEWS).iterdir())) == 1
    before = usage(cache).bytes
    clear(cache)
    assert usage(cache).bytes < before
    assert not any((cache / VIEWS).iterdir())


def test_that_measuring_leaves_the_network_as_it_was(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig
) -> None:
    from effnet_studio.engine.models.build import build_model
    from tests.engine.training.test_recipe import job_of

    job = job_of(tiny_config(**FROZEN), stripes, tmp_path)
    model = build_model(job.spec, 2)
    before = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    trunk, rest, size = views._time_parts(job, model)
    assert trunk > 0
    assert rest > 0
    assert size > 0
    assert all(torch.equal(before[name], t) for name, t in model.state_dict().items())
    assert model.training


def test_that_balanced_keeps_views_of_all_but_the_last_stages() -> None:
    config = make_config("balanced")
    assert (config.views, config.freeze) == (3, 7)
    assert make_config("balanced", model="resnet18").freeze == 4
