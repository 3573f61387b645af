"""How good a recipe is on a small set: trained several times, each time checked on other pictures.

With fifty pictures a fifth is ten, and ten answers say little. In k-fold cross-validation (Stone
1974, "Cross-validatory choice and assessment of statistical predictions") every picture is checked
once, by a model that has not seen it or its copies.
"""

from __future__ import annotations

import shutil
import statistics
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from effnet_studio.engine.data.dataset import Dataset
from effnet_studio.engine.data.split import Member, draw_folds
from effnet_studio.engine.data.store import load_index
from effnet_studio.engine.events import OnEvent, ignore
from effnet_studio.engine.training.fit import fit
from effnet_studio.engine.training.runs import load_run

if TYPE_CHECKING:
    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.data.index import Index
    from effnet_studio.engine.project import Project
    from effnet_studio.engine.training.config import TrainConfig

FOLDER = "folds"
"""Below the project's cache; the models are thrown away."""


@dataclass(frozen=True)
class CrossValidation:
    """What came of it.

    Attributes:
        accuracies: Share of right answers of each fold after its last epoch. Not of its best one:
            which that is, is chosen with the very pictures it is checked on.
        images: Pictures that were checked, each once.
    """

    accuracies: tuple[float, ...]
    images: int

    @property
    def mean(self) -> float:
        """Of the folds."""
        return statistics.fmean(self.accuracies)

    @property
    def deviation(self) -> float:
        """Sample standard deviation of the folds."""
        return statistics.stdev(self.accuracies)


def cross_validate(
    project: Project,
    config: TrainConfig,
    *,
    folds: int = 5,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> CrossValidation:
    """Train and check once for each fold of the pictures for training and validation.

    Args:
        project: Writable.
        config: The recipe; its seed also draws the folds.
        folds: How many, at least 2.
        on_event: Hears each training, in this thread.
        cancel: Stops or pauses it.

    Returns:
        The accuracies.

    Raises:
        DatasetError: If there are too few pictures for so many folds.
        StudioError: As :func:`~.fit.fit`.
    """
    project.require_writable()
    index = load_index(project)
    parts = fold_datasets(index, folds=folds, seed=config.seed)
    root = project.cache_dir / FOLDER
    accuracies = []
    for number, dataset in enumerate(parts):
        run_dir = root / str(number)
        shutil.rmtree(run_dir, ignore_errors=True)
        run_dir.mkdir(parents=True)
        try:
            fit(
                config,
                dataset,
                run_dir=run_dir,
                cache_dir=project.cache_dir,
                on_event=on_event,
                cancel=cancel,
            )
            accuracies.append(load_run(run_dir).epochs[-1].accuracy)
        finally:
            shutil.rmtree(root, ignore_errors=True)
        if cancel is not None:
            cancel.check()
    checked = sum(len(dataset.subset("val")) for dataset in parts)
    return CrossValidation(tuple(accuracies), checked)


def fold_datasets(index: Index, *, folds: int, seed: int) -> list[Dataset]:
    """The dataset once for each fold, which is its validation part; test pictures are left out.

    Args:
        index: The pictures.
        folds: How many.
        seed: Makes the draw repeatable.

    Returns:
        ``folds`` datasets; each picture is validated on in exactly one of them.

    Raises:
        DatasetError: If there are too few pictures for so many folds.
    """
    dataset = index.dataset()
    samples = [sample for sample in dataset.samples if sample.split != "test"]
    rows = index.rows_of(sample.id for sample in samples).tolist()
    members = [
        Member(
            str(sample.path),
            dataset.classes[sample.label],
            None,
            int(max(index.duplicates[row], -1)),
        )
        for sample, row in zip(samples, rows, strict=True)
    ]
    drawn = draw_folds(members, folds=folds, seed=seed)
    return [
        Dataset(
            dataset.classes,
            tuple(
                replace(sample, split="val" if fold == number else "train")
                for sample, fold in zip(samples, drawn, strict=True)
            ),
            f"{dataset.version}-{number}",
        )
        for number in range(folds)
    ]
