"""What squeeze-and-excitation gates usually do, and which images open each channel most."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

import numpy as np
import torch

from effnet_studio.engine.errors import DatasetError
from effnet_studio.engine.events import (
    OnEvent,
    PauseChanged,
    ProgressMeter,
    Stage,
    Warned,
    ignore,
)
from effnet_studio.engine.explain.gate_statistics import ChannelStatistics
from effnet_studio.engine.explain.hooks import evaluating, hooked, require_network
from effnet_studio.engine.explain.squeeze_excitation import se_titles
from effnet_studio.engine.messages import msg
from effnet_studio.engine.models.build import se_gate
from effnet_studio.engine.predict.pipeline import judge
from effnet_studio.engine.predict.predictor import Predictor

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray
    from torch import Tensor, nn

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.data.dataset import Sample
    from effnet_studio.engine.predict.torch_predictor import TorchPredictor

TOP: Final = 12
"""Images that are remembered for each channel."""

_TOGETHER: Final = 64
"""Images whose gates are added at a time."""


def channel_statistics(
    samples: Sequence[Sample],
    predictor: Predictor,
    *,
    classes: Sequence[str],
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> ChannelStatistics:
    """Run a model over images and keep what its squeeze-and-excitation gates do.

    Each image is read once; sums are kept in double precision and of each channel only the
    :data:`TOP` images, so that memory does not grow with the number of images.

    Args:
        samples: The images; labels are positions in ``classes``.
        predictor: A run's model; it is the same afterwards.
        classes: Names of the classes.
        on_event: Hears the progress, in images, and how many cannot be read.
        cancel: Checked before each image.

    Returns:
        Means, spread and the images that open each channel most; of equals the first.

    Raises:
        Cancelled: If the job was asked to stop.
        DatasetError: If none of the images can be read.
        ModelError: If the model is an exported file, has no such blocks, or cannot be run.
    """
    network = require_network(predictor)
    gates = _GatesOf(network)
    meter = ProgressMeter(Stage.EXPLAIN, len(samples), on_event)
    sums = _Sums(len(classes))
    waiting: deque[tuple[int, int, NDArray[np.float32]]] = deque()
    unreadable = 0

    def on_pause(paused: bool) -> None:  # noqa: FBT001 - the token's signature
        on_event(PauseChanged(paused))

    paths = (sample.path for sample in samples)
    for verdict in judge(gates, paths, cancel=cancel, on_pause=on_pause):
        if verdict.logits is None:
            unreadable += 1
        else:
            waiting.append((verdict.index, samples[verdict.index].label, verdict.logits))
        if len(waiting) >= _TOGETHER:
            sums.add(waiting)
        meter.advance()
    if waiting:
        sums.add(waiting)
    meter.finish()
    if not sums.counts.sum():
        raise DatasetError(
            msg("None of the images can be read any more."),
            hint=msg("Check that the drive is connected, or import the folder again."),
        )
    if unreadable:
        on_event(
            Warned(
                msg("Images that cannot be read and are passed over: {count}.", count=unreadable)
            )
        )
    return sums.statistics(gates.titles, gates.sizes, tuple(classes), samples)


class _GatesOf(Predictor):
    """A network whose answers are its gates: one row for each image, block after block.

    The hooks are there only while a batch runs, under the network's lock, so that others may use
    the network in between.
    """

    def __init__(self, network: TorchPredictor) -> None:
        super().__init__(
            name=network.name,
            path=network.path,
            classes=network.classes,
            preprocess=network.preprocess,
        )
        self.at_a_time = network.at_a_time
        self._network = network
        self.titles = se_titles(network)
        self.sizes: tuple[int, ...] = ()

    def logits(self, batch: NDArray[np.float32]) -> NDArray[np.float32]:
        rows: dict[str, NDArray[np.float32]] = {}
        network = self._network
        with network.exclusive() as model:
            hooks = [
                (se_gate(model.get_submodule(name)), _keep_row(rows, name)) for name in self.titles
            ]
            with torch.inference_mode(), evaluating(model), hooked(hooks):
                model(network.to_tensor(batch))
        parts = [rows[name] for name in self.titles]
        self.sizes = tuple(part.shape[1] for part in parts)
        return np.concatenate(parts, axis=1)


def _keep_row(
    into: dict[str, NDArray[np.float32]], name: str
) -> Callable[[nn.Module, object, Tensor], None]:
    def keep(_module: nn.Module, _inputs: object, output: Tensor) -> None:
        into[name] = output.detach().flatten(1).float().cpu().numpy().copy()

    return keep


class _Sums:
    """Streaming sums over images."""

    def __init__(self, classes: int) -> None:
        self.counts = np.zeros(classes, dtype=np.int64)
        self._totals: NDArray[np.float64] = np.zeros((classes, 0))
        self._squares: NDArray[np.float64] = np.zeros(0)
        self._values: NDArray[np.float32] = np.zeros((0, 0), dtype=np.float32)
        self._images: NDArray[np.int64] = np.zeros((0, 0), dtype=np.int64)

    def add(self, waiting: deque[tuple[int, int, NDArray[np.float32]]]) -> None:
        """Add the gates of some images, and forget them."""
        images = np.array([image for image, _, _ in waiting], dtype=np.int64)
        labels = np.array([label for _, label, _ in waiting], dtype=np.int64)
        gates = np.stack([row for _, _, row in waiting])
        waiting.clear()
        width = gates.shape[1]
        if not self._totals.shape[1]:
            self._totals = np.zeros((len(self.counts), width))
            self._squares = np.zeros(width)
            self._values = np.zeros((width, 0), dtype=np.float32)
            self._images = np.zeros((width, 0), dtype=np.int64)
        exact = gates.astype(np.float64)
        np.add.at(self._totals, labels, exact)
        np.add.at(self.counts, labels, 1)
        self._squares += (exact**2).sum(axis=0)
        values = np.concatenate([self._values, gates.T], axis=1)
        places = np.concatenate([self._images, np.tile(images, (width, 1))], axis=1)
        best = np.argsort(-values, axis=1, kind="stable")[:, :TOP]
        self._values = np.take_along_axis(values, best, axis=1)
        self._images = np.take_along_axis(places, best, axis=1)

    def statistics(
        self,
        titles: dict[str, str],
        sizes: tuple[int, ...],
        classes: tuple[str, ...],
        samples: Sequence[Sample],
    ) -> ChannelStatistics:
        """What came of it."""
        counts = self.counts[:, None]
        total = int(self.counts.sum())
        means = np.divide(
            self._totals, counts, out=np.full_like(self._totals, np.nan), where=counts > 0
        )
        between = (self._totals**2 / np.maximum(counts, 1)).sum(axis=0)
        freedom = max(1, total - int((self.counts > 0).sum()))
        named, top_images = np.unique(self._images, return_inverse=True)
        return ChannelStatistics(
            blocks=tuple(titles),
            titles=tuple(titles.values()),
            sizes=sizes,
            classes=classes,
            counts=self.counts,
            means=means,
            overall=self._totals.sum(axis=0) / total,
            spread=np.sqrt(np.maximum(self._squares - between, 0) / freedom),
            top_values=self._values,
            top_images=top_images.reshape(self._images.shape).astype(np.int64),
            images=tuple(samples[int(image)] for image in named),
        )
