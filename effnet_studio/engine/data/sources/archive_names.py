"""Where the files of an archive go: names that every system bears, and no two the same.

What an archive calls its files is not trusted. Names that lead out of the folder are refused
elsewhere (:func:`leads_out`); all others are mended until Windows, macOS and Linux take them.
"""

from __future__ import annotations

import locale
import os
import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

LONGEST_NAME: Final = 200
"""Bytes of a name in UTF-8; file systems take 255, and numbers and temporary names are added."""
LONGEST_PATH: Final = 1000
"""Bytes of a path below the folder; Linux takes 4096 for all of it, macOS 1024."""

_SEPARATORS = re.compile(r"[/\\]")
_DRIVE = re.compile(r"[a-z]:[/\\]", re.IGNORECASE)
_RESERVED = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³]) *(\..*)?", re.IGNORECASE
)
"""Names of devices on Windows, with any suffix (Naming Files, Paths, and Namespaces)."""
_BAD = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"|?*\\/]')


def leads_out(name: str) -> bool:
    """Whether a name could lead to a place outside the folder it is unpacked in.

    Args:
        name: As the archive gives it.
    """
    return (
        "\0" in name
        or name.startswith(("/", "\\"))
        or _DRIVE.match(name) is not None
        or ".." in parts_of(name)
    )


def parts_of(name: str) -> list[str]:
    """The folders and, last, the file that a name in an archive consists of.

    Args:
        name: With slashes of either kind.
    """
    return [part for part in _SEPARATORS.split(name) if part not in {"", "."}]


def decoded(raw: bytes, last: str) -> str:
    """A name whose encoding the archive does not tell.

    Args:
        raw: Its bytes.
        last: Encoding that takes any bytes, if they are neither UTF-8 nor in the system's encoding.

    Returns:
        Valid text.
    """
    for encoding in ("utf-8", locale.getencoding()):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode(last)


def safe_part(part: str) -> str:
    """Make the name of a folder or file one that every system bears.

    Args:
        part: Without separators.

    Returns:
        Composed, without control characters and signs that Windows forbids, no device, no longer
        than :data:`LONGEST_NAME`; empty where nothing is left.
    """
    clean = _BAD.sub("_", unicodedata.normalize("NFC", part)).encode("utf-8", "replace").decode()
    clean = clean.strip().rstrip(". ")
    if _RESERVED.fullmatch(clean):
        clean = f"_{clean}"
    return _shortened(clean, LONGEST_NAME)


def _shortened(name: str, most: int, ending: str = "") -> str:
    """A name of at most so many bytes, with an ending before its suffix."""
    stem, suffix = os.path.splitext(name)  # noqa: PTH122 - no path of this machine
    if len(suffix.encode()) > 16:
        stem, suffix = name, ""
    room = most - len(f"{ending}{suffix}".encode())
    stem = stem.encode()[:room].decode("utf-8", "ignore")
    # A cut name must not end like one that Windows changes.
    return f"{stem}{ending}{suffix}" if suffix or ending else stem.rstrip(". ")


class Places:
    """Gives every file of an archive a place of its own.

    Names that only some systems tell apart (by case, or by how letters are stored) count as the
    same: folders become one, files get numbers.

    Args:
        root: The folder that all places are in.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._folders: dict[str, str] = {"": ""}
        self._taken: set[str] = set()
        self._numbers: dict[str, int] = {}

    def place(self, name: str) -> Path | None:
        """Choose a place.

        Args:
            name: As the archive gives it; must not :func:`lead out <leads_out>`.

        Returns:
            A path below the root that nothing has yet; None where it would be too long.
        """
        parts = [safe_part(part) or "_" for part in parts_of(name)]
        if not parts or len("/".join(parts).encode()) > LONGEST_PATH:
            return None
        folder = ""
        for part in parts[:-1]:
            key = _folded(f"{folder}/{part}")
            if key not in self._folders:
                self._folders[key] = self._free(folder, part)
            folder = self._folders[key]
        return self._root / self._free(folder, parts[-1])

    def _free(self, folder: str, part: str) -> str:
        """A path that neither a file nor a folder has yet, numbered if need be."""
        wanted = f"{folder}/{part}" if folder else part
        path, key = wanted, _folded(wanted)
        first = key
        while key in self._taken:
            number = self._numbers[first] = self._numbers.get(first, 1) + 1
            numbered = _shortened(part, LONGEST_NAME, f" ({number})")
            path = f"{folder}/{numbered}" if folder else numbered
            key = _folded(path)
        self._taken.add(key)
        return path


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
