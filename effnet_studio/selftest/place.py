"""Where a self-test works: folders of its own, so that nothing of the user's is touched."""

from __future__ import annotations

import contextlib
import os
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from effnet_studio.engine import atomic
from effnet_studio.gui.settings import Settings
from effnet_studio.paths import CACHE_VARIABLE, DATA_VARIABLE

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Place:
    """The folders of one self-test.

    Attributes:
        root: Above all others.
    """

    root: Path

    @property
    def data(self) -> Path:
        """Settings, journal of connections, history."""
        return self.root / "data"

    @property
    def cache(self) -> Path:
        """The sample, and whatever can be made again."""
        return self.root / "cache"

    @property
    def projects(self) -> Path:
        """Where the sample's project is made."""
        return self.root / "projects"


@contextlib.contextmanager
def own_place(keep: Path | None) -> Iterator[Place]:
    """Have the app use empty folders of its own for a while.

    Args:
        keep: Where they are made, and stay, in a new folder named by the time; None: they are
            temporary and deleted at the end.

    Yields:
        The folders.

    Raises:
        StorageError: If they cannot be made.
    """
    with contextlib.ExitStack() as stack:
        if keep is None:
            with atomic.storage_errors(Path(tempfile.gettempdir())):
                made = tempfile.TemporaryDirectory(
                    prefix="effnet-self-test-", ignore_cleanup_errors=True
                )
            root = Path(stack.enter_context(made))
        else:
            root = keep.absolute() / f"self-test-{datetime.now().astimezone():%Y%m%d-%H%M%S}"
        place = Place(root)
        for folder in (place.data, place.cache, place.projects):
            with atomic.storage_errors(folder):
                folder.mkdir(parents=True, exist_ok=True)
        wanted = {DATA_VARIABLE: str(place.data), CACHE_VARIABLE: str(place.cache)}
        stack.enter_context(_environment(wanted))
        settings = Settings()
        settings.set_value("projects_folder", str(place.projects))
        settings.wait_until_written()
        yield place


@contextlib.contextmanager
def _environment(wanted: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
