"""How good a run of a project is; what it has said of an image once it is not asked again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from effnet_studio.engine.errors import StorageError
from effnet_studio.engine.evaluation.evaluate import judge_samples, measure, part_of
from effnet_studio.engine.evaluation.kept_answers import (
    Answers,
    keep_answers,
    read_answers,
    stamps_of,
)
from effnet_studio.engine.events import OnEvent, Warned, ignore
from effnet_studio.engine.predict.class_match import labels_in_model

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.data.dataset import Dataset, Split
    from effnet_studio.engine.evaluation.evaluate import Evaluation


def evaluate_run(
    run_dir: Path,
    dataset: Dataset,
    split: Split = "val",
    *,
    device: str = "auto",
    keep: bool = True,
    afresh: bool = False,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> Evaluation:
    """Judge one part of a dataset with a run's best model.

    Args:
        run_dir: The run's folder.
        dataset: The images, with today's labels.
        split: Which part.
        device: Where to compute, as for
            :func:`~effnet_studio.engine.predict.predictor.load_predictor`.
        keep: Whether the answers are kept beside the run.
        afresh: Whether images are judged again of which the answer is known.
        on_event: Hears the progress in images that have to be judged, and if nothing can be kept.
        cancel: Stops the job between two images.

    Returns:
        Figures and answers.

    Raises:
        DatasetError: If the part has no images, or none of them can be read.
        ModelError: If the model does not know a class of the dataset, or cannot be run.
        Cancelled: If the job was asked to stop.
    """
    samples = part_of(dataset, split)
    stamps = stamps_of(samples)
    answers = read_answers(run_dir)
    if afresh or answers is None or answers.missing(samples, stamps):
        # Imported only now: where all answers are known nothing needs torch, which takes seconds.
        from effnet_studio.engine.predict.torch_predictor import TorchPredictor

        predictor = TorchPredictor.from_run(run_dir, device=device)
        labels_in_model(predictor.classes, dataset.classes)  # before the work begins
        if answers is None or answers.weights != predictor.weights_state:
            answers = Answers(predictor.classes, predictor.name, predictor.weights_state)
        missing = samples if afresh else answers.missing(samples, stamps)
        answers.add(judge_samples(predictor, missing, stamps, on_event=on_event, cancel=cancel))
        if keep and answers.logits:
            _keep(run_dir, answers, on_event)
    return measure(answers, dataset, split)


def read_evaluation(run_dir: Path, dataset: Dataset, split: Split = "val") -> Evaluation | None:
    """Figures that follow from what a run said before, with today's labels; quick.

    Args:
        run_dir: The run's folder.
        dataset: The images.
        split: Which part.

    Returns:
        The evaluation; None if some images of the part were not judged yet.
    """
    answers = read_answers(run_dir)
    return None if answers is None else measure_known(answers, dataset, split)


def measure_known(answers: Answers, dataset: Dataset, split: Split) -> Evaluation | None:
    """Figures that follow from what a model said before, with today's labels; quick.

    Args:
        answers: What it said.
        dataset: The images.
        split: Which part.

    Returns:
        The evaluation; None if some images of the part were not judged yet.
    """
    samples = dataset.subset(split)
    if not samples or answers.missing(samples, stamps_of(samples)):
        return None
    if set(dataset.classes) - set(answers.classes):
        return None  # the model does not know them; a check says so
    if all(sample.id in answers.failed for sample in samples):
        return None
    return measure(answers, dataset, split)


def _keep(run_dir: Path, answers: Answers, on_event: OnEvent) -> None:
    try:
        keep_answers(run_dir, answers)
    except StorageError as error:  # next time it takes as long again, that is all
        on_event(Warned(error.message, error.hint, error.path))
