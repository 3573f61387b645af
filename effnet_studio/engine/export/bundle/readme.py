"""What is in the folder of an export, in plain words, for whoever is handed it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from effnet_studio.engine.export.certificate.record import ExportFormat
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from effnet_studio.engine.export.bundle.part import Part
    from effnet_studio.engine.messages import Message

README_FILE: Final = "README.txt"

_COMMON: Final = (
    (".labels.txt", msg("The names of the classes, one a line, in the order of the outputs.")),
    ("certificate.json", msg("The comparison with the app, for programs.")),
    ("certificate.html", msg("The comparison with the app, for people: open it in a browser.")),
    ("MODEL_CARD.md", msg("What the model is for, how good it is, and where not to use it.")),
    (".notes.json", msg("Class names and preprocessing, for the programs that run the model.")),
    (".onnx", msg("The model. It takes images as they are and gives probabilities.")),
    (".xml", msg("The model. It takes prepared images and gives probabilities.")),
    (".tflite", msg("The model. It takes prepared images and gives raw scores.")),
    (".pte", msg("The model. It takes prepared images and gives raw scores.")),
    (".bin", msg("The weights of the model: both files belong together.")),
    (".pt2", msg("The model as a program of torch.export: prepared images in, raw scores out.")),
    (".safetensors", msg("The weights alone, by the names of the network's own layers.")),
)
"""Files that lie beside programs of any kind, by how their names end; the first that fits holds."""


def readme_text(
    title: str,
    names: Sequence[str],
    parts: Sequence[Part],
    *,
    format: ExportFormat = ExportFormat.ONNX,  # noqa: A002
    words: Callable[[Message], str] = str,
) -> str:
    """Say what each file is and how the programs are run.

    Args:
        title: What the model is called.
        names: Of the files beside the programs' own, in the order they are to be told of; one
            that needs no word is left out.
        parts: The programs.
        format: Of the model: whatever it is called, the network alone takes no images.
        words: Says messages in the reader's language.

    Returns:
        Plain text.
    """
    about = {name: text for name in names if (text := _common(name, format)) is not None}
    for part in parts:
        about.update(part.about)
    lines = [title, "", words(msg("This folder was made with EffNet Studio.")), ""]
    lines += [words(msg("The files")), ""]
    for name, text in about.items():
        lines += [f"  {name}", f"      {words(text)}"]
    for part in parts:
        lines += ["", "", words(part.title), "", *_steps(part, words)]
    return "\n".join(lines) + "\n"


def _common(name: str, format: ExportFormat) -> Message | None:  # noqa: A002
    if format is ExportFormat.ONNX_TENSOR and name.endswith(".onnx"):
        return msg("The model. It takes prepared images and gives raw scores.")
    return next((text for ending, text in _COMMON if name.endswith(ending)), None)


def _steps(part: Part, words: Callable[[Message], str]) -> Iterator[str]:
    for number, step in enumerate(part.steps, start=1):
        yield f"  {number}. {words(step.text)}"
        if step.command:
            yield f"         {step.command}"
