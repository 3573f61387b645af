"""How it stands with the pack on this computer: whether it would help, is here, and is used."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from effnet_studio import paths
from effnet_studio.engine.device import supports
from effnet_studio.engine.gpu_pack.activate import Standing, stand, wish_of
from effnet_studio.engine.gpu_pack.fetch import bytes_here
from effnet_studio.engine.gpu_pack.install import DOWNLOADS
from effnet_studio.engine.gpu_pack.installed import Installed, read_installed
from effnet_studio.engine.gpu_pack.manifest import Manifest, load_manifest
from effnet_studio.engine.gpu_pack.trial import Failure, failure_of
from effnet_studio.engine.gpu_pack.upkeep import old_packs

if TYPE_CHECKING:
    from effnet_studio.engine.facts.graphics import GraphicsProbe


class Need(StrEnum):
    """Whether a pack would help."""

    HELPS = "helps"
    """There is a card that it would make usable."""
    NO_CARD = "no-card"
    NO_DRIVER = "no-driver"
    """There is a card; its driver has to be installed first."""
    OLD_DRIVER = "old-driver"
    """There is a card; its driver has to be updated first."""
    OLD_CARD = "old-card"
    """The card is of a generation that this PyTorch has no programs for."""
    PYTHON = "python"
    """The app runs from Python, whose own PyTorch can be replaced."""
    NO_TABLE = "no-table"
    """No pack is made for this system."""


@dataclass(frozen=True)
class PackState:
    """Everything about the pack that is shown.

    Attributes:
        standing: Whether it is here and used.
        need: Whether it would help.
        card: The card it is about; empty: none.
        manifest: What it is made of; None: there is none for this system.
        installed: What is here; None: nothing whole.
        failure: Why it is switched off.
        fetched: Bytes of it that were downloaded before.
        old: Packs of other versions of the app.
    """

    standing: Standing
    need: Need
    card: str = ""
    manifest: Manifest | None = None
    installed: Installed | None = None
    failure: Failure | None = None
    fetched: int = 0
    old: tuple[Installed, ...] = ()

    @property
    def offered(self) -> bool:
        """Whether installing one is advised."""
        missing = self.standing in {Standing.NONE, Standing.OTHER}
        return missing and self.need in {Need.HELPS, Need.NO_DRIVER, Need.OLD_DRIVER}

    @property
    def shown(self) -> bool:
        """Whether there is anything to say or to do about it."""
        here = self.standing not in {Standing.NONE, Standing.NO_TABLE}
        return self.offered or here or bool(self.fetched)


def look_at_pack(probe: GraphicsProbe, *, frozen: bool | None = None) -> PackState:
    """Find out how it stands; nothing is changed.

    Args:
        probe: What was found out about graphics cards.
        frozen: Whether this is an installer's program; None: find out.
    """
    root, manifest = paths.gpu_pack_dir(), load_manifest()
    bundled = paths.is_frozen() if frozen is None else frozen
    card = next(iter((*probe.cards, *probe.nvidia)), None)
    known = manifest is not None and manifest.complete
    folder = None if manifest is None else root / manifest.key
    return PackState(
        standing=stand(manifest, root, frozen=bundled),
        need=need_of(probe, manifest, frozen=bundled or wish_of() == "on"),
        card="" if card is None else card.name,
        manifest=manifest,
        installed=None if folder is None else read_installed(folder),
        failure=failure_of(root),
        fetched=bytes_here(manifest, root / DOWNLOADS) if manifest is not None and known else 0,
        old=old_packs(),
    )


def need_of(probe: GraphicsProbe, manifest: Manifest | None, *, frozen: bool) -> Need:
    """Whether a pack would help on a computer.

    Args:
        probe: What was found out about graphics cards.
        manifest: What a pack is made of; None: there is none for this system.
        frozen: Whether this is an installer's program, or the pack was asked for all the same.
    """
    card = next(iter((*probe.nvidia, *probe.cards)), None)
    driver = bool(probe.driver or probe.driver_cuda)
    if card is None and not driver:
        return Need.NO_CARD
    if manifest is None or not manifest.complete:
        return Need.NO_TABLE
    if not frozen:
        return Need.PYTHON
    generation = None if card is None else card.capability
    if generation is not None and not supports(manifest.architectures, generation):
        return Need.OLD_CARD
    if not driver:
        return Need.NO_DRIVER
    runs, needs = _major(probe.driver_cuda), _major(manifest.cuda)
    # Within one major version a driver runs what was built for a later minor one.
    return Need.OLD_DRIVER if runs and runs < needs else Need.HELPS


def _major(version: str) -> int:
    found = re.match(r"\d+", version)
    return int(found[0]) if found else 0
