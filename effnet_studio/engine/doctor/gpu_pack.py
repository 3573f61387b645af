"""The GPU pack in plain words: whether it is used, and if not, why not and what to do."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from effnet_studio.engine.facts.fact import Fact, Level, Remedy
from effnet_studio.engine.facts.graphics_words import DRIVERS
from effnet_studio.engine.gpu_pack.activate import VARIABLE, Standing
from effnet_studio.engine.gpu_pack.state import Need, PackState
from effnet_studio.engine.messages import Message, msg

if TYPE_CHECKING:
    from effnet_studio.engine.gpu_pack.manifest import Manifest

TITLE: Final = msg("GPU pack")


def pack_fact(state: PackState) -> Fact:
    """What the doctor says of the pack.

    Args:
        state: How it stands.
    """
    said = {
        Standing.USED: _used,
        Standing.READY: _ready,
        Standing.OFF: _off,
        Standing.NOT_ASKED: _not_asked,
        Standing.FAILED: _failed,
    }.get(state.standing, _missing)
    return replace(said(state), remedy=Remedy.GPU_PACK if state.shown else None)


def pack_in_work() -> Fact:
    """What is said of the pack while it is being installed."""
    return _fact(msg("is being installed"), level=Level.ABSENT)


def sizes(manifest: Manifest) -> Message:
    """What a pack costs, in a few words."""
    return msg(
        "{download:.1f} GB to download, {disk:.1f} GB on disk",
        download=manifest.download_bytes / 1e9,
        disk=manifest.unpacked_bytes / 1e9,
    )


def pack_document(state: PackState) -> dict[str, Any]:
    """The same as plain values for JSON."""
    manifest, installed, failure = state.manifest, state.installed, state.failure
    known = manifest is not None and manifest.complete
    return {
        "standing": state.standing.value,
        "need": state.need.value,
        "offered": state.offered,
        "card": state.card,
        "torch": None if manifest is None else manifest.torch,
        "cuda": None if manifest is None else manifest.cuda,
        "download_bytes": manifest.download_bytes if manifest is not None and known else None,
        "disk_bytes": manifest.unpacked_bytes if manifest is not None and known else None,
        "installed_bytes": None if installed is None else installed.size,
        "downloaded_bytes": state.fetched,
        "failed": None if failure is None else failure.when,
        "failure": None if failure is None else failure.reason,
        "old": [{"torch": each.torch, "bytes": each.size} for each in state.old],
    }


def _fact(value: Message, hint: Message | None = None, level: Level = Level.OK) -> Fact:
    return Fact("gpu_pack", TITLE, value, level, hint)


def _used(state: PackState) -> Fact:
    if state.installed is None:
        return _fact(msg("installed, and used"))
    value = msg(
        "installed, and used: PyTorch {torch} with CUDA {cuda}",
        torch=state.installed.torch,
        cuda=state.installed.cuda,
    )
    if state.need is not Need.NO_CARD:
        return _fact(value)
    return _fact(
        value,
        msg(
            "There is no NVIDIA card in this computer now, so the processor computes all the same. "
            "Without the pack, {size:.1f} GB of disk would be free.",
            size=state.installed.size / 1e9,
        ),
    )


def _ready(_: PackState) -> Fact:
    return _fact(
        msg("installed; it is used from the next start of the app on"),
        msg("Close the app and start it again."),
    )


def _off(_: PackState) -> Fact:
    return _fact(
        msg("installed, not used because {variable} switches it off", variable=VARIABLE),
        msg("Remove that variable from the environment, and start the app again."),
    )


def _not_asked(_: PackState) -> Fact:
    return _fact(
        msg("installed, not used because the app runs from Python with a PyTorch of its own"),
        msg("{variable}=on before the command uses it all the same.", variable=VARIABLE),
    )


def _failed(state: PackState) -> Fact:
    value = msg("installed, not used because the app ended while it was being loaded")
    if state.failure is not None and state.failure.reason:
        value = msg(
            "installed, not used because it could not be loaded: {reason}",
            reason=state.failure.reason.rstrip("."),
        )
    hint = msg(
        "The processor computes. Install NVIDIA's newest driver, then try the pack again; if that "
        "does not help, check its files."
    )
    return _fact(value, hint, Level.WARNING)


def _missing(state: PackState) -> Fact:
    if state.standing is Standing.OTHER and state.old:
        old = msg(
            "there is one of an earlier version of the app, for PyTorch {version}, which cannot be "
            "used any more",
            version=state.old[0].torch,
        )
        todo = msg("It can be removed: {size:.1f} GB.", size=state.old[0].size / 1e9)
        if state.offered:
            todo = msg("Add the new GPU pack; the old one is removed then.")
        return _fact(old, todo, Level.ABSENT)
    said = {
        Need.HELPS: msg("not installed; it would help: {card} was found", card=state.card),
        Need.NO_CARD: msg("not needed, as there is no NVIDIA card"),
        Need.NO_DRIVER: msg(
            "not installed; it would help once {card} has a driver", card=state.card
        ),
        Need.OLD_DRIVER: msg("not installed; it would help with a newer driver"),
        Need.OLD_CARD: msg("would not help: {card} is too old for it", card=state.card),
        Need.PYTHON: msg("not needed, as the app runs from Python: its PyTorch itself is replaced"),
        Need.NO_TABLE: msg("there is none for this system yet"),
    }[state.need]
    hint = {
        Need.OLD_CARD: msg("The processor computes; cards from the GeForce 16 series on are used."),
        Need.NO_TABLE: msg("The processor computes."),
    }.get(state.need)
    if state.need is Need.OLD_DRIVER and state.manifest is not None:
        hint = msg(
            "Install NVIDIA's newest driver from {address}, then add the GPU pack: {sizes}.",
            address=DRIVERS,
            sizes=sizes(state.manifest),
        )
    elif state.offered and state.manifest is not None:
        hint = msg("Add the GPU pack: {sizes}.", sizes=sizes(state.manifest))
    needless = state.need in {Need.NO_CARD, Need.PYTHON}
    return _fact(said, hint, Level.OK if needless else Level.ABSENT)
