"""One sentence on whether an image is none of the classes, whatever speaks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout
from typing_extensions import override

from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_2, SPACE_3, set_role, set_tone
from effnet_studio.gui.widgets.help_mark import HelpMark
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from effnet_studio.gui.theme import ThemeManager


class VerdictLine(QFrame):
    """Hidden while there is nothing to say.

    Args:
        name: Object name; the sentence is ``NAME_text``.
        theme: Tints the help mark.
        parent: Qt's owner.
    """

    def __init__(self, name: str, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        set_role(self, "banner")
        set_tone(self, "warning")
        self._rejected = self._stranger = False
        self._text = named(Label(self), f"{name}_text")
        self._text.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_3, SPACE_2, SPACE_3, SPACE_2)
        row.addWidget(self._text, 1)
        row.addWidget(HelpMark("concept-none-of-these", theme, self), 0, Qt.AlignmentFlag.AlignTop)
        self._show()

    def set_rejected(self, *, rejected: bool) -> None:
        """Whether the model is less certain than the threshold that was chosen for it."""
        self._rejected = rejected
        self._show()

    def set_stranger(self, *, stranger: bool) -> None:
        """Whether the image is like none of the training images."""
        self._stranger = stranger
        self._show()

    def _show(self) -> None:
        self.setVisible(self._rejected or self._stranger)
        if self._rejected and self._stranger:
            text = self.tr(
                "None of these: the model is not certain enough, and the image is unlike the"
                " training images."
            )
        elif self._rejected:
            text = self.tr("None of these: the model is not certain enough.")
        else:
            text = self.tr("Perhaps none of these: the image is unlike the training images.")
        hints = []
        if self._rejected:
            hints.append(
                self.tr(
                    "Its certainty is below the threshold that was chosen under Evaluate, in"
                    " Confidence. The likeliest classes are shown all the same."
                )
            )
        if self._stranger:
            hints.append(
                self.tr(
                    "It differs from the training images more than nearly all images that were"
                    " held back."
                )
            )
        self._text.setText(text)
        self.setToolTip("\n".join(hints))
        self.setAccessibleName(text)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._show()
