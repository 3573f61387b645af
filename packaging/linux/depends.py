"""Which of Debian's packages the application needs: found from its files, not remembered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from boot.console import SetupError

from linux.elf import Needs, owner_of, system_libraries
from linux.tools import LINUX

PACKAGES_FILE = LINUX / "packages.txt"
"""What an AppImage needs on a bare Debian 12; docs/linux.md names the same."""
LOADED_LATER = {"libEGL.so.1": "libegl1", "libGL.so.1": "libgl1"}
"""Libraries that are opened by name while the program runs, which no ELF head tells."""
DATA_OF = {"libxkbcommon.so.0": "xkb-data"}
"""Libraries of the folder that read files of the system, and the packages with the files."""
IN_EVERY_DEBIAN = frozenset({"libc6", "libgcc-s1", "libstdc++6", "libcrypt1", "zlib1g", "libzstd1"})
"""Of the packages needed, those that are in the smallest Debian there is."""
_DPKG_INFO = Path("/var/lib/dpkg/info")
_LINKED_AT_START = re.compile(r"ld-linux.*")
_FIRST_GLIBC_WITH_ALL = (2, 34)
"""libdl, libpthread and others are part of libc.so.6 since then."""


def documented_packages(file: Path = PACKAGES_FILE) -> list[str]:
    """Return the packages that people are told to install, sorted.

    Args:
        file: One package a line; what follows ``#`` is a remark.
    """
    lines = (line.partition("#")[0].strip() for line in file.read_text("utf-8").splitlines())
    return sorted(line for line in lines if line)


def depends(needs: Needs) -> dict[str, str]:
    """Find the packages that hold what a folder lacks.

    Args:
        needs: What it lacks.

    Returns:
        Package → the whole wish, such as ``"libx11-6 (>= 2:1.6.0)"``.

    Raises:
        SetupError: If a library comes from no package of this machine.
    """
    places = system_libraries()
    found: dict[str, str] = {}
    for name in sorted({*needs.libraries, *LOADED_LATER}):
        if _LINKED_AT_START.fullmatch(name):
            continue
        package = owner_of(places[name]) if name in places else None
        if package is None:
            asking = ", ".join(sorted({file.name for file in needs.libraries.get(name, [])})[:3])
            raise SetupError(f"{name}, asked for by {asking}, is in no package of this machine.")
        found[package] = _wish(package, name, needs)
    found |= {package: package for library, package in DATA_OF.items() if library in needs.held}
    return dict(sorted(found.items()))


def _wish(package: str, library: str, needs: Needs) -> str:
    if package == "libc6":
        major, minor = max(needs.glibc, _FIRST_GLIBC_WITH_ALL)
        return f"libc6 (>= {major}.{minor})"
    stem, _, version = library.partition(".so.")
    for line in _shlibs(package):
        words = line.removeprefix("udeb:").split(None, 2)
        if not line.startswith("udeb:") and words[:2] == [stem, version] and len(words) == 3:
            return words[2].split(",")[0].strip()
    return package


def _shlibs(package: str) -> Iterator[str]:
    """What a package says about the versions that its libraries are compatible with."""
    for file in sorted(_DPKG_INFO.glob(f"{package}*.shlibs")):
        if file.name.split(":")[0].removesuffix(".shlibs") == package:
            yield from file.read_text("utf-8").splitlines()


def undocumented(packages: Iterable[str], file: Path = PACKAGES_FILE) -> list[str]:
    """Return those packages that a bare Debian lacks and that people are not told to install.

    Args:
        packages: Needed.
        file: What people are told.
    """
    return sorted(set(packages) - set(documented_packages(file)) - IN_EVERY_DEBIAN)
