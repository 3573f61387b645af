"""What the user may choose for the whole app, as one table: settings, page and search read it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from effnet_studio.engine.models.network import proxy_address, web_address
from effnet_studio.gui.i18n import LANGUAGES, QT_TRANSLATE_NOOP, SYSTEM

if TYPE_CHECKING:
    from collections.abc import Callable

    from effnet_studio.gui.i18n import Phrasebook

CONTEXT: Final = "Preferences"
"""Translation context of all texts in this table."""


Value: TypeAlias = str | bool
"""What a preference may hold."""


class Kind(StrEnum):
    """What a preference holds, and so which control edits it."""

    CHOICE = "choice"
    SWITCH = "switch"
    ADDRESS = "address"
    FOLDER = "folder"


@dataclass(frozen=True)
class Choice:
    """One answer of a preference of the kind ``choice``.

    Attributes:
        value: As it is kept.
        title: English text in the context ``Preferences``; names of languages stay as they are.
    """

    value: str
    title: str


@dataclass(frozen=True)
class Preference:
    """One row of the table.

    Attributes:
        key: Name in code.
        section: Key of the section it stands in.
        title: English text in the context ``Preferences``.
        description: One sentence or two on what it does, likewise.
        kind: What it holds.
        default: Until the user chooses; an empty text means the usual place or way.
        choices: The answers, for the kind ``choice``.
        store: Name in the file of settings.
        check: Returns an address as it is to be kept, or raises a StudioError.
    """

    key: str
    section: str
    title: str
    description: str
    kind: Kind
    default: Value
    choices: tuple[Choice, ...] = ()
    store: str = ""
    check: Callable[[str], str] | None = None

    @property
    def place(self) -> str:
        """Name in the file of settings."""
        return self.store or self.key

    def accept(self, value: Value) -> Value:
        """A value as it is to be kept.

        Args:
            value: As a person or program gave it.

        Returns:
            The same, without spaces around it, and addresses written out.

        Raises:
            StudioError: If an address cannot be used.
            ValueError: If it is no answer to this row at all.
        """
        if isinstance(value, bool) is not (self.kind is Kind.SWITCH):
            raise ValueError(f"{value!r} is no value of {self.key}")
        if isinstance(value, bool):
            return value
        text = value.strip()
        if self.kind is Kind.CHOICE and text not in {each.value for each in self.choices}:
            raise ValueError(f"{value!r} is no choice of {self.key}")
        if self.kind is Kind.FOLDER and text:
            return str(Path(text).expanduser().absolute())
        return self.check(text) if text and self.check is not None else text

    def read(self, stored: object) -> Value:
        """A value from the file; the default where that cannot be used."""
        if self.kind is Kind.SWITCH:
            return {"true": True, "false": False}.get(str(stored).lower(), self.default)
        try:
            return self.accept(str(stored))
        except Exception:  # noqa: BLE001 - a file edited by hand must not keep the window away
            return self.default


SECTIONS: Final = {
    "look": QT_TRANSLATE_NOOP("Preferences", "Look and language"),
    "work": QT_TRANSLATE_NOOP("Preferences", "Start and notices"),
    "folders": QT_TRANSLATE_NOOP("Preferences", "Folders"),
    "network": QT_TRANSLATE_NOOP("Preferences", "Network"),
}
"""Titles of the sections in the page's order."""

_AS_SYSTEM: Final = Choice(SYSTEM, QT_TRANSLATE_NOOP("Preferences", "Same as the system"))

