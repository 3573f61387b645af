"""What the settings for uneven classes, mirroring and mixing do to a training."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import safetensors.torch
import torch
from PIL import Image

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.data.balance import Imbalance
from effnet_studio.engine.data.dataset import Dataset, Sample
from effnet_studio.engine.data.loading.loader import PictureLoader
from effnet_studio.engine.data.loading.pixels import load_for
from effnet_studio.engine.events import BatchProgress, EpochFinished, Event, RunStarted
from effnet_studio.engine.training import runs
from effnet_studio.engine.training.checkpoint import Totals, load_best
from effnet_studio.engine.training.fit import fit
from effnet_studio.engine.training.validation import Validated

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from tests.engine.training.conftest import MakeConfig

CLEAN: dict[str, Any] = {"label_smoothing": 0.0, "dropout": 0.0, "warmup_epochs": 0.0}


def write(folder: Path, pictures: Sequence[tuple[NDArray[np.float64], int, str]]) -> Dataset:
    """A dataset of two classes from pictures, their labels and parts."""
    folder.mkdir()
    samples = []
    for number, (pixels, label, split) in enumerate(pictures):
        path = folder / f"{number:03}.png"
        Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).save(path)
        samples.append(Sample(number, path, label, split, 32, 32))  # type: ignore[arg-type]
    return Dataset(("first", "second"), tuple(samples), "1")


@pytest.fixture
def uneven(tmp_path: Path) -> Dataset:
    """Darker and brighter pictures that overlap: 114 against 6 to learn from, 30 each to check."""
    rng = np.random.default_rng(0)
    counts = {"train": (114, 6), "val": (30, 30)}
    return write(
        tmp_path / "uneven",
        [
            (rng.normal(105 + 40 * label + rng.normal(0, 20), 20, (32, 32, 3)), label, split)
            for split, numbers in counts.items()
            for label, count in enumerate(numbers)
            for _ in range(count)
        ],
    )


def ramps(folder: Path, direction: str) -> Dataset:
    """Pictures that brighten across or down, or else darken: 64 to learn from, 16 to check."""
    rng = np.random.default_rng(0)
    pictures = []
    for number in range(80):
        ramp = np.linspace(40, 210, 32)[:: 1 - 2 * (number % 2)]
        pixels = ramp[None, :, None] + rng.normal(0, 12, (32, 32, 1))
        pixels = pixels * rng.uniform(0.7, 1.1, 3)
        pixels = pixels.transpose(1, 0, 2) if direction == "down" else pixels
        pictures.append((pixels, number % 2, "train" if number < 64 else "val"))
    return write(folder, pictures)


def train(
    config: Any, dataset: Dataset, run_dir: Path, **listeners: Any
) -> tuple[EpochFinished, ...]:
    run_dir.mkdir()
    fit(config, dataset, run_dir=run_dir, **listeners)
    return runs.load_run(run_dir).epochs


def recalls(run_dir: Path, dataset: Dataset) -> list[float]:
    """Share of each class's validation pictures that the best model recognises."""
    model, about = load_best(run_dir / runs.BEST_FILE)
    samples = dataset.subset("val")
    inputs = [about.preprocess(load_for(about.preprocess, sample.path)) for sample in samples]
    with torch.no_grad():
        answers = model(torch.from_numpy(np.stack(inputs))).argmax(1).numpy()
    labels = np.array([sample.label for sample in samples])
    return [float((answers[labels == label] == label).mean()) for label in (0, 1)]


def test_that_each_remedy_makes_a_rare_class_found(
    tmp_path: Path, uneven: Dataset, tiny_config: MakeConfig
) -> None:
    rare = {}
    for remedy in Imbalance:
        config = tiny_config(
            model="resnet18",
            freeze=20,
            augmentation="none",
            epochs=5,
            batch_size=16,
            learning_rate=3e-3,
            imbalance=remedy,
            **CLEAN,
        )
        train(config, uneven, tmp_path / remedy)
        rare[remedy] = recalls(tmp_path / remedy, uneven)[1]
    assert rare.pop(Imbalance.NONE) < 0.2
    assert min(rare.values()) > 0.6


