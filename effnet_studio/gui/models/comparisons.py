"""What a comparison of two runs says, in the window's language. Pure functions of their input."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from effnet_studio.engine.evaluation.comparison import settings_diff
from effnet_studio.gui.i18n import translate_text
from effnet_studio.gui.models.setting_words import setting_text
from effnet_studio.gui.models.thumbnails import Thumbnail, file_cell
from effnet_studio.gui.text import count_text, duration_text, percent_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.data.versions import VersionDiff
    from effnet_studio.engine.evaluation.comparison import Answer, Comparison, Disagreement
    from effnet_studio.engine.evaluation.significance import Share
    from effnet_studio.engine.training.runs import Run

translate = QCoreApplication.translate

RIGHT, WRONG = "✓", "✗"


def setting_rows(first: Run, second: Run, runs: Sequence[Run] = ()) -> list[tuple[str, str, str]]:
    """The settings that differ, then how the two trainings went.

    Args:
        first: A run.
        second: Another.
        runs: All of the project, which have names.

    Returns:
        What it is, and the two values.
    """
    rows = [
        (
            translate_text(diff.title),
            setting_text(diff.field, _value(first, diff.field, diff.first), runs),
            setting_text(diff.field, _value(second, diff.field, diff.second), runs),
        )
        for diff in settings_diff(first, second)
    ]
    same = translate("Comparison", "same")
    return [
        *(rows or [(translate("Comparison", "Settings"), same, same)]),
        (translate("Comparison", "Best epoch"), _best_epoch(first), _best_epoch(second)),
        (translate("Comparison", "Training time"), _time(first), _time(second)),
    ]


def _value(run: Run, name: str, text: str) -> object:
    """The value of a setting; of starting weights, those that were really taken."""
    return text if name == "weights" else getattr(run.config, name)


def _best_epoch(run: Run) -> str:
    best = max(run.epochs, key=lambda epoch: epoch.val_accuracy, default=None)
    return "–" if best is None else f"{best.epoch + 1} / {run.config.epochs}"


def _time(run: Run) -> str:
    return duration_text(sum(epoch.seconds for epoch in run.epochs))


def range_text(share: Share) -> str:
    """The interval of a share, such as ``"71.2 % to 80.4 %"``."""
    return translate("Comparison", "{low} to {high}").format(
        low=percent_text(share.low), high=percent_text(share.high)
    )


def ground_text(found: Comparison) -> str:
    """On how many images two runs were compared, and why others were left out."""
    parts = [
        translate("Comparison", "{n} images that both have judged").format(
            n=count_text(found.judged)
        )
    ]
    reasons = (
        (found.seen, translate("Comparison", "{n} left out: one run has learned from them")),
        (found.unknown, translate("Comparison", "{n} left out: one run does not know their class")),
        (found.unreadable, translate("Comparison", "{n} left out: they cannot be read")),
    )
    parts += [text.format(n=count_text(count)) for count, text in reasons if count]
    return " · ".join(parts)


def images_text(diff: VersionDiff | None) -> str:
    """How the images that two runs saw differ."""
    if diff is None:
        return translate("Comparison", "What images one of them saw is not remembered.")
    if not diff:
        return translate("Comparison", "Both saw the same images.")
    kinds = (
        (diff.added, translate("Comparison", "{n} added")),
        (diff.removed, translate("Comparison", "{n} removed")),
        (diff.relabelled, translate("Comparison", "{n} given another class")),
        (diff.moved, translate("Comparison", "{n} moved to another part")),
    )
    changes = ", ".join(text.format(n=count_text(len(found))) for found, text in kinds if found)
    return translate("Comparison", "Images between the two: {changes}.").format(changes=changes)


def kept(found: Comparison, verdict: str) -> list[Disagreement]:
    """The disagreements with a verdict; all of them for an empty one."""
    return [each for each in found.disagreements if verdict in {"", each.verdict}]


def disagreement_cell(each: Disagreement) -> Thumbnail:
    """A cell with what each run says: green where only the second is right, red the first."""
    caption = f"{_answer(each.first)} · {_answer(each.second)}"
    tones = {"first": "danger", "second": "success", "neither": "muted"}
    return file_cell(each.path, caption=caption, tone=tones[each.verdict], value=each)


def _answer(answer: Answer) -> str:
    return f"{answer.label} {RIGHT if answer.right else WRONG}"
