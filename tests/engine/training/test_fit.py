"""Training from settings to the best weights on disk."""

from __future__ import annotations

import dataclasses
import json
import shutil
import threading
import time
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import safetensors.torch
import torch

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.data.dataset import Dataset
from effnet_studio.engine.data.loading.pixels import load_for
from effnet_studio.engine.errors import Cancelled, DatasetError, StorageError, TrainingError
from effnet_studio.engine.events import (
    BatchProgress,
    CheckpointSaved,
    EpochFinished,
    Event,
    Noted,
    PauseChanged,
    Progress,
    RunStarted,
    Warned,
)
from effnet_studio.engine.models.build import build_model
from effnet_studio.engine.models.catalog import get_spec
from effnet_studio.engine.training import runs
from effnet_studio.engine.training.checkpoint import load_best
from effnet_studio.engine.training.fit import check_trainable, fit
from effnet_studio.engine.training.memory import memory_errors
from effnet_studio.engine.training.network import frozen_names

if TYPE_CHECKING:
    from pathlib import Path

    from tests.engine.training.conftest import MakeConfig

SPEC = get_spec("mobilenet_v3_small")
INSTANT: dict[str, Any] = {"freeze": 20, "augmentation": "none"}


def new_run(tmp_path: Path, name: str = "run") -> Path:
    folder = tmp_path / name
    folder.mkdir()
    return folder


def weights_of(run_dir: Path, name: str = "last/model.safetensors") -> dict[str, torch.Tensor]:
    return safetensors.torch.load_file(run_dir / name)


def assert_same(first: dict[str, torch.Tensor], second: dict[str, torch.Tensor]) -> None:
    assert first.keys() == second.keys()
    for name, tensor in first.items():
        assert torch.equal(tensor, second[name]), name


def results_of(run_dir: Path) -> list[tuple[object, ...]]:
    """What each epoch gave, timings apart."""
    timings = {"images_per_second", "seconds", "eta_seconds", "memory"}
    return [
        tuple(value for name, value in dataclasses.asdict(epoch).items() if name not in timings)
        for epoch in runs.read_metrics(run_dir / runs.METRICS_FILE)
    ]


def stop_after(epoch: int, token: CancelToken) -> Any:
    """A listener that stops in the middle of the epoch behind this one."""

    def listen(event: Event) -> None:
        if isinstance(event, BatchProgress) and event.epoch > epoch:
            token.cancel()

    return listen


def test_that_a_run_says_what_it_does_and_leaves_a_usable_model(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig
) -> None:
    run_dir, events = new_run(tmp_path), list[Event]()
    result = fit(tiny_config(epochs=3), stripes, run_dir=run_dir, on_event=events.append)
    (started,) = [event for event in events if isinstance(event, RunStarted)]
    assert (started.epochs, started.steps_per_epoch) == (3, 3)
    assert (started.train_images, started.val_images) == (20, 10)
    finished = [event for event in events if isinstance(event, EpochFinished)]
    assert [event.epoch for event in finished] == [0, 1, 2]
    assert [event.step for event in finished] == [3, 6, 9]
    assert finished[-1].eta_seconds == 0
    assert finished[0].eta_seconds > 0
    steps = [event for event in events if isinstance(event, BatchProgress)]
    assert [event.step for event in steps][-1] == 9
    assert all(event.steps == 9 for event in steps)
    saved = [event.path.name for event in events if isinstance(event, CheckpointSaved)]
    assert saved.count("last") == 1 + 3  # at the start too
    run = runs.load_run(run_dir)
    assert run.state == "finished"
    assert run.epochs == tuple(finished)
    assert run.best_accuracy == result.accuracy == max(event.val_accuracy for event in finished)
    assert not result.stopped
    assert load_best(run_dir / runs.BEST_FILE)[1].classes == ("upright", "lying")


def test_that_the_loss_falls(tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig) -> None:
    config = tiny_config(
        epochs=8, augmentation="none", learning_rate=3e-3, warmup_epochs=0, label_smoothing=0
    )
    fit(config, stripes, run_dir=new_run(tmp_path))
    epochs = runs.load_run(tmp_path / "run").epochs
    assert epochs[-1].train_loss < 0.5 * epochs[0].train_loss


