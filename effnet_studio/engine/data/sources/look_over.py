"""Whether a folder can become a dataset, by the names in it alone; no picture is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from effnet_studio.engine.data.sources.advice import count_classes
from effnet_studio.engine.data.sources.layout import recognise
from effnet_studio.engine.data.sources.scan import scan_folder
from effnet_studio.engine.events import OnEvent, ignore

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.engine.cancel import CancelToken


def look_over(
    folder: Path, *, on_event: OnEvent = ignore, cancel: CancelToken | None = None
) -> dict[str, int]:
    """Count the images of each class, before anything is made for them.

    Args:
        folder: May become a dataset.
        on_event: Hears nothing: it is over soon.
        cancel: Stops the look.

    Returns:
        Class name to number of files that are called like images.

    Raises:
        DatasetError: If there is nothing to train on, with the reason in words.
        Cancelled: If it was stopped.
    """
    del on_event
    listing = scan_folder(folder.absolute(), cancel=cancel)
    layout = recognise(listing, cancel=cancel)
    return count_classes(listing, layout, layout.candidates, [])