@pytest.fixture
def rare_checked(tmp_path: Path) -> Dataset:
    """As uneven, with a rare class in the validation part too: 40 against 4."""
    rng = np.random.default_rng(1)
    counts = {"train": (60, 8), "val": (40, 4)}
    return write(
        tmp_path / "rare",
        [
            (rng.normal(105 + 40 * label + rng.normal(0, 20), 20, (32, 32, 3)), label, split)
            for split, numbers in counts.items()
            for label, count in enumerate(numbers)
            for _ in range(count)
        ],
    )


@pytest.mark.parametrize("remedy", list(Imbalance))
def test_that_who_trains_against_imbalance_gets_the_epoch_with_the_best_balanced_accuracy(
    tmp_path: Path, rare_checked: Dataset, tiny_config: MakeConfig, remedy: Imbalance
) -> None:
    config = tiny_config(
        model="resnet18",
        freeze=20,
        augmentation="none",
        epochs=5,
        batch_size=16,
        learning_rate=3e-3,
        imbalance=remedy,
        **CLEAN,
    )
    train(config, rare_checked, tmp_path / "run")
    run = runs.load_run(tmp_path / "run")
    balanced = remedy is not Imbalance.NONE
    best = max(
        run.epochs,
        key=lambda each: (each.balanced if balanced else each.accuracy, -each.loss),
    )
    assert run.best is best
    assert run.best_accuracy == best.accuracy
    assert best.balanced == pytest.approx(np.mean(recalls(tmp_path / "run", rare_checked)))


def test_that_saying_the_largest_class_only_is_no_longer_the_best() -> None:
    lazy, honest = (
        Validated(
            Totals(100, loss, right),
            np.array(confusion),
            (),
            np.zeros((0, 2), dtype=np.float32),
            np.zeros(0, dtype=np.int64),
        )
        for loss, right, confusion in ((30, 91, [[90, 0], [9, 1]]), (40, 85, [[77, 13], [2, 8]]))
    )
    assert lazy.rank(balanced=False) > honest.rank(balanced=False)
    assert honest.rank(balanced=True) > lazy.rank(balanced=True)
    assert lazy.balanced_accuracy == pytest.approx((1.0 + 0.1) / 2)


def test_that_a_run_begun_before_goes_on_by_accuracy(
    tmp_path: Path, uneven: Dataset, tiny_config: MakeConfig
) -> None:
    config = tiny_config(freeze=20, augmentation="none", epochs=2, imbalance="weights")
    folder = tmp_path / "run"
    folder.mkdir()
    token = CancelToken()

    def stop(event: Event) -> None:
        if isinstance(event, EpochFinished):
            token.cancel()

    fit(config, uneven, run_dir=folder, on_event=stop, cancel=token)
    file = folder / runs.LAST_FOLDER / "state.json"
    about = json.loads(file.read_text(encoding="utf-8"))
    assert about["state"].pop("balanced")
    del about["state"]["best_score"]
    file.write_text(json.dumps(about), encoding="utf-8")
    fit(runs.load_run(folder).config, uneven, run_dir=folder)
    about = json.loads(file.read_text(encoding="utf-8"))["state"]
    assert not about["balanced"]
    assert about["best_score"] == about["best_accuracy"]


def test_that_validation_is_not_weighted(
    tmp_path: Path, uneven: Dataset, tiny_config: MakeConfig
) -> None:
    config = tiny_config(freeze=20, augmentation="none", epochs=1, imbalance="weights")
    (epoch,) = train(config, uneven, tmp_path / "run")
    model, about = load_best(tmp_path / "run" / runs.BEST_FILE)
    samples = uneven.subset("val")
    inputs = [about.preprocess(load_for(about.preprocess, sample.path)) for sample in samples]
    labels = torch.tensor([sample.label for sample in samples])
    with torch.no_grad():
        logits = model(torch.from_numpy(np.stack(inputs)))
    plain = torch.nn.functional.cross_entropy(logits, labels).item()
    assert epoch.val_loss == pytest.approx(plain, rel=1e-4)


