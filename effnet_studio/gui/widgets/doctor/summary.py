"""The doctor's verdict in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_1, SPACE_3, SPACE_4, set_role, set_tone
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from effnet_studio.gui.theme import ThemeManager

_ICONS = {"success": "check-circle", "warning": "warning", "danger": "error"}


class Summary(QFrame):
    """Coloured by the worst that was found.

    Args:
        theme: Tints the icon.
        parent: Qt's owner.
    """

    def __init__(self, theme: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("doctor_summary")
        set_role(self, "banner")
        self._theme = theme
        self._icon = Label(self)
        self._text = named(Label(self), "doctor_verdict")
        self._more = named(Label(self), "doctor_verdict_more")
        set_role(self._text, "strong")
        set_role(self._more, "muted")
        self._more.setWordWrap(True)
        texts = QVBoxLayout()
        texts.setSpacing(SPACE_1)
        texts.addWidget(self._text)
        texts.addWidget(self._more)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        row.setSpacing(SPACE_3)
        row.addWidget(self._icon)
        row.addLayout(texts, 1)

    def set_counts(self, problems: int, warnings: int) -> None:
        """Say how it stands.

        Args:
            problems: Things that will fail.
            warnings: Things that could be better.
        """
        tone = "danger" if problems else "warning" if warnings else "success"
        self._theme.set_icon(self._icon, _ICONS[tone], tone=tone, size=24)
        set_tone(self, tone)
        if problems:
            text = self.tr("%n problem(s) found", "", problems)
            if warnings:
                joined = self.tr("{problems}, {things}")
                things = self.tr("%n thing(s) to look at", "", warnings)
                text = joined.format(problems=text, things=things)
            more = self.tr("Something will not work until it is mended; see below what to do.")
        elif warnings:
            text = self.tr("%n thing(s) to look at", "", warnings)
            more = self.tr("Everything works, but could be better; see below what to do.")
        else:
            text = self.tr("All is well")
            more = self.tr("Nothing on this computer stands in the way.")
        self._text.setText(text)
        self._more.setText(more)
        self.setAccessibleName(f"{text}. {more}")
