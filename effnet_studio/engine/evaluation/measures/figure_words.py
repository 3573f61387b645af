"""The figures of an evaluation in words: what they are called and what they mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from effnet_studio.engine.messages import Message, msg

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class FigureWords:
    """What people call a figure.

    Attributes:
        title: Its name.
        hint: What it says.
        share: Whether it is a share in [0, 1], written in per cent.
        more_is_better: Whether a larger value is better.
    """

    title: Message
    hint: Message
    share: bool = True
    more_is_better: bool = True


FIGURES: Final[Mapping[str, FigureWords]] = {
    "accuracy": FigureWords(msg("Accuracy"), msg("Share of right answers.")),
    "balanced_accuracy": FigureWords(
        msg("Balanced accuracy"),
        msg("Share of right answers in each class, averaged: small classes count as large ones."),
    ),
    "macro_f1": FigureWords(
        msg("Macro F1"),
        msg("F1, the balance of precision and recall, averaged over the classes."),
    ),
    "weighted_f1": FigureWords(
        msg("Weighted F1"),
        msg("F1, the balance of precision and recall, averaged over the images."),
    ),
    "top5": FigureWords(
        msg("Top-5 accuracy"),
        msg("Share of images whose class is among the five likeliest answers."),
    ),
    "kappa": FigureWords(
        msg("Cohen's kappa"),
        msg("How far the answers surpass guessing: 0 is no better, 1 is all right."),
        share=False,
    ),
    "mcc": FigureWords(
        msg("Matthews correlation"),
        msg("How well answers and classes agree: 0 is no better than guessing, 1 is all right."),
        share=False,
    ),
    "log_loss": FigureWords(
        msg("Log-loss"),
        msg(
            "How surprised the model is by the true classes: less is better, and confident errors "
            "cost most."
        ),
        share=False,
        more_is_better=False,
    ),
}
"""By the names that they have in :class:`~.evaluate.Evaluation` and :class:`~.intervals.Intervals`,
in the order in which they are shown."""
