"""One face for every trained model: a run of a project, or an exported file."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from effnet_studio.engine.data.loading.pixels import load_for
from effnet_studio.engine.device import cpu_cores
from effnet_studio.engine.errors import ImageError
from effnet_studio.engine.messages import msg
from effnet_studio.engine.predict.answers import Prediction
from effnet_studio.engine.predict.scores import softmax

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from effnet_studio.engine.messages import Message
    from effnet_studio.engine.predict.reject_option import RejectOption
    from effnet_studio.engine.preprocess import Preprocess

    Forward = Callable[[NDArray[np.float32]], NDArray[np.float32]]
    """From normalised images, shape (n, 3, size, size), to raw outputs, shape (n, classes)."""

GPU_BATCH: Final = 32
"""Images of 224 × 224 pixels in a batch on a graphics card."""

CPU_BATCH: Final = 4
"""The same on a processor, in whose cache the activations of so many stay. Milliseconds an image
at 4, 8 and 32, plain PyTorch on 2 cores (``bench_batch.py --sizes cpu``): EfficientNet-B0 5.9, 13
and 16, ResNet-18 9.3, 8.9 and 11, MobileNetV3-Large 3.6, 3.1 and 6.1, ConvNeXt-Tiny 50, 55, 66."""

Source = Path | bytes | np.ndarray
"""An image: a file, a file's bytes, or RGB pixels (uint8, shape (height, width, 3))."""


class Predictor(ABC):
    """A trained model with everything it needs to judge an image.

    Safe to use from several threads: they take turns.

    Args:
        name: Shown to people.
        path: Where it was loaded from.
        classes: Names of the classes, in the order of the outputs.
        preprocess: How pictures become the input.
        note: Something the user should know about this model.

    Attributes:
        name: Shown to people.
        path: Where it was loaded from.
        classes: Names of the classes, in the order of the outputs.
        preprocess: How pictures become the input.
        note: Something the user should know about this model, or None.
        reject: When it says "none of these"; None: never.
        weights_state: Of the file that a run's weights were read from, as
            :func:`~effnet_studio.engine.training.runs.weights_state` says it; None for others.
        at_a_time: Images of 224 × 224 pixels that it is best given at once.
    """

    at_a_time = CPU_BATCH
    reject: RejectOption | None = None
    weights_state: list[int] | None = None

    def __init__(
        self,
        *,
        name: str,
        path: Path,
        classes: tuple[str, ...],
        preprocess: Preprocess,
        note: Message | None = None,
    ) -> None:
        self.name = name
        self.path = path
        self.classes = classes
        self.preprocess = preprocess
        self.note = note

    @abstractmethod
    def logits(self, batch: NDArray[np.float32]) -> NDArray[np.float32]:
        """Run the model.

        Args:
            batch: Normalised images, float32, shape (n, 3, size, size).

        Returns:
            Raw outputs, float32, shape (n, classes).

        Raises:
            ModelError: If the model cannot be run, for instance for lack of memory.
        """

    @property
    def threads(self) -> int | None:
        """Processor threads the model may compute with; None where a graphics card computes."""
        return cpu_cores()

    def ready_for(self, images: int) -> Forward:
        """The fastest way to run the model over so many images; answers differ by rounding only.

        Args:
            images: How many are to come; getting ready takes time, which few do not pay for.

        Returns:
            What does the same as :meth:`logits`.

        Raises:
            ModelError: If the memory does not suffice.
        """
        del images
        return self.logits

    def picture(self, source: Source) -> NDArray[np.uint8]:
        """What the model sees of an image: resized and cropped, not yet normalised.

        Args:
            source: The image.

        Returns:
            RGB, uint8, shape (size, size, 3).

        Raises:
            ImageError: If it cannot be used as a picture.
        """
        return self.preprocess.geometry(read_pixels(source, self.preprocess))

    def predict(self, source: Source) -> Prediction:
        """Judge one image.

        Args:
            source: The image.

        Returns:
            The model's answer.

        Raises:
            ImageError: If it cannot be used as a picture.
            ModelError: If the model cannot be run.
        """
        batch = self.preprocess.normalize(self.picture(source)[None])
        path = source if isinstance(source, Path) else None
        return self.answer(path, self.logits(batch)[0])

    def answer(self, path: Path | None, logits: NDArray[np.float32]) -> Prediction:
        """What raw outputs mean.

        Args:
            path: The image's file; None for one without.
            logits: What :meth:`logits` gave for the image, float32, shape (classes,).
        """
        rejected = self.reject is not None and bool(self.reject.rejects(logits))
        return Prediction(path, softmax(logits), self.classes, rejected)


def read_pixels(source: Source, preprocess: Preprocess) -> NDArray[np.uint8]:
    """Read an image as the training's own validation does.

    Args:
        source: The image.
        preprocess: What is going to be applied to it.

    Returns:
        RGB, uint8, shape (height, width, 3).

    Raises:
        ImageError: If it cannot be used as a picture.
    """
    if not isinstance(source, np.ndarray):
        return load_for(preprocess, source)
    if source.dtype != np.uint8 or source.ndim != 3 or source.shape[2] != 3 or not source.size:
        raise ImageError(
            msg(
                "An array of {dtype} with shape {shape} is no image.",
                dtype=str(source.dtype),
                shape=str(source.shape),
            ),
            hint=msg("Give RGB pixels: uint8, shape (height, width, 3)."),
        )
    return source


def load_predictor(model: Path, *, run: str | None = None, device: str = "auto") -> Predictor:
    """Load a trained model.

    Args:
        model: A project's folder, a run's folder, an export's folder, or an exported ``.onnx``
            file.
        run: For a project: which run (the beginning of its id is enough); None: the newest that
            has something to load.
        device: Where a run's model computes: ``auto``, ``cpu``, ``cuda``, ``cuda:1`` or ``mps``.
            Exported files compute on the CPU.

    Returns:
        The model, ready to judge images.

    Raises:
        ModelError: If this is no model, or it cannot be used here.
        ProjectError: If the project or run cannot be opened.
    """
    from effnet_studio.engine.predict.locate import locate

    found = locate(Path(model), run)
    if found.is_file():
        from effnet_studio.engine.predict.onnx_predictor import OnnxPredictor

        return OnnxPredictor.from_file(found)
    # Imported only now: exported files do not need torch, which takes seconds to load.
    from effnet_studio.engine.predict.torch_predictor import TorchPredictor

    return TorchPredictor.from_run(found, device=device)
