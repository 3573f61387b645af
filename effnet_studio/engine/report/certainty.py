"""The section of a report on how sure the model is, and whether it may be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from effnet_studio.engine.evaluation.measures.calibration import reliability
from effnet_studio.engine.evaluation.measures.significance import wilson
from effnet_studio.engine.messages import msg
from effnet_studio.engine.report.content import (
    Chart,
    Charts,
    Column,
    Paragraph,
    Section,
    Series,
    Table,
)
from effnet_studio.engine.report.figures import percent

if TYPE_CHECKING:
    from effnet_studio.engine.evaluation.measures.calibration import Calibration, Reliability
    from effnet_studio.engine.report.content import Cell
    from effnet_studio.engine.report.facts import Facts

ERROR_TITLE: Final = msg("Expected calibration error")
ERROR_HINT: Final = msg("How far confidence and accuracy are apart; 0 is perfect.")


def error_texts(found: Calibration) -> tuple[str, str]:
    """The expected calibration error and its 95 % interval, as texts."""
    low, high = 100 * found.ece_low, 100 * found.ece_high
    return percent(found.ece), f"{low:.1f} – {high:.1f} %"


def calibration_section(facts: Facts) -> Section:
    """Whether probabilities mean what they say.

    Args:
        facts: What is known.
    """
    found = facts.calibration
    text = msg(
        "On average it is {confidence} sure, and {accuracy} of its answers are right.",
        confidence=percent(found.confidence),
        accuracy=percent(found.accuracy),
    )
    evaluation = facts.evaluation
    bins = reliability(evaluation.confidence, evaluation.predicted == evaluation.true)
    charts = Charts((_diagram(bins), _histogram(bins)))
    note = msg(
        "Dots above the dotted line: it is right more often than it says; below: less often. "
        "Upright lines: 95 % intervals."
    )
    blocks = (Paragraph(text), charts, Paragraph(note, "muted"), _figures(facts))
    return Section("calibration", msg("How sure it is"), blocks)


def _diagram(bins: Reliability) -> Chart:
    filled = np.flatnonzero(bins.counts)
    right = np.rint(np.nan_to_num(bins.accuracy) * bins.counts).astype(np.int64)
    shares = [wilson(int(right[place]), int(bins.counts[place])) for place in filled]
    series = Series(
        msg("Right answers"),
        tuple(bins.confidence[filled].tolist()),
        tuple(share.value for share in shares),
        style="dots",
        low=tuple(share.low for share in shares),
        high=tuple(share.high for share in shares),
    )
    alt = msg(
        "Share of right answers by confidence; they are {percent} apart on average.",
        percent=percent(bins.ece),
    )
    return Chart(
        msg("Reliability"),
        alt,
        msg("Confidence"),
        (series,),
        x_range=(0.0, 1.0),
        y_range=(0.0, 1.0),
        percent="xy",
        diagonal=True,
    )


def _histogram(bins: Reliability) -> Chart:
    middles = tuple(((bins.edges[1:] + bins.edges[:-1]) / 2).tolist())
    right = np.rint(np.nan_to_num(bins.accuracy) * bins.counts)
    good = Series(msg("Right"), middles, tuple(right.tolist()), style="bars")
    wrong = Series(
        msg("Wrong"),
        middles,
        tuple((bins.counts - right).tolist()),
        color=1,
        style="bars",
        base=good.y,
    )
    sure = int(bins.counts[-1])
    alt = msg(
        "Images by confidence; {count} of {images} answers are more than 90 % sure.",
        count=sure,
        images=int(bins.counts.sum()),
    )
    return Chart(
        msg("Images"),
        alt,
        msg("Confidence"),
        (good, wrong),
        x_range=(0.0, 1.0),
        percent="x",
    )


def _figures(facts: Facts) -> Table:
    found, raw = facts.calibration, facts.raw_calibration
    rows: list[tuple[Cell, ...]] = [(ERROR_TITLE, *error_texts(found), ERROR_HINT)]
    if abs(facts.temperature - 1) > 1e-6:
        before = msg("Before the temperature")
        why = msg(
            "The same without the temperature {value} of the run.", value=f"{facts.temperature:.3f}"
        )
        rows.append((before, *error_texts(raw), why))
    rows += [
        (
            msg("Maximum calibration error"),
            percent(found.mce),
            "–",
            msg("The same where they are farthest apart, be it for few images."),
        ),
        (
            msg("Brier score"),
            f"{found.brier:.3f}",
            "–",
            msg("Squared distance of the probabilities from the truth, 0 to 2; lower is better."),
        ),
    ]
    heads = (
        Column(msg("Figure")),
        Column(msg("Value"), number=True),
        Column(msg("95 % interval"), number=True),
        Column(msg("What it says")),
    )
    return Table(msg("How sure it is"), heads, tuple(rows))
