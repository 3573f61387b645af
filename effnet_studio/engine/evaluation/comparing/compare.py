"""Two runs side by side: settings, accuracy on the same images, and where they disagree."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from effnet_studio.engine.data.dataset import Dataset
from effnet_studio.engine.data.store import load_dataset
from effnet_studio.engine.data.versions import VersionDiff, load_version
from effnet_studio.engine.data.versions import compare as compare_versions
from effnet_studio.engine.errors import ConfigError, DatasetError, ProjectError
from effnet_studio.engine.evaluation.comparing.comparison import (
    Answer,
    Comparison,
    Disagreement,
    settings_diff,
)
from effnet_studio.engine.evaluation.comparing.gains import find_gains
from effnet_studio.engine.evaluation.evaluate import part_of
from effnet_studio.engine.evaluation.measures.bootstrap import ModelAnswers
from effnet_studio.engine.evaluation.measures.metrics import true_log_probability
from effnet_studio.engine.evaluation.measures.significance import mcnemar, wilson
from effnet_studio.engine.evaluation.run_evaluation import evaluate_run
from effnet_studio.engine.events import OnEvent, ignore
from effnet_studio.engine.messages import msg
from effnet_studio.engine.training.runs import Run, load_run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.data.dataset import Sample, Split
    from effnet_studio.engine.evaluation.comparing.gains import Gain
    from effnet_studio.engine.project import Project


def compare_runs(
    project: Project,
    first: str,
    second: str,
    *,
    split: Split = "val",
    device: str = "auto",
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> Comparison:
    """Put two runs side by side; what they have not judged yet they judge now.

    Only images are counted that are fair to both: neither has learned from them, and both know
    their class.

    Args:
        project: An open project; a read-only one keeps no answers.
        first: A run; the beginning of its id is enough.
        second: Another.
        split: Part of today's images, with today's labels: those mended since count for both.
        device: Where the networks compute.
        on_event: Hears the progress, of one run after the other.
        cancel: Stops the job at the next image.

    Returns:
        The comparison.

    Raises:
        ConfigError: If the two are the same run.
        DatasetError: If the part has no images, none is fair to both, or none can be read.
        ProjectError: If there is no such run.
        ModelError: If weights are missing or damaged.
        Cancelled: If the job was asked to stop.
    """
    runs = [load_run(project.find_run(name)) for name in (first, second)]
    one, other = runs
    if one.run_id == other.run_id:
        raise ConfigError(
            msg("There is nothing to compare: both are {run}.", run=one.title),
            hint=msg("Choose two runs."),
        )
    dataset = load_dataset(project)
    samples = {sample.id: sample for sample in part_of(dataset, split)}
    learned = [learned_from(project, run) for run in runs]
    fair = {
        number: sample
        for number, sample in samples.items()
        if not any(str(sample.path) in paths for paths in learned)
    }
    shared = set(one.classes) & set(other.classes)
    known = {n: s for n, s in fair.items() if dataset.classes[s.label] in shared}
    if not known:
        raise DatasetError(
            msg("There is no image to compare the two runs on."),
            hint=msg("One of them has learned from every image, or knows none of their classes."),
        )
    answers = [
        _answers(
            project,
            run,
            dataset,
            known,
            split=split,
            device=device,
            on_event=on_event,
            cancel=cancel,
        )
        for run in runs
    ]
    both = [number for number in known if all(number in said for said in answers)]
    if not both:
        raise DatasetError(
            msg("None of the {count} images can be read any more.", count=len(known)),
            hint=msg("Check that the drive is connected and the folder still exists."),
        )
    return _compared(
        runs,
        [(samples[n], answers[0][n], answers[1][n]) for n in both],
        dataset.classes,
        images=_images_between(project, one, other),
        cancel=cancel,
        split=split,
        seen=len(samples) - len(fair),
        unknown=len(fair) - len(known),
        unreadable=len(known) - len(both),
    )


def _compared(
    runs: Sequence[Run],
    judged: Sequence[tuple[Sample, Answer, Answer]],
    classes: Sequence[str],
    *,
    images: VersionDiff | None,
    cancel: CancelToken | None,
    split: Split,
    **left_out: int,
) -> Comparison:
    differing = sorted(
        (
            Disagreement(sample.id, sample.path, classes[sample.label], a, b)
            for sample, a, b in judged
            if a.label != b.label
        ),
        key=lambda each: -max(each.first.confidence, each.second.confidence),
    )
    firsts = sum(answer.right for _, answer, _ in judged)
    seconds = sum(answer.right for _, _, answer in judged)
    only = [sum(each.verdict == side for each in differing) for side in ("first", "second")]
    return Comparison(
        first=runs[0],
        second=runs[1],
        settings=settings_diff(runs[0], runs[1]),
        images=images,
        changed=None if images is None else images.among({str(s.path) for s, _, _ in judged}),
        split=split,
        judged=len(judged),
        first_share=wilson(firsts, len(judged)),
        second_share=wilson(seconds, len(judged)),
        disagreements=tuple(differing),
        gains=_gains(judged, classes, cancel),
        p_value=mcnemar(only[0], only[1]),
        **left_out,
    )


def _gains(
    judged: Sequence[tuple[Sample, Answer, Answer]],
    classes: Sequence[str],
    cancel: CancelToken | None,
) -> tuple[Gain, ...]:
    """The figures of both, in numbers of classes that both share; a run may know other classes."""
    sides = [[one for _, one, _ in judged], [other for _, _, other in judged]]
    names = dict.fromkeys([*classes, *(answer.label for side in sides for answer in side)])
    numbers = {name: number for number, name in enumerate(names)}
    first, second = (
        ModelAnswers(
            np.array([numbers[answer.label] for answer in side], dtype=np.int64),
            np.array([answer.loss for answer in side], dtype=np.float64),
        )
        for side in sides
    )
    true = np.array([numbers[classes[sample.label]] for sample, _, _ in judged], dtype=np.int64)
    return find_gains(true, first, second, len(numbers), cancel=cancel)


def _images_between(project: Project, first: Run, second: Run) -> VersionDiff | None:
    if first.dataset_version == second.dataset_version:
        return VersionDiff((), (), (), ())
    try:
        before, after = (load_version(project, run.dataset_version) for run in (first, second))
    except DatasetError:
        return None
    return compare_versions(before, after)


def learned_from(project: Project, run: Run) -> set[str]:
    """Files that a run was trained on, whatever part they belong to today.

    A run that began with another run's weights knows what that one was trained on too.

    Args:
        project: An open project.
        run: One of its runs.

    Returns:
        Their paths; of versions of the dataset that are not remembered, and of runs that are gone,
        none.
    """
    paths: set[str] = set()
    seen: set[str] = set()
    while run.run_id not in seen:
        seen.add(run.run_id)
        with contextlib.suppress(DatasetError):
            content = load_version(project, run.dataset_version)
            paths |= {path for path, (_, part) in content.items() if part == "train"}
        if run.origin is None or not run.origin.start:
            break
        try:
            run = load_run(project.find_run(run.origin.start))
        except ProjectError:
            break
    return paths


def _answers(
    project: Project,
    run: Run,
    dataset: Dataset,
    samples: dict[int, Sample],
    *,
    split: Split,
    device: str,
    on_event: OnEvent,
    cancel: CancelToken | None,
) -> dict[int, Answer]:
    """What a run says of images, by their numbers; from its report if that is of these images."""
    whole = set(dataset.classes) <= set(run.classes)
    report = evaluate_run(
        run.run_dir,
        dataset if whole else _only(dataset, samples, run.classes),
        split,
        device=device,
        keep=not project.read_only,
        on_event=on_event,
        cancel=cancel,
    )
    rows = zip(
        report.sample_ids,
        report.true.tolist(),
        report.predicted.tolist(),
        report.confidence.tolist(),
        (-true_log_probability(report.logits, report.true)).tolist(),
        strict=True,
    )
    return {
        number: Answer(report.classes[said], confidence, said == true, loss)
        for number, true, said, confidence, loss in rows
    }


def _only(dataset: Dataset, samples: dict[int, Sample], known: tuple[str, ...]) -> Dataset:
    """A dataset of some images, whose classes are all known."""
    names = tuple(name for name in dataset.classes if name in known)
    kept = tuple(
        replace(sample, label=names.index(dataset.classes[sample.label]))
        for sample in samples.values()
    )
    return Dataset(names, kept, "")
