"""Judging many files and folders at once."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from effnet_studio.engine.events import OnEvent, PauseChanged, ProgressMeter, Stage, ignore
from effnet_studio.engine.messages import msg
from effnet_studio.engine.predict.answers import FailedImage, Prediction
from effnet_studio.engine.predict.pipeline import Judged, judge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.errors import ImageError
    from effnet_studio.engine.predict.predictor import Predictor

_SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini", "icon\r"})
"""Left by file managers in folders of pictures; nobody asks about them."""


def predict_batch(
    predictor: Predictor,
    paths: Iterable[Path | FailedImage],
    *,
    batch_size: int | None = None,
    on_verdict: Callable[[Prediction | FailedImage], None] | None = None,
    known: Callable[[Path], Prediction | FailedImage | None] | None = None,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> list[Prediction | FailedImage]:
    """Judge files and everything in folders.

    Args:
        predictor: The model.
        paths: Files and folders, see :func:`expand`; verdicts among them stay as they are.
        batch_size: Images run through the model at once; None: chosen for the model.
        on_verdict: Gets each file's verdict as soon as it is known, so that whoever stops the job
            keeps what is finished.
        known: Gives the verdict on a file that was judged before, or None.
        on_event: Hears the progress.
        cancel: Stops the job between two files.

    Returns:
        One verdict for each file, in order: an answer, or why there is none.

    Raises:
        Cancelled: If the job was asked to stop.
        ModelError: If the model cannot be run.
    """
    entries: list[Path | Prediction | FailedImage] = [
        (known(entry) if known is not None and isinstance(entry, Path) else None) or entry
        for entry in expand(paths)
    ]
    files = [entry for entry in entries if isinstance(entry, Path)]
    total = sum(not isinstance(entry, FailedImage) for entry in entries)
    meter = ProgressMeter(Stage.PREDICT, total, on_event, start=total - len(files))
    verdicts: list[Prediction | FailedImage] = []
    answers = judge(
        predictor,
        files,
        images=len(files),
        batch_size=batch_size,
        cancel=cancel,
        on_pause=lambda paused: on_event(PauseChanged(paused)),
    )
    for judged in answers:
        verdict = verdict_on(judged, predictor)
        verdicts.append(verdict)
        if on_verdict is not None:
            on_verdict(verdict)
        meter.advance()
    meter.finish()
    ready = iter(verdicts)
    return [next(ready) if isinstance(entry, Path) else entry for entry in entries]


def verdict_on(judged: Judged, predictor: Predictor) -> Prediction | FailedImage:
    """What became of a file, in words and probabilities.

    Args:
        judged: The model's raw outputs, or why there are none.
        predictor: The model.
    """
    if judged.logits is not None:
        return predictor.answer(judged.path, judged.logits)
    if judged.error is None:
        raise ValueError("neither outputs nor the reason why there are none")
    return failed_image(judged.path, judged.error)


def failed_image(path: Path, error: ImageError) -> FailedImage:
    """Turn the reason why a file was refused into its verdict.

    Args:
        path: The file.
        error: Why it was refused.
    """
    return FailedImage(path, error.message, error.hint if str(error.hint) else None)


def expand(paths: Iterable[Path | FailedImage]) -> list[Path | FailedImage]:
    """Replace folders by the files in them and in their sub-folders.

    Hidden files and folders and what file managers leave behind are skipped; links to folders are
    not followed. Files named by the user are kept whatever they are called.

    Args:
        paths: Files and folders; verdicts among them stay as they are.

    Returns:
        The files, in the order given, those of a folder sorted by name; in the place of a folder
        that is empty or cannot be read, the reason.
    """
    entries: list[Path | FailedImage] = []
    for path in paths:
        if isinstance(path, FailedImage):
            entries.append(path)
        else:
            entries.extend(_files_in(path) if path.is_dir() else [Path(path)])
    return entries


def _files_in(folder: Path) -> list[Path | FailedImage]:
    found: list[Path | FailedImage] = []

    def note(error: OSError) -> None:
        found.append(
            FailedImage(
                Path(error.filename or folder),
                msg("The folder cannot be read: {reason}.", reason=error.strerror or ""),
            )
        )

    for root, folders, names in os.walk(folder, onerror=note):
        folders[:] = sorted((name for name in folders if not name.startswith(".")), key=_order)
        found.extend(
            Path(root, name)
            for name in sorted(names, key=_order)
            if not name.startswith(".") and name.lower() not in _SYSTEM_FILES
        )
    return found or [FailedImage(folder, msg("There are no files in this folder."))]


def _order(name: str) -> tuple[str, str]:
    return name.casefold(), name
