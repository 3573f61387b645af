"""Whether an exported file is still what the project would export now; read without torch."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from effnet_studio.engine.messages import msg
from effnet_studio.engine.predict.reject_option import RejectOption, read_reject_option
from effnet_studio.engine.training.runs import BEST_FILE, weights_digest, weights_state

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from effnet_studio.engine.export.certificate.record import ExportResult
    from effnet_studio.engine.messages import Message

_CLOCK: Final = 2.0
"""Seconds by which a file's time may be late: the record has whole ones, some drives even ones."""


def stale_reasons(
    result: ExportResult, run_dir: Path, classes: Sequence[str] | None = None
) -> tuple[Message, ...]:
    """Say what has changed in a project since a file was exported from it.

    Takes some hundredths of a second the first time for a run's weights, then nothing.

    Args:
        result: The export.
        run_dir: Folder of the training it came from; it need not exist any more.
        classes: Names of the classes of the project's images; None: they are not looked at.

    Returns:
        A sentence for each change; none if the file is still up to date.
    """
    digest = _digest_of(run_dir)
    if digest is None:
        return (msg("The training it came from is not in the project any more."),)
    reasons: tuple[Message, ...] = ()
    if _learned_more(result, run_dir, digest):  # a threshold for other weights says nothing
        reasons = (msg("The model has learned more since; the file has the earlier weights."),)
    else:
        reasons = _of_threshold(result, read_reject_option(run_dir, weights=digest))
    return reasons if classes is None else reasons + _of_classes(result, classes)


def _learned_more(result: ExportResult, run_dir: Path, digest: str) -> bool:
    """Whether the run's weights are others than those of the file."""
    if result.reject is not None and result.reject.get("weights"):
        return bool(result.reject["weights"] != digest)
    state = weights_state(run_dir)
    try:
        exported = datetime.fromisoformat(result.created).timestamp()
        # Both, as neither is certain: copies of a project may have new times, the same for all.
        exported = max(exported, result.file.stat().st_mtime)
    except (OSError, ValueError):
        return False
    return state is not None and state[1] / 1e9 > exported + _CLOCK


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


def _of_classes(result: ExportResult, classes: Sequence[str]) -> tuple[Message, ...]:
    """What is different about the classes."""
    try:
        inside = result.labels_file.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    except (OSError, ValueError):
        return ()  # somebody took it away; the file still has them inside
    gone = tuple(name for name in inside if name not in classes)
    new = tuple(name for name in classes if name not in inside)
    reasons: tuple[Message, ...] = ()
    if gone:
        reasons += (
            msg("Classes were renamed, removed or emptied since: {names}.", names=", ".join(gone)),
        )
    if new:
        reasons += (msg("Classes were added since: {names}.", names=", ".join(new)),)
    return reasons


def _digest_of(run_dir: Path) -> str | None:
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
