"""What exported files are called, and which icon what they are made for has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QLocale

from effnet_studio.engine.export.certificate.record import Target, told_share
from effnet_studio.engine.export.formats import FORMATS
from effnet_studio.engine.export.targets import TARGETS
from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.text import percent_text

if TYPE_CHECKING:
    from effnet_studio.engine.export.certificate.record import ExportFormat

TARGET_ICONS: Final = {
    Target.PYTHON: "code",
    Target.WEB: "globe",
    Target.SERVER: "server",
    Target.PHONE: "phone",
    Target.PI: "cpu",
    Target.CPP: "terminal",
    Target.RESEARCH: "layers",
}
"""Any other is shown as a file."""

_MIXED: Final = ("tuned", "mixed", "channels")
"""Recipes of which a part stays in 32 bits: as in the searches of the engine, which need PyTorch or
onnxruntime and cannot be imported here."""

translate = QCoreApplication.translate


def format_title(format_: ExportFormat) -> str:
    """Name of a format in the window's language; its key if this app no longer makes it."""
    spec = FORMATS.get(format_)
    return translate_message(spec.title) if spec is not None else format_.value


def target_title(target: Target) -> str:
    """Name of what a file is made for; its key if this app no longer makes files for it."""
    spec = TARGETS.get(target)
    return translate_message(spec.title) if spec is not None else target.value


def target_icon(target: Target) -> str:
    """Name of the icon of what a file is made for."""
    return TARGET_ICONS.get(target, "file")


def recipe_text(recipe: str) -> str:
    """What a way to round a model does, in words; its name if this app no longer knows it."""
    name, _, percent = recipe.partition("-") if recipe[-1:].isdigit() else (recipe, "", "")
    if percent and name in _MIXED:
        return translate("ExportWords", "{percent} % in 32 bits").format(percent=percent)
    words = {
        "least-error": translate("ExportWords", "all in 8 bits"),
        "channels": translate("ExportWords", "all in 8 bits"),
        "tuned": translate("ExportWords", "all in 8 bits, tuned"),
        "weights": translate("ExportWords", "only stored in 8 bits"),
    }
    return words.get(recipe, recipe)


def milliseconds_text(milliseconds: float) -> str:
    """A time in milliseconds with one decimal; a dash where it was not measured."""
    if not milliseconds:
        return "–"
    return translate("ExportWords", "{n} ms").format(n=QLocale().toString(milliseconds, "f", 1))


def agreement_text(share: float) -> str:
    """A share of same answers; "100.0 %" means every one of them, however many there are."""
    return percent_text(told_share(share))


def difference_text(share: float) -> str:
    """A difference of probabilities, with more digits the smaller it is."""
    if 0 < share < 1e-5:
        return f"< {percent_text(1e-5, 3)}"
    return percent_text(share, 1 if share >= 0.01 else 3)


def points_text(share: float, *, signed: bool = False) -> str:
    """A difference of accuracies in percentage points.

    Args:
        share: In [-1, 1].
        signed: Whether a plus is written before positive ones.
    """
    text = QLocale().toString(100 * share, "f", 1)
    return f"+{text}" if signed and share > 0 else text.replace("-", "−")
