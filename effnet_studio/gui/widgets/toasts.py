"""Small notices at the bottom right of the window that go away by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPropertyAnimation, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGraphicsOpacityEffect,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStyle,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid
from typing_extensions import override

from effnet_studio.gui.announcer import announce
from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, set_role

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from effnet_studio.gui.theme import ThemeManager

SHOWN: Final = 3
"""So many stand one above the other; an older one goes for a fourth."""

_WIDTH: Final = 360
_LEAST_MS: Final = 6_000
_MOST_MS: Final = 20_000
_LETTER_MS: Final = 70
"""Reading time of a letter."""
_AGAIN_MS: Final = 2_000
"""How long after the pointer or the focus has left a notice it may go."""
_FADE_MS: Final = 160
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
    """

    title: str
    text: str = ""
    tone: str = "accent"
    action: str = ""
    key: str = ""
    about: object = None

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
        self._icon = QLabel(self)
        tone = "accent_text" if spec.tone == "accent" else spec.tone
        theme.set_icon(self._icon, _ICONS[spec.tone], tone=tone, size=20)
        self._title = named(QLabel(self), "toast_title")
        self._text = named(QLabel(self), "toast_text")
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
        texts = QVBoxLayout()
        texts.setContentsMargins(0, SPACE_2, 0, SPACE_2)
        texts.setSpacing(SPACE_1)
        texts.addWidget(self._title)
        texts.addWidget(self._text)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE_4, SPACE_2, SPACE_2, SPACE_2)
        layout.setSpacing(SPACE_3)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(texts, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(0)
        buttons.addWidget(self._act)
        buttons.addWidget(self._close)
        layout.addLayout(buttons)
        layout.setAlignment(buttons, Qt.AlignmentFlag.AlignTop)
        self._icon.setContentsMargins(0, SPACE_2, 0, 0)

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


class ToastStack(QWidget):
    """The notices of a window, the newest at the bottom; takes no room in its layout.

    Args:
        area: What they lie upon.
        bar: Stands at the foot of the area while it is visible; they keep above it.
        theme: Tints the icons.
    """

    acted = Signal(str)
    """A notice's button was pressed; the key of its spec."""
    language_changed = Signal()
    """Whoever made the notices says them anew."""

    def __init__(self, area: QWidget, bar: QWidget, theme: ThemeManager) -> None:
        super().__init__(area)
        self.setObjectName("toasts")
        self._area, self._bar, self._theme = area, bar, theme
        self._animate = True
        self._aside = 0
        self._before: QWidget | None = None
        self._toasts: list[Toast] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(SPACE_2)
        self.hide()
        area.installEventFilter(self)
        bar.installEventFilter(self)

    @property
    def animate(self) -> bool:
        """Whether notices may fade in; they never do where the system wants no motion."""
        return self._animate

    @animate.setter
    def animate(self, allowed: bool) -> None:
        self._animate = allowed

    @property
    def toasts(self) -> tuple[Toast, ...]:
        """Those shown, oldest first."""
        return tuple(self._toasts)

    def show_toast(self, spec: ToastSpec) -> Toast:
        """Show a notice.

        Args:
            spec: What it says; one that says the same already begins anew.

        Returns:
            The notice.
        """
        for toast in self._toasts:
            if toast.spec == spec:
                self._remove(toast)
                break
        while len(self._toasts) >= SHOWN:
            oldest = next((each for each in self._toasts if not each.held), self._toasts[0])
            self._remove(oldest)
        toast = Toast(spec, self._theme, self)
        toast.closed.connect(self._on_closed)
        toast.acted.connect(self.acted)
        self._toasts.append(toast)
        self._layout.addWidget(toast)
        toast.show()
        self._place()
        self.show()
        self._fade_in(toast)
        toast.start()
        announce(self, toast.accessibleName(), assertive=spec.tone == "danger")
        return toast

    def take_focus(self) -> bool:
        """Put the focus on the newest notice; closing it gives the focus back.

        Returns:
            Whether there is one.
        """
        if not self._toasts:
            return False
        focused = QApplication.focusWidget()
        if focused is not None and not self.isAncestorOf(focused):
            self._before = focused
        self._toasts[-1].take_focus()
        return True

    def set_aside(self, width: int) -> None:
        """Keep so many pixels from the right edge, for something else that lies there."""
        self._aside = width
        self._place()

    @Slot()
    def clear(self) -> None:
        """Take all away."""
        for toast in list(self._toasts):
            self._remove(toast)

    @Slot()
    def _on_closed(self) -> None:
        toast = self.sender()
        if isinstance(toast, Toast) and toast in self._toasts:
            focused = toast.has_focus
            self._remove(toast)
            if focused:
                self._give_focus_back()

    def _give_focus_back(self) -> None:
        if self._toasts:
            self._toasts[-1].take_focus()
        elif self._before is not None and isValid(self._before) and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self, toast: Toast) -> None:
        self._toasts.remove(toast)
        self._layout.removeWidget(toast)
        toast.hide()
        toast.deleteLater()
        self.setVisible(bool(self._toasts))
        self._place()

    def _fade_in(self, toast: Toast) -> None:
        hint = QStyle.StyleHint.SH_Widget_Animation_Duration
        if not self._animate or self.style().styleHint(hint) <= 0:
            return
        effect = QGraphicsOpacityEffect(toast)
        toast.setGraphicsEffect(effect)
        fading = named(QPropertyAnimation(effect, b"opacity", toast), "toast_fade")
        fading.setDuration(_FADE_MS)
        fading.setStartValue(0.0)
        fading.setEndValue(1.0)
        fading.finished.connect(self._on_faded_in)
        fading.start()

    @Slot()
    def _on_faded_in(self) -> None:
        """Painting through an effect is slow, and text is less sharp."""
        animation = self.sender()
        toast = animation.parent() if animation is not None else None
        if isinstance(toast, Toast):
            toast.setGraphicsEffect(None)  # type: ignore[arg-type]

    def _place(self) -> None:
        if not self._toasts:
            return
        width = min(_WIDTH, self._area.width() - 2 * SPACE_4)
        foot = self._bar.height() if self._bar.isVisibleTo(self._area) else 0
        height = self._layout.heightForWidth(width)
        if height < 0:
            height = self._layout.sizeHint().height()
        room = max(self._area.width() - width - SPACE_4 - self._aside, SPACE_4)
        left = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x = self._area.width() - width - room if left else room
        self.setGeometry(x, self._area.height() - foot - height - SPACE_4, width, height)
        self.raise_()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {
            QEvent.Type.Resize,
            QEvent.Type.Show,
            QEvent.Type.ShowToParent,
            QEvent.Type.HideToParent,
        }:
            self._place()
        return False

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.language_changed.emit()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._place()
        return super().event(event)
