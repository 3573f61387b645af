"""Optional parts: whether they are here, what for, and how to get them. None is loaded."""

from __future__ import annotations

import importlib.metadata
from dataclasses import dataclass
from typing import Final

from effnet_studio.engine.export.converters.environment import available, cost, installed
from effnet_studio.engine.export.converters.kinds import CONVERTERS, Converter
from effnet_studio.engine.facts.fact import Fact, Level
from effnet_studio.engine.facts.versions import this_python
from effnet_studio.engine.messages import Message, msg
from effnet_studio.paths import is_frozen


@dataclass(frozen=True)
class Part:
    """A package that the app can do without.

    Attributes:
        key: Of its fact.
        package: Its name.
        title: For people.
        purpose: What it is needed for.
        wish: What to install, as pip takes it; ``{qt}`` is the version of the installed Qt.
    """

    key: str
    package: str
    title: Message
    purpose: Message
    wish: str


PARTS: Final = (
    Part(
        "heic",
        "pillow-heif",
        msg("HEIC images"),
        msg("Only needed to read photos of iPhones as they are."),
        "pillow-heif>=0.22",
    ),
    Part(
        "camera",
        "PySide6-Addons",
        msg("Camera"),
        msg("Only needed to take pictures, and to recognise live, with a camera (160 MB)."),
        "PySide6-Addons=={qt}",
    ),
    Part(
        "openvino",
        "openvino",
        msg("OpenVINO"),
        msg("Only needed to export for Intel's runtime (60 MB)."),
        "openvino>=2026.0,<2027",
    ),
    Part(
        "tensorboard",
        "tensorboard",
        msg("TensorBoard"),
        msg("Only needed to write the curves of a training for TensorBoard too."),
        "tensorboard>=2.18",
    ),
)


def part_facts() -> list[Fact]:
    """One fact for each optional part and each converter."""
    return [*map(_part_fact, PARTS), *map(_converter_fact, CONVERTERS.values())]


def _part_fact(part: Part) -> Fact:
    version = _version(part.package)
    if version:
        return Fact(part.key, part.title, msg("installed, version {version}", version=version))
    if is_frozen():
        value = msg("not in this packaged app; set the app up with Python to have it")
        return Fact(part.key, part.title, value, level=Level.ABSENT, hint=part.purpose)
    qt = _version("PySide6-Essentials")
    wish = part.wish.format(qt=qt) if qt else part.wish.split("==")[0]
    command = f'{this_python()} -m pip install "{wish}"'
    value = msg("not installed")
    return Fact(part.key, part.title, value, level=Level.ABSENT, hint=part.purpose, command=command)


def _converter_fact(converter: Converter) -> Fact:
    title = msg("Converter for {name}", name=converter.title)
    key = f"converter_{converter.kind.value}"
    if installed(converter.kind):
        return Fact(key, title, msg("installed"))
    hint = available(converter.kind) or cost(converter.kind)
    return Fact(key, title, msg("not installed"), level=Level.ABSENT, hint=hint)


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""