@pytest.mark.parametrize("values", [{"augmentation": "light"}, {"mixup": 0.2}])
def test_that_sampling_decides_which_pictures_a_network_sees(
    tmp_path: Path,
    uneven: Dataset,
    tiny_config: MakeConfig,
    monkeypatch: pytest.MonkeyPatch,
    values: dict[str, Any],
) -> None:
    seen: Counter[int] = Counter()
    batches = PictureLoader.batches

    def listen(loader: PictureLoader, plan: Any, *, epoch: int = 0, first: int = 0) -> Any:
        for batch in batches(loader, plan, epoch=epoch, first=first):
            if loader.samples[0].split == "train":
                seen.update(batch.labels.tolist())
            yield batch

    monkeypatch.setattr(PictureLoader, "batches", listen)
    config = tiny_config(**({"augmentation": "none", "epochs": 1} | values), imbalance="sampling")
    train(config, uneven, tmp_path / "run")
    assert seen == {0: 60, 1: 60}


@pytest.mark.parametrize(
    ("direction", "harmless", "harmful"),
    [("across", "none", "horizontal"), ("down", "horizontal", "both")],
)
def test_that_mirroring_hides_what_differs_by_it_only(
    tmp_path: Path, tiny_config: MakeConfig, direction: str, harmless: str, harmful: str
) -> None:
    dataset = ramps(tmp_path / "ramps", direction)
    found = {}
    for flip in (harmless, harmful):
        config = tiny_config(
            augmentation="light", epochs=4, batch_size=16, learning_rate=1e-3, flip=flip, **CLEAN
        )
        found[flip] = train(config, dataset, tmp_path / flip)[-1].train_accuracy
    assert found[harmless] > 0.85
    assert found[harmful] < 0.7


def test_that_mixing_keeps_a_network_from_learning_by_heart(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig
) -> None:
    losses = {}
    for name, values in {"plain": {}, "mixup": {"mixup": 1.0}, "cutmix": {"cutmix": 1.0}}.items():
        config = tiny_config(augmentation="none", epochs=8, learning_rate=2e-3, **(CLEAN | values))
        epochs = train(config, stripes, tmp_path / name)
        losses[name] = np.mean([epoch.train_loss for epoch in epochs[-3:]])
    assert losses["mixup"] > 2 * losses["plain"]
    assert losses["cutmix"] > 2 * losses["plain"]


def test_that_mixed_pictures_go_through_the_whole_network(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig
) -> None:
    """Features of mixed pictures are not mixed features: nothing can be computed beforehand."""
    run_dir, losses = tmp_path / "run", []
    for values in ({}, {"mixup": 0.4}):
        config = tiny_config(freeze=20, augmentation="none", epochs=1, **values)
        (epoch,) = train(config, stripes, run_dir.with_name(f"run{len(losses)}"))
        losses.append(epoch.train_loss)
    assert losses[0] != losses[1]


@pytest.mark.parametrize(
    "values",
    [
        {"mixup": 0.4, "cutmix": 1.0, "imbalance": "effective", "flip": "both"},
        {"augmentation": "none", "freeze": 20, "imbalance": "sampling"},
        {"augmentation": "light", "cutmix": 1.0, "imbalance": "sampling", "flip": "none"},
    ],
    ids=["mixed-weighted", "sampled-features", "sampled-mixed"],
)
def test_that_a_continued_run_equals_an_uninterrupted_one(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig, values: dict[str, Any]
) -> None:
    few = tuple(sample for sample in stripes.samples if sample.id not in {1, 3, 5, 7, 9})
    dataset = Dataset(stripes.classes, few, "1")
    config = tiny_config(epochs=3, **values)
    train(config, dataset, tmp_path / "whole")
    token = CancelToken()

    def stop(event: Event) -> None:
        if isinstance(event, BatchProgress) and event.epoch == 1:
            token.cancel()

    train(config, dataset, tmp_path / "parts", on_event=stop, cancel=token)
    torch.rand(7)
    events = list[Event]()
    saved = runs.load_run(tmp_path / "parts").config
    assert {name: getattr(saved, name) for name in values} == values
    fit(saved, dataset, run_dir=tmp_path / "parts", on_event=events.append)
    (started,) = [event for event in events if isinstance(event, RunStarted)]
    assert started.start_epoch == 1
    whole, parts = (
        safetensors.torch.load_file(tmp_path / name / "last" / "model.safetensors")
        for name in ("whole", "parts")
    )
    for name, tensor in whole.items():
        assert torch.equal(tensor, parts[name]), name
