"""What the list of recent projects says of each. Pure functions of their input."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from effnet_studio.gui.projects import Presence
from effnet_studio.gui.text import count_text, percent_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.gui.settings import RecentProject

translate = QCoreApplication.translate

_WEEK = 7


def opened_text(opened: float, today: date | None = None) -> str:
    """When something was open last, as one says it.

    Args:
        opened: Seconds since 1970; 0: unknown.
        today: The present day; None: by the clock.

    Returns:
        "Opened yesterday", for instance; empty where it is unknown.
    """
    if opened <= 0:
        return ""
    day = datetime.fromtimestamp(opened).astimezone().date()
    days = ((today or datetime.now().astimezone().date()) - day).days
    if days <= 0:
        return translate("RecentWords", "Opened today")
    if days == 1:
        return translate("RecentWords", "Opened yesterday")
    if days < _WEEK:
        return translate("RecentWords", "Opened %n day(s) ago", "", days)
    locale = QLocale()
    shown = locale.toString(QDate(day.year, day.month, day.day), QLocale.FormatType.LongFormat)
    return translate("RecentWords", "Opened on {day}").format(day=shown)


def facts_text(project: RecentProject) -> str:
    """How many images a project has, and how good its newest model is; empty if neither is known.

    Args:
        project: As it was when it was open last.
    """
    facts = []
    if project.images:
        facts.append(translate("RecentRow", "{n} images").format(n=count_text(project.images)))
    if project.accuracy is not None:
        right = percent_text(project.accuracy)
        facts.append(translate("RecentRow", "{accuracy} right").format(accuracy=right))
    return " · ".join(facts)


def missing_text(presence: Presence) -> str:
    """Why a project cannot be opened now; empty if it can.

    Args:
        presence: Whether it is there.
    """
    match presence:
        case Presence.AWAY:
            return translate("RecentWords", "Its drive is not connected")
        case Presence.GONE:
            return translate("RecentWords", "Its folder was moved or deleted")
        case Presence.EMPTY:
            return translate("RecentWords", "There is no project in its folder any more")
    return ""


def matching(projects: Sequence[RecentProject], words: str) -> list[RecentProject]:
    """The projects whose name or folder has all of some words in it.

    Args:
        projects: To choose from.
        words: As typed; upper and lower case do not matter.
    """
    wanted = words.casefold().split()
    return [
        project
        for project in projects
        if all(word in f"{project.name} {project.path}".casefold() for word in wanted)
    ]
