"""A run's name and what is to be remembered of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.engine.training.run_notes import LONGEST_NAME
from effnet_studio.gui.models.run_list import run_title
from effnet_studio.gui.names import named
from effnet_studio.gui.text import moment_text
from effnet_studio.gui.theme import SPACE_2, SPACE_3, SPACE_4, SPACE_5, set_role

if TYPE_CHECKING:
    from effnet_studio.engine.training.runs import Run
    from effnet_studio.gui.session import Session

_SIZE: Final = (480, 360)


class RunNoteDialog(QDialog):
    """Stands beside the window, which stays usable.

    Args:
        session: Keeps what was written.
        run: The run.
        parent: Qt's owner.
    """

    def __init__(self, session: Session, run: Run, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("run_note")
        self._session = session
        self._run = run
        self._title = QLabel(self)
        set_role(self._title, "title")
        self._about = QLabel(self)
        set_role(self._about, "muted")
        self._name_label, self._note_label = QLabel(self), QLabel(self)
        self._name = named(QLineEdit(run.notes.name, self), "run_note_name")
        self._name.setMaxLength(LONGEST_NAME)
        self._note = named(QPlainTextEdit(run.notes.note, self), "run_note_text")
        self._note.setTabChangesFocus(True)
        self._name_label.setBuddy(self._name)
        self._note_label.setBuddy(self._note)
        self._save = named(QPushButton(self), "run_note_save")
        self._cancel = named(QPushButton(self), "run_note_cancel")
        set_role(self._save, "primary")
        self._save.setDefault(True)
        self._build_ui()
        self._save.clicked.connect(self._on_save)
        self._cancel.clicked.connect(self.close)
        session.project_changed.connect(self.close)
        self._retranslate()
        self.resize(*_SIZE)

    def _build_ui(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_2)
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_5, SPACE_5, SPACE_5, SPACE_4)
        column.setSpacing(SPACE_2)
        column.addWidget(self._title)
        column.addWidget(self._about)
        column.addSpacing(SPACE_3)
        column.addWidget(self._name_label)
        column.addWidget(self._name)
        column.addSpacing(SPACE_2)
        column.addWidget(self._note_label)
        column.addWidget(self._note, 1)
        column.addSpacing(SPACE_3)
        column.addLayout(buttons)

    @Slot()
    def _on_save(self) -> None:
        self._session.keeper.describe(self._run.run_id, self._name.text(), self._note.toPlainText())
        self.close()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        run = self._run
        title = run_title(run.model, run.config.preset)
        self.setWindowTitle(self.tr("Name and note"))
        self._title.setText(self.tr("Name and note"))
        self._about.setText(f"{title} · {moment_text(run.created)}")
        self._name_label.setText(self.tr("Name"))
        self._name.setPlaceholderText(title)
        self._note_label.setText(self.tr("Note"))
        self._note.setPlaceholderText(self.tr("What was tried, and what came of it"))
        self._save.setText(self.tr("Save"))
        self._cancel.setText(self.tr("Cancel"))