PREFERENCES: Final = (
    Preference(
        "theme",
        "look",
        QT_TRANSLATE_NOOP("Preferences", "Theme"),
        QT_TRANSLATE_NOOP(
            "Preferences",
            "Light or dark colours. High contrast makes text, edges and the focus as clear as "
            "possible.",
        ),
        Kind.CHOICE,
        SYSTEM,
        (
            _AS_SYSTEM,
            Choice("light", QT_TRANSLATE_NOOP("Preferences", "Light")),
            Choice("dark", QT_TRANSLATE_NOOP("Preferences", "Dark")),
            Choice("contrast_light", QT_TRANSLATE_NOOP("Preferences", "High contrast, light")),
            Choice("contrast_dark", QT_TRANSLATE_NOOP("Preferences", "High contrast, dark")),
        ),
    ),
    Preference(
        "motion",
        "look",
        QT_TRANSLATE_NOOP("Preferences", "Motion"),
        QT_TRANSLATE_NOOP(
            "Preferences",
            "Whether the window is animated. Figures and progress are always shown as they change.",
        ),
        Kind.CHOICE,
        SYSTEM,
        (
            _AS_SYSTEM,
            Choice("on", QT_TRANSLATE_NOOP("Preferences", "On")),
            Choice("off", QT_TRANSLATE_NOOP("Preferences", "Off")),
        ),
    ),
    Preference(
        "language",
        "look",
        QT_TRANSLATE_NOOP("Preferences", "Language"),
        QT_TRANSLATE_NOOP(
            "Preferences", "Of the whole window. The names of your classes stay as they are."
        ),
        Kind.CHOICE,
        SYSTEM,
        (_AS_SYSTEM, *(Choice(each.code, each.title) for each in LANGUAGES)),
    ),
    Preference(
        "reopen",
        "work",
        QT_TRANSLATE_NOOP("Preferences", "Open the last project again"),
        QT_TRANSLATE_NOOP(
            "Preferences",
            "The app starts where you left it. Otherwise it starts with the welcome page.",
        ),
        Kind.SWITCH,
        True,
    ),
    Preference(
        "notify",
        "work",
        QT_TRANSLATE_NOOP("Preferences", "Tell me when long work ends"),
        QT_TRANSLATE_NOOP(
            "Preferences",
            "While you look at another app, your system shows a notice with the result.",
        ),
        Kind.SWITCH,
        True,
    ),
    Preference(
        "tour",
        "work",
        QT_TRANSLATE_NOOP("Preferences", "Show the next steps"),
        QT_TRANSLATE_NOOP(
            "Preferences",
            "Ticks beside the pages where the work is done, and a note on what to do next.",
        ),
        Kind.SWITCH,
        True,
    ),
    Preference(
        "projects_folder",
        "folders",
        QT_TRANSLATE_NOOP("Preferences", "New projects"),
        QT_TRANSLATE_NOOP(
            "Preferences",
            "Where the project of a new folder of images is made. Your images stay where they are.",
        ),
        Kind.FOLDER,
        "",
        store="folders/projects",
    ),
    Preference(
        "cache_folder",
        "folders",
        QT_TRANSLATE_NOOP("Preferences", "Downloads"),
        QT_TRANSLATE_NOOP(
            "Preferences",
            "Pre-trained weights and the images of the sample are kept here. What is missing comes "
            "again when it is needed; another folder starts empty.",
        ),
        Kind.FOLDER,
        "",
        store="folders/cache",
    ),
    Preference(
        "proxy",
        "network",
        QT_TRANSLATE_NOOP("Preferences", "Proxy"),
        QT_TRANSLATE_NOOP(
            "Preferences",
            "The computer that downloads go through: http://host:port, or direct for none. A name "
            "and password in it are kept as plain text.",
        ),
        Kind.ADDRESS,
        "",
        store="network/proxy",
        check=proxy_address,
    ),
    Preference(
        "mirror",
        "network",
        QT_TRANSLATE_NOOP("Preferences", "Mirror"),
        QT_TRANSLATE_NOOP(
            "Preferences",
            "Address of a folder with the weights files, such as one on your own server. The files "
            "of the GPU pack are looked for there first, too.",
        ),
        Kind.ADDRESS,
        "",
        store="network/mirror",
        check=web_address,
    ),
)
"""Every preference, in the page's order. Few: each must be worth its line."""

BY_KEY: Final = {each.key: each for each in PREFERENCES}


def fits(row: Preference, query: str, phrasebook: Phrasebook) -> bool:
    """Whether a search means a row.

    Args:
        row: Of the table.
        query: Words; each must occur in the row's texts, in whatever language.
        phrasebook: Knows the texts in all languages.
    """
    texts = (
        row.title,
        row.description,
        SECTIONS[row.section],
        row.key,
        *(choice.title for choice in row.choices),
    )
    said = "\n".join(each for text in texts for each in phrasebook.all(CONTEXT, text)).casefold()
    return all(word in said for word in query.casefold().split())
