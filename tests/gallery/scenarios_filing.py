"""Predict: the dialog that files images by class, before, at work, stopped, failed and done."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from effnet_studio.engine.errors import StorageError
from effnet_studio.engine.events import Progress
from effnet_studio.engine.events import Stage as Work
from effnet_studio.engine.messages import msg
from effnet_studio.engine.predict.answers import FailedImage, Prediction
from effnet_studio.engine.predict.filing import UNSURE, Filing
from effnet_studio.gui.dialogs.file_images import FileImagesDialog
from effnet_studio.gui.models.predict_items import Item
from tests.gallery.names import SPECIES, in_words
from tests.gallery.registry import Scenario

if TYPE_CHECKING:
    from tests.gallery.stage import Stage

_FEW = ("bee", "hornet", "hoverfly", "wasp")
_MANY = tuple(f"{n:04d} {SPECIES[n % 20]} subsp. {SPECIES[-n % 20].lower()}" for n in range(1000))
_FOLDER = Path("/home/anna/pictures/meadow-behind-the-barn/sorted")


def _dialog(stage: Stage, classes: tuple[str, ...], count: int) -> FileImagesDialog:
    """The dialog with invented answers."""
    stage.given += (UNSURE, *classes)
    stage.open_copy(stage.material.trained, "predict")
    random = np.random.default_rng(7)
    items = []
    for number in range(count):
        logits = random.normal(0, 1, len(classes))
        logits[number % len(classes)] += random.uniform(0, 12)
        shares = np.exp(logits - logits.max())
        path = _FOLDER.parent / f"IMG_{number:05d}.jpg"
        verdict = Prediction(path, (shares / shares.sum()).astype(np.float32), classes)
        items.append(Item(number, path.name, path, None, verdict))
    refused = FailedImage(_FOLDER, msg("This is no image."))
    items += [Item(-1 - n, "a", _FOLDER, None, refused) for n in range(3)]
    items += [Item(-9 - n, "a", None, None, items[n].verdict) for n in range(2)]
    dialog = FileImagesDialog(stage.session.jobs, stage.window.theme, stage.window)
    dialog.set_items(items)
    dialog.show()
    return dialog


def _begin(stage: Stage) -> None:
    _dialog(stage, _FEW, 412)


def _chosen(stage: Stage) -> None:
    dialog = _dialog(stage, _MANY, 10_000)
    dialog.form.set_folder(_FOLDER)


def _working(stage: Stage) -> FileImagesDialog:
    dialog = _dialog(stage, _FEW, 412)
    dialog.form.set_folder(_FOLDER)
    job = stage.perform(
        partial(
            stage.session.jobs.start,
            title=in_words("FileImagesDialog", "Filing images by class"),
            kind="file",
        ),
        [],
    )
    dialog._job = job
    dialog._foot.watch(job)
    dialog._foot._on_event(Progress(Work.FILE, 128, 412, "images", 210.0, 1.4))
    dialog._show_state()
    return dialog


def _stopped(stage: Stage) -> None:
    dialog = _working(stage)
    dialog._filed, dialog._begun = ["bee"] * 131, dialog._choices
    dialog._on_stopped()
    job = dialog._job
    dialog._foot._on_finished()
    dialog._on_finished()
    job.cancel()


def _failed(stage: Stage) -> None:
    dialog = _dialog(stage, _FEW, 412)
    dialog.form.set_folder(_FOLDER)
    dialog._filed, dialog._begun = ["bee"] * 131, dialog._choices
    dialog._on_failed(
        StorageError(
            msg("The disk is full: {path} could not be written.", path=str(_FOLDER / "bee")),
            hint=msg("Free some space and try again."),
            path=_FOLDER / "bee",
        )
    )
    dialog._on_finished()


def _done(stage: Stage) -> None:
    dialog = _dialog(stage, _FEW, 412)
    dialog._on_succeeded(Filing(_FOLDER, {UNSURE: 31, "bee": 96, "hornet": 94, "wasp": 191}, 0, ()))
    dialog._on_finished()


def _problems(stage: Stage) -> None:
    dialog = _dialog(stage, _MANY, 10_000)
    problems = [
        FailedImage(_FOLDER.parent / f"IMG_{number:05d}.jpg", msg("The file is no longer there."))
        for number in range(17)
    ]
    counts = dict.fromkeys((UNSURE, *_MANY), 9)
    dialog._on_succeeded(Filing(_FOLDER, counts, 1200, tuple(problems)))
    dialog._on_finished()


SCENARIOS = (
    Scenario("predict", "file-dialog", _begin),
    Scenario("predict", "file-thousand", _chosen),
    Scenario("predict", "file-working", _working),
    Scenario("predict", "file-stopped", _stopped),
    Scenario("predict", "file-failed", _failed),
    Scenario("predict", "file-done", _done),
    Scenario("predict", "file-problems", _problems),
)
