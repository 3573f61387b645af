"""The next step, in a sentence, at the foot of the sidebar: a guide one may ignore."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout
from typing_extensions import override

from effnet_studio.gui.actions import action_text
from effnet_studio.gui.direction import put_icon_behind
from effnet_studio.gui.models.tour import STEPS, Journey, Need, next_need, step_of
from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_1, SPACE_2, SPACE_3, set_role
from effnet_studio.gui.widgets.fitted_button import FittedButton
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from effnet_studio.gui.theme import ThemeManager

translate = QCoreApplication.translate


class TourCard(QFrame):
    """Says what to do next; leads there, unless that page is shown already.

    Args:
        theme: Tints the icons.
        parent: Qt's owner.
    """

    page_asked = Signal(str)
    """Key of the page where the next step is taken."""
    dismissed = Signal()
    """The user does not want to be guided."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tour_card")
        set_role(self, "card")
        self._theme = theme
        self._journey = Journey()
        self._page = ""
        self._build_ui()
        self._go.clicked.connect(self._on_go)
        self._close.clicked.connect(self.dismissed)
        self._retranslate()

    def _build_ui(self) -> None:
        self._place = named(Label(self), "tour_place")
        set_role(self._place, "caption")
        self._close = named(QToolButton(self), "tour_close")
        set_role(self._close, "ghost")
        self._theme.set_icon(self._close, "close", size=12)
        self._sentence = named(Label(self), "tour_sentence")
        self._sentence.setWordWrap(True)
        self._go = named(FittedButton(self), "tour_go")
        put_icon_behind(self._go)
        self._theme.set_icon(self._go, "arrow-right", size=16)
        head = QHBoxLayout()
        head.addWidget(self._place, 1)
        head.addWidget(self._close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_3, SPACE_1, SPACE_1, SPACE_3)
        layout.setSpacing(SPACE_1)
        layout.addLayout(head)
        inner = QVBoxLayout()
        inner.setContentsMargins(0, 0, SPACE_2, 0)
        inner.setSpacing(SPACE_2)
        inner.addWidget(self._sentence)
        inner.addWidget(self._go)
        layout.addLayout(inner)

    @Slot(object)
    def set_journey(self, journey: Journey) -> None:
        """Say what comes next.

        Args:
            journey: How far the project is.
        """
        self._journey = journey
        self._retranslate()

    def set_page(self, key: str) -> None:
        """Say on which page the user is."""
        self._page = key
        self._retranslate()

    @Slot()
    def _on_go(self) -> None:
        step = step_of(next_need(self._journey))
        if step is not None:
            self.page_asked.emit(step.value)

    def _retranslate(self) -> None:
        need = next_need(self._journey)
        step = step_of(need)
        here = step is None or step.value == self._page
        self._place.setText(
            self.tr("All steps done")
            if step is None
            else self.tr("Step {n} of {all}").format(n=STEPS.index(step) + 1, all=len(STEPS))
        )
        self._sentence.setText(sentence(need, here=here))
        self._go.setVisible(not here)
        if step is not None:
            text = self.tr("Go to {page}").format(page=action_text(step.value))
            self._go.set_whole_text(text)
            self._go.setToolTip(text)
        self._close.setToolTip(self.tr("Hide the next steps. The Help menu brings them back."))
        self._close.setAccessibleName(self.tr("Hide the next steps"))
        self.setAccessibleName(self.tr("Next step"))
        self.setAccessibleDescription(self._sentence.text())

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()


def sentence(need: Need, *, here: bool) -> str:
    """What to do next, in a sentence.

    Args:
        need: What is missing.
        here: Whether the page where that is done is on view: then it says what to press there.
    """
    there = {
        Need.IMAGES: translate("TourCard", "Bring the images to learn from."),
        Need.READING: translate("TourCard", "Your images are being read."),
        Need.CLASSES: translate("TourCard", "At least two kinds of images are needed."),
        Need.TRAIN: translate("TourCard", "The images are ready. Train a model on them."),
        Need.TRAINING: translate(
            "TourCard", "The training is not over yet. Look around meanwhile."
        ),
        Need.TRAIN_AGAIN: translate(
            "TourCard", "The training failed. Change a setting, then try again."
        ),
        Need.EVALUATE: translate("TourCard", "See what the model gets right and wrong."),
        Need.CHECKING: translate("TourCard", "The model is being checked."),
        Need.PREDICT: translate("TourCard", "Show the model an image it has never seen."),
        Need.EXPORT: translate("TourCard", "Make the model a file that other programs can use."),
        Need.NOTHING: translate("TourCard", "You know the whole way now. This note can go."),
    }
    pressed = {
        Need.IMAGES: translate("TourCard", "Drop a folder of images here, or choose one."),
        Need.TRAIN: translate(
            "TourCard", "Press “Start training”. The choices are fine as they are."
        ),
        Need.TRAINING: translate(
            "TourCard", "The training is not over yet: watch, or do something else."
        ),
        Need.TRAIN_AGAIN: translate(
            "TourCard",
            "The training failed. Do what its message says, then press “Start training”.",
        ),
        Need.EVALUATE: translate(
            "TourCard", "Open “Figures” and press “Check the model” to see its mistakes."
        ),
        Need.PREDICT: translate("TourCard", "Drop images here and see what the model says."),
        Need.EXPORT: translate("TourCard", "Choose what the file is for, then press “Export”."),
    }
    return pressed.get(need, there[need]) if here else there[need]
