"""A folder of labelled images that belong to no project, to try a model on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from effnet_studio.engine.data.dataset import Dataset, Sample
from effnet_studio.engine.data.sources.layout import recognise
from effnet_studio.engine.data.sources.scan import scan_folder
from effnet_studio.engine.errors import DatasetError
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from effnet_studio.engine.cancel import CancelToken


def outside_dataset(folder: Path, *, cancel: CancelToken | None = None) -> Dataset:
    """Read which images a folder has and what they are, in any layout that can be imported.

    Nothing is opened and nothing written; whatever parts the folder names, all images count as
    test images.

    Args:
        folder: With a sub-folder for each class, or one of the other layouts of
            :mod:`.sources.layout`.
        cancel: Stops the scan.

    Returns:
        The images; widths and heights are not known (0), and the version is empty.

    Raises:
        DatasetError: If there is no such folder, or no image in it has a class.
        Cancelled: If it was stopped.
    """
    root = Path(folder).resolve()
    if not root.is_dir():
        raise DatasetError(
            msg("There is no such folder."), hint=msg("Check the name, or the drive."), path=folder
        )
    found = recognise(scan_folder(root, cancel=cancel), cancel=cancel).candidates
    if not found:
        raise DatasetError(
            msg("No image in this folder has a class."),
            hint=msg("Put the images into one sub-folder for each class."),
            path=folder,
        )
    classes = tuple(sorted({each.label for each in found}))
    numbers = {name: number for number, name in enumerate(classes)}
    ordered = sorted(found, key=lambda each: each.file.relative)
    samples = tuple(
        Sample(number, root / each.file.relative, numbers[each.label], "test", 0, 0)
        for number, each in enumerate(ordered, start=1)
    )
    return Dataset(classes, samples, "")
