"""What a training will take, from a short try on this computer and these pictures."""

from __future__ import annotations

import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - PyTorch's own convention

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.data.loading.cache import DecodeCache
from effnet_studio.engine.data.loading.cache_space import estimate as pixel_bytes
from effnet_studio.engine.data.loading.loader import default_workers, reader_of, steps_per_epoch
from effnet_studio.engine.device import choose_device, process_memory
from effnet_studio.engine.errors import ImageError
from effnet_studio.engine.events import ignore
from effnet_studio.engine.models.build import forward_split, freeze_stages, set_train_mode
from effnet_studio.engine.models.catalog import get_spec, preprocess_for
from effnet_studio.engine.models.fast_trunk import fast_split
from effnet_studio.engine.training.config import fit_to_random_weights
from effnet_studio.engine.training.fit import check_trainable, own_randomness
from effnet_studio.engine.training.linear_head import best_classifier, classifier_inputs, solves
from effnet_studio.engine.training.network import build_network
from effnet_studio.engine.training.optim import make_optimizer
from effnet_studio.engine.training.precision import ShortFormats, plan_precision
from effnet_studio.engine.training.precision_probe import decide, try_formats, worth_trying
from effnet_studio.engine.training.session import TrainJob
from effnet_studio.engine.training.solved_start import begins_solved
from effnet_studio.engine.training.trial import random_pictures, step_costs
from effnet_studio.engine.training.variation import augmenter_of, recipe_of, unchanging
from effnet_studio.engine.training.views import Gain, gain_of, may_keep

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from torch import Tensor, nn

    from effnet_studio.engine.data.dataset import Dataset, Sample
    from effnet_studio.engine.training.config import TrainConfig

PICTURES = 12
"""Pictures that are read for a try."""

PROBE = 8
"""Pictures in a pass without gradients that is tried."""

HEAD_STEP = 1e-4
"""Seconds of a step of the last layer alone, for each of its pictures."""

LONG_STEP = 3.0
"""Seconds that a step of the whole batch may take in a try; else fewer pictures are tried."""

START = 0.5
"""Seconds to begin and to end: building, weights, first and last files."""

ACTIVE = 1.15
"""Memory of a step over what is stored for the backward pass, for what comes and goes."""


@dataclass(frozen=True)
class Estimate:
    """What a training will take.

    Attributes:
        seconds: From start to end, the first reading of the pictures included.
        memory: Bytes of memory at the most; of the graphics card where one is used.
        disk: Bytes that stay on the disk.
    """

    seconds: float
    memory: int
    disk: int


def estimate(
    config: TrainConfig,
    dataset: Dataset,
    *,
    cache_dir: Path | None = None,
    cancel: CancelToken | None = None,
) -> Estimate:
    """Try each part of a training for a moment, and add up.

    Args:
        config: The settings, as they would be trained with.
        dataset: The pictures.
        cache_dir: Where decoded pictures are kept; those that are there need not be read.
        cancel: Stops it.

    Returns:
        The estimate.

    Raises:
        DatasetError: If there is nothing to train or validate on.
        ModelError: If there is no such architecture.
        Cancelled: If the user stops.
    """
    check_trainable(dataset)
    if config.weights == "none":
        config, _ = fit_to_random_weights(config)
    spec = get_spec(config.model)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        job = TrainJob(
            config=config,
            dataset=dataset,
            spec=spec,
            preprocess=preprocess_for(spec, config.image_size),
            device=torch.device(choose_device(config.device).name),
            run_dir=Path(folder),
            cache_dir=cache_dir,
            on_event=ignore,
            cancel=cancel or CancelToken(),
        )
        stack.enter_context(own_randomness(job))
        return _estimate(job, stack)


def _estimate(job: TrainJob, stack: ExitStack) -> Estimate:
    model = build_network(job)
    keeps = gain_of(job, model) if may_keep(job) else None
    if keeps is not None and "views" not in job.config.model_fields_set and not keeps.worth:
        keeps = None
    if keeps is None:
        job = replace(job, config=job.config.model_copy(update={"views": 0}))
    (read, vary), unread = _reading(job, stack)
    step, memory = (0.0, 0) if solves(job) else _step(job, model, features=keeps is not None)
    seconds = START + unread * read + _training_seconds(job, model, (step, vary), keeps)
    memory = memory or process_memory() or 0  # that of passing over pictures, just tried
    size = sum(tensor.numel() * tensor.element_size() for tensor in model.state_dict().values())
    moving = sum(p.numel() for p in model.parameters() if p.requires_grad) * 4
    disk = 2 * size + 2 * moving + _pictures_disk(job)
    if keeps is not None:
        disk += keeps.needed
    return Estimate(seconds, memory, disk)


