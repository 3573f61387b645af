"""What the app is, its version to copy, and the licences of it and of what it stands on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio import __version__
from effnet_studio.engine.facts.licences import (
    LICENCE,
    installed_parts,
    licence_text,
    notices_text,
)
from effnet_studio.gui.failures import versions_line
from effnet_studio.gui.focus import ReadingOrder
from effnet_studio.gui.names import named
from effnet_studio.gui.questions import Requests
from effnet_studio.gui.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_5, set_role
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.tab_bar import TabBar
from effnet_studio.paths import APP_NAME

if TYPE_CHECKING:
    from collections.abc import Hashable

    from effnet_studio.engine.errors import StudioError
    from effnet_studio.engine.facts.licences import Part
    from effnet_studio.gui.jobs import JobRunner
    from effnet_studio.gui.theme import ThemeManager

_SIZE: Final = (680, 600)
_MARK: Final = 40
"""Side of the app's sign, pixels."""
_OWN, _OTHERS = 0, 1
"""The tabs."""


class AboutDialog(ReadingOrder, QDialog):
    """Stands beside the window; Esc closes it.

    Args:
        jobs: Reads the licences in the background.
        theme: Tints the icons.
        parent: Qt's owner.
    """

    def __init__(self, jobs: JobRunner, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.add_window(self)
        self.setObjectName("about")
        self._licence: str | None = None
        self._notices: str | None = None
        self._parts: tuple[Part, ...] = ()
        self._requests = Requests(jobs, parent=self)
        self._build_ui(theme)
        self._connect()
        self._retranslate()
        self.resize(*_SIZE)
        self._close.setFocus()

    def _build_ui(self, theme: ThemeManager) -> None:
        mark = Label(self)
        theme.set_icon(mark, "layers", tone="accent_text", size=_MARK)
        self._name = named(Label(APP_NAME, self), "about_name")
        self._version = named(Label(self), "about_version")
        self._purpose = named(Label(self), "about_purpose")
        self._built = named(Label(versions_line(), self), "about_versions")
        set_role(self._name, "title")
        set_role(self._version, "strong")
        set_role(self._purpose, "muted")
        set_role(self._built, "caption")
        for label in (self._purpose, self._built):
            label.setWordWrap(True)
        self._built.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._copy = named(QPushButton(self), "about_copy")
        theme.set_icon(self._copy, "copy", size=16)
        self._tabs = named(TabBar(self), "about_tabs")
        self._tabs.setExpanding(False)
        for _ in (_OWN, _OTHERS):
            self._tabs.addTab("")
        self._text = named(QPlainTextEdit(self), "about_text")
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        set_role(self._text, "code")
        self._close = named(QPushButton(self), "about_close")
        for button in (self._copy, self._close):
            button.setAutoDefault(False)
        self._lay_out(mark)

    def _lay_out(self, mark: QLabel) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(SPACE_1)
        for label in (self._name, self._version, self._purpose):
            texts.addWidget(label)
        head = QHBoxLayout()
        head.setSpacing(SPACE_4)
        head.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(texts, 1)
        built = QHBoxLayout()
        built.setSpacing(SPACE_3)
        built.addWidget(self._built, 1)
        built.addWidget(self._copy)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_5, SPACE_5, SPACE_5, SPACE_5)
        column.setSpacing(SPACE_4)
        licences = QVBoxLayout()
        licences.setSpacing(SPACE_2)
        licences.addWidget(self._tabs)
        licences.addWidget(self._text, 1)
        column.addLayout(head)
        column.addLayout(built)
        column.addLayout(licences, 1)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self._copy.clicked.connect(self._on_copy)
        self._close.clicked.connect(self.close)
        self._tabs.currentChanged.connect(self._show_text)
        self._requests.answered.connect(self._on_answered)
        self._requests.refused.connect(self._on_refused)
        self._requests.ask("own", licence_text)
        self._requests.ask("notices", notices_text)
        self._requests.ask("parts", installed_parts)

    @Slot(object, object)
    def _on_answered(self, key: Hashable, answer: object) -> None:
        if key == "own":
            self._licence = str(answer)
        elif key == "notices":
            self._notices = None if answer is None else str(answer)
        elif isinstance(answer, tuple):
            self._parts = answer
        self._show_text()

    @Slot(object, object)
    def _on_refused(self, _key: Hashable, error: StudioError) -> None:
        self._text.setPlainText(str(error))

    @Slot()
    def _show_text(self) -> None:
        own = self._tabs.currentIndex() == _OWN
        text = (self._licence or LICENCE) if own else (self._notices or self._list())
        if text != self._text.toPlainText():
            self._text.setPlainText(text)
        self._text.setAccessibleName(self._tabs.tabText(self._tabs.currentIndex()))

    def _list(self) -> str:
        """What the app stands on where nothing was bundled with it."""
        lines = [
            self.tr(
                "This copy was not made by an installer: Python's packages were installed one by "
                "one, and each has its own licence beside it. These are the ones the app asks for."
            ),
            "",
        ]
        lines += [f"{part.name} {part.version} – {part.licence}" for part in self._parts]
        return "\n".join(lines)

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(versions_line())
        self._copy.setText(self.tr("Copied"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("About EffNet Studio"))
        self._version.setText(self.tr("Version {version}").format(version=__version__))
        self._purpose.setText(
            self.tr(
                "Teaches a computer to recognise your own images. Everything stays on this "
                "computer. Free software under the Apache License 2.0."
            )
        )
        self._copy.setText(self.tr("Copy versions"))
        self._copy.setToolTip(self.tr("For a report about a fault"))
        self._copy.setAccessibleName(self._copy.text())
        self._tabs.setTabText(_OWN, self.tr("Licence"))
        self._tabs.setTabText(_OTHERS, self.tr("Third-party notices"))
        self._tabs.setAccessibleName(self.tr("Licences"))
        self._close.setText(self.tr("Close"))
        self._show_text()
