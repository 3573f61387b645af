"""Exported files that take images as they are, run as any other program would run them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import onnx

from effnet_studio.engine.errors import ModelError
from effnet_studio.engine.messages import msg
from effnet_studio.engine.predict.onnx_safety import check_file
from effnet_studio.engine.predict.onnx_session import open_session, run_session

if TYPE_CHECKING:
    from numpy.typing import NDArray

IMAGE_NAME: Final = "image"
"""RGB, uint8, shape (batch, height, width, 3): images as they are, all of one size."""

INPUT_NAME: Final = "input"
"""Normalised images, float32, shape (batch, 3, size, size)."""

OUTPUT_NAME: Final = "logits"
"""Raw scores, float32, shape (batch, classes); their softmax is the probabilities."""

PROBABILITIES_NAME: Final = "probabilities"
"""Of each class, float32, shape (batch, classes); the temperature is part of the last layer."""

CERTAINTY_NAME: Final = "certainty"
"""How certain the model is, float32, shape (batch,): the largest probability, or the logarithm of
the summed exponentials of the scores where the limit was chosen by that."""

NONE_NAME: Final = "none_of_these"
"""Whether the certainty is below the limit that was chosen, bool, shape (batch,); never true where
none was chosen."""


class WholeAnswer(NamedTuple):
    """What a file says of one image.

    Attributes:
        probabilities: float32, shape (classes,).
        certainty: How certain it is.
        rejected: Whether it says "none of these".
    """

    probabilities: NDArray[np.float32]
    certainty: float
    rejected: bool


def holds_image_model(model: onnx.ModelProto) -> bool:
    """Whether a model takes images as they are."""
    inputs = model.graph.input
    return (
        len(inputs) == 1
        and inputs[0].name == IMAGE_NAME
        and inputs[0].type.tensor_type.elem_type == onnx.TensorProto.UINT8
    )


def network_in(whole: onnx.ModelProto) -> onnx.ModelProto:
    """Take the network out of a whole graph.

    Args:
        whole: Takes images as they are; or a network alone, which is given back.

    Returns:
        From normalised images to raw scores, with the notes of the whole.
    """
    if whole.graph.input[0].name != IMAGE_NAME:
        return whole
    network: onnx.ModelProto = onnx.utils.Extractor(whole).extract_model(
        [INPUT_NAME], [OUTPUT_NAME]
    )
    network.producer_name = whole.producer_name
    network.metadata_props.extend(whole.metadata_props)
    return network


class WholeModel:
    """A file that takes images as they are, open in onnxruntime.

    Args:
        path: The file.
        threads: Processor threads it may use; None: one for each core.

    Raises:
        ModelError: If it is no such file, or damaged.
    """

    def __init__(self, path: Path, *, threads: int | None = None) -> None:
        self.path = path
        checked = check_file(path)
        if not holds_image_model(checked.model):
            raise _damaged(path)
        self._session = open_session(checked, threads=threads)

    def answer(self, pixels: NDArray[np.uint8]) -> WholeAnswer:
        """Judge one image.

        Args:
            pixels: RGB, uint8, shape (height, width, 3).

        Raises:
            ModelError: If the file cannot be run.
        """
        names = [PROBABILITIES_NAME, CERTAINTY_NAME, NONE_NAME]
        found = run_session(self._session, names, {IMAGE_NAME: pixels[None]}, self.path)
        return WholeAnswer(found[0][0], float(found[1][0]), bool(found[2][0]))


def _damaged(path: Path) -> ModelError:
    return ModelError(
        msg("{name} is not an ONNX model, or it is damaged.", name=path.name),
        hint=msg("Export the model again, or choose another file."),
        path=path,
    )
