"""Where the weights came from that a run began with, and under which terms."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from effnet_studio.engine.errors import ModelError
from effnet_studio.engine.messages import Message, msg
from effnet_studio.engine.models.catalog import get_spec
from effnet_studio.engine.models.published import published_file
from effnet_studio.engine.report.setting_words import file_name

if TYPE_CHECKING:
    from effnet_studio.engine.training.runs import Run


@dataclass(frozen=True)
class WeightsOrigin:
    """Starting weights as a reader should know them.

    Attributes:
        description: Which they were and what they had learned from.
        source: Address or name of the file; empty: none.
        licence: Their terms; empty where nothing is known.
    """

    description: Message
    source: str = ""
    licence: Message | str = ""


def weights_origin(run: Run) -> WeightsOrigin:
    """Find out what a run began with.

    Args:
        run: The run.

    Returns:
        The origin, without any path of this computer.
    """
    if run.origin is not None and run.origin.start:
        began = msg("The weights of the run {run}.", run=run.origin.start)
        return dataclasses.replace(_first(run), description=began)
    return _first(run)


def _first(run: Run) -> WeightsOrigin:
    match run.weights:
        case "imagenet":
            return _imagenet(run.model)
        case "starter":
            return WeightsOrigin(
                msg(
                    "The starter backbone that comes with the app: trained on a part of Tiny "
                    "ImageNet, 200 everyday classes in images of 64 × 64 pixels."
                ),
                licence=msg(
                    "Apache-2.0, as the app; the terms of the training images, ImageNet, may apply."
                ),
            )
        case "none":
            return WeightsOrigin(msg("Random numbers: it has learned from these images alone."))
        case _:
            return WeightsOrigin(
                msg("A weights file."),
                file_name(str(run.config.weights)),
                msg("Not known to the app: ask whoever gave you the file."),
            )


def _imagenet(model: str) -> WeightsOrigin:
    try:
        spec = get_spec(model)
        donor = get_spec(spec.donor) if spec.donor else spec
    except ModelError:
        return WeightsOrigin(msg("Weights learned from the photographs of ImageNet."))
    file = published_file(donor)
    return WeightsOrigin(
        msg(
            "Weights of {model} learned from the 1.28 million photographs of ImageNet-1K "
            "(top-1 {top1} % there).",
            model=donor.title,
            top1=f"{donor.top1:.1f}",
        ),
        file.source,
        file.licence,
    )
