"""Whether an exported file is still what the project would export now; read without torch."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from effnet_studio.engine.export.certificate.record import one_line
from effnet_studio.engine.messages import msg
from effnet_studio.engine.predict.reject_option import read_reject_option
from effnet_studio.engine.training.runs import BEST_FILE, weights_digest, weights_state

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.engine.data.dataset import Dataset
    from effnet_studio.engine.export.certificate.record import ExportResult
    from effnet_studio.engine.messages import Message
    from effnet_studio.engine.predict.reject_option import RejectOption


def stale_reasons(
    result: ExportResult, run_dir: Path, dataset: Dataset | None = None
) -> tuple[Message, ...]:
    """Say what has changed in a project since a file was exported from it.

    Takes as long as it takes to read the run's weights the first time, then nothing.

    Args:
        result: The export.
        run_dir: Folder of the training it came from; it need not exist any more.
        dataset: The project's images; None: they are not looked at.

    Returns:
        A sentence for each change; none if the file is still up to date.
    """
    weights = _weights_of(run_dir)
    reasons: tuple[Message, ...]
    if weights is None:
        reasons = (msg("The training it came from is not in the project any more."),)
    elif weights != result.weights:  # a threshold for other weights says nothing of these
        reasons = (msg("The model has learned more since; the file has the earlier weights."),)
    else:
        reasons = _of_threshold(result, read_reject_option(run_dir, weights=weights))
    return reasons if dataset is None else reasons + _of_images(result, dataset)


def _of_threshold(result: ExportResult, now: RejectOption | None) -> tuple[Message, ...]:
    """What is different about "none of these"."""
    before = result.reject
    if before is None:
        if now is None:
            return ()
        return (
            msg(
                'A threshold for "none of these" was chosen since; the file answers every image.',
            ),
        )
    used = f"{float(before['threshold']):.4g}"
    if now is None:
        return (
            msg(
                'The threshold for "none of these" was taken back since; the file still has '
                "{used}.",
                used=used,
            ),
        )
    if (before["score"], float(before["threshold"])) == (now.score.value, now.threshold):
        return ()
    return (
        msg(
            'The threshold for "none of these" is {chosen} now; the file has {used}.',
            chosen=f"{now.threshold:.4g}",
            used=used,
        ),
    )


def _of_images(result: ExportResult, dataset: Dataset) -> tuple[Message, ...]:
    """What is different about the images and their classes."""
    if dataset.version == result.dataset_version:
        return ()
    today = [one_line(name) for name in dataset.classes]
    try:
        inside = result.labels_file.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        inside = today  # somebody took it away; the file still has them inside
    gone = tuple(name for name in inside if name not in today)
    new = tuple(name for name in today if name not in inside)
    reasons: tuple[Message, ...] = ()
    if gone:
        reasons += (
            msg("Classes were renamed, removed or emptied since: {names}.", names=", ".join(gone)),
        )
    if new:
        reasons += (msg("Classes were added since: {names}.", names=", ".join(new)),)
    return reasons or (
        msg("Images or labels have changed since; the certificate speaks of those before."),
    )


def _weights_of(run_dir: Path) -> str | None:
    """SHA-256 of a run's weights; None if there are none."""
    state = weights_state(run_dir)
    if state is None:
        return None
    try:
        return _digest(run_dir / BEST_FILE, *state)
    except OSError:
        return None


@lru_cache(maxsize=64)
def _digest(file: Path, size: int, changed: int) -> str:
    """Read only once for each size and time of change."""
    del size, changed
    return weights_digest(file)
