"""What an export did, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from effnet_studio.cli.render import make_table, megabytes, percent
from effnet_studio.engine.export.certificate.record import told_share
from effnet_studio.engine.export.certificate.verdict import part_name, shortcomings

if TYPE_CHECKING:
    from rich.console import RenderableType

    from effnet_studio.engine.export.certificate.record import ExportResult


def export_report(result: ExportResult) -> list[RenderableType]:
    """How an exported file compares with the app."""
    table = make_table("", "Images", "Same answer", "Accuracy", "95 %", "App", "Largest difference")
    for part in result.parts:
        share = part.accuracy_share
        table.add_row(
            str(part_name(part.part)),
            str(part.images),
            percent(told_share(part.agreement)),
            percent(part.accuracy),
            f"{percent(share.low)} to {percent(share.high)}",
            percent(part.app_accuracy),
            f"{part.largest_difference:.2g}",
        )
    times = make_table("Threads", "One image", "95 % below", "App")
    for one in result.latencies:
        times.add_row(
            str(one.threads),
            f"{one.median_ms:.1f} ms",
            f"{one.p95_ms:.1f} ms",
            f"{one.app_median_ms:.1f} ms",
        )
    memory = "" if result.peak_memory is None else f", {megabytes(result.peak_memory)} of memory"
    lines: list[RenderableType] = [
        *([table, times] if result.checked else []),
        f"Size: {megabytes(result.bytes)}{memory}",
        _verdict(result),
    ]
    if result.skipped:
        lines.insert(1, f"Images that could not be read and were left out: {result.skipped}")
    if result.attempts:
        lines.insert(0, attempts_table(result))
    if result.reject is not None:
        lines.append('Less certain answers than the run\'s threshold are "none of these".')
    return [*lines, f"Model: {result.file}", f"Certificate: {result.page_file}"]


def _verdict(result: ExportResult) -> Text:
    reasons = shortcomings(result)
    if reasons:
        return Text("\n".join(["Not ready.", *map(str, reasons)]), style="red")
    if result.budget_points is None:
        return Text("Ready: it answers like the app.", style="green")
    allowed = f"{result.budget_points:g}"
    return Text(f"Ready: it loses no more than the {allowed} points it may.", style="green")


def attempts_table(result: ExportResult) -> RenderableType:
    """What was tried for an 8-bit file, the fastest first."""
    table = make_table(
        "", "Tried", "Same answer", "Points lost", "95 %", "Speed 1", "Batch", "Size"
    )
    for attempt in result.attempts:
        table.add_row(
            Text("✓", style="green") if attempt.recipe == result.recipe else "",
            attempt.recipe,
            percent(told_share(attempt.agreement)),
            f"{100 * attempt.loss:.1f}",
            f"{100 * attempt.loss_low:.1f} to {100 * attempt.loss_high:.1f}",
            f"{attempt.speed_up:.2f}×",
            f"{attempt.batch_speed_up:.2f}×",
            megabytes(attempt.bytes),
        )
    return table
