"""Exported files that take images as they are, run as any other program would run them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import onnx
import onnxruntime

from effnet_studio.engine.errors import ModelError
from effnet_studio.engine.messages import msg
from effnet_studio.engine.models.onnx_runtime import RUNTIME_ERRORS

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


def takes_images(session: onnxruntime.InferenceSession) -> bool:
    """Whether an open file takes images as they are."""
    inputs = session.get_inputs()
    return len(inputs) == 1 and (inputs[0].name, inputs[0].type) == (IMAGE_NAME, "tensor(uint8)")


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
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3  # its warnings are for developers
        options.intra_op_num_threads = threads or 0
        try:
            self._session = onnxruntime.InferenceSession(
                str(path), sess_options=options, providers=["CPUExecutionProvider"]
            )
        except (*RUNTIME_ERRORS, OSError) as error:
            raise _damaged(path) from error
        if not takes_images(self._session):
            raise _damaged(path)

    def answer(self, pixels: NDArray[np.uint8]) -> WholeAnswer:
        """Judge one image.

        Args:
            pixels: RGB, uint8, shape (height, width, 3).

        Raises:
            ModelError: If the file cannot be run.
        """
        names = [PROBABILITIES_NAME, CERTAINTY_NAME, NONE_NAME]
        try:
            found: list[Any] = self._session.run(names, {IMAGE_NAME: pixels[None]})
        except RUNTIME_ERRORS as error:
            raise ModelError(
                msg("{name} could not be run: {reason}", name=self.path.name, reason=str(error)),
                hint=msg("Export the model again, or choose another file."),
                path=self.path,
            ) from error
        return WholeAnswer(found[0][0], float(found[1][0]), bool(found[2][0]))


def _damaged(path: Path) -> ModelError:
    return ModelError(
        msg("{name} is not an ONNX model, or it is damaged.", name=path.name),
        hint=msg("Export the model again, or choose another file."),
        path=path,
    )
