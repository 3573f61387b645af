"""The GPU pack: what it would bring and cost, how far its installation is, whether it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.engine.facts.graphics_words import DRIVERS
from effnet_studio.engine.gpu_pack.activate import Standing
from effnet_studio.gui.announcer import announce
from effnet_studio.gui.errors import ErrorPanel
from effnet_studio.gui.names import named
from effnet_studio.gui.text import unbroken
from effnet_studio.gui.theme import SPACE_2, SPACE_3, SPACE_4, set_role, set_tone
from effnet_studio.gui.widgets.doctor.fact_card import card_head
from effnet_studio.gui.widgets.doctor.pack_words import PackWords
from effnet_studio.gui.widgets.flow_layout import FlowLayout
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.work_foot import WorkFoot

if TYPE_CHECKING:
    from effnet_studio.engine.errors import StudioError
    from effnet_studio.engine.gpu_pack.state import PackState
    from effnet_studio.gui.jobs import Job
    from effnet_studio.gui.theme import ThemeManager

_ICONS = {
    "driver": "copy",
    "install": "download",
    "files": "folder-open",
    "retry": "refresh",
    "verify": "check",
    "remove": "trash",
    "keep": "",
    "list": "copy",
}
"""The buttons, from the first to the last."""


class PackCard(QFrame):
    """Hidden where there is nothing to say or to do.

    Args:
        theme: Tints the icons.
        parent: Qt's owner.
    """

    install_asked = Signal()
    """By downloading it."""
    files_asked = Signal()
    """From files that are here already."""
    list_asked = Signal()
    """The files' addresses, to be fetched with another computer."""
    retry_asked = Signal()
    verify_asked = Signal()
    work_changed = Signal()
    """Something is being done about it, or no longer."""
    remove_asked = Signal()
    """Asked twice, and meant."""

    def __init__(self, theme: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card_gpu_pack")
        set_role(self, "card")
        self._theme = theme
        self._state: PackState | None = None
        self._job: Job | None = None
        self._asked = False
        self._said = ""
        self._build_ui()
        self._connect()
        self.hide()

    def _build_ui(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_4)
        column.setSpacing(SPACE_2)
        column.addLayout(card_head("", "gpu", self._theme, self))
        self._verdict = named(Label(self), "gpu_pack_verdict")
        self._about = named(Label(self), "gpu_pack_about")
        self._note = named(Label(self), "gpu_pack_note")
        set_role(self._verdict, "strong")
        set_role(self._about, "muted")
        for label in (self._verdict, self._about, self._note):
            label.setWordWrap(True)
            column.addWidget(label)
        self.error = ErrorPanel(self._theme, self)
        self.error.set_closable(False)
        self._foot = WorkFoot("gpu_pack", self)
        self._foot.hide()
        column.addWidget(self.error)
        column.addWidget(self._foot)
        buttons = FlowLayout(SPACE_2)
        self._buttons = {key: named(QPushButton(self), f"gpu_pack_{key}") for key in _ICONS}
        for key, button in self._buttons.items():
            if _ICONS[key]:
                tone = {"driver": "on_accent", "list": "accent_text"}.get(key, "text")
                self._theme.set_icon(button, _ICONS[key], tone=tone, size=16)
            buttons.addWidget(button)
        set_role(self._buttons["driver"], "primary")
        set_role(self._buttons["list"], "link")
        column.addLayout(buttons)

    def _connect(self) -> None:
        asked = {
            "install": self.install_asked,
            "files": self.files_asked,
            "list": self.list_asked,
            "retry": self.retry_asked,
            "verify": self.verify_asked,
        }
        for key, signal in asked.items():
            self._buttons[key].clicked.connect(signal)
        self._buttons["driver"].clicked.connect(self._on_driver)
        self._buttons["remove"].clicked.connect(self._on_remove)
        self._buttons["keep"].clicked.connect(self._on_keep)

    # -- what is shown -------------------------------------------------------------------------

    def set_state(self, state: PackState | None) -> None:
        """Show how it stands.

        Args:
            state: None: it is not known.
        """
        self._state = state
        self._asked = False
        self._retranslate()

    @property
    def verdict(self) -> str:
        """How it stands, in a sentence."""
        return self._verdict.text()

    @property
    def first_button(self) -> QPushButton:
        """What one most probably comes for."""
        shown = (each for each in self._buttons.values() if not each.isHidden())
        return next(shown, self._buttons["install"])

    @property
    def in_work(self) -> bool:
        """Whether it is being put on this computer."""
        return self._job is not None and self._state is not None and self._state.offered

    def follow(self, job: Job) -> None:
        """Show an installation, check or removal until it ends."""
        self._job, self._said = job, ""
        self.error.clear()
        self._foot.watch(job)
        job.failed.connect(self.show_error)
        job.finished.connect(self._on_finished)
        self._retranslate()
        self.work_changed.emit()

    def say(self, text: str, tone: str = "") -> None:
        """Say what came of something, in place of what was said before.

        Args:
            text: A sentence in the window's language; empty: nothing.
            tone: ``success``, ``warning`` or ``danger``; empty: by the way.
        """
        self._said = text
        set_tone(self._note, tone)
        self._retranslate()

    @Slot(object)
    def show_error(self, error: StudioError) -> None:
        """Show why something failed."""
        self.error.show_error(error)

    @Slot()
    def _on_finished(self) -> None:
        self._job = None
        self._retranslate()
        self.work_changed.emit()

    @Slot()
    def _on_driver(self) -> None:
        QGuiApplication.clipboard().setText(DRIVERS)
        text = self.tr("Copied: {address}").format(address=DRIVERS)
        self.say(text)
        announce(self, text)

    @Slot()
    def _on_remove(self) -> None:
        if self._asked:
            self.remove_asked.emit()
        self._asked = not self._asked
        self._retranslate()
        if self._asked:
            self._buttons["keep"].setFocus()

    @Slot()
    def _on_keep(self) -> None:
        self._asked = False
        self._retranslate()
        self._buttons["remove"].setFocus()

    def _retranslate(self) -> None:
        title = self.findChild(QLabel, "card_gpu_pack_title")
        assert title is not None  # noqa: S101 - made above
        title.setText(self.tr("GPU pack"))
        self.setAccessibleName(title.text())
        state = self._state
        working = self._job is not None
        self.setVisible(working or (state is not None and state.shown))
        if state is None:
            return
        words = PackWords(state, working=working, asked=self._asked)
        texts = ((self._verdict, words.verdict), (self._about, words.about))
        for label, text in (*texts, (self._note, "" if working else self._said)):
            label.setText(unbroken(text))
            label.setVisible(bool(text))
        self._foot.setVisible(working)
        for key, button in self._buttons.items():
            button.setText(words.buttons.get(key, ""))
            button.setVisible(key in words.buttons)
            button.setAccessibleName(f"{button.text()}: {title.text()}")
        first = "driver" not in words.buttons  # which has to be there before
        set_role(self._buttons["install"], "primary" if first else "")
        tone = "on_accent" if first else "text"
        self._theme.set_icon(self._buttons["install"], "download", tone=tone, size=16)
        failed = state.standing is Standing.FAILED and not working
        set_tone(self._verdict, "warning" if failed else "")

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._said = ""
            self._retranslate()
