"""What comes along and no package manager knows of, and what is to be said of Qt."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from notices.parts import ROOT, Part, debian_source, run, text_of

QT_NOTE = (
    "The window is made with Qt and its Python binding, used under the LGPL 3.0. They are bundled "
    "unchanged, as libraries of their own (_internal/PySide6 and _internal/shiboken6 in the app's "
    "folder; on macOS in Contents/Frameworks): whoever wants to use a changed version replaces "
    "those files by ones with the same interface and starts the app again. From an AppImage, "
    "unpack it first (--appimage-extract). Nothing in the app's own licence forbids to do so, or "
    "to take the app apart to mend what the change asks for. The source code of exactly this "
    "release is at https://download.qt.io/official_releases/QtForPython/ and "
    "https://download.qt.io/official_releases/qt/, under the same version number. Qt itself "
    "contains parts by others: FreeType (FTL), HarfBuzz (MIT), ICU (Unicode-3.0), libjpeg-turbo "
    "(IJG, BSD), libpng (Libpng), md4c (MIT), PCRE2 (BSD), zlib (Zlib), double-conversion (BSD), "
    "TinyCBOR (MIT), xcb and xkbcommon (MIT) and more; "
    "https://doc.qt.io/qt-6/licenses-used-in-qt.html lists all with their texts."
)
TQDM_NOTE = "Bundled unchanged; its source is the package of this version itself, which is Python."
PYINSTALLER_NOTE = (
    "Only the small program that starts the app comes from PyInstaller; the exception in its "
    "licence lets programs of any licence be passed on with it. What it loads at the start (its "
    "run-time hooks) is under the Apache License 2.0."
)
_NOTES = {
    "PySide6_Essentials": QT_NOTE,
    "PySide6-Essentials": QT_NOTE,
    "shiboken6": "See PySide6_Essentials.",
    "tqdm": TQDM_NOTE,
    "pyinstaller": PYINSTALLER_NOTE,
}
_STATIC = {
    "libsquashfuse-dev": ("libsquashfuse", "BSD-2-Clause"),
    "libfuse3-dev": ("libfuse", "LGPL-2.1-or-later"),
    "libzstd-dev": ("libzstd", "BSD-3-Clause"),
    "zlib1g-dev": ("zlib", "Zlib"),
    "libc6-dev": ("GNU C library", "LGPL-2.1-or-later"),
}
"""Debian package → what of it is linked into the AppImage's own small program, and its licence."""


def with_note(part: Part) -> Part:
    """Add what the authors of some packages want to be said."""
    note = _NOTES.get(part.name, "")
    return replace(part, note=note) if note else part


def own_parts() -> list[Part]:
    """Return what lies in `resources` and is somebody else's work, or learned from it."""
    runtime = ROOT / "resources" / "web" / "onnxruntime"
    title = (runtime / "README.md").read_text("utf-8").partition("\n")[0]
    version = re.search(r"\d+(\.\d+)+", title)
    return [
        Part(
            name="onnxruntime-web",
            version=version[0] if version else "",
            licence="MIT",
            source="https://github.com/microsoft/onnxruntime",
            note="Runs models in the web pages that the app exports. What is built into it is "
            "listed with onnxruntime, of which it is a build.",
            texts={"LICENSE": (runtime / "LICENSE").read_text("utf-8")},
        ),
        Part(
            name="Starter backbone (EfficientNet-B0)",
            version="",
            licence="Apache-2.0",
            source="Trained by this project; how is told in docs/starter-backbone.md.",
            note="Holds no weights of others. It learned from 50,000 small pictures of Tiny "
            "ImageNet, a part of ImageNet, whose owners ask that the pictures be used for research "
            "and education; the pictures themselves are not part of it.",
            texts={"Apache-2.0": (ROOT / "LICENSE").read_text("utf-8")},
        ),
    ]


def appimage_parts(folder: Path = ROOT / "packaging" / "linux" / "appimage_runtime") -> list[Part]:
    """Return what the small program at the beginning of an AppImage is made of.

    Args:
        folder: Its source.
    """
    if not (folder / "LICENSE").is_file():
        return []
    parts = [
        Part(
            name="AppImage type 2 runtime",
            version="",
            licence="MIT",
            source="https://github.com/AppImage/type2-runtime",
            note="At the beginning of the AppImage; no other package has it.",
            texts={"LICENSE": (folder / "LICENSE").read_text("utf-8")},
        )
    ]
    for package, (name, licence) in _STATIC.items():
        shown = run("dpkg-query", "-W", "-f=${Version} ${source:Package}", package)
        version, _, source = shown.partition(" ")
        if not version:
            continue
        file = Path("/usr/share/doc") / package / "copyright"
        texts = {"copyright": file.read_text("utf-8", errors="replace")} if file.is_file() else {}
        note = "Linked into the AppImage's runtime."
        if licence.startswith("LGPL"):
            texts |= text_of("LGPL-2.1")
            note += (
                " So that it can be linked again with a changed version, everything else of the "
                "runtime is given as source, with the command that links it: packaging/linux in "
                "this project's source."
            )
        parts.append(
            Part(
                name=f"{name} (in the AppImage's runtime)",
                version=version,
                licence=licence,
                source=debian_source(source, version),
                note=note,
                texts=texts,
            )
        )
    return parts
