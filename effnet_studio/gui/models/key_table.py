"""All keys of the window in one table: those of the menus, and those inside of pages."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

from effnet_studio.gui import actions as action_table
from effnet_studio.gui.i18n import QT_TRANSLATE_NOOP, install_language
from effnet_studio.gui.models.commands import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

CONTEXT: Final = "Keys"

NATIVE: Final = QKeySequence.SequenceFormat.NativeText
PORTABLE: Final = QKeySequence.SequenceFormat.PortableText


@dataclass(frozen=True)
class KeySpec:
    """Keys that a part of a page answers to while it has the focus.

    Attributes:
        place: Where, in English (translation context ``Keys``).
        keys: Portable texts, such as ``Ctrl+A``; each does the same, or one of a pair.
        text: What they do, in English.
    """

    place: str
    keys: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class KeyRow:
    """A row as it is shown, in the window's language.

    Attributes:
        place: A menu or a part of a page.
        keys: As they are called on this system.
        text: What they do.
        english: The same in English, by which it is found in every language.
    """

    place: str
    keys: str
    text: str
    english: str = ""


ARROWS: Final = QT_TRANSLATE_NOOP("Keys", "Arrow keys")
DIGITS: Final = "1–9"

_EVERYWHERE: Final = QT_TRANSLATE_NOOP("Keys", "Everywhere")
_GRID: Final = QT_TRANSLATE_NOOP("Keys", "Images in a grid")
_FINDINGS: Final = QT_TRANSLATE_NOOP("Keys", "Findings")
_VIEWER: Final = QT_TRANSLATE_NOOP("Keys", "One image, opened")
_ZOOM: Final = QT_TRANSLATE_NOOP("Keys", "Picture that can be zoomed")
_MAP: Final = QT_TRANSLATE_NOOP("Keys", "Map of the images")
_MATRIX: Final = QT_TRANSLATE_NOOP("Keys", "Confusion matrix")
_CHART: Final = QT_TRANSLATE_NOOP("Keys", "Charts")
_THRESHOLD: Final = QT_TRANSLATE_NOOP("Keys", "Curve with a threshold")
_TABLE: Final = QT_TRANSLATE_NOOP("Keys", "Tables")
_RUNS: Final = QT_TRANSLATE_NOOP("Keys", "Trained models")
_REVIEW: Final = QT_TRANSLATE_NOOP("Keys", "Checking answers on Predict")
_PALETTE: Final = QT_TRANSLATE_NOOP("Keys", "Command list")
_PREDICT: Final = QT_TRANSLATE_NOOP("Keys", "Predict page")
_SETTINGS: Final = QT_TRANSLATE_NOOP("Keys", "Settings page")
_GUIDE: Final = QT_TRANSLATE_NOOP("Keys", "Guide page")

WIDGET_KEYS: Final = (
    KeySpec(_EVERYWHERE, ("Tab", "Shift+Tab"), QT_TRANSLATE_NOOP("Keys", "Next, previous control")),
    KeySpec(_EVERYWHERE, ("Space",), QT_TRANSLATE_NOOP("Keys", "Press the button with the frame")),
    KeySpec(_EVERYWHERE, ("Esc",), QT_TRANSLATE_NOOP("Keys", "Close a dialog or a page beside")),
    KeySpec(_EVERYWHERE, ("Alt",), QT_TRANSLATE_NOOP("Keys", "Show the letters of the menus")),
    KeySpec(_PALETTE, ("Up", "Down"), QT_TRANSLATE_NOOP("Keys", "Choose a command")),
    KeySpec(_PALETTE, ("Return",), QT_TRANSLATE_NOOP("Keys", "Do it")),
    KeySpec(_GRID, ("Space",), QT_TRANSLATE_NOOP("Keys", "Open the chosen image")),
    KeySpec(_GRID, ("Ctrl+A",), QT_TRANSLATE_NOOP("Keys", "Choose all images")),
    KeySpec(
        _GRID, ("Shift+Right", "Shift+Left"), QT_TRANSLATE_NOOP("Keys", "Choose several images")
    ),
    KeySpec(_GRID, (DIGITS,), QT_TRANSLATE_NOOP("Keys", "Give the first to ninth class")),
    KeySpec(_GRID, ("Del",), QT_TRANSLATE_NOOP("Keys", "Leave the chosen images out")),
    KeySpec(_GRID, ("Esc",), QT_TRANSLATE_NOOP("Keys", "Choose nothing")),
    KeySpec(_FINDINGS, ("Space",), QT_TRANSLATE_NOOP("Keys", "Open the group")),
    KeySpec(_FINDINGS, ("Del",), QT_TRANSLATE_NOOP("Keys", "Leave the chosen images out")),
    KeySpec(_VIEWER, ("Left", "Right"), QT_TRANSLATE_NOOP("Keys", "Previous, next image")),
    KeySpec(_VIEWER, ("Esc",), QT_TRANSLATE_NOOP("Keys", "Back to the grid")),
    KeySpec(_ZOOM, ("+", "-"), QT_TRANSLATE_NOOP("Keys", "Larger, smaller")),
    KeySpec(_ZOOM, ("0",), QT_TRANSLATE_NOOP("Keys", "Show the whole picture")),
    KeySpec(_ZOOM, (ARROWS,), QT_TRANSLATE_NOOP("Keys", "Move the picture")),
    KeySpec(_MAP, ("+", "-"), QT_TRANSLATE_NOOP("Keys", "Larger, smaller")),
    KeySpec(_MAP, ("0",), QT_TRANSLATE_NOOP("Keys", "Show the whole map")),
    KeySpec(_MAP, ("Ctrl+A",), QT_TRANSLATE_NOOP("Keys", "Choose all images")),
    KeySpec(_MAP, ("Return",), QT_TRANSLATE_NOOP("Keys", "Show the chosen images")),
    KeySpec(_MATRIX, (ARROWS,), QT_TRANSLATE_NOOP("Keys", "Go from cell to cell")),
    KeySpec(_MATRIX, ("Return",), QT_TRANSLATE_NOOP("Keys", "Show the images of the cell")),
    KeySpec(_CHART, ("Left", "Right"), QT_TRANSLATE_NOOP("Keys", "Go from point to point")),
    KeySpec(_CHART, ("Home", "End"), QT_TRANSLATE_NOOP("Keys", "First, last point")),
    KeySpec(_CHART, ("Return",), QT_TRANSLATE_NOOP("Keys", "Show the images behind a bar")),
    KeySpec(_THRESHOLD, ("Left", "Right"), QT_TRANSLATE_NOOP("Keys", "Lower, raise the threshold")),
    KeySpec(_TABLE, ("Ctrl+C",), QT_TRANSLATE_NOOP("Keys", "Copy what is chosen, or all of it")),
    KeySpec(_RUNS, ("Del",), QT_TRANSLATE_NOOP("Keys", "Delete the run; it can be put back")),
    KeySpec(_RUNS, ("Menu",), QT_TRANSLATE_NOOP("Keys", "What can be done with the run")),
    KeySpec(_PREDICT, ("Ctrl+V",), QT_TRANSLATE_NOOP("Keys", "Paste an image, or image files")),
    KeySpec(_REVIEW, ("Right",), QT_TRANSLATE_NOOP("Keys", "The answer is right; next image")),
    KeySpec(_REVIEW, ("Left",), QT_TRANSLATE_NOOP("Keys", "Back to the image before")),
    KeySpec(_REVIEW, (DIGITS,), QT_TRANSLATE_NOOP("Keys", "It is the first to ninth class")),
    KeySpec(_SETTINGS, ("Ctrl+F",), QT_TRANSLATE_NOOP("Keys", "Search")),
    KeySpec(_GUIDE, ("Ctrl+F",), QT_TRANSLATE_NOOP("Keys", "Search")),
    KeySpec(
        _GUIDE, ("Alt+Left", "Alt+Right"), QT_TRANSLATE_NOOP("Keys", "Page before, page after")
    ),
)


def key_rows(form: QKeySequence.SequenceFormat = NATIVE) -> list[KeyRow]:
    """All rows in the window's language: menus first, then the parts of pages.

    Args:
        form: How keys are called.
    """
    rows = []
    for action in action_table.ACTIONS:
        if action.shortcut:
            keys = QKeySequence(action.shortcut).toString(form)
            menu = plain(action_table.menu_text(action.menu))
            english = plain(f"{action_table.MENUS.get(action.menu, '')} {action.text}")
            rows.append(KeyRow(menu, keys, action_table.action_text(action.key), english))
    for spec in WIDGET_KEYS:
        keys = " / ".join(_name(key, form) for key in spec.keys)
        english = f"{spec.place} {spec.text}"
        rows.append(KeyRow(_translate(spec.place), keys, _translate(spec.text), english))
    places = list(dict.fromkeys(row.place for row in rows))  # a menu's keys stand together
    return sorted(rows, key=lambda row: places.index(row.place))


def matching(rows: Sequence[KeyRow], query: str) -> list[KeyRow]:
    """Those rows in which every word of a query is found, in the keys too."""
    words = query.casefold().split()
    return [
        row
        for row in rows
        if all(
            word in f"{row.place} {row.keys} {row.text} {row.english}".casefold() for word in words
        )
    ]


def markdown() -> str:
    """The whole table as a page of documentation, keys with their names in English."""
    lines: list[str] = []
    place = ""
    for row in key_rows(PORTABLE):
        if row.place != place:
            place = row.place
            what, keys = _translate(_WHAT), _translate(_KEYS)
            lines += ["", f"## {place}", "", f"| {keys} | {what} |", "| --- | --- |"]
        lines.append(f"| {row.keys} | {row.text} |")
    return "\n".join([f"# {action_table.action_text('shortcuts')}", *lines, ""])


_WHAT: Final = QT_TRANSLATE_NOOP("Keys", "What it does")
_KEYS: Final = QT_TRANSLATE_NOOP("Keys", "Keys")


def _name(key: str, form: QKeySequence.SequenceFormat) -> str:
    if key in {"Alt", DIGITS}:  # a modifier alone is no sequence
        return key
    return _translate(key) if key == ARROWS else QKeySequence(key).toString(form)


def _translate(text: str) -> str:
    return QCoreApplication.translate(CONTEXT, text)


def main(argv: Sequence[str]) -> None:
    """Print the page of documentation: ``python -m effnet_studio.gui.models.key_table zh_CN``.

    Args:
        argv: Code of a language; English if empty.
    """
    app = QCoreApplication.instance() or QCoreApplication([])
    install_language(app, argv[0] if argv else "en")
    sys.stdout.write(markdown())


if __name__ == "__main__":
    main(sys.argv[1:])
