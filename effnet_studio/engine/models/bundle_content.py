"""What is in a bundle of weights, read without trusting it.

A bundle is a ZIP file, nothing packed: ``manifest.json`` and ``weights/<file name>`` for each.
"""

from __future__ import annotations

import contextlib
from typing import IO, TYPE_CHECKING, Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from effnet_studio import __version__
from effnet_studio.engine.data.problems import shown
from effnet_studio.engine.data.sources.archive_members import (
    BROKEN,
    Member,
    TooManyEntries,
    ZipMembers,
    archive_kind,
)
from effnet_studio.engine.errors import WeightsError
from effnet_studio.engine.messages import Message, msg
from effnet_studio.engine.models.download import MOST_BYTES
from effnet_studio.engine.models.published import published_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MANIFEST: Final = "manifest.json"
FOLDER: Final = "weights/"
FORMAT: Final = 1

_MOST_ENTRIES: Final = 1000
_MOST_MANIFEST: Final = 1 << 20


class BundleFile(BaseModel):
    """One weights file in a bundle.

    Attributes:
        name: File name, the same on every computer.
        models: Catalog names of the architectures that use it.
        sha256: Of the whole content, 64 hexadecimal digits.
        size: Bytes.
        source: Where it was published.
        licence: Terms it was published under.
    """

    model_config = ConfigDict(frozen=True, strict=True)

    name: str
    models: Annotated[tuple[str, ...], Field(strict=False)]
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    size: Annotated[int, Field(ge=0, le=MOST_BYTES)]
    source: str
    licence: str


class Manifest(BaseModel):
    """What a bundle says of itself.

    Attributes:
        kind: Tells a bundle from any other ZIP file.
        format: Version of this layout.
        app: Version of the app that wrote it.
        created: When, ISO 8601 in UTC.
        files: Its weights.
    """

    model_config = ConfigDict(frozen=True, strict=True)

    kind: Literal["effnet-studio-weights"] = "effnet-studio-weights"
    format: int = FORMAT
    app: str = __version__
    created: str
    files: Annotated[tuple[BundleFile, ...], Field(strict=False)]


class _Head(BaseModel):
    """What every version of a manifest begins with."""

    kind: Literal["effnet-studio-weights"]
    format: Annotated[int, Field(ge=1)]


def checked(path: Path, stream: IO[bytes]) -> tuple[Manifest, dict[str, Member]]:
    """Read a bundle's manifest, and refuse everything that is not in it or not known.

    Args:
        path: The bundle.
        stream: Its content.

    Returns:
        The manifest, and for each of its file names where the content is; that is not read yet.

    Raises:
        WeightsError: If it is no bundle, of a newer version, or holds anything else.
    """
    try:
        members = list(ZipMembers(stream, most=_MOST_ENTRIES))
    except TooManyEntries as error:
        raise _foreign(path) from error
    by_name = {member.name: member for member in members}
    if MANIFEST not in by_name:
        raise _foreign(path)
    if len(by_name) < len(members):
        raise _harmful(path, msg("two files have the same name"))
    for member in members:
        # What is not packed cannot grow, and the reader has seen that files do not overlap.
        if member.obstacle is not None or member.size != member.packed:
            raise _harmful(path, msg("{file} is no plain file", file=shown(member.name)[:200]))
    manifest = _manifest(path, by_name.pop(MANIFEST))
    known = published_files()
    for file in manifest.files:
        if file.name not in known:
            raise WeightsError(
                msg(
                    "{name} holds weights that this version of the app does not know: {file}.",
                    name=shown(path.name),
                    file=shown(file.name)[:200],
                ),
                hint=msg("Update EffNet Studio, or make the bundle with this version."),
                path=path,
            )
        if not file.sha256.startswith(known[file.name].sha256_prefix):
            raise _harmful(path, msg("{file} is not what was published", file=file.name))
        place = f"{FOLDER}{file.name}"
        if place not in by_name or by_name.pop(place).size != file.size:
            raise damaged(path, msg("{file} is not whole", file=file.name))
    if by_name:
        raise _harmful(
            path, msg("{file} does not belong there", file=shown(next(iter(by_name)))[:200])
        )
    return manifest, {m.name.removeprefix(FOLDER): m for m in members if m.name != MANIFEST}


def _manifest(path: Path, member: Member) -> Manifest:
    if member.size > _MOST_MANIFEST:
        raise _foreign(path)
    text = b"".join(member.blocks())
    try:
        version = _Head.model_validate_json(text).format
        if version <= FORMAT:
            return Manifest.model_validate_json(text)
    except ValidationError as error:
        raise _foreign(path) from error
    raise WeightsError(
        msg("{name} was made by a newer version of the app.", name=shown(path.name)),
        hint=msg("Update EffNet Studio, or make the bundle with this version."),
        path=path,
    )


@contextlib.contextmanager
def reading(path: Path) -> Iterator[IO[bytes]]:
    """Open a bundle, and say in words what is wrong with one that cannot be read.

    Args:
        path: The bundle.

    Yields:
        Its content.

    Raises:
        WeightsError: If it cannot be read, is damaged or no bundle.
    """
    try:
        with path.open("rb") as stream:
            if archive_kind(path) != "zip":
                raise _foreign(path)
            yield stream
    except BROKEN as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise WeightsError(
                msg(
                    "{name} cannot be read: {reason}.",
                    name=shown(path.name),
                    reason=error.strerror or "",
                ),
                hint=msg("Check that its drive is connected and that you may read it."),
                path=path,
            ) from error
        raise damaged(path, " ".join(str(error).split())[:120].rstrip(".")) from error


def _foreign(path: Path) -> WeightsError:
    return WeightsError(
        msg("{name} is no bundle of weights.", name=shown(path.name)),
        hint=msg("Make one with EffNet Studio on a computer that has the weights."),
        path=path,
    )


def damaged(path: Path, reason: Message | str) -> WeightsError:
    """What to raise for a bundle whose content is not what it says."""
    return WeightsError(
        msg("{name} is damaged: {reason}.", name=shown(path.name), reason=reason),
        hint=msg("Copy it again, or make it again; nothing was taken from it."),
        path=path,
    )


def _harmful(path: Path, reason: Message) -> WeightsError:
    return WeightsError(
        msg("{name} was not opened: {reason}.", name=shown(path.name), reason=reason),
        hint=msg("It was not made by EffNet Studio, or was changed; nothing was taken from it."),
        path=path,
    )
