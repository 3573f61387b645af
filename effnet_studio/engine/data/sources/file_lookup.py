"""Finds listed pictures by what tables call them: without suffix, without folder, spelled apart.

A table and a folder often disagree a little. What is meant is taken only where one single picture
can be meant; a guess would be a wrong class. The listing is sorted, so pictures are found by
bisection, and a million of them need no further memory.
"""

from __future__ import annotations

import os
import unicodedata
from bisect import bisect_left
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from effnet_studio.engine.images import IMAGE_SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.data.sources.scan import FoundFile

MISSING: Final = -1
"""No picture is meant."""
AMBIGUOUS: Final = -2
"""Several pictures may be meant."""

PICTURE_FOLDERS: Final = frozenset(
    [
        *("images", "image", "imgs", "img", "photos", "photo", "pictures", "picture", "pics"),
        *("jpg", "jpeg", "jpegs", "png", "pngs", "jpegimages", "data", "dataset", "files", "raw"),
    ]
)
"""Names of folders, in lower case, that say only that pictures are inside."""

_MAX_FOLDERS = 64
"""Most other folders in which a name without its folder is looked for."""
_MAX_NEIGHBOURS = 64
"""Most names compared to find the one without its suffix."""
_relative = attrgetter("relative")


class FileLookup:
    """Finds pictures of a listing.

    Args:
        files: Ordered by path.
    """

    def __init__(self, files: Sequence[FoundFile]) -> None:
        self._files = files
        self._spelled = _other_spellings(files)
        direct, every = _folders(files)
        self._tiers_of_names = _tiers(direct)
        self._tiers_of_paths = _tiers(every)

    def find(self, name: str, *, dropped: int = 0) -> int:
        """Find the picture that is meant.

        Args:
            name: What the table says: a path below the listed folder or one of its sub-folders,
                with either slash, perhaps without suffix.
            dropped: Folders at the beginning of the name that are passed over.

        Returns:
            Its position in the listing, :data:`MISSING` or :data:`AMBIGUOUS`.
        """
        parts = [part for part in name.replace("\\", "/").split("/") if part not in {"", "."}]
        if not parts or ".." in parts:
            return MISSING
        path = "/".join(parts[min(dropped, len(parts) - 1) :])
        for folders in self._tiers_of_paths if "/" in path else self._tiers_of_names:
            found = {self._at(f"{folder}{path}") for folder in folders} - {MISSING}
            if found:
                return found.pop() if len(found) == 1 else AMBIGUOUS
        return MISSING

    def _at(self, path: str) -> int:
        """Find by the whole path, which may lack the suffix or have it in other letters."""
        place = bisect_left(self._files, path, key=_relative)
        if place < len(self._files) and self._files[place].relative == path:
            return place
        if not path.isascii():
            place = self._spelled.get(unicodedata.normalize("NFC", path), MISSING)
            if place != MISSING:
                return place
        stem, suffix = os.path.splitext(path)  # noqa: PTH122 - a Path for each row is slow
        if suffix.lower() in IMAGE_SUFFIXES:
            return self._by_stem(stem, suffix.lower())
        return self._by_stem(path, None)

    def _by_stem(self, stem: str, suffix: str | None) -> int:
        """Find the only picture with this path before its suffix (and this suffix)."""
        start = f"{stem}."
        found = MISSING
        first = bisect_left(self._files, start, key=_relative)
        for place in range(first, min(first + _MAX_NEIGHBOURS, len(self._files))):
            relative = self._files[place].relative
            if not relative.startswith(start):
                break
            own_stem, own_suffix = os.path.splitext(relative)  # noqa: PTH122
            if own_stem == stem and suffix in {None, own_suffix.lower()}:
                if found != MISSING:
                    return AMBIGUOUS
                found = place
        return found


def _other_spellings(files: Sequence[FoundFile]) -> dict[str, int]:
    """Positions of names that tables spell with other bytes: decomposed, or in no Unicode at all.

    macOS takes letters and accents apart; Linux keeps names in old encodings as they came.
    """
    spelled: dict[str, int] = {}
    for place, file in enumerate(files):
        relative = file.relative
        if relative.isascii():
            continue
        composed = unicodedata.normalize("NFC", relative)
        if any("\udc80" <= letter <= "\udcff" for letter in composed):
            composed = os.fsencode(relative).decode("latin-1")
        if composed != relative:
            spelled[composed] = place if composed not in spelled else AMBIGUOUS
    return spelled


def _folders(files: Sequence[FoundFile]) -> tuple[set[str], set[str]]:
    """Folders that hold pictures themselves, and these with all above them; each ends in a slash.

    The listed folder itself is empty text.
    """
    direct: set[str] = set()
    last = None
    for file in files:
        folder = file.relative[: file.relative.rfind("/") + 1]
        if folder != last:
            direct.add(folder)
            last = folder
    every = set(direct)
    for folder in direct:
        every.update(folder[: place + 1] for place, letter in enumerate(folder) if letter == "/")
    return direct, every | {""}


def _tiers(folders: set[str]) -> list[list[str]]:
    """Where to look first, then, and last: here, in folders of pictures, in any others."""
    pictures = sorted(
        folder
        for folder in folders
        if folder.rstrip("/").rpartition("/")[2].lower() in PICTURE_FOLDERS
    )
    others = sorted(folders.difference(pictures, [""]))
    tiers = [[""] if "" in folders else [], pictures]
    tiers.append(others if len(others) <= _MAX_FOLDERS else [])
    return [tier for tier in tiers if tier]
