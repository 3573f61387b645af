"""Maps of all images of a part, several at a time, and what they have in common in each class."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import torch
from PIL import Image

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.errors import DatasetError, ImageError
from effnet_studio.engine.events import OnEvent, PauseChanged, ProgressMeter, Stage, ignore
from effnet_studio.engine.explain.attention import Attention, densities
from effnet_studio.engine.explain.cam import find_layer, layers_of, raw_map
from effnet_studio.engine.explain.hooks import activations_with_gradients, require_network
from effnet_studio.engine.explain.maps import normalized
from effnet_studio.engine.explain.methods import CamMethod, Evidence, find_method
from effnet_studio.engine.explain.target import Target
from effnet_studio.engine.messages import Message, msg
from effnet_studio.engine.models.fast_trunk import fast_split
from effnet_studio.engine.predict.class_match import labels_in_model
from effnet_studio.engine.predict.pipeline import decoded, default_batch_size
from effnet_studio.engine.predict.scores import softmax

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray
    from torch import Tensor

    from effnet_studio.engine.data.dataset import Dataset, Sample, Split
    from effnet_studio.engine.predict.predictor import Predictor
    from effnet_studio.engine.predict.torch_predictor import TorchPredictor

    Passes = Callable[[Tensor], tuple[Tensor, Tensor | None, Tensor]]
    """From images to a layer's output, the gradient there, and the logits."""

TOLERANCE: Final = 1e-4
"""Largest difference between two maps in [0, 1] that is rounding."""

PICTURE_SIDES: Final = (96, 48)
"""Side of a mean picture, pixels, for few and for many classes."""

MANY_CLASSES: Final = 300
"""From so many classes on mean pictures are small: a thousand of the large ones take 110 MB."""


