"""What the last layer gets of every picture while the preset Instant trains, for use outside a run.

Its network is frozen, so the features are computed once and the last layer can be solved for any
part of the pictures in a moment.
"""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch

from effnet_studio.engine.data.loading.cache import DecodeCache
from effnet_studio.engine.device import choose_device
from effnet_studio.engine.errors import TrainingError
from effnet_studio.engine.events import Noted
from effnet_studio.engine.messages import msg
from effnet_studio.engine.models.build import forward_split
from effnet_studio.engine.models.catalog import get_spec, preprocess_for
from effnet_studio.engine.models.scaled import inheritance
from effnet_studio.engine.models.weights import resolve_weights
from effnet_studio.engine.training.features import compute_features
from effnet_studio.engine.training.fit import check_trainable, own_randomness
from effnet_studio.engine.training.linear_head import inputs_of, solves
from effnet_studio.engine.training.memory import memory_errors
from effnet_studio.engine.training.network import build_network
from effnet_studio.engine.training.open_feed import fast_network, open_loader
from effnet_studio.engine.training.session import TrainJob

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from torch import nn

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.data.dataset import Dataset
    from effnet_studio.engine.events import OnEvent
    from effnet_studio.engine.models.spec import ModelSpec
    from effnet_studio.engine.models.weights import ResolvedWeights
    from effnet_studio.engine.training.config import TrainConfig
    from effnet_studio.engine.training.kept_feed import Activations


@dataclass(frozen=True, eq=False)
class FeatureSet:
    """Features of one part of a dataset.

    Attributes:
        features: float32, (n, d).
        labels: int64, (n,).
        places: Positions in the part of the pictures that could be read, int64, (n,).
    """

    features: NDArray[np.float32]
    labels: NDArray[np.int64]
    places: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class FrozenFeatures:
    """Features of a dataset.

    Attributes:
        train: Of the training pictures.
        val: Of the validation pictures.
        weights: Where the network's weights come from, such as ``"starter"``.
    """

    train: FeatureSet
    val: FeatureSet
    weights: str


def frozen_features(
    config: TrainConfig,
    dataset: Dataset,
    *,
    cache_dir: Path | None = None,
    on_event: OnEvent,
    cancel: CancelToken,
) -> FrozenFeatures:
    """Pass the training and validation pictures through the frozen network, once.

    The memory it takes is that of a run with the preset Instant, which keeps the same features.

    Args:
        config: Settings of the preset Instant.
        dataset: The pictures.
        cache_dir: Where decoded pictures may be kept; None: in memory only.
        on_event: Hears the progress.
        cancel: Stops or pauses it.

    Returns:
        The features.

    Raises:
        DatasetError: If there is nothing to train or validate on.
        TrainingError: If the network would not be frozen, as with random starting weights, or the
            pictures cannot be read any more.
        ModelError: If the architecture is unknown or the weights cannot be had.
        Cancelled: If it was stopped.
    """
    check_trainable(dataset)
    spec = get_spec(config.model)
    resolved = resolve_weights(spec, config.weights, on_event=on_event, cancel=cancel)
    on_event(Noted(resolved.description))
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        job = TrainJob(
            config=config,
            dataset=dataset,
            spec=spec,
            preprocess=preprocess_for(spec, config.image_size),
            device=torch.device(choose_device(config.device).name),
            run_dir=Path(folder),
            cache_dir=cache_dir,
            on_event=on_event,
            cancel=cancel,
        )
        if not solves(job) or not _knows_enough(spec, resolved):
            raise TrainingError(
                msg("The starting weights of {model} are not worth freezing.", model=spec.title),
                hint=msg("Choose a model with ImageNet weights, or EfficientNet-B0."),
            )
        stack.enter_context(memory_errors())
        stack.enter_context(own_randomness(job))
        model = build_network(job, resolved)
        fast = fast_network(job, model)
        model.eval()  # no dropout, as when the last layer is solved
        cache = stack.enter_context(DecodeCache(cache_dir))
        train, val = (
            compute_features(job, open_loader(job, part, stack, cache, again=False), fast)
            for part in ("train", "val")
        )
        return FrozenFeatures(_inputs(job, model, train), _inputs(job, model, val), resolved.kind)


def _knows_enough(spec: ModelSpec, resolved: ResolvedWeights) -> bool:
    """Whether Instant would freeze everything, as it does not where stages are random."""
    if resolved.kind == "none":
        return False
    if resolved.kind == "file" or spec.scaling is None:
        return True
    return inheritance(spec.scaling).stages == len(spec.stages)


def _inputs(job: TrainJob, model: nn.Module, kept: Activations) -> FeatureSet:
    """What the last layer gets for kept activations."""
    split = forward_split(model, job.spec, len(job.spec.stages))
    layer = model.get_submodule(job.spec.classifier)
    features = inputs_of(layer, lambda maps: split.rest(maps.to(job.device)), kept)
    return FeatureSet(features, kept.labels.numpy(), np.array(kept.indices, dtype=np.int64))
