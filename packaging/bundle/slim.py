"""Makes what PyInstaller has put together smaller and alike from build to build.

Nothing that runs is changed: sources that nobody reads, symbols that only a debugger reads, and
libraries that nobody loads go away.
"""

from __future__ import annotations

import importlib.util
import os
import py_compile
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from bundle.contents import is_of_the_system, needs_source
from bundle.docstrings import compile_anew, compiled
from bundle.icu import lessen_library

_NEEDED = re.compile(r"^\s*NEEDED\s+(\S+)", re.MULTILINE)
_ELF = b"\x7fELF"
_MACH_O = (b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
_HEADER = 16
"""Bytes before the code in a compiled module: its mark, flags, and facts about the source."""

_LIBRARY_FOLDERS = ("", "PySide6/Qt/lib", "pillow.libs", "numpy.libs", "torchvision.libs")
"""Where libraries lie that are only there because others need them."""

_SOURCES_STAY = ("effnet_studio/",)
"""Scripts that other Pythons run: beside exported files, and inside converters."""

_WITH_ALL_SOURCES = ("onnxscript",)
"""Packages that look into their own sources everywhere."""

_STAND_INS = {
    "PySide6/QtOpenGL.pyc": "no_opengl.py",
    "PySide6/QtOpenGLWidgets.pyc": "no_opengl.py",
}
"""Modules, and what is put in their place."""

PIP = "pip.zip"
"""pip, which installs converters; a Python runs it as it is."""


def slim(internal: Path, packages: Path) -> None:
    """Take out of a bundle what it can do without.

    Args:
        internal: Its folder of libraries and modules.
        packages: Where the build's environment has its packages.
    """
    put_sources(internal, packages)
    settle_modules(internal)
    compile_anew(internal, packages, Path(sysconfig.get_path("stdlib")))
    put_stand_ins(internal)
    put_pip(internal, packages)
    if sys.platform.startswith("linux"):
        drop_unneeded_libraries(internal)
        strip_symbols(internal)
        for tables in (internal / "PySide6").rglob("libicudata.so.*"):
            lessen_library(tables)
    drop_empty_folders(internal)


def put_sources(internal: Path, packages: Path) -> int:
    """Lay the sources that are read by the program itself beside the compiled modules.

    TorchScript, ONNX Script and torch's settings parse their own source when they are imported.

    Args:
        internal: The bundle's folder.
        packages: Where the sources are.

    Returns:
        How many.
    """
    count = 0
    for package in ("torch", "torchvision", "timm", "onnxscript"):
        for module in sorted((internal / package).rglob("*.pyc")):
            relative = module.relative_to(internal).with_suffix(".py")
            source = packages / relative
            if "__pycache__" in module.parts or not source.is_file():
                continue
            whole = package in _WITH_ALL_SOURCES
            if whole or needs_source(source.read_text("utf-8", "replace")):
                shutil.copyfile(source, internal / relative)
                count += 1
    return count


def settle_modules(internal: Path) -> None:
    """Give every source its compiled module in the place where Python looks for it.

    Where both lie side by side Python would compile the source again at each start. Compiled
    modules are not compared with their source, whose time of change means nothing in a package.

    Args:
        internal: The bundle's folder.
    """
    for source in sorted(internal.rglob("*.py")):
        relative = source.relative_to(internal).as_posix()
        if not source.with_suffix(".pyc").exists():
            twin = Path(importlib.util.cache_from_source(str(source)))
            if not relative.startswith(_SOURCES_STAY) and not twin.exists():
                source.unlink()
            continue
        source.with_suffix(".pyc").unlink()
        py_compile.compile(
            str(source),
            dfile=relative,
            doraise=True,
            invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
        )
    for module in sorted(internal.rglob("*.pyc")):
        if "__pycache__" not in module.parts:
            _forget_source(module)


def _forget_source(module: Path) -> None:
    """Blank the facts about the source in a compiled module that has none beside it."""
    content = module.read_bytes()
    module.write_bytes(content[:4] + bytes(_HEADER - 4) + content[_HEADER:])


def put_stand_ins(internal: Path) -> None:
    """Replace modules that would load what the app never uses.

    Args:
        internal: The bundle's folder.
    """
    for place, name in _STAND_INS.items():
        source = Path(__file__).with_name("hooks") / name
        (internal / place).write_bytes(compiled(source.read_text("utf-8"), name))


def put_pip(internal: Path, packages: Path) -> None:
    """Lay pip into the bundle, as one archive.

    Args:
        internal: The bundle's folder.
        packages: Where pip is.
    """
    files = [file for file in sorted((packages / "pip").rglob("*")) if file.is_file()]
    with zipfile.ZipFile(internal / PIP, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for file in files:
            name = file.relative_to(packages).as_posix()
            if "__pycache__" in name or name.endswith((".exe", ".pyi")):
                continue
            _add(archive, name, file.read_bytes())
        start = "import runpy\n\nrunpy.run_module('pip', run_name='__main__', alter_sys=True)\n"
        _add(archive, "__main__.py", start.encode())


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    about = zipfile.ZipInfo(name)  # with the same date always
    about.compress_type = zipfile.ZIP_DEFLATED
    about.external_attr = 0o644 << 16
    archive.writestr(about, content)


def needed_by(file: Path) -> set[str]:
    """Names of the libraries that a program or library asks for (Linux).

    Args:
        file: It.
    """
    asked = subprocess.run(["objdump", "-p", str(file)], capture_output=True, text=True, check=True)
    return set(_NEEDED.findall(asked.stdout))


def unneeded(needs: Mapping[str, Iterable[str]], droppable: Iterable[str]) -> set[str]:
    """Find the libraries that nobody asks for, or only others that nobody asks for.

    Args:
        needs: File names, and the names that each asks for.
        droppable: Those that are only there because something asks for them.
    """
    left, candidates = dict(needs), set(droppable)
    while True:
        asked = {name for names in left.values() for name in names}
        idle = {name for name in left if name in candidates and name not in asked}
        if not idle:
            return set(needs) - set(left)
        for name in idle:
            del left[name]


def drop_unneeded_libraries(internal: Path) -> set[str]:
    """Remove libraries that nothing in the bundle loads any more.

    Args:
        internal: The bundle's folder.

    Returns:
        Their names.
    """
    needs = {file.name: needed_by(file) for file in elf_files(internal.parent)}
    folders = [internal / name for name in _LIBRARY_FOLDERS]
    droppable = {
        file.name
        for folder in folders
        if folder.is_dir()
        for file in folder.iterdir()
        if file.name in needs and ".so" in file.name
    }
    gone = unneeded(needs, droppable)
    # torch loads its libraries by their paths, Python its own by their names.
    gone -= {name for name in gone if name.startswith("libpython")}
    for file in [*internal.rglob("*.so*")]:
        if file.name in gone and file.parent in folders:
            file.unlink()
    return gone


def strip_symbols(internal: Path) -> int:
    """Remove what only a debugger reads from the libraries.

    Those in ``….libs`` were put together by another tool and do not survive it.

    Args:
        internal: The bundle's folder.

    Returns:
        Bytes that are saved.
    """
    saved = 0
    for file in elf_files(internal):
        if any(part.endswith(".libs") for part in file.parts):
            continue
        before = file.stat().st_size
        smaller = file.with_name(f"{file.name}.new")
        done = subprocess.run(
            ["strip", "--strip-unneeded", "-o", str(smaller), str(file)],
            capture_output=True,
            check=False,
        )
        if done.returncode == 0 and smaller.stat().st_size < before and _is_aligned(smaller):
            saved += before - smaller.stat().st_size
            shutil.copymode(file, smaller)
            smaller.replace(file)
        else:
            smaller.unlink(missing_ok=True)
    return saved


def _is_aligned(file: Path) -> bool:
    """Whether the loader will take a file: its parts must lie as its header says (Linux)."""
    told = subprocess.run(["readelf", "-lW", str(file)], capture_output=True, text=True, check=True)
    for line in told.stdout.splitlines():
        cells = line.split()
        if cells[:1] == ["LOAD"]:
            offset, address, alignment = int(cells[1], 16), int(cells[2], 16), int(cells[-1], 16)
            if (address - offset) % alignment:
                return False
    return True


def elf_files(folder: Path) -> Iterator[Path]:
    """All programs and libraries below a folder, links left aside (Linux).

    Args:
        folder: The folder.
    """
    for file in sorted(folder.rglob("*")):
        if file.is_symlink() or not file.is_file() or file.suffix in {".py", ".pyc"}:
            continue
        with file.open("rb") as content:
            if content.read(4) == _ELF:
                yield file


def entries(internal: Path) -> Iterator[tuple[str, str, str]]:
    """A bundle's files as PyInstaller lists them (macOS).

    Args:
        internal: The bundle's folder.
    """
    for file in sorted(internal.rglob("*")):
        name = file.relative_to(internal).as_posix()
        if file.is_symlink():
            yield name, os.readlink(file), "SYMLINK"  # noqa: PTH115 - as it is written there
        elif file.is_file():
            with file.open("rb") as content:
                binary = content.read(4) in _MACH_O
            yield name, str(file), "BINARY" if binary else "DATA"


def from_outside(bundle: Path) -> dict[str, list[str]]:
    """The libraries that a bundle expects from the system, and who asks for each (Linux).

    Args:
        bundle: The folder with the program.
    """
    inside = {file.name for file in bundle.rglob("*.so*")}
    asked: dict[str, list[str]] = {}
    for file in elf_files(bundle):
        for name in needed_by(file) - inside:
            asked.setdefault(name, []).append(file.relative_to(bundle).as_posix())
    return dict(sorted(asked.items()))


def surprises(outside: Iterable[str]) -> list[str]:
    """Of libraries expected from the system, those that not every desktop has.

    Args:
        outside: Their names.
    """
    return sorted(name for name in outside if not is_of_the_system(name))


def drop_empty_folders(folder: Path) -> None:
    """Remove folders with nothing in them.

    Args:
        folder: Looked through from below.
    """
    for path, _, _ in os.walk(folder, topdown=False):
        if Path(path) != folder and not any(Path(path).iterdir()):
            Path(path).rmdir()
