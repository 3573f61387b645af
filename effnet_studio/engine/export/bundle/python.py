"""A short Python program beside an exported file."""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING, Final

from effnet_studio.engine.data.loading.pixels import DRAFT_MARGIN
from effnet_studio.engine.export.bundle.part import Part, Step, in_quotes
from effnet_studio.engine.export.bundle.requirements import (
    REQUIREMENTS_FILE,
    install_step,
    requirements_text,
)
from effnet_studio.engine.messages import msg
from effnet_studio.engine.predict.onnx_metadata import LABELS_KEY

if TYPE_CHECKING:
    from effnet_studio.engine.preprocess import Preprocess

PYTHON_SUFFIX: Final = ".example.py"

_PYTHON: Final = Template('''"""Says what is in pictures: python $program picture.jpg ..."""

import json
import os
import sys
from pathlib import Path

os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # or onnxruntime reports to its maker

import numpy as np
import onnxruntime
from PIL import Image, ImageOps

model = onnxruntime.InferenceSession(str(Path(__file__).with_name("$model")))
labels = json.loads(model.get_modelmeta().custom_metadata_map["$labels"])

for name in sys.argv[1:]:
    with Image.open(name) as file:
        file.draft(None, ($side, $side))  # large JPEG files are read at a size that is enough
        picture = ImageOps.exif_transpose(file)
    if picture.mode.startswith("I;16"):  # from 16 bits to 8
        picture = Image.fromarray(np.rint(np.asarray(picture) / 257).astype(np.uint8))
    if picture.has_transparency_data:
        white = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(white, picture.convert("RGBA"))
    pixels = np.asarray(picture.convert("RGB"))[None]  # all that follows is inside the model
    answers, certainty, none = (each[0] for each in model.run(None, {"image": pixels}))
    best = [f"{labels[i]} {100 * answers[i]:.1f} %" for i in answers.argsort()[::-1][:5]]
    print(name, *(["none of these"] if none else []), *best, sep="\\t")
''')


def python_part(model: str, preprocess: Preprocess) -> Part:
    """A Python program of thirty lines that answers as the app does.

    Args:
        model: Name of the exported file, which takes images as they are.
        preprocess: Of the model.

    Returns:
        The program and what it needs.
    """
    program = model.rpartition(".")[0] + PYTHON_SUFFIX
    text = _PYTHON.substitute(
        model=in_quotes(model),
        program=in_quotes(program),
        labels=LABELS_KEY,
        side=DRAFT_MARGIN * max(preprocess.resize, preprocess.size),
    )
    return python_program(program, text, requirements_text())


def python_program(name: str, text: str, requirements: str) -> Part:
    """A Python program beside a model.

    Args:
        name: Of the program.
        text: Of the program.
        requirements: What it needs, as ``pip install -r`` reads it.
    """
    return Part(
        title=msg("A Python program"),
        files={name: text, REQUIREMENTS_FILE: requirements},
        about={
            name: msg("Says what is in pictures."),
            REQUIREMENTS_FILE: msg("The packages that are needed, with their versions."),
        },
        steps=(
            install_step(),
            Step(msg("Ask it about pictures:"), f'python "{name}" picture.jpg'),
        ),
    )
