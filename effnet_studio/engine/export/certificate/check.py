"""Whether an exported file answers like the app: both judge the same image files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.errors import ExportError, ImageError
from effnet_studio.engine.events import OnEvent, ProgressMeter, Stage, ignore
from effnet_studio.engine.export.answers import NONE_OF_THESE, answer_name
from effnet_studio.engine.export.certificate.record import Difference, PartCheck
from effnet_studio.engine.messages import msg
from effnet_studio.engine.predict.pipeline import judge
from effnet_studio.engine.predict.predictor import read_pixels
from effnet_studio.engine.predict.scores import softmax

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from effnet_studio.engine.data.dataset import Dataset, Sample
    from effnet_studio.engine.export.runtimes.base import Runtime
    from effnet_studio.engine.predict.predictor import Predictor

_DIFFERING_KEPT = 50


@dataclass(frozen=True)
class Comparison:
    """What the images said; the fields are those of :class:`~.record.ExportResult`."""

    notes_fit: bool
    parts: tuple[PartCheck, ...]
    differing: tuple[Difference, ...]


def compare(
    runtime: Runtime,
    app: Predictor,
    dataset: Dataset,
    parts: Mapping[str, Sequence[Sample]],
    *,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> Comparison:
    """Ask an open file and the app about the same image files.

    Classes are compared by their names, as the file gives them, so that a wrong label shows as
    well as a wrong number.

    Args:
        runtime: The exported file, opened from disk in the program it was made for.
        app: The model inside the app.
        dataset: What the samples belong to.
        parts: Images with known classes, by the name of their part.
        on_event: Hears the progress.
        cancel: Stops the job between two images.

    Returns:
        The comparison; parts of which no image can be read are left out.

    Raises:
        ExportError: If no image can be compared.
        ModelError: If the file cannot be run.
        Cancelled: If the job was asked to stop.
    """
    token = cancel or CancelToken()
    meter = ProgressMeter(Stage.VERIFY, sum(map(len, parts.values())), on_event)
    tallies = []
    for name, samples in parts.items():
        tally = _Tally(name, app, runtime, dataset)
        paths = [sample.path for sample in samples]
        for sample, inside in zip(samples, judge(app, paths, cancel=token), strict=True):
            if inside.logits is None:
                tally.skipped += 1
            else:
                tally.add(sample, inside.logits)
            meter.advance()
        tallies.append(tally)
    meter.finish()
    compared = [tally for tally in tallies if tally.images]
    if not compared:
        raise ExportError(
            msg("None of the {count} images can be read.", count=sum(map(len, parts.values()))),
            hint=msg("Check that the drive is connected and the folder still exists."),
        )
    differing = [one for tally in compared for one in tally.differing]
    return Comparison(
        notes_fit=_notes_fit(runtime, app),
        parts=tuple(tally.result() for tally in compared),
        differing=tuple(differing[:_DIFFERING_KEPT]),
    )


def _notes_fit(runtime: Runtime, app: Predictor) -> bool:
    notes = runtime.notes
    same = notes.preprocess == app.preprocess and notes.reject == app.reject
    return same and notes.classes == app.classes


@dataclass
class _Tally:
    """Counts of one part."""

    name: str
    app: Predictor
    runtime: Runtime
    dataset: Dataset
    images: int = 0
    skipped: int = 0
    same: int = 0
    correct: int = 0
    app_correct: int = 0
    lost: int = 0
    won: int = 0
    silenced: int = 0
    answered: int = 0
    largest: float = 0.0
    differing: list[Difference] = field(default_factory=list)

    def add(self, sample: Sample, logits: NDArray[np.float32]) -> None:
        """Ask the file about an image that the app has judged."""
        app, notes = self.app, self.runtime.notes
        try:
            pixels = read_pixels(sample.path, app.preprocess)
        except ImageError:  # it went since the app read it
            self.skipped += 1
            return
        ours = softmax(logits)
        theirs = self.runtime.answer(pixels)
        mine = app.classes[int(ours.argmax())]
        other = notes.classes[int(theirs.probabilities.argmax())]
        rejects = app.reject is not None and bool(app.reject.rejects(logits))
        true = self.dataset.classes[sample.label]
        right, app_right = other == true, mine == true
        self.images += 1
        self.correct += right
        self.app_correct += app_right
        self.lost += app_right and not right
        self.won += right and not app_right
        self.largest = max(self.largest, self._difference(ours, theirs.probabilities))
        app_says = answer_name(mine, rejected=rejects)
        file_says = answer_name(other, rejected=theirs.rejected)
        self.same += app_says == file_says
        self.silenced += app_says != file_says == NONE_OF_THESE
        self.answered += file_says != app_says == NONE_OF_THESE
        if app_says != file_says and len(self.differing) < _DIFFERING_KEPT:
            path = sample.path
            self.differing.append(
                Difference(
                    image=sample.id,
                    name=f"{path.parent.name}/{path.name}",
                    true=true,
                    app=app_says,
                    file=file_says,
                )
            )

    def _difference(self, ours: NDArray[np.float32], theirs: NDArray[np.float32]) -> float:
        """Class by class, by name; files with other classes differ as much as possible."""
        names, others = self.app.classes, self.runtime.notes.classes
        if set(names) != set(others) or not np.isfinite(theirs).all():
            return 1.0
        order = [others.index(name) for name in names] if names != others else slice(None)
        return float(np.abs(ours - theirs[order]).max())

    def result(self) -> PartCheck:
        return PartCheck(
            part=self.name,
            images=self.images,
            skipped=self.skipped,
            same=self.same,
            correct=self.correct,
            app_correct=self.app_correct,
            lost=self.lost,
            won=self.won,
            silenced=self.silenced,
            answered=self.answered,
            largest_difference=self.largest,
        )
