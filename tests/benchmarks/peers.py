"""The training loops of timm and fastai, for the benchmarks to run beside ours.

Each works as its library does it by default on a processor, with the same network, starting
weights, pictures, batches, epochs, and augmentation of the same strength; what the libraries choose
by themselves (order of operations, schedule's shape, optimiser's details) is theirs. Neither is
needed by the app; fastai's requirements without a second PyTorch are::

    pip install --no-deps fastai==2.8.12 fastcore fastprogress==1.0.3 fasttransform plum-dispatch \
        beartype fastdownload cloudpickle
    pip install timm requests matplotlib pandas scipy scikit-learn
"""

from __future__ import annotations

import time
import warnings
from typing import TYPE_CHECKING, Any, Final

import safetensors.torch
import torch

from effnet_studio.engine.data.loading.augment import RECIPES
from effnet_studio.engine.models.build import build_model, freeze_stages, set_train_mode
from effnet_studio.engine.models.catalog import get_spec, preprocess_for
from effnet_studio.engine.torchvision_compat import import_timm, import_torchvision
from tests.benchmarks.loops import Outcome, Pictures, classic_accuracy

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from torch import nn

    from effnet_studio.engine.data.dataset import Dataset
    from effnet_studio.engine.data.loading.augment import Recipe
    from effnet_studio.engine.training.config import TrainConfig
    from tests.benchmarks.loops import Loop

WORKERS = 2
"""Loader processes."""


