"""The runtime at the beginning of an AppImage, compiled from ``linux/appimage_runtime``."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from linux.tools import LINUX, require_tools, run

SOURCE = LINUX / "appimage_runtime"
COMMIT = "caf24f9f712084686bfc24a70b75e50df0aefb9c"
"""Of AppImage/type2-runtime; printed by ``--appimage-version``."""
MAGIC = b"AI\x02"
"""Marks a file as an AppImage of type 2; stands in a part of ELF's head that is for padding."""
_MAGIC_AT = 8
_INCLUDES = ("-Icompat", "-I/usr/include/fuse3")
_OPTIONS = (
    "-std=gnu99",
    "-Os",
    "-D_FILE_OFFSET_BITS=64",
    f'-DGIT_COMMIT="{COMMIT}"',
    "-ffunction-sections",
    "-fdata-sections",
    "-fPIE",
    "-static-pie",
    "-T",
    "data_sections.ld",
    "-Wl,--gc-sections",
    "-Wl,--wrap=execv",
    "-Wl,--build-id=none",
)
_LIBRARIES = ("squashfuse_ll", "squashfuse", "fuse3", "zstd", "z")


def make_runtime(cache: Path) -> Path:
    """Compile the runtime, or find the same one made before.

    Args:
        cache: Folder where it is kept.

    Returns:
        The program, ready to have an image put behind it.

    Raises:
        SetupError: If it cannot be compiled.
    """
    made = cache / f"appimage-runtime-{_fingerprint()}"
    if made.exists():
        return made
    require_tools(["gcc", "strip"])
    cache.mkdir(parents=True, exist_ok=True)
    unfinished = made.with_suffix(".part")
    libraries = [f"-l{name}" for name in _LIBRARIES]
    command = ["gcc", *_OPTIONS, *_INCLUDES, "runtime.c", "compat/compat.c", *libraries]
    run([*command, "-o", unfinished.resolve()], cwd=SOURCE)
    run(["strip", "--strip-all", unfinished])
    with unfinished.open("r+b") as file:
        file.seek(_MAGIC_AT)
        file.write(MAGIC)
    unfinished.chmod(0o755)
    unfinished.replace(made)
    return made


def _fingerprint() -> str:
    """Differs whenever the source, the options or the libraries do."""
    digest = hashlib.sha256(" ".join((*_OPTIONS, *_LIBRARIES)).encode())
    for file in sorted(path for path in SOURCE.rglob("*") if path.suffix in {".c", ".h", ".ld"}):
        digest.update(file.read_bytes())
    for name in _LIBRARIES:
        archive = Path(f"/usr/lib/{os.uname().machine}-linux-gnu/lib{name}.a")
        digest.update(archive.read_bytes() if archive.exists() else b"")
    return digest.hexdigest()[:16]
