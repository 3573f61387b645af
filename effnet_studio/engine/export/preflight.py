"""What can be known before an export begins: a minute of work must not end in a full disk."""

from __future__ import annotations

import contextlib
import json
import shutil
import tempfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from effnet_studio.engine import atomic
from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.errors import ExportError, ModelError, StorageError
from effnet_studio.engine.events import OnEvent, Warned, ignore
from effnet_studio.engine.messages import msg
from effnet_studio.engine.predict.reject_option import REJECTION_FILE, RejectOption
from effnet_studio.engine.training.runs import BEST_FILE, weights_digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from effnet_studio.engine.data.dataset import Dataset, Sample
    from effnet_studio.engine.predict.torch_predictor import TorchPredictor
    from effnet_studio.engine.project import Project

LEAST_CALIBRATION: Final = 8
"""Training images below which 8-bit ranges are hardly better than guessed."""

_SPARE: Final = 16_000_000
"""Bytes beside the copies of the weights: graph, programs, records, and what others write."""

_LISTED: Final = 5
"""Names in a sentence; of the others it is said that there are some."""

_BETWEEN_CHECKS: Final = 256
"""Files looked for between two questions whether to stop."""


@dataclass(frozen=True)
class Needs:
    """What an export takes.

    Attributes:
        copies: Space on the disk at its fullest, in sizes of the 32-bit weights.
        calibrates: Whether ranges for 8 bits are chosen on training images.
    """

    copies: float = 2.0
    calibrates: bool = False


