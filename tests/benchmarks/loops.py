"""Ways to train that the benchmarks run side by side: ours, and the classic tutorial loop.

The classic loop is the one of PyTorch's transfer-learning tutorial in today's API: torchvision's
transforms v2, a DataLoader with two worker processes, SGD, float32, channels first. Those of other
libraries are in :mod:`~tests.benchmarks.peers`.
"""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import safetensors.torch
import torch
from PIL import Image
from torch.utils.data import DataLoader
from torch.utils.data import Dataset as TorchDataset

from effnet_studio.engine.data.dataset import Dataset, Sample
from effnet_studio.engine.data.loading.augment import RECIPES
from effnet_studio.engine.images import IMAGE_SUFFIXES, load_image
from effnet_studio.engine.models.build import build_model, freeze_stages, set_train_mode
from effnet_studio.engine.models.catalog import get_spec, preprocess_for
from effnet_studio.engine.torchvision_compat import import_torchvision
from effnet_studio.engine.training import runs
from effnet_studio.engine.training.config import TrainConfig
from effnet_studio.engine.training.fit import fit
from effnet_studio.engine.training.optim import parameter_groups, set_learning_rate
from effnet_studio.engine.training.schedule import make_schedule

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from torch import Tensor, nn

    Loop = Callable[[TrainConfig, Dataset, Path], "Outcome"]


@dataclass(frozen=True)
class Outcome:
    """What one way of training gave."""

    name: str
    seconds: float
    best: float
    last: float
    images_per_second: float

    def __str__(self) -> str:
        return (
            f"{self.name:10} {self.seconds:8.1f} s   {self.images_per_second:6.1f} images/s   "
            f"best {self.best:6.1%}   last {self.last:6.1%}"
        )


class Pictures(TorchDataset[tuple["Tensor", int]]):
    """Files through transforms, as a tutorial writes it."""

    def __init__(self, samples: Sequence[Sample], transform: Callable[..., Tensor]) -> None:
        self.samples = samples
        self.transform = transform

    def __len__(self) -> int:
        return len(self.samples)

    def __getitem__(self, index: int) -> tuple[Tensor, int]:
        sample = self.samples[index]
        with Image.open(sample.path) as picture:
            return self.transform(picture.convert("RGB")), sample.label


def classic_transforms(config: TrainConfig) -> tuple[Callable[..., Tensor], Callable[..., Tensor]]:
    """torchvision's transforms of the same strength as the setting ``augmentation``."""
    v2 = import_torchvision("transforms.v2")
    preprocess = preprocess_for(get_spec(config.model), config.image_size)
    finish = [
        v2.ToImage(),
        v2.ToDtype(torch.float32, scale=True),
        v2.Normalize(preprocess.mean, preprocess.std),
    ]
    plain = [v2.Resize(preprocess.resize), v2.CenterCrop(preprocess.size)]
    recipe = RECIPES.get(config.augmentation)
    if recipe is None:
        return v2.Compose([*plain, *finish]), v2.Compose([*plain, *finish])
    varied = [
        v2.RandomResizedCrop(preprocess.size, scale=(recipe.min_area, 1.0)),
        v2.RandomHorizontalFlip(),
    ]
    if recipe.operations:
        magnitude = round(recipe.magnitude * 3)  # torchvision counts to 30
        varied.append(v2.RandAugment(recipe.operations, magnitude))
    varied.append(v2.ColorJitter(recipe.jitter, recipe.jitter, recipe.jitter))
    erase = [v2.RandomErasing(recipe.erase)] if recipe.erase else []
    return v2.Compose([*varied, *finish, *erase]), v2.Compose([*plain, *finish])


