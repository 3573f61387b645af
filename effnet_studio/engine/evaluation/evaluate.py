"""How good a model is on one part of a dataset."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from effnet_studio.engine.errors import DatasetError
from effnet_studio.engine.evaluation.kept_answers import Answers, Stamp, stamp_of, stamps_of
from effnet_studio.engine.evaluation.measures.metrics import (
    ClassReport,
    accuracy,
    balanced_accuracy,
    class_reports,
    cohen_kappa,
    confusion_matrix,
    macro_f1,
    matthews_correlation,
    runners_up,
    top_k_accuracy,
    true_log_probability,
    weighted_f1,
)
from effnet_studio.engine.events import OnEvent, PauseChanged, ProgressMeter, Stage, ignore
from effnet_studio.engine.messages import msg
from effnet_studio.engine.predict.answers import FailedImage
from effnet_studio.engine.predict.batch import failed_image
from effnet_studio.engine.predict.class_match import labels_in_model
from effnet_studio.engine.predict.pipeline import judge

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.data.dataset import Dataset, Sample, Split
    from effnet_studio.engine.predict.predictor import Predictor

TOP = 5
"""Likeliest classes that count in :attr:`Evaluation.top5`, as in ImageNet's top-5 error."""


@dataclass(frozen=True, eq=False)
class Evaluation:
    """A model's answers for images whose true class is known.

    The arrays have one entry for each judged image, in the dataset's order.

    Attributes:
        split: Which part of the dataset.
        dataset_version: Version of the dataset.
        model: Name of the model.
        classes: Names of the classes; all class numbers below are indices into these.
        accuracy: Share of right answers, in [0, 1].
        balanced_accuracy: Mean recall over the classes that have images, in [0, 1].
        macro_f1: Mean F1 over the classes, in [0, 1].
        weighted_f1: Mean F1 over the images, each with that of its class, in [0, 1].
        kappa: Cohen's kappa, in [-1, 1]: 0 is no better than guesses, 1 is all right.
        mcc: Matthews correlation of true and predicted classes, in [-1, 1].
        top5: Share of images whose class is among the five likeliest, in [0, 1]; None with five
            classes or fewer, where it would always be 1.
        log_loss: Mean cross-entropy, nats.
        confusion: Counts, int64, shape (classes, classes): rows true, columns predicted.
        per_class: Precision, recall and F1 of each class.
        sample_ids: The images, as ``Sample.id`` of the dataset.
        true: True classes, int64, shape (images,).
        predicted: Likeliest classes, int64, shape (images,).
        confidence: Probability of the predicted class, float32, shape (images,).
        margin: How much likelier the predicted class is than the next one, float32, shape
            (images,), in [0, 1]; 1 where the model knows one class only.
        true_probability: Probability given to the true class, float32, shape (images,); the
            lowest are the worst errors.
        logits: Raw outputs, temperature applied, float32, shape (images, classes).
        failed: The images that could not be read, with the reasons; they count nowhere above.
        weights: State of the run's weights that were asked, as
            :func:`~effnet_studio.engine.training.runs.weights_state` says it; None for a file.
    """

    split: str
    dataset_version: str
    model: str
    classes: tuple[str, ...]
    accuracy: float
    balanced_accuracy: float
    macro_f1: float
    weighted_f1: float
    kappa: float
    mcc: float
    top5: float | None
    log_loss: float
    confusion: NDArray[np.int64]
    per_class: tuple[ClassReport, ...]
    sample_ids: tuple[int, ...]
    true: NDArray[np.int64]
    predicted: NDArray[np.int64]
    confidence: NDArray[np.float32]
    margin: NDArray[np.float32]
    true_probability: NDArray[np.float32]
    logits: NDArray[np.float32]
    failed: tuple[FailedImage, ...]
    weights: tuple[int, ...] | None = None

    @property
    def images(self) -> int:
        """Number of judged images."""
        return len(self.sample_ids)


