"""How large the packaged app is, and what of.

The table is printed by build.py and written beside the packages, so that growth is noticed.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

MEGABYTE = 1_000_000
INSTALLED_AIM = 700 * MEGABYTE
DOWNLOAD_AIM = 260 * MEGABYTE

_PARTS = {
    "PIL": "Pillow",
    "pillow.libs": "Pillow",
    "PySide6": "Qt and PySide6",
    "shiboken6": "Qt and PySide6",
    "numpy": "NumPy",
    "numpy.libs": "NumPy",
    "onnx_ir": "onnx",
    "onnxscript": "onnx",
    "google": "protobuf",
    "mpmath": "sympy",
    "pydantic_core": "pydantic",
    "lib-dynload": "Python",
    "base_library.zip": "Python",
    "pip.zip": "pip",
}
_LARGEST = 10


def part_of(path: str) -> str:
    """Name the part of the app that a file belongs to.

    Args:
        path: Inside the bundle's folder of libraries, with ``/`` between folders.
    """
    place = PurePosixPath(path)
    top = place.parts[0]
    name = top.split(".")[0]
    if top == "effnet_studio":
        folder = "/".join(place.parts[1:3]) if place.parts[1] in {"docs", "resources"} else "code"
        return f"EffNet Studio: {folder}"
    if place.suffix == ".dist-info" or ".dist-info" in top:
        return "facts and licences of packages"
    if top in _PARTS:
        return _PARTS[top]
    if top.startswith(("libpython", "python3")) or name in sys.stdlib_module_names:
        return "Python"
    if ".so" in top or top.endswith((".dll", ".dylib")):
        return "libraries of the system"
    return name


def sizes_by_part(files: Mapping[str, int]) -> dict[str, int]:
    """Sum sizes up by part, the largest first.

    Args:
        files: Bytes by path inside the bundle's folder of libraries.
    """
    found: Counter[str] = Counter()
    for path, size in files.items():
        found[part_of(path)] += size
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def files_of(folder: Path) -> dict[str, int]:
    """Bytes of each file below a folder; a link counts nothing.

    Args:
        folder: The folder.
    """
    return {
        file.relative_to(folder).as_posix(): file.stat().st_size
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not file.is_symlink()
    }


def table(parts: Mapping[str, int], largest: Mapping[str, int]) -> list[str]:
    """Write the sizes as lines of text.

    Args:
        parts: Bytes by part.
        largest: Bytes of the largest files.
    """
    lines = [f"{size / MEGABYTE:8.1f} MB  {name}" for name, size in parts.items()]
    total = sum(parts.values())
    lines.append(f"{total / MEGABYTE:8.1f} MB  altogether ({_against(total, INSTALLED_AIM)})")
    lines += ["", "The largest files:"]
    lines += [f"{size / MEGABYTE:8.1f} MB  {name}" for name, size in largest.items()]
    return lines


def packages_table(files: Iterable[Path]) -> list[str]:
    """Write the sizes of what is downloaded as lines of text.

    Args:
        files: The packages.
    """
    return [
        f"{size / MEGABYTE:8.1f} MB  {file.name} ({_against(size, DOWNLOAD_AIM)})"
        for file in files
        for size in [file.stat().st_size]
    ]


def _against(size: int, aim: int) -> str:
    """How a size stands to its aim."""
    over = (size - aim) / MEGABYTE
    aimed = f"aim: {aim / MEGABYTE:.0f} MB"
    return f"{aimed}, {over:.1f} MB too much" if over > 0 else aimed


def write_sizes(bundle: Path, internal: Path, packages: Iterable[Path], out: Path) -> list[str]:
    """Write ``sizes.json`` and ``contents.sha256``, and say what is in them.

    Args:
        bundle: Folder with the program.
        internal: Its folder of libraries and modules.
        packages: What was made of it.
        out: Folder for both files.

    Returns:
        The sizes as lines of text.
    """
    made = list(packages)
    files = files_of(internal)
    parts = sizes_by_part(files)
    own = sum(files_of(bundle).values()) - sum(files.values())
    parts["the program itself"] = own
    largest = dict(sorted(files.items(), key=lambda item: -item[1])[:_LARGEST])
    document = {
        "installed": sum(parts.values()),
        "parts": parts,
        "largest": largest,
        "packages": {file.name: file.stat().st_size for file in made},
    }
    out.mkdir(parents=True, exist_ok=True)
    (out / "sizes.json").write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    (out / "contents.sha256").write_text("".join(_checksums(bundle)), encoding="utf-8")
    return [*table(parts, largest), "", *packages_table(made)]


def _checksums(folder: Path) -> Iterable[str]:
    """A line for each file, as sha256sum writes it: two builds are compared by these."""
    for path in files_of(folder):
        with (folder / path).open("rb") as content:
            yield f"{hashlib.file_digest(content, 'sha256').hexdigest()}  {path}\n"
