"""What the stages of a network that has not learned from the labels say of pictures.

For telling classes apart with few pictures, the middle of a network that was trained on something
else says more than its end (Evci, Dumoulin, Larochelle and Mozer, "Head2Toe: Utilizing Intermediate
Representations for Better Transfer Learning", ICML 2022, section 3). The spread of a channel tells
of texture, which its mean does not (Huang and Belongie, "Arbitrary Style Transfer in Real-Time with
Adaptive Instance Normalization", ICCV 2017, section 5).

Figures (500 flowers, five classes, 5 % of the labels flipped, starter backbone, means over ten
draws; the share of the flipped labels in the first tenth of the list of suspicious ones): the last
layer 67 %, all stages from the third on 82 %. A run of the project itself, which has learned from
the wrong labels, found fewer than the backbone it began with.
"""

from __future__ import annotations

from contextlib import closing
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Final

import numpy as np

from effnet_studio.engine.errors import ImageError
from effnet_studio.engine.evaluation.likeness.describers import (
    Basis,
    Described,
    Describer,
    choose_describer,
    file_key,
    load_backbone,
    of_appearance,
    weights_here,
)
from effnet_studio.engine.predict.pipeline import decoded, default_batch_size

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

    from numpy.typing import NDArray
    from torch import Tensor

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.data.dataset import Sample
    from effnet_studio.engine.predict.torch_predictor import TorchPredictor
    from effnet_studio.engine.project import Project

SKIPPED: Final = 2
"""Stages at the beginning that are left out: they see colours and edges only."""

WIDE: Final = 256
"""Channels above which a stage is one of the last, which know the things that a network was trained
on: of those the means are enough, and of the starter backbone, which knows few, nothing."""

SIZE: Final = 160
"""Side of the input, pixels: in half the time as good as 224."""


def choose_label_judge(
    project: Project, run: str | None = None, *, device: str = "auto"
) -> Describer:
    """Find who is to judge labels: someone who has not learned from them.

    Args:
        project: An open project.
        run: Which run (the beginning of its id is enough); None: none of them, but weights on this
            computer, those of ImageNet first, or colours and edges.
        device: Where a network computes.

    Returns:
        The describer.

    Raises:
        ProjectError: If there is no such run.
    """
    found = weights_here()
    if run is not None:
        return choose_describer(project, run, device=device)
    if found is None:
        return of_appearance(project)
    spec, weights, path = found
    return Describer(
        file_key(f"stages {SIZE} mirrored {weights.kind} {spec.name}", path),
        Basis(weights.kind),
        spec.title,
        weights.description,
        partial(
            describe_stages,
            partial(load_backbone, spec, weights, path, device, SIZE),
            weights.kind != "starter",
        ),
        raw=True,
    )


def describe_stages(
    load: Callable[[], TorchPredictor],
    with_end: bool,  # noqa: FBT001 - bound by whoever makes the describer
    samples: Sequence[Sample],
    cancel: CancelToken,
    on_pause: Callable[[bool], None],
) -> Generator[Described]:
    """Give each picture the means and standard deviations of the channels of the stages.

    Args:
        load: Gives the network, which belongs to this call alone.
        with_end: Whether the means of the wide stages are wanted too.
        samples: The pictures.
        cancel: Checked before each picture.
        on_pause: Called when the job begins to wait, and when it goes on.

    Yields:
        One for each picture, in order.
    """
    predictor = load()
    seen = _hooked(predictor)
    size = default_batch_size(predictor.preprocess.size, predictor.at_a_time)
    paths = (sample.path for sample in samples)
    with closing(decoded(predictor, paths, size)) as pictures:
        while batch := list(islice(pictures, size)):
            cancel.check(on_pause)
            read = [entry for _, _, entry in batch if not isinstance(entry, ImageError)]
            vectors = iter(_statistics(predictor, seen, read, with_end=with_end) if read else ())
            for place, _, entry in batch:
                if isinstance(entry, ImageError):
                    yield Described(place, None, entry)
                else:
                    yield Described(place, next(vectors))


def _hooked(predictor: TorchPredictor) -> list[Tensor]:
    """Have the stages of a network add what they give to a list; the list."""
    from effnet_studio.engine.models.stages import stage_modules

    seen: list[Tensor] = []

    def remember(_module: object, _inputs: object, output: Tensor) -> None:
        seen.append(output)

    with predictor.exclusive() as model:
        for modules in stage_modules(model, predictor.spec)[SKIPPED:]:
            modules[-1].register_forward_hook(remember)
    return seen


def _statistics(
    predictor: TorchPredictor,
    seen: list[Tensor],
    pictures: list[NDArray[np.uint8]],
    *,
    with_end: bool,
) -> NDArray[np.float32]:
    """Means and standard deviations of a batch and of its mirror image, float32, (n, d)."""
    import torch

    seen.clear()
    batch = predictor.preprocess.normalize(np.stack(pictures))
    both = np.concatenate([batch, batch[..., ::-1]])
    predictor.logits(both)
    parts = []
    for maps in seen:
        flat = maps.float().flatten(2)
        if maps.shape[1] <= WIDE:
            parts.append(torch.cat([flat.mean(2), flat.std(2, correction=0)], dim=1))
        elif with_end:
            parts.append(flat.mean(2))
    seen.clear()
    values = torch.cat(parts, dim=1).cpu().numpy()
    vectors: NDArray[np.float32] = (values[: len(batch)] + values[len(batch) :]) / 2
    return vectors
