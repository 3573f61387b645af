"""What the Predict page asks the engine about one image; runs in background threads."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.events import OnEvent
    from effnet_studio.engine.explain.cam import Explanation
    from effnet_studio.engine.explain.gate_statistics import ChannelStatistics
    from effnet_studio.engine.explain.health import Health
    from effnet_studio.engine.explain.squeeze_excitation import SEGate
    from effnet_studio.engine.project import Project
    from effnet_studio.gui.models.predict_items import ModelHolder
    from effnet_studio.gui.widgets.predict.explain_controls import Choice

_VIEW_SIDE = 1200
"""Short side that is enough for the large view; JPEGs are decoded no larger than needed."""

_WARMING = 64
"""Side of the picture that a model warms up with, pixels."""


@dataclass(frozen=True, eq=False)
class Shown:
    """What the large view shows of an image.

    Attributes:
        picture: RGB, uint8, shape (h, w, 3): the whole image, or the square the model saw.
        heatmap: float32, shape (h, w), in [0, 1]; None without explanation.
        gates: The squeeze-and-excitation blocks; empty without.
        layer: Title or name of the layer or block shown.
        map: The class activation map that ``heatmap`` comes from; None without.
        raw: The numbers before they were stretched, float32, shape (h, w) of the layer; None
            without explanation.
    """

    picture: NDArray[np.uint8]
    heatmap: NDArray[np.float32] | None = None
    gates: tuple[SEGate, ...] = ()
    layer: str = ""
    map: Explanation | None = None
    raw: NDArray[np.float32] | None = None


@dataclass(frozen=True)
class ModelFacts:
    """What can be chosen for a model.

    Attributes:
        classes: Its classes.
        explainable: False for exported files.
        layers: Title and dotted name of each stage, first to last.
        blocks: Titles of its squeeze-and-excitation blocks, first to last.
    """

    classes: tuple[str, ...]
    explainable: bool
    layers: tuple[tuple[str, str], ...]
    blocks: tuple[str, ...]


def load_facts(holder: ModelHolder, model: Path) -> ModelFacts:
    """Load the model, have it answer once, and say what can be chosen.

    The first answer of a model takes several times as long as those after it: nobody waits for it.

    Raises:
        StudioError: If the model cannot be used.
    """
    import numpy as np

    from effnet_studio.engine.errors import ModelError

    predictor = holder.get(model)
    predictor.predict(np.zeros((_WARMING, _WARMING, 3), dtype=np.uint8))
    if model.suffix.lower() == ".onnx":
        return ModelFacts(predictor.classes, explainable=False, layers=(), blocks=())
    from effnet_studio.engine.explain.cam import layers_of
    from effnet_studio.engine.explain.squeeze_excitation import se_titles

    try:
        blocks = tuple(se_titles(predictor).values())
    except ModelError:
        blocks = ()  # this kind of model has none
    return ModelFacts(
        predictor.classes,
        explainable=True,
        layers=tuple(layers_of(predictor)),
        blocks=blocks,
    )


def show_picture(source: Path | NDArray[np.uint8]) -> Shown:
    """The whole image.

    Raises:
        ImageError: If it cannot be used as a picture.
    """
    from effnet_studio.engine.images import load_image

    if isinstance(source, Path):
        return Shown(load_image(source, min_side=_VIEW_SIDE))
    return Shown(source)


def show_cam(
    holder: ModelHolder, model: Path, source: Path | NDArray[np.uint8], choice: Choice
) -> Shown:
    """Where the model looked.

    Raises:
        StudioError: If the image or the model cannot be used.
    """
    from effnet_studio.engine.explain.cam import explain_class

    found = explain_class(
        holder.get(model),
        source,
        method=choice.method,
        layer=choice.layer,
        class_index=choice.class_index,
        against=choice.against,
    )
    return Shown(found.picture, found.heatmap, layer=found.layer, map=found, raw=found.raw)


def check_map(
    holder: ModelHolder,
    model: Path,
    explanation: Explanation,
    *,
    on_event: OnEvent,
    cancel: CancelToken,
) -> Health:
    """Check whether a map shows what the answer depends on; runs in a job's thread.

    Raises:
        Cancelled: If the job was stopped.
        StudioError: If the model cannot be used.
    """
    from effnet_studio.engine.explain.health import check_health

    return check_health(holder.get(model), explanation, on_event=on_event, cancel=cancel)


def show_squeeze_excitation(
    holder: ModelHolder, model: Path, source: Path | NDArray[np.uint8], choice: Choice
) -> Shown:
    """Which channels the model let through: of one block together, or one of them.

    Raises:
        StudioError: If the image or the model cannot be used.
    """
    from effnet_studio.engine.explain.squeeze_excitation import se_explain

    found = se_explain(holder.get(model), source, block=choice.layer, channel=choice.channel)
    return Shown(found.picture, found.heatmap, found.gates, found.block, raw=found.raw)


def look_at_channels(
    holder: ModelHolder,
    project: Project,
    run: str,
    *,
    on_event: OnEvent,
    cancel: CancelToken,
) -> ChannelStatistics:
    """What the gates of a run's model do over the training images; runs in a job's thread.

    Raises:
        Cancelled: If the job was stopped.
        StudioError: If the model or the images cannot be used.
    """
    from effnet_studio.engine.explain.hooks import require_network
    from effnet_studio.engine.explain.kept_channels import open_channels

    network = require_network(holder.get(project.runs_dir / run))
    return open_channels(project, network, on_event=on_event, cancel=cancel)


def write_picture(path: Path, picture: NDArray[np.uint8]) -> None:
    """Save what the large view shows; runs in a job's thread.

    Raises:
        StorageError: If it cannot be written.
    """
    from effnet_studio.engine.explain import explain

    explain.write_picture(path, picture)


def write_numbers(path: Path, values: NDArray[np.float32]) -> None:
    """Save the numbers of a map for NumPy; runs in a job's thread.

    Raises:
        StorageError: If it cannot be written.
    """
    from effnet_studio.engine.explain import explain

    explain.write_array(path, values)
