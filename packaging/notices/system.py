"""Libraries of the operating system that a bundle carries."""

from __future__ import annotations

import re
import sys
import sysconfig
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

from notices.parts import Part, debian_source, owners, run, text_of
from notices.policy import LicenceError

DEBIAN = {
    "libbrotli1": "MIT",
    "libbsd0": "BSD-3-Clause",
    "libbz2-1.0": "bzip2-1.0.6",
    "libcom-err2": "MIT",
    "libcrypt1": "LGPL-2.1-or-later",
    "libdbus-1-3": "AFL-2.1",
    "libegl1": "MIT",
    "libexpat1": "MIT",
    "libffi8": "MIT",
    "libfontconfig1": "HPND",
    "libfreetype6": "FTL",
    "libgcc-s1": "GPL-3.0-or-later WITH GCC-exception-3.1",
    "libgfortran5": "GPL-3.0-or-later WITH GCC-exception-3.1",
    "libgl1": "MIT",
    "libglib2.0-0": "LGPL-2.1-or-later",
    "libglvnd0": "MIT",
    "libglx0": "MIT",
    "libgomp1": "GPL-3.0-or-later WITH GCC-exception-3.1",
    "libgraphite2-3": "LGPL-2.1-or-later",
    "libgssapi-krb5-2": "MIT",
    "libharfbuzz0b": "MIT",
    "libk5crypto3": "MIT",
    "libkeyutils1": "LGPL-2.1-or-later",
    "libkrb5-3": "MIT",
    "libkrb5support0": "MIT",
    "liblz4-1": "BSD-2-Clause",
    "liblzma5": "Public-Domain",
    "libmd0": "BSD-3-Clause",
    "libmpdec3": "BSD-2-Clause",
    "libncurses6": "X11",
    "libncursesw6": "X11",
    "libnsl2": "LGPL-2.1-or-later",
    "libopengl0": "MIT",
    "libpcre2-8-0": "BSD-3-Clause",
    "libpcre3": "BSD-3-Clause",
    "libpng16-16": "Libpng",
    "libquadmath0": "LGPL-2.1-or-later",
    "libsqlite3-0": "Public-Domain",
    "libssl3": "Apache-2.0",
    "libstdc++6": "GPL-3.0-or-later WITH GCC-exception-3.1",
    "libsystemd0": "LGPL-2.1-or-later",
    "libtinfo6": "X11",
    "libtirpc3": "BSD-3-Clause",
    "libuuid1": "BSD-3-Clause",
    "libwayland-client0": "MIT",
    "libwayland-cursor0": "MIT",
    "libwayland-egl1": "MIT",
    "libx11-6": "MIT",
    "libx11-xcb1": "MIT",
    "libxau6": "MIT",
    "libxcb1": "MIT",
    "libxdmcp6": "MIT",
    "libxext6": "MIT",
    "libxkbcommon-x11-0": "MIT",
    "libxkbcommon0": "MIT",
    "libzstd1": "BSD-3-Clause",
    "zlib1g": "Zlib",
}
"""Debian package → licence of its library. `libreadline8` and `libgdbm6` (GPL) are left out on
purpose: a bundle must not carry them."""

_FAMILIES = {r"libxcb-[a-z0-9-]+": "MIT"}
"""As :data:`DEBIAN`, for names of a kind."""

OF_PYTHON = re.compile(
    r"(libpython3.*|python3\d*\.dll|(lib)?(crypto|ssl)[-.\d].*|(lib)?ffi[-.\d].*|(lib)?sqlite3.*|"
    r"(lib)?(z|zlib1?|lzma|bz2|mpdec|expat|intl|ncurses\w*|panel\w*)[-.\d]*\.(dll|dylib|so[.\d]*))",
    re.IGNORECASE,
)
"""Libraries that the installers of python.org bring; their licences are in CPython's text."""

OF_MICROSOFT = re.compile(
    r"(api-ms-win-.*|ucrtbase|vcruntime\d+.*|msvcp\d+.*|concrt\d+|vcomp\d+)\.dll", re.IGNORECASE
)