def explain_many(
    predictor: Predictor,
    dataset: Dataset,
    split: Split = "val",
    *,
    method: str = "gradcam",
    layer: str | None = None,
    batch_size: int | None = None,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> Attention:
    """Explain the model's answer for every image of a part.

    Images run through the model several at a time, forward and back. At the end of a stage, the
    usual place, only what follows it is followed back, and what leads to it runs as fast as this
    computer can. The maps equal those of
    :func:`~effnet_studio.engine.explain.cam.explain_class` to :data:`TOLERANCE`, but for
    Grad-CAM++ at early layers, which divides by what may nearly cancel, and are then rounded to
    half precision (at most 2.5e-4). Kept of each are the layer's (h, w) numbers, 98 bytes for
    7 × 7 places, and nothing of the picture.

    Args:
        predictor: A run's model; it is the same afterwards.
        dataset: The images; its classes are matched to the model's by name.
        split: Which part.
        method: One of :data:`~effnet_studio.engine.explain.methods.CAM_METHODS`. Score-CAM takes
            hundreds of passes for each image.
        layer: As for :func:`~effnet_studio.engine.explain.cam.explain_class`.
        batch_size: Images run through the model at once; None: chosen for the model's input size.
        on_event: Hears the progress.
        cancel: Stops the job between two images.

    Returns:
        The maps, and the mean of each class. Images that cannot be read are in ``unreadable``.

    Raises:
        Cancelled: If the job was asked to stop.
        ConfigError: If there is no such method.
        DatasetError: If the part has no images, or none of them can be read.
        ModelError: If the model is an exported file, does not know a class of the dataset, has no
            such layer, or cannot be run.
    """
    chosen, network = find_method(method), require_network(predictor)
    name = find_layer(network, layer)
    labels = labels_in_model(network.classes, dataset.classes)
    samples = dataset.subset(split)
    if not samples:
        raise DatasetError(
            msg("There are no images in the part {split} of the dataset.", split=split),
            hint=msg("Import the folder again with a larger share for it, or choose another part."),
        )
    token = cancel or CancelToken()
    gathered = _Gathered(network, samples, labels)
    meter = ProgressMeter(Stage.EXPLAIN, len(samples), on_event)
    size = batch_size or default_batch_size(network.preprocess.size, network.at_a_time)
    maps_of = _maps_of(network, name, chosen, len(samples), token)
    waiting: list[tuple[int, NDArray[np.uint8]]] = []
    paths = (sample.path for sample in samples)
    with contextlib.closing(decoded(network, paths, size)) as pictures:
        for index, path, entry in pictures:
            token.check(lambda paused: on_event(PauseChanged(paused)))
            if isinstance(entry, ImageError):
                gathered.unreadable.append((str(path), entry.message))
                meter.advance()
                continue
            waiting.append((index, entry))
            if len(waiting) >= size:
                gathered.take(waiting, maps_of)
                meter.advance(len(waiting))
                waiting = []
        if waiting:
            gathered.take(waiting, maps_of)
            meter.advance(len(waiting))
    meter.finish()
    return gathered.attention(
        split=split, dataset_version=dataset.version, method=method, layer=name
    )


def seconds_for(
    predictor: Predictor,
    dataset: Dataset,
    split: Split = "val",
    *,
    method: str = "gradcam",
    layer: str | None = None,
) -> float | None:
    """About how long :func:`explain_many` will take, measured on the first images.

    The first batch also prepares the model, the second shows the pace.

    Args:
        predictor: A run's model; it is the same afterwards.
        dataset: The images.
        split: Which part.
        method: As for :func:`explain_many`, and so is the layer.
        layer: Which.

    Returns:
        Seconds; None if there are not twice as many images as are measured, or one of these cannot
        be read.

    Raises:
        ConfigError: If there is no such method.
        ModelError: If the model is an exported file, has no such layer, or cannot be run.
    """
    chosen, network = find_method(method), require_network(predictor)
    name, samples = find_layer(network, layer), dataset.subset(split)
    size = default_batch_size(network.preprocess.size, network.at_a_time)
    if len(samples) < 4 * size:
        return None
    maps_of = _maps_of(network, name, chosen, len(samples), CancelToken())
    took = []
    for start in (0, size):
        began = time.perf_counter()
        try:
            pictures = [network.picture(each.path) for each in samples[start : start + size]]
        except ImageError:
            return None
        maps_of(np.stack(pictures))
        took.append(time.perf_counter() - began)
    return took[0] + took[1] * (len(samples) - size) / size


def batch_maps(
    network: TorchPredictor,
    batch: Tensor,
    layer: str,
    method: CamMethod,
    *,
    passes: Passes | None = None,
    cancel: CancelToken | None = None,
) -> tuple[list[Tensor], Tensor]:
    """Maps of the likeliest class of several images.

    Args:
        network: A run's model; it is the same afterwards.
        batch: Normalised images, float32, shape (n, 3, s, s), where the network is.
        layer: Dotted name of a module.
        method: A row of the table of methods.
        passes: How to run the model, as from :func:`passes_to`; None: the model itself, hooked.
        cancel: Stops Score-CAM between two batches.

    Returns:
        The method's own numbers for each image, float64 on the CPU, shape (h, w), and the logits,
        float32 on the CPU, shape (n, classes).

    Raises:
        Cancelled: If the job was asked to stop.
        ModelError: If there is no such layer.
    """
    if method.evidence is Evidence.SCORES:
        each = [
            raw_map(network, image[None], layer, method, Target(), cancel=cancel) for image in batch
        ]
        return [found.values for found in each], torch.stack([f.logits for f in each]).float().cpu()
    run = passes or _hooked_passes(network, layer, method)
    activation, gradient, logits = run(batch)
    # In double precision and on the CPU, as for one image.
    given = activation.cpu().double()
    evidence = given if gradient is None else gradient.cpu().double()
    maps = [method.formula(*pair) for pair in zip(given, evidence, strict=True)]
    return maps, logits.float().cpu()


def passes_to(
    network: TorchPredictor, example: Tensor, layer: str, method: CamMethod, *, images: int
) -> Passes:
    """The fastest way to run a model up to a layer, and back to it.

    Args:
        network: A run's model; it is not changed.
        example: One normalised image, float32, shape (1, 3, s, s), where the network is.
        layer: Dotted name of a module.
        method: A row of the table of methods.
        images: How many images are to come.

    Returns:
        From images to the layer's output, the gradient of the likeliest class's logit there (None
        for methods that need none), and the logits.
    """
    hooked_passes = _hooked_passes(network, layer, method)
    ends = [name for _, name in layers_of(network)]
    if layer not in ends:
        return hooked_passes
    stage = ends.index(layer) + 1
    with network.exclusive() as model, torch.inference_mode(mode=False), torch.no_grad():
        split = fast_split(model, network.spec, stage, example, images=images)
    wanted = method.evidence is Evidence.GRADIENT

    def run(batch: Tensor) -> tuple[Tensor, Tensor | None, Tensor]:
        with network.exclusive(), torch.inference_mode(mode=False):
            reached = split.trunk(batch.contiguous(memory_format=torch.channels_last))
            with torch.set_grad_enabled(wanted):
                # A leaf's clone, because what follows may change it in place.
                activation = reached.detach().requires_grad_(wanted).clone()
                logits = split.rest(activation)
                if not wanted:
                    return activation, None, logits
                (gradient,) = torch.autograd.grad(_likeliest(logits).sum(), activation)
        return activation.detach(), gradient, logits.detach()

    maps = [
        normalized(batch_maps(network, example, layer, method, passes=passes)[0][0])
        for passes in (run, hooked_passes)
    ]
    # DenseNet's last ReLU, for one, counts as part of the layer only where it works in place.
    return run if float((maps[0] - maps[1]).abs().max()) <= TOLERANCE else hooked_passes


def _hooked_passes(network: TorchPredictor, layer: str, method: CamMethod) -> Passes:
    def run(batch: Tensor) -> tuple[Tensor, Tensor | None, Tensor]:
        with network.exclusive() as model:
            return activations_with_gradients(
                model,
                layer,
                batch,
                _likeliest,
                gradient=method.evidence is Evidence.GRADIENT,
            )

    return run


def _likeliest(logits: Tensor) -> Tensor:
    return logits.gather(1, logits.argmax(dim=1, keepdim=True))[:, 0]


def _maps_of(
    network: TorchPredictor, layer: str, method: CamMethod, images: int, cancel: CancelToken
) -> Callable[[NDArray[np.uint8]], tuple[list[Tensor], Tensor]]:
    """From pictures to maps and logits; the way is prepared with the first batch."""
    passes: list[Passes] = []

    def run(pictures: NDArray[np.uint8]) -> tuple[list[Tensor], Tensor]:
        batch = network.to_tensor(network.preprocess.normalize(pictures))
        if not passes:
            passes.append(passes_to(network, batch[:1], layer, method, images=images))
        return batch_maps(network, batch, layer, method, passes=passes[0], cancel=cancel)

    return run


class _Gathered:
    """What is kept of the images so far."""

    def __init__(
        self, network: TorchPredictor, samples: Sequence[Sample], labels: Sequence[int]
    ) -> None:
        self._network = network
        self._samples = samples
        self._labels = labels
        many = len(network.classes) >= MANY_CLASSES
        self._side = min(network.preprocess.size, PICTURE_SIDES[many])
        self._ids: list[int] = []
        self._true: list[int] = []
        self._predicted: list[int] = []
        self._probability: list[float] = []
        self._maps: list[NDArray[np.float16]] = []
        self._pictures: dict[int, NDArray[np.uint32]] = {}
        self._densities: dict[int, NDArray[np.float64]] = {}
        self.unreadable: list[tuple[str, Message]] = []

    def take(
        self,
        waiting: Sequence[tuple[int, NDArray[np.uint8]]],
        maps_of: Callable[[NDArray[np.uint8]], tuple[list[Tensor], Tensor]],
    ) -> None:
        """Explain some images and keep what is wanted of them."""
        maps, logits = maps_of(np.stack([picture for _, picture in waiting]))
        for (index, picture), values, scores in zip(waiting, maps, logits.numpy(), strict=True):
            sample = self._samples[index]
            coarse = normalized(values).numpy()
            self._ids.append(sample.id)
            self._true.append(self._labels[sample.label])
            # From the logits, as in training: rounding could make two probabilities equal.
            label = int(scores.argmax())
            self._predicted.append(label)
            self._probability.append(float(softmax(scores[None])[0, label]))
            self._maps.append(coarse.astype(np.float16))
            self._add(label, coarse, picture)

    def _add(self, label: int, coarse: NDArray[np.float32], picture: NDArray[np.uint8]) -> None:
        small = Image.fromarray(picture).resize((self._side, self._side), Image.Resampling.BOX)
        pixels = np.asarray(small, dtype=np.uint32)  # exact for 16 million images
        if label not in self._pictures:
            self._pictures[label] = np.zeros_like(pixels)
            self._densities[label] = np.zeros(coarse.shape)
        self._pictures[label] += pixels
        self._densities[label] += densities(coarse)

    def attention(self, **about: Any) -> Attention:
        """Everything together."""
        if not self._ids:
            raise DatasetError(
                msg("None of the {count} images can be read any more.", count=len(self.unreadable)),
                hint=msg("Check that the drive is connected and the folder still exists."),
            )
        predicted = np.array(self._predicted, dtype=np.int64)
        classes, shape = len(self._network.classes), self._maps[0].shape
        mean_maps = np.zeros((classes, *shape))
        mean_pictures = np.zeros((classes, self._side, self._side, 3), dtype=np.uint8)
        for label, total in self._densities.items():
            mean_maps[label] = densities(total)
            count = int((predicted == label).sum())
            mean_pictures[label] = np.rint(self._pictures[label] / max(1, count)).astype(np.uint8)
        return Attention(
            model=self._network.name,
            classes=self._network.classes,
            size=self._network.preprocess.size,
            sample_ids=np.array(self._ids, dtype=np.int64),
            true=np.array(self._true, dtype=np.int64),
            predicted=predicted,
            probability=np.array(self._probability, dtype=np.float32),
            maps=np.stack(self._maps),
            mean_maps=mean_maps,
            mean_pictures=mean_pictures,
            unreadable=tuple(self.unreadable),
            **about,
        )
