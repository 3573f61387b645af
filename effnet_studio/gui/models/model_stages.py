"""Names of a network's stages in the window's language."""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication

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
