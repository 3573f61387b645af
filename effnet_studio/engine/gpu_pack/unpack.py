"""Unpacking wheels into a pack's folder, every file compared with the list in its wheel.

Wheels come from other people: no name in them may lead outside of the folder, and none may take
the place of another wheel's file.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import re
import stat
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from effnet_studio.engine.atomic import storage_errors
from effnet_studio.engine.errors import GpuPackError
from effnet_studio.engine.gpu_pack.job import CHUNK
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.events import ProgressMeter

_DEVICES: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""Names that Windows gives no file."""

LONGEST: Final = 140
"""Letters of a path in a wheel."""

_RECORD: Final = re.compile(r"[^/]+\.dist-info/RECORD")

_UNLISTED: Final = (".dist-info/RECORD", ".dist-info/RECORD.jws", ".dist-info/RECORD.p7s")
"""The list itself, and signatures of it."""


def kept(name: str) -> bool:
    """Whether a file of a wheel is needed: sources for compilers are not.

    Neither are paths that Windows could not open below somebody's data folder; only licences of
    parts of parts have such.

    Args:
        name: Path in the wheel.
    """
    deep = len(name) > LONGEST and ".dist-info/licenses/" in name
    return "include" not in PurePosixPath(name).parts[:-1] and not deep


def unpack_wheel(
    wheel: Path, folder: Path, *, meter: ProgressMeter, cancel: CancelToken
) -> dict[str, str]:
    """Unpack one wheel.

    Args:
        wheel: The file, its checksum compared.
        folder: Where it goes.
        meter: Told the bytes that were written.
        cancel: Stops or pauses.

    Returns:
        SHA-256 of the list of its files, by the list's path.

    Raises:
        GpuPackError: If it holds what it should not, or lacks what it should have.
        StorageError: If the disk is full, for instance.
        Cancelled: If stopped.
    """
    with storage_errors(folder):
        try:
            with zipfile.ZipFile(wheel) as archive:
                return _Unpacking(archive, wheel, folder, meter, cancel).run()
        except (zipfile.BadZipFile, EOFError, NotImplementedError) as error:
            raise _bad(wheel, str(error)) from error


def read_record(text: str) -> dict[str, tuple[str, int] | None]:
    """Read a wheel's list of its files.

    Args:
        text: Lines of name, checksum and size.

    Returns:
        SHA-256 as hexadecimal digits and size, by name; None where it tells none, as of itself.

    Raises:
        ValueError: If it cannot be read.
    """
    found: dict[str, tuple[str, int] | None] = {}
    for row in csv.reader(io.StringIO(text)):
        if not row:
            continue
        name, checksum, size = row
        method, _, digest = checksum.partition("=")
        if not checksum:
            found[name] = None
        elif method == "sha256":
            padded = digest + "=" * (-len(digest) % 4)
            found[name] = base64.urlsafe_b64decode(padded).hex(), int(size)
        else:
            raise ValueError(method)
    return found


@dataclass(frozen=True)
class _Unpacking:
    """One wheel that is being unpacked.

    Attributes:
        archive: The open wheel.
        wheel: Its file.
        folder: Where it goes.
        meter: Told the bytes that were written.
        cancel: Stops or pauses.
    """

    archive: zipfile.ZipFile
    wheel: Path
    folder: Path
    meter: ProgressMeter
    cancel: CancelToken

    def run(self) -> dict[str, str]:
        """Unpack; returns the checksum of the list of files, by the list's path."""
        members = [each for each in self.archive.infolist() if not each.is_dir()]
        lists = [each.filename for each in members if _RECORD.fullmatch(each.filename)]
        if len(lists) != 1:
            raise _bad(self.wheel, "RECORD")
        listed = self.archive.read(lists[0])
        try:
            record = read_record(listed.decode())
        except ValueError as error:
            raise _bad(self.wheel, f"RECORD: {error}") from error
        missing = set(record) - {each.filename for each in members}
        if missing:
            raise _bad(self.wheel, f"{min(missing)} is missing")
        for member in members:
            self.cancel.check()
            name = member.filename
            target = self._target(member)
            if record.get(name) is None and not name.endswith(_UNLISTED):
                raise _bad(self.wheel, f"{name} is not in RECORD")
            if kept(name):
                self._write(member, target, record.get(name))
        return {lists[0]: hashlib.sha256(listed).hexdigest()}

    def _write(
        self, member: zipfile.ZipInfo, target: Path, expected: tuple[str, int] | None
    ) -> None:
        digest, size = hashlib.sha256(), 0
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with self.archive.open(member) as stream, target.open("xb") as file:
                while chunk := stream.read(CHUNK):
                    self.cancel.check()
                    digest.update(chunk)
                    file.write(chunk)
                    size += len(chunk)
                    self.meter.advance(len(chunk))
        except FileExistsError as error:
            raise _bad(self.wheel, f"{member.filename} is in another file too") from error
        if expected is not None and expected != (digest.hexdigest(), size):
            raise _bad(self.wheel, f"{member.filename} differs from RECORD")
        runs = (member.external_attr >> 16) & 0o111
        target.chmod(0o755 if runs else 0o644)

    def _target(self, member: zipfile.ZipInfo) -> Path:
        """Where a file goes: nothing outside of the folder, no link, no device."""
        name, mode = member.filename, member.external_attr >> 16
        parts = name.split("/")
        if (
            any(sign in name for sign in ("\\", ":", "\0"))
            or any(not part or part.endswith((".", " ")) for part in parts)  # "..", and more
            or any(_DEVICES.fullmatch(part) for part in parts)
            or stat.S_IFMT(mode) not in {0, stat.S_IFREG}
        ):
            raise _bad(self.wheel, f"the name {name!r} leads elsewhere")
        return self.folder.joinpath(*parts)


def _bad(wheel: Path, reason: str) -> GpuPackError:
    return GpuPackError(
        msg("{name} cannot be installed: {reason}.", name=wheel.name, reason=reason),
        hint=msg("Nothing was installed. Please tell the makers of the app."),
        path=wheel,
    )
