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

FINE: Final = "fine"
"""Stands for a layer: the last stage that is finer than the last one."""


class Detail(StrEnum):
    """How closely all images are looked at, the default first."""

    COARSE = "coarse"
    FINE = "fine"

    @property
    def method(self) -> Method:
        """Earlier layers need a weight for each place (LayerCAM: Jiang et al. 2021)."""
        return Method.GRADCAM if self is Detail.COARSE else Method.LAYERCAM

    @property
    def layer(self) -> str | None:
        """The layer, as :func:`~effnet_studio.engine.explain.cam.find_layer` takes it."""
        return None if self is Detail.COARSE else FINE
