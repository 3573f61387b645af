"""A short program that uses an OpenVINO model, written beside it: it runs as it is."""

from __future__ import annotations

import importlib.metadata
from string import Template
from typing import TYPE_CHECKING, Final

from effnet_studio.engine.data.loading.pixels import DRAFT_MARGIN
from effnet_studio.engine.export.bundle.part import in_quotes
from effnet_studio.engine.export.bundle.python import PYTHON_SUFFIX, python_program
from effnet_studio.engine.predict.onnx_metadata import LABELS_KEY

if TYPE_CHECKING:
    from effnet_studio.engine.export.bundle.part import Part
    from effnet_studio.engine.preprocess import Preprocess

_NEEDED: Final = ("numpy", "openvino", "pillow")

_OPENVINO: Final = Template('''"""Says what is in pictures: python $program picture.jpg ..."""

import json
import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

sys.modules["openvino_telemetry"] = None  # OpenVINO would report its use over the internet
import openvino

core = openvino.Core()
model = core.read_model(Path(__file__).with_name("$model"))
model.reshape([1, $size, $size, 3])  # one picture at a time; without this line any number
labels = json.loads(model.get_rt_info(["$labels"]).astype(str))
run = core.compile_model(model, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})

for name in sys.argv[1:]:
    with Image.open(name) as file:
        file.draft(None, ($side, $side))  # large JPEG files are read at a size that is enough
        picture = ImageOps.exif_transpose(file)
    if picture.mode.startswith("I;16"):  # from 16 bits to 8
        picture = Image.fromarray(np.rint(np.asarray(picture) / 257).astype(np.uint8))
    if picture.has_transparency_data:
        white = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(white, picture.convert("RGBA"))
    shorter = min(picture.size)  # comes to $short pixels, of which the middle $size are kept
    whole = [max($short, int(side * ($short / shorter) + 0.5)) for side in picture.size]
    steps = [side / pixels for side, pixels in zip(picture.size, whole)]
    first = [(pixels - $size) // 2 for pixels in whole]
    box = [(at + end) * step for end in (0, $size) for at, step in zip(first, steps)]
    pixels = picture.convert("RGB").resize(($size, $size), Image.Resampling.$kernel, box=box)
    answers, certainty, none = (each[0] for each in run(np.asarray(pixels)[None]).to_tuple())
    best = [f"{labels[i]} {100 * answers[i]:.1f} %" for i in answers.argsort()[::-1][:5]]
    print(name, *(["none of these"] if none else []), *best, sep="\\t")
''')


def openvino_part(model: str, preprocess: Preprocess) -> Part:
    """A short Python program that answers as the app does.

    Args:
        model: Name of the exported ``.xml``, which lies beside the program.
        preprocess: Of the model.

    Returns:
        The program and what it needs.
    """
    short = max(preprocess.resize, preprocess.size)
    program = model.rpartition(".")[0] + PYTHON_SUFFIX
    text = _OPENVINO.substitute(
        model=in_quotes(model),
        program=in_quotes(program),
        labels=LABELS_KEY,
        side=DRAFT_MARGIN * short,
        short=short,
        size=preprocess.size,
        kernel=preprocess.interpolation.upper(),
    )
    needed = "".join(f"{name}=={importlib.metadata.version(name)}\n" for name in _NEEDED)
    return python_program(program, text, needed)