def evaluate(
    predictor: Predictor,
    dataset: Dataset,
    split: Split = "val",
    *,
    batch_size: int | None = None,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> Evaluation:
    """Judge one part of a dataset and compare with the truth.

    Args:
        predictor: The model.
        dataset: The images; its classes are matched to the model's by name.
        split: Which part.
        batch_size: Images run through the model at once; None: chosen for the model's input size.
        on_event: Hears the progress.
        cancel: Stops the job between two images.

    Returns:
        Figures and answers. Images that cannot be read are listed in ``failed``.

    Raises:
        DatasetError: If the part has no images, or none of them can be read.
        ModelError: If the model does not know a class of the dataset, or cannot be run.
        Cancelled: If the job was asked to stop.
    """
    labels_in_model(predictor.classes, dataset.classes)  # before the work begins
    samples = part_of(dataset, split)
    answers = judge_samples(
        predictor,
        samples,
        stamps_of(samples),
        batch_size=batch_size,
        on_event=on_event,
        cancel=cancel,
    )
    return measure(answers, dataset, split)


def part_of(dataset: Dataset, split: Split) -> Sequence[Sample]:
    """The images of one part of a dataset, of which there are some.

    Args:
        dataset: The images.
        split: Which part.

    Raises:
        DatasetError: If it has none.
    """
    samples = dataset.subset(split)
    if not samples:
        raise DatasetError(
            msg("There are no images in the part {split} of the dataset.", split=split),
            hint=msg("Import the folder again with a larger share for it, or choose another part."),
        )
    return samples


def judge_samples(
    predictor: Predictor,
    samples: Sequence[Sample],
    stamps: Mapping[int, Stamp],
    *,
    batch_size: int | None = None,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> Answers:
    """Ask a model about images.

    Args:
        predictor: The model.
        samples: The images.
        stamps: Their files as they are now, by the images' numbers.
        batch_size: Images run through the model at once; None: chosen for the model's input size.
        on_event: Hears the progress.
        cancel: Stops the job between two images.

    Returns:
        What it said, and which images could not be read.

    Raises:
        ModelError: If the model cannot be run.
        Cancelled: If the job was asked to stop.
    """
    answers = Answers(predictor.classes, predictor.name, predictor.weights_state)
    meter = ProgressMeter(Stage.EVALUATE, len(samples), on_event)
    judged = judge(
        predictor,
        (sample.path for sample in samples),
        images=len(samples),
        batch_size=batch_size,
        cancel=cancel,
        on_pause=lambda paused: on_event(PauseChanged(paused)),
    )
    for verdict in judged:
        number = samples[verdict.index].id
        answers.stamps[number] = stamps[number]
        if verdict.logits is not None:
            answers.logits[number] = verdict.logits
        elif verdict.error is not None:
            answers.failed[number] = failed_image(verdict.path, verdict.error)
            answers.stamps[number] = stamp_of(verdict.path)
        meter.advance()
    meter.finish()
    return answers


def measure(answers: Answers, dataset: Dataset, split: Split) -> Evaluation:
    """Compare what a model said with the labels of one part of a dataset.

    Args:
        answers: For all images of the part.
        dataset: The images.
        split: Which part.

    Returns:
        Figures and answers.

    Raises:
        DatasetError: If none of the images could be read.
        ModelError: If the model does not know a class of the dataset.
    """
    labels = labels_in_model(answers.classes, dataset.classes)
    samples = part_of(dataset, split)
    judged = [sample for sample in samples if sample.id in answers.logits]
    failed = [answers.failed[sample.id] for sample in samples if sample.id in answers.failed]
    if not judged:
        raise DatasetError(
            msg("None of the {count} images can be read any more.", count=len(failed)),
            hint=msg("Check that the drive is connected and the folder still exists."),
            path=failed[0].path,
        )
    return summarize(
        np.stack([answers.logits[sample.id] for sample in judged]),
        np.array([labels[sample.label] for sample in judged], dtype=np.int64),
        classes=answers.classes,
        sample_ids=tuple(sample.id for sample in judged),
        split=split,
        dataset_version=dataset.version,
        model=answers.model,
        failed=tuple(failed),
        weights=None if answers.weights is None else tuple(answers.weights),
    )


def summarize(
    logits: NDArray[np.float32],
    true: NDArray[np.int64],
    *,
    classes: tuple[str, ...],
    sample_ids: tuple[int, ...],
    split: str,
    dataset_version: str = "",
    model: str = "",
    failed: tuple[FailedImage, ...] = (),
    weights: tuple[int, ...] | None = None,
) -> Evaluation:
    """Turn raw outputs and true classes into an evaluation.

    Args:
        logits: Raw outputs, float32, shape (images, classes); at least one image.
        true: True classes, int64, shape (images,).
        classes: Names of the classes.
        sample_ids: Of the images.
        split: Which part of the dataset they are.
        dataset_version: Version of the dataset.
        model: Name of the model.
        failed: Images that could not be read.
        weights: State of the weights that were asked.

    Returns:
        The evaluation.
    """
    # From the logits, as in training: rounding to float32 could make two probabilities equal.
    predicted = logits.argmax(axis=1).astype(np.int64)
    log_true = true_log_probability(logits, true)
    confidence = np.exp(true_log_probability(logits, predicted)).astype(np.float32)
    confusion = confusion_matrix(true, predicted, len(classes))
    return Evaluation(
        split=split,
        dataset_version=dataset_version,
        model=model,
        classes=classes,
        accuracy=accuracy(confusion),
        balanced_accuracy=balanced_accuracy(confusion),
        macro_f1=macro_f1(confusion),
        weighted_f1=weighted_f1(confusion),
        kappa=cohen_kappa(confusion),
        mcc=matthews_correlation(confusion),
        top5=top_k_accuracy(logits, true, TOP) if len(classes) > TOP else None,
        log_loss=float(-log_true.mean()),
        confusion=confusion,
        per_class=class_reports(confusion, classes),
        sample_ids=sample_ids,
        true=true,
        predicted=predicted,
        confidence=confidence,
        margin=_margins(logits, confidence),
        true_probability=np.exp(log_true).astype(np.float32),
        logits=logits,
        failed=failed,
        weights=weights,
    )


def _margins(logits: NDArray[np.float32], confidence: NDArray[np.float32]) -> NDArray[np.float32]:
    if logits.shape[1] < 2:
        return np.ones(len(logits), dtype=np.float32)
    second = np.exp(true_log_probability(logits, runners_up(logits)))
    return np.asarray(confidence - second.astype(np.float32))
