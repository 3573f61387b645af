"""What ``effnet-studio runs`` prints: for programs and for people."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from rich import box
from rich.table import Table
from rich.text import Text

from effnet_studio.cli.documents import interval_document
from effnet_studio.cli.render import figure_text, make_table
from effnet_studio.engine.evaluation.measures.figure_words import FIGURES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.data.versions import VersionDiff
    from effnet_studio.engine.evaluation.comparing.comparison import Comparison
    from effnet_studio.engine.evaluation.measures.significance import Share
    from effnet_studio.engine.training.runs import Run

_MOST_IMAGES = 30
"""Images listed for people on which two runs disagree, the most confident ones first."""


def runs_table(runs: Sequence[Run]) -> Table:
    """One line for each training."""
    table = _table("Run", "Name", "Model", "Preset", "Accuracy", "State", "Note")
    for run in runs:
        best = run.best_accuracy
        table.add_row(
            run.run_id,
            run.notes.name,
            run.model,
            run.config.preset.value,
            "" if best is None else f"{100 * best:.1f} %",
            run.state,
            run.notes.note.partition("\n")[0],
        )
    return table


def run_document(run: Run) -> dict[str, Any]:
    """What ``runs list`` says of a training."""
    origin = run.origin
    return {
        "run": run.run_id,
        "name": run.notes.name,
        "note": run.notes.note,
        "model": run.model,
        "preset": run.config.preset.value,
        "accuracy": run.best_accuracy,
        "epochs": len(run.epochs),
        "state": run.state,
        "created": run.created,
        "classes": list(run.classes),
        "dataset_version": run.dataset_version,
        "from": None if origin is None else {"run": origin.run, "how": origin.how},
    }


def comparison_document(found: Comparison) -> dict[str, Any]:
    """What ``runs compare`` found."""
    sides = (
        ("first", found.first, found.first_share),
        ("second", found.second, found.second_share),
    )
    return {
        **{
            key: {
                "run": run.run_id,
                "name": run.notes.name,
                "accuracy": share.value,
                "interval": [share.low, share.high],
                "right": share.right,
            }
            for key, run, share in sides
        },
        "split": found.split,
        "images": found.judged,
        "left_out": {
            "learned_from": found.seen,
            "unknown_class": found.unknown,
            "unreadable": found.unreadable,
        },
        "settings": [vars(each) for each in found.settings],
        "changed_between": None if found.changed is None else _changes(found.changed),
        "gains": [
            {
                "figure": gain.figure,
                "first": gain.first,
                "second": gain.second,
                "difference": gain.difference.value,
                "interval": interval_document(gain.difference),
                "better": gain.better,
            }
            for gain in found.gains
        ],
        "only_first_right": found.only_first,
        "only_second_right": found.only_second,
        "p_value": found.p_value,
        "outcome": found.outcome,
        "verdict": str(found.message()),
        "disagreements": [
            {
                "path": str(each.path),
                "true": each.true,
                "first": vars(each.first),
                "second": vars(each.second),
                "right": each.verdict,
            }
            for each in found.disagreements
        ],
    }


def comparison_report(found: Comparison) -> list[Table | str]:
    """Settings, shares, verdict and pictures for people."""
    settings = _table("Setting", found.first.title, found.second.title)
    settings.add_row("Accuracy", _share(found.first_share), _share(found.second_share))
    for diff in found.settings:
        settings.add_row(diff.title, diff.first or "–", diff.second or "–")
    pictures = _table("Image", "Class", found.first.title, found.second.title)
    for each in found.disagreements[:_MOST_IMAGES]:
        pictures.add_row(
            str(each.path),
            each.true,
            f"{each.first.label}{' (right)' if each.first.right else ''}",
            f"{each.second.label}{' (right)' if each.second.right else ''}",
        )
    more = len(found.disagreements) - _MOST_IMAGES
    return [
        settings,
        _gains_table(found),
        *_about_images(found),
        str(found.message()),
        *([pictures] if found.disagreements else []),
        *([f"… and {more:,} more (--json lists all)"] if more > 0 else []),
    ]


def _about_images(found: Comparison) -> list[str]:
    """On which images the two were compared, and what to know of them."""
    lines = [
        f"{found.judged:,} images ({found.split}) judged by both; in brackets: 95 % intervals."
    ]
    left_out = found.seen + found.unknown + found.unreadable
    if left_out:
        lines.append(
            f"Left out: {found.seen} that one has learned from, {found.unknown} of classes that "
            f"one does not know, {found.unreadable} unreadable."
        )
    if found.split == "val":
        lines.append(
            "Such images also chose the best epoch of each run; where there are test images, "
            "--split test is the fairer judge."
        )
    changes = _changes(found.changed) if found.changed is not None else {}
    if any(changes.values()):
        lines.append(
            "Between the two, of these images "
            + ", ".join(f"{count:,} {words}" for words, count in changes.items() if count)
            + "; both are judged by today's classes."
        )
    return lines


def _changes(diff: VersionDiff) -> dict[str, int]:
    """How many images were changed, by what was done to them."""
    kinds = ("added", "removed", "relabelled", "moved")
    return {kind: len(getattr(diff, kind)) for kind in kinds}


def _gains_table(found: Comparison) -> Table:
    table = make_table("Figure", "First", "Second", "Difference", "95 % interval", "Better")
    table.columns[-1].justify = "left"
    for gain in found.gains:
        values = (gain.first, gain.second)
        difference = gain.difference
        finite = math.isfinite(difference.low) and math.isfinite(difference.high)
        ends = [_difference(gain.figure, end) for end in (difference.low, difference.high)]
        table.add_row(
            str(FIGURES[gain.figure].title),
            *(figure_text(gain.figure, value) for value in values),
            _difference(gain.figure, difference.value),
            " to ".join(ends) if finite else "too few images",
            gain.better or ("may be chance" if difference.value else "no difference"),
        )
    return table


def _difference(figure: str, value: float) -> str:
    """A difference with its sign; shares differ by points of a hundred."""
    return f"{100 * value:+.1f} points" if FIGURES[figure].share else f"{value:+.3f}"


def _share(share: Share) -> str:
    return f"{100 * share.value:.1f} % ({100 * share.low:.1f} to {100 * share.high:.1f})"


def _table(*titles: str) -> Table:
    """A table of texts."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for title in titles:
        table.add_column(Text(title), overflow="fold")
    return table
