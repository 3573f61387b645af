"""Which files the libraries publish: names, addresses, checksums, terms."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from effnet_studio.engine.errors import WeightsError
from effnet_studio.engine.models.catalog import CATALOG
from effnet_studio.engine.models.download import sha256_prefix_of
from effnet_studio.engine.torchvision_compat import import_torchvision

if TYPE_CHECKING:
    from effnet_studio.engine.models.spec import ModelSpec


@dataclass(frozen=True)
class PublishedFile:
    """A weights file as its library publishes it.

    Attributes:
        model: Catalog name of the architecture.
        name: File name, the same on every computer.
        sha256_prefix: Hexadecimal digits that its SHA-256 begins with, up to 64; empty where the
            library tells none.
        source: Address that the library names, whatever mirror is used.
        licence: Terms it is published under, for people.
    """

    model: str
    name: str
    sha256_prefix: str
    source: str
    licence: str


def published_file(spec: ModelSpec) -> PublishedFile:
    """What a library publishes for an architecture.

    Args:
        spec: The architecture.

    Returns:
        Its ImageNet weights. Where a library names all its files alike, the name is made of that
        of the weights.
    """
    source = spec.weights_url or import_torchvision("models").get_weight(spec.weights).url
    name = PurePosixPath(source).name
    try:
        checksum = sha256_prefix_of(name)
    except WeightsError:
        checksum, name = "", f"{spec.weights}{PurePosixPath(name).suffix}"
    return PublishedFile(spec.name, name, checksum, source, spec.licence)


def published_files() -> dict[str, PublishedFile]:
    """Every file that the catalog's architectures use, by its name."""
    return {file.name: file for file in map(published_file, CATALOG.values())}
