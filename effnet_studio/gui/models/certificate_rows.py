"""A certificate's figures and tables in the words of the window's language; without widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from effnet_studio.engine.export.certificate.verdict import part_name
from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.models.export_words import (
    agreement_text,
    difference_text,
    milliseconds_text,
    points_text,
)
from effnet_studio.gui.text import (
    bytes_text,
    count_text,
    figure_text,
    percent_text,
    rough_bytes_text,
    sentences_text,
)

if TYPE_CHECKING:
    from effnet_studio.engine.export.certificate.record import ExportResult, PartCheck

translate = QCoreApplication.translate

Table = tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]
"""Headings and rows."""

FIGURES = 5
"""Figures of a certificate."""
_UNKNOWN = "–"
_IMAGES: Final = ("BrowserBar", "%n image(s)")
"""Its plurals are there: lupdate sees them only where ``tr`` is called."""


def verdict_title(result: ExportResult) -> str:
    """Whether the file may be used, in a word or two."""
    if result.ok:
        return translate("CertificateView", "Ready")
    return translate("CertificateView", "Not ready")


def verdict_text(result: ExportResult) -> str:
    """What "ready" means for a file; empty for one that is not, whose reasons say more."""
    if not result.ok:
        return ""
    if result.budget_points is None:
        text = translate(
            "CertificateView",
            "The file was opened again and gave the app's answer on every image.",
        )
    else:
        text = translate(
            "CertificateView",
            "The file was opened again; it lost no more than the {points} points of accuracy it was"
            " allowed.",
        ).format(points=figure_text(result.budget_points))
    if result.reject is not None:
        carried = translate("CertificateView", 'It carries the threshold for "none of these".')
        text = sentences_text((text, carried))
    return text


def figures(result: ExportResult) -> tuple[tuple[str, str, str, str], ...]:
    """Caption, figure, note and tool-tip of each key figure; dashes where nothing was measured."""
    app = translate("CertificateView", "App: {value}")
    checked = result.checked
    return (
        (
            translate("CertificateView", "Same answers"),
            agreement_text(result.agreement) if checked else _UNKNOWN,
            translate(*_IMAGES, None, result.images) if checked else "",
            translate(
                "CertificateView",
                "The file was opened again and asked about your validation and test images",
            ),
        ),
        (
            translate("CertificateView", "Largest difference"),
            difference_text(result.max_probability_difference) if checked else _UNKNOWN,
            translate("CertificateView", "of a probability") if checked else "",
            translate("CertificateView", "Of any class's probability on any of these images"),
        ),
        (
            translate("CertificateView", "Accuracy"),
            percent_text(result.accuracy) if checked else _UNKNOWN,
            app.format(value=percent_text(result.app_accuracy)) if checked else "",
            translate("CertificateView", "Share of the images that were recognised"),
        ),
        (
            translate("CertificateView", "Size"),
            bytes_text(result.bytes),
            translate("CertificateView", "Memory: {size}").format(
                size=rough_bytes_text(result.peak_memory)
            )
            if result.peak_memory is not None
            else "",
            translate(
                "CertificateView",
                "Of the file, and the most memory of a process that opens it and judges one image",
            ),
        ),
        (
            translate("CertificateView", "Time for one image"),
            milliseconds_text(result.latency_ms),
            app.format(value=milliseconds_text(result.app_latency_ms))
            if result.app_latency_ms
            else "",
            translate(
                "CertificateView", "On this computer, without reading the file; measured in turns"
            ),
        ),
    )


def parts_table(result: ExportResult) -> Table:
    """File and app on the images of each part, with 95 % intervals."""
    heads = (
        translate("CertificateView", "Images"),
        translate("CertificateView", "Number"),
        translate("CertificateView", "Same answers"),
        translate("CertificateView", "Accuracy (95 %)"),
        translate("CertificateView", "App"),
        translate("CertificateView", "Points lost (95 %)"),
        translate("CertificateView", "Largest difference"),
    )
    return heads, tuple(_part_row(part) for part in result.parts)


def _part_row(part: PartCheck) -> tuple[str, ...]:
    accuracy, (low, high) = part.accuracy_share, part.loss_limits
    limits = translate("CertificateView", "{low} to {high}").format(
        low=points_text(low, signed=True), high=points_text(high, signed=True)
    )
    return (
        translate_message(part_name(part.part)),
        count_text(part.images),
        f"{count_text(part.same)} · {agreement_text(part.agreement)}",
        f"{percent_text(part.accuracy)} ({_range(accuracy.low, accuracy.high)})",
        percent_text(part.app_accuracy),
        f"{points_text(part.loss)} ({limits})",
        difference_text(part.largest_difference),
    )


def _range(low: float, high: float) -> str:
    return f"{percent_text(low).removesuffix(' %')} – {percent_text(high)}"


def times_table(result: ExportResult) -> Table:
    """Time of one image with one thread and with all."""
    heads = (
        translate("CertificateView", "Processor threads"),
        translate("CertificateView", "One image, median"),
        translate("CertificateView", "95 % below"),
        translate("CertificateView", "App"),
    )
    rows = (
        (
            count_text(one.threads),
            milliseconds_text(one.median_ms),
            milliseconds_text(one.p95_ms),
            milliseconds_text(one.app_median_ms),
        )
        for one in result.latencies
    )
    return heads, tuple(rows)


def measured_on(result: ExportResult) -> str:
    """The program that ran the file, and the computer; empty where nothing was measured."""
    if not result.checked:
        return ""
    keys = ("processor", "system")
    known = [result.environment[key] for key in keys if result.environment.get(key)]
    parts = [result.program, *known] if result.program else known
    return (
        translate("CertificateView", "Measured with {what}").format(what=" · ".join(parts))
        if parts
        else ""
    )
