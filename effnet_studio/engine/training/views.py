"""The frozen part's activations, computed once for a few variants of each picture and kept.

With all but the last stages frozen, most of an epoch would go into computing the same thing again
for slightly other crops. So the frozen part looks at a few variants of each picture, once, and the
epochs take them in turn. Kept as bfloat16 (half the room; what trains on them does not notice),
those for validation in full, so that the accuracy is the one that prediction gives.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch

from effnet_studio.engine import atomic
from effnet_studio.engine.data.loading.cache_space import VIEWS, bytes_below, default_limit, keys
from effnet_studio.engine.events import Noted, ProgressMeter, Stage
from effnet_studio.engine.messages import msg
from effnet_studio.engine.models.build import SplitForward, forward_split
from effnet_studio.engine.models.fast_trunk import fast_split
from effnet_studio.engine.training.feeds import trunk_maps
from effnet_studio.engine.training.kept_feed import Activations, KeptFeed, as_bfloat16
from effnet_studio.engine.training.trial import random_pictures, untouched
from effnet_studio.engine.training.variation import recipe_of

if TYPE_CHECKING:
    from contextlib import ExitStack

    from torch import nn

    from effnet_studio.engine.data.loading.loader import PictureLoader
    from effnet_studio.engine.training.session import TrainJob

WORTH = 1.4
"""How much faster a run must become: else it is not worth the disk."""

PROBE_IMAGES = 8
"""Pictures that the two parts of the network are timed with."""

_ABOUT = "about.json"


class _Pass(NamedTuple):
    """A pass over all pictures: for what, through what, and how far it is."""

    job: TrainJob
    split: SplitForward
    meter: ProgressMeter


def may_keep(job: TrainJob) -> bool:
    """Whether the settings allow it: the same stages frozen throughout, pictures of one size."""
    config = job.config
    return (
        config.views > 0
        and job.world.size == 1
        and not config.thaw_every
        and not config.mixes
        and config.start_size is None
        and not config.teacher
        and 0 < job.always_frozen < len(job.spec.stages)
    )


@dataclass(frozen=True)
class Gain:
    """What keeping activations would bring.

    Attributes:
        factor: How many times as fast a run becomes.
        rest: Seconds of a step for each picture, behind the frozen stages.
        needed: Bytes on the disk.
        room: Bytes there are.
    """

    factor: float
    rest: float
    needed: int
    room: int

    @property
    def worth(self) -> bool:
        """Whether it is clearly faster, and there is room."""
        return self.factor >= WORTH and self.needed <= self.room


def gain_of(job: TrainJob, model: nn.Module) -> Gain:
    """Measure what keeping activations would bring.

    Args:
        job: What was asked for.
        model: The network on its device; it is the same afterwards.
    """
    trunk, rest, size = _time_parts(job, model)
    epochs, views = job.config.epochs, job.config.views
    factor = epochs * (trunk + rest) / (views * trunk + epochs * rest)
    train, val = (len(job.dataset.subset(part)) for part in ("train", "val"))
    return Gain(factor, rest, size * (2 * views * train + 4 * val), _limit(job))


def worth_keeping(job: TrainJob, model: nn.Module) -> bool:
    """Measure whether it pays, and say so if it does.

    Args:
        job: What was asked for.
        model: The network on its device; it is the same afterwards.
    """
    gain = gain_of(job, model)
    if gain.worth:
        job.on_event(
            Noted(
                msg(
                    "The frozen stages look at {views} variants of each image once; that makes "
                    "the training about {gain:.1f}× as fast and takes {size:.0f} MB of disk.",
                    views=job.config.views,
                    gain=gain.factor,
                    size=gain.needed / 1e6,
                )
            )
        )
    return gain.worth


def _limit(job: TrainJob) -> int:
    with contextlib.suppress(OSError):
        return default_limit(job.cache_dir or job.run_dir)
    return 0


def _time_parts(job: TrainJob, model: nn.Module) -> tuple[float, float, int]:
    """Seconds of the frozen part and of the rest for each picture, and numbers kept for one."""
    count = min(PROBE_IMAGES, job.config.batch_size)
    pictures = maps = random_pictures(job, count, job.preprocess.size)
    seconds = [float("inf")] * 2
    with untouched(model):
        model.eval()
        split = forward_split(model, job.spec, job.always_frozen)
        for _ in range(2):
            job.pause_point()
            began = time.perf_counter()
            maps = split.trunk(pictures)
            middle = time.perf_counter()
            split.rest(maps).square().mean().backward()  # type: ignore[no-untyped-call]
            ended = time.perf_counter()
            seconds = [min(seconds[0], middle - began), min(seconds[1], ended - middle)]
    return seconds[0] / count, seconds[1] / count, maps[0].numel()


def open_views(
    job: TrainJob,
    model: nn.Module,
    loaders: tuple[PictureLoader, PictureLoader],
    stack: ExitStack,
) -> KeptFeed:
    """Take the kept activations, or compute and keep them.

    Args:
        job: What was asked for.
        model: The network on its device.
        loaders: Of the training pictures, varied as the settings say, and of the validation ones.
        stack: Ends what is only kept for this run.

    Returns:
        The feed.

    Raises:
        TrainingError: If more than half of the pictures cannot be read any more.
        StorageError: If they cannot be written.
        Cancelled: If the user stops.
    """
    if job.cache_dir is None:
        root = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    else:
        root = job.cache_dir / VIEWS
    folder = root / _key(job, model)
    if not (folder / _ABOUT).exists():
        _compute(job, model, loaders, folder)
        _forget_old(root, folder, _limit(job))
    with contextlib.suppress(OSError):
        (folder / _ABOUT).touch()  # what was used last is kept longest
    about = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
    train, val = (_open(job, folder, part, tuple(about[part])) for part in ("train", "val"))
    return KeptFeed(train, val, job)


def _key(job: TrainJob, model: nn.Module) -> str:
    """Name of everything that decides on the activations."""
    config = job.config
    digest = hashlib.sha256()
    about = {
        "model": job.spec.name,
        "frozen": job.always_frozen,
        "views": config.views,
        "seed": config.seed,
        "recipe": repr(recipe_of(config)),
        "preprocess": job.preprocess.model_dump(mode="json"),
        "files": [[str(s.path), s.split] for s in job.dataset.samples],
        "version": job.dataset.version,
    }
    digest.update(json.dumps(about, sort_keys=True).encode())
    prefixes = tuple(
        f"{name}." for stage in job.spec.stages[: job.always_frozen] for name in stage.modules
    )
    for name, tensor in model.state_dict().items():
        if name.startswith(prefixes):
            digest.update(tensor.detach().cpu().contiguous().numpy().tobytes())
    return f"{job.spec.name}-{digest.hexdigest()[:16]}"


def _compute(
    job: TrainJob, model: nn.Module, loaders: tuple[PictureLoader, PictureLoader], folder: Path
) -> None:
    """Run the frozen part over all pictures and write what it gives; the record comes last."""
    views = job.config.views if recipe_of(job.config) is not None else 1
    train, val = loaders
    example = torch.randn((2, 3, job.preprocess.size, job.preprocess.size)).to(job.device)
    total = views * len(train.samples) + len(val.samples)
    example = example.to(memory_format=torch.channels_last)
    split = fast_split(model, job.spec, job.always_frozen, example, images=total)
    reading = _Pass(job, split, ProgressMeter(Stage.FEATURES, total, job.on_event))
    with atomic.storage_errors(folder):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        about = {
            "train": _write(reading, train, folder / "train.npy", views),
            "val": _write(reading, val, folder / "val.npy", 0),
        }
    reading.meter.finish()
    atomic.write_json(folder / _ABOUT, about)


@torch.no_grad()
def _write(reading: _Pass, loader: PictureLoader, path: Path, views: int) -> list[int]:
    """Write the views of a set, bfloat16; or, for no views, the set as it is, float32.

    Returns:
        Positions of the pictures that could be read in every view.
    """
    job = reading.job
    kept: np.memmap[tuple[int, ...], np.dtype[np.generic]] | None = None
    count, good = len(loader.samples), set(range(len(loader.samples)))
    for view in range(max(1, views)):
        seen: set[int] = set()
        for batch, given in trunk_maps(job, loader, reading.split, reading.meter, view):
            maps = given.cpu()
            values = as_bfloat16(maps) if views else maps.contiguous().numpy()
            if kept is None:
                shape = (max(1, views), count, *values.shape[1:])
                kept = np.lib.format.open_memmap(path, "w+", values.dtype, shape)
            kept[view, list(batch.indices)] = values
            seen.update(batch.indices)
        good &= seen
    if kept is not None:
        kept.flush()
    return sorted(good)


def _open(job: TrainJob, folder: Path, part: str, indices: tuple[int, ...]) -> Activations:
    values = np.load(folder / f"{part}.npy", mmap_mode="r")
    samples = job.dataset.subset("train" if part == "train" else "val")
    labels = torch.tensor([samples[index].label for index in indices], dtype=torch.int64)
    if len(indices) < values.shape[1]:
        values = values[:, list(indices)]
    return Activations(values, labels, indices)


def _forget_old(root: Path, newest: Path, limit: int) -> None:
    """Delete what was used longest ago until the rest fits."""
    others = sorted((key for key in keys(root) if key != newest), key=_last_use)
    while others and bytes_below(root) > limit:
        shutil.rmtree(others.pop(0), ignore_errors=True)


def _last_use(folder: Path) -> float:
    with contextlib.suppress(OSError):
        return (folder / _ABOUT).stat().st_mtime
    return 0.0
