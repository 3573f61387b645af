"""Versions of what the app stands on, and those known to be bad; nothing is imported."""

from __future__ import annotations

import importlib.metadata
import platform
import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from effnet_studio.engine.facts.fact import Fact, Level
from effnet_studio.engine.messages import Message, msg
from effnet_studio.paths import is_frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

Version = tuple[int, ...]

PACKAGES: Final = (
    "torch",
    "torchvision",
    "timm",
    "onnxruntime",
    "onnx",
    "PySide6-Essentials",
    "pyqtgraph",
    "pillow",
    "numpy",
    "safetensors",
)
"""What the app cannot do without."""

WINDOW_PACKAGES: Final = frozenset({"PySide6-Essentials", "pyqtgraph"})
"""What only the window needs. An installation with none of them is meant to have no window."""

SET_UP: Final = "python3 packaging/bootstrap.py setup"
"""Brings every package to the version the app was tried with."""


@dataclass(frozen=True)
class Known:
    """Versions of a package that are known not to work.

    Attributes:
        package: Its name.
        first: The first bad one.
        fixed: The first good one after it; None: none is known.
        why: What happens with it.
    """

    package: str
    first: Version
    fixed: Version | None
    why: Message


KNOWN_BAD: Final = (
    Known(
        "PySide6-Essentials",
        (6, 12, 0),
        (6, 12, 1),
        msg("This version ends the app with an error after a while on Python 3.11."),
    ),
    Known("PySide6-Essentials", (0,), (6, 8, 3), msg("The window needs a newer version.")),
    Known("pyqtgraph", (0,), (0, 14), msg("With this version plots are slow or stay empty.")),
    Known(
        "onnx", (0,), (1, 21), msg("This version lets a crafted model read files outside of it.")
    ),
    Known("onnxruntime", (0,), (1, 23), msg("Exported models need a newer version.")),
    Known("numpy", (0,), (2, 0), msg("The app needs a newer version.")),
    Known("torch", (0,), (2, 13), msg("The app needs a newer version.")),
    Known("torch", (2, 14), None, msg("The app was not tried with this version.")),
)
"""As the app's own requirements have it; who installs by hand may have others."""

_OFFSET: Final = 15
"""torchvision 0.(n + 15) belongs to torch 2.n."""


def version_facts(installed: Mapping[str, str] | None = None) -> list[Fact]:
    """Python's version, and those of the packages.

    Args:
        installed: Versions by package; None: what is installed here.
    """
    found = installed_versions() if installed is None else installed
    python = Fact("python", Message("Python"), Message(platform.python_version()))
    if WINDOW_PACKAGES & found.keys():
        return [python, *(_fact(name, found) for name in PACKAGES)]
    window = Fact(
        "window",
        msg("Window"),
        msg("not part of this installation"),
        hint=msg("The command line works without it, except for reports in PDF or Chinese."),
    )
    rest = (_fact(name, found) for name in PACKAGES if name not in WINDOW_PACKAGES)
    return [python, *rest, window]


def installed_versions() -> dict[str, str]:
    """Versions of the packages that are installed."""
    found = {}
    for name in PACKAGES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def set_up_advice() -> tuple[Message, str]:
    """What brings every package to the version the app was tried with: words, and a command.

    Returns:
        The command is empty where the app came with an installer.
    """
    if is_frozen():
        return msg("Install the app anew, with its newest installer."), ""
    return msg("Run the set-up again, in the app's folder."), SET_UP


def this_python() -> str:
    """The Python that runs the app, as it is typed into a terminal."""
    return f'"{sys.executable}"' if " " in sys.executable else sys.executable


def parse(version: str) -> Version:
    """The numbers a version begins with: ``"2.13.0+cpu"`` is ``(2, 13, 0)``."""
    return tuple(int(part) for part in re.findall(r"\d+", version.partition("+")[0])[:3])


def complaint(package: str, version: str, python: Version = sys.version_info[:2]) -> Message | None:
    """Why a version of a package is known not to work.

    Args:
        package: Its name.
        version: Its version.
        python: That it runs with.

    Returns:
        The reason; None if nothing is known against it.
    """
    numbers = parse(version)
    for bad in KNOWN_BAD:
        if bad.package != package or numbers < bad.first:
            continue
        if bad.fixed is not None and numbers >= bad.fixed:
            continue
        if bad.first == (6, 12, 0) and python != (3, 11):
            continue
        return bad.why
    return None


def _fact(name: str, found: Mapping[str, str]) -> Fact:
    key, title = name.lower(), Message(name)
    set_up, command = set_up_advice()
    if name not in found:
        return Fact(
            key, title, msg("not installed"), level=Level.PROBLEM, hint=set_up, command=command
        )
    version = found[name]
    reason = complaint(name, version)
    if reason is None and name == "torchvision" and not _fits(found.get("torch", ""), version):
        reason = msg("This version does not match the installed PyTorch.")
    if reason is None:
        return Fact(key, title, Message(version))
    return Fact(
        key,
        title,
        msg("{version}. {reason}", version=version, reason=reason),
        level=Level.PROBLEM,
        hint=set_up,
        command=command,
    )


def _fits(torch: str, torchvision: str) -> bool:
    """Whether the two were made for each other; unknown numbering is not judged."""
    one, two = parse(torch), parse(torchvision)
    if len(one) < 2 or len(two) < 2 or one[0] != 2 or two[0] != 0:
        return True
    return two[1] == one[1] + _OFFSET
