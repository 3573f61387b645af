"""What every program that runs an exported file is to the app: pictures in, answers out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from effnet_studio.engine.predict.reject_option import Score, certainty
from effnet_studio.engine.predict.scores import softmax
from effnet_studio.engine.predict.whole_model import WholeAnswer

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from effnet_studio.engine.predict.onnx_metadata import OnnxMetadata


class Runtime(Protocol):
    """An exported file, open in the program it was made for.

    Attributes:
        notes: What the file, or the notes beside it, say of it: classes, preprocessing, threshold.
        program: Name and version of what runs it, such as ``"onnxruntime 1.31.1"``.
    """

    notes: OnnxMetadata
    program: str

    def answer(self, picture: NDArray[np.uint8]) -> WholeAnswer:
        """Judge one picture, as a program that uses the file does.

        Args:
            picture: RGB, uint8, shape (height, width, 3), as it was read.

        Raises:
            ModelError: If the file cannot be run.
        """

    def peak_memory(self) -> int | None:
        """Most main memory that the process which runs the file has held, bytes; None: unknown."""

    def close(self) -> None:
        """Let go of the file and of what runs it."""


class OpenRuntime(Protocol):
    """Opens a file; each runtime's module has such a function."""

    def __call__(self, file: Path, *, threads: int | None = None) -> Runtime:
        """Open a file.

        Args:
            file: The exported file.
            threads: Processor threads it may use; None: as many as it takes by itself.

        Raises:
            ModelError: If it cannot be opened.
        """


def answer_of(scores: NDArray[np.float32], notes: OnnxMetadata) -> WholeAnswer:
    """What raw scores mean, for files that hold the network alone.

    Args:
        scores: float32, shape (classes,).
        notes: Of the file.

    Returns:
        The same as a whole file gives.
    """
    limit = notes.reject
    told = float(certainty(scores, limit.score if limit is not None else Score.CONFIDENCE))
    return WholeAnswer(softmax(scores), told, rejected=limit is not None and told < limit.threshold)
