"""One small notice that goes away by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QWidget,
)
from typing_extensions import override

from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, set_role
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from effnet_studio.gui.theme import ThemeManager

_LEAST_MS: Final = 6_000
_MOST_MS: Final = 20_000
_LETTER_MS: Final = 70
"""Reading time of a letter."""
_AGAIN_MS: Final = 2_000
"""How long after the pointer or the focus has left a notice it may go."""
_ICONS: Final = {
    "success": "check-circle",
    "danger": "error",
    "warning": "warning",
    "accent": "info",
}


@dataclass(frozen=True)
class ToastSpec:
    """What a notice says.

    Attributes:
        title: One sentence.
        text: A second line; may be empty.
        tone: ``success``, ``danger``, ``warning`` or ``accent``.
        action: Text of its button; empty for none.
        key: What the button stands for, such as the key of a page.
        about: What it was made from, by which it is said anew in another language.
        topic: A newer notice on the same topic takes its place; empty: none does.
    """

    title: str
    text: str = ""
    tone: str = "accent"
    action: str = ""
    key: str = ""
    about: object = None
    topic: str = ""

    @property
    def duration_ms(self) -> int:
        """How long it stays: as long as reading takes, longer where something can be done."""
        letters = len(self.title) + len(self.text) + len(self.action)
        # A Chinese character takes as long as a few letters.
        wide = sum(ord(letter) > 0x2E80 for letter in self.title + self.text)
        wanted = (letters + 2 * wide) * _LETTER_MS + (4_000 if self.action else 0)
        return max(_LEAST_MS, min(_MOST_MS, wanted))


class Toast(QFrame):
    """One notice.

    Args:
        spec: What it says.
        theme: Tints the icons.
        parent: Qt's owner.
    """

    closed = Signal()
    acted = Signal(str)
    """Its button was pressed; the spec's key."""

    def __init__(self, spec: ToastSpec, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        set_role(self, "toast")
        self.spec = spec
        self._icon = Label(self)
        tone = "accent_text" if spec.tone == "accent" else spec.tone
        theme.set_icon(self._icon, _ICONS[spec.tone], tone=tone, size=20)
        self._title = named(Label(self), "toast_title")
        self._text = named(Label(self), "toast_text")
        set_role(self._text, "caption")
        for label in (self._title, self._text):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._act = named(QPushButton(self), "toast_action")
        set_role(self._act, "link")
        self._act.clicked.connect(self._on_act)
        self._close = named(QToolButton(self), "toast_close")
        set_role(self._close, "ghost")
        theme.set_icon(self._close, "close", size=16)
        self._close.clicked.connect(self.dismiss)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timeout)
        self._build_ui()
        self.set_words(spec)
        self._retranslate()

    def _build_ui(self) -> None:
        top = Qt.AlignmentFlag.AlignTop
        layout = QGridLayout(self)
        layout.setContentsMargins(SPACE_4, SPACE_2, SPACE_2, SPACE_2)
        layout.setHorizontalSpacing(0)
        layout.setVerticalSpacing(0)
        layout.setColumnMinimumWidth(1, SPACE_3)
        layout.setColumnStretch(2, 1)
        layout.addWidget(self._icon, 0, 0, top)
        layout.addWidget(self._title, 0, 2)
        buttons = QHBoxLayout()
        buttons.setSpacing(0)
        buttons.addWidget(self._act)
        buttons.addWidget(self._close)
        layout.addLayout(buttons, 0, 3, top)
        layout.addWidget(self._text, 1, 2, 1, 2)  # also below the buttons
        self._icon.setContentsMargins(0, SPACE_2, 0, 0)
        self._title.setContentsMargins(0, SPACE_1, SPACE_2, SPACE_1)
        self._text.setContentsMargins(0, 0, SPACE_2, SPACE_2)

    def set_words(self, spec: ToastSpec) -> None:
        """Say it in other words.

        Args:
            spec: The same, in another language.
        """
        self.spec = spec
        words = ((self._title, spec.title), (self._text, spec.text), (self._act, spec.action))
        for widget, text in words:
            widget.setText(text)
            widget.setVisible(bool(text))
        self.setAccessibleName(". ".join(part for part in (spec.title, spec.text) if part))

    def start(self) -> None:
        """Begin to count the time it stays."""
        self._timer.start(self.spec.duration_ms)

    @property
    def has_focus(self) -> bool:
        """Whether the focus is on one of its buttons."""
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    @property
    def held(self) -> bool:
        """Whether somebody is at it, so that it must not go."""
        # A notice that appeared where the pointer was is not told that it was moved away from it.
        pointed = self.underMouse() and self.rect().contains(self.mapFromGlobal(QCursor.pos()))
        return pointed or self.has_focus

    def take_focus(self) -> None:
        """Put the focus on its button."""
        button = self._act if self.spec.action else self._close
        button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def dismiss(self) -> None:
        """Go away."""
        self._timer.stop()
        self.closed.emit()

    @Slot()
    def _on_act(self) -> None:
        self.acted.emit(self.spec.key)
        self.dismiss()

    @Slot()
    def _on_timeout(self) -> None:
        if self.held:
            self._timer.start(_AGAIN_MS)
        else:
            self.dismiss()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def _retranslate(self) -> None:
        self._close.setAccessibleName(self.tr("Close this notice"))
        self._close.setToolTip(self.tr("Close (Esc)"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