def timm_loop(config: TrainConfig, dataset: Dataset, start: Path) -> Outcome:
    """Train with timm's loader, augmentation, optimiser and schedule, in the order of its script.

    Args:
        config: Model, size, batch, epochs, frozen stages, augmentation and rate.
        dataset: The pictures.
        start: Weights of the whole network.

    Returns:
        What it gave; the library's import is not counted.
    """
    import_timm()
    from timm.optim import create_optimizer_v2
    from timm.scheduler import create_scheduler_v2

    began = time.perf_counter()
    model = _network(config, dataset, start)
    train, val = _timm_loader(config, dataset, "train"), _timm_loader(config, dataset, "val")
    optimizer = create_optimizer_v2(
        model, opt=str(config.optimizer), lr=config.learning_rate, weight_decay=config.weight_decay
    )
    steps = len(train)
    schedule, _ = create_scheduler_v2(
        optimizer,
        sched="cosine",
        num_epochs=config.epochs,
        warmup_epochs=round(config.warmup_epochs),
        warmup_lr=config.learning_rate / 100,
        min_lr=config.learning_rate * config.min_learning_rate,
        step_on_epochs=False,
        updates_per_epoch=steps,
    )
    criterion = torch.nn.CrossEntropyLoss(label_smoothing=config.label_smoothing)
    accuracies, training = [], 0.0
    for epoch in range(config.epochs):
        epoch_began = time.perf_counter()
        set_train_mode(model, get_spec(config.model), config.freeze)
        for number, (inputs, labels) in enumerate(train):
            loss = criterion(model(inputs), labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step_update(epoch * steps + number)
        training += time.perf_counter() - epoch_began
        accuracies.append(classic_accuracy(model, val))
    rate = steps * config.batch_size * config.epochs / training
    return _outcome("timm", began, accuracies, rate)


def fastai_loop(config: TrainConfig, dataset: Dataset, start: Path) -> Outcome:
    """Train with fastai's data blocks, batch augmentation, learner and one-cycle schedule.

    Args:
        config: As for :func:`timm_loop`.
        dataset: The pictures.
        start: Weights of the whole network.

    Returns:
        What it gave; the library's import is not counted. Validation is part of its epochs, and is
        taken out of the images a second by the time of a validation alone.
    """
    import_torchvision()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import fastai.vision.all as fast

    began = time.perf_counter()
    preprocess = preprocess_for(get_spec(config.model), config.image_size)
    recipe = RECIPES.get(config.augmentation)
    parts = {sample.path: sample for sample in dataset.samples}
    blocks = fast.DataBlock(
        blocks=(fast.ImageBlock, fast.CategoryBlock(vocab=list(dataset.classes), sort=False)),
        get_items=lambda _source: [s.path for s in dataset.samples if s.split in {"train", "val"}],
        get_y=lambda path: dataset.classes[parts[path].label],
        splitter=fast.FuncSplitter(lambda path: parts[path].split == "val"),
        item_tfms=_fastai_crop(fast, recipe, preprocess.size),
        batch_tfms=[
            *_fastai_changes(fast, recipe),
            fast.Normalize.from_stats(preprocess.mean, preprocess.std),
        ],
    )
    loaders = blocks.dataloaders(
        None,
        bs=config.batch_size,
        num_workers=WORKERS,
        device=torch.device("cpu"),
    )
    learner = fast.Learner(
        loaders,
        _network(config, dataset, start),
        loss_func=torch.nn.CrossEntropyLoss(label_smoothing=config.label_smoothing),
        metrics=fast.accuracy,
        wd=config.weight_decay,
    )
    with learner.no_bar(), learner.no_logging():
        fit_began = time.perf_counter()
        learner.fit_one_cycle(config.epochs)  # its own rate, for its own Adam
        ended = time.perf_counter()
        learner.validate()
        training = ended - fit_began - (time.perf_counter() - ended) * config.epochs
    accuracies = [float(values[-1]) for values in learner.recorder.values]
    rate = len(loaders.train) * config.batch_size * config.epochs / training
    return _outcome("fastai", began, accuracies, rate, ended)


def _outcome(
    name: str, began: float, accuracies: Sequence[float], rate: float, ended: float | None = None
) -> Outcome:
    seconds = (time.perf_counter() if ended is None else ended) - began
    return Outcome(name, seconds, max(accuracies), accuracies[-1], rate)


def _network(config: TrainConfig, dataset: Dataset, start: Path) -> nn.Module:
    spec = get_spec(config.model)
    torch.manual_seed(config.seed)
    model = build_model(spec, len(dataset.classes), dropout=config.dropout)
    model.load_state_dict(safetensors.torch.load_file(start))
    freeze_stages(model, spec, config.freeze)
    return model


def _timm_loader(config: TrainConfig, dataset: Dataset, part: str) -> Any:
    from timm.data import create_loader

    preprocess = preprocess_for(get_spec(config.model), config.image_size)
    recipe = RECIPES.get(config.augmentation)
    varied: dict[str, Any] = {}
    if part == "train" and recipe is None:
        varied = {"no_aug": True}
    elif part == "train" and recipe is not None:
        varied = {
            "scale": (recipe.min_area, 1.0),
            "color_jitter": recipe.jitter,
            "re_prob": recipe.erase,
        }
        if recipe.operations:
            varied["auto_augment"] = f"rand-m{recipe.magnitude:g}-n{recipe.operations}"
    return create_loader(
        Pictures(dataset.subset(part), torch.as_tensor),  # timm puts its own transform there
        input_size=(3, preprocess.size, preprocess.size),
        batch_size=config.batch_size,
        is_training=part == "train",
        use_prefetcher=False,
        mean=preprocess.mean,
        std=preprocess.std,
        interpolation=preprocess.interpolation,
        crop_pct=preprocess.size / preprocess.resize,
        num_workers=WORKERS,
        pin_memory=False,
        **varied,
    )


def _fastai_crop(fast: Any, recipe: Recipe | None, size: int) -> Any:
    if recipe is None:
        return fast.Resize(size)
    return fast.RandomResizedCrop(size, min_scale=recipe.min_area)


def _fastai_changes(fast: Any, recipe: Recipe | None) -> list[Any]:
    """Its own changes of place and light, done on whole batches; stronger where ours is."""
    if recipe is None:
        return []
    erase = [fast.RandomErasing(p=recipe.erase)] if recipe.erase else []
    if not recipe.operations:  # mirrored and a little light, as ours
        return [fast.Flip(), fast.Brightness(recipe.jitter), fast.Contrast(recipe.jitter), *erase]
    return [*fast.aug_transforms(max_lighting=recipe.jitter), *erase]


PEERS: Final[Mapping[str, Loop]] = {"timm": timm_loop, "fastai": fastai_loop}
"""By the names of the libraries."""
