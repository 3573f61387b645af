"""A web page around an exported file: pictures are dropped on it, and the browser answers.

One file holds everything, for it is opened from a folder or a mail: there a page may fetch nothing,
not even what lies beside it. The model and onnxruntime-web's program are texts inside the page; the
page's own script hands them to a worker. ``resources/web`` has its parts.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import lzma
from string import Template
from typing import TYPE_CHECKING, Any, Final

from effnet_studio import __version__
from effnet_studio.engine.data.loading.pixels import DRAFT_MARGIN
from effnet_studio.engine.errors import ModelError
from effnet_studio.engine.export.bundle.part import Part, Step
from effnet_studio.engine.messages import msg
from effnet_studio.engine.predict.onnx_predictor import OnnxPredictor
from effnet_studio.engine.web_page import escaped
from effnet_studio.paths import APP_NAME, resources_dir

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.engine.predict.onnx_metadata import OnnxMetadata

PAGE_SUFFIX: Final = ".html"

RUNTIME_VERSION: Final = "1.30.0"
"""Of onnxruntime-web, in ``resources/web/onnxruntime``."""

_PART_BYTES: Final = 6 << 20
"""Of a file in one text; divisible by three, as base64 wants it. Browsers limit texts to some 500
million characters, and let go of each when it is read."""

_PIECE: Final = 3 << 17
"""Bytes that are encoded at once; divisible by three, too."""

_POLICY: Final = (
    "default-src 'none'; script-src '{script}' 'wasm-unsafe-eval' blob:; worker-src blob:;"
    " style-src '{style}'; img-src blob: data:; base-uri 'none'; form-action 'none'"
)
"""What the page may do: run its own script and the worker made of its own texts, show what it was
given. It can reach no address at all."""


def write_web_page(folder: Path, model: Path, *, title: str, name: str | None = None) -> list[Path]:
    """Write a page that judges pictures without a network, opened by a double click.

    Answers are those of the file: pictures of up to a thousand pixels reach it bit for bit as in
    the app (Chromium). JPEG files that the app decodes at a half, a quarter or an eighth are
    averaged to that size instead, which is nearly the same.

    Args:
        folder: Where to write; a draft, for a page that could not be finished stays.
        model: An exported ONNX file that takes images as they are.
        title: Of the page.
        name: Of the page's file without ending; None: the model's.

    Returns:
        The files written: the page.

    Raises:
        ModelError: If the model takes no images, or another program made it.
    """
    notes = _notes(model)
    path = folder / ((name or model.stem) + PAGE_SUFFIX)
    with path.open("w", encoding="utf-8", newline="\n") as page:
        page.write(_frame(title, notes))
        page.write(_data("runtime", _runtime()))
        with model.open("rb") as file:
            while block := file.read(_PART_BYTES):
                page.write(_data("model", block))
        page.write('<script type="text/plain" id="end"></script>\n</body>\n</html>\n')
    return [path]


def web_part(model: Path, *, title: str) -> Part:
    """Write the page beside a model.

    It is written at once and not given as a text: it holds the whole model.

    Args:
        model: The exported file, in the folder that gets the page.
        title: Of the page.

    Returns:
        What a reader must know of it.

    Raises:
        ModelError: If the model takes no images, or another program made it.
    """
    (page,) = write_web_page(model.parent, model, title=title)
    return Part(
        title=msg("A web page"),
        files={},
        about={page.name: msg("The page, with the model and all it needs inside.")},
        steps=(
            Step(msg("Open it with a double click, or put it on a web server:"), page.name),
            Step(msg("Drop pictures on it. They do not leave the computer.")),
        ),
    )


def _notes(model: Path) -> OnnxMetadata:
    """What the file says of itself; refuses files that the page could not use."""
    found = OnnxPredictor.from_file(model, threads=1)
    if found.metadata is None or not found.takes_images:
        raise ModelError(
            msg("{name} is no export of this app that takes images.", name=model.name),
            hint=msg("Export the model in the format onnx or onnx-int8."),
            path=model,
        )
    return found.metadata


def _frame(title: str, notes: OnnxMetadata) -> str:
    """The page up to its data, which come after it so that it is shown before they are read."""
    script, style = _text("page.js"), _text("page.css")
    preprocess = notes.preprocess
    facts = {
        "labels": notes.classes,
        "enough": DRAFT_MARGIN * max(preprocess.resize, preprocess.size),
    }
    worker = {
        "script": _text("onnxruntime", "ort.wasm.min.js") + _text("reader.js"),
        "glue": _text("onnxruntime", "ort-wasm-simd-threaded.mjs"),
    }
    return Template(_text("page.html")).substitute(
        policy=_POLICY.format(script=_hash(script), style=_hash(style)),
        generator=escaped(f"{APP_NAME} {__version__}"),
        title=escaped(title),
        style=style,
        version=RUNTIME_VERSION,
        licence=escaped(_text("onnxruntime", "LICENSE")),
        facts=_json(facts),
        reader=_json(worker),
        script=script,
    )


def _text(*name: str) -> str:
    return resources_dir().joinpath("web", *name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """How a policy names a script or style sheet (W3C, Content Security Policy 3, 2.3.1)."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"


def _json(value: Any) -> str:
    """JSON that cannot end the element it stands in."""
    return json.dumps(value).replace("<", "\\u003c")


def _data(part: str, block: bytes) -> str:
    """A block of bytes, written piece by piece: each piece holds Python's lock to its end."""
    pieces = (block[at : at + _PIECE] for at in range(0, len(block), _PIECE))
    text = "".join(base64.b64encode(piece).decode("ascii") for piece in pieces)
    return f'<script type="text/plain" data-part="{part}">{text}</script>\n'


def _runtime() -> bytes:
    """onnxruntime-web's program, packed as browsers unpack it: a third of its 14 MB."""
    file = resources_dir() / "web" / "onnxruntime" / "ort-wasm-simd-threaded.wasm.xz"
    return gzip.compress(lzma.decompress(file.read_bytes()), 6, mtime=0)
