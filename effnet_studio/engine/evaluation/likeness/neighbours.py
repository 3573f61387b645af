"""The training images most like a new one, and whether it is like any of them at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from effnet_studio.engine.data.dataset import SPLITS
from effnet_studio.engine.data.store import load_index
from effnet_studio.engine.errors import DatasetError, ModelError
from effnet_studio.engine.evaluation.likeness.describers import choose_describer
from effnet_studio.engine.evaluation.likeness.feature_cache import opened
from effnet_studio.engine.evaluation.likeness.vectors import ensure_vectors
from effnet_studio.engine.messages import msg
from effnet_studio.engine.predict.torch_predictor import TorchPredictor

if TYPE_CHECKING:
    from pathlib import Path

    import torch
    from numpy.typing import NDArray

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.data.index import Index
    from effnet_studio.engine.events import OnEvent
    from effnet_studio.engine.predict.predictor import Predictor, Source
    from effnet_studio.engine.project import Project

RANK: Final = 5
"""The neighbour by which it is judged whether an image is like the training images."""

REFUSED: Final = 0.02
"""Share of images of the known kinds that are taken for strangers."""

MOST: Final = 20_000
"""Training images that are compared; of more, so many are drawn."""

JUDGES: Final = 2_000
"""Held-back images by which the limit is set; of more, so many are drawn."""

FEW: Final = 20
"""Held-back images below which training images set the limit, each compared with the others."""


@dataclass(frozen=True)
class Neighbour:
    """A training image.

    Attributes:
        path: Its file.
        label: Name of its class.
        similarity: Cosine of the angle between the features, in [-1, 1].
    """

    path: Path
    label: str
    similarity: float


class Gallery:
    """The training images as a run's model sees them; made by :func:`open_gallery`.

    A new image is a stranger if its k-th nearest training image is farther than that of nearly all
    images that were held back (deep nearest neighbours: Sun et al., "Out-of-Distribution Detection
    with Deep Nearest Neighbors", ICML 2022, section 3, with features of length 1).

    Args:
        vectors: Of the training images, float32, (n, d), each of length 1.
        paths: Their files.
        labels: Names of their classes.
        limit: Similarity to the :data:`RANK`-th nearest below which an image is a stranger.
    """

    def __init__(
        self,
        vectors: NDArray[np.float32],
        paths: list[Path],
        labels: list[str],
        limit: float,
    ) -> None:
        self._vectors, self._paths, self._labels = vectors, paths, labels
        self.limit = limit

    def __len__(self) -> int:
        return len(self._paths)

    def nearest(self, vector: NDArray[np.float32], count: int = RANK) -> tuple[Neighbour, ...]:
        """The training images most like an image, the most alike first.

        Args:
            vector: From :func:`vector_of`, float32, (d,).
            count: How many.
        """
        similarity = self._vectors @ vector
        order = np.argsort(-similarity, kind="stable")[: max(0, count)]
        return tuple(
            Neighbour(self._paths[row], self._labels[row], float(similarity[row])) for row in order
        )

    def is_stranger(self, vector: NDArray[np.float32]) -> bool:
        """Whether an image is like none of the training images.

        Args:
            vector: From :func:`vector_of`, float32, (d,).
        """
        return float(kth_similarity(vector[None], self._vectors)[0]) < self.limit


def open_gallery(
    project: Project, run: str, *, on_event: OnEvent, cancel: CancelToken, seed: int = 0
) -> Gallery:
    """See the project's images through a run's model; what was computed before is kept.

    Args:
        project: An open project.
        run: Which run; the beginning of its id is enough.
        on_event: Hears the progress, in images.
        cancel: Stops it; what was computed is kept.
        seed: Of the draw, where there are more images than are compared.

    Returns:
        The training images.

    Raises:
        ProjectError: If there is no such run.
        DatasetError: If there are no training images that can be read.
        ModelError: If the run's weights cannot be used.
        StorageError: If the cache cannot be written.
        Cancelled: If the job was asked to stop.
    """
    index = load_index(project)
    describer = choose_describer(project, run)
    with opened(project) as cache:
        ids = ensure_vectors(cache, describer, index, on_event=on_event, cancel=cancel)
        vectors = np.concatenate(list(cache.blocks(ids)))
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    rows = index.rows_of(ids.tolist())
    train = _drawn(np.flatnonzero(index.splits[rows] == SPLITS.index("train")), MOST, seed)
    held = _drawn(np.flatnonzero(index.splits[rows] != SPLITS.index("train")), JUDGES, seed)
    if not len(train):
        raise DatasetError(
            msg("There are no training images to compare with."),
            hint=msg("Check that the drive with the images is connected."),
        )
    return Gallery(
        vectors[train],
        [index.path(int(row)) for row in rows[train]],
        _labels(index, rows[train]),
        find_limit(vectors[train], vectors[held]),
    )


def of_run(predictor: Predictor) -> TorchPredictor:
    """Make sure that a model is a run's, which knows its training images.

    Args:
        predictor: The model.

    Returns:
        The same.

    Raises:
        ModelError: If it is an exported file.
    """
    if isinstance(predictor, TorchPredictor):
        return predictor
    raise ModelError(
        msg("An exported file gives answers only; it knows no training images."),
        hint=msg("Choose a run of a project instead."),
        path=predictor.path,
    )


def vector_of(predictor: Predictor, source: Source) -> NDArray[np.float32]:
    """What a run's last layer is given for an image.

    Args:
        predictor: The run's model; it is the same afterwards.
        source: The image.

    Returns:
        float32, (d,), of length 1.

    Raises:
        ModelError: If it is an exported file, or cannot be run.
        ImageError: If the image cannot be used.
    """
    network = of_run(predictor)
    batch = network.preprocess.normalize(network.picture(source)[None])
    seen: list[torch.Tensor] = []
    with network.exclusive() as model:
        layer = model.get_submodule(network.spec.classifier)
        hook = layer.register_forward_pre_hook(lambda _module, inputs: seen.append(inputs[0]))
        try:
            network.logits(batch)
        finally:
            hook.remove()
    vector: NDArray[np.float32] = seen[0].flatten().float().cpu().numpy()
    return vector / max(float(np.linalg.norm(vector)), 1e-12)


def kth_similarity(
    vectors: NDArray[np.float32], known: NDArray[np.float32], rank: int = RANK
) -> NDArray[np.float32]:
    """Similarity of each vector to its k-th nearest among known ones.

    Args:
        vectors: float32, (m, d), of length 1.
        known: float32, (n, d), of length 1.
        rank: Which neighbour; of fewer, the farthest.

    Returns:
        float32, (m,).
    """
    place = max(0, len(known) - rank)
    parts = np.array_split(vectors, max(1, len(vectors) // 256))
    found = [np.partition(part @ known.T, place, axis=1)[:, place] for part in parts]
    return np.concatenate(found)


def find_limit(train: NDArray[np.float32], held: NDArray[np.float32]) -> float:
    """Similarity below which an image is a stranger.

    Args:
        train: Of the training images, float32, (n, d).
        held: Of images that were held back, float32, (m, d).

    Returns:
        The limit, such that :data:`REFUSED` of the held-back images are below it.
    """
    if len(held) >= FEW:
        similarity = kth_similarity(held, train)
    else:  # each is its own nearest
        similarity = kth_similarity(train[:JUDGES], train, RANK + 1)
    return float(np.quantile(similarity, REFUSED))


def _drawn(rows: NDArray[np.int64], most: int, seed: int) -> NDArray[np.int64]:
    if len(rows) <= most:
        return rows
    return np.sort(np.random.default_rng(seed).choice(rows, most, replace=False))


def _labels(index: Index, rows: NDArray[np.int64]) -> list[str]:
    return [index.class_names[int(number)] for number in index.classes[rows]]