def test_that_the_accuracy_is_the_one_that_prediction_gives(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig
) -> None:
    run_dir = new_run(tmp_path)
    result = fit(tiny_config(epochs=2), stripes, run_dir=run_dir)
    model, about = load_best(run_dir / runs.BEST_FILE)
    samples = stripes.subset("val")
    inputs = np.stack(
        [about.preprocess(load_for(about.preprocess, sample.path)) for sample in samples]
    )
    with torch.no_grad():
        logits = model(torch.from_numpy(inputs))
    labels = torch.tensor([sample.label for sample in samples])
    assert (logits.argmax(1) == labels).float().mean().item() == pytest.approx(result.accuracy)
    loss = torch.nn.functional.cross_entropy(logits, labels).item()
    (best,) = [e for e in runs.load_run(run_dir).epochs if e.epoch == result.best_epoch]
    assert loss == pytest.approx(best.val_loss, rel=1e-4)


def test_that_frozen_stages_stay_bit_identical_and_the_rest_moves(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig
) -> None:
    run_dir = new_run(tmp_path)
    torch.manual_seed(99)
    start = build_model(SPEC, 2)
    safetensors.torch.save_file(start.state_dict(), tmp_path / "start.safetensors")
    config = tiny_config(freeze=4, weights=str(tmp_path / "start.safetensors"))
    fit(config, stripes, run_dir=run_dir)
    before = safetensors.torch.load_file(tmp_path / "start.safetensors")
    after = load_best(run_dir / runs.BEST_FILE)[0].state_dict()
    frozen = frozen_names(start, SPEC, 4)
    assert any("running_mean" in name for name in frozen)
    assert len(frozen) < len(after)
    for name in frozen:
        assert torch.equal(before[name], after[name]), name
    moved = [name for name in after.keys() - frozen if not torch.equal(before[name], after[name])]
    assert len(moved) > 0.9 * len(after.keys() - frozen)
    last = json.loads((run_dir / "last" / "state.json").read_text())
    states = len(last["optimizer"]["plain"])
    assert states == sum(name not in frozen for name, _ in start.named_parameters())


@pytest.mark.parametrize(
    "values",
    [
        {"augmentation": "strong", "dropout": 0.3},
        {"optimizer": "sgd", "learning_rate": 0.05, "freeze": 3},
        INSTANT,
    ],
    ids=["adamw", "sgd-frozen", "instant"],
)
def test_that_a_stopped_and_continued_run_equals_an_uninterrupted_one(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig, values: dict[str, Any]
) -> None:
    config = tiny_config(**({"epochs": 3} | values))
    whole, parts = new_run(tmp_path, "whole"), new_run(tmp_path, "parts")
    fit(config, stripes, run_dir=whole)
    token = CancelToken()
    result = fit(config, stripes, run_dir=parts, on_event=stop_after(0, token), cancel=token)
    assert result.stopped
    assert runs.load_run(parts).state == "stopped"
    torch.rand(7)  # the process has drawn other random numbers since
    events = list[Event]()
    fit(runs.load_run(parts).config, stripes, run_dir=parts, on_event=events.append)
    (started,) = [event for event in events if isinstance(event, RunStarted)]
    assert started.start_epoch == 1
    assert_same(weights_of(whole), weights_of(parts))
    assert_same(weights_of(whole, runs.BEST_FILE), weights_of(parts, runs.BEST_FILE))
    assert results_of(whole) == results_of(parts)
    assert runs.load_run(parts).state == "finished"


