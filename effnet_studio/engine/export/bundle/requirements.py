"""Which packages a program beside an exported file needs, to the version."""

from __future__ import annotations

import importlib.metadata
import sys
from typing import TYPE_CHECKING, Final

from effnet_studio.engine.export.bundle.part import Step
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from collections.abc import Mapping

REQUIREMENTS_FILE: Final = "requirements.txt"

PICTURES: Final = ("numpy", "onnxruntime", "pillow")
"""What reads pictures and runs the model. Another Pillow may round a resize or decode a JPEG
differently, so the programs ask for the very versions that the app was compared with."""


def requirements_text(extra: Mapping[str, str] | None = None) -> str:
    """Pin what reads pictures and runs the model to the versions installed here.

    Args:
        extra: Other packages with their versions.

    Returns:
        The text of a ``requirements.txt``.
    """
    pinned = {name: importlib.metadata.version(name) for name in PICTURES}
    pinned.update(extra or {})
    return "".join(f"{name}=={pinned[name]}\n" for name in sorted(pinned))


def install_step() -> Step:
    """How these packages are installed; older Pythons have none of these versions."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return Step(
        msg("Install what it needs, with Python {version} or newer:", version=version),
        f"pip install -r {REQUIREMENTS_FILE}",
    )
