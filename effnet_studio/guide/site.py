"""The guide as a static site: both languages, a search, and nothing fetched from anywhere."""

from __future__ import annotations

import json
import shutil
import struct
from dataclasses import dataclass
from html import escape
from string import Template
from typing import TYPE_CHECKING, Final

from effnet_studio.guide.library import ENGLISH, LANGUAGES, Guide, GuidePage
from effnet_studio.guide.render import image_html, render
from effnet_studio.guide.search import searched_texts
from effnet_studio.paths import resources_dir

if TYPE_CHECKING:
    from pathlib import Path

_FILES: Final = ("index.html", "guide.css", "guide.js")
_WORDS: Final = {
    "en": {
        "contents": "Contents",
        "search": "Search the guide",
        "skip": "Skip to the page",
        "languages": "Language",
        "turn": "Pages before and after",
        "none": "No page has all of these words.",
        "some": "Pages found: {n}",
        "note": "This page is not translated yet; here it is in English.",
    },
    "zh_CN": {
        "contents": "目录",
        "search": "搜索指南",
        "skip": "跳到正文",
        "languages": "语言",
        "turn": "上一页和下一页",
        "none": "没有页面同时包含这些词。",
        "some": "找到的页面：{n}",
        "note": "本页尚未翻译，以下为英文原文。",
    },
}
"""What the site itself says."""


def write_site(guide: Guide, folder: Path) -> list[Path]:
    """Write the whole site; files of an earlier one are replaced.

    Args:
        guide: The pages.
        folder: Made if need be.

    Returns:
        The pages that were written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in _FILES:
        shutil.copyfile(_template(name), folder / name)
    pictures = guide.folder / "pictures"
    if pictures.is_dir():
        shutil.copytree(pictures, folder / "pictures", dirs_exist_ok=True)
    written = []
    for language in LANGUAGES:
        (folder / language).mkdir(exist_ok=True)
        (folder / language / "pages.js").write_text(_index(guide, language), encoding="utf-8")
        written += [_write(guide, page, language, folder) for page in guide.pages(language)]
    return written


@dataclass(frozen=True)
class _SitePlaces:
    """Where pages and pictures of the site are, from a page's own place."""

    guide: Guide
    language: str

    def link(self, page: str, fragment: str) -> str:
        """A file beside."""
        return f"{page}.html" + (f"#{fragment}" if fragment else "")

    def picture(self, name: str, alt: str) -> str:
        """A figure that is dark where the reader's screen is."""
        picture = self.guide.picture(name, self.language)
        if picture is None:
            return f"<figure><figcaption>{escape(alt)}</figcaption></figure>"
        width, height = _png_size(picture.light)
        address = self._address(picture.light)
        image = image_html(address, alt, width=width, height=height, loading="lazy")
        dark = ""
        if picture.dark is not None:
            source = escape(self._address(picture.dark))
            dark = f'<source media="(prefers-color-scheme: dark)" srcset="{source}">'
        # The alternative text says it already to those who listen.
        caption = f'<figcaption aria-hidden="true">{escape(alt)}</figcaption>'
        return (
            f'<figure><a href="{escape(address)}"><picture>{dark}{image}</picture></a>'
            f"{caption}</figure>"
        )

    def _address(self, file: Path) -> str:
        return "../" + file.relative_to(self.guide.folder).as_posix()


def _write(guide: Guide, page: GuidePage, language: str, folder: Path) -> Path:
    words = _WORDS[language]
    other = next(code for code in LANGUAGES if code != language)
    translated, tag = page.language == language, _tag(language)
    values = {
        **{name: escape(text) for name, text in words.items()},
        "lang": tag,
        "other": other,
        "other_lang": _tag(other),
        "key": page.key,
        "title": escape(page.title),
        "summary": escape(page.summary),
        "switch": _switch(page.key, language),
        "page_lang": "" if translated else f' lang="{_tag(page.language)}"',
        "note": "" if translated else f'<p class="note" lang="{tag}">{words["note"]}</p>',
        "body": render(page.source, _SitePlaces(guide, language)),
        "toc": _contents(guide, page.key, language),
    } | _neighbours(guide, page.key, language)
    file = folder / language / f"{page.key}.html"
    text = _template("page.html").read_text(encoding="utf-8")
    file.write_text(Template(text).substitute(values), encoding="utf-8")
    return file


def _switch(key: str, language: str) -> str:
    links = []
    for code, name in LANGUAGES.items():
        now = ' aria-current="true"' if code == language else ""
        tag = _tag(code)
        links.append(
            f'<a href="../{code}/{key}.html" lang="{tag}" hreflang="{tag}"{now}>{name}</a>'
        )
    return "".join(links)


def _contents(guide: Guide, key: str, language: str) -> str:
    parts = []
    for section in guide.sections(language):
        rows = []
        for each in section.pages:
            page = guide.page(each, language)
            now = ' aria-current="page"' if each == key else ""
            title = escape(page.title if page else each)
            rows.append(f'<li><a href="{each}.html"{now}>{title}</a></li>')
        parts.append(f"<h2>{escape(section.title)}</h2>\n<ul>{''.join(rows)}</ul>")
    return "\n".join(parts)


def _neighbours(guide: Guide, key: str, language: str) -> dict[str, str]:
    pages = guide.pages(language)
    place = [page.key for page in pages].index(key)
    before = pages[place - 1] if place else None
    after = pages[place + 1] if place + 1 < len(pages) else None
    return {
        "previous": f'<a href="{before.key}.html" rel="prev">← {escape(before.title)}</a>'
        if before
        else "",
        "next": f'<a href="{after.key}.html" rel="next">{escape(after.title)} →</a>'
        if after
        else "",
    }


def _index(guide: Guide, language: str) -> str:
    """What the search reads: a script and not JSON, which pages opened as files may not fetch."""
    rows = [
        {"key": page.key, **searched_texts(page, guide.page(page.key, ENGLISH))}
        for page in guide.pages(language)
    ]
    return "const GUIDE = " + json.dumps(rows, ensure_ascii=False).replace("</", "<\\/") + ";\n"


def _png_size(file: Path) -> tuple[int, int]:
    with file.open("rb") as stream:
        head = stream.read(24)
    width, height = struct.unpack(">II", head[16:24])
    return int(width), int(height)


def _tag(language: str) -> str:
    return language.replace("_", "-")


def _template(name: str) -> Path:
    return resources_dir() / "guide" / name
