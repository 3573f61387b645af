"""What the list of recent projects says of each. Pure functions of their input."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from effnet_studio.gui.projects import Presence
from effnet_studio.gui.text import count_text, percent_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.gui.settings import RecentProject

translate = QCoreApplication.translate

_WEEKDAY: Final = re.compile(r"dddd[,،]?\s*|[,،]?\s*dddd")
"""The name of the day in a format of dates, with what divides it from the rest."""


def days_since(opened: float, today: date | None = None) -> int:
    """How many days ago something was open last, by the calendar.

    Args:
        opened: Seconds since 1970.
        today: The present day; None: by the clock.

    Returns:
        0 for today, also where a clock was wrong.
    """
    day = datetime.fromtimestamp(opened).astimezone().date()
    return max(0, ((today or datetime.now().astimezone().date()) - day).days)


def day_text(seconds: float) -> str:
    """A day in the words of the window's language.

    Args:
        seconds: Since 1970.
    """
    day = datetime.fromtimestamp(seconds).astimezone().date()
    locale = QLocale()
    whole = locale.dateFormat(QLocale.FormatType.LongFormat)
    return locale.toString(QDate(day.year, day.month, day.day), _WEEKDAY.sub("", whole).strip())


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
        case Presence.NEWER:
            return translate("RecentWords", "Get the newer EffNet Studio to open it")
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
