"""The two actions of the Edit menu; they say what they would undo or redo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Slot

from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.mnemonics import with_mnemonics

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from effnet_studio.gui.undo.history import UndoHistory

_LONGEST: Final = 60
"""Letters of a menu's entry; the rest is a tool-tip."""


class UndoActions(QObject):
    """Keeps both actions in step with the history.

    Args:
        history: What was done.
        undo: Takes back.
        redo: Does again.
    """

    def __init__(self, history: UndoHistory, undo: QAction, redo: QAction) -> None:
        super().__init__(undo)
        self._history = history
        self._undo, self._redo = undo, redo
        undo.triggered.connect(history.undo)
        redo.triggered.connect(history.redo)
        history.changed.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Say anew what each would do."""
        history = self._history
        texts = []
        for action, step, plain, named in (
            (self._undo, history.last, self.tr("Undo"), self.tr("Undo: {what}")),
            (self._redo, history.next, self.tr("Redo"), self.tr("Redo: {what}")),
        ):
            action.setEnabled(step is not None)
            text = plain if step is None else named.format(what=translate_message(step.text))
            short = text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
            texts.append(short.replace("&", "&&"))
            action.setToolTip(text)
        marked = with_mnemonics(texts, ["Undo", "Redo"])
        for action, text in zip((self._undo, self._redo), marked, strict=True):
            action.setText(text)
