"""What a comparison of two runs says, in the window's language. Pure functions of their input."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from effnet_studio.engine.evaluation.comparing.comparison import settings_diff
from effnet_studio.engine.evaluation.comparing.gains import GAIN_FIGURES
from effnet_studio.engine.evaluation.measures.figure_words import FIGURES
from effnet_studio.gui.i18n import translate_message, translate_text
from effnet_studio.gui.models.setting_words import setting_text
from effnet_studio.gui.models.thumbnails import Thumbnail, file_cell
from effnet_studio.gui.text import count_text, duration_text, percent_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.evaluation.comparing.comparison import (
        Answer,
        Comparison,
        Disagreement,
    )
    from effnet_studio.engine.evaluation.comparing.gains import Gain
    from effnet_studio.engine.evaluation.measures.significance import Share
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
    best = run.best
    return "–" if best is None else f"{best.epoch + 1} / {run.config.epochs}"


def _time(run: Run) -> str:
    seconds = sum(epoch.seconds for epoch in run.epochs)
    return translate("Comparison", "under 1 s") if 0 < seconds < 1 else duration_text(seconds)


def range_text(share: Share) -> str:
    """The interval of a share, such as ``"71.2 % to 80.4 %"``."""
    return translate("Comparison", "{low} to {high}").format(
        low=percent_text(share.low), high=percent_text(share.high)
    )


def ground_text(found: Comparison) -> str:
    """On how many images two runs were compared, why not on others, and what changed in these."""
    parts = [
        translate("Comparison", "{n} images that both have judged").format(
            n=count_text(found.judged)
        )
    ]
    changed = found.changed
    reasons = (
        (found.seen, translate("Comparison", "{n} left out: one run has learned from them")),
        (found.unknown, translate("Comparison", "{n} left out: one run does not know their class")),
        (found.unreadable, translate("Comparison", "{n} left out: they cannot be read")),
        (
            0 if changed is None else len(changed.relabelled),
            translate("Comparison", "{n} given another class in between, which counts for both"),
        ),
        (
            0 if changed is None else len(changed.added) + len(changed.removed),
            translate("Comparison", "{n} that only one run had among its images"),
        ),
    )
    parts += [text.format(n=count_text(count)) for count, text in reasons if count]
    return translate("Comparison", "{facts}.").format(facts=" · ".join(parts))


def verdict_tone(found: Comparison) -> str:
    """Colour of the verdict: green where the second run is better; a worse one is no error."""
    tones = {"second": "success", "first": "accent", "chance": "warning"}
    return tones.get(found.outcome, "")


def gain_rows(gains: Sequence[Gain]) -> list[tuple[str, ...]]:
    """Figures of two runs: name, first, second, difference, its interval and the verdict.

    Args:
        gains: One for each row; without any the rows have names and dashes.
    """
    if not gains:
        titles = (translate_message(FIGURES[name].title) for name in GAIN_FIGURES)
        return [(title, *["–"] * 5) for title in titles]
    return [
        (
            translate_message(FIGURES[gain.figure].title),
            figure_text(gain.figure, gain.first),
            figure_text(gain.figure, gain.second),
            difference_text(gain.figure, gain.difference.value),
            _interval_text(gain),
            _gain_verdict(gain),
        )
        for gain in gains
    ]


def figure_text(name: str, value: float) -> str:
    """A figure as people write it: a share in per cent, any other with three decimals."""
    return percent_text(value) if _share(name) else QLocale().toString(value, "f", 3)


def difference_text(name: str, value: float) -> str:
    """A difference of figures with its sign; that of shares in percentage points."""
    number = _signed(name, value)
    return translate("Comparison", "{n} points").format(n=number) if _share(name) else number


def _interval_text(gain: Gain) -> str:
    ends = (gain.difference.low, gain.difference.high)
    if not all(map(math.isfinite, ends)):
        return translate("Comparison", "too few images")
    low, high = (_signed(gain.figure, end) for end in ends)
    if _share(gain.figure):
        return translate("Comparison", "{low} to {high} points").format(low=low, high=high)
    return translate("Comparison", "{low} to {high}").format(low=low, high=high)


def _signed(name: str, value: float) -> str:
    scale, decimals = (100, 1) if _share(name) else (1, 3)
    rounded = round(scale * value, decimals)
    sign = "+" if rounded > 0 else "−" if rounded < 0 else ""
    return f"{sign}{QLocale().toString(abs(rounded), 'f', decimals)}"


def _share(name: str) -> bool:
    return FIGURES[name].share


def _gain_verdict(gain: Gain) -> str:
    if gain.difference.value == 0:
        return translate("Comparison", "No difference")
    words = {
        "first": translate("Comparison", "First is better"),
        "second": translate("Comparison", "Second is better"),
        None: translate("Comparison", "May be chance"),
    }
    return words[gain.better]


def kept(found: Comparison, verdict: str) -> list[Disagreement]:
    """The disagreements with a verdict; all of them for an empty one."""
    return [each for each in found.disagreements if verdict in {"", each.verdict}]


def disagreement_cell(each: Disagreement) -> Thumbnail:
    """A cell with what each run says: green where only the second is right, blue the first."""
    # A line for each: the two answers are what one came to see, and long names need their room.
    first, second = _answer(each.first), _answer(each.second)
    tones = {"first": "accent_text", "second": "success", "neither": "muted"}
    tone = tones[each.verdict]
    return file_cell(each.path, title=first, caption=second, tone=tone, value=each)


def _answer(answer: Answer) -> str:
    return f"{answer.label} {RIGHT if answer.right else WRONG}"
