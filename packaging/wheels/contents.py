"""What a wheel and an sdist of this project hold, what they must, and what they must not."""

from __future__ import annotations

import hashlib
import tarfile
import zipfile
from collections.abc import Iterable, Mapping
from fnmatch import fnmatch
from pathlib import Path

MUST_HOLD = (
    "effnet_studio/__init__.py",
    "effnet_studio/resources/backbones/*.safetensors",
    "effnet_studio/resources/guide/page.html",
    "effnet_studio/resources/i18n/*.zh_CN.qm",
    "effnet_studio/resources/i18n/*.en.qm",
    "effnet_studio/resources/icons/*.svg",
    "effnet_studio/resources/programs/*",
    "effnet_studio/resources/web/onnxruntime/LICENSE",
    "effnet_studio/resources/web/onnxruntime/*.wasm.xz",
    "effnet_studio/docs/guide/toc.json",
    "effnet_studio/docs/guide/en/*.md",
    "effnet_studio/docs/guide/zh_CN/*.md",
    "effnet_studio/docs/guide/pictures/*.png",
    "*.dist-info/entry_points.txt",
    "*.dist-info/licenses/LICENSE",
)
"""Patterns of which each must be met by a file of the wheel."""

MUST_NOT_HOLD = (
    "tests/*",
    "*/tests/*",
    "packaging/*",
    "*/packaging/*",
    "*/docs/pictures/*",
    "*__pycache__*",
    "*.pyc",
    "*/cache/*",
    "*.effnet/*",
    "*/.git*",
    "*.DS_Store",
)
"""Patterns that no file of the wheel may meet."""

SDIST_MUST_HOLD = (
    "CHANGELOG.md",
    "LICENSE",
    "PKG-INFO",
    "README.md",
    "docs/guide/toc.json",
    "effnet_studio/__init__.py",
    "packaging/boot/main.py",
    "packaging/bootstrap.py",
    "packaging/constraints.txt",
    "pyproject.toml",
    "resources/backbones/*.safetensors",
    "resources/web/onnxruntime/*.wasm.xz",
    "tests/conftest.py",
)
"""As :data:`MUST_HOLD`, of the sdist: what builds the wheel, and the tests for distributors."""

SDIST_MUST_NOT_HOLD = (
    "docs/pictures/*",
    "*__pycache__*",
    "*.pyc",
    "*.effnet/*",
    ".venv/*",
    "build/*",
    "dist/*",
    "shared/*",
)
"""As :data:`MUST_NOT_HOLD`, of the sdist."""


def wheel_hashes(wheel: Path) -> dict[str, str]:
    """Return name → SHA-256 of everything in a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return {
            entry.filename: hashlib.sha256(archive.read(entry)).hexdigest()
            for entry in archive.infolist()
            if not entry.is_dir()
        }


def sdist_hashes(sdist: Path) -> dict[str, str]:
    """Return name within the sdist's one folder → SHA-256 of everything in it.

    Raises:
        ValueError: If the archive holds anything but plain files in one folder.
    """
    found: dict[str, str] = {}
    with tarfile.open(sdist) as archive:
        for member in archive:
            folder, _, name = member.name.partition("/")
            content = archive.extractfile(member) if member.isfile() else None
            if content is None or f"{folder}.tar.gz" != sdist.name:
                raise ValueError(f"{sdist.name}: {member.name} has no place in an sdist")
            found[name] = hashlib.sha256(content.read()).hexdigest()
    return found


def complaints(
    names: Iterable[str],
    *,
    must: Iterable[str] = MUST_HOLD,
    must_not: Iterable[str] = MUST_NOT_HOLD,
) -> list[str]:
    """Return a sentence for everything that is missing or has no place.

    Args:
        names: Of the files in the archive.
        must: Patterns of which each must be met.
        must_not: Patterns that no name may meet.
    """
    names = list(names)
    missing = [
        f"nothing like {pattern}"
        for pattern in must
        if not any(fnmatch(name, pattern) for name in names)
    ]
    unwanted = [
        f"{name} has no place there"
        for name in names
        if any(fnmatch(name, pattern) for pattern in must_not)
    ]
    return missing + unwanted


def differences(one: Mapping[str, str], other: Mapping[str, str]) -> list[str]:
    """Return the names that only one has, or that have other content in the other."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
