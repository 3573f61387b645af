"""What the window does with the shelf of pre-trained weights; called in jobs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from effnet_studio.engine.events import Noted, ProgressMeter, Stage
from effnet_studio.engine.messages import Message

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.events import OnEvent
    from effnet_studio.engine.models.shelf import ShelfEntry


class ShelfWork(StrEnum):
    """Kinds of jobs on the shelf; only one of them runs at a time."""

    DOWNLOAD = "weights_download"
    CHECK = "weights_check"
    BUNDLE = "weights_bundle"
    IMPORT = "weights_import"


@dataclass(frozen=True)
class Downloaded:
    """What was downloaded, or was here already and is whole.

    Attributes:
        names: Catalog names.
    """

    names: tuple[str, ...]


@dataclass(frozen=True)
class Checked:
    """What the checksums say.

    Attributes:
        entries: One for each architecture.
    """

    entries: tuple[ShelfEntry, ...]


@dataclass(frozen=True)
class Bundled:
    """What was written.

    Attributes:
        path: The bundle.
        files: How many weights are in it.
        size: Their bytes.
        missing: Catalog names whose weights are not on this disk and so not in it.
    """

    path: Path
    files: int
    size: int
    missing: tuple[str, ...]


@dataclass(frozen=True)
class TakenIn:
    """What a bundle brought.

    Attributes:
        added: How many weights are new on this disk.
        present: How many were there already.
    """

    added: int
    present: int


def look(doubtful: tuple[str, ...] = ()) -> tuple[ShelfEntry, ...]:
    """Look which weights are on this disk.

    Args:
        doubtful: Catalog names of which files are read and checked, as they were damaged before.

    Returns:
        One entry for each architecture.
    """
    from effnet_studio.engine.models import shelf

    checked = {entry.file.model: entry for entry in shelf.look(doubtful, verify=True)}
    return tuple(checked.get(entry.file.model, entry) for entry in shelf.look())


def check(*, on_event: OnEvent, cancel: CancelToken) -> Checked:
    """Read all weights on this disk and compare their checksums."""
    from effnet_studio.engine.models import shelf

    entries = {entry.file.model: entry for entry in shelf.look()}
    here = [entry for entry in entries.values() if entry.state == "here"]
    meter = ProgressMeter(Stage.VERIFY, len(here), on_event, unit="files")
    for entry in here:
        on_event(Noted(Message(entry.title)))
        (checked,) = shelf.look([entry.file.model], verify=True, cancel=cancel)
        entries[entry.file.model] = checked
        meter.advance()
    meter.finish()
    return Checked(tuple(entries.values()))


def download(names: tuple[str, ...], *, on_event: OnEvent, cancel: CancelToken) -> Downloaded:
    """Download weights one after the other; what is whole already is only checked.

    Args:
        names: Catalog names.
        on_event: Told which one is coming, and its bytes.
        cancel: Stops; what has come stays for the next time.

    Returns:
        What was asked for.

    Raises:
        WeightsError: If one cannot be had; those before it stay.
        Cancelled: If stopped.
    """
    from effnet_studio.engine.models.catalog import get_spec
    from effnet_studio.engine.models.weights import resolve_weights

    for number, spec in enumerate(map(get_spec, names), start=1):
        place = f" ({number}/{len(names)})" if len(names) > 1 else ""
        on_event(Noted(Message(f"{spec.title}{place}")))
        resolve_weights(spec, "imagenet", on_event=on_event, cancel=cancel)
    return Downloaded(names)


def make_bundle(
    names: tuple[str, ...], path: Path, *, on_event: OnEvent, cancel: CancelToken
) -> Bundled:
    """Write weights into one file; as the engine's ``export_bundle``."""
    from effnet_studio.engine.models.bundle import export_bundle

    made = export_bundle(names, path, on_event=on_event, cancel=cancel)
    return Bundled(path, len(made.files), sum(file.size for file in made.files), made.missing)


def take_in(path: Path, *, on_event: OnEvent, cancel: CancelToken) -> TakenIn:
    """Take the weights out of a bundle; as the engine's ``import_bundle``."""
    from effnet_studio.engine.models.bundle import import_bundle

    done = import_bundle(path, on_event=on_event, cancel=cancel)
    return TakenIn(len(done.added), len(done.present))
