"""What exported files are called, and which icon what they are made for has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QLocale

from effnet_studio.engine.export.certificate.record import Target
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


def milliseconds_text(milliseconds: float) -> str:
    """A time in milliseconds with one decimal; a dash where it was not measured."""
    if not milliseconds:
        return "–"
    return translate("ExportWords", "{n} ms").format(n=QLocale().toString(milliseconds, "f", 1))


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
