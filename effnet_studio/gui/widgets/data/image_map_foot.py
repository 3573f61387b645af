"""The line below the map: what brought the pictures together, and what to do with a selection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_2, set_role, set_tone
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from effnet_studio.engine.messages import Message
    from effnet_studio.gui.theme import ThemeManager

_TEXT: Final = 280
"""Least width of the sentence, pixels: where a selection leaves less, it takes its place."""


class MapFoot(QWidget):
    """A sentence on the left; on the right, while something is selected, its count and buttons.

    Args:
        theme: Tints the icon.
        parent: Qt's owner.
    """

    show_asked = Signal()
    """The selected pictures are to be shown."""
    clear_asked = Signal()
    """Nothing is to be selected."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("map_foot")
        self._message: Message | None = None
        self._missing = 0
        self._selected = 0
        self._source = named(Label(self), "map_source")
        self._news = named(Label(self), "map_news")
        self._count = named(Label(self), "map_count")
        self._clear = named(QPushButton(self), "map_clear")
        self._show = named(QPushButton(self), "map_show")
        set_role(self._source, "caption")
        set_role(self._news, "caption")
        set_tone(self._news, "warning")
        set_role(self._count, "strong")
        set_role(self._clear, "ghost")
        theme.set_icon(self._show, "images")
        self._build_ui()
        self._clear.clicked.connect(self.clear_asked)
        self._show.clicked.connect(self.show_asked)
        self._retranslate()

    def _build_ui(self) -> None:
        self._texts = QWidget(self)
        texts = QVBoxLayout(self._texts)
        texts.setContentsMargins(0, 0, 0, 0)
        texts.setSpacing(0)
        for label in (self._source, self._news):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            texts.addWidget(label)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_2)
        row.addWidget(self._texts, 1)
        row.addStretch()
        for widget in self._about_selection():
            row.addWidget(widget)

    def set_map(self, source: Message | None, missing: int) -> None:
        """Say what brought the pictures together, and how many have no place yet."""
        self._message, self._missing = source, missing
        self._retranslate()

    def set_selected(self, count: int) -> None:
        """Say how many pictures are selected."""
        self._selected = count
        self._retranslate()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        """Where there is room for one of them only, the selection counts more than the sentence."""
        beside = sum(widget.sizeHint().width() + SPACE_2 for widget in self._about_selection())
        self._texts.setVisible(not self._selected or self.width() - beside >= _TEXT)

    def _about_selection(self) -> tuple[QWidget, ...]:
        return self._count, self._clear, self._show

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._source.setText("" if self._message is None else translate_message(self._message))
        self._news.setVisible(self._missing > 0)
        self._news.setText(
            self.tr("%n image(s) are not on the map yet: make it again.", "", self._missing)
        )
        for widget in self._about_selection():
            widget.setVisible(self._selected > 0)
        self._count.setText(self.tr("%n selected", "", self._selected))
        self._clear.setText(self.tr("Clear selection"))
        self._show.setText(self.tr("Show these images"))
        for button in (self._clear, self._show):
            button.setAccessibleName(button.text())
        # Else the map would move with every selection.
        self.setMinimumHeight(self._show.sizeHint().height())
        self._share_room()
