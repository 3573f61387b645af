"""What the steps of an installation share."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from effnet_studio.engine.atomic import storage_errors
from effnet_studio.engine.events import ProgressMeter, Stage

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from typing import IO

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.events import OnEvent
    from effnet_studio.engine.gpu_pack.manifest import Manifest, Wheel

CHUNK: Final = 1 << 20
"""Bytes that are read at once."""


@dataclass(frozen=True)
class Job:
    """What every step is given.

    Attributes:
        manifest: What is installed.
        downloads: Where files are put that come from elsewhere.
        on_event: Told the progress.
        cancel: Stops or pauses.
    """

    manifest: Manifest
    downloads: Path
    on_event: OnEvent
    cancel: CancelToken

    def place(self, wheel: Wheel) -> Path:
        """Where a file is put."""
        return self.downloads / wheel.file

    def part(self, wheel: Wheel) -> Path:
        """Where it is as long as it is not whole."""
        return self.downloads / f"{wheel.file}.part"

    def check_meter(self, wheels: Iterable[Wheel]) -> ProgressMeter:
        """Reports how far the checking of files is."""
        total = sum(wheel.size for wheel in wheels)
        return ProgressMeter(Stage.CHECK, total, self.on_event, unit="bytes")

    def checksum(
        self, stream: IO[bytes], meter: ProgressMeter, target: IO[bytes] | None = None
    ) -> str:
        """Read a file to its end.

        Args:
            stream: The open file.
            meter: Told what was read.
            target: Where it is written too.

        Returns:
            The SHA-256 of what was read.

        Raises:
            Cancelled: If stopped.
        """
        digest = hashlib.sha256()
        while chunk := stream.read(CHUNK):
            self.cancel.check()
            digest.update(chunk)
            if target is not None:
                target.write(chunk)
            meter.advance(len(chunk))
        return digest.hexdigest()

    def matches(self, file: Path, wheel: Wheel, meter: ProgressMeter) -> bool:
        """Whether a file has the right content.

        Raises:
            StorageError: If it cannot be read.
            Cancelled: If stopped.
        """
        if size_of(file) != wheel.size:
            return False
        with storage_errors(file), file.open("rb") as stream:
            return self.checksum(stream, meter) == wheel.sha256


def size_of(file: Path) -> int:
    """Bytes of a file; 0 if there is none."""
    try:
        return file.stat().st_size
    except OSError:
        return 0


def free_bytes(folder: Path) -> int:
    """Free space on the drive of a folder that exists."""
    return shutil.disk_usage(folder).free