def test_that_the_number_of_threads_and_kept_pictures_change_nothing(
    tmp_path: Path,
    stripes: Dataset,
    tiny_config: MakeConfig,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, second = new_run(tmp_path, "first"), new_run(tmp_path, "second")
    fit(tiny_config(workers=1), stripes, run_dir=first)
    monkeypatch.setattr("effnet_studio.engine.data.loading.cache.available_memory", lambda: 0)
    third = new_run(tmp_path, "third")
    for run_dir in (second, third):  # fills the cache, then reads what the other run left
        fit(tiny_config(workers=5), stripes, run_dir=run_dir, cache_dir=tmp_path / "cache")
        assert_same(weights_of(first), weights_of(run_dir))


def test_that_the_seed_matters(tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig) -> None:
    for seed in (0, 1):
        fit(tiny_config(epochs=1, seed=seed), stripes, run_dir=new_run(tmp_path, str(seed)))
    first, second = (weights_of(tmp_path / name)["classifier.3.weight"] for name in "01")
    assert not torch.equal(first, second)


def test_that_stopping_before_the_first_epoch_ends_is_a_cancel(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig
) -> None:
    token = CancelToken()
    with pytest.raises(Cancelled):
        fit(
            tiny_config(),
            stripes,
            run_dir=new_run(tmp_path),
            on_event=stop_after(-1, token),
            cancel=token,
        )


def test_that_a_paused_run_waits_and_goes_on(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig
) -> None:
    token, said = CancelToken(), list[bool]()
    timers = list[threading.Timer]()

    def listen(event: Event) -> None:
        if isinstance(event, BatchProgress) and event.step == 1:  # the first is always told
            token.pause()
        if isinstance(event, PauseChanged):
            said.append(event.paused)
            if event.paused:
                timers.append(threading.Timer(0.05, token.resume))
                timers[-1].start()

    config = tiny_config(epochs=1)
    result = fit(config, stripes, run_dir=new_run(tmp_path), on_event=listen, cancel=token)
    assert (said, result.epochs) == ([True, False], 1)


def test_that_nothing_global_is_left_changed(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig
) -> None:
    def state() -> tuple[object, ...]:
        return (
            torch.get_rng_state().tolist(),
            np.random.get_state()[1].tolist(),
            torch.get_num_threads(),
            torch.get_default_dtype(),
            torch.is_grad_enabled(),
            torch.are_deterministic_algorithms_enabled(),
        )

    before = state()
    fit(tiny_config(epochs=1), stripes, run_dir=new_run(tmp_path))
    assert state() == before


def test_that_instant_reads_each_picture_once_and_trains_only_the_head(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig
) -> None:
    run_dir, events = new_run(tmp_path), list[Event]()

    def listen(event: Event) -> None:
        events.append(event)
        if isinstance(event, RunStarted):  # nothing needs the files any more
            for sample in stripes.samples:
                sample.path.unlink()

    result = fit(tiny_config(epochs=5, **INSTANT), stripes, run_dir=run_dir, on_event=listen)
    assert result.epochs == 5
    passes = [e for e in events if isinstance(e, Progress) and e.done == e.total]
    assert {event.total for event in passes} == {20, 10}
    moving = set(weights_of(run_dir))
    assert moving == {"classifier.0.weight", "classifier.0.bias"} | {
        "classifier.3.weight",
        "classifier.3.bias",
    }


@pytest.mark.parametrize("model", ["resnet18", "densenet121", "efficientnet_b0"])
def test_that_instant_features_give_what_the_network_gives(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig, model: str
) -> None:
    run_dir = new_run(tmp_path)
    result = fit(tiny_config(epochs=1, model=model, **INSTANT), stripes, run_dir=run_dir)
    network, about = load_best(run_dir / runs.BEST_FILE)
    samples = stripes.subset("val")
    inputs = np.stack([about.preprocess(load_for(about.preprocess, s.path)) for s in samples])
    with torch.no_grad():
        logits = network(torch.from_numpy(inputs))
    labels = torch.tensor([sample.label for sample in samples])
    loss = torch.nn.functional.cross_entropy(logits, labels).item()
    assert loss == pytest.approx(runs.load_run(run_dir).epochs[0].val_loss, rel=1e-3)
    assert result.epochs == 1


def test_that_random_weights_thaw_what_the_preset_froze_and_it_is_said(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig
) -> None:
    from effnet_studio.engine.training.config import make_config

    events = list[Event]()
    config = make_config(
        "balanced", model="mobilenet_v3_small", weights="none", image_size=32, epochs=1
    )
    fit(config, stripes, run_dir=new_run(tmp_path), on_event=events.append)
    notes = [str(event.message) for event in events if isinstance(event, Noted)]
    assert any("Frozen stages 0" in note for note in notes)
    assert any("Solve last layer off" in note for note in notes)
    assert runs.load_run(tmp_path / "run").config.freeze == 0


def test_that_vanished_pictures_are_said_once_and_left_out(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig
) -> None:
    gone = [stripes.samples[3], stripes.samples[25]]
    for sample in gone:
        sample.path.unlink()
    events = list[Event]()
    result = fit(tiny_config(), stripes, run_dir=new_run(tmp_path), on_event=events.append)
    warned = [event.path for event in events if isinstance(event, Warned) and event.path]
    assert sorted(path.name for path in warned) == [sample.path.name for sample in gone]
    assert result.epochs == 2


def test_that_a_drive_that_goes_away_stops_the_run_in_words(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig
) -> None:
    for sample in stripes.subset("train")[2:]:
        sample.path.unlink()
    with pytest.raises(TrainingError, match="of 20 images can no longer be read"):
        fit(tiny_config(), stripes, run_dir=new_run(tmp_path))


def test_that_a_loss_that_is_no_number_stops_the_run_and_keeps_the_best(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig
) -> None:
    run_dir, token = new_run(tmp_path), CancelToken()
    fit(tiny_config(), stripes, run_dir=run_dir, on_event=stop_after(0, token), cancel=token)
    best = (run_dir / runs.BEST_FILE).read_bytes()
    state = weights_of(run_dir)
    state["classifier.3.bias"].fill_(float("nan"))
    safetensors.torch.save_file(state, run_dir / "last" / "model.safetensors")
    with pytest.raises(TrainingError, match="no longer a number") as caught:
        fit(tiny_config(), stripes, run_dir=run_dir)
    assert "learning rate of" in str(caught.value.hint)
    assert (run_dir / runs.BEST_FILE).read_bytes() == best


def test_that_a_run_folder_that_vanishes_is_said_in_words(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig
) -> None:
    run_dir = new_run(tmp_path)

    def listen(event: Event) -> None:
        if isinstance(event, EpochFinished):
            shutil.rmtree(run_dir)

    with pytest.raises(StorageError):
        fit(tiny_config(), stripes, run_dir=run_dir, on_event=listen)


def test_that_too_little_memory_is_said_in_words() -> None:
    with pytest.raises(TrainingError, match="not enough memory") as caught, memory_errors():
        torch.empty(2**55)
    assert "smaller image size" in str(caught.value.hint)


def test_that_other_errors_are_not_mistaken_for_too_little_memory() -> None:
    with pytest.raises(RuntimeError, match="must match"), memory_errors():
        torch.ones(2) + torch.ones(3)


def test_that_steps_are_reported_ten_times_a_second_at_most(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig
) -> None:
    times: list[float] = []

    def listen(event: Event) -> None:
        if isinstance(event, BatchProgress):
            times.append(time.perf_counter())

    fit(tiny_config(epochs=1, batch_size=2), stripes, run_dir=new_run(tmp_path), on_event=listen)
    assert len(times) <= 2 + (times[-1] - times[0]) / 0.09


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (lambda d: Dataset(("one",), d.samples, "1"), "at least two classes"),
        (lambda d: Dataset((*d.classes, "bees"), d.samples, "1"), "no training images of: bees"),
        (lambda d: Dataset(d.classes, d.subset("train"), "1"), "no validation images"),
    ],
)
def test_that_a_dataset_that_cannot_be_trained_on_is_said_in_words(
    stripes: Dataset, change: Any, text: str
) -> None:
    with pytest.raises(DatasetError, match=text):
        check_trainable(change(stripes))


def test_that_a_moved_folder_of_pictures_is_said_in_words(tmp_path: Path, stripes: Dataset) -> None:
    (tmp_path / "pictures").rename(tmp_path / "elsewhere")
    with pytest.raises(DatasetError, match="no longer where they were"):
        check_trainable(stripes)
