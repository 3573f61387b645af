"""Which pages the guide has, in which order and in which languages."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from effnet_studio.guide.text import summary_of, title_of
from effnet_studio.paths import guide_dir

if TYPE_CHECKING:
    from pathlib import Path

ENGLISH: Final = "en"
"""The language in which every page exists."""
LANGUAGES: Final = {ENGLISH: "English", "zh_CN": "简体中文"}
"""Codes of the guide's languages, and what each is called in itself."""
FIRST: Final = "start"
"""The page a reader sees first."""


@dataclass(frozen=True)
class GuidePage:
    """One page in one language.

    Attributes:
        key: File name without its ending.
        language: Of the text; English where the language asked for has none.
        title: Its first heading.
        summary: Its first paragraph, without marks.
        source: Markdown.
    """

    key: str
    language: str
    title: str
    summary: str
    source: str


@dataclass(frozen=True)
class Section:
    """A group of pages in the contents.

    Attributes:
        title: In the language asked for.
        pages: Keys, in order.
    """

    title: str
    pages: tuple[str, ...]


@dataclass(frozen=True)
class Picture:
    """A picture of the guide as files.

    Attributes:
        light: The picture; on a dark page too, where there is no other.
        dark: The same in the dark theme.
    """

    light: Path
    dark: Path | None


class Guide:
    """Reads pages as they are asked for, and keeps them.

    Args:
        folder: Holds ``toc.json``, a folder of pages a language, and ``pictures``.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or guide_dir()
        self._pages: dict[tuple[str, str], GuidePage | None] = {}

    def page(self, key: str, language: str = ENGLISH) -> GuidePage | None:
        """A page, in English where it is not translated.

        Args:
            key: Such as ``"concept-freezing"``.
            language: Such as ``"zh_CN"``.

        Returns:
            The page; None where there is none of that name.
        """
        if (key, language) not in self._pages:
            self._pages[key, language] = self._read(key, language)
        return self._pages[key, language]

    def has(self, key: str) -> bool:
        """Whether there is such a page."""
        return self.page(key) is not None

    def sections(self, language: str = ENGLISH) -> list[Section]:
        """The contents, without pages that do not exist."""
        sections = []
        for row in self._toc:
            pages = tuple(key for key in row["pages"] if self.has(key))
            if pages:
                sections.append(Section(row["title"].get(language, row["title"][ENGLISH]), pages))
        return sections

    def planned(self) -> list[str]:
        """Keys of all pages of the table of contents, written or not."""
        return [key for row in self._toc for key in row["pages"]]

    def pages(self, language: str = ENGLISH) -> list[GuidePage]:
        """All pages, in the order of the contents."""
        keys = (key for section in self.sections(language) for key in section.pages)
        return [page for page in (self.page(key, language) for key in keys) if page is not None]

    def picture(self, name: str, language: str = ENGLISH) -> Picture | None:
        """The files of a picture: the language's own where there are some.

        Args:
            name: File name without its ending.
            language: Of the window in the picture.

        Returns:
            The files; None where there is no such picture.
        """
        for folder in (self.folder / "pictures" / language, self.folder / "pictures"):
            light, dark = folder / f"{name}.png", folder / f"{name}-dark.png"
            if light.is_file():
                return Picture(light, dark if dark.is_file() else None)
        return None

    @cached_property
    def _toc(self) -> list[dict[str, Any]]:
        file = self.folder / "toc.json"
        if not file.is_file():
            return []
        return list(json.loads(file.read_text(encoding="utf-8"))["sections"])

    def _read(self, key: str, language: str) -> GuidePage | None:
        for code in dict.fromkeys((language, ENGLISH)):
            file = self.folder / code / f"{key}.md"
            if "/" not in key and file.is_file():
                source = file.read_text(encoding="utf-8")
                return GuidePage(key, code, title_of(source), summary_of(source), source)
        return None
