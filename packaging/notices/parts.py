"""What is bundled: Python's packages, Python itself, Qt, libraries of the system, and the rest."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path, PurePath

from packaging.requirements import Requirement

from notices.policy import LicenceError, as_expression

ROOT = Path(__file__).resolve().parents[2]
TEXTS = Path(__file__).resolve().parent / "texts"
APP = "effnet-studio"
_LEGAL = re.compile(r"(^|[/_.-])(licen[cs]e|copying|notice|third_?party_?notices)", re.IGNORECASE)
_SOURCE_ENDINGS = {".py", ".pyc", ".pyi", ".so", ".h", ".pyd"}


@dataclass(frozen=True, slots=True)
class Part:
    """Something of somebody else's that comes along.

    Attributes:
        name: What it is called.
        version: Its release; empty where that says nothing.
        licence: SPDX expression.
        source: Where it comes from, and its source code is.
        note: What else is to be said.
        texts: Name → text of what its authors want to be passed on.
    """

    name: str
    version: str
    licence: str
    source: str
    note: str = ""
    texts: dict[str, str] = field(default_factory=dict)


def text_of(name: str) -> dict[str, str]:
    """Return a well-known licence's text, as :attr:`Part.texts` holds it.

    Args:
        name: Such as ``LGPL-3.0``.
    """
    return {name: (TEXTS / f"{name}.txt").read_text("utf-8")}


def needed_packages(start: str = APP) -> dict[str, metadata.Distribution]:
    """Return normalised name → what this environment has of a package and all that it requires.

    Args:
        start: Name of the package.

    Raises:
        LicenceError: If one of them is not installed here.
    """
    found: dict[str, metadata.Distribution] = {}
    waiting = [start]
    while waiting:
        name = normal(waiting.pop())
        if name in found:
            continue
        try:
            found[name] = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            raise LicenceError(f"{name} is required, and not installed here") from None
        for line in found[name].requires or []:
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                waiting.append(requirement.name)
    return found


def normal(name: str) -> str:
    """Write a package's name as all its spellings are compared."""
    return re.sub(r"[-_.]+", "-", name).lower()


def part_of_package(found: metadata.Distribution) -> Part:
    """Say what a Python package's own metadata and files say.

    Args:
        found: The package as it is installed.

    Raises:
        LicenceError: If its licence may not be bundled, or nobody says what it is.
    """
    about = found.metadata
    name = about["Name"]
    classifiers = about.get_all("Classifier") or []
    declared = [
        _only(about, "License-Expression"),
        _only(about, "License"),
        *(
            line.rpartition("::")[2].strip()
            for line in classifiers
            if line.startswith("License ::")
        ),
    ]
    try:
        licence = as_expression([each for each in declared if each.strip()])
    except LicenceError as error:
        raise LicenceError(f"{name} {found.version}: {error}") from None
    return Part(
        name=name,
        version=found.version,
        licence=licence,
        source=_home(_only(about, "Home-page"), about.get_all("Project-URL") or []),
        texts=_texts(found) or _known_texts(licence),
    )


def _only(about: metadata.PackageMetadata, field_name: str) -> str:
    return next(iter(about.get_all(field_name) or []), "")


def _home(page: str, urls: Iterable[str]) -> str:
    known = {
        label.strip().lower(): url.strip() for label, _, url in (u.partition(",") for u in urls)
    }
    wanted = ("source", "source code", "repository", "github", "homepage", "home", "documentation")
    found = next((known[label] for label in wanted if label in known), None)
    return found or page or next(iter(known.values()), "")


def _texts(found: metadata.Distribution) -> dict[str, str]:
    """Everything in a package that is there to be passed on, in the order of its names."""
    texts: dict[str, str] = {}
    for file in sorted(found.files or [], key=str):
        name = str(file)
        if not _LEGAL.search(PurePath(name).name) or file.suffix in _SOURCE_ENDINGS:
            continue
        path = Path(str(file.locate()))
        if path.is_file():
            short = re.sub(r"^[^/]*\.dist-info/(licenses/)?", "", name)
            texts[short] = path.read_text("utf-8", errors="replace")
    return texts


def _known_texts(licence: str) -> dict[str, str]:
    """The text of a licence for a package that forgot to bring it."""
    if licence == "Apache-2.0":
        return {"Apache-2.0": (ROOT / "LICENSE").read_text("utf-8")}
    if licence.startswith("LGPL-3.0-only"):
        return text_of("LGPL-3.0") | text_of("GPL-3.0")
    return {}


def python_part() -> Part:
    """Say what is to be said of the Python that runs this, and comes along.

    Raises:
        LicenceError: If its licence is not where it should be.
    """
    version = ".".join(str(number) for number in sys.version_info[:3])
    library = Path(sys.base_prefix) / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}"
    debian = Path("/usr/share/doc") / library.name / "copyright"
    for file in (library / "LICENSE.txt", Path(sys.base_prefix) / "LICENSE.txt", debian):
        if file.is_file():
            return Part(
                name="CPython",
                version=version,
                licence="PSF-2.0",
                source="https://www.python.org",
                note="Interpreter and standard library, with what is built into them.",
                texts={"LICENSE": file.read_text("utf-8", errors="replace")},
            )
    raise LicenceError(f"CPython {version}: its licence was not found")


def run(*command: str) -> str:
    """Run a command and return what it printed; nothing if it failed or is not there."""
    try:
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    except OSError:
        return ""
    return done.stdout if done.returncode == 0 else ""


def debian_source(package: str, version: str) -> str:
    """Say where the source code of something of Debian's is.

    Args:
        package: Name of the source package.
        version: Its release.
    """
    return f"Debian's source package {package} {version} (apt-get source {package}={version})"


def owners(names: Sequence[str], found: Iterable[metadata.Distribution]) -> dict[str, str]:
    """Return library → name of the package whose wheel brought it, for those that one did.

    Args:
        names: File names of libraries.
        found: The packages.
    """
    wanted, brought = set(names), {}
    for each in found:
        for file in each.files or []:
            if file.name in wanted:
                brought[file.name] = each.metadata["Name"]
    return brought
