"""What an exported file says about itself, so that it answers like the app anywhere."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import ValidationError

from effnet_studio.engine.predict.reject_option import RejectOption
from effnet_studio.engine.preprocess import Preprocess

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LABELS_KEY = "effnet_studio.labels"
"""Key of the class names in ONNX ``metadata_props``: a JSON list in the order of the outputs."""

PREPROCESS_KEY = "effnet_studio.preprocess"
"""Key of the preprocessing: :class:`~effnet_studio.engine.preprocess.Preprocess` as JSON."""

MODEL_KEY = "effnet_studio.model"
"""Key of the architecture's catalog name."""

REJECT_KEY = "effnet_studio.reject"
"""Key of the limit below which the answer is "none of these":
:class:`~effnet_studio.engine.predict.reject_option.RejectOption` as JSON; absent without one."""

DATASET_KEY = "effnet_studio.dataset_version"
"""Key of the version of the dataset it was trained on."""

LICENCE_KEY = "effnet_studio.starting_weights_licence"
"""Key of the terms of the weights that its training started from; absent where none are known."""

WEIGHTS_KEY = "effnet_studio.weights_sha256"
"""Key of the SHA-256 of the trained weights that it was made of."""

PRODUCER = "effnet-studio"
"""Name of the producer in the app's files: it stands at their beginning, the notes at the end."""

APP_VERSION_KEY = "effnet_studio.app_version"
"""Key of the version of the app that exported the file."""


@dataclass(frozen=True)
class OnnxMetadata:
    """The app's own notes in an ONNX file.

    Attributes:
        classes: Names of the classes, in the order of the outputs.
        preprocess: How pictures become the input.
        model: Catalog name of the architecture.
        app_version: Version of the app that wrote the file.
        reject: When the answer is "none of these"; None: never.
    """

    classes: tuple[str, ...]
    preprocess: Preprocess
    model: str = ""
    app_version: str = ""
    reject: RejectOption | None = None


def write_metadata(
    *,
    classes: Sequence[str],
    preprocess: Preprocess,
    model: str,
    app_version: str,
    reject: RejectOption | None = None,
    origin: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Make the entries for ``metadata_props``.

    Args:
        classes: Names of the classes, in the order of the outputs.
        preprocess: How pictures become the input.
        model: Catalog name of the architecture.
        app_version: Version of the app.
        reject: When the answer is "none of these"; None: never.
        origin: Where it came from, by :data:`DATASET_KEY`, :data:`LICENCE_KEY` and
            :data:`WEIGHTS_KEY`.

    Returns:
        Keys and values to be stored in the file; :func:`read_metadata` reads them.
    """
    limit = {} if reject is None else {REJECT_KEY: json.dumps(reject.to_json())}
    return {
        LABELS_KEY: json.dumps(list(classes), ensure_ascii=False),
        PREPROCESS_KEY: preprocess.model_dump_json(),
        MODEL_KEY: model,
        APP_VERSION_KEY: app_version,
        **limit,
        **(origin or {}),
    }


def read_metadata(entries: Mapping[str, str], producer: str = "") -> OnnxMetadata | None:
    """Read the entries of ``metadata_props``.

    Args:
        entries: All keys and values of the file.
        producer: Name of the producer that the file gives.

    Returns:
        The app's notes, or None if the app did not write this file.

    Raises:
        ValueError: If there are notes but they are damaged.
    """
    if LABELS_KEY not in entries and producer != PRODUCER:
        return None
    if not entries.keys() >= {LABELS_KEY, PREPROCESS_KEY, MODEL_KEY, APP_VERSION_KEY}:
        raise ValueError("the file is cut short")
    labels = json.loads(entries[LABELS_KEY])
    if not isinstance(labels, list) or not all(isinstance(label, str) for label in labels):
        raise ValueError("the labels are not a list of names")
    try:
        preprocess = Preprocess.model_validate_json(entries[PREPROCESS_KEY])
    except ValidationError as error:
        raise ValueError("the preprocessing cannot be read") from error
    return OnnxMetadata(
        classes=tuple(labels),
        preprocess=preprocess,
        model=entries[MODEL_KEY],
        app_version=entries[APP_VERSION_KEY],
        reject=RejectOption.from_json(json.loads(entries[REJECT_KEY]))
        if REJECT_KEY in entries
        else None,
    )
