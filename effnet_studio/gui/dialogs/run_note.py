"""A run's name and what is to be remembered of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.engine.training.run_notes import LONGEST_NAME
from effnet_studio.gui.focus import ReadingOrder
from effnet_studio.gui.models.run_list import run_title
from effnet_studio.gui.names import named
from effnet_studio.gui.text import moment_text
from effnet_studio.gui.theme import SPACE_2, SPACE_3, SPACE_4, SPACE_5, set_role
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from effnet_studio.engine.training.runs import Run
    from effnet_studio.gui.session import Session

_SIZE: Final = (480, 440)


class RunNoteDialog(ReadingOrder, QDialog):
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
        self._title = Label(self)
        set_role(self._title, "title")
        self._about = Label(self)
        set_role(self._about, "muted")
        self._name_label, self._note_label = Label(self), Label(self)
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
        self._notice = named(Label(self), "run_note_notice")
        set_role(self._notice, "muted")
        self._notice.setWordWrap(True)
        self._discard = named(QPushButton(self), "run_note_discard")
        self._discard.setAutoDefault(False)
        set_role(self._discard, "link")
        self._build_ui()
        self._take_draft()
        self._name.textChanged.connect(self._on_typed)
        self._note.textChanged.connect(self._on_typed)
        self._discard.clicked.connect(self._on_discard)
        self._save.clicked.connect(self._on_save)
        self._cancel.clicked.connect(self._on_cancel)
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
        notice = QHBoxLayout()
        notice.setSpacing(SPACE_2)
        notice.addWidget(self._notice, 1)
        notice.addWidget(self._discard)
        column.addLayout(notice)
        column.addSpacing(SPACE_3)
        column.addWidget(self._name_label)
        column.addWidget(self._name)
        column.addSpacing(SPACE_2)
        column.addWidget(self._note_label)
        column.addWidget(self._note, 1)
        column.addSpacing(SPACE_3)
        column.addLayout(buttons)

    # -- what was not saved --------------------------------------------------------------------

    @property
    def _draft_name(self) -> str:
        return f"note/{self._run.run_id}"

    def _take_draft(self) -> None:
        """Show what was typed the last time and neither saved nor given up."""
        draft = self._session.drafts.get(self._draft_name)
        for widget in (self._notice, self._discard):
            widget.setVisible(draft is not None)
        if draft is not None:
            self._name.setText(str(draft.get("name", "")))
            self._note.setPlainText(str(draft.get("note", "")))
            self._note.moveCursor(QTextCursor.MoveOperation.End)  # where it was left off

    @Slot()
    def _on_typed(self) -> None:
        name, note = self._name.text(), self._note.toPlainText()
        if (name, note) == (self._run.notes.name, self._run.notes.note):
            self._session.drafts.drop(self._draft_name)
        else:
            self._session.drafts.put(self._draft_name, {"name": name, "note": note})

    @Slot()
    def _on_discard(self) -> None:
        """Go back to what is saved."""
        self._name.setText(self._run.notes.name)
        self._note.setPlainText(self._run.notes.note)
        self._notice.hide()
        self._discard.hide()
        self._name.setFocus()

    # -- the end -------------------------------------------------------------------------------

    @Slot()
    def _on_cancel(self) -> None:
        """Give up what was typed; closing the dialog in another way keeps it for the next time."""
        self._session.drafts.drop(self._draft_name)
        self.close()

    @Slot()
    def _on_save(self) -> None:
        self._session.drafts.drop(self._draft_name)
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
        self._notice.setText(self.tr("You wrote this last time and did not save it."))
        self._discard.setText(self.tr("Discard"))
        self._discard.setAccessibleName(self.tr("Discard what was not saved"))
        self._save.setText(self.tr("Save"))
        self._cancel.setText(self.tr("Cancel"))
