"""The table of files that make up the GPU pack of a system, as it is shipped with the app."""

from __future__ import annotations

import json
import platform
import sys
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from effnet_studio import paths
from effnet_studio.engine.errors import GpuPackError
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from pathlib import Path

FORMAT: Final = 1

_SYSTEMS: Final = {"Linux": "linux", "Windows": "windows", "Darwin": "macos"}
_MACHINES: Final = {"amd64": "x86_64", "aarch64": "arm64"}


@dataclass(frozen=True)
class Wheel:
    """One file of a pack.

    Attributes:
        name: Of the package, as its maker writes it.
        version: Of the package.
        file: Name of the file.
        path: Where it is below the manifest's base address.
        size: Bytes of the file.
        sha256: Of its content.
        unpacked: Bytes of what is kept of its content.
    """

    name: str
    version: str
    file: str
    path: str
    size: int
    sha256: str
    unpacked: int


@dataclass(frozen=True)
class Manifest:
    """What a pack is made of.

    Attributes:
        torch: Version of PyTorch; the pack replaces exactly this one.
        cuda: CUDA version it was built for.
        python: Such as ``cp311``.
        system: Such as ``linux-x86_64``.
        base: Address below which the files are.
        architectures: Card generations it has programs for, such as ``sm_86``.
        wheels: The files; none as long as the table was not filled in for this system.
    """

    torch: str
    cuda: str
    python: str
    system: str
    base: str
    architectures: tuple[str, ...]
    wheels: tuple[Wheel, ...]

    @property
    def key(self) -> str:
        """Names the folder of the installed pack."""
        return f"torch-{self.torch}-{self.python}-{self.system}"

    @property
    def complete(self) -> bool:
        """Whether the files are known."""
        return bool(self.wheels)

    @property
    def download_bytes(self) -> int:
        """All files together."""
        return sum(wheel.size for wheel in self.wheels)

    @property
    def unpacked_bytes(self) -> int:
        """What the installed pack takes on disk."""
        return sum(wheel.unpacked for wheel in self.wheels)

    def address(self, wheel: Wheel) -> str:
        """Where a file can be downloaded."""
        return f"{self.base.rstrip('/')}/{wheel.path}"


def this_system() -> str:
    """The system and processor that packs are made for, such as ``linux-x86_64``."""
    system, machine = platform.system(), platform.machine().lower()
    return f"{_SYSTEMS.get(system, system.lower())}-{_MACHINES.get(machine, machine)}"


def this_python() -> str:
    """The Python that packs are made for, such as ``cp311``."""
    return f"cp{sys.version_info[0]}{sys.version_info[1]}"


def manifest_file() -> Path:
    """Where the table for this system is, if there is one."""
    return paths.resources_dir() / "gpu_pack" / f"{this_system()}-{this_python()}.json"


def load_manifest(file: Path | None = None) -> Manifest | None:
    """Read a table.

    Args:
        file: The table; None: the one for this system.

    Returns:
        What it says; None if there is none.

    Raises:
        GpuPackError: If it is damaged.
    """
    place = file or manifest_file()
    try:
        text = place.read_text(encoding="utf-8")
    except OSError:
        return None
    try:
        return _read(json.loads(text))
    except (ValueError, TypeError, KeyError) as error:
        raise GpuPackError(
            msg("The list of the GPU pack's files is damaged: {reason}", reason=str(error)),
            hint=msg("Install the app anew."),
            path=place,
        ) from error


def _read(table: dict[str, Any]) -> Manifest:
    if table["format"] != FORMAT:
        raise ValueError(f"format {table['format']}")
    wheels = tuple(Wheel(**row) for row in table["files"])
    for wheel in wheels:
        if PurePosixPath(wheel.file).name != wheel.file or len(wheel.sha256) != 64:
            raise ValueError(wheel.file)
    return Manifest(
        torch=table["torch"],
        cuda=table["cuda"],
        python=table["python"],
        system=table["system"],
        base=table["base"],
        architectures=tuple(table["architectures"]),
        wheels=wheels,
    )