def _training_seconds(
    job: TrainJob, model: nn.Module, costs: tuple[float, float], keeps: Gain | None
) -> float:
    """Seconds once the pictures are read.

    Args:
        job: What was asked for.
        model: The network.
        costs: Seconds of a step for each of its pictures, and to vary a picture.
        keeps: What keeping activations brings; None: they are not kept.
    """
    config, (step, vary) = job.config, costs
    train, val = (len(job.dataset.subset(part)) for part in ("train", "val"))
    frozen = job.always_frozen == len(job.spec.stages)
    if solves(job):
        return _trunk(job, model, train + val) + _solving(job, model, train)
    if frozen and unchanging(config) and not config.teacher:
        return _trunk(job, model, train + val) + config.epochs * train * HEAD_STEP
    first = _solved_first(job, model, train) if begins_solved(job) else 0.0
    trained = config.epochs - bool(first)
    if keeps is not None:
        looks = config.views * train
        once = _trunk(job, model, looks + val) + looks * vary
        checks = config.epochs * val * keeps.rest / 2
        return first + once + trained * train * step + checks
    half = config.epochs // 2
    relative = step_costs(job, model)
    tried = relative[half] / job.size_cost(half)  # frozen as in the middle, at full size
    checks = (1 + (config.ema > 0)) * val * _check(job, model)
    steps = sum(relative[bool(first) :]) / tried * train * step
    return first + steps + trained * train * vary + config.epochs * checks


def _solved_first(job: TrainJob, model: nn.Module, train: int) -> float:
    """Seconds of a first epoch that solves the last layer: all pictures once, then the layer."""
    pictures = random_pictures(job, PROBE, job.preprocess.size)
    with torch.no_grad():
        split = fast_split(model, job.spec, len(job.spec.stages), pictures[:2], images=train)
        seconds = _quickest(job, partial(split.trunk, pictures))
    return train * seconds / PROBE + _solving(job, model, train)


def _solving(job: TrainJob, model: nn.Module, train: int) -> float:
    """Seconds to solve the last layer."""
    width, classes = classifier_inputs(model, job.spec), len(job.dataset.classes)
    return solving_seconds(width, classes, train, on_step=job.pause_point)


def solving_seconds(
    width: int, classes: int, train: int, *, on_step: Callable[[], None] = lambda: None
) -> float:
    """Seconds to solve a last layer, tried on few pictures.

    Args:
        width: Features it gets.
        classes: Number of classes.
        train: Training pictures.
        on_step: Called at every step; may raise to break off.
    """
    few = min(train, 200)
    rng = np.random.default_rng(0)
    labels = rng.integers(classes, size=few).astype(np.int64)
    features = rng.normal(size=(few, width)).astype(np.float32)
    began = time.perf_counter()
    best_classifier(features, labels, classes, on_step=on_step)
    return (time.perf_counter() - began) * train / few


