"""What a screen reader is told when nothing that has the focus changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, text: str, *, assertive: bool = False) -> None:
    """Let a screen reader speak a sentence, wherever the focus is.

    Args:
        widget: What it is about.
        text: In the window's language; empty: nothing is said.
        assertive: Whether it may interrupt what is being read; for failures only.
    """
    if not text:
        return
    event = QAccessibleAnnouncementEvent(widget, text)
    polite = QAccessible.AnnouncementPoliteness
    event.setPoliteness(polite.Assertive if assertive else polite.Polite)
    QAccessible.updateAccessibility(event)
