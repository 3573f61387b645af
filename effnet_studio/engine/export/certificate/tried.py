"""The ways to round a model that were tried, on its certificate: two charts and a table."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from effnet_studio.engine.export.certificate.record import told_share
from effnet_studio.engine.messages import msg
from effnet_studio.engine.report.content import Chart, Charts, Column, Section, Series, Table
from effnet_studio.engine.report.figures import megabytes, percent, signed_points

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from effnet_studio.engine.export.certificate.record import Attempt, ExportResult
    from effnet_studio.engine.messages import Message
    from effnet_studio.engine.report.content import Cell


def attempts_section(result: ExportResult) -> Iterator[Section]:
    """Show what was tried, failed ways too; nothing where nothing was.

    Args:
        result: The export.
    """
    attempts = result.attempts
    if not attempts:
        return
    charts = (
        _chart(
            attempts,
            msg("Accuracy by time"),
            msg("Accuracy on the validation images by the time of one image, for each way tried."),
            msg("Milliseconds for one image"),
            lambda one: (one.latency_ms, one.float_latency_ms),
        ),
        _chart(
            attempts,
            msg("Accuracy by size"),
            msg("Accuracy on the validation images by the size of the file, for each way tried."),
            msg("Megabytes"),
            lambda one: (one.bytes / 1e6, one.float_bytes / 1e6),
        ),
    )
    yield Section("attempts", msg("What was tried"), (Charts(charts), _table(result)))


def _chart(
    attempts: Sequence[Attempt],
    title: Message,
    alt: Message,
    x_title: Message,
    places: Callable[[Attempt], tuple[float, float]],
) -> Chart:
    """Accuracy over a cost, by whether the promise was kept.

    ``places`` gives the cost of an attempt and of the 32-bit file.
    """
    first = attempts[0]
    kept = [one for one in attempts if one.kept_promise]
    failed = [one for one in attempts if not one.kept_promise]
    shown = [
        Series(name, tuple(x for x, _ in points), tuple(y for _, y in points), color, "dots")
        for name, color, points in (
            (msg("Kept"), 0, [(places(one)[0], one.accuracy) for one in kept]),
            (msg("Not kept"), 1, [(places(one)[0], one.accuracy) for one in failed]),
            (msg("32 bits"), 2, [(places(first)[1], first.accuracy + first.loss)]),
        )
        if points
    ]
    return Chart(
        title=title,
        alt=alt,
        x_title=x_title,
        series=tuple(shown),
        x_range=(0.0, 1.1 * max(x for each in shown for x in each.x)),
        y_range=_whole_points([y for each in shown for y in each.y]),
        percent="y",
    )


def _whole_points(accuracies: Sequence[float]) -> tuple[float, float]:
    """Ends of an axis that leave room and whose four steps are whole per cents."""
    low = max(0, math.floor(100 * min(accuracies)) - 1)
    high = min(100, math.ceil(100 * max(accuracies)) + 1)
    missing = -(high - low) % 4
    low -= min(low, missing)
    return low / 100, (high + -(high - low) % 4) / 100


def _table(result: ExportResult) -> Table:
    heads = (
        msg("Same answers"),
        msg("Points lost"),
        "95 %",
        msg("Speed, one image"),
        msg("Speed, many"),
        msg("Size"),
    )
    rows: list[tuple[Cell, ...]] = []
    for one in result.attempts:
        mark = "✓ " if one.recipe == result.recipe else ""
        rows.append(
            (
                f"{mark}{one.recipe}",
                percent(told_share(one.agreement)),
                signed_points(one.loss),
                f"{signed_points(one.loss_low)} … {signed_points(one.loss_high)}",
                f"{one.speed_up:.2f}×",
                f"{one.batch_speed_up:.2f}×",
                megabytes(one.bytes),
            )
        )
    return Table(
        caption=msg("Ways that were tried, the fastest first"),
        columns=(Column(msg("Recipe")), *(Column(text, number=True) for text in heads)),
        rows=tuple(rows),
    )
