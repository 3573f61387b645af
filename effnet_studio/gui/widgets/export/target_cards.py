"""What a file is made for: one card each, of which one is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QGridLayout, QSizePolicy, QWidget
from typing_extensions import override

from effnet_studio.engine.export.targets import TARGETS
from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.models.export_words import target_icon
from effnet_studio.gui.theme import SPACE_3
from effnet_studio.gui.widgets.train.preset_cards import PresetCard

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from effnet_studio.engine.export.certificate.record import Target
    from effnet_studio.gui.theme import ThemeManager

_CARD: Final = 228
"""Least width of a card, pixels; as many as fit stand in a row."""
_ROW: Final = 4
"""Most cards in a row."""


class TargetCards(QWidget):
    """All targets of the engine in a grid; arrow keys move the choice.

    Args:
        theme: Tints the icons.
        parent: Qt's owner.
    """

    target_chosen = Signal(object)
    """The engine's :class:`~effnet_studio.engine.export.certificate.record.Target`."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("target_cards")
        self._columns = 0
        self._group = QButtonGroup(self)
        self._cards: dict[Target, PresetCard] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(SPACE_3)
        for target in TARGETS:
            card = PresetCard(theme, target_icon(target), self)
            card.setObjectName(f"target_{target.value}")
            # Long sentences make cards higher, not wider than their neighbours.
            card.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            self._cards[target] = card
            self._group.addButton(card)
        self._group.buttonClicked.connect(self._on_clicked)
        self._arrange(_ROW)
        self._retranslate()

    @property
    def target(self) -> Target | None:
        """The chosen one; None before the first choice."""
        return next((target for target, card in self._cards.items() if card.isChecked()), None)

    def choose(self, target: Target) -> None:
        """Choose a card without telling anybody."""
        self._cards[target].setChecked(True)

    @Slot(QAbstractButton)
    def _on_clicked(self, _button: QAbstractButton) -> None:
        self.target_chosen.emit(self.target)

    def _arrange(self, columns: int) -> None:
        """Put so many cards in a row; equal widths, even where the last row is short."""
        if columns == self._columns:
            return
        for column in range(self._columns):
            self._grid.setColumnStretch(column, 0)
        self._columns = columns
        for number, card in enumerate(self._cards.values()):
            self._grid.addWidget(card, number // columns, number % columns)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = (self.width() + SPACE_3) // (_CARD + SPACE_3)
        self._arrange(max(1, min(_ROW, room)))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        for target, card in self._cards.items():
            spec = TARGETS[target]
            card.set_texts(translate_message(spec.title), translate_message(spec.about))
        self.setAccessibleName(self.tr("What the file is for"))
