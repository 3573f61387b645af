"""One recommended model: its figures, why, what it costs, and a button that takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.names import named
from effnet_studio.gui.text import bytes_text, duration_text, sentences_text
from effnet_studio.gui.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_5, set_role, set_tone
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from effnet_studio.engine.benchmark.guide import Choice
    from effnet_studio.gui.theme import ThemeManager

_FIGURES = 4


class ChoiceCard(QFrame):
    """A card of the guide.

    Args:
        rank: Counted from 1; the first is stressed.
        theme: Tints the icon.
        parent: Qt's owner.
    """

    use_clicked = Signal(str)
    """Catalog name of the model."""

    def __init__(self, rank: int, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"choice_{rank}")
        set_role(self, "card")
        self._rank = rank
        self._choice: Choice | None = None
        self._build_ui(theme)
        self.use.clicked.connect(self._on_use)
        self._retranslate()

    def _build_ui(self, theme: ThemeManager) -> None:
        self._badge = Label(self)
        set_role(self._badge, "chip")
        if self._rank == 1:
            set_tone(self._badge, "accent")
        self._title = named(Label(self), f"choice_{self._rank}_title")
        set_role(self._title, "strong")
        self.use = named(QPushButton(self), f"choice_{self._rank}_use")
        set_role(self.use, "primary" if self._rank == 1 else "plain")
        theme.set_icon(self.use, "train", tone="on_accent" if self._rank == 1 else "muted")
        head = QHBoxLayout()
        head.setSpacing(SPACE_3)
        head.addWidget(self._title)
        head.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addStretch(1)
        head.addWidget(self.use)
        figures = QHBoxLayout()
        figures.setSpacing(SPACE_5)
        self._figures: list[tuple[QLabel, QLabel]] = []
        for _ in range(_FIGURES):
            value, caption = Label(self), Label(self)
            set_role(value, "strong")
            set_role(caption, "caption")
            pair = QVBoxLayout()
            pair.setSpacing(0)
            pair.addWidget(value)
            pair.addWidget(caption)
            figures.addLayout(pair)
            self._figures.append((value, caption))
        figures.addStretch(1)
        self._tradeoff = named(Label(self), f"choice_{self._rank}_tradeoff")
        self._reasons = named(Label(self), f"choice_{self._rank}_reasons")
        if self._rank > 1:  # there the trade-off comes first
            set_role(self._reasons, "muted")
        for label in (self._tradeoff, self._reasons):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        layout.setSpacing(SPACE_2)
        layout.addLayout(head)
        layout.addLayout(figures)
        layout.addSpacing(SPACE_1)
        layout.addWidget(self._tradeoff)
        layout.addWidget(self._reasons)

    @property
    def choice(self) -> Choice | None:
        """What is shown."""
        return self._choice

    def set_choice(self, choice: Choice | None) -> None:
        """Show a choice; None hides the card."""
        self._choice = choice
        self.setVisible(choice is not None)
        self._retranslate()

    @Slot()
    def _on_use(self) -> None:
        if self._choice is not None:
            self.use_clicked.emit(self._choice.model)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.use.setText(self.tr("Use this model"))
        best = self._rank == 1
        self._badge.setText(self.tr("Suits best") if best else self.tr("Or this"))
        choice = self._choice
        if choice is None:
            return
        self._title.setText(choice.title)
        self.setAccessibleName(choice.title)
        self.use.setAccessibleName(self.tr("Use {model}").format(model=choice.title))
        for (value, caption), (text, about) in zip(
            self._figures, self._figure_texts(choice), strict=True
        ):
            value.setText(text)
            caption.setText(about)
            value.setVisible(bool(text))
            caption.setVisible(bool(text))
        tradeoff = choice.tradeoff
        self._tradeoff.setText("" if tradeoff is None else translate_message(tradeoff))
        self._tradeoff.setVisible(tradeoff is not None)
        # The first sentence repeats a figure, which a reader of the command line needs.
        self._reasons.setText(sentences_text(map(translate_message, choice.reasons[1:])))
        self._reasons.setVisible(len(choice.reasons) > 1)

    def _figure_texts(self, choice: Choice) -> tuple[tuple[str, str], ...]:
        """Figures and captions; no figure where it is not known."""
        locale = QLocale()
        answer = ""
        if choice.seconds is not None:
            milliseconds = 1000 * choice.seconds
            answer = f"{locale.toString(milliseconds, 'f', 0 if milliseconds >= 10 else 1)} ms"
            if choice.estimated:
                answer = f"≈ {answer}"
        training = choice.train_seconds
        return (
            (answer, self.tr("one image")),
            (f"{locale.toString(choice.top1, 'f', 1)} %", self.tr("on ImageNet")),
            (bytes_text(choice.file_bytes), self.tr("exported file")),
            (
                "" if training is None else f"≈ {duration_text(training)}",
                self.tr("training here, Balanced"),
            ),
        )
