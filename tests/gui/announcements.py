"""Hears what screen readers are told."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent


class Listener:
    """Stands where the window's modules look for Qt's accessibility, and keeps what is said."""

    AnnouncementPoliteness = QAccessible.AnnouncementPoliteness

    def __init__(self) -> None:
        self.said: list[str] = []
        self.urgent: list[str] = []

    def updateAccessibility(self, event: QAccessibleAnnouncementEvent) -> None:  # noqa: N802
        self.said.append(event.message())
        if event.politeness() == QAccessible.AnnouncementPoliteness.Assertive:
            self.urgent.append(event.message())
