"""The choice of the threshold below which the answer is "none of these"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.models.rows_table import Column
from effnet_studio.gui.names import named
from effnet_studio.gui.text import count_text, figure_text, percent_text, sentences_text
from effnet_studio.gui.theme import SPACE_1, SPACE_2, set_role, set_tone
from effnet_studio.gui.widgets.calm_combo import CalmCombo
from effnet_studio.gui.widgets.evaluate.threshold_curve import ThresholdCurve
from effnet_studio.gui.widgets.flow_layout import FlowLayout
from effnet_studio.gui.widgets.help_mark import HelpMark
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.plots.twin_card import TwinCard

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from effnet_studio.engine.evaluation.rejection import RiskCoverage
    from effnet_studio.engine.predict.reject_option import RejectOption
    from effnet_studio.gui.theme import ThemeManager

_SCORES: Final = ("confidence", "energy")
"""Names of the scores, as the engine has them; the first is the default."""
_WISHES: Final = (0.95, 0.98, 0.99)
"""Shares of right answers that are offered."""
_ROWS: Final = 200
"""Thresholds in the table; of more, so many spread evenly."""


class ThresholdCard(TwinCard):
    """Curve, sentence and buttons.

    Args:
        theme: Colours.
        parent: Qt's owner.
    """

    moved = Signal()
    """Another threshold is on view."""
    images_asked = Signal()
    """The user wants to see what would get "none of these"."""
    use_asked = Signal()
    """The user wants the threshold on view to be used."""
    none_asked = Signal()
    """The user wants every image to be answered."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        self.curve = ThresholdCurve(theme)
        super().__init__(self.curve, theme, name="threshold", parent=parent)
        self._curves: Mapping[str, RiskCoverage] = {}
        self._split = "val"
        self._kept: RejectOption | None = None
        self._wanted: float | None = None
        self._saving, self._writable, self._exported = False, True, False
        self._score = CalmCombo("threshold_score", self)
        for name in _SCORES:
            self._score.addItem("", name)
        self._score.setMinimumContentsLength(12)
        self.add_to_head(HelpMark("concept-none-of-these", theme, self))
        self._build_foot()
        self.curve.moved.connect(self._on_moved)
        self._score.currentIndexChanged.connect(self._on_score)
        self._show.clicked.connect(self.images_asked)
        self._use.clicked.connect(self.use_asked)
        self._none.clicked.connect(self.none_asked)
        self.retranslate()

    def _build_foot(self) -> None:
        foot = QWidget(self)
        self._axis, self._said, self._used, self._why = (
            named(Label(foot), f"threshold_{name}") for name in ("axis", "said", "used", "why")
        )
        self._show, self._use, self._none = (
            named(QPushButton(foot), f"threshold_{name}") for name in ("show", "use", "none")
        )
        self._axis.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        for label, role in (
            (self._axis, "caption"),
            (self._said, "strong"),
            (self._used, "muted"),
            (self._why, "muted"),
        ):
            label.setWordWrap(True)
            set_role(label, role)
        set_tone(self._why, "warning")
        set_role(self._use, "primary")
        buttons = FlowLayout(SPACE_2)
        for button in (self._use, self._none, self._show):
            buttons.addWidget(button)
        column = QVBoxLayout(foot)
        column.setContentsMargins(0, 0, 0, SPACE_1)
        column.setSpacing(SPACE_2)
        for label in (self._axis, self._said, self._used, self._why):
            column.addWidget(label)
        column.addLayout(buttons)
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(2, self._make_choices())
            layout.addWidget(foot)

    def _make_choices(self) -> QWidget:
        """The score, and what share of the answers shall be right."""
        row = QWidget(self)
        self._wish = named(Label(row), "threshold_wish")
        set_role(self._wish, "caption")
        self._wishes = [
            named(QPushButton(row), f"threshold_{round(100 * share)}") for share in _WISHES
        ]
        flow = FlowLayout(SPACE_2, row)
        for widget in (self._score, self._wish, *self._wishes):
            flow.addWidget(widget)
        for button in self._wishes:
            set_role(button, "link")
            button.clicked.connect(self._on_wish)
        return row

    # -- what is shown -----------------------------------------------------------------------

    def set_curves(self, curves: Mapping[str, RiskCoverage], split: str) -> None:
        """Show what every threshold makes of some images.

        Args:
            curves: By the score's name; empty: not known yet.
            split: Which part of the images they are.
        """
        self._curves, self._split = curves, split
        self._show_curve()

    def set_room(self, width: int) -> None:
        """Grow where there is much room; ``width`` is that of the view, in pixels."""
        self.curve.set_room(width)
        self.fit_drawing()

    def forget(self) -> None:
        """Other images are coming: the handle does not stay where the user put it."""
        self._wanted = None

    def set_kept(self, kept: RejectOption | None) -> None:
        """Show which threshold is used at present; None: none."""
        if kept == self._kept:
            return  # the user's handle stays where it is
        self._kept, self._wanted = kept, None
        if kept is not None:
            self._score.setCurrentIndex(max(0, self._score.findData(kept.score.value)))
        self._show_curve()

    def set_state(self, *, saving: bool, writable: bool, exported: bool = False) -> None:
        """Say whether a choice is being kept, and whether one can be.

        Args:
            saving: It is.
            writable: The project is open for writing.
            exported: The answers are those of an exported file.
        """
        self._saving, self._writable, self._exported = saving, writable, exported
        self.curve.set_place(self.curve.place, movable=self.choosable)
        self.retranslate()

    @property
    def score(self) -> str:
        """Name of the score that is looked at."""
        return str(self._score.currentData())

    @property
    def threshold(self) -> float | None:
        """The threshold on view; None if there is none."""
        curve, place = self._curves.get(self.score), self.curve.place
        return None if curve is None or place is None else float(curve.thresholds[place])

    def rejected(self) -> NDArray[np.int64]:
        """Positions of the images that would get "none of these", the least certain first."""
        curve, threshold = self._curves.get(self.score), self.threshold
        if curve is None or threshold is None:
            return np.zeros(0, dtype=np.int64)
        order = np.argsort(curve.certainty, kind="stable")
        chosen: NDArray[np.int64] = order[curve.certainty[order] < threshold]
        return chosen

    @property
    def choosable(self) -> bool:
        """Whether the answers on view may choose a threshold."""
        return self._split == "val" and not self._exported

    def _place_of(self, threshold: float) -> int | None:
        """The point of the curve that answers as many images as a threshold does."""
        curve = self._curves[self.score]
        answered, _ = curve.counts_at(threshold)
        return int(np.searchsorted(curve.answered, answered)) if answered else None

    def _show_curve(self) -> None:
        curve = self._curves.get(self.score)
        if curve is not None:
            self.curve.set_curve(curve.coverage, curve.accuracy)
            kept = self._kept
            of_score = kept is not None and kept.score.value == self.score
            used = self._place_of(kept.threshold) if kept is not None and of_score else None
            self.curve.set_kept(used)
            place = used if self._wanted is None else self._place_of(self._wanted)
            last = len(curve.thresholds) - 1
            self.curve.set_place(last if place is None else place, movable=self.choosable)
        self.retranslate()

    @Slot(int)
    def _on_moved(self, _place: int) -> None:
        self._wanted = self.threshold
        self._say()
        self.moved.emit()

    @Slot()
    def _on_wish(self) -> None:
        """Answer as many images as leave so many answers right."""
        curve, share = self._curves.get(self.score), _WISHES[self._wishes.index(self.sender())]  # type: ignore[arg-type]
        if curve is not None:
            self.curve.move_to(int(np.flatnonzero(curve.accuracy >= share)[-1]))

    @Slot(int)
    def _on_score(self, _row: int) -> None:
        self._wanted = None
        self._show_curve()
        self.moved.emit()

    # -- words -------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Write everything in the window's language."""
        self.set_title(self.tr("When to say “none of these”"))
        caption = self.tr(
            "The more of the least certain answers are left out, the more of the rest are right."
        )
        if self.choosable:
            caption = sentences_text((caption, self.tr("Drag the line, or use the arrow keys.")))
        self.set_caption(caption)
        self._axis.setText(
            self.tr("Images answered, and above how many of these answers are right")
        )
        names = (self.tr("By confidence"), self.tr("By energy"))
        hints = (
            self.tr("How likely the model finds its answer"),
            self.tr("How strongly the model responds to the image at all, whatever the answer"),
        )
        for row, (name, hint) in enumerate(zip(names, hints, strict=True)):
            self._score.setItemText(row, name)
            self._score.setItemData(row, hint, Qt.ItemDataRole.ToolTipRole)
        self._score.setAccessibleName(self.tr("By what certainty is told"))
        self._wish.setText(self.tr("At least this many right:"))
        for button, share in zip(self._wishes, _WISHES, strict=True):
            button.setText(percent_text(share, 0))
            button.setAccessibleName(
                self.tr("At least {share} right").format(share=percent_text(share, 0))
            )
            button.setToolTip(
                self.tr(
                    "Answer as many images as possible so that at least {share} are right"
                ).format(share=percent_text(share, 0))
            )
        self._use.setText(self.tr("Use this threshold"))
        self._none.setText(self.tr("Use none"))
        self._use.setToolTip(self.tr("Here, in exported files, and on the command line"))
        self._none.setToolTip(self.tr("Every image is answered from now on"))
        for button in (self._use, self._none):
            button.setAccessibleName(button.text())
        self._fill_table()
        self._say()

    def _say(self) -> None:
        """Say what the threshold on view does, and what can be done with it."""
        curve, threshold = self._curves.get(self.score), self.threshold
        known = curve is not None and threshold is not None
        said, refused, accuracy = "", 0, ""
        if curve is not None and threshold is not None:
            answered, right = curve.counts_at(threshold)
            refused = curve.images - answered
            accuracy = percent_text(right / max(1, answered))
            said = self.tr("Answers {coverage} of the images; {accuracy} of those are right.")
            if not refused:
                said = self.tr("Answers every image; {accuracy} of those are right.")
            said = said.format(coverage=percent_text(answered / curve.images), accuracy=accuracy)
            if refused:
                others = self.tr("%n image(s) would get “none of these”.", "", refused)
                said = sentences_text((said, others))
        self._said.setText(said)
        self.curve.setAccessibleName(f"{self.tr('Threshold')}: {said}")
        self._show.setText(self.tr("Show %n image(s)", "", refused))
        self._show.setAccessibleName(self.tr("Show the images that would get “none of these”"))
        self._show.setVisible(refused > 0)
        self._say_used()
        reason = self._reason() or self._caution(curve, threshold)
        self._why.setText(reason)
        self._why.setVisible(bool(reason))
        same = self._kept is not None and threshold == self._kept.threshold
        free = known and not self._saving and self._writable
        for button in (self._use, self._none, self._wish, *self._wishes):
            button.setVisible(self.choosable)
        for button, share in zip(self._wishes, _WISHES, strict=True):
            button.setEnabled(curve is not None and bool((curve.accuracy >= share).any()))
        self._use.setEnabled(free and refused > 0 and not same)
        self._none.setEnabled(free and self._kept is not None)

    def _caution(self, curve: RiskCoverage | None, threshold: float | None) -> str:
        """Why the threshold on view should not be relied on; empty if it may be."""
        from effnet_studio.engine.evaluation.rejection import cautions

        if curve is None or threshold is None:
            return ""
        said = cautions(*curve.counts_at(threshold), curve.images)
        return sentences_text(translate_message(each) for each in said)

    def _say_used(self) -> None:
        kept = self._kept
        self._used.setVisible(not self._exported)
        if kept is None:
            text = self.tr("Used at present: none, so that every image is answered.")
        else:
            text = self.tr(
                "Used at present: one that answers {coverage} of the validation images, {accuracy}"
                " of those rightly."
            ).format(coverage=percent_text(kept.coverage), accuracy=percent_text(kept.accuracy))
        self._used.setText(text)
        set_tone(self._used, "success" if kept is not None else "")

    def _reason(self) -> str:
        """Why nothing can be chosen here; empty if it can."""
        if self._exported:
            return self.tr(
                "An exported file keeps the threshold it was exported with. Choose it for the"
                " trained model, and export that again."
            )
        if self._split == "test":
            return self.tr(
                "Do not choose a threshold with the test images: their accuracy would then no"
                " longer say how good the model is with new images. Choose with the validation"
                " images."
            )
        if self._split == "train":
            return self.tr(
                "The model knows the training images by heart, so it is surer of them than of new"
                " ones. Choose with the validation images."
            )
        if not self._writable:
            return self.tr("The project is open for reading only.")
        return ""

    def _fill_table(self) -> None:
        curve = self._curves.get(self.score)
        columns = (
            Column(self.tr("Threshold")),
            Column(self.tr("Images answered")),
            Column(self.tr("Share answered")),
            Column(self.tr("Answers right")),
        )
        rows = []
        if curve is not None:
            count = len(curve.thresholds)
            coverage, accuracy = curve.coverage, curve.accuracy  # worked out at each call
            shown = np.unique(np.linspace(0, count - 1, min(count, _ROWS)).round().astype(int))
            rows = [
                (
                    figure_text(float(curve.thresholds[place]), 4),
                    count_text(int(curve.answered[place])),
                    percent_text(float(coverage[place])),
                    percent_text(float(accuracy[place])),
                )
                for place in shown[::-1]
            ]
        self.set_table(columns, rows)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
