"""How failures look: a panel in the page with cause, remedy, place, and a report to copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.gui.failures import report_of
from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_6, set_role, set_tone
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from effnet_studio.engine.errors import StudioError
    from effnet_studio.engine.messages import Message
    from effnet_studio.gui.theme import ThemeManager

_NARROW = 460
"""Below this width, pixels, the buttons stand below the texts."""
_ICONS = {"danger": "error", "warning": "warning", "success": "check-circle", "accent": "info"}


class Banner(QFrame):
    """A non-modal notice: icon, sentence, what to do, and buttons. Hidden until it has a text.

    Args:
        theme: Tints the icons.
        tone: ``danger``, ``warning``, ``success`` or ``accent``.
        parent: Qt's owner.
    """

    closed = Signal()
    language_changed = Signal()
    """Whoever set its texts sets them anew."""

    def __init__(
        self, theme: ThemeManager, tone: str = "accent", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        set_role(self, "banner")
        self._theme = theme
        self._icon = Label(self)
        self._message = named(Label(self), "banner_message")
        self._hint = named(Label(self), "banner_hint")
        self._place = named(Label(self), "banner_place")
        set_role(self._hint, "muted")
        set_role(self._place, "code")
        for label in (self._message, self._hint, self._place):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._close = named(QToolButton(self), "banner_close")
        set_role(self._close, "ghost")
        theme.set_icon(self._close, "close", size=16)
        self._close.clicked.connect(self._on_close)
        self._build_ui()
        self.resize(_NARROW, self.height())  # until a layout gives it its width, which is not small
        self.set_tone(tone)
        self.hide()
        self._name_close()

    def _build_ui(self) -> None:
        texts = self._texts = QVBoxLayout()
        texts.setSpacing(SPACE_1)
        texts.addWidget(self._message)
        texts.addWidget(self._hint)
        texts.addWidget(self._place)
        self._aside = (self._icon, self._close)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(SPACE_2)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE_4, SPACE_3, SPACE_3, SPACE_3)
        layout.setSpacing(SPACE_3)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._flow = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._flow.setSpacing(SPACE_2)
        self._flow.addLayout(texts, 1)
        self._flow.addLayout(self._buttons)
        self._flow.setAlignment(self._buttons, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(self._flow, 1)
        layout.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow, directions = self.width() < _NARROW, QBoxLayout.Direction
        self._flow.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)
        side = Qt.AlignmentFlag.AlignLeft if narrow else Qt.AlignmentFlag.AlignTop
        self._flow.setAlignment(self._buttons, side)

    def set_tone(self, tone: str) -> None:
        """Colour it by meaning."""
        set_tone(self, tone)
        icon_tone = "accent_text" if tone == "accent" else tone
        self._theme.set_icon(self._icon, _ICONS[tone], tone=icon_tone, size=20)

    def set_texts(self, message: str, hint: str = "", place: str = "") -> None:
        """Show sentences; an empty message hides the banner."""
        for label, text in ((self._message, message), (self._hint, hint), (self._place, place)):
            label.setText(text)
            label.setVisible(bool(text))
        self._align(in_line=not hint and not place)
        self.setAccessibleName(message)
        self.setVisible(bool(message))

    def _align(self, *, in_line: bool) -> None:
        """Put sign and cross on the line of a single sentence, else beside the first of several."""
        layout = self.layout()
        middle, top = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignTop
        for widget in self._aside:
            if layout is not None:
                layout.setAlignment(widget, middle if in_line else top)

    def add_button(self, button: QPushButton) -> None:
        """Put a button before the closing cross."""
        self._buttons.addWidget(button)

    def set_closable(self, closable: bool) -> None:  # noqa: FBT001 - a setter
        """Show or hide the closing cross."""
        self._close.setVisible(closable)

    def _name_close(self) -> None:
        self._close.setAccessibleName(self.tr("Close this notice"))
        self._close.setToolTip(self.tr("Close this notice"))

    @Slot()
    def _on_close(self) -> None:
        self.hide()
        self.closed.emit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name_close()
            self.language_changed.emit()


class BannerArea(QWidget):
    """Banners one below the other; takes no room while none is shown.

    Args:
        banners: From top to bottom.
        parent: Qt's owner.
    """

    def __init__(self, banners: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_6, SPACE_4, SPACE_6, 0)
        layout.setSpacing(SPACE_2)
        self._banners = list(banners)
        for banner in banners:
            layout.addWidget(banner)
            banner.installEventFilter(self)
        self._on_changed()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.ShowToParent, QEvent.Type.HideToParent}:
            self._on_changed()
        return False

    def _on_changed(self) -> None:
        self.setVisible(any(not banner.isHidden() for banner in self._banners))


class ErrorPanel(Banner):
    """Shows a :class:`StudioError`: message, hint, path, and a button that copies a report.

    Args:
        theme: Tints the icons.
        parent: Qt's owner.
    """

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(theme, "danger", parent)
        self.setObjectName("error_panel")
        self._error: StudioError | None = None
        self._copy = named(QPushButton(self), "error_copy")
        set_role(self._copy, "ghost")
        theme.set_icon(self._copy, "copy", size=16)
        self._copy.clicked.connect(self._on_copy)
        self.add_button(self._copy)
        self._retranslate()

    @property
    def error(self) -> StudioError | None:
        """What is shown."""
        return self._error

    @Slot(object)
    def show_error(self, error: StudioError) -> None:
        """Show a failure in place of the one before."""
        self._error = error
        self._retranslate()

    @Slot()
    def clear(self) -> None:
        """Hide the panel."""
        self._error = None
        self.hide()

    @Slot()
    def _on_copy(self) -> None:
        if self._error is not None:
            QGuiApplication.clipboard().setText(report_of(self._error))
            self._copy.setText(self.tr("Copied"))

    def _retranslate(self) -> None:
        self._copy.setText(self.tr("Copy report"))
        if self._error is not None:
            self.set_texts(*describe_error(self._error))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()


def describe_error(error: StudioError) -> tuple[str, str, str]:
    """What to show of an error, in the window's language.

    Args:
        error: The failure.

    Returns:
        Message, hint, and the path when the message does not name it; empty where there is none.
    """
    message = translate_message(error.message)
    place = str(error.path) if error.path is not None else ""
    return message, _hint(error.hint), "" if place and place in message else place


def _hint(hint: Message) -> str:
    return translate_message(hint) if hint.template else ""
