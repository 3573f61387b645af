"""One fact: whether it is well, what was found, what to do, and buttons that do it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from effnet_studio.engine.facts.fact import Fact, Level, Remedy
from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.layout_parts import link_row
from effnet_studio.gui.names import named
from effnet_studio.gui.text import unbroken
from effnet_studio.gui.theme import SPACE_1, SPACE_3, set_role
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from effnet_studio.gui.theme import ThemeManager

TITLE_WIDTH: Final = 148
"""Of the column of titles, pixels."""

_ICONS: Final = {
    Level.OK: ("check-circle", "success"),
    Level.ABSENT: ("circle", "faint"),
    Level.WARNING: ("warning", "warning"),
    Level.PROBLEM: ("error", "danger"),
}


class FactRow(QWidget):
    """A fact in a card.

    Args:
        fact: What to show.
        theme: Tints the icons.
        parent: Qt's owner.
        name: Begins the object names; the value's label is ``NAME_KEY``.
        brief: Whether what to do about it is left out, because it stands elsewhere.
    """

    remedy_asked = Signal(object)
    """The :class:`~effnet_studio.engine.facts.fact.Remedy` that others have to do."""

    def __init__(
        self,
        fact: Fact,
        theme: ThemeManager,
        parent: QWidget,
        *,
        name: str = "fact",
        brief: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}_row_{fact.key}")
        self._fact, self._theme, self._name = fact, theme, name
        self._texts = QVBoxLayout()
        self._texts.setSpacing(SPACE_1)
        self._build_ui()
        if not brief:
            self._add_help()
        self._texts.addStretch(1)

    def _build_ui(self) -> None:
        fact = self._fact
        mark, title = Label(self), Label(translate_message(fact.title), self)
        icon, tone = _ICONS[fact.level]
        self._theme.set_icon(mark, icon, tone=tone)
        set_role(title, "muted")
        title.setWordWrap(True)
        title.setFixedWidth(TITLE_WIDTH)
        value = self._label(unbroken(translate_message(fact.value)))
        value.setObjectName(f"{self._name}_{fact.key}")
        value.setAccessibleName(f"{level_word(fact.level)}: {title.text()}: {value.text()}")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, SPACE_1, 0, SPACE_1)
        layout.setSpacing(SPACE_3)
        layout.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(title, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(self._texts, 1)

    def _add_help(self) -> None:
        fact = self._fact
        if fact.hint is not None:
            hint = self._label(unbroken(translate_message(fact.hint)))
            hint.setObjectName(f"{self._name}_hint_{fact.key}")
            if fact.ok:
                set_role(hint, "caption")
        if fact.command:
            command = self._label(fact.command)
            command.setObjectName(f"{self._name}_command_{fact.key}")
            set_role(command, "code")
        buttons: list[QPushButton] = []
        if fact.command:
            text = (
                QCoreApplication.translate("FactRow", "Copy the commands")
                if "\n" in fact.command or "&&" in fact.command
                else QCoreApplication.translate("FactRow", "Copy the command")
            )
            buttons.append(self._button("copy", "copy", text, self._on_copy))
        if fact.remedy is Remedy.WEIGHTS:
            text = QCoreApplication.translate("FactRow", "Pre-trained weights…")
            buttons.append(self._button("remedy", "download", text, self._on_remedy))
        elif fact.remedy is Remedy.GPU_PACK:
            text = QCoreApplication.translate("FactRow", "Show the GPU pack")
            buttons.append(self._button("remedy", "gpu", text, self._on_remedy))
        elif fact.remedy is Remedy.SETTINGS:
            text = QCoreApplication.translate("FactRow", "Choose another folder…")
            buttons.append(self._button("remedy", "folder", text, self._on_remedy))
        elif fact.remedy is Remedy.FOLDER:
            text = QCoreApplication.translate("FactRow", "Open the folder")
            buttons.append(self._button("remedy", "folder-open", text, self._on_folder))
        if buttons:
            self._texts.addLayout(link_row(*buttons))

    def _label(self, text: str) -> QLabel:
        label = Label(breakable(text), self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        if label.text() == text:  # what was put in between must not get into the clipboard
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._texts.addWidget(label)
        return label

    def _button(self, kind: str, icon: str, text: str, slot: object) -> QPushButton:
        button = named(QPushButton(text, self), f"{self._name}_{kind}_{self._fact.key}")
        set_role(button, "link")
        self._theme.set_icon(button, icon, tone="accent_text", size=16)
        button.setAccessibleName(f"{text}: {translate_message(self._fact.title)}")
        button.clicked.connect(slot)
        return button

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._fact.command)
        button = self.sender()
        if isinstance(button, QPushButton):
            button.setText(QCoreApplication.translate("FactRow", "Copied"))

    @Slot()
    def _on_remedy(self) -> None:
        self.remedy_asked.emit(self._fact.remedy)

    @Slot()
    def _on_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._fact.path)))


def level_word(level: Level) -> str:
    """A level in a word, for those who do not see the icon."""
    return {
        Level.OK: QCoreApplication.translate("FactRow", "Fine"),
        Level.ABSENT: QCoreApplication.translate("FactRow", "Not available"),
        Level.WARNING: QCoreApplication.translate("FactRow", "To look at"),
        Level.PROBLEM: QCoreApplication.translate("FactRow", "Problem"),
    }[level]


def breakable(text: str) -> str:
    """Let long paths of Windows break: an empty space that is not seen is put after separators."""
    return text.replace("\\", "\\\u200b")
