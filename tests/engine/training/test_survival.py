"""What a run survives: stops at any step, short memory, odd losses, full disks and lost drives."""

from __future__ import annotations

import gc
import shutil
import threading
import weakref
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
import torch

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.data.loading.loader import PictureLoader
from effnet_studio.engine.errors import ImagesGoneError, StorageError, TrainingError
from effnet_studio.engine.events import (
    BatchProgress,
    EpochFinished,
    Event,
    PauseChanged,
    Progress,
    Warned,
)
from effnet_studio.engine.training import checkpoint, epochs, loop, runs
from effnet_studio.engine.training.fit import fit
from effnet_studio.engine.training.session import Session
from tests.engine.training.test_fit import assert_same, new_run, results_of, weights_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from effnet_studio.engine.data.dataset import Dataset
    from tests.engine.training.conftest import MakeConfig

COMBINATIONS: list[dict[str, Any]] = [
    {},
    {"optimizer": "sgd", "layer_decay": 0.7, "clip_norm": 1.0},
    {"ema": 0.9, "mixup": 0.3, "cutmix": 1.0},
    {"freeze": 6, "thaw_every": 1, "micro_batch": 3},
    {"freeze": 20, "augmentation": "none", "ema": 0.9},
    {"freeze": 6, "solve_head": True, "ema": 0.9},
    {"augmentation": "strong", "imbalance": "sampling", "focal_gamma": 2.0},
    {"image_size": 64, "start_size": 32, "drop_path": 0.3},
    {"precision": "mixed", "dropout": 0.5, "imbalance": "effective", "patience": 2},
]


def stop_at(step: int, token: CancelToken) -> Callable[[Event], None]:
    """A listener that stops once this step is done, also where its report was left out."""
    seen = threading.Event()

    def listen(event: Event) -> None:
        if isinstance(event, BatchProgress) and event.step >= step and not seen.is_set():
            seen.set()
            token.cancel()

    return listen


@pytest.fixture(autouse=True)
def every_step_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop, "REPORT_INTERVAL", 0.0)


@pytest.mark.parametrize("values", COMBINATIONS, ids=lambda values: "-".join(values) or "plain")
def test_that_a_run_stopped_anywhere_and_continued_equals_an_uninterrupted_one(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig, values: dict[str, Any]
) -> None:
    config = tiny_config(epochs=4, **values)
    calm, wild = new_run(tmp_path, "calm"), new_run(tmp_path, "wild")
    fit(config, stripes, run_dir=calm)
    last = fit(config, stripes, run_dir=wild, **stopping(4))
    for step in (5, 6, 8, 11):
        assert last.stopped
        last = fit(runs.load_run(wild).config, stripes, run_dir=wild, **stopping(step))
    last = fit(runs.load_run(wild).config, stripes, run_dir=wild)
    assert not last.stopped
    assert results_of(calm) == results_of(wild)
    for name in ("last/model.safetensors", "last/optimizer.safetensors", runs.BEST_FILE):
        assert_same(weights_of(calm, name), weights_of(wild, name))


def stopping(step: int) -> dict[str, Any]:
    token = CancelToken()
    return {"cancel": token, "on_event": stop_at(step, token)}


