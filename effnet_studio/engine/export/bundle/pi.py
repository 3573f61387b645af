"""A short program that uses a LiteRT model on a small computer such as a Raspberry Pi."""

from __future__ import annotations

import importlib.metadata
from string import Template
from typing import TYPE_CHECKING, Final

from effnet_studio.engine.data.loading.pixels import DRAFT_MARGIN
from effnet_studio.engine.export.bundle.part import in_quotes
from effnet_studio.engine.export.bundle.python import PYTHON_SUFFIX, python_program
from effnet_studio.engine.export.converters.kinds import CONVERTERS, ConverterKind
from effnet_studio.engine.export.runtimes.notes import NOTES_SUFFIX
from effnet_studio.engine.predict.onnx_metadata import LABELS_KEY, PREPROCESS_KEY, REJECT_KEY

if TYPE_CHECKING:
    from effnet_studio.engine.export.bundle.part import Part

_INTERPRETER: Final = "ai-edge-litert"

_PI: Final = Template('''"""Says what is in pictures: python $program picture.jpg ..."""

import json
import sys
from pathlib import Path

import numpy as np
from ai_edge_litert.interpreter import Interpreter
from PIL import Image, ImageOps

notes = json.loads(Path(__file__).with_name("$notes").read_text(encoding="utf-8"))
labels, rule = json.loads(notes["$labels"]), json.loads(notes["$preprocess"])
limit = json.loads(notes.get("$reject", '{"score": "confidence", "threshold": 0}'))
size, kernel = rule["size"], Image.Resampling[rule["interpolation"].upper()]
short = max(rule["resize"], size)  # pixels of the shorter side, of which the middle is kept
run = Interpreter(str(Path(__file__).with_name("$model")), num_threads=4).get_signature_runner()

for name in sys.argv[1:]:
    with Image.open(name) as file:
        file.draft(None, ($margin * short,) * 2)  # large JPEG files at a size that is enough
        picture = ImageOps.exif_transpose(file)
    if picture.mode.startswith("I;16"):  # from 16 bits to 8
        picture = Image.fromarray(np.rint(np.asarray(picture) / 257).astype(np.uint8))
    if picture.has_transparency_data:
        white = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(white, picture.convert("RGBA"))
    sides = [(max(short, int(n * (short / min(picture.size)) + 0.5)), n) for n in picture.size]
    box = [((n - size) // 2 + end) * (side / n) for end in (0, size) for n, side in sides]
    pixels = picture.convert("RGB").resize((size, size), kernel, box=box)
    scaled = (np.float32(pixels) - np.float32(rule["mean"]) * 255) / (np.float32(rule["std"]) * 255)
    ((scores,),) = run(args_0=scaled.transpose(2, 0, 1)[None]).values()
    answers = np.exp(scores - (total := np.logaddexp.reduce(scores)))
    sure = answers.max() if limit["score"] == "confidence" else total
    best = [f"{labels[i]} {100 * answers[i]:.1f} %" for i in answers.argsort()[::-1][:5]]
    print(name, *(["none of these"] if sure < limit["threshold"] else []), *best, sep="\\t")
''')


def pi_part(model: str) -> Part:
    """A short Python program that answers as the app does.

    Args:
        model: Name of the exported ``.tflite``, beside which lie its notes.

    Returns:
        The program and what it needs.
    """
    stem = model.rpartition(".")[0]
    program = stem + PYTHON_SUFFIX
    text = _PI.substitute(
        program=in_quotes(program),
        model=in_quotes(model),
        notes=in_quotes(stem + NOTES_SUFFIX),
        labels=LABELS_KEY,
        preprocess=PREPROCESS_KEY,
        reject=REJECT_KEY,
        margin=DRAFT_MARGIN,
    )
    return python_program(program, text, _requirements())


def _requirements() -> str:
    wanted = CONVERTERS[ConverterKind.LITERT].requirements
    (interpreter,) = (each for each in wanted if each.startswith(f"{_INTERPRETER}=="))
    here = [f"{name}=={importlib.metadata.version(name)}" for name in ("numpy", "pillow")]
    return "".join(f"{each}\n" for each in sorted([interpreter, *here]))
