"""Under which licences the app and the parts it stands on are given away."""

from __future__ import annotations

import importlib.metadata
import re
from dataclasses import dataclass
from typing import Final

from effnet_studio import paths

LICENCE: Final = "Apache License 2.0"
DISTRIBUTION: Final = "effnet-studio"

_REQUIREMENT: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_DEVELOPERS: Final = re.compile(r"extra\s*==\s*['\"]dev['\"]")
"""Marks what only those need who work on the app itself."""
_LONGEST: Final = 60
"""Letters of a licence's name; some packages put its whole text there."""


@dataclass(frozen=True)
class Part:
    """A package that the app stands on.

    Attributes:
        name: As it is published.
        version: The one installed.
        licence: Its name, as the package itself says; empty where it does not.
    """

    name: str
    version: str
    licence: str


def licence_text() -> str:
    """The app's own licence; only its name where the text did not come along."""
    file = paths.licence_file()
    if file is not None:
        return file.read_text(encoding="utf-8")
    try:
        text = importlib.metadata.distribution(DISTRIBUTION).read_text("licenses/LICENSE")
    except importlib.metadata.PackageNotFoundError:
        text = None
    return text or LICENCE


def notices_text() -> str | None:
    """The notices of everything an installer brings along; None where nothing was bundled."""
    file = paths.notices_file()
    return None if file is None else file.read_text(encoding="utf-8", errors="replace")


def installed_parts() -> tuple[Part, ...]:
    """The packages that the app asks for and that are installed, in the order of their names."""
    try:
        wanted = importlib.metadata.requires(DISTRIBUTION) or []
    except importlib.metadata.PackageNotFoundError:
        return ()
    found = {}
    for line in wanted:
        name = _REQUIREMENT.match(line)
        if name is None or _DEVELOPERS.search(line):
            continue
        try:
            about = importlib.metadata.metadata(name[0])
        except importlib.metadata.PackageNotFoundError:
            continue  # an optional part
        found[name[0].lower()] = Part(about["Name"], about["Version"], _licence_of(about))
    return tuple(found[name] for name in sorted(found))


def _licence_of(about: importlib.metadata.PackageMetadata) -> str:
    if "License-Expression" in about:
        return about["License-Expression"]
    declared = about["License"].strip() if "License" in about else ""
    first = declared.splitlines()[0].strip() if declared else ""
    if first and len(first) <= _LONGEST:
        return first
    classifiers = about.get_all("Classifier") or []
    return ", ".join(
        line.rpartition("::")[2].strip() for line in classifiers if line.startswith("License")
    )