def _reading(job: TrainJob, stack: ExitStack) -> tuple[tuple[float, float], int]:
    """Seconds to read and to vary a picture, with the loader's threads; and how many to read."""
    varied = recipe_of(job.config) is not None
    cache = stack.enter_context(DecodeCache(job.cache_dir))
    train, val = job.dataset.subset("train"), job.dataset.subset("val")
    reader = reader_of(job.preprocess, varied=varied)
    unread = 0
    missing: list[Sample] = []
    for samples, own in ((train, reader), (val, reader_of(job.preprocess))):
        store = cache.store(samples, own)
        probes = range(0, len(samples), max(1, len(samples) // 32))
        absent = [index for index in probes if store.get(index) is None]
        unread += len(samples) * len(absent) // max(1, len(probes))
        missing += [samples[index] for index in absent]
    chosen = (missing or list(train))[:: max(1, len(missing or train) // PICTURES)][:PICTURES]
    augmenter = augmenter_of(job.config, job.preprocess.size)

    def read(sample: Sample) -> NDArray[np.uint8] | None:
        job.pause_point()
        try:
            return reader.read(sample.path)
        except ImageError:
            return None

    with ThreadPoolExecutor(job.config.workers or default_workers()) as pool:
        began = time.perf_counter()
        pictures = [pixels for pixels in pool.map(read, chosen) if pixels is not None]
        reading = (time.perf_counter() - began) / max(1, len(chosen))
        if augmenter is None or not pictures:
            return (reading, 0.0), unread
        began = time.perf_counter()
        list(pool.map(lambda pixels: augmenter(pixels, epoch=0, index=0), pictures))
        varying = (time.perf_counter() - began) / len(pictures)
    return (reading, varying), unread


def _pictures_disk(job: TrainJob) -> int:
    """Bytes of decoded pictures that are kept for later runs."""
    if job.cache_dir is None or solves(job):
        return 0
    varied = recipe_of(job.config) is not None
    return sum(
        pixel_bytes(samples, reader_of(job.preprocess, varied=of_train and varied))
        for samples, of_train in (
            (job.dataset.subset("train"), True),
            (job.dataset.subset("val"), False),
        )
    )


@torch.no_grad()
def _trunk(job: TrainJob, model: nn.Module, images: int) -> float:
    """Seconds to pass pictures through the frozen stages, the fast way."""
    pictures = random_pictures(job, PROBE, job.preprocess.size)
    split = fast_split(model, job.spec, job.always_frozen, pictures[:2], images=images)
    return images * _quickest(job, partial(split.trunk, pictures)) / PROBE


@torch.no_grad()
def _check(job: TrainJob, model: nn.Module) -> float:
    """Seconds to validate on a picture."""
    model.eval()
    pictures = random_pictures(job, PROBE, job.preprocess.size)
    return _quickest(job, partial(model, pictures)) / PROBE


def _step(job: TrainJob, model: nn.Module, *, features: bool) -> tuple[float, int]:
    """Seconds of a step for each of its pictures, and memory it needs."""
    config = job.config
    frozen = job.freeze(config.epochs // 2)
    precision = plan_precision(config.precision, job.device)
    steps = config.epochs * steps_per_epoch(len(job.dataset.subset("train")), config.batch_size)
    if worth_trying(job, steps):
        precision = decide(try_formats(job, model), job.device)
    freeze_stages(model, job.spec, frozen)
    set_train_mode(model, job.spec, frozen)
    split = forward_split(model, job.spec, frozen)
    optimizer = make_optimizer(model, config, job.spec)
    most = min(config.batch_size, config.micro_batch or config.batch_size)

    def run(inputs: Tensor, labels: Tensor) -> None:
        with ShortFormats(model, job.device, precision).used():
            logits = split.rest(inputs if features else split.trunk(inputs)).float()
        F.cross_entropy(logits, labels).backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        optimizer.zero_grad()

    count = min(4, most)
    seconds, stored = 0.0, 0
    while True:
        pictures = random_pictures(job, count, job.preprocess.size)
        inputs = split.trunk(pictures) if features else pictures
        labels = torch.arange(count, device=job.device) % len(job.dataset.classes)
        stored = _stored(partial(run, inputs, labels))
        seconds = _quickest(job, partial(run, inputs, labels))
        if count == most or seconds / count * most > LONG_STEP:
            break
        count = most
    moving = sum(p.numel() for p in model.parameters() if p.requires_grad) * 4
    weights = sum(p.numel() for p in model.parameters()) * 4
    own = process_memory() or 0 if job.device.type == "cpu" else weights
    memory = own + 3 * moving + (weights if config.ema else 0) + ACTIVE * stored * most / count
    return seconds / count, int(memory)


def _stored(work: Callable[[], None]) -> int:
    """Bytes that are kept for the backward pass, each tensor once."""
    sizes: dict[int, int] = {}

    def pack(tensor: Tensor) -> Tensor:
        storage = tensor.untyped_storage()
        sizes[storage.data_ptr()] = storage.nbytes()
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(pack, lambda tensor: tensor):
        work()
    return sum(sizes.values())


def _quickest(job: TrainJob, work: Callable[[], object], rounds: int = 3) -> float:
    """Seconds of the quickest of a few rounds, the first of which warms up."""
    times = []
    for _ in range(rounds):
        job.pause_point()
        began = time.perf_counter()
        work()
        if job.device.type == "cuda":
            torch.cuda.synchronize(job.device)
        times.append(time.perf_counter() - began)
    return min(times[1:])
