"""What exported files are made for: one row each, with the formats that fit it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from effnet_studio.engine.errors import ExportError
from effnet_studio.engine.export.certificate.record import ExportFormat, Target
from effnet_studio.engine.messages import Message, msg

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.engine.export.bundle.part import Part
    from effnet_studio.engine.preprocess import Preprocess


@dataclass(frozen=True)
class Bundle:
    """An exported file that other files are laid beside.

    Attributes:
        file: The model, in the folder that gets the others.
        format: Its format.
        title: What the model is called.
        preprocess: How pictures become its input.
        words: Says messages in the reader's language.
    """

    file: Path
    format: ExportFormat
    title: str
    preprocess: Preprocess
    words: Callable[[Message], str] = str


@dataclass(frozen=True)
class TargetSpec:
    """What a file is made for.

    Attributes:
        target: Its name.
        title: What people call it.
        about: What they get, in a sentence or two.
        formats: Those that fit; the first is taken unless another is asked for.
        parts: The programs that are laid beside the model.
        copies: Space that these take on the disk, in sizes of the 32-bit weights.
    """

    target: Target
    title: Message
    about: Message
    formats: tuple[ExportFormat, ...]
    parts: Callable[[Bundle], tuple[Part, ...]]
    copies: float = 0.0


def _python(bundle: Bundle) -> tuple[Part, ...]:
    from effnet_studio.engine.export.bundle.openvino import openvino_part
    from effnet_studio.engine.export.bundle.python import python_part

    if bundle.format is ExportFormat.ONNX_TENSOR:
        return ()  # for those who do the rest themselves
    if bundle.format in _OPENVINO:
        return (openvino_part(bundle.file.name, bundle.preprocess),)
    return (python_part(bundle.file.name, bundle.preprocess),)


def _web(bundle: Bundle) -> tuple[Part, ...]:
    from effnet_studio.engine.export.bundle.web import web_part

    return (web_part(bundle.file, title=bundle.title),)


def _cpp(bundle: Bundle) -> tuple[Part, ...]:
    from effnet_studio.engine.export.bundle.cpp import cpp_part

    return (cpp_part(bundle.file.name),)


def _server(bundle: Bundle) -> tuple[Part, ...]:
    from effnet_studio.engine.export.bundle.server import server_part

    return (server_part(bundle.file.name),)


def _phone(bundle: Bundle) -> tuple[Part, ...]:
    from effnet_studio.engine.export.bundle.android import android_part

    if bundle.format is ExportFormat.EXECUTORCH:
        return ()
    return (android_part(bundle.file.name),)


def _pi(bundle: Bundle) -> tuple[Part, ...]:
    from effnet_studio.engine.export.bundle.pi import pi_part

    return (pi_part(bundle.file.name),)


def _research(bundle: Bundle) -> tuple[Part, ...]:
    from effnet_studio.engine.export.bundle.research import research_part

    return (research_part(bundle.file.name),)


_WHOLE: Final = (ExportFormat.ONNX, ExportFormat.ONNX_INT8, ExportFormat.ONNX_FP16)
"""Files that take images as they are."""

_LITERT: Final = (ExportFormat.LITERT, ExportFormat.LITERT_INT8)
_OPENVINO: Final = (ExportFormat.OPENVINO, ExportFormat.OPENVINO_INT8)

TARGETS: Final = {
    spec.target: spec
    for spec in (
        TargetSpec(
            target=Target.PYTHON,
            title=msg("A Python program"),
            about=msg("The model and a program of thirty lines that uses it."),
            formats=(*_WHOLE, *_OPENVINO, ExportFormat.ONNX_TENSOR),
            parts=_python,
        ),
        TargetSpec(
            target=Target.WEB,
            title=msg("A web page"),
            about=msg(
                "One file to hand on: pictures are dropped on it, and the browser answers, without "
                "a network."
            ),
            formats=_WHOLE,
            parts=_web,
            copies=4 / 3,  # the model once more, as text
        ),
        TargetSpec(
            target=Target.SERVER,
            title=msg("A server"),
            about=msg("Other computers send it pictures and get answers; ready for Docker."),
            formats=_WHOLE,
            parts=_server,
        ),
        TargetSpec(
            target=Target.PHONE,
            title=msg("A phone"),
            about=msg("For an Android app: the model and two Java classes that use it."),
            formats=(*_LITERT, ExportFormat.EXECUTORCH),
            parts=_phone,
        ),
        TargetSpec(
            target=Target.PI,
            title=msg("A Raspberry Pi"),
            about=msg("The model and a short Python program, for small computers."),
            formats=_LITERT,
            parts=_pi,
        ),
        TargetSpec(
            target=Target.CPP,
            title=msg("Another program"),
            about=msg("The model and a program in C++ to begin with; C# and Java read it too."),
            formats=_WHOLE,
            parts=_cpp,
        ),
        TargetSpec(
            target=Target.RESEARCH,
            title=msg("PyTorch"),
            about=msg("The network and its weights, for people who go on with them."),
            formats=(ExportFormat.PYTORCH,),
            parts=_research,
        ),
    )
}
"""In the order in which they are offered."""


def target_for(
    target: Target | str | None, format_: ExportFormat | str | None
) -> tuple[Target, ExportFormat]:
    """Check that a format fits what the file is made for.

    Args:
        target: What it is made for; None: the first that the format fits.
        format_: The format; None: the usual one of the target.

    Returns:
        Both.

    Raises:
        ExportError: If there is no such target or format, or they do not fit.
    """
    chosen = None if format_ is None else _format(format_)
    if target is None:
        spec = next(spec for spec in TARGETS.values() if chosen in (None, *spec.formats))
    else:
        spec = _target(target)
    if chosen is None:
        return spec.target, spec.formats[0]
    if chosen not in spec.formats:
        raise ExportError(
            msg("The format {name} does not fit {target}.", name=chosen.value, target=spec.title),
            hint=msg("Choose one of: {names}.", names=", ".join(spec.formats)),
        )
    return spec.target, chosen


def _target(name: Target | str) -> TargetSpec:
    try:
        return TARGETS[Target(name)]
    except (ValueError, KeyError):
        raise ExportError(
            msg("There is no export for {name}.", name=str(name)),
            hint=msg("Choose one of: {names}.", names=", ".join(TARGETS)),
        ) from None


def _format(name: ExportFormat | str) -> ExportFormat:
    try:
        return ExportFormat(name)
    except ValueError:
        raise ExportError(
            msg("There is no export format named {name}.", name=str(name)),
            hint=msg("Choose one of: {names}.", names=", ".join(ExportFormat)),
        ) from None
