"""What the Predict page asks two models about the same images; runs in background threads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from effnet_studio.gui.models.explanations import Shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.data.dataset import Dataset
    from effnet_studio.engine.evaluation.comparing.paired import PairedScore
    from effnet_studio.engine.events import OnEvent
    from effnet_studio.engine.predict.compare_models import ComparedImage, ModelComparison
    from effnet_studio.engine.predict.predictor import Predictor
    from effnet_studio.engine.project import Project
    from effnet_studio.gui.models.predict_items import Item, ModelHolder


@dataclass(frozen=True, eq=False)
class ModelPair:
    """Two models, each with what loads it.

    Attributes:
        first_holder: Has the first.
        first: Its run's folder or exported file.
        second_holder: Has the second.
        second: Its run's folder or exported file.
    """

    first_holder: ModelHolder
    first: Path
    second_holder: ModelHolder
    second: Path

    @property
    def explainable(self) -> bool:
        """Whether both have gradients: exported files have none."""
        return all(each.suffix.lower() != ".onnx" for each in (self.first, self.second))

    def first_predictor(self) -> Predictor:
        """The first model, loaded when it is first asked for."""
        return self.first_holder.get(self.first)

    def second_predictor(self) -> Predictor:
        """The second model, loaded when it is first asked for."""
        return self.second_holder.get(self.second)


@dataclass(frozen=True, eq=False)
class Compared:
    """Two models on the page's images.

    Attributes:
        comparison: What they say.
        images: By the number of the item.
        score: Right answers, where the truth is known; else None.
    """

    comparison: ModelComparison
    images: Mapping[int, ComparedImage]
    score: PairedScore | None


def compare_items(
    pair: ModelPair,
    items: Sequence[Item],
    project: Project | None,
    dataset: Dataset | None,
    earlier: Compared | None,
    *,
    on_event: OnEvent,
    cancel: CancelToken,
) -> Compared:
    """Ask both models about the images that were not compared before; runs in a job's thread.

    Args:
        pair: The models.
        items: All images; those without an answer are passed over.
        project: The open project.
        dataset: Its images, of which the truth is known.
        earlier: What these two models said before.
        on_event: Hears the progress.
        cancel: Stops the job.

    Returns:
        The comparison on all of the images.

    Raises:
        Cancelled: If the job was stopped.
        StudioError: If a model cannot be used, or they share no class.
    """
    from effnet_studio.engine.evaluation.comparing.paired import held_back_truth, score_pair
    from effnet_studio.engine.predict.compare_models import ComparedImage, compare_models

    known = dict(earlier.images) if earlier is not None else {}
    fresh = [each for each in items if each.prediction is not None and each.number not in known]
    pasted = [each for each in fresh if each.pixels is not None]
    files = [each for each in fresh if each.pixels is None and each.path is not None]
    found = compare_models(
        _with_equal_threads(pair.first_holder, pair.first),
        _with_equal_threads(pair.second_holder, pair.second),
        [each.path for each in files if each.path is not None],
        pasted=[each.pixels for each in pasted if each.pixels is not None],
        on_event=on_event,
        cancel=cancel,
    )
    # Fewer verdicts than items where a model gave up midway.
    for item, verdict in zip([*pasted, *files], found.verdicts, strict=False):
        if isinstance(verdict, ComparedImage):
            known[item.number] = verdict
    wanted = {item.number: known[item.number] for item in items if item.number in known}
    measured = earlier.comparison if earlier is not None else found
    together = replace(
        found,
        verdicts=tuple(wanted.values()),
        first_latency=measured.first_latency or found.first_latency,
        second_latency=measured.second_latency or found.second_latency,
    )
    truth: dict[Path, str] = {}
    if project is not None and dataset is not None:
        truth = held_back_truth(project, dataset)
    return Compared(together, wanted, score_pair(together, truth))


def _with_equal_threads(holder: ModelHolder, model: Path) -> Predictor:
    """A model whose threads step back as far as this job's own.

    onnxruntime's threads begin when a file is opened and inherit the niceness of whoever opens it;
    PyTorch's begin in the job. On a busy computer the difference looked like a faster model.
    """
    from effnet_studio.engine.predict.predictor import load_predictor

    return load_predictor(model) if model.suffix.lower() == ".onnx" else holder.get(model)


def show_maps(pair: ModelPair, source: Path | NDArray[np.uint8]) -> tuple[Shown, Shown]:
    """Where two runs looked, by Grad-CAM; what they saw where one is an exported file.

    Args:
        pair: The models.
        source: The image.

    Returns:
        What to show of the first and the second, each for its own answer.

    Raises:
        StudioError: If the image or a model cannot be used.
    """
    show = _cam if pair.explainable else _plain
    return show(pair.first_predictor(), source), show(pair.second_predictor(), source)


def show_covering(pair: ModelPair, source: Path | NDArray[np.uint8]) -> tuple[Shown, Shown]:
    """What the answers depend on, by covering place after place: any model can be asked so.

    Args:
        pair: The models.
        source: The image.

    Returns:
        What to show of the first and the second, each for its own answer.

    Raises:
        StudioError: If the image or a model cannot be used.
    """
    return _covering(pair.first_predictor(), source), _covering(pair.second_predictor(), source)


def _cam(predictor: Predictor, source: Path | NDArray[np.uint8]) -> Shown:
    from effnet_studio.engine.explain.cam import explain_class

    found = explain_class(predictor, source)
    return Shown(found.picture, found.heatmap, layer=found.layer, map=found)


def _plain(predictor: Predictor, source: Path | NDArray[np.uint8]) -> Shown:
    return Shown(predictor.picture(source))


def _covering(predictor: Predictor, source: Path | NDArray[np.uint8]) -> Shown:
    from effnet_studio.engine.explain.covering import explain_by_covering

    found = explain_by_covering(predictor, source)
    return Shown(found.picture, found.heatmap)