_LIBRARY = re.compile(r"\.(so(\.\d+)*|dylib|dll|pyd)$", re.IGNORECASE)


def libraries_of(bundle: Path) -> list[str]:
    """Return the names of all libraries in a bundle, links included.

    Args:
        bundle: Its folder.
    """
    return sorted({file.name for file in bundle.rglob("*") if _LIBRARY.search(file.name)})


def system_parts(bundle: Path, packages: Iterable[metadata.Distribution]) -> list[Part]:
    """Return the parts of the system that a bundle carries.

    Args:
        bundle: Its folder.
        packages: Python's packages; what they brought is theirs.

    Raises:
        LicenceError: If a library's origin or licence is not known, or its licence forbids it.
    """
    names = libraries_of(bundle)
    known = owners(names, packages)
    modules = _modules_of_python()
    parts: dict[str, Part] = {}
    wrong: list[str] = []
    for name in names:
        if name in known or name in modules or name.startswith("libpython3"):
            continue
        if OF_MICROSOFT.fullmatch(name):
            parts["Microsoft"] = _microsoft()
            continue
        package = package_of(name)
        if package is None and OF_PYTHON.fullmatch(name):
            continue
        try:
            part = debian_part(package)
            parts.setdefault(part.name, part)
        except LicenceError as error:
            wrong.append(f"{name}: {error}")
    if wrong:
        raise LicenceError("; ".join(wrong))
    return list(parts.values())


def package_of(library: str) -> str | None:
    """Return the Debian package that brings a library; None where there is none.

    Args:
        library: Its file name.
    """
    machine = sysconfig.get_config_var("MULTIARCH") or f"{sys.platform}-none"
    for line in run("dpkg", "-S", f"*/{library}").splitlines():
        owner, _, path = line.rpartition(": ")
        folder = Path(path).parent
        # Not those of other machines or of programs that keep libraries of their own.
        if folder.name == machine or str(folder) in {"/usr/lib", "/lib"}:
            package = owner.split(",")[0].partition(":")[0]
            if not package.endswith("-dev"):
                return package
    return None


def debian_part(package: str | None) -> Part:
    """Say what Debian says about a package.

    Args:
        package: Its name; None if none was found.

    Raises:
        LicenceError: If there is none, if it may not be bundled, or has not been looked at.
    """
    if package is None:
        raise LicenceError("no installed package brings it")
    families = (licence for name, licence in _FAMILIES.items() if re.fullmatch(name, package))
    licence = DEBIAN.get(package) or next(families, None)
    if licence is None:
        raise LicenceError(f"Debian's {package} may not be bundled, or has not been looked at")
    shown = run("dpkg-query", "-W", "-f=${source:Package} ${source:Version} ${Version}", package)
    source, source_version, version = [*shown.split(" "), "", "", ""][:3]
    file = Path("/usr/share/doc") / package / "copyright"
    texts = {"copyright": file.read_text("utf-8", errors="replace")} if file.is_file() else {}
    if licence.startswith("LGPL-2.1"):
        texts |= text_of("LGPL-2.1")
    if "GCC-exception" in licence:
        texts |= text_of("GCC-exception-3.1") | text_of("GPL-3.0")
    return Part(
        name=package,
        version=version,
        licence=licence,
        source=debian_source(source, source_version),
        note="A library of the system that this was built on.",
        texts=texts,
    )


def _modules_of_python() -> set[str]:
    """File names of the standard library's compiled modules."""
    folders = {sysconfig.get_config_var("DESTSHARED"), str(Path(sys.base_prefix) / "DLLs")}
    return {
        file.name
        for folder in folders
        if folder
        for file in Path(folder).glob("*")
        if file.is_file()
    }


def _microsoft() -> Part:
    return Part(
        name="Microsoft Visual C++ runtime",
        version="",
        licence="LicenseRef-Microsoft-Redistributable",
        source="https://learn.microsoft.com/cpp/windows/redistributing-visual-cpp-files",
        note="Passed on unchanged, as Microsoft's terms for redistributable files allow.",
    )
