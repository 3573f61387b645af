"""What the steps of an export are called."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from effnet_studio.engine.events import ExportStep

translate = QCoreApplication.translate


def step_title(step: ExportStep) -> str:
    """What is done in a step of an export."""
    titles = {
        ExportStep.WRITE: translate("ExportWork", "Write the model"),
        ExportStep.ROUND: translate("ExportWork", "Find 8 bits that lose no more than you allow"),
        ExportStep.COMPARE: translate(
            "ExportWork", "Compare with the app on every validation and test image"
        ),
        ExportStep.MEASURE: translate("ExportWork", "Measure time and memory"),
        ExportStep.FINISH: translate("ExportWork", "Put the pieces together"),
    }
    return titles[step]


def step_note(step: ExportStep, *, tried: bool) -> str:
    """What is done in a step that has not said anything; may be empty.

    Args:
        step: The step.
        tried: Whether a way to round the model was tried already.
    """
    if step is ExportStep.ROUND and tried:
        return translate("ExportWork", "Trying another way…")
    if step is ExportStep.ROUND:
        return translate("ExportWork", "Looking at training images to choose the ranges…")
    return ""