def preflight(
    project: Project,
    run_dir: Path,
    app: TorchPredictor,
    dataset: Dataset,
    *,
    needs: Needs,
    folder: Path | None = None,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> None:
    """Make sure that an export can succeed, and say what will be less than it could be.

    Args:
        project: The project.
        run_dir: The training.
        app: Its model.
        dataset: The project's images.
        needs: Of the format.
        folder: Where the files are to lie; None: inside the project.
        on_event: Hears a :class:`Warned` for each thing that is not as it should be.
        cancel: Stops the search for missing images.

    Raises:
        ProjectError: If nothing may be written into the project.
        StorageError: If the folder cannot be written, or the disk is too full.
        ModelError: If the weights are not all numbers.
        ExportError: If the folder is a file, no image is left to compare on, or none to choose
            8-bit ranges by.
        Cancelled: If the job was asked to stop.
    """
    token = cancel or CancelToken()
    place = require_place(project, folder)
    require_space(place, space_needed(run_dir, needs))
    require_finite(app)
    warn_of_threshold(run_dir, app, on_event)
    warn_of_classes(app.classes, dataset, on_event)
    require_comparison(app.classes, dataset, on_event, token)
    if needs.calibrates:
        require_calibration(app.classes, dataset, on_event, token)


def require_place(project: Project, folder: Path | None) -> Path:
    """Make sure that files can be written into a folder, which need not exist yet.

    Args:
        project: The project.
        folder: The folder; None: inside the project.

    Returns:
        The folder, or the nearest above it that exists.

    Raises:
        ProjectError: If it is inside a project that is open for reading only.
        ExportError: If a file is in its place.
        StorageError: If it cannot be written.
    """
    if folder is None:
        project.require_writable()
    wanted = (project.exports_dir if folder is None else folder).absolute()
    place = next(path for path in (wanted, *wanted.parents) if path.exists())
    if not place.is_dir():
        raise ExportError(
            msg("{path} is a file, not a folder.", path=str(place)),
            hint=msg("Choose a folder for the exported files."),
            path=place,
        )
    # Asking for the rights is not enough: drives, shares and containers have rules of their own.
    with (
        atomic.storage_errors(place),
        tempfile.TemporaryDirectory(dir=place, prefix=atomic.TEMPORARY_PREFIX),
    ):
        pass
    return place


def space_needed(run_dir: Path, needs: Needs) -> int:
    """Bytes that an export takes on the disk at its fullest.

    Args:
        run_dir: The training; its weights are kept in 32 bits.
        needs: Of the format.

    Raises:
        StorageError: If the weights cannot be reached.
    """
    file = run_dir / BEST_FILE
    with atomic.storage_errors(file):
        return int(needs.copies * file.stat().st_size) + _SPARE


def require_space(folder: Path, needed: int) -> None:
    """Make sure that so much fits on the disk.

    Args:
        folder: One that exists, on that disk.
        needed: Bytes.

    Raises:
        StorageError: If it does not.
    """
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        return  # some network drives do not say; writing will tell
    if free < needed:
        raise StorageError(
            msg(
                "The disk is too full: the export needs {size:.0f} MB, and {free:.0f} MB are free.",
                size=needed / 1e6,
                free=free / 1e6,
            ),
            hint=msg("Free some space in {folder}.", folder=str(folder)),
            path=folder,
        )


def require_finite(app: TorchPredictor) -> None:
    """Make sure that all weights are numbers: a file of others answers nonsense, or nothing.

    Args:
        app: The model.

    Raises:
        ModelError: If they are not; it names the layers.
    """
    with app.exclusive() as model:
        spoilt = [
            name.rpartition(".")[0]
            for name, tensor in model.state_dict().items()
            if tensor.is_floating_point() and not bool(tensor.isfinite().all())
        ]
    if spoilt:
        raise ModelError(
            msg(
                "Some weights of the model are not numbers any more, in the layers {layers}.",
                layers=_listed(dict.fromkeys(spoilt)),
            ),
            hint=msg("The training went astray: train again, with a lower learning rate."),
            path=app.path,
        )


def warn_of_threshold(run_dir: Path, app: TorchPredictor, on_event: OnEvent) -> None:
    """Say it when a threshold for "none of these" was chosen, but not for these weights."""
    file = run_dir / REJECTION_FILE
    if app.reject is not None or not file.exists():
        return
    try:
        chosen = RejectOption.from_json(json.loads(file.read_text(encoding="utf-8")))
        earlier = chosen.weights != weights_digest(run_dir / BEST_FILE)
    except (OSError, ValueError, TypeError):
        earlier = False
    on_event(
        Warned(
            msg(
                'The threshold for "none of these" was chosen before the model learned more; the '
                "file answers every image."
            )
            if earlier
            else msg(
                'The threshold for "none of these" cannot be read; the file answers every image.'
            ),
            hint=msg("Choose the threshold again under Evaluate, then export."),
            path=file,
        )
    )


def warn_of_classes(classes: Sequence[str], dataset: Dataset, on_event: OnEvent) -> None:
    """Say it when the images have other classes than the model.

    Args:
        classes: Those of the model.
        dataset: The images; classes without any are not among its own.
        on_event: Hears it.
    """
    gone = [name for name in classes if name not in dataset.classes]
    new = [name for name in dataset.classes if name not in classes]
    if gone:
        on_event(
            Warned(
                msg(
                    "The model knows classes of which there are no images any more: {names}.",
                    names=_listed(gone),
                ),
                hint=msg("The file keeps them. Train again if they were renamed or removed."),
            )
        )
    if new:
        on_event(
            Warned(
                msg("The model has never learned these classes: {names}.", names=_listed(new)),
                hint=msg("The file cannot give them as an answer. Train again to add them."),
            )
        )


def require_comparison(
    classes: Sequence[str], dataset: Dataset, on_event: OnEvent, cancel: CancelToken
) -> None:
    """Make sure that there are images to compare file and app on.

    Args:
        classes: Those of the model.
        dataset: The images.
        on_event: Hears of missing files, and of classes without validation images.
        cancel: Stops the search.

    Raises:
        ExportError: If not a single image is there.
        Cancelled: If the job was asked to stop.
    """
    held = dataset.subset("val")
    samples = held or dataset.samples
    missing = _missing(samples, cancel)
    if missing == len(samples):
        raise ExportError(
            msg("None of the {count} validation images can be read.", count=len(samples)),
            hint=msg("Check that the drive is connected and the folder still exists."),
        )
    if missing:
        on_event(
            Warned(
                msg(
                    "{missing} of {count} validation images are gone; the file is compared on the "
                    "others.",
                    missing=missing,
                    count=len(samples),
                ),
                hint=msg("Check that the drive is connected and the folder still exists."),
            )
        )
    if not held:
        on_event(
            Warned(
                msg("There are no validation images; the file is compared on all images instead."),
                hint=msg("Import the folder again with a share for validation."),
            )
        )
        return
    unseen = _without_images(classes, dataset, held)
    if unseen:
        on_event(
            Warned(
                msg(
                    "There are no validation images of {names}: nothing shows how well the file "
                    "knows them.",
                    names=_listed(unseen),
                ),
                hint=msg("Move some of their images to validation."),
            )
        )


def require_calibration(
    classes: Sequence[str], dataset: Dataset, on_event: OnEvent, cancel: CancelToken
) -> None:
    """Make sure that there are training images to choose 8-bit ranges by.

    Args:
        classes: Those of the model.
        dataset: The images.
        on_event: Hears it when they are few, or lack a class.
        cancel: Stops the search for missing files.

    Raises:
        ExportError: If there are none.
        Cancelled: If the job was asked to stop.
    """
    learned = dataset.subset("train")
    count = len(learned) - _missing(learned, cancel)
    if not count:
        raise ExportError(
            msg("There are no training images to choose the 8-bit ranges by."),
            hint=msg("Bring them back, or export in 32 bits, which needs none."),
        )
    advice = msg("Add training images; if the file loses too much accuracy, export in 32 bits.")
    if count < max(LEAST_CALIBRATION, len(classes)):
        on_event(
            Warned(
                msg(
                    "There are only {count} training images to choose the 8-bit ranges by.",
                    count=count,
                ),
                hint=advice,
            )
        )
    unseen = _without_images(classes, dataset, learned)
    if unseen:
        on_event(
            Warned(
                msg(
                    "There are no training images of {names}; the 8-bit ranges are chosen without "
                    "them.",
                    names=_listed(unseen),
                ),
                hint=advice,
            )
        )


def _without_images(
    classes: Sequence[str], dataset: Dataset, samples: Sequence[Sample]
) -> list[str]:
    """Classes of the model that exist, but are not among these images."""
    shown = {dataset.classes[sample.label] for sample in samples}
    return [name for name in classes if name in dataset.classes and name not in shown]


def _missing(samples: Sequence[Sample], cancel: CancelToken) -> int:
    """How many of the files are not there."""
    missing = 0
    for number, sample in enumerate(samples):
        if number % _BETWEEN_CHECKS == 0:
            cancel.check()
        there = False
        with contextlib.suppress(OSError):
            there = sample.path.is_file()
        missing += not there
    return missing


def _listed(names: Iterable[str]) -> str:
    """The first few names."""
    given = list(names)
    return ", ".join(given[:_LISTED]) + (" …" if len(given) > _LISTED else "")
