"""Names of the ways to explain an answer, for all faces of the app; nothing heavy is loaded."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Method(StrEnum):
    """Ways to explain an answer, the default first."""

    GRADCAM = "gradcam"
    GRADCAM_PP = "gradcam++"
    LAYERCAM = "layercam"
    HIRESCAM = "hirescam"
    SCORECAM = "scorecam"
    EIGENCAM = "eigencam"
    SE = "se"


CAMS: Final = tuple(method for method in Method if method is not Method.SE)
"""The class activation maps; the other shows what squeeze-and-excitation lets through."""

CLASSLESS: Final = Method.EIGENCAM
"""The map that depends on no class."""
