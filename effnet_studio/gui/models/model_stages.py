"""Names of a network's parts, and what is said of its weights, in the window's language."""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication

from effnet_studio.engine.models.spec import TERMS
from effnet_studio.engine.models.spec import VALIDATION as MEASURED

translate = QCoreApplication.translate


def stage_text(name: str) -> str:
    """Translate a stage's name.

    Args:
        name: As the catalog has it: ``"Stem"``, ``"Stage 3"``, ``"Last convolution"``, ``"Head"``.

    Returns:
        The name in the window's language; an unknown one as it is.
    """
    numbered = re.fullmatch(r"Stage (\d+)", name)
    if numbered is not None:
        return translate("ModelStages", "Stage {number}").format(number=numbered[1])
    names = {
        "Stem": translate("ModelStages", "Stem"),
        "Last convolution": translate("ModelStages", "Last convolution"),
        "Head": translate("ModelStages", "Head"),
    }
    return names.get(name, name)


def block_text(title: str) -> str:
    """Translate the name of a squeeze-and-excitation block.

    Args:
        title: As the engine has it: ``"Stage 3, block 2"``.

    Returns:
        The name in the window's language; an unknown one as it is.
    """
    found = re.fullmatch(r"(.+), block (\d+)", title)
    if found is None:
        return title
    return translate("ModelStages", "{stage}, block {number}").format(
        stage=stage_text(found[1]), number=found[2]
    )


def licence_text(licence: str) -> str:
    """Translate what the catalog says of a licence; the licence's own name stays."""
    terms = translate("ModelStages", "the terms of the training images, ImageNet-1K, may apply")
    return licence.replace(TERMS, terms)


def source_text(source: str) -> str:
    """Translate where a published accuracy comes from; names of files and weights stay."""
    measured = translate("ModelStages", "ImageNet-1K validation, single crop")
    return source.replace(MEASURED, measured)
