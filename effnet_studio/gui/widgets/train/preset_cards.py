"""The one choice a newcomer sees: three cards, of which one is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.engine.training.config import Preset
from effnet_studio.gui.names import named
from effnet_studio.gui.text import (
    duration_text,
    rough_bytes_text,
    rounded_remaining,
    sentences_text,
)
from effnet_studio.gui.theme import SPACE_2, SPACE_3, set_role, set_tone
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from effnet_studio.engine.training.estimate import Estimate
    from effnet_studio.gui.theme import ThemeManager

_ICONS = {Preset.INSTANT: "bolt", Preset.BALANCED: "balance", Preset.BEST: "sparkle"}


class PresetCard(QPushButton):
    """A button as large as a card: icon, name, one sentence.

    Args:
        theme: Tints the icon.
        icon: Name of the icon.
        parent: Qt's owner.
    """

    def __init__(self, theme: ThemeManager, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        # A button's height is fixed otherwise, whatever its texts need.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        set_role(self, "choice")
        self._name = Label(self)
        self._sentence = Label(self)
        self._sentence.setWordWrap(True)
        self._cost = named(Label(self), "preset_cost")
        set_role(self._name, "strong")
        set_role(self._sentence, "caption")
        set_role(self._cost, "caption")
        set_tone(self._cost, "accent")
        self._cost.setWordWrap(True)
        self._cost.hide()
        picture = Label(self)
        theme.set_icon(picture, icon, tone="accent_text", size=20)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self._name)
        texts.addWidget(self._sentence)
        texts.addWidget(self._cost)
        texts.addStretch(1)  # beside higher cards the texts stay together
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE_3, SPACE_2, SPACE_3, SPACE_2)
        layout.setSpacing(SPACE_3)
        layout.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(texts, 1)
        for label in (picture, self._name, self._sentence, self._cost):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_texts(self, name: str, sentence: str) -> None:
        """Set name and sentence."""
        self._name.setText(name)
        self._sentence.setText(sentence)
        self.setAccessibleName(name)
        self.setAccessibleDescription(sentence)

    def set_cost(self, text: str, more: str = "") -> None:
        """Say what it takes, and more of it in the tool-tip; an empty text: that is not known."""
        self._cost.setText(text)
        self._cost.setVisible(bool(text))
        self.setToolTip(more)
        told = (self._sentence.text(), text, more)
        self.setAccessibleDescription(sentences_text(told))
        self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    @override
    def minimumSizeHint(self) -> QSize:
        layout = self.layout()
        return layout.minimumSize() if layout is not None else super().minimumSizeHint()

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        return layout.heightForWidth(width) if layout is not None else -1


class PresetCards(QWidget):
    """Instant, Balanced or Best; arrow keys move the choice.

    Args:
        theme: Tints the icons.
        parent: Qt's owner.
    """

    preset_chosen = Signal(object)
    """The :class:`Preset` the user chose."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("preset_cards")
        self._cards: dict[Preset, PresetCard] = {}
        self._estimates: dict[Preset, Estimate | None] = {}
        self._group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_2)
        for preset, icon in _ICONS.items():
            card = PresetCard(theme, icon, self)
            card.setObjectName(f"preset_{preset}")
            self._cards[preset] = card
            self._group.addButton(card)
            layout.addWidget(card)
        self._cards[Preset.BALANCED].setChecked(True)
        self._group.buttonClicked.connect(self._on_clicked)
        self._retranslate()

    @property
    def preset(self) -> Preset:
        """The chosen preset."""
        return next(preset for preset, card in self._cards.items() if card.isChecked())

    def set_preset(self, preset: Preset) -> None:
        """Choose a card without telling anybody."""
        self._cards[preset].setChecked(True)

    def card(self, preset: Preset) -> PresetCard:
        """The card of a preset."""
        return self._cards[preset]

    @Slot(object, object)
    def set_estimate(self, preset: Preset, found: Estimate | None) -> None:
        """Show what a preset takes; None: that is not known (yet)."""
        self._estimates[preset] = found
        if found is None:
            self._cards[preset].set_cost("")
            return
        self._cards[preset].set_cost(
            self.tr("About {time} · {memory} memory").format(
                time=duration_text(rounded_remaining(found.seconds)),
                memory=rough_bytes_text(found.memory),
            ),
            self.tr("Measured on this computer with your images. It takes {disk} of disk.").format(
                disk=rough_bytes_text(found.disk)
            ),
        )

    @Slot(QAbstractButton)
    def _on_clicked(self, _button: QAbstractButton) -> None:
        self.preset_chosen.emit(self.preset)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._cards[Preset.INSTANT].set_texts(
            self.tr("Instant"),
            self.tr("A quick first look: the model keeps what it knows and learns your classes."),
        )
        self._cards[Preset.BALANCED].set_texts(
            self.tr("Balanced"),
            self.tr("Also fits a part of the model to your images. Right for most."),
        )
        self._cards[Preset.BEST].set_texts(
            self.tr("Best"),
            self.tr("Fits the whole model, with more varied images. Takes the longest."),
        )
        for preset, found in self._estimates.items():
            self.set_estimate(preset, found)


def preset_title(preset: str) -> str:
    """Name of a preset in the window's language.

    Args:
        preset: Its key, such as ``"balanced"``; anything else is returned as it is.
    """
    translate = QCoreApplication.translate
    titles = {
        Preset.INSTANT: translate("PresetCards", "Instant"),
        Preset.BALANCED: translate("PresetCards", "Balanced"),
        Preset.BEST: translate("PresetCards", "Best"),
    }
    return next((title for key, title in titles.items() if key == preset), preset)
