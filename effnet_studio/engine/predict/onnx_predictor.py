"""An exported ``.onnx`` file as a predictor, also one that another program made."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from effnet_studio.engine.errors import ModelError
from effnet_studio.engine.messages import Message, msg
from effnet_studio.engine.predict.onnx_metadata import OnnxMetadata, read_metadata
from effnet_studio.engine.predict.onnx_safety import check_file
from effnet_studio.engine.predict.onnx_session import open_session, run_session
from effnet_studio.engine.predict.predictor import Predictor
from effnet_studio.engine.predict.whole_model import IMAGE_NAME, holds_image_model, network_in
from effnet_studio.engine.preprocess import Preprocess

if TYPE_CHECKING:
    from pathlib import Path

    import onnx
    import onnxruntime
    from numpy.typing import NDArray

    from effnet_studio.engine.predict.onnx_safety import CheckedFile

_USUAL_SIZE = 224
_USUAL_RESIZE = 256


@dataclass(frozen=True)
class _Ports:
    """Input and output of a graph that takes pictures and gives one score a class.

    Attributes:
        input: Name of the input.
        output: Name of the output.
        batch: Images the graph takes at a time; None if any number.
        size: Side of the input, pixels; None if any.
        classes: Number of scores; None if the graph does not say.
    """

    input: str
    output: str
    batch: int | None
    size: int | None
    classes: int | None


class OnnxPredictor(Predictor):
    """A classifier run by onnxruntime on the CPU.

    Args:
        session: The open graph.
        ports: Where images go in and scores come out.
        name: Shown to people.
        path: The file.
        classes: Names of the classes, in the order of the outputs.
        preprocess: How pictures become the input.
        note: Something the user should know about the file.
        gives_probabilities: Whether the graph ends in a softmax of its own.

    Attributes:
        metadata: What the app noted in the file, or None if another program made it.
        takes_images: Whether the file takes images as they are; what is run here is the network
            inside it. :class:`~.whole_model.WholeModel` runs the whole.
    """

    takes_images = False

    def __init__(
        self,
        session: onnxruntime.InferenceSession,
        ports: _Ports,
        *,
        name: str,
        path: Path,
        classes: tuple[str, ...],
        preprocess: Preprocess,
        note: Message | None = None,
        gives_probabilities: bool = False,
        metadata: OnnxMetadata | None = None,
    ) -> None:
        super().__init__(name=name, path=path, classes=classes, preprocess=preprocess, note=note)
        self.metadata = metadata
        self.reject = metadata.reject if metadata is not None else None
        self._session = session
        self._ports = ports
        self._gives_probabilities = gives_probabilities
        self._lock = threading.Lock()

    @classmethod
    def from_file(cls, path: Path, *, threads: int | None = None) -> OnnxPredictor:
        """Open an exported file, or another program's image classifier.

        The latter must take float images of shape (n, 3, s, s) and give scores of shape (n, c); its
        classes are called "class 0" and so on, and its preprocessing is assumed to be ImageNet's.

        Args:
            path: The ``.onnx`` file.
            threads: Processor threads it may use; None: one for each core.

        Returns:
            The predictor; its ``note`` says what had to be assumed.

        Raises:
            ModelError: If the file is damaged, is no model, no image classifier, or reaches for
                more than :mod:`~.onnx_safety` allows.
        """
        checked = check_file(path)
        whole = holds_image_model(checked.model)
        # The network alone: the app reads and prepares images in threads and batches.
        network = _network_in(checked) if whole else None
        session = open_session(checked, network, threads=threads)
        del checked, network
        ports = _ports(session, path)
        try:
            about = session.get_modelmeta()
            metadata = read_metadata(about.custom_metadata_map, about.producer_name)
        except ValueError as error:
            raise ModelError(
                msg(
                    "The notes inside {name} are damaged: {reason}.",
                    name=path.name,
                    reason=str(error),
                ),
                hint=msg("Export the model again."),
                path=path,
            ) from error
        if metadata is None:
            return cls._foreign(session, ports, path)
        named, given = len(metadata.classes), ports.classes
        if (given is not None and given != named) or ports.size not in {
            None,
            metadata.preprocess.size,
        }:
            raise ModelError(
                msg("The notes inside {name} do not belong to its graph.", name=path.name),
                hint=msg("Export the model again."),
                path=path,
            )
        predictor = cls(
            session,
            ports,
            name=path.name,
            path=path,
            classes=metadata.classes,
            preprocess=metadata.preprocess,
            metadata=metadata,
        )
        predictor.takes_images = whole
        return predictor

    @classmethod
    def _foreign(
        cls, session: onnxruntime.InferenceSession, ports: _Ports, path: Path
    ) -> OnnxPredictor:
        """Make the best of a file that does not say what its classes are."""
        size = ports.size or _USUAL_SIZE
        try:
            preprocess = Preprocess(
                size=size,
                resize=max(size, round(size * _USUAL_RESIZE / _USUAL_SIZE)),
                interpolation="bilinear",
            )
        except ValueError as error:
            raise _unsuitable(path, f"{size} × {size}") from error
        # Noise and black: scores that sum to one for both are probabilities.
        noise = np.random.default_rng(0).normal(size=(3, size, size))
        probe = np.stack([noise, np.zeros_like(noise)]).astype(np.float32)
        scores = _run(session, ports, probe, path)
        sums_to_one = bool((scores >= 0).all() and np.allclose(scores.sum(axis=1), 1, atol=1e-3))
        return cls(
            session,
            ports,
            name=path.name,
            path=path,
            classes=tuple(f"class {index}" for index in range(scores.shape[1])),
            preprocess=preprocess,
            note=msg(
                "{name} was made by another program and does not name its {count} classes; images "
                "are prepared as is usual for ImageNet.",
                name=path.name,
                count=scores.shape[1],
            ),
            gives_probabilities=sums_to_one and scores.shape[1] > 1,
        )

    def logits(self, batch: NDArray[np.float32]) -> NDArray[np.float32]:
        """Run the graph; see :meth:`Predictor.logits`."""
        with self._lock:
            scores = _run(self._session, self._ports, batch, self.path)
        if self._gives_probabilities:
            # The softmax of these logarithms gives the probabilities back.
            return np.log(np.maximum(scores, np.finfo(np.float32).tiny))
        return scores


def _network_in(checked: CheckedFile) -> onnx.ModelProto:
    """The network inside a file that takes images as they are."""
    try:
        return network_in(checked.whole_model())
    except (ValueError, KeyError, AssertionError) as error:  # by any of which onnx says no
        raise _unsuitable(checked.path, f"uint8 {IMAGE_NAME}") from error


def _ports(session: onnxruntime.InferenceSession, path: Path) -> _Ports:
    """Check that a graph takes pictures and gives one score a class."""
    inputs, outputs = session.get_inputs(), session.get_outputs()
    shape = list(inputs[0].shape) if len(inputs) == 1 else []
    if (
        len(shape) != 4
        or inputs[0].type != "tensor(float)"
        or shape[1] != 3
        or _fixed(shape[2]) != _fixed(shape[3])
    ):
        described = ", ".join(f"{port.type} {port.shape}" for port in inputs)
        raise _unsuitable(path, described)
    result = outputs[0]
    if result.type != "tensor(float)" or len(result.shape) != 2:
        raise _unsuitable(path, f"{result.type} {result.shape}")
    return _Ports(
        inputs[0].name, result.name, _fixed(shape[0]), _fixed(shape[2]), _fixed(result.shape[1])
    )


def _fixed(side: Any) -> int | None:
    """A dimension's length, or None if it is only a name."""
    return side if isinstance(side, int) and side > 0 else None


def _run(
    session: onnxruntime.InferenceSession, ports: _Ports, batch: NDArray[np.float32], path: Path
) -> NDArray[np.float32]:
    """Feed the images in portions that the graph takes."""
    step = ports.batch or len(batch)
    answers = []
    for start in range(0, len(batch), step):
        part = batch[start : start + step]
        missing = step - len(part)
        padded = np.pad(part, ((0, missing), (0, 0), (0, 0), (0, 0))) if missing else part
        (scores,) = run_session(session, [ports.output], {ports.input: padded}, path)
        answers.append(scores[: len(part)])
    return np.concatenate(answers)


def _unsuitable(path: Path, found: str) -> ModelError:
    return ModelError(
        msg("{name} is a model, but not an image classifier this app can use.", name=path.name),
        hint=msg(
            "It should take RGB images (n, 3, size, size) and give scores (n, classes); found: "
            "{found}.",
            found=found,
        ),
        path=path,
    )
