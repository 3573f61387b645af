"""What can be done by name: the rows of the command palette, and how they are put in order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QKeySequence
from typing_extensions import override

from effnet_studio.gui.models.fuzzy import fit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QMenu, QPushButton, QWidget

_Index = QModelIndex | QPersistentModelIndex

COMMAND_ROLE: Final = Qt.ItemDataRole.UserRole + 1
"""The :class:`Command` of a row."""
PLACES_ROLE: Final = Qt.ItemDataRole.UserRole + 2
"""Which letters of the title were typed."""

_IN_BRACKETS: Final = re.compile(r"\(&\w\)")
"""An access key behind a text that has no letters of the keyboard: ``退出(&Q)``."""
_LOST: Final = 4.0
"""What a command that is impossible now loses against one that is not."""
_LATELY: Final = 3.0
"""What the command used last gains; earlier ones gain less."""


@dataclass(frozen=True)
class Command:
    """Something that can be done.

    Attributes:
        key: What it is known by when it was used before.
        title: In the window's language.
        run: Does it.
        group: Where it belongs, such as a menu or a page, in the window's language.
        english: Title and group in English, by which it is found in every language.
        shortcut: Portable text of its keys; empty for none.
        enabled: Whether it is possible now.
        reason: Why it is not.
    """

    key: str
    title: str
    run: Callable[[], object]
    group: str = ""
    english: str = ""
    shortcut: str = ""
    enabled: bool = True
    reason: str = ""


@dataclass(frozen=True)
class Hit:
    """A command that fits what was typed.

    Attributes:
        command: The command.
        score: How well it fits.
        places: Letters of its title that were typed.
    """

    command: Command
    score: float
    places: tuple[int, ...] = ()


def button_commands(button: QPushButton, page: QWidget) -> list[Command]:
    """A button as commands: they can be given exactly when the button can be pressed.

    Args:
        button: The button; one with a menu brings the rows of the menu.
        page: Where it stands; a button that is not to be seen there brings nothing.

    Returns:
        The commands.
    """
    if not button.isVisibleTo(page):
        return []
    name = button.objectName()
    menu: QMenu | None = button.menu()
    english = name.replace("_", " ")
    reason = "" if button.isEnabled() else button.toolTip()
    title = plain(button.text()) or button.accessibleName()
    if menu is None:
        enabled = button.isEnabled()
        return [Command(name, title, button.click, "", english, "", enabled, reason)]
    return [
        Command(
            f"{name}:{place}",
            plain(action.text()),
            action.trigger,
            group=title,
            english=english,
            enabled=button.isEnabled() and action.isEnabled(),
            reason=reason,
        )
        for place, action in enumerate(menu.actions())
        if action.isVisible() and not action.isSeparator()
    ]


def plain(text: str) -> str:
    """A text of a menu or button without the marks of its access key."""
    return _IN_BRACKETS.sub("", text).replace("&&", "\0").replace("&", "").replace("\0", "&")


def rank(query: str, commands: Sequence[Command], recent: Sequence[str]) -> list[Hit]:
    """Put commands in order.

    Args:
        query: What was typed; may be empty.
        commands: All there are.
        recent: Keys of those used before, the latest first.

    Returns:
        Those that fit, the best first. Without a query: those used lately, then the others as they
        came, and last those that are impossible now.
    """
    lately = {key: _LATELY * (1 - place / len(recent)) for place, key in enumerate(recent)}
    hits = []
    for command in commands:
        hit = _judge(query, command)
        if hit is not None:
            score = hit.score + lately.get(command.key, 0) - (0 if command.enabled else _LOST)
            hits.append(Hit(command, score, hit.places))
    return sorted(hits, key=lambda hit: -hit.score)


def _judge(query: str, command: Command) -> Hit | None:
    if not query.strip():
        return Hit(command, 0)
    own = fit(query, f"{command.title} {command.group}")
    other = fit(query, command.english) if command.english else None
    scores = [found.score for found in (own, other) if found is not None]
    if not scores:
        return None
    end = len(command.title)
    places = tuple(place for place in own.places if place < end) if own is not None else ()
    return Hit(command, max(scores), places)


class CommandModel(QAbstractListModel):
    """The commands that fit what was typed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hits: list[Hit] = []

    def set_hits(self, hits: Sequence[Hit]) -> None:
        """Show others."""
        self.beginResetModel()
        self._hits = list(hits)
        self.endResetModel()

    def command(self, row: int) -> Command:
        """The command of a row."""
        return self._hits[row].command

    @override
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._hits)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        hit = self._hits[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.command.title
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return spoken(hit.command)
        if role == COMMAND_ROLE:
            return hit.command
        return hit.places if role == PLACES_ROLE else None


def spoken(command: Command) -> str:
    """Everything about a command in one line, for those who hear it."""
    reason = ""
    if not command.enabled:
        reason = command.reason or QCoreApplication.translate("Commands", "Not possible now")
    keys = keys_text(command.shortcut)
    return ", ".join(part for part in (command.title, command.group, keys, reason) if part)


def keys_text(shortcut: str) -> str:
    """Keys as they are called on this system."""
    return QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
