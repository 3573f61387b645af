"""Are there enough images? The model is trained on parts of them, and the curve drawn on.

Trained is what the preset Instant trains: the network stays frozen, so the features are computed
once, and the last layer is solved for each part by the very function that Instant uses. The parts
are nested: each is contained in the next, as images are when somebody collects more. Copies and
series stay together. Only validation images are asked; those kept for a test have no say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.data.checks.row_groups import families
from effnet_studio.engine.data.store import load_index
from effnet_studio.engine.device import torch_threads
from effnet_studio.engine.evaluation.learning.power_law import Draws, Points, draw_curves
from effnet_studio.engine.evaluation.measures.significance import Share, wilson
from effnet_studio.engine.events import OnEvent, PauseChanged, ProgressMeter, Stage, ignore
from effnet_studio.engine.training.config import Preset, make_config

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from effnet_studio.engine.data.index import Index
    from effnet_studio.engine.project import Project
    from effnet_studio.engine.training.config import TrainConfig
    from effnet_studio.engine.training.frozen_features import FeatureSet

SHARES: Final = (0.25, 0.5, 0.75, 1.0)
"""Parts of the training images that are trained on."""

SEEDS: Final = 5
"""Trainings on each part but the whole, with other images in it."""

MANY: Final = 5000
"""Images from which two such trainings do: with so many it hardly matters which are in the part."""

ONE_THREAD: Final = 2000
"""Images up to which a second thread costs more than it brings."""


@dataclass(frozen=True, eq=False)
class LearningCurve:
    """What a model gets right after learning from more and more images.

    Attributes:
        dataset_version: Of the images.
        model: Catalog name of the architecture.
        weights: Where its weights come from, such as ``"starter"``.
        classes: Names.
        support: Validation images of each class, int64, shape (classes,).
        share: Part of the training images, of each training, float64, shape (trainings,); the last
            training is on all of them.
        images: Training images of each class, int64, shape (trainings, classes).
        right: Validation images that were recognised, int64, shape (trainings, classes).
        draws: Curves that these points may come from.
    """

    dataset_version: str
    model: str
    weights: str
    classes: tuple[str, ...]
    support: NDArray[np.int64]
    share: NDArray[np.float64]
    images: NDArray[np.int64]
    right: NDArray[np.int64]
    draws: Draws

    def images_now(self, column: int = -1) -> int:
        """Training images there are, of a class or (-1) of all."""
        now = self.images[-1]
        return int(now.sum() if column < 0 else now[column])

    def right_now(self, column: int = -1) -> Share:
        """Right answers after learning from all images: recall of a class, or (-1) accuracy."""
        right, support = self.right[-1], self.support
        if column < 0:
            return wilson(int(right.sum()), int(support.sum()))
        return wilson(int(right[column]), int(support[column]))

    def measured(self, column: int = -1) -> list[tuple[float, Share]]:
        """What was measured of a class or (-1) of all images, a point for each share.

        Returns:
            Training images, and right answers; of several trainings their mean, rounded to whole
            images.
        """
        points = []
        for level in np.unique(self.share):
            rows = self.share == level
            images, right = self.images[rows], self.right[rows]
            of_class = column if column >= 0 else slice(None)
            mean_images = float(images[:, of_class].reshape(len(images), -1).sum(axis=1).mean())
            mean_right = float(right[:, of_class].reshape(len(right), -1).sum(axis=1).mean())
            support = int(self.support[of_class].sum())
            points.append((mean_images, wilson(round(mean_right), support)))
        return points


def measure_learning_curve(
    project: Project,
    *,
    model: str | None = None,
    seeds: int | None = None,
    device: str = "auto",
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> LearningCurve:
    """Train on parts of a project's images, check each time on its validation images.

    Args:
        project: An open project.
        model: Catalog name of the architecture; None: the one that Instant takes by itself.
        seeds: Trainings on each part but the whole; None: as many as :func:`seeds_for` says.
        device: Where the network computes, such as ``auto`` or ``cpu``.
        on_event: Hears the progress: images passed through the network, then trainings.
        cancel: Stops or pauses the job.

    Returns:
        The curve.

    Raises:
        DatasetError: If there is nothing to train or validate on.
        TrainingError: If no network with weights worth freezing can be had.
        ModelError: If there is no such architecture.
        Cancelled: If the job was asked to stop.
    """
    from effnet_studio.engine.training.frozen_features import frozen_features

    token = cancel or CancelToken()
    index = load_index(project)
    dataset = index.dataset()
    config = instant_config(model, device=device)
    found = frozen_features(
        config,
        dataset,
        cache_dir=None if project.read_only else project.cache_dir,
        on_event=on_event,
        cancel=token,
    )
    samples = dataset.subset("train")
    ids = [samples[place].id for place in found.train.places.tolist()]
    points = train_on_parts(
        found.train,
        found.val,
        classes=len(dataset.classes),
        groups=_families(index, ids),
        seeds=seeds or seeds_for(len(ids)),
        on_event=on_event,
        cancel=token,
    )
    draws = draw_curves(points, on_step=lambda: _check(token, on_event))
    return summarize_curve(
        points,
        draws,
        classes=dataset.classes,
        about=(dataset.version, config.model, found.weights),
    )


def instant_config(model: str | None = None, *, device: str = "auto") -> TrainConfig:
    """The settings of the preset Instant.

    Args:
        model: Catalog name of the architecture; None: the default.
        device: Where to compute.
    """
    chosen = {} if model is None else {"model": model}
    return make_config(Preset.INSTANT, **chosen, device=device)


def summarize_curve(
    points: Points, draws: Draws, *, classes: tuple[str, ...], about: tuple[str, str, str]
) -> LearningCurve:
    """Count right answers by class.

    Args:
        points: The trainings.
        draws: Curves through them.
        classes: Names.
        about: Version of the dataset, model, and where its weights come from.
    """
    is_class = np.eye(len(classes), dtype=np.int64)[points.labels]
    version, model, weights = about
    return LearningCurve(
        dataset_version=version,
        model=model,
        weights=weights,
        classes=classes,
        support=is_class.sum(axis=0),
        share=points.share,
        images=points.images,
        right=(~points.wrong).astype(np.int64) @ is_class,
        draws=draws,
    )


def train_on_parts(
    train: FeatureSet,
    val: FeatureSet,
    *,
    classes: int,
    groups: NDArray[np.int64],
    shares: tuple[float, ...] = SHARES,
    seeds: int = SEEDS,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> Points:
    """Solve the last layer for nested parts of the images, and check each solution.

    Args:
        train: Features to learn from.
        val: Features to check on.
        classes: Number of classes.
        groups: Family of each training image, int64, (n,): those stay together; -1 for none.
        shares: Parts of the images, ascending, the last one 1.
        seeds: Trainings on each part but the whole.
        on_event: Hears the progress, in trainings.
        cancel: Checked at every step of every training.

    Returns:
        The trainings, that on all images last.

    Raises:
        Cancelled: If the job was asked to stop.
    """
    from effnet_studio.engine.training.linear_head import best_classifier

    token = cancel or CancelToken()
    plan = [(share, seed) for share in shares[:-1] for seed in range(seeds)] + [(shares[-1], 0)]
    meter = ProgressMeter(Stage.TRAIN, len(plan), on_event, unit="steps")
    orders = [nested_order(train.labels, groups, seed=seed) for seed in range(seeds)]
    images = np.empty((len(plan), classes), dtype=np.int64)
    wrong = np.empty((len(plan), len(val.labels)), dtype=bool)
    for number, (share, seed) in enumerate(plan):
        rows = np.sort(part_of(train.labels, orders[seed], share))
        labels = train.labels[rows]
        with torch_threads(threads_for(len(rows))):
            found = best_classifier(
                train.features[rows], labels, classes, on_step=lambda: _check(token, on_event)
            )
        images[number] = np.bincount(labels, minlength=classes)
        wrong[number] = found(val.features).argmax(axis=1) != val.labels
        meter.advance()
    meter.finish()
    share_of = np.array([share for share, _ in plan], dtype=np.float64)
    return Points(share_of, images, wrong, val.labels)


def seeds_for(images: int) -> int:
    """Trainings on each part of so many training images but the whole."""
    return SEEDS if images < MANY else 2


def threads_for(images: int) -> int:
    """Threads to solve with; 0 for as many as there are.

    A solution for a few hundred images takes half the time with one, on two cores, and a tenth
    where the cores have other work too.
    """
    return 1 if images <= ONE_THREAD else 0


def nested_order(
    labels: NDArray[np.int64], groups: NDArray[np.int64], *, seed: int
) -> NDArray[np.int64]:
    """An order of chance in which the images of a family follow each other.

    Args:
        labels: Class of each image, int64, (n,).
        groups: Family of each, int64, (n,); -1 for none.
        seed: Makes it repeatable.

    Returns:
        Positions, int64, (n,), class by class.
    """
    alone = int(groups.max(initial=-1)) + 1 + np.arange(len(groups))
    _, unit = np.unique(np.where(groups >= 0, groups, alone), return_inverse=True)
    chance = np.random.default_rng([seed, 0xC0DE]).permutation(int(unit.max(initial=-1)) + 1)
    return np.lexsort((chance[unit], labels))


def part_of(labels: NDArray[np.int64], order: NDArray[np.int64], share: float) -> NDArray[np.int64]:
    """The first images of each class in an order, so that smaller parts lie in larger ones.

    Args:
        labels: Class of each image, int64, (n,).
        order: As :func:`nested_order` gives it.
        share: Part of each class, in (0, 1]; at least one image of each is taken.

    Returns:
        Positions, int64.
    """
    counts = np.bincount(labels)
    wanted = np.maximum(np.rint(share * counts), 1).astype(np.int64)
    starts = np.cumsum(counts) - counts
    rank = np.arange(len(order)) - starts[labels[order]]
    taken: NDArray[np.int64] = order[rank < wanted[labels[order]]]
    return taken


def _families(index: Index, ids: list[int]) -> NDArray[np.int64]:
    rows = index.rows_of(ids)
    return families(index, np.sort(rows))[rows]


def _check(token: CancelToken, on_event: OnEvent) -> None:
    token.check(lambda paused: on_event(PauseChanged(paused)))
