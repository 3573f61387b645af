"""What a page shows while it has nothing to show: a picture, a sentence, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_2, SPACE_3, SPACE_4, set_role
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from effnet_studio.gui.theme import ThemeManager

_TEXT_WIDTH = 440


class EmptyState(QWidget):
    """Icon, title, text, and up to two actions, in the middle of the free room.

    Args:
        theme: Tints the icon.
        icon: Name of the icon.
        parent: Qt's owner.
        text_width: Of the lines of text, pixels.
    """

    action_clicked = Signal()
    second_clicked = Signal()

    def __init__(
        self,
        theme: ThemeManager,
        icon: str,
        parent: QWidget | None = None,
        *,
        text_width: int = _TEXT_WIDTH,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("empty_state")
        self._theme = theme
        self._icon = Label(self)
        self._icon.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        theme.set_icon(self._icon, icon, tone="faint", size=48)
        self._title = named(Label(self), "empty_title")
        self._text = named(Label(self), "empty_text")
        set_role(self._title, "strong")
        set_role(self._text, "muted")
        for label in (self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(True)
        self._text.setFixedWidth(text_width)
        self._text.installEventFilter(self)
        self.action = named(QPushButton(self), "empty_action")
        self.second = named(QPushButton(self), "empty_second")
        set_role(self.action, "primary")
        self.action.hide()
        self.second.hide()
        self.action.clicked.connect(self.action_clicked)
        self.second.clicked.connect(self.second_clicked)
        self._build_ui()

    def _build_ui(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_2)
        buttons.addStretch(1)
        buttons.addWidget(self.second)
        buttons.addWidget(self.action)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE_2)
        layout.addStretch(2)
        layout.addWidget(self._icon)
        layout.addSpacing(SPACE_3)
        layout.addWidget(self._title)
        layout.addWidget(self._text, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(SPACE_4)
        layout.addLayout(buttons)
        layout.addStretch(3)

    def set_icon(self, icon: str, *, tone: str = "faint") -> None:
        """Show another icon."""
        self._theme.set_icon(self._icon, icon, tone=tone, size=48)

    def set_texts(self, title: str, text: str, *, action: str = "", second: str = "") -> None:
        """Set all texts; a button without text is hidden."""
        self._title.setText(title)
        self._text.setText(text)
        self._text.ensurePolished()
        self._fit_text()
        for button, label in ((self.action, action), (self.second, second)):
            button.setText(label)
            button.setAccessibleName(label)
            button.setVisible(bool(label))

    def _fit_text(self) -> None:
        # Centred labels are not asked for the height of their own width: lines would be cut off.
        self._text.setMinimumHeight(0)  # else a label is never lower than the text it had before
        self._text.setFixedHeight(self._text.heightForWidth(self._text.width()))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit the text to another font, such as that of a language, as well."""
        changed = event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}
        if changed and self._text.text():
            self._fit_text()
        return super().eventFilter(watched, event)
