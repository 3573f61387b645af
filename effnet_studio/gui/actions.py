"""The window's actions as a table: key, text, shortcut, icon, menu."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence

from effnet_studio.gui.i18n import QT_TRANSLATE_NOOP
from effnet_studio.gui.mnemonics import with_mnemonics
from effnet_studio.gui.names import named

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QObject

CONTEXT: Final = "Actions"


@dataclass(frozen=True)
class ActionSpec:
    """One row of the table.

    Attributes:
        key: Name in code; the action's object name is ``action_<key>``.
        text: English text in the translation context ``Actions``.
        menu: Key of the menu it stands in; empty for none.
        shortcut: Portable text such as ``Ctrl+O``, or one of Qt's standard keys.
        checkable: Whether it has a tick.
        group: Actions of one group exclude each other.
    """

    key: str
    text: str
    menu: str = ""
    shortcut: str | QKeySequence.StandardKey = ""
    checkable: bool = False
    group: str = ""


MENUS: Final = {
    "project": QT_TRANSLATE_NOOP("Actions", "&Project"),
    "edit": QT_TRANSLATE_NOOP("Actions", "&Edit"),
    "view": QT_TRANSLATE_NOOP("Actions", "&View"),
    "theme": QT_TRANSLATE_NOOP("Actions", "Theme"),
    "language": QT_TRANSLATE_NOOP("Actions", "Language"),
    "help": QT_TRANSLATE_NOOP("Actions", "&Help"),
}

PARENTS: Final = {"theme": "view", "language": "view"}
"""Menus inside another."""

ACTIONS: Final = (
    ActionSpec("new", QT_TRANSLATE_NOOP("Actions", "New project…"), "project", "Ctrl+N"),
    ActionSpec("open", QT_TRANSLATE_NOOP("Actions", "Open project…"), "project", "Ctrl+O"),
    ActionSpec("sample", QT_TRANSLATE_NOOP("Actions", "Try the sample"), "project"),
    ActionSpec("", "", "project"),
    ActionSpec("import", QT_TRANSLATE_NOOP("Actions", "Import a folder…"), "project", "Ctrl+I"),
    ActionSpec("prepared", QT_TRANSLATE_NOOP("Actions", "Prepared images…"), "project"),
    ActionSpec("weights", QT_TRANSLATE_NOOP("Actions", "Pre-trained weights…"), "project"),
    ActionSpec("close", QT_TRANSLATE_NOOP("Actions", "Close project"), "project", "Ctrl+W"),
    ActionSpec("settings", QT_TRANSLATE_NOOP("Actions", "Settings"), "project", "Ctrl+,"),
    ActionSpec("", "", "project"),
    ActionSpec("quit", QT_TRANSLATE_NOOP("Actions", "Quit"), "project", "Ctrl+Q"),
    ActionSpec("undo", QT_TRANSLATE_NOOP("Actions", "Undo"), "edit", "Ctrl+Z"),
    ActionSpec("redo", QT_TRANSLATE_NOOP("Actions", "Redo"), "edit", "Ctrl+Shift+Z"),
    ActionSpec("data", QT_TRANSLATE_NOOP("Actions", "Data"), "view", "Ctrl+1"),
    ActionSpec("train", QT_TRANSLATE_NOOP("Actions", "Train"), "view", "Ctrl+2"),
    ActionSpec("evaluate", QT_TRANSLATE_NOOP("Actions", "Evaluate"), "view", "Ctrl+3"),
    ActionSpec("predict", QT_TRANSLATE_NOOP("Actions", "Predict"), "view", "Ctrl+4"),
    ActionSpec("export", QT_TRANSLATE_NOOP("Actions", "Export"), "view", "Ctrl+5"),
    ActionSpec("models", QT_TRANSLATE_NOOP("Actions", "Models"), "view", "Ctrl+6"),
    ActionSpec("", "", "view"),
    ActionSpec("history", QT_TRANSLATE_NOOP("Actions", "Job history"), "view", "Ctrl+H"),
    ActionSpec("notice", QT_TRANSLATE_NOOP("Actions", "Go to the latest notice"), "view", "F8"),
    ActionSpec("", "", "view"),
    ActionSpec(
        "theme_system",
        QT_TRANSLATE_NOOP("Actions", "Same as the system"),
        "theme",
        checkable=True,
        group="theme",
    ),
    ActionSpec(
        "theme_light",
        QT_TRANSLATE_NOOP("Actions", "Light"),
        "theme",
        checkable=True,
        group="theme",
    ),
    ActionSpec(
        "theme_dark",
        QT_TRANSLATE_NOOP("Actions", "Dark"),
        "theme",
        checkable=True,
        group="theme",
    ),
    ActionSpec(
        "theme_contrast_light",
        QT_TRANSLATE_NOOP("Actions", "High contrast, light"),
        "theme",
        checkable=True,
        group="theme",
    ),
    ActionSpec(
        "theme_contrast_dark",
        QT_TRANSLATE_NOOP("Actions", "High contrast, dark"),
        "theme",
        checkable=True,
        group="theme",
    ),
    ActionSpec(
        "language_system",
        QT_TRANSLATE_NOOP("Actions", "Same as the system"),
        "language",
        checkable=True,
        group="language",
    ),
    ActionSpec("language_en", "English", "language", checkable=True, group="language"),
    ActionSpec("language_zh_CN", "简体中文", "language", checkable=True, group="language"),
    ActionSpec("guide", QT_TRANSLATE_NOOP("Actions", "Guide"), "help", "F1"),
    ActionSpec("tour", QT_TRANSLATE_NOOP("Actions", "Show the next steps"), "help", checkable=True),
    ActionSpec("", "", "view"),
    ActionSpec("find_command", QT_TRANSLATE_NOOP("Actions", "Find a command…"), "view", "Ctrl+K"),
    ActionSpec("next_part", QT_TRANSLATE_NOOP("Actions", "Next part of the window"), "view", "F6"),
    ActionSpec(
        "previous_part",
        QT_TRANSLATE_NOOP("Actions", "Previous part of the window"),
        "view",
        "Shift+F6",
    ),
    ActionSpec("doctor", QT_TRANSLATE_NOOP("Actions", "Doctor"), "help", "Ctrl+D"),
    ActionSpec("shortcuts", QT_TRANSLATE_NOOP("Actions", "Keyboard shortcuts"), "help", "Ctrl+/"),
    ActionSpec("about", QT_TRANSLATE_NOOP("Actions", "About EffNet Studio"), "help"),
)

UNLISTED: Final = frozenset({"find_command", "next_part", "previous_part"})
"""Keys of actions that make no sense in the list of commands."""


def make_actions(owner: QObject) -> dict[str, QAction]:
    """Make all actions of the table.

    Args:
        owner: Qt's owner.

    Returns:
        Actions by key; their texts are set by :func:`retranslate`.
    """
    actions = {}
    for row in ACTIONS:
        if row.key:
            action = named(QAction(owner), f"action_{row.key}")
            action.setCheckable(row.checkable)
            if row.shortcut:
                action.setShortcut(QKeySequence(row.shortcut))
            actions[row.key] = action
    return actions


def retranslate(actions: Mapping[str, QAction]) -> None:
    """Set the texts of all actions in the window's language, each with a letter that chooses it."""
    for menu in MENUS:
        rows = [row for row in ACTIONS if row.menu == menu and row.key]
        # Menus inside this one stand in it too.
        titles = [MENUS[inner] for inner, outer in PARENTS.items() if outer == menu]
        english = [*(row.text for row in rows), *titles]
        texts = [QCoreApplication.translate(CONTEXT, text) for text in english]
        for row, text in zip(rows, with_mnemonics(texts, english), strict=False):
            actions[row.key].setText(text)


def action_text(key: str) -> str:
    """Text of an action in the window's language, without a letter that chooses it."""
    row = next(row for row in ACTIONS if row.key == key)
    return QCoreApplication.translate(CONTEXT, row.text)


def menu_text(key: str) -> str:
    """Title of a menu in the window's language, with the letter that opens it."""
    english = MENUS[key]
    outer = PARENTS.get(key)
    if outer is None:
        return QCoreApplication.translate(CONTEXT, english)
    rows = [row.text for row in ACTIONS if row.menu == outer and row.key]
    inner = [each for each, above in PARENTS.items() if above == outer]
    every = [*rows, *(MENUS[each] for each in inner)]
    texts = [QCoreApplication.translate(CONTEXT, text) for text in every]
    return with_mnemonics(texts, every)[len(rows) + inner.index(key)]
