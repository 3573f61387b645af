"""Confirm or correct one answer after the other."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.gui.names import named
from effnet_studio.gui.text import count_text, list_text
from effnet_studio.gui.theme import SPACE_2, SPACE_3, SPACE_4, ThemeManager, set_role
from effnet_studio.gui.widgets.elided_combo import ElidedCombo
from effnet_studio.gui.widgets.flow_layout import FlowLayout
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.data.reviewed import Intake

_NAMED: Final = 3
"""New classes that are named; of more it is said that there are more."""


_STATUS: Final = 160
"""Least width of what became of the images, pixels: with less the row breaks."""


class Obstacle(Enum):
    """Why what is said cannot go into a dataset."""

    PROJECT = auto()
    READ_ONLY = auto()


class ReviewBar(QFrame):
    """The answer in question, what can be said of it, and how many images have been looked through.

    Args:
        theme: Icons.
        parent: Qt's owner.
    """

    confirmed = Signal()
    """The answer is right."""
    corrected = Signal(str)
    """The class it is instead."""
    back_asked = Signal()
    """The image before is to be looked at again."""
    add_asked = Signal()
    """What was said is to go into the dataset."""
    undo_asked = Signal()
    """That is to be taken back."""
    train_asked = Signal()
    """A model is to learn from what was added."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("review_bar")
        set_role(self, "card")
        self._theme = theme
        self._answer: str | None = None
        self._intake: Intake | None = None
        self._obstacle: Obstacle | None = None
        self._new: tuple[str, ...] = ()
        self._done = self._total = self._addable = 0
        self._question = named(Label(self), "review_question")
        set_role(self._question, "strong")
        self._question.setTextFormat(Qt.TextFormat.PlainText)
        self._question.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._count = named(Label(self), "review_count")
        self._status = named(Label(self), "review_status")
        for label in (self._count, self._status):
            set_role(label, "caption")
        self._status.setTextFormat(Qt.TextFormat.PlainText)
        self._status.setWordWrap(True)
        self._status.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._status.setMinimumWidth(_STATUS)
        self._back = named(QPushButton(self), "review_back")
        self._confirm = named(QPushButton(self), "review_confirm")
        set_role(self._confirm, "primary")
        self._class = ElidedCombo("review_class", self)
        self._name = named(QLineEdit(self._class), "review_name")
        self._add = named(QPushButton(self), "review_add")
        self._train = named(QPushButton(self), "review_train")
        self._undo = named(QPushButton(self), "review_undo")
        set_role(self._undo, "link")
        for button, icon, tone in (
            (self._back, "arrow-left", "muted"),
            (self._confirm, "check", "on_accent"),
            (self._add, "data", "muted"),
            (self._train, "train", "muted"),
        ):
            theme.set_icon(button, icon, tone=tone, size=16)
        self._build_ui()
        self._class.activated.connect(self._on_class)
        self._back.clicked.connect(self.back_asked)
        self._confirm.clicked.connect(self.confirmed)
        self._add.clicked.connect(self.add_asked)
        self._undo.clicked.connect(self.undo_asked)
        self._train.clicked.connect(self.train_asked)
        self._retranslate()
        self._undo.hide()

    def _build_ui(self) -> None:
        self._class.setEditable(True)
        self._class.setLineEdit(self._name)
        self._class.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._class.setMinimumWidth(170)
        self._class.setMaximumWidth(240)
        completer = QCompleter(self._class.model(), self._class)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._class.setCompleter(completer)
        first = QHBoxLayout()
        first.setSpacing(SPACE_2)
        first.addWidget(self._question, 1)
        first.addWidget(self._back)
        first.addWidget(self._confirm)
        first.addWidget(self._class)
        second = FlowLayout(SPACE_3)
        for widget in (self._count, self._status, self._undo, self._add, self._train):
            second.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_2, SPACE_3, SPACE_2)
        column.setSpacing(SPACE_2)
        column.addLayout(first)
        column.addLayout(second)

    def set_classes(self, names: Sequence[str]) -> None:
        """Offer these classes."""
        self._class.clear()
        self._class.addItems(list(names))
        self._clear_class()

    def set_answer(self, answer: str | None) -> None:
        """Ask about an answer; None: there is nothing (more) to ask about."""
        self._answer = answer
        self._clear_class()
        self._retranslate()

    def set_counts(
        self, done: int, total: int, addable: int, new_classes: Sequence[str] = ()
    ) -> None:
        """Say how far the review is.

        Args:
            done: Images looked through.
            total: Images with an answer.
            addable: Images whose class can go into the dataset.
            new_classes: Those of their classes that the dataset does not have.
        """
        self._new = tuple(new_classes)
        self._done, self._total, self._addable = done, total, addable
        self._retranslate()

    def set_outcome(
        self, intake: Intake | None, obstacle: Obstacle | None, *, undoable: bool
    ) -> None:
        """Say what became of the images, or why they cannot go into the dataset.

        Args:
            intake: What became of those added last; None: nothing was added.
            obstacle: Why none can be added; None: they can.
            undoable: Whether what was added can be taken back now.
        """
        self._intake, self._obstacle = intake, obstacle
        self._undo.setVisible(undoable)
        self._retranslate()

    def begin_typing(self, text: str) -> None:
        """A class is being typed: its first letters."""
        self._name.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._name.setText(text)
        self._name.textEdited.emit(text)

    def accept(self) -> None:
        """Enter was pressed: take the class that was typed, or else confirm the answer."""
        if self._name.text().strip():
            self._on_class()
        else:
            self.confirmed.emit()

    def _clear_class(self) -> None:
        self._class.setCurrentIndex(-1)
        self._class.clearEditText()

    @Slot()
    def _on_class(self) -> None:
        """Take the class of that name, or the first one that contains what was typed."""
        typed = self._class.currentText().strip().casefold()
        names = [self._class.itemText(row) for row in range(self._class.count())]
        same = [name for name in names if name.casefold() == typed]
        alike = [name for name in names if typed in name.casefold()]
        if typed and (same or alike):
            self.corrected.emit((same or alike)[0])
        elif typed:
            self._status.setText(self.tr("The model knows no class of that name."))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _outcome(self) -> str:
        intake, obstacle = self._intake, self._obstacle
        if obstacle is Obstacle.PROJECT:
            return self.tr("Open a project to keep what you say.")
        if obstacle is Obstacle.READ_ONLY:
            return self.tr("This project is open for reading only; it cannot be changed.")
        if self._new:
            names = list_text(self._new[:_NAMED]) + (", …" if len(self._new) > _NAMED else "")
            return self.tr("Classes that would be new in the data: {names}").format(names=names)
        if intake is None:
            if not (self._finished and self._addable):
                return ""
            return self.tr("Next: add them to the data, then train again.")
        parts = []
        if intake.relabelled:
            parts.append(self.tr("%n image(s) given another class", "", intake.relabelled))
        if intake.agreed:
            parts.append(self.tr("%n image(s) had it already", "", intake.agreed))
        if intake.copies:
            parts.append(self.tr("%n image(s) added", "", len(intake.copies)))
        if intake.refused:
            parts.append(self.tr("%n image(s) could not be copied", "", intake.refused))
        if self._finished:
            parts.append(self.tr("Next: train again with them."))
        return " · ".join(parts)

    @property
    def _finished(self) -> bool:
        """Whether all images have been looked through."""
        return 0 < self._total <= self._done

    def _lead(self, next_step: QPushButton) -> None:
        """Have the one button stand out that is to be pressed next."""
        icons = {self._add: "data", self._train: "train", self._confirm: "check"}
        for button, icon in icons.items():
            leads = button is next_step
            set_role(button, "primary" if leads else "")
            tone = "on_accent" if leads else "muted"
            self._theme.set_icon(button, icon, tone=tone, size=16)

    def _retranslate(self) -> None:
        self._status.setText(self._outcome())
        if self._finished:
            question = self.tr("All images are reviewed.")
        elif self._answer is not None:
            question = self.tr("Is this “{answer}”?").format(answer=self._answer)
        else:
            question = self.tr("Choose an image to review.")
        self._question.setText(question)
        self._question.setToolTip(self._answer or "")
        self._count.setText(
            self.tr("{done} of {total} reviewed").format(
                done=count_text(self._done), total=count_text(self._total)
            )
        )
        self._back.setText(self.tr("Previous"))
        self._back.setToolTip(self.tr("Look at the image before again (Left)"))
        self._confirm.setText(self.tr("Yes, right"))
        self._confirm.setToolTip(self.tr("The answer is right (Enter, or Right)"))
        self._confirm.setEnabled(self._answer is not None)
        self._class.setEnabled(self._answer is not None)
        self._name.setPlaceholderText(self.tr("No, it is…"))
        self._class.setAccessibleName(self.tr("The class it is instead"))
        self._class.setToolTip(self.tr("Type the first letters of a class, then Enter"))
        self._add.setText(self.tr("Add %n reviewed image(s) to the data", "", self._addable))
        self._add.setToolTip(
            self.tr(
                "Images of the dataset get the class you said; of others a copy is kept in the "
                "project. The files themselves stay as they are."
            )
        )
        self._add.setEnabled(self._addable > 0)
        self._add.setVisible(self._addable > 0)
        self._train.setText(self.tr("Go to Train"))
        added = self._finished and self._intake is not None and not self._addable
        self._train.setVisible(added)
        last = self._train if added else self._add
        self._lead(last if self._finished else self._confirm)
        self._undo.setText(self.tr("Take back"))
        for button in (self._back, self._confirm, self._add, self._train, self._undo):
            button.setAccessibleName(button.text())
