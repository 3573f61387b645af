#!/usr/bin/env python3
"""Write the notices that have to come along with everything that is bundled with the app.

    python packaging/licences.py OUT                    THIRD-PARTY-NOTICES.txt and .html in OUT
    python packaging/licences.py OUT --bundle FOLDER    … with what a frozen app's folder holds
    python packaging/licences.py --check                only say whether all may be bundled

Run it with the Python of the environment that the bundle is made from: it reads what is installed
there. The exit status is 1, and the culprit is named, if a licence may not be bundled or is not
known; `notices/policy.py` has the table. The same parts give the same files, byte for byte.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

from notices.fixed import appimage_parts, own_parts, with_note
from notices.pages import as_page, as_text
from notices.parts import APP, Part, needed_packages, normal, part_of_package, python_part
from notices.policy import LicenceError, chosen
from notices.system import system_parts

NAME = "THIRD-PARTY-NOTICES"
BUNDLERS = ("pyinstaller",)
"""What makes the bundle and leaves something of its own in it."""


def main(arguments: Sequence[str]) -> int:
    """Collect, judge and write; return the exit status.

    Args:
        arguments: The command line without the program's name.
    """
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("out", type=Path, nargs="?", help="folder for the two files")
    parser.add_argument("--bundle", type=Path, help="folder of the frozen app")
    parser.add_argument("--check", action="store_true", help="write nothing")
    options = parser.parse_args(arguments)
    if options.out is None and not options.check:
        parser.error("name the folder for the notices, or --check")
    try:
        parts = collect(options.bundle)
    except LicenceError as error:
        print(f"Must not be bundled: {error}", file=sys.stderr)
        return 1
    if not options.check:
        write(options.out, parts)
    texts = sum(len(part.texts) for part in parts)
    print(f"{len(parts)} parts may be bundled, with {texts} texts of licences")
    return 0


def collect(bundle: Path | None = None) -> list[Part]:
    """Return everything that is bundled, in the order of its names.

    Args:
        bundle: The frozen app's folder, for the libraries of the system in it.

    Raises:
        LicenceError: If any of it may not be bundled; all culprits are named.
    """
    packages = needed_packages()
    del packages[APP]
    for name in BUNDLERS:
        try:
            packages[name] = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
    if bundle is not None:
        # What is installed here says more about a package than what the bundle keeps of it.
        packages = _seen_in(bundle) | packages
    parts, wrong = [python_part(), *own_parts()], []
    for package in packages.values():
        try:
            parts.append(with_note(part_of_package(package)))
        except LicenceError as error:
            wrong.append(str(error))
    if sys.platform == "linux":
        parts += appimage_parts()
    if bundle is not None:
        try:
            parts += system_parts(bundle, packages.values())
        except LicenceError as error:
            wrong.append(str(error))
    for part in parts:
        try:
            chosen(part.licence)
        except LicenceError as error:
            wrong.append(f"{part.name}: {error}")
    if wrong:
        raise LicenceError("; ".join(wrong))
    return sorted(parts, key=lambda part: (part.name.lower(), part.version))


def _seen_in(bundle: Path) -> dict[str, metadata.Distribution]:
    """Packages that lie in the bundle with their metadata, whether or not the app asks for them."""
    found: dict[str, metadata.Distribution] = {}
    for file in sorted(bundle.rglob("*.dist-info/METADATA")):
        seen = metadata.Distribution.at(file.parent)
        name = normal(seen.metadata["Name"])
        try:
            found[name] = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            found[name] = seen
    found.pop(APP, None)
    return found


def write(out: Path, parts: Sequence[Part]) -> None:
    """Write the text and the page.

    Args:
        out: Folder for them; made if need be.
        parts: What they tell of.
    """
    app = f"EffNet Studio {metadata.version(APP)}"
    out.mkdir(parents=True, exist_ok=True)
    for ending, text in (("txt", as_text(app, parts)), ("html", as_page(app, parts))):
        (out / f"{NAME}.{ending}").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
