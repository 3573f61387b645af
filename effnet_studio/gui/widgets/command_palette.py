"""A field over the window in which everything can be found by a few letters, and done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QListView,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.gui.announcer import announce
from effnet_studio.gui.models.commands import Command, CommandModel, rank, spoken
from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_2, SPACE_3, SPACE_5, SPACE_6, set_role, set_tone
from effnet_studio.gui.widgets.command_delegate import CommandDelegate
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.overlay import FocusReturn
from effnet_studio.gui.widgets.shadow import Shadow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.gui.theme import ThemeManager

_WIDTH: Final = 640
_ROWS: Final = 9
"""So many rows are seen at once."""
_MOVES: Final = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: _ROWS - 1,
    Qt.Key.Key_PageUp: 1 - _ROWS,
}


class CommandPalette(QFrame):
    """Lies over its window while it is open; the keyboard stays in its field.

    Arrow keys choose, Enter does what is chosen, Esc closes and gives the focus back to where it
    was. A click beside it, or any other loss of the focus, closes it too.

    Args:
        theme: Colours.
        parent: The window.
    """

    command_chosen = Signal(object)
    """The :class:`~effnet_studio.gui.models.commands.Command` to do, after the palette closed."""

    language_changed = Signal()
    """Whoever opened it has the commands in another language now; see :meth:`refill`."""

    def __init__(self, theme: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("command_palette")
        set_role(self, "card")
        parent.installEventFilter(self)
        self._theme = theme
        self._commands: Sequence[Command] = ()
        self._recent: Sequence[str] = ()
        self._return = FocusReturn(self)
        self._build_ui()
        self._connect()
        self._retranslate()
        self.hide()

    def _build_ui(self) -> None:
        self._field = named(QLineEdit(self), "palette_field")
        self._field.setClearButtonEnabled(False)
        self._model = CommandModel(self)
        self._list = named(QListView(self), "palette_list")
        set_role(self._list, "plain")
        self._list.setModel(self._model)
        self._delegate = CommandDelegate(self._theme, self._list)
        self._list.setItemDelegate(self._delegate)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the field has it, and moves the row
        self._list.setMouseTracking(True)
        self._list.setUniformItemSizes(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._nothing = named(Label(self), "palette_nothing")
        self._nothing.setWordWrap(True)
        self._nothing.setTextFormat(Qt.TextFormat.PlainText)
        self._nothing.setMargin(SPACE_3)
        set_role(self._nothing, "muted")
        self._hint = named(Label(self), "palette_hint")
        set_role(self._hint, "caption")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_3, SPACE_3, SPACE_3, SPACE_2)
        layout.setSpacing(SPACE_2)
        for widget in (self._field, self._list, self._nothing, self._hint):
            layout.addWidget(widget)
        Shadow(self)

    def _connect(self) -> None:
        self._field.textChanged.connect(self._on_typed)
        self._field.installEventFilter(self)
        self._list.clicked.connect(self._on_clicked)
        self._list.selectionModel().currentChanged.connect(self._on_current_changed)

    # -- opening and closing ---------------------------------------------------------------------

    def refill(self, commands: Sequence[Command], recent: Sequence[str]) -> None:
        """Offer the same in another language; what was typed stays.

        Args:
            commands: All there are.
            recent: Keys of those used before, the latest first.
        """
        self._commands, self._recent = commands, recent
        self._on_typed()

    def open_with(self, commands: Sequence[Command], recent: Sequence[str]) -> None:
        """Open over the window, with nothing typed.

        Args:
            commands: All there are.
            recent: Keys of those used before, the latest first.
        """
        if self.isHidden():
            self._return.remember()
        self._commands, self._recent = commands, recent
        self._field.clear()
        self._show_hits()
        self._place()
        self.show()
        self.raise_()
        self._field.setFocus(Qt.FocusReason.PopupFocusReason)

    @Slot()
    def dismiss(self) -> None:
        """Close, and give the focus back."""
        if self.isHidden():
            return
        self.hide()
        if not self._return.give_back():
            self.window().setFocus(Qt.FocusReason.PopupFocusReason)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parentWidget():
            if event.type() is QEvent.Type.Resize and self.isVisible():
                self._place()
        elif isinstance(event, QKeyEvent) and event.type() in {
            QEvent.Type.KeyPress,
            QEvent.Type.ShortcutOverride,
        }:
            return self._take_key(event)
        elif isinstance(event, QFocusEvent) and event.lostFocus() and self.isVisible():
            self._on_focus_lost(event.reason())
        return super().eventFilter(watched, event)

    def _on_focus_lost(self, reason: Qt.FocusReason) -> None:
        if self.window().isActiveWindow() and not self._field.hasFocus():
            focus = QApplication.focusWidget()
            if focus is not None and not self.isAncestorOf(focus):
                self._return.remember()  # where it is to be afterwards
                page = isinstance(focus.parentWidget(), QStackedWidget)
                if page and reason is Qt.FocusReason.OtherFocusReason:
                    # Nobody's wish: a page that was on its way has come, and takes it.
                    self._field.setFocus(Qt.FocusReason.PopupFocusReason)
                else:
                    self.dismiss()

    def _take_key(self, event: QKeyEvent) -> bool:
        """Keys of the list and of the palette; all others are typed."""
        key = Qt.Key(event.key())
        returns = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if key not in {*_MOVES, *returns, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            return False
        event.accept()
        if event.type() is QEvent.Type.ShortcutOverride:
            return True
        if key in _MOVES:
            self._move(_MOVES[key])
        elif key in returns:
            self._run(self._list.currentIndex())
        elif key is Qt.Key.Key_Escape:
            self.dismiss()
        else:
            self._move(1 if key is Qt.Key.Key_Tab else -1)
        return True

    def _place(self) -> None:
        room = self.window().size()
        width = min(_WIDTH, room.width() - 2 * SPACE_6)
        rows = max(1, min(_ROWS, self._model.rowCount()))
        self._list.setFixedHeight(rows * self._delegate.height + 2 * self._list.frameWidth() + 2)
        policy = Qt.ScrollBarPolicy
        fits = self._model.rowCount() <= _ROWS
        self._list.setVerticalScrollBarPolicy(
            policy.ScrollBarAlwaysOff if fits else policy.ScrollBarAsNeeded
        )
        self.setFixedWidth(width)
        self.adjustSize()
        self.move((room.width() - width) // 2, min(96, max(SPACE_5, room.height() // 8)))

    # -- choosing --------------------------------------------------------------------------------

    @Slot()
    def _on_typed(self) -> None:
        self._show_hits()
        self._place()

    def _show_hits(self) -> None:
        query = self._field.text()
        hits = rank(query, self._commands, self._recent)
        self._model.set_hits(hits)
        self._list.setVisible(bool(hits))
        self._nothing.setVisible(not hits)
        self._nothing.setText(
            self.tr("Nothing here is called “{query}”. Try fewer letters.").format(query=query)
        )
        if hits:
            self._list.setCurrentIndex(self._model.index(0))
        else:
            self._field.setAccessibleDescription(self._nothing.text())
        self._show_hint()

    def _move(self, step: int) -> None:
        count = self._model.rowCount()
        if count:
            row = self._list.currentIndex().row() + step
            row = row % count if abs(step) == 1 else min(max(row, 0), count - 1)
            self._list.setCurrentIndex(self._model.index(row))

    @Slot(QModelIndex)
    def _on_current_changed(self, index: QModelIndex) -> None:
        """Say the row: the focus stays in the field, the row is what is active in it."""
        if index.isValid():
            self._show_hint()
            self._field.setAccessibleDescription(spoken(self._model.command(index.row())))
            event = QAccessibleEvent(self._list, QAccessible.Event.Focus)
            event.setChild(index.row())
            QAccessible.updateAccessibility(event)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self._run(index)

    def _run(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        command = self._model.command(index.row())
        if command.enabled:
            self.dismiss()
            self.command_chosen.emit(command)
        else:
            self._say_why_not(command)

    def _say_why_not(self, command: Command) -> None:
        """Somebody wanted what is not possible now: say why, where they look."""
        reason = command.reason or self.tr("Not possible now")
        self._hint.setText(
            self.tr("{command}: {reason}").format(command=command.title, reason=reason)
        )
        set_tone(self._hint, "warning")
        announce(self._hint, self._hint.text())

    def _show_hint(self) -> None:
        set_tone(self._hint, "")
        self._hint.setText(
            self.tr("↑ ↓ choose    Enter does it    Esc closes")
            if self._model.rowCount()
            else self.tr("Esc closes")
        )

    # -- texts -----------------------------------------------------------------------------------

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Commands"))
        self._field.setAccessibleName(self.tr("Find a command"))
        self._field.setPlaceholderText(self.tr("Type what you want to do"))
        self._list.setAccessibleName(self.tr("Commands that fit"))
        self._show_hint()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            if self.isVisible():
                self.language_changed.emit()
