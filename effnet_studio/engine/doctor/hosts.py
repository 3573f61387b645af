"""Which other computers the app can ever ask, what for, and which it has asked."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from effnet_studio.engine.connections import Connection, Purpose
from effnet_studio.engine.errors import WeightsError
from effnet_studio.engine.export.converters.index_notes import FILES, INDEX
from effnet_studio.engine.gpu_pack.fetch import PACK_MIRROR_VARIABLE
from effnet_studio.engine.messages import Message, msg
from effnet_studio.engine.models.network import (
    DIRECT,
    MIRROR_VARIABLE,
    PROXY_VARIABLE,
    host_of,
    proxy_in_use,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True)
class Host:
    """A computer that the app may ask.

    Attributes:
        name: Of the computer.
        why: When, and what for.
        purposes: The same as in the journal.
    """

    name: str
    why: Message
    purposes: tuple[Purpose, ...]


_WEIGHTS: Final = (Purpose.WEIGHTS, Purpose.CHECK)

HOSTS: Final = (
    Host(
        "download.pytorch.org",
        msg("Pre-trained weights of torchvision's models, when they are first needed."),
        _WEIGHTS,
    ),
    Host(
        "github.com",
        msg("Pre-trained weights of some of timm's models, when they are first needed."),
        _WEIGHTS,
    ),
    Host(
        "huggingface.co",
        msg("Pre-trained weights of one of timm's models, when they are first needed."),
        _WEIGHTS,
    ),
    Host(
        INDEX,
        msg("Converters for LiteRT, ExecuTorch and Core ML, when one is first exported to."),
        (Purpose.CONVERTER,),
    ),
    Host(
        FILES,
        msg("The files of these converters, and of the GPU pack when you ask for it."),
        (Purpose.CONVERTER, Purpose.GPU_PACK),
    ),
)
"""All of them. A test compares the list with the addresses in the catalog."""

ONWARD: Final = msg("Where one of the others keeps its files and sent the app on to.")


@dataclass(frozen=True)
class HostUse:
    """A computer, and whether it was asked.

    Attributes:
        host: The computer.
        last: The newest connection to it; None: never.
        times: How many connections the journal has.
        received: Bytes of content that came, of these.
    """

    host: Host
    last: Connection | None
    times: int
    received: int


def hosts_in_use(
    connections: Iterable[Connection], environment: Mapping[str, str] | None = None
) -> tuple[HostUse, ...]:
    """Every computer that can be asked or was asked.

    Args:
        connections: The journal, the newest first.
        environment: Variables with the user's proxy and mirror; None: those of this process.

    Returns:
        The user's own first, then those of the list, then others of the journal.
    """
    asked: dict[str, list[Connection]] = {}
    for each in connections:
        asked.setdefault(each.host, []).append(each)
    known = (*_chosen(os.environ if environment is None else environment), *HOSTS)
    names = {host.name for host in known}
    others = [
        Host(name, ONWARD, tuple(dict.fromkeys(each.purpose for each in found)))
        for name, found in asked.items()
        if name not in names
    ]
    return tuple(_use(host, asked.get(host.name, [])) for host in (*known, *others))


def proxy_of(environment: Mapping[str, str] | None = None) -> str:
    """Host and port of the proxy that downloads go through; empty: none."""
    wish = (os.environ if environment is None else environment).get(PROXY_VARIABLE, "").strip()
    if wish.lower() == DIRECT:
        return ""
    try:
        return proxy_in_use("https://download.pytorch.org/", wish or None) or ""
    except WeightsError:
        return ""  # it cannot be used, so nothing goes through it


def _chosen(environment: Mapping[str, str]) -> tuple[Host, ...]:
    mirrors = (
        (
            MIRROR_VARIABLE,
            msg("The mirror for pre-trained weights, as chosen in the settings."),
            (*_WEIGHTS, Purpose.GPU_PACK),
        ),
        (PACK_MIRROR_VARIABLE, msg("The mirror for the GPU pack."), (Purpose.GPU_PACK,)),
    )
    found: dict[str, Host] = {}
    for variable, why, purposes in mirrors:
        name = host_of(environment.get(variable, "").strip())
        if name:
            found.setdefault(name, Host(name, why, purposes))
    return tuple(found.values())


def _use(host: Host, found: list[Connection]) -> HostUse:
    return HostUse(
        host,
        found[0] if found else None,
        len(found),
        sum(each.received for each in found),
    )