def classic_loop(config: TrainConfig, dataset: Dataset, start: Path) -> Outcome:
    """Train as the tutorial does, with the same schedule, decay and label smoothing as fit()."""
    began = time.perf_counter()
    spec = get_spec(config.model)
    torch.manual_seed(config.seed)
    model = build_model(spec, len(dataset.classes), dropout=config.dropout)
    model.load_state_dict(safetensors.torch.load_file(start))
    freeze_stages(model, spec, config.freeze)
    varied, plain = classic_transforms(config)
    train = Pictures(dataset.subset("train"), varied)
    loader = DataLoader(train, config.batch_size, shuffle=True, num_workers=2)
    val = DataLoader(Pictures(dataset.subset("val"), plain), config.batch_size, num_workers=2)
    groups = parameter_groups(model, config.weight_decay)
    optimizer = torch.optim.SGD(groups, config.learning_rate, config.momentum, nesterov=True)
    schedule = make_schedule(
        config.learning_rate,
        epochs=config.epochs,
        steps_per_epoch=len(loader),
        warmup_epochs=config.warmup_epochs,
        floor=config.min_learning_rate,
    )
    criterion = torch.nn.CrossEntropyLoss(label_smoothing=config.label_smoothing)
    accuracies, step, training = [], 0, 0.0
    for _ in range(config.epochs):
        epoch_began = time.perf_counter()
        set_train_mode(model, spec, config.freeze)
        for inputs, labels in loader:
            set_learning_rate(optimizer, schedule(step))
            optimizer.zero_grad()
            criterion(model(inputs), labels).backward()
            optimizer.step()
            step += 1
        training += time.perf_counter() - epoch_began
        accuracies.append(classic_accuracy(model, val))
    seconds = time.perf_counter() - began
    rate = len(train) * config.epochs / training
    return Outcome("classic", seconds, max(accuracies), accuracies[-1], rate)


@torch.no_grad()
def classic_accuracy(model: nn.Module, loader: DataLoader[tuple[Tensor, int]]) -> float:
    """Share of the validation pictures that are right."""
    model.eval()
    right = total = 0
    for inputs, labels in loader:
        right += int((model(inputs).argmax(1) == labels).sum())
        total += len(labels)
    return right / total


def own_loop(config: TrainConfig, dataset: Dataset, start: Path, name: str = "fit") -> Outcome:
    """Train with fit() from the same weights, checkpoints included."""
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        run_dir = Path(folder) / "run"
        run_dir.mkdir()
        chosen = config.model_copy(update={"weights": str(start)})
        result = fit(chosen, dataset, run_dir=run_dir, cache_dir=Path(folder))
        epochs = runs.load_run(run_dir).epochs
    seconds = time.perf_counter() - began
    last = epochs[-1].val_accuracy
    return Outcome(name, seconds, result.accuracy, last, result.images_per_second)


def read_folder(folder: Path) -> Dataset:
    """Read ``train/CLASS`` and ``val/CLASS``; every file is decoded once to know its size."""
    classes = tuple(sorted(entry.name for entry in (folder / "train").iterdir() if entry.is_dir()))
    samples = []
    for split in ("train", "val"):
        for label, name in enumerate(classes):
            for path in sorted((folder / split / name).iterdir()):
                if path.suffix.lower() in IMAGE_SUFFIXES:
                    height, width = load_image(path).shape[:2]
                    samples.append(Sample(len(samples), path, label, split, width, height))
    return Dataset(classes, tuple(samples), folder.name)


def make_start(config: TrainConfig, dataset: Dataset, folder: Path) -> Path:
    """Weights that both begin with: a file's backbone if the settings name one, else random."""
    from effnet_studio.engine.models.weights import load_weights, resolve_weights

    spec = get_spec(config.model)
    torch.manual_seed(config.seed)
    model = build_model(spec, len(dataset.classes), dropout=config.dropout)
    resolved = resolve_weights(spec, config.weights)
    if resolved.kind != "none":
        load_weights(model, spec, resolved)
    path = folder / "start.safetensors"
    safetensors.torch.save_file(model.state_dict(), path)
    return path


def settings(**values: object) -> TrainConfig:
    """The tutorial's kind of settings; all are explicit, so that nothing is chosen for either."""
    chosen = {
        "weights": "none",
        "optimizer": "sgd",
        "learning_rate": 0.02,
        "weight_decay": 1e-4,
        "augmentation": "light",
        "batch_size": 16,
        "label_smoothing": 0.0,
        "warmup_epochs": 1.0,
        "freeze": 0,
        "dropout": None,
        "epochs": 2,
        "image_size": 64,
        "device": "cpu",
    }
    return TrainConfig.model_validate(chosen | values)
