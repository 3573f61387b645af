"""The user guide: contents and search at the left, the page at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout
from typing_extensions import override

from effnet_studio.gui.names import named
from effnet_studio.gui.pages.aside import AsidePage
from effnet_studio.gui.theme import SPACE_4, set_role
from effnet_studio.gui.turns import in_turn
from effnet_studio.gui.widgets.guide.guide_contents import GuideContents
from effnet_studio.gui.widgets.guide.guide_reader import GuideReader
from effnet_studio.guide.library import FIRST, Guide

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QShowEvent

_SCROLLING: Final = frozenset(
    {
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_Space,
    }
)


class GuidePage(AsidePage):
    """Reads like a book, is searched like one, and opens where it is asked for."""

    key: ClassVar[str] = "guide"

    def _build_ui(self) -> None:
        self._asked: tuple[str, str] | None = None
        guide = Guide()
        self.contents = GuideContents(guide, self.theme, self)
        card = QFrame(self)
        set_role(card, "card")
        self.reader = GuideReader(guide, self.theme, card)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.reader)
        row = QHBoxLayout()
        row.setSpacing(SPACE_4)
        row.addWidget(self.contents)
        row.addWidget(card, 1)
        self.body.addLayout(row, 1)
        self.backward = self._make_button("guide_backward", "arrow-left")
        self.forward = self._make_button("guide_forward", "arrow-right")

    def _make_button(self, name: str, icon: str) -> QToolButton:
        button = named(QToolButton(self), name)
        set_role(button, "ghost")
        button.setEnabled(False)
        self.theme.set_icon(button, icon)
        self.header.add_action(button)
        return button

    def _connect(self) -> None:
        reader = self.reader
        self.contents.page_chosen.connect(reader.open)
        self.contents.question_changed.connect(reader.set_marks)
        reader.page_shown.connect(self._on_page_shown)
        reader.backwardAvailable.connect(self.backward.setEnabled)
        reader.forwardAvailable.connect(self.forward.setEnabled)
        self.backward.clicked.connect(reader.backward)
        self.forward.clicked.connect(reader.forward)
        for sequence, slot in (
            (QKeySequence("Alt+Left"), reader.backward),
            (QKeySequence("Alt+Right"), reader.forward),
            (QKeySequence.StandardKey.Find, self._on_find),
        ):
            QShortcut(sequence, self).activated.connect(slot)

    def open(self, key: str, fragment: str = "") -> None:
        """Show a page of the guide, out of any search; once the guide itself is on view.

        Args:
            key: Such as ``"concept-freezing"``.
            fragment: Anchor on it; empty for its top.
        """
        self.contents.search.clear()
        if self.isVisible():
            self.reader.open(key, fragment)
        else:
            self._asked = key, fragment

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys that scroll do so before anything on the page was chosen."""
        if event.key() in _SCROLLING:
            QCoreApplication.sendEvent(self.reader, event)
        else:
            super().keyPressEvent(event)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._asked is not None:
            self.reader.open(*self._asked)
            self._asked = None
        elif not self.reader.key:
            in_turn(self.reader, self._open_first)  # whoever shows the guide may open a page

    def _open_first(self) -> None:
        if not self.reader.key:
            self.reader.open(FIRST)

    @Slot(str)
    def _on_page_shown(self, key: str) -> None:
        self.contents.set_current(key)
        # What is read out when the page takes the focus.
        self.setAccessibleName(self.reader.accessibleName())

    @Slot()
    def _on_find(self) -> None:
        self.contents.search.setFocus()
        self.contents.search.selectAll()

    def _retranslate(self) -> None:
        self.header.set_texts(self.tr("Guide"))
        self.backward.setToolTip(self.tr("Back (Alt+Left)"))
        self.backward.setAccessibleName(self.tr("Back"))
        self.forward.setToolTip(self.tr("Forward (Alt+Right)"))
        self.forward.setAccessibleName(self.tr("Forward"))
