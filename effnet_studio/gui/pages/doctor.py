"""What this computer offers, what stands in the way, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.names import named
from effnet_studio.gui.pages.aside import AsidePage
from effnet_studio.gui.theme import SPACE_3, SPACE_4, set_role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QShowEvent

    from effnet_studio.engine.device import Fact


class DoctorPage(AsidePage):
    """A list of facts, read in the background each time the page is opened."""

    key: ClassVar[str] = "doctor"

    def _build_ui(self) -> None:
        self._facts: list[Fact] = []
        card = QFrame(self)
        set_role(card, "card")
        body = named(QWidget(card), "scroll_body")
        self._grid = QGridLayout(body)
        self._grid.setContentsMargins(SPACE_4, SPACE_4, SPACE_4, SPACE_4)
        self._grid.setHorizontalSpacing(SPACE_3)
        self._grid.setVerticalSpacing(SPACE_3)
        self._grid.setColumnStretch(2, 1)
        scroll = QScrollArea(card)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(body)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(scroll)
        self._copy = named(QPushButton(self), "doctor_copy")
        self.theme.set_icon(self._copy, "copy", size=16)
        self._copy.clicked.connect(self._on_copy)
        self.header.add_action(self._copy)
        self.body.addWidget(card, 1)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        job = self.session.jobs.start(
            read_facts, title=self.tr("Doctor"), kind="quiet", with_events=False, heavy=True
        )
        job.succeeded.connect(self.set_facts)

    @Slot(object)
    def set_facts(self, facts: Sequence[Fact]) -> None:
        """Show these."""
        self._facts = list(facts)
        self._retranslate()

    def _show_facts(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row, fact in enumerate(self._facts):
            self._add_row(row, fact)
        self._grid.setRowStretch(len(self._facts), 1)

    def _add_row(self, row: int, fact: Fact) -> None:
        mark, title = QLabel(self), QLabel(translate_message(fact.title), self)
        name, tone = ("check-circle", "success") if fact.ok else ("warning", "warning")
        self.theme.set_icon(mark, name, tone=tone)
        set_role(title, "muted")
        text = translate_message(fact.value)
        if fact.hint is not None:
            text = f"{text}\n{translate_message(fact.hint)}"
        value = named(QLabel(text, self), f"fact_{fact.key}")
        value.setTextFormat(Qt.TextFormat.PlainText)
        value.setWordWrap(True)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for column, label in enumerate((mark, title, value)):
            self._grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignTop)

    @Slot()
    def _on_copy(self) -> None:
        lines = (f"{fact.title}: {fact.value} {fact.hint or ''}".strip() for fact in self._facts)
        QGuiApplication.clipboard().setText("\n".join(lines))
        self._copy.setText(self.tr("Copied"))

    def _retranslate(self) -> None:
        waiting = self.tr("Looking around…")
        ready = self.tr("Everything stays on this computer; only weights are ever downloaded.")
        self.header.set_texts(
            self.tr("What this computer offers"), ready if self._facts else waiting
        )
        self._copy.setText(self.tr("Copy report"))
        self._show_facts()


def read_facts() -> list[Fact]:
    """Find everything out; imports PyTorch, so call it in a thread."""
    from effnet_studio.engine.device import doctor_facts
    from effnet_studio.engine.models.weights import weights_facts

    return [*doctor_facts(), *weights_facts()]
