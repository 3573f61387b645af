"""What comparing two models gave, in a few sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.engine.predict.class_match import models_mismatch
from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.names import named
from effnet_studio.gui.text import sentences_text
from effnet_studio.gui.theme import SPACE_2, set_role, set_tone
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from effnet_studio.engine.predict.compare_models import ModelComparison
    from effnet_studio.gui.models.model_pairs import Compared

_NOTABLE = 1.1
"""Times as fast below which nobody would notice."""


class ComparisonSummary(QWidget):
    """How often two models agree, which is faster, which is right more often.

    Args:
        parent: Qt's owner.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("comparison_summary")
        self._found: Compared | None = None
        self._agree = named(Label(self), "comparison_agree")
        set_role(self._agree, "strong")
        self._speed = named(Label(self), "comparison_speed")
        self._score = named(Label(self), "comparison_score")
        self._spread = named(Label(self), "comparison_spread")
        set_role(self._spread, "caption")
        self._classes = named(Label(self), "comparison_classes")
        self._failure = named(Label(self), "comparison_failure")
        for label in (self._classes, self._failure):
            set_tone(label, "warning")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        for label in self._labels():
            label.setWordWrap(True)
            column.addWidget(label)
        self._show_texts()

    def _labels(self) -> tuple[Label, ...]:
        return (
            self._agree,
            self._score,
            self._speed,
            self._spread,
            self._classes,
            self._failure,
        )

    def set_compared(self, found: Compared | None) -> None:
        """Show another comparison; None: nothing yet."""
        self._found = found
        self._show_texts()

    def _show_texts(self) -> None:
        found = self._found
        texts = self._texts(found) if found is not None else [""] * len(self._labels())
        for label, text in zip(self._labels(), texts, strict=True):
            label.setText(text)
            label.setVisible(bool(text))
        self._speed.setToolTip(self._measured(found.comparison) if found is not None else "")

    def _texts(self, found: Compared) -> list[str]:
        comparison = found.comparison
        mismatch = models_mismatch(comparison.classes)
        failure = comparison.failure
        return [
            self.tr("They agree on {same} of %n image(s)", "", len(comparison.images)).format(
                same=QLocale().toString(comparison.agreeing)
            ),
            self._score_text(found),
            self._speed_text(comparison),
            self._spread_text(comparison),
            translate_message(mismatch) if mismatch is not None else "",
            translate_message(failure.message) if failure is not None else "",
        ]

    def _score_text(self, found: Compared) -> str:
        score = found.score
        if score is None:
            return ""
        locale = QLocale()
        counts = self.tr(
            "Right on {first} (A) and {second} (B) of %n image(s) held back from training.",
            "",
            score.images,
        ).format(
            first=locale.toString(score.first.right), second=locale.toString(score.second.right)
        )
        return sentences_text([counts, translate_message(score.message())])

    def _speed_text(self, comparison: ModelComparison) -> str:
        one, other, speed = (
            comparison.first_latency,
            comparison.second_latency,
            comparison.speed,
        )
        if one is None or other is None or speed is None:
            return ""
        locale = QLocale()
        times = locale.toString(max(speed, 1 / speed), "f", 1)
        if max(speed, 1 / speed) < _NOTABLE:
            words = self.tr("Both are equally fast")
        elif speed > 1:
            words = self.tr("B answers {times} times as fast").format(times=times)
        else:
            words = self.tr("A answers {times} times as fast").format(times=times)
        figures = [locale.toString(each.median_ms, "f", 1) for each in (one, other)]
        return self.tr("{words}: {first} ms (A) and {second} ms (B) for an image.").format(
            words=words, first=figures[0], second=figures[1]
        )

    def _spread_text(self, comparison: ModelComparison) -> str:
        if not comparison.images:
            return ""
        locale = QLocale()
        return self.tr(
            "Probabilities differ by up to {most} percentage points, {mean} on average."
        ).format(
            most=locale.toString(100 * comparison.largest_difference, "f", 1),
            mean=locale.toString(100 * comparison.mean_difference, "f", 2),
        )

    def _measured(self, comparison: ModelComparison) -> str:
        one, other = comparison.first_latency, comparison.second_latency
        if one is None or other is None:
            return ""
        locale = QLocale()
        parts = [
            self.tr("Median of single images, the models in turns."),
            self.tr("19 of 20 answers take at most {first} ms (A) and {second} ms (B).").format(
                first=locale.toString(one.p95_ms, "f", 1),
                second=locale.toString(other.p95_ms, "f", 1),
            ),
        ]
        threads = max(one.threads or 0, other.threads or 0)
        if threads:
            parts.append(self.tr("Measured with up to %n thread(s).", "", threads))
        return sentences_text(parts)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._show_texts()