def test_that_a_pause_gives_the_memory_back_and_changes_nothing(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tiny_config(epochs=3)
    calm, wild = new_run(tmp_path, "calm"), new_run(tmp_path, "wild")
    fit(config, stripes, run_dir=calm)
    sessions: list[weakref.ref[Session]] = []
    begin = Session.begin_epoch

    def watched(session: Session) -> None:
        sessions.append(weakref.ref(session))
        begin(session)

    monkeypatch.setattr(Session, "begin_epoch", watched)
    token, alive = CancelToken(), []

    def listen(event: Event) -> None:
        if isinstance(event, BatchProgress) and event.step in {2, 7}:
            token.pause()
        if isinstance(event, PauseChanged) and event.paused:
            alive.append([each() for each in sessions if each() is not None])
            token.resume()

    gc.disable()  # a collection would hold up the window for as long as it takes
    try:
        fit(config, stripes, run_dir=wild, cancel=token, on_event=listen)
    finally:
        gc.enable()
    assert alive == [[], []]
    assert results_of(calm) == results_of(wild)
    assert_same(weights_of(calm), weights_of(wild))


def test_that_stopping_a_paused_run_keeps_the_best(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig
) -> None:
    token = CancelToken()

    def listen(event: Event) -> None:
        if isinstance(event, BatchProgress) and event.step == 4:
            token.pause()
        if isinstance(event, PauseChanged) and event.paused:
            token.cancel()

    run_dir = new_run(tmp_path)
    result = fit(tiny_config(epochs=3), stripes, run_dir=run_dir, cancel=token, on_event=listen)
    assert result.stopped
    assert runs.load_run(run_dir).state == "stopped"
    assert (run_dir / runs.BEST_FILE).exists()


class ShortMemory:
    """Raises what PyTorch raises when memory runs short, while too much is asked for at once."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.failed = 0

    def check(self, images: int) -> None:
        if images > self.limit:
            self.failed += 1
            raise RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory")


@pytest.mark.parametrize("place", ["forward", "backward", "optimiser", "evaluation"])
def test_that_short_memory_halves_what_is_computed_at_once_and_nothing_else(
    tmp_path: Path,
    stripes: Dataset,
    tiny_config: MakeConfig,
    monkeypatch: pytest.MonkeyPatch,
    place: str,
) -> None:
    short, seen, warnings = ShortMemory(3), list[list[int]](), list[Warned]()
    inject(monkeypatch, place, short)
    batches = PictureLoader.batches

    def watched(loader: PictureLoader, plan: Any, **kwargs: Any) -> Any:
        for batch in batches(loader, plan, **kwargs):
            if loader.samples[0].split == "train":
                seen.append(list(batch.indices))
            yield batch

    monkeypatch.setattr(PictureLoader, "batches", watched)
    steps: list[BatchProgress] = []

    def listen(event: Event) -> None:
        if isinstance(event, Warned):
            warnings.append(event)
        if isinstance(event, BatchProgress):
            steps.append(event)

    run_dir = new_run(tmp_path)
    fit(tiny_config(epochs=2), stripes, run_dir=run_dir, on_event=listen)
    assert short.failed
    assert "Steps still count 8 images" in str(warnings[0].message)
    assert [event.step for event in steps] == [1, 2, 3, 4, 5, 6]
    assert [len(batch) for batch in seen[-3:]] == [7, 7, 6]
    for epoch in (seen[-6:-3], seen[-3:]):
        assert Counter(index for batch in epoch for index in batch) == Counter(range(20))
    assert checkpointed(run_dir).images == 40


def inject(monkeypatch: pytest.MonkeyPatch, place: str, short: ShortMemory) -> None:
    """Let memory run short at one place of a step."""
    if place in {"forward", "evaluation"}:
        forward = Session.forward

        def checked(run: Session, inputs: torch.Tensor) -> torch.Tensor:
            logits = forward(run, inputs)  # batch-norm statistics have moved by now
            if run.model.training == (place == "forward"):
                short.check(len(inputs))
            return logits

        monkeypatch.setattr(Session, "forward", checked)
    elif place == "backward":
        loss = loop.target_loss

        def failing(logits: torch.Tensor, targets: Any, **kwargs: Any) -> torch.Tensor:
            value = loss(logits, targets, **kwargs)
            value.register_hook(lambda gradient: short.check(len(logits)) or gradient)
            return value

        monkeypatch.setattr(loop, "target_loss", failing)
    else:
        step = torch.optim.AdamW.step

        def once(self: torch.optim.AdamW, closure: None = None) -> None:
            step(self, closure)  # the weights have moved: only going back helps
            short.check(8 if not short.failed else 0)

        monkeypatch.setattr(torch.optim.AdamW, "step", once)


def checkpointed(run_dir: Path) -> checkpoint.TrainState:
    import json

    about = json.loads((run_dir / "last" / "state.json").read_text())
    return checkpoint.TrainState(**about["state"])


def test_that_short_memory_in_a_step_leaves_the_same_weights_as_small_parts_do(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted, found = new_run(tmp_path, "wanted"), new_run(tmp_path, "found")
    fit(tiny_config(epochs=1, micro_batch=3), stripes, run_dir=wanted)
    with monkeypatch.context() as patch:
        inject(patch, "backward", ShortMemory(3))
        fit(tiny_config(epochs=1), stripes, run_dir=found)
    assert_same(weights_of(wanted), weights_of(found))


def test_that_memory_too_short_for_one_picture_ends_the_run_in_words(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    inject(monkeypatch, "forward", ShortMemory(0))
    with pytest.raises(TrainingError, match="not enough memory"):
        fit(tiny_config(), stripes, run_dir=new_run(tmp_path))


@pytest.mark.parametrize("bad", [1, 3])
def test_that_an_odd_loss_goes_back_and_on_with_a_lower_rate(
    tmp_path: Path,
    stripes: Dataset,
    tiny_config: MakeConfig,
    monkeypatch: pytest.MonkeyPatch,
    bad: int,
) -> None:
    loss, left = loop.target_loss, [bad]

    def odd(logits: torch.Tensor, targets: Any, **kwargs: Any) -> torch.Tensor:
        if left[0]:
            left[0] -= 1
            return loss(logits, targets, **kwargs) * float("nan")
        return loss(logits, targets, **kwargs)

    monkeypatch.setattr(loop, "target_loss", odd)
    events: list[Event] = []
    run_dir = new_run(tmp_path)
    fit(tiny_config(), stripes, run_dir=run_dir, on_event=events.append)
    warned = [event for event in events if isinstance(event, Warned)]
    assert len(warned) == bad
    assert "went back" in str(warned[0].message)
    state = checkpointed(run_dir)
    assert (state.retries, state.rate_factor) == (bad, pytest.approx(0.3**bad))
    assert state.images == 40
    weights = weights_of(run_dir)
    assert all(bool(torch.isfinite(tensor).all()) for tensor in weights.values())


def test_that_a_run_that_stays_odd_ends_after_three_tries(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    def odd(logits: torch.Tensor, _targets: Any, **_: Any) -> torch.Tensor:
        return logits.sum() * float("inf")

    monkeypatch.setattr(loop, "target_loss", odd)
    events: list[Event] = []
    with pytest.raises(TrainingError, match="at lower learning rates too"):
        fit(tiny_config(), stripes, run_dir=new_run(tmp_path), on_event=events.append)
    assert sum(isinstance(event, Warned) for event in events) == epochs.RETRIES


def test_that_a_full_disk_pauses_an_attended_run_until_there_is_room(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    config, calm, wild = tiny_config(), new_run(tmp_path, "calm"), new_run(tmp_path, "wild")
    fit(config, stripes, run_dir=calm)
    save, calls = checkpoint.save_last, [0]

    def full(*args: Any, **kwargs: Any) -> None:
        calls[0] += 1
        if calls[0] in {2, 3}:
            raise StorageError("The disk is full.", hint="Make room.")
        save(*args, **kwargs)

    monkeypatch.setattr(checkpoint, "save_last", full)
    token, events = CancelToken(attended=True), list[Event]()

    def listen(event: Event) -> None:
        events.append(event)
        if isinstance(event, PauseChanged) and event.paused:
            token.resume()

    fit(config, stripes, run_dir=wild, cancel=token, on_event=listen)
    waits = [event for event in events if isinstance(event, Warned)]
    assert len(waits) == 2
    assert "waits" in str(waits[0].message)
    assert "disk is full" in str(waits[0].message)
    assert results_of(calm) == results_of(wild)
    assert_same(weights_of(calm), weights_of(wild))


def test_that_a_full_disk_ends_a_run_that_nobody_attends(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: Any, **_kwargs: Any) -> None:
        raise StorageError("The disk is full.")

    monkeypatch.setattr(checkpoint, "save_last", full)
    with pytest.raises(StorageError):
        fit(tiny_config(), stripes, run_dir=new_run(tmp_path))


def test_that_a_lost_drive_pauses_the_run_until_it_is_back(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    config, calm, wild = tiny_config(epochs=3), new_run(tmp_path, "calm"), new_run(tmp_path, "wild")
    monkeypatch.setattr("effnet_studio.engine.data.loading.cache.PixelStore.get", lambda *_: None)
    fit(config, stripes, run_dir=calm)
    drive, away = stripes.samples[0].path.parent, tmp_path / "unplugged"
    token, events = CancelToken(attended=True), list[Event]()

    def listen(event: Event) -> None:
        events.append(event)
        before = not any(isinstance(each, PauseChanged) for each in events)
        if isinstance(event, BatchProgress) and event.step == 4 and before:
            shutil.move(drive, away)
        if isinstance(event, PauseChanged) and event.paused:
            shutil.move(away, drive)

    monkeypatch.setattr(CancelToken, "hold", eager_hold)
    fit(config, stripes, run_dir=wild, cancel=token, on_event=listen)
    (wait,) = [event for event in events if isinstance(event, Warned)]
    assert "are gone" in str(wait.message)
    assert results_of(calm) == results_of(wild)
    assert_same(weights_of(calm), weights_of(wild))


def eager_hold(
    token: CancelToken, mended: Callable[[], bool], on_pause: Callable[[bool], None]
) -> None:
    """As :meth:`CancelToken.hold`, but asks at once whether all is well again."""
    hold(token, mended, on_pause, every=0.01)


hold = CancelToken.hold


def test_that_a_lost_drive_ends_a_run_that_nobody_attends(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("effnet_studio.engine.data.loading.cache.PixelStore.get", lambda *_: None)
    drive = stripes.samples[0].path.parent

    def listen(event: Event) -> None:
        if isinstance(event, EpochFinished) and event.epoch == 0:
            shutil.move(drive, tmp_path / "unplugged")

    run_dir = new_run(tmp_path)
    with pytest.raises(ImagesGoneError):
        fit(tiny_config(epochs=3), stripes, run_dir=run_dir, on_event=listen)
    assert (run_dir / runs.BEST_FILE).exists()


def test_that_a_run_is_written_down_now_and_then_within_an_epoch(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loop, "SAVE_INTERVAL", 0.0)
    steps: list[int] = []
    save = checkpoint.save_last

    def noted(run_dir: Path, state: checkpoint.TrainState, *args: Any, **kwargs: Any) -> None:
        steps.append(state.step)
        save(run_dir, state, *args, **kwargs)

    monkeypatch.setattr(checkpoint, "save_last", noted)
    fit(tiny_config(epochs=1), stripes, run_dir=new_run(tmp_path))
    assert steps == [0, 1, 2, 3, 3]


def test_that_what_is_prepared_is_not_said_to_be_training(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig
) -> None:
    events: list[Event] = []
    fit(tiny_config(freeze=20, augmentation="none"), stripes, run_dir=new_run(tmp_path),
        on_event=events.append)  # fmt: skip
    first = next(n for n, event in enumerate(events) if isinstance(event, BatchProgress))
    assert any(isinstance(event, Progress) for event in events[:first])
